"""The library and the oracle of the sample of a reform give the same grade and pay on random days of random workers."""

from __future__ import annotations

import os
from datetime import date, timedelta
from random import Random
from typing import Final

import attrs
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.grading import grade_on
from cwgrade.law.transition import Protection, Stage
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_on
from cwgrade.scheme import Scheme
from cwgrade.worker import ServiceSpell, Worker
from tests.oracle.sample_reform import MOVE, OPEN, Reform, Stay

WORKERS: Final = int(os.environ.get("CWGRADE_ORACLE_REFORM_WORKERS", "20"))
LATER: Final = date(2021, 10, 1)
SAMPLE: Final = load_scheme("sample-reform")


def scheme(rule: str, staff_moves: date, *, basic_only: bool) -> Scheme:
    old, new = SAMPLE.versions
    assert new.transition is not None
    stages = (Stage(posts=("staff",), effective_on=staff_moves),) if staff_moves > MOVE else ()
    transition = attrs.evolve(new.transition, protection=Protection(rule), staged=stages)
    if basic_only:
        transition = attrs.evolve(transition, compared=("basic",))
    return Scheme((old, attrs.evolve(new, transition=transition)))


SCHEMES: Final = {
    (rule, day, basic_only): scheme(rule, day, basic_only=basic_only)
    for rule in ("for_good", "frozen", "melting")
    for day, basic_only in ((MOVE, False), (LATER, False), (MOVE, True))
}


def a_day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days))


def stays(random: Random) -> tuple[Stay, ...]:
    """Give one to four stays, most of them end to end, many changes near the move."""
    days = sorted(
        {
            a_day(random, date(2008, 1, 1), date(2020, 12, 31)),
            *(a_day(random, date(2016, 1, 1), date(2024, 1, 1)) for _ in range(random.choice((0, 1, 2)))),
            *(a_day(random, MOVE, LATER) for _ in range(random.choice((0, 0, 1)))),
        }
    )  # fmt: skip
    ends = [*days[1:], date.max]
    found = [
        Stay(start, end, random.choice(("lead", "staff")))
        for start, end in zip(days, ends, strict=True)
    ]
    if len(found) > 1 and random.random() < 0.3:
        # a time away
        place = random.randrange(len(found) - 1)
        length = (found[place].end - found[place].start).days
        gone = found[place].start + timedelta(days=max(1, length // 2))
        found[place] = Stay(found[place].start, gone, found[place].post)
    return tuple(found)


def worker_of(of: tuple[Stay, ...]) -> Worker:
    spells = tuple(
        ServiceSpell(start=one.start, end=None if one.end == date.max else one.end, post=one.post)
        for one in of
    )
    return Worker(id="1", spells=spells)


@pytest.mark.parametrize(("rule", "staff_moves", "basic_only"), SCHEMES, ids=str)
def test_agrees(rule: str, staff_moves: date, *, basic_only: bool) -> None:
    random = Random(f"{rule}{staff_moves}{basic_only}")  # noqa: S311
    asked = SCHEMES[rule, staff_moves, basic_only]
    kept = 0
    for _ in range(WORKERS):
        of = stays(random)
        told = Reform(of, rule=rule, staff_moves=staff_moves, basic_only=basic_only)
        worker = worker_of(of)
        for _ in range(2):
            on = a_day(random, date(2018, 1, 1), date(2028, 1, 1))
            if told.post(on) is None:
                continue
            placed = grade_on(worker, asked, on=on).placement
            assert (placed.grade, placed.post) == (told.grade(on), told.post(on)), (of, on)
            outcome = pay_on(worker, asked, on=on).outcome
            found = outcome.value if isinstance(outcome, Decided) else OPEN
            expected = told.pay(on)
            fen = expected if isinstance(expected, str) else expected * 100
            assert found == fen, (of, on)
            kept += on >= told.moves and told.kept(on) not in (0, OPEN)
    assert kept
