"""A day known to its month stands where all its days agree; otherwise the answers are those of its days, no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.dates import Day, PartialDate, possible_days
from cwgrade.errors import ArgumentError
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided, NotEligible, OneOf
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, paid_days, sample_workers

Placed = Callable[[Day], Worker]


def told(worker: Worker, on: date) -> set[object]:
    """Give every possible answer: placements and codes of reasons."""
    match grade_on(worker, SAMPLE, on=on).outcome:
        case Decided(value):
            return {value}
        case OneOf(values=values, reasons=reasons):
            return {*values, *(reason.code for reason in reasons)}
        case NotEligible(reason=reason):
            return {reason.code}
        case other:
            raise AssertionError(other)


@st.composite
def vague(draw: st.DrawFn) -> tuple[Placed, PartialDate]:
    """Draw a worker with a place for one day, and the month of that day."""
    worker = draw(sample_workers())
    where = draw(st.sampled_from(("start", "end", "registered", "obtained", "absence")))
    spell = worker.spells[0]

    def placed(day: Day) -> Worker:
        match where:
            case "start":
                other = attrs.evolve(spell, start=day)
                return attrs.evolve(worker, spells=(other, *worker.spells[1:]))
            case "end":
                other = attrs.evolve(spell, end=day)
                return attrs.evolve(worker, spells=(other, *worker.spells[1:]))
            case "registered" if worker.qualifications:
                assert isinstance(worker.qualifications, tuple)
                item = attrs.evolve(worker.qualifications[0], registered=day)
                return attrs.evolve(worker, qualifications=(item, *worker.qualifications[1:]))
            case "obtained" if worker.schooling:
                assert isinstance(worker.schooling, tuple)
                item = attrs.evolve(worker.schooling[0], obtained=day)
                return attrs.evolve(worker, schooling=(item, *worker.schooling[1:]))
            case "absence" if worker.absences:
                away = attrs.evolve(worker.absences[0], start=day)
                return attrs.evolve(worker, absences=(away, *worker.absences[1:]))
            case _:
                return worker

    year, month = draw(st.integers(2009, 2018)), draw(st.integers(1, 12))
    return placed, PartialDate(year, month)


@settings(max_examples=12)
@given(vague(), paid_days())
def test_of_the_grade(case: tuple[Placed, PartialDate], on: date) -> None:
    placed, month = case
    each: set[object] = set()
    empty = False
    for day in possible_days(month):
        try:
            each |= told(placed(day), on)
        except ArgumentError:
            # on that day the spell would be empty: no service at all
            empty = True
    try:
        found = told(placed(month), on)
    except ArgumentError:
        assert each == set()
        return
    if empty:
        assert each <= found
    else:
        assert found == each
