"""The peg: the figure of a statistic that applies on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from cwgrade.choices import Question, QuestionKind
from cwgrade.dates import month_start
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, PegLeaf, gap_of
from cwgrade.reasons import Step
from cwgrade.series import AfterPublication, Figure, figure_for, statistic_year

__all__ = ["peg_on"]


def peg_on(facts: Facts, definition: Definition, leaf: PegLeaf, on: date) -> Step:
    """Give the figure of the statistic that applies on a day, provisional where the right one is not out."""
    year = statistic_year(on, rebased=leaf.rebased, lag_years=leaf.lag_years)
    field = StatedField(
        path=f"{leaf.path}.after_publication",
        stated=leaf.after_publication,
        readings=tuple(AfterPublication),
    )

    def applies(settled: tuple[Any, ...]) -> tuple[bool | None, ...]:
        (after,) = settled
        return tuple(_applies(facts, leaf, one, on, after)[1] for one in (year, year - 1))

    (after,) = settle(facts.choices, (field,), applies)
    figure = _usable(facts, leaf, year, on, after)
    if figure is not None:
        return _figure_step(definition, figure, "figure", year)
    wanted = Gap(path=f"series.{leaf.name}", why="no-figure", readings=(str(year),))
    if isinstance(leaf.until_published, Missing):
        until = gap_of(leaf.until_published, f"{leaf.path}.until_published")
        return found(definition, "figure", (wanted, until))
    older = _usable(facts, leaf, year - 1, on, after) if leaf.until_published else None
    if older is None:
        return found(definition, "figure", (wanted,))
    return _figure_step(definition, older, "figure.provisional", year)


def _applies(
    facts: Facts, leaf: PegLeaf, year: int, on: date, after: AfterPublication
) -> tuple[Figure | None, bool | None]:
    by = month_start(on) if after is AfterPublication.FROM_PUBLICATION else None
    return figure_for(leaf.series, year, known_on=facts.known_on, published_by=by)


def _usable(
    facts: Facts, leaf: PegLeaf, year: int, on: date, after: AfterPublication
) -> Figure | None:
    """Give a year's figure where it is on file and known; an undecided publication is tried both ways."""
    figure, known = _applies(facts, leaf, year, on, after)
    if known is None:
        path = f"series.{leaf.name}.{year}.published_on"
        question = Question(kind=QuestionKind.READING, path=path, why="undecided-publication")
        known = facts.choices.ask(question, (True, False))
    return figure if known else None


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
