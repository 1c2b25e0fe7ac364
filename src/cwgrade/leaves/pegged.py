"""The peg: the figure of a statistic that applies on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from cwgrade.choices import Question, QuestionKind
from cwgrade.dates import month_start
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
    last = rebasing_year(
        on, rebased=leaf.rebased, every_years=leaf.every_years, first_year=leaf.first_year
    )
    if leaf.first_year is not None and last < leaf.first_year:
        first = leaf.rebased.in_year(leaf.first_year).isoformat()
        return found(
            definition,
            "figure",
            (Gap(path=f"{leaf.path}.first_year", why="before-first-day", readings=(first,)),),
        )
    year = last - leaf.lag_years
    peg = _settled(facts, leaf, on, (year, year - leaf.every_years, *_earlier(leaf, year)))
    figure = peg.usable(year)
    if figure is not None:
        kept = _highest(leaf, peg, figure)
        if isinstance(kept, Gap):
            return found(definition, "figure", (kept,))
        if kept is figure:
            return _figure_step(definition, figure, "figure", year)
        return _figure_step(definition, kept, "figure.kept", year)
    wanted = peg.no_figure(year)
    if isinstance(leaf.until_published, Missing):
        until = gap_of(leaf.until_published, f"{leaf.path}.until_published")
        return found(definition, "figure", (wanted, until))
    older = peg.usable(year - leaf.every_years) if leaf.until_published else None
    if older is None:
        return found(definition, "figure", (wanted,))
    kept = _highest(leaf, peg, older)
    if isinstance(kept, Gap):
        return found(definition, "figure", (kept,))
    return _figure_step(definition, kept, "figure.provisional", year)


def _earlier(leaf: PegLeaf, year: int) -> tuple[int, ...]:
    """Give the earlier years whose figures the amount may not fall below, the latest first."""
    if leaf.kept_from is None:
        return ()
    return tuple(
        range(year - leaf.every_years, leaf.kept_from - leaf.lag_years - 1, -leaf.every_years)
    )


def _highest(leaf: PegLeaf, peg: _Figures, figure: Figure) -> Figure | Gap:
    """Give the figure, or a higher one used since re-basing began where no figure lowers the amount."""
    highest = figure
    for year in _earlier(leaf, figure.year):
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
