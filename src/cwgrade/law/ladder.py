"""`[ladder]`, `[step]`, `[credits]` and `[stacking]`: how counted service and credits lead to a grade and a step."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.gaps import Missing, Reference, Stated
from cwgrade.ladder import Boundary
from cwgrade.law.assessment import Assessment
from cwgrade.law.effects import NOT_STATED, Effect, effect_named
from cwgrade.law.formulas import Formula, define
from cwgrade.law.posts import Post
from cwgrade.quantities import (
    Add,
    Clamp,
    Definition,
    Highest,
    LadderLeaf,
    LadderSum,
    Number,
    Quantity,
    StatedService,
    StatedWait,
    Table,
    Unit,
)
from cwgrade.sources import Citation, Label

__all__ = ["Cap", "Credit", "Feeds", "Ladder", "Stacking", "lower_credits", "lower_ladder"]

WIDEST: Final = (1, 100)
"""The rungs of a ladder whose source does not say how many there are."""
FIRST_OF_POST: Final = "first_of_post"
"""The start of a ladder whose posts each have a range of grades."""


class Cap(StrEnum):
    """Where the top of a post's range is applied."""

    AT_END = "at_end"
    """On the finished sum: a grade taken away comes off the sum above the top first."""
    EACH_RISE = "each_rise"
    """On every rise by service: there is nothing above the top to take away."""


class Feeds(StrEnum):
    """The quantity that a ladder leads to."""

    GRADE = "grade"
    """`[ladder]`: the grade."""
    STEP = "step"
    """`[step]`: a second ladder beside the grade (薪级)."""


@attrs.frozen(kw_only=True)
class Ladder:
    """A ladder: `[ladder]` leads to the grade, `[step]` to a step beside it.

    Attributes:
        name: The quantity that it leads to.
        label: What the document calls a rung (岗位等级, 档次, 级别, 薪级).
        grades: Lowest and highest rung.
        start: The rung a newcomer starts at, `"first_of_post"`, or a quantity that gives it.
        start_after_prior_service: What the source says of workers with community service before counting started.
        waiting_months: Months for every rise, where one interval is stated.
        waiting_months_by_post: Post and its interval, where they differ.
        thresholds: Months of service for the second, third … rung, where a list is stated.
        thresholds_by_post: Post and its list, where they differ.
        graded_by: The quantity that gives the grade, where it is no matter of waiting.
        boundary: Whether a threshold is reached or has to be exceeded.
        cap: Where the top of a range is applied.
        written: The keys under which the file states waits and thresholds: in years or in months.
        source: Where it is stated.
        clause: Article or item.
    """

    name: Feeds = Feeds.GRADE
    label: Label
    grades: Stated[tuple[int, int]]
    start: Stated[int | str | Reference] = NOT_STATED
    start_after_prior_service: Missing | None = None
    waiting_months: Stated[int] | None = None
    waiting_months_by_post: tuple[tuple[str, Stated[int]], ...] = ()
    thresholds: tuple[Stated[int], ...] = ()
    thresholds_by_post: tuple[tuple[str, tuple[Stated[int], ...]], ...] = ()
    graded_by: str | None = None
    boundary: Stated[Boundary] = NOT_STATED
    cap: Stated[Cap] = Cap.AT_END
    source: str
    clause: str = ""
    # two files that say the same in years and in months are the same scheme
    _written: tuple[str, str] = attrs.field(
        default=("waiting_months", "thresholds_months"), eq=False
    )

    @property
    def section(self) -> str:
        """The section that states it."""
        return "ladder" if self.name is Feeds.GRADE else "step"

    @property
    def has_thresholds(self) -> bool:
        """Whether rises come at listed months of service."""
        return bool(self.thresholds or self.thresholds_by_post)

    @property
    def rungs(self) -> tuple[int, int]:
        """The lowest and highest rung that there may be."""
        return WIDEST if isinstance(self.grades, Missing) else self.grades

    def range_of(self, post: Post) -> Stated[tuple[int, int]]:
        """Give the rungs of a post; the whole ladder where the post states none."""
        own = post.grades if self.name is Feeds.GRADE else post.steps
        return self.grades if own is None else own

    def rungs_of(self, post: Post) -> tuple[int, int]:
        """Give the lowest and highest rung that a post may have."""
        stated = self.range_of(post)
        return self.rungs if isinstance(stated, Missing) else stated

    def path_of_range(self, post: Post) -> str:
        """Give where the file states the range of a post."""
        own = post.grades if self.name is Feeds.GRADE else post.steps
        return f"{self.section}.grades" if own is None else f"posts.{post.id}.{self.name}s"

    def wait_of(self, post: Post) -> StatedWait:
        """Give how long a rise takes in a post."""
        months, listed = dict(self.waiting_months_by_post), dict(self.thresholds_by_post)
        waiting, thresholds = self._written
        if post.id in months:
            path = f"{waiting}.{post.id}"
            return StatedWait(months=months[post.id], thresholds=(), path=path)
        if post.id in listed:
            path = f"{thresholds}.{post.id}"
            return StatedWait(months=None, thresholds=listed[post.id], path=path)
        path = thresholds if self.thresholds else waiting
        return StatedWait(months=self.waiting_months, thresholds=self.thresholds, path=path)


