"""The place that somebody takes who came from an earlier scheme, and what becomes of the time already waited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from cwgrade.choices import Question, QuestionKind
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap
from cwgrade.ladder import LadderState
from cwgrade.law.post_change import ChangeRule
from cwgrade.law.recognition import RULES, Recognition
from cwgrade.law.transition import Transition, TransitionRule, WaitingCarried
from cwgrade.leaves.rungs import Climbed, Origin
from cwgrade.quantities import Definition, Unit
from cwgrade.reasons import Step
from cwgrade.regions import is_within
from cwgrade.service import Claim, Within, area_of
from cwgrade.sources import Citation
from cwgrade.worker import PlacementOnRecord

if TYPE_CHECKING:
    from cwgrade.leaves.ascended import Moment

__all__ = ["Arrivals", "Moved", "from_move", "moved_by", "moved_in"]


@attrs.frozen(kw_only=True)
class Moved:
    """Where somebody stood under the earlier scheme on its last day, and the place that one rule gives in this one.

    Attributes:
        since: The day of the move.
        rule: The rule.
        scheme: Id and revision of the version that was left; empty where it is not on file.
        law: The section that says what becomes of it: `transition`, or `recognition` of a grade held in another place.
        place: The other place.
        recognised: Whether what was held there counts; otherwise the ladder begins anew, with all facts.
        record: The grade on record there, where it is not computed.
        old_grade: The grade held in it; `None` where it has none.
        old_step: The step held in it.
        old_fen: The full monthly entitlement under it; `None` where that is hidden.
        lines: Its lines, where some components only are compared.
        grade: The grade given; `None` where this scheme's own rules give it.
        step: The step given; `None` likewise.
        climbed: Where the ladders of the earlier scheme were left.
        shares: Which share of the waiting period under way had been served there, where that may be asked.
        gaps: What hides the place.
        pay_gaps: What hides the old pay.
        held: The step that found the old grade.
        paid: The step that found the old pay.
    """

    since: date
    rule: TransitionRule
    scheme: str
    law: str = "transition"
    place: str = ""
    recognised: bool = True
    record: PlacementOnRecord | None = None
    old_grade: int | None
    old_step: int | None
    old_fen: int | None
    grade: int | None = None
    step: int | None = None
    climbed: tuple[tuple[str, Climbed], ...] = ()
    shares: tuple[tuple[str, Fraction], ...] = ()
    lines: tuple[Any, ...] = ()
    gaps: tuple[Gap, ...] = ()
    pay_gaps: tuple[Gap, ...] = ()
    held: Step = attrs.field(eq=False)
    paid: Step = attrs.field(eq=False)

    @property
    def elsewhere(self) -> bool:
        """Whether it was left in another place."""
        return self.law == "recognition"

    def __str__(self) -> str:
        """Show the move in a few signs."""
        return f"{self.old_grade or '–'} → {self.grade or '–'}"


@attrs.frozen(eq=False)
class Arrivals:
    """What may have come of somebody's arrivals from other places. It is made once for all questions, and is itself.

    Attributes:
        by_rule: For each rule of recognition, by the days of the spells: the arrivals in order, in every way possible.
    """

    by_rule: Mapping[TransitionRule, Mapping[tuple[Claim, ...], tuple[tuple[Moved, ...], ...]]]

    @property
    def days(self) -> set[date]:
        """The days of the arrivals, whichever are right."""
        return {
            one.since
            for by_days in self.by_rule.values()
            for options in by_days.values()
            for arrivals in options
            for one in arrivals
        }


def moved_in(facts: Facts) -> Moved | None:
    """Give the move of this world; `None` for who was not under the earlier scheme, or where it is not on file.

    Args:
        facts: The worker's facts.
    """
    transition = facts.version.transition
    if not facts.moves or transition is None:
        return None
    by_rule: dict[TransitionRule, tuple[Moved | None, ...]] = dict(facts.moves)
    field = StatedField(
        path="transition.rule", stated=transition.rule, readings=tuple(TransitionRule)
    )

    def choose() -> Moved | None:
        (rule,) = settle(facts.choices, (field,), lambda one: by_rule[one[0]])
        options = by_rule[rule]
        question = Question(kind=QuestionKind.FACT, path="transition", case=str(rule))
        return options[0] if len(options) == 1 else facts.choices.ask(question, options)

    return facts.kept("moved", choose)


def moved_by(facts: Facts, on: date) -> Moved | None:
    """Give the last move by a day, from an earlier scheme or from another place, in this world.

    Args:
        facts: The worker's facts.
        on: The day.
    """
    moved, arrived = moved_in(facts), arrived_in(facts, on)
    if moved is None or moved.since > on:
        return arrived
    return moved if arrived is None or moved.since >= arrived.since else arrived


def arrived_in(facts: Facts, on: date) -> Moved | None:
    """Give the last arrival from another place by a day, in this world; `None` where there is none.

    Args:
        facts: The worker's facts.
        on: The day.
    """
    law = facts.version.recognition
    made: Arrivals | None = facts.arrivals
    if law is None or made is None:
        return None
    fields = (
        StatedField(path="recognition.rule", stated=law.rule, readings=RULES),
        StatedField(path="recognition.within", stated=law.within, readings=tuple(Within)),
    )

    def came(settled: tuple[Any, ...]) -> tuple[tuple[Moved, ...], ...]:
        rule, within = settled
        area = area_of(within, facts.version.place)
        # the days of this world; others lead elsewhere
        options = made.by_rule[rule][facts.claims]
        found = (tuple(_from_within(one, area) for one in arrivals) for arrivals in options)
        return tuple(dict.fromkeys(found))

    def choose() -> tuple[Moved, ...]:
        settled = settle(facts.choices, fields, came)
        options = came(settled)
        question = Question(kind=QuestionKind.FACT, path="recognition", case=str(settled[0]))
        return options[0] if len(options) == 1 else facts.choices.ask(question, options)

    arrivals = facts.kept(("arrived", made), choose)
    by_then = [one for one in arrivals if one.since <= on]
    return by_then[-1] if by_then else None


def _from_within(moved: Moved, area: str) -> Moved:
    """Give the arrival as it is recognised; from outside the area nothing is."""
    if is_within(moved.place, area) and moved.recognised:
        return moved
    return attrs.evolve(moved, recognised=False, grade=None, step=None, gaps=())


def from_move(
    moment: Moment,
    definition: Definition,
    ladder: str,
    moved: Moved,
    law: Transition | Recognition,
) -> Origin | None:
    """Give the rung from which a ladder goes on after the move; `None` where it is simply computed anew.

    Args:
        moment: The worker on the day.
        definition: The definition that the rung belongs to.
        ladder: `grade` or `step`.
        moved: The move.
        law: What the scheme says of it.
    """
    version, choices = moment.facts.version, moment.facts.choices
    then = moment.before(moved.since)
    if version.post_change.rule is ChangeRule.RECOMPUTED:
        post, posted = then.step("post"), moment.step("post")
        if not post.gaps and post.result != posted.result:
            return None
    gaps = moved.gaps if ladder == "grade" or moved.grade is None else ()
    rung = moved.grade if ladder == "grade" else moved.step
    if gaps:
        return Origin(step=_step(definition, moved, law, gaps), since=moved.since, rung=0)
    if rung is None and moved.rule is not TransitionRule.RECOMPUTED:
        return None
    field = StatedField(
        path=f"{moved.law}.waiting", stated=law.waiting, readings=tuple(WaitingCarried)
    )
    (waiting,) = settle(choices, (field,), lambda one: one[0])
    parts: tuple[Step, ...] = (moved.held,)
    if rung is None:
        if waiting is WaitingCarried.KEPT:
            return None
        anew = then.step(ladder)
        parts = (moved.held, anew)
        if anew.gaps or not isinstance(anew.result, int):
            step = _step(definition, moved, law, anew.gaps, parts)
            return Origin(step=step, since=moved.since, rung=0)
        rung = anew.result
    step = _step(definition, moved, law, rung, parts, str(waiting))
    climbed = dict(moved.climbed).get(ladder)
    if climbed is None or climbed.state is None:
        if moved.record is not None and waiting is WaitingCarried.KEPT:
            return _from_record(step, moved.record, ladder, rung)
        if waiting is not WaitingCarried.RESTARTS:
            gap = Gap(path=f"{moved.law}.waiting", why="waiting-served-unknown")
            step = _step(definition, moved, law, (gap,), parts)
        return Origin(step=step, since=moved.since, rung=rung)
    state = climbed.state
    kept = waiting is WaitingCarried.KEPT
    share: Fraction | None = None
    if waiting is WaitingCarried.CONVERTED:
        share = dict(moved.shares)[ladder]
    return Origin(
        step=step,
        since=moved.since,
        rung=rung,
        months_served=state.counted - state.waited_from if kept else 0,
        share=share,
        left=climbed if kept else None,
        career=LadderState(early=state.early, row=state.row, held_back=state.held_back),
    )


def _from_record(step: Step, record: PlacementOnRecord, ladder: str, rung: int) -> Origin:
    """Count on from the day of a grade on record, and the months served by then."""
    if ladder == "grade":
        since, months = record.since, record.months_served
    else:
        since, months = record.step_since or record.since, record.step_months_served
    return Origin(step=step, since=since, rung=rung, months_served=months)


def _step(
    definition: Definition,
    moved: Moved,
    law: Transition | Recognition,
    result: int | tuple[Gap, ...],
    parts: tuple[Step, ...] = (),
    waiting: str = "",
) -> Step:
    return Step(
        code="recognition" if moved.elsewhere else "transition",
        path=moved.law,
        result=result,
        unit=Unit.GRADES,
        inputs=()
        if isinstance(result, tuple)
        else (
            ("since", moved.since),
            ("from", moved.scheme or moved.place),
            ("rule", str(moved.rule)),
            ("held", moved.old_grade),
            ("waiting", waiting),
        ),
        label=definition.label,
        citation=Citation(source=law.source, clause=law.clause),
        parts=parts or (moved.held,),
    )
