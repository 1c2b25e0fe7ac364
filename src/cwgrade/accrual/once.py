"""One-off amounts: due in the month in which a value rises above everything that was reached before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from cwgrade.accrual.pieces import segments_of
from cwgrade.accrual.rounding import cited, rounded_component
from cwgrade.dates import next_month
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap
from cwgrade.law.pay import Component, OnUpgrade
from cwgrade.outcomes import NotEligible, Unspecified
from cwgrade.quantities import Exact, Unit, as_number, tidy
from cwgrade.reasoner import Instant, refusal_on
from cwgrade.reasons import Step

__all__ = ["once_due"]

_ONE_DAY = timedelta(days=1)


def once_due(facts: Facts, component: Component, year: int, month: int) -> Step:
    """Give what falls due of a one-off amount in a month.

    The value of the component's formula on the last paid day of the month is held against the highest one on the
    last days of all earlier months that were paid. What was reached before the first paid day, or while the worker
    was away, is no rise. A value that the source leaves out has not risen where it is the same one as before. The rise
    is multiplied by the component's factors; probation and absence take nothing off.

    Args:
        facts: The worker's facts in this world.
        component: The component.
        year: The year.
        month: The month; at least one of its pieces is paid.
    """
    paid = [one for one in segments_of(facts, year, month) if one.refusal is None]
    last = Instant(facts, paid[-1].end - _ONE_DAY)
    now = last.step(component.value_name)
    start = _start(facts, date(year, month, 1), paid[0].start)
    if isinstance(start, tuple):
        return _made(component, start, (now,), on=last.on, before=None)
    if now.gaps and _is_same(start.step(component.value_name), now):
        return _made(component, 0, (now,), on=last.on, before=None)
    before = _reached(facts, component, date(year, month, 1), start, now)
    gaps = now.gaps or (before if isinstance(before, tuple) else ())
    if gaps:
        return _made(component, gaps, (now,), on=last.on, before=None)
    reached, value = as_number(before), as_number(now.result)
    if value <= reached:
        return _made(component, 0, (now,), on=last.on, before=reached)
    rise = value - _kept(facts, component, reached)
    factors = tuple(last.step(name) for name in component.factors)
    gaps = tuple(dict.fromkeys(gap for step in factors for gap in step.gaps))
    if gaps:
        return _made(component, gaps, (now, *factors), on=last.on, before=reached)
    for step in factors:
        rise *= as_number(step.result)
    due = _made(component, tidy(rise), (now, *factors), on=last.on, before=reached)
    return rounded_component(facts.version, component, due)


def _made(
    component: Component,
    result: Exact | tuple[Gap, ...],
    parts: tuple[Step, ...],
    *,
    on: date,
    before: Exact | None,
) -> Step:
    return Step(
        code="once",
        path=f"pay.{component.name}",
        result=result,
        unit=Unit.FEN,
        # an unknown value that did not rise is not shown as a number
        inputs=(
            ("on", on),
            ("before", before),
            ("value", None if result == 0 and parts[0].gaps else parts[0].result),
        ),
        label=component.label,
        citation=cited(component),
        parts=parts,
    )


def _kept(facts: Facts, component: Component, reached: Exact) -> Exact:
    """Give what is taken off for the value reached before; nobody who had none depends on the rule."""
    field = StatedField(
        path=f"pay.{component.name}.on_upgrade",
        stated=component.on_upgrade,
        readings=tuple(OnUpgrade),
    )

    def taken(settled: tuple[Any, ...]) -> Exact:
        return reached if settled[0] is OnUpgrade.DIFFERENCE else 0

    return taken(settle(facts.choices, (field,), taken))


def _start(facts: Facts, first: date, first_paid: date) -> Instant | tuple[Gap, ...]:
    """Give the day that a month's value is held against: its eve, or the first paid day of who was not paid then."""
    eve = Instant(facts, first - _ONE_DAY)
    refusal = refusal_on(eve)
    if isinstance(refusal, Unspecified):
        return refusal.gaps
    return Instant(facts, first_paid) if isinstance(refusal, NotEligible) else eve


def _is_same(before: Step, now: Step) -> bool:
    """Tell whether two values are the same one: equal, or hidden by the same gaps and made of the same values."""
    if (before.path, before.code, before.result) != (now.path, now.code, now.result):
        return False
    if not now.gaps:
        return True
    return len(before.parts) == len(now.parts) and all(map(_is_same, before.parts, now.parts))


def _reached(
    facts: Facts, component: Component, first: date, start: Instant, now: Step
) -> Exact | tuple[Gap, ...]:
    """Give the highest value reached before a month's rise; earlier months are looked at only where there is one."""
    step = start.step(component.value_name)
    if step.gaps:
        return step.gaps
    reached = as_number(step.result)
    if now.gaps or as_number(now.result) <= reached:
        return reached
    for day in _month_ends(facts, first):
        earlier = Instant(facts, day)
        refusal = refusal_on(earlier)
        if isinstance(refusal, NotEligible):
            continue
        gaps = refusal.gaps if refusal is not None else earlier.step(component.value_name).gaps
        if gaps:
            return gaps
        reached = max(reached, as_number(earlier.step(component.value_name).result))
    return reached


def _month_ends(facts: Facts, first: date) -> Iterator[date]:
    """Give the last days of the months of the career before the one that begins on a day, the eve itself left out."""
    begin = facts.first_community_day
    following = first if begin is None else next_month(begin.replace(day=1))
    while following < first:
        yield following - _ONE_DAY
        following = next_month(following)
