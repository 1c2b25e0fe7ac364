"""What a ladder comes to on a day: from its first rung, or from a rung held earlier and what came since."""

from __future__ import annotations

from datetime import date
from typing import Final, Protocol

from cwgrade.choices import Question, QuestionKind
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.ladder import LadderState, WaitingAfter
from cwgrade.law.post_change import ChangeRule
from cwgrade.leaves.climbed import rises_on
from cwgrade.leaves.held import Stretch
from cwgrade.leaves.moved import Moved, from_move
from cwgrade.leaves.rungs import Climbed, Origin, Start
from cwgrade.leaves.steps import found
from cwgrade.quantities import (
    Clamp,
    Definition,
    LadderLeaf,
    LadderSum,
    Unit,
    clamp,
    combine_values,
    gap_of,
)
from cwgrade.reasons import Step
from cwgrade.sources import Citation
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

    @property
    def moved(self) -> Moved | None:
        """The move from an earlier scheme, or from another place, from which ladders start."""

    @property
    def asked_on(self) -> date | None:
        """The day for which the ladder of a later post is asked, where this one is left for it."""

    @property
    def held(self) -> tuple[Stretch, ...]:
        """The times in one post up to the one held on the day."""

    def step(self, name: str) -> Step:
        """Find a quantity by name."""

    def climbed(self, ladder: str) -> Climbed | None:
        """Give the walk up a ladder; `None` where another quantity gives the grade."""

    def leaving(self, changed_on: date, post: str | Gap) -> Moment:
        """Give the same worker on the day of a change, still in the post before."""

    def origin(self, ladder: str) -> Origin | None:
        """Give the rung held earlier from which a ladder goes on."""

    def before(self, since: date) -> Moment:
        """Give the same worker on an earlier day, without the placement on record."""


def origin_on(moment: Moment, definition: Definition, ladder: str) -> Origin | None:
    """Give the rung held earlier from which a ladder goes on; `None` where it starts at its first rung.

    It is the grade on record, the one given at the move from an earlier scheme or from another place, or the one held
    at the last change of post, where the scheme goes on from that; the latest of them.

    Args:
        moment: The worker on the day.
        definition: The definition that the rung belongs to.
        ladder: `grade` or `step`.
    """
    if moment.step("post").gaps:
        return None
    recorded, moved = _recorded(moment, ladder), moment.moved
    if moved is not None and (recorded is None or recorded[1] < moved.since):
        recorded = None
    else:
        moved = None
    since = recorded[1] if recorded else moved.since if moved else None
    held = moment.held
    changed = len(held) > 1 and (since is None or since < held[-1].start)
    rule = _rule_of_change(moment, held[-1].start) if changed else None
    if rule not in (None, ChangeRule.RECOMPUTED):
        return _from_change(moment, definition, ladder, rule)
    version = moment.facts.version
    law = version.recognition if moved is not None and moved.elsewhere else version.transition
    if moved is not None and law is not None and rule is None:
        counts = moved.recognised
        return from_move(moment, definition, ladder, moved, law) if counts else None
    return None if recorded is None else _from_record(moment, definition, *recorded)


def _recorded(moment: Moment, ladder: str) -> tuple[int, date, int] | None:
    """Give the rung on record of a ladder, its day, and the months served toward the next."""
    placement = moment.placement
    if placement is None:
        return None
    if ladder == "grade":
        return placement.grade, placement.since, placement.months_served
    since = placement.step_since or placement.since
    if placement.step is None or since > moment.on:
        return None
    return placement.step, since, placement.step_months_served


def _from_record(
    moment: Moment, definition: Definition, rung: int, since: date, months_served: int
) -> Origin:
    placement = moment.placement
    held_in = moment.facts.post_named(placement.post) if placement else None
    gap = held_in if isinstance(held_in, Gap) else None
    if gap is None and moment.step("post").result != held_in:
        gap = Gap(path="placement", why="post-changed-since-placement")
    inputs = (
        ("since", since),
        ("months_served", months_served),
        ("document", placement.document if placement else ""),
    )
    step = Step(
        code="placement",
        path="placement",
        result=rung if gap is None else (gap,),
        unit=Unit.GRADES,
        inputs=inputs if gap is None else (),
        label=definition.label,
    )
    return Origin(step=step, since=since, rung=rung, months_served=months_served)


