"""What the old and the new pay at a move are made of, where a scheme compares some components only."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Final

from cwgrade.accrual.entitled import entitlement, in_sum, is_monthly, with_rhythm
from cwgrade.accrual.results import LineInWorld, MonthInWorld
from cwgrade.gaps import Gap
from cwgrade.leaves import Moved
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.quantities import Unit, as_number
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeVersion

__all__ = [
    "ALL",
    "choices_compared",
    "lines_before",
    "new_pay",
    "old_pay",
    "old_pay_step",
    "pay_compared",
]

ALL: Final[tuple[str, ...]] = ()
"""Every computed monthly component that is part of the total."""
_MOST: Final = 6
"""Components of which every choice is tried, where the source does not say which are compared."""
_ONE_DAY: Final = timedelta(days=1)


def choices_compared(version: SchemeVersion) -> tuple[tuple[str, ...], ...]:
    """Give every choice of components that may be compared; none where they are too many to try.

    Args:
        version: The version that people moved to.
    """
    names = [one.name for one in version.pay if one.is_quantity and one.summed]
    if len(names) > _MOST:
        return ()
    return tuple(
        some for count in range(1, len(names) + 1) for some in itertools.combinations(names, count)
    )


def pay_compared(month: MonthInWorld, names: tuple[str, ...]) -> int | tuple[Gap, ...] | None:
    """Give what some components of a full month come to, the gaps that hide it, or `None` where nothing is paid.

    Args:
        month: The full entitlement of a day.
        names: The components; `ALL` gives the total.
    """
    if names == ALL or not month.lines:
        match month.gross:
            case Decided(fen):
                return fen
            case Unspecified(gaps):
                return gaps
            case _:
                return None
    return _summed(month.lines, names)


def _summed(lines: tuple[LineInWorld, ...], names: tuple[str, ...]) -> int | tuple[Gap, ...]:
    amounts = [one.payable for one in lines if one.component in names and one.in_total]
    gaps = tuple(dict.fromkeys(gap for one in amounts if isinstance(one, tuple) for gap in one))
    return gaps or sum(one for one in amounts if isinstance(one, int))


def lines_before(month: MonthInWorld, version: SchemeVersion) -> tuple[LineInWorld, ...]:
    """Give the lines of the eve of a move that the version moved to may compare; none where it compares all.

    Args:
        month: The full entitlement of the eve.
        version: The version that people moved to.
    """
    transition = version.transition
    if transition is None or transition.compared == ALL:
        return ()
    return month.lines


def old_pay(moved: Moved, names: tuple[str, ...]) -> int | tuple[Gap, ...] | None:
    """Give the old pay that is compared; the gaps that hide it, or `None` where nothing was paid.

    Args:
        moved: The move.
        names: The components that are compared.
    """
    if names == ALL or not moved.lines:
        return moved.old_fen if moved.old_fen is not None else moved.pay_gaps or None
    return _summed(moved.lines, names)


def old_pay_step(moved: Moved, names: tuple[str, ...]) -> Step:
    """Give the step that shows the old pay: the full month, or those of its components that are compared.

    Args:
        moved: The move.
        names: The components that are compared.
    """
    if names == ALL:
        return moved.paid
    paths = {f"pay.{name}" for name in names}
    fen = old_pay(moved, names)
    return Step(
        code="compared-pay",
        path="pay",
        result=0 if fen is None else fen,
        unit=Unit.FEN,
        inputs=(("on", moved.since - _ONE_DAY),),
        parts=tuple(part for part in moved.paid.parts if part.path in paths),
    )


def new_pay(instant: Instant, names: tuple[str, ...]) -> Step:
    """Give the pay of a day that is compared, in full and without what is kept of the old pay.

    Args:
        instant: The worker on the day.
        names: The components that are compared.
    """
    return instant.kept(("paid", names), lambda: _sum(instant, names))


def _sum(instant: Instant, names: tuple[str, ...]) -> Step:
    facts = instant.facts
    monthly = [
        one
        for stated in instant.version.pay
        if stated.is_quantity and (names == ALL or stated.name in names)
        if in_sum(facts, stated).summed
        if is_monthly(one := with_rhythm(facts, stated))
    ]
    steps = tuple(entitlement(instant, one) for one in monthly)
    gaps = tuple(dict.fromkeys(gap for step in steps for gap in step.gaps))
    return Step(
        code="new-pay" if names == ALL else "compared-pay",
        path="pay",
        result=gaps or sum(int(as_number(step.result)) for step in steps),
        unit=Unit.FEN,
        inputs=(("on", instant.on),),
        parts=steps,
    )
