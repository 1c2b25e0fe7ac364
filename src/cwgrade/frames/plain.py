"""CSV in parts with the standard library: its form, its rows as texts, and columns written back."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.errors import ArgumentError
from cwgrade.frames.coded import Coded, coded_texts
from cwgrade.frames.filled import Filled, Numbers
from cwgrade.frames.ids import Part, ids_of_texts
from cwgrade.frames.sheet import FrameSheet, sheet_of_columns
from cwgrade.rosterfile.columns import ROSTER, Column
from cwgrade.rosterfile.layout import count_known
from cwgrade.rosterfile.sheets import guarded, refuse, unguarded
from cwgrade.rosterfile.spellings import Spellings

__all__ = ["Form", "PlainPart", "PlainWriter", "form_of", "parts_of", "rows_of"]

Codes = NDArray[Any]

_SAMPLE: Final = 200_000
"""Bytes looked at to find out how a file is written."""
_DELIMITERS: Final = (",", "\t", ";")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


@attrs.frozen(kw_only=True)
class Form:
    """How a CSV file is written.

    Attributes:
        path: The file.
        encoding: Its encoding.
        delimiter: What stands between two cells.
        headers: Its first row.
    """

    path: Path
    encoding: str
    delimiter: str
    headers: tuple[str, ...]


def form_of(path: Path, spellings: Spellings) -> Form:
    """Find out how a CSV file is written.

    Args:
        path: The file; its first row is its header.
        spellings: How headers are spelled; they tell the delimiter.

    Raises:
        RosterFileError: It is not there, empty, or no text.
    """
    file = str(path)
    try:
        with path.open("rb") as source:
            content = source.read(_SAMPLE)
    except OSError as error:
        raise refuse("roster-not-readable", file, value=file, why=error.strerror) from None
    if not content.strip():
        raise refuse("roster-empty", file, value=file)
    encodings = ("utf-16",) if content.startswith(_UTF16_MARKS) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(content)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            break
    else:
        raise refuse("roster-not-text", file, value=content[:20])

    def header(sign: str) -> list[str]:
        found: list[str] = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
        return found

    delimiter = max(_DELIMITERS, key=lambda sign: count_known(header(sign), (ROSTER,), spellings))
    headers = tuple(unguarded(cell) for cell in header(delimiter))
    return Form(path=path, encoding=encoding, delimiter=delimiter, headers=headers)


def rows_of(form: Form) -> Iterator[list[str]]:
    """Read the rows below the header.

    Raises:
        RosterFileError: A row has another number of cells, a quotation mark is not closed, or it is no text.
    """
    file = str(form.path)
    row = -1
    try:
        with form.path.open(encoding=form.encoding, newline="") as source:
            reader = csv.reader(source, delimiter=form.delimiter, strict=True)
            next(reader)
            for row, cells in enumerate(filter(None, reader)):
                if len(cells) != len(form.headers):
                    own, count = len(cells), len(form.headers)
                    raise refuse("frame-row-cells", file, line=row, value=own, count=count)
                yield cells
    except csv.Error as error:
        raise refuse("roster-broken-csv", file, line=row + 1, why=str(error)) from None
    except UnicodeError as error:
        raise refuse("roster-not-text", file, line=row + 1, value=str(error)) from None


@attrs.frozen(kw_only=True, eq=False)
class PlainPart:
    """Some rows of a file.

    Attributes:
        headers: The headers.
        cells: The cells of each column; `None` is an empty one.
    """

    headers: tuple[str, ...]
    cells: tuple[list[str | None], ...]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.cells[0])

    def sheet(self, spellings: Spellings, part: Part, label: str) -> FrameSheet:
        """Understand the columns; see `cwgrade.frames.sheet.sheet_of`."""

        def code(place: int, _: Column, in_fen: bool) -> Coded:  # noqa: FBT001 -- told by the sheet
            if in_fen and any(self.cells[place]):
                raise ArgumentError("frame-fen-not-whole", value="String")
            return coded_texts(self.cells[place])

        return sheet_of_columns(
            self.headers,
            self.size,
            ROSTER,
            spellings,
            label=label,
            part=part,
            code=code,
            read_ids=lambda place, table: ids_of_texts(self.cells[place], table, spellings, part),
        )


def parts_of(form: Form, size: int) -> Iterator[PlainPart]:
    """Read a file part by part.

    Args:
        form: The file and how it is written.
        size: How many rows a part has at most.

    Yields:
        The parts; one without rows where the file has none.
    """
    rows = rows_of(form)
    taken = [*itertools.islice(rows, size)]
    while True:
        columns = zip(*taken, strict=True) if taken else ([] for _ in form.headers)
        cells = tuple([unguarded(cell) or None for cell in column] for column in columns)
        yield PlainPart(headers=form.headers, cells=cells)
        taken = [*itertools.islice(rows, size)]
        if not taken:
            return


class PlainWriter:
    """Writes columns as CSV in UTF-8 with a byte-order mark; text in quotation marks, and never a formula."""

    def __init__(self, target: BinaryIO) -> None:
        """Start a file that is open."""
        self._target = target
        self._begun = False

    def wide(self, part: PlainPart, columns: Sequence[Filled]) -> None:
        """Write a part with columns beside its own."""
        own = [[None if one is None else _quoted(one) for one in cells] for cells in part.cells]
        self._write([*part.headers, *(one.name for one in columns)], [*own, *map(_told, columns)])

    def long(
        self,
        part: PlainPart,
        sheet: FrameSheet,
        rows: Codes,
        header: str,
        columns: Sequence[Filled],
    ) -> None:
        """Write rows of columns, each after the id of its row in a part."""
        del part
        ids = [_quoted(text) if (text := sheet.ids.raw(row)) else None for row in rows.tolist()]
        self._write([header, *(one.name for one in columns)], [ids, *map(_told, columns)])

    def close(self) -> None:
        """End the file."""

    def _write(self, headers: Sequence[str], columns: Sequence[Iterable[str | None]]) -> None:
        if not self._begun:
            self._begun = True
            self._target.write(codecs.BOM_UTF8)
            self._target.write((",".join(map(_quoted, headers)) + "\n").encode())
        lines = (",".join(one or "" for one in cells) for cells in zip(*columns, strict=True))
        self._target.write("".join(f"{line}\n" for line in lines).encode())


def _quoted(text: str) -> str:
    return '"' + guarded(text).replace('"', '""') + '"'


def _told(column: Filled) -> list[str | None]:
    if isinstance(column, Numbers):
        pairs = zip(column.amounts.tolist(), column.held.tolist(), strict=True)
        return [str(amount) if held else None for amount, held in pairs]
    texts: Codes = np.array([None if one is None else _quoted(one) for one in column.texts], object)
    found: list[str | None] = texts[column.codes].tolist()
    return found
