"""Published figures of statistics, and which of them pay may rest on.

A figure is found by measure, region, year and unit, all as printed. Nothing is converted and nothing is filled in:
where the very figure is not there, or not from a source of enough trust, the answer says which of these it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

import attrs

from cwgrade.errors import FiguresDiffer
from cwgrade.gaps import Gap
from cwgrade.money import yuan_text
from cwgrade.series import Figure, SeriesUnit
from cwgrade.sources import Citation, Trust
from cwgrade.timeline import Published

__all__ = [
    "UNIT_TEXTS",
    "FigureStatus",
    "PublishedFigure",
    "PublishedSeries",
    "differing",
    "figures_of",
    "refusals_of",
    "require_agreement",
]

UNIT_TEXTS: Final = {SeriesUnit.MONTH: "yuan/month", SeriesUnit.YEAR: "yuan/year"}
"""How series files write a unit."""


class FigureStatus(StrEnum):
    """What is known against a printed figure."""

    OK = "ok"
    """Nothing."""
    DISPUTED = "disputed"
    """Another source prints another figure, and it is not known which is right."""
    REJECT = "reject"
    """A better source contradicts it; it is kept so that nobody takes it up again."""


@attrs.frozen(kw_only=True)
class PublishedFigure:
    """One printed figure of a statistic.

    Attributes:
        region: GB/T 2260 code, or the printed name of an area that has none, such as 全国.
        place: The printed name of the place.
        measure: The printed name of the measure.
        year: The year that the figure is about.
        unit: Month or year, as printed.
        fen: The value, in fen.
        published_on: When it was made known.
        printed: What the source prints about that.
        url: The address where it was read, or the document where it has none.
        trust: How far the address can be trusted.
        status: What is known against it.
        note: What else a reader must know.
    """

    region: str
    place: str = ""
    measure: str
    year: int
    unit: SeriesUnit
    fen: int = attrs.field(validator=attrs.validators.gt(0))
    published_on: Published
    printed: str = ""
    url: str
    trust: Trust
    status: FigureStatus = FigureStatus.OK
    note: str = ""

    @property
    def key(self) -> tuple[str, str, int, SeriesUnit]:
        """What it is a figure of."""
        return (self.region, self.measure, self.year, self.unit)

    @property
    def carries_pay(self) -> bool:
        """Whether pay may rest on it."""
        return self.status is FigureStatus.OK and self.trust.carries_pay

    def __str__(self) -> str:
        return f"{yuan_text(self.fen)} ({self.trust}, {self.url})"


@attrs.frozen
class PublishedSeries:
    """A collection of printed figures, such as a series file holds.

    Attributes:
        figures: The figures, of any measure, region, year and unit.
    """

    figures: tuple[PublishedFigure, ...]

    def of_region(self, region: str) -> tuple[PublishedFigure, ...]:
        """Give every figure of a region."""
        return tuple(one for one in self.figures if one.region == region)


def figures_of(
    rows: Sequence[PublishedFigure], measure: str, unit: SeriesUnit
) -> tuple[Figure, ...]:
    """Give the figures of one measure and unit that pay may rest on, by year.

    Where several sources print the same figure, the one whose day of publication is known is taken, then the most
    trusted. Where they print different ones, none is.

    Args:
        rows: The figures of one region.
        measure: The measure.
        unit: The unit.
    """
    found = []
    for _, same in _by_year(rows, measure, unit):
        usable = [one for one in same if one.carries_pay]
        if len({one.fen for one in usable}) == 1:
            found.append(_figure(min(usable, key=_rank)))
    return tuple(found)


def refusals_of(
    rows: Sequence[PublishedFigure], measure: str, unit: SeriesUnit, path: str
) -> tuple[tuple[int, Gap], ...]:
    """Say for each year without a figure that pay may rest on what there is instead.

    Args:
        rows: The figures of one region.
        measure: The measure wanted.
        unit: The unit wanted.
        path: Where the series stands in the scheme.

    Returns:
        Year and reason; a year of which nothing at all is on file is left out.
    """
    given = {figure.year for figure in figures_of(rows, measure, unit)}
    years = sorted({one.year for one in rows} - given)
    found = ((year, _refusal(rows, measure, unit, year, path)) for year in years)
    return tuple((year, gap) for year, gap in found if gap is not None)


def differing(known: Iterable[PublishedFigure], one: PublishedFigure) -> PublishedFigure | None:
    """Give the figure that another one contradicts, if there is one.

    Args:
        known: The figures on file that count: those that carry pay, and those that a scheme names itself.
        one: The other; one that is itself disputed or rejected contradicts nothing.
    """
    if one.status is not FigureStatus.OK:
        return None
    return next((other for other in known if other.key == one.key and other.fen != one.fen), None)


def require_agreement(known: Sequence[PublishedFigure], added: Iterable[PublishedFigure]) -> None:
    """Stop where a figure contradicts one on file.

    Args:
        known: The figures on file that count.
        added: Those that come.

    Raises:
        FiguresDiffer: Two figures of one thing differ; both are shown with their sources.
    """
    for one in added:
        other = differing(known, one)
        if other is not None:
            facts = {"year": one.year, "unit": UNIT_TEXTS[one.unit]}
            raise FiguresDiffer(
                "figures-differ",
                measure=one.measure,
                region=one.place or one.region,
                first=str(other),
                second=str(one),
                **facts,
            )


def _by_year(
    rows: Iterable[PublishedFigure], measure: str, unit: SeriesUnit
) -> Iterator[tuple[int, list[PublishedFigure]]]:
    same: dict[int, list[PublishedFigure]] = {}
    for one in rows:
        if (one.measure, one.unit) == (measure, unit) and one.status is not FigureStatus.REJECT:
            same.setdefault(one.year, []).append(one)
    yield from sorted(same.items())


def _rank(one: PublishedFigure) -> tuple[bool, int, str]:
    return (one.published_on == "unknown", tuple(Trust).index(one.trust), one.url)


def _figure(one: PublishedFigure) -> Figure:
    citation = Citation(source=one.url)
    return Figure(year=one.year, fen=one.fen, published_on=one.published_on, citation=citation)


def _refusal(
    rows: Sequence[PublishedFigure], measure: str, unit: SeriesUnit, year: int, path: str
) -> Gap | None:
    of_year = [one for one in rows if one.year == year and one.status is not FigureStatus.REJECT]
    same = [one for one in of_year if (one.measure, one.unit) == (measure, unit)]
    disputed = any(one.status is FigureStatus.DISPUTED for one in same)
    if disputed or any(one.carries_pay for one in same):
        printed = "; ".join(dict.fromkeys(map(str, same)))
        return Gap(path=path, why="figure-disputed", readings=(str(year), printed))
    if same:
        best = min(same, key=_rank)
        told = (str(year), yuan_text(best.fen), str(best.trust), best.url)
        return Gap(path=path, why="figure-of-low-trust", readings=told)
    if not of_year:
        return None
    others = "; ".join(dict.fromkeys(f"{one.measure} ({UNIT_TEXTS[one.unit]})" for one in of_year))
    return Gap(path=path, why="figure-of-other-measure", readings=(str(year), others))
