"""What is kept of higher pay under an earlier scheme (保留工资), and the full amount of any component on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from cwgrade.accrual.entitled import entitlement, in_sum, is_monthly, with_rhythm
from cwgrade.accrual.rounding import cited
from cwgrade.changes import change_days
from cwgrade.facts import StatedField, settle
from cwgrade.gaps import Gap
from cwgrade.law.pay import Component
from cwgrade.law.transition import Protection, Transition
from cwgrade.leaves import Moved, moved_in
from cwgrade.quantities import Unit, as_number
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step, StepValue

__all__ = ["full_on"]

_ONE_DAY: Final = timedelta(days=1)


def full_on(instant: Instant, component: Component) -> Step:
    """Give a component's full amount on a day, not rounded.

    Args:
        instant: The worker on the day.
        component: The component; not one that the office supplies.
    """
    if not component.protects:
        return instant.step(f"pay.{component.name}")
    return instant.kept(("protected", component.name), lambda: _protected(instant, component))


def _protected(instant: Instant, component: Component) -> Step:
    facts, transition = instant.facts, instant.version.transition
    if transition is None:
        return _none(component)
    since = facts.version.from_day
    if not facts.moves:
        # who served before may have had more; of a version that is not on file nobody can say
        gap = Gap(path="transition", why="earlier-version-not-on-file")
        served = bool(facts.serving(since - _ONE_DAY))
        return _hidden(component, (gap,)) if served else _none(component)
    moved = moved_in(facts)
    if moved is None or instant.on < moved.since:
        return _none(component)
    if not facts.serves_throughout(moved.since - _ONE_DAY, instant.on + _ONE_DAY):
        gap = Gap(path="transition.protection", why="protection-after-a-break")
        return _hidden(component, (gap,))
    if moved.old_fen is None:
        return _hidden(component, moved.pay_gaps) if moved.pay_gaps else _none(component)
    return _kept(instant, component, transition, moved)


def _kept(instant: Instant, component: Component, transition: Transition, moved: Moved) -> Step:
    """Hold the old pay against the new one of the day of the move, and against what has come since."""
    facts = instant.facts
    then = Instant(facts, moved.since)
    first = _paid(then)
    if first.gaps:
        return _hidden(component, first.gaps, (moved.paid, first))
    lost = _old(moved) - int(as_number(first.result))
    if lost <= 0:
        return _told(component, 0, moved, first)
    found: dict[Protection, Step] = {}

    def by(rule: Protection) -> Step:
        if rule not in found:
            found[rule] = _by_rule(instant, component, rule, moved, first, lost)
        return found[rule]

    field = StatedField(
        path="transition.protection", stated=transition.protection, readings=tuple(Protection)
    )

    def result(settled: tuple[Any, ...]) -> StepValue:
        return by(settled[0]).result

    (rule,) = settle(facts.choices, (field,), result)
    return by(rule)


def _by_rule(
    instant: Instant, component: Component, rule: Protection, moved: Moved, first: Step, lost: int
) -> Step:
    match rule:
        case Protection.NONE:
            return _told(component, 0, moved, first, rule=rule)
        case Protection.FOR_GOOD:
            return _told(component, lost, moved, first, rule=rule)
        case Protection.FROZEN:
            now = _paid(instant)
            if now.gaps:
                return _hidden(component, now.gaps, (moved.paid, now))
            # pay that falls later, with another post, was not lost by the move
            left = min(max(_old(moved) - int(as_number(now.result)), 0), lost)
            reached = _reached(instant, moved) if left else None
            if isinstance(reached, Step):
                return _hidden(component, reached.gaps, (moved.paid, now, reached))
            fen = 0 if reached else left
            return _told(component, fen, moved, now, rule=rule, reached=reached)
        case Protection.MELTING:
            now, kept = _paid(instant), _paid(instant.placed(_rungs(instant, moved)))
            gaps = tuple(dict.fromkeys((*now.gaps, *kept.gaps)))
            if gaps:
                return _hidden(component, gaps, (moved.paid, first, now))
            risen = int(as_number(now.result)) - int(as_number(kept.result))
            # a grade lost again gives no more than the difference of the day of the move
            fen = min(max(lost - risen, 0), lost)
            return _told(component, fen, moved, first, rule=rule, risen=risen)


def _old(moved: Moved) -> int:
    return moved.old_fen or 0


def _rungs(instant: Instant, moved: Moved) -> tuple[tuple[str, Step], ...]:
    """Give the grade, and the step beside it, of the day of the move."""
    then = Instant(instant.facts, moved.since)
    return tuple((str(one.name), then.step(str(one.name))) for one in instant.version.ladders)


def _reached(instant: Instant, moved: Moved) -> date | Step | None:
    """Give the first day between the move and a day on which the new pay had reached the old one.

    A step where it hides it what the new pay was on some day.
    """
    facts = instant.facts
    days = change_days(facts, moved.since, instant.on) if moved.since < instant.on else ()
    for day in days:
        paid = _paid(Instant(facts, day))
        if paid.gaps:
            return paid
        if int(as_number(paid.result)) >= _old(moved):
            return day
    return None


def _paid(instant: Instant) -> Step:
    """Give the full monthly pay of a day, without what is kept of the old pay."""
    return instant.kept(("paid",), lambda: _sum(instant))


def _sum(instant: Instant) -> Step:
    facts = instant.facts
    monthly = [
        one
        for stated in instant.version.pay
        if stated.is_quantity and in_sum(facts, stated).summed
        if is_monthly(one := with_rhythm(facts, stated))
    ]
    steps = tuple(entitlement(instant, one) for one in monthly)
    gaps = tuple(dict.fromkeys(gap for step in steps for gap in step.gaps))
    return Step(
        code="new-pay",
        path="pay",
        result=gaps or sum(int(as_number(step.result)) for step in steps),
        unit=Unit.FEN,
        inputs=(("on", instant.on),),
        parts=steps,
    )


def _told(
    component: Component,
    fen: int,
    moved: Moved,
    new: Step,
    *,
    rule: Protection | None = None,
    risen: int = 0,
    reached: date | None = None,
) -> Step:
    return Step(
        code="protected",
        path=f"pay.{component.name}",
        result=fen,
        unit=Unit.FEN,
        inputs=(
            ("since", moved.since),
            ("from", moved.scheme),
            ("rule", str(rule or "")),
            ("old", moved.old_fen),
            ("new", new.result),
            ("risen", risen),
            ("reached", reached),
        ),
        label=component.label,
        citation=cited(component),
        parts=(moved.paid, new),
    )


def _none(component: Component) -> Step:
    return Step(
        code="protected",
        path=f"pay.{component.name}",
        result=0,
        unit=Unit.FEN,
        label=component.label,
        citation=cited(component),
    )


def _hidden(component: Component, gaps: tuple[Gap, ...], parts: tuple[Step, ...] = ()) -> Step:
    return Step(
        code="protected",
        path=f"pay.{component.name}",
        result=gaps,
        unit=Unit.FEN,
        label=component.label,
        citation=cited(component),
        parts=parts,
    )
