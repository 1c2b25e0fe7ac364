"""A form on paper: a workbook that prints on whole pages, its header on each, with room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cwgrade.errors import ArgumentError
from cwgrade.forms.page import LINE, NUMBERS, ROW, Page, lines_of
from cwgrade.forms.paper import Card, Column, Field, Kind, Sheet
from cwgrade.money import capitals
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.rosterfile.writing import new_workbook, require_room, require_writer, written_whole
from cwgrade.wording.printed import printed

if TYPE_CHECKING:
    from xlsxwriter import Workbook

__all__ = ["write_form"]

_SIGNING: Final = 36
_OPINION: Final = 92
"""Points of the room in which somebody signs, and of that in which somebody writes an opinion."""
_SHORT: Final = 18
"""Columns of text up to this width are centred."""
_SHADE: Final = "#F2F2F2"
_CARD: Final = (13, 19, 13, 19, 13, 19)
"""Columns of a card: labels and what they name, three of each beside each other."""


def write_form(path: Path | str, form: Sheet | Card) -> None:
    """Write a form to a workbook that is ready to print.

    The page has the paper and direction of the form, all columns on its width, title and header again on each page, and
    its number below. The file is written whole or not at all.

    Args:
        path: The `.xlsx` file.
        form: The form.

    Raises:
        ArgumentError: It is no `.xlsx` file, or the file cannot be written there.
        MissingExtra: The extra `excel` is not installed.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise ArgumentError("write-kind-unknown", value=path.name, accepted=[".xlsx"])
    require_writer()
    if isinstance(form, Sheet):
        require_room(path, len(form.rows))
    with written_whole(path) as target:
        book = new_workbook(target)
        try:
            if isinstance(form, Sheet):
                _write_sheet(book, form)
            else:
                _write_card(book, form)
        finally:
            book.close()


def _write_sheet(book: Workbook, form: Sheet) -> None:
    widths = [one.width for one in form.columns]
    page = Page(book, form, widths, landscape=form.landscape)
    page.head()
    _header(page, form.columns)
    repeated = page.row - 1
    for cells in form.rows:
        _row(page, form.columns, cells)
    if form.totals:
        _row(page, form.columns, form.totals, bold=True)
    if form.total_fen is not None:
        told = printed("capitals-value", capitals=capitals(form.total_fen))
        text = f"{printed('capitals')}：{told}"
        page.across(text, height=ROW, bold=True, border=1, indent=1)
    page.foot()
    if form.signatures:
        page.next(8)
        for who, (first, last) in zip(
            form.signatures, page.shares(len(form.signatures)), strict=True
        ):
            page.merge(first, last, printed("signing", who=who))
        page.next(_SIGNING)
    page.set_up(repeated=repeated)


def _header(page: Page, columns: Sequence[Column]) -> None:
    lines = 1
    for place, column in enumerate(columns):
        page.cell(place, column.label, **_SHADED)
        lines = max(lines, lines_of(column.label, page.widths[place]))
    page.next(max(ROW, LINE * lines + 6))


_SHADED: Final[dict[str, Any]] = {
    "bold": True,
    "border": 1,
    "align": "center",
    "text_wrap": True,
    "bg_color": _SHADE,
}


def _row(
    page: Page, columns: Sequence[Column], cells: Sequence[Cell], *, bold: bool = False
) -> None:
    lines = 1
    for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
        page.cell(place, cell, **_look(column, cell, bold=bold))
        if isinstance(cell, str):
            lines = max(lines, lines_of(cell, page.widths[place]))
    page.next(max(ROW, LINE * lines + 4))


def _look(column: Column, cell: Cell, *, bold: bool) -> dict[str, Any]:
    kind = column.kind if not isinstance(cell, str) else Kind.TEXT
    look: dict[str, Any] = {"border": 1, "align": "center", "text_wrap": True, "bold": bold}
    if kind in NUMBERS:
        look["num_format"] = NUMBERS[kind]
    if kind is Kind.MONEY:
        look["align"] = "right"
    elif kind is Kind.TEXT and column.width > _SHORT:
        look |= {"align": "left", "indent": 1}
    return look


# --- cards ---


def _write_card(book: Workbook, form: Card) -> None:
    page = Page(book, form, _CARD, landscape=False)
    page.head()
    for fields in form.boxes:
        _boxes(page, fields)
    for field in form.prose:
        text = "" if field.value is None else str(field.value)
        lines = lines_of(text, sum(page.widths[1:]) - 2)
        page.cell(0, field.label, **_SHADED)
        page.merge(1, page.last, text, border=1, text_wrap=True, align="left", indent=1)
        page.next(max(ROW, LINE * lines + 8))
    for who in form.opinions:
        page.cell(0, who, **_SHADED)
        page.merge(
            1,
            page.last,
            printed("opinion"),
            border=1,
            text_wrap=True,
            align="right",
            valign="bottom",
            indent=2,
        )
        page.next(_OPINION)
    page.foot()
    page.set_up()


def _boxes(page: Page, fields: Sequence[Field]) -> None:
    """Write a row of boxes: the last one reaches to the edge of the page."""
    lines = 1
    for place, field in enumerate(fields):
        first = 2 * place + 1
        last = page.last if place == len(fields) - 1 else first
        look: dict[str, Any] = {"border": 1, "align": "center", "text_wrap": True}
        if isinstance(field.value, Yuan):
            look["num_format"] = NUMBERS[Kind.MONEY]
        elif isinstance(field.value, date):
            look["num_format"] = NUMBERS[Kind.DAY]
        page.cell(first - 1, field.label, **_SHADED)
        page.merge(first, last, field.value, **look)
        for text, room in (
            (field.label, page.widths[first - 1]),
            (field.value, sum(page.widths[first : last + 1])),
        ):
            if isinstance(text, str):
                lines = max(lines, lines_of(text, room))
    page.next(max(30, LINE * lines + 8))
