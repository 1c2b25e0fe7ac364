"""The peg: the figure of a statistic that applies on a day."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs

from cwgrade.choices import Question, QuestionKind
from cwgrade.dates import AnnualDay, month_start
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, PegLeaf, gap_of
from cwgrade.reasons import Step
from cwgrade.series import AfterPublication, Figure, figure_for, rebasing_year

__all__ = ["peg_on"]


def peg_on(facts: Facts, definition: Definition, leaf: PegLeaf, on: date) -> Step:
    """Give the figure of the statistic that applies on a day, provisional where the right one is not out.

    Args:
        facts: The worker's facts; only the day of knowing matters.
        definition: The leaf's definition.
        leaf: The peg.
        on: The day.
    """
    rhythm = _rhythm(facts, leaf, on)
    if isinstance(rhythm, Gap):
        return found(definition, "figure", (rhythm,))
    year, every = rhythm.year, rhythm.every_years
    earlier = () if leaf.never_lowered is False else rhythm.earlier(year)
    peg = _settled(facts, leaf, on, (year, year - every, *earlier))
    figure = peg.usable(year)
    if figure is not None:
        kept = _kept(rhythm, peg, figure)
        if isinstance(kept, Gap):
            return found(definition, "figure", (kept,))
        if kept is figure:
            return _figure_step(definition, figure, "figure", year)
        return _figure_step(definition, kept, "figure.kept", year)
    wanted = peg.no_figure(year)
    if isinstance(leaf.until_published, Missing):
        until = gap_of(leaf.until_published, f"{leaf.path}.until_published")
        return found(definition, "figure", (wanted, until))
    older = peg.usable(year - every) if leaf.until_published else None
    if older is None:
        return found(definition, "figure", (wanted,))
    kept = _kept(rhythm, peg, older)
    if isinstance(kept, Gap):
        return found(definition, "figure", (kept,))
    return _figure_step(definition, kept, "figure.provisional", year)


# --- which year's figure ----------------------------------------------------------------------------------------------


@attrs.frozen
class _Rhythm:
    """Which figures a peg takes on a day, every field settled.

    Attributes:
        year: The year of the figure that is wanted.
        every_years: How many years lie between two re-basings.
        first: The year of the figure that was wanted first.
    """

    year: int
    every_years: int
    first: int

    def earlier(self, year: int) -> tuple[int, ...]:
        """Give the years before one whose figures the amount went by, the latest first."""
        return tuple(range(year - self.every_years, self.first - 1, -self.every_years))


def _rhythm(facts: Facts, leaf: PegLeaf, on: date) -> _Rhythm | Gap:
    """Settle which year's figure is wanted on a day; how many years lie between two nobody can enumerate."""
    every, first = leaf.every_years, leaf.first_year
    if isinstance(every, Missing):
        return gap_of(every, f"{leaf.path}.every_years")
    if isinstance(first, Missing):
        return gap_of(first, f"{leaf.path}.first_year")
    last = _last_rebasing(facts, leaf, on)
    if first is not None:
        last -= (last - first) % every
        if last < first:
            rebased = leaf.rebased
            day = str(first) if isinstance(rebased, Missing) else str(rebased.in_year(first))
            return Gap(path=f"{leaf.path}.first_year", why="before-first-day", readings=(day,))
    field = StatedField(path=f"{leaf.path}.lag_years", stated=leaf.lag_years, readings=_LAGS)
    (lag,) = settle(facts.choices, (field,), lambda one: one[0])
    # where the first re-basing is not stated, figures of the time before the scheme do not hold the amount up
    if first is None:
        first = last
        if leaf.never_lowered is not False:
            first = _last_rebasing(facts, leaf, leaf.in_force_from)
    return _Rhythm(last - lag, every, first - lag)


_LAGS: Final = (0, 1, 2)
"""The readings of a missing lag: the figure of the year itself is out at its end, that of the year before in summer."""


