"""Faults that the laws found and that are mended: each is the smallest case, kept so that it stays mended."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Missing
from cwgrade.grading import grade_on, in_scope
from cwgrade.law.formulas import Formula
from cwgrade.law.pay import Accrual, Rhythm
from cwgrade.outcomes import Decided, OneOf, Unspecified
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.quantities import Number, Unit
from cwgrade.scheme import Scheme
from cwgrade.series import Figure, ReferenceSeries, SeriesUnit, figure_for
from cwgrade.sources import Citation
from cwgrade.worker import (
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    Worker,
)
from tests.property.invented import SAMPLE, STATES, clerk


def gross(worker: Worker, year: int, month: int) -> set[int]:
    match pay_for_month(worker, SAMPLE, year=year, month=month).outcome:
        case Decided(value):
            return {value}
        case OneOf(values):
            return set(values)
        case other:
            raise AssertionError(other)


def test_an_unknown_rating_is_the_same_before_and_after_a_certificate() -> None:
    """Deemed months from March on: three sums are possible, and six are told."""
    schooling = (Attainment(value="bachelor", obtained=date(2018, 3, 5)),)
    worker = clerk(start=date(2012, 7, 1), schooling=schooling)
    others = tuple(one for one in worker.ratings if one.year != 2016)
    each: set[int] = set()
    for value in ("excellent", "competent", "basic", "fail", "unrated"):
        rated = attrs.evolve(worker, ratings=(*others, Rating(period="2016", value=value)))
        each |= gross(rated, 2018, 6)
    assert gross(attrs.evolve(worker, ratings=others), 2018, 6) == each


def test_of_two_entries_the_later_one_holds_though_its_day_is_vague() -> None:
    """Part-time from some day of 2018, full-time from 15 June: in 2019 either may be the later."""
    facts = (
        STATES[1],
        StateFact(name="employment", value="part_time", start=PartialDate(2018)),
        StateFact(name="employment", value="full_time", start=date(2018, 6, 15)),
    )
    assert in_scope(clerk(facts=facts), SAMPLE, on=date(2019, 1, 1)).outcome != Decided(value=True)


def test_the_order_of_two_kinds_from_one_day_changes_nothing() -> None:
    soldier = ServiceSpell(
        start=date(2010, 1, 1), end=date(2012, 1, 20), post="staff", kind="military"
    )
    early = ServiceSpell(start=date(2010, 1, 1), end=date(2013, 1, 1), post="staff")
    now = ServiceSpell(start=date(2014, 1, 1), post="staff")
    ratings = tuple(Rating(period=str(year), value="competent") for year in range(2010, 2014))
    one = clerk(spells=(soldier, early, now), ratings=ratings)
    other = clerk(spells=(early, soldier, now), ratings=ratings)
    on = date(2014, 6, 1)
    assert grade_on(one, SAMPLE, on=on).outcome == grade_on(other, SAMPLE, on=on).outcome


def test_a_rating_recorded_later_changes_nothing() -> None:
    worker = clerk()
    others = tuple(one for one in worker.ratings if one.year != 2017)
    later = Rating(period="2017", value="fail", recorded_on=date(2018, 6, 1))
    on, known_on = date(2018, 3, 1), date(2018, 4, 1)
    never = attrs.evolve(worker, ratings=others)
    recorded = attrs.evolve(worker, ratings=(*others, later))
    without = grade_on(never, SAMPLE, on=on, known_on=known_on)
    with_later = grade_on(recorded, SAMPLE, on=on, known_on=known_on)
    assert with_later.outcome == without.outcome


def test_ratings_recorded_later_have_no_consequence_yet() -> None:
    ratings = tuple(
        Rating(period=str(year), value="fail", recorded_on=date(2015, 9, 1))
        for year in (2013, 2014)
    )
    shaanxi, day = load_scheme("shaanxi-2012"), date(2015, 6, 1)
    slip = pay_on(clerk(ratings=ratings), shaanxi, on=day, known_on=day)
    assert slip.derivation.notes == ()


def test_a_placement_recorded_later_is_not_held_against_the_grade() -> None:
    placement = PlacementOnRecord(
        post="staff", grade=5, since=date(2015, 1, 1), recorded_on=date(2019, 1, 1)
    )
    day = date(2018, 1, 1)
    grading = grade_on(clerk(placement=placement), SAMPLE, on=day, known_on=day)
    assert grading.derivation.notes == ()


def test_a_figure_published_in_a_month_does_not_apply_in_that_month() -> None:
    """From the month after publication: no day of July 2018 lies before 1 July 2018."""
    figure = Figure(
        year=2017, fen=1, published_on=PartialDate(2018, 7), citation=Citation(source="text")
    )
    series = ReferenceSeries(measure="m", region="99", unit=SeriesUnit.MONTH, figures=(figure,))
    assert figure_for(series, 2017, known_on=None, published_by=date(2018, 7, 1)) == (figure, False)


def test_months_of_long_ago_are_vague_and_do_not_matter() -> None:
    """Two spells known to their months, as rosters have them (2013.07): 31 × 31 × 31 worlds are refused."""
    spells = (
        ServiceSpell(start=PartialDate(2013, 7), end=PartialDate(2014, 7), title="书记"),
        ServiceSpell(start=PartialDate(2014, 8), title="书记"),
    )
    slip = pay_for_month(clerk(spells=spells), load_scheme("harbin-2016"), year=2016, month=1)
    assert slip.outcome == Decided(240_000)


def test_months_before_the_scheme_that_were_not_served_hide_nothing() -> None:
    """In force from March, served from April: of the half-year only April to June count."""
    version = SAMPLE.versions[0]
    day = date(2018, 3, 1)
    scheme = Scheme((attrs.evolve(version, effective_on=day, attested_from=day),))
    slip = pay_for_month(clerk(start=date(2018, 4, 1)), scheme, year=2018, month=6)
    assert isinstance(slip.outcome, Decided)


def test_a_year_served_in_part_elsewhere_is_part_of_a_period() -> None:
    spells = (
        ServiceSpell(start=date(2012, 1, 1), end=date(2018, 7, 1), post="staff", region="110101"),
        ServiceSpell(start=date(2018, 7, 1), post="staff"),
    )
    version = SAMPLE.versions[0]
    award = attrs.evolve(
        version.pay[-1],
        name="award",
        supplied=False,
        formula=Formula(unit=Unit.FEN, form=Number(cell=Fraction(120_000))),
        accrues_per=Accrual.YEAR,
        paid=Rhythm.YEARLY,
        paid_in=(12,),
    )
    scheme = Scheme((attrs.evolve(version, pay=(award,)),))
    assert pay_for_month(clerk(), scheme, year=2018, month=12).outcome == Decided(120_000)
    slip = pay_for_month(clerk(spells=spells), scheme, year=2018, month=12)
    assert isinstance(slip.outcome, Unspecified)


def test_two_printed_amounts_are_named_by_their_amounts() -> None:
    """A clerk reads 1 and 2 where the sources print 600 and 400 yuan."""
    worker = clerk(
        spells=(ServiceSpell(start=date(2009, 6, 1), post="member"),),
        schooling=(Attainment(value="bachelor"),),
        facts=(StateFact(name="veteran", value="no"),),
    )
    outcome = pay_for_month(worker, load_scheme("shaanxi-2012"), year=2015, month=6).outcome
    assert isinstance(outcome, Unspecified)
    assert ["60000" in one or "600" in one for one in outcome.gaps[0].readings] == [True, False]


def test_a_line_with_two_printed_amounts_is_a_gap() -> None:
    worker = clerk(
        spells=(ServiceSpell(start=date(2009, 6, 1), post="member"),),
        schooling=(Attainment(value="bachelor"),),
        facts=(StateFact(name="veteran", value="no"),),
    )
    slip = pay_for_month(worker, load_scheme("shaanxi-2012"), year=2015, month=6)
    (line,) = (one for one in slip.lines if one.component == "post_allowance")
    assert line.state == "gap"


def test_a_slip_in_a_scope_fact_does_not_pay() -> None:
    facts = (StateFact(name="employment", value="parttime"), STATES[1])
    slip = pay_for_month(clerk(facts=facts), SAMPLE, year=2018, month=3)
    assert not isinstance(slip.outcome, Decided)


def test_a_region_that_is_a_number_is_refused() -> None:
    with pytest.raises(ArgumentError):
        ServiceSpell(start=date(2012, 1, 1), region=43)  # type: ignore[arg-type]


def test_an_exact_day_in_the_year_201_is_refused() -> None:
    """With unknown ratings the walk from year 201 does not end in a minute."""
    with pytest.raises(ArgumentError):
        ServiceSpell(start=date(201, 1, 1), post="staff")


def test_an_event_that_the_words_allow_and_no_certificate_has_is_unknown() -> None:
    """Only the day of registration is on file, and the source's words allow only the day of the report."""
    version = SAMPLE.versions[0]
    effects = tuple(
        attrs.evolve(one, event=Missing(why="x", among=("reported",)))
        if one.fact == "qualification"
        else one
        for one in version.effects
    )
    scheme = Scheme((attrs.evolve(version, effects=effects),))
    held = Attainment(value="assistant", registered=date(2014, 1, 5))
    outcome = grade_on(clerk(qualifications=(held,)), scheme, on=date(2018, 3, 1)).outcome
    assert isinstance(outcome, OneOf)


