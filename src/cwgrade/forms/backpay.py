"""The sheet of back pay (补发表): a row for each worker and each run of months that differ alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from cwgrade.arrears import Arrears, MonthArrears, sums_by_cause
from cwgrade.dates import next_month
from cwgrade.forms.basis import banner_of, basis_text, ids_text, rests_on
from cwgrade.forms.paper import (
    Column,
    Field,
    Filling,
    Kind,
    Setting,
    Sheet,
    leading,
    money,
    months_text,
    sheet_of,
)
from cwgrade.money import yuan_text
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.scheme import SchemeVersion
from cwgrade.timeline import Standing
from cwgrade.wording import term
from cwgrade.wording.printed import printed

__all__ = ["BackPayRow", "back_pay_sheet"]

_SIGNATURES: Final = ("head", "checked-by", "made-by", "made-on")


@attrs.frozen(kw_only=True)
class BackPayRow:
    """One worker of a sheet of back pay.

    Attributes:
        worker_id: The worker's id.
        arrears: What is due for each month; `None` where the worker's facts could not be read.
        shown: What the office wants to see beside the id: one text for each header.
        is_open: Whether the worker has left and nobody says when; then there is no `arrears` either.
    """

    worker_id: str
    arrears: Arrears | None
    shown: tuple[str, ...] = ()
    is_open: bool = False


@attrs.frozen(kw_only=True)
class _Run:
    """Months that follow each other and differ alike; none for a worker of whom no month can be told."""

    worker_id: str
    shown: tuple[str, ...]
    is_open: bool = False
    months: tuple[MonthArrears, ...] = ()

    @property
    def month(self) -> MonthArrears | None:
        return self.months[0] if self.months else None

    @property
    def fen(self) -> int | None:
        return self.month.fen if self.month is not None else None

    @property
    def total_fen(self) -> int | None:
        return None if self.fen is None else self.fen * len(self.months)


def back_pay_sheet(
    rows: Iterable[BackPayRow],
    versions: Sequence[SchemeVersion],
    *,
    months: Sequence[tuple[int, int]],
    known_before: date | None,
    known_after: date | None,
    setting: Setting = Setting(),  # noqa: B008 -- a frozen value
) -> Sheet:
    """Make the sheet of what is due later for earlier months.

    Months of a worker that follow each other and have the same amounts and causes stand in one row. A month that cannot
    be decided is listed without an amount; whoever is due nothing is not listed.

    Args:
        rows: The workers, in order.
        versions: The versions that the months are paid by; those of several places one place after the other.
        months: The months that were asked for, in order.
        known_before: The earlier day of knowing; `None` where two states of the file are compared as they are.
        known_after: The later one.
        setting: What the office says about the form.

    Raises:
        ArgumentError: A row does not have one text for each header.
    """
    every = tuple(rows)
    runs = tuple(run for row in every for run in _runs(row))
    paid = any(run.month is not None and run.month.paid_fen is not None for run in runs)
    first, last = (date(*one, 1) for one in (months[0], months[-1]))
    of_place = {one.place: one for one in versions}
    files = dict.fromkeys(text for one in of_place.values() for text in rests_on(one, on=last))
    compared = printed("back-pay-states")
    if known_before is not None and known_after is not None:
        compared = printed("back-pay-known", before=known_before, after=known_after)
    banner = dict.fromkeys(text for one in versions for text in banner_of(one))
    return sheet_of(
        [*leading(setting, every), *_fillings(paid=paid)],
        runs,
        setting=setting,
        title=printed("back-pay-title"),
        period=Field(
            name="period", label=printed("back-pay-period"), value=months_text(first, last)
        ),
        total_fen=sum(run.total_fen or 0 for run in runs),
        basis=printed("sentence-list").join(dict.fromkeys(map(basis_text, versions))),
        remarks=(
            *_remarks(every, runs),
            compared,
            *setting.remarks,
            *files,
        ),
        signatures=[printed(one) for one in _SIGNATURES],
        banner=banner,
    )


def _runs(row: BackPayRow) -> Iterator[_Run]:
    if row.arrears is None:
        yield _Run(worker_id=row.worker_id, shown=row.shown, is_open=row.is_open)
        return
    told = [one for one in row.arrears.months if one.parts or one.open]
    run: list[MonthArrears] = []
    for one in told:
        if run and not (_alike(run[-1], one) and _follows(run[-1], one)):
            yield _Run(worker_id=row.worker_id, shown=row.shown, months=tuple(run))
            run = []
        run.append(one)
    if run:
        yield _Run(worker_id=row.worker_id, shown=row.shown, months=tuple(run))


def _alike(one: MonthArrears, other: MonthArrears) -> bool:
    return _key(one) == _key(other)


def _key(month: MonthArrears) -> tuple[object, ...]:
    return (
        month.before_fen,
        month.after_fen,
        month.paid_fen,
        month.fen,
        _causes(month),
        month.standing,
        bool(month.open),
    )


def _follows(one: MonthArrears, other: MonthArrears) -> bool:
    return next_month(date(one.year, one.month, 1)) == date(other.year, other.month, 1)


def _causes(month: MonthArrears) -> str:
    causes = dict.fromkeys(str(part.cause) for part in month.parts)
    return printed("list").join(term(one, "zh") for one in causes)


def _fillings(*, paid: bool) -> Iterator[Filling[_Run]]:
    yield Column(name="months", label=printed("months-column"), width=22), _span
    yield (
        Column(name="month_count", label=printed("month-count"), kind=Kind.COUNT, width=6),
        lambda run: len(run.months) or None,
    )
    if paid:
        yield _monthly("paid"), lambda run: _amount(run, "paid_fen")
    else:
        yield _monthly("before"), lambda run: _amount(run, "before_fen")
    yield _monthly("after"), lambda run: _amount(run, "after_fen")
    yield _monthly("difference"), lambda run: None if run.fen is None else Yuan(run.fen)
    yield (
        money("total", printed("back-pay-total"), width=13),
        lambda run: None if run.total_fen is None else Yuan(run.total_fen),
    )
    yield Column(name="cause", label=printed("cause"), width=14), _cause
    yield Column(name="note", label=printed("note"), width=9), _note
    yield Column(name="sign", label=printed("sign"), kind=Kind.BLANK, width=11), lambda _: None


def _monthly(name: str) -> Column:
    return attrs.evolve(money(name, printed(f"monthly-{name}")), summed=False)


def _amount(run: _Run, name: str) -> Cell:
    fen = getattr(run.month, name, None)
    return Yuan(fen) if isinstance(fen, int) else None


def _span(run: _Run) -> Cell:
    if not run.months:
        return None
    first, last = (date(one.year, one.month, 1) for one in (run.months[0], run.months[-1]))
    return months_text(first, last)


def _cause(run: _Run) -> Cell:
    return (_causes(run.month) or None) if run.month is not None else None


def _note(run: _Run) -> Cell:
    if run.month is None:
        return printed("undecided" if run.is_open else "faulty")
    if run.month.open:
        return printed("undecided")
    return printed("provisional") if run.month.standing is Standing.PROVISIONAL else None


def _remarks(every: Sequence[BackPayRow], runs: Sequence[_Run]) -> Iterator[str]:
    parts = [part for row in every if row.arrears is not None for part in row.arrears.parts]
    sums = sums_by_cause(parts)
    if sums:
        told = (
            printed("cause-sum", cause=term(str(cause), "zh"), yuan=yuan_text(fen))
            for cause, fen in sums
        )
        yield printed("causes-remark", sums=printed("list").join(told))
    faulty = [row.worker_id for row in every if row.arrears is None and not row.is_open]
    if faulty:
        yield printed("faulty-remark", count=len(faulty), ids=ids_text(faulty))
    still_open = dict.fromkeys(
        run.worker_id for run in runs if run.is_open or (run.month is not None and run.month.open)
    )
    if still_open:
        yield printed("open-remark", count=len(still_open), ids=ids_text(still_open))
    if any(run.month is not None and run.month.standing is Standing.PROVISIONAL for run in runs):
        yield printed("back-pay-provisional")
    if any(not part.in_total for part in parts):
        yield printed("back-pay-on-top")
    if any((run.fen or 0) < 0 for run in runs):
        yield printed("back-pay-negative")
    nothing = sum(row.arrears is not None and not list(_runs(row)) for row in every)
    if nothing:
        yield printed("nothing-remark", count=nothing)
