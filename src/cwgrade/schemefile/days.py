"""Days as a scheme file writes them, known exactly, in part or not at all, and what a text in their place means."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from cwgrade.dates import FIRST_YEAR, LAST_YEAR, AnnualDay, Day, day_from_text
from cwgrade.errors import ArgumentError
from cwgrade.schemefile.problems import Wrong
from cwgrade.tomlfile.slips import day_meant, half_width

__all__ = ["attested", "read_annual_day", "read_day", "read_day_or_unknown", "read_published"]

_PART_OF_DAY: Final = re.compile(r"\d{4}(?:-\d{2})?", re.ASCII)
_WHOLE_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH_AND_DAY: Final = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?", re.ASCII)


def _in_reach(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentError("year-out-of-range", value=day.year, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def read_day(raw: object) -> date:
    """Read a day that is known exactly."""
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise Wrong("not-a-toml-day", value=raw, mend=_day_to_write(raw))
    return _in_reach(raw)


def _day_to_write(raw: object) -> str:
    """Give the day that a text means as a file writes it, or an example of one."""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    meant = day_meant(raw) if isinstance(raw, str) else None
    return meant if meant is not None and _WHOLE_DAY.fullmatch(meant) else "2016-01-01"


def _part_of_day_meant(raw: object) -> dict[str, Any]:
    """Give the month or year that a text such as 2019年7月 means."""
    meant = day_meant(raw) if isinstance(raw, str) else None
    return {"near": meant} if meant is not None and _PART_OF_DAY.fullmatch(meant) else {}


def attested(certain: Callable[[Day], date]) -> Callable[[object], date]:
    """Read a first or last day with proof; of a month or year alone, the day for which it is proof in any case."""

    def read(raw: object) -> date:
        if isinstance(raw, date):
            return read_day(raw)
        if not isinstance(raw, str) or not _PART_OF_DAY.fullmatch(raw):
            facts = {"mend": _day_to_write(raw), **_part_of_day_meant(raw)}
            raise Wrong("not-attested", value=raw, **facts)
        return _in_reach(certain(day_from_text(raw)))

    return read


def read_day_or_unknown(raw: object) -> date | None:
    """Read a day that nobody may have been able to find out."""
    if raw == "unknown":
        return None
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise Wrong("not-a-day-or-unknown", value=raw, mend=_day_to_write(raw))
    return _in_reach(raw)


def read_published(raw: object) -> Any:
    """Read the day of a publication, of which the month or year alone may be known, or nothing."""
    if raw == "unknown":
        return raw
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return _in_reach(raw)
    if not isinstance(raw, str):
        raise Wrong("not-a-publication", value=raw, mend=_day_to_write(raw))
    try:
        return day_from_text(raw)
    except ArgumentError as error:
        if error.code == "not-a-day":
            facts = {"mend": _day_to_write(raw), **_part_of_day_meant(raw)}
            raise Wrong("not-a-publication", value=raw, **facts) from None
        raise


def read_annual_day(raw: object) -> AnnualDay:
    """Read a day that comes every year."""
    if not isinstance(raw, str):
        raise Wrong("not-annual-day", value=raw, **_annual_day_meant(raw))
    try:
        return AnnualDay.from_text(raw)
    except ArgumentError:
        raise Wrong("not-annual-day", value=raw, **_annual_day_meant(raw)) from None


def _annual_day_meant(raw: object) -> dict[str, Any]:
    """Give the month and day that a whole day or a text such as 7月1日 means."""
    if isinstance(raw, date):
        return {"near": f"{raw:%m-%d}"}
    match = _MONTH_AND_DAY.fullmatch(half_width(raw).strip()) if isinstance(raw, str) else None
    return {} if match is None else {"near": f"{int(match[1]):02d}-{int(match[2]):02d}"}
