"""One row's cells, read one by one; what is not understood is noted with row, column and value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar

import attrs

from cwgrade.dates import Day
from cwgrade.errors import ArgumentError, WorkerFault
from cwgrade.regions import read_region
from cwgrade.rosterfile.cells import (
    folded,
    is_serial,
    read_day,
    read_exact_day,
    read_last_day,
    read_last_month,
)
from cwgrade.rosterfile.columns import Column
from cwgrade.rosterfile.layout import DataRow, Table
from cwgrade.rosterfile.spellings import Spellings
from cwgrade.worker import EVENTS, Attainment

__all__ = ["Ending", "PostHeld", "Record"]

T = TypeVar("T")

_SEVERAL: Final = re.compile(r"[、;；/,，\n]+")
_POST_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)


@attrs.frozen
class PostHeld:
    """A post as a row states it: an id, or a title that the scheme maps."""

    post: str | None
    title: str | None


@attrs.frozen
class Ending:
    """The end of a period, half-open.

    Attributes:
        day: The day after the last one, `None` while it goes on.
        stated: False where the row says nothing of it.
    """

    day: Day | None
    stated: bool


class Record:
    """Reads the cells of one row and collects what is wrong with it.

    Attributes:
        number: The row in the sheet, from 1.
        faults: What is wrong, in the order it was met.
        serials: Whether a day was written as a spreadsheet's day number.
    """

    def __init__(self, row: DataRow, table: Table, spellings: Spellings) -> None:
        """Start with nothing wrong but cells to the right of the last header."""
        self.number = row.number
        self.faults: list[WorkerFault] = []
        self.serials = False
        self._cells = dict(row.cells)
        self._table = table
        self._spellings = spellings
        self._failed: set[str] = set()
        self._withheld: set[str] = set()
        if row.beyond:
            self.fault("row-too-long", value=list(row.beyond))

    def has_column(self, name: str) -> bool:
        """Tell whether the sheet has the column."""
        return name in self._table.columns

    @property
    def columns(self) -> Mapping[str, Column]:
        """The sheet's recognised columns by name."""
        return self._table.columns

    def failed(self, *names: str) -> bool:
        """Tell whether the cell of one of some columns was refused."""
        return not self._failed.isdisjoint(names)

    def raw(self, name: str) -> str:
        """Give the text of a cell as it stands."""
        return self._cells.get(name, "")

    def text(self, name: str) -> str:
        """Give the text of a cell; empty where nothing is known."""
        text = self._cells.get(name)
        return "" if not text or self._spellings.is_word("unknown", text) else text

    def is_absent(self, name: str) -> bool:
        """Tell whether a cell says that there is none."""
        text = self._cells.get(name)
        return text is not None and self._spellings.is_word("absent", text)

    def fault(self, code: str, name: str = "", /, **facts: object) -> None:
        """Note a fault of a column, or of the row."""
        if name:
            self._failed.add(name)
        self.faults.append(
            WorkerFault(
                code,
                file=self._table.label,
                path=self._table.headers.get(name, name),
                line=self.number,
                **facts,
            )
        )

    def refuse(self, error: ArgumentError, name: str = "") -> None:
        """Note what a reader or a value of `worker` refused."""
        self.fault(error.code, name, **error.facts)

    def withhold(self, name: str, error: ArgumentError) -> None:
        """Note what was refused before the row was read, and read the cell no more."""
        self.refuse(error, name)
        self._withheld.add(name)
        self._cells.pop(name, None)

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """Read a cell; `None` where it is empty, says that there is none, or is refused."""
        text = self.text(name)
        if not text or self._spellings.is_word("absent", text):
            return None
        try:
            return reader(text)
        except ArgumentError as error:
            self.refuse(error, name)
            return None

    def needed(self, name: str, reader: Callable[[str], T]) -> T | None:
        """Read a cell that the row must have."""
        if name in self._withheld:
            return None
        if not self.text(name) or self.is_absent(name):
            code = "cell-needed" if self.text(name) else "cell-empty"
            self.fault(code, name, value=self.text(name), column=name)
            return None
        return self.read(name, reader)

    def day(self, name: str, reader: Callable[[str], Day] = read_day) -> Day | None:
        """Read a day."""
        if name not in self._cells:
            return None
        self.serials = self.serials or is_serial(self.text(name))
        return self.read(name, reader)

    def needed_day(self, name: str) -> Day | None:
        """Read a day that the row must have."""
        self.serials = self.serials or is_serial(self.text(name))
        return self.needed(name, read_day)

    def value(self, name: str) -> str | None:
        """Read one value of the column's closed list; `none` where it says so."""
        text, column = self.text(name), self._table.columns.get(name)
        if not text or column is None:
            return None
        try:
            return self._spellings.value(column.vocabulary, text)
        except ArgumentError as error:
            self.refuse(error, name)
            return None

    def values(self, name: str) -> tuple[str, ...]:
        """Read one or several values of the column's closed list."""
        text, column = self.text(name), self._table.columns.get(name)
        if not text or column is None:
            return ()
        try:
            return (self._spellings.value(column.vocabulary, text),)
        except ArgumentError:
            found = []
        for part in filter(None, _SEVERAL.split(text)):
            try:
                found.append(self._spellings.value(column.vocabulary, part))
            except ArgumentError as error:
                self.refuse(error, name)
        return tuple(dict.fromkeys(found))

    def open_value(self, name: str, vocabulary: str) -> str | None:
        """Read a value of a list that schemes own; as it stands where nobody spelled it."""
        text = self.text(name)
        if not text:
            return None
        known = self._spellings.open_value(vocabulary, text)
        if known is not None:
            return known
        return "none" if self.is_absent(name) else folded(text)

    def region(self, column: str = "region") -> str | None:
        """Read the region, `None` where it is empty."""
        return self.read(column, lambda text: read_region(folded(text)))

    def post_held(self, column: str = "post", title_column: str = "title") -> PostHeld:
        """Read the post and title.

        A post's text that is no id is a title, so that the scheme maps it; where a title stands
        beside it, it is refused, because one of the two would be lost.
        """
        title = self.read(title_column, str) if title_column else None
        text = self.read(column, str)
        if text is None:
            return PostHeld(None, title)
        known = self._spellings.open_value("post", text)
        if known is not None:
            return PostHeld(known, title)
        if _POST_ID.fullmatch(folded(text)):
            return PostHeld(folded(text), title)
        if title is not None and title != text:
            self.fault("post-not-an-id", column, value=text, title=title)
        return PostHeld(None, text)

    def ending(self) -> Ending:
        """Read the end of a period: the last day or month, or the day after it."""
        found: dict[str, Day] = {}
        ongoing = False
        for name, reader in (
            ("end", read_last_day),
            ("end_month", read_last_month),
            ("until", read_day),
        ):
            if self._spellings.is_word("ongoing", self.text(name)) or self.is_absent(name):
                ongoing = True
                continue
            day = self.day(name, reader)
            if day is not None:
                found[name] = day
        if len(set(found.values())) + ongoing > 1:
            values = [self.text(name) for name in ("end", "end_month", "until") if self.text(name)]
            self.fault("row-two-ends", "end", value=values)
        day = next(iter(found.values()), None)
        return Ending(day, bool(found) or ongoing)

    def attainments(self, name: str, prefix: str) -> tuple[Attainment, ...]:
        """Read an attained fact with its days: `none` gives nothing.

        Args:
            name: The fact's column.
            prefix: What stands before the event in the names of the day columns.
        """
        days = {event: day for event in EVENTS if (day := self.day(f"{prefix}{event}")) is not None}
        recorded_on = self.recorded_on() if not prefix else None
        values = [value for value in self.values(name) if value != "none"]
        if len(values) > 1 and days:
            self.fault("row-days-for-several", name, value=self.text(name))
            return ()
        if not values and days and not self.failed(name):
            code = "row-days-for-nothing" if self.text(name) else "row-days-without-value"
            self.fault(code, name, value=self.text(name), column=name)
        return tuple(
            Attainment(
                value=value,
                obtained=days.get("obtained"),
                registered=days.get("registered"),
                reported=days.get("reported"),
                approved=days.get("approved"),
                appointed=days.get("appointed"),
                recorded_on=recorded_on,
            )
            for value in values
        )

    def recorded_on(self) -> date | None:
        """Read the day on which the row came on record."""
        self.serials = self.serials or is_serial(self.text("recorded_on"))
        return self.read("recorded_on", read_exact_day)
