"""A form on paper: a workbook that prints on whole pages, its header on each, with room to sign."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cwgrade.errors import ArgumentError
from cwgrade.forms.paper import Column, Kind, Sheet
from cwgrade.money import FEN_PER_YUAN, capitals
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.rosterfile.writing import new_workbook, require_room, require_writer, written_whole
from cwgrade.statement.terminal import width
from cwgrade.wording.printed import printed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_form"]

_FONT: Final = "宋体"
_PAPER: Final = {"A3": 8, "A4": 9}
_LINE: Final = 15
"""Points of a line of text."""
_ROW: Final = 24
_SIGNING: Final = 36
_NUMBERS: Final = {Kind.MONEY: "#,##0.00", Kind.DAY: "yyyy-mm-dd"}
_SHORT: Final = 18
"""Columns of text up to this width are centred."""
_PIXELS: Final = {("A4", True): 1026, ("A4", False): 696, ("A3", True): 1490, ("A3", False): 1026}
"""Room between the margins of a page, lying or standing."""
_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
"""What the name of a sheet cannot hold, and how long it can be."""


def write_form(path: Path | str, sheet: Sheet) -> None:
    """Write a form to a workbook that is ready to print.

    The page has the paper and direction of the form, all columns on its width, title and header again on each page, and
    its number below. The file is written whole or not at all.

    Args:
        path: The `.xlsx` file.
        sheet: The form.

    Raises:
        ArgumentError: It is no `.xlsx` file, or the file cannot be written there.
        MissingExtra: The extra `excel` is not installed.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise ArgumentError("write-kind-unknown", value=path.name, accepted=[".xlsx"])
    require_writer()
    require_room(path, len(sheet.rows))
    with written_whole(path) as target:
        book = new_workbook(target)
        try:
            _Page(book, sheet).write()
        finally:
            book.close()


