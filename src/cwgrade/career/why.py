"""Why not the next grade, and what would give it: the fewest facts, on the earliest day."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from cwgrade.career.change import Change
from cwgrade.career.changed import Placed, changes_between
from cwgrade.career.entries import CareerEntry, entries_of, first_day_of_grade
from cwgrade.career.forecast import with_ratings
from cwgrade.career.places import Places
from cwgrade.career.span import checked
from cwgrade.dates import earliest, latest
from cwgrade.grading import Grading
from cwgrade.scheme import Beyond, Scheme, SchemeVersion
from cwgrade.worker import (
    ATTAINED,
    NATIONAL_FACTS,
    Attainment,
    Rating,
    ServiceSpell,
    Unknown,
    Worker,
)

__all__ = ["Search", "Supposed", "Way", "WhyNot", "what_would_change", "why_not"]

_MOST_TRIED: Final = 1000
"""Combinations of supposed facts that one search tries."""


@attrs.frozen(kw_only=True, order=True)
class Supposed:
    """One fact that is supposed.

    Attributes:
        fact: `schooling`, `degree`, `qualification`, `honour`, `post`, or a year's rating such as `ratings.2019`.
        value: Its value.
    """

    fact: str
    value: str


@attrs.frozen(kw_only=True)
class Way:
    """Facts that would give a grade.

    Attributes:
        facts: What is supposed to hold from the day asked for; empty where time alone is enough.
        reached_on: The first day on which the grade is held then.
        entry: What holds on that day.
    """

    facts: tuple[Supposed, ...]
    reached_on: date
    entry: CareerEntry


@attrs.frozen(kw_only=True)
class Search:
    """What was found.

    Attributes:
        ways: The ways with the fewest facts, the earliest first, ties in declared order; empty where there is none.
        tried: How many combinations were tried.
        complete: False where there were more than could be tried: then there may be other ways.
    """

    ways: tuple[Way, ...]
    tried: int
    complete: bool


@attrs.frozen(kw_only=True)
class WhyNot:
    """Why a worker has one grade and not another.

    Attributes:
        grading: What holds on the day, with its derivation.
        search: What would give the other grade.
        branch: The derivation of the other grade, by the first way that was found; `None` where none was.
        changes: In what it parts from that of the day.
    """

    grading: Grading | None
    search: Search
    branch: Grading | None
    changes: tuple[Change, ...]


def what_would_change(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date,
    target_grade: int,
    horizon: date,
    at_most: int = 3,
    rated: str | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    most_tried: int = _MOST_TRIED,
) -> Search:
    """Find what would give a worker a grade: time alone, or the fewest facts.

    Supposed are higher schooling, degrees, qualifications and honours with all their days on the day asked for, another
    post from that day, and other results of coming years. Fewest facts come first, then the earliest day, then the
    order in which facts are declared.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day from which facts are supposed.
        target_grade: The grade wanted; a higher one does as well.
        horizon: The day before which it has to be reached.
        at_most: How many facts are supposed together at most.
        rated: The rating to assume for each year from that of `on` on that has none.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        most_tried: How many combinations are tried at most; a search cut short says so.

    Raises:
        ArgumentError: See `career_of`.
        NotInForce: The scheme does not apply on that day.
    """
    known = with_ratings(worker, rated, on, horizon)
    checked(known, scheme, start=on, end=horizon, known_on=known_on)
    version = scheme.version_on(on, known_on=known_on, beyond=beyond)
    options = tuple(_options(known, version, on, horizon))
    tried = 0
    for count in range(at_most + 1):
        ways: list[Way] = []
        for facts in itertools.combinations(options, count):
            if len({one.fact for one in facts}) < count:
                # two values of one fact are not two facts
                continue
            if tried == most_tried:
                return Search(ways=_ranked(ways), tried=tried, complete=False)
            tried += 1
            supposed = known
            for one in facts:
                supposed = _with(supposed, one, on)
            found = _way(facts, supposed, scheme, target_grade, on, horizon, known_on, beyond)
            if found is not None:
                ways.append(found)
        if ways:
            return Search(ways=_ranked(ways), tried=tried, complete=True)
    return Search(ways=(), tried=tried, complete=True)


def _way(
    facts: tuple[Supposed, ...],
    supposed: Worker,
    scheme: Scheme,
    target_grade: int,
    on: date,
    horizon: date,
    known_on: date | None,
    beyond: Beyond,
) -> Way | None:
    """Find whether supposed facts give a grade; what holds besides is looked for only where they do."""
    places = checked(supposed, scheme, start=on, end=horizon, known_on=known_on)
    plain = Places(supposed, scheme, known_on, told=False)
    day = first_day_of_grade(
        target_grade, supposed, plain, start=on, end=horizon, known_on=known_on, beyond=beyond
    )
    if day is None:
        return None
    entries = entries_of(supposed, places, start=on, end=horizon, known_on=known_on, beyond=beyond)
    entry = next(one for one in entries if _grade(one) >= target_grade)
    return Way(facts=facts, reached_on=day, entry=entry)


def why_not(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date,
    grade: int,
    horizon: date,
    at_most: int = 1,
    rated: str | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> WhyNot:
    """Tell why a worker does not have a grade on a day: where the derivation of that grade parts from the one held.

    The arguments are those of `what_would_change`, which finds the branch.

    Raises:
        ArgumentError: See `career_of`.
        NotInForce: The scheme does not apply on that day.
    """
    search = what_would_change(
        worker,
        scheme,
        on=on,
        target_grade=grade,
        horizon=horizon,
        at_most=at_most,
        rated=rated,
        known_on=known_on,
        beyond=beyond,
    )
    known = with_ratings(worker, rated, on, horizon)
    places = checked(known, scheme, start=on, end=horizon, known_on=known_on)
    now = next(entries_of(known, places, start=on, end=horizon, known_on=known_on, beyond=beyond))
    if not search.ways or (search.ways[0].entry.start == now.start and not search.ways[0].facts):
        return WhyNot(grading=now.grading, search=search, branch=None, changes=())
    other = search.ways[0].entry
    # only the grade is asked about: what pay rests on beside it is left out
    changes = changes_between(_grade_alone(now), _grade_alone(other))
    return WhyNot(grading=now.grading, search=search, branch=other.grading, changes=changes)


def _grade_alone(entry: CareerEntry) -> Placed:
    return Placed(grading=entry.grading, payslip=None, silence=entry.silence, away=())


def _grade(entry: CareerEntry) -> int:
    return 0 if entry.placement is None else entry.placement.grade


def _ranked(ways: list[Way]) -> tuple[Way, ...]:
    # sorting keeps the declared order of ways that are reached on one day
    return tuple(sorted(ways, key=lambda way: way.reached_on))


def _options(worker: Worker, version: SchemeVersion, on: date, horizon: date) -> Iterator[Supposed]:
    """Give every fact that may be supposed, in declared order."""
    for fact in ATTAINED:
        items = worker.attained(fact)
        order = NATIONAL_FACTS[fact]
        held = -1 if isinstance(items, Unknown) else _highest(items, order)
        yield from (Supposed(fact=fact, value=value) for value in order[max(held, 0) + 1 :])
    held_posts = {spell.post for spell in worker.spells if _covers(spell, on)}
    for post in version.posts:
        if post.id not in held_posts:
            yield Supposed(fact="post", value=post.id)
    if version.assessment is None:
        return
    given = {one.year: one.value for one in worker.ratings}
    for year in range(on.year, horizon.year):
        for value in version.assessment.scale:
            if given.get(year) != value:
                yield Supposed(fact=f"ratings.{year}", value=value)


def _highest(items: tuple[Attainment, ...], order: tuple[str, ...]) -> int:
    return max((order.index(item.value) for item in items), default=-1)


def _covers(spell: ServiceSpell, on: date) -> bool:
    return (
        spell.kind == "community"
        and earliest(spell.start) <= on
        and (spell.end is None or latest(spell.end) > on)
    )


def _with(worker: Worker, supposed: Supposed, on: date) -> Worker:
    """Give the worker with one fact supposed from a day on, and say so."""
    assumed = (*worker.assumed, f"{supposed.fact}={supposed.value}")
    if supposed.fact == "post":
        spells = tuple(
            part for spell in worker.spells for part in _in_post(spell, supposed.value, on)
        )
        return attrs.evolve(worker, spells=spells, assumed=assumed)
    if supposed.fact.startswith("ratings."):
        period = supposed.fact.removeprefix("ratings.")
        others = tuple(one for one in worker.ratings if one.period != period)
        ratings = (*others, Rating(period=period, value=supposed.value))
        return attrs.evolve(worker, ratings=ratings, assumed=assumed)
    items = worker.attained(supposed.fact)
    item = Attainment(
        value=supposed.value, obtained=on, registered=on, reported=on, approved=on, appointed=on
    )
    known = () if isinstance(items, Unknown) else items
    taken = worker.with_attained(supposed.fact, (*known, item))
    return attrs.evolve(taken, assumed=assumed)


def _in_post(spell: ServiceSpell, post: str, on: date) -> tuple[ServiceSpell, ...]:
    """Cut a spell that goes on at a day, and go on in another post."""
    if not _covers(spell, on):
        return (spell,)
    later = attrs.evolve(spell, start=on, post=post, title=None)
    return (later,) if earliest(spell.start) == on else (attrs.evolve(spell, end=on), later)
