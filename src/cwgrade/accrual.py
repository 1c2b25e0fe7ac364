"""What one month is worth in one possible world: pieces of the month, components over them, and the sum."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs

from cwgrade.changes import change_days
from cwgrade.dates import next_month
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Accrual, Component, ProrationRule, Rhythm
from cwgrade.law.service import Absence
from cwgrade.money import round_fen, share_out
from cwgrade.outcomes import Decided, NotEligible, Single, Unspecified
from cwgrade.proration import Piece, shares_of_month
from cwgrade.quantities import Exact, Unit, as_number, gap_of, tidy
from cwgrade.reasoner import Instant, refusal_on
from cwgrade.reasons import Step, StepValue
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation

__all__ = ["LineInWorld", "MonthInWorld", "amounts_on", "month_in_world"]

_HALF: Final = 6
_YEAR: Final = 12


@attrs.frozen
class LineInWorld:
    """One component in one world: fen, or the gaps that hide them.

    Attributes:
        component: The component's name.
        accrued: What accrued for the period.
        payable: What is payable in the month.
    """

    component: str
    accrued: int | tuple[Gap, ...]
    payable: int | tuple[Gap, ...]


@attrs.frozen
class MonthInWorld:
    """A month in one world: its lines and their sum."""

    lines: tuple[LineInWorld, ...]
    gross: Single[int]


@attrs.frozen(kw_only=True)
class _Segment:
    """A piece of a month in which nothing changes."""

    start: date
    end: date
    instant: Instant
    refusal: NotEligible | Unspecified | None
    away: frozenset[str]


def month_in_world(facts: Facts, year: int, month: int) -> tuple[MonthInWorld, Step]:
    """Find the lines and the sum of a month in one world.

    Args:
        facts: The worker's facts in this world.
        year: The year.
        month: The month.

    Returns:
        The month and its root step.
    """
    segments = _segments(facts, year, month)
    refusal = _refusal_of_month(segments)
    if refusal is not None:
        result: StepValue = refusal.gaps if isinstance(refusal, Unspecified) else False
        return MonthInWorld((), refusal), Step(code="scope", path="scope", result=result)
    version = facts.version
    pairs = [_component(facts, component, year, month, segments) for component in version.pay]
    pairs += _strangers(facts, year, month)
    return _total(version, [line for line, _ in pairs], [step for _, step in pairs])


def amounts_on(instant: Instant) -> tuple[MonthInWorld, Step]:
    """Find the full entitlement that holds on a day in one world; only monthly lines are summed.

    Args:
        instant: The worker on the day.
    """
    refusal = refusal_on(instant)
    if refusal is not None:
        result: StepValue = refusal.gaps if isinstance(refusal, Unspecified) else False
        return MonthInWorld((), refusal), Step(code="scope", path="scope", result=result)
    lines: list[LineInWorld] = []
    steps: list[Step] = []
    for component in instant.version.pay:
        if component.supplied:
            continue
        step = _rounded(instant.version, component, instant.step(f"pay.{component.name}"))
        accrued = _fen(step)
        lines.append(LineInWorld(component.name, accrued, accrued if _is_monthly(component) else 0))
        steps.append(step)
    return _total(instant.version, lines, steps)


def _is_monthly(component: Component) -> bool:
    return component.accrues_per is Accrual.MONTH and component.paid is Rhythm.MONTHLY


def _fen(step: Step) -> int | tuple[Gap, ...]:
    return step.gaps or int(as_number(step.result))


# --- the pieces of a month -------------------------------------------------------------------------------------------


def _segments(facts: Facts, year: int, month: int) -> tuple[_Segment, ...]:
    """Cut a month where anything may change, look at each piece, and join pieces that are alike. Kept for the run."""
    key = ("segments", year, month)
    if key not in facts.memo:
        facts.memo[key] = _cut(facts, date(year, month, 1))
    segments: tuple[_Segment, ...] = facts.memo[key]
    return segments


def _cut(facts: Facts, start: date) -> tuple[_Segment, ...]:
    end = next_month(start)
    marks = (start, *change_days(facts, start, end))
    pieces: list[_Segment] = []
    for first, following in zip(marks, (*marks[1:], end), strict=True):
        instant = Instant(facts, first)
        piece = _Segment(
            start=first,
            end=following,
            instant=instant,
            refusal=refusal_on(instant),
            away=frozenset(
                leave.kind for leave in facts.leaves if leave.start <= first < leave.end
            ),
        )
        if pieces and _alike(pieces[-1], piece):
            pieces[-1] = attrs.evolve(pieces[-1], end=following)
        else:
            pieces.append(piece)
    return tuple(pieces)


def _alike(one: _Segment, other: _Segment) -> bool:
    if one.away != other.away:
        return False
    if one.refusal is not None or other.refusal is not None:
        # the day stands in the reason of a refusal; two unserved pieces are alike all the same
        return one.refusal is not None and other.refusal is not None and _code(one) == _code(other)
    names = [f"pay.{one.name}" for one in one.instant.version.pay if not one.supplied]
    return all(one.instant.step(name).result == other.instant.step(name).result for name in names)


def _code(segment: _Segment) -> object:
    refusal = segment.refusal
    return refusal.reason.code if isinstance(refusal, NotEligible) else refusal


def _refusal_of_month(segments: tuple[_Segment, ...]) -> NotEligible | Unspecified | None:
    """Refuse a month of which no day is paid, or of which a day's post or scope is hidden by a gap."""
    gaps = tuple(
        gap for one in segments if isinstance(one.refusal, Unspecified) for gap in one.refusal.gaps
    )
    if gaps:
        return Unspecified(tuple(dict.fromkeys(gaps)))
    refusals = [one.refusal for one in segments if isinstance(one.refusal, NotEligible)]
    if len(refusals) < len(segments):
        return None
    return next((one for one in refusals if one.reason.code != "not-in-service"), refusals[0])


