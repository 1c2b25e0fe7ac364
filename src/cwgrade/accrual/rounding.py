"""The rounding of a component's amount for its period, by itself or together with the other parts of a split."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Missing
from cwgrade.law.pay import Component, Parts, Split
from cwgrade.money import Rounding, round_fen, round_together
from cwgrade.quantities import Unit, as_number, gap_of
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation

__all__ = ["cited", "rounded_component", "rounded_part"]


def rounded_part(
    facts: Facts, component: Component, step: Step, exact_of: Callable[[Component], Step]
) -> Step:
    """Round a component's amount for its period; a part of a split together with the others, where it is so stated.

    Where the source does not say which, both are tried; an amount that needs no rounding depends on neither.

    Args:
        facts: The worker's facts in this world.
        component: The component.
        step: Its exact amount.
        exact_of: Gives the exact amount of another part for the same period.
    """
    version = facts.version
    split = _split_of(version, component)
    rounding = component.rounded or version.rounding.component
    if split is None or step.gaps or isinstance(rounding, Missing):
        return rounded_component(version, component, step)
    if split.parts is Parts.EACH or as_number(step.result) % rounding.to.fen == 0:
        return rounded_component(version, component, step)
    others = [part for name, _ in split.shares if (part := version.component(name)) is not None]
    if any(not _is_alike(version, component, other) for other in others):
        # parts of other periods or units have no sum that could be rounded
        return rounded_component(version, component, step)
    exact = [step if other.name == component.name else exact_of(other) for other in others]
    alone = rounded_component(version, component, step)
    together = _together(component, split, rounding, others, exact)
    if not isinstance(split.parts, Missing):
        return together
    field = StatedField(path=f"{split.path}.parts", stated=split.parts, readings=tuple(Parts))

    def told(settled: tuple[Any, ...]) -> Step:
        return alone if settled[0] is Parts.EACH else together

    return told(settle(facts.choices, (field,), lambda one: told(one).result))


def _split_of(version: SchemeVersion, component: Component) -> Split | None:
    return next((one for one in version.split if component.name in dict(one.shares)), None)


def _is_alike(version: SchemeVersion, one: Component, other: Component) -> bool:
    rules = [part.rounded or version.rounding.component for part in (one, other)]
    return one.period == other.period and rules[0] == rules[1]


def _together(
    component: Component,
    split: Split,
    rounding: Rounding,
    others: list[Component],
    exact: list[Step],
) -> Step:
    gaps = tuple(dict.fromkeys(gap for step in exact for gap in step.gaps))
    own = [part.name for part in others].index(component.name)
    path = f"{split.path}.parts"
    if gaps:
        return Step(code="parts", path=path, result=gaps, unit=Unit.FEN, parts=(exact[own],))
    amounts = [Fraction(as_number(step.result)) for step in exact]
    fen = round_together(amounts, rounding)
    return Step(
        code="parts",
        path=path,
        result=fen[own],
        unit=Unit.FEN,
        inputs=(
            ("exact", exact[own].result),
            ("whole", sum(fen)),
            ("to", str(rounding.to)),
            ("mode", str(rounding.mode)),
        ),
        label=component.label,
        citation=Citation(source=split.source, clause=split.clause),
        residue=fen[own] - amounts[own],
        parts=(exact[own],),
    )


def rounded_component(version: SchemeVersion, component: Component, step: Step) -> Step:
    """Round a component's amount for its period by the stated rule; without one, whole fen are the answer."""
    if step.gaps:
        return step
    exact = as_number(step.result)
    own = component.rounded is not None
    path = f"pay.{component.name}.rounded" if own else "rounding.component"
    rounding = component.rounded or version.rounding.component
    if isinstance(rounding, Missing):
        if exact.denominator == 1:
            return step
        gap = gap_of(rounding, path)
        return Step(code="round", path=path, result=(gap,), unit=Unit.FEN, parts=(step,))
    rounded = round_fen(exact, rounding)
    source, clause = (
        (component.source, component.clause)
        if own
        else (version.rounding.source, version.rounding.clause)
    )
    return Step(
        code="round",
        path=path,
        result=rounded.fen,
        unit=Unit.FEN,
        inputs=(("exact", step.result), ("to", str(rounding.to)), ("mode", str(rounding.mode))),
        label=component.label,
        citation=Citation(source=source, clause=clause) if source else None,
        residue=rounded.residue,
        parts=(step,),
    )


def cited(component: Component) -> Citation:
    """Give the source of a component."""
    return Citation(source=component.source, clause=component.clause)
