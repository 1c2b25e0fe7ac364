"""Days, partial days, months between days, and when a change takes effect."""

from __future__ import annotations

from datetime import date

import pytest

from cwgrade.dates import (
    AnnualDay,
    Day,
    PartialDate,
    Takes,
    add_months,
    cutoff,
    day_from_text,
    day_text,
    days_of_month,
    earliest,
    first_day_of_change,
    latest,
    month_start,
    months_between,
    next_month,
    possible_days,
    weekdays,
)
from cwgrade.errors import ArgumentError


class TestPartialDate:
    @pytest.mark.parametrize(
        ("day", "first", "last", "text"),
        [
            (PartialDate(2019, 7), date(2019, 7, 1), date(2019, 7, 31), "2019-07"),
            (PartialDate(2020, 2), date(2020, 2, 1), date(2020, 2, 29), "2020-02"),
            (PartialDate(2019, 2), date(2019, 2, 1), date(2019, 2, 28), "2019-02"),
            (PartialDate(2019, 12), date(2019, 12, 1), date(2019, 12, 31), "2019-12"),
            (PartialDate(2019), date(2019, 1, 1), date(2019, 12, 31), "2019"),
        ],
    )
    def test_lies_between(self, day: PartialDate, first: date, last: date, text: str) -> None:
        assert (earliest(day), latest(day)) == (first, last)
        assert str(day) == day_text(day) == text
        days = possible_days(day)
        assert (days[0], days[-1]) == (first, last)
        assert len(days) == len(set(days)) == (last - first).days + 1

    def test_a_year_stands_before_its_months(self) -> None:
        days = [PartialDate(2019, 2), PartialDate(2019), PartialDate(2018, 12)]
        assert [str(day) for day in sorted(days)] == ["2018-12", "2019", "2019-02"]

    @pytest.mark.parametrize("year", [1899, 2201, 0])
    def test_refuses_years_that_are_slips(self, year: int) -> None:
        with pytest.raises(ArgumentError, match=rf"year should be from 1900 to 2200; {year} was"):
            PartialDate(year)

    @pytest.mark.parametrize("month", [0, 13, -1])
    def test_refuses_months_that_do_not_exist(self, month: int) -> None:
        with pytest.raises(ArgumentError, match=f"from 1 to 12; {month} was given"):
            PartialDate(2019, month)

    def test_an_exact_day_is_itself(self) -> None:
        day = date(2019, 7, 1)
        assert (earliest(day), latest(day), possible_days(day)) == (day, day, (day,))


class TestDayFromText:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("2019-07-01", date(2019, 7, 1)),
            ("2020-02-29", date(2020, 2, 29)),
            ("2019-07", PartialDate(2019, 7)),
            ("2019", PartialDate(2019)),
        ],
    )
    def test_reads_back(self, text: str, day: Day) -> None:
        assert day_from_text(text) == day
        assert day_text(day) == text

    @pytest.mark.parametrize("text", ["", "2019-7", "2019/07/01", "19-07-01", "2019-07-01T00:00"])
    def test_refuses_another_form(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=r"is not a day\. Write it as 2019-07-01") as caught:
            day_from_text(text)
        assert repr(text) in str(caught.value)

    @pytest.mark.parametrize("text", ["2019-02-29", "2019-04-31", "2019-01-00"])
    def test_refuses_a_day_that_does_not_exist(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=f"no day '{text}' in the calendar"):
            day_from_text(text)

    @pytest.mark.parametrize("text", ["2019-13", "1812-01-01"])
    def test_refuses_months_and_years_that_are_slips(self, text: str) -> None:
        with pytest.raises(ArgumentError):
            day_from_text(text)


class TestMonthsBetween:
    @pytest.mark.parametrize(
        ("start", "end", "months"),
        [
            # the start of the day asked about: a full year
            (date(2023, 1, 1), date(2024, 1, 1), 12),
            (date(2023, 1, 1), date(2023, 12, 31), 11),
            # the last day of a shorter month completes the month
            (date(2024, 1, 31), date(2024, 2, 28), 0),
            (date(2024, 1, 31), date(2024, 2, 29), 1),
            (date(2023, 1, 29), date(2023, 2, 28), 1),
            (date(2023, 8, 31), date(2023, 9, 30), 1),
            # in one step, not month by month
            (date(2023, 1, 31), date(2023, 3, 30), 1),
            (date(2023, 1, 31), date(2023, 3, 31), 2),
            # from 29 February
            (date(2020, 2, 29), date(2021, 2, 28), 12),
            (date(2020, 2, 29), date(2024, 2, 28), 47),
            (date(2020, 2, 29), date(2024, 2, 29), 48),
            # nothing before it begins
            (date(2023, 1, 1), date(2023, 1, 1), 0),
            (date(2023, 1, 2), date(2023, 1, 1), 0),
        ],
    )
    def test_counts_whole_months(self, start: date, end: date, months: int) -> None:
        assert months_between(start, end) == months

    @pytest.mark.parametrize(
        ("start", "months", "day"),
        [
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2024, 3, 31), -1, date(2024, 2, 29)),
            (date(2024, 1, 31), 0, date(2024, 1, 31)),
        ],
    )
    def test_add_months_stops_at_the_end_of_the_month(
        self, start: date, months: int, day: date
    ) -> None:
        assert add_months(start, months) == day


