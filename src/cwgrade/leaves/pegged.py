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

    def usable(settled: tuple[Any, ...]) -> tuple[Figure | None, bool | None]:
        by = month_start(on) if settled[0] is AfterPublication.FROM_PUBLICATION else None
        return figure_for(leaf.series, year, known_on=facts.known_on, published_by=by)

    figure, known = usable(settle(facts.choices, (field,), usable))
    if known is None:
        path = f"series.{leaf.name}.{year}.published_on"
        known = facts.choices.ask(
            Question(kind=QuestionKind.READING, path=path, why="undecided-publication"),
            (True, False),
        )
    if figure is not None and known:
        return _figurefound(definition, figure, "figure", year)
    older = leaf.series.of_year(year - 1)
    wanted = Gap(path=f"series.{leaf.name}", why="no-figure", readings=(str(year),))
    if isinstance(leaf.until_published, Missing):
        return found(
            definition,
            "figure",
            (wanted, gap_of(leaf.until_published, f"{leaf.path}.until_published")),
        )
    if not leaf.until_published or older is None:
        return found(definition, "figure", (wanted,))
    return _figurefound(definition, older, "figure.provisional", year)


def _figurefound(definition: Definition, figure: Figure, code: str, wanted: int) -> Step:
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
