"""The list of a move to a new version (套改表): old and new grade and pay of each worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Literal

import attrs

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
    sheet_of,
)
from cwgrade.forms.payroll import post_label
from cwgrade.grading import Grading
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import Payslip
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.scheme import SchemeVersion
from cwgrade.transitions import WorkerTransition
from cwgrade.wording.printed import printed

__all__ = ["TransitionRow", "transition_list"]

_SIGNATURES: Final = ("head", "checked-by", "made-by", "made-on")


@attrs.frozen(kw_only=True)
class TransitionRow:
    """One worker of a list of a move.

    Attributes:
        worker_id: The worker's id.
        move: What the move does, as `transition_of` finds it; `None` where the worker could not be read or asked.
        shown: What the office wants to see beside the id: one text for each header.
    """

    worker_id: str
    move: WorkerTransition | None
    shown: tuple[str, ...] = ()

    @property
    def outside(self) -> bool:
        """Whether the worker has no part in the move, for certain."""
        return self.move is not None and isinstance(self.move.difference, NotEligible)

    @property
    def difference_fen(self) -> int | None:
        """New pay less old pay, in fen a month, where it is certain."""
        if self.move is None or not isinstance(self.move.difference, Decided):
            return None
        return self.move.difference.value


def transition_list(
    rows: Iterable[TransitionRow],
    version: SchemeVersion,
    *,
    known_on: date | None = None,
    setting: Setting = Setting(),  # noqa: B008 -- a frozen value
) -> Sheet:
    """Make the list of a move to a new version.

    Whoever is not certain is listed without a difference and is not in the sums; whoever has no part in the move is
    named in the remarks.

    Args:
        rows: The workers, in order.
        version: The version that people moved to.
        known_on: Only what was known by this day.
        setting: What the office says about the form.

    Raises:
        ArgumentError: A row does not have one text for each header.
    """
    every = tuple(rows)
    listed = tuple(row for row in every if not row.outside)
    derivations = [
        one
        for row in listed
        if row.move is not None and row.difference_fen is not None
        for one in (row.move.after.derivation, row.move.new_pay.derivation)
    ]
    return sheet_of(
        [*leading(setting, every), *_fillings(version, listed)],
        listed,
        setting=setting,
        title=printed("transition-title"),
        period=Field(
            name="period", label=printed("transition-period"), value=str(version.from_day)
        ),
        total_fen=sum(row.difference_fen or 0 for row in listed),
        basis=basis_text(version, derivations),
        remarks=(
            *_remarks(every, listed),
            *setting.remarks,
            *rests_on(version, on=version.from_day, known_on=known_on),
        ),
        signatures=[printed(one) for one in _SIGNATURES],
        banner=banner_of(version),
    )


def _fillings(
    version: SchemeVersion, listed: Sequence[TransitionRow]
) -> Iterator[Filling[TransitionRow]]:
    yield Column(name="post", label=printed("post"), width=12), _posts(version)
    if any(row.move is not None and row.move.since != version.from_day for row in listed):
        on = Column(name="on", label=printed("transition-on"), kind=Kind.DAY, width=12)
        yield on, lambda row: None if row.move is None else row.move.since
    yield _rung("grade_before"), _placed("before", "grade")
    if _any(listed, "before", "step"):
        yield _rung("step_before"), _placed("before", "step")
    yield money("before", printed("transition-before"), width=12), _paid("old_pay")
    yield _rung("grade"), _placed("after", "grade")
    if _any(listed, "after", "step"):
        yield _rung("step"), _placed("after", "step")
    yield money("after", printed("transition-after"), width=12), _paid("new_pay")
    if any(row.move is not None and row.move.kept_fen for row in listed):
        yield money("kept", printed("transition-kept")), _kept
    yield money("difference", printed("transition-difference"), width=12), _difference
    yield Column(name="note", label=printed("note"), width=9), _note
    yield Column(name="sign", label=printed("sign"), kind=Kind.BLANK, width=11), lambda _: None


def _rung(name: str) -> Column:
    return Column(name=name, label=printed(f"transition-{name}"), kind=Kind.COUNT, width=9)


def _posts(version: SchemeVersion) -> Callable[[TransitionRow], Cell]:
    def posts(row: TransitionRow) -> Cell:
        held = () if row.move is None else row.move.after.posts
        return printed("list").join(post_label(version, one) for one in held) or None

    return posts


def _any(
    rows: Sequence[TransitionRow],
    side: Literal["before", "after"],
    name: Literal["grade", "step"],
) -> bool:
    found = _placed(side, name)
    return any(found(row) is not None for row in rows)


def _placed(
    side: Literal["before", "after"], name: Literal["grade", "step"]
) -> Callable[[TransitionRow], Cell]:
    def placed(row: TransitionRow) -> Cell:
        grading: Grading | None = None if row.move is None else getattr(row.move, side)
        if grading is None or not isinstance(grading.outcome, Decided):
            return None
        rung: int | None = getattr(grading.outcome.value, name)
        return rung

    return placed


def _paid(side: Literal["old_pay", "new_pay"]) -> Callable[[TransitionRow], Cell]:
    """Give the pay of one side; a row without a difference has none, so that the columns of sums agree."""

    def paid(row: TransitionRow) -> Cell:
        slip: Payslip | None = None if row.move is None else getattr(row.move, side)
        if slip is None or row.difference_fen is None or not isinstance(slip.outcome, Decided):
            return None
        return Yuan(slip.outcome.value)

    return paid


def _kept(row: TransitionRow) -> Cell:
    if row.move is None or row.difference_fen is None or row.move.kept_fen is None:
        return None
    return Yuan(row.move.kept_fen)


def _difference(row: TransitionRow) -> Cell:
    return None if row.difference_fen is None else Yuan(row.difference_fen)


def _note(row: TransitionRow) -> Cell:
    if row.move is None:
        return printed("faulty")
    if row.difference_fen is None:
        return printed("undecided")
    return printed("loses") if row.move.loses else None


def _remarks(every: Sequence[TransitionRow], listed: Sequence[TransitionRow]) -> Iterator[str]:
    undecided = [row.worker_id for row in listed if row.difference_fen is None]
    if undecided:
        yield printed("undecided-remark", count=len(undecided), ids=ids_text(undecided))
    outside = [row.worker_id for row in every if row.outside]
    if outside:
        yield printed("transition-outside", count=len(outside), ids=ids_text(outside))
    losing = [row.worker_id for row in listed if row.move is not None and row.move.loses]
    if losing:
        yield printed("transition-losing", count=len(losing), ids=ids_text(losing))
    yield printed("transition-pay")
