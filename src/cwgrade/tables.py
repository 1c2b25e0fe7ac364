"""A scheme on one day as tables: every quantity over the values of what it reads, found by the scalar reasoner.

A quantity is a list of the values that it can have, and its table gives the place in that list for each combination of
what it reads. Tables are made in stages, each over its direct inputs only, so that they stay small where the product
of all facts would not. Nothing is stated here that a scheme states: the reasoner is asked for every cell.
"""

from __future__ import annotations

import math
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, NoReturn, assert_never

import attrs

from cwgrade.accrual.rounding import rounded_part
from cwgrade.choices import Choices, Question
from cwgrade.facts import Facts
from cwgrade.law.pay import Accrual
from cwgrade.quantities import (
    Add,
    Clamp,
    DayLeaf,
    Definition,
    FactLeaf,
    Highest,
    LadderLeaf,
    LadderSum,
    Lowest,
    Number,
    PegLeaf,
    PostLeaf,
    ProbationLeaf,
    Product,
    RatingLeaf,
    ServiceLeaf,
    Steps,
    Table,
    TallyLeaf,
    TimeInPostLeaf,
    TwoPostsLeaf,
    Unit,
)
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step, StepValue
from cwgrade.scheme import SchemeVersion
from cwgrade.worker import Worker

__all__ = [
    "OPEN",
    "Asked",
    "Closed",
    "Leaf",
    "Open",
    "SchemeTables",
    "Stage",
    "TooManyCells",
    "tabulate",
    "targets_of",
]

_FEN: Final = "fen:"
_MOST_CELLS: Final = 250_000
_MOST_REACHED: Final = 20_000
_MOST_VERSIONS: Final = 64
_MOST_YEARS: Final = 70
_MONTHS: Final = 12
_MOST_RISES: Final = 80


class TooManyCells(Exception):  # noqa: N818 -- not an error of anybody: the reasoner is asked row by row instead
    """A quantity reads too many values for a table."""

    def __init__(self, quantity: str, cells: int) -> None:
        """Keep the quantity's name and the number of cells its table would have."""
        super().__init__(quantity, cells)
        self.quantity = quantity
        self.cells = cells


@attrs.frozen
class Open:
    """Stands where a value turns on what the scheme leaves open: such a case is asked of the reasoner."""


OPEN: Final = Open()

Value = StepValue | Open
Find = Callable[[tuple[Step, ...]], Step]


@attrs.frozen(kw_only=True)
class Leaf:
    """What has to be known of a worker on the day, with every value that it can have.

    Attributes:
        name: The quantity's name.
        values: Its values; a number runs without a break.
    """

    name: str
    values: tuple[StepValue, ...]


@attrs.frozen(kw_only=True)
class Stage:
    """One quantity over what it reads.

    Attributes:
        name: The quantity's name; `fen:NAME` is a component's amount, rounded.
        inputs: What it reads: leaves or earlier stages.
        shape: How many values each of them has.
        codes: For each combination, in row-major order, the place in `values`; that of `OPEN` where it cannot occur.
        values: What comes out.
    """

    name: str
    inputs: tuple[str, ...]
    shape: tuple[int, ...]
    codes: array[int]
    values: tuple[Value, ...]


@attrs.frozen(kw_only=True)
class SchemeTables:
    """A version of a scheme on one day.

    Attributes:
        digest: The version's digest.
        on: The day.
        known_on: The day of knowing.
        leaves: What has to be known of a worker.
        stages: Quantities, each after what it reads.
        targets: The names that were asked for.
    """

    digest: str
    on: date
    known_on: date | None
    leaves: tuple[Leaf, ...]
    stages: tuple[Stage, ...]
    targets: tuple[str, ...]

    def look_up(self, facts: Mapping[str, StepValue]) -> dict[str, Value]:
        """Find every quantity of one worker by looking up alone.

        Args:
            facts: The value of each leaf.
        """
        places = {leaf.name: leaf.values.index(facts[leaf.name]) for leaf in self.leaves}
        found: dict[str, Value] = dict(facts)
        for stage in self.stages:
            at = 0
            for name, size in zip(stage.inputs, stage.shape, strict=True):
                at = at * size + places[name]
            places[stage.name] = stage.codes[at]
            found[stage.name] = stage.values[stage.codes[at]]
        return found


