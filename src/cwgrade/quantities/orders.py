"""Closed lists of values: what a quantity can give, and the order in which values are higher or lower."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from cwgrade.gaps import Cell, Readings, Reference
from cwgrade.quantities.forms import Clamp, Highest, Lowest, Number, Table, Unit
from cwgrade.quantities.leaves import (
    FactLeaf,
    PostLeaf,
    ProbationLeaf,
    RatingLeaf,
    TallyLeaf,
    TwoPostsLeaf,
)
from cwgrade.quantities.normal import Definition

__all__ = ["reachable", "values_of", "with_orders"]

_MOST_TALLIED: Final = 50
"""Years that a tally without an end can count: longer than any career."""


def values_of(
    definitions: Mapping[str, Definition], name: str, seen: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Give every value that a quantity can give, in the order of its list; nothing for a number without a range.

    Args:
        definitions: By name.
        name: The quantity.
        seen: Names on the way to it: a circle is told elsewhere.
    """
    definition = definitions.get(name)
    if definition is None or name in seen:
        return ()
    seen = (*seen, name)
    match definition.quantity:
        case FactLeaf(values=values) | PostLeaf(values=values) | RatingLeaf(values=values):
            return values
        case ProbationLeaf() | TwoPostsLeaf():
            return ("yes", "no")
        case TallyLeaf(last_years=last_years):
            most = last_years if isinstance(last_years, int) else _MOST_TALLIED
            return tuple(map(str, range(most + 1)))
        case Clamp(ranges=ranges):
            held = [grade for _, low, high in ranges for grade in (low, high)]
            return tuple(map(str, range(min(held), max(held) + 1))) if held else ()
        case Table(cells=cells, otherwise=otherwise):
            listed: list[Cell | None] = [*(cell for _, cell in cells), otherwise]
        case Number(cell=cell):
            listed = [cell]
        case Highest(of=names, order=order) | Lowest(of=names, order=order):
            parts = [values_of(definitions, one, seen) for one in names]
            higher = isinstance(definition.quantity, Highest)
            return reachable(parts, order, higher=higher)
        case _:
            return ()
    found = (value for cell in listed for value in _values_in(cell, definitions, seen))
    return tuple(dict.fromkeys(found))


def _values_in(
    cell: Cell | None, definitions: Mapping[str, Definition], seen: tuple[str, ...]
) -> Iterable[str]:
    match cell:
        case str():
            return (cell,)
        case Readings(options=options):
            return tuple(one.value for one in options if isinstance(one.value, str))
        case Reference(quantity=name):
            return values_of(definitions, name, seen)
        case _:
            return ()


def reachable(
    parts: Sequence[tuple[str, ...]], order: tuple[str, ...], *, higher: bool
) -> tuple[str, ...]:
    """Give what the highest or lowest of several lists of values can be.

    Args:
        parts: What each of them can be.
        order: Values, lowest first; without one every value may come out.
        higher: Whether the highest is taken.

    Examples:
        >>> reachable([("low", "high"), ("middle",)], ("low", "middle", "high"), higher=True)
        ('middle', 'high')
    """
    found = tuple(dict.fromkeys(value for part in parts for value in part))
    if not set(found) <= set(order):
        return found
    places = [[order.index(value) for value in part] for part in parts if part]
    ranked = sorted(found, key=order.index)
    if not places:
        return ()
    if higher:
        bound = max(min(part) for part in places)
        return tuple(value for value in ranked if order.index(value) >= bound)
    bound = min(max(part) for part in places)
    return tuple(value for value in ranked if order.index(value) <= bound)


def with_orders(definitions: Sequence[Definition]) -> tuple[Definition, ...]:
    """Find the order by which values are compared: that of the one fact, or of the posts, that has them all.

    Where no list has them all, or two lists order them differently, there is none; the loader reports it.

    Args:
        definitions: Definitions with their units.
    """
    by_name = {one.name: one for one in definitions}
    lists: list[tuple[str, ...]] = []
    for one in definitions:
        match one.quantity:
            case FactLeaf(values=values):
                lists.append(values)
            case PostLeaf(values=values):
                lists.append(tuple(reversed(values)))
            case _:
                pass
    found: list[Definition] = []
    for one in definitions:
        quantity = one.quantity
        if one.unit is Unit.VALUE and isinstance(quantity, Highest | Lowest):
            compared = set(values_of(by_name, one.name))
            orders = [values for values in lists if compared and compared <= set(values)]
            ranked = {tuple(value for value in order if value in compared) for order in orders}
            if len(ranked) == 1:
                quantity = attrs.evolve(quantity, order=orders[0])
                one = attrs.evolve(one, quantity=quantity)  # noqa: PLW2901 -- the same with its order
        found.append(one)
    return tuple(found)
