"""The leaves that look at history; they alone carry timing, and what the scheme does not state of it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.dates import AnnualDay, Reckoning, Takes
from cwgrade.gaps import Gap, Missing, Stated
from cwgrade.ladder import Boundary, EarlyRise, RatingEffect
from cwgrade.quantities.forms import Unit
from cwgrade.series import AfterPublication, ReferenceSeries
from cwgrade.service import AfterAnotherPost, Convention, GapsRule, Within

__all__ = [
    "NOT_OUT",
    "NO_RATING",
    "DayLeaf",
    "FactLeaf",
    "LadderLeaf",
    "LadderSum",
    "PegLeaf",
    "PostLeaf",
    "ProbationLeaf",
    "RatingLeaf",
    "ServiceLeaf",
    "StatedEffect",
    "StatedKind",
    "StatedService",
    "StatedWait",
    "TallyLeaf",
    "TimeInPostLeaf",
    "TwoPostsLeaf",
]

NO_RATING: Final = "none"
"""The last rating of somebody who did not serve in the year before."""
NOT_OUT: Final = "not_out"
"""The last rating while it has not taken effect."""


@attrs.frozen(kw_only=True)
class StatedEffect:
    """When a kind of fact takes effect, as far as the scheme says.

    Attributes:
        path: The section's path, `effect.qualification`.
        event: The event it counts from; empty where the fact has only one day.
        takes: The timing.
        annual_day: For `annual_day`.
        reckoned_from: For thresholds of service.
    """

    path: str
    event: Stated[str]
    takes: Stated[Takes]
    annual_day: AnnualDay | None
    reckoned_from: Stated[Reckoning]


@attrs.frozen(kw_only=True)
class FactLeaf:
    """A fact of the worker as of a day.

    Attributes:
        fact: The fact's name.
        values: Its closed list, lowest first.
        attained: Whether it is attained once and the highest counts; otherwise the latest holds.
        several: Whether several stand side by side, so that each table counts the one that gives most in it.
        effect: When it takes effect.
    """

    fact: str
    values: tuple[str, ...]
    attained: bool
    several: bool
    effect: StatedEffect


@attrs.frozen(kw_only=True)
class DayLeaf:
    """The day asked for."""


@attrs.frozen(kw_only=True)
class PostLeaf:
    """The post held on the day, highest first where several are held.

    Attributes:
        values: The ids of all posts, highest first.
    """

    values: tuple[str, ...]


@attrs.frozen(kw_only=True)
class TwoPostsLeaf:
    """Whether two posts are held on the day: `yes` or `no`.

    Attributes:
        titles: Titles that stand for two posts in one word.
    """

    titles: tuple[str, ...]


@attrs.frozen(kw_only=True)
class RatingLeaf:
    """The rating of the assessment year before, as far as it has taken effect, or that of the day's own year.

    Attributes:
        scale: The scheme's scale.
        effect: When a rating takes effect; `None` for the rating of the day's own year, whenever it comes out.
    """

    scale: tuple[str, ...]
    effect: StatedEffect | None

    @property
    def values(self) -> tuple[str, ...]:
        """Everything it can be, best first."""
        return self.scale if self.effect is None else (*self.scale, NO_RATING, NOT_OUT)


@attrs.frozen(kw_only=True)
class ProbationLeaf:
    """Whether the worker is on probation: `yes` or `no`.

    Attributes:
        months: Its length from the first day of community service.
        path: The field's path.
    """

    months: Stated[int]
    path: str


@attrs.frozen(kw_only=True)
class StatedKind:
    """How one kind of service counts, as far as the scheme says.

    Attributes:
        kind: The kind.
        rate: Its share of a full month.
        within: Where it must be served.
        path: The field's path.
    """

    kind: str
    rate: Stated[Fraction]
    within: Stated[Within]
    path: str


@attrs.frozen(kw_only=True)
class StatedService:
    """The rule for creditable service, as far as the scheme says.

    Attributes:
        place: The scheme's region.
        kinds: The kinds of service named.
        other_kinds: The share of every kind that is not named.
        leaves: Kinds of absence, and whether the time counts.
        count_from: The day counting starts.
        gaps: What a gap does.
        convention: How months are counted.
        path: The section's path.
    """

    place: str
    kinds: tuple[StatedKind, ...]
    other_kinds: Stated[Fraction]
    leaves: tuple[tuple[str, Stated[bool]], ...]
    count_from: Stated[date] | None
    gaps: Stated[GapsRule]
    convention: Stated[Convention]
    path: str


@attrs.frozen(kw_only=True)
class ServiceLeaf:
    """Months or full years of creditable service that have taken effect.

    Attributes:
        rule: How service is counted.
        effect: When it takes effect.
        unit: Months or years.
    """

    rule: StatedService
    effect: StatedEffect
    unit: Unit


@attrs.frozen(kw_only=True)
class TimeInPostLeaf:
    """Months or full years of creditable service in a post that have taken effect.

    Attributes:
        posts: The posts that count; none for the post held on the day.
        after_another_post: Whether the time starts again after another post, or adds up.
        rule: How service is counted.
        effect: When it takes effect.
        unit: Months or years.
        path: The section's path.
    """

    posts: tuple[str, ...]
    after_another_post: Stated[AfterAnotherPost]
    rule: StatedService
    effect: StatedEffect
    unit: Unit
    path: str


@attrs.frozen(kw_only=True)
class TallyLeaf:
    """How many years had one of some ratings, among those whose rating has taken effect.

    Attributes:
        ratings: The ratings that are counted.
        scale: The scheme's scale.
        last_years: How many years before the current one are looked at; `None` for all.
        in_a_row: Whether only the years in a row up to the last one are counted.
        effect: When a rating takes effect.
        path: The tally's path.
    """

    ratings: tuple[str, ...]
    scale: tuple[str, ...]
    last_years: Stated[int] | None
    in_a_row: Stated[bool]
    effect: StatedEffect
    path: str


@attrs.frozen(kw_only=True)
class StatedWait:
    """How long a rise takes, as far as the scheme says.

    Attributes:
        months: Months for every rise, where one interval is stated.
        thresholds: Months for each rung above the first, where a list is stated.
        path: Where the file states it, below the path of the ladder.
    """

    months: Stated[int] | None
    thresholds: tuple[Stated[int], ...]
    path: str


@attrs.frozen(kw_only=True)
class LadderLeaf:
    """Rises less lowerings on one ladder, as a process over years.

    Attributes:
        name: The quantity that the ladder leads to: `grade` or `step`.
        path: The ladder's path.
        waits: Post, and how long a rise takes in it.
        boundary: Which side of a threshold counts.
        effects: What each rating does to the ladder.
        early: The early rise.
        start: The quantity that gives the first rung.
        deemed: The quantity that gives deemed months, where there is one.
        service: How service is counted.
        service_effect: When service takes effect.
        rating_effect: When a rating takes effect.
        until_announced: How a year counts whose rating is not out.
        open_effects: Rating and field of an effect that the source leaves open, and why.
        open_early: Fields of the early rise that it leaves open, and why.
        open_cap: Why it is not known where the cap applies, where the source leaves that open.
        tops: Post and its highest rung, where the cap applies at each rise, or may.
        prior_start: What the source says of workers who served before `count_from`.
    """

    name: str
    path: str
    waits: tuple[tuple[str, StatedWait], ...]
    boundary: Stated[Boundary]
    effects: tuple[tuple[str, RatingEffect], ...]
    early: EarlyRise | None
    start: str
    deemed: str | None
    service: StatedService
    service_effect: StatedEffect
    rating_effect: StatedEffect | None
    until_announced: Stated[str] | None
    tops: tuple[tuple[str, int], ...]
    prior_start: Missing | None
    open_effects: tuple[tuple[str, str, Missing], ...] = ()
    open_early: tuple[tuple[str, Missing], ...] = ()
    open_cap: Missing | None = None


@attrs.frozen(kw_only=True)
class LadderSum:
    """What a ladder comes to before the range of the post: the first rung, rises, credits.

    Where a grade was held on an earlier day, it is that grade, the rises since, and what the credits have grown by.

    Attributes:
        name: The quantity that the ladder leads to: `grade` or `step`.
        rungs: The first rung and the rises; empty where another quantity gives the grade.
        credits: Everything that is added to them.
    """

    name: str
    rungs: tuple[str, ...]
    credits: tuple[str, ...]


@attrs.frozen(kw_only=True)
class PegLeaf:
    """The figure of a reference series that applies on a day.

    Attributes:
        series: The statistic.
        name: The series' name in the scheme.
        refused: Years without a figure that pay may rest on, and what there is instead.
        lag_years: How many years the statistic lies behind the last re-basing.
        rebased: The day of re-basing.
        every_years: How many years lie between two re-basings.
        first_year: The year of the first re-basing, where it is stated.
        never_lowered: Whether no figure may lower the amount.
        in_force_from: The scheme's first day: figures of the time before do not hold the amount up.
        until_published: Whether the older figure is paid until the right one is out.
        after_publication: What happens to months paid on the older figure.
        path: The section's path.
    """

    series: ReferenceSeries
    name: str
    refused: tuple[tuple[int, Gap], ...] = ()
    lag_years: Stated[int]
    rebased: Stated[AnnualDay]
    every_years: Stated[int]
    first_year: Stated[int] | None
    never_lowered: Stated[bool]
    in_force_from: date
    until_published: Stated[bool]
    after_publication: Stated[AfterPublication]
    path: str