class TestMonths:
    def test_start_and_next(self) -> None:
        assert month_start(date(2024, 2, 29)) == date(2024, 2, 1)
        assert next_month(date(2024, 1, 31)) == date(2024, 2, 1)
        assert next_month(date(2024, 12, 1)) == date(2025, 1, 1)

    @pytest.mark.parametrize(
        ("year", "month", "days"), [(2023, 2, 28), (2024, 2, 29), (1900, 2, 28), (2000, 2, 29)]
    )
    def test_days_of_month(self, year: int, month: int, days: int) -> None:
        assert days_of_month(year, month) == days

    @pytest.mark.parametrize(("year", "month"), [(2024, 0), (2024, 13), (1899, 1), (2201, 1)])
    def test_days_of_a_month_that_does_not_exist(self, year: int, month: int) -> None:
        with pytest.raises(ArgumentError):
            days_of_month(year, month)

    @pytest.mark.parametrize(
        ("start", "end", "count"),
        [
            # May 2018 began on a Tuesday
            (date(2018, 5, 1), date(2018, 6, 1), 23),
            (date(2018, 5, 5), date(2018, 5, 7), 0),
            (date(2018, 5, 4), date(2018, 5, 8), 2),
            (date(2018, 5, 4), date(2018, 5, 4), 0),
        ],
    )
    def test_weekdays(self, start: date, end: date, count: int) -> None:
        assert weekdays(start, end) == count


class TestAnnualDay:
    def test_comes_each_year(self) -> None:
        day = AnnualDay.from_text("07-01")
        assert str(day) == "07-01"
        assert day.in_year(2019) == date(2019, 7, 1)

    @pytest.mark.parametrize("text", ["02-29", "02-30", "13-01", "00-01", "7-1", "0701", ""])
    def test_refuses_what_does_not_come_each_year(self, text: str) -> None:
        with pytest.raises(ArgumentError, match="Write month and day as 07-01") as caught:
            AnnualDay.from_text(text)
        assert repr(text) in str(caught.value)


JULY = AnnualDay(7, 1)


class TestEffects:
    @pytest.mark.parametrize(
        ("event", "takes", "first"),
        [
            (date(2023, 6, 15), Takes.SAME_DAY, date(2023, 6, 15)),
            (date(2023, 6, 15), Takes.SAME_MONTH, date(2023, 6, 1)),
            (date(2023, 6, 1), Takes.SAME_MONTH, date(2023, 6, 1)),
            (date(2023, 6, 15), Takes.NEXT_MONTH, date(2023, 7, 1)),
            (date(2023, 6, 1), Takes.NEXT_MONTH, date(2023, 7, 1)),
            (date(2023, 12, 31), Takes.NEXT_MONTH, date(2024, 1, 1)),
            (date(2022, 12, 31), Takes.NEXT_JANUARY, date(2023, 1, 1)),
            # an event on 1 January waits a whole year
            (date(2023, 1, 1), Takes.NEXT_JANUARY, date(2024, 1, 1)),
            # strictly after the event
            (date(2023, 6, 30), Takes.ANNUAL_DAY, date(2023, 7, 1)),
            (date(2023, 7, 1), Takes.ANNUAL_DAY, date(2024, 7, 1)),
        ],
    )
    def test_first_day_and_cutoff(self, event: date, takes: Takes, first: date) -> None:
        assert first_day_of_change(event, takes, JULY) == first
        assert cutoff(first, takes, JULY) >= event

    @pytest.mark.parametrize(
        ("on", "takes", "last"),
        [
            (date(2023, 6, 15), Takes.SAME_DAY, date(2023, 6, 15)),
            (date(2023, 6, 15), Takes.SAME_MONTH, date(2023, 6, 30)),
            (date(2023, 6, 15), Takes.NEXT_MONTH, date(2023, 5, 31)),
            (date(2023, 6, 1), Takes.NEXT_MONTH, date(2023, 5, 31)),
            (date(2023, 1, 1), Takes.NEXT_JANUARY, date(2022, 12, 31)),
            (date(2022, 12, 31), Takes.NEXT_JANUARY, date(2021, 12, 31)),
            (date(2023, 7, 1), Takes.ANNUAL_DAY, date(2023, 6, 30)),
            (date(2023, 6, 30), Takes.ANNUAL_DAY, date(2022, 6, 30)),
        ],
    )
    def test_cutoff(self, on: date, takes: Takes, last: date) -> None:
        assert cutoff(on, takes, JULY) == last

    def test_a_yearly_day_has_to_be_given(self) -> None:
        for function in (first_day_of_change, cutoff):
            with pytest.raises(ArgumentError, match=r"the day is not given\. Add it as 07-01"):
                function(date(2023, 1, 1), Takes.ANNUAL_DAY)
