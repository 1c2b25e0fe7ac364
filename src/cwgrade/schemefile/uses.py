"""Where a file writes formulas, names that formulas use, and cells: a fault about one of them has its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from cwgrade.gaps import Cell, Readings, Reference
from cwgrade.law.checks import Bound
from cwgrade.law.formulas import Formula
from cwgrade.law.pegs import pegs_in
from cwgrade.quantities import (
    DAY,
    Add,
    Definition,
    Highest,
    Lowest,
    Number,
    Product,
    Steps,
    Table,
    Unit,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.kinds import STAND_IN
from cwgrade.schemefile.problems import Path

__all__ = [
    "Stated",
    "Use",
    "cells_of",
    "citations_in",
    "formulas_of",
    "path_of",
    "places_below",
    "shown_name",
    "uses_of",
]

_DEFINED: Final = frozenset({"base", "credits", "pay", "pegs", "quantities"})
"""Sections that state values by formulas."""
_PART: Final = re.compile(r"[^.\[\]]+|\[\d+\]")


@attrs.frozen
class Stated:
    """A formula of the file.

    Attributes:
        path: Where its definition stands.
        name: The name of the definition in the normal form.
        formula: The formula.
    """

    path: Path
    name: str
    formula: Formula


@attrs.frozen
class Use:
    """A name that a formula uses.

    Attributes:
        path: Where the name is written.
        name: The name.
        looked_up: Whether it has to be a word with a closed list of values; otherwise it has to be a number.
        in_cell: Whether it stands for a cell of a table.
        money: Whether it has to be an amount of money.
    """

    path: Path
    name: str
    looked_up: bool = False
    in_cell: bool = False
    money: bool = False


def formulas_of(version: SchemeVersion) -> Iterator[Stated]:
    """Give every formula of the file that could be read."""
    if version.base is not None and version.base.formula is not None:
        yield Stated(("base",), "base", version.base.formula)
    for place, _, peg in pegs_in(version.base, version.pegs):
        where: Path = (*place, "peg")
        times = Formula(unit=Unit.TIMES, form=Number(cell=peg.multiplier))
        yield Stated(where, f"{'.'.join(place)}.multiplier", times)
        if peg.not_below is not None:
            floor = Formula(unit=Unit.FEN, form=Number(cell=peg.not_below))
            yield Stated(where, f"{'.'.join(place)}.floor", floor)
    for credit in version.credits:
        yield Stated(("credits", credit.name), f"credits.{credit.name}", credit.formula)
    for quantity in version.quantities:
        yield Stated(("quantities", quantity.name), quantity.name, quantity.formula)
    for component in version.pay:
        if component.formula is not None:
            full = f"pay.{component.name}.full"
            name = full if full in version.normal_form.names else f"pay.{component.name}"
            yield Stated(("pay", component.name), name, component.formula)


def uses_of(version: SchemeVersion) -> Iterator[Use]:
    """Give every name that the file uses in a formula."""
    for stated in formulas_of(version):
        yield from _uses(version, stated.path, stated.formula)
    for component in version.pay:
        for place, name in enumerate(component.factors):
            yield Use(("pay", component.name, "factors", place), name)
    for ladder in version.ladders:
        if isinstance(ladder.start, Reference):
            yield Use((ladder.section, "start", "quantity"), ladder.start.quantity, in_cell=True)
        if ladder.graded_by is not None:
            yield Use((ladder.section, "graded_by"), ladder.graded_by)
    for check in version.checks:
        for key, bound in (("at_least", check.at_least), ("at_most", check.at_most)):
            if isinstance(bound, Bound):
                yield Use(("checks", check.name, key, "quantity"), bound.quantity, money=True)
    for place, split in enumerate(version.split):
        yield Use(("split", place, "of"), split.of, money=True)


def _uses(version: SchemeVersion, path: Path, formula: Formula) -> Iterator[Use]:
    match formula.written:
        case Table(by=(name,)):
            yield Use((*path, "by"), name, looked_up=True)
        case Table(by=names):
            for place, name in enumerate(names):
                yield Use((*path, "by", place), name, looked_up=True)
        case Steps(of=of) if of != DAY:
            yield Use((*path, "bands_of"), of)
        case Highest(of=names) | Lowest(of=names):
            key = _KEYS[type(formula.form)]
            for place, name in enumerate(names):
                # values of a fact are compared too; whether all are of one kind is told as one fault
                definition = version.normal_form.get(name)
                word = definition is not None and definition.unit is Unit.VALUE
                yield Use((*path, key, place), name, looked_up=word)
        case Add(parts=names) | Product(factors=names):
            key = _KEYS[type(formula.form)]
            for place, name in enumerate(names):
                yield Use((*path, key, place), name)
        case _:
            pass
    for where, cell in cells_of(path, formula):
        if isinstance(cell, Reference):
            # a value of a fact may be taken over from another name, so that it is no number
            word = formula.unit is Unit.VALUE
            yield Use((*where, "quantity"), cell.quantity, looked_up=word, in_cell=True)


_KEYS: Final[Mapping[type[Any], str]] = {
    Add: "sum",
    Product: "product",
    Highest: "highest",
    Lowest: "lowest",
}


def cells_of(path: Path, formula: Formula) -> Iterator[tuple[Path, Cell]]:
    """Give the cells of a formula with their places; what stands in for a cell at fault is left out."""
    key = KEY_OF_UNIT.get(formula.unit or Unit.OPEN, "")
    found: list[tuple[Path, Cell]] = []
    match formula.written:
        case Number(cell=cell):
            found.append(((*path, key), cell))
        case Table(cells=cells, otherwise=otherwise):
            found += [((*path, key, *keys), cell) for keys, cell in cells]
            if otherwise is not None:
                found.append(((*path, "otherwise"), otherwise))
        case Steps(cells=cells):
            found += [((*path, key, place), cell) for place, cell in enumerate(cells)]
        case _:
            pass
    yield from ((where, cell) for where, cell in found if cell is not STAND_IN)


def citations_in(cell: Cell) -> Iterator[tuple[Path, str]]:
    """Give the sources that the readings of a cell name, with their places inside the cell."""
    if isinstance(cell, Readings):
        several = len(cell.options) > 1
        for place, option in enumerate(cell.options):
            if option.citation is not None:
                where: Path = ("readings", place) if several else ()
                yield (*where, "source"), option.citation.source


def places_below(version: SchemeVersion, name: str) -> Iterator[Path]:
    """Give the places of everything that a definition rests on, its own among them."""
    form = version.normal_form
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        found = form.get(waiting.pop())
        if found is not None and found.name not in seen:
            seen.add(found.name)
            waiting += found.needs()
            if found.path.partition(".")[0] in _DEFINED:
                yield path_of(found)


def path_of(definition: Definition) -> Path:
    """Give the place of a definition."""
    return tuple(
        int(part[1:-1]) if part.startswith("[") else part for part in _PART.findall(definition.path)
    )


def shown_name(definition: Definition) -> str:
    """Give a definition's name as the file knows it; one that the file does not name is shown by its place."""
    return definition.name if definition.path.startswith("quantities.") else definition.path
