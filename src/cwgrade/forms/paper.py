"""A form as a value: what is printed where, before anybody thinks of a workbook."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.money import capitals
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.wording.printed import printed

__all__ = ["Column", "Field", "Kind", "Sheet", "month_text", "months_text"]


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    DAY = "day"
    BLANK = "blank"
    """Nothing: room for a signature."""


@attrs.frozen(kw_only=True)
class Column:
    """A column of a sheet.

    Attributes:
        name: A stable name, such as `gross` or `pay.basic`; an office's own workbook is filled by it.
        label: The printed header.
        kind: What its cells hold.
        width: Its width in narrow characters; a Chinese character takes two.
    """

    name: str
    label: str
    kind: Kind = attrs.field(default=Kind.TEXT, validator=attrs.validators.instance_of(Kind))
    width: int = attrs.field(default=10, validator=attrs.validators.ge(2))


@attrs.frozen(kw_only=True)
class Field:
    """A single thing that a form says.

    Attributes:
        name: A stable name, such as `office`.
        label: The printed label.
        value: What it says; `None` leaves room to write it by hand.
    """

    name: str
    label: str
    value: Cell = None


@attrs.frozen(kw_only=True)
class Sheet:
    """A form with a row for each worker: a pay sheet or a list.

    Attributes:
        title: The title.
        heading: What stands between title and table, from left to right; one without a label is printed as it is.
        columns: The columns.
        rows: One tuple of cells for each row, as long as the columns.
        totals: The cells of the last row; empty where nothing is summed.
        total_fen: What the sheet comes to in fen, which is printed in capital numerals too; `None` where it has no
            amount.
        basis: The clause that names the documents it rests on (依据).
        remarks: What must be known to read it: who is not listed, what is provisional, what was assumed.
        signatures: Who signs, from left to right.
        banner: Said below the title in any case: that something is invented.
        landscape: Whether the page lies on its side.
        paper: `A4` or `A3`.
    """

    title: str
    heading: tuple[Field, ...] = ()
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] = ()
    total_fen: int | None = None
    basis: str = ""
    remarks: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    banner: tuple[str, ...] = ()
    landscape: bool = True
    paper: str = attrs.field(default="A4", validator=attrs.validators.in_(("A4", "A3")))

    def __attrs_post_init__(self) -> None:
        rows = (*self.rows, *((self.totals,) if self.totals else ()))
        for number, row in enumerate(rows, 1):
            if len(row) != len(self.columns):
                raise ArgumentError(
                    "write-row-length", row=number, value=len(row), header=len(self.columns)
                )

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every single thing it says, as an office's own workbook can ask for it."""
        total = self.total_fen
        return (
            *self.heading,
            Field(name="title", label=printed("title"), value=self.title),
            Field(name="count", label=printed("count"), value=len(self.rows)),
            Field(
                name="total",
                label=printed("total"),
                value=None if total is None else Yuan(total),
            ),
            Field(
                name="capitals",
                label=printed("capitals"),
                value=None if total is None else capitals(total),
            ),
            Field(name="basis", label=printed("basis"), value=self.basis or None),
            Field(
                name="remarks",
                label=printed("remarks"),
                value="；".join((*self.banner, *self.remarks)) or None,
            ),
        )


def month_text(year: int, month: int) -> str:
    """Write a month as forms print it.

    Examples:
        >>> month_text(2018, 3)
        '2018年3月'
    """
    return printed("month", year=year, month=month)


def months_text(first: date, last: date) -> str:
    """Write the months from one to another, both included.

    Args:
        first: A day in the first month.
        last: A day in the last.

    Examples:
        >>> months_text(date(2018, 1, 1), date(2018, 6, 1))
        '2018年1月至2018年6月'
    """
    start, end = (month_text(one.year, one.month) for one in (first, last))
    return start if start == end else printed("months", first=start, last=end)
