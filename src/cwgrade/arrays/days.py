"""Days as arrays hold them: exact, or not known."""

from __future__ import annotations

import functools
from datetime import date
from typing import Final

import numpy as np

from cwgrade.dates import Day, PartialDate
from cwgrade.errors import ArgumentError
from cwgrade.worker import ServiceSpell

__all__ = ["NO_DAY", "exact_day"]

NO_DAY: Final = np.datetime64("NaT", "D")


@functools.lru_cache(maxsize=1 << 16)
def exact_day(day: Day | None, *, first_of_month: bool) -> np.datetime64 | None:
    """Give a day as arrays hold it, `NO_DAY` where there is none; `None` where they cannot hold it.

    Args:
        day: The day that was read.
        first_of_month: Whether a day that is known to its month is taken as the first of it.

    Examples:
        >>> str(exact_day(PartialDate(2019, 7), first_of_month=True))
        '2019-07-01'
    """
    if day is None:
        return NO_DAY
    if isinstance(day, PartialDate):
        if not first_of_month or day.month is None:
            return None
        day = day.first
    return np.datetime64(day, "D") if _is_year_of_a_day(day.year) else None


@functools.cache
def _is_year_of_a_day(year: int) -> bool:
    try:
        ServiceSpell(start=date(year, 1, 1))
    except ArgumentError:
        return False
    return True
