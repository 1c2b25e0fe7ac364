"""Where a ladder starts on a day, and what a walk up it came to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from cwgrade.ladder import LadderState, wait_after
from cwgrade.leaves.counted import Counter
from cwgrade.reasons import Step

if TYPE_CHECKING:
    from cwgrade.leaves.climbed import Outcome, Walk

__all__ = ["Climbed", "Origin", "Start", "share_served"]


@attrs.frozen
class Climbed:
    """What a walk up a ladder came to.

    Attributes:
        step: The step that shows the rises, or the gap that hides them.
        state: Where the worker stood at its end; `None` with a gap.
        as_of: The day at whose start service was counted.
        walk: The walk itself, with what was chosen of it; `None` where a gap hides it.
        counter: The count of service that it went by.
    """

    step: Step = attrs.field(eq=False)
    state: LadderState | None = None
    as_of: date = date.min
    walk: tuple[Walk, Outcome] | None = attrs.field(default=None, eq=False)
    counter: Counter | None = attrs.field(default=None, eq=False)


@attrs.frozen(kw_only=True)
class Origin:
    """A rung held on an earlier day, from which the ladder goes on; only later facts count.

    Attributes:
        step: The step that shows it, or the gap that hides it.
        since: The day; service from it counts toward the next rung.
        rung: The grade or step held.
        months_served: Months already served toward the next one on that day.
        share: Instead of months, the share of a whole waiting period that had been served.
        left: Where the ladder of the post before was left, if the waiting period under way goes on.
        career: Early rises and ratings in a row that go on from it in any case.
    """

    step: Step = attrs.field(eq=False)
    since: date
    rung: int
    months_served: int | Fraction = 0
    share: Fraction | None = None
    left: Climbed | None = None
    career: LadderState = attrs.field(factory=LadderState)


@attrs.frozen(kw_only=True)
class Start:
    """Where the ladder starts.

    Attributes:
        post: The post held on the day asked about.
        first: The first rung, where it is known.
        deemed: The step that found deemed months (their growth since the origin), where the scheme has any.
        origin: A rung held on an earlier day, if it starts there.
        asked_on: Where the ladder is left here for that of another post: the day for which that one is asked. Ratings
            count as they are known by then, and every state that may go on is told apart.
    """

    post: str
    first: int | None
    deemed: tuple[Step, ...]
    origin: Origin | None
    asked_on: date | None = None

    @property
    def deemed_months(self) -> int | Fraction:
        """Deemed months, 0 where there are none."""
        return sum(step.result for step in self.deemed if isinstance(step.result, int | Fraction))

    @property
    def first_year(self) -> int | None:
        """The first year that is looked at; `None` from the beginning."""
        if self.origin is None:
            return None
        return (self.origin.left.as_of if self.origin.left else self.origin.since).year

    @property
    def rung(self) -> int | None:
        """The rung it starts at."""
        return self.origin.rung if self.origin is not None else self.first


def share_served(climbed: Climbed, on: date) -> Fraction:
    """Give the share of the waiting period under way that has been served by a day, a whole one at most.

    Args:
        climbed: The walk up the ladder; it has come to a state.
        on: The day; service after the walk's end and before it counts in full.
    """
    state, counter, walk = climbed.state, climbed.counter, climbed.walk
    if state is None or counter is None or walk is None:
        return Fraction(0)
    wait = wait_after(walk[0].rule, state.steps)
    if not wait:
        # at the top nothing was being waited for
        return Fraction(0)
    since = counter.months(on) - counter.months(climbed.as_of)
    return min(Fraction(state.counted - state.waited_from + since) / wait, Fraction(1))
