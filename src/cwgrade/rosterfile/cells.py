"""What offices write in one cell: days, months, grades, amounts, periods and ids.

Full-width digits and letters are read like the usual ones. What is not understood is refused with
the value; nothing is guessed.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from cwgrade.dates import Day, PartialDate
from cwgrade.errors import ArgumentError
from cwgrade.money import fen_from_yuan
from cwgrade.numerals import rung_in

__all__ = [
    "PLAIN_ID_HAS",
    "PLAIN_ID_HAS_NOT",
    "cell_text",
    "folded",
    "is_serial",
    "key_of",
    "read_day",
    "read_exact_day",
    "read_fen",
    "read_grade",
    "read_last_day",
    "read_last_month",
    "read_months",
    "read_period",
    "read_worker_id",
    "tidy",
]

_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width that come along when text is pasted from web pages and chat programs."""


def tidy(text: str) -> str:
    r"""Trim spaces of every kind from both ends, the full-width and invisible ones too.

    Examples:
        >>> tidy("\u3000007\u200b ")
        '007'
    """
    text = text.strip()
    while text and (text[0] in _INVISIBLE or text[-1] in _INVISIBLE):
        text = text.strip(_INVISIBLE).strip()
    return text


_EXACT_DIGITS: Final = 15
"""A spreadsheet keeps fifteen digits of a number; a longer id stored as a number is lost."""
_MIDNIGHT: Final = " 00:00:00"


def cell_text(cell: object) -> str:
    """Give the text of a cell that is stored as a number, a day or anything else.

    Examples:
        >>> cell_text(63.0), cell_text(0.1 + 0.2), cell_text(1e17), cell_text(date(2019, 7, 1))
        ('63', '0.3', '1.00000000000000E+17', '2019-07-01')
    """
    match cell:
        case str():
            return cell
        case bool():
            return str(cell)
        case int() | float():
            return _number(cell)
        case _:
            # days and times as ISO 8601; a day is a day, even where it is stored as its midnight
            return str(cell).removesuffix(_MIDNIGHT)


def _number(number: float) -> str:
    if abs(number) >= 10**_EXACT_DIGITS:
        return f"{number:.{_EXACT_DIGITS - 1}E}"
    if number == int(number):
        return str(int(number))
    # the digits that a spreadsheet shows: 0.1 + 0.2 is 0.3
    return f"{number:.{_EXACT_DIGITS}g}"


def folded(text: str) -> str:
    """Give the text with full-width forms as the usual ones and without any space.

    Examples:
        >>> folded("２０１９ 年（元）")
        '2019年(元)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


_IGNORED: Final = re.compile(r"[\s_\-*:'\"]+")


@functools.lru_cache(maxsize=65_536)
def key_of(text: str) -> str:
    r"""Give the form in which spellings are compared: no case, no spaces, no joining marks.

    Examples:
        >>> key_of("Worker ID"), key_of("* 入职\n日期："), key_of("full-time")
        ('workerid', '入职日期', 'fulltime')
    """
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold().strip(_INVISIBLE))


# ------------------------------------------------------------------------------------------- days

_AROUND_MARKS: Final = re.compile(r"\s*([-/.年月日号])\s*")
_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?"
_FULL: Final = re.compile(
    rf"(\d{{4}})[-/.年](\d{{1,2}})[-/.月](\d{{1,2}})(?:(?:[日号]|[ T]+)(?:{_CLOCK})?)?", re.ASCII
)
_EIGHT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH: Final = re.compile(r"(\d{4})([-/.年])(\d{1,2})(?:月份?)?|(\d{4})(\d{2})", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})年?", re.ASCII)
_SERIAL: Final = re.compile(r"[1-9]\d{4}", re.ASCII)
_SERIAL_DIGITS: Final = 5
_DAY_ZERO: Final = date(1899, 12, 30)
"""Day 0 of the spreadsheets' calendar, as it stands after their invented 29 February 1900."""
_DAY_FORMS: Final = (
    "2019-07-01",
    "2019/7/1",
    "2019年7月1日",
    "20190701",
    "2019.07",
    "2019年7月",
    "2019",
)
_ONE_DAY: Final = timedelta(days=1)


