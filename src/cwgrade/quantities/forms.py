"""The primitives that sufficed at one instant: numbers, tables, bands, sums, products, highest, lowest, clamps."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.gaps import Cell, Gap, Missing, Stated
from cwgrade.ladder import Boundary

__all__ = [
    "DAY",
    "Add",
    "Clamp",
    "Highest",
    "Lowest",
    "Number",
    "Product",
    "Steps",
    "Table",
    "Unit",
]

DAY: Final = "day"
"""The name of the day asked for: bands of it are values that change on stated days."""


class Unit(StrEnum):
    """What a quantity counts. Only `fen` is money."""

    FEN = "fen"
    TIMES = "times"
    SHARE = "share"
    GRADES = "grades"
    MONTHS = "months"
    YEARS = "years"
    POINTS = "points"
    VALUE = "value"
    DAY = "day"
    OPEN = "open"
    """Follows from the parts: `with_units` finds it."""


@attrs.frozen(kw_only=True)
class Number:
    """One cell that never changes.

    Attributes:
        cell: The number, a gap, readings, or another quantity.
        instead_of: The table or bands that a gap stands for, where the source names what they go by and leaves out
            their values or bounds.
    """

    cell: Cell
    instead_of: Table | Steps | None = None


@attrs.frozen(kw_only=True)
class Table:
    """A cell for every combination of keys.

    Attributes:
        by: Names of the facts or quantities that are looked up.
        cells: Keys in the order of `by`, and the cell.
        otherwise: The cell of every combination that is not listed.
    """

    by: tuple[str, ...]
    cells: tuple[tuple[tuple[str, ...], Cell], ...]
    otherwise: Cell | None = None

    def cell(self, keys: tuple[str, ...]) -> Cell | None:
        """Give the cell of a combination, `None` where there is none."""
        return next((cell for listed, cell in self.cells if listed == keys), self.otherwise)


@attrs.frozen(kw_only=True)
class Steps:
    """Cells in bands of a number, or of the day.

    Attributes:
        of: The quantity whose bands these are.
        starts: Where each band begins, rising. Below the first number the value is 0; before the first day it is
            not stated.
        cells: One cell for each band.
        boundary: Whether a band begins at its start or above it.
    """

    of: str
    starts: tuple[Stated[Fraction | date], ...]
    cells: tuple[Cell, ...]
    boundary: Stated[Boundary]


@attrs.frozen(kw_only=True)
class Add:
    """A sum of quantities of one unit."""

    parts: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Product:
    """A product of named factors, at most one of them money."""

    factors: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Highest:
    """The highest of several quantities, or of several values of one fact.

    Attributes:
        of: The quantities.
        order: Values of a fact, lowest first, where values are compared; `with_orders` finds them.
    """

    of: tuple[str, ...]
    order: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Lowest:
    """The lowest of several quantities, or of several values of one fact.

    Attributes:
        of: The quantities.
        order: Values of a fact, lowest first, where values are compared; `with_orders` finds them.
    """

    of: tuple[str, ...]
    order: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Clamp:
    """A quantity brought into the range of the worker's post.

    Attributes:
        of: The quantity.
        ranges: Post, lowest and highest value.
        open: A post whose range the source leaves out, where the file says so, and why.
    """

    of: str
    ranges: tuple[tuple[str, int, int], ...]
    open: tuple[tuple[str, str, Missing], ...] = ()

    def not_stated(self, post: str) -> Gap | None:
        """Give the gap of a post whose range the source leaves out.

        Args:
            post: The post.
        """
        for name, path, stated in self.open:
            if name == post:
                return Gap(path=path, why=stated.why, zh=stated.zh)
        return None
