"""Numbers and amounts as a scheme file writes them, and what somebody meant who wrote a text in their place."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from cwgrade.money import FEN_PER_YUAN, fen_from_yuan
from cwgrade.schemefile.problems import Wrong, typed
from cwgrade.tomlfile.slips import amount_in

__all__ = ["number_meant", "read_fen", "read_number", "refuse_number", "refuse_several"]

_BETWEEN: Final = re.compile(r"\s*[、，；;/]\s*|,\s+|和|或|至|到")
"""What stands between amounts that are written in one text."""
_PLAIN: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?", re.ASCII)
_FRACTION: Final = re.compile(
    r"(?P<number>-?\d{1,15}(?:\.\d{1,12})?)/(?P<under>[1-9]\d{0,14})", re.ASCII
)


def read_number(raw: object) -> Fraction:
    """Read an exact number: a whole one, a decimal, or the text of a fraction such as `"1/3"`."""
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return Fraction(raw)
    if isinstance(raw, str) and (fraction := _FRACTION.fullmatch(raw)):
        return Fraction(fraction["number"]) / int(fraction["under"])
    raise Wrong("not-a-number", value=raw, **number_meant(raw))


def number_meant(raw: object) -> dict[str, Any]:
    """Give the number that a text means, be it one in quotation marks or one with its unit."""
    text = raw.strip() if isinstance(raw, str) else ""
    amount = text if _PLAIN.fullmatch(text) else amount_in(text)
    # a number in the file, which a message shows without quotation marks
    return {} if amount is None else {"near": Decimal(amount)}


def refuse_several(raw: object) -> None:
    """Refuse a text that holds several amounts where one should stand.

    Args:
        raw: What the file says.

    Raises:
        Wrong: It holds several; the message shows them apart.
    """
    parts = _BETWEEN.split(raw.strip()) if isinstance(raw, str) else []
    amounts = [number_meant(part).get("near") for part in parts]
    if len(amounts) > 1 and None not in amounts:
        raise Wrong("several-amounts", value=raw, parts=[str(one) for one in amounts])


def refuse_number(raw: object, *path: str | int, unit: str) -> None:
    """Refuse a number that stands among names: it needs one of its own.

    Args:
        raw: What stands there.
        path: Where, below the list.
        unit: The key that states such a number.

    Raises:
        Wrong: It is a number, or the text of one that no name can be.
    """
    text = isinstance(raw, str) and ("." in raw or "/" in raw)
    if isinstance(raw, bool) or not (text or isinstance(raw, int | Decimal)):
        return
    number = number_meant(raw).get("near", raw)
    try:
        read_number(number)
    except Wrong:
        return
    raise Wrong("number-among-names", path, value=raw, number=typed(number), unit=unit)


def read_fen(raw: object) -> Fraction:
    """Read an amount of yuan as fen; it may have a fraction of a fen."""
    if isinstance(raw, str) and _FRACTION.fullmatch(raw):
        yuan = read_number(raw)
        fen_from_yuan(int(yuan))  # refuses what is beyond any pay
        return yuan * FEN_PER_YUAN
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        refuse_several(raw)
        raise Wrong("not-yuan", value=raw, **number_meant(raw))
    return fen_from_yuan(raw)
