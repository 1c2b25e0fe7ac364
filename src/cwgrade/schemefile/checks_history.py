"""What needs a worker's history: service and absences, when facts take effect, assessment."""

from __future__ import annotations

from collections.abc import Iterator

from cwgrade.dates import Takes
from cwgrade.gaps import Missing
from cwgrade.law.effects import NOT_STATED, Effect
from cwgrade.law.post_change import PostChange
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.problems import Path, Problem, names_in, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.vocabulary import RATING_EVENTS
from cwgrade.worker import ABSENCE_KINDS, ATTAINED, EVENTS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

__all__ = ["check_history"]


def check_history(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[service]`, `[absences]`, `[effect]`, the day of `[post_change]`, `[assessment]` and what is counted."""
    yield from _kinds(version)
    for effect in version.effects:
        yield from _effect(version, effect)
    yield from _annual_day(("post_change",), version.post_change)
    yield from _assessment(version)
    yield from _tallies(version)
    yield from _time_in_post(version)


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
    counted = ["service", *(one.name for one in version.time_in_post)]
    accepted = [*NATIONAL_FACTS, *(one.name for one in version.facts), *counted, "rating"]
    if fact not in accepted:
        yield problem("unknown-fact", path, names_in("facts"), value=fact, **offer(fact, accepted))
        return
    yield from _event(effect, path)
    if fact not in counted and effect.reckoned_from is not NOT_STATED:
        yield problem("reckoned-only-service", (*path, "reckoned_from"))
    yield from _annual_day(path, effect)


def _annual_day(path: Path, effect: Effect | PostChange) -> Iterator[Problem]:
    """Check that a yearly day stands where it is needed, and only there."""
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
    for tally in version.tallies:
        where: Path = ("tallies", tally.name, "ratings")
        used += [((*where, place), rating) for place, rating in enumerate(tally.ratings)]
    for where, rating in used:
        if rating not in assessment.scale:
            facts = {"value": rating, **offer(rating, assessment.scale)}
            yield problem("rating-not-listed", where, path, **facts)


def _tallies(version: SchemeVersion) -> Iterator[Problem]:
    for one in version.tallies:
        path: Path = ("tallies", one.name)
        if version.assessment is None:
            facts = {"value": one.name}
            yield Problem("tally-needs-assessment", path, facts, (("assessment",),), spoils=True)
        if not one.ratings:
            yield problem("no-values", (*path, "ratings"))


def _time_in_post(version: SchemeVersion) -> Iterator[Problem]:
    posts = [post.id for post in version.posts]
    for one in version.time_in_post:
        path: Path = ("time_in_post", one.name)
        if version.service is None:
            facts = {"value": one.name}
            yield Problem("time-needs-service", path, facts, (("service",),), spoils=True)
        for place, post in enumerate(one.posts):
            if post not in posts:
                where = (*path, "posts", place)
                yield problem(
                    "unknown-post", where, names_in("posts"), value=post, **offer(post, posts)
                )
