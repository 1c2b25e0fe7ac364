"""The pieces of a month in which nothing changes, and why a month may not be paid at all."""

from __future__ import annotations

from datetime import date

import attrs

from cwgrade.accrual.protected import full_on
from cwgrade.changes import change_days
from cwgrade.dates import next_month
from cwgrade.facts import Facts
from cwgrade.law.pay import Accrual
from cwgrade.outcomes import NotEligible, Unspecified
from cwgrade.reasoner import Instant, refusal_on

__all__ = ["Segment", "refusal_of_month", "segments_of"]


@attrs.frozen(kw_only=True)
class Segment:
    """A piece of a month in which nothing changes.

    Attributes:
        start: Its first day.
        end: The day after its last.
        refusal: Why nothing is paid for it.
        away: The kinds of absence on its days.
    """

    start: date
    end: date
    refusal: NotEligible | Unspecified | None
    away: frozenset[str]


def segments_of(facts: Facts, year: int, month: int) -> tuple[Segment, ...]:
    """Cut a month where anything may change, look at each piece, and join pieces that are alike. Kept for the run."""
    return facts.kept(("segments", year, month), lambda: _cut(facts, date(year, month, 1)))


def _cut(facts: Facts, start: date) -> tuple[Segment, ...]:
    end = next_month(start)
    marks = (start, *change_days(facts, start, end))
    pieces: list[Segment] = []
    for first, following in zip(marks, (*marks[1:], end), strict=True):
        piece = Segment(
            start=first,
            end=following,
            refusal=refusal_on(Instant(facts, first)),
            away=frozenset(
                leave.kind for leave in facts.leaves if leave.start <= first < leave.end
            ),
        )
        if pieces and _alike(facts, pieces[-1], piece):
            pieces[-1] = attrs.evolve(pieces[-1], end=following)
        else:
            pieces.append(piece)
    return tuple(pieces)


def _alike(facts: Facts, one: Segment, other: Segment) -> bool:
    if one.away != other.away:
        return False
    if one.refusal is not None or other.refusal is not None:
        # the day stands in the reason of a refusal; two unserved pieces are alike all the same
        return one.refusal is not None and other.refusal is not None and _code(one) == _code(other)
    parts = [
        part
        for part in facts.version.pay
        # a one-off amount is looked at on the last day only, and never for part of a month
        if not part.supplied and part.accrues_per is not Accrual.ONCE
    ]
    here, there = Instant(facts, one.start), Instant(facts, other.start)
    return all(full_on(here, part).result == full_on(there, part).result for part in parts)


def _code(piece: Segment) -> object:
    refusal = piece.refusal
    return refusal.reason.code if isinstance(refusal, NotEligible) else refusal


def refusal_of_month(segments: tuple[Segment, ...]) -> NotEligible | Unspecified | None:
    """Refuse a month of which no day is paid, or of which a day's post or scope is hidden by a gap."""
    gaps = tuple(
        gap for one in segments if isinstance(one.refusal, Unspecified) for gap in one.refusal.gaps
    )
    if gaps:
        return Unspecified(tuple(dict.fromkeys(gaps)))
    refusals = [one.refusal for one in segments if isinstance(one.refusal, NotEligible)]
    if len(refusals) < len(segments):
        return None
    return next((one for one in refusals if one.reason.code != "not-in-service"), refusals[0])
