"""`[recognition]`: what becomes of a grade that was held in a place with another scheme (互认)."""

from __future__ import annotations

from typing import Final

import attrs

from cwgrade.gaps import Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.transition import TransitionRule, WaitingCarried
from cwgrade.service import Within

__all__ = ["RULES", "Recognition"]

RULES: Final = tuple(one for one in TransitionRule if one is not TransitionRule.SHIFT)
"""Rules by which a place is given; that pay moved by an amount says nothing of somebody from elsewhere."""


@attrs.frozen(kw_only=True)
class Recognition:
    """How a grade is recognised that somebody held in a place with another scheme.

    Attributes:
        rule: How the first place here is found.
        table: Grade there and grade here.
        within: Where it has to have been held; from farther away the grade is found from all facts.
        waiting: What happens to service already counted toward the next rise.
        source: Where it is stated.
        clause: Article or item.
    """

    rule: Stated[TransitionRule] = NOT_STATED
    table: Stated[tuple[tuple[int, int], ...]] = ()
    within: Stated[Within] = NOT_STATED
    waiting: Stated[WaitingCarried] = NOT_STATED
    source: str
    clause: str = ""
