"""Laws of the two ladders: ranges, years that do not count, rises that are held back, and tallies."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.grading import Placement, grade_on
from cwgrade.ladder import (
    Boundary,
    LadderRule,
    LadderState,
    LadderYear,
    RatingEffect,
    climb,
    next_state,
)
from cwgrade.law.ladder import Credit
from cwgrade.outcomes import Decided, OneOf
from cwgrade.worker import Worker
from tests.property.invented import paid_days, sample_workers
from tests.property.varied import STEPPED

HELD, LOST = RatingEffect(rises=False), RatingEffect(counted=False, rises=False)
SCALE = ("good", "late", "bad")
EFFECTS = (("good", RatingEffect()), ("late", HELD), ("bad", LOST))
PLAIN = (("good", RatingEffect()), ("late", RatingEffect()), ("bad", RatingEffect(counted=False)))


def rules(effects: tuple[tuple[str, RatingEffect], ...]) -> st.SearchStrategy[LadderRule]:
    """Draw a rule with one interval or with thresholds."""
    interval = st.integers(6, 40).map(lambda one: LadderRule(waiting_months=one, effects=effects))
    listed = st.lists(st.integers(1, 120), min_size=1, max_size=6, unique=True)
    thresholds = listed.map(lambda one: LadderRule(thresholds=tuple(sorted(one)), effects=effects))
    return st.one_of(interval, thresholds)


@st.composite
def careers(draw: st.DrawFn) -> tuple[LadderYear, ...]:
    """Draw years of service, part-years among them, each with a rating or none."""
    grown = draw(st.lists(st.integers(0, 24).map(lambda one: Fraction(one, 2)), max_size=12))
    ratings = [draw(st.sampled_from((*SCALE, None))) for _ in grown]
    return tuple(
        LadderYear(year=2001 + place, months=sum(grown[: place + 1]), rating=rating)
        for place, rating in enumerate(ratings)
    )


def walked(career: tuple[LadderYear, ...], rule: LadderRule) -> list[LadderState]:
    states = [LadderState()]
    for year in career:
        states.append(next_state(states[-1], year, rule))
    return states


@given(careers(), rules(EFFECTS))
def test_a_year_that_does_not_count_never_raises(
    career: tuple[LadderYear, ...], rule: LadderRule
) -> None:
    states = walked(career, rule)
    for before, after, year in zip(states, states[1:], career, strict=False):
        if year.rating == "bad":
            assert after.steps == before.steps
            assert after.counted == before.counted


@given(careers(), rules(EFFECTS))
def test_a_rise_that_is_held_back_is_late_and_never_lost(
    career: tuple[LadderYear, ...], rule: LadderRule
) -> None:
    plain = attrs.evolve(rule, effects=PLAIN)
    for held, free in zip(walked(career, rule), walked(career, plain), strict=True):
        assert held.steps <= free.steps
    # one good year more, in which nothing is served, lets everything come
    months = career[-1].months if career else 0
    last = LadderYear(year=2099, months=months, rating="good")
    (held,), (free,) = (
        climb([(one,) for one in (*career, last)], by, LadderState()) for by in (rule, plain)
    )
    assert (held.steps, held.waited_from) == (free.steps, free.waited_from)


@given(careers(), rules(EFFECTS))
def test_a_year_without_a_rating_neither_holds_back_nor_lets_come(
    career: tuple[LadderYear, ...], rule: LadderRule
) -> None:
    states = walked(career, rule)
    for before, after, year in zip(states, states[1:], career, strict=False):
        if year.rating is None:
            assert after.held_back == before.held_back
            assert not before.held_back or after.steps == before.steps


def placements(worker: Worker, on: date) -> tuple[Placement, ...]:
    match grade_on(worker, STEPPED, on=on).outcome:
        case Decided(value):
            return (value,)
        case OneOf(values=values):
            return values
        case _:
            return ()


@given(sample_workers(), paid_days())
def test_grade_and_step_stay_in_their_ranges(worker: Worker, on: date) -> None:
    version = STEPPED.versions[0]
    for found in placements(worker, on):
        post = version.post(found.post)
        assert post is not None
        for ladder, rung in zip(version.ladders, (found.grade, found.step), strict=True):
            low, high = ladder.rungs_of(post)
            assert rung is not None
            assert low <= rung <= high


@given(sample_workers(), paid_days())
def test_a_step_beside_the_grade_does_not_change_the_grade(worker: Worker, on: date) -> None:
    alone = attrs.evolve(STEPPED.versions[0], step=None, pay=(), credits=_of_grade())
    scheme = attrs.evolve(STEPPED, versions=(alone,))
    found = grade_on(worker, scheme, on=on).outcome
    beside = grade_on(worker, STEPPED, on=on).outcome
    if isinstance(found, Decided):
        assert isinstance(beside, Decided)
        assert (beside.value.grade, beside.value.post) == (found.value.grade, found.value.post)


def _of_grade() -> tuple[Credit, ...]:
    return tuple(one for one in STEPPED.versions[0].credits if one.feeds == "grade")


@given(st.integers(0, 200), st.integers(1, 60), st.sampled_from(Boundary))
def test_a_threshold_is_met_or_exceeded(months: int, threshold: int, boundary: Boundary) -> None:
    rule = LadderRule(thresholds=(threshold,), boundary=boundary)
    state = next_state(LadderState(), LadderYear(year=2001, months=months, rating=None), rule)
    reached = months >= threshold if boundary is Boundary.REACHED else months > threshold
    assert state.steps == int(reached)
