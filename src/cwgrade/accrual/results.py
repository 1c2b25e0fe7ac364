"""What one month comes to in one possible world: lines in fen, or the gaps that hide them."""

from __future__ import annotations

import attrs

from cwgrade.gaps import Gap
from cwgrade.outcomes import Single
from cwgrade.quantities import as_number
from cwgrade.reasons import Step

__all__ = ["LineInWorld", "MonthInWorld", "fen_of"]


@attrs.frozen
class LineInWorld:
    """One component in one world: fen, or the gaps that hide them.

    Attributes:
        component: The component's name.
        accrued: What accrued for the period.
        payable: What is payable in the month.
        in_total: Whether it is part of the month's sum.
        waits: Whether it is paid in another month, which the source states.
        silent: Why it adds nothing to the sum of any month, where nobody has said what it should add.
    """

    component: str
    accrued: int | tuple[Gap, ...]
    payable: int | tuple[Gap, ...]
    in_total: bool = True
    waits: bool = False
    silent: tuple[Gap, ...] = ()


@attrs.frozen
class MonthInWorld:
    """A month in one world: its lines and their sum."""

    lines: tuple[LineInWorld, ...]
    gross: Single[int]


def fen_of(step: Step) -> int | tuple[Gap, ...]:
    """Give the whole fen that a step found, or its gaps."""
    return step.gaps or int(as_number(step.result))