def is_serial(text: str) -> bool:
    """Tell whether a day is written as a spreadsheet's day number of five digits."""
    return len(text) >= _SERIAL_DIGITS and _SERIAL.fullmatch(folded(text)) is not None


@functools.lru_cache(maxsize=65_536)
def read_day(text: str) -> Day:
    """Read a day, or only its month or year, as offices write it.

    Raises:
        ArgumentError: It is no day, there is no such day, or it can be read in two ways.

    Examples:
        >>> read_day("2019年7月1日"), read_day("２０１９．０７"), read_day("43647")
        (datetime.date(2019, 7, 1), PartialDate(year=2019, month=7), datetime.date(2019, 7, 1))
    """
    form = _AROUND_MARKS.sub(r"\1", unicodedata.normalize("NFKC", text)).strip()
    if match := _FULL.fullmatch(form) or _EIGHT.fullmatch(form):
        partial = PartialDate(int(match[1]), int(match[2]))
        try:
            return date(partial.year, int(match[2]), int(match[3]))
        except ValueError:
            raise ArgumentError("no-such-day", value=text) from None
    if match := _MONTH.fullmatch(form):
        if match[2] == "." and match[3] == "1":
            # a spreadsheet turns the number 2019.10 into 2019.1
            raise ArgumentError(
                "cell-month-ambiguous", value=text, accepted=[f"{match[1]}-01", f"{match[1]}-10"]
            )
        return PartialDate(int(match[1] or match[4]), int(match[3] or match[5]))
    if match := _YEAR.fullmatch(form):
        return PartialDate(int(match[1]))
    if _SERIAL.fullmatch(form):
        return _DAY_ZERO + timedelta(days=int(form))
    raise ArgumentError("cell-not-a-day", value=text, accepted=list(_DAY_FORMS))


def read_exact_day(text: str) -> date:
    """Read a day that must be known exactly.

    Raises:
        ArgumentError: It is no day, or only a month or year.
    """
    day = read_day(text)
    if isinstance(day, PartialDate):
        raise ArgumentError("cell-day-not-exact", value=text)
    return day


def read_last_day(text: str) -> date:
    """Read an inclusive last day and give the day after it.

    Here, and only here, last days as offices write them become half-open.

    Raises:
        ArgumentError: It is no day, or only a month or year.

    Examples:
        >>> read_last_day("2019-06-30")
        datetime.date(2019, 7, 1)
    """
    day = read_day(text)
    if isinstance(day, PartialDate):
        raise ArgumentError("cell-last-day-not-exact", value=text)
    return day + _ONE_DAY


def read_last_month(text: str) -> date:
    """Read a last month that was served to its end, and give the first day after it.

    Raises:
        ArgumentError: It is no month.

    Examples:
        >>> read_last_month("2019.12")
        datetime.date(2020, 1, 1)
    """
    day = read_day(text)
    if day.month is None:
        raise ArgumentError("cell-not-a-month", value=text)
    # a spreadsheet stores a month that is typed into it as the month's first day
    return PartialDate(day.year, day.month).last + _ONE_DAY


# ------------------------------------------------------------------------- numbers, periods and ids

_COUNT: Final = re.compile(r"(\d{1,4})(?:\.0+)?(?:个?月)?", re.ASCII)
_YEARS_MONTHS: Final = re.compile(r"(\d{1,2})年(?:(?:零|又)?(\d{1,2})个?月)?", re.ASCII)
_MOST_MONTHS: Final = 1200
"""A hundred years."""


def read_months(text: str) -> int:
    """Read a whole number of months.

    Raises:
        ArgumentError: It is no such number, or past a hundred years.

    Examples:
        >>> read_months("63"), read_months("63个月"), read_months("5年3个月")
        (63, 63, 63)
    """
    form = folded(text)
    if match := _COUNT.fullmatch(form):
        months = int(match[1])
    elif match := _YEARS_MONTHS.fullmatch(form):
        months = 12 * int(match[1]) + int(match[2] or 0)
    else:
        raise ArgumentError("cell-not-months", value=text, accepted=["63", "5年3个月"])
    if months > _MOST_MONTHS:
        raise ArgumentError("cell-too-many-months", value=text, most=_MOST_MONTHS)
    return months


