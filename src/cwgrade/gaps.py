"""What a source does not give, and what a text can be read to mean."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias, TypeVar

import attrs

from cwgrade.sources import Citation

__all__ = ["Bounds", "Cell", "Gap", "Missing", "Reading", "Readings", "Reference", "Stated"]


@attrs.frozen(kw_only=True)
class Bounds:
    """What a source prints in place of an exact number: a floor, a ceiling, or both. Nothing is computed from it.

    Attributes:
        unit: The key that the number would be written under, such as `yuan`.
        at_least: The lowest that it can be.
        at_most: The highest that it can be.
    """

    unit: str
    at_least: Fraction | None = None
    at_most: Fraction | None = None


@attrs.frozen(kw_only=True)
class Missing:
    """Written in a scheme where the source does not give a value: `{ missing = "why" }`.

    Attributes:
        why: What is missing and, where known, which document has it.
        zh: The same in Chinese; may be empty.
        among: The only readings that the source's words allow; empty where they allow every one of the field's.
        bounds: A printed floor or ceiling of the number.
    """

    why: str
    zh: str = ""
    among: tuple[str, ...] = ()
    bounds: Bounds | None = None


@attrs.frozen(kw_only=True)
class Reference:
    """A table cell that stands for another quantity.

    Attributes:
        quantity: The quantity's name.
    """

    quantity: str


@attrs.frozen(kw_only=True)
class Reading:
    """One of several printed values or readings of one text.

    Attributes:
        value: The value under this reading.
        citation: Where it is printed or why the text can be read so.
    """

    value: Fraction | str
    citation: Citation | None


@attrs.frozen(kw_only=True)
class Readings:
    """Several printed values of one thing; the answer stands only where all agree. One alone has a source of its own.

    Attributes:
        options: The readings, in the order of the file.
    """

    options: tuple[Reading, ...]


Cell = Fraction | str | Missing | Readings | Reference
"""A cell of a table: a number, a value of a fact, a gap, readings, or another quantity."""

T = TypeVar("T")
Stated: TypeAlias = T | Missing
"""A field that the source states, or that is missing from it."""


@attrs.frozen(kw_only=True)
class Gap:
    """A value that could not be found in the scheme, met while answering.

    Attributes:
        path: Where in the scheme file it is missing.
        why: What the scheme's author wrote about it, or a stable code.
        zh: The same in Chinese; may be empty.
        readings: What was tried instead, where a finite list exists.
        bounds: A floor or ceiling that the source prints instead.
    """

    path: str
    why: str
    zh: str = ""
    readings: tuple[str, ...] = ()
    bounds: Bounds | None = None
