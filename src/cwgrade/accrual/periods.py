"""What a component is worth over a quarter, a half-year or a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Final

from cwgrade.accrual.months import month_accrual
from cwgrade.accrual.pieces import refusal_of_month, segments_of
from cwgrade.accrual.rounding import cited, rounded_part
from cwgrade.dates import next_month
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap
from cwgrade.law.pay import MONTHS_OF_A_YEAR, TIMES_A_YEAR, Component, ReckonedOn
from cwgrade.outcomes import Unspecified
from cwgrade.quantities import Unit, as_number
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step, StepValue

__all__ = ["Earlier", "of_period", "over_period", "period_months"]

Earlier = Callable[[date], Facts | None]
"""Gives the facts under the version that a month is paid by, from its first day; nothing where there is none."""

_YEAR: Final = MONTHS_OF_A_YEAR
_ONE_DAY: Final = timedelta(days=1)


def period_months(component: Component, year: int, month: int) -> tuple[tuple[int, int], ...]:
    """Give the months that are paid for in a month: of the last quarter, half-year or year that has ended by its end.

    Of an amount that is due in some months only, these; where it is paid once a year, of the twelve months that end
    with the month of payment: a season that ends in it is paid at once, and one that runs over New Year is not cut.

    Args:
        component: The component, its rhythm settled; not one that is paid monthly or once.
        year: The year of the month.
        month: The month, 1 to 12.

    Returns:
        Year and month of each.
    """
    (rhythm,) = component.rhythms
    length = _YEAR // TIMES_A_YEAR[rhythm]
    end = year * _YEAR + month
    if component.due_in == () or length < _YEAR:
        end -= end % length
    months = [
        ((index - 1) // _YEAR, (index - 1) % _YEAR + 1)
        for index in range(end - length + 1, end + 1)
    ]
    return tuple(one for one in months if component.is_due_in(one[1]))


def over_period(
    facts: Facts, component: Component, year: int, month: int, earlier: Earlier
) -> Step:
    """Add the months of a period: each month's accrual was rounded by itself, under the version that paid the month."""
    parts: list[Step] = []
    for other_year, other_month in period_months(component, year, month):
        paid_by = _paid_by(facts, component, date(other_year, other_month, 1), earlier)
        if paid_by is None:
            if _touched(facts, date(other_year, other_month, 1)):
                gap = Gap(
                    path=f"pay.{component.name}",
                    why="period-before-scheme",
                    readings=(f"{other_year}-{other_month:02d}",),
                )
                parts.append(Step(code="month", path=f"pay.{component.name}", result=(gap,)))
            continue
        of_month, same = paid_by
        segments = segments_of(of_month, other_year, other_month)
        hidden = refusal_of_month(segments)
        if isinstance(hidden, Unspecified):
            parts.append(Step(code="month", path=f"pay.{component.name}", result=hidden.gaps))
            continue
        accrued = month_accrual(of_month, same, other_year, other_month)
        told: tuple[tuple[str, StepValue], ...] = (("year", other_year), ("month", other_month))
        if of_month.version != facts.version:
            told = (*told, ("version_from", of_month.version.from_day))
        parts.append(
            Step(
                code="month",
                path=accrued.path,
                result=accrued.result,
                unit=Unit.FEN,
                inputs=told,
                parts=(accrued,),
            )
        )
    gaps = tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
    total: StepValue = gaps or sum(int(as_number(part.result)) for part in parts)
    return Step(
        code="period",
        path=f"pay.{component.name}",
        result=total,
        unit=Unit.FEN,
        label=component.label,
        citation=cited(component),
        parts=tuple(parts),
    )


def _paid_by(
    facts: Facts, component: Component, first: date, earlier: Earlier
) -> tuple[Facts, Component] | None:
    """Find the version that a month is paid by, and the component in it; an earlier one must pay it the same way."""
    if first >= facts.version.from_day:
        return facts, component
    before = earlier(first)
    if before is None:
        # a scheme's own first month counts whole, from whichever day of it the scheme is in force
        return None if first < facts.version.from_day.replace(day=1) else (facts, component)
    if before.version == facts.version:
        return facts, component
    for same in before.version.pay:
        alike = same.name == component.name and _rhythm(same) == _rhythm(component)
        # a version that leaves its rhythm open may have had this one
        if alike and component.paid in same.rhythms:
            return before, same
    return None


def _rhythm(component: Component) -> tuple[object, ...]:
    return component.accrues_per, component.paid_in, component.due_in, component.supplied


def of_period(facts: Facts, component: Component, year: int, month: int, earlier: Earlier) -> Step:
    """Give an amount for a quarter, half-year or year; part of one is refused, because no rule for it is stated.

    Who served on no day of it gets nothing. Where it is paid in a month after the period, it goes by what holds in that
    month, or by what held on the last day of the period, as the source says.
    """
    path, months = f"pay.{component.name}", period_months(component, year, month)
    start, end = date(*months[0], 1), next_month(date(*months[-1], 1))
    if not any(_touched(facts, date(*one, 1)) for one in months):
        return Step(
            code="not-served",
            path=path,
            result=0,
            unit=Unit.FEN,
            label=component.label,
            citation=cited(component),
        )
    paid = [segment for segment in segments_of(facts, year, month) if segment.refusal is None]
    at_payment = _whole(facts, component, paid[-1].start)
    if not facts.serves_throughout(start, end):
        if at_payment.gaps:
            return at_payment
        gap = Gap(path=path, why="part-of-period", readings=(str(start), str(end)))
        return Step(code="period", path=path, result=(gap,), unit=Unit.FEN, parts=(at_payment,))
    is_paid = isinstance(component.paid_in, tuple) and month in component.paid_in
    if end > date(year, month, 1) or not is_paid:
        return at_payment

    @cache
    def reckoned(on: ReckonedOn) -> Step:
        if on is ReckonedOn.PAYMENT:
            return at_payment
        first = date(*months[-1], 1)
        paid_by = _paid_by(facts, component, first, earlier)
        if paid_by is None:
            readings = (f"{first:%Y-%m}",)
            gap = Gap(path=path, why="period-before-scheme", readings=readings)
            return Step(code="period", path=path, result=(gap,), unit=Unit.FEN)
        return _whole(*paid_by, end - _ONE_DAY)

    field = StatedField(
        path=f"{path}.reckoned_on", stated=component.reckoned_on, readings=tuple(ReckonedOn)
    )
    (on,) = settle(facts.choices, (field,), lambda one: reckoned(one[0]).result)
    return reckoned(on)


def _whole(facts: Facts, component: Component, on: date) -> Step:
    """Give a component's full amount by what holds on a day, rounded."""
    instant = Instant(facts, on)
    return rounded_part(
        facts,
        component,
        instant.step(f"pay.{component.name}"),
        lambda other: instant.step(f"pay.{other.name}"),
    )


def _touched(facts: Facts, month: date) -> bool:
    """Tell whether community service in the scheme's place touches a month."""
    return any(
        claim.kind == "community"
        and facts.is_here(claim)
        and claim.start < next_month(month)
        and claim.end > month
        for claim in facts.claims
    )
