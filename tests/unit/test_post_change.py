"""A change of post: the grade recomputed, kept or shifted, and the day from which the new post counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import attrs
import pytest

from cwgrade.cli.needs import omissions
from cwgrade.dates import AnnualDay, PartialDate, Takes
from cwgrade.gaps import Missing
from cwgrade.grading import grade_on
from cwgrade.ladder import WaitingAfter
from cwgrade.law.post_change import ChangeRule, PostChange
from cwgrade.outcomes import Decided, OneOf, Outcome, Unspecified
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement import derivation_text
from cwgrade.statement.why import grade_sentences
from cwgrade.statement.words import Words
from cwgrade.worker import PlacementOnRecord, Rating, ServiceSpell, Worker
from tests.property.invented import clerk
from tests.unit.test_leaves import changed, with_section

MARCH: Final = date(2018, 3, 1)
KEPT, SHIFTED, RECOMPUTED = ChangeRule.KEPT, ChangeRule.SHIFTED, ChangeRule.RECOMPUTED


def scheme(rule: ChangeRule = KEPT, **fields: Any) -> Scheme:
    """Give the sample with a rule; its ranges are staff 1–12, deputy 4–15, principal 7–18."""
    known = {"rule": rule, "waiting": WaitingAfter.KEPT, "takes": Takes.SAME_DAY, "source": "text"}
    if rule is RECOMPUTED:
        del known["waiting"]
    return changed(post_change=PostChange(**{**known, **fields}))


def moved(*held: tuple[date, str], **facts: Any) -> Worker:
    """Give somebody who holds one post after the other; every year is rated competent."""
    ends = [start for start, _ in held[1:]]
    spells = tuple(
        ServiceSpell(start=start, end=end, post=post)
        for (start, post), end in zip(held, [*ends, None], strict=True)
    )
    return clerk(start=held[0][0], **{"spells": spells, **facts})


UP: Final = moved((date(2012, 1, 1), "staff"), (date(2016, 7, 1), "deputy"))
"""Staff from 2012, deputy from July 2016; three years are full at the end of 2014 and of 2017."""
DOWN: Final = moved((date(2012, 1, 1), "deputy"), (date(2016, 7, 1), "staff"))


def grade(worker: Worker, by: Scheme, on: date = MARCH) -> int:
    return grade_on(worker, by, on=on).placement.grade


def outcome(worker: Worker, by: Scheme, on: date = MARCH) -> Outcome[Any]:
    return grade_on(worker, by, on=on).outcome


class TestRules:
    @pytest.mark.parametrize(
        ("worker", "rule", "fields", "in_2017", "in_2018"),
        [
            # staff 1 + 1 is 2, below the deputies' 4; from there one more when six years are full
            (UP, KEPT, {}, 4, 5),
            (UP, RECOMPUTED, {}, 5, 6),
            (UP, SHIFTED, {"grades": 3}, 5, 6),
            # deputy 4 + 1 is 5, which staff may hold
            (DOWN, KEPT, {}, 5, 6),
            (DOWN, RECOMPUTED, {}, 2, 3),
            (DOWN, SHIFTED, {"grades": -3}, 2, 3),
            # brought into the range of the new post
            (UP, SHIFTED, {"grades": 40}, 15, 15),
            (DOWN, SHIFTED, {"grades": -40}, 1, 2),
        ],
    )
    def test_of_the_grade(
        self, worker: Worker, rule: ChangeRule, fields: Any, in_2017: int, in_2018: int
    ) -> None:
        by = scheme(rule, **fields)
        assert grade(worker, by, date(2017, 3, 1)) == in_2017
        assert grade(worker, by) == in_2018

    def test_before_the_change_the_old_post_holds(self) -> None:
        assert grade(UP, scheme(), date(2016, 6, 30)) == 2

    def test_a_waiting_period_that_restarts(self) -> None:
        by = scheme(waiting=WaitingAfter.RESTARTS)
        # three years from July 2016 are full in the middle of 2019
        assert [grade(UP, by, date(year, 3, 1)) for year in (2018, 2019, 2020)] == [4, 4, 5]

    def test_each_change_goes_on_from_the_one_before(self) -> None:
        worker = moved(
            (date(2012, 1, 1), "staff"),
            (date(2013, 1, 1), "principal"),
            (date(2016, 7, 1), "deputy"),
        )
        # 1 becomes 7; three years full at the end of 2014 make 8, which deputies may hold
        assert grade(worker, scheme(), date(2016, 7, 1)) == 8
        assert grade(worker, scheme()) == 9

    def test_a_break_is_no_change(self) -> None:
        back = moved((date(2012, 1, 1), "staff"))
        spells = (
            ServiceSpell(start=date(2012, 1, 1), end=date(2014, 1, 1), post="staff"),
            ServiceSpell(start=date(2015, 1, 1), post="staff"),
        )
        worker = clerk(spells=spells)
        assert grade(worker, scheme()) == grade(worker, scheme(RECOMPUTED)) == 2
        assert grade(back, scheme()) == 3

    def test_before_the_scheme_was_in_force_there_was_no_grade_to_keep(self) -> None:
        early = moved((date(2005, 1, 1), "staff"), (date(2011, 7, 1), "deputy"))
        assert grade(early, scheme()) == grade(early, scheme(RECOMPUTED)) == 8

    def test_where_the_first_day_in_force_is_unknown_both_are_tried(self) -> None:
        early = moved((date(2005, 1, 1), "staff"), (date(2011, 7, 1), "deputy"))
        by = changed(
            post_change=scheme().versions[0].post_change,
            effective_on=None,
        )
        found = outcome(early, by)
        assert isinstance(found, Unspecified)
        assert [gap.path for gap in found.gaps] == ["scheme.effective_on"]


class TestWhatIsNotStated:
    def test_a_missing_rule_is_tried_both_ways(self) -> None:
        by = changed(post_change=PostChange())
        found = outcome(UP, by)
        assert isinstance(found, Unspecified)
        assert [gap.path for gap in found.gaps] == ["post_change.rule", "post_change.waiting"]
        # it matters only to those who changed
        assert grade(clerk(), by) == 3

    def test_it_stands_where_both_ways_agree(self) -> None:
        late = moved((date(2012, 1, 1), "staff"), (date(2012, 2, 1), "deputy"))
        by = changed(post_change=PostChange(waiting=WaitingAfter.KEPT, source="text"))
        assert grade(late, by) == 6

    def test_by_how_much_it_is_shifted(self) -> None:
        found = outcome(UP, scheme(SHIFTED, grades=Missing(why="cut off")))
        assert isinstance(found, Unspecified)
        assert [(gap.path, gap.why) for gap in found.gaps] == [("post_change.grades", "cut off")]

    def test_the_post_before_may_not_be_mapped(self) -> None:
        spells = (
            ServiceSpell(start=date(2012, 1, 1), end=date(2016, 7, 1), title="总干事"),
            ServiceSpell(start=date(2016, 7, 1), post="deputy"),
        )
        assert grade(clerk(spells=spells), scheme(RECOMPUTED)) == 6
        found = outcome(clerk(spells=spells), scheme())
        assert isinstance(found, Unspecified)
        assert [gap.why for gap in found.gaps] == ["unmapped-title"]

    def test_an_unknown_post_before_leaves_what_it_may_have_been(self) -> None:
        spells = (
            ServiceSpell(start=date(2012, 1, 1), end=date(2016, 7, 1)),
            ServiceSpell(start=date(2016, 7, 1), post="deputy"),
        )
        assert grade(clerk(spells=spells), scheme(RECOMPUTED)) == 6
        found = outcome(clerk(spells=spells), scheme())
        assert isinstance(found, OneOf)
        assert [one.grade for one in found.values] == [5, 6, 9]
        assert found.settled_by == "spells[0].post"


class TestRatings:
    def rated(self, **ratings: str) -> Worker:
        known = {str(year): "competent" for year in range(2012, 2020)}
        known |= {year.removeprefix("in_"): value for year, value in ratings.items()}
        return moved(
            (date(2012, 1, 1), "staff"),
            (date(2016, 7, 1), "deputy"),
            ratings=tuple(Rating(period=year, value=value) for year, value in known.items()),
        )

    def test_the_year_of_the_change_counts_whole_or_not_at_all(self) -> None:
        # basic in 2016: none of its months count, neither those before nor those after the change
        worker = self.rated(in_2016="basic")
        assert [grade(worker, scheme(), date(year, 3, 1)) for year in (2018, 2019)] == [4, 5]

    def test_a_lowering_is_made_once(self) -> None:
        by = scheme(SHIFTED, grades=5)
        assert grade(self.rated(), by, date(2017, 3, 1)) == 7
        assert grade(self.rated(in_2015="fail"), by, date(2017, 3, 1)) == 6
        assert grade(self.rated(in_2016="fail"), by, date(2017, 3, 1)) == 6

    def test_two_years_in_a_row_may_lie_on_both_sides(self) -> None:
        worker = self.rated(in_2015="excellent", in_2016="excellent")
        assert grade(worker, scheme(), date(2017, 3, 1)) == 5

    def test_early_rises_are_counted_over_the_career(self) -> None:
        years = {f"in_{year}": "excellent" for year in range(2012, 2018)}
        # 2012–13 and 2014–15 give two early rises, and 2016–17 none any more
        assert grade(self.rated(**years), scheme(), date(2018, 3, 1)) == 5

    def test_unknown_ratings_leave_exactly_what_each_of_them_gives(self) -> None:
        known = [str(year) for year in (2014, 2017, 2018, 2019)]
        unknown = (2012, 2013, 2015)
        scale = ("excellent", "competent", "basic", "fail", "unrated")

        def worker(*values: str) -> Worker:
            rated = dict.fromkeys(known, "competent") | {"2016": "excellent"}
            rated |= {str(year): value for year, value in zip(unknown, values, strict=False)}
            return moved(
                (date(2012, 1, 1), "staff"),
                (date(2016, 7, 1), "deputy"),
                ratings=tuple(Rating(period=year, value=value) for year, value in rated.items()),
            )

        by = scheme(SHIFTED, grades=6)
        each = {
            grade(worker(one, two, three), by) for one in scale for two in scale for three in scale
        }
        found = outcome(worker(), by)
        assert isinstance(found, OneOf)
        assert {one.grade for one in found.values} == each


class TestPlacements:
    def test_a_grade_on_record_in_the_old_post_goes_on(self) -> None:
        placement = PlacementOnRecord(
            post="staff", grade=9, since=date(2015, 1, 1), months_served=30
        )
        worker = moved(
            (date(2012, 1, 1), "staff"), (date(2016, 7, 1), "deputy"), placement=placement
        )
        # 10 when 36 months are full in mid-2015, 11 three years later
        assert grade(worker, scheme()) == 10
        assert grade(worker, scheme(), date(2019, 3, 1)) == 11
        found = outcome(worker, scheme(RECOMPUTED))
        assert isinstance(found, Unspecified)
        assert found.gaps[0].why == "post-changed-since-placement"

    def test_a_grade_on_record_in_the_new_post_is_later(self) -> None:
        placement = PlacementOnRecord(post="deputy", grade=12, since=date(2017, 1, 1))
        worker = moved(
            (date(2012, 1, 1), "staff"), (date(2016, 7, 1), "deputy"), placement=placement
        )
        assert grade(worker, scheme()) == grade(worker, scheme(RECOMPUTED)) == 12


class TestThresholds:
    def test_the_grade_held_stands_for_its_threshold(self) -> None:
        listed = with_section("ladder", waiting_months=None, thresholds=(24, 60, 84, 120, 144, 200))
        version = listed.versions[0]
        by = changed(ladder=version.ladder, post_change=scheme().versions[0].post_change)
        # staff 2 since 2014; 24 of 36 months are served at the change, and the first deputy's rung waits 24
        found = [grade(UP, by, date(year, 3, 1)) for year in (2016, 2017, 2018)]
        assert found == [2, 5, 5]


class TestMonthsCarriedOver:
    """Months that were too few in the old post may be enough in the new one; the rise takes effect like any other."""

    OFTEN: Final = moved((date(2012, 1, 1), "staff"), (date(2016, 5, 10), "deputy"))
    """24 of 36 months are served at the end of 2016, when a rise of deputies needs 12."""

    def by(self, takes: Takes) -> Scheme:
        waits = (("principal", 12), ("deputy", 12), ("staff", 36))
        ladder = with_section("ladder", waiting_months=None, waiting_months_by_post=waits)
        version = ladder.versions[0]
        effects = tuple(
            attrs.evolve(one, takes=takes) if one.fact == "service" else one
            for one in version.effects
        )
        return changed(
            ladder=version.ladder,
            effects=effects,
            post_change=scheme(SHIFTED, grades=6).versions[0].post_change,
        )

    @pytest.mark.parametrize(
        ("takes", "first"),
        [
            (Takes.SAME_DAY, date(2016, 5, 10)),
            (Takes.NEXT_MONTH, date(2016, 6, 1)),
            (Takes.NEXT_JANUARY, date(2017, 1, 1)),
        ],
    )
    def test_the_rise_they_give_takes_effect_like_any_other(
        self, takes: Takes, first: date
    ) -> None:
        by, eve = self.by(takes), first - timedelta(days=1)
        held = grade(self.OFTEN, by, date(2016, 5, 9)) + 6
        assert held == 8
        if first > date(2016, 5, 10):
            assert grade(self.OFTEN, by, date(2016, 5, 10)) == grade(self.OFTEN, by, eve) == held
        assert grade(self.OFTEN, by, first) > held

    def test_nor_does_a_grade_on_record_rise_on_its_own_day(self) -> None:
        placement = PlacementOnRecord(
            post="staff", grade=5, since=date(2016, 5, 10), months_served=40
        )
        worker = clerk(start=date(2016, 5, 10), placement=placement)
        days = (date(2016, 5, 10), date(2016, 12, 31), date(2017, 1, 1))
        assert [grade(worker, scheme(), on) for on in days] == [5, 5, 6]


class TestWhenItCounts:
    MIDDLE: Final = moved((date(2012, 1, 1), "staff"), (date(2018, 3, 12), "deputy"))

    @pytest.mark.parametrize(
        ("takes", "first"),
        [
            (Takes.SAME_DAY, date(2018, 3, 12)),
            (Takes.SAME_MONTH, date(2018, 3, 1)),
            (Takes.NEXT_MONTH, date(2018, 4, 1)),
            (Takes.NEXT_JANUARY, date(2019, 1, 1)),
            (Takes.ANNUAL_DAY, date(2018, 7, 1)),
        ],
    )
    @pytest.mark.parametrize("rule", [KEPT, RECOMPUTED])
    def test_the_first_day_of_the_new_post(
        self, takes: Takes, first: date, rule: ChangeRule
    ) -> None:
        annual = AnnualDay(7, 1) if takes is Takes.ANNUAL_DAY else None
        by = scheme(rule, takes=takes, annual_day=annual)
        eve = date.fromordinal(first.toordinal() - 1)
        found = [grade_on(self.MIDDLE, by, on=day).placement.post for day in (eve, first)]
        assert found == ["staff", "deputy"]

    def test_who_has_just_come_has_the_new_post_at_once(self) -> None:
        by = scheme(takes=Takes.NEXT_JANUARY)
        new = moved((date(2018, 2, 12), "deputy"))
        assert grade_on(new, by, on=MARCH).placement.post == "deputy"
        back = clerk(
            spells=(
                ServiceSpell(start=date(2012, 1, 1), end=date(2017, 12, 1), post="staff"),
                ServiceSpell(start=date(2018, 2, 12), post="deputy"),
            )
        )
        assert grade_on(back, by, on=MARCH).placement.post == "deputy"

    def test_who_leaves_keeps_the_last_post(self) -> None:
        by = scheme(takes=Takes.SAME_MONTH)
        leaving = clerk(
            spells=(ServiceSpell(start=date(2012, 1, 1), end=date(2018, 3, 20), post="staff"),)
        )
        assert grade_on(leaving, by, on=MARCH).placement.post == "staff"

    def test_pay_by_post_follows_it_inside_a_month(self) -> None:
        half = scheme(RECOMPUTED, takes=Takes.SAME_DAY)
        whole = scheme(RECOMPUTED, takes=Takes.NEXT_MONTH)
        staff = pay_for_month(clerk(), whole, year=2018, month=3).gross_fen
        assert pay_for_month(self.MIDDLE, whole, year=2018, month=3).gross_fen == staff
        assert pay_for_month(self.MIDDLE, half, year=2018, month=3).gross_fen > staff
        april = pay_on(self.MIDDLE, whole, on=date(2018, 4, 1)).derivation
        assert april.root is not None

    @pytest.mark.parametrize("takes", [Missing(why="not stated"), PostChange().takes])
    def test_a_missing_day_is_tried_in_every_way(self, takes: Missing) -> None:
        by = scheme(RECOMPUTED, takes=takes)
        found = outcome(self.MIDDLE, by, date(2018, 3, 20))
        assert isinstance(found, Unspecified)
        assert [gap.path for gap in found.gaps] == ["post_change.takes"]
        assert isinstance(outcome(self.MIDDLE, by, date(2019, 3, 20)), Decided)


TABLE: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-two-posts"
title = { zh = "虚构示例：两类岗位", en = "Invented sample: two posts" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2011-12-20
effective_on = 2012-01-01
attested_from = 2012-01-01
attested_until = 2030-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.deputy]
label = { zh = "副职", en = "deputy" }
source = "text"
[posts.staff]
label = { zh = "工作人员", en = "staff" }
source = "text"
[pay.post_pay]
label = { zh = "岗位工资", en = "post pay" }
by = "post"
yuan = { deputy = 2000, staff = 1000 }
source = "text"
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
"""


