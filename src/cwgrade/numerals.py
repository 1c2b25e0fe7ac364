"""Whole numbers as documents print them: in digits or Chinese numerals, with the word of what they count."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["rung_in", "rungs_in"]

_RUNG: Final = re.compile(
    r"(?:第|grade|step)?"
    r"(?:(\d{1,3})(?:\.0+)?|([一二三四五六七八九]?十?[一二三四五六七八九]?))"
    r"(?:级岗?|等|档|岗)?",
    re.ASCII | re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[-~—–－～]+|至|到|\.\.")
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


def rungs_in(text: str) -> tuple[int, int] | None:
    """Give the lowest and the highest rung of a range, or `None` where a text is none.

    Examples:
        >>> rungs_in("4-15"), rungs_in("四级至十五级"), rungs_in("第4～15级"), rungs_in("15-4")
        ((4, 15), (4, 15), (4, 15), None)
    """
    ends = [rung_in(part) for part in _BETWEEN.split(text)]
    match ends:
        case [int() as low, int() as high] if low < high:
            return low, high
        case _:
            return None