def _last_rebasing(facts: Facts, leaf: PegLeaf, on: date) -> int:
    """Give the calendar year of the last re-basing day before or on a day.

    Where the source states no day of the year, it may have come by then or not. What is tried for one day of the year
    holds for the others of the same run: a day that has come by March has come by April.
    """
    if isinstance(leaf.rebased, AnnualDay):
        return rebasing_year(on, rebased=leaf.rebased)
    # which days were tried before is kept in the run: what rests on it is found anew in every run
    facts.choices.take_nothing_over()
    asked = (on.month, on.day)
    key = ("rebased", leaf.path)
    not_yet, come = facts.memo.get(key, ((0, 0), (12, 31)))
    if not_yet < asked < come:
        question = Question(
            kind=QuestionKind.READING,
            path=f"{leaf.path}.rebased",
            case=on.strftime("%m-%d"),
            why=leaf.rebased.why,
            zh=leaf.rebased.zh,
        )
        if facts.choices.ask(question, ("come", "not_yet")) == "come":
            come = asked
        else:
            not_yet = asked
        facts.memo[key] = (not_yet, come)
    return on.year if asked >= come else on.year - 1


def _kept(rhythm: _Rhythm, peg: _Figures, figure: Figure) -> Figure | Gap:
    """Give the figure, or a higher one used since re-basing began where no figure lowers the amount."""
    if peg.leaf.never_lowered is False:
        return figure
    highest = _highest(rhythm, peg, figure)
    field = StatedField(
        path=f"{peg.leaf.path}.never_lowered",
        stated=peg.leaf.never_lowered,
        readings=(False, True),
    )
    (never,) = settle(peg.facts.choices, (field,), lambda one: highest if one[0] else figure)
    return highest if never else figure


def _highest(rhythm: _Rhythm, peg: _Figures, figure: Figure) -> Figure | Gap:
    highest = figure
    for year in rhythm.earlier(figure.year):
        one = peg.usable(year)
        if one is None:
            # it may have been the highest
            return peg.no_figure(year)
        if one.fen > highest.fen:
            highest = one
    return highest


def _figure_step(definition: Definition, figure: Figure, code: str, wanted: int) -> Step:
    published = figure.published_on
    return Step(
        code=code,
        path=definition.path,
        result=figure.fen,
        unit=definition.unit,
        inputs=(("wanted_year", wanted), ("year", figure.year), ("published_on", str(published))),
        label=definition.label,
        citation=figure.citation,
    )


# --- which figures may be used ---------------------------------------------------------------------------------------


@attrs.frozen
class _Figures:
    """The figures of a statistic as far as they may be used on a day."""

    facts: Facts
    leaf: PegLeaf
    published_by: date | None

    def applies(self, year: int) -> tuple[Figure | None, bool | None]:
        return figure_for(
            self.leaf.series, year, known_on=self.facts.known_on, published_by=self.published_by
        )

    def usable(self, year: int) -> Figure | None:
        """Give a year's figure where it is on file and known; an undecided publication is tried both ways."""
        figure, known = self.applies(year)
        if known is None:
            path = f"series.{self.leaf.name}.{year}.published_on"
            question = Question(kind=QuestionKind.READING, path=path, why="undecided-publication")
            known = self.facts.choices.ask(question, (True, False))
        return figure if known else None

    def no_figure(self, year: int) -> Gap:
        """Say why there is no figure of a year: it is not out, or not to be used, or nothing is on file."""
        path, figure = f"series.{self.leaf.name}", self.leaf.series.of_year(year)
        if figure is not None:
            published = (str(year), str(figure.published_on))
            return Gap(path=path, why="figure-not-published", readings=published)
        nothing = Gap(path=path, why="no-figure", readings=(str(year),))
        return dict(self.leaf.refused).get(year, nothing)


def _settled(facts: Facts, leaf: PegLeaf, on: date, years: tuple[int, ...]) -> _Figures:
    """Settle what happens to months paid on an older figure, where it matters on this day."""
    field = StatedField(
        path=f"{leaf.path}.after_publication",
        stated=leaf.after_publication,
        readings=tuple(AfterPublication),
    )

    def figures(after: AfterPublication) -> _Figures:
        by = month_start(on) if after is AfterPublication.FROM_PUBLICATION else None
        return _Figures(facts, leaf, by)

    def signature(settled: tuple[Any, ...]) -> tuple[bool | None, ...]:
        return tuple(figures(settled[0]).applies(one)[1] for one in years)

    (after,) = settle(facts.choices, (field,), signature)
    return figures(after)
