"""What a component accrues over one month: its pieces weighed, absence taken off, rounded once."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import attrs

from cwgrade.accrual.pieces import Segment, segments_of
from cwgrade.accrual.protected import full_on
from cwgrade.accrual.rounding import cited, rounded_part
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Component, ProrationRule
from cwgrade.law.service import Absence
from cwgrade.money import share_out
from cwgrade.proration import Piece, shares_of_month, whole_month
from cwgrade.quantities import Exact, Unit, as_number, gap_of, tidy
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step, StepValue
from cwgrade.sources import Citation

__all__ = ["month_accrual"]


def month_accrual(facts: Facts, component: Component, year: int, month: int) -> Step:
    """Give what a component accrues over a month: each piece its share, rounded once; nothing where it is not due."""
    if not component.is_due_in(month):
        return _not_due(component)
    accrued = _accrued(facts, component, year, month)
    if isinstance(component.due_in, Missing) and accrued.result != 0 and not accrued.gaps:
        gap = gap_of(component.due_in, f"pay.{component.name}.due_in")
        return Step(code="month", path=gap.path, result=(gap,), unit=Unit.FEN, parts=(accrued,))
    return accrued


def _not_due(component: Component) -> Step:
    months = component.due_in if isinstance(component.due_in, tuple) else ()
    return Step(
        code="not-due",
        path=f"pay.{component.name}",
        result=0,
        unit=Unit.FEN,
        inputs=(("months", ", ".join(str(month) for month in months)),),
        label=component.label,
        citation=cited(component),
    )


def _accrued(facts: Facts, component: Component, year: int, month: int) -> Step:
    exact = _exact(facts, component, year, month)
    if exact.code in {"not-served", "month"}:
        return exact

    def exact_of(other: Component) -> Step:
        return _exact(facts, other, year, month)

    rounded = rounded_part(facts, component, exact, exact_of)
    if exact.code != "prorated" or rounded.gaps:
        return rounded
    amounts = [Fraction(as_number(piece.result)) for piece in exact.parts]
    shown = share_out(amounts, int(as_number(rounded.result)))
    pieces = tuple(
        attrs.evolve(piece, inputs=(*piece.inputs, ("shown_fen", fen)))
        for piece, fen in zip(exact.parts, shown, strict=True)
    )
    return rounded_part(facts, component, attrs.evolve(exact, parts=pieces), exact_of)


def _exact(facts: Facts, component: Component, year: int, month: int) -> Step:
    """Give the exact amount of a month, or the gaps that hide it. Kept for the run."""
    return facts.kept(
        ("exact", component.name, year, month),
        lambda: _weighed(facts, component, segments_of(facts, year, month)),
    )


def _weighed(facts: Facts, component: Component, segments: tuple[Segment, ...]) -> Step:
    name = f"pay.{component.name}"
    paid = [segment for segment in segments if segment.refusal is None]
    if not paid:
        return Step(code="not-served", path=name, result=0, unit=Unit.FEN, label=component.label)
    amounts = [
        _during(facts, component, segment) if segment.refusal is None else None
        for segment in segments
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
            citation=cited(component),
            parts=parts,
        )
    if len(segments) == 1 and amounts[0] is not None:
        return amounts[0]
    pieces = tuple(
        Piece(one.start, one.end, one.refusal is None, _kept(step))
        for one, step in zip(segments, amounts, strict=True)
    )
    numbers = [as_number(step.result) if step is not None else 0 for step in amounts]
    (prorated, rule, day), shares = _shares(facts, component, pieces, numbers)
    exact = [number * share for number, share in zip(numbers, shares, strict=True)]
    shown = tuple(
        Step(
            code="piece",
            path=name,
            result=tidy(amount),
            unit=Unit.FEN,
            inputs=(("start", segment.start), ("end", segment.end), ("share", tidy(share))),
            parts=(step,),
        )
        for segment, step, share, amount in zip(segments, amounts, shares, exact, strict=True)
        if step is not None
    )
    by = facts.version.proration
    rests_on = Citation(source=by.source, clause=by.clause) if by.source else None
    return Step(
        code="prorated",
        path="proration.rule" if prorated else f"{name}.prorated",
        result=tidy(sum(exact, Fraction(0))),
        unit=Unit.FEN,
        inputs=(("rule", str(rule) if prorated else "whole_month"), ("day", day)),
        label=component.label,
        citation=rests_on if prorated else cited(component),
        parts=shown,
    )


def _shares(
    facts: Facts, component: Component, pieces: tuple[Piece, ...], numbers: list[Exact]
) -> tuple[tuple[bool, ProrationRule, int | None], tuple[Fraction, ...]]:
    stated = facts.version.proration
    fields = (
        StatedField(
            path=f"pay.{component.name}.prorated",
            stated=component.prorated,
            readings=(True, False),
        ),
        StatedField(
            path="proration.rule",
            stated=stated.rule if isinstance(stated.rule, Missing) else (stated.rule, None),
            readings=_PRORATION_READINGS,
        ),
        StatedField(path="proration.day", stated=stated.day, readings=_DAYS),
    )

    def weights(settled: tuple[Any, ...]) -> tuple[Fraction, ...]:
        prorated, (rule, own), day = settled
        return shares_of_month(pieces, rule, own or day) if prorated else whole_month(pieces)

    def amount(settled: tuple[Any, ...]) -> Fraction:
        shares = zip(numbers, weights(settled), strict=True)
        return sum((number * share for number, share in shares), Fraction(0))

    settled = settle(facts.choices, fields, amount)
    prorated, (rule, own), day = settled
    return (prorated, rule, own or day), weights(settled)


class _Reading(tuple[ProrationRule, int | None]):
    """A rule of proration with its day, shown as one word."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(self[0]) if self[1] is None else f"{self[0]} {self[1]}"


_DAYS: Final = tuple(range(1, 32))
_PRORATION_READINGS: Final = tuple(
    _Reading((rule, day))
    for rule in ProrationRule
    for day in ((1, 15, 31) if rule is ProrationRule.STATE_ON_DAY else (None,))
)


def _during(facts: Facts, component: Component, segment: Segment) -> Step:
    """Give a component's full amount in a piece of a month, at the share that absence leaves."""
    step = full_on(Instant(facts, segment.start), component)
    if not segment.away:
        return step
    rules = {absence.kind: absence for absence in facts.version.absences}
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


def _kept(step: Step | None) -> Fraction:
    """Give the share of a piece's amount that absence leaves."""
    if step is None or step.code != "absence":
        return Fraction(1)
    return Fraction(as_number(dict(step.inputs)["share"]))


def _absence_share(rule: Absence | None, kind: str, component: str) -> Fraction | Gap:
    path = f"absences.{kind}.pay"
    if rule is None or (rule.pay is None and not rule.pay_by_component):
        return Gap(path=path, why="not-mentioned")
    if isinstance(rule.pay, Missing):
        return gap_of(rule.pay, path)
    if rule.pay is not None:
        return rule.pay
    share = dict(rule.pay_by_component).get(component, Fraction(1))
    return gap_of(share, f"{path}.{component}") if isinstance(share, Missing) else share
