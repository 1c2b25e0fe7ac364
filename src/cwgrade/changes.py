"""The days on which anything about a worker may change: what a month, or a career, has to be cut at."""

from __future__ import annotations

from datetime import date, timedelta

from cwgrade.dates import AnnualDay, Takes, add_months, earliest, latest, next_month
from cwgrade.facts import Facts
from cwgrade.gaps import Missing
from cwgrade.leaves import months_of, service_marks, time_in_post_marks
from cwgrade.quantities import (
    PegLeaf,
    ProbationLeaf,
    ServiceLeaf,
    StatedEffect,
    Steps,
    TimeInPostLeaf,
    Unit,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.worker import EVENTS, Unknown

__all__ = ["change_days", "scheme_days"]


def change_days(facts: Facts, start: date, end: date) -> tuple[date, ...]:
    """Give every day in `(start, end)` before which something may have been different.

    It names too many days rather than too few; looking at a day on which nothing changes is harmless.

    Args:
        facts: The worker's facts in one world.
        start: First day of the period; it is not named itself.
        end: Day after the last.
    """
    first_days: set[date] = set()
    first = next_month(start)
    while first < end:
        first_days.add(first)
        first = next_month(first)
    found = first_days | facts.marks(start, end) | _starts(facts)
    found |= scheme_days(facts.version, start, end)
    for leaf in facts.version.normal_form.of_kind(ServiceLeaf):
        if leaf.unit is Unit.MONTHS:
            found |= service_marks(facts, leaf.rule, leaf.effect, start, end)
    for time in facts.version.normal_form.of_kind(TimeInPostLeaf):
        found |= time_in_post_marks(facts, time, start, end)
    found |= _fact_days(facts, start, end)
    return tuple(sorted(day for day in found if start < day < end))


def _moves_inside_months(facts: Facts, fact: str) -> bool:
    """Tell whether a fact can take effect on a day that is not the first of a month."""
    effect = next((effect for effect in facts.version.effects if effect.fact == fact), None)
    return effect is None or isinstance(effect.takes, Missing) or effect.takes is Takes.SAME_DAY


def scheme_days(version: SchemeVersion, start: date, end: date) -> set[date]:
    """Give the days in `(start, end)` on which the scheme itself may change something: yearly days and dated values.

    Args:
        version: The version.
        start: First day of the period; it is not named itself.
        end: Day after the last.
    """
    form = version.normal_form
    effects: list[StatedEffect] = [effect.lower() for effect in version.effects]
    effects.append(version.post_change.effect)
    yearly = [day for one in effects if isinstance(day := one.annual_day, AnnualDay)]
    found: set[date] = set()
    for peg in form.of_kind(PegLeaf):
        # a day of re-basing that is not stated may be any day: each one asked about tries whether it has come
        yearly += [peg.rebased] if isinstance(peg.rebased, AnnualDay) else []
    for bands in form.of_kind(Steps):
        found |= {day for day in bands.starts if isinstance(day, date)}
    found |= {day.in_year(year) for day in yearly for year in range(start.year, end.year + 1)}
    return {day for day in found if start < day < end}


def _starts(facts: Facts) -> set[date]:
    """Give the end of probation and the day of a placement on record."""
    placement = facts.placement
    found = {placement.since, placement.step_since or placement.since} if placement else set()
    found |= {one.since for _, moves in facts.moves for one in moves if one is not None}
    found |= facts.arrivals.days if facts.arrivals else set()
    first = facts.first_community_day
    if first is not None:
        for leaf in facts.version.normal_form.of_kind(ProbationLeaf):
            found |= {add_months(first, one) for one in months_of(leaf) if one is not None}
    return found


def _fact_days(facts: Facts, start: date, end: date) -> set[date]:
    """Give the days of facts that can take effect on their own day."""
    found: set[date] = set()
    for fact in ("schooling", "degree", "qualification", "honour"):
        items = facts.attained(fact)
        if not isinstance(items, Unknown) and _moves_inside_months(facts, fact):
            days = [
                day
                for _, item in items
                for event in EVENTS
                if (day := item.day_of(event)) is not None
            ]
            for day in days:
                found |= _between(max(earliest(day), start), min(latest(day), end))
    for entry in facts.worker.facts:
        if entry.start is not None:
            found |= _between(max(earliest(entry.start), start), min(latest(entry.start), end))
    for rating in facts.worker.ratings:
        if rating.announced is not None and _moves_inside_months(facts, "rating"):
            found |= _between(
                max(earliest(rating.announced), start), min(latest(rating.announced), end)
            )
    return found


def _between(first: date, last: date) -> set[date]:
    return {first + timedelta(days=count) for count in range((last - first).days + 1)}
