"""What needs a worker's history: service and absences, when facts take effect, the ladder, credits, assessment."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from cwgrade.dates import Takes
from cwgrade.gaps import Missing
from cwgrade.ladder import Boundary
from cwgrade.law.effects import NOT_STATED, Effect
from cwgrade.law.ladder import Ladder
from cwgrade.quantities import Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.problems import At, Path, Problem, names_in, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.vocabulary import RATING_EVENTS
from cwgrade.worker import ABSENCE_KINDS, ATTAINED, EVENTS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

__all__ = ["check_history"]

_LADDER_GRADES: Final[Path] = ("ladder", "grades")


def check_history(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[service]`, `[absences]`, `[effect]`, `[ladder]`, `[credits]`, `[stacking]` and `[assessment]`."""
    yield from _kinds(version)
    for effect in version.effects:
        yield from _effect(version, effect)
    yield from _assessment(version)
    if version.ladder is None:
        yield from _without_ladder(version)
    else:
        yield from _ladder(version, version.ladder)
        yield from _credits(version)


def _kinds(version: SchemeVersion) -> Iterator[Problem]:
    for kind in version.service.kinds if version.service else ():
        if kind.kind not in SERVICE_KINDS:
            path: Path = ("service", "kinds", kind.kind)
            yield problem("unknown-kind", path, value=kind.kind, **offer(kind.kind, SERVICE_KINDS))
    for absence in version.absences:
        if absence.kind not in ABSENCE_KINDS:
            facts = {"value": absence.kind, **offer(absence.kind, ABSENCE_KINDS)}
            yield problem("unknown-kind", ("absences", absence.kind), **facts)


# --- when facts take effect ------------------------------------------------------------------------------------------


def _effect(version: SchemeVersion, effect: Effect) -> Iterator[Problem]:
    fact, path = effect.fact, ("effect", effect.fact)
    accepted = [*NATIONAL_FACTS, *(one.name for one in version.facts), "service", "rating"]
    if fact not in accepted:
        yield problem("unknown-fact", path, names_in("facts"), value=fact, **offer(fact, accepted))
        return
    yield from _event(effect, path)
    if fact != "service" and effect.reckoned_from is not NOT_STATED:
        yield problem("reckoned-only-service", (*path, "reckoned_from"))
    takes = effect.takes
    yearly = takes is Takes.ANNUAL_DAY or (
        isinstance(takes, Missing) and str(Takes.ANNUAL_DAY) in takes.among
    )
    if yearly and effect.annual_day is None:
        yield problem("annual-day-needed", path, (*path, "takes"), (*path, "annual_day"))
    if not yearly and effect.annual_day is not None and not isinstance(takes, Missing):
        facts = {"value": str(effect.annual_day), "takes": str(takes)}
        yield problem("annual-day-unused", (*path, "annual_day"), (*path, "takes"), **facts)


def _event(effect: Effect, path: Path) -> Iterator[Problem]:
    events = _events_of(effect.fact)
    stated = effect.event
    if stated is NOT_STATED:
        return
    listed = stated.among if isinstance(stated, Missing) else (stated,)
    if not events:
        yield problem("no-event-here", (*path, "event"), value=effect.fact)
        return
    for place, event in enumerate(listed):
        if event not in events:
            where: Path = ("among", place) if isinstance(stated, Missing) else ()
            facts = {"value": event, **offer(event, events)}
            yield problem("not-a-choice", (*path, "event", *where), **facts)


def _events_of(fact: str) -> tuple[str, ...]:
    if fact == "rating":
        return RATING_EVENTS
    return EVENTS if fact in ATTAINED else ()


# --- the ladder ------------------------------------------------------------------------------------------------------


def _without_ladder(version: SchemeVersion) -> Iterator[Problem]:
    rests_on: Path = ("ladder",)
    for one in version.credits:
        yield problem("needs-ladder", ("credits", one.name), rests_on, value=f"credits.{one.name}")
    if version.stacking is not None:
        yield problem("needs-ladder", ("stacking",), rests_on, value="stacking")
    for post in version.posts:
        if post.grades is not None:
            path: Path = ("posts", post.id, "grades")
            yield problem("needs-ladder", path, rests_on, value="grades")


