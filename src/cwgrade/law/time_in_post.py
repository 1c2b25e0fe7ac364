"""`[time_in_post.NAME]`: how long the present post, or one of some posts, has been held (任现职年限)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import attrs

from cwgrade.gaps import Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.quantities import Definition, StatedEffect, StatedService, TimeInPostLeaf, Unit
from cwgrade.service import AfterAnotherPost
from cwgrade.sources import Citation, Label

__all__ = ["TimeInPost", "TimeUnit"]


class TimeUnit(StrEnum):
    """What a time is counted in."""

    MONTHS = "months"
    """Months."""
    YEARS = "years"
    """Full years."""


@attrs.frozen(kw_only=True)
class TimeInPost:
    """`[time_in_post.NAME]`: creditable service, as far as it was served in a post.

    Attributes:
        name: Its name.
        label: Its printed name.
        unit: Full years, or months.
        posts: The posts that count, whichever of them is held; none for the post held on the day.
        after_another_post: Whether the time starts again after another post was held in between, or adds up.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    unit: TimeUnit = TimeUnit.YEARS
    posts: tuple[str, ...] = ()
    after_another_post: Stated[AfterAnotherPost] = NOT_STATED
    source: str
    clause: str = ""

    def lower(self, service: StatedService, effect: StatedEffect) -> Definition:
        """Give the definition.

        Args:
            service: How service is counted.
            effect: When time in the post takes effect.
        """
        return Definition(
            name=self.name,
            path=f"time_in_post.{self.name}",
            unit=_UNITS[self.unit],
            quantity=TimeInPostLeaf(
                posts=self.posts,
                after_another_post=self.after_another_post,
                rule=service,
                effect=effect,
                unit=_UNITS[self.unit],
                path=f"time_in_post.{self.name}",
            ),
            label=self.label,
            citation=Citation(source=self.source, clause=self.clause),
        )


_UNITS: Final = {TimeUnit.YEARS: Unit.YEARS, TimeUnit.MONTHS: Unit.MONTHS}
