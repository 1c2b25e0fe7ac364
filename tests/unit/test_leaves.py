"""What the leaves find in a worker's history: facts, ratings, the ladder, probation, posts."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs
import pytest

from cwgrade.dates import PartialDate, Takes
from cwgrade.errors import CannotDecide
from cwgrade.gaps import Missing
from cwgrade.grading import Grading, Placement, grade_on, in_scope
from cwgrade.ladder import Boundary
from cwgrade.law.ladder import Cap
from cwgrade.law.posts import ConcurrentRule
from cwgrade.outcomes import Decided, NotEligible, OneOf, Unspecified
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.timeline import Standing
from cwgrade.worker import (
    UNKNOWN,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    Worker,
)
from tests.property.invented import SAMPLE, STATES, clerk

VERSION: Final = SAMPLE.versions[0]
MARCH: Final = date(2018, 3, 1)


def changed(**fields: Any) -> Scheme:
    return Scheme((attrs.evolve(VERSION, **fields),))


def with_section(section: str, **fields: Any) -> Scheme:
    stated: Any = getattr(VERSION, section)
    return changed(**{section: attrs.evolve(stated, **fields)})


def with_effect(fact: str, **fields: Any) -> Scheme:
    effects = tuple(
        attrs.evolve(one, **fields) if one.fact == fact else one for one in VERSION.effects
    )
    return changed(effects=effects)


def grades(worker: Worker, scheme: Scheme = SAMPLE, on: date = MARCH) -> set[int]:
    match grade_on(worker, scheme, on=on).outcome:
        case Decided(value):
            return {value.grade}
        case OneOf(values=values):
            return {one.grade for one in values}
        case other:
            raise AssertionError(other)


def gaps(grading: Grading) -> list[tuple[str, str]]:
    assert isinstance(grading.outcome, Unspecified), grading.outcome
    return [(gap.path, gap.why) for gap in grading.outcome.gaps]


class TestAttained:
    """A clerk since 2012 holds grade 3 in 2018; an assistant's certificate gives one more."""

    def holding(self, **days: Any) -> Worker:
        return clerk(qualifications=(Attainment(value="assistant", **days),))

    @pytest.mark.parametrize(
        ("days", "found"),
        [
            # takes effect on the first of the month after registration
            ({"registered": date(2018, 2, 28)}, {4}),
            ({"registered": date(2018, 3, 1)}, {3}),
            # all its possible days before or after
            ({"registered": PartialDate(2018, 2)}, {4}),
            ({"registered": PartialDate(2018, 3)}, {3}),
            # in part before, in part after
            ({"registered": PartialDate(2018)}, {3, 4}),
            # another day of its life is known, the one that counts is not
            ({"obtained": date(2010, 1, 1)}, {3, 4}),
            # a certificate without any day is held on every day
            ({}, {4}),
        ],
    )
    def test_by_the_day_that_counts(self, days: dict[str, Any], found: set[int]) -> None:
        assert grades(self.holding(**days)) == found

    def test_the_unknown_day_is_what_settles(self) -> None:
        outcome = grade_on(self.holding(obtained=date(2010, 1, 1)), SAMPLE, on=MARCH).outcome
        assert isinstance(outcome, OneOf)
        assert outcome.settled_by == "qualification[0].registered"

    def test_the_highest_that_has_taken_effect_counts(self) -> None:
        both = (
            Attainment(value="assistant", registered=date(2012, 1, 1)),
            Attainment(value="senior", registered=date(2018, 6, 1)),
        )
        assert grades(clerk(qualifications=both)) == {4}
        assert grades(clerk(qualifications=both), on=date(2018, 7, 1)) == {6}

    def test_a_missing_event_is_read_in_every_way_that_the_file_allows(self) -> None:
        scheme = with_effect("qualification", event=Missing(why="not stated"))
        between = self.holding(obtained=date(2018, 1, 5), registered=date(2018, 5, 5))
        assert gaps(grade_on(between, scheme, on=MARCH)) == [
            ("effect.qualification.event", "not stated")
        ]
        assert grades(between, scheme, on=date(2018, 7, 1)) == {4}
        only_one = self.holding(obtained=date(2018, 1, 5))
        assert grades(only_one, scheme) == {4}


