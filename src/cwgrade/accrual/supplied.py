"""Amounts that the office supplies: checked and totalled, never computed or cut down."""

from __future__ import annotations

from cwgrade.accrual.results import LineInWorld
from cwgrade.accrual.rounding import cited
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Component
from cwgrade.quantities import Unit, gap_of
from cwgrade.reasons import Step, StepValue

__all__ = ["strangers", "supplied_amount"]


def supplied_amount(
    facts: Facts, component: Component, year: int, month: int
) -> tuple[LineInWorld, Step]:
    """Check an amount that the office supplies: a limit passed or a document missing is a gap, never cut down."""
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
    amount = step.gaps or fen
    silent = () if given else (Gap(path=path, why="nothing-supplied"),)
    return LineInWorld(component.name, amount, amount, component.summed, silent=silent), step


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