class Asked(Exception):  # noqa: N818 -- caught where the value is asked for
    """The reasoner asks for a reading or a fact."""


class Closed(Choices):
    """Choices of a run that may not ask."""

    def ask(
        self,
        question: Question,
        options: Sequence[object],  # noqa: ARG002
        *,
        always: bool = False,  # noqa: ARG002
    ) -> NoReturn:
        """Tell that the answer is open."""
        raise Asked(question.path)


@attrs.frozen(kw_only=True, eq=False)
class _Entry:
    """What is kept of a leaf or stage that was found.

    Attributes:
        number: Tells it from others: what reads the same ones is the same.
        values: Its values.
        stage: The stage; `None` for a leaf.
        support: What it is made of, as far as that is followed; itself where it is not.
        places: For all values of the support, the place of its own value.
    """

    number: int
    values: tuple[Value, ...]
    stage: Stage | None
    support: tuple[str, ...]
    places: Sequence[int]


_Key = tuple[str, tuple[Value, ...] | tuple[int, ...]]
_Made = dict[_Key, _Entry]
_made: OrderedDict[str, _Made] = OrderedDict()
"""By digest: what was found so far. Above the leaves nothing depends on the day but through what is read."""


def targets_of(version: SchemeVersion) -> tuple[str, ...]:
    """Give everything that can be tabulated: rungs, amounts before rounding and amounts in fen.

    A one-off amount is due on a rise of its value: only that value is tabulated.
    """
    rungs = [str(ladder.name) for ladder in version.ladders]
    computed = [one for one in version.pay if one.is_quantity]
    once = [one.value_name for one in computed if one.accrues_per is Accrual.ONCE]
    others = [one.name for one in computed if one.accrues_per is not Accrual.ONCE]
    exact, fen = ([f"{kind}pay.{name}" for name in others] for kind in ("", _FEN))
    return (*rungs, *once, *exact, *fen)


def tabulate(
    version: SchemeVersion,
    *,
    on: date,
    known_on: date | None = None,
    targets: Sequence[str] | None = None,
) -> SchemeTables:
    """Make the tables of a version for one day.

    Args:
        version: The version.
        on: The day, asked at its start.
        known_on: Only figures known by this day.
        targets: What is wanted, of `targets_of`; everything where left out.

    Raises:
        TooManyCells: A table would be too large; the reasoner has to be asked for each worker.
    """
    made = _made.setdefault(version.digest, {})
    _made.move_to_end(version.digest)
    while len(_made) > _MOST_VERSIONS:
        _made.popitem(last=False)
    wanted = targets_of(version) if targets is None else targets
    return _Tabulation(version, on, known_on, made).tables(wanted)


