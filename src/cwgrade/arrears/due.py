"""What is due for a month at one moment: amounts by component, or why there are none."""

from __future__ import annotations

from datetime import date

import attrs

from cwgrade.arrears.lines import Lines, lines_of, together
from cwgrade.career.months import month_of
from cwgrade.career.places import Places
from cwgrade.errors import NotInForce
from cwgrade.outcomes import Decided, NotEligible, Outcome
from cwgrade.pay import Payslip
from cwgrade.scheme import Beyond
from cwgrade.timeline import Standing

__all__ = ["Due", "due_of"]

_StandIn = tuple[str, object]


@attrs.frozen(kw_only=True)
class Due:
    """What is due for a month at one moment.

    Attributes:
        lines: The amounts by component; `None` where that cannot be decided.
        outcome: The outcome of the payslip; `None` where no scheme applies.
        not_in_force: Why no scheme applies, where that is the reason.
        standing: How firm it is.
        stand_ins: The figures that stand in for ones that are not out, each by its peg and the year wanted.
        unsure: Components on top of the sum that cannot be decided.
    """

    lines: Lines | None
    outcome: Outcome[int] | None = None
    not_in_force: NotInForce | None = None
    standing: Standing = Standing.BLOCKED
    stand_ins: frozenset[_StandIn] = frozenset()
    unsure: tuple[str, ...] = ()

    @property
    def on_top(self) -> set[str]:
        """The components on top of the sum."""
        return {name for name, line in (self.lines or {}).items() if not line.in_total}


def due_of(places: Places | None, first: date, *, beyond: Beyond) -> Due:
    """Find what is due for a month.

    Args:
        places: The worker's scheme on each day, with its figures, by the day of knowing; `None` where none was out.
        first: The month's first day.
        beyond: What to do after the last attested day of a scheme.
    """
    if places is None:
        return Due(lines=None)
    asked = month_of(places, first, beyond=beyond)
    for silence in asked.silences:
        if silence.code == "career-no-place":
            # who is on no file serves nowhere, as under a single scheme
            return Due(lines={}, outcome=NotEligible(silence), standing=Standing.FINAL)
        return Due(lines=None, not_in_force=NotInForce(silence.code, **dict(silence.facts)))
    found = []
    for payslip in asked.payslips:
        lines = lines_of(payslip)
        if lines is None:
            return Due(lines=None, outcome=payslip.outcome)
        found.append(lines)
    slips = asked.payslips
    paying = [slip for slip in slips if isinstance(slip.outcome, Decided)] or slips
    provisional = any(slip.standing is Standing.PROVISIONAL for slip in slips)
    return Due(
        lines=together(found),
        outcome=paying[0].outcome,
        standing=Standing.PROVISIONAL if provisional else Standing.FINAL,
        stand_ins=frozenset().union(*(_stand_ins(slip) for slip in slips)),
        unsure=tuple(
            one.component for slip in slips for one in slip.lines if _is_unsure(slip, one.component)
        ),
    )


def _is_unsure(payslip: Payslip, component: str) -> bool:
    """Tell whether a line on top of the sum may be anything; those in the sum are certain together with it."""
    line = next(one for one in payslip.lines if one.component == component)
    return line.payable_fen is None and not line.in_total and line.state != "supplied"


def _stand_ins(payslip: Payslip) -> frozenset[_StandIn]:
    """Name the figures that stand in for ones that are not out, each by its peg and the year wanted."""
    return frozenset(
        (step.path, dict(step.inputs)["wanted_year"])
        for step in payslip.derivation.root.walk()
        if step.code == "figure.provisional"
    )
