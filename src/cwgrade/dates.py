"""Days, months between days, partly known days, and when a change takes effect.

This is the only module that imports dateutil: the month-end clamp of `relativedelta` is the rule of the Civil Code
(article 202), "the same day number, or the month's last day where that number does not exist".
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Self

import attrs
from dateutil.relativedelta import relativedelta

from cwgrade.errors import ArgumentError

__all__ = [
    "AnnualDay",
    "Day",
    "PartialDate",
    "Reckoning",
    "Takes",
    "add_months",
    "asked_months",
    "cutoff",
    "day_from_text",
    "day_text",
    "days_of_month",
    "earliest",
    "first_day_of_change",
    "last_start",
    "latest",
    "month_start",
    "months_between",
    "next_month",
    "possible_days",
    "weekdays",
]

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
"""Days outside these years are typing slips; inside them no month arithmetic can overflow."""

_ONE_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12


@attrs.frozen(order=True)
class PartialDate:
    """A day that is known only to its month or year.

    Attributes:
        year: The year.
        month: The month 1 to 12, or `None` where only the year is known.

    Examples:
        >>> PartialDate(2019, 7).first, PartialDate(2019, 7).last
        (datetime.date(2019, 7, 1), datetime.date(2019, 7, 31))
    """

    year: int = attrs.field()
    month: int | None = attrs.field(default=None, order=lambda month: month or 0)

    @year.validator
    def _check_year(self, _attribute: object, year: int) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ArgumentError("year-out-of-range", value=year, first=FIRST_YEAR, last=LAST_YEAR)

    @month.validator
    def _check_month(self, _attribute: object, month: int | None) -> None:
        if month is not None and not 1 <= month <= _MONTHS:
            raise ArgumentError("bad-month", value=month)

    @property
    def first(self) -> date:
        """The first day it may be."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """The last day it may be."""
        month = self.month or _MONTHS
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}" if self.month is None else f"{self.year:04d}-{self.month:02d}"


Day = date | PartialDate
"""A day known exactly, or to its month or year."""


def earliest(day: Day) -> date:
    """Give the first day that a day may be."""
    return day.first if isinstance(day, PartialDate) else day


def latest(day: Day) -> date:
    """Give the last day that a day may be."""
    return day.last if isinstance(day, PartialDate) else day


@functools.lru_cache(maxsize=4096)
def possible_days(day: Day) -> tuple[date, ...]:
    """Give every day that a day may be, in order."""
    first, last = earliest(day), latest(day)
    return tuple(first + timedelta(days=count) for count in range((last - first).days + 1))


_DAY_TEXT: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def day_from_text(text: str) -> Day:
    """Read `2019-07-01`, `2019-07` or `2019`.

    Raises:
        ArgumentError: The text is no such day, or a day that does not exist.

    Examples:
        >>> day_from_text("2019-07")
        PartialDate(year=2019, month=7)
    """
    match = _DAY_TEXT.fullmatch(text)
    if match is None:
        raise ArgumentError("not-a-day", value=text)
    year, month, number = (int(part) if part else None for part in match.groups())
    partial = PartialDate(year or 0, month)
    if number is None:
        return partial
    try:
        return date(partial.year, partial.month or 1, number)
    except ValueError:
        raise ArgumentError("no-such-day", value=text) from None


def day_text(day: Day) -> str:
    """Write a day as `day_from_text` reads it."""
    return str(day) if isinstance(day, PartialDate) else day.isoformat()


def add_months(start: date, months: int) -> date:
    """Give the day a number of months later, on the month's last day where the day number does not exist.

    Examples:
        >>> add_months(date(2024, 1, 31), 1)
        datetime.date(2024, 2, 29)
    """
    return start + relativedelta(months=months)


def last_start(end: date, months: int) -> date:
    """Give the latest day from which a number of months is over by the start of a day.

    It is the largest d with `add_months(d, months) <= end`; a test holds both against each other.

    Args:
        end: The day.
        months: Whole months.

    Examples:
        >>> last_start(date(2024, 2, 29), 6)
        datetime.date(2023, 8, 31)
    """
    start = add_months(end, -months)
    if start.day < end.day or add_months(start + _ONE_DAY, months) > end:
        return start
    return next_month(start) - _ONE_DAY


def months_between(start: date, end: date) -> int:
    """Count the whole months from `start` to the start of `end`, in one step.

    A month is complete on the same day number of a later month, or on that month's last day where the number does
    not exist. It is the largest m with `add_months(start, m) <= end`; a test holds both against each other.

    Args:
        start: First day.
        end: The day asked for; it is not counted itself.

    Returns:
        Whole months; 0 where `end` is not after `start`.

    Examples:
        >>> months_between(date(2023, 1, 1), date(2024, 1, 1))
        12
        >>> months_between(date(2024, 1, 31), date(2024, 2, 29))
        1
    """
    if end <= start:
        return 0
    months = _MONTHS * (end.year - start.year) + end.month - start.month
    if end.day < start.day and end.day < calendar.monthrange(end.year, end.month)[1]:
        return months - 1
    return months


def month_start(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Give the first day of the month after a day's month."""
    return date(day.year + 1, 1, 1) if day.month == _MONTHS else date(day.year, day.month + 1, 1)


