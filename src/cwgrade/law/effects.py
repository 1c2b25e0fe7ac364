"""`[effect.FACT]`: from which day of its life a fact counts, and when the change takes effect."""

from __future__ import annotations

from typing import Final

import attrs

from cwgrade.dates import AnnualDay, Reckoning, Takes
from cwgrade.gaps import Missing, Stated
from cwgrade.quantities import StatedEffect

__all__ = ["NOT_STATED", "Effect", "effect_named"]

NOT_STATED: Final = Missing(why="the scheme file does not state it", zh="方案文件没有写明")
"""What a field is that was left out: timing and conventions have no default, so every reading is tried."""


@attrs.frozen(kw_only=True)
class Effect:
    """When one kind of fact takes effect.

    Attributes:
        fact: The fact: `service`, `rating`, `schooling`, `qualification`, or one the scheme declares.
        event: The day that counts: obtained, registered, reported, approved or appointed; for a rating `period_end`
            or `announced`.
        takes: The first day of the change.
        annual_day: The yearly day, for `takes = "annual_day"`.
        reckoned_from: For service: whether the event is the day a threshold is met, or the last day served before it.
        source: Where it is stated.
        clause: Article or item.
    """

    fact: str
    event: Stated[str] = NOT_STATED
    takes: Stated[Takes] = NOT_STATED
    annual_day: AnnualDay | None = None
    reckoned_from: Stated[Reckoning] = NOT_STATED
    source: str
    clause: str = ""

    def lower(self) -> StatedEffect:
        """Give the effect as leaves carry it."""
        return StatedEffect(
            path=f"effect.{self.fact}",
            event=self.event,
            takes=self.takes,
            annual_day=self.annual_day,
            reckoned_from=self.reckoned_from,
        )


def effect_named(effects: tuple[Effect, ...], fact: str) -> StatedEffect:
    """Give the effect of a fact; where the file has none, every field is a gap."""
    found = next((effect for effect in effects if effect.fact == fact), None)
    if found is not None:
        return found.lower()
    return StatedEffect(
        path=f"effect.{fact}",
        event=NOT_STATED,
        takes=NOT_STATED,
        annual_day=None,
        reckoned_from=NOT_STATED,
    )