class TestASchemeThatSaysNothingOfIt:
    """A scheme without the section: every day from which the new post may count is tried."""

    BY: Final = Scheme((parse_scheme(TABLE),))

    def paid(self, worker: Worker, year: int, month: int) -> Outcome[int]:
        return pay_for_month(worker, self.BY, year=year, month=month).outcome

    def test_it_matters_from_the_month_of_the_change_to_the_next_january(self) -> None:
        worker = moved((date(2012, 1, 1), "staff"), (date(2016, 5, 10), "deputy"))
        assert self.paid(worker, 2016, 4) == Decided(100_000)
        assert self.paid(worker, 2017, 1) == Decided(200_000)
        for month in range(5, 13):
            found = self.paid(worker, 2016, month)
            assert isinstance(found, Unspecified)
            assert [gap.path for gap in found.gaps] == ["post_change.takes"]

    def test_it_matters_to_nobody_who_has_not_changed(self) -> None:
        worker = moved((date(2016, 5, 10), "staff"))
        # 22 of 31 days
        assert self.paid(worker, 2016, 5) == Decided(70_968)
        assert self.paid(worker, 2016, 6) == Decided(100_000)

    @pytest.mark.parametrize(("year", "decided"), [(2016, False), (2015, True)])
    def test_a_change_known_to_its_month_matters_as_long(self, year: int, decided: bool) -> None:  # noqa: FBT001
        day = PartialDate(year, 5)
        spells = (
            ServiceSpell(start=date(2012, 1, 1), end=day, post="staff"),
            ServiceSpell(start=day, post="deputy"),
        )
        assert isinstance(self.paid(clerk(spells=spells), 2016, 7), Decided) is decided

    def test_check_lists_it(self) -> None:
        open_fields = {one.path: one.left_out for one in omissions(self.BY.versions[0])}
        assert open_fields["post_change.takes"] is True


def test_it_is_told() -> None:
    grading = grade_on(UP, scheme(), on=MARCH)
    told = "\n".join(grade_sentences(grading, Words("en", version=scheme().versions[0])))
    assert "At the change of post on 2016-07-01: 2 as staff, which is 4 in the new post." in told
    text = derivation_text(grading.derivation, version=scheme().versions[0])
    assert (
        "held as staff, on 2016-07-01: 2; shifted by +0; in the range of the new post → 4" in text
    )
