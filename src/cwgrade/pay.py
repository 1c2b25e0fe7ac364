"""The pay of a month: what accrues, what is prorated and rounded, what is payable, with reasons for every line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

import attrs

from cwgrade.accrual import LineInWorld, MonthInWorld, amounts_on, month_in_world
from cwgrade.bounds import End, at_end, is_bounded
from cwgrade.choices import Choices, QuestionKind
from cwgrade.dates import days_of_month, next_month
from cwgrade.errors import NotInForce
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Component, Rhythm
from cwgrade.moving import moves_from
from cwgrade.outcomes import Decided, NotEligible, OneOf, Outcome, Unspecified, combine, refuse
from cwgrade.questions import Standpoint, derive
from cwgrade.reasoner import Instant
from cwgrade.reasons import Derivation, Step
from cwgrade.scheme import Beyond, Scheme, Schemes, SchemeVersion
from cwgrade.sources import Label
from cwgrade.timeline import Standing
from cwgrade.worker import Worker

__all__ = ["PayLine", "Payslip", "full_pay_on", "pay_for_month", "pay_in_month", "pay_on"]


@attrs.frozen(kw_only=True)
class PayLine:
    """One line of a payslip.

    Attributes:
        component: The component's name in the scheme.
        label: Its printed name.
        accrues_per: The period that its amount is for.
        paid: Its rhythm.
        paid_in: The months it is paid in; empty where it is paid every month, once, or the source does not say.
        in_total: Whether it is part of the sum, or may be; one on top of it is listed and not summed.
        accrued_fen: What accrued for the period asked about: the month's amount, in fen. `None` where it is not
            certain.
        payable_fen: What is payable in the month asked about, in fen; `None` where it is not certain.
        low_fen: The least it can be, in fen: where an unknown fact matters, or where the source prints bounds only.
        high_fen: The most it can be, in fen.
        state: `payable`, `accrues` (paid, or due, in another month), `unscheduled` (the source states no month; not
            summed), `supplied`, `unknown` or `gap`. A line that is paid in another month is `accrues`, whatever is
            unknown.
        gaps: What the source does not say, where that hides the amount, or what accrues toward a later month.
    """

    component: str
    label: Label
    accrues_per: str
    paid: str
    paid_in: tuple[int, ...]
    in_total: bool = True
    accrued_fen: int | None
    payable_fen: int | None
    low_fen: int | None = None
    high_fen: int | None = None
    state: str
    gaps: tuple[Gap, ...] = ()


@attrs.frozen
class Payslip:
    """The pay of a month.

    Attributes:
        lines: One line for each component, in the order of the scheme.
        outcome: The sum of what is payable this month (应发合计), in fen, or why there is none.
        derivation: The reasons.
        low_fen: Where the source leaves an amount out and prints its floor, the least that the sum can be, in fen.
        high_fen: Where it prints the ceiling, the most.
    """

    lines: tuple[PayLine, ...]
    outcome: Outcome[int]
    derivation: Derivation
    low_fen: int | None = None
    high_fen: int | None = None

    @property
    def gross_fen(self) -> int:
        """The sum of what is payable this month, in fen.

        Raises:
            CannotDecide: The outcome is not a single amount.
        """
        if isinstance(self.outcome, Decided):
            return self.outcome.value
        return refuse(self.outcome)

    @property
    def bounds_fen(self) -> tuple[int | None, int | None] | None:
        """The least and the most that it can be, in fen; for who is perhaps not paid at all nothing is the least.

        `None` where nothing bounds it; `None` for one of the two where the source prints only the other.
        """
        match self.outcome:
            case Decided(fen):
                return fen, fen
            case OneOf(values=amounts, reasons=perhaps_not) if amounts:
                return (0 if perhaps_not else min(amounts)), max(amounts)
            case _ if self.low_fen is not None or self.high_fen is not None:
                return self.low_fen, self.high_fen
            case _:
                return None

    @property
    def standing(self) -> Standing:
        """Final; provisional where an older figure stands in for one that is not out; or blocked."""
        if isinstance(self.outcome, NotEligible):
            return Standing.FINAL
        if not isinstance(self.outcome, Decided):
            return Standing.BLOCKED
        provisional = any(
            step.code == "figure.provisional" or step.result == "not_out"
            for step in self.derivation.root.walk()
        )
        return Standing.PROVISIONAL if provisional else Standing.FINAL


def pay_for_month(
    worker: Worker,
    scheme: Scheme,
    *,
    year: int,
    month: int,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    apart: tuple[str, ...] = (),
    elsewhere: Schemes | None = None,
) -> Payslip:
    """Find the pay of a month.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        apart: Region codes inside the scheme's place that have a scheme of their own; days served there are not paid
            under this one. `Schemes.apart_from` gives them.
        elsewhere: Schemes of other places too, for a grade that was held there; see `[recognition]`.

    Returns:
        The lines, the sum of what is payable this month, and the derivation.

    Raises:
        NotInForce: The scheme does not apply on the first day of the month, nor is it attested from a later one.
        ArgumentError: There is no such month.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
        >>> pay_for_month(worker, load_scheme("changsha-furong-2018"), year=2018, month=3).gross_fen
        396000
    """
    standpoint = Standpoint(worker, scheme, known_on, beyond, apart, elsewhere)
    return pay_in_month(standpoint, year=year, month=month)


def pay_in_month(standpoint: Standpoint, *, year: int, month: int) -> Payslip:
    """Find the pay of a month, as `pay_for_month` does, and share what is found with other questions.

    Args:
        standpoint: The worker, the scheme and what is known.
        year: The year.
        month: The month, 1 to 12.

    Raises:
        NotInForce: As for `pay_for_month`.
        ArgumentError: There is no such month, or an argument is of the wrong kind.
    """
    days_of_month(year, month)
    first = date(year, month, 1)
    standpoint.check(first)
    version = standpoint.version_of_month(first)
    moves = moves_from(standpoint, version)

    def ask(end: End | None) -> Payslip:
        def run(choices: Choices) -> tuple[MonthInWorld, Step]:
            period = (first, next_month(first))
            facts = standpoint.facts(_ended(version, end), choices, moves=moves, period=period)

            def earlier(other_first: date) -> Facts | None:
                try:
                    other = standpoint.version_of_month(other_first)
                except NotInForce:
                    return None
                moved = moves_from(standpoint, other)
                return standpoint.facts(_ended(other, end), choices, moves=moved)

            return month_in_world(facts, year, month, earlier)

        return _payslip(standpoint, version, run, on=first, moved=bool(moves))

    return _bounded(ask)


def pay_on(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    elsewhere: Schemes | None = None,
) -> Payslip:
    """Find the full monthly entitlement that holds on a day, with nothing prorated.

    Monthly lines are summed; components with another period are listed with their own amount and not summed.
    Nothing is divided by 12.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day, asked at its start.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        elsewhere: Schemes of other places too, for a grade that was held there; see `[recognition]`.

    Raises:
        NotInForce: The scheme does not apply on that day.
    """
    return full_pay_on(Standpoint(worker, scheme, known_on, beyond, schemes=elsewhere), on=on)


def full_pay_on(standpoint: Standpoint, *, on: date) -> Payslip:
    """Find the full monthly entitlement, as `pay_on` does, and share what is found with other questions.

    Args:
        standpoint: The worker, the scheme and what is known.
        on: The day, asked at its start.

    Raises:
        NotInForce: The scheme does not apply on that day.
        ArgumentError: An argument is of the wrong kind.
    """
    version = standpoint.version_on(on)
    moves = moves_from(standpoint, version)

    def ask(end: End | None) -> Payslip:
        def run(choices: Choices) -> tuple[MonthInWorld, Step]:
            period = (on, on + timedelta(days=1))
            asked = _ended(version, end)
            facts = standpoint.facts(asked, choices, moves=moves, period=period)
            return amounts_on(Instant(facts, on))

        return _payslip(standpoint, version, run, on=on, moved=bool(moves))

    return _bounded(ask)


def _ended(version: SchemeVersion, end: End | None) -> SchemeVersion:
    return version if end is None else at_end(version, end)


def _bounded(ask: Callable[[End | None], Payslip]) -> Payslip:
    """Give a payslip; where the source prints bounds only, with the least and the most that is computed from them.

    Args:
        ask: Gives the payslip, with one of the printed bounds in the place of what is not stated.
    """
    slip = ask(None)
    if not any(is_bounded(gap) for line in slip.lines for gap in line.gaps):
        return slip
    least, most = ask(End.LEAST), ask(End.MOST)
    low, _ = least.bounds_fen or (None, None)
    _, high = most.bounds_fen or (None, None)
    lines = tuple(
        attrs.evolve(
            line, low_fen=_of(line, least, "low_fen"), high_fen=_of(line, most, "high_fen")
        )
        if line.state == "gap"
        else line
        for line in slip.lines
    )
    if isinstance(slip.outcome, Unspecified):
        return attrs.evolve(slip, lines=lines, low_fen=low, high_fen=high)
    return attrs.evolve(slip, lines=lines)


def _of(line: PayLine, slip: Payslip, end: Literal["low_fen", "high_fen"]) -> int | None:
    """Give what one end of a line is in a payslip."""
    found = next((one for one in slip.lines if one.component == line.component), None)
    if found is None or found.payable_fen is not None:
        return None if found is None else found.payable_fen
    fen: int | None = getattr(found, end)
    return fen


def _payslip(
    standpoint: Standpoint,
    version: SchemeVersion,
    run: Callable[[Choices], tuple[MonthInWorld, Step]],
    *,
    on: date,
    moved: bool,
) -> Payslip:
    explored = standpoint.explore(run)
    outcome: Outcome[int] = combine(
        explored.map(lambda pair: pair[0].gross),
        order=lambda fen: (fen,),
        roots=[world.answer[1] for world in explored.worlds],
    )
    worlds = [world.answer[0] for world in explored.worlds]
    facts_asked = any(
        pick.question.kind is QuestionKind.FACT for world in explored.worlds for pick in world.picks
    )
    lines = tuple(
        _line(
            component,
            [line for world in worlds for line in world.lines if line.component == component.name],
            facts_asked=facts_asked,
        )
        for component in version.pay
    )
    singles = explored.map(lambda pair: (pair[0].gross, pair[1]))
    derivation = derive(standpoint, version, singles, on=on, moved=moved)
    # of combinations that were not all tried, no line is certain
    looked_at = explored.complete and any(world.lines for world in worlds)
    return Payslip(lines if looked_at else (), outcome, derivation)


def _line(component: Component, found: list[LineInWorld], *, facts_asked: bool) -> PayLine:
    """Put a component's amounts in all worlds into one line."""
    stated = component.due_in if component.paid is Rhythm.MONTHLY else component.paid_in
    paid_in = () if isinstance(stated, Missing) else stated
    accrued = {line.accrued for line in found}
    payable = {line.payable for line in found}
    gaps = tuple(
        dict.fromkeys(gap for one in (*accrued, *payable) if isinstance(one, tuple) for gap in one)
    )
    amounts = [one for one in payable if isinstance(one, int)]
    certain = len(payable) == 1 and not gaps
    state = "payable"
    if not found:
        state = "supplied"
    elif any(line.waits for line in found):
        # what it is for this month may be open; that nothing of it is due in the month is not
        certain, state = True, "accrues"
    elif gaps:
        state = "gap"
    elif component.unscheduled:
        state = "unscheduled"
    elif not certain or len(accrued) != 1:
        # where no fact was asked for, only readings of the scheme can have made the difference
        state = "unknown" if facts_asked else "gap"
    elif component.supplied:
        state = "supplied"
    elif component.paid not in (Rhythm.MONTHLY, Rhythm.ONCE) and amounts == [0]:
        state = "accrues"
    sure = next(iter(accrued)) if len(accrued) == 1 else None
    return PayLine(
        component=component.name,
        label=component.label,
        accrues_per=str(component.accrues_per),
        paid=str(component.paid),
        paid_in=paid_in,
        in_total=component.summed,
        accrued_fen=sure if isinstance(sure, int) else None,
        payable_fen=amounts[0] if certain and amounts else None,
        low_fen=min(amounts) if state == "unknown" and amounts else None,
        high_fen=max(amounts) if state == "unknown" and amounts else None,
        state=state,
        gaps=gaps,
    )
