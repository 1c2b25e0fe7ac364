"""What one month is worth in one possible world: pieces of the month, components over them, and the sum."""

from __future__ import annotations

from cwgrade.accrual.entitled import entitlement, in_sum, is_monthly, with_rhythm
from cwgrade.accrual.months import month_accrual
from cwgrade.accrual.once import once_due
from cwgrade.accrual.periods import Earlier, of_period, over_period
from cwgrade.accrual.pieces import refusal_of_month, segments_of
from cwgrade.accrual.protected import full_on
from cwgrade.accrual.results import LineInWorld, MonthInWorld, fen_of
from cwgrade.accrual.rounding import rounded_part
from cwgrade.accrual.supplied import strangers, supplied_amount
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.pay import Accrual, Component, Rhythm
from cwgrade.money import Rounding, round_fen
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.quantities import Unit, gap_of
from cwgrade.reasoner import Instant, refusal_on
from cwgrade.reasons import Step, StepValue
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation

__all__ = ["LineInWorld", "MonthInWorld", "amounts_on", "is_monthly", "month_in_world"]


def month_in_world(
    facts: Facts, year: int, month: int, earlier: Earlier
) -> tuple[MonthInWorld, Step]:
    """Find the lines and the sum of a month in one world.

    Args:
        facts: The worker's facts in this world.
        year: The year.
        month: The month.
        earlier: Gives the facts as the version sees them that a month before this version's first day is paid by.

    Returns:
        The month and its root step.
    """
    segments = segments_of(facts, year, month)
    refusal = refusal_of_month(segments)
    if refusal is not None:
        result: StepValue = refusal.gaps if isinstance(refusal, Unspecified) else False
        return MonthInWorld((), refusal), Step(code="scope", path="scope", result=result)
    version = facts.version
    pairs = [_kept_component(facts, one, year, month, earlier) for one in version.pay]
    pairs += strangers(facts, year, month)
    return _total(version, [line for line, _ in pairs], [step for _, step in pairs])


def amounts_on(instant: Instant, *, protected: bool = True) -> tuple[MonthInWorld, Step]:
    """Find the full entitlement that holds on a day in one world; only monthly lines are summed.

    Args:
        instant: The worker on the day.
        protected: Whether what is kept of the pay under an earlier scheme is part of it.
    """
    refusal = refusal_on(instant)
    if refusal is not None:
        result: StepValue = refusal.gaps if isinstance(refusal, Unspecified) else False
        return MonthInWorld((), refusal), Step(code="scope", path="scope", result=result)
    lines: list[LineInWorld] = []
    steps: list[Step] = []
    for stated in instant.version.pay:
        if stated.supplied or (stated.protects and not protected):
            continue
        component = in_sum(instant.facts, with_rhythm(instant.facts, stated))
        step = _in_full(instant, component)
        accrued = fen_of(step)
        payable = accrued if is_monthly(component) else 0
        silent = _month_not_stated(component)
        waits = component.due_in != () and not silent
        lines.append(
            LineInWorld(
                component.name, accrued, payable, component.summed, waits=waits, silent=silent
            )
        )
        steps.append(step)
    return _total(instant.version, lines, steps)


def _in_full(instant: Instant, component: Component) -> Step:
    if not component.protects:
        return entitlement(instant, component)
    kept = full_on(instant, component)
    return rounded_part(instant.facts, component, kept, lambda other: full_on(instant, other))


def _kept_component(
    facts: Facts, component: Component, year: int, month: int, earlier: Earlier
) -> tuple[LineInWorld, Step]:
    return facts.kept(
        ("line", component.name, year, month),
        lambda: _component(facts, component, year, month, earlier),
    )


def _component(
    facts: Facts, stated: Component, year: int, month: int, earlier: Earlier
) -> tuple[LineInWorld, Step]:
    listed = in_sum(facts, stated)
    if listed.supplied:
        return supplied_amount(facts, listed, year, month)
    component = with_rhythm(facts, listed)
    if component.accrues_per is Accrual.ONCE:
        step = once_due(facts, component, year, month)
        due = fen_of(step)
        return LineInWorld(component.name, due, due, component.summed), step
    if component.accrues_per is Accrual.MONTH:
        step = month_accrual(facts, component, year, month)
    else:
        step = of_period(facts, component, year, month, earlier)
    accrued = fen_of(step)
    if component.paid is Rhythm.MONTHLY:
        due = component.is_due_in(month)
        return LineInWorld(component.name, accrued, accrued, component.summed, waits=not due), step
    silent = _month_not_stated(component)
    if silent or (isinstance(component.paid_in, tuple) and month not in component.paid_in):
        waits = Step(
            code="not-payable",
            path=step.path,
            result=0,
            unit=Unit.FEN,
            label=component.label,
            parts=(step,),
        )
        line = LineInWorld(
            component.name, accrued, 0, component.summed, waits=not silent, silent=silent
        )
        return line, waits
    if component.accrues_per is not Accrual.MONTH:
        return LineInWorld(component.name, accrued, accrued, component.summed), step
    paid = over_period(facts, component, year, month, earlier)
    return LineInWorld(component.name, accrued, fen_of(paid), component.summed), paid


def _month_not_stated(component: Component) -> tuple[Gap, ...]:
    """Give the gap of a component whose month of payment the source does not state; none of any other."""
    if not component.unscheduled:
        return ()
    stated = component.paid_in if isinstance(component.paid_in, Missing) else NOT_STATED
    return (gap_of(stated, f"pay.{component.name}.paid_in"),)


def _total(
    version: SchemeVersion, lines: list[LineInWorld], steps: list[Step]
) -> tuple[MonthInWorld, Step]:
    """Add what is payable this month; over a gap there is no total. What is on top of the total is left out of it.

    A line of which nobody has said what it adds is listed and not summed beside others. Where all are such lines, their
    sum is no zero: it is not known.
    """
    summed = [line for line in lines if line.in_total]
    gaps = tuple(
        dict.fromkeys(
            gap for line in summed if isinstance(line.payable, tuple) for gap in line.payable
        )
    )
    if all(line.silent for line in summed):
        silent = tuple(dict.fromkeys(gap for line in summed for gap in line.silent))
        gaps = silent or (Gap(path="pay", why="nothing-in-total"),)
    if gaps:
        root = Step(code="total", path="pay", result=gaps, unit=Unit.FEN, parts=tuple(steps))
        return MonthInWorld(tuple(lines), Unspecified(gaps)), root
    exact = sum(line.payable for line in summed if isinstance(line.payable, int))
    rules = version.rounding
    # as with components: where the source leaves the rounding open, an exact sum of whole fen is the answer
    rounded = round_fen(exact, rules.total) if isinstance(rules.total, Rounding) else None
    gross = rounded.fen if rounded is not None else exact
    root = Step(
        code="total",
        path="rounding.total" if rounded is not None else "pay",
        result=gross,
        unit=Unit.FEN,
        inputs=tuple(
            (line.component, line.payable) for line in summed if isinstance(line.payable, int)
        ),
        citation=Citation(source=rules.source, clause=rules.clause)
        if rounded is not None and rules.source
        else None,
        residue=rounded.residue if rounded is not None else None,
        parts=tuple(steps),
    )
    return MonthInWorld(tuple(lines), Decided(gross)), root
