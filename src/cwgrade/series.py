"""Published statistics that pay is pegged to, and which figure applies on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from cwgrade.dates import AnnualDay, earliest
from cwgrade.sources import Citation
from cwgrade.timeline import Published, known_by

__all__ = [
    "AfterPublication",
    "Figure",
    "ReferenceSeries",
    "SeriesUnit",
    "figure_for",
    "rebasing_year",
]


class SeriesUnit(StrEnum):
    """The period of a figure, as printed; month and year figures are never converted into each other."""

    MONTH = "month"
    YEAR = "year"


class AfterPublication(StrEnum):
    """What happens to months paid on an older figure once the right one is published."""

    SETTLE = "settle"
    """They are paid again on the right figure."""
    FROM_PUBLICATION = "from_publication"
    """They stay as paid; the right figure applies from the month after publication."""


@attrs.frozen(kw_only=True)
class Figure:
    """One published value.

    Attributes:
        year: The year the statistic is about.
        fen: The value, in fen.
        published_on: When it was made known.
        citation: Where it is printed.
    """

    year: int
    fen: int
    published_on: Published
    citation: Citation


@attrs.frozen(kw_only=True)
class ReferenceSeries:
    """A statistic: measure, region and unit, with the figures on file.

    Attributes:
        measure: The printed name of the measure (全口径城镇单位就业人员平均工资 …).
        region: GB/T 2260 code.
        unit: Month or year.
        figures: By year.
    """

    measure: str
    region: str
    unit: SeriesUnit
    figures: tuple[Figure, ...]

    def of_year(self, year: int) -> Figure | None:
        """Give the figure of a statistic year, where one is on file."""
        return next((figure for figure in self.figures if figure.year == year), None)


def rebasing_year(
    on: date, *, rebased: AnnualDay, every_years: int = 1, first_year: int | None = None
) -> int:
    """Give the year of the last re-basing before or on a day.

    Args:
        on: The day.
        rebased: The day of the year on which the amount changes.
        every_years: How many years lie between two re-basings.
        first_year: The year of the first re-basing; needed where they are not yearly.

    Returns:
        The year; before `first_year` where there has been none.

    Examples:
        >>> rebasing_year(date(2018, 3, 1), rebased=AnnualDay(7, 1))
        2017
        >>> rebasing_year(date(2022, 3, 1), rebased=AnnualDay(1, 1), every_years=3, first_year=2020)
        2020
    """
    year = on.year if on >= rebased.in_year(on.year) else on.year - 1
    return year if first_year is None else year - (year - first_year) % every_years


def figure_for(
    series: ReferenceSeries, year: int, *, known_on: date | None, published_by: date | None
) -> tuple[Figure | None, bool | None]:
    """Find the figure of a year, and whether it may be used.

    Args:
        series: The statistic.
        year: The statistic year wanted.
        known_on: The day of knowing.
        published_by: Where months paid on the older figure stay as paid, the first day of the month asked for: only
            a figure published before it applies. `None` where older months are settled.

    Returns:
        The figure on file, or `None`; and whether it applies: yes, no, or `None` for undecided.
    """
    figure = series.of_year(year)
    if figure is None:
        return None, False
    known = known_by(figure.published_on, known_on)
    if published_by is not None and known is not False:
        applied = known_by(figure.published_on, published_by)
        if (
            applied is not False
            and figure.published_on != "unknown"
            and earliest(figure.published_on) >= published_by
        ):
            applied = False
        known = applied if known else (None if applied is not False else False)
    return figure, known
