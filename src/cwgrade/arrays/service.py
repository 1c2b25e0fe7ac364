"""Counting service on arrays: spells to runs, runs to months, by the conventions of `cwgrade.service`.

Days are `datetime64[D]`; a spell is `[start, end)`, and one that goes on ends at `GOES_ON`. The month rule is that of
`cwgrade.dates.months_between`: the same day number, or the month's last day where the number does not exist.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.plans import Kernel, compiled_loops
from cwgrade.service import Convention, GapsRule

__all__ = [
    "GOES_ON",
    "Accepted",
    "Runs",
    "credited_months",
    "days_of",
    "months_between",
    "runs_of",
    "served_months",
]

Days = NDArray[np.datetime64]
Numbers = NDArray[np.int64]
Codes = NDArray[Any]

_A_DAY: Final = np.timedelta64(1, "D")
_A_MONTH: Final = np.timedelta64(1, "M")
GOES_ON: Final = np.datetime64("9999-12-31", "D")
"""The end of a spell that goes on."""
_MONTHS: Final = 12
_POOLED_MONTH: Final = 30
_DAY_BITS: Final = 5
_PART: Final = 1 << 14
"""Workers that are counted at once: their spells stay in the cache."""
_FIRST: Final = int(np.datetime64("1900-01-01", "D").astype(np.int64))
_LAST: Final = int(np.datetime64("2201-01-01", "D").astype(np.int64))
_ROOM: Final = np.int64(1) << np.int64(24)
"""More than any day's number: it sets one worker's days apart from the next one's."""


def days_of(values: NDArray[Any]) -> Days:
    """Give days as this module counts them."""
    return values.astype("datetime64[D]")


@attrs.frozen(kw_only=True, eq=False)
class Accepted:
    """Whose service counts, where rows are paid under several schemes.

    Attributes:
        scheme: The scheme of each worker.
        region: The region of each spell.
        table: For each scheme and region, whether service there counts.
    """

    scheme: Codes
    region: Codes
    table: NDArray[np.bool_]


@attrs.frozen(eq=False)
class Runs:
    """Accepted days without a break, of one kind and rate, sorted by worker and start.

    Attributes:
        worker: The row of the worker.
        start: First day.
        end: Day after the last, `GOES_ON` while it goes on.
    """

    worker: Numbers
    start: Days
    end: Days


def runs_of(worker: Numbers, start: Days, end: Days) -> Runs:
    """Join spells that overlap or touch into runs.

    Args:
        worker: The row of each spell's worker, not negative.
        start: First days.
        end: Days after the last; an empty spell is left out.
    """
    served = start < end
    if not served.all():
        worker, start, end = worker[served], start[served], end[served]
    if len(worker) == 0:
        return Runs(worker, start, end)
    # one worker's days, set apart from those of the next one
    room = worker * _ROOM
    begins = room + start.astype(np.int64, copy=False)
    if (begins[1:] < begins[:-1]).any():
        order = np.argsort(begins, kind="stable")
        worker, room, begins = worker[order], room[order], begins[order]
        start, end = start[order], end[order]
    ends = np.add(room, end.astype(np.int64, copy=False))
    reach = np.maximum.accumulate(ends, out=ends)
    heads = np.append(0, np.flatnonzero(begins[1:] > reach[:-1]) + 1)
    # a worker's first day lies after every day of the worker before
    tails = np.append(heads[1:], len(worker)) - 1
    last = reach[tails] - room[tails]
    return Runs(worker[heads], start[heads], last.astype("datetime64[D]"))


def months_between(start: Days, end: Days) -> Numbers:
    """Count the whole months from each start to each end, in one step; 0 where the end is not after the start."""
    # a month lacks a day where the day number falls short; a month's last day stands for every later number
    months = (_placed(end, at_end=True) - _placed(start)) >> _DAY_BITS
    np.maximum(months, 0, out=months)
    return months


