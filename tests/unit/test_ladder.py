"""The ladder as a process over years: waiting, thresholds, ratings, early rises, and sets of states."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import pytest

from cwgrade.gaps import Gap
from cwgrade.ladder import (
    Boundary,
    EarlyRise,
    LadderRule,
    LadderState,
    LadderYear,
    RatingEffect,
    WaitingAfter,
    climb,
    next_state,
    steps_from_service,
)

EFFECTS: Final = (
    ("excellent", RatingEffect()),
    ("competent", RatingEffect()),
    ("basic", RatingEffect(counted=False)),
    ("fail", RatingEffect(counted=False, grades=-1)),
)
GAP: Final = Gap(path="ladder.thresholds[1]", why="not in the source")


def rule(**fields: Any) -> LadderRule:
    return LadderRule(**{"waiting_months": 36, "effects": EFFECTS, **fields})


def early(waiting: WaitingAfter = WaitingAfter.KEPT, at_most: int = 2) -> EarlyRise:
    return EarlyRise(rating="excellent", consecutive=2, at_most=at_most, waiting=waiting)


def walk(
    by: LadderRule, *ratings: str | None, months: int = 12, start: LadderState | None = None
) -> LadderState:
    """Walk whole years of service with the given ratings, from 2001 on."""
    years = tuple(
        (LadderYear(year=2001 + place, months=months * (place + 1), rating=rating),)
        for place, rating in enumerate(ratings)
    )
    (state,) = climb(years, by, start or LadderState())
    return state


class TestWaiting:
    @pytest.mark.parametrize(("years", "steps"), [(0, 0), (2, 0), (3, 1), (5, 1), (6, 2), (9, 3)])
    def test_a_rise_for_each_interval(self, years: int, steps: int) -> None:
        assert walk(rule(), *("competent",) * years).steps == steps

    def test_many_years_at_once_give_every_rise(self) -> None:
        state = next_state(LadderState(), LadderYear(year=2001, months=110, rating=None), rule())
        assert (state.steps, state.waited_from) == (3, 108)

    def test_part_months_do_not_reach(self) -> None:
        year = LadderYear(year=2001, months=Fraction(71, 2), rating=None)
        assert next_state(LadderState(), year, rule()).steps == 0

    def test_months_counted_before_are_carried(self) -> None:
        start = LadderState(counted=24)
        assert walk(rule(), "competent", start=start).steps == 1

    def test_a_cap_on_each_rise_keeps_the_count_waiting(self) -> None:
        state = walk(rule(most_steps=1), *("competent",) * 9)
        assert (state.steps, state.waited_from, state.counted) == (1, 36, 108)


class TestThresholds:
    @pytest.mark.parametrize(
        ("months", "boundary", "steps"),
        [
            (23, Boundary.REACHED, 0),
            (24, Boundary.REACHED, 1),
            (24, Boundary.EXCEEDED, 0),
            (25, Boundary.EXCEEDED, 1),
            (59, Boundary.REACHED, 1),
            (60, Boundary.REACHED, 2),
            (60, Boundary.EXCEEDED, 1),
            (999, Boundary.REACHED, 2),
        ],
    )
    def test_are_counted_from_the_beginning(
        self, months: int, boundary: Boundary, steps: int
    ) -> None:
        by = rule(waiting_months=None, thresholds=(24, 60), boundary=boundary)
        state = next_state(LadderState(), LadderYear(year=2001, months=months, rating=None), by)
        assert state.steps == steps
        assert steps_from_service(state, by) == (steps, None)

    @pytest.mark.parametrize(
        ("months", "boundary", "told"),
        [
            (35, Boundary.REACHED, (0, None)),
            # on the known rung exactly, the unknown one above cannot be held yet
            (36, Boundary.REACHED, (1, None)),
            (37, Boundary.REACHED, (1, GAP)),
            (36, Boundary.EXCEEDED, (0, None)),
            (37, Boundary.EXCEEDED, (1, GAP)),
            (999, Boundary.REACHED, (1, GAP)),
        ],
    )
    def test_a_gap_hides_what_lies_past_the_last_known_one(
        self, months: int, boundary: Boundary, told: tuple[int, Gap | None]
    ) -> None:
        by = rule(waiting_months=None, thresholds=(36, GAP, 120), boundary=boundary)
        state = next_state(LadderState(), LadderYear(year=2001, months=months, rating=None), by)
        assert steps_from_service(state, by) == told

    def test_a_gap_at_the_first_rung(self) -> None:
        by = rule(waiting_months=None, thresholds=(GAP,))
        assert steps_from_service(LadderState(), by) == (0, None)
        assert steps_from_service(walk(by, "competent"), by) == (0, GAP)

    def test_an_interval_has_no_gaps(self) -> None:
        assert steps_from_service(walk(rule(), *("competent",) * 4), rule()) == (1, None)


class TestRatings:
    def test_a_year_that_is_not_counted_is_left_out(self) -> None:
        assert walk(rule(), "competent", "basic", "competent").steps == 0
        assert walk(rule(), "competent", "basic", "competent", "competent").steps == 1

    def test_a_failed_year_is_left_out_and_lowers(self) -> None:
        state = walk(rule(), "competent", "competent", "competent", "fail", "competent")
        assert (state.steps, state.lowered, state.rises) == (1, -1, 0)
        assert state.counted == 48

    def test_a_year_without_a_rating_counts(self) -> None:
        assert walk(rule(), None, None, None).steps == 1

    def test_a_rating_that_the_rule_does_not_name_does_nothing(self) -> None:
        assert rule().effect_of("unrated") == rule().effect_of(None) == RatingEffect(rises=None)

    def test_lowering_has_no_floor_here(self) -> None:
        assert walk(rule(), "fail", "fail").rises == -2


class TestEarlyRises:
    @pytest.mark.parametrize(
        ("ratings", "rises"),
        [
            (("excellent",), 0),
            (("excellent", "excellent"), 1),
            # the two years are used up, a new pair must begin
            (("excellent",) * 3, 1),
            (("excellent",) * 4, 2),
            # at most twice in a career
            (("excellent",) * 8, 2),
            # anything else, or nothing, breaks the row
            (("excellent", "competent", "excellent"), 0),
            (("excellent", None, "excellent"), 0),
            (("excellent", "competent", "excellent", "excellent"), 1),
        ],
    )
    def test_are_earned_in_pairs(self, ratings: tuple[str | None, ...], rises: int) -> None:
        assert walk(rule(early=early()), *ratings).early == rises

    def test_the_waiting_period_goes_on_or_begins_again(self) -> None:
        ratings = ("excellent", "excellent", "competent")
        kept = walk(rule(early=early()), *ratings)
        assert (kept.early, kept.steps) == (1, 1)
        again = walk(rule(early=early(WaitingAfter.RESTARTS)), *ratings)
        assert (again.early, again.steps, again.waited_from) == (1, 0, 24)
        later = walk(rule(early=early(WaitingAfter.RESTARTS)), *ratings, "competent", "competent")
        assert (later.early, later.steps) == (1, 1)

    def test_a_regular_rise_in_the_same_year_comes_first(self) -> None:
        state = walk(
            rule(early=early(WaitingAfter.RESTARTS)), "competent", "excellent", "excellent"
        )
        assert (state.steps, state.early, state.waited_from) == (1, 1, 36)

    def test_without_a_rule_for_them_there_are_none(self) -> None:
        state = walk(rule(), *("excellent",) * 4)
        assert (state.early, state.row) == (0, 0)


class TestClimb:
    def test_unknown_ratings_travel_as_sets_of_states(self) -> None:
        forms = tuple(
            tuple(
                LadderYear(year=2001 + place, months=12 * (place + 1), rating=rating)
                for rating, _ in EFFECTS
            )
            for place in range(12)
        )
        states = climb(forms, rule(early=early()), LadderState())
        assert len(states) == len(set(states))
        # a million careers, few hundred states
        assert len(states) < 1000

    def test_the_states_are_those_of_each_rating(self) -> None:
        years = (
            (LadderYear(year=2001, months=12, rating="competent"),),
            tuple(LadderYear(year=2002, months=24, rating=rating) for rating in ("fail", "basic")),
        )
        states = climb(years, rule(), LadderState())
        assert set(states) == {walk(rule(), "competent", one) for one in ("fail", "basic")}

    def test_no_years(self) -> None:
        assert climb((), rule(), LadderState(counted=5)) == (LadderState(counted=5),)
