"""What is printed in place of an amount: its floor or its ceiling put where the amount is not stated.

A definition that is computed with the floors gives the least that it can be, and with the ceilings the most, wherever
more of an amount never makes less of a result. Where that is not so, nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.gaps import Bounds, Cell, Missing, Readings, Reference
from cwgrade.money import FEN_PER_YUAN
from cwgrade.quantities.forms import (
    Add,
    Clamp,
    Highest,
    Lowest,
    Number,
    Product,
    Steps,
    Table,
)
from cwgrade.quantities.leaves import LadderLeaf, LadderSum
from cwgrade.quantities.normal import Definition, Quantity

__all__ = ["AMOUNT_UNITS", "End", "at_end", "end_of", "may_be_negative"]

AMOUNT_UNITS: Final = {"yuan": FEN_PER_YUAN, "times": 1, "share": 1}
"""Units of which more is more pay, and what one of them is of the unit that is computed with."""


class End(StrEnum):
    """Which of the two printed bounds."""

    LEAST = "at_least"
    MOST = "at_most"


def end_of(missing: Missing, end: End) -> Fraction | Missing:
    """Give the printed floor or ceiling of an amount, a share or a factor; what has none stays missing.

    Examples:
        >>> span = Bounds(unit="yuan", at_least=Fraction(300))
        >>> end_of(Missing(why="not printed", bounds=span), End.LEAST)
        Fraction(30000, 1)
    """
    printed = missing.bounds
    if printed is None or printed.unit not in AMOUNT_UNITS:
        return missing
    number: Fraction | None = getattr(printed, end)
    return missing if number is None else number * AMOUNT_UNITS[printed.unit]


def at_end(
    definitions: Sequence[Definition], end: End, *, apart: Iterable[str] = ()
) -> tuple[Definition, ...]:
    """Put one printed bound in the place of every amount that is not stated.

    Args:
        definitions: All definitions of a scheme.
        end: Which bound.
        apart: Quantities of which more may make less: they, and what they are made of, stay as they are.
    """
    by_name = {one.name: one for one in definitions}
    negative = may_be_negative(by_name)
    starts = [*apart]
    for one in definitions:
        match one.quantity:
            case Steps(of=of) | Clamp(of=of):
                starts.append(of)
            case Table(by=by):
                starts += by
            case LadderLeaf() | LadderSum():
                starts += one.needs()
            case Highest(of=of, order=order) | Lowest(of=of, order=order) if order:
                starts += of
            case Product(factors=factors) if negative.intersection(factors):
                starts += factors
    kept = _made_of(by_name, starts)
    return tuple(
        one if one.name in kept else attrs.evolve(one, quantity=_ended(one.quantity, end))
        for one in definitions
    )


def _ended(quantity: Quantity, end: End) -> Quantity:
    def put(cell: Cell) -> Cell:
        return end_of(cell, end) if isinstance(cell, Missing) else cell

    match quantity:
        case Number(cell=cell):
            return attrs.evolve(quantity, cell=put(cell))
        case Steps(cells=cells):
            return attrs.evolve(quantity, cells=tuple(map(put, cells)))
        case Table(cells=rows, otherwise=otherwise):
            made = tuple((keys, put(cell)) for keys, cell in rows)
            return attrs.evolve(
                quantity, cells=made, otherwise=None if otherwise is None else put(otherwise)
            )
        case _:
            return quantity


def _made_of(by_name: Mapping[str, Definition], names: Iterable[str]) -> set[str]:
    """Give quantities with everything that they are made of."""
    found: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in found:
            found.add(name)
            waiting += by_name[name].needs()
    return found


def may_be_negative(by_name: Mapping[str, Definition]) -> frozenset[str]:
    """Name the quantities that are perhaps below zero: those that state a negative number, and what is made of them.

    Args:
        by_name: All definitions of a scheme.
    """
    found = {
        name
        for name, one in by_name.items()
        if isinstance(one.quantity, LadderLeaf)
        or any(number < 0 for cell in _cells(one.quantity) for number in _numbers(cell))
    }
    more = True
    while more:
        made = {name for name, one in by_name.items() if found.intersection(_parts(one.quantity))}
        more = not made <= found
        found |= made
    return frozenset(found)


def _parts(quantity: Quantity) -> tuple[str, ...]:
    """Name the quantities of which a value is one, or is made; those that only choose it are left out."""
    match quantity:
        case Add(parts=names) | Product(factors=names) | Highest(of=names) | Lowest(of=names):
            return names
        case _:
            return tuple(one.quantity for one in _cells(quantity) if isinstance(one, Reference))


def _cells(quantity: Quantity) -> Iterator[Cell]:
    match quantity:
        case Number(cell=cell):
            yield cell
        case Steps(cells=cells):
            yield from cells
        case Table(cells=rows, otherwise=otherwise):
            yield from (cell for _, cell in rows)
            if otherwise is not None:
                yield otherwise
        case _:
            pass


def _numbers(cell: Cell) -> Iterator[Fraction]:
    match cell:
        case Fraction():
            yield cell
        case Readings(options=options):
            yield from (one.value for one in options if isinstance(one.value, Fraction))
        case Missing(bounds=Bounds(at_least=least, at_most=most)):
            yield from (one for one in (least, most) if one is not None)
        case _:
            pass
