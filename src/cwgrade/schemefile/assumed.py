"""What an analyst assumes where a scheme file leaves something open: which fields are open, and how they are filled.

The filled table is read again by the readers that read the file, so that a value is refused here
just as it is there.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.schemefile.formulas import FORM_KEYS, FORMULA_KEYS
from cwgrade.schemefile.layers import Layered
from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.problems import Path, typed
from cwgrade.schemefile.schema import may_be_missing, shape_of
from cwgrade.schemefile.suggest import offer
from cwgrade.tomlfile import path_text

__all__ = ["ASSUMED", "filled", "is_open", "open_fields", "place_of", "plain_value", "steps_of"]

ASSUMED: Final = "assumed"
"""The id of the source of what nobody printed, and behind `+` the mark of a scheme that rests on it."""

_STEP: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_DEFINED: Final[Mapping[str, int]] = {"base": 1, "credits": 2, "pay": 2, "pegs": 2, "quantities": 2}
"""Sections whose definitions state a value, and how many steps lead to one."""


def steps_of(path: str) -> Path:
    """Take a path apart, such as `pay.award.yuan.basic` or `split[0].of`.

    Examples:
        >>> steps_of("ladder.thresholds_years[1]")
        ('ladder', 'thresholds_years', 1)
    """
    return tuple(name or int(place) for name, place in _STEP.findall(path))


def open_fields(table: object, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give every place of a file where something is missing or has several readings, in order."""
    if isinstance(table, Mapping):
        if is_missing(table) or "readings" in table:
            yield path, table
            return
        for name, inner in table.items():
            yield from open_fields(inner, (*path, name))
    elif isinstance(table, list):
        for place, inner in enumerate(table):
            yield from open_fields(inner, (*path, place))


def filled(layers: Layered, values: Mapping[str, object]) -> tuple[Layered, set[str]]:
    """Put values where a file leaves something open.

    Args:
        layers: The file.
        values: Path and value.

    Returns:
        The file with them, and the paths that are not open in it.

    Raises:
        ArgumentError: A value is a float, nothing that a file could hold, or no reading that the source's words allow.
    """
    table: dict[str, Any] = copy.deepcopy(dict(layers.table))
    places = {text: place_of(table, steps_of(text)) for text in values}
    opened = {text: place for text, place in places.items() if is_open(table, place)}
    beside = {place[:-1] for place in opened.values()}
    opened |= {
        text: place
        for text, place in places.items()
        # a key that goes with a filled one, such as the day of a rule of proration
        if text not in opened and place[:-1] in beside and _at(table, place) is None
    }
    assumed = dict(layers.assumed)
    for text, place in opened.items():
        value = plain_value(values[text])
        gap = _at(layers.table, place)
        allowed = gap.get("among") if isinstance(gap, Mapping) else None
        if allowed and value not in allowed:
            raise ArgumentError("assume-not-among", path=text, value=value, **offer(value, allowed))
        if isinstance(gap, Mapping):
            _require_within(gap, value, text)
        _put(table, place, value)
        assumed[path_text(place)] = value if isinstance(value, str) else typed(value)
    new = attrs.evolve(layers, table=table, assumed=tuple(sorted(assumed.items())))
    return new, set(values) - set(opened)


