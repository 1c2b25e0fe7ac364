"""The pay sheet of a month (工资表): a row for each worker, a column for each component, sums that add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal

import attrs

from cwgrade.forms.basis import banner_of, bases_text, ids_text, rests_on
from cwgrade.forms.paper import (
    Column,
    Field,
    Filling,
    Kind,
    Setting,
    Sheet,
    leading,
    money,
    month_text,
    sheet_of,
)
from cwgrade.grading import Grading
from cwgrade.law.pay import Component
from cwgrade.outcomes import Decided, NotApplicable, NotEligible
from cwgrade.pay import Payslip
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.scheme import SchemeVersion
from cwgrade.staging import components_in
from cwgrade.timeline import Standing
from cwgrade.wording.printed import printed

__all__ = ["PayrollRow", "payroll_sheet", "post_label"]

_SIGNATURES: Final = ("head", "checked-by", "made-by", "made-on")


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

    @property
    def gross_fen(self) -> int | None:
        """The sum of what is payable, in fen, where it is certain."""
        if self.payslip is None or not isinstance(self.payslip.outcome, Decided):
            return None
        return self.payslip.outcome.value

    @property
    def outside(self) -> bool:
        """Whether nothing is paid under this scheme, for certain."""
        found = self.payslip
        return found is not None and isinstance(found.outcome, NotEligible | NotApplicable)

    @property
    def provisional(self) -> bool:
        """Whether the amount will be settled later."""
        found = self.payslip
        return (
            self.gross_fen is not None
            and found is not None
            and found.standing is Standing.PROVISIONAL
        )

    def payable_fen(self, component: str) -> int | None:
        """Give what a component pays this month, in fen; nothing where its month is not stated."""
        for line in self.payslip.lines if self.payslip is not None else ():
            if line.component == component and line.state != "unscheduled":
                return line.payable_fen
        return None


def payroll_sheet(
    rows: Iterable[PayrollRow],
    version: SchemeVersion,
    *,
    year: int,
    month: int,
    before: SchemeVersion | None = None,
    known_on: date | None = None,
    setting: Setting = Setting(),  # noqa: B008 -- a frozen value
) -> Sheet:
    """Make the pay sheet of a month.

    Whoever is not certain is listed without an amount and is not in the sums; whoever is not paid under the scheme is
    named in the remarks. In every row the columns up to 应发合计 sum to it.

    Args:
        rows: The workers, in order.
        version: The version that the month is paid by.
        year: The year.
        month: The month, 1 to 12.
        before: The version by which posts that move later are paid still.
        known_on: Only what was known by this day.
        setting: What the office says about the form.

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
    listed = tuple(row for row in every if not row.outside)
    decided = tuple(row for row in listed if row.gross_fen is not None)
    period = month_text(year, month)
    versions = (version,) if before is None else (version, before)
    derivations = (row.payslip.derivation for row in decided if row.payslip is not None)
    return sheet_of(
        [*leading(setting, every), *_fillings(versions, decided)],
        listed,
        setting=setting,
        title=printed("payroll-title"),
        period=Field(name="period", label=printed("payroll-period"), value=period),
        total_fen=sum(row.gross_fen or 0 for row in decided),
        basis=bases_text(versions[::-1], derivations),
        remarks=(
            *_remarks(every, decided, components_in(versions)),
            *setting.remarks,
            *rests_on(version, on=date(year, month, 1), known_on=known_on),
        ),
        signatures=[printed(one) for one in _SIGNATURES],
        banner=banner_of(version),
    )


def _fillings(
    versions: Sequence[SchemeVersion], decided: Sequence[PayrollRow]
) -> Iterator[Filling[PayrollRow]]:
    """Give the columns; a component that pays nobody this month has none."""
    yield Column(name="post", label=printed("post"), width=12), _posts(versions)
    if any(one.ladder is not None for one in versions):
        yield _rung("grade")
    if any(one.step is not None for one in versions):
        yield _rung("step")
    components = components_in(versions)
    paid = [one for one in components if any(row.payable_fen(one.name) for row in decided)]
    for one in paid:
        if one.summed:
            yield _component(one, one.label.zh)
    if any(_rest(row, components) for row in decided):
        yield money("rest", printed("rest")), lambda row: _yuan(row, _rest(row, components))
    yield money("gross", printed("gross"), width=13), lambda row: _yuan(row, row.gross_fen)
    for one in paid:
        if not one.summed:
            yield _component(one, printed("on-top", name=one.label.zh))
    yield Column(name="note", label=printed("note"), width=9), _note
    yield Column(name="sign", label=printed("sign"), kind=Kind.BLANK, width=11), lambda _: None


def _posts(versions: Sequence[SchemeVersion]) -> Callable[[PayrollRow], Cell]:
    def posts(row: PayrollRow) -> Cell:
        if row.grading is None:
            return None
        digest = row.grading.derivation.digest
        version = next((one for one in versions if one.digest == digest), versions[0])
        return printed("list").join(post_label(version, one) for one in row.grading.posts) or None

    return posts


def _rung(name: Literal["grade", "step"]) -> Filling[PayrollRow]:
    def rung(row: PayrollRow) -> Cell:
        outcome = None if row.grading is None else row.grading.outcome
        found = getattr(outcome.value, name) if isinstance(outcome, Decided) else None
        return found if isinstance(found, int) else None

    return Column(name=name, label=printed(name), kind=Kind.COUNT, width=9), rung


def _component(one: Component, label: str) -> Filling[PayrollRow]:
    return money(f"pay.{one.name}", label), lambda row: _yuan(row, row.payable_fen(one.name))


def _yuan(row: PayrollRow, fen: int | None) -> Cell:
    """Write an amount of a row; whoever is not certain has none."""
    return None if fen is None or row.gross_fen is None else Yuan(fen)


def _rest(row: PayrollRow, components: Iterable[Component]) -> int:
    """Give what the rounding and the limits of the total add to the components, or take from them."""
    amounts = (row.payable_fen(one.name) or 0 for one in components if one.summed)
    return 0 if row.gross_fen is None else row.gross_fen - sum(amounts)


def post_label(version: SchemeVersion, post_id: str) -> str:
    """Give the printed name of a post."""
    post = version.post(post_id)
    return post.label.zh if post is not None else post_id


def _note(row: PayrollRow) -> Cell:
    if row.payslip is None:
        return printed("faulty")
    if row.gross_fen is None:
        return printed("undecided")
    return printed("provisional") if row.provisional else None


def _remarks(
    every: Sequence[PayrollRow], decided: Sequence[PayrollRow], components: Sequence[Component]
) -> Iterator[str]:
    undecided = [row.worker_id for row in every if row.gross_fen is None and not row.outside]
    if undecided:
        yield printed("undecided-remark", count=len(undecided), ids=ids_text(undecided))
    outside = [row.worker_id for row in every if row.outside]
    if outside:
        yield printed("outside-remark", count=len(outside), ids=ids_text(outside))
    provisional = sum(row.provisional for row in decided)
    if provisional:
        yield printed("provisional-remark", count=provisional)
    if any(_rest(row, components) for row in decided):
        yield printed("rest-remark")
    unscheduled = [one for one in components if one.unscheduled]
    if unscheduled:
        yield printed("unscheduled-remark", names=_names(unscheduled))
    empty = [
        one
        for one in components
        if not one.unscheduled and not any(row.payable_fen(one.name) for row in decided)
    ]
    if empty and decided:
        yield printed("empty-remark", names=_names(empty))


def _names(components: Iterable[Component]) -> str:
    return printed("list").join(one.label.zh for one in components)
