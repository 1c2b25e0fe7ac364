"""Values that TOML accepts and no file of cwgrade needs: refused before they can do harm."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from cwgrade.tomlfile.lines import Path
from cwgrade.tomlfile.scan import DEEPEST

__all__ = ["LONGEST_TEXT", "MOST_DECIMALS", "MOST_NUMBER", "past_limits", "read_decimal"]

MOST_NUMBER: Final = 10**15
MOST_DECIMALS: Final = 12
LONGEST_TEXT: Final = 20_000

_BEYOND: Final = Decimal(10) ** 18
"""Stands for a number that is too large to be made at all; it is past the limit itself."""

_Found = tuple[str, Path, dict[str, Any]]


def read_decimal(text: str) -> Decimal:
    """Read a number with a decimal point exactly.

    Examples:
        >>> read_decimal("1200.10")
        Decimal('1200.10')
    """
    try:
        return Decimal(text)
    except InvalidOperation:
        return _BEYOND


def past_limits(value: object, path: Path = ()) -> Iterator[_Found]:
    """Find every value past the limits: its code, its path and the facts of its message.

    Examples:
        >>> [(code, path) for code, path, _ in past_limits({"a": [1, Decimal("NaN")]})]
        [('toml-float-special', ('a', 1))]
    """
    if len(path) > DEEPEST:
        yield "toml-too-deep", path, {"most": DEEPEST}
        return
    match value:
        case dict():
            for key, item in value.items():
                if len(key) > LONGEST_TEXT:
                    yield "toml-text-too-long", path, {"count": len(key), "most": LONGEST_TEXT}
                yield from past_limits(item, (*path, key))
        case list():
            for place, item in enumerate(value):
                yield from past_limits(item, (*path, place))
        case str() if len(value) > LONGEST_TEXT:
            yield "toml-text-too-long", path, {"count": len(value), "most": LONGEST_TEXT}
        case int() if abs(value) > MOST_NUMBER:
            # a number of thousands of digits must not even be written out
            yield "toml-number-too-large", path, {"value": _shown(value), "most": MOST_NUMBER}
        case Decimal():
            yield from _decimal(value, path)
        case _:
            return


def _shown(number: int) -> object:
    return number if abs(number) < MOST_NUMBER**2 else hex(number)[:20] + "…"


def _decimal(number: Decimal, path: Path) -> Iterator[_Found]:
    if not number.is_finite():
        yield "toml-float-special", path, {"value": str(number).lower()}
        return
    exponent = int(number.as_tuple().exponent)
    if number.adjusted() >= len(str(MOST_NUMBER)) or abs(number) > MOST_NUMBER:
        yield "toml-number-too-large", path, {"value": str(number), "most": MOST_NUMBER}
    elif -exponent > MOST_DECIMALS:
        yield "toml-too-many-decimals", path, {"value": str(number), "most": MOST_DECIMALS}