# --- a component over a month ----------------------------------------------------------------------------------------


def _component(
    facts: Facts, component: Component, year: int, month: int, segments: tuple[_Segment, ...]
) -> tuple[LineInWorld, Step]:
    if component.supplied:
        return _supplied(facts, component, year, month)
    if component.accrues_per is Accrual.MONTH:
        step = _accrued(facts, component, segments)
    else:
        step = _of_period(facts, component, year, month, segments)
    accrued = _fen(step)
    if _is_monthly(component):
        return LineInWorld(component.name, accrued, accrued), step
    if (
        component.unscheduled
        or not isinstance(component.paid_in, tuple)
        or month not in component.paid_in
    ):
        waits = Step(
            code="not-payable",
            path=step.path,
            result=0,
            unit=Unit.FEN,
            label=component.label,
            parts=(step,),
        )
        return LineInWorld(component.name, accrued, 0), waits
    if component.accrues_per is not Accrual.MONTH:
        return LineInWorld(component.name, accrued, accrued), step
    paid = _over_period(facts, component, year, month)
    return LineInWorld(component.name, accrued, _fen(paid)), paid


def _period_months(component: Component, year: int, month: int) -> tuple[tuple[int, int], ...]:
    """Give the months of the last half-year or year that has ended by the end of a month."""
    half = Rhythm.HALF_YEARLY is component.paid or Accrual.HALF_YEAR is component.accrues_per
    length = _HALF if half else _YEAR
    end = year * _YEAR + month
    end -= end % length
    return tuple(
        ((index - 1) // _YEAR, (index - 1) % _YEAR + 1)
        for index in range(end - length + 1, end + 1)
    )


def _over_period(facts: Facts, component: Component, year: int, month: int) -> Step:
    """Add the months of a period: each month's accrual was rounded by itself."""
    parts: list[Step] = []
    for other_year, other_month in _period_months(component, year, month):
        if date(other_year, other_month, 1) < facts.version.from_day.replace(day=1):
            if facts.served_in_year(other_year):
                gap = Gap(
                    path=f"pay.{component.name}",
                    why="period-before-scheme",
                    readings=(f"{other_year}-{other_month:02d}",),
                )
                parts.append(Step(code="month", path=f"pay.{component.name}", result=(gap,)))
            continue
        segments = _segments(facts, other_year, other_month)
        hidden = _refusal_of_month(segments)
        if isinstance(hidden, Unspecified):
            parts.append(Step(code="month", path=f"pay.{component.name}", result=hidden.gaps))
            continue
        accrued = _accrued(facts, component, segments)
        parts.append(
            Step(
                code="month",
                path=accrued.path,
                result=accrued.result,
                unit=Unit.FEN,
                inputs=(("year", other_year), ("month", other_month)),
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
        citation=_cited(component),
        parts=tuple(parts),
    )


def _of_period(
    facts: Facts, component: Component, year: int, month: int, segments: tuple[_Segment, ...]
) -> Step:
    """Give an amount for a half-year or year; part of a period is refused, because no rule for it is stated."""
    paid = [segment for segment in segments if segment.refusal is None]
    step = _rounded(facts.version, component, paid[-1].instant.step(f"pay.{component.name}"))
    months = _period_months(component, year, month)
    start, end = date(*months[0], 1), next_month(date(*months[-1], 1))
    served = any(
        claim.kind == "community" and claim.start <= start and claim.end >= end
        for claim in facts.claims
    )
    if served or step.gaps:
        return step
    gap = Gap(path=f"pay.{component.name}", why="part-of-period", readings=(str(start), str(end)))
    return Step(
        code="period", path=f"pay.{component.name}", result=(gap,), unit=Unit.FEN, parts=(step,)
    )


def _accrued(facts: Facts, component: Component, segments: tuple[_Segment, ...]) -> Step:
    """Give what a component accrues over a month: each piece its share, rounded once."""
    name = f"pay.{component.name}"
    paid = [segment for segment in segments if segment.refusal is None]
    if not paid:
        return Step(code="not-served", path=name, result=0, unit=Unit.FEN, label=component.label)
    amounts = [
        _during(component, segment) if segment.refusal is None else None for segment in segments
    ]
    gaps = tuple(dict.fromkeys(gap for step in amounts if step is not None for gap in step.gaps))
    if gaps:
        parts = tuple(step for step in amounts if step is not None)
        return Step(
            code="month",
            path=name,
            result=gaps,
            unit=Unit.FEN,
            label=component.label,
            citation=_cited(component),
            parts=parts,
        )
    if len(segments) == 1 and amounts[0] is not None:
        return _rounded(facts.version, component, amounts[0])
    pieces = tuple(Piece(one.start, one.end, one.refusal is None) for one in segments)
    numbers = [as_number(step.result) if step is not None else 0 for step in amounts]
    (rule, day), shares = _shares(facts, pieces, numbers)
    exact = [number * share for number, share in zip(numbers, shares, strict=True)]
    prorated = Step(
        code="prorated",
        path="proration.rule",
        result=tidy(sum(exact, Fraction(0))),
        unit=Unit.FEN,
        inputs=(("rule", str(rule)), ("day", day)),
        label=component.label,
        citation=Citation(
            source=facts.version.proration.source, clause=facts.version.proration.clause
        )
        if facts.version.proration.source
        else None,
    )
    rounded = _rounded(facts.version, component, prorated)
    if rounded.gaps:
        return rounded
    shown = share_out(exact, int(as_number(rounded.result)))
    parts = tuple(
        Step(
            code="piece",
            path=name,
            result=tidy(amount),
            unit=Unit.FEN,
            inputs=(
                ("start", segment.start),
                ("end", segment.end),
                ("share", tidy(share)),
                ("shown_fen", fen),
            ),
            parts=(step,),
        )
        for segment, step, share, amount, fen in zip(
            segments, amounts, shares, exact, shown, strict=True
        )
        if step is not None
    )
    prorated = attrs.evolve(prorated, parts=parts)
    return _rounded(facts.version, component, prorated)


def _shares(
    facts: Facts, pieces: tuple[Piece, ...], numbers: list[Exact]
) -> tuple[tuple[ProrationRule, int | None], tuple[Fraction, ...]]:
    stated = facts.version.proration
    field = StatedField(
        path="proration.rule",
        stated=stated.rule if isinstance(stated.rule, Missing) else (stated.rule, stated.day),
        readings=_PRORATION_READINGS,
    )

    def amount(settled: tuple[Any, ...]) -> Fraction:
        rule, day = settled[0]
        weights = shares_of_month(pieces, rule, day)
        return sum(
            (number * share for number, share in zip(numbers, weights, strict=True)), Fraction(0)
        )

    ((rule, day),) = settle(facts.choices, (field,), amount)
    return (rule, day), shares_of_month(pieces, rule, day)


class _Reading(tuple[ProrationRule, int | None]):
    """A rule of proration with its day, shown as one word."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(self[0]) if self[1] is None else f"{self[0]} {self[1]}"


_PRORATION_READINGS: Final = tuple(
    _Reading((rule, day))
    for rule in ProrationRule
    for day in ((1, 15, 31) if rule is ProrationRule.STATE_ON_DAY else (None,))
)


def _during(component: Component, segment: _Segment) -> Step:
    """Give a component's full amount in a piece of a month, at the share that absence leaves."""
    step = segment.instant.step(f"pay.{component.name}")
    if not segment.away:
        return step
    rules = {absence.kind: absence for absence in segment.instant.version.absences}
    found = [_absence_share(rules.get(kind), kind, component.name) for kind in sorted(segment.away)]
    gaps = tuple(one for one in found if isinstance(one, Gap))
    result: StepValue = step.gaps or gaps
    share = min((one for one in found if isinstance(one, Fraction)), default=Fraction(1))
    if not result:
        result = tidy(as_number(step.result) * share)
    return Step(
        code="absence",
        path="absences",
        result=result,
        unit=Unit.FEN,
        inputs=(("kinds", ", ".join(sorted(segment.away))), ("share", tidy(share))),
        label=component.label,
        parts=(step,),
    )


def _absence_share(rule: Absence | None, kind: str, component: str) -> Fraction | Gap:
    if rule is None or (rule.pay is None and not rule.pay_by_component):
        return Gap(path=f"absences.{kind}.pay", why="not-mentioned")
    if isinstance(rule.pay, Missing):
        return gap_of(rule.pay, f"absences.{kind}.pay")
    if rule.pay is not None:
        return rule.pay
    return dict(rule.pay_by_component).get(component, Fraction(1))


def _rounded(version: SchemeVersion, component: Component, step: Step) -> Step:
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


# --- supplied amounts and the sum ------------------------------------------------------------------------------------


def _supplied(
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
    if component.at_most_fen is not None and fen > component.at_most_fen:
        result = (
            Gap(
                path=path,
                why="supplied-over-limit",
                readings=(str(fen), str(component.at_most_fen)),
            ),
        )
    elif any(one.fen < 0 for one in given):
        result = (Gap(path=path, why="supplied-negative", readings=(str(fen),)),)
    elif component.needs_document and any(not one.document for one in given):
        result = (Gap(path=path, why="supplied-without-document"),)
    step = Step(
        code="supplied",
        path=path,
        result=result,
        unit=Unit.FEN,
        inputs=(("documents", ", ".join(one.document for one in given if one.document)),),
        label=component.label,
        citation=_cited(component),
    )
    amount = step.gaps or fen
    return LineInWorld(component.name, amount, amount), step


def _strangers(facts: Facts, year: int, month: int) -> list[tuple[LineInWorld, Step]]:
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


def _total(
    version: SchemeVersion, lines: list[LineInWorld], steps: list[Step]
) -> tuple[MonthInWorld, Step]:
    """Add what is payable this month; over a gap there is no total."""
    gaps = tuple(
        dict.fromkeys(
            gap for line in lines if isinstance(line.payable, tuple) for gap in line.payable
        )
    )
    if gaps:
        root = Step(code="total", path="pay", result=gaps, unit=Unit.FEN, parts=tuple(steps))
        return MonthInWorld(tuple(lines), Unspecified(gaps)), root
    exact = sum(line.payable for line in lines if isinstance(line.payable, int))
    rules = version.rounding
    rounded = round_fen(exact, rules.total) if rules.total is not None else None
    gross = rounded.fen if rounded is not None else exact
    root = Step(
        code="total",
        path="rounding.total" if rounded is not None else "pay",
        result=gross,
        unit=Unit.FEN,
        inputs=tuple(
            (line.component, line.payable) for line in lines if isinstance(line.payable, int)
        ),
        citation=Citation(source=rules.source, clause=rules.clause)
        if rounded is not None and rules.source
        else None,
        residue=rounded.residue if rounded is not None else None,
        parts=tuple(steps),
    )
    return MonthInWorld(tuple(lines), Decided(gross)), root


def _cited(component: Component) -> Citation:
    return Citation(source=component.source, clause=component.clause)
