"""Laws of published figures: none is converted, none is used twice, and what is on file already changes nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.errors import FiguresDiffer
from cwgrade.figures import with_series
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.pay import pay_on
from cwgrade.published import FigureStatus, PublishedFigure, PublishedSeries
from cwgrade.scheme import Scheme
from cwgrade.series import SeriesUnit
from cwgrade.sources import Trust
from tests.unit.test_pegs import worker
from tests.unit.test_published import scheme

MEASURES: Final = ("虚构平均工资", "另一虚构平均工资")
ASKED: Final = scheme(region="9901", measure=MEASURES[0], unit="month", figures="[]")
YEARS: Final = (2019, 2020)

figures = st.builds(
    PublishedFigure,
    region=st.sampled_from(("9901", "9902", "99")),
    measure=st.sampled_from(MEASURES),
    year=st.sampled_from(YEARS),
    unit=st.sampled_from(SeriesUnit),
    fen=st.sampled_from((5000_00, 60000_00)),
    published_on=st.sampled_from(("unknown", date(2021, 6, 1))),
    url=st.sampled_from(("a", "b")),
    trust=st.sampled_from((Trust.INVENTED, Trust.OFFICIAL, Trust.COMPILATION)),
    status=st.sampled_from(FigureStatus),
)
collections = st.lists(figures, max_size=8).map(lambda rows: PublishedSeries(tuple(rows)))


def wanted(one: PublishedFigure, year: int) -> bool:
    return one.key == ("9901", MEASURES[0], year, SeriesUnit.MONTH)


def attached(series: PublishedSeries) -> Scheme:
    return with_series(ASKED, series)


@given(collections, st.sampled_from(YEARS))
def test_only_the_very_figure_is_paid(series: PublishedSeries, year: int) -> None:
    """Another region, measure, year or unit, a low trust, a dispute: none of them ever becomes an amount."""
    outcome = pay_on(worker(), attached(series), on=date(year + 1, 7, 1)).outcome
    usable = {
        one.fen
        for one in series.figures
        if wanted(one, year)
        and one.status is FigureStatus.OK
        and one.trust in (Trust.INVENTED, Trust.OFFICIAL)
    }
    if len(usable) == 1:
        assert outcome == Decided(usable.pop())
    else:
        assert isinstance(outcome, Unspecified)
        (gap,) = outcome.gaps
        listed = [one for one in series.figures if one.status is not FigureStatus.REJECT]
        same = [one for one in listed if wanted(one, year)]
        beside = [one for one in listed if (one.region, one.year) == ("9901", year)]
        disputed = usable or any(one.status is FigureStatus.DISPUTED for one in same)
        expected = (
            "figure-disputed"
            if disputed
            else "figure-of-low-trust"
            if same
            else "figure-of-other-measure"
            if beside
            else "no-figure"
        )
        assert gap.why == expected


@given(collections)
def test_month_and_year_never_mix(series: PublishedSeries) -> None:
    """What is printed for a year has no influence on what is paid by the month."""
    by_month = tuple(one for one in series.figures if one.unit is SeriesUnit.MONTH)
    for year in YEARS:
        on = date(year + 1, 7, 1)
        both = pay_on(worker(), attached(series), on=on).outcome
        alone = pay_on(worker(), attached(PublishedSeries(by_month)), on=on).outcome
        assert isinstance(both, Decided) == isinstance(alone, Decided)
        if isinstance(both, Decided):
            assert both == alone


def coherent(series: PublishedSeries) -> PublishedSeries:
    """Leave out figures that contradict an earlier one."""
    kept: dict[object, PublishedFigure] = {}
    for one in series.figures:
        if one.carries_pay:
            kept.setdefault(one.key, one)
    same = (one for one in series.figures if one.key not in kept or kept[one.key].fen == one.fen)
    return PublishedSeries(tuple(same))


@given(collections)
def test_the_same_figures_twice_change_nothing(series: PublishedSeries) -> None:
    once = attached(coherent(series))
    assert with_series(once, coherent(series)) == once


@given(collections, st.sampled_from(YEARS))
def test_a_figure_equal_to_one_on_file_is_no_contradiction(
    series: PublishedSeries, year: int
) -> None:
    found = attached(coherent(series))
    on = date(year + 1, 7, 1)
    before = pay_on(worker(), found, on=on).outcome
    for one in coherent(series).figures:
        if one.carries_pay:
            again = attrs.evolve(one, url="c", note="read again")
            after = pay_on(worker(), with_series(found, PublishedSeries((again,))), on=on).outcome
            if isinstance(before, Decided):
                assert after == before


@given(collections, st.integers(1, 9000_00))
def test_a_figure_that_differs_from_one_that_is_used_always_stops(
    series: PublishedSeries, fen: int
) -> None:
    found = attached(coherent(series))
    used = [one for one in coherent(series).figures if one.carries_pay and one.region == "9901"]
    for one in used:
        other = attrs.evolve(one, fen=fen, trust=Trust.CONTENT_FARM, url="c")
        if fen == one.fen:
            with_series(found, PublishedSeries((other,)))
        else:
            with pytest.raises(FiguresDiffer):
                with_series(found, PublishedSeries((other,)))
