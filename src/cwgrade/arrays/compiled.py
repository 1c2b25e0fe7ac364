"""The same gathers and counts as compiled loops: extra `fast` (Numba). What comes out is equal bit for bit to NumPy's.

One loop serves every plan, so that it is compiled once and kept on disk: which columns a step adds up is data to it.
Columns and tables reach it by address; every place is kept inside its table, whatever a column holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from cwgrade.arrays.plans import Step

__all__ = ["count_months", "run_compiled"]

Codes = NDArray[Any]

_BLOCK: Final = 1 << 12
"""Rows that go through all steps together: their columns stay in the first-level cache."""
_KINDS: Final = {np.dtype(kind): place for place, kind in enumerate(("u1", "u2", "i4", "i8"))}
_FIELDS: Final = 6
_NONE: Final = -(1 << 62)


def run_compiled(
    steps: Sequence[Step],
    columns: Mapping[str, Codes],
    out: Mapping[str, Codes],
    start: int,
    stop: int,
) -> None:
    """Carry a plan out for some rows.

    Args:
        steps: The plan's steps.
        columns: The roster's columns.
        out: Where each target goes.
        start: The first row.
        stop: The row after the last.
    """
    # everything whose address is taken is held until the loop has ended
    held: list[Codes] = []
    made: dict[str, Codes] = {}
    rows: list[tuple[int, ...]] = []
    ends: list[int] = []
    for one in steps:
        made[one.name] = out[one.name] if one.kept else np.empty(_BLOCK, one.table.dtype)
        for term in one.terms:
            through = _plain(columns[term.column] if term.column in columns else made[term.column])
            moves = term.column in columns or term.column in out
            table = None if term.table is None else term.table.astype(np.uint32)
            held += [through] if table is None else [through, table]
            rows.append(
                (
                    _address(through),
                    _kind(through),
                    int(moves),
                    term.factor,
                    0 if table is None else _address(table),
                    0 if table is None else len(table),
                )
            )
        table, into = _plain(np.ascontiguousarray(one.table)), _plain(made[one.name])
        held += [table, into]
        place = (_address(table), _kind(table), int(one.kept), len(table), _address(into), 0)
        rows.append(place)
        ends.append(len(rows))
    wiring = np.array(rows, np.int64).reshape(-1, _FIELDS)
    _run(wiring, np.array(ends, np.int64), start, stop)


def _plain(column: Codes) -> Codes:
    """Give a column in one of the kinds that the loop knows; small ones are read without a sign."""
    if column.dtype.kind in "bi" and column.dtype.itemsize < 4:  # noqa: PLR2004
        column = column.view(np.dtype(f"u{column.dtype.itemsize}"))
    if column.dtype == np.uint32:
        column = column.view(np.int32)
    if column.dtype not in _KINDS:
        raise TypeError(str(column.dtype))
    return column if column.flags.c_contiguous else np.ascontiguousarray(column)


def _kind(column: Codes) -> int:
    return _KINDS[column.dtype]


def _address(column: Codes) -> int:
    return int(column.ctypes.data)


@intrinsic
def _pointer(_context, _address):
    def build(_context, builder, _signature, arguments):
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), build


@njit(nogil=True, cache=True)
def _run(wiring, ends, start, stop):
    index = np.empty(_BLOCK, np.uint32)
    for at in range(start, stop, _BLOCK):
        size = min(_BLOCK, stop - at)
        term = 0
        for step in range(len(ends)):
            place = index[:size]
            place[:] = 0
            while term < ends[step] - 1:
                _add(wiring[term], at, size, place)
                term += 1
            _take(wiring[term], at, size, place)
            term += 1


@njit(nogil=True, cache=True)
def _add(wire, at, size, place):
    """Add what a column contributes."""
    address, kind, here = wire[0], wire[1], at if wire[2] else 0
    factor = np.uint32(wire[3])
    table = carray(_pointer(wire[4]), max(wire[5], 1), np.uint32)
    if kind == 0:
        bytes_ = carray(_pointer(address), here + size, np.uint8)[here:]
        if wire[5]:
            _add_looked_up(bytes_, table, place)
        else:
            _add_multiplied(bytes_, factor, place)
    elif kind == 1:
        shorts = carray(_pointer(address), here + size, np.uint16)[here:]
        if wire[5]:
            _add_looked_up(shorts, table, place)
        else:
            _add_multiplied(shorts, factor, place)
    elif kind == 2:  # noqa: PLR2004
        words = carray(_pointer(address), here + size, np.int32)[here:]
        if wire[5]:
            _add_looked_up(words, table, place)
        else:
            _add_multiplied(words, factor, place)
    else:
        longs = carray(_pointer(address), here + size, np.int64)[here:]
        if wire[5]:
            _add_looked_up(longs, table, place)
        else:
            _add_multiplied(longs, factor, place)


@njit(nogil=True, cache=True)
def _add_multiplied(column, factor, place):
    for i in range(len(place)):
        place[i] += np.uint32(column[i]) * factor


@njit(nogil=True, cache=True)
def _add_looked_up(column, table, place):
    last = np.uint32(len(table) - 1)
    for i in range(len(place)):
        place[i] += table[min(np.uint32(column[i]), last)]


@njit(nogil=True, cache=True)
def _take(wire, at, size, place):
    """Take what lies at each place of a table."""
    kind, here, cells = wire[1], at if wire[2] else 0, wire[3]
    source, target = _pointer(wire[0]), _pointer(wire[4])
    if kind == 0:
        _taken(carray(source, cells, np.uint8), place, carray(target, here + size, np.uint8)[here:])
    elif kind == 1:
        _taken(
            carray(source, cells, np.uint16), place, carray(target, here + size, np.uint16)[here:]
        )
    elif kind == 2:  # noqa: PLR2004
        _taken(carray(source, cells, np.int32), place, carray(target, here + size, np.int32)[here:])
    else:
        _taken(carray(source, cells, np.int64), place, carray(target, here + size, np.int64)[here:])


@njit(nogil=True, cache=True)
def _taken(table, place, into):
    last = np.uint32(len(table) - 1)
    for i in range(len(place)):
        into[i] = table[min(place[i], last)]


@njit(nogil=True, cache=True)
def count_months(
    worker,
    start,
    end,
    region,
    scheme,
    accepted,
    begun,
    ended,
    first_day,
    as_of,
    breaks,
    unit,
    found,
):
    """Count the months of some workers' runs, one spell after the other.

    Args:
        worker: The row of each spell's worker, rising.
        start: First days, as numbers.
        end: Days after the last.
        region: The region of each spell.
        scheme: The scheme of each worker.
        accepted: For each scheme and region, whether service counts.
        begun: Month and place in it of each day from `first_day` on, for the beginning of a run.
        ended: The same for its end.
        first_day: The first day that the calendar has.
        as_of: The day before which service counts.
        breaks: Whether counting starts anew after a gap.
        unit: How many months of a run make one unit; what is over is left out.
        found: Where the months go.

    Returns:
        Whether all could be counted: a worker's spells rise by their start, and the calendar has every day.
    """
    last_day = first_day + len(begun)
    at = 0
    while at < len(worker):
        row = worker[at]
        months, run_start, run_end = 0, _NONE, _NONE
        before = _NONE
        of = scheme[row]
        while at < len(worker) and worker[at] == row:
            day, after = start[at], min(end[at], as_of)
            counted = accepted[of, region[at]]
            at += 1
            if day < before:
                return False
            before = day
            if not counted or day >= after:
                continue
            if day < first_day or after >= last_day:
                return False
            if run_end != _NONE and day <= run_end:
                run_end = max(run_end, after)
                continue
            if run_end != _NONE and not breaks:
                whole = (ended[run_end - first_day] - begun[run_start - first_day]) >> 5
                months += whole - whole % unit
            run_start, run_end = day, after
        if run_end != _NONE:
            whole = (ended[run_end - first_day] - begun[run_start - first_day]) >> 5
            months += whole - whole % unit
        found[row] = months
    return True
