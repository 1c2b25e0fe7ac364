"""Posts: which day's posts count on a day, the times in one post, and whether two are held at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import attrs

from cwgrade.dates import Takes, cutoff, first_day_of_change
from cwgrade.facts import Facts, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.leaves.steps import found, timing_of
from cwgrade.quantities import Definition, TwoPostsLeaf
from cwgrade.reasons import Step

__all__ = ["Stretch", "post_day", "stretches", "two_posts_on"]

_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen
class Stretch:
    """A time in one post, as far as posts count.

    Attributes:
        start: Its first day.
        post: The post, or why it is not known.
    """

    start: date
    post: str | Gap


def post_day(facts: Facts, on: date) -> date:
    """Give the day whose posts count on a day: a change may take effect later, or on the first of its month.

    Who has just come has no old post, and who is about to leave keeps the last one.

    Args:
        facts: The worker's facts.
        on: The day.
    """
    effect = facts.version.post_change.effect
    if effect.takes is Takes.SAME_DAY or not facts.serving(on):
        return on

    def counted(settled: tuple[Any, ...]) -> date:
        first, after = _unbroken(facts, on)
        return min(max(cutoff(on, settled[0], effect.annual_day), first), after - _ONE_DAY)

    if not isinstance(effect.takes, Missing):
        return counted((effect.takes,))
    return counted(
        settle(facts.choices, (timing_of(effect),), lambda one: facts.post_on(counted(one)))
    )


def _unbroken(facts: Facts, on: date) -> tuple[date, date]:
    """Give the first day of the unbroken service around a day, and the day after its last."""
    marks = sorted(_marks(facts))
    first = next(day for day in reversed(marks) if day <= on and not facts.serving(day - _ONE_DAY))
    return first, next((day for day in marks if day > on and not facts.serving(day)), date.max)


def _marks(facts: Facts) -> set[date]:
    """Give the days on which a spell begins or ends."""
    return {day for claim in facts.claims for day in (claim.start, claim.end)}


def stretches(facts: Facts) -> tuple[Stretch, ...]:
    """Give the times in one post, in order; a break in service does not end one.

    Args:
        facts: The worker's facts.
    """
    return facts.kept("stretches", lambda: _stretches(facts))


def _stretches(facts: Facts) -> tuple[Stretch, ...]:
    effect = facts.version.post_change.effect
    marks = {mark for mark in _marks(facts) if mark != date.max}
    days = marks | {
        first_day_of_change(mark, takes, effect.annual_day)
        for mark in marks
        for takes in timing_of(effect).options
    }
    made: list[Stretch] = []
    for day in sorted(days):
        post = facts.post_on(post_day(facts, day))
        if post is not None and (not made or made[-1].post != post):
            made.append(Stretch(day, post))
    return tuple(made)


def two_posts_on(facts: Facts, definition: Definition, leaf: TwoPostsLeaf, on: date) -> Step:
    """Tell whether two posts are held on a day: `yes` or `no`.

    Two titles are two posts, also where both belong to one post of the scheme (书记 and 主任). One that stands for
    two in one word counts as two, and so does a post that is made of two titles.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The titles that stand for two posts.
        on: The day.
    """
    day = post_day(facts, on)
    decides = facts.post_on(day)
    if isinstance(decides, Gap):
        return found(definition, "two-posts", (decides,))
    held, post = facts.positions_on(day), facts.version.post(decides or "")
    two = (
        len(held) > 1
        or any(title in leaf.titles for title in held)
        or (post is not None and len(post.holds_all) > 1)
    )
    inputs = (("held", ", ".join(held)),)
    return found(definition, "two-posts", "yes" if two else "no", inputs=inputs)