class TestStates:
    def on_day(self, facts: tuple[StateFact, ...], on: date = MARCH) -> object:
        return in_scope(clerk(facts=(*facts, STATES[1])), SAMPLE, on=on).outcome

    def test_the_latest_entry_holds(self) -> None:
        facts = (
            StateFact(name="employment", value="part_time", start=date(2018, 3, 2)),
            StateFact(name="employment", value="full_time"),
        )
        assert self.on_day(facts) == Decided(value=True)
        assert isinstance(self.on_day(facts, on=date(2018, 3, 2)), NotEligible)

    @pytest.mark.parametrize(
        "facts",
        [
            (),
            (StateFact(name="employment", value=UNKNOWN),),
            # nothing is known before its first day
            (StateFact(name="employment", value="full_time", start=date(2018, 3, 2)),),
        ],
    )
    def test_an_unknown_state_is_asked_for(self, facts: tuple[StateFact, ...]) -> None:
        outcome = self.on_day(facts)
        assert isinstance(outcome, OneOf)
        assert outcome.values == (True,)
        assert outcome.settled_by == "employment"
        assert [reason.code for reason in outcome.reasons] == ["out-of-scope"]


class TestRatings:
    def test_an_announced_rating_takes_effect_when_it_is_announced(self) -> None:
        scheme = with_effect("rating", event="announced", takes=Takes.SAME_DAY)
        ratings = (
            *(Rating(period=str(year), value="competent") for year in range(2012, 2017)),
            Rating(period="2017", value="fail", announced=date(2018, 3, 15)),
        )
        worker = clerk(ratings=ratings)
        assert grades(worker, scheme, on=date(2018, 3, 14)) == {3}
        # the failed year is left out (60 months, one rise) and lowers the grade
        assert grades(worker, scheme, on=date(2018, 3, 15)) == {1}
        slip = pay_for_month(worker, scheme, year=2018, month=3)
        pieces = [step for step in slip.derivation.root.walk() if step.code == "piece"]
        assert {dict(step.inputs)["start"] for step in pieces} == {
            date(2018, 3, 1),
            date(2018, 3, 15),
        }
        assert slip.standing is Standing.PROVISIONAL

    def test_a_rating_without_a_day_of_announcement_counts_as_announced(self) -> None:
        scheme = with_effect("rating", event="announced", takes=Takes.SAME_DAY)
        assert grades(clerk(), scheme) == {3}

    def test_announced_in_some_month(self) -> None:
        scheme = with_effect("rating", event="announced", takes=Takes.SAME_DAY)
        ratings = (
            *(Rating(period=str(year), value="competent") for year in range(2012, 2017)),
            Rating(period="2017", value="fail", announced=PartialDate(2018, 3)),
        )
        for on, found in ((MARCH, {1, 3}), (date(2018, 2, 28), {3}), (date(2018, 3, 31), {1})):
            assert grades(clerk(ratings=ratings), scheme, on=on) == found

    @pytest.mark.parametrize("until", ["counted", "not_counted"])
    def test_a_year_whose_rating_is_not_out(self, until: str) -> None:
        stated: Any = VERSION.assessment
        assessment = attrs.evolve(stated, until_announced=until)
        effects = tuple(
            attrs.evolve(one, event="announced", takes=Takes.SAME_DAY)
            if one.fact == "rating"
            else one
            for one in VERSION.effects
        )
        scheme = changed(assessment=assessment, effects=effects)
        ratings = (
            *(Rating(period=str(year), value="competent") for year in range(2012, 2017)),
            Rating(period="2017", value="competent", announced=date(2018, 6, 1)),
        )
        worker = clerk(ratings=ratings)
        assert grades(worker, scheme) == ({3} if until == "counted" else {2})
        assert grades(worker, scheme, on=date(2018, 6, 1)) == {3}

    def test_it_is_not_said_how_such_a_year_counts(self) -> None:
        stated: Any = VERSION.assessment
        assessment = attrs.evolve(stated, until_announced=Missing(why="not stated"))
        effects = tuple(
            attrs.evolve(one, event="announced") if one.fact == "rating" else one
            for one in VERSION.effects
        )
        ratings = (
            *(Rating(period=str(year), value="competent") for year in range(2012, 2017)),
            Rating(period="2017", value="competent", announced=date(2018, 6, 1)),
        )
        grading = grade_on(
            clerk(ratings=ratings), changed(assessment=assessment, effects=effects), on=MARCH
        )
        assert gaps(grading) == [("assessment.until_announced", "not stated")]

    @pytest.mark.parametrize("year", ["2016", "2017"])
    def test_a_rating_that_the_scale_does_not_have_is_not_guessed(self, year: str) -> None:
        ratings = (
            *(one for one in clerk().ratings if one.period != year),
            Rating(period=year, value="good"),
        )
        assert gaps(grade_on(clerk(ratings=ratings), SAMPLE, on=MARCH)) == [
            ("assessment.ratings", "rating-not-on-scale")
        ]
        slip = pay_on(clerk(ratings=ratings), SAMPLE, on=MARCH)
        assert isinstance(slip.outcome, Unspecified)

    def test_ratings_of_parts_of_a_year_are_not_ratings_of_the_year(self) -> None:
        ratings = (
            *(one for one in clerk().ratings if one.period != "2017"),
            Rating(period="2017H1", value="fail"),
        )
        assert grades(clerk(ratings=ratings)) == {1, 2, 3}


