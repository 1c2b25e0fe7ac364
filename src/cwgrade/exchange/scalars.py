"""Single plain values made into values of one kind, strictly: nothing is coerced."""

from __future__ import annotations

import enum
from datetime import date
from fractions import Fraction
from typing import Final

from cwgrade.dates import Day, PartialDate, day_from_text
from cwgrade.errors import ArgumentError
from cwgrade.money import fen_from_yuan

__all__ = [
    "read_day",
    "read_exact_day",
    "read_fen",
    "read_fraction",
    "read_text",
    "read_truth",
    "read_whole",
]

_LONGEST_NUMBER: Final = 400
"""Characters of a fraction: past any that pay can make, and short enough to be read at once."""


def read_text(value: object, kind: type) -> object:
    """Read text, or a word of an enumeration."""
    if issubclass(kind, enum.Enum):
        return _member(value, kind)
    if not isinstance(value, str):
        raise ArgumentError("wants-text", value=value)
    return value


def _member(value: object, kind: type[enum.Enum]) -> object:
    words = [member.value for member in kind]
    if not isinstance(value, str) or value not in words:
        raise ArgumentError("not-one-of", name=kind.__name__, value=value, accepted=words)
    return kind(value)


def read_whole(value: object, _kind: object) -> int:
    """Read a whole number; a truth value is none."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ArgumentError("wants-whole-number", value=value)
    return value


def read_truth(value: object, _kind: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ArgumentError("wants-truth", value=value)
    return value


def read_day(value: object, _kind: object = None) -> Day:
    """Read a day, or a month or year as text."""
    # a datetime is a date to isinstance
    if type(value) is date:
        return day_from_text(value.isoformat())
    if not isinstance(value, str):
        raise ArgumentError("wants-day", value=value)
    return day_from_text(value)


def read_exact_day(value: object, _kind: object) -> date:
    """Read a day that is known exactly."""
    day = read_day(value)
    if isinstance(day, PartialDate):
        raise ArgumentError("wants-exact-day", value=value)
    return day


def read_fraction(value: object, _kind: object = None) -> Fraction:
    """Read a fraction from its text."""
    if not isinstance(value, str):
        raise ArgumentError("wants-fraction", value=value)
    above, _, below = value.partition("/")
    parts = (above.removeprefix("-"), below)
    if not all(part.isascii() and part.isdigit() for part in parts) or len(value) > _LONGEST_NUMBER:
        raise ArgumentError("wants-fraction", value=value)
    if not int(below):
        raise ArgumentError("wants-fraction", value=value)
    return Fraction(int(above), int(below))


def read_fen(value: object, _kind: object) -> int:
    """Read an amount of yuan as whole fen."""
    fen = fen_from_yuan(value)  # type: ignore[arg-type]  # it refuses every other kind itself
    if fen.denominator != 1:
        raise ArgumentError("part-of-a-fen", value=value)
    return fen.numerator