def read_grade(text: str) -> int:
    """Read a grade.

    Raises:
        ArgumentError: It is no whole number from 1.

    Examples:
        >>> read_grade("7"), read_grade("7级"), read_grade("十八级")
        (7, 7, 18)
    """
    grade = rung_in(text)
    if grade is None:
        raise ArgumentError("cell-not-a-grade", value=text, accepted=["7", "7级", "七级"])
    return grade


_PLAIN_AMOUNT: Final = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
_GROUPED_AMOUNT: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)


def read_fen(text: str) -> int:
    """Read an amount in yuan and give it in fen.

    Raises:
        ArgumentError: It is no amount, or has a part of a fen.

    Examples:
        >>> read_fen("1,200.50"), read_fen("￥３００元")
        (120050, 30000)
    """
    form = folded(text).removeprefix("¥").removesuffix("元")
    if not _PLAIN_AMOUNT.fullmatch(form) and not _GROUPED_AMOUNT.fullmatch(form):
        raise ArgumentError("cell-not-yuan", value=text, accepted=["1200", "1200.50", "1,200.50"])
    fen = fen_from_yuan(form.replace(",", ""))
    if fen.denominator != 1:
        raise ArgumentError("cell-fraction-of-fen", value=text)
    return int(fen)


_PERIOD_YEAR: Final = re.compile(r"(\d{4})年?(?:度)?", re.ASCII)
_PERIOD_HALF: Final = re.compile(
    r"(\d{4})(?:年?(?:度)?([上下])半年|[-.]?H([12]))", re.ASCII | re.IGNORECASE
)
_PERIOD_QUARTER: Final = re.compile(
    r"(\d{4})(?:年?(?:度)?第?([1-4一二三四])季度|[-.]?Q([1-4]))", re.ASCII | re.IGNORECASE
)
_PERIOD_MONTH: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})月?", re.ASCII)


@functools.lru_cache(maxsize=4096)
def read_period(text: str) -> str:
    """Read an assessment period and give it as `Rating.period` writes it.

    Raises:
        ArgumentError: It is no year, half-year, quarter or month.

    Examples:
        >>> read_period("2023年度"), read_period("2018年上半年"), read_period("2018年第3季度")
        ('2023', '2018H1', '2018Q3')
    """
    form = folded(text)
    if match := _PERIOD_YEAR.fullmatch(form):
        return str(PartialDate(int(match[1])))
    if match := _PERIOD_HALF.fullmatch(form):
        half = match[3] or ("1" if match[2] == "上" else "2")
        return f"{PartialDate(int(match[1]))}H{half}"
    if match := _PERIOD_QUARTER.fullmatch(form):
        quarter = match[3] or match[2]
        number = quarter if quarter.isdigit() else str(rung_in(quarter))
        return f"{PartialDate(int(match[1]))}Q{number}"
    if (match := _PERIOD_MONTH.fullmatch(form)) and not form.endswith(".1"):
        return str(PartialDate(int(match[1]), int(match[2])))
    raise ArgumentError(
        "cell-not-a-period", value=text, accepted=["2023", "2023年上半年", "2023Q3", "2023-07"]
    )


_DAMAGED: Final = re.compile(
    r"[-+]?\d+(?:\.\d+)?[eE]\+\d+|\d{16,}\.\d*"
    r"|\d{4}-\d{2}-\d{2}(?: .*)?|\d{1,2}月\d{1,2}日|#[A-Z/0!?]+",
    re.ASCII,
)
"""An id that a spreadsheet has turned into a rounded number, a day or an error."""
PLAIN_ID_HAS: Final = r"[0-9]"
PLAIN_ID_HAS_NOT: Final = r"[^0-9A-Za-z_-]|^[0-9]{4}-[0-9]{2}-|^[_-]"
"""A text with a match of the first and none of the second is an id as it stands, so that a
million of them need not be read one by one. Both mean the same to every engine of dataframes."""


def read_worker_id(text: str) -> str:
    """Read a worker's id, opaque text.

    Raises:
        ArgumentError: A spreadsheet has damaged it, or it goes over several lines.

    Examples:
        >>> read_worker_id("007")
        '007'
    """
    if _DAMAGED.fullmatch(text):
        raise ArgumentError("id-damaged", value=text)
    if not text.isprintable():
        raise ArgumentError("id-not-one-line", value=text)
    return text
