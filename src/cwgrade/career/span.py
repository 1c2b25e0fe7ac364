"""The days that a question over time is about, and the scheme of each."""

from __future__ import annotations

from datetime import date

from cwgrade.career.places import Places
from cwgrade.errors import ArgumentError
from cwgrade.scheme import Scheme, Schemes
from cwgrade.worker import Worker

__all__ = ["checked"]


def checked(
    worker: Worker,
    schemes: Scheme | Schemes,
    *,
    start: date,
    end: date,
    known_on: date | None,
) -> Places:
    """Check the arguments of a question over time, and give the scheme of each day.

    Raises:
        ArgumentError: See `career_of`.
    """
    for name, day in (("start", start), ("end", end), ("known_on", known_on)):
        if type(day) is not date and not (name == "known_on" and day is None):
            raise ArgumentError("not-a-day-object", name=name, value=day)
    if end <= start:
        raise ArgumentError("career-days-out-of-order", start=start, end=end)
    return Places(worker, schemes, known_on)
