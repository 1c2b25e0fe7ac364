"""Tables made ready for arrays: values that nothing tells apart are one, and stages are fused into few gathers.

Nothing is computed here that the tables do not hold: a gather from a fused table is a row of look-ups in the tables.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cwgrade.frames.plans import Gather, Plan, narrow
from cwgrade.tables import SchemeTables

__all__ = ["fuse"]

Codes = NDArray[Any]

_MOST_FUSED: Final = 1 << 16
"""Cells of a fused table: it stays in the second-level cache."""


def fuse(tables: SchemeTables, targets: Sequence[str], *, keep: Sequence[str] = ()) -> Plan:
    """Make the plan by which arrays are looked up.

    Args:
        tables: The scheme on a day.
        targets: Quantities whose codes are wanted.
        keep: Targets that later gathers should start from, such as the grade.
    """
    raw = {one.name: np.array(one.codes, np.int64).reshape(one.shape) for one in tables.stages}
    inputs = {one.name: one.inputs for one in tables.stages}
    needed = _needed(inputs, targets)
    order = [one.name for one in tables.stages if one.name in needed]
    sizes = {one.name: len(one.values) for one in (*tables.leaves, *tables.stages)}
    classes = _classes(raw, inputs, order, sizes, targets)
    small = {name: _reduced(raw[name], [classes[one] for one in inputs[name]], classes[name]) for name in order}
    leaves = {one.name: classes[one.name] for one in tables.leaves if one.name in needed}
    gathers = _planned(small, inputs, order, classes, targets, keep)
    values = {
        one.name: tuple(one.values[place] for place in _first_of(classes[one.name]))
        for one in (*tables.leaves, *tables.stages)
        if one.name in targets
    }
    used = {name for one in gathers for name in one.inputs} | set(targets)
    return Plan(
        classes={name: narrow(table) for name, table in leaves.items() if name in used},
        gathers=gathers,
        values=values,
    )


def _needed(inputs: Mapping[str, Sequence[str]], targets: Sequence[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(targets)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += inputs.get(name, ())
    return found


def _classes(
    raw: Mapping[str, Codes],
    inputs: Mapping[str, Sequence[str]],
    order: Sequence[str],
    sizes: Mapping[str, int],
    targets: Sequence[str],
) -> dict[str, Codes]:
    """Put values together that no table tells apart, from the targets back to the leaves."""
    classes: dict[str, Codes] = {}
    read = (one for name in order for one in inputs[name])
    names = list(dict.fromkeys((*reversed(order), *read, *targets)))
    for name in names:
        told = [np.arange(sizes[name])] if name in targets else []
        for reader in order:
            if name in inputs[reader]:
                axis = inputs[reader].index(name)
                table = classes[reader][raw[reader]]
                told.append(np.moveaxis(table, axis, 0).reshape(sizes[name], -1))
        columns = np.concatenate([one.reshape(sizes[name], -1) for one in told], axis=1)
        classes[name] = _ordered(columns)
    return classes


def _ordered(rows: Codes) -> Codes:
    """Number distinct rows in the order of their first appearance."""
    _, first, inverse = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse.reshape(-1)]


def _first_of(classes: Codes) -> list[int]:
    return [int(np.argmax(classes == one)) for one in range(int(classes.max()) + 1)]


def _reduced(table: Codes, axes: Sequence[Codes], own: Codes) -> Codes:
    for axis, classes in enumerate(axes):
        table = np.take(table, _first_of(classes), axis=axis)
    return own[table]


def _planned(small, inputs, order, classes, targets, keep) -> tuple[Gather, ...]:
    """Fuse each stage into its readers as long as the table over what has columns stays small."""
    count = {name: int(table.max()) + 1 for name, table in classes.items()}
    fused: dict[str, tuple[tuple[str, ...], Codes]] = {}
    gathers: dict[str, Gather] = {}

    def column(name: str) -> None:
        if name not in fused or name in gathers:
            return
        support, table = fused[name]
        for one in support:
            column(one)
        gathers[name] = Gather(name=name, inputs=support, table=narrow(table))

    def support_of(name: str) -> tuple[str, ...]:
        return (name,) if name not in fused or name in gathers else fused[name][0]

    for name in order:
        supports = {one: support_of(one) for one in inputs[name]}
        while True:
            union = tuple(dict.fromkeys(leaf for one in supports.values() for leaf in one))
            if math.prod(count[one] for one in union) <= _MOST_FUSED:
                break
            widest = max(
                (one for one in supports if supports[one] != (one,)),
                key=lambda one: math.prod(count[leaf] for leaf in supports[one]),
            )
            column(widest)
            supports[widest] = (widest,)
        grids = np.meshgrid(*(np.arange(count[one]) for one in union), indexing="ij", sparse=True)
        at = dict(zip(union, grids, strict=True))
        index = tuple(
            at[one] if supports[one] == (one,) else fused[one][1][tuple(at[leaf] for leaf in supports[one])]
            for one in inputs[name]
        )
        table = np.broadcast_to(small[name][index], tuple(count[one] for one in union))
        fused[name] = _without_idle(union, table)
        if name in keep:
            column(name)
    for name in targets:
        column(name)
    return tuple(gathers.values())


def _without_idle(support: tuple[str, ...], table: Codes) -> tuple[tuple[str, ...], Codes]:
    """Leave out columns that change nothing."""
    kept = []
    for axis, name in reversed(list(enumerate(support))):
        first = np.take(table, [0], axis=axis)
        if (table == first).all():
            table = np.squeeze(first, axis=axis)
        else:
            kept.append(name)
    return tuple(reversed(kept)), table