class TestLadder:
    def ladder(self, **fields: Any) -> Scheme:
        return with_section("ladder", **fields)

    def test_a_waiting_period_that_is_missing_hides_every_rise(self) -> None:
        scheme = self.ladder(waiting_months=Missing(why="the years are not stated"))
        assert gaps(grade_on(clerk(), scheme, on=MARCH)) == [
            ("ladder.waiting_years", "the years are not stated")
        ]
        new = clerk(start=date(2018, 1, 1), ratings=())
        assert grades(new, scheme) == {1}

    def test_a_start_that_is_missing_hides_the_grade(self) -> None:
        scheme = self.ladder(start=Missing(why="not stated"))
        assert gaps(grade_on(clerk(), scheme, on=MARCH)) == [("ladder.start", "not stated")]

    @pytest.mark.parametrize(("cap", "grade"), [(Cap.AT_END, 12), (Cap.EACH_RISE, 11)])
    def test_the_top_is_applied_to_the_sum_or_to_each_rise(self, cap: Cap, grade: int) -> None:
        """42 years are 14 rises, for 11 of which there is room; then a year is failed."""
        ratings = tuple(
            Rating(period=str(year), value="fail" if year == 2017 else "competent")
            for year in range(1974, 2018)
        )
        worker = clerk(start=date(1974, 1, 1), ratings=ratings)
        assert grades(worker, self.ladder(cap=cap)) == {grade}

    def test_each_rise_from_a_start_that_is_one_for_all(self) -> None:
        scheme = self.ladder(cap=Cap.EACH_RISE, start=1)
        ratings = tuple(Rating(period=str(year), value="competent") for year in range(1974, 2018))
        assert grades(clerk(start=date(1974, 1, 1), ratings=ratings), scheme) == {12}

    @pytest.mark.parametrize(("boundary", "grade"), [(Boundary.REACHED, 3), (Boundary.EXCEEDED, 2)])
    def test_thresholds(self, boundary: Boundary, grade: int) -> None:
        scheme = self.ladder(waiting_months=None, thresholds=(24, 72, 120), boundary=boundary)
        assert grades(clerk(), scheme) == {grade}

    def test_a_boundary_that_is_missing_matters_on_the_boundary_only(self) -> None:
        scheme = self.ladder(
            waiting_months=None, thresholds=(24, 72, 120), boundary=Missing(why="not stated")
        )
        assert gaps(grade_on(clerk(), scheme, on=MARCH)) == [("ladder.boundary", "not stated")]
        assert grades(clerk(), scheme, on=date(2017, 3, 1)) == {2}

    def test_deemed_months_that_are_missing_hide_the_rises(self) -> None:
        deemed: Any = next(one for one in VERSION.credits if one.name == "deemed")
        form = attrs.evolve(deemed.formula.form, otherwise=Missing(why="not stated"))
        hidden = attrs.evolve(deemed, formula=attrs.evolve(deemed.formula, form=form))
        credits_ = tuple(hidden if one is deemed else one for one in VERSION.credits)
        assert gaps(grade_on(clerk(), changed(credits=credits_), on=MARCH)) == [
            ("credits.deemed.below_senior.none", "not stated")
        ]


