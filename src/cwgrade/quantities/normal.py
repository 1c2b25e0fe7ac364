"""The normal form: named definitions, what each needs, and the units that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs

from cwgrade.gaps import Cell, Reference, Stated
from cwgrade.money import Rounding
from cwgrade.quantities.forms import (
    Add,
    Clamp,
    Highest,
    Lowest,
    Number,
    Product,
    Steps,
    Table,
    Unit,
)
from cwgrade.quantities.leaves import (
    DayLeaf,
    FactLeaf,
    LadderLeaf,
    LadderSum,
    PegLeaf,
    PostLeaf,
    ProbationLeaf,
    RatingLeaf,
    ServiceLeaf,
    TallyLeaf,
    TimeInPostLeaf,
    TwoPostsLeaf,
)
from cwgrade.sources import Citation, Label

__all__ = ["Definition", "NormalForm", "Quantity", "with_units"]

Kind = TypeVar("Kind")


Quantity = (
    Number
    | Table
    | Steps
    | Add
    | Product
    | Highest
    | Lowest
    | Clamp
    | DayLeaf
    | FactLeaf
    | PostLeaf
    | TwoPostsLeaf
    | RatingLeaf
    | ProbationLeaf
    | ServiceLeaf
    | TallyLeaf
    | TimeInPostLeaf
    | LadderLeaf
    | LadderSum
    | PegLeaf
)


@attrs.frozen(kw_only=True)
class Definition:
    """One named quantity.

    Attributes:
        name: Its name, unique in the scheme.
        path: Where it stands in the scheme file.
        unit: What it counts.
        quantity: How it is found.
        label: Its printed name.
        citation: Its source.
        rounding: The rounding of its result, where one is stated.
    """

    name: str
    path: str
    unit: Unit
    quantity: Quantity
    label: Label
    citation: Citation | None = None
    rounding: Stated[Rounding] | None = None

    def needs(self) -> tuple[str, ...]:
        """Give the names of the quantities it reads."""
        return _needs(self.quantity)

    def would_need(self) -> tuple[str, ...]:
        """Give the names that it would read if the source printed the table or bands that it leaves out."""
        match self.quantity:
            case Number(instead_of=Table() | Steps() as form):
                return _needs(form)
            case _:
                return ()


def _needs(quantity: Quantity) -> tuple[str, ...]:
    match quantity:
        case Number(cell=cell):
            return _referred((cell,))
        case Table(by=by, cells=cells, otherwise=otherwise):
            return (*by, *_referred((*(cell for _, cell in cells), otherwise)))
        case Steps(of=of, cells=cells):
            return (of, *_referred(cells))
        case Add(parts=names) | Product(factors=names) | Highest(of=names) | Lowest(of=names):
            return names
        case Clamp(of=of):
            return (of, "post")
        case LadderLeaf(start=start, deemed=deemed):
            return (start, "post", *((deemed,) if deemed else ()))
        case LadderSum(rungs=rungs, credits=credits_):
            return (*rungs, *credits_)
        case _:
            return ()


def _referred(cells: Sequence[Cell | None]) -> tuple[str, ...]:
    return tuple(cell.quantity for cell in cells if isinstance(cell, Reference))


@attrs.frozen
class NormalForm:
    """All definitions of one version of a scheme.

    Attributes:
        definitions: In the order of the file's sections.
    """

    definitions: tuple[Definition, ...]
    _by_name: Mapping[str, Definition] = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(
            lambda self: {one.name: one for one in self.definitions}, takes_self=True
        ),
    )

    _by_kind: Mapping[type, tuple[Quantity, ...]] = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(lambda self: _by_kind(self.definitions), takes_self=True),
    )

    def of_kind(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Give the quantities of one kind, in order."""
        found: Any = self._by_kind.get(kind, ())
        return tuple(found)

    @property
    def by_name(self) -> Mapping[str, Definition]:
        """Every definition by its name."""
        return self._by_name

    def get(self, name: str) -> Definition | None:
        """Give a definition by name, `None` where there is none."""
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> Definition:
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in order."""
        return tuple(self._by_name)


def _by_kind(definitions: Sequence[Definition]) -> Mapping[type, tuple[Quantity, ...]]:
    found: dict[type, tuple[Quantity, ...]] = {}
    for one in definitions:
        kind = type(one.quantity)
        found[kind] = (*found.get(kind, ()), one.quantity)
    return found


def with_units(definitions: Sequence[Definition]) -> tuple[Definition, ...]:
    """Find the units that follow from parts: a product with money is money, a sum is what its parts are.

    A unit that cannot be found (a circle, an unknown name) stays open; the loader reports why.
    """
    units = {one.name: one.unit for one in definitions}
    parts = {one.name: one.needs() for one in definitions if one.unit is Unit.OPEN}
    products = {one.name for one in definitions if isinstance(one.quantity, Product)}
    for _ in parts:
        for name, needed in parts.items():
            found = [units.get(part, Unit.OPEN) for part in needed]
            if not found or (Unit.OPEN in found and Unit.FEN not in found):
                continue
            if name in products:
                counted = [one for one in found if one not in (Unit.TIMES, Unit.SHARE)]
                units[name] = Unit.FEN if Unit.FEN in found else (*counted, found[0])[0]
            else:
                units[name] = found[0]
    return tuple(
        attrs.evolve(one, unit=units[one.name]) if one.name in parts else one for one in definitions
    )
