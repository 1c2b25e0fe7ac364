"""Statistics: which year is wanted on a day, and whether its figure may be used."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.dates import AnnualDay, PartialDate
from cwgrade.gaps import Missing
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.pay import Payslip, pay_on
from cwgrade.scheme import Scheme
from cwgrade.series import (
    AfterPublication,
    Figure,
    ReferenceSeries,
    SeriesUnit,
    figure_for,
    rebasing_year,
)
from cwgrade.sources import Citation
from cwgrade.timeline import Published, Standing
from cwgrade.worker import Attainment, Rating, ServiceSpell, StateFact, Worker


@pytest.mark.parametrize(
    ("on", "rebased", "every_years", "first_year", "year"),
    [
        (date(2018, 6, 30), AnnualDay(7, 1), 1, None, 2017),
        (date(2018, 7, 1), AnnualDay(7, 1), 1, None, 2018),
        (date(2019, 6, 30), AnnualDay(7, 1), 1, None, 2018),
        (date(2018, 1, 1), AnnualDay(1, 1), 1, None, 2018),
        (date(2019, 12, 31), AnnualDay(1, 1), 1, 2020, 2019),
        # every three years, from 1 July 2020
        (date(2020, 6, 30), AnnualDay(7, 1), 3, 2020, 2017),
        (date(2020, 7, 1), AnnualDay(7, 1), 3, 2020, 2020),
        (date(2023, 6, 30), AnnualDay(7, 1), 3, 2020, 2020),
        (date(2023, 7, 1), AnnualDay(7, 1), 3, 2020, 2023),
    ],
)
def test_rebasing_year(
    on: date, rebased: AnnualDay, every_years: int, first_year: int | None, year: int
) -> None:
    found = rebasing_year(on, rebased=rebased, every_years=every_years, first_year=first_year)
    assert found == year


def series(published_on: Published) -> ReferenceSeries:
    figure = Figure(
        year=2017, fen=580_700, published_on=published_on, citation=Citation(source="text")
    )
    return ReferenceSeries(measure="工资", region="99", unit=SeriesUnit.MONTH, figures=(figure,))


JUNE_20: Final = date(2018, 6, 20)


class TestFigureFor:
    @pytest.mark.parametrize(
        ("published_on", "known_on", "published_by", "applies"),
        [
            (JUNE_20, None, None, True),
            (JUNE_20, JUNE_20, None, True),
            (JUNE_20, date(2018, 6, 19), None, False),
            ("unknown", date(2018, 7, 1), None, None),
            # from the month after publication
            (JUNE_20, None, date(2018, 6, 1), False),
            (JUNE_20, None, date(2018, 7, 1), True),
            (date(2018, 7, 1), None, date(2018, 7, 1), False),
            (date(2018, 7, 1), None, date(2018, 8, 1), True),
            # a publication known to its month or year
            (PartialDate(2018, 6), None, date(2018, 7, 1), True),
            (PartialDate(2018, 8), None, date(2018, 7, 1), False),
            (PartialDate(2018), None, date(2018, 7, 1), None),
            ("unknown", None, date(2018, 7, 1), None),
            # both clocks
            (JUNE_20, date(2018, 6, 1), date(2018, 7, 1), False),
            (PartialDate(2018, 6), date(2018, 6, 15), date(2018, 7, 1), None),
        ],
    )
    def test_whether_it_applies(
        self,
        published_on: Published,
        known_on: date | None,
        published_by: date | None,
        applies: bool | None,  # noqa: FBT001
    ) -> None:
        found = series(published_on)
        told = figure_for(found, 2017, known_on=known_on, published_by=published_by)
        assert told == (found.figures[0], applies)

    def test_a_year_that_is_not_on_file(self) -> None:
        assert figure_for(series(JUNE_20), 2016, known_on=None, published_by=None) == (None, False)


WORKER: Final = Worker(
    id="1",
    spells=(ServiceSpell(start=date(2010, 1, 1), post="staff"),),
    schooling=(Attainment(value="college"),),
    degrees=(),
    qualifications=(),
    honours=(),
    ratings=tuple(Rating(period=str(year), value="competent") for year in range(2010, 2020)),
    facts=(
        StateFact(name="employment", value="full_time"),
        StateFact(name="identity", value="none"),
    ),
)
SAMPLE: Final = load_scheme("sample-3x18")


def changed(published_2017: Published | None = None, **peg: Any) -> Scheme:
    """Give the sample with another peg, or another publication of the wage of 2017."""
    version = SAMPLE.versions[0]
    assert version.base is not None
    assert version.base.peg is not None
    base = attrs.evolve(version.base, peg=attrs.evolve(version.base.peg, **peg))
    named = version.series[0]
    if published_2017 is not None:
        figures = tuple(
            attrs.evolve(one, published_on=published_2017) if one.year == 2017 else one
            for one in named.series.figures
        )
        named = attrs.evolve(named, series=attrs.evolve(named.series, figures=figures))
    return Scheme((attrs.evolve(version, base=base, series=(named,)),))


def figures_used(slip: Payslip) -> set[tuple[str, object]]:
    return {
        (step.code, dict(step.inputs)["year"])
        for step in slip.derivation.root.walk()
        if step.code.startswith("figure") and not step.gaps
    }


class TestPeg:
    def test_the_day_of_rebasing_changes_the_figure(self) -> None:
        assert figures_used(pay_on(WORKER, SAMPLE, on=date(2018, 6, 30))) == {("figure", 2016)}
        assert figures_used(pay_on(WORKER, SAMPLE, on=date(2018, 7, 1))) == {("figure", 2017)}

    def test_until_it_is_published_the_older_one_is_paid_provisionally(self) -> None:
        on = date(2018, 7, 1)
        slip = pay_on(WORKER, SAMPLE, on=on, known_on=date(2018, 6, 19))
        assert figures_used(slip) == {("figure.provisional", 2016)}
        assert slip.standing is Standing.PROVISIONAL
        assert pay_on(WORKER, SAMPLE, on=on, known_on=date(2018, 6, 20)).standing is Standing.FINAL

    def test_then_it_is_settled_or_applies_from_the_month_after(self) -> None:
        late = date(2018, 9, 10)
        settled = changed(late)
        kept = changed(late, after_publication=AfterPublication.FROM_PUBLICATION)
        for on, code, year in (
            (date(2018, 7, 1), "figure.provisional", 2016),
            (date(2018, 9, 30), "figure.provisional", 2016),
            (date(2018, 10, 1), "figure", 2017),
        ):
            assert figures_used(pay_on(WORKER, settled, on=on)) == {("figure", 2017)}
            assert figures_used(pay_on(WORKER, kept, on=on)) == {(code, year)}

    def test_where_the_source_does_not_say_which_only_the_months_between_are_refused(self) -> None:
        scheme = changed(date(2018, 9, 10), after_publication=Missing(why="not stated"))
        outcome = pay_on(WORKER, scheme, on=date(2018, 8, 1)).outcome
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == ["base.peg.after_publication"]
        assert isinstance(pay_on(WORKER, scheme, on=date(2018, 10, 1)).outcome, Decided)

    @pytest.mark.parametrize("published", ["unknown", PartialDate(2018)])
    def test_an_undecided_publication_is_tried_both_ways(self, published: Published) -> None:
        scheme = changed(published, after_publication=AfterPublication.FROM_PUBLICATION)
        outcome = pay_on(WORKER, scheme, on=date(2018, 8, 1)).outcome
        assert isinstance(outcome, Unspecified)
        (gap,) = outcome.gaps
        assert gap.path == "series.city_wage.2017.published_on"
        assert gap.why == "undecided-publication"

    def test_without_an_older_figure_there_is_none(self) -> None:
        outcome = pay_on(WORKER, SAMPLE, on=date(2019, 7, 1)).outcome
        # the wage of 2018 is not given: that of 2017 is paid until it is
        assert isinstance(outcome, Decided)
        outcome = pay_on(WORKER, SAMPLE, on=date(2020, 7, 1)).outcome
        assert isinstance(outcome, Unspecified)
        assert [(gap.why, gap.readings) for gap in outcome.gaps] == [("no-figure", ("2019",))]

    @pytest.mark.parametrize(
        ("until", "paths"),
        [
            (False, ["series.city_wage"]),
            (
                Missing(why="not stated"),
                ["series.city_wage", "base.peg.until_published"],
            ),
        ],
    )
    def test_nothing_stands_in_where_the_source_does_not_say_so(
        self,
        until: bool | Missing,  # noqa: FBT001
        paths: list[str],
    ) -> None:
        outcome = pay_on(WORKER, changed(until_published=until), on=date(2019, 7, 1)).outcome
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == paths

    def test_an_older_figure_that_was_not_known_either_does_not_stand_in(self) -> None:
        slip = pay_on(WORKER, SAMPLE, on=date(2018, 7, 1), known_on=date(2017, 6, 19))
        assert isinstance(slip.outcome, Unspecified)
