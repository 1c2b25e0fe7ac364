"""Amounts that the office supplies: checked and totalled, never cut down but by a factor that the scheme states."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cwgrade.accrual.pieces import Segment, segments_of
from cwgrade.accrual.results import LineInWorld, fen_of
from cwgrade.accrual.rounding import cited, rounded_component
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Component
from cwgrade.quantities import Unit, as_number, gap_of, tidy
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step, StepValue

__all__ = ["strangers", "supplied_amount"]

_ONE_DAY: Final = timedelta(days=1)


def supplied_amount(
    facts: Facts, component: Component, year: int, month: int
) -> tuple[LineInWorld, Step]:
    """Check an amount that the office supplies: a limit passed or a document missing is a gap, never cut down.

    What stands is multiplied by the component's factors, as they are on the last paid day of the month.
    """
    given = [
        one
        for one in facts.worker.supplied
        if (one.component, one.year, one.month) == (component.name, year, month)
    ]
    fen = sum(one.fen for one in given)
    path = f"pay.{component.name}"
    result: StepValue = fen
    limit = component.at_most_fen
    if isinstance(limit, Missing) and fen > 0:
        result = (gap_of(limit, f"{path}.at_most_yuan"),)
    elif isinstance(limit, int) and fen > limit:
        result = (
            Gap(
                path=path,
                why="supplied-over-limit",
                readings=(str(fen), str(limit)),
            ),
        )
    elif any(one.fen < 0 for one in given):
        result = (Gap(path=path, why="supplied-negative", readings=(str(fen),)),)
    elif component.needs_document and any(one.fen and not one.document for one in given):
        result = (Gap(path=path, why="supplied-without-document"),)
    step = Step(
        code="supplied",
        path=path,
        result=result,
        unit=Unit.FEN,
        inputs=(("documents", ", ".join(one.document for one in given if one.document)),),
        label=component.label,
        citation=cited(component),
    )
    if fen and component.factors and not step.gaps:
        step = _times(facts, component, segments_of(facts, year, month), step)
    amount = fen_of(step)
    silent = () if given else (Gap(path=path, why="nothing-supplied"),)
    return LineInWorld(component.name, amount, amount, component.summed, silent=silent), step


def _times(
    facts: Facts, component: Component, segments: tuple[Segment, ...], supplied: Step
) -> Step:
    paid = [segment for segment in segments if segment.refusal is None]
    last = Instant(facts, paid[-1].end - _ONE_DAY)
    factors = tuple(last.step(name) for name in component.factors)
    gaps = tuple(dict.fromkeys(gap for step in factors for gap in step.gaps))
    exact = as_number(supplied.result)
    for step in factors if not gaps else ():
        exact *= as_number(step.result)
    product = Step(
        code="product",
        path=supplied.path,
        result=gaps or tidy(exact),
        unit=Unit.FEN,
        label=component.label,
        citation=cited(component),
        parts=(supplied, *factors),
    )
    # what the factors leave as it was entered is not rounded either
    left = product.result == supplied.result
    return product if left else rounded_component(facts.version, component, product)


def strangers(facts: Facts, year: int, month: int) -> list[tuple[LineInWorld, Step]]:
    """Refuse supplied amounts for a component that the scheme does not have, or that it computes itself."""
    known = {component.name for component in facts.version.pay if component.supplied}
    found: list[tuple[LineInWorld, Step]] = []
    for one in facts.worker.supplied:
        if (one.year, one.month) == (year, month) and one.component not in known:
            gaps = (Gap(path=f"supplied.{one.component}", why="unknown-component"),)
            found.append(
                (
                    LineInWorld(one.component, gaps, gaps),
                    Step(code="supplied", path=gaps[0].path, result=gaps),
                )
            )
    return found
