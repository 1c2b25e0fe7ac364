"""Rows that are alike, so that the scalar functions are asked once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["kinds_of"]

Codes = NDArray[Any]

_MOST_NUMBERS: Final = 1 << 20
"""Numbers that are told apart by a list of all of them; above it they are sorted."""


def kinds_of(profile: Sequence[Codes], leave_out: Codes) -> tuple[Codes, Codes]:
    """Give one row of each kind, and the kind of every row.

    Args:
        profile: Columns of whole numbers; rows that are the same in all of them are of one kind.
        leave_out: Rows that are not looked at; they are given the first kind.

    Returns:
        The first row of each kind, and each row's kind: its place among them.
    """
    rows = np.flatnonzero(~leave_out)
    kinds = np.zeros(len(leave_out), np.int64)
    if not len(rows):
        return rows, kinds
    whole = len(rows) == len(leave_out)
    key, size = np.zeros(len(rows), np.int64), 1
    for column in profile:
        codes, width = _numbered(column if whole else column[rows])
        if width == 1:
            continue
        if size * width > _MOST_NUMBERS:
            key, size = _renumbered(key, size)
        key, size = key * width + codes, size * width
    key, size = _renumbered(key, size)
    first = np.empty(size, np.int64)
    first[key[::-1]] = rows[::-1]
    kinds[rows] = key
    return first, kinds


def _numbered(column: Codes) -> tuple[Codes, int]:
    """Give a column counted from 0, and how many numbers it may take."""
    low, high = int(column.min()), int(column.max())
    width = high - low + 1
    if width > _MOST_NUMBERS:
        return _renumbered(column.astype(np.int64), width)
    return column.astype(np.int64) - low if low else column, width


def _renumbered(key: Codes, size: int) -> tuple[Codes, int]:
    """Number the values that occur, without a gap, and say how many there are."""
    if size > _MOST_NUMBERS:
        values, codes = np.unique(key, return_inverse=True)
        return codes, len(values)
    occurs = np.zeros(size, np.bool_)
    occurs[key] = True
    number = np.cumsum(occurs) - 1
    return number[key], int(number[-1]) + 1
