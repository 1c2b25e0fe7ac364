"""A worker's facts between two states of a file: what changed, in which order it came on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.arrears.results import Fact, FactChange
from cwgrade.dates import earliest, latest
from cwgrade.timeline import recorded_by
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    ServiceSpell,
    SuppliedAmount,
    Unknown,
    Worker,
)

__all__ = ["fact_changes", "worker_at"]

_ATTAINED: Final = ("schooling", "degrees", "qualifications", "honours")
_FIELDS: Final = ("spells", "absences", *_ATTAINED, "ratings", "facts", "placement", "supplied")

Items = tuple[Fact, ...] | Unknown


def fact_changes(
    earlier: Worker, later: Worker, *, known_before: date | None, known_after: date | None
) -> tuple[FactChange, ...]:
    """List what is different between two states of a worker's file, by the day it came on record.

    A fact that was replaced goes on the day on which its replacement came. What has no day of its own comes last.

    Args:
        earlier: The worker as the file stood.
        later: The worker as the file stands.
        known_before: The earlier day of knowing.
        known_after: The later one.
    """
    found: list[FactChange] = []
    for field in _FIELDS:
        before, after = _known(earlier, field, known_before), _known(later, field, known_after)
        found += _of_field(field, before, after, known_before)
    return tuple(sorted(found, key=lambda one: one.became_known or date.max))


def worker_at(
    earlier: Worker, later: Worker, changes: Iterable[FactChange], known_before: date | None
) -> Worker:
    """Give the worker after some of the changes, everything in it taken as known.

    Args:
        earlier: The worker as the file stood.
        later: The worker as the file stands; who is assumed what is taken from it.
        changes: The changes that have come.
        known_before: The earlier day of knowing.
    """
    fields: dict[str, list[Fact] | Unknown] = {}
    for field in _FIELDS:
        known = _known(earlier, field, known_before)
        fields[field] = known if isinstance(known, Unknown) else [_undated(item) for item in known]
    for change in changes:
        items = fields[change.field]
        if isinstance(change.after, Unknown):
            fields[change.field] = UNKNOWN
            continue
        if isinstance(items, Unknown):
            items = fields[change.field] = []
        if change.before is not None and not isinstance(change.before, Unknown):
            items.remove(_undated(change.before))
        if change.after is not None:
            items.append(_undated(change.after))
    made: dict[str, Any] = {
        field: items if isinstance(items, Unknown) else tuple(items)
        for field, items in fields.items()
    }
    placement = made.pop("placement")
    return attrs.evolve(later, placement=placement[0] if placement else None, **made)


def _known(worker: Worker, field: str, known_on: date | None) -> Items:
    """Give what was on record in a field."""
    if field == "placement":
        items: Items = (worker.placement,) if worker.placement else ()
    else:
        items = getattr(worker, field)
    if isinstance(items, Unknown):
        return items
    return tuple(item for item in items if recorded_by(_recorded_on(item), known_on))


def _recorded_on(item: Fact) -> date | None:
    return None if isinstance(item, SuppliedAmount) else item.recorded_on


def _undated(item: Fact) -> Fact:
    """Give the fact without its day of record, so that it counts as known whatever day is asked for."""
    if isinstance(item, SuppliedAmount) or item.recorded_on is None:
        return item
    return attrs.evolve(item, recorded_on=None)


def _of_field(
    field: str, before: Items, after: Items, known_before: date | None
) -> list[FactChange]:
    if isinstance(after, Unknown):
        same = isinstance(before, Unknown)
        return [] if same else [_change(field, None, UNKNOWN, None)]
    found: list[FactChange] = []
    old: list[Fact] = []
    if not isinstance(before, Unknown):
        old = _without(before, after)
        new = _without(after, before)
    else:
        new = list(after)
    pairs = _pairs(field, old, new)
    for one, other in pairs:
        found.append(_change(field, one, other, known_before))
    if isinstance(before, Unknown):
        days = [change.became_known for change in found if change.became_known is not None]
        looked = FactChange(
            field=field, before=UNKNOWN, after=None, became_known=min(days, default=None)
        )
        found.insert(0, looked)
    return found


def _change(
    field: str, before: Fact | None, after: Fact | Unknown | None, known_before: date | None
) -> FactChange:
    day = None if after is None or isinstance(after, Unknown) else _recorded_on(after)
    if day is not None and known_before is not None and day <= known_before:
        # it was on record and yet not in the file: nobody can say when it came
        day = None
    return FactChange(field=field, before=before, after=after, became_known=day)


def _without(items: tuple[Fact, ...], others: tuple[Fact, ...]) -> list[Fact]:
    """Give the items that the others do not have, each as often as it is missing there."""
    left = [_undated(other) for other in others]
    found = []
    for item in items:
        if _undated(item) in left:
            left.remove(_undated(item))
        else:
            found.append(item)
    return found


def _pairs(
    field: str, old: list[Fact], new: list[Fact]
) -> list[tuple[Fact, Fact | None] | tuple[None, Fact]]:
    """Put what was taken off and what replaces it together."""
    pairs: list[tuple[Fact, Fact | None] | tuple[None, Fact]] = []
    for alike in _ALIKE[field]:
        for one in tuple(old):
            other = next((each for each in new if alike(one, each)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)
    pairs += [(one, None) for one in old]
    pairs += [(None, other) for other in new]
    return pairs


def _has_same(*names: str) -> Callable[[Any, Any], bool]:
    def alike(one: Any, other: Any) -> bool:
        return all(getattr(one, name) == getattr(other, name) for name in names)

    return alike


def _overlaps(one: ServiceSpell | AbsenceSpell, other: ServiceSpell | AbsenceSpell) -> bool:
    return (one.end is None or earliest(other.start) < latest(one.end)) and (
        other.end is None or earliest(one.start) < latest(other.end)
    )


def _always(_one: Fact, _other: Fact) -> bool:
    return True


_SPELL: Final = (_has_same("start"), _has_same("end"), _overlaps)
_ALIKE: Final[dict[str, tuple[Callable[[Any, Any], bool], ...]]] = {
    "spells": _SPELL,
    "absences": _SPELL,
    **dict.fromkeys(_ATTAINED, (_has_same("value"), _has_same("obtained"))),
    "ratings": (_has_same("period"),),
    "facts": (_has_same("name", "start"), _has_same("name")),
    "placement": (_always,),
    "supplied": (_has_same("component", "year", "month"),),
}
"""What makes two facts of a field statements about the same thing, the surest sign first."""
