"""Tables made ready for arrays: values that nothing tells apart are one, and stages are fused into few gathers.

Nothing is computed here that the tables do not hold: a gather from a fused table is a row of look-ups in the tables.
Several days can be fused at once. The code of a quantity then stands for all that it is on those days, and workers
whose days are alike are one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.plans import Gather, Plan, narrow
from cwgrade.tables import SchemeTables

__all__ = ["Paths", "fuse", "fuse_days"]

Codes = NDArray[Any]
Moves = Mapping[str, Sequence[Codes]]

_MOST_FUSED: Final = 1 << 16
"""Cells of a fused table: it stays in the second-level cache."""
_MOST_FUSED_DAYS: Final = 1 << 18
"""Cells of one for several days."""


def fuse(tables: SchemeTables, targets: Sequence[str], *, keep: Sequence[str] = ()) -> Plan:
    """Make the plan by which arrays are looked up.

    Args:
        tables: The scheme on a day.
        targets: Quantities whose codes are wanted.
        keep: Targets that later gathers should start from, such as the grade.
    """
    plan = fuse_days((tables,), targets, keep=keep)
    values = {name: tuple(one for (one,) in paths) for name, paths in plan.values.items()}
    return attrs.evolve(plan, values=values)


def fuse_days(
    tables: Sequence[SchemeTables],
    targets: Sequence[str],
    *,
    keep: Sequence[str] = (),
    moves: Moves | None = None,
) -> Plan:
    """Make the plan by which arrays are looked up for several days at once.

    Args:
        tables: The scheme on each day.
        targets: Quantities whose codes are wanted. What a code stands for is a value for each day.
        keep: Quantities that later gathers should start from.
        moves: For each leaf that does not stay as it is: for each day, the place among its values that the leaf has
            come to, for each place on the first day.

    Raises:
        ValueError: The days do not have the same quantities.
    """
    days = [_Day(one, targets) for one in tables]
    first = days[0]
    if any(one.inputs != first.inputs for one in days):
        raise ValueError("the days have different quantities")
    fusing = _Fusing(days, targets, keep, moves or {})
    gathers = tuple(fusing.gathers.values())
    used = {name for one in gathers for name in one.inputs} | set(targets)
    return Plan(
        classes={name: narrow(table) for name, table in fusing.leaves.items() if name in used},
        gathers=gathers,
        values={
            name: Paths(fusing.paths[name], tuple(day.values(name) for day in days))
            for name in targets
        },
    )


@attrs.frozen(eq=False)
class Paths(Sequence[tuple[Any, ...]]):
    """What each code of a quantity stands for: a value for each day.

    Attributes:
        places: For each code and day, a place in `values`.
        values: The values of each day.
    """

    places: Codes
    values: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        """How many codes there are."""
        return len(self.places)

    def __getitem__(self, code: Any) -> Any:
        """Give the values of a code, in the order of days."""
        found = zip(self.values, self.places[code], strict=True)
        return tuple(values[place] for values, place in found)

    def on_day(self, day: int, numbers: Callable[[Any], int]) -> Codes:
        """Give a number for each code on one day.

        Args:
            day: The place of the day.
            numbers: Gives the number of a value.
        """
        return np.array([numbers(one) for one in self.values[day]], np.int64)[self.places[:, day]]


class _Day:
    """The tables of a day, with values put together that no table tells apart.

    Attributes:
        inputs: For each stage that is needed, in order, what it reads.
        leaves: The names of leaves that are needed.
        classes: For each name, the class of each value.
        tables: For each stage, the class for each combination of classes.
    """

    def __init__(self, tables: SchemeTables, targets: Sequence[str]) -> None:
        every = {one.name: one.inputs for one in tables.stages}
        needed = _needed(every, targets)
        self.inputs = {name: of for name, of in every.items() if name in needed}
        self.leaves = [one.name for one in tables.leaves if one.name in needed]
        self._values: dict[str, tuple[Any, ...]] = {one.name: one.values for one in tables.leaves}
        self._values |= {one.name: one.values for one in tables.stages}
        raw = {
            one.name: np.array(one.codes, np.int64).reshape(one.shape)
            for one in tables.stages
            if one.name in needed
        }
        sizes = {name: len(values) for name, values in self._values.items()}
        self.classes = _classes(raw, self.inputs, sizes, targets)
        self._first = {name: _first_of(classes) for name, classes in self.classes.items()}
        self.tables = {
            name: self.classes[name][raw[name][np.ix_(*(self._first[one] for one in of))]]
            for name, of in self.inputs.items()
        }

    def values(self, name: str) -> tuple[Any, ...]:
        """Give what the classes of a target stand for."""
        return tuple(self._values[name][place] for place in self._first[name])


class _Fusing:
    """The fusing of stages into their readers, as long as the table over what has columns stays small.

    Attributes:
        leaves: For each leaf, the code of each of its places.
        paths: For each column, what each code stands for: a class on each day.
        gathers: The columns made, in order.
    """

    def __init__(
        self, days: Sequence[_Day], targets: Sequence[str], keep: Sequence[str], moves: Moves
    ) -> None:
        self._days = days
        self._most = _MOST_FUSED if len(days) == 1 else _MOST_FUSED_DAYS
        self.leaves: dict[str, Codes] = {}
        self.paths: dict[str, Codes] = {}
        self.gathers: dict[str, Gather] = {}
        self._fused: dict[str, tuple[tuple[str, ...], Codes]] = {}
        for name in days[0].leaves:
            moved = moves.get(name)
            places = [day.classes[name] for day in days]
            if moved is not None:
                places = [of[to] for of, to in zip(places, moved, strict=True)]
            paths = np.stack(places, axis=-1)
            self.leaves[name], first = _numbered(paths)
            self.paths[name] = paths[first]
        for name, inputs in days[0].inputs.items():
            self._fuse(name, inputs)
            if name in keep:
                self._column(name)
        for name in targets:
            self._column(name)

    def _fuse(self, name: str, inputs: tuple[str, ...]) -> None:
        supports = {one: self._support_of(one) for one in inputs}
        while self._cells(union := _union(supports.values())) > self._most:
            fused = [one for one in supports if supports[one] != (one,)]
            if not fused:
                break
            widest = max(fused, key=lambda one: self._cells(supports[one]))
            self._column(widest)
            supports[widest] = (widest,)
        shape = tuple(len(self.paths[one]) for one in union)
        grids = np.meshgrid(*(np.arange(size) for size in shape), indexing="ij", sparse=True)
        at = dict(zip(union, grids, strict=True))
        table = np.empty((*shape, len(self._days)), np.int32)
        for place, day in enumerate(self._days):
            index = tuple(
                self.paths[one][at[one], place]
                if supports[one] == (one,)
                else self._fused[one][1][..., place][tuple(at[of] for of in supports[one])]
                for one in inputs
            )
            table[..., place] = day.tables[name][index]
        self._fused[name] = _without_idle(union, table)

    def _column(self, name: str) -> None:
        """Make a column of its own from a stage that was fused."""
        if name not in self._fused or name in self.gathers:
            return
        support, table = self._fused[name]
        for one in support:
            self._column(one)
        rows = table.reshape(-1, len(self._days))
        codes, first = _numbered(rows)
        codes, first = self._by_value(name, rows, codes, first)
        self.paths[name] = rows[first]
        codes = codes.reshape(table.shape[:-1])
        self.gathers[name] = Gather(name=name, inputs=support, table=narrow(codes))

    def _by_value(self, name: str, rows: Codes, codes: Codes, first: Codes) -> tuple[Codes, Codes]:
        """Number whole numbers of one day in their order."""
        if len(self._days) > 1:
            return codes, first
        every = self._days[0].values(name)
        values = [every[place] for place in rows[first, 0]]
        if not all(isinstance(one, int) for one in values):
            return codes, first
        order = np.argsort(values)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        return rank[codes], first[order]

    def _support_of(self, name: str) -> tuple[str, ...]:
        if name not in self._fused or name in self.gathers:
            return (name,)
        return self._fused[name][0]

    def _cells(self, support: Sequence[str]) -> int:
        return math.prod(len(self.paths[one]) for one in support)


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
    sizes: Mapping[str, int],
    targets: Sequence[str],
) -> dict[str, Codes]:
    """Put values together that no table tells apart, from the targets back to the leaves."""
    classes: dict[str, Codes] = {}
    read = (one for name in inputs for one in inputs[name])
    for name in dict.fromkeys((*reversed(list(inputs)), *read, *targets)):
        told = [np.arange(sizes[name]).reshape(-1, 1)] if name in targets else []
        for reader, of in inputs.items():
            if name in of:
                table = classes[reader][raw[reader]]
                told.append(np.moveaxis(table, of.index(name), 0).reshape(sizes[name], -1))
        classes[name], _ = _numbered(np.concatenate(told, axis=1))
    return classes


def _numbered(rows: Codes) -> tuple[Codes, Codes]:
    """Number distinct rows in the order of their first appearance, and tell where each first appears."""
    numbers: dict[bytes, int] = {}
    codes = np.empty(len(rows), np.int64)
    if rows.shape[1] == 1:
        _, first, inverse = np.unique(rows[:, 0], return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty(len(first), np.int64)
        rank[order] = np.arange(len(first))
        return rank[inverse], first[order]
    width = rows.shape[1] * rows.itemsize
    data = np.ascontiguousarray(rows).tobytes()
    for place in range(len(rows)):
        key = data[place * width : (place + 1) * width]
        codes[place] = numbers.setdefault(key, len(numbers))
    return codes, _first_of(codes)


def _first_of(codes: Codes) -> Codes:
    _, first = np.unique(codes, return_index=True)
    return first


def _union(supports: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for support in supports for one in support))


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
