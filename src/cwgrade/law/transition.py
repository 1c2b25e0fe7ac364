"""`[transition]`: how people moved from an earlier scheme to this one (套改).

Computed is the move from the version before, where what is kept of higher pay has a component; every other one is
stored and checked, and a note beside the answer says that it was not applied.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from cwgrade.gaps import Stated
from cwgrade.law.effects import NOT_STATED

__all__ = [
    "EARLIER_VERSION",
    "Protection",
    "Stage",
    "Transition",
    "TransitionRule",
    "WaitingCarried",
]

EARLIER_VERSION: Final = "earlier version"
"""Instead of a scheme's id: the version before this one, of the same scheme."""


class TransitionRule(StrEnum):
    """How the first place in the new scheme is found."""

    TABLE = "table"
    """By a table from the old grade to the new one."""
    SAME_GRADE = "same_grade"
    """At the grade of the same number, and the same step."""
    RECOMPUTED = "recomputed"
    """By the new scheme's own rules, from all facts."""
    EQUAL_PAY = "equal_pay"
    """At the grade whose pay is next to the old pay (就近就高)."""
    SHIFT = "shift"
    """The old pay moved by a fixed amount."""


class Protection(StrEnum):
    """What happens to somebody who would get less."""

    NONE = "none"
    """Nothing: the new pay is paid."""
    FROZEN = "frozen"
    """The old pay is kept, at most by the difference of the day of the move, until the new one has reached it."""
    MELTING = "melting"
    """The difference of the day of the move is paid on and shrinks with every promotion."""
    FOR_GOOD = "for_good"
    """The difference of the day of the move is paid on, whatever the new pay becomes."""


class WaitingCarried(StrEnum):
    """What happens to service already counted toward the next rise."""

    KEPT = "kept"
    CONVERTED = "converted"
    RESTARTS = "restarts"


@attrs.frozen(kw_only=True)
class Stage:
    """Posts that move on another day than the rest.

    Attributes:
        posts: The posts.
        effective_on: The day on which they move.
        source: Where it is stated; the transition's own source where it is left out.
        clause: Article or item.
    """

    posts: tuple[str, ...]
    effective_on: date
    source: str = ""
    clause: str = ""


@attrs.frozen(kw_only=True)
class Transition:
    """How people moved from an earlier scheme to this one (套改).

    Computed from the version before, where what is kept of higher pay has a component.

    Attributes:
        earlier: The id of the scheme they came from, or `"earlier version"`.
        rule: How the first place in the new scheme is found.
        table: Old grade and new grade.
        shift_fen: By how much the pay moved, in fen a month.
        protection: What happens to somebody who would get less.
        waiting: What happens to service already counted toward the next rise.
        compared: The components that the old and the new pay are made of, where not all are.
        staged: Posts that moved on another day than the rest.
        source: Where it is stated.
        clause: Article or item.
    """

    earlier: str
    rule: Stated[TransitionRule] = NOT_STATED
    table: Stated[tuple[tuple[int, int], ...]] = ()
    shift_fen: Stated[int] | None = None
    protection: Stated[Protection] = NOT_STATED
    waiting: Stated[WaitingCarried] = NOT_STATED
    compared: Stated[tuple[str, ...]] = ()
    staged: tuple[Stage, ...] = ()
    source: str
    clause: str = ""
