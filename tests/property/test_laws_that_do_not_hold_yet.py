"""Faults that were found and are not mended: each is the smallest case. A test that passes must lose its mark.

When one is mended its case goes to the file of its law, as an example with a comment.
"""

from __future__ import annotations

from datetime import date

import pytest

from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided, OneOf
from cwgrade.pay import pay_for_month
from cwgrade.worker import Attainment, Worker
from tests.property.invented import SAMPLE, clerk


def gross(worker: Worker, year: int, month: int) -> set[int]:
    match pay_for_month(worker, SAMPLE, year=year, month=month).outcome:
        case Decided(value):
            return {value}
        case OneOf(values):
            return set(values)
        case other:
            raise AssertionError(other)


@pytest.mark.xfail(
    strict=True, reason="the highest honour hides the city honour that gives the grade"
)
def test_a_national_honour_does_not_take_the_grade_of_a_city_honour_away() -> None:
    """Article 3.7 of the sample's text: a provincial or city honour gives one grade, however many are held."""
    city = Attainment(value="city", obtained=date(2013, 5, 1))
    national = Attainment(value="national", obtained=date(2014, 5, 1))
    on = date(2018, 3, 1)
    before = grade_on(clerk(honours=(city,)), SAMPLE, on=on).placement.grade
    after = grade_on(clerk(honours=(city, national)), SAMPLE, on=on).placement.grade
    assert after >= before
