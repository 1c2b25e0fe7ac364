"""Workbooks as sheets of text cells."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from cwgrade.errors import MissingExtra
from cwgrade.rosterfile.cells import cell_text
from cwgrade.rosterfile.sheets import Merged, Sheet, bounded, refuse

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

__all__ = ["sheets_of_workbook"]

LARGEST_UNPACKED: Final = 4_000_000_000
"""A workbook is packed; past this size its content is made to fill a machine, not to be read."""


def sheets_of_workbook(content: bytes, file: str) -> tuple[Sheet, ...]:
    """Read every sheet of a workbook.

    Args:
        content: The bytes of the file.
        file: Its name, for messages.

    Raises:
        RosterFileError: It is no workbook, protected by a password, or past the limits.
        MissingExtra: The extra `excel` is not installed.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise MissingExtra("missing-extra", library="python-calamine", extra="excel") from None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(part.file_size for part in packed.infolist())
        if size > LARGEST_UNPACKED:
            raise refuse("roster-too-large", file, value=size, most=LARGEST_UNPACKED)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return tuple(
                _sheet(book.get_sheet_by_index(place), f"{file}[{name}]")
                for place, name in enumerate(book.sheet_names)
            )
    except (CalamineError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refuse("roster-not-a-workbook", file, value=file, why=str(error)) from None


def _sheet(sheet: CalamineSheet, label: str) -> Sheet:
    lines = tuple(bounded(_rows(sheet), label))
    merged = tuple(
        Merged(first_row=first[0] + 1, last_row=last[0] + 1, column=first[1])
        for first, last in sheet.merged_cell_ranges or ()
        if last[0] > first[0]
    )
    return Sheet(name=sheet.name, label=label, lines=lines, merged=merged)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, Sequence[str]]]:
    # empty rows and columns before the first cell are kept, so that numbers are those of the sheet
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1):
        yield number, [cell_text(cell) for cell in row]
