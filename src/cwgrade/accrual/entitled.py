"""What a component is in full on a day, rounded, where it is a quantity of the scheme."""

from __future__ import annotations

import attrs

from cwgrade.accrual.rounding import rounded_part
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.law.pay import Accrual, Component, Rhythm
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step

__all__ = ["entitlement", "in_sum", "is_monthly", "with_rhythm"]


def is_monthly(component: Component) -> bool:
    """Tell whether a component accrues and is paid in every month."""
    by_month = component.accrues_per is Accrual.MONTH and component.paid is Rhythm.MONTHLY
    return by_month and component.due_in == ()


def with_rhythm(facts: Facts, component: Component) -> Component:
    """Settle when a component is paid out, where the source leaves it open."""
    path, readings = f"pay.{component.name}.paid", component.rhythms
    field = StatedField(path=path, stated=component.paid, readings=readings)
    (paid,) = settle(facts.choices, (field,), lambda one: one[0])
    return component if paid is component.paid else attrs.evolve(component, paid=paid)


def in_sum(facts: Facts, component: Component) -> Component:
    """Settle whether a component is part of the total, where the source leaves it open."""
    path, stated = f"pay.{component.name}.in_total", component.in_total
    field = StatedField(path=path, stated=stated, readings=(True, False))
    (in_total,) = settle(facts.choices, (field,), lambda one: one[0])
    return component if in_total is stated else attrs.evolve(component, in_total=in_total)


def entitlement(instant: Instant, component: Component) -> Step:
    """Give a component's full amount on a day, rounded. Kept for the run.

    Args:
        instant: The worker on the day.
        component: The component; a quantity of the scheme.
    """
    return instant.kept(
        ("amount", component.name, component.paid),
        lambda: rounded_part(
            instant.facts,
            component,
            instant.step(f"pay.{component.name}"),
            lambda other: instant.step(f"pay.{other.name}"),
        ),
    )
