"""With an unknown fact the answers are those of its possible values: all of them and no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.dates import PartialDate, possible_days
from cwgrade.grading import Placement, grade_on
from cwgrade.outcomes import Decided, OneOf
from cwgrade.pay import pay_for_month
from cwgrade.worker import NATIONAL_FACTS, UNKNOWN, Attainment, Rating, ServiceSpell, Worker
from tests.property.invented import SAMPLE, clerk, months, paid_days, sample_workers

LISTS = {
    "schooling": "schooling",
    "degrees": "degree",
    "qualifications": "qualification",
    "honours": "honour",
}


def grades_of(worker: Worker, on: date) -> set[Placement]:
    match grade_on(worker, SAMPLE, on=on).outcome:
        case Decided(value):
            return {value}
        case OneOf(values):
            return set(values)
        case _:
            return set()


@given(sample_workers(), paid_days(), st.sampled_from(sorted(LISTS)))
def test_an_unknown_attainment(worker: Worker, on: date, name: str) -> None:
    unknown: dict[str, Any] = {name: UNKNOWN}
    told = grades_of(attrs.evolve(worker, **unknown), on)
    each: set[Placement] = set()
    for value in NATIONAL_FACTS[LISTS[name]]:
        held = () if value == "none" else (Attainment(value=value),)
        known: dict[str, Any] = {name: held}
        each |= grades_of(attrs.evolve(worker, **known), on)
    assert told == each


@given(paid_days(), st.integers(2012, 2017))
def test_an_unknown_rating(on: date, year: int) -> None:
    worker = clerk(start=date(2010, 5, 1))
    others = tuple(one for one in worker.ratings if one.year != year)
    told = grades_of(attrs.evolve(worker, ratings=others), on)
    each: set[Placement] = set()
    for value in ("excellent", "competent", "basic", "fail", "unrated"):
        rating = Rating(period=str(year), value=value)
        each |= grades_of(attrs.evolve(worker, ratings=(*others, rating)), on)
    assert told == each


@settings(max_examples=10)
@given(months(), st.integers(2012, 2018), st.integers(1, 12))
def test_a_start_known_to_its_month(month: tuple[int, int], year: int, number: int) -> None:
    partial = PartialDate(year, number)

    def gross(start: date | PartialDate) -> set[int]:
        worker = clerk(spells=(ServiceSpell(start=start, post="staff"),))
        match pay_for_month(worker, SAMPLE, year=month[0], month=month[1]).outcome:
            case Decided(value):
                return {value}
            case OneOf(values):
                return set(values)
            case _:
                return set()

    assert gross(partial) == set().union(*(gross(day) for day in possible_days(partial)))
