"""Writing tables to CSV or a workbook: whole or not at all, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import attrs

from cwgrade.errors import ArgumentError, MissingExtra
from cwgrade.money import FEN_PER_YUAN, yuan_text
from cwgrade.rosterfile.sheets import guarded

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = [
    "Cell",
    "Yuan",
    "new_workbook",
    "require_room",
    "require_writer",
    "write_table",
    "written_whole",
]

MOST_WORKBOOK_ROWS: Final = 1_048_576
MOST_WORKBOOK_COLUMNS: Final = 16_384
LONGEST_WORKBOOK_CELL: Final = 32_767
_MOST_EXACT: Final = 10**15
"""A spreadsheet keeps fifteen digits; past them a whole number is written as text."""


@attrs.frozen
class Yuan:
    """An amount of money in a cell.

    Attributes:
        fen: The amount, in whole fen; it is written in yuan with two decimals.
    """

    fen: int = attrs.field(validator=attrs.validators.instance_of(int))


Cell = str | int | Yuan | date | None
"""What a cell can hold. Ids are text; `None` is an empty cell."""


def write_table(
    path: Path | str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title_rows: Iterable[Sequence[Cell]] = (),
    sheet: str = "Sheet1",
) -> None:
    """Write a table to a `.csv` or `.xlsx` file.

    The file is written beside its place and put there when it is complete: an existing file stays
    untouched where anything fails. CSV is UTF-8 with a byte-order mark, so that spreadsheets read
    Chinese. Text is never taken for a
    formula.

    Args:
        path: The file; its suffix tells the form.
        header: The names of the columns.
        rows: One sequence of cells for each row, as long as the header.
        title_rows: Rows above the header, of any length.
        sheet: The name of the sheet in a workbook.

    Raises:
        ArgumentError: The file cannot be written there, or a row or cell is not of a kind that can
            be written.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "pay.csv")
        >>> write_table(path, ["工号", "应发合计（元）"], [["007", Yuan(436100)], ["=1+1", None]])
        >>> path.read_text(encoding="utf-8-sig").split()
        ['工号,应发合计（元）', '007,4361.00', "'=1+1,"]
    """
    path = Path(path)
    suffix = path.suffix.casefold()
    table = _Lines(header, rows, title_rows)
    if suffix == ".csv":
        with written_whole(path) as target:
            _write_csv(target, table)
    elif suffix == ".xlsx":
        require_writer()
        if not _SHEET_NAME.fullmatch(sheet):
            raise ArgumentError("write-sheet-name", value=sheet)
        with written_whole(path) as target:
            _write_workbook(target, table, sheet)
    else:
        raise ArgumentError("write-kind-unknown", value=path.name, accepted=[".csv", ".xlsx"])


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its place only when it is complete.

    Args:
        path: The place. A file that is there already keeps its permissions, and stays untouched
            where anything fails.

    Raises:
        ArgumentError: The folder is missing, the place is a folder, or writing there is not
            allowed.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise ArgumentError("write-target-is-folder", value=str(path))
    if not place.parent.is_dir():
        raise ArgumentError("write-folder-missing", value=str(path.parent))
    temporary = place.with_name(f".cwgrade-{uuid.uuid4().hex}.tmp")
    try:
        target = temporary.open("xb")
    except OSError as error:
        raise ArgumentError("write-refused", value=str(path), why=error.strerror) from None
    try:
        with target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        try:
            if place.exists():
                shutil.copymode(place, temporary)
            temporary.replace(place)
        except OSError as error:
            raise ArgumentError("write-refused", value=str(path), why=error.strerror) from None
    finally:
        temporary.unlink(missing_ok=True)


class _Lines:
    """The rows of a table, checked one by one as they are taken."""

    def __init__(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[Cell]],
        title_rows: Iterable[Sequence[Cell]],
    ) -> None:
        self.header = header
        self.titles = [list(row) for row in title_rows]
        self._rows = rows

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        yield from self.titles
        yield self.header
        for number, row in enumerate(self._rows, 1):
            if len(row) != len(self.header):
                raise ArgumentError(
                    "write-row-length", row=number, value=len(row), header=len(self.header)
                )
            yield row


def _write_csv(target: BinaryIO, lines: _Lines) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    for row in lines:
        writer.writerow([_csv_text(cell) for cell in row])
    # detached, so that the file stays open for the one who opened it
    text.flush()
    text.detach()


def _csv_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case Yuan():
            return yuan_text(cell.fen)
        case int() if not isinstance(cell, bool):
            return str(cell)
        case date() if not isinstance(cell, datetime):
            return cell.isoformat()
        case _:
            raise ArgumentError("write-not-a-cell", value=cell, kind=type(cell).__name__)


def require_writer() -> None:
    """Refuse where no workbook can be written.

    Raises:
        MissingExtra: The extra `excel` is not installed.
    """
    try:
        import xlsxwriter  # noqa: F401
    except ImportError:
        raise MissingExtra("missing-extra", library="xlsxwriter", extra="excel") from None


def require_room(path: Path, rows: int) -> None:
    """Refuse a workbook for more rows than a sheet holds, before anybody computes them.

    Args:
        path: The file; one that is no workbook holds any number.
        rows: How many rows stand below the header.

    Raises:
        ArgumentError: They do not fit.
    """
    if path.suffix.casefold() == ".xlsx" and rows >= MOST_WORKBOOK_ROWS:
        raise ArgumentError("write-too-many-rows", most=MOST_WORKBOOK_ROWS)


_SHEET_NAME: Final = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
_NO_CLOCK: Final = datetime(2000, 1, 1)  # noqa: DTZ001 -- workbooks know no time zones
"""The day of making that a workbook carries: the same table gives the same file."""


def new_workbook(target: BinaryIO, *, row_by_row: bool = False) -> Workbook:
    """Start a workbook in which text stays text.

    Args:
        target: The open file.
        row_by_row: Keeps one row in memory at a time.
    """
    from xlsxwriter import Workbook

    book = Workbook(
        target,
        {
            "constant_memory": row_by_row,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"created": _NO_CLOCK})
    return book


def _write_workbook(target: BinaryIO, lines: _Lines, name: str) -> None:
    book = new_workbook(target, row_by_row=True)
    try:
        sheet = book.add_worksheet(name)
        money = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        above = len(lines.titles)
        sheet.freeze_panes(above + 1, 0)
        sheet.set_row(above, None, book.add_format({"bold": True}))
        for number, row in enumerate(lines):
            _check_room(number, row)
            for column, cell in enumerate(row):
                match cell:
                    case None:
                        pass
                    case Yuan():
                        sheet.write_number(number, column, cell.fen / FEN_PER_YUAN, money)
                    case int() if not isinstance(cell, bool) and abs(cell) < _MOST_EXACT:
                        sheet.write_number(number, column, cell)
                    case date() if not isinstance(cell, datetime):
                        sheet.write_datetime(number, column, cell, day)
                    case _:
                        sheet.write_string(number, column, _plain_text(cell, number))
    finally:
        # closing also takes away the workbook's own temporary files
        book.close()


def _check_room(number: int, row: Sequence[Cell]) -> None:
    if number >= MOST_WORKBOOK_ROWS:
        raise ArgumentError("write-too-many-rows", most=MOST_WORKBOOK_ROWS)
    if len(row) > MOST_WORKBOOK_COLUMNS:
        raise ArgumentError("write-too-many-columns", value=len(row), most=MOST_WORKBOOK_COLUMNS)


def _plain_text(cell: Cell, number: int) -> str:
    """Give a text, or the digits of a number that a spreadsheet would round."""
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        raise ArgumentError("write-not-a-cell", value=cell, kind=type(cell).__name__)
    text = str(cell)
    if len(text) > LONGEST_WORKBOOK_CELL:
        raise ArgumentError(
            "write-cell-too-long", row=number + 1, value=len(text), most=LONGEST_WORKBOOK_CELL
        )
    return text
