"""Months are counted in one step with the month-end clamp, and a cutoff is the inverse of an effect."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from cwgrade.dates import (
    AnnualDay,
    Takes,
    add_months,
    cutoff,
    first_day_of_change,
    last_start,
    months_between,
)
from cwgrade.strategies import days

ANNUAL = AnnualDay(7, 1)


@given(days(), days())
@example(date(2024, 1, 31), date(2024, 2, 29))
@example(date(2020, 2, 29), date(2021, 2, 28))
def test_months_between_is_the_largest_number_of_months_that_fits(start: date, end: date) -> None:
    months = months_between(start, end)
    if end <= start:
        assert months == 0
        return
    assert add_months(start, months) <= end < add_months(start, months + 1)


@given(days(), days())
def test_months_between_agrees_with_relativedelta(start: date, end: date) -> None:
    if end > start:
        told = relativedelta(end, start)
        assert months_between(start, end) == told.years * 12 + told.months


@given(days(), st.integers(0, 120))
@example(date(2024, 2, 29), 6)
@example(date(2024, 8, 31), 6)
def test_the_last_start_is_the_latest_from_which_the_months_are_over(
    end: date, months: int
) -> None:
    start = last_start(end, months)
    assert add_months(start, months) <= end < add_months(start + timedelta(days=1), months)


@given(days(), st.sampled_from(Takes))
def test_a_cutoff_is_the_last_event_whose_change_has_come(on: date, takes: Takes) -> None:
    last = cutoff(on, takes, ANNUAL)
    assert first_day_of_change(last, takes, ANNUAL) <= on
    assert first_day_of_change(last + timedelta(days=1), takes, ANNUAL) > on


@given(days(), days(), st.sampled_from(Takes))
def test_a_later_event_never_takes_effect_earlier(one: date, other: date, takes: Takes) -> None:
    first, second = sorted((one, other))
    assert first_day_of_change(first, takes, ANNUAL) <= first_day_of_change(second, takes, ANNUAL)
