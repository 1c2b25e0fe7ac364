"""The ladder on arrays is the fold of the scalar rule, row by row."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.arrays.ladders import LadderMachine, from_zero
from cwgrade.ladder import (
    Boundary,
    EarlyRise,
    LadderRule,
    LadderState,
    LadderYear,
    RatingEffect,
    WaitingAfter,
    climb,
)

RATINGS = ("excellent", "competent", "basic", "fail", None)
EFFECTS = st.tuples(
    *(
        st.builds(RatingEffect, counted=st.booleans(), grades=st.sampled_from((0, 0, -1, 1)))
        for _ in RATINGS[:-1]
    )
).map(lambda effects: tuple(zip(RATINGS[:-1], effects, strict=True)))
EARLY = st.none() | st.builds(
    EarlyRise,
    rating=st.just("excellent"),
    consecutive=st.integers(1, 3),
    at_most=st.integers(1, 3),
    waiting=st.sampled_from(WaitingAfter),
)
INTERVALS = st.builds(
    LadderRule,
    waiting_months=st.sampled_from((12, 24, 36)),
    boundary=st.sampled_from(Boundary),
    effects=EFFECTS,
    early=EARLY,
    most_steps=st.none() | st.integers(0, 12),
)
THRESHOLDS = st.builds(
    LadderRule,
    thresholds=st.lists(st.integers(1, 200), min_size=1, max_size=8, unique=True).map(
        lambda months: tuple(sorted(months))
    ),
    boundary=st.sampled_from(Boundary),
    effects=EFFECTS,
    early=EARLY,
)
RULES = INTERVALS | THRESHOLDS
YEARS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(0, len(RATINGS) - 1)), min_size=1, max_size=25
)


def folded(years: list[tuple[int, int]], rule: LadderRule) -> LadderState:
    months, forms = 0, []
    for year, (growth, rating) in enumerate(years):
        months += growth
        forms.append((LadderYear(year=year, months=months, rating=RATINGS[rating]),))
    (state,) = climb(forms, rule, LadderState())
    return state


@given(RULES, st.lists(YEARS, min_size=1, max_size=6))
def test_every_row_ends_where_the_fold_ends(
    rule: LadderRule, careers: list[list[tuple[int, int]]]
) -> None:
    longest = max(map(len, careers))
    machine = LadderMachine(rule, RATINGS, 12)
    states = np.full(len(careers), machine.number(LadderState()))
    # careers begin in different years: before the first there is neither service nor rating
    padded = [[(0, len(RATINGS) - 1)] * (longest - len(career)) + career for career in careers]
    for year in range(longest):
        growth, rating = (np.array([career[year][part] for career in padded]) for part in (0, 1))
        states = machine.move(states, growth, rating)
    ended = [machine.states[number] for number in states]
    assert ended == [from_zero(folded(career, rule)) for career in padded]


@given(RULES, st.lists(st.integers(0, 12), min_size=1, max_size=25))
def test_years_without_a_rating_may_be_taken_in_one_move(
    rule: LadderRule, years: list[int]
) -> None:
    unrated = len(RATINGS) - 1
    machine = LadderMachine(rule, RATINGS, sum(years))
    one_by_one = at_once = np.array([machine.number(LadderState())])
    for growth in years:
        one_by_one = machine.move(one_by_one, np.array([growth]), np.array([unrated]))
    at_once = machine.move(at_once, np.array([sum(years)]), np.array([unrated]))
    assert one_by_one.tolist() == at_once.tolist()
