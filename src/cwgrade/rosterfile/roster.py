"""A roster as a value: its rows in order, and what was noticed while it was read."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from cwgrade import wording
from cwgrade.errors import WorkerFault
from cwgrade.rosterfile.layout import SkippedRow
from cwgrade.worker import Worker

__all__ = ["Notice", "Roster", "RosterRow", "notice_of_rows"]

_ROWS_SHOWN = 10


@attrs.frozen
class Notice:
    """Something about a roster that its reader should know; it is no fault.

    Attributes:
        code: A stable name.
        facts: What the sentence is built from.

    Examples:
        >>> Notice("notice-sheet-not-read", (("sheet", "a.xlsx[Sheet2]"),)).text()
        'a.xlsx[Sheet2] was not read: it has no header of a roster'
    """

    code: str
    facts: tuple[tuple[str, object], ...] = ()

    def text(self, lang: wording.Language = "en") -> str:
        """Say it in a language."""
        return wording.say(self.code, dict(self.facts), lang)

    def __str__(self) -> str:
        return self.text()


def notice_of_rows(code: str, rows: Iterable[int], **facts: object) -> Notice:
    """Make a notice about rows: how many, and the first ten."""
    numbers = tuple(rows)
    shown: tuple[object, ...] = numbers[:_ROWS_SHOWN]
    if len(numbers) > _ROWS_SHOWN:
        shown = (*shown, "…")
    return Notice(code, (("count", len(numbers)), ("rows", shown), *facts.items()))


@attrs.frozen(kw_only=True)
class RosterRow:
    """One row of data.

    Attributes:
        number: The row in the sheet, or the line in the text file, from 1.
        worker_id: The id as it stands; empty where the row has none.
        worker: The worker, `None` where the row has a fault.
        faults: All that is wrong with the row and with the worker's rows in the long sheets.
        passed_through: Header and text of the columns that are not recognised.
        notices: What the reader concluded for this worker, such as service from a number of months.
    """

    number: int
    worker_id: str
    worker: Worker | None
    faults: tuple[WorkerFault, ...] = ()
    passed_through: tuple[tuple[str, str], ...] = ()
    notices: tuple[Notice, ...] = ()


@attrs.frozen(kw_only=True)
class Roster:
    """A roster that was read.

    Attributes:
        file: The file as it was given.
        rows: Every row of data, in the order of the sheet.
        notices: What its reader should know, each said once.
        skipped: Title rows, blank rows, subtotals, notes and repeated headers.
        unrecognised: Headers of the main sheet that are not recognised; their cells pass through.
        orphans: Faults of rows in long sheets whose worker is not in the main sheet.
    """

    file: str
    rows: tuple[RosterRow, ...]
    notices: tuple[Notice, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    unrecognised: tuple[str, ...] = ()
    orphans: tuple[WorkerFault, ...] = ()

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The workers of the rows without a fault, in order."""
        return tuple(row.worker for row in self.rows if row.worker is not None)

    @property
    def faults(self) -> tuple[WorkerFault, ...]:
        """Every fault, row by row, then the orphans."""
        return (*(fault for row in self.rows for fault in row.faults), *self.orphans)
