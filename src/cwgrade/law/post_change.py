"""`[post_change]`: what a change of post does to the grade, and from which day the new post counts."""

from __future__ import annotations

from enum import StrEnum

import attrs

from cwgrade.dates import AnnualDay, Takes
from cwgrade.gaps import Stated
from cwgrade.ladder import WaitingAfter
from cwgrade.law.effects import NOT_STATED
from cwgrade.quantities import StatedEffect

__all__ = ["ChangeRule", "PostChange"]


class ChangeRule(StrEnum):
    """What the grade is after a change of post."""

    RECOMPUTED = "recomputed"
    """Computed in the new post from all service, as if it had always been held."""
    KEPT = "kept"
    """The grade held at the change, brought into the new post's range; the ladder goes on from there."""
    SHIFTED = "shifted"
    """The grade held at the change, some grades higher or lower, brought into the new post's range."""


@attrs.frozen(kw_only=True)
class PostChange:
    """What a change of post does; for `[step]` as for `[ladder]`.

    Attributes:
        rule: Whether the grade is recomputed, kept or shifted.
        grades: For `shifted`: how many grades higher (or, below zero, lower).
        steps: For `shifted`: how many steps higher or lower.
        waiting: For `kept` and `shifted`: whether the waiting period under way is kept or restarts.
        takes: The first day on which the new post counts, for the grade and for tables by post.
        annual_day: The yearly day, for `takes = "annual_day"`.
        source: Where it is stated.
        clause: Article or item.
    """

    rule: Stated[ChangeRule] = NOT_STATED
    grades: Stated[int] = 0
    steps: Stated[int] = 0
    waiting: Stated[WaitingAfter] = NOT_STATED
    takes: Stated[Takes] = NOT_STATED
    annual_day: AnnualDay | None = None
    source: str = ""
    clause: str = ""

    @property
    def effect(self) -> StatedEffect:
        """When the new post counts, as leaves carry it."""
        return StatedEffect(
            path="post_change",
            event=NOT_STATED,
            takes=self.takes,
            annual_day=self.annual_day,
            reckoned_from=NOT_STATED,
        )