class _Page:
    """The worksheet of a form, written from the top down."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book = book
        self.form = sheet
        self.page: Worksheet = book.add_worksheet(sheet.title[:_NAME].translate(_NOT_IN_NAMES))
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.widths = _stretched([one.width for one in sheet.columns], _room(sheet))
        self.last = len(sheet.columns) - 1
        self.row = 0

    def write(self) -> None:
        form = self.form
        for place, wide in enumerate(self.widths):
            self.page.set_column(place, place, wide)
        self._across(form.title, height=34, bold=True, font_size=18, align="center")
        if form.banner:
            told = printed("banner", text="".join(form.banner))
            self._across(told, height=18, font_color="#C00000", align="center")
        self._heading()
        self._header()
        repeated = self.row - 1
        for cells in form.rows:
            self._cells(cells)
        if form.totals:
            self._cells(form.totals, bold=True)
        if form.total_fen is not None:
            text = printed("capitals-value", capitals=capitals(form.total_fen))
            self._across(
                f"{printed('capitals')}：{text}", height=_ROW, bold=True, border=1, indent=1
            )
        if form.basis:
            self._prose(printed("basis"), form.basis)
        if form.remarks:
            listed = (f"{number}. {text}。" for number, text in enumerate(form.remarks, 1))
            self._prose(printed("remarks"), "\n".join(listed))
        self._signatures()
        self._set_up(repeated)

    # --- parts from the top down ---

    def _heading(self) -> None:
        """Write what stands between title and table: the first to the left, the last to the right."""
        fields = self.form.heading
        for place, (first, last) in enumerate(self._shares(len(fields))):
            field = fields[place]
            value = "" if field.value is None else str(field.value)
            align = "left" if place == 0 else "right" if place == len(fields) - 1 else "center"
            self._merge(first, last, f"{field.label}：{value}", align=align)
        self._next(22)

    def _header(self) -> None:
        lines = 1
        for place, column in enumerate(self.form.columns):
            look = self._look(
                bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F2F2"
            )
            self.page.write_string(self.row, place, column.label, look)
            lines = max(lines, _lines(column.label, self.widths[place]))
        self._next(max(_ROW, _LINE * lines + 6))

    def _cells(self, cells: Sequence[Cell], *, bold: bool = False) -> None:
        lines = 1
        for place, (column, cell) in enumerate(zip(self.form.columns, cells, strict=True)):
            self._cell(place, column, cell, bold=bold)
            if isinstance(cell, str):
                lines = max(lines, _lines(cell, self.widths[place]))
        self._next(max(_ROW, _LINE * lines + 4))

    def _cell(self, place: int, column: Column, cell: Cell, *, bold: bool) -> None:
        kind = column.kind if not isinstance(cell, str) else Kind.TEXT
        align = "right" if kind is Kind.MONEY else "center"
        if kind is Kind.TEXT and column.width > _SHORT:
            align = "left"
        shape: dict[str, Any] = {"num_format": _NUMBERS[kind]} if kind in _NUMBERS else {}
        if align != "center":
            shape["indent"] = 1
        look = self._look(border=1, align=align, text_wrap=True, bold=bold, **shape)
        match cell:
            case None:
                self.page.write_blank(self.row, place, None, look)
            case Yuan():
                self.page.write_number(self.row, place, cell.fen / FEN_PER_YUAN, look)
            case str():
                self.page.write_string(self.row, place, cell, look)
            case date() if not isinstance(cell, datetime):
                self.page.write_datetime(self.row, place, cell, look)
            case int() if not isinstance(cell, bool):
                self.page.write_number(self.row, place, cell, look)
            case _:
                raise ArgumentError("write-not-a-cell", value=cell, kind=type(cell).__name__)

    def _prose(self, label: str, text: str) -> None:
        told = f"{label}：{text}"
        lines = sum(_lines(one, sum(self.widths)) for one in told.split("\n"))
        self._across(told, height=_LINE * lines + 4, font_size=9, text_wrap=True)

    def _signatures(self) -> None:
        names = self.form.signatures
        if not names:
            return
        self._next(8)
        for place, (first, last) in enumerate(self._shares(len(names))):
            self._merge(first, last, printed("signing", who=names[place]))
        self._next(_SIGNING)

    def _set_up(self, repeated: int) -> None:
        """Set what the printer needs."""
        page = self.page
        page.set_paper(_PAPER[self.form.paper])
        if self.form.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, repeated)
        page.freeze_panes(repeated + 1, 0)
        page.print_area(0, 0, self.row - 1, self.last)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.set_footer("&C" + printed("page"))
        page.hide_gridlines(2)

    # --- ways of writing ---

    def _across(self, text: str, *, height: float, **look: Any) -> None:
        self._merge(0, self.last, text, **look)
        self._next(height)

    def _merge(self, first: int, last: int, text: str, **look: Any) -> None:
        shape = self._look(**look)
        if first == last:
            self.page.write_string(self.row, first, text, shape)
        else:
            self.page.merge_range(self.row, first, self.row, last, "", shape)
            self.page.write_string(self.row, first, text, shape)

    def _shares(self, count: int) -> Iterator[tuple[int, int]]:
        """Cut the columns into as many stretches, each about as wide as the others."""
        widths = self.widths
        whole, start, reached = sum(widths), 0, 0
        for share in range(1, count + 1):
            end = start
            reached += widths[end]
            rest = count - share
            while end + rest < self.last and reached * count < whole * share:
                end += 1
                reached += widths[end]
            end = self.last if share == count else end
            yield start, end
            start = end + 1

    def _next(self, height: float) -> None:
        self.page.set_row(self.row, height)
        self.row += 1

    def _look(self, **wanted: Any) -> Format:
        """Give a format, made once for each look."""
        every = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", **wanted}
        key = tuple(sorted(every.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(every)
        return self.formats[key]


def _room(sheet: Sheet) -> int:
    return _PIXELS[sheet.paper, sheet.landscape]


def _stretched(widths: Sequence[int], room: int) -> list[int]:
    """Widen columns until they fill the page; what is wider than it is left to the printer's scale."""
    # a narrow character has seven pixels, and a column five more
    letters = room // 7 - len(widths)
    share = max(1.0, letters / sum(widths))
    return [int(one * share) for one in widths]


def _lines(text: str, columns: int) -> int:
    """Count the lines that a text takes in a cell."""
    return max(1, math.ceil(width(text) / max(1, columns - 1)))
