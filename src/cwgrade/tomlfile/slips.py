"""What people type by mistake: full-width marks, and bare words, days and numbers TOML refuses."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs

from cwgrade.numerals import rungs_in

__all__ = [
    "CLOSING",
    "MARKS",
    "OPENING",
    "QUOTES",
    "Slip",
    "amount_in",
    "check_bare",
    "day_meant",
    "half_width",
    "mark_slips",
    "means_missing",
]

QUOTES: Final = dict.fromkeys("“”„‟＂「」", '"') | dict.fromkeys("‘’＇", "'")
OPENING: Final = {"［": "[", "【": "[", "〔": "[", "（": "[", "｛": "{"}
CLOSING: Final = {"］": "]", "】": "]", "〕": "]", "）": "]", "｝": "}"}


def _marks() -> dict[str, tuple[str, str]]:
    marks = {chr(place): ("ime-letter", chr(place - 0xFEE0)) for place in range(0xFF01, 0xFF5F)}
    marks |= {chr(place): ("ime-digits", chr(place - 0xFEE0)) for place in range(0xFF10, 0xFF1A)}
    for code, pairs in {
        "ime-quote": QUOTES,
        "ime-bracket": OPENING | CLOSING,
        "ime-equals": {"＝": "="},
        "ime-comma": {"，": ",", "、": ",", "﹐": ",", "；": ","},
        "ime-colon": {"：": "=", "∶": "="},
        "ime-dot": {"．": ".", "。": ".", "｡": "."},
        "ime-minus": {"－": "-", "−": "-", "–": "-", "—": "-", "﹣": "-"},
        "ime-hash": {"＃": "#"},
        "ime-space": dict.fromkeys("\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff", " "),
    }.items():
        marks |= {mark: (code, half) for mark, half in pairs.items()}
    return marks


MARKS: Final = _marks()
"""Marks that an input method types: the code of the slip, and the half-width mark meant."""

_HALF: Final = str.maketrans({mark: half for mark, (_, half) in MARKS.items()})
_WHOLE: Final = re.compile(r"[+-]?(?:0|[1-9](?:_?\d)*)", re.ASCII)
_BASED: Final = re.compile(r"0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*")
_FLOAT: Final = re.compile(
    r"[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?", re.ASCII
)
_SPECIAL: Final = re.compile(r"[+-]?(?:nan|inf)")
_TIME: Final = r"\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2})?"
_DAY: Final = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}})(?:[Tt ]{_TIME})?", re.ASCII)
_CLOCK: Final = re.compile(_TIME, re.ASCII)
_MONTHS, _DAYS = 12, 31
_LOOSE_DAY: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})?\s*日?)?", re.ASCII
)
_LOOSE_YEAR: Final = re.compile(r"(\d{4})\s*年度?", re.ASCII)
_LEADING_ZERO: Final = re.compile(r"[+-]?0\d+(?:\.\d+)?", re.ASCII)
_PERCENT: Final = re.compile(r"[+-]?\d+(?:\.\d+)?[%％‰]", re.ASCII)
_UNIT: Final = r"(?:元|圆|块|yuan|rmb|cny|年|个月|月|级|档|岁|人|倍|个?百分点)(?:[/每]\S*)?"
_WITH_UNIT: Final = re.compile(
    rf"[¥￥]?(?P<number>[+-]?\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<ten_thousand>万)?(?:{_UNIT})?",
    re.IGNORECASE,
)
_SAYS_MISSING: Final = frozenset(
    [
        "missing",
        "mising",
        "unstated",
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "tbd",
        "?",
        "??",
        "-",
        "--",
        "未载",
        "缺",
        "缺失",
        "缺项",
        "不详",
        "未知",
        "未公布",
        "未明确",
        "未规定",
        "未说明",
        "未列",
        "未列明",
        "待定",
        "待查",
        "空",
    ]
)
_BROKEN_NUMBER: Final = re.compile(r"[+-]?(?:\.\d+|\d+\.)", re.ASCII)
_MOST_DIGITS: Final = 40
"""Python refuses to read whole numbers of thousands of digits; past these no number is meant."""
_WORDS: Final = {"true", "false"}


@attrs.frozen
class Slip:
    """One thing that stands wrong.

    Attributes:
        code: The code of its message.
        place: Where in the text, counted in characters from 0.
        facts: What the message is built from.
    """

    code: str
    place: int
    facts: dict[str, Any] = attrs.field(factory=dict, hash=False)


def amount_in(text: str) -> str | None:
    """Give the number of a text that writes its unit too, or `None` where it is nothing of the kind.

    Args:
        text: What stands where a number should.

    Examples:
        >>> amount_in("7200元"), amount_in("1.5万元/年"), amount_in("720.00"), amount_in("甲等")
        ('7200', '15000', None, None)
    """
    match = _WITH_UNIT.fullmatch(half_width(text).strip())
    if match is None or match[0].isdecimal() or _FLOAT.fullmatch(match[0]):
        return None
    number = Decimal(match["number"].replace(",", ""))
    return format(number.scaleb(4).normalize() if match["ten_thousand"] else number, "f")


def day_meant(text: str) -> str | None:
    """Give a day, month or year as a file writes it, or `None` where a text is nothing of the kind.

    Examples:
        >>> day_meant("2010.5.1"), day_meant("2010年5月"), day_meant("2010年"), day_meant("now")
        ('2010-05-01', '2010-05', '2010', None)
    """
    half = half_width(text).strip()
    if year := _LOOSE_YEAR.fullmatch(half):
        return year[1]
    match = _LOOSE_DAY.fullmatch(half)
    if match is None or not 1 <= int(match[2]) <= _MONTHS or int(match[3] or 1) > _DAYS:
        return None
    return "-".join((match[1], *(f"{int(part):02d}" for part in match.groups()[1:] if part)))


def means_missing(text: str) -> bool:
    """Tell whether somebody means by a word that the source has no value.

    Examples:
        >>> means_missing("未载"), means_missing("Missing"), means_missing("master")
        (True, True, False)
    """
    return half_width(text).strip().casefold() in _SAYS_MISSING


def half_width(text: str) -> str:
    """Give a text as it would have been typed without the input method.

    Examples:
        >>> half_width("１２．５")
        '12.5'
    """
    return text.translate(_HALF)


def mark_slips(text: str, place: int) -> list[Slip]:
    """Find every run of full-width marks in a text that stands outside strings.

    Args:
        text: A piece of a line.
        place: Where the piece starts.

    Examples:
        >>> [(slip.code, slip.facts["half"]) for slip in mark_slips("a＝１２", 0)]
        [('ime-equals', '='), ('ime-digits', '12')]
    """
    slips: list[Slip] = []
    start = 0
    while start < len(text):
        code = MARKS.get(text[start], ("", ""))[0]
        end = start + 1
        while end < len(text) and code and MARKS.get(text[end], ("", ""))[0] == code:
            end += 1
        if code:
            run = text[start:end]
            slips.append(Slip(code, place + start, {"value": run, "half": half_width(run)}))
        start = end
    return slips


def check_bare(token: str, place: int) -> Slip | None:
    """Say what is wrong with a value that has no quotes, or `None` where TOML accepts it.

    Args:
        token: The value as it stands.
        place: Where it stands.

    Examples:
        >>> check_bare("010", 0).code, check_bare("2024-02-30", 0).code, check_bare("12", 0)
        ('toml-leading-zero', 'toml-no-such-day', None)
    """
    if match := _DAY.fullmatch(token):
        return None if _exists(match) else Slip("toml-no-such-day", place, {"value": token})
    if len(token) > _MOST_DIGITS and _WHOLE.fullmatch(token):
        facts: dict[str, Any] = {"value": token[:_MOST_DIGITS] + "…", "most": 10**15}
        return Slip("toml-number-too-large", place, facts)
    if token in _WORDS or any(
        form.fullmatch(token) for form in (_WHOLE, _BASED, _FLOAT, _SPECIAL, _CLOCK)
    ):
        return None
    half = half_width(token)
    if (amount := amount_in(half)) is not None:
        return Slip("toml-unit", place, {"value": token, "mend": amount})
    if means_missing(half) or half == "unknown":
        return Slip("toml-bare-missing", place, {"value": token, "mend": _quoted(token)})
    if half != token:
        return _full_width(token, half, place)
    code, mend = _refused(token)
    facts = {"value": token, "mend": mend}
    if code == "toml-leading-zero":
        facts["number"] = token.lstrip("+-").lstrip("0") or "0"
    return Slip(code, place, facts)


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def _full_width(token: str, half: str, place: int) -> Slip:
    codes = [MARKS[mark][0] for mark in token if mark in MARKS]
    code = "ime-digits" if "ime-digits" in codes else codes[0]
    first = place + next(at for at, mark in enumerate(token) if mark in MARKS)
    return Slip(code, first, {"value": token, "half": half})


def _refused(token: str) -> tuple[str, str]:
    """Name the slip in a half-width value, and give the value as it should be typed."""
    if (match := _LOOSE_DAY.fullmatch(token)) and (day := day_meant(token)):
        return "toml-bad-day", day if match[3] else f'"{day}"'
    if _LEADING_ZERO.fullmatch(token):
        return "toml-leading-zero", f'"{token}"'
    if _PERCENT.fullmatch(token):
        power = 3 if token.endswith("‰") else 2
        return "toml-percent", format(Decimal(token[:-1]).scaleb(-power), "f")
    if _BROKEN_NUMBER.fullmatch(token):
        return "toml-broken-number", format(Decimal(token), "f")
    if rungs := rungs_in(token):
        return "toml-range", ", ".join(map(str, rungs))
    lower = token.lower()
    if lower in _WORDS:
        return "toml-bare-word", lower
    return "toml-bare-word", _quoted(token)


def _quoted(token: str) -> str:
    return '"' + unicodedata.normalize("NFC", token).replace('"', "") + '"'