def _placed(days: Days, *, at_end: bool = False) -> Numbers:
    """Give each day as its month and its place in the month, in one number.

    Args:
        days: The days.
        at_end: Whether a month's last day has the last place of all.
    """
    numbers = days.astype("datetime64[D]", copy=False).view(np.int64)
    if numbers.size and numbers.min() >= _FIRST and numbers.max() < _LAST:
        return np.take(_calendar()[at_end], numbers - _FIRST)
    return _place_of(days, at_end=at_end)


@cache
def _calendar() -> tuple[Numbers, Numbers]:
    """Give the place of each day of the years in use: to look it up is twenty times as fast as to reckon it."""
    days = np.arange(_FIRST, _LAST).astype("datetime64[D]")
    return _place_of(days, at_end=False), _place_of(days, at_end=True)


def _place_of(days: Days, *, at_end: bool) -> Numbers:
    month: Codes = days.astype("datetime64[M]")
    place: Codes = (days - month).astype(np.int64)
    if at_end:
        last = (month + _A_MONTH).astype("datetime64[D]") - days == _A_DAY
        place = np.where(last, (1 << _DAY_BITS) - 1, place)
    found: Numbers = (month.astype(np.int64) << _DAY_BITS) + place
    return found


def add_months(start: Days, months: Numbers) -> Days:
    """Give the day a number of months later, on the month's last day where the day number does not exist."""
    month = start.astype("datetime64[M]")
    target = month + months.astype("timedelta64[M]")
    day = start - month
    last = (target + _A_MONTH).astype("datetime64[D]") - target.astype("datetime64[D]") - _A_DAY
    found: Days = target.astype("datetime64[D]") + np.minimum(day, last)
    return found


def credited_months(
    runs: Runs, workers: int, as_of: Days, convention: Convention, gaps: GapsRule
) -> Numbers:
    """Count the months of creditable service completed before a day, for each worker.

    Args:
        runs: Accepted days.
        workers: How many workers there are.
        as_of: One day for all, or one for each worker.
        convention: How months are counted.
        gaps: What a gap does.
    """
    until = as_of if as_of.ndim == 0 else as_of[runs.worker]
    worker, start, end = runs.worker, runs.start, np.minimum(runs.end, until)
    begun = start < until
    if not begun.all():
        worker, start, end = worker[begun], start[begun], end[begun]
    if gaps is GapsRule.BREAK and len(worker):
        last = np.append(worker[1:] != worker[:-1], True)
        worker, start, end = worker[last], start[last], end[last]
    match convention:
        case Convention.WHOLE_MONTHS:
            return _summed(worker, months_between(start, end), workers)
        case Convention.COMPLETED_YEARS:
            return _summed(worker, months_between(start, end) // _MONTHS * _MONTHS, workers)
        case Convention.POOLED_DAYS:
            whole = months_between(start, end)
            over = (end - add_months(start, whole)).astype(np.int64)
            return _summed(worker, whole, workers) + _summed(worker, over, workers) // _POOLED_MONTH
        case Convention.CALENDAR_MONTHS:
            return _touched(worker, start, end, "datetime64[M]", workers)
        case Convention.CALENDAR_YEARS:
            return _touched(worker, start, end, "datetime64[Y]", workers) * _MONTHS


def served_months(
    worker: Codes,
    start: Days,
    end: Days,
    *,
    workers: int,
    as_of: np.datetime64,
    convention: Convention,
    gaps: GapsRule,
    accepted: Accepted | None = None,
    threads: int = 1,
    kernel: Kernel = "numpy",
) -> Numbers:
    """Count the months of creditable service completed before a day from spells, part by part of the roster.

    Args:
        worker: The row of each spell's worker.
        start: First days.
        end: Days after the last; an empty spell is left out.
        workers: How many workers there are.
        as_of: The day.
        convention: How months are counted.
        gaps: What a gap does.
        accepted: Which spells count; all of them where it is left out.
        threads: How many threads share the parts.
        kernel: What carries it out.
    """
    if (worker[1:] < worker[:-1]).any():
        order = np.argsort(worker, kind="stable")
        worker, start, end = worker[order], start[order], end[order]
        if accepted is not None:
            accepted = attrs.evolve(accepted, region=accepted.region[order])
    counted_by = accepted
    firsts = np.append(np.arange(0, workers, _PART), workers)
    bounds = np.searchsorted(worker, firsts.astype(worker.dtype))
    found = np.zeros(workers, np.int64)

    def count(part: int) -> None:
        here = slice(bounds[part], bounds[part + 1])
        rows = slice(firsts[part], firsts[part + 1])
        if here.start == here.stop:
            return
        if kernel == "numba" and convention in _UNITS:
            given = (worker[here], start[here], end[here])
            if _compiled(given, here, rows, counted_by, (as_of, convention, gaps), found):
                return
        own = np.subtract(worker[here], rows.start, dtype=np.int64)
        spells: tuple[Codes, ...] = (own, start[here], end[here])
        if counted_by is not None:
            schemes = counted_by.scheme[rows] * np.int32(counted_by.table.shape[1])
            cell = np.take(schemes, spells[0], mode="clip") + counted_by.region[here]
            counted = np.flatnonzero(np.take(counted_by.table, cell, mode="clip"))
            spells = tuple(np.take(one, counted, mode="clip") for one in spells)
        runs = runs_of(spells[0], spells[1], spells[2])
        size = rows.stop - rows.start
        found[rows] = credited_months(runs, size, np.asarray(as_of), convention, gaps)

    parts = range(len(firsts) - 1)
    if threads == 1:
        for part in parts:
            count(part)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(count, parts))
    return found


