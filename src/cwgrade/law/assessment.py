"""`[assessment]` and `[tallies]`: the scheme's scale, what each rating does, early rises, and typed consequences."""

from __future__ import annotations

import attrs

from cwgrade.gaps import Missing, Stated
from cwgrade.ladder import EarlyRise, RatingEffect, WaitingAfter
from cwgrade.law.effects import NOT_STATED
from cwgrade.quantities import Definition, StatedEffect, TallyLeaf, Unit
from cwgrade.sources import Citation, Label

__all__ = ["Assessment", "Consequence", "Early", "RatingRule", "Tally"]


@attrs.frozen(kw_only=True)
class RatingRule:
    """One rating of the scale.

    Attributes:
        rating: Its id, one of the national list.
        label: Its printed name.
        counted: Whether its year counts toward the waiting period.
        rises: Whether a rise may come in its year; one that is due waits for a year whose rating lets it come.
        grades: Grades added (negative: taken away).
        steps: Steps added (negative: taken away).
    """

    rating: str
    label: Label
    counted: Stated[bool] = True
    rises: Stated[bool] = True
    grades: Stated[int] = 0
    steps: Stated[int] = 0

    @property
    def lowers(self) -> bool:
        """Whether it takes grades away."""
        return isinstance(self.grades, int) and self.grades < 0

    def moves_on(self, ladder: str) -> Stated[int]:
        """Give the rungs of a ladder that it adds or takes away.

        Args:
            ladder: `grade` or `step`.
        """
        return self.steps if ladder == "step" else self.grades


@attrs.frozen(kw_only=True)
class Early:
    """A grade earned early by consecutive top ratings.

    Attributes:
        rating: The rating.
        consecutive: How many years in a row.
        at_most: How often in a career.
        waiting: What it does to the waiting period under way.
        feeds: The ladder on which it is a rise: `grade` or `step`.
        source: Where it is stated.
        clause: Article or item.
    """

    rating: str
    consecutive: Stated[int]
    at_most: Stated[int]
    waiting: Stated[WaitingAfter] = WaitingAfter.KEPT
    feeds: str = "grade"
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

    def effects_on(self, ladder: str) -> tuple[tuple[str, RatingEffect], ...]:
        """Give what each rating does to a ladder.

        Args:
            ladder: `grade` or `step`.
        """
        return tuple(
            (
                one.rating,
                RatingEffect(
                    # a gap is settled where somebody has the rating
                    counted=one.counted if isinstance(one.counted, bool) else True,
                    rises=one.rises if isinstance(one.rises, bool) else True,
                    grades=moves if isinstance(moves := one.moves_on(ladder), int) else 0,
                ),
            )
            for one in self.ratings
        )

    def open_effects_on(self, ladder: str) -> tuple[tuple[str, str, Missing], ...]:
        """Give what the source leaves open of what ratings do to a ladder: rating, field, and why.

        Args:
            ladder: `grade` or `step`.
        """
        return tuple(
            (one.rating, name, stated)
            for one in self.ratings
            for name, stated in (
                ("counted", one.counted),
                ("rises", one.rises),
                (f"{ladder}s", one.moves_on(ladder)),
            )
            if isinstance(stated, Missing)
        )

    def early_rise_on(self, ladder: str) -> EarlyRise | None:
        """Give the early rise as a ladder carries it, where it is a rise on that ladder."""
        if self.early is None or self.early.feeds != ladder:
            return None
        stated = self.early
        return EarlyRise(
            rating=stated.rating,
            # a gap is settled where somebody has the rating
            consecutive=stated.consecutive if isinstance(stated.consecutive, int) else 1,
            at_most=stated.at_most if isinstance(stated.at_most, int) else 1,
            waiting=stated.waiting
            if isinstance(stated.waiting, WaitingAfter)
            else WaitingAfter.KEPT,
        )

    def open_early_on(self, ladder: str) -> tuple[tuple[str, Missing], ...]:
        """Give what the source leaves open of the early rise: field and why, where it is a rise on that ladder."""
        if self.early is None or self.early.feeds != ladder:
            return ()
        return tuple(
            (name, stated)
            for name in ("consecutive", "at_most", "waiting")
            if isinstance(stated := getattr(self.early, name), Missing)
        )


@attrs.frozen(kw_only=True)
class Tally:
    """`[tallies.NAME]`: how many years had one of some ratings.

    Attributes:
        name: Its name.
        label: Its printed name.
        ratings: The ratings that are counted.
        last_years: How many years before the current one are looked at; `None` for all.
        in_a_row: Whether only the years in a row up to the last one are counted.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    ratings: tuple[str, ...]
    last_years: Stated[int] | None = None
    in_a_row: Stated[bool] = False
    source: str
    clause: str = ""

    def lower(self, scale: tuple[str, ...], effect: StatedEffect) -> Definition:
        """Give the definition.

        Args:
            scale: The scheme's scale.
            effect: When a rating takes effect.
        """
        return Definition(
            name=self.name,
            path=f"tallies.{self.name}",
            unit=Unit.TIMES,
            quantity=TallyLeaf(
                ratings=self.ratings,
                scale=scale,
                last_years=self.last_years,
                in_a_row=self.in_a_row,
                effect=effect,
                path=f"tallies.{self.name}",
            ),
            label=self.label,
            citation=Citation(source=self.source, clause=self.clause),
        )