def days_of_month(year: int, month: int) -> int:
    """Count the calendar days of a month.

    Raises:
        ArgumentError: There is no such month.
    """
    if not (_is_whole(month) and 1 <= month <= _MONTHS):
        raise ArgumentError("bad-month", value=month)
    if not (_is_whole(year) and FIRST_YEAR <= year <= LAST_YEAR):
        raise ArgumentError("year-out-of-range", value=year, first=FIRST_YEAR, last=LAST_YEAR)
    return calendar.monthrange(year, month)[1]


def asked_months(months: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the months that are asked for, each once, in the order of the calendar.

    Args:
        months: The year and month of each.

    Raises:
        ArgumentError: They are no list of a year and a month each, or there is no such month.

    Examples:
        >>> asked_months([(2018, 2), (2017, 12), (2018, 2)])
        [(2017, 12), (2018, 2)]
    """
    several: object = months
    if isinstance(several, str) or not isinstance(several, Iterable):
        raise ArgumentError("not-year-and-month", value=months)
    asked: list[Any] = [*months]
    for one in asked:
        if not isinstance(one, tuple) or len(one) != len(("year", "month")):
            raise ArgumentError("not-year-and-month", value=one)
        days_of_month(*one)
    return sorted(dict.fromkeys(asked))


def _is_whole(value: object) -> bool:
    return isinstance(value, int)


def weekdays(start: date, end: date) -> int:
    """Count the days from Monday to Friday in `[start, end)`; public holidays are not looked at."""
    return sum(day.weekday() < calendar.SATURDAY for day in _each(start, end))


def _each(start: date, end: date) -> Iterator[date]:
    while start < end:
        yield start
        start += _ONE_DAY


class Takes(StrEnum):
    """When a change takes effect, from the day *e* of the event it counts from."""

    SAME_DAY = "same_day"
    SAME_MONTH = "same_month"
    NEXT_MONTH = "next_month"
    NEXT_JANUARY = "next_january"
    ANNUAL_DAY = "annual_day"


class Reckoning(StrEnum):
    """Whether the event of a threshold is the day it is met, or the last day served before it."""

    DAY_MET = "day_met"
    LAST_DAY_SERVED = "last_day_served"


@attrs.frozen
class AnnualDay:
    """A day that comes each year, such as 1 July.

    Examples:
        >>> str(AnnualDay.from_text("07-01"))
        '07-01'
    """

    month: int
    number: int

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `MM-DD`; 29 February is refused because it does not come each year."""
        match = re.fullmatch(r"(\d{2})-(\d{2})", text, re.ASCII)
        if match is None:
            raise ArgumentError("not-annual-day", value=text)
        month, number = int(match[1]), int(match[2])
        try:
            date(2023, month, number)
        except ValueError:
            raise ArgumentError("not-annual-day", value=text) from None
        return cls(month, number)

    def in_year(self, year: int) -> date:
        """Give its day in a year."""
        return date(year, self.month, self.number)

    def __str__(self) -> str:
        return f"{self.month:02d}-{self.number:02d}"


def first_day_of_change(event: date, takes: Takes, annual: AnnualDay | None = None) -> date:
    """Map the day of an event to the first day of the change.

    Args:
        event: The day of the event.
        takes: The scheme's timing.
        annual: The yearly day, for `annual_day`: the first such day strictly after the event.

    Examples:
        >>> first_day_of_change(date(2022, 12, 31), Takes.NEXT_JANUARY)
        datetime.date(2023, 1, 1)
    """
    if takes is Takes.SAME_DAY:
        return event
    if takes is Takes.SAME_MONTH:
        return month_start(event)
    if takes is Takes.NEXT_MONTH:
        return next_month(event)
    yearly = _yearly(takes, annual)
    this_year = yearly.in_year(event.year)
    return this_year if this_year > event else yearly.in_year(event.year + 1)


def cutoff(on: date, takes: Takes, annual: AnnualDay | None = None) -> date:
    """Give the last day of an event whose change has come by a day.

    It is the inverse of `first_day_of_change`: the largest e with `first_day_of_change(e) <= on`.

    Examples:
        >>> cutoff(date(2023, 6, 15), Takes.NEXT_JANUARY)
        datetime.date(2022, 12, 31)
        >>> cutoff(date(2023, 6, 15), Takes.SAME_MONTH)
        datetime.date(2023, 6, 30)
    """
    if takes is Takes.SAME_DAY:
        return on
    if takes is Takes.SAME_MONTH:
        return next_month(on) - _ONE_DAY
    if takes is Takes.NEXT_MONTH:
        return month_start(on) - _ONE_DAY
    yearly = _yearly(takes, annual)
    this_year = yearly.in_year(on.year)
    return (this_year if this_year <= on else yearly.in_year(on.year - 1)) - _ONE_DAY


_NEW_YEAR: Final = AnnualDay(1, 1)


def _yearly(takes: Takes, annual: AnnualDay | None) -> AnnualDay:
    if takes is Takes.NEXT_JANUARY:
        return _NEW_YEAR
    if annual is None:
        raise ArgumentError("annual-day-needed")
    return annual
