"""A file as sheets of text cells, whatever it is stored as.

Sizes are bounded; nothing is interpreted yet.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

from cwgrade.errors import RosterFileError, WorkerFault
from cwgrade.rosterfile.cells import tidy

__all__ = [
    "FORMULA_STARTS",
    "LARGEST_FILE",
    "LONGEST_CELL",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "TEXT_SUFFIXES",
    "WORKBOOK_SUFFIXES",
    "Line",
    "Merged",
    "Sheet",
    "bounded",
    "guarded",
    "refuse",
    "sheets_of",
    "unguarded",
]

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Signs at the start of a text that a spreadsheet would take for a formula."""
LARGEST_FILE: Final = 500_000_000
MOST_ROWS: Final = 2_000_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 10_000
TEXT_SUFFIXES: Final = (".csv", ".tsv", ".txt")
WORKBOOK_SUFFIXES: Final = (".xlsx", ".xlsm")

_DELIMITERS: Final = (",", "\t", ";")
_SAMPLE: Final = 200_000
_SAMPLE_ROWS: Final = 100
"""Characters and rows looked at to find the delimiter: title rows, the header and some rows."""
_WORKBOOK_MARKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of a workbook, new and old."""
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@attrs.frozen
class Line:
    """One row of a sheet.

    Attributes:
        number: Its row in the sheet, or its line in the text file, from 1.
        cells: Its cells as text, without the empty ones at the end.
    """

    number: int
    cells: tuple[str, ...]


@attrs.frozen
class Merged:
    """Cells merged into one, which a workbook stores in the first.

    Attributes:
        first_row: First row, from 1.
        last_row: Last row.
        column: First column, from 0.
    """

    first_row: int
    last_row: int
    column: int


@attrs.frozen(kw_only=True)
class Sheet:
    """One sheet.

    Attributes:
        name: Its name; empty for a text file.
        label: The file and sheet as messages name them.
        lines: Its rows from the top, blank ones between others included.
        merged: Cells merged over several rows.
    """

    name: str
    label: str
    lines: tuple[Line, ...]
    merged: tuple[Merged, ...] = ()


def refuse(
    code: str, file: str, *, line: int | None = None, path: str = "", **facts: object
) -> RosterFileError:
    """Make the error of a file that cannot be read at all."""
    return RosterFileError([WorkerFault(code, file=file, path=path, line=line, **facts)])


def sheets_of(path: Path, known_headers: Callable[[Sequence[str]], int]) -> tuple[Sheet, ...]:
    """Read every sheet of a file.

    Args:
        path: A text file or a workbook, told by its suffix.
        known_headers: Counts the cells of a row that are known headers; tells the delimiter of a
            text file.

    Raises:
        RosterFileError: There is no such file, it is of another kind, broken, or past the limits.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.
    """
    file = str(path)
    suffix = path.suffix.casefold()
    if suffix not in (*TEXT_SUFFIXES, *WORKBOOK_SUFFIXES):
        raise refuse(
            "roster-kind-unknown",
            file,
            value=path.suffix,
            accepted=[".csv", ".tsv", ".txt", ".xlsx"],
        )
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise refuse("roster-too-large", file, value=size, most=LARGEST_FILE)
        content = path.read_bytes()
    except OSError as error:
        raise refuse("roster-not-readable", file, value=file, why=error.strerror) from None
    if not content.strip():
        raise refuse("roster-empty", file, value=file)
    if suffix in WORKBOOK_SUFFIXES:
        from cwgrade.rosterfile.workbook import sheets_of_workbook

        return sheets_of_workbook(content, file)
    if content.startswith(_WORKBOOK_MARKS):
        raise refuse("roster-workbook-in-disguise", file, value=path.name)
    text = _decoded(content, file)
    delimiter = max(
        _DELIMITERS,
        key=lambda sign: max(map(known_headers, _sample(text, sign)), default=0),
    )
    lines = tuple(bounded(_parsed(text, delimiter, file), file))
    return (Sheet(name="", label=file, lines=lines),)


def bounded(rows: Iterable[tuple[int, Sequence[str]]], label: str) -> Iterator[Line]:
    """Make lines of rows: cells trimmed, empty ones at the end cut off, limits watched.

    Raises:
        RosterFileError: A limit is passed.
    """
    for count, (number, row) in enumerate(rows):
        cells = [tidy(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if count >= MOST_ROWS and cells:
            raise refuse("roster-too-many-rows", label, value=number, most=MOST_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise refuse(
                "roster-too-many-columns", label, line=number, value=len(cells), most=MOST_COLUMNS
            )
        for cell in cells:
            if len(cell) > LONGEST_CELL:
                raise refuse(
                    "roster-cell-too-long", label, line=number, value=len(cell), most=LONGEST_CELL
                )
        yield Line(number, tuple(cells))


def _decoded(content: bytes, file: str) -> str:
    encodings = ("utf-16",) if content.startswith(_UTF16_MARKS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise refuse("roster-not-text", file, value=content[:20])


def _sample(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        sample = csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter)
        yield from itertools.islice(sample, _SAMPLE_ROWS)
    except csv.Error:
        return


def _parsed(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    # strict: a quote that nothing closes would otherwise swallow all rows after it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for row in reader:
            yield before + 1, [unguarded(cell) for cell in row]
            before = reader.line_num
    except csv.Error as error:
        raise refuse("roster-broken-csv", file, line=before + 1, why=str(error)) from None


def guarded(text: str) -> str:
    """Protect a text from being taken for a formula.

    Examples:
        >>> guarded("=1+1"), guarded("007")
        ("'=1+1", '007')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unguarded(cell: str) -> str:
    """Take off what protects a cell from a spreadsheet: `'=1` and `="007"`."""
    if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS):
        return cell[1:]
    if cell.startswith('="') and cell.endswith('"') and len(cell) > len('=""'):
        return cell[2:-1]
    return cell
