"""A second ladder beside the grade, ratings that hold a rise back, tallies, and grades by points."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Final

import attrs
import pytest

from cwgrade.choices import Choices, explore
from cwgrade.facts import Facts
from cwgrade.grading import Placement, grade_on
from cwgrade.outcomes import Decided, OneOf, Unspecified
from cwgrade.pay import pay_on
from cwgrade.reasoner import Instant
from cwgrade.scheme import Scheme
from cwgrade.statement import outcome_text
from cwgrade.statement.why import grade_sentences
from cwgrade.statement.words import Words
from cwgrade.worker import UNKNOWN, Attainment, PlacementOnRecord, Rating, ServiceSpell, Worker
from tests.property.invented import clerk
from tests.property.varied import STEPPED, sample_with

MARCH: Final = date(2018, 3, 1)


def rated(*values: str, start: int = 2012, **facts: object) -> Worker:
    """Give a clerk since the beginning of a year, with a rating for each year from it on."""
    ratings = tuple(
        Rating(period=str(start + place), value=value) for place, value in enumerate(values)
    )
    return clerk(start=date(start, 1, 1), ratings=ratings, **facts)


def steps(worker: Worker, on: date = MARCH, scheme: Scheme = STEPPED) -> set[int | None]:
    match grade_on(worker, scheme, on=on).outcome:
        case Decided(value):
            return {value.step}
        case OneOf(values=values):
            return {one.step for one in values}
        case other:
            raise AssertionError(other)


def amounts(worker: Worker, on: date = MARCH) -> dict[str, int | None]:
    return {line.component: line.accrued_fen for line in pay_on(worker, STEPPED, on=on).lines}


class TestSteps:
    def test_grade_and_step_stand_side_by_side(self) -> None:
        # six full years at the end of 2017: two grades, six steps
        outcome = grade_on(clerk(), STEPPED, on=MARCH).outcome
        assert outcome == Decided(Placement(grade=3, post="staff", step=7))

    @pytest.mark.parametrize(
        ("schooling", "step"), [("college", 7), ("bachelor", 8), ("doctor", 12)]
    )
    def test_schooling_gives_the_first_step(self, schooling: str, step: int) -> None:
        held = (Attainment(value=schooling, obtained=date(2010, 7, 1)),)
        assert steps(clerk(schooling=held)) == {step}

    def test_unknown_schooling_leaves_the_steps_that_it_may_give(self) -> None:
        assert steps(clerk(schooling=UNKNOWN)) == {7, 8, 10, 12}

    def test_a_credit_feeds_its_own_ladder(self) -> None:
        honoured = clerk(honours=(Attainment(value="provincial", obtained=date(2015, 5, 1)),))
        found = grade_on(honoured, STEPPED, on=MARCH).placement
        assert (found.grade, found.step) == (4, 9)

    def test_a_rating_lowers_the_ladder_that_it_names(self) -> None:
        worker = rated("competent", "competent", "fail", "competent", "competent", "competent")
        found = grade_on(worker, STEPPED, on=MARCH).placement
        # five years count: one grade; five steps less one
        assert (found.grade, found.step) == (2, 5)

    def test_the_top_of_the_ladder(self) -> None:
        assert steps(rated(*("competent",) * 28, start=1990)) == {20}

    def test_the_step_has_its_pay(self) -> None:
        assert amounts(clerk())["step_pay"] == 16_000

    def test_a_step_on_record(self) -> None:
        placement = PlacementOnRecord(
            post="staff",
            grade=5,
            since=date(2015, 1, 1),
            step=11,
            step_since=date(2016, 1, 1),
            step_months_served=6,
        )
        found = grade_on(clerk(placement=placement), STEPPED, on=MARCH).placement
        # 24 months since, and 6 served before
        assert (found.grade, found.step) == (6, 13)

    def test_a_grade_on_record_without_a_step_leaves_the_step_to_the_years(self) -> None:
        placement = PlacementOnRecord(post="staff", grade=5, since=date(2015, 1, 1))
        found = grade_on(clerk(placement=placement), STEPPED, on=MARCH).placement
        assert (found.grade, found.step) == (6, 7)

    def test_it_is_told_in_both_languages(self) -> None:
        grading = grade_on(clerk(), STEPPED, on=MARCH)
        told = outcome_text(grading.outcome, version=STEPPED.versions[0])
        assert told == "staff, grade 3, step 7."
        told = outcome_text(grading.outcome, "zh", version=STEPPED.versions[0])
        assert told == "工作人员 3 级，薪级 7 级。"
        told = "\n".join(grade_sentences(grading, Words("en", version=STEPPED.versions[0])))
        assert "The sum is 7; grades 1 to 20 belong to the post (staff), so the step is 7." in told


class TestHeldBack:
    """Steps rise each year; basic and fail neither count nor let a rise come."""

    @pytest.mark.parametrize(
        ("ratings", "step"),
        [
            ("competent competent", 3),
            ("competent basic", 2),
            ("competent basic competent", 3),
            ("basic basic competent competent", 3),
        ],
    )
    def test_a_year_that_does_not_count_gives_no_step(self, ratings: str, step: int) -> None:
        worker = rated(*ratings.split())
        assert steps(worker, on=date(2012 + len(ratings.split()), 3, 1)) == {step}

    def test_a_rise_that_is_due_waits_for_a_year_that_lets_it_come(self) -> None:
        scheme = sample_with(
            """