def test_a_version_of_undecided_publication_stands_only_if_both_ways_agree() -> None:
    """Published some day of 2018, asked as known on 1 June 2018: the older version may be all that was known."""
    version = SAMPLE.versions[0]
    older = attrs.evolve(version, attested_until=date(2030, 12, 31), probation=None)
    newer = attrs.evolve(
        version,
        published_on=PartialDate(2018),
        effective_on=date(2018, 3, 1),
        attested_from=date(2018, 3, 1),
    )
    both = Scheme((older, newer))
    worker = clerk(start=date(2018, 2, 1))
    slip = pay_for_month(worker, both, year=2018, month=4, known_on=date(2018, 6, 1))
    assert not isinstance(slip.outcome, Decided)


def test_two_spells_without_a_post_may_be_in_two_posts() -> None:
    def spells(one: str | None, other: str | None) -> tuple[ServiceSpell, ...]:
        return (
            ServiceSpell(start=date(2012, 1, 1), end=date(2018, 4, 1), post=one),
            ServiceSpell(start=date(2018, 4, 1), post=other),
        )

    posts = ("staff", "deputy", "principal")
    each: set[int] = set()
    for one in posts:
        for other in posts:
            each |= gross(clerk(spells=spells(one, other)), 2018, 6)
    assert gross(clerk(spells=spells(None, None)), 2018, 6) == each


def test_of_combinations_that_are_too_many_no_line_is_shown_as_certain() -> None:
    """The first of many combinations says nothing about the others."""
    spells = tuple(
        ServiceSpell(start=PartialDate(year, 3), end=PartialDate(year + 1, 5), title="委员")
        for year in (2008, 2010, 2012)
    )
    worker = Worker(id="1", spells=(*spells, ServiceSpell(start=date(2015, 1, 1), title="委员")))
    slip = pay_for_month(worker, load_scheme("sample-3x18"), year=2017, month=3)
    assert isinstance(slip.outcome, Unspecified)
    assert slip.lines == ()
