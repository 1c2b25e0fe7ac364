"""Tables made ready for arrays: values that nothing tells apart are one, and stages are fused into few gathers.

Nothing is computed here that the tables do not hold: a gather from a fused table is a row of look-ups in the tables.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.tables import SchemeTables

__all__ = ["Gather", "Plan", "fuse"]

Codes = NDArray[Any]

_MOST_FUSED: Final = 1 << 16
"""Cells of a fused table: it stays in the second-level cache."""
_CHUNK: Final = 1 << 15


@attrs.frozen(kw_only=True, eq=False)
class Gather:
    """One column made from others by one look-up.

    Attributes:
        name: The quantity.
        inputs: The columns it reads: leaves or earlier gathers.
        strides: What the code of each is multiplied by.
        table: The code that comes out, for each combination.
    """

    name: str
    inputs: tuple[str, ...]
    strides: tuple[int, ...]
    table: Codes


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """Gathers in order, and what their codes mean.

    Attributes:
        classes: For each leaf, the class of each of its values.
        gathers: In order.
        values: For each target, the value of each code.
    """

    classes: Mapping[str, Codes]
    gathers: tuple[Gather, ...]
    values: Mapping[str, tuple[Any, ...]]

    def run(self, leaves: Mapping[str, Codes], rows: int) -> dict[str, Codes]:
        """Give each row's code of every target.

        Args:
            leaves: For each leaf, the place of each row's value among the leaf's values.
            rows: How many rows there are.
        """
        out = {
            one.name: np.empty(rows, one.table.dtype)
            for one in self.gathers
            if one.name in self.values
        }
        # a leaf may itself be asked for
        plain = {
            name: np.empty(rows, self.classes[name].dtype)
            for name in self.values
            if name not in out
        }
        scratch = {
            one.name: np.empty(_CHUNK, one.table.dtype)
            for one in self.gathers
            if one.name not in out
        }
        scratch |= {name: np.empty(_CHUNK, table.dtype) for name, table in self.classes.items()}
        index, term = np.empty(_CHUNK, np.int32), np.empty(_CHUNK, np.int32)
        for start in range(0, rows, _CHUNK):
            stop = min(start + _CHUNK, rows)
            columns: dict[str, Codes] = {}
            for name, table in self.classes.items():
                part = leaves[name][start:stop]
                columns[name] = np.take(table, part, out=scratch[name][: stop - start], mode="clip")
            for one in self.gathers:
                size = stop - start
                target = out[one.name][start:stop] if one.name in out else scratch[one.name][:size]
                columns[one.name] = _gather(one, columns, index[:size], term[:size], target)
            for name in self.values:
                if name not in out:
                    plain[name][start:stop] = columns[name]
        return out | plain


def _gather(
    one: Gather, columns: Mapping[str, Codes], index: Codes, term: Codes, target: Codes
) -> Codes:
    if not one.inputs:
        target[...] = one.table
        return target
    if len(one.inputs) == 1 and one.strides == (1,):
        return np.take(one.table, columns[one.inputs[0]], out=target, mode="clip")
    first, *rest = zip(one.inputs, one.strides, strict=True)
    np.multiply(columns[first[0]], np.int32(first[1]), out=index)
    for name, stride in rest:
        if stride == 1:
            np.add(index, columns[name], out=index)
        else:
            np.multiply(columns[name], np.int32(stride), out=term)
            np.add(index, term, out=index)
    return np.take(one.table, index, out=target, mode="clip")


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
    small = {
        name: _reduced(raw[name], [classes[one] for one in inputs[name]], classes[name])
        for name in order
    }
    leaves = {one.name: classes[one.name] for one in tables.leaves if one.name in needed}
    gathers = _planned(small, inputs, order, classes, targets, keep)
    values = {
        one.name: tuple(one.values[place] for place in _first_of(classes[one.name]))
        for one in (*tables.leaves, *tables.stages)
        if one.name in targets
    }
    used = {name for one in gathers for name in one.inputs} | set(targets)
    return Plan(
        classes={name: _narrow(table) for name, table in leaves.items() if name in used},
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
        strides = [
            math.prod(count[one] for one in support[place + 1 :]) for place in range(len(support))
        ]
        gathers[name] = Gather(
            name=name,
            inputs=support,
            strides=tuple(strides),
            table=_narrow(np.ascontiguousarray(table).reshape(-1)),
        )

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
            at[one]
            if supports[one] == (one,)
            else fused[one][1][tuple(at[leaf] for leaf in supports[one])]
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


def _narrow(table: Codes) -> Codes:
    most = int(table.max(initial=0))
    return table.astype(np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.int32)
