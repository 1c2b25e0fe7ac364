"""Time in a post that has taken effect by a day: creditable service, as far as it was served in that post."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from cwgrade.dates import Takes, next_month
from cwgrade.facts import Facts, StatedField
from cwgrade.gaps import Gap
from cwgrade.leaves.counted import (
    Counter,
    counts_on,
    ledger_steps,
    settle_count,
    start_not_stated,
)
from cwgrade.leaves.held import post_day
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, TimeInPostLeaf, Unit, tidy
from cwgrade.reasons import Step
from cwgrade.service import AfterAnotherPost

__all__ = ["time_in_post_marks", "time_in_post_on"]

_ONE_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12

_Times = tuple[tuple[date, date], ...]
"""Times `[start, end)`, by start and apart from each other."""


def time_in_post_on(facts: Facts, definition: Definition, leaf: TimeInPostLeaf, on: date) -> Step:
    """Count the time in a post that has taken effect by a day, with the times that it was held.

    Days held are looked at, from the day on which a post was taken, whenever a change of post takes effect; which
    post is the present one goes by that effect. A break in service is judged as for all service: by itself it is
    no other post.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The posts, the rule and its effect; months, or full years.
        on: The day.
    """
    hidden = start_not_stated(leaf.rule)
    if hidden is not None:
        return found(definition, "time-in-post", (hidden,))
    day = post_day(facts, on)
    after = _after(leaf)
    times = {one: _times(facts, leaf, day, on, one) for one in after.options}

    def told(counter: Counter, as_of: date, settled: tuple[Any, ...]) -> Hashable:
        held = times[settled[0]]
        return held if isinstance(held, Gap) else _in_unit(leaf, counter.months_in(as_of, held))

    counter, as_of, (chosen,) = settle_count(facts, leaf.rule, leaf.effect, on, told, (after,))
    held = times[chosen]
    if isinstance(held, Gap):
        return found(definition, "time-in-post", (held,))
    months = counter.months_in(as_of, held)
    return found(
        definition,
        "time-in-post",
        tidy(_in_unit(leaf, months)),
        inputs=(
            ("as_of", as_of),
            ("convention", str(counter.rule.convention)),
            ("months", tidy(months)),
            ("since", held[0][0] if held else "none"),
            ("times", len(held)),
        ),
        parts=ledger_steps(facts, definition, counter, as_of, held),
    )


def time_in_post_marks(facts: Facts, leaf: TimeInPostLeaf, start: date, end: date) -> set[date]:
    """Give the days in `(start, end)` on which the time that has taken effect changes, under any reading.

    Args:
        facts: The worker's facts.
        leaf: The posts, the rule and its effect.
        start: First day of the period; it is not named itself.
        end: Day after the last.
    """
    if (
        next_month(start) >= end
        and facts.version.post_change.takes is Takes.SAME_DAY
        and not facts.marks(start, end)
        and _told_on(facts, leaf, start) == _told_on(facts, leaf, end - _ONE_DAY)
    ):
        # inside a month in which no spell or absence begins or ends a count only grows
        return set()
    days = [start + timedelta(days=count) for count in range((end - start).days)]
    counted = [_told_on(facts, leaf, day) for day in days]
    return {
        day
        for day, before, now in zip(days[1:], counted, counted[1:], strict=False)
        if before != now
    }


def _told_on(facts: Facts, leaf: TimeInPostLeaf, on: date) -> tuple[object, ...]:
    """Give what every reading counts on a day."""
    day = post_day(facts, on)
    counters = tuple(counts_on(facts, leaf.rule, leaf.effect, on))
    told: list[object] = []
    for one in _after(leaf).options:
        held = _times(facts, leaf, day, on, one)
        told += [
            held if isinstance(held, Gap) else _in_unit(leaf, counter.months_in(as_of, held))
            for counter, as_of in counters
        ]
    return tuple(told)


def _after(leaf: TimeInPostLeaf) -> StatedField:
    return StatedField(
        path=f"{leaf.path}.after_another_post",
        stated=leaf.after_another_post,
        readings=tuple(AfterAnotherPost),
    )


def _in_unit(leaf: TimeInPostLeaf, months: int | Fraction) -> int | Fraction:
    return months // _MONTHS if leaf.unit is Unit.YEARS else months


def _times(
    facts: Facts, leaf: TimeInPostLeaf, day: date, on: date, after: AfterAnotherPost
) -> _Times | Gap:
    """Give the times that count up to a day, or the gap that hides the post of one of them.

    Args:
        facts: The worker's facts.
        leaf: The posts.
        day: The day whose post is the present one.
        on: The day asked for: it may be counted as the last day served, and no later one is.
        after: What becomes of the time before another post.
    """
    posts: tuple[str, ...] = leaf.posts
    if not posts:
        present = facts.post_on(day)
        if not isinstance(present, str):
            return present or ()
        posts = (present,)
    served = [one for one in _served(facts) if one[0] <= on]
    now = next((at for at, (start, end) in enumerate(served) if start <= day < end), None)
    kept: list[tuple[date, date]] = []
    if after is AfterAnotherPost.STARTS_AGAIN:
        if now is None:
            return ()
        # back to another post, and on to one
        back = _while_held(facts, reversed(served[: now + 1]), posts)
        ahead = _while_held(facts, served[now + 1 :], posts) if back else []
        if isinstance(back, Gap):
            return back
        if isinstance(ahead, Gap):
            return ahead
        kept = [*reversed(back), *ahead]
    else:
        for one in served:
            post = _post_from(facts, one[0])
            if isinstance(post, Gap):
                return post
            if post in posts:
                kept.append(one)
    return _joined(kept)


def _while_held(
    facts: Facts, served: Iterable[tuple[date, date]], posts: tuple[str, ...]
) -> list[tuple[date, date]] | Gap:
    """Give the first of some times, as long as one of the posts is held."""
    kept: list[tuple[date, date]] = []
    for one in served:
        post = _post_from(facts, one[0])
        if isinstance(post, Gap):
            return post
        if post not in posts:
            break
        kept.append(one)
    return kept


def _post_from(facts: Facts, day: date) -> str | Gap | None:
    """Give the post held from a day on which a spell begins or ends."""
    return facts.kept(("held-from", day), lambda: facts.post_on(day))


def _served(facts: Facts) -> _Times:
    """Give the times between days on which a spell begins or ends, without those in which nothing was served."""
    key = ("served", facts.claims)
    found: _Times | None = facts.shared.get(key)
    if found is None:
        marks = sorted({mark for claim in facts.claims for mark in (claim.start, claim.end)})
        found = facts.shared[key] = tuple(
            (start, end)
            for start, end in itertools.pairwise(marks)
            if any(claim.start <= start < claim.end for claim in facts.claims)
        )
    return found


def _joined(times: Sequence[tuple[date, date]]) -> _Times:
    """Join times that touch."""
    joined: list[tuple[date, date]] = []
    for start, end in times:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)