class TestPlacementOnRecord:
    def placed(self, **fields: Any) -> Worker:
        known = {"post": "staff", "grade": 5, "since": date(2015, 1, 1)}
        return clerk(placement=PlacementOnRecord(**{**known, **fields}))

    def test_the_ladder_starts_there(self) -> None:
        assert grades(self.placed(), on=date(2015, 1, 1)) == {5}
        assert grades(self.placed(), on=date(2017, 12, 31)) == {5}
        assert grades(self.placed(), on=date(2018, 1, 1)) == {6}

    def test_months_already_served_come_off_the_wait(self) -> None:
        assert grades(self.placed(months_served=12), on=date(2017, 1, 1)) == {6}
        assert grades(self.placed(months_served=11), on=date(2017, 1, 1)) == {5}

    def test_before_its_day_it_says_nothing(self) -> None:
        assert grades(self.placed(), on=date(2014, 12, 31)) == {1}

    def test_a_recorded_grade_that_differs_is_a_finding(self) -> None:
        notes = grade_on(self.placed(), SAMPLE, on=MARCH).derivation.notes
        assert [(note.code, dict(note.facts)["computed"]) for note in notes] == [
            ("recorded-grade-differs", "2")
        ]
        agreeing = grade_on(self.placed(grade=2), SAMPLE, on=MARCH).derivation.notes
        assert [note.code for note in agreeing] == ["recorded-grade-agrees"]

    def test_where_there_are_no_earlier_facts_there_is_no_finding(self) -> None:
        worker = attrs.evolve(
            self.placed(), spells=(ServiceSpell(start=date(2015, 1, 1), post="staff"),)
        )
        assert grade_on(worker, SAMPLE, on=MARCH).derivation.notes == ()

    @pytest.mark.parametrize("title", ["网格员", "工作人员", "staff"])
    def test_its_post_may_be_a_title(self, title: str) -> None:
        assert grades(self.placed(post=title)) == {6}

    def test_a_title_that_is_not_mapped(self) -> None:
        assert gaps(grade_on(self.placed(post="总干事"), SAMPLE, on=MARCH)) == [
            ("posts", "unmapped-title")
        ]

    def test_a_post_that_has_changed_since(self) -> None:
        assert gaps(grade_on(self.placed(post="deputy"), SAMPLE, on=MARCH)) == [
            ("placement", "post-changed-since-placement")
        ]

    def test_only_what_a_credit_has_grown_by_is_added(self) -> None:
        before = Attainment(value="assistant", registered=date(2014, 6, 1))
        after = Attainment(value="senior", registered=date(2016, 6, 1))
        placed = attrs.evolve(self.placed(), qualifications=(before,))
        assert grades(placed) == {6}
        assert grades(attrs.evolve(placed, qualifications=(before, after))) == {8}

    def test_a_grade_off_the_rungs_of_thresholds(self) -> None:
        scheme = with_section("ladder", waiting_months=None, thresholds=(24, 60))
        for grade, found in ((2, 3), (9, 9)):
            assert grades(self.placed(grade=grade), scheme) == {found}


