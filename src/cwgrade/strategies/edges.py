"""The days on which rules turn: ends of months, yearly days, and the days of a scheme itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from cwgrade.dates import AnnualDay, days_of_month
from cwgrade.law.pegs import pegs_in
from cwgrade.quantities import Steps
from cwgrade.scheme import Scheme, SchemeVersion

__all__ = ["every", "month_ends", "turning_days"]

_ONE_DAY: Final = timedelta(days=1)
_FEBRUARY: Final = 2


def every(yearly: Sequence[AnnualDay], first: date, last: date) -> list[date]:
    """Give some yearly days in each year from that of the first day to that of the last."""
    return [day.in_year(year) for year in range(first.year, last.year + 1) for day in yearly]


def month_ends(first: date, last: date) -> list[date]:
    """Give the last day of each month and the day after it, February first."""
    months = [
        (year, month)
        for year in range(first.year, last.year + 1)
        # 29 February and the days beside it first
        for month in (_FEBRUARY, *(one for one in range(1, 13) if one != _FEBRUARY))
    ]
    ends = [date(year, month, days_of_month(year, month)) for year, month in months]
    return [day for end in ends for day in (end, end + _ONE_DAY)]


def turning_days(scheme: Scheme) -> tuple[date, ...]:
    """Give the days on which a scheme itself turns: in force, no longer attested, re-based, yearly days, dated values.

    Args:
        scheme: The scheme.

    Returns:
        Each such day and its eve, in order.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> date(2012, 1, 1) in turning_days(load_scheme("sample-3x18"))
        True
    """
    found: set[date] = set()
    for version in scheme.versions:
        first, last = version.from_day, version.attested_until
        found |= {first, last + _ONE_DAY}
        found |= set(every(_yearly_days(version), first, last)) | _dated(version)
    return tuple(sorted(found | {day - _ONE_DAY for day in found}))


def _yearly_days(version: SchemeVersion) -> list[AnnualDay]:
    stated = [
        *(effect.annual_day for effect in version.effects),
        *(peg.rebased for _, _, peg in pegs_in(version.base, version.pegs)),
    ]
    return [one for one in stated if isinstance(one, AnnualDay)]


def _dated(version: SchemeVersion) -> set[date]:
    """Give the days on which stated values change."""
    bands = (one.quantity for one in version.normal_form.definitions)
    starts = (start for form in bands if isinstance(form, Steps) for start in form.starts)
    return {start for start in starts if isinstance(start, date)}
