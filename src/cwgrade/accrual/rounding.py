"""The rounding of a component's amount for its period."""

from __future__ import annotations

from cwgrade.gaps import Missing
from cwgrade.law.pay import Component
from cwgrade.money import round_fen
from cwgrade.quantities import Unit, as_number, gap_of
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation

__all__ = ["cited", "rounded_component"]


def rounded_component(version: SchemeVersion, component: Component, step: Step) -> Step:
    """Round a component's amount for its period by the stated rule; without one, whole fen are the answer."""
    if step.gaps:
        return step
    exact = as_number(step.result)
    rounding = component.rounded or version.rounding.component
    if isinstance(rounding, Missing):
        if exact.denominator == 1:
            return step
        gap = gap_of(rounding, "rounding.component")
        return Step(
            code="round", path="rounding.component", result=(gap,), unit=Unit.FEN, parts=(step,)
        )
    rounded = round_fen(exact, rounding)
    own = component.rounded is not None
    source, clause = (
        (component.source, component.clause)
        if own
        else (version.rounding.source, version.rounding.clause)
    )
    return Step(
        code="round",
        path=f"pay.{component.name}.rounded" if own else "rounding.component",
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
