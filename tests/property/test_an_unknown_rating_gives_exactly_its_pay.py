"""With an unknown rating, the possible sums of a month are those of each rating: all of them and no other."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cwgrade.outcomes import Decided, NotEligible, OneOf
from cwgrade.pay import pay_for_month
from cwgrade.worker import Rating, ServiceSpell, Worker
from tests.property.invented import SAMPLE, clerk, months, sample_workers

SCALE: Final = ("excellent", "competent", "basic", "fail", "unrated")


def gross(worker: Worker, month: tuple[int, int]) -> set[int | str]:
    match pay_for_month(worker, SAMPLE, year=month[0], month=month[1]).outcome:
        case Decided(value):
            return {value}
        case OneOf(values=values):
            return set(values)
        case NotEligible(reason=reason):
            return {reason.code}
        case other:
            raise AssertionError(other)


RETURNED = clerk(
    spells=(
        ServiceSpell(start=date(2012, 1, 1), end=date(2018, 1, 1), post="staff"),
        ServiceSpell(start=date(2018, 5, 1), post="staff"),
    )
)


@settings(max_examples=25)
@given(sample_workers(), months(), st.integers(2009, 2018))
# once each month of the half-year tried a rating of its own: 729 worlds, and sums that nobody can have
@example(RETURNED, (2018, 6), 2016)
# the grade and last year's rating come from one assessment
@example(clerk(), (2018, 6), 2017)
def test_of_one_year(worker: Worker, month: tuple[int, int], year: int) -> None:
    # the sample says nothing of other kinds of absence, and refuses them
    stated = {absence.kind for absence in SAMPLE.versions[0].absences}
    worker = attrs.evolve(
        worker, absences=tuple(one for one in worker.absences if one.kind in stated)
    )
    others = tuple(one for one in worker.ratings if one.year != year)
    if len(others) == len(worker.ratings):
        return
    each: set[int | str] = set()
    for value in SCALE:
        rating = Rating(period=str(year), value=value)
        each |= gross(attrs.evolve(worker, ratings=(*others, rating)), month)
    assert gross(attrs.evolve(worker, ratings=others), month) == each
