"""`[ladder]`, `[credits]` and `[stacking]`: how counted service and credits lead to a grade."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.gaps import Missing, Stated
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
    Number,
    StatedService,
    Table,
    Unit,
)
from cwgrade.sources import Citation, Label

__all__ = ["Cap", "Credit", "Ladder", "Stacking", "lower_ladder"]

FIRST_OF_POST: Final = "first_of_post"
"""The start of a ladder whose posts each have a range of grades."""


class Cap(StrEnum):
    """Where the top of a post's range is applied."""

    AT_END = "at_end"
    """On the finished sum: a grade taken away comes off the sum above the top first."""
    EACH_RISE = "each_rise"
    """On every rise by service: there is nothing above the top to take away."""


@attrs.frozen(kw_only=True)
class Ladder:
    """The ladder of grades.

    Attributes:
        label: What the document calls a rung (岗位等级, 档次, 级别).
        grades: Lowest and highest grade.
        start: The grade a newcomer starts at, or `"first_of_post"`.
        start_after_prior_service: What the source says of workers with community service before counting started.
        waiting_months: Months for every rise, where one interval is stated.
        thresholds: Months of service for the second, third … rung, where a list is stated.
        boundary: Whether a threshold is reached or has to be exceeded.
        cap: Where the top of a range is applied.
        source: Where it is stated.
        clause: Article or item.
    """

    label: Label
    grades: tuple[int, int]
    start: Stated[int | str] = NOT_STATED
    start_after_prior_service: Missing | None = None
    waiting_months: Stated[int] | None = None
    thresholds: tuple[Stated[int], ...] = ()
    boundary: Stated[Boundary] = NOT_STATED
    cap: Cap = Cap.AT_END
    source: str
    clause: str = ""

    def range_of(self, post: Post) -> tuple[int, int]:
        """Give the grades of a post; the whole ladder where the post states none."""
        return post.grades or self.grades


@attrs.frozen(kw_only=True)
class Credit:
    """`[credits.NAME]`: what education, qualification or honours give, in grades or deemed months.

    Attributes:
        name: Its name.
        label: Its printed name.
        formula: Grades or months, by the facts that give them.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    formula: Formula
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


def lower_ladder(
    ladder: Ladder,
    *,
    credits_: tuple[Credit, ...],
    stacking: Stacking | None,
    posts: tuple[Post, ...],
    assessment: Assessment | None,
    effects: tuple[Effect, ...],
    service: StatedService,
) -> tuple[Definition, ...]:
    """Give the definitions of the ladder: credits, start, rises and the grade itself."""
    citation = Citation(source=ladder.source, clause=ladder.clause)
    given = tuple(
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
    deemed = tuple(one.name for one in given if one.unit is Unit.MONTHS)
    deemed_sum = Definition(
        name="deemed_months",
        path="credits",
        unit=Unit.MONTHS,
        quantity=Add(parts=deemed),
        label=Label(zh="视同年限（月）", en="deemed months"),
        citation=citation,
    )
    start = Definition(
        name="starting_grade",
        path="ladder.start",
        unit=Unit.GRADES,
        quantity=_start(ladder, posts),
        label=Label(zh="起点" + ladder.label.zh, en="starting " + ladder.label.en),
        citation=citation,
    )
    rises = Definition(
        name="rises",
        path="ladder",
        unit=Unit.GRADES,
        quantity=LadderLeaf(
            path="ladder",
            waiting_months=ladder.waiting_months,
            thresholds=ladder.thresholds,
            boundary=ladder.boundary if ladder.thresholds else Boundary.REACHED,
            effects=assessment.effects if assessment else (),
            early=assessment.early_rise if assessment else None,
            deemed="deemed_months" if deemed else None,
            service=service,
            service_effect=effect_named(effects, "service"),
            rating_effect=effect_named(effects, "rating") if assessment else None,
            until_announced=assessment.until_announced if assessment else None,
            steps_of_post=tuple((post.id, _room(ladder, post)) for post in posts)
            if ladder.cap is Cap.EACH_RISE
            else (),
            prior_start=ladder.start_after_prior_service,
        ),
        label=Label(zh="按年限和考核晋升", en="rises by service and ratings"),
        citation=citation,
    )
    groups, members = _groups(given, stacking)
    total = Definition(
        name="grade_uncapped",
        path="ladder",
        unit=Unit.GRADES,
        quantity=Add(parts=("starting_grade", "rises", *members)),
        label=Label(
            zh=f"{ladder.label.zh}（封顶前）", en=f"{ladder.label.en} before the range of the post"
        ),
        citation=citation,
    )
    grade = Definition(
        name="grade",
        path="ladder.grades",
        unit=Unit.GRADES,
        quantity=Clamp(
            of="grade_uncapped", ranges=tuple((post.id, *ladder.range_of(post)) for post in posts)
        ),
        label=ladder.label,
        citation=citation,
    )
    return (*given, *((deemed_sum,) if deemed else ()), start, rises, *groups, total, grade)


def _start(ladder: Ladder, posts: tuple[Post, ...]) -> Number | Table:
    start = ladder.start
    if isinstance(start, Missing):
        return Number(cell=start)
    if isinstance(start, int):
        return Number(cell=Fraction(start))
    return Table(
        by=("post",),
        cells=tuple(((post.id,), Fraction(ladder.range_of(post)[0])) for post in posts),
    )


def _room(ladder: Ladder, post: Post) -> int:
    low, high = ladder.range_of(post)
    return high - (ladder.start if isinstance(ladder.start, int) else low)


def _groups(
    given: tuple[Definition, ...], stacking: Stacking | None
) -> tuple[tuple[Definition, ...], tuple[str, ...]]:
    """Give a definition for each group of which the best counts, and the names that are added."""
    grades = [one.name for one in given if one.unit is Unit.GRADES]
    groups: list[Definition] = []
    for place, names in enumerate(stacking.best_of if stacking else ()):
        members = tuple(f"credits.{name}" for name in names)
        groups.append(
            Definition(
                name=f"stacking.{place}",
                path=f"stacking.best_of[{place}]",
                unit=Unit.GRADES,
                quantity=Highest(of=members),
                label=Label(zh="就高", en="best of"),
                citation=Citation(source=stacking.source, clause=stacking.clause)
                if stacking
                else None,
            )
        )
        grades = [name for name in grades if name not in members]
    return tuple(groups), (*(one.name for one in groups), *grades)
