"""The ladder as a process over years: a small state, and `next_state(state, year)`."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.gaps import Gap

__all__ = [
    "Boundary",
    "EarlyRise",
    "LadderRule",
    "LadderState",
    "LadderYear",
    "RatingEffect",
    "WaitingAfter",
    "climb",
    "next_state",
    "steps_from_service",
    "wait_after",
]

_MOST_FOLDED: Final = 256
"""Walks of which the states are kept; each has some hundreds at most."""


class Boundary(StrEnum):
    """Whether a threshold is reached by exactly its months, or has to be exceeded."""

    REACHED = "reached"
    EXCEEDED = "exceeded"


class WaitingAfter(StrEnum):
    """What an early rise does to the waiting period that is under way."""

    KEPT = "kept"
    RESTARTS = "restarts"


@attrs.frozen(kw_only=True)
class RatingEffect:
    """What one rating does to the ladder.

    Attributes:
        counted: Whether the year counts toward the waiting period.
        rises: Whether a rise may come; `None` leaves it as the years before have it.
        grades: Grades added (negative: taken away).
    """

    counted: bool = True
    rises: bool | None = True
    grades: int = 0


@attrs.frozen(kw_only=True)
class EarlyRise:
    """A grade earned early by consecutive top ratings.

    Attributes:
        rating: The rating that counts.
        consecutive: How many years in a row.
        at_most: How often in a career.
        waiting: What it does to the waiting period.
    """

    rating: str
    consecutive: int
    at_most: int
    waiting: WaitingAfter


@attrs.frozen(kw_only=True)
class LadderRule:
    """A scheme's ladder, every field settled.

    Attributes:
        waiting_months: Months for every rise; `None` where `thresholds` are given.
        thresholds: Months of service from which the second, third … rung is held; a gap where the source is silent.
        boundary: Which side of a threshold counts.
        effects: What each rating does; a rating not named does nothing.
        early: The early rise, where there is one.
        most_steps: Rises by service that there is room for; `None` where the cap is applied to the finished grade.
    """

    waiting_months: int | None = None
    thresholds: tuple[int | Gap, ...] = ()
    boundary: Boundary = Boundary.REACHED
    effects: tuple[tuple[str, RatingEffect], ...] = ()
    early: EarlyRise | None = None
    most_steps: int | None = None

    def effect_of(self, rating: str | None) -> RatingEffect:
        """Give what a rating does."""
        return next((effect for name, effect in self.effects if name == rating), _NO_EFFECT)


_NO_EFFECT = RatingEffect(rises=None)


@attrs.frozen(kw_only=True)
class LadderYear:
    """What the ladder needs to know of one year.

    Attributes:
        year: The calendar year.
        months: The count of creditable service at its end, from the beginning.
        rating: Its rating; `None` where there is none yet.
        closes: Whether the year ends in this walk; otherwise its rating only tells whether its months count.
        rises: Whether a rise by service may come; not from a count that ends before the rung was taken.
    """

    year: int
    months: int | Fraction
    rating: str | None
    closes: bool = True
    rises: bool = True


@attrs.frozen(kw_only=True)
class LadderState:
    """Where a worker stands.

    Attributes:
        months: The count of creditable service so far, from the beginning.
        counted: The months that count toward rises.
        waited_from: The counted months at which the waiting period under way began.
        steps: Rises by service.
        early: Early rises.
        lowered: Grades added or taken away by ratings.
        row: Years in a row with the top rating.
        held_back: Whether rises that are due wait for a year whose rating lets them come.
    """

    months: int | Fraction = 0
    counted: int | Fraction = 0
    waited_from: int | Fraction = 0
    steps: int = 0
    early: int = 0
    lowered: int = 0
    row: int = 0
    held_back: bool = False

    @property
    def rises(self) -> int:
        """All rises less all lowerings."""
        return self.steps + self.early + self.lowered


def next_state(state: LadderState, year: LadderYear, rule: LadderRule) -> LadderState:
    """Move the state on by one year.

    Service first: what the count grew by in the year is added, unless the year's rating is not counted, and every
    waiting period that is then complete gives a rise, unless the rating holds rises back. Then the rating: grades taken
    away, and the early rise.

    Args:
        state: Where the worker stood at the beginning of the year.
        year: The year's count and rating.
        rule: The scheme's ladder.
    """
    effect = rule.effect_of(year.rating)
    counted = state.counted + (year.months - state.months if effect.counted else 0)
    held_back = state.held_back if effect.rises is None else not effect.rises
    steps, waited_from = state.steps, state.waited_from
    while (
        year.rises
        and not held_back
        and (wait := wait_after(rule, steps)) is not None
        and _met(counted - waited_from, wait, rule.boundary)
        and (rule.most_steps is None or steps < rule.most_steps)
    ):
        steps += 1
        waited_from += wait
    early, row = state.early, state.row
    if rule.early is not None and year.closes:
        row = row + 1 if year.rating == rule.early.rating else 0
        if row == rule.early.consecutive and early < rule.early.at_most:
            early, row = early + 1, 0
            if rule.early.waiting is WaitingAfter.RESTARTS:
                waited_from = counted
    return LadderState(
        months=year.months,
        counted=counted,
        waited_from=waited_from,
        steps=steps,
        early=early,
        lowered=state.lowered + (effect.grades if year.closes else 0),
        row=row,
        held_back=held_back,
    )


def steps_from_service(state: LadderState, rule: LadderRule) -> tuple[int, Gap | None]:
    """Give the rises by service, and the gap that hides whether there is one more.

    A threshold that the source does not give hides every rung above it from whoever has passed the last known one.
    """
    if rule.waiting_months is not None or state.steps >= len(rule.thresholds):
        return state.steps, None
    following = rule.thresholds[state.steps]
    if isinstance(following, Gap) and state.counted > state.waited_from:
        return state.steps, following
    return state.steps, None


def wait_after(rule: LadderRule, steps: int) -> int | None:
    """Give the months from the last rise to the next; `None` at the top and at a gap.

    Args:
        rule: The scheme's ladder.
        steps: Rises by service so far.
    """
    if rule.waiting_months is not None:
        return rule.waiting_months
    if steps >= len(rule.thresholds):
        return None
    last = rule.thresholds[steps - 1] if steps else 0
    following = rule.thresholds[steps]
    if isinstance(following, Gap) or isinstance(last, Gap):
        return None
    return following - last


def _met(months: int | Fraction, wait: int, boundary: Boundary) -> bool:
    return months >= wait if boundary is Boundary.REACHED else months > wait


def climb(
    years: Sequence[tuple[LadderYear, ...]], rule: LadderRule, start: LadderState
) -> tuple[LadderState, ...]:
    """Fold the years into the possible states at the end.

    A year whose rating is unknown is given once for each possible rating. Unknown ratings travel as sets of states,
    year by year, so that ten unknown years are not a million careers.

    Args:
        years: For each year, in order, its possible forms.
        rule: The scheme's ladder.
        start: The state to begin with.

    Returns:
        Every possible state, in a fixed order; one where every rating is known.
    """
    if any(len(forms) > 1 for forms in years):
        return _folded(tuple(years), rule, start)
    state = start
    for (year,) in years:
        state = next_state(state, year, rule)
    return (state,)


@functools.lru_cache(maxsize=_MOST_FOLDED)
def _folded(
    years: tuple[tuple[LadderYear, ...], ...], rule: LadderRule, start: LadderState
) -> tuple[LadderState, ...]:
    """Fold years, from those before the last: walks to other days, or with another last year, begin alike."""
    if not years:
        return (start,)
    *_, forms = years
    # ratings that do the same lead to the same states
    different = {_does(form, rule): form for form in reversed(forms)}
    told = tuple(form for form in forms if different[_does(form, rule)] is form)
    states = {
        next_state(state, form, rule): None
        for state in _folded(years[:-1], rule, start)
        for form in told
    }
    return tuple(states)


def _does(year: LadderYear, rule: LadderRule) -> tuple[RatingEffect, bool]:
    return rule.effect_of(year.rating), rule.early is not None and year.rating == rule.early.rating
