"""Hypothesis strategies for workers and their facts, weighted towards the days on which rules turn.

They need the `testing` extra (`pip install "cwgrade[testing]"`). Days such as 29 February, the ends of months,
1 January and the day of re-basing are built in, not filtered for: a test that goes wrong on one of them finds it in
few examples.

Examples:
    A property of your own payroll, held against the library:

    >>> from datetime import date
    >>> from hypothesis import given, settings
    >>> from cwgrade import grade_on, load_scheme
    >>> from cwgrade.outcomes import OneOf
    >>> from cwgrade.strategies import days, workers_under
    >>> sample = load_scheme("sample-3x18")
    >>> @settings(max_examples=5, deadline=None, database=None)
    ... @given(workers_under(sample), days(first=date(2012, 1, 1)))
    ... def known_facts_leave_no_choice(worker, on):
    ...     assert not isinstance(grade_on(worker, sample, on=on).outcome, OneOf)
    >>> known_facts_leave_no_choice()
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, Literal

import attrs

from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.dates import AnnualDay, Day, PartialDate, add_months, earliest, latest
from cwgrade.errors import MissingExtra
from cwgrade.scheme import Scheme
from cwgrade.strategies.edges import every, month_ends, turning_days
from cwgrade.worker import (
    ABSENCE_KINDS,
    EVENTS,
    NATIONAL_FACTS,
    RATINGS,
    SERVICE_KINDS,
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    Rating,
    ServiceSpell,
    StateFact,
    Unknown,
    Worker,
)

try:
    from hypothesis import strategies as st
except ImportError as error:  # pragma: no cover -- the tests need Hypothesis to run at all
    raise MissingExtra("missing-extra", library="hypothesis", extra="testing") from error

__all__ = [
    "Knowledge",
    "absences",
    "attainments",
    "days",
    "partial_dates",
    "ratings",
    "schemes",
    "service_spells",
    "turning_days",
    "workers",
    "workers_under",
]

Knowledge = Literal["known", "unknowns"]
"""How much is known of a worker: every fact and every day, or some of them not."""

FIRST_DAY: Final = date(2008, 1, 1)
LAST_DAY: Final = date(2019, 12, 31)
_ONE_DAY: Final = timedelta(days=1)
_DECEMBER: Final = 12
_MOST_MONTHS: Final = 132
"""Months of a spell that is drawn by its length: past every waiting period and every band that schemes have."""
_ANNUAL: Final = (AnnualDay(1, 1), AnnualDay(12, 31), AnnualDay(7, 1), AnnualDay(6, 30))
"""1 January and the usual day of re-basing, each with its eve."""


def days(
    *, first: date = FIRST_DAY, last: date = LAST_DAY, edges: Sequence[date] = ()
) -> st.SearchStrategy[date]:
    """Draw a day, often one on which a rule turns.

    Args:
        first: The first day drawn.
        last: The last day drawn.
        edges: More days to draw often, such as `turning_days(scheme)`; those out of range are left out.

    Examples:
        >>> from hypothesis import find
        >>> find(days(), lambda day: (day.month, day.day) == (2, 29)).year in (2008, 2012, 2016)
        True
    """
    built_in = [*every(_ANNUAL, first, last), *month_ends(first, last)]
    inside = [
        [day for day in dict.fromkeys(group) if first <= day <= last] for group in (edges, built_in)
    ]
    return st.one_of(*(_one_of_days(group) for group in inside if group), st.dates(first, last))


def _one_of_days(group: Sequence[date]) -> st.SearchStrategy[date]:
    def chosen(place: int) -> date:
        return group[place]

    # by number: the text of a strategy would otherwise hold every day of the list, in every message
    return st.integers(0, len(group) - 1).map(chosen)


def partial_dates(
    *, first: date = FIRST_DAY, last: date = LAST_DAY
) -> st.SearchStrategy[PartialDate]:
    """Draw a day known only to its month, or at times only to its year.

    Args:
        first: A day in the first month drawn.
        last: A day in the last month drawn.

    Examples:
        >>> from hypothesis import find
        >>> find(partial_dates(), lambda day: day.month == 2).last.day in (28, 29)
        True
    """
    months = st.integers(first.year * 12 + first.month - 1, last.year * 12 + last.month - 1)
    to_month = months.map(lambda index: PartialDate(index // 12, index % 12 + 1))
    to_year = st.integers(first.year, last.year).map(PartialDate)
    return st.one_of(to_month, to_month, to_year)


@st.composite
def _periods(
    draw: st.DrawFn, first: date, last: date, edges: Sequence[date], knowledge: Knowledge
) -> tuple[Day, Day | None]:
    """Draw a start and an end after it: open, some months and a day more or less, or any later day."""
    start: Day = draw(days(first=first, last=last - _ONE_DAY, edges=edges))
    after = earliest(start) + _ONE_DAY
    how = draw(st.sampled_from(("open", "months", "day")))
    end: Day | None = None
    if how == "months":
        months = draw(st.integers(1, _MOST_MONTHS))
        end = add_months(earliest(start), months) + draw(st.integers(-1, 1)) * _ONE_DAY
        end = min(max(end, after), last)
    elif how == "day":
        end = draw(days(first=after, last=last, edges=edges))
    if knowledge == "unknowns":
        start = draw(_blurred(start))
        end = draw(_blurred(end)) if end is not None else None
    return start, end


def _blurred(day: Day) -> st.SearchStrategy[Day]:
    """Draw a day as it is, or known to its month only."""
    month = PartialDate(earliest(day).year, earliest(day).month)
    return st.sampled_from((day, day, day, month))


def service_spells(
    *,
    posts: Sequence[str] = ("staff", "deputy", "principal"),
    regions: Sequence[str | None] = (None,),
    kinds: Sequence[str] = ("community",),
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
    edges: Sequence[date] = (),
    knowledge: Knowledge = "known",
) -> st.SearchStrategy[ServiceSpell]:
    """Draw a spell of service; its length is often whole months, or a day more or less.

    Args:
        posts: Ids of the posts that are held.
        regions: Where it is served; `None` is the place whose scheme is asked.
        kinds: Kinds of service.
        first: The first day drawn.
        last: The last day drawn; a spell may be open.
        edges: More days to draw often.
        knowledge: With `"unknowns"`, days may be known to their month only, and post and region may be unknown.

    Examples:
        >>> from hypothesis import find
        >>> find(service_spells(), lambda spell: spell.end is not None).post in (
        ...     "staff",
        ...     "deputy",
        ...     "principal",
        ... )
        True
    """
    return st.builds(
        lambda period, post, region, kind: ServiceSpell(
            start=period[0], end=period[1], post=post, region=region, kind=kind
        ),
        _periods(first, last, edges, knowledge),
        _sometimes(st.sampled_from(posts), None, knowledge),
        _sometimes(st.sampled_from(regions), UNKNOWN, knowledge),
        st.sampled_from(kinds),
    )


def _sometimes(
    known: st.SearchStrategy[str] | st.SearchStrategy[str | None],
    unknown: Unknown | None,
    knowledge: Knowledge,
) -> st.SearchStrategy[str | Unknown | None]:
    """Draw a known value, and with unknowns at times the sign that stands for an unknown one."""
    if knowledge == "known":
        return st.one_of(known)
    return st.one_of(known, known, known, st.just(unknown))


def absences(
    *,
    kinds: Sequence[str] = ABSENCE_KINDS,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
    edges: Sequence[date] = (),
    knowledge: Knowledge = "known",
) -> st.SearchStrategy[AbsenceSpell]:
    """Draw an absence.

    Args:
        kinds: Kinds of absence.
        first: The first day drawn.
        last: The last day drawn; an absence may be open.
        edges: More days to draw often.
        knowledge: With `"unknowns"`, days may be known to their month only.

    Examples:
        >>> from hypothesis import find
        >>> find(absences(kinds=("sick",)), lambda absence: absence.end is None).kind
        'sick'
    """
    return st.builds(
        lambda period, kind: AbsenceSpell(start=period[0], end=period[1], kind=kind),
        _periods(first, last, edges, knowledge),
        st.sampled_from(kinds),
    )


def attainments(
    fact: str,
    *,
    first: date = FIRST_DAY,
    last: date = LAST_DAY,
    edges: Sequence[date] = (),
    knowledge: Knowledge = "known",
) -> st.SearchStrategy[Attainment]:
    """Draw schooling, a degree, a qualification or an honour with the days of its life, one after the other.

    Args:
        fact: `schooling`, `degree`, `qualification` or `honour`.
        first: The first day drawn.
        last: The last day drawn.
        edges: More days to draw often.
        knowledge: With `"unknowns"`, days may be known to their month only or not at all.

    Examples:
        >>> from hypothesis import find
        >>> find(attainments("degree"), lambda degree: degree.value == "doctor").value
        'doctor'
    """
    values = [value for value in NATIONAL_FACTS[fact] if value != "none"]
    day = days(first=first, last=last, edges=edges)
    in_order = st.lists(day, min_size=len(EVENTS), max_size=len(EVENTS)).map(sorted)
    return in_order.flatmap(
        lambda ordered: st.builds(
            Attainment,
            value=st.sampled_from(values),
            **{
                event: st.just(known)
                if knowledge == "known"
                else st.one_of(_blurred(known), st.none())
                for event, known in zip(EVENTS, ordered, strict=True)
            },
        )
    )


def ratings(
    *, years: tuple[int, int] = (FIRST_DAY.year, LAST_DAY.year), scale: Sequence[str] = RATINGS
) -> st.SearchStrategy[Rating]:
    """Draw the rating of a whole year.

    Args:
        years: The first and the last year.
        scale: The ratings that a scheme has.

    Examples:
        >>> from hypothesis import find
        >>> find(ratings(years=(2018, 2018)), lambda rating: rating.value == "fail").period
        '2018'
    """
    return st.builds(
        lambda year, value: Rating(period=str(year), value=value),
        st.integers(*years),
        st.sampled_from(scale),
    )


def workers(
    *,
    knowledge: Knowledge = "known",
    posts: Sequence[str] = ("staff", "deputy", "principal"),
    regions: Sequence[str | None] = (None,),
    kinds: Sequence[str] = ("community",),
    absence_kinds: Sequence[str] = ABSENCE_KINDS,
    years: tuple[int, int] = (FIRST_DAY.year, LAST_DAY.year),
    scale: Sequence[str] = ("competent", "excellent", "basic", "fail", "unrated"),
    declared: Sequence[tuple[str, Sequence[str]]] = (),
    edges: Sequence[date] = (),
) -> st.SearchStrategy[Worker]:
    """Draw a worker.

    Where everything is known, every day is exact and every calendar year that a community spell touches has a rating
    (of the years asked for). With unknowns, each of these may be missing or vague.

    Args:
        knowledge: `"known"` or `"unknowns"`.
        posts: Ids of the posts that are held.
        regions: Where service is served; `None` is the place whose scheme is asked.
        kinds: Kinds of service.
        absence_kinds: Kinds of absence.
        years: The first and the last year in which anything happens.
        scale: The ratings.
        declared: Facts that a scheme declares, each with its values.
        edges: More days to draw often.

    Examples:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=5, deadline=None, database=None)
        ... @given(workers(posts=("clerk",), years=(2015, 2018)))
        ... def known_years_are_rated(worker):
        ...     assert {spell.post for spell in worker.spells} == {"clerk"}
        ...     assert all(2015 <= rating.year <= 2018 for rating in worker.ratings)
        >>> known_years_are_rated()
    """
    first, last = date(years[0], 1, 1), date(years[1], _DECEMBER, 31)
    spell = service_spells(
        posts=posts,
        regions=regions,
        kinds=kinds,
        first=first,
        last=last,
        edges=edges,
        knowledge=knowledge,
    )
    absence = absences(
        kinds=absence_kinds, first=first, last=last, edges=edges, knowledge=knowledge
    )
    day = days(first=first, last=last)
    states = [_states(name, values, day, knowledge) for name, values in (*_STATES, *declared)]

    def attained(fact: str) -> st.SearchStrategy[tuple[Attainment, ...] | Unknown]:
        item = attainments(fact, first=first, last=last, edges=edges, knowledge=knowledge)
        items = st.lists(item, max_size=2).map(tuple)
        return items if knowledge == "known" else st.one_of(items, items, st.just(UNKNOWN))

    unrated = st.builds(
        Worker,
        id=st.sampled_from(("007", "1", "0012")),
        spells=st.lists(spell, min_size=1, max_size=3).map(tuple),
        absences=st.lists(absence, max_size=2).map(tuple),
        schooling=attained("schooling"),
        degrees=attained("degree"),
        qualifications=attained("qualification"),
        honours=attained("honour"),
        facts=st.tuples(*states).map(lambda entries: tuple(itertools.chain(*entries))),
        placement=st.none(),
        ratings=st.just(()),
        supplied=st.just(()),
        assumed=st.just(()),
    )
    return _rated(unrated, years[1], tuple(scale), knowledge)


def workers_under(
    scheme: Scheme,
    *,
    knowledge: Knowledge = "known",
    kinds: Sequence[str] = SERVICE_KINDS,
    years: tuple[int, int] = (FIRST_DAY.year, LAST_DAY.year),
) -> st.SearchStrategy[Worker]:
    """Draw a worker with the posts, ratings and declared facts of a scheme, around the days on which it turns.

    Args:
        scheme: The scheme; its last version is looked at.
        knowledge: `"known"` or `"unknowns"`.
        kinds: Kinds of service.
        years: The first and the last year in which anything happens.

    Examples:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=5, deadline=None, database=None)
        ... @given(workers_under(load_scheme("shaanxi-2012")))
        ... def veterans_are_told_apart(worker):
        ...     assert "veteran" in [fact.name for fact in worker.facts]
        >>> veterans_are_told_apart()
    """
    version = scheme.versions[-1]
    return workers(
        knowledge=knowledge,
        posts=[post.id for post in version.posts],
        regions=(None, version.place, "11") if version.place.isdigit() else (None,),
        kinds=kinds,
        years=years,
        scale=version.assessment.scale if version.assessment is not None else RATINGS,
        declared=[(fact.name, fact.values) for fact in version.facts],
        edges=turning_days(scheme),
    )


_STATES: Final = (
    # the value that is under most schemes first: it is what examples shrink to
    ("employment", ("full_time", "part_time")),
    ("identity", ("none", "institution", "civil_service", "public_welfare_job")),
    ("route", ("recruited", "elected")),
    ("retired", ("no", "yes")),
)


@st.composite
def _rated(
    draw: st.DrawFn,
    workers_: st.SearchStrategy[Worker],
    last_year: int,
    scale: tuple[str, ...],
    knowledge: Knowledge,
) -> Worker:
    """Draw a rating for each calendar year that a community spell touches; with unknowns, for most of them."""
    worker = draw(workers_)
    served = {
        year
        for spell in worker.spells
        if spell.kind == "community"
        for year in range(earliest(spell.start).year, _last_year(spell, last_year) + 1)
    }
    values: tuple[str | None, ...] = scale if knowledge == "known" else (*scale, None)
    found = draw(st.tuples(*(st.sampled_from(values) for _ in served)))
    return attrs.evolve(
        worker,
        ratings=tuple(
            Rating(period=str(year), value=value)
            for year, value in zip(sorted(served), found, strict=True)
            if value is not None
        ),
    )


def _last_year(spell: ServiceSpell, last_year: int) -> int:
    return last_year if spell.end is None else min(latest(spell.end).year, last_year)


@st.composite
def _states(
    draw: st.DrawFn,
    name: str,
    values: Sequence[str],
    day: st.SearchStrategy[date],
    knowledge: Knowledge,
) -> tuple[StateFact, ...]:
    """Draw a fact that holds for ever, and at times another value from a day on."""
    kinds = ("one", "one", "one", "two", *(("none", "unknown") if knowledge == "unknowns" else ()))
    kind = draw(st.sampled_from(kinds))
    if kind == "none":
        return ()
    if kind == "unknown":
        return (StateFact(name=name, value=UNKNOWN),)
    usual = StateFact(name=name, value=draw(st.sampled_from((values[0], values[0], *values))))
    if kind == "one":
        return (usual,)
    start: Day = draw(day)
    if knowledge == "unknowns":
        start = draw(_blurred(start))
    return (usual, StateFact(name=name, value=draw(st.sampled_from(values)), start=start))


def schemes(ids: Sequence[str] | None = None) -> st.SearchStrategy[Scheme]:
    """Draw a bundled scheme.

    Args:
        ids: The ids to draw from; every bundled scheme where left out.

    Examples:
        >>> from hypothesis import find
        >>> find(schemes(("harbin-2016",)), lambda _: True).versions[0].ladder is None
        True
    """
    return st.sampled_from(scheme_ids() if ids is None else tuple(ids)).map(load_scheme)
