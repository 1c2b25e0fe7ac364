"""Rows that the scalar functions have to answer are asked once for all that are alike, with each row's own answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy as np
import pytest

from cwgrade.arrays.answers import STATUSES, MonthOfRoster, month_of
from cwgrade.arrays.asked import Kept, MonthAsked
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.arrays.people import People, Spells
from cwgrade.arrays.service import GOES_ON
from cwgrade.catalogue import load_scheme
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.worker import Worker
from tests.arrays.rosters import people_of
from tests.arrays.test_alike_workers_get_alike import told

MONTHS = [
    ("sample-3x18", 2018, 7, 30),
    ("sample-4x24-jia", 2021, 12, 3),
    ("benxi-2023", 2023, 12, 20),
]
SIZE = 30
ONE_DAY = np.timedelta64(1, "D")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the workers that the scalar function is asked about."""
    found: list[str] = []

    def counted(worker: Worker, *rest: Any, **named: Any) -> Any:
        found.append(worker.id)
        return pay_for_month(worker, *rest, **named)

    monkeypatch.setattr("cwgrade.arrays.asked.pay_for_month", counted)
    return found


def whole(found: MonthOfRoster, row: int) -> tuple[object, ...]:
    return (*told(found, row), found.facts[found.deciding[row]], bool(found.asked[row]))


def twice(people: People, *, shift: int = 0) -> People:
    """Give everybody twice; the second ones may have come some days later."""
    spells = people.spells
    later = np.minimum(spells.start + shift * ONE_DAY, spells.end - ONE_DAY)
    start = np.concatenate((spells.start, later))
    return People(
        ids=[str(row) for row in range(2 * people.size)],
        spells=attrs.evolve(
            spells,
            worker=np.concatenate((spells.worker, spells.worker + people.size)),
            start=start,
            end=np.tile(spells.end, 2),
            post=np.tile(spells.post, 2),
            region=np.tile(spells.region, 2),
            kind=np.tile(spells.kind, 2),
        ),
        attained={
            fact: attrs.evolve(
                one,
                value=np.tile(one.value, 2),
                days={event: np.tile(days, 2) for event, days in one.days.items()},
            )
            for fact, one in people.attained.items()
        },
        states={
            name: attrs.evolve(state, value=np.tile(state.value, 2))
            for name, state in people.states.items()
        },
        ratings={year: np.tile(codes, 2) for year, codes in people.ratings.items()},
    )


@pytest.mark.parametrize(("name", "year", "month", "size"), MONTHS)
@pytest.mark.parametrize("shift", [0, 1])
def test_each_row_has_the_answer_it_has_alone(
    name: str, year: int, month: int, size: int, shift: int
) -> None:
    scheme = load_scheme(name)
    version = scheme.version_on(date(year, month, 1))
    people = twice(people_of(version, year=year, size=size, seed=month), shift=shift)
    together = month_of(people, scheme, year=year, month=month)
    question = MonthAsked(scheme=scheme, year=year, month=month, known_on=None, beyond="refuse")
    for row in np.flatnonzero(together.asked).tolist():
        alone = question.of(people.worker(row))
        assert STATUSES[together.status[row]] == alone.status
        assert together.reasons[together.reason[row]] == alone.reason
        assert together.facts[together.deciding[row]] == alone.deciding
        for column in ("gross_fen", "low_fen", "high_fen", "grade", "step"):
            assert getattr(together, column)[row] == getattr(alone, column)
        for component, paid in together.payable_fen.items():
            fen = alone.payable_fen.get(component)
            assert paid[row] == (NO_AMOUNT if fen is None else fen)
            bounds = [
                tuple(of)
                for own, *of in together.bounds_fen.get(component, np.zeros((0, 3))).tolist()
                if own == row
            ]
            assert bounds == [one for name, one in alone.bounds_fen.items() if name == component]


def test_rows_that_are_alike_are_asked_once(asked: list[str]) -> None:
    scheme = load_scheme("sample-3x18")
    one = people_of(scheme.version_on(date(2018, 7, 1)), year=2018, size=SIZE, seed=3)
    open_ = int(month_of(one, scheme, year=2018, month=7).asked.sum())
    assert len(asked) == open_ > 0
    asked.clear()
    found = month_of(twice(one), scheme, year=2018, month=7)
    assert len(asked) == open_
    assert found.asked.sum() == 2 * open_


