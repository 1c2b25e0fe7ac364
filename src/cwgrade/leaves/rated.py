"""Ratings: when one has taken effect, what last year's and the year's own was, and how many years had one of some."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from cwgrade.choices import Question, QuestionKind
from cwgrade.dates import cutoff, earliest, latest
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.leaves.steps import found, timing_of
from cwgrade.quantities import (
    NO_RATING,
    NOT_OUT,
    Definition,
    RatingLeaf,
    StatedEffect,
    TallyLeaf,
)
from cwgrade.reasons import Step, StepValue
from cwgrade.worker import Rating

__all__ = ["off_scale", "rating_on", "ratings_of_year", "tally_on", "unknown_rating"]


def rating_on(facts: Facts, definition: Definition, leaf: RatingLeaf, on: date) -> Step:
    """Give the rating of the year before: `none` without service then, `not_out` before it takes effect.

    A leaf without an effect gives the rating of the day's own year. What is paid for a year by its own result is
    computed on that result, whenever it came out; while nobody knows it, it is asked for.
    """
    year = on.year if leaf.effect is None else on.year - 1
    inputs: tuple[tuple[str, StepValue], ...] = (("year", year),)
    if leaf.effect is not None and not facts.served_in_year(year):
        return found(definition, "rating", NO_RATING, inputs=inputs)
    rating = facts.ratings.get(year)
    if rating is None:
        value = facts.choices.ask(unknown_rating(year), leaf.scale)
        return found(definition, "rating", value, inputs=inputs)
    if rating.value not in leaf.scale:
        return found(definition, "rating", (off_scale(rating),), inputs=inputs)
    out = leaf.effect is None or _rating_is_out(facts, leaf.effect, rating, year, on)
    return found(definition, "rating", rating.value if out else NOT_OUT, inputs=inputs)


def off_scale(rating: Rating) -> Gap:
    """Give the gap that a rating leaves which the scheme does not have: what it does cannot be guessed."""
    return Gap(
        path="assessment.ratings", why="rating-not-on-scale", readings=(rating.value, rating.period)
    )


def unknown_rating(year: int) -> Question:
    """Give the question for the rating of a year."""
    return Question(kind=QuestionKind.FACT, path=f"ratings.{year}")


_RATING_EVENTS: Final = ("period_end", "announced")


def _rating_fields(effect: StatedEffect) -> tuple[StatedField, StatedField]:
    return (
        StatedField(path=f"{effect.path}.event", stated=effect.event, readings=_RATING_EVENTS),
        timing_of(effect),
    )


def _rating_is_out(
    facts: Facts, effect: StatedEffect, rating: Rating | None, year: int, on: date
) -> bool:
    """Tell whether the rating of a year has taken effect by a day.

    A rating on file without a day of announcement counts as announced on every day asked about after its year.
    """
    announced = rating.announced if rating else None
    path = f"ratings.{year}.announced"
    day = (
        facts.day(path, announced)
        if announced is not None and earliest(announced) != latest(announced)
        else announced
    )

    def out(settled: tuple[Any, ...]) -> bool:
        event, takes = settled
        last = cutoff(on, takes, effect.annual_day)
        ended = date(year, 12, 31) <= last
        if event == "period_end" or day is None:
            return ended
        return ended and isinstance(day, date) and day <= last

    if isinstance(effect.event, Missing) or isinstance(effect.takes, Missing):
        return out(settle(facts.choices, _rating_fields(effect), out))
    return out((effect.event, effect.takes))


def ratings_of_year(
    facts: Facts, effect: StatedEffect | None, year: int, on: date, scale: tuple[str, ...]
) -> tuple[str | None, ...]:
    """Give the possible ratings of a year on a day.

    Args:
        facts: The worker's facts.
        effect: When a rating takes effect; `None` where the scheme has no assessment.
        year: The year.
        on: The day.
        scale: The scheme's scale.

    Returns:
        `(None,)` while the year is under way or was not served; `("not_out",)` before its rating takes effect; the
        rating; or the whole scale where nobody knows it.
    """
    if effect is None or year >= on.year or not facts.served_in_year(year):
        return (None,)
    rating = facts.ratings.get(year)
    if not _rating_is_out(facts, effect, rating, year, on):
        return (NOT_OUT,)
    if rating is not None:
        return (rating.value,)
    if year == on.year - 1:
        # last year's rating counts for pay too: both must try the same one
        return (facts.choices.ask(unknown_rating(year), scale),)
    answered = facts.choices.answered(unknown_rating(year))
    return scale if answered is None else (scale[answered],)


def tally_on(facts: Facts, definition: Definition, leaf: TallyLeaf, on: date) -> Step:
    """Count the years that had one of some ratings; every rating that is not known is asked for.

    A year whose rating is not out is passed over; a year that was not served ends a row.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The ratings, and which years are looked at.
        on: The day.
    """
    first = min((claim.start.year for claim in facts.claims), default=on.year)
    if isinstance(leaf.last_years, int):
        first = max(first, on.year - leaf.last_years)
    rated: list[tuple[int, bool]] = []
    for year in range(on.year - 1, first - 1, -1):
        forms = ratings_of_year(facts, leaf.effect, year, on, leaf.scale)
        value = forms[0] if len(forms) == 1 else None
        if value is None and len(forms) > 1:
            # without a row to end, every such year is asked for in whatever way the others were answered
            every = leaf.in_a_row is not True
            value = facts.choices.ask(unknown_rating(year), leaf.scale, always=every)
        if value == NOT_OUT:
            continue
        if value is not None and value not in leaf.scale:
            return found(definition, "tally", (off_scale(facts.ratings[year]),))
        rated.append((year, value in leaf.ratings))
        if leaf.in_a_row is True and value not in leaf.ratings:
            break
    last_years, in_a_row = settle(
        facts.choices,
        (
            StatedField(
                path=f"{leaf.path}.last_years", stated=leaf.last_years, readings=_LAST_YEARS
            ),
            StatedField(path=f"{leaf.path}.in_a_row", stated=leaf.in_a_row, readings=(True, False)),
        ),
        lambda one: len(_counted(rated, on.year, *one)),
    )
    counted = _counted(rated, on.year, last_years, in_a_row)
    years = ", ".join(str(year) for year in reversed(counted))
    return found(definition, "tally", len(counted), inputs=(("years", years),))


_LAST_YEARS: Final = tuple(range(1, 51))


def _counted(
    rated: Sequence[tuple[int, bool]], now: int, last_years: int | None, in_a_row: object
) -> list[int]:
    """Give the years that are counted, latest first, of those whose rating is one of some or is not."""
    within = [one for one in rated if last_years is None or one[0] >= now - last_years]
    if in_a_row:
        within = list(itertools.takewhile(lambda one: one[1], within))
    return [year for year, among in within if among]
