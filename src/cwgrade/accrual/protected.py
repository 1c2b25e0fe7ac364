"""What is kept of higher pay under an earlier scheme (保留工资), and the full amount of any component on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import attrs

from cwgrade.accrual.compared import choices_compared, new_pay, old_pay, old_pay_step
from cwgrade.accrual.rounding import cited
from cwgrade.changes import change_days
from cwgrade.facts import StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Component
from cwgrade.law.transition import Protection, Transition
from cwgrade.leaves import Moved, moved_in
from cwgrade.quantities import Unit, as_number, gap_of
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step

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
    return _kept(instant, component, transition, moved)


def _kept(instant: Instant, component: Component, transition: Transition, moved: Moved) -> Step:
    """Hold the old pay against the new one of the day of the move, and against what has come since."""
    found: dict[tuple[Any, ...], Step] = {}

    def by(settled: tuple[Any, ...]) -> Step:
        if settled not in found:
            found[settled] = _compared(instant, component, moved, *settled)
        return found[settled]

    readings = choices_compared(instant.version)
    if isinstance(transition.compared, Missing) and not readings:
        return _hidden(component, (gap_of(transition.compared, "transition.compared"),))
    fields = (
        StatedField(
            path="transition.protection", stated=transition.protection, readings=tuple(Protection)
        ),
        StatedField(path="transition.compared", stated=transition.compared, readings=readings),
    )
    return by(settle(instant.facts.choices, fields, lambda settled: by(settled).result))


def _compared(
    instant: Instant, component: Component, moved: Moved, rule: Protection, names: tuple[str, ...]
) -> Step:
    old = old_pay(moved, names)
    if old is None:
        return _none(component)
    if isinstance(old, tuple):
        return _hidden(component, old)
    first = new_pay(Instant(instant.facts, moved.since), names)
    held = _Held(component, moved, old, old_pay_step(moved, names))
    if first.gaps:
        return held.hidden(first.gaps, first)
    lost = old - int(as_number(first.result))
    if lost <= 0:
        return held.told(0, first)
    return _by_rule(instant, held, rule, names, first, lost)


@attrs.frozen
class _Held:
    """A component that holds what is kept, and the old pay that is compared.

    Attributes:
        component: The component.
        moved: The move.
        old: The old pay that is compared, in fen.
        paid: The step that shows it.
    """

    component: Component
    moved: Moved
    old: int
    paid: Step

    def told(
        self,
        fen: int,
        new: Step,
        *,
        rule: Protection | None = None,
        risen: int = 0,
        reached: date | None = None,
    ) -> Step:
        """Say what is kept, and of what."""
        return Step(
            code="protected",
            path=f"pay.{self.component.name}",
            result=fen,
            unit=Unit.FEN,
            inputs=(
                ("since", self.moved.since),
                ("from", self.moved.scheme),
                ("rule", str(rule or "")),
                ("old", self.old),
                ("new", new.result),
                ("risen", risen),
                ("reached", reached),
            ),
            label=self.component.label,
            citation=cited(self.component),
            parts=(self.paid, new),
        )

    def hidden(self, gaps: tuple[Gap, ...], *looked: Step) -> Step:
        """Say that what is kept cannot be found."""
        return _hidden(self.component, gaps, (self.paid, *looked))


def _by_rule(
    instant: Instant,
    held: _Held,
    rule: Protection,
    names: tuple[str, ...],
    first: Step,
    lost: int,
) -> Step:
    match rule:
        case Protection.NONE:
            return held.told(0, first, rule=rule)
        case Protection.FOR_GOOD:
            return held.told(lost, first, rule=rule)
        case Protection.FROZEN:
            now = new_pay(instant, names)
            if now.gaps:
                return held.hidden(now.gaps, now)
            # pay that falls later, with another post, was not lost by the move
            left = min(max(held.old - int(as_number(now.result)), 0), lost)
            reached = _reached(instant, held, names) if left else None
            if isinstance(reached, Step):
                return held.hidden(reached.gaps, now, reached)
            return held.told(0 if reached else left, now, rule=rule, reached=reached)
        case Protection.MELTING:
            now = new_pay(instant, names)
            there = new_pay(instant.placed(_rungs(instant, held.moved)), names)
            gaps = tuple(dict.fromkeys((*now.gaps, *there.gaps)))
            if gaps:
                return held.hidden(gaps, first, now)
            risen = int(as_number(now.result)) - int(as_number(there.result))
            # a grade lost again gives no more than the difference of the day of the move
            fen = min(max(lost - risen, 0), lost)
            return held.told(fen, first, rule=rule, risen=risen)


def _rungs(instant: Instant, moved: Moved) -> tuple[tuple[str, Step], ...]:
    """Give the grade, and the step beside it, of the day of the move."""
    then = Instant(instant.facts, moved.since)
    return tuple((str(one.name), then.step(str(one.name))) for one in instant.version.ladders)


def _reached(instant: Instant, held: _Held, names: tuple[str, ...]) -> date | Step | None:
    """Give the first day between the move and a day on which the new pay had reached the old one.

    A step where it hides it what the new pay was on some day.
    """
    facts, since = instant.facts, held.moved.since
    days = change_days(facts, since, instant.on) if since < instant.on else ()
    for day in days:
        paid = new_pay(Instant(facts, day), names)
        if paid.gaps:
            return paid
        if int(as_number(paid.result)) >= held.old:
            return day
    return None


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
