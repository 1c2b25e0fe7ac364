"""Two clocks: the day something holds from, and the day it was known."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from cwgrade.dates import Day, earliest, latest

__all__ = ["Published", "Standing", "known_by", "recorded_by"]

Published = Day | Literal["unknown"]
"""When something was published: a day, a month, a year, or nobody could find out."""


class Standing(StrEnum):
    """How firm a result is."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    BLOCKED = "blocked"


def known_by(published_on: Published, known_on: date | None) -> bool | None:
    """Tell whether something published was known by a day.

    A publication known only to its month or year is read as an interval: known where its last possible day is not
    after `known_on`, not known where its first is later, undecided in between.

    Args:
        published_on: When it was published.
        known_on: The day of knowing; `None` means everything on file is known.

    Returns:
        `True`, `False`, or `None` for undecided.

    Examples:
        >>> from cwgrade.dates import PartialDate
        >>> (
        ...     known_by(PartialDate(2018, 6), date(2018, 7, 1)),
        ...     known_by(PartialDate(2018), date(2018, 7, 1)),
        ... )
        (True, None)
    """
    if known_on is None:
        return True
    if published_on == "unknown":
        return None
    if latest(published_on) <= known_on:
        return True
    return False if earliest(published_on) > known_on else None


def recorded_by(recorded_on: date | None, known_on: date | None) -> bool:
    """Tell whether a fact was on record by a day; a fact without a day of record always was."""
    return known_on is None or recorded_on is None or recorded_on <= known_on