def _ladder(version: SchemeVersion, ladder: Ladder) -> Iterator[Problem]:
    low, high = ladder.grades
    facts: dict[str, object] = {"low": low, "high": high}
    yield from _waiting(ladder)
    if isinstance(ladder.start, int) and not low <= ladder.start <= high:
        path: Path = ("ladder", "start")
        yield problem("outside-ladder", path, _LADDER_GRADES, value=ladder.start, **facts)
    for post in version.posts:
        grades = post.grades
        if grades is not None and not (low <= grades[0] and grades[1] <= high):
            told = f"{grades[0]}–{grades[1]}"
            path = ("posts", post.id, "grades")
            yield problem("outside-ladder", path, _LADDER_GRADES, value=told, **facts)
    if version.service is None:
        yield Problem("ladder-needs-service", ("ladder",), {}, (("service",),), spoils=True)


def _waiting(ladder: Ladder) -> Iterator[Problem]:
    low, high = ladder.grades
    path: Path = ("ladder", "thresholds")
    if ladder.waiting_months is not None and ladder.thresholds:
        yield problem("two-waiting-rules", ("ladder",), path, ("ladder", "waiting_months"))
    if ladder.waiting_months is None and not ladder.thresholds and high > low:
        yield problem("no-waiting-rule", ("ladder",), _LADDER_GRADES)
    if ladder.waiting_months is not None and ladder.boundary is Boundary.EXCEEDED:
        yield problem("boundary-without-list", ("ladder", "boundary"))
    if ladder.thresholds and len(ladder.thresholds) != high - low:
        facts = {"value": len(ladder.thresholds), "count": high - low, "low": low, "high": high}
        yield problem("thresholds-count", path, _LADDER_GRADES, **facts)
    stated = [(place, one) for place, one in enumerate(ladder.thresholds) if isinstance(one, int)]
    for (_, before), (place, after) in itertools.pairwise(stated):
        if after <= before:
            yield problem("thresholds-not-rising", (*path, place), value=after, before=before)


def _credits(version: SchemeVersion) -> Iterator[Problem]:
    units = {one.name: one.formula.unit for one in version.credits}
    for name, unit in units.items():
        if unit is None:
            yield problem("credit-combined", ("credits", name))
        elif unit not in (Unit.GRADES, Unit.MONTHS):
            yield problem("credit-unit", ("credits", name, KEY_OF_UNIT[unit]))
    grouped: dict[str, Path] = {}
    for place, group in enumerate(version.stacking.best_of if version.stacking else ()):
        if not group:
            yield problem("no-values", ("stacking", "best_of", place))
        for index, name in enumerate(group):
            path: Path = ("stacking", "best_of", place, index)
            if name not in units:
                facts = {"value": name, **offer(name, units)}
                yield problem("unknown-credit", path, names_in("credits"), **facts)
            elif name in grouped:
                yield problem("in-two-groups", path, value=name, first=At(grouped[name]))
            elif units[name] is Unit.MONTHS:
                yield problem("months-in-group", path, value=name)
            grouped.setdefault(name, path)


# --- assessment ------------------------------------------------------------------------------------------------------


def _assessment(version: SchemeVersion) -> Iterator[Problem]:
    assessment = version.assessment
    if assessment is None:
        return
    path: Path = ("assessment", "ratings")
    for rating in assessment.scale:
        if rating not in RATINGS:
            facts = {"value": rating, **offer(rating, RATINGS)}
            yield Problem("unknown-rating", (*path, rating), facts, spoils=True)
    if not assessment.ratings:
        yield Problem("no-ratings", path, spoils=True)
    used: list[tuple[Path, str]] = []
    if assessment.early is not None:
        used.append((("assessment", "early", "rating"), assessment.early.rating))
    for place, one in enumerate(assessment.consequences):
        used.append((("assessment", "consequences", place, "rating"), one.rating))
    for where, rating in used:
        if rating not in assessment.scale:
            facts = {"value": rating, **offer(rating, assessment.scale)}
            yield problem("rating-not-listed", where, path, **facts)
