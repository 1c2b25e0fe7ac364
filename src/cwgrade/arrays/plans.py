"""Plans: columns looked up from columns, row by row in chunks that stay in the cache, on one thread or several.

A gather adds up what each input contributes to the place in its table, and takes what lies there. Contributions of an
input are a table over its codes, or, where they rise evenly, a factor. Nothing is computed that tables do not hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, Literal

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.errors import MissingExtra
from cwgrade.tables import TooManyCells

__all__ = ["Gather", "Kernel", "Plan", "Step", "Term", "compiled_loops", "narrow"]

Codes = NDArray[Any]
Kernel = Literal["numpy", "numba"]
"""What carries a plan out: NumPy alone, or loops compiled by Numba (extra `fast`)."""

_CHUNK: Final = 1 << 17
"""Rows that are looked up at once: enough that what each call costs is nothing beside them."""
_LEAST_SHARED: Final = 1 << 16
"""Rows for which another thread is worth its start."""
_SHORT: Final = 1 << 16
_MOST_COUNTED: Final = 1 << 24
_MOST_EXPANDED: Final = 1 << 14
"""Cells of a table that has an axis for every code of a leaf: it stays in the first-level cache."""


@attrs.frozen(kw_only=True, eq=False)
class Gather:
    """One column made from others by one look-up.

    Attributes:
        name: The quantity.
        inputs: The columns it reads: leaves or earlier gathers.
        table: What comes out: an axis for each input.
    """

    name: str
    inputs: tuple[str, ...]
    table: Codes


@attrs.frozen(kw_only=True, eq=False)
class Term:
    """What one column contributes to the place in a table.

    Attributes:
        column: A leaf or an earlier step.
        table: The contribution of each code; `None` where it is the code times `factor`.
        factor: The factor.
    """

    column: str
    table: Codes | None = None
    factor: int = 1


@attrs.frozen(kw_only=True, eq=False)
class Step:
    """A gather made ready.

    Attributes:
        name: The quantity.
        terms: What is added up.
        table: What is taken.
        kept: Whether the column is asked for; otherwise only later steps read it.
    """

    name: str
    terms: tuple[Term, ...]
    table: Codes
    kept: bool

    @property
    def index(self) -> type[Any]:
        """The type of places in the table."""
        return np.uint16 if len(self.table) <= _SHORT else np.uint32


@attrs.frozen(kw_only=True, eq=False)
class Plan:
    """Gathers in order, and what their codes mean.

    Attributes:
        classes: For each leaf, the class of each of its codes.
        gathers: In order.
        values: For each target, the value of each code.
        steps: The gathers made ready.
    """

    classes: Mapping[str, Codes]
    gathers: tuple[Gather, ...]
    values: Mapping[str, Sequence[Any]]
    steps: tuple[Step, ...] = attrs.field(init=False)

    @steps.default
    def _made_ready(self) -> tuple[Step, ...]:
        return tuple(_steps(self.classes, self.gathers, tuple(self.values)))

    def recoded(self, places: Mapping[str, Sequence[int]]) -> Plan:
        """Give the plan for leaves that somebody else numbers.

        Args:
            places: For each leaf that is numbered otherwise, the place among its values of each of the other codes.
        """
        classes = dict(self.classes)
        for name, others in places.items():
            if name in classes:
                classes[name] = classes[name][np.asarray(others, np.intp)]
        return attrs.evolve(self, classes=classes)

    def giving(self, numbers: Mapping[str, Codes]) -> Plan:
        """Give the plan whose targets come out as numbers in place of codes.

        Args:
            numbers: For each such target, the number of each code. Where later gathers read it, the numbers run on from
                one that is not below 0.

        Raises:
            ValueError: They do not, or a target is a leaf.
        """
        made = {one.name: one for one in self.gathers}
        for name, given in numbers.items():
            if name not in made:
                raise ValueError(f"{name!r} is no gather")
            made[name] = attrs.evolve(made[name], table=given[made[name].table])
            for reader in self.gathers:
                if name in reader.inputs:
                    made[reader.name] = _shifted(made[reader.name], name, given)
        return attrs.evolve(self, gathers=tuple(made.values()))

    def outside(self, leaves: Mapping[str, Codes]) -> dict[str, Codes]:
        """Give the rows of each leaf whose code stands for no value.

        Args:
            leaves: For each leaf, the code of each row.
        """
        found = {}
        for name, table in self.classes.items():
            codes = leaves[name]
            if len(codes) and int(_unsigned(codes).max()) >= len(table):
                found[name] = np.flatnonzero((codes < 0) | (codes >= len(table)))
        return found

    def run(
        self,
        leaves: Mapping[str, Codes],
        rows: int,
        *,
        threads: int = 1,
        kernel: Kernel = "numpy",
    ) -> dict[str, Codes]:
        """Give each row's code, or number, of every target.

        Args:
            leaves: For each leaf, the place of each row's value among the leaf's values.
            rows: How many rows there are.
            threads: How many threads share the rows.
            kernel: What carries it out.

        Raises:
            MissingExtra: The extra `fast` is not installed.
        """
        out = {one.name: np.empty(rows, one.table.dtype) for one in self.steps if one.kept}
        columns = {name: _as_number(leaves[name]) for name in self.classes}
        threads = max(1, min(threads, rows // _LEAST_SHARED))
        each = -(-rows // threads)
        parts = [(at, min(at + each, rows)) for at in range(0, rows, each)] if rows else []
        run_part: Any = _run_numpy if kernel == "numpy" else compiled_loops().run_compiled
        if len(parts) <= 1:
            for start, stop in parts:
                run_part(self.steps, columns, out, start, stop)
            return out
        with ThreadPoolExecutor(len(parts)) as pool:
            running = [pool.submit(run_part, self.steps, columns, out, *part) for part in parts]
            for one in running:
                one.result()
        return out

    def count(
        self,
        leaves: Mapping[str, Codes],
        rows: int,
        *,
        threads: int = 1,
        kernel: Kernel = "numpy",
    ) -> Codes:
        """Count the rows of each combination of codes, with an axis for each target.

        Args:
            leaves: As in `run`.
            rows: How many rows there are.
            threads: How many threads share the rows.
            kernel: What carries it out.

        Raises:
            TooManyCells: There are more combinations than can be counted in one table.
        """
        shape = tuple(len(values) for values in self.values.values())
        cells = math.prod(shape)
        if cells > _MOST_COUNTED:
            raise TooManyCells(" × ".join(self.values), cells)
        codes = self.run(leaves, rows, threads=threads, kernel=kernel)
        place = np.zeros(rows, np.int32)
        for name, size in zip(self.values, shape, strict=True):
            np.multiply(place, size, out=place)
            np.add(place, codes[name], out=place)
        return np.bincount(place, minlength=cells).reshape(shape)


def narrow(table: Codes) -> Codes:
    """Give codes in the smallest type that holds them."""
    most = int(table.max(initial=0))
    return table.astype(np.uint8 if most < 1 << 8 else np.uint16 if most < _SHORT else np.int32)


def _shifted(reader: Gather, name: str, numbers: Codes) -> Gather:
    """Give a gather that reads numbers where it read their codes: in front come cells for smaller numbers."""
    first = int(numbers[0])
    if first < 0 or not np.array_equal(numbers, np.arange(first, first + len(numbers))):
        raise ValueError(f"the numbers of {name!r} do not run on")
    widths = [(first if one == name else 0, 0) for one in reader.inputs]
    return attrs.evolve(reader, table=np.pad(reader.table, widths))


def compiled_loops() -> Any:
    """Give the module of compiled loops.

    Raises:
        MissingExtra: The extra `fast` is not installed.
    """
    try:
        from cwgrade.arrays import compiled
    except ModuleNotFoundError:
        raise MissingExtra("missing-extra", library="numba", extra="fast") from None
    return compiled


def _unsigned(codes: Codes) -> Codes:
    """Give codes as numbers without a sign: what is negative is then too large."""
    if codes.dtype.kind == "i":
        return codes.view(np.dtype(f"u{codes.dtype.itemsize}"))
    return _as_number(codes)


def _as_number(codes: Codes) -> Codes:
    return codes.view(np.uint8) if codes.dtype == np.bool_ else codes


def _steps(
    classes: Mapping[str, Codes], gathers: Sequence[Gather], targets: Sequence[str]
) -> Iterator[Step]:
    read = [name for one in gathers for name in one.inputs]
    expanded = {one.name: _expanded(one, classes) for one in gathers}
    strides = {
        name: stride
        for one in gathers
        for name, stride in zip(one.inputs, _strides(expanded[one.name][0].shape), strict=True)
        if name not in targets and name not in classes and read.count(name) == 1
    }
    for one in gathers:
        table, coded = expanded[one.name]
        flat = np.ascontiguousarray(table).reshape(-1)
        if one.name in strides:
            # a column that only one gather reads is kept as what it contributes there
            flat = narrow(flat * np.int64(strides[one.name]))
        step = Step(name=one.name, terms=(), table=flat, kept=one.name in targets)
        terms = []
        for name, stride in zip(one.inputs, _strides(table.shape), strict=True):
            if name in coded:
                places = (classes[name] * np.int64(stride)).astype(step.index)
                terms.append(Term(column=name, table=places))
            else:
                terms.append(Term(column=name, factor=1 if name in strides else stride))
        yield attrs.evolve(step, terms=tuple(terms))
    made = {one.name for one in gathers}
    for name in targets:
        if name not in made:
            yield Step(name=name, terms=(Term(column=name),), table=classes[name], kept=True)


def _expanded(one: Gather, classes: Mapping[str, Codes]) -> tuple[Codes, set[str]]:
    """Give a table with an axis for codes where there was one for classes, and the leaves for which it grew too large.

    A product costs a quarter of what a look-up does.
    """
    table, coded = one.table, set()
    leaves = [(axis, name) for axis, name in enumerate(one.inputs) if name in classes]
    for axis, name in sorted(leaves, key=lambda leaf: len(classes[leaf[1]]) / table.shape[leaf[0]]):
        cells = table.size // table.shape[axis] * len(classes[name])
        if len(leaves) == len(one.inputs) == 1 or cells <= max(_MOST_EXPANDED, table.size):
            table = np.take(table, classes[name], axis=axis)
        else:
            coded.add(name)
    return table, coded


def _strides(shape: tuple[int, ...]) -> list[int]:
    return [math.prod(shape[axis + 1 :]) for axis in range(len(shape))]


def _run_numpy(
    steps: Sequence[Step],
    columns: Mapping[str, Codes],
    out: Mapping[str, Codes],
    start: int,
    stop: int,
) -> None:
    room = min(_CHUNK, stop - start)
    scratch = {one.name: np.empty(room, one.table.dtype) for one in steps if not one.kept}
    buffers = {one.index: (np.empty(room, one.index), np.empty(room, one.index)) for one in steps}
    for at in range(start, stop, _CHUNK):
        end = min(at + _CHUNK, stop)
        size = end - at
        here = {name: codes[at:end] for name, codes in columns.items()}
        for one in steps:
            target = out[one.name][at:end] if one.kept else scratch[one.name][:size]
            index, term = (buffer[:size] for buffer in buffers[one.index])
            _gather(one, here, index, term, target)
            here[one.name] = target


def _gather(one: Step, here: Mapping[str, Codes], index: Codes, term: Codes, target: Codes) -> None:
    if not one.terms:
        target[...] = one.table[0]
        return
    first, *rest = one.terms
    if not rest and first.table is None and first.factor == 1:
        np.take(one.table, here[first.column], out=target, mode="clip")
        return
    kind = index.dtype
    _contribution(first, here, index)
    for other in rest:
        column = here[other.column]
        if other.table is None and other.factor == 1:
            np.add(index, column, out=index, dtype=kind, casting="unsafe")
        else:
            _contribution(other, here, term)
            np.add(index, term, out=index)
    np.take(one.table, index, out=target, mode="clip")


def _contribution(term: Term, here: Mapping[str, Codes], into: Codes) -> None:
    column = here[term.column]
    if term.table is not None:
        np.take(term.table, column, out=into, mode="clip")
    else:
        np.multiply(
            column, into.dtype.type(term.factor), out=into, dtype=into.dtype, casting="unsafe"
        )