def _require_within(gap: Mapping[str, Any], value: object, path: str) -> None:
    """Refuse a number outside what the source prints of it.

    Raises:
        ArgumentError: It is outside.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return
    least, most = gap.get("at_least"), gap.get("at_most")
    below = least is not None and value < Fraction(least)
    if below or (most is not None and value > Fraction(most)):
        printed = {key: gap[key] for key in ("at_least", "at_most") if key in gap}
        bounds = ", ".join(f"{key} = {typed(one)}" for key, one in printed.items())
        raise ArgumentError("assume-out-of-bounds", path=path, value=typed(value), bounds=bounds)


def plain_value(value: object) -> Any:
    """Give a value as a file holds it.

    Raises:
        ArgumentError: It is a float, or nothing that a file could hold.

    Examples:
        >>> plain_value((Fraction(1, 3), True))
        ['1/3', True]
    """
    match value:
        case Enum():
            return plain_value(value.value)
        case bool() | int() | str() | Decimal():
            return value
        case Fraction():
            # a file writes only what is no whole number as the text of a fraction
            return value.numerator if value.denominator == 1 else str(value)
        case date() if not isinstance(value, datetime):
            return value
        case Mapping():
            return {str(name): plain_value(one) for name, one in value.items()}
        case list() | tuple():
            return [plain_value(one) for one in value]
        case float():
            raise ArgumentError("assume-float", value=value)
        case _:
            raise ArgumentError("assume-no-value", value=value)


# --- places ----------------------------------------------------------------------------------------------------------


def _at(table: object, place: Path) -> Any:
    """Give what stands at a place, `None` where nothing does."""
    for step in place:
        if isinstance(table, Mapping) and isinstance(step, str):
            table = table.get(step)
        elif isinstance(table, list) and isinstance(step, int) and step < len(table):
            table = table[step]
        else:
            return None
    return table


def place_of(table: Mapping[str, Any], asked: Path) -> Path:
    """Find where a file writes what an answer calls by a path: there the key of the unit is left out.

    Args:
        table: The file.
        asked: The path of the answer.
    """
    if asked[:2] == ("split", 0) and isinstance(table.get("split"), Mapping):
        # the only one, which the file need not put into a list
        asked = ("split", *asked[2:])
    for end in range(1, len(asked)):
        if is_missing(_at(table, asked[:end])):
            # a whole list or table is missing, and with it each of its values
            return asked[:end]
    count = _DEFINED.get(str(asked[0])) if asked else None
    if count is None or (len(asked) > count and _at(table, asked) is not None):
        return asked
    definition = _at(table, asked[:count])
    if (
        len(asked) == count
        and isinstance(definition, Mapping)
        and is_missing(definition.get("from"))
    ):
        return (*asked, "from")
    units = [key for key in FORM_KEYS if isinstance(definition, Mapping) and key in definition]
    if len(units) != 1:
        return asked
    inner = (*asked[:count], units[0], *asked[count:])
    if isinstance(_at(table, inner[:-1]), list):
        inner = (*inner[:-1], _rung(table, inner[-1]))
    return inner if _at(table, inner) is not None else asked


def _rung(table: Mapping[str, Any], grade: str | int) -> str | int:
    """Give the place of a grade in a list by grade."""
    grades = _at(table, ("ladder", "grades"))
    whole = isinstance(grade, str) and grade.isdecimal() and isinstance(grades, list)
    return int(grade) - int(grades[0]) if whole else grade


def is_open(table: Mapping[str, Any], place: Path) -> bool:
    """Tell whether a value may be assumed at a place of a file.

    Args:
        table: The file.
        place: Where the file would write it.
    """
    found = _at(table, place)
    if found is None:
        keys = _keys(place[:-1])
        if _at(table, place[:-1]) is None and _required(place[:-1]) - {"source"}:
            # a rule that the file does not have, such as a transition of an earlier version, has nothing open
            return False
        # a formula is stated with one key; that it has no other is no gap
        own = place[-1] not in FORMULA_KEYS or FORM_KEYS[-1] not in keys
        return own and may_be_missing(keys.get(place[-1]), left_out=True)
    return isinstance(found, Mapping) and (is_missing(found) or "readings" in found)


def _put(table: dict[str, Any], place: Path, value: object) -> None:
    inner: Any = table
    for count, step in enumerate(place[:-1], start=1):
        if isinstance(inner, dict) and step not in inner:
            inner[step] = {}
        inner = inner[step]
        needs_source = isinstance(inner, dict) and "source" in _keys(place[:count])
        if needs_source and "source" not in inner:
            inner["source"] = ASSUMED
            table["sources"] = {**table["sources"], ASSUMED: _source(table)}
    inner[place[-1]] = value


def _source(table: Mapping[str, Any]) -> dict[str, Any]:
    """Give the source of a section that nobody printed."""
    return {
        "instrument": "假定 (assumed by the person asking)",
        "read_on": table["scheme"]["checked_on"],
        "trust": "invented",
    }


def _required(place: Path) -> set[str]:
    return set((shape_of(place) or {}).get("required", ()))


def _keys(place: Path) -> Mapping[str | int, Any]:
    # the only split need not be put into a list
    shape = shape_of(("split", 0) if place == ("split",) else place)
    return {} if shape is None else shape.get("properties", {})
