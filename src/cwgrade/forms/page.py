"""A page of a form in a workbook: text across columns, looks, and what the printer needs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from cwgrade.errors import ArgumentError
from cwgrade.forms.paper import Card, Kind, Sheet
from cwgrade.money import FEN_PER_YUAN
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.statement.terminal import width
from cwgrade.wording.printed import printed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["LINE", "NUMBERS", "ROW", "Page", "lines_of"]

LINE: Final = 15
"""Points of a line of text."""
ROW: Final = 24
"""Points of a row with one line."""
NUMBERS: Final = {Kind.MONEY: "#,##0.00_ ", Kind.DAY: "yyyy-mm-dd"}
_FONT: Final = "宋体"
_PAPER: Final = {"A3": 8, "A4": 9}
_PIXELS: Final = {("A4", True): 1026, ("A4", False): 696, ("A3", True): 1490, ("A3", False): 1026}
"""Room between the margins of a page, lying or standing."""
_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
"""What the name of a sheet cannot hold, and how long it can be."""


class Page:
    """The worksheet of a form, written from the top down."""

    def __init__(
        self, book: Workbook, form: Sheet | Card, widths: Sequence[int], *, landscape: bool
    ) -> None:
        """Start a page.

        Args:
            book: The workbook.
            form: The form.
            widths: How wide the columns are at least, in narrow characters.
            landscape: Whether the page lies on its side.
        """
        self.form: Final = form
        self.landscape: Final = landscape
        self.widths: Final = _stretched(widths, _PIXELS[form.paper, landscape])
        self.last: Final = len(widths) - 1
        self.row = 0
        self._book = book
        self.sheet: Final[Worksheet] = book.add_worksheet(
            form.title[:_NAME].translate(_NOT_IN_NAMES)
        )
        self._looks: dict[tuple[tuple[str, Any], ...], Format] = {}
        for place, wide in enumerate(self.widths):
            self.sheet.set_column(place, place, wide)

    def head(self) -> None:
        """Write the title, what is invented, and what stands above the table: first left, last right."""
        self.across(self.form.title, height=34, bold=True, font_size=18, align="center")
        if self.form.banner:
            told = printed("banner", text="".join(self.form.banner))
            self.across(told, height=18, font_color="#C00000", align="center")
        fields = self.form.heading
        for place, (first, last) in enumerate(self.shares(len(fields))):
            field = fields[place]
            value = "" if field.value is None else str(field.value)
            align = "left" if place == 0 else "right" if place == len(fields) - 1 else "center"
            self.merge(first, last, f"{field.label}：{value}", align=align)
        self.next(22)

    def foot(self) -> None:
        """Write what it rests on, and the remarks."""
        if self.form.basis:
            self._prose(printed("basis"), self.form.basis)
        if self.form.remarks:
            listed = (f"{number}. {text}。" for number, text in enumerate(self.form.remarks, 1))
            self._prose(printed("remarks"), "\n".join(listed))

    def _prose(self, label: str, text: str) -> None:
        told = f"{label}：{text}"
        lines = lines_of(told, sum(self.widths))
        self.across(told, height=LINE * lines + 4, font_size=9, text_wrap=True)

    def set_up(self, *, repeated: int | None = None) -> None:
        """Set what the printer needs.

        Args:
            repeated: The last of the rows that stand on every page again.
        """
        page = self.sheet
        page.set_paper(_PAPER[self.form.paper])
        if self.landscape:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        if repeated is not None:
            page.repeat_rows(0, repeated)
            page.freeze_panes(repeated + 1, 0)
        page.print_area(0, 0, self.row - 1, self.last)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.center_horizontally()
        page.set_footer("&C" + printed("page"))
        page.hide_gridlines(2)

    # --- ways of writing ---

    def across(self, text: str, *, height: float, **look: Any) -> None:
        """Write a text over the whole width, in a row of its own."""
        self.merge(0, self.last, text, **look)
        self.next(height)

    def merge(self, first: int, last: int, cell: Cell, **look: Any) -> None:
        """Write a cell over some columns of this row."""
        if first < last:
            self.sheet.merge_range(self.row, first, self.row, last, "", self.look(**look))
        self.cell(first, cell, **look)

    def cell(self, place: int, cell: Cell, **look: Any) -> None:
        """Write a cell of this row."""
        shape = self.look(**look)
        match cell:
            case None:
                self.sheet.write_blank(self.row, place, None, shape)
            case Yuan():
                self.sheet.write_number(self.row, place, cell.fen / FEN_PER_YUAN, shape)
            case str():
                self.sheet.write_string(self.row, place, cell, shape)
            case date() if not isinstance(cell, datetime):
                self.sheet.write_datetime(self.row, place, cell, shape)
            case int() if not isinstance(cell, bool):
                self.sheet.write_number(self.row, place, cell, shape)
            case _:
                raise ArgumentError("write-not-a-cell", value=cell, kind=type(cell).__name__)

    def next(self, height: float) -> None:
        """Go to the next row; this one has a height in points."""
        self.sheet.set_row(self.row, height)
        self.row += 1

    def shares(self, count: int) -> Iterator[tuple[int, int]]:
        """Cut the columns into as many stretches, each about as wide as the others."""
        whole, start, reached = sum(self.widths), 0, 0
        for share in range(1, count + 1):
            end = start
            reached += self.widths[end]
            rest = count - share
            while end + rest < self.last and reached * count < whole * share:
                end += 1
                reached += self.widths[end]
            yield start, self.last if share == count else end
            start = end + 1

    def look(self, **wanted: Any) -> Format:
        """Give a format, made once for each look."""
        every = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", **wanted}
        key = tuple(sorted(every.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(every)
        return self._looks[key]


def _stretched(widths: Sequence[int], room: int) -> list[int]:
    """Widen columns until they fill the page; what is wider than it is left to the printer's scale."""
    # a narrow character has seven pixels, and a column five more
    letters = room // 7 - len(widths)
    share = max(1.0, letters / sum(widths))
    return [int(one * share) for one in widths]


def lines_of(text: str, columns: int) -> int:
    """Count the lines that a text takes in a cell of so many narrow characters."""
    return sum(max(1, math.ceil(width(one) / max(1, columns - 1))) for one in text.split("\n"))
