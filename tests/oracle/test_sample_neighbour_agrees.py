"""The library and the oracle agree on the grade and pay of people who move between the two invented places."""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random
from typing import Final

from cwgrade.career import career_of
from cwgrade.catalogue import load_scheme
from cwgrade.scheme import Schemes
from cwgrade.worker import ServiceSpell, Worker
from tests.oracle.sample_neighbour import FAR, NEIGHBOUR, REFORM, Mover, Stay

WORKERS: Final = int(os.environ.get("CWGRADE_ORACLE_MOVERS", "25"))
PLACES: Final = (REFORM, NEIGHBOUR, REFORM, NEIGHBOUR, FAR)
BOTH: Final = Schemes.of([load_scheme("sample-reform"), load_scheme("sample-neighbour")])


def a_day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days))


def stays(random: Random) -> tuple[Stay, ...]:
    """Give two to five stays from place to place, at times with a while between two of them."""
    days = sorted(
        {a_day(random, date(2010, 1, 1), date(2026, 1, 1)) for _ in range(random.randint(2, 5))}
        | {a_day(random, date(2016, 1, 1), date(2022, 1, 1))}
    )
    found = []
    for start, following in zip(days, [*days[1:], date.max], strict=True):
        end = following
        if following != date.max and random.random() < 0.25:
            end = start + timedelta(days=max(1, (following - start).days * 2 // 3))
        place, post = random.choice(PLACES), random.choice(("lead", "staff"))
        found.append(Stay(start, end, post, place))
    return tuple(found)


def worker_of(of: tuple[Stay, ...]) -> Worker:
    spells = tuple(
        ServiceSpell(
            start=one.start,
            end=None if one.end == date.max else one.end,
            post=one.post,
            region=one.place,
        )
        for one in of
    )
    return Worker(id="1", spells=spells)


def test_agrees() -> None:
    random = Random("neighbours")  # noqa: S311
    recognised = paid = 0
    for _ in range(WORKERS):
        of = stays(random)
        told, worker = Mover(of), worker_of(of)
        for _ in range(3):
            on = a_day(random, date(2016, 1, 1), date(2030, 12, 1))
            here = told.stay(on)
            if here is None or here.place == FAR:
                continue
            career = career_of(worker, BOTH, start=on, end=on + timedelta(days=1))
            (entry,) = career.entries
            assert entry.placement is not None, (of, on, entry.grading)
            measure = told.measure(on, here.place)
            assert measure is not None
            standing = told.standing(on, here.place, measure)
            assert (entry.placement.grade, entry.placement.post) == (standing.grade, here.post), (
                of,
                on,
            )
            recognised += told.arrival(on, here.place) is not None
            yuan = told.pay(on)
            assert entry.gross_fen == (None if yuan is None else yuan * 100), (of, on)
            paid += yuan is not None
    assert recognised > WORKERS // 2
    assert paid > WORKERS // 2
