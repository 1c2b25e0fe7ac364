"""`[assessment]`: the scheme's scale, what each rating does, early rises, and typed consequences."""

from __future__ import annotations

import attrs

from cwgrade.gaps import Stated
from cwgrade.ladder import EarlyRise, RatingEffect, WaitingAfter
from cwgrade.law.effects import NOT_STATED
from cwgrade.sources import Label

__all__ = ["Assessment", "Consequence", "Early", "RatingRule"]


@attrs.frozen(kw_only=True)
class RatingRule:
    """One rating of the scale.

    Attributes:
        rating: Its id, one of the national list.
        label: Its printed name.
        counted: Whether its year counts toward the waiting period.
        grades: Grades added (negative: taken away).
    """

    rating: str
    label: Label
    counted: bool = True
    grades: int = 0


@attrs.frozen(kw_only=True)
class Early:
    """A grade earned early by consecutive top ratings.

    Attributes:
        rating: The rating.
        consecutive: How many years in a row.
        at_most: How often in a career.
        waiting: What it does to the waiting period under way.
        source: Where it is stated.
        clause: Article or item.
    """

    rating: str
    consecutive: int = attrs.field(validator=attrs.validators.ge(1))
    at_most: int = attrs.field(validator=attrs.validators.ge(1))
    waiting: WaitingAfter = WaitingAfter.KEPT
    source: str
    clause: str = ""


@attrs.frozen(kw_only=True)
class Consequence:
    """What follows ratings beyond grade and pay; it is reported, never executed.

    Attributes:
        rating: The rating.
        consecutive: How many years in a row.
        what: The printed consequence.
        source: Where it is stated.
        clause: Article or item.
    """

    rating: str
    consecutive: int = attrs.field(validator=attrs.validators.ge(1))
    what: Label
    source: str
    clause: str = ""


@attrs.frozen(kw_only=True)
class Assessment:
    """The annual assessment.

    Attributes:
        ratings: The scale, best first, with what each rating does.
        early: The early rise, where there is one.
        consequences: What is reported.
        until_announced: Whether a year counts toward rises while its rating is not out: `counted` or `not_counted`.
        source: Where it is stated.
        clause: Article or item.
    """

    ratings: tuple[RatingRule, ...]
    early: Early | None = None
    consequences: tuple[Consequence, ...] = ()
    until_announced: Stated[str] = NOT_STATED
    source: str
    clause: str = ""

    @property
    def scale(self) -> tuple[str, ...]:
        """The ids of the scale, best first."""
        return tuple(one.rating for one in self.ratings)

    @property
    def effects(self) -> tuple[tuple[str, RatingEffect], ...]:
        """What each rating does to the ladder."""
        return tuple(
            (one.rating, RatingEffect(counted=one.counted, grades=one.grades))
            for one in self.ratings
        )

    @property
    def early_rise(self) -> EarlyRise | None:
        """The early rise as the ladder carries it."""
        if self.early is None:
            return None
        return EarlyRise(
            rating=self.early.rating,
            consecutive=self.early.consecutive,
            at_most=self.early.at_most,
            waiting=self.early.waiting,
        )
