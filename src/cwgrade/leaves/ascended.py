"""What a ladder comes to on a day: from its first rung, or from a rung held earlier and what came since."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from cwgrade.facts import Facts
from cwgrade.gaps import Gap
from cwgrade.leaves.climbed import Origin, Start, rises_on
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, LadderLeaf, LadderSum, Unit, combine_values
from cwgrade.reasons import Step
from cwgrade.worker import PlacementOnRecord

__all__ = ["Moment", "climbed_on", "origin_on", "sum_on"]


class Moment(Protocol):
    """One worker on one day, as far as the ladder asks."""

    @property
    def facts(self) -> Facts:
        """The worker's facts."""

    @property
    def on(self) -> date:
        """The day."""

    @property
    def placement(self) -> PlacementOnRecord | None:
        """The placement on record from which ladders start."""

    def step(self, name: str) -> Step:
        """Find a quantity by name."""

    def origin(self, ladder: str) -> Origin | None:
        """Give the rung held earlier from which a ladder goes on."""

    def before(self, since: date) -> Moment:
        """Give the same worker on an earlier day, without the placement on record."""


def origin_on(moment: Moment, definition: Definition, ladder: str) -> Origin | None:
    """Give the rung held earlier from which a ladder goes on; `None` where it starts at its first rung.

    Args:
        moment: The worker on the day.
        definition: The definition that the rung belongs to.
        ladder: `grade` or `step`.
    """
    placement = moment.placement
    if placement is None or moment.step("post").gaps:
        return None
    recorded = _recorded(placement, ladder)
    if recorded is None or recorded[1] > moment.on:
        return None
    rung, since, months_served = recorded
    held_in = moment.facts.post_named(placement.post)
    gap = held_in if isinstance(held_in, Gap) else None
    if gap is None and moment.step("post").result != held_in:
        gap = Gap(path="placement", why="post-changed-since-placement")
    if gap is not None:
        step = found(definition, "placement", (gap,))
    else:
        step = Step(
            code="placement",
            path="placement",
            result=rung,
            unit=Unit.GRADES,
            inputs=(
                ("since", since),
                ("months_served", months_served),
                ("document", placement.document),
            ),
            label=definition.label,
        )
    return Origin(step=step, since=since, rung=rung, months_served=months_served)


def _recorded(placement: PlacementOnRecord, ladder: str) -> tuple[int, date, int] | None:
    """Give the rung on record of a ladder, its day, and the months served toward the next."""
    if ladder == "grade":
        return placement.grade, placement.since, placement.months_served
    if placement.step is None:
        return None
    since = placement.step_since or placement.since
    return placement.step, since, placement.step_months_served


def sum_on(moment: Moment, definition: Definition, quantity: LadderSum) -> Step:
    """Add up a ladder: the first rung, rises and credits; or a rung held earlier, later rises, later growth.

    Args:
        moment: The worker on the day.
        definition: The sum's definition.
        quantity: Its parts.
    """
    origin = moment.origin(quantity.name)
    if origin is None:
        parts = tuple(moment.step(name) for name in (*quantity.rungs, *quantity.credits))
    elif origin.step.gaps:
        parts = (origin.step,)
    else:
        later = tuple(moment.step(name) for name in quantity.rungs[1:])
        grown = tuple(_growth(moment, name, origin) for name in quantity.credits)
        parts = (origin.step, *later, *grown)
    return found(definition, "add", combine_values(parts, sum), parts=parts)


def _growth(moment: Moment, name: str, origin: Origin) -> Step:
    """Give what a quantity has grown by since a day; what it gave before is in the rung held then."""
    now, then = moment.step(name), moment.before(origin.since).step(name)
    result = combine_values((now, then), lambda pair: pair[0] - pair[1])
    definition = moment.facts.version.normal_form[name]
    inputs = (("since", origin.since),)
    return found(definition, "growth", result, inputs=inputs, parts=(now, then))


def climbed_on(moment: Moment, definition: Definition, leaf: LadderLeaf) -> Step:
    """Give the rises of a ladder that have come by a day.

    Args:
        moment: The worker on the day.
        definition: The leaf's definition.
        leaf: The ladder.
    """
    post = moment.step("post")
    if post.gaps:
        return found(definition, "rises", post.gaps, parts=(post,))
    origin = moment.origin(leaf.name)
    deemed: tuple[Step, ...] = ()
    if leaf.deemed is not None:
        step = _growth(moment, leaf.deemed, origin) if origin else moment.step(leaf.deemed)
        deemed = (step,)
    listed = any(wait.thresholds for _, wait in leaf.waits)
    first = moment.step(leaf.start).result if origin is None or listed else None
    start = Start(
        post=str(post.result),
        first=first if isinstance(first, int) else None,
        deemed=deemed,
        origin=origin,
    )
    return rises_on(moment.facts, definition, leaf, moment.on, start)
