"""The steps in which two derivations part: facts and rules that made one answer differ from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from cwgrade.career.change import Change, ChangeKind
from cwgrade.reasons import Step

__all__ = ["LEAVES", "Parting", "change_of", "partings"]

Parting = tuple[Change, Step | None, Step | None]
"""A change and the two steps in which it was found."""


def partings(old: Step, new: Step) -> Iterator[Parting]:
    """Find the steps in which two trees part, in the order of the second.

    Only what made a difference is named: where two steps have the same result, nothing below them is looked at.

    Args:
        old: The root of a derivation.
        new: The root of another.
    """
    for one, other in _trees(old, new):
        yield from _differing(one, other)


def _trees(old: Step, new: Step) -> Iterator[tuple[Step, Step]]:
    """Pair the trees to compare: the lines of a total, which may stay the same while they change, and both ladders.

    Of several possible answers those are compared that rest on the same facts and readings.
    """
    if old.code != new.code:
        if not {old.code, new.code} & {"possibilities", "scope"}:
            yield old, new
    elif old.code == "possibilities":
        tried = {one.result: one.parts[0] for one in old.parts}
        for possible in new.parts:
            if possible.result in tried:
                yield from _trees(tried[possible.result], possible.parts[0])
    elif old.code in ("total", "ladders"):
        for one, other in _paired(old.parts, new.parts):
            if one is not None and other is not None:
                yield one, other
    elif old.code != "scope":
        yield old, new


def _differing(old: Step, new: Step) -> Iterator[Parting]:
    """Go down to the steps in which two trees part."""
    if old.result == new.result:
        return
    told = list(_leaf(old, new))
    if told:
        yield from ((change, old, new) for change in told)
        return
    for one, other in _paired(old.parts, new.parts):
        if one is not None and other is not None:
            yield from _differing(one, other)
            continue
        alone = one or other
        if alone is not None and alone.code in _ORIGINS:
            yield change_of(_ORIGINS[alone.code], one, other), one, other


_ORIGINS: Final = {"placement": ChangeKind.RECORD, "post-change": ChangeKind.POST}
"""Steps that a ladder starts from in place of its first rung."""
LEAVES: Final = {
    "fact": ChangeKind.FACT,
    "rating": ChangeKind.RATING,
    "tally": ChangeKind.RATING,
    "post": ChangeKind.POST,
    "two-posts": ChangeKind.POST,
    "probation": ChangeKind.PROBATION,
    "service": ChangeKind.SERVICE,
    "time-in-post": ChangeKind.SERVICE,
    "figure": ChangeKind.STATISTIC,
    "figure.kept": ChangeKind.STATISTIC,
    "figure.provisional": ChangeKind.STATISTIC,
    **_ORIGINS,
}


def _leaf(old: Step, new: Step) -> Iterator[Change]:
    kind = LEAVES.get(new.code)
    if kind is not None and LEAVES.get(old.code, kind) is kind:
        yield change_of(kind, old, new)
    elif old.code == new.code == "rises":
        yield from _rises(old, new)
    elif old.code == new.code == "bands" and _by_day(old) and _by_day(new):
        yield change_of(ChangeKind.DATED, old, new)


def _rises(old: Step, new: Step) -> Iterator[Change]:
    """Tell whether service, ratings or deemed service gave a rise."""
    given, now = dict(old.inputs), dict(new.inputs)
    if any(given.get(name) != now.get(name) for name in ("early", "by_rating")):
        yield change_of(ChangeKind.RATING, old, new)
    if given.get("by_service") != now.get("by_service"):
        deemed = [
            change
            for one, other in _paired(_without_ledger(old), _without_ledger(new))
            if one is not None and other is not None
            for change, _, _ in _differing(one, other)
        ]
        yield from deemed
        yield attrs.evolve(
            change_of(ChangeKind.SERVICE, old, new),
            before=given.get("counted_months"),
            after=now.get("counted_months"),
            unit="months",
        )


def _without_ledger(step: Step) -> tuple[Step, ...]:
    return tuple(
        part
        for part in step.parts
        if part.code not in ("year", "accepted") and not part.code.startswith("rejected.")
    )


def _by_day(bands: Step) -> bool:
    return any(isinstance(part.result, date) for part in bands.parts)


def change_of(kind: ChangeKind, old: Step | None, new: Step | None) -> Change:
    """Make a change of two steps, of which one may be missing."""
    told = new or old
    if told is None:  # pragma: no cover -- a pair holds at least one step
        return Change(kind=kind, what="")
    return Change(
        kind=kind,
        what=told.path,
        before=old.result if old is not None else None,
        after=new.result if new is not None else None,
        unit=told.unit,
        label=told.label,
        citation=told.citation,
    )


def _paired(old: Sequence[Step], new: Sequence[Step]) -> Iterator[tuple[Step | None, Step | None]]:
    """Pair steps that stand for the same thing: by their printed name and kind, or in order where as many are left."""
    left: list[Step | None] = list(old)
    unmatched: list[Step] = []
    for step in new:
        place = next(
            (
                index
                for index, one in enumerate(left)
                if one is not None and (one.code, one.label) == (step.code, step.label)
            ),
            None,
        )
        if place is None:
            unmatched.append(step)
        else:
            yield left[place], step
            left[place] = None
    rest = [one for one in left if one is not None]
    if len(rest) == len(unmatched):
        yield from zip(rest, unmatched, strict=True)
        return
    yield from ((one, None) for one in rest)
    yield from ((None, one) for one in unmatched)
