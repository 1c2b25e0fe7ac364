"""Sums over many days by counting: workers whose days are alike are one, and each kind of worker is paid once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.fusion import Paths
from cwgrade.arrays.plans import Plan

__all__ = ["DaySums", "sums_by_day"]

Codes = NDArray[Any]

_NONE: Final = -1


@attrs.frozen(kw_only=True, eq=False)
class DaySums:
    """What the days come to.

    Attributes:
        heads: For each day, how many are paid.
        sums: For each day, the sum of their amounts.
        unsure: For each day, how many have no certain amount; they are in neither.
    """

    heads: Codes
    sums: Codes
    unsure: Codes


def sums_by_day(
    plan: Plan, counts: Codes, amount: str, excluded: Mapping[str, Collection[Any]]
) -> DaySums:
    """Sum an amount over all rows, for each day.

    Args:
        plan: A plan for several days, whose targets are the amount and the facts that exclude.
        counts: How many rows have each combination of their codes, as `Plan.count` gives it.
        amount: The target that is summed, not negative.
        excluded: For each fact that excludes, the values by which somebody is not paid.
    """
    paths = {name: values for name, values in plan.values.items() if isinstance(values, Paths)}
    days = paths[amount].places.shape[1]
    heads, sums, unsure = (np.zeros(days, np.int64) for _ in range(3))
    for day in range(days):
        here = counts
        for axis, name in reversed(list(enumerate(paths))):
            if name != amount:
                paid = paths[name].on_day(day, partial(_is_paid, excluded[name]))
                # not by a product of matrices: its threads get in each other's way
                here = np.einsum("...a,a->...", np.moveaxis(here, axis, -1), paid)
        fen = paths[amount].on_day(day, _fen)
        sure = fen != _NONE
        heads[day] = here[sure].sum()
        sums[day] = (here * np.where(sure, fen, 0)).sum()
        unsure[day] = here[~sure].sum()
    return DaySums(heads=heads, sums=sums, unsure=unsure)


def _is_paid(excluded: Collection[Any], value: Any) -> bool:
    return value not in excluded


def _fen(value: Any) -> int:
    return value if isinstance(value, int) else _NONE