_UNITS: Final = {Convention.WHOLE_MONTHS: 1, Convention.COMPLETED_YEARS: _MONTHS}
"""Conventions that a compiled loop counts, and how many months of a run make one unit."""


def _compiled(
    spells: tuple[Codes, Days, Days],
    here: slice,
    rows: slice,
    accepted: Accepted | None,
    counting: tuple[np.datetime64, Convention, GapsRule],
    found: Numbers,
) -> bool:
    """Count a part by a compiled loop; tell whether it could."""
    worker, start, end = spells
    as_of, convention, gaps = counting
    if accepted is None:
        size = here.stop - here.start
        region = np.zeros(size, np.int8)
        scheme = np.zeros(rows.stop - rows.start, np.int8)
        table = np.ones((1, 1), np.bool_)
    else:
        region, table = accepted.region[here], accepted.table
        scheme = accepted.scheme[rows]
    begun, ended = _calendar()
    done: bool = compiled_loops().count_months(
        worker - worker.dtype.type(rows.start),
        start.view(np.int64),
        end.view(np.int64),
        region,
        scheme,
        table,
        begun,
        ended,
        _FIRST,
        int(as_of.astype("datetime64[D]").astype(np.int64)),
        gaps is GapsRule.BREAK,
        _UNITS[convention],
        found[rows],
    )
    return done


def _summed(worker: Numbers, numbers: Numbers, workers: int) -> Numbers:
    # float sums of whole numbers below 2**53 are exact
    return np.bincount(worker, weights=numbers, minlength=workers).astype(np.int64)


def _touched(worker: Numbers, start: Days, end: Days, period: str, workers: int) -> Numbers:
    """Count calendar periods of which at least one day counts; two runs may touch one period."""
    first = start.astype(period).astype(np.int64)
    last = (end - _A_DAY).astype(period).astype(np.int64)
    again = np.zeros(len(worker), np.int64)
    if len(worker) > 1:
        again[1:] = (worker[1:] == worker[:-1]) & (first[1:] == last[:-1])
    return _summed(worker, last - first + 1 - again, workers)