def test_what_one_part_was_told_another_need_not_ask(asked: list[str]) -> None:
    """A part numbers titles, places and values in its own way, and has columns that the other has not."""
    scheme = load_scheme("sample-3x18")
    people = people_of(scheme.version_on(date(2018, 7, 1)), year=2018, size=SIZE, seed=3)
    spells = people.spells
    other = attrs.evolve(
        people,
        spells=attrs.evolve(
            spells,
            post=len(spells.posts) - 1 - spells.post,
            posts=spells.posts[::-1],
            region=len(spells.regions) - 1 - spells.region,
            regions=spells.regions[::-1],
            kind=len(spells.kinds) - 1 - spells.kind,
            kinds=spells.kinds[::-1],
        ),
        states={
            name: attrs.evolve(
                state,
                value=np.where(state.value < 0, state.value, len(state.values) - 1 - state.value),
                values=state.values[::-1],
            )
            for name, state in people.states.items()
        },
        ratings={**people.ratings, 1990: np.full(SIZE, -1)},
    )
    kept = Kept()
    first = month_of(people, scheme, year=2018, month=7, kept=kept)
    asked.clear()
    second = month_of(other, scheme, year=2018, month=7, kept=kept)
    assert asked == []
    assert [whole(first, row) for row in range(SIZE)] == [whole(second, row) for row in range(SIZE)]
    month_of(people, scheme, year=2018, month=8, kept=kept)
    assert asked
    asked.clear()
    month_of(people, Scheme(scheme.versions), year=2018, month=7, kept=kept)
    # another scheme of the same id may say something else
    assert asked


def test_another_post_is_another_answer_however_a_part_numbers_it() -> None:
    scheme = load_scheme("sample-4x24")
    version = scheme.version_on(date(2021, 7, 1))
    posts = [post.id for post in version.posts]
    one = people_of(version, year=2021, size=1, seed=8)
    none = np.zeros(1, np.int64)
    start, end = np.array(["2021-07-15"], "M8[D]"), np.array([GOES_ON])
    kept, paid = Kept(), []
    for post in posts:
        spells = Spells(
            worker=none, start=start, end=end, post=none, region=none, kind=none, posts=(post,)
        )
        people = attrs.evolve(one, spells=spells)
        found = month_of(people, scheme, year=2021, month=7, kept=kept)
        slip = pay_for_month(people.worker(0), scheme, year=2021, month=7)
        assert found.asked.all()
        assert found.gross_fen[0] == slip.gross_fen
        paid.append(slip.gross_fen)
    assert len(set(paid)) == len(posts) > 1


def test_rows_that_arrays_do_not_hold_are_asked_once_where_all_their_facts_are_equal(
    asked: list[str],
) -> None:
    scheme = load_scheme("sample-3x18")
    people = people_of(scheme.version_on(date(2018, 7, 1)), year=2018, size=4, seed=4)
    given = [people.worker(0), people.worker(0), people.worker(1), people.worker(0)]

    def worker_of(row: int) -> Worker:
        if row == 1:
            raise ZeroDivisionError(row)
        return attrs.evolve(given[row], id=str(row))

    unusual = attrs.evolve(people, unusual=np.ones(4, np.bool_), worker_of=worker_of)
    found = month_of(unusual, scheme, year=2018, month=7)
    assert asked == ["0", "2"]
    assert found.reasons[found.reason[1]] == "ZeroDivisionError"
    for row in (0, 2, 3):
        slip = pay_for_month(given[row], scheme, year=2018, month=7)
        assert found.low_fen[row] == (slip.bounds_fen or (found.low_fen[row],))[0]


def test_the_memory_does_not_grow_with_the_file(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cwgrade.arrays.asked._MOST_KEPT", 1)
    scheme = load_scheme("sample-3x18")
    people = people_of(scheme.version_on(date(2018, 7, 1)), year=2018, size=SIZE, seed=3)
    kept = Kept()
    first = month_of(people, scheme, year=2018, month=7, kept=kept)
    number = len(asked)
    second = month_of(people, scheme, year=2018, month=7, kept=kept)
    assert len(asked) == 2 * number - 1
    assert [whole(first, row) for row in range(SIZE)] == [whole(second, row) for row in range(SIZE)]
