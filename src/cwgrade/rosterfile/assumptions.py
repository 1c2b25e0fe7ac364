"""What a caller assumes of workers of whom it is unknown: `--assume honours=none`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Final

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.cells import folded
from cwgrade.rosterfile.columns import (
    ATTAINED,
    FACT_PREFIX,
    ROSTER,
    STATES,
    Column,
    Reads,
    SheetColumns,
)
from cwgrade.rosterfile.spellings import Spellings

__all__ = ["DAYS", "Assumption", "assumptions_of"]

DAYS: Final = Column(name="days", reads=Reads.TEXT)
"""What is assumed of days that are known to their month: no column of any sheet."""
_DAYS_WORDS: Final = (DAYS.name, "日期")
_FIRST: Final = "first_of_month"
_FIRST_WORDS: Final = (_FIRST, "当月1日", "1日")
_FIELD: Final = re.compile(r"\w[.\[]\w")
"""What the path of a field of a scheme has, and the name of a fact has not."""
_COLUMNS: Final = (*(known.column for known in ATTAINED), *STATES)


@attrs.frozen
class Assumption:
    """One assumption.

    Attributes:
        column: The column that is filled in where it is unknown.
        value: The value, canonical; `none` where there is assumed to be none.
    """

    column: Column
    value: str

    def __str__(self) -> str:
        return f"{self.column.name}={self.value}"


def assumptions_of(
    assume: Mapping[str, str], spellings: Spellings, sheet: SheetColumns = ROSTER
) -> tuple[Assumption, ...]:
    """Check what a caller assumes.

    Args:
        assume: Values by fact, each spelled as in a roster.
        spellings: How they are spelled.
        sheet: The kind of sheet whose columns can be assumed.

    Raises:
        ArgumentError: There is no such fact or value, or it is a field of a scheme.

    Examples:
        >>> from cwgrade.rosterfile.spellings import shipped_spellings
        >>> [str(each) for each in assumptions_of({"荣誉": "无"}, shipped_spellings())]
        ['honours=none']
    """
    if not isinstance(assume, Mapping):
        raise ArgumentError("not-a", name="assume", value=assume, kind="dict")
    return tuple(_assumption(name, text, spellings, sheet) for name, text in assume.items())


def _assumption(name: str, text: str, spellings: Spellings, sheet: SheetColumns) -> Assumption:
    for one in (name, text):
        if not isinstance(one, str):
            raise ArgumentError("not-text", name="assume", value=one)
    if folded(name) in _DAYS_WORDS:
        if folded(text) not in _FIRST_WORDS:
            facts = {"value": text, "fact": DAYS.name, "near": _FIRST, "accepted": [_FIRST]}
            raise ArgumentError("assume-not-a-value", **facts)
        return Assumption(DAYS, _FIRST)
    column = spellings.header(sheet, name)
    if column is None or not (
        column.name in _COLUMNS
        or column.vocabulary == "rating"
        or column.name.startswith(FACT_PREFIX)
    ):
        if _FIELD.search(name) and not name.startswith(FACT_PREFIX):
            raise ArgumentError("assume-a-field", value=name)
        near = difflib.get_close_matches(name, (*_COLUMNS, DAYS.name), n=1)
        raise ArgumentError(
            "assume-not-a-fact",
            value=name,
            near=near[0] if near else None,
            accepted=[*_COLUMNS, "rating_2025", "fact:NAME", DAYS.name],
        )
    if column.reads is Reads.TEXT:
        value = spellings.open_value(column.vocabulary, text) or folded(text)
        value = "none" if spellings.is_word("absent", text) else value
    else:
        try:
            value = spellings.value(column.vocabulary, text)
        except ArgumentError as error:
            raise ArgumentError(
                "assume-not-a-value",
                **{**error.facts, "fact": name},
            ) from None
    return Assumption(column, value)
