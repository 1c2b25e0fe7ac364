"""An office's own workbook, filled by the labels in its cells; nothing else in it is changed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.errors import ArgumentError, MissingExtra
from cwgrade.forms.labels import bare, names_of
from cwgrade.forms.paper import Card, Column, Field, Kind, Sheet
from cwgrade.money import FEN_PER_YUAN, yuan_text
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.rosterfile.writing import written_whole

__all__ = ["Filled", "fill_template", "require_templates"]

_LARGEST: Final = 20_000_000
_LARGEST_UNPACKED: Final = 200_000_000
_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 200
"""A form is a sheet of paper; past this a workbook is something else."""
_FEWEST: Final = 3
"""Labels of columns in a row that make it the header of a table."""
_TOTAL: Final = "合计"
_TITLES: Final = ("表", "单", "册")
_LABEL: Final = re.compile(r"[^\d\s，。；]{1,20}[：:]?")
"""What looks as if something should be written beside it."""


@attrs.frozen(kw_only=True)
class Filled:
    """What became of a template.

    Attributes:
        placed: Labels whose values were written, each with its cell.
        unknown: Cells that look like labels and are none that the form knows, each with its text.
        taken: Labels beside and below which something stands already, so that nothing was written.
        homeless: Labels of amounts and other values of the form for which the template has no place.
    """

    placed: tuple[tuple[str, str], ...]
    unknown: tuple[tuple[str, str], ...]
    taken: tuple[tuple[str, str], ...]
    homeless: tuple[str, ...]


def fill_template(template: Path | str, path: Path | str, form: Sheet | Card) -> Filled:
    """Fill an office's own workbook by the labels in its cells.

    A cell that holds the label of a single thing, such as 编制单位, gets its value in the empty cell to the right of
    it, or else below it; where both are taken, behind its own colon. A row that holds at least three labels of the
    form's columns is the header of the table; the rows are written below it, and the sums in the row that begins with
    合计. Formulas, looks and everything else stay as they are. The table must have room: rows are never inserted,
    because formulas would not follow.

    Args:
        template: The office's `.xlsx` file.
        path: Where the filled one is written, whole or not at all.
        form: The form.

    Returns:
        What was written where, which labels are unknown, and which values have no place.

    Raises:
        ArgumentError: The template is no workbook, has no known label, or too little room.
        MissingExtra: The extra `forms` is not installed.
    """
    template, path = Path(template), Path(path)
    book = _opened(template)
    placed: list[tuple[str, str]] = []
    unknown: list[tuple[str, str]] = []
    taken: list[tuple[str, str]] = []
    for sheet in book.worksheets:
        filler = _Filler(sheet, form, str(template))
        filler.fill()
        placed += filler.placed
        unknown += filler.unknown
        taken += filler.taken
    if not placed:
        known = [one.label for one in _columns(form)] + [one.label for one in form.fields]
        raise ArgumentError("template-no-label", value=str(template), accepted=known)
    found = {name for name, _ in placed}
    with written_whole(path) as target:
        book.save(target)
    return Filled(
        placed=tuple(placed),
        unknown=tuple(unknown),
        taken=tuple(taken),
        homeless=tuple(_homeless(form, found)),
    )


def require_templates() -> None:
    """Refuse where no template can be filled.

    Raises:
        MissingExtra: The extra `forms` is not installed.
    """
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise MissingExtra("missing-extra", library="openpyxl", extra="forms") from None


def _opened(template: Path) -> Any:
    require_templates()
    from openpyxl import load_workbook

    if template.suffix.casefold() != ".xlsx":
        raise ArgumentError("write-kind-unknown", value=template.name, accepted=[".xlsx"])
    try:
        if template.stat().st_size > _LARGEST:
            raise ArgumentError("template-too-large", value=str(template))
        content = template.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _LARGEST_UNPACKED:
                raise ArgumentError("template-too-large", value=str(template))
        return load_workbook(io.BytesIO(content))
    except OSError as error:
        raise ArgumentError("no-such-file", value=str(template)) from error
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        if isinstance(error, ArgumentError):
            raise
        raise ArgumentError(
            "template-not-a-workbook", value=str(template), why=str(error)
        ) from None


def _columns(form: Sheet | Card) -> tuple[Column, ...]:
    return form.columns if isinstance(form, Sheet) else ()


def _asks(text: str) -> bool:
    """Tell whether a text looks as if something should stand beside it; a title does not."""
    short = text.strip()
    return bool(_LABEL.fullmatch(short)) and not short.endswith(_TITLES)


def _signed(form: Sheet | Card) -> tuple[str, ...]:
    """Give the labels beside which people sign."""
    return form.signatures if isinstance(form, Sheet) else form.opinions


def _homeless(form: Sheet | Card, found: set[str]) -> Iterator[str]:
    """Give what the form says and the template has no label for: every amount, and who it is about."""
    if isinstance(form, Sheet):
        for place, column in enumerate(form.columns):
            some = any(row[place] not in (None, Yuan(0)) for row in form.rows)
            if column.name not in (*found, "number") and column.kind is not Kind.BLANK and some:
                yield column.label
    else:
        for field in (one for row in form.boxes for one in row):
            if field.name not in found and field.value is not None:
                yield field.label


class _Filler:
    """One sheet of a template."""

    def __init__(self, sheet: Any, form: Sheet | Card, file: str) -> None:
        if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
            raise ArgumentError("template-too-large", value=f"{file}[{sheet.title}]")
        self.sheet = sheet
        self.form = form
        self.place = f"{file}[{sheet.title}]"
        self.placed: list[tuple[str, str]] = []
        self.unknown: list[tuple[str, str]] = []
        self.taken: list[tuple[str, str]] = []
        self._merged = {
            (row, column): area
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }

    def fill(self) -> None:
        """Write the table, then single values; what looks like a label and is none is kept in mind."""
        used = self._table(self.form) if isinstance(self.form, Sheet) else frozenset()
        fields = names_of(self.form.fields)
        by_hand = {bare(one) for one in _signed(self.form)}
        texts = [
            (cell, cell.value)
            for row in self.sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.row not in used and bare(cell.value)
        ]
        for cell, text in texts:
            field = fields.get(bare(text))
            if field is not None:
                self._single(cell, field)
            elif bare(text) not in by_hand and _asks(text) and self._beside(cell) is not None:
                self.unknown.append((text.strip(), self._name(cell)))

    # --- single values ---

    def _single(self, cell: Any, field: Field) -> None:
        place = self._beside(cell)
        if place is None and cell.value.rstrip().endswith((":", "：")):
            # nothing is free around it, and the label itself leaves the end open
            if field.value is not None:
                _write(cell, f"{cell.value.rstrip()}{_text(field.value)}")
            self.placed.append((field.name, self._name(cell)))
            return
        if place is None:
            self.taken.append((field.label, self._name(cell)))
            return
        if field.value is not None:
            _write(place, field.value)
        self.placed.append((field.name, self._name(place)))

    def _beside(self, cell: Any) -> Any | None:
        """Give the empty cell to the right of a label, or else the one below it, inside the sheet's own area."""
        area = self._merged.get((cell.row, cell.column))
        right = (cell.row, (area.max_col if area else cell.column) + 1)
        below = ((area.max_row if area else cell.row) + 1, cell.column)
        for row, column in (right, below):
            if row <= self.sheet.max_row and column <= self.sheet.max_column:
                other = self._merged.get((row, column))
                found = self.sheet.cell(
                    other.min_row if other else row, other.min_col if other else column
                )
                # a merged area that begins elsewhere belongs to something else
                if found.value is None and (found.row, found.column) == (row, column):
                    return found
        return None

    # --- the table ---

    def _table(self, form: Sheet) -> frozenset[int]:
        """Write the rows below the header, and the sums; give the rows of the sheet that the table takes."""
        header = self._header(form)
        if header is None:
            return frozenset()
        number, columns = header
        room = list(self._room(number, columns))
        sums = self._sums(number, columns)
        if len(room) < len(form.rows) and sums is None and self._is_free(room, number, columns):
            room = list(range(number + 1, number + 1 + len(form.rows)))
        if len(room) < len(form.rows):
            raise ArgumentError(
                "template-no-room", value=self.place, room=len(room), rows=len(form.rows)
            )
        places = {column.name: place for place, column in enumerate(form.columns)}
        for row, cells in zip(room, form.rows, strict=False):
            for column, name in columns.items():
                cell = self.sheet.cell(row, column)
                if row > room[0] and not cell.has_style:
                    _look_like(cell, self.sheet.cell(room[0], column))
                if cells[places[name]] is not None:
                    _write(cell, cells[places[name]])
        self.placed += [
            (name, self._name(self.sheet.cell(number, column))) for column, name in columns.items()
        ]
        taken = {number, *room}
        if sums is not None:
            taken.add(sums)
            for column, name in columns.items():
                cell = self.sheet.cell(sums, column)
                total = form.totals[places[name]] if form.totals else None
                if isinstance(total, Yuan) and cell.value is None:
                    _write(cell, total)
        self._strangers(number, columns)
        return frozenset(taken)

    def _header(self, form: Sheet) -> tuple[int, Mapping[int, str]] | None:
        """Find the row with most labels of columns."""
        known = names_of(form.columns)
        best: tuple[int, dict[int, str]] | None = None
        for row in self.sheet.iter_rows():
            found: dict[int, str] = {}
            for cell in row:
                column = known.get(bare(cell.value)) if isinstance(cell.value, str) else None
                if column is not None and column.name not in found.values():
                    found[cell.column] = column.name
            if len(found) >= _FEWEST and (best is None or len(found) > len(best[1])):
                best = (row[0].row, found)
        if best is None:
            return None
        # a header may be merged over two rows
        last = max(
            area.max_row if (area := self._merged.get((best[0], column))) else best[0]
            for column in best[1]
        )
        return last, best[1]

    def _room(self, header: int, columns: Mapping[int, str]) -> Iterator[int]:
        """Give the rows below the header that are empty in the table's columns; a number already there does no harm."""
        for row in range(header + 1, self.sheet.max_row + 1):
            cells = [
                self.sheet.cell(row, column) for column, name in columns.items() if name != "number"
            ]
            first = self.sheet.cell(row, 1).value
            if any(cell.value is not None for cell in cells) or isinstance(first, str):
                return
            if any((row, cell.column) in self._merged for cell in cells):
                return
            yield row

    def _sums(self, header: int, columns: Mapping[int, str]) -> int | None:
        """Find the row below the table that begins with 合计."""
        for row in range(header + 1, self.sheet.max_row + 1):
            for column in range(1, max(columns) + 1):
                text = self.sheet.cell(row, column).value
                if isinstance(text, str) and bare(text) == _TOTAL:
                    return row
        return None

    def _is_free(self, room: Sequence[int], header: int, columns: Mapping[int, str]) -> bool:
        """Tell whether nothing at all stands below the table."""
        return all(
            self.sheet.cell(row, column).value is None
            for row in range((room[-1] if room else header) + 1, self.sheet.max_row + 1)
            for column in range(1, max(columns) + 1)
        )

    def _strangers(self, header: int, columns: Mapping[int, str]) -> None:
        """Keep in mind what the header has beside the columns that are known."""
        for cell in self.sheet[header]:
            if isinstance(cell.value, str) and cell.column not in columns:
                self.unknown.append((cell.value.strip(), self._name(cell)))

    def _name(self, cell: Any) -> str:
        return f"{self.sheet.title}!{cell.coordinate}"


def _write(cell: Any, value: Cell) -> None:
    """Write a value; a text is never taken for a formula, and a look that the office chose stays."""
    match value:
        case Yuan():
            cell.value = Decimal(value.fen) / FEN_PER_YUAN
            if cell.number_format == "General":
                cell.number_format = "#,##0.00"
        case date():
            cell.value = value
            if cell.number_format == "General":
                cell.number_format = "yyyy-mm-dd"
        case str():
            cell.value = value
            cell.data_type = "s"
        case _:
            cell.value = value


def _text(value: Cell) -> str:
    return yuan_text(value.fen) if isinstance(value, Yuan) else str(value)


def _look_like(cell: Any, other: Any) -> None:
    if other.has_style:
        cell._style = other._style  # noqa: SLF001 -- the way openpyxl copies a look inside one workbook