# --- a change of post ------------------------------------------------------------------------------------------------


def _rule_of_change(moment: Moment, changed_on: date) -> ChangeRule | None:
    """Settle what a change of post does; nothing before the scheme was in force, when no grade was held."""
    version = moment.facts.version
    stated, choices = version.post_change.rule, moment.facts.choices
    if changed_on < version.from_day:
        if version.effective_on is not None:
            return None
        question = Question(
            kind=QuestionKind.READING, path="scheme.effective_on", case=changed_on.isoformat()
        )
        if choices.ask(question, ("in_force", "not_in_force")) == "not_in_force":
            return None
    field = StatedField(path="post_change.rule", stated=stated, readings=_TRIED)
    (rule,) = settle(choices, (field,), lambda one: one[0])
    chosen: ChangeRule = rule
    return chosen


_TRIED: Final = (ChangeRule.RECOMPUTED, ChangeRule.KEPT)
"""The readings of a missing rule; by how much a grade might be shifted nobody can enumerate."""


def _from_change(moment: Moment, definition: Definition, ladder: str, rule: ChangeRule) -> Origin:
    """Go on from the rung held at the last change of post, brought into the range of the new one."""
    facts, change = moment.facts, moment.facts.version.post_change
    before, now = moment.held[-2:]
    old = moment.leaving(now.start, before.post)
    held = old.step(ladder)
    shift = change.grades if ladder == "grade" else change.steps
    quantity = definition.quantity
    hidden = quantity.not_stated(str(now.post)) if isinstance(quantity, Clamp) else None
    gaps = held.gaps if hidden is None else (hidden, *held.gaps)
    if rule is ChangeRule.SHIFTED and isinstance(shift, Missing):
        gaps = (*gaps, gap_of(shift, f"post_change.{ladder}s"))
    if (
        gaps
        or isinstance(shift, Missing)
        or not isinstance(held.result, int)
        or not isinstance(quantity, Clamp)
    ):
        step = found(definition, "post-change", gaps, parts=(held,))
        return Origin(step=step, since=now.start, rung=0)
    shift = shift if rule is ChangeRule.SHIFTED else 0
    low, high = next((low, high) for post, low, high in quantity.ranges if post == now.post)
    rung = int(clamp(held.result + shift, low, high))
    step = Step(
        code="post-change",
        path="post_change",
        result=rung,
        unit=Unit.GRADES,
        inputs=(
            ("since", now.start),
            ("post", str(before.post)),
            ("held", held.result),
            ("shift", shift),
        ),
        label=definition.label,
        citation=Citation(source=change.source, clause=change.clause) if change.source else None,
        parts=(held,),
    )
    climbed = old.climbed(ladder)
    if climbed is None or climbed.state is None:
        return Origin(step=step, since=now.start, rung=rung)
    field = StatedField(
        path="post_change.waiting", stated=change.waiting, readings=tuple(WaitingAfter)
    )
    (waiting,) = settle(facts.choices, (field,), lambda one: one[0])
    state = climbed.state
    kept = waiting is WaitingAfter.KEPT
    return Origin(
        step=step,
        since=now.start,
        rung=rung,
        months_served=state.counted - state.waited_from if kept else 0,
        left=climbed if kept else None,
        career=LadderState(early=state.early, row=state.row, held_back=state.held_back),
    )


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


def climbed_on(moment: Moment, definition: Definition, leaf: LadderLeaf) -> Climbed:
    """Give the rises of a ladder that have come by a day.

    Args:
        moment: The worker on the day.
        definition: The leaf's definition.
        leaf: The ladder.
    """
    post = moment.step("post")
    origin = moment.origin(leaf.name)
    if post.gaps or (origin is not None and origin.step.gaps):
        gaps = post.gaps or (origin.step.gaps if origin is not None else ())
        return Climbed(found(definition, "rises", gaps, parts=(post,)))
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
        asked_on=moment.asked_on,
    )
    # one history of ratings makes both ladders: what is unknown of it is chosen for the grade first
    beside = moment.climbed("grade") if leaf.name == "step" else None
    return rises_on(moment.facts, definition, leaf, moment.on, start, beside)
