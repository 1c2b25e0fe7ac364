"""Rows that are alike, so that the scalar functions are asked once for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["kinds_of"]

Codes = NDArray[Any]


def kinds_of(profile: Sequence[Codes], leave_out: Codes) -> tuple[Codes, Codes]:
    """Give one row of each kind, and the kind of every row.

    Args:
        profile: Columns; rows that are the same in all of them are of one kind.
        leave_out: Rows that are not looked at; they are given the first kind.
    """
    key = np.zeros(len(leave_out), np.int64)
    for column in profile:
        _, codes = np.unique(column, return_inverse=True)
        _, key = np.unique(key * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
    rows = np.flatnonzero(~leave_out)
    kinds = np.zeros(len(leave_out), np.int64)
    if not len(rows):
        return rows, kinds
    _, first, inverse = np.unique(key[rows], return_index=True, return_inverse=True)
    kinds[rows] = inverse
    return rows[first], kinds
