"""The list of promotions (晋级名单): who comes to a higher grade or step, when, and why."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from cwgrade.career import CareerEntry, Forecast
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
    sheet_of,
)
from cwgrade.forms.payroll import post_label
from cwgrade.grading import Placement
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.scheme import SchemeVersion
from cwgrade.statement import change_lines
from cwgrade.wording.printed import printed

__all__ = ["PromotionRow", "promotion_list"]

_SIGNATURES: Final = ("head", "checked-by", "made-by", "made-on")


@attrs.frozen(kw_only=True)
class PromotionRow:
    """One worker who may come to a higher grade.

    Attributes:
        worker_id: The worker's id.
        forecast: What changes, as `coming_changes` finds it; `None` where the worker's facts could not be read.
        shown: What the office wants to see beside the id: one text for each header.
    """

    worker_id: str
    forecast: Forecast | None
    shown: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class _Rise:
    worker_id: str
    shown: tuple[str, ...]
    before: Placement
    after: Placement
    entry: CareerEntry
    version: SchemeVersion


def promotion_list(
    rows: Iterable[PromotionRow],
    versions: Sequence[SchemeVersion],
    *,
    start: date,
    last: date,
    known_on: date | None = None,
    setting: Setting = Setting(),  # noqa: B008 -- a frozen value
) -> Sheet:
    """Make the list of those who come to a higher grade or step.

    The list is projected from the facts on file. Whoever is not certain, and whatever else changes, is told in the
    remarks.

    Args:
        rows: The workers, in order.
        versions: The versions that apply in these days, in order.
        start: The day that was looked out from.
        last: The last day that was looked at.
        known_on: Only what was known by this day.
        setting: What the office says about the form.

    Raises:
        ArgumentError: A row does not have one text for each header.
    """
    every = tuple(rows)
    by_digest = {one.digest: one for one in versions}
    rises = tuple(rise for row in every for rise in _rises(row, by_digest))
    derivations = [one.entry.grading.derivation for one in rises if one.entry.grading is not None]
    period = printed("days", first=start, last=last)
    return sheet_of(
        [*leading(setting, every), *_fillings(rises)],
        rises,
        setting=setting,
        title=printed("promotions-title"),
        period=Field(name="period", label=printed("promotions-period"), value=period),
        total_fen=None,
        basis=bases_text(versions, derivations),
        remarks=(
            *_remarks(every, rises),
            *setting.remarks,
            *rests_on(versions[-1], on=last, known_on=known_on),
        ),
        signatures=[printed(one) for one in _SIGNATURES],
        banner=dict.fromkeys(text for one in versions for text in banner_of(one)),
    )


def _rises(row: PromotionRow, versions: Mapping[str, SchemeVersion]) -> Iterator[_Rise]:
    if row.forecast is None:
        return
    for one, other in itertools.pairwise((row.forecast.now, *row.forecast.changes)):
        before, after = one.placement, other.placement
        if before is None or after is None or other.grading is None:
            continue
        if one.scheme_id != other.scheme_id or not _is_higher(before, after):
            continue
        yield _Rise(
            worker_id=row.worker_id,
            shown=row.shown,
            before=before,
            after=after,
            entry=other,
            version=versions[other.grading.derivation.digest],
        )


def _is_higher(before: Placement, after: Placement) -> bool:
    return (after.grade or 0, after.step or 0) > (before.grade or 0, before.step or 0)


def _fillings(rises: Sequence[_Rise]) -> Iterator[Filling[_Rise]]:
    yield (
        Column(name="post", label=printed("post"), width=12),
        lambda one: post_label(one.version, one.after.post),
    )
    yield _rung("grade_before"), lambda one: one.before.grade
    yield _rung("grade"), lambda one: one.after.grade
    if any(one.after.step is not None for one in rises):
        yield _rung("step_before"), lambda one: one.before.step
        yield _rung("step"), lambda one: one.after.step
    yield (
        Column(name="on", label=printed("promoted-on"), kind=Kind.DAY, width=12),
        lambda one: one.entry.start,
    )
    yield (
        attrs.evolve(money("monthly", printed("monthly-then"), width=12), summed=False),
        lambda one: None if one.entry.gross_fen is None else Yuan(one.entry.gross_fen),
    )
    yield Column(name="reason", label=printed("reason"), width=34), _reason
    yield Column(name="note", label=printed("note"), width=12), _note


def _rung(name: str) -> Column:
    return Column(name=name, label=printed(f"promotions-{name}"), kind=Kind.COUNT, width=9)


def _reason(one: _Rise) -> Cell:
    """Say why, without the documents: the basis names them."""
    bare = attrs.evolve(
        one.entry,
        changes=tuple(attrs.evolve(change, citation=None) for change in one.entry.changes),
    )
    return printed("sentence-list").join(change_lines(bare, "zh", version=one.version)) or None


def _note(one: _Rise) -> Cell:
    if one.before.post == one.after.post:
        return None
    return printed("from-post", post=post_label(one.version, one.before.post))


def _remarks(every: Sequence[PromotionRow], rises: Sequence[_Rise]) -> Iterator[str]:
    yield printed("promotions-projected", count=len(rises))
    assumed = dict.fromkeys(
        text for row in every if row.forecast is not None for text in row.forecast.assumed
    )
    if assumed:
        yield printed("assumed", facts=printed("list").join(assumed))
    faulty = [row.worker_id for row in every if row.forecast is None]
    if faulty:
        yield printed("faulty-remark", count=len(faulty), ids=ids_text(faulty))
    still_open = [
        row.worker_id for row in every if row.forecast is not None and row.forecast.is_open
    ]
    if still_open:
        yield printed("promotions-open", count=len(still_open), ids=ids_text(still_open))
    changes = sum(len(row.forecast.changes) for row in every if row.forecast is not None)
    if changes > len(rises):
        yield printed("promotions-others", count=changes - len(rises))