[assessment.ratings]
competent = { label = { zh = "合格", en = "competent" } }
basic = { label = { zh = "基本合格", en = "basic" }, rises = false }
excellent = { label = { zh = "优秀", en = "excellent" } }
fail = { label = { zh = "不合格", en = "fail" } }
unrated = { label = { zh = "不定等次", en = "unrated" } }
"""
        )

        def grade(*values: str, on: date) -> int:
            return grade_on(rated(*values), scheme, on=on).placement.grade

        three = ("competent", "competent", "basic")
        # three years are full at the end of 2014, and the third holds the rise back
        assert grade("competent", "competent", "competent", on=date(2015, 3, 1)) == 2
        assert grade(*three, on=date(2015, 3, 1)) == 1
        assert grade(*three, on=date(2015, 12, 31)) == 1
        assert grade(*three, "basic", on=date(2016, 3, 1)) == 1
        assert grade(*three, "competent", on=date(2016, 3, 1)) == 2
        # it is late, and not lost: the next one comes when six years are full
        more = ("competent", "competent", "competent")
        assert grade(*three, *more, on=date(2018, 3, 1)) == 3


class TestTallies:
    @pytest.mark.parametrize(
        ("ratings", "tops", "row"),
        [
            ("competent competent competent competent competent competent", 0, 6),
            ("excellent excellent excellent excellent competent excellent", 2, 6),
            ("competent competent basic competent excellent competent", 1, 3),
            ("competent competent competent competent competent fail", 0, 0),
        ],
    )
    def test_of_ratings(self, ratings: str, tops: int, row: int) -> None:
        paid = amounts(rated(*ratings.split()))
        assert (paid["tops"], paid["row"]) == (tops * 1000, row * 500)

    def test_a_rating_that_is_not_out_is_passed_over(self) -> None:
        late = Rating(period="2017", value="excellent", announced=date(2018, 4, 1))
        worker = rated(*("competent",) * 5)
        worker = attrs.evolve(worker, ratings=(*worker.ratings, late))
        scheme = sample_with(
            """
[effect.rating]
event = "announced"
takes = "same_day"
source = "text"

[tallies.tops]
label = "tops"
ratings = ["excellent"]
source = "text"

[pay.tops]
label = "tops"
by = "tops"
yuan = { "0" = 0 }
otherwise = 7
source = "text"
"""
        )
        found = {}
        for on in (MARCH, date(2018, 4, 2)):
            lines = pay_on(worker, scheme, on=on).lines
            found[on] = next(one.accrued_fen for one in lines if one.component == "tops")
        assert list(found.values()) == [0, 700]

    def test_an_unknown_rating_is_what_settles(self) -> None:
        worker = rated("competent", "competent", "competent", "competent", "competent")
        outcome = pay_on(worker, STEPPED, on=MARCH).outcome
        assert isinstance(outcome, OneOf)
        assert outcome.settled_by == "ratings.2017"


class TestGradedBy:
    SCHEME: Final = sample_with(
        """
[ladder]
label = { zh = "岗位等级", en = "grade" }
grades = [1, 18]
graded_by = "by_points"
source = "text"

[assessment.ratings]
excellent = { label = "优秀" }
competent = { label = "合格" }
basic = { label = "基本合格" }
fail = { label = "不合格" }
unrated = { label = "不定等次" }

[tallies.tops]
label = "tops"
ratings = ["excellent"]
source = "text"

[quantities.of_tops]
label = "points of excellent years"
product = ["tops", "each"]
source = "text"

[quantities.each]
label = "each"
points = 10
source = "text"

[quantities.of_years]
label = "points of years"
bands_of = "service_years"
from = [1, 3, 5]
points = [10, 20, 40]
boundary = "reached"
source = "text"

[quantities.points]
label = "points"
sum = ["of_tops", "of_years"]
source = "text"

