"""A payslip as amounts by component that sum to its total."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from cwgrade.arrears.results import ON_THE_TOTAL, WHOLE, Paid
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import Payslip

__all__ = [
    "Line",
    "Lines",
    "differences",
    "lines_of",
    "paid_lines",
    "sum_of",
    "together",
    "unnamed_on_top",
]


@attrs.frozen
class Line:
    """An amount of one component.

    Attributes:
        fen: The amount, in fen.
        in_total: Whether it is part of the month's sum.
    """

    fen: int
    in_total: bool


Lines = dict[str, Line]


def lines_of(payslip: Payslip) -> Lines | None:
    """Give the amounts of a month by component; none where nothing is due, `None` where it cannot be decided.

    Those in the total sum to it: what the rounding of the total adds or takes is a line of its own.

    Args:
        payslip: The payslip.
    """
    if isinstance(payslip.outcome, NotEligible):
        return {}
    if not isinstance(payslip.outcome, Decided):
        return None
    lines = {
        line.component: Line(line.payable_fen, line.in_total)
        for line in payslip.lines
        if line.payable_fen is not None
    }
    rest = payslip.outcome.value - (sum_of(lines) or 0)
    if rest:
        # lines that are uncertain one by one can still have a certain sum
        uncertain = any(
            line.payable_fen is None and line.in_total and line.state != "supplied"
            for line in payslip.lines
        )
        lines[WHOLE if uncertain else ON_THE_TOTAL] = Line(rest, in_total=True)
    return lines


def together(several: Sequence[Lines]) -> Lines:
    """Put the payslips of one month together: those of the place left and of the place entered.

    Amounts of one name are added. Where one of them knows no more than its month as a whole, so does the sum.

    Args:
        several: The amounts of each.
    """
    if len(several) > 1 and any(WHOLE in lines for lines in several):
        several = [_as_whole(lines) for lines in several]
    summed = {name for lines in several for name, line in lines.items() if line.in_total}
    found: Lines = {}
    for lines in several:
        for component, line in lines.items():
            # what one place pays on top of its sum and the other within it are two amounts
            name = component if line.in_total or component not in summed else f"{component}.on_top"
            before = found.get(name, Line(0, line.in_total))
            found[name] = attrs.evolve(before, fen=before.fen + line.fen)
    return found


def sum_of(lines: Lines | None) -> int | None:
    """Sum the lines that are part of the total, in fen."""
    return None if lines is None else sum(one.fen for one in lines.values() if one.in_total)


def differences(before: Lines, after: Lines) -> Lines:
    """Give the difference of two months by component, zeros left out.

    Where one side knows no more than the month as a whole, so does the difference.

    Args:
        before: The amounts to start from.
        after: The amounts to end at.
    """
    if WHOLE in before or WHOLE in after:
        before, after = _as_whole(before), _as_whole(after)
    found: Lines = {}
    nothing = Line(0, in_total=True)
    for component in dict.fromkeys((*after, *before)):
        one, other = before.get(component, nothing), after.get(component, nothing)
        if fen := other.fen - one.fen:
            in_total = (after if component in after else before)[component].in_total
            found[component] = Line(fen, in_total)
    return found


def _as_whole(lines: Lines) -> Lines:
    on_top = {name: line for name, line in lines.items() if not line.in_total}
    return {WHOLE: Line(sum_of(lines) or 0, in_total=True), **on_top}


def unnamed_on_top(due: Lines) -> Lines:
    """Give what is on top of the sum: payments that do not name it say nothing of it, and it counts as paid as due."""
    return {name: line for name, line in due.items() if not line.in_total}


def paid_lines(paid: Sequence[Paid], on_top: set[str]) -> Lines:
    """Give what was paid for a month by component, or as a whole where one amount names none.

    Args:
        paid: What was paid for the month.
        on_top: The components that are on top of the month's sum.
    """
    whole = any(one.component is None for one in paid)
    lines: Lines = {}
    for one in paid:
        name = one.component
        if name is None or (whole and name not in on_top):
            name = WHOLE
        before = lines.get(name, Line(0, in_total=name not in on_top))
        lines[name] = attrs.evolve(before, fen=before.fen + one.fen)
    return lines