class _Tabulation:
    """The making of one set of tables."""

    def __init__(
        self, version: SchemeVersion, on: date, known_on: date | None, made: _Made
    ) -> None:
        self._version = version
        self._on = on
        self._known_on = known_on
        self._made = made
        self._instant = Instant(Facts(Worker(id="-"), version, known_on, Closed()), on)
        self._entries: dict[str, _Entry] = {}
        self._leaves: list[Leaf] = []
        self._stages: list[Stage] = []

    def tables(self, targets: Sequence[str]) -> SchemeTables:
        for exclusion in self._version.excluded:
            self._find(exclusion.fact)
        for name in targets:
            if name.startswith(_FEN):
                self._rounded(name)
            else:
                self._find(name)
        return SchemeTables(
            digest=self._version.digest,
            on=self._on,
            known_on=self._known_on,
            leaves=tuple(self._leaves),
            stages=tuple(self._stages),
            targets=tuple(targets),
        )

    def _rounded(self, target: str) -> None:
        """Make the table of an amount in fen: over its own exact amount and those it is rounded with."""
        facts, version = self._instant.facts, self._version
        component = version.component(target.removeprefix(f"{_FEN}pay."))
        if component is None:
            raise KeyError(target)
        members = [
            name
            for split in version.split
            if component.name in dict(split.shares)
            for name, _ in split.shares
        ]
        inputs = tuple(f"pay.{name}" for name in dict.fromkeys((component.name, *members)))
        for name in inputs:
            self._find(name)

        def find(given: tuple[Step, ...]) -> Step:
            exact = dict(zip(inputs, given, strict=True))
            return rounded_part(
                facts, component, given[0], lambda other: exact[f"pay.{other.name}"]
            )

        self._stage(target, inputs, find)

    def _find(self, name: str) -> None:
        """Make the table of a quantity after those of what it reads."""
        if name in self._entries:
            return
        definition = self._version.normal_form[name]
        values = self._leaf_values(definition)
        if values is not None:
            # a ladder starts from quantities of its own
            for need in definition.needs():
                self._find(need)
            self._keep_leaf(name, values)
            return
        needs = tuple(dict.fromkeys(definition.needs()))
        for need in needs:
            self._find(need)
        if isinstance(definition.quantity, Add | Product) and len(needs) > 2:  # noqa: PLR2004
            needs = self._folded(definition, definition.quantity, needs)
            definition = _of(definition, definition.quantity, needs)
        self._stage(name, needs, self._finder(definition, needs))

    def _finder(self, definition: Definition, needs: tuple[str, ...]) -> Find:
        def find(given: tuple[Step, ...]) -> Step:
            return self._instant.step_given(definition, dict(zip(needs, given, strict=True)))

        return find

    def _folded(
        self, definition: Definition, quantity: Add | Product, names: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Combine all but the last of many parts two by two, so that no table goes over all of them."""
        first = names[0]
        for place, second in enumerate(names[1:-1], start=1):
            pair = (first, second)
            part = _of(definition, quantity, pair)
            first = f"{definition.name}#{place}"
            part = attrs.evolve(part, name=first, rounding=None)
            self._stage(first, pair, self._finder(part, pair))
        return first, names[-1]

    def _keep_leaf(self, name: str, values: tuple[StepValue, ...]) -> None:
        self._leaves.append(Leaf(name=name, values=values))
        key = (name, values)
        if key not in self._made:
            self._made[key] = _Entry(
                number=len(self._made),
                values=values,
                stage=None,
                support=(name,),
                places=range(len(values)),
            )
        self._entries[name] = self._made[key]

    def _stage(self, name: str, inputs: tuple[str, ...], find: Find) -> None:
        # not by the values that are read: which of them occur together matters too
        key = (name, tuple(self._entries[one].number for one in inputs))
        if key not in self._made:
            entry = self._evaluated(name, inputs, find)
            if len(entry.values) == 1:
                # what goes by the day alone is mostly the same on the next: then so is what reads it
                entry = self._made.setdefault((name, entry.values), entry)
            self._made[key] = entry
        entry = self._entries[name] = self._made[key]
        if entry.stage is not None:
            self._stages.append(entry.stage)

    def _evaluated(self, name: str, inputs: tuple[str, ...], find: Find) -> _Entry:
        lists = tuple(self._entries[one].values for one in inputs)
        shape = tuple(len(values) for values in lists)
        if math.prod(shape) > _MOST_CELLS:
            raise TooManyCells(name, math.prod(shape))
        steps = [
            [None if isinstance(value, Open) else _given(one, value) for value in values]
            for one, values in zip(inputs, lists, strict=True)
        ]
        support, reached = self._reached(inputs)
        cells = math.prod(shape)
        found: dict[Value, int] = {}
        codes = array("i", [-1]) * cells
        for place in sorted(set(reached)) if support else range(cells):
            rest, given = place, []
            for of, size in zip(reversed(steps), reversed(shape), strict=True):
                rest, at = divmod(rest, size)
                given.append(of[at])
            value = self._cell(tuple(reversed(given)), find)
            codes[place] = found.setdefault(value, len(found))
        if support and len(set(reached)) < cells:
            other = found.setdefault(OPEN, len(found))
            codes = array("i", [other if code < 0 else code for code in codes])
        values = tuple(found)
        return _Entry(
            number=len(self._made),
            values=values,
            stage=Stage(name=name, inputs=inputs, shape=shape, codes=codes, values=values),
            support=support or (name,),
            places=[codes[place] for place in reached] if support else range(len(values)),
        )

    def _reached(self, inputs: tuple[str, ...]) -> tuple[tuple[str, ...], list[int]]:
        """Give the cells that occur, for all values of what the inputs are made of; nothing where those are too many.

        Two parts of one sum seldom take all their values beside each other: what cannot occur is not computed.
        """
        made = [self._entries[name] for name in inputs]
        own = [(entry.support, entry.places) for entry in made]
        support = tuple(dict.fromkeys(one for names, _ in own for one in names))
        if self._cells(support) > _MOST_REACHED:
            support = inputs
            own = [((name,), range(len(self._entries[name].values))) for name in inputs]
            if self._cells(support) > _MOST_REACHED:
                return (), []
        sizes = [len(self._entries[name].values) for name in support]
        reached = [0] * math.prod(sizes)
        for entry, (names, places) in zip(made, own, strict=True):
            inner = [0]
            for name, size in zip(support, sizes, strict=True):
                stride = self._stride(name, names)
                inner = [at + stride * one for at in inner for one in range(size)]
            width = len(entry.values)
            reached = [cell * width + places[at] for cell, at in zip(reached, inner, strict=True)]
        return support, reached

    def _cells(self, names: Sequence[str]) -> int:
        return math.prod(len(self._entries[name].values) for name in names)

    def _stride(self, name: str, names: tuple[str, ...]) -> int:
        """Give by how much the place among all values of some quantities moves with one of them."""
        return self._cells(names[names.index(name) + 1 :]) if name in names else 0

    def _cell(self, given: tuple[Step | None, ...], find: Find) -> Value:
        known = tuple(step for step in given if step is not None)
        if len(known) < len(given):
            return OPEN
        try:
            return find(known).result
        except Asked:
            return OPEN

    def _leaf_values(self, definition: Definition) -> tuple[StepValue, ...] | None:
        """Give every value of a leaf; `None` for a quantity that is made of others."""
        match definition.quantity:
            case FactLeaf(values=values) | PostLeaf(values=values) | RatingLeaf(values=values):
                return values
            case ProbationLeaf() | TwoPostsLeaf():
                return ("yes", "no")
            case ServiceLeaf(unit=unit) | TimeInPostLeaf(unit=unit):
                most = _MOST_YEARS if unit is Unit.YEARS else _MOST_YEARS * _MONTHS
                return tuple(range(most + 1))
            case TallyLeaf():
                return tuple(range(_MOST_YEARS + 1))
            case LadderLeaf():
                return tuple(range(-_MOST_RISES, _MOST_RISES + 1))
            case PegLeaf() | DayLeaf():
                return (self._instant.step(definition.name).result,)
            case (
                Number()
                | Table()
                | Steps()
                | Add()
                | Product()
                | Clamp()
                | Highest()
                | Lowest()
                | LadderSum()
            ):
                return None
            case _:
                assert_never(definition.quantity)


def _of(definition: Definition, quantity: Add | Product, names: tuple[str, ...]) -> Definition:
    made = Add(parts=names) if isinstance(quantity, Add) else Product(factors=names)
    return attrs.evolve(definition, quantity=made)


def _given(name: str, value: StepValue) -> Step:
    return Step(code="number", path=name, result=value)