[quantities.by_points]
label = "grade by points"
bands_of = "points"
from = [0, 40, 60]
grades = [1, 3, 14]
boundary = "reached"
source = "text"
""",
        without=("credits.deemed", "credits.deemed.months", "assessment.early"),
    )

    @pytest.mark.parametrize(
        ("ratings", "grade"),
        [
            ("competent competent competent competent competent competent", 3),
            ("competent competent competent competent excellent competent", 3),
            # brought into the range of the post
            ("competent excellent competent competent excellent competent", 12),
        ],
    )
    def test_points_give_the_grade(self, ratings: str, grade: int) -> None:
        assert grade_on(rated(*ratings.split()), self.SCHEME, on=MARCH).placement.grade == grade

    def test_from_a_placement_on_record_only_growth_is_added(self) -> None:
        placement = PlacementOnRecord(post="staff", grade=5, since=date(2015, 1, 1))
        worker = attrs.evolve(rated(*("competent",) * 6), placement=placement)
        # 20 points then, 40 now: two grades more
        assert grade_on(worker, self.SCHEME, on=MARCH).placement.grade == 7

    def test_ratings_that_are_not_known_at_all_are_too_many_and_that_is_said_at_once(self) -> None:
        runs = 0

        def run(choices: Choices) -> None:
            nonlocal runs
            runs += 1
            facts = Facts(worker, self.SCHEME.versions[0], None, choices)
            Instant(facts, MARCH).step("tops")

        worker = clerk(start=date(2008, 1, 1), ratings=())
        assert not explore(run).complete
        assert runs == 1


class TestWaitingByPost:
    SCHEME: Final = sample_with(
        """
[ladder]
label = { zh = "岗位等级", en = "grade" }
grades = [1, 18]
start = "first_of_post"
waiting_years = { principal = 1, deputy = 2, staff = { missing = "not stated" } }
source = "text"
"""
    )

    def test_each_post_has_its_own(self) -> None:
        found = {}
        for post in ("principal", "deputy"):
            worker = clerk(spells=(ServiceSpell(start=date(2012, 1, 1), post=post),))
            found[post] = grade_on(worker, self.SCHEME, on=MARCH).placement.grade
        assert found == {"principal": 13, "deputy": 7}

    def test_one_of_them_may_be_missing(self) -> None:
        outcome = grade_on(clerk(), self.SCHEME, on=MARCH).outcome
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == ["ladder.waiting_years.staff"]


class TestUnknownRatings:
    """A tally of the last years has their ratings tried one by one; those before travel up the ladder as sets."""

    SCHEME: Final = sample_with(
        """
[tallies.tops]
label = "tops"
ratings = ["excellent"]
last_years = 2
source = "text"

[credits.tops]
label = "tops"
by = "tops"
grades = { "0" = 0, "1" = 1, "2" = 2 }
source = "text"
"""
    )

    def test_many_of_them_leave_an_answer(self) -> None:
        outcome = grade_on(clerk(start=date(2004, 1, 1), ratings=()), self.SCHEME, on=MARCH).outcome
        assert isinstance(outcome, OneOf)

    def test_the_answers_are_those_that_they_can_give(self) -> None:
        known = rated("competent", "competent")
        scale = ("excellent", "competent", "basic", "fail", "unrated")
        each = set()
        for values in itertools.product(scale, repeat=4):
            worker = rated("competent", "competent", *values)
            each.add(grade_on(worker, self.SCHEME, on=MARCH).placement.grade)
        outcome = grade_on(known, self.SCHEME, on=MARCH).outcome
        assert isinstance(outcome, OneOf)
        assert {one.grade for one in outcome.values} == each

    STEPS: Final = sample_with(
        """
[step]
label = "step"
grades = [1, 20]
start = 1
waiting_years = 1
source = "text"
"""
    )

    @pytest.mark.parametrize("first", ["grade", "step"])
    def test_one_history_makes_grade_and_step(self, first: str) -> None:
        scale = ("excellent", "competent", "basic", "fail", "unrated")
        each = {
            (found.grade, found.step)
            for values in itertools.product(scale, repeat=4)
            for found in (
                grade_on(rated("competent", "competent", *values), self.STEPS, on=MARCH).placement,
            )
        }
        version = self.STEPS.versions[0]
        found = set()

        def run(choices: Choices) -> None:
            facts = Facts(rated("competent", "competent"), version, None, choices, {})
            instant = Instant(facts, MARCH)
            instant.step(first)
            found.add((instant.step("grade").result, instant.step("step").result))

        assert explore(run).complete
        assert found == each

    def test_many_of_them_leave_grades_and_steps(self) -> None:
        worker = clerk(start=date(2004, 1, 1), ratings=())
        assert isinstance(grade_on(worker, STEPPED, on=MARCH).outcome, Unspecified)
        assert isinstance(grade_on(worker, self.STEPS, on=MARCH).outcome, OneOf)