@attrs.frozen(kw_only=True)
class Credit:
    """`[credits.NAME]`: what education, qualification or honours give, in grades or deemed months.

    Attributes:
        name: Its name.
        label: Its printed name.
        formula: Grades or months, by the facts that give them.
        feeds: The ladder that it belongs to.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    formula: Formula
    feeds: Feeds = Feeds.GRADE
    source: str
    clause: str = ""


@attrs.frozen(kw_only=True)
class Stacking:
    """How credits of grades are put together: those of one group give the best of them, groups are added.

    Attributes:
        best_of: Groups of credits of which only the greatest counts.
        source: Where it is stated.
        clause: Article or item.
    """

    best_of: tuple[tuple[str, ...], ...] = ()
    source: str
    clause: str = ""


def lower_credits(credits_: tuple[Credit, ...]) -> tuple[Definition, ...]:
    """Give a definition for each credit."""
    return tuple(
        define(
            f"credits.{one.name}",
            f"credits.{one.name}",
            one.formula,
            one.label,
            one.source,
            one.clause,
        )
        for one in credits_
    )


def lower_ladder(
    ladder: Ladder,
    *,
    credits_: tuple[Credit, ...],
    stacking: Stacking | None,
    posts: tuple[Post, ...],
    assessment: Assessment | None,
    effects: tuple[Effect, ...],
    service: StatedService | None,
) -> tuple[Definition, ...]:
    """Give the definitions of a ladder: start, rises, best credits, and the grade or step itself.

    Args:
        ladder: The ladder.
        credits_: Every credit of the scheme.
        stacking: How credits are put together.
        posts: The posts.
        assessment: The annual assessment.
        effects: When facts take effect.
        service: How service is counted.
    """
    name = ladder.name
    fed = tuple(one for one in credits_ if one.feeds is name)
    groups, members = _groups(fed, stacking)
    parts: list[Definition] = []
    rungs: tuple[str, ...] = ()
    if ladder.graded_by is not None:
        members = (ladder.graded_by, *members)
    elif service is not None:
        deemed = tuple(f"credits.{one.name}" for one in fed if one.formula.unit is Unit.MONTHS)
        parts = [
            *((_deemed(ladder, deemed),) if deemed else ()),
            _starting(ladder, posts),
            _rises(ladder, posts, assessment, effects, service, deemed=bool(deemed)),
        ]
        rungs = (f"starting_{name}", _own(ladder, "rises"))
    before_range = Label(
        zh=f"{ladder.label.zh}（封顶前）", en=f"{ladder.label.en} before the range of the post"
    )
    stated = [(post, ladder.range_of(post)) for post in posts]
    clamp = Clamp(
        of=f"{name}_uncapped",
        ranges=tuple((post.id, *one) for post, one in stated if not isinstance(one, Missing)),
        open=tuple(
            (post.id, ladder.path_of_range(post), one)
            for post, one in stated
            if isinstance(one, Missing)
        ),
    )
    return (
        *parts,
        *groups,
        _define(
            ladder,
            f"{name}_uncapped",
            LadderSum(name=name, rungs=rungs, credits=members),
            before_range,
        ),
        _define(
            ladder,
            str(name),
            clamp,
            ladder.label,
            path=".grades",
        ),
    )


def _own(ladder: Ladder, name: str) -> str:
    """Name a part of a ladder; those of the grade have no mark."""
    return name if ladder.name is Feeds.GRADE else f"{ladder.name}_{name}"


def _define(
    ladder: Ladder,
    name: str,
    quantity: Quantity,
    label: Label,
    *,
    path: str = "",
    unit: Unit = Unit.GRADES,
) -> Definition:
    return Definition(
        name=name,
        path=ladder.section + path,
        unit=unit,
        quantity=quantity,
        label=label,
        citation=Citation(source=ladder.source, clause=ladder.clause),
    )


def _deemed(ladder: Ladder, deemed: tuple[str, ...]) -> Definition:
    label = Label(zh="视同年限（月）", en="deemed months")
    made = _define(ladder, _own(ladder, "deemed_months"), Add(parts=deemed), label)
    return attrs.evolve(made, path="credits", unit=Unit.MONTHS)


def _starting(ladder: Ladder, posts: tuple[Post, ...]) -> Definition:
    start = ladder.start
    quantity: Number | Table
    match start:
        case Missing() | Reference():
            quantity = Number(cell=start)
        case int():
            quantity = Number(cell=Fraction(start))
        case _:
            cells = tuple(((post.id,), _first_rung(ladder, post)) for post in posts)
            quantity = Table(by=("post",), cells=cells)
    label = Label(zh="起点" + ladder.label.zh, en="starting " + ladder.label.en)
    return _define(ladder, f"starting_{ladder.name}", quantity, label, path=".start")


def _first_rung(ladder: Ladder, post: Post) -> Fraction | Missing:
    stated = ladder.range_of(post)
    return stated if isinstance(stated, Missing) else Fraction(stated[0])


def _rises(
    ladder: Ladder,
    posts: tuple[Post, ...],
    assessment: Assessment | None,
    effects: tuple[Effect, ...],
    service: StatedService,
    *,
    deemed: bool,
) -> Definition:
    capped = ladder.cap is not Cap.AT_END
    leaf = LadderLeaf(
        name=ladder.name,
        path=ladder.section,
        waits=tuple((post.id, ladder.wait_of(post)) for post in posts),
        boundary=ladder.boundary if ladder.has_thresholds else Boundary.REACHED,
        effects=assessment.effects_on(ladder.name) if assessment else (),
        open_effects=assessment.open_effects_on(ladder.name) if assessment else (),
        early=assessment.early_rise_on(ladder.name) if assessment else None,
        open_early=assessment.open_early_on(ladder.name) if assessment else (),
        start=f"starting_{ladder.name}",
        deemed=_own(ladder, "deemed_months") if deemed else None,
        service=service,
        service_effect=effect_named(effects, "service"),
        rating_effect=effect_named(effects, "rating") if assessment else None,
        until_announced=assessment.until_announced if assessment else None,
        tops=tuple((post.id, ladder.rungs_of(post)[1]) for post in posts) if capped else (),
        prior_start=ladder.start_after_prior_service,
        open_cap=ladder.cap if isinstance(ladder.cap, Missing) else None,
    )
    label = Label(zh="按年限和考核晋升", en="rises by service and ratings")
    return _define(ladder, _own(ladder, "rises"), leaf, label)


def _groups(
    fed: tuple[Credit, ...], stacking: Stacking | None
) -> tuple[tuple[Definition, ...], tuple[str, ...]]:
    """Give a definition for each group of which the best counts, and the names that are added."""
    names = [one.name for one in fed]
    grades = [f"credits.{one.name}" for one in fed if one.formula.unit is Unit.GRADES]
    groups: list[Definition] = []
    for place, group in enumerate(stacking.best_of if stacking else ()):
        members = tuple(f"credits.{name}" for name in group)
        if stacking is None or not set(group).issubset(names):
            continue
        groups.append(
            Definition(
                name=f"stacking.{place}",
                path=f"stacking.best_of[{place}]",
                unit=Unit.GRADES,
                quantity=Highest(of=members),
                label=Label(zh="就高", en="best of"),
                citation=Citation(source=stacking.source, clause=stacking.clause),
            )
        )
        grades = [name for name in grades if name not in members]
    return tuple(groups), (*(one.name for one in groups), *grades)