class TestPosts:
    @pytest.mark.parametrize(
        ("title", "near"), [("网格", ("网格", "网格员")), ("总干事", ("总干事",))]
    )
    def test_a_title_that_is_not_mapped_is_told_with_a_suggestion(
        self, title: str, near: tuple[str, ...]
    ) -> None:
        worker = clerk(spells=(ServiceSpell(start=date(2012, 1, 1), title=title),))
        outcome = grade_on(worker, SAMPLE, on=MARCH).outcome
        assert isinstance(outcome, Unspecified)
        assert outcome.gaps[0].readings == near

    def test_a_spell_without_a_post_may_be_in_any(self) -> None:
        worker = clerk(spells=(ServiceSpell(start=date(2012, 1, 1)),))
        outcome = grade_on(worker, SAMPLE, on=MARCH).outcome
        assert isinstance(outcome, OneOf)
        assert outcome.values == (
            Placement(grade=3, post="staff"),
            Placement(grade=6, post="deputy"),
            Placement(grade=9, post="principal"),
        )

    @pytest.mark.parametrize(("paid_at", "post"), [("highest", "deputy"), ("lowest", "staff")])
    def test_two_posts_on_one_day(self, paid_at: str, post: str) -> None:
        spells = tuple(
            ServiceSpell(start=date(2012, 1, 1), post=one) for one in ("staff", "deputy")
        )
        scheme = with_section("concurrent_posts", paid_at=ConcurrentRule(paid_at))
        assert grade_on(clerk(spells=spells), scheme, on=MARCH).placement.post == post

    def test_service_elsewhere_is_no_post_here(self) -> None:
        spells = (ServiceSpell(start=date(2012, 1, 1), post="staff", region="9902"),)
        outcome = grade_on(clerk(spells=spells), SAMPLE, on=MARCH).outcome
        assert isinstance(outcome, NotEligible)
        with pytest.raises(CannotDecide, match="does not serve in this scheme's place"):
            _ = grade_on(clerk(spells=spells), SAMPLE, on=MARCH).placement

    def test_an_unknown_place_is_tried_near_and_far(self) -> None:
        spells = (
            ServiceSpell(
                start=date(2012, 1, 1), end=date(2015, 1, 1), post="staff", region=UNKNOWN
            ),
            ServiceSpell(start=date(2015, 1, 1), post="staff"),
        )
        assert grades(clerk(spells=spells)) == {2, 3}

    def test_a_spell_that_its_vague_days_may_leave_empty(self) -> None:
        month = PartialDate(2018, 2)
        spells = (ServiceSpell(start=month, end=month, post="staff"),)
        outcome = in_scope(clerk(spells=spells), SAMPLE, on=date(2018, 2, 10)).outcome
        assert isinstance(outcome, OneOf)
        assert [reason.code for reason in outcome.reasons] == ["not-in-service"]

    def test_a_grade_that_is_not_certain_is_blocked(self) -> None:
        worker = clerk(spells=(ServiceSpell(start=date(2012, 1, 1)),))
        grading = grade_on(worker, SAMPLE, on=MARCH)
        assert grading.standing is Standing.BLOCKED
        with pytest.raises(CannotDecide, match=r"3 possible answers .*: spells\[0\].post"):
            _ = grading.placement
        assert grade_on(clerk(), SAMPLE, on=MARCH).standing is Standing.FINAL


class TestProbation:
    def test_six_months_to_the_day(self) -> None:
        worker = clerk(start=date(2017, 9, 15))
        amounts = {
            on: next(
                one.accrued_fen
                for one in pay_on(worker, SAMPLE, on=on).lines
                if one.component == "basic"
            )
            for on in (date(2018, 3, 14), date(2018, 3, 15))
        }
        assert amounts == {date(2018, 3, 14): 142_968, date(2018, 3, 15): 178_710}

    def test_a_length_that_is_missing_hides_what_hangs_on_it(self) -> None:
        assert VERSION.probation is not None
        probation = attrs.evolve(VERSION.probation, months=Missing(why="not stated"))
        slip = pay_on(clerk(), changed(probation=probation), on=MARCH)
        assert isinstance(slip.outcome, Unspecified)
        assert [gap.path for gap in slip.outcome.gaps] == ["probation.months"]
