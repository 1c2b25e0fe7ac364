"""Faults that the laws found and that are mended: each is the smallest case, kept so that it stays mended."""

from __future__ import annotations

from datetime import date

import attrs

from cwgrade.catalogue import load_scheme
from cwgrade.dates import PartialDate
from cwgrade.grading import grade_on, in_scope
from cwgrade.outcomes import Decided, OneOf
from cwgrade.pay import pay_for_month, pay_on
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
