"""Whole numbers as documents print them: in digits or Chinese numerals, with the word of what they count."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["rung_in"]

_RUNG: Final = re.compile(
    r"(?:第|grade|step)?"
    r"(?:(\d{1,3})(?:\.0+)?|([一二三四五六七八九]?十?[一二三四五六七八九]?))"
    r"(?:级岗?|等|档|岗)?",
    re.ASCII | re.IGNORECASE,
)
_NUMERALS: Final = "零一二三四五六七八九"


def rung_in(text: str) -> int | None:
    """Give the grade or step that a text names, or `None` where it names none.

    Examples:
        >>> rung_in("7"), rung_in("７ 级"), rung_in("十八级"), rung_in("第二档"), rung_in("Grade 3")
        (7, 7, 18, 2, 3)
        >>> rung_in("等级"), rung_in("0级")
        (None, None)
    """
    match = _RUNG.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if match is None:
        return None
    if match[1]:
        return int(match[1]) or None
    tens, ten, units = match[2].rpartition("十")
    if not ten:
        # two numerals side by side are no number
        return _NUMERALS.index(units) if len(units) == 1 else None
    return 10 * (_NUMERALS.index(tens) if tens else 1) + (_NUMERALS.index(units) if units else 0)
