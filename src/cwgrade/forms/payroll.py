"""The pay sheet of a month (工资表): a row for each worker, a column for each component, sums that add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.forms.basis import banner_of, basis_text, ids_text, rests_on
from cwgrade.forms.paper import Column, Field, Kind, Sheet, month_text
from cwgrade.grading import Grading
from cwgrade.law.pay import Component
from cwgrade.outcomes import Decided, NotApplicable, NotEligible
from cwgrade.pay import Payslip
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.scheme import SchemeVersion
from cwgrade.timeline import Standing
from cwgrade.wording.printed import printed

__all__ = ["PayrollRow", "payroll_sheet"]

_SIGNATURES: Final = ("head", "checked-by", "made-by", "made-on")
_MONEY_WIDTH: Final = 11
_WIDE: Final = 13


@attrs.frozen(kw_only=True)
class PayrollRow:
    """One worker of a pay sheet.

    Attributes:
        worker_id: The worker's id.
        payslip: The pay of the month; `None` where the worker's facts could not be read.
        grading: The grade in the month, where it was asked for.
        shown: What the office wants to see beside the id, such as the name: one text for each header.
    """

    worker_id: str
    payslip: Payslip | None
    grading: Grading | None = None
    shown: tuple[str, ...] = ()


def payroll_sheet(
    rows: Iterable[PayrollRow],
    version: SchemeVersion,
    *,
    year: int,
    month: int,
    office: str | None = None,
    title: str | None = None,
    shown: Sequence[str] = (),
    remarks: Sequence[str] = (),
    banner: Sequence[str] = (),
    known_on: date | None = None,
    paper: str = "A4",
) -> Sheet:
    """Make the pay sheet of a month.

    Whoever is not certain is listed without an amount and is not in the sums; whoever is not paid under the scheme is
    named in the remarks. In every row the columns up to 应发合计 sum to it.

    Args:
        rows: The workers, in order.
        version: The version that the month is paid by.
        year: The year.
        month: The month, 1 to 12.
        office: Who draws the sheet up; `None` leaves room to write it.
        title: Another title.
        shown: Headers of what each row shows beside the id.
        remarks: Further remarks.
        banner: What is invented beside the scheme.
        known_on: Only what was known by this day.
        paper: `A4` or `A3`.

    Returns:
        The sheet, ready to be written.

    Raises:
        ArgumentError: A row does not have one text for each header.

    Examples:
        >>> from cwgrade import ServiceSpell, Worker, load_scheme, pay_for_month
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
        >>> slip = pay_for_month(worker, scheme, year=2018, month=3)
        >>> sheet = payroll_sheet(
        ...     [PayrollRow(worker_id="1", payslip=slip)], scheme.versions[0], year=2018, month=3
        ... )
        >>> sheet.total_fen, [one.label for one in sheet.columns]
        (396000, ['序号', '工号', '岗位', '月基础工资', '应发合计', '备注', '签字'])
    """
    every = tuple(rows)
    for row in every:
        if len(row.shown) != len(shown):
            raise ArgumentError(
                "form-shown-length", value=row.shown, worker=row.worker_id, shown=list(shown)
            )
    listed = tuple(row for row in every if not _is_outside(row))
    decided = tuple(row for row in listed if _gross(row) is not None)
    columns = _columns(version, decided, shown)
    cells = tuple(
        tuple(_cell(column, number, row, version, shown) for column in columns)
        for number, row in enumerate(listed, 1)
    )
    total_fen = sum(_gross(row) or 0 for row in decided)
    first = date(year, month, 1)
    derivations = (row.payslip.derivation for row in decided if row.payslip is not None)
    return Sheet(
        title=title or printed("payroll-title"),
        heading=(
            Field(name="office", label=printed("office"), value=office),
            Field(name="period", label=printed("payroll-period"), value=month_text(year, month)),
            Field(name="unit", label=printed("unit"), value=printed("yuan")),
        ),
        columns=columns,
        rows=cells,
        totals=tuple(_total(place, columns, cells) for place in range(len(columns))),
        total_fen=total_fen,
        basis=basis_text(version, derivations),
        remarks=(
            *_remarks(every, listed, decided, version),
            *remarks,
            *rests_on(version, on=first, known_on=known_on),
        ),
        signatures=tuple(printed(one) for one in _SIGNATURES),
        banner=(*banner_of(version), *banner),
        paper=paper,
    )


def _is_outside(row: PayrollRow) -> bool:
    """Tell whether nothing is paid to somebody under this scheme, for certain."""
    return row.payslip is not None and isinstance(row.payslip.outcome, NotEligible | NotApplicable)


def _gross(row: PayrollRow) -> int | None:
    if row.payslip is None or not isinstance(row.payslip.outcome, Decided):
        return None
    return row.payslip.outcome.value


def _payable(row: PayrollRow, component: str) -> int | None:
    """Give what a component pays this month; nothing where its month is not stated."""
    for line in row.payslip.lines if row.payslip is not None else ():
        if line.component == component and line.state != "unscheduled":
            return line.payable_fen
    return None


def _rest(row: PayrollRow, version: SchemeVersion) -> int:
    """Give what the rounding of the total adds to the components, or takes from them."""
    amounts = (_payable(row, one.name) or 0 for one in version.pay if one.in_total)
    return (_gross(row) or 0) - sum(amounts)


def _columns(
    version: SchemeVersion, decided: Sequence[PayrollRow], shown: Sequence[str]
) -> tuple[Column, ...]:
    """Give the columns; a component that pays nobody this month has none."""
    columns = [
        Column(name="number", label=printed("number"), kind=Kind.COUNT, width=5),
        Column(name="worker_id", label=printed("worker-id"), width=10),
        *(Column(name=f"shown.{one}", label=one, width=max(8, 2 * len(one))) for one in shown),
        Column(name="post", label=printed("post"), width=12),
    ]
    if version.ladder is not None:
        columns.append(Column(name="grade", label=printed("grade"), kind=Kind.COUNT, width=9))
    if version.step is not None:
        columns.append(Column(name="step", label=printed("step"), kind=Kind.COUNT, width=9))
    paid = [one for one in version.pay if any(_payable(row, one.name) for row in decided)]
    columns += [_money(f"pay.{one.name}", one.label.zh) for one in paid if one.in_total]
    if any(_rest(row, version) for row in decided):
        columns.append(_money("rounding", printed("rounding")))
    columns.append(_money("gross", printed("gross"), width=_WIDE))
    columns += [
        _money(f"pay.{one.name}", printed("on-top", name=one.label.zh))
        for one in paid
        if not one.in_total
    ]
    columns.append(Column(name="note", label=printed("note"), width=9))
    columns.append(Column(name="sign", label=printed("sign"), kind=Kind.BLANK, width=11))
    return tuple(columns)


def _money(name: str, label: str, *, width: int = _MONEY_WIDTH) -> Column:
    return Column(name=name, label=label, kind=Kind.MONEY, width=width)


def _cell(
    column: Column, number: int, row: PayrollRow, version: SchemeVersion, shown: Sequence[str]
) -> Cell:
    match column.name.partition("."):
        case ("number", _, _):
            return number
        case ("worker_id", _, _):
            return row.worker_id
        case ("shown", _, header):
            return row.shown[list(shown).index(header)] or None
        case ("post", _, _):
            posts = () if row.grading is None else row.grading.posts
            return printed("list").join(_post_label(version, one) for one in posts) or None
        case ("grade" | "step" as rung, _, _):
            outcome = None if row.grading is None else row.grading.outcome
            found = getattr(outcome.value, rung) if isinstance(outcome, Decided) else None
            return found if isinstance(found, int) else None
        case ("note", _, _):
            return _note(row) or None
        case ("sign", _, _):
            return None
        case (name, _, component):
            fen = _amount(name, component, row, version)
            return None if fen is None else Yuan(fen)


def _amount(name: str, component: str, row: PayrollRow, version: SchemeVersion) -> int | None:
    """Give an amount of a row; whoever is not certain has none."""
    gross = _gross(row)
    if gross is None or name == "gross":
        return gross
    return _rest(row, version) if name == "rounding" else _payable(row, component)


def _post_label(version: SchemeVersion, post_id: str) -> str:
    post = version.post(post_id)
    return post.label.zh if post is not None else post_id


def _note(row: PayrollRow) -> str:
    if row.payslip is None:
        return printed("faulty")
    if _gross(row) is None:
        return printed("undecided")
    return printed("provisional") if row.payslip.standing is Standing.PROVISIONAL else ""


def _total(place: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Cell:
    if place == 0:
        return printed("total")
    if columns[place].kind is not Kind.MONEY:
        return None
    cells = (row[place] for row in rows)
    return Yuan(sum(one.fen for one in cells if isinstance(one, Yuan)))


def _remarks(
    every: Sequence[PayrollRow],
    listed: Sequence[PayrollRow],
    decided: Sequence[PayrollRow],
    version: SchemeVersion,
) -> Iterator[str]:
    undecided = [row.worker_id for row in listed if _gross(row) is None]
    if undecided:
        yield printed("undecided-remark", count=len(undecided), ids=ids_text(undecided))
    outside = [row.worker_id for row in every if _is_outside(row)]
    if outside:
        yield printed("outside-remark", count=len(outside), ids=ids_text(outside))
    provisional = sum(_note(row) == printed("provisional") for row in decided)
    if provisional:
        yield printed("provisional-remark", count=provisional)
    unscheduled = [one for one in version.pay if one.unscheduled]
    if unscheduled:
        yield printed("unscheduled-remark", names=_names(unscheduled))
    empty = [
        one
        for one in version.pay
        if not one.unscheduled and not any(_payable(row, one.name) for row in decided)
    ]
    if empty and decided:
        yield printed("empty-remark", names=_names(empty))


def _names(components: Iterable[Component]) -> str:
    return printed("list").join(one.label.zh for one in components)
