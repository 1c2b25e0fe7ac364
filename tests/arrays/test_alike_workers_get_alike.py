"""Workers who are alike get the same in every month asked about, so that totals by kind are the sums of the rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy as np
import pytest

from cwgrade.arrays.alike import alike
from cwgrade.arrays.answers import MonthOfRoster, month_of
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.arrays.people import NOT_KNOWN, Attained, People, Spells
from cwgrade.arrays.service import GOES_ON
from cwgrade.catalogue import load_scheme
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from tests.arrays.rosters import people_of
from tests.unit.test_reformed_in_mid_step import HEAD, MOVE, TABLE, YUAN

QUESTIONS = [
    ("sample-3x18", [(2017, 1), (2017, 2)]),
    ("sample-4x24", [(2021, 6)]),
    ("sample-4x24-jia", [(2021, 12)]),
    ("sample-4x24-yi", [(2021, 10)]),
    ("sample-4x24-bing", [(2021, 3)]),
]
SIZE = 40
NUMBERS = np.array([0, 0, 1, 14, 27, 29, 30])
"""First days of spells: the first of a month most of all, and the ends of long and short months."""


def crowded(version: Any, year: int, seed: int) -> People:
    """Draw people who differ in little: few months of entry and many days in them, one certificate, one rating."""
    draw = np.random.default_rng(seed)
    people = people_of(version, year=year, size=SIZE, seed=seed)
    months = np.datetime64(f"{year - 4}-09", "M") + draw.choice([-60, -24, -24, 0, 24, 43], SIZE)
    start = months.astype("datetime64[D]") + draw.choice(NUMBERS, SIZE)
    none = np.zeros(SIZE, np.int64)
    end = np.where(draw.random(SIZE) < 0.1, np.datetime64(f"{year}-06-20"), GOES_ON)
    registered = np.datetime64(f"{year - 1}-12-30") + draw.choice([-40, 0, 1, 2, 20, 200], SIZE)
    return attrs.evolve(
        people,
        spells=Spells(
            worker=np.arange(SIZE),
            start=start,
            end=np.where(end > start, end, GOES_ON),
            post=none,
            region=none,
            kind=none,
            posts=(version.posts[0].id,),
        ),
        attained={
            "schooling": Attained(value=np.where(draw.random(SIZE) < 0.1, NOT_KNOWN, 2)),
            "degree": Attained(value=none),
            "honour": Attained(value=none),
            "qualification": Attained(
                value=np.ones(SIZE, np.int64),
                days={"registered": registered, "obtained": registered},
            ),
        },
        states={
            name: attrs.evolve(state, value=np.full(SIZE, state.value[0]))
            for name, state in people.states.items()
        },
        ratings={one: np.full(SIZE, codes[0]) for one, codes in people.ratings.items()},
    )


def told(found: MonthOfRoster, row: int) -> tuple[object, ...]:
    bounds = {
        name: (low, high)
        for name, of in found.bounds_fen.items()
        for own, low, high in of
        if own == row
    }
    return (
        *(int(column[row]) for column in (found.status, found.grade, found.step)),
        *(int(column[row]) for column in (found.gross_fen, found.low_fen, found.high_fen)),
        found.reasons[found.reason[row]],
        *(int(fen[row]) for fen in found.payable_fen.values()),
        tuple(sorted(bounds.items())),
    )


@pytest.mark.parametrize(("name", "months"), QUESTIONS)
def test_rows_of_one_kind_have_the_same_answers(name: str, months: list[tuple[int, int]]) -> None:
    scheme = load_scheme(name)
    version = scheme.version_on(date(*months[0], 1))
    people = crowded(version, months[0][0], 7)
    first, counts = alike(people, [version], months)
    assert counts.sum() == people.size
    few = people.take(first)
    for year, month in months:
        every = month_of(people, scheme, year=year, month=month)
        ones = month_of(few, scheme, year=year, month=month)
        answers = [told(every, row) for row in range(people.size)]
        kinds = [told(ones, kind) for kind in range(few.size) for _ in range(counts[kind])]
        assert sorted(map(repr, answers)) == sorted(map(repr, kinds))


def test_days_that_count_alike_are_one_kind() -> None:
    """Where service counts from January, all who came in one month, but not on its first day, are alike."""
    version = load_scheme("sample-3x18").version_on(date(2018, 1, 1))
    days = np.datetime64("2005-03-01") + np.arange(31)
    none = np.zeros(31, np.int64)
    spells = Spells(
        worker=np.arange(31),
        start=days,
        end=np.full(31, GOES_ON),
        post=none,
        region=none,
        kind=none,
        posts=("staff",),
    )
    people = People(ids=[str(day) for day in range(31)], spells=spells)
    assert alike(people, [version], [(2018, 1), (2047, 12)])[1].tolist() == [1, 30]


def reformed(rules: str) -> Scheme:
    """Two invented versions under which rises wait for January; people may move between them."""
    head = HEAD.replace('takes = "same_day"', 'takes = "next_january"')
    old = {"first": "2010-01-01", "last": "2020-12-31", "top": 4, "wait": 3}
    new = {"first": "2021-01-01", "last": "2030-12-31", "top": 6, "wait": 2}
    earlier = head.format(revision=1, yuan=[2000, 2300, 2600, 2900], **old)
    later = head.format(revision=2, yuan=YUAN, **new) + rules
    return Scheme((parse_scheme(earlier), parse_scheme(later)))


def entered(days: Any) -> People:
    none = np.zeros(len(days), np.int64)
    spells = Spells(
        worker=np.arange(len(days)),
        start=days,
        end=np.full(len(days), GOES_ON),
        post=none,
        region=none,
        kind=none,
        posts=("staff",),
    )
    return People(ids=[str(day) for day in days], spells=spells)


def test_no_days_of_entry_are_one_kind_where_people_moved_between_versions() -> None:
    people = entered(np.datetime64("2015-03-01") + np.arange(31))
    moved = MOVE + TABLE + 'waiting = "converted"\n'
    kinds = [
        len(alike(people, reformed(rules).versions, [(2025, 1)])[0])
        for rules in ("", moved, moved.replace('"none"', '"frozen"'))
    ]
    assert kinds == [2, 31, 2]


def test_nor_are_days_of_certificates() -> None:
    people = entered(np.full(20, np.datetime64("2010-03-01")))
    days = np.datetime64("2010-01-01") + np.arange(20)
    code = np.ones(20, np.int64)
    held = attrs.evolve(
        people, attained={"qualification": Attained(value=code, days={"registered": days})}
    )
    scheme = load_scheme("sample-3x18")
    moved = reformed(MOVE + TABLE + 'waiting = "kept"\n').versions[-1].transition
    (version,) = scheme.versions
    assert len(alike(held, [version], [(2020, 1)])[0]) == 1
    version = attrs.evolve(version, transition=moved)
    assert len(alike(held, [version], [(2020, 1)])[0]) == 20


@pytest.mark.parametrize("waiting", ["kept", "converted", "restarts"])
def test_rows_of_people_who_moved_are_asked_of_the_scalar_functions(waiting: str) -> None:
    scheme = reformed(f'{MOVE}{TABLE}waiting = "{waiting}"\n')
    people = entered(
        np.array(["2011-05-01", "2017-12-31", "2018-01-02", "2019-07-15", "2022-02-01"], "M8[D]")
    )
    for year, month in ((2021, 1), (2023, 7)):
        found = month_of(people, scheme, year=year, month=month)
        assert found.asked.all()
        slips = [
            pay_for_month(people.worker(row), scheme, year=year, month=month)
            for row in range(people.size)
        ]
        paid = [slip.bounds_fen[0] if slip.bounds_fen else NO_AMOUNT for slip in slips]
        assert found.low_fen.tolist() == paid
        assert np.unique(found.gross_fen).size > 1
