"""A form as a value: what is printed where, before anybody thinks of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.money import capitals
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.wording.printed import printed

__all__ = [
    "Card",
    "Column",
    "Field",
    "Filling",
    "Kind",
    "Listed",
    "Setting",
    "Sheet",
    "leading",
    "money",
    "month_text",
    "months_text",
    "sheet_of",
    "totalled",
]


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
        summed: Whether its amounts are summed below; an amount per month beside a number of months is not.
    """

    name: str
    label: str
    kind: Kind = attrs.field(default=Kind.TEXT, validator=attrs.validators.instance_of(Kind))
    width: int = attrs.field(default=10, validator=attrs.validators.ge(2))
    summed: bool = True


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
class Setting:
    """What an office says about a form, whatever it is about.

    Attributes:
        office: Who draws it up; `None` leaves room to write it.
        title: Another title.
        shown: Headers of what each row shows beside the worker's id, such as 姓名.
        remarks: Further remarks.
        banner: What is invented beside the scheme.
        paper: `A4` or `A3`.
    """

    office: str | None = None
    title: str | None = None
    shown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    banner: tuple[str, ...] = ()
    paper: str = "A4"


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
            # 单位：元 is no question; an office that writes 单位 alone asks for its own name
            *(one for one in self.heading if one.name != "unit"),
            Field(name="count", label=printed("count"), value=len(self.rows)),
            Field(
                name="sum",
                label=printed("total"),
                value=None if total is None else Yuan(total),
            ),
            Field(
                name="capitals",
                label=printed("capitals"),
                value=None if total is None else capitals(total),
            ),
            *_said_of_all(self),
        )


@attrs.frozen(kw_only=True)
class Card:
    """A form about one worker: boxes with what is on file, and boxes in which others write.

    Attributes:
        title: The title.
        heading: What stands between title and boxes, from left to right.
        boxes: Rows of boxes, each row over the whole width.
        prose: Boxes of their own with longer texts.
        opinions: Who writes an opinion and signs it, from top to bottom.
        basis: The clause that names the documents it rests on (依据).
        remarks: What must be known to read it.
        banner: Said below the title in any case: that something is invented.
        paper: `A4` or `A3`.
    """

    title: str
    heading: tuple[Field, ...] = ()
    boxes: tuple[tuple[Field, ...], ...]
    prose: tuple[Field, ...] = ()
    opinions: tuple[str, ...] = ()
    basis: str = ""
    remarks: tuple[str, ...] = ()
    banner: tuple[str, ...] = ()
    paper: str = attrs.field(default="A4", validator=attrs.validators.in_(("A4", "A3")))

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every single thing it says, as an office's own workbook can ask for it."""
        return (
            *self.heading,
            *(field for row in self.boxes for field in row),
            *self.prose,
            *_said_of_all(self),
        )


def _said_of_all(form: Sheet | Card) -> tuple[Field, ...]:
    """Give what any form says of itself."""
    return (
        Field(name="title", label=printed("title"), value=form.title),
        Field(name="basis", label=printed("basis"), value=form.basis or None),
        Field(
            name="remarks",
            label=printed("remarks"),
            value="；".join((*form.banner, *form.remarks)) or None,
        ),
    )


class Listed(Protocol):
    """Whoever stands in a row of a sheet."""

    @property
    def worker_id(self) -> str:
        """The worker's id."""

    @property
    def shown(self) -> tuple[str, ...]:
        """What the office wants to see beside it: one text for each header."""


L = TypeVar("L", bound=Listed)
Filling = tuple[Column, Callable[[L], Cell]]
"""A column, and what it holds for a row."""


def leading(setting: Setting, every: Iterable[Listed]) -> list[Filling[Listed]]:
    """Give the columns that name the worker: the id, and what the office wants to see beside it.

    Args:
        setting: What the office says.
        every: Whoever is asked about.

    Raises:
        ArgumentError: Somebody does not have one text for each header.
    """
    for row in every:
        if len(row.shown) != len(setting.shown):
            raise ArgumentError(
                "form-shown-length",
                value=row.shown,
                worker=row.worker_id,
                shown=list(setting.shown),
            )

    def text(place: int) -> Callable[[Listed], Cell]:
        return lambda row: row.shown[place] or None

    named: list[Filling[Listed]] = [
        (Column(name="worker_id", label=printed("worker-id")), lambda row: row.worker_id)
    ]
    for place, header in enumerate(setting.shown):
        column = Column(name=f"shown.{header}", label=header, width=max(8, 2 * len(header)))
        named.append((column, text(place)))
    return named


def money(name: str, label: str, *, width: int = 11) -> Column:
    """Make a column of amounts."""
    return Column(name=name, label=label, kind=Kind.MONEY, width=width)


def sheet_of(
    fillings: Sequence[Filling[L]],
    rows: Sequence[L],
    *,
    setting: Setting,
    title: str,
    period: Field,
    total_fen: int | None,
    basis: str,
    remarks: Iterable[str],
    banner: Iterable[str],
    signatures: Sequence[str],
) -> Sheet:
    """Make a sheet of its columns and rows: numbers before them, sums below the amounts.

    Args:
        fillings: The columns and what they hold, without the running number.
        rows: The rows, in order.
        setting: What the office says.
        title: The title where the office has no other.
        period: What it is for.
        total_fen: What it comes to, in fen; `None` where nothing is summed.
        basis: What it rests on.
        remarks: What must be known to read it.
        banner: What is invented.
        signatures: Who signs.
    """
    columns = (
        Column(name="number", label=printed("number"), kind=Kind.COUNT, width=5),
        *(column for column, _ in fillings),
    )
    cells = tuple(
        (number, *(fill(row) for _, fill in fillings)) for number, row in enumerate(rows, 1)
    )
    fields = [Field(name="office", label=printed("office"), value=setting.office), period]
    if total_fen is not None:
        fields.append(Field(name="unit", label=printed("unit"), value=printed("yuan")))
    return Sheet(
        title=setting.title or title,
        heading=tuple(fields),
        columns=columns,
        rows=cells,
        totals=() if total_fen is None else totalled(columns, cells),
        total_fen=total_fen,
        basis=basis,
        remarks=tuple(remarks),
        signatures=tuple(signatures),
        banner=tuple(dict.fromkeys((*banner, *setting.banner))),
        paper=setting.paper,
    )


def totalled(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> tuple[Cell, ...]:
    """Sum the columns of amounts."""
    every = tuple(rows)
    sums: list[Cell] = [None] * len(columns)
    for place, column in enumerate(columns):
        if column.kind is Kind.MONEY and column.summed:
            cells = (row[place] for row in every)
            sums[place] = Yuan(sum(one.fen for one in cells if isinstance(one, Yuan)))
    sums[0] = printed("total")
    return tuple(sums)


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
