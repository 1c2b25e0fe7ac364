"""Fields of a scheme that its source leaves out: every reading is tried, or the answer names the field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import attrs
import pytest

from cwgrade.errors import SchemeFileError
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided, Outcome, Unspecified
from cwgrade.pay import Payslip, pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.schemefile import assume, open_paths, parse_scheme
from cwgrade.worker import AbsenceSpell, Rating, ServiceSpell, Worker

TEXT: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-open"
title = { zh = "虚构：未载明", en = "Invented: not stated" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-01-01
published_on = "2019"
effective_on = 2020-01-01
attested_from = 2020-01-01
attested_until = 2030-12-31
[sources.text]
instrument = "虚构办法"
read_on = 2026-01-01
trust = "invented"
[posts.chief]
label = "正职"
grades = [3, 6]
source = "text"
[posts.staff]
label = "工作人员"
titles = ["委员"]
grades = [1, 4]
source = "text"
[concurrent_posts]
paid_at = "highest"
source = "text"
[post_change]
rule = "recomputed"
takes = "same_day"
source = "text"
[effect.service]
takes = "same_month"
reckoned_from = "day_met"
source = "text"
[effect.rating]
event = "period_end"
takes = "next_month"
source = "text"
[service]
convention = "whole_months"
gaps = "skipped"
count_from = 2015-01-01
other_kinds = 0
source = "text"
[service.kinds.community]
rate = 1
within = "anywhere"
[absences.sick]
counts_as_service = true
pay = { years = 0.5 }
source = "text"
[ladder]
label = "等级"
grades = [1, 6]
start = "first_of_post"
waiting_months = 36
source = "text"
[assessment]
until_announced = "counted"
source = "text"
[assessment.ratings.excellent]
label = "优秀"
[assessment.ratings.competent]
label = "称职"
[assessment.ratings.fail]
label = "不称职"
counted = false
[tallies.good_years]
label = "优秀年数"
ratings = ["excellent"]
source = "text"
[series.wage]
label = "平均工资"
measure = "虚构平均工资"
region = "9901"
unit = "month"
figures = [
  { year = 2018, yuan = 4000, published_on = 2019-06-01, source = "text" },
  { year = 2019, yuan = 5000, published_on = 2020-06-01, source = "text" },
  { year = 2020, yuan = 5000, published_on = 2021-06-01, source = "text" },
  { year = 2021, yuan = 4800, published_on = 2022-06-01, source = "text" },
]
[base]
label = "基数"
source = "text"
[base.peg]
series = "wage"
lag_years = 1
rebased = "07-01"
until_published = false
after_publication = "settle"
[probation]
months = 6
times = { years = 0.8 }
source = "text"
[proration]
rule = "state_on_day"
day = 15
source = "text"
[rounding]
component = { to = "yuan", mode = "half_up" }
source = "text"
[quantities.share_of_base]
label = "系数"
by = "grade"
times = { 1 = 1, 2 = 1, 3 = 1, 4 = 1, 5 = 1, 6 = 1 }
source = "text"
[pay.base_pay]
label = "基础工资"
product = ["base", "share_of_base"]
source = "text"
[pay.years]
label = "年限津贴"
bands_of = "service_years"
from = [1, 5, 10]
boundary = "reached"
yuan = [100, 200, 300]
source = "text"
[pay.bonus]
label = "奖金"
bands_of = "good_years"
from = [1, 3]
boundary = "reached"
yuan = [50, 80]
paid = "yearly"
paid_in = [12]
source = "text"
"""
MISSING: Final = '{ missing = "left out" }'


def scheme(*changes: tuple[str, str]) -> Scheme:
    text = TEXT
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return Scheme((parse_scheme(text),))


def without(line: str, *more: tuple[str, str]) -> Scheme:
    """Give the scheme with a gap in the place of a line's value."""
    return scheme((line, f"{line.partition(' = ')[0]} = {MISSING}"), *more)


def worker(start: date = date(2016, 1, 1), post: str = "staff", **facts: object) -> Worker:
    given: dict[str, object] = {
        "id": "1",
        "spells": (ServiceSpell(start=start, post=post),),
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in range(2014, 2024)),
    }
    return Worker(**(given | facts))  # type: ignore[arg-type]


def told(outcome: object) -> list[tuple[str, tuple[str, ...]]]:
    assert isinstance(outcome, Unspecified), outcome
    return [(gap.path, gap.readings) for gap in outcome.gaps]


def grade(found: Scheme, on: date, who: Worker | None = None) -> Outcome[object]:
    return grade_on(who or worker(), found, on=on).outcome  # type: ignore[return-value]


def line(slip: Payslip, name: str) -> int | None:
    return next(one for one in slip.lines if one.component == name).payable_fen


def pays(found: Scheme, on: date, who: Worker | None = None) -> Outcome[object]:
    return pay_on(who or worker(), found, on=on).outcome  # type: ignore[return-value]


class TestPegs:
    def test_a_missing_lag_matters_where_the_figures_differ(self) -> None:
        found = without("lag_years = 1")
        # figures of 2018 to 2020 are 4000, 5000, 5000
        assert told(pays(found, date(2020, 7, 1))) == [("base.peg.lag_years", ("0", "1", "2"))]
        narrowed = assume(found, {"base.peg.lag_years": 1})
        assert isinstance(pays(narrowed, date(2020, 7, 1)), Decided)

    def test_a_missing_day_of_re_basing_is_tried_as_come_and_not_yet_come(self) -> None:
        found = without('rebased = "07-01"')
        assert told(pays(found, date(2020, 7, 1))) == [("base.peg.rebased", ("come", "not_yet"))]
        # whether the figure of 2019 or of 2020 applies, it is 5000
        assert pays(found, date(2021, 3, 1)) == pays(scheme(), date(2021, 3, 1))
        # by the end of a year every day of it has come
        assert pays(found, date(2020, 12, 31)) == pays(scheme(), date(2020, 12, 31))

    def test_a_day_of_re_basing_that_has_come_in_march_has_come_for_the_rest_of_the_year(
        self,
    ) -> None:
        yearly = (
            'paid = "yearly"\npaid_in = [12]\nsource = "text"\n[pay.again]\nlabel = "另计"\n'
            'product = ["base", "share_of_base"]\npaid = "yearly"\npaid_in = [12]\nsource = "text"\n'
        )
        found = without(
            'rebased = "07-01"', ('paid = "yearly"\npaid_in = [12]\nsource = "text"\n', yearly)
        )
        slip = pay_for_month(worker(), found, year=2022, month=12)
        # twelve months of 5000 if it comes on 1 January … twelve of 4800 … nothing else in between is left out
        again = next(one for one in slip.lines if one.component == "again")
        assert again.payable_fen is None
        assert told(slip.outcome) == [("base.peg.rebased", ("come", "not_yet"))]

    @pytest.mark.parametrize("key", ["every_years", "first_year"])
    def test_a_rhythm_of_years_that_is_missing_is_named(self, key: str) -> None:
        more = {"every_years": "first_year = 2020", "first_year": "every_years = 2"}[key]
        found = scheme(("lag_years = 1", f"lag_years = 1\n{more}\n{key} = {MISSING}"))
        assert told(pays(found, date(2021, 3, 1))) == [(f"base.peg.{key}", ())]

    def test_whether_a_figure_lowers_the_amount_matters_where_one_is_lower(self) -> None:
        found = scheme(("lag_years = 1", f"lag_years = 1\nnever_lowered = {MISSING}"))
        assert pays(found, date(2021, 7, 1)) == pays(scheme(), date(2021, 7, 1))
        lower = pays(found, date(2022, 7, 1))
        assert told(lower) == [("base.peg.never_lowered", ("False", "True"))]

    def test_how_a_year_is_made_a_month_is_named(self) -> None:
        year = ('unit = "month"', 'unit = "year"')
        found = scheme(year, ("lag_years = 1", f"lag_years = 1\ndivided_by_12 = {MISSING}"))
        assert told(pays(found, date(2020, 7, 1))) == [("base.peg.divided_by_12", ())]


class TestRangesAndService:
    def test_a_range_that_is_missing_hides_the_grades_of_its_post_alone(self) -> None:
        found = without("grades = [1, 4]")
        assert told(grade(found, date(2022, 3, 1))) == [("posts.staff.grades", ())]
        chief = worker(post="chief")
        assert grade(found, date(2022, 3, 1), chief) == grade(scheme(), date(2022, 3, 1), chief)

    def test_a_ladder_without_its_number_of_rungs_hides_those_of_posts_without_a_range(
        self,
    ) -> None:
        found = without("grades = [1, 6]", ("grades = [1, 4]\n", ""))
        assert told(grade(found, date(2022, 3, 1))) == [("ladder.grades", ())]
        chief = worker(post="chief")
        assert grade(found, date(2022, 3, 1), chief) == grade(scheme(), date(2022, 3, 1), chief)

    def test_a_list_by_grade_needs_the_range(self) -> None:
        with pytest.raises(SchemeFileError) as raised:
            without(
                "grades = [1, 6]",
                ("times = { 1 = 1, 2 = 1, 3 = 1, 4 = 1, 5 = 1, 6 = 1 }", "times = [1, 2]"),
            )

        (fault,) = raised.value.exceptions
        assert "'ladder.grades' is missing" in str(fault)

    def test_a_day_that_counting_starts_is_named(self) -> None:
        found = without("count_from = 2015-01-01")
        assert told(grade(found, date(2022, 3, 1))) == [("service.count_from", ())]
        slip = pay_on(worker(), found, on=date(2022, 3, 1))
        assert [gap.path for gap in slip.lines[1].gaps] == ["service.count_from"]


class TestRatings:
    def test_whether_a_year_counts_matters_where_no_other_rating_does_anything(self) -> None:
        found = scheme(
            ('label = "称职"\n', f'label = "称职"\ncounted = {MISSING}\n'),
            ("counted = false\n", ""),
        )
        assert told(grade(found, date(2022, 3, 1))) == [
            ("assessment.ratings.competent.counted", ("True", "False"))
        ]

    def test_a_number_of_grades_that_a_rating_gives_hides_the_grade_of_whoever_has_it(self) -> None:
        found = scheme(('label = "优秀"\n', f'label = "优秀"\ngrades = {MISSING}\n'))
        on = date(2022, 3, 1)
        assert grade(found, on) == grade(scheme(), on)
        praised = worker(
            ratings=(
                *(Rating(period=str(year), value="competent") for year in range(2016, 2020)),
                Rating(period="2020", value="excellent"),
                Rating(period="2021", value="competent"),
            )
        )
        hidden = [("assessment.ratings.excellent.grades", ())]
        assert told(grade(found, on, praised)) == hidden
        # before that year is over it does nothing
        before = date(2020, 12, 1)
        assert grade(found, before, praised) == grade(scheme(), before, praised)
        for number in (0, 1, 2):
            stated = scheme(('label = "优秀"\n', f'label = "优秀"\ngrades = {number}\n'))
            path = "assessment.ratings.excellent.grades"
            assert grade(assume(found, {path: number}), on, praised) == grade(stated, on, praised)

    @pytest.mark.parametrize("key", ["consecutive", "at_most", "waiting"])
    def test_what_is_missing_of_an_early_rise_is_tried_for_whoever_can_have_one(
        self, key: str
    ) -> None:
        stated = {"consecutive": "1", "at_most": "1", "waiting": '"kept"'}
        praised = worker(
            ratings=(
                Rating(period="2016", value="competent"),
                Rating(period="2017", value="excellent"),
                Rating(period="2018", value="competent"),
                Rating(period="2019", value="excellent"),
                *(Rating(period=str(year), value="competent") for year in (2020, 2021, 2022)),
            )
        )

        def early(**values: str) -> Scheme:
            keys = "".join(f"{name} = {one}\n" for name, one in {**stated, **values}.items())
            section = f'[assessment.early]\nrating = "excellent"\n{keys}source = "text"\n'
            return scheme(("[tallies.good_years]", f"{section}[tallies.good_years]"))

        found, on = early(**{key: MISSING}), date(2020, 6, 1)
        # nobody without the rating depends on it
        assert grade(found, on) == grade(scheme(), on)
        readings: dict[str, tuple[object, ...]] = {
            "consecutive": (1, 2, 3),
            "at_most": (1, 2, 3),
            "waiting": ("kept", "restarts"),
        }
        answers = {
            one: grade(
                early(**{key: f'"{one}"' if isinstance(one, str) else str(one)}), on, praised
            )
            for one in readings[key]
        }
        assert len(set(answers.values())) > 1
        ((path, tried),) = told(grade(found, on, praised))
        assert path == f"assessment.early.{key}"
        assert set(tried) <= {str(one) for one in (*range(1, 51), "kept", "restarts")}
        for one, answer in answers.items():
            assert grade(assume(found, {path: one}), on, praised) == answer
        if key == "at_most":
            # one such year is no more than one rise
            plain = Rating(period="2019", value="competent")
            once = attrs.evolve(praised, ratings=(*praised.ratings[:3], plain))
            assert grade(found, on, once) == grade(early(), on, once)

    def test_where_the_cap_applies_matters_where_something_is_taken_away_above_it(self) -> None:
        def capped(cap: str) -> Scheme:
            return scheme(
                ("waiting_months = 36\n", f"waiting_months = 12\n{cap}\n"),
                ('label = "不称职"\n', 'label = "不称职"\ngrades = -1\n'),
            )

        found, on = capped(f"cap = {MISSING}"), date(2022, 3, 1)
        failed = worker(
            ratings=(
                *(Rating(period=str(year), value="competent") for year in range(2016, 2021)),
                Rating(period="2021", value="fail"),
            )
        )
        stated = {
            one: grade(capped(f'cap = "{one}"'), on, failed) for one in ("at_end", "each_rise")
        }
        assert stated["at_end"] != stated["each_rise"]
        assert told(grade(found, on, failed)) == [("ladder.cap", ("at_end", "each_rise"))]
        for one, answer in stated.items():
            assert grade(assume(found, {"ladder.cap": one}), on, failed) == answer
        # nothing is taken away from the others
        assert grade(found, on) == grade(capped('cap = "at_end"'), on)

    def test_a_rating_that_is_not_known_may_be_one_of_which_the_number_is_missing(self) -> None:
        found = scheme(('label = "优秀"\n', f'label = "优秀"\ngrades = {MISSING}\n'))
        some = tuple(
            Rating(period=str(year), value="competent")
            for year in range(2016, 2022)
            if year != 2018
        )
        outcome = grade(found, date(2022, 3, 1), worker(ratings=some))
        assert told(outcome) == [("assessment.ratings.excellent.grades", ())]

    @pytest.mark.parametrize(
        ("key", "excellent", "decided"),
        [
            # from = [1, 3]: one year, or three, of those that are looked at
            ("last_years", (2021,), True),
            ("last_years", (2019,), False),
            ("last_years", (), True),
            ("in_a_row", (2021, 2020, 2019), True),
            ("in_a_row", (2021, 2018), True),
            ("in_a_row", (2020,), False),
        ],
    )
    def test_which_years_a_tally_looks_at_matters_where_the_amounts_differ(
        self, *, key: str, excellent: tuple[int, ...], decided: bool
    ) -> None:
        found = scheme(('ratings = ["excellent"]', f'ratings = ["excellent"]\n{key} = {MISSING}'))
        rated = worker(
            ratings=tuple(
                Rating(period=str(year), value="excellent" if year in excellent else "competent")
                for year in range(2016, 2022)
            )
        )
        slip = pay_for_month(rated, found, year=2022, month=12)
        if decided:
            assert slip.outcome == pay_for_month(rated, scheme(), year=2022, month=12).outcome
        else:
            assert isinstance(slip.outcome, Unspecified)
            assert [gap.path for gap in slip.outcome.gaps] == [f"tallies.good_years.{key}"]
            for value, amount in {"last_years": ((2, 0), (3, 60000)), "in_a_row": ((True, 0),)}[
                key
            ]:
                filled = assume(found, {f"tallies.good_years.{key}": value})
                assert line(pay_for_month(rated, filled, year=2022, month=12), "bonus") == amount

    def test_steps_that_a_rating_gives_are_no_matter_of_the_grade(self) -> None:
        text = ('label = "优秀"\n', f'label = "优秀"\nsteps = {MISSING}\n')
        with pytest.raises(SchemeFileError) as raised:
            scheme(text)
        assert "assessment.ratings.excellent.steps" in str(raised.value.exceptions[0])


class TestBands:
    @pytest.mark.parametrize(
        ("start", "amount"),
        [
            (date(2021, 6, 1), 0),
            (date(2020, 6, 1), 10000),
            (date(2018, 6, 1), None),
            (date(2011, 6, 1), 30000),
        ],
    )
    def test_a_bound_that_is_missing_hides_what_lies_between_its_neighbours(
        self, start: date, amount: int | None
    ) -> None:
        found = scheme(("from = [1, 5, 10]", f"from = [1, {MISSING}, 10]"), ("count_from", "#"))
        slip = pay_on(worker(start), found, on=date(2021, 12, 1))
        assert line(slip, "years") == amount
        if amount is None:
            assert [gap.path for gap in slip.lines[1].gaps] == ["pay.years.from[1]"]

    def test_a_bound_between_equal_amounts_does_not_matter(self) -> None:
        found = scheme(
            ("from = [1, 5, 10]", f"from = [1, {MISSING}, 10]"),
            ("yuan = [100, 200, 300]", "yuan = [100, 100, 300]"),
        )
        assert line(pay_on(worker(), found, on=date(2021, 12, 1)), "years") == 10000

    def test_the_side_of_a_bound_matters_on_the_bound_alone(self) -> None:
        found = scheme(('boundary = "reached"', f"boundary = {MISSING}"))
        assert line(pay_on(worker(), found, on=date(2022, 1, 1)), "years") == 20000
        on_it = pay_on(worker(date(2016, 12, 1)), found, on=date(2021, 12, 1))
        assert told(on_it.outcome) == [("pay.years.boundary", ("reached", "exceeded"))]


class TestPay:
    def test_a_rhythm_that_is_missing_is_tried_as_every_one_that_the_period_leaves(self) -> None:
        found = scheme(('paid = "yearly"\npaid_in = [12]', f"paid = {MISSING}"))
        rated = worker(ratings=(Rating(period="2020", value="excellent"),), start=date(2020, 1, 1))
        assert told(pays(found, date(2022, 3, 1), rated)) == [
            ("pay.bonus.paid", ("monthly", "quarterly", "half_yearly", "yearly"))
        ]

    def test_what_may_be_on_top_of_the_total_leaves_the_sum_open_where_it_is_something(
        self,
    ) -> None:
        found = scheme(('boundary = "reached"', f'boundary = "reached"\nin_total = {MISSING}'))
        slip = pay_on(worker(), found, on=date(2022, 3, 1))
        assert told(slip.outcome) == [("pay.years.in_total", ("True", "False"))]
        # the line itself is what it is
        assert slip.lines == pay_on(worker(), scheme(), on=date(2022, 3, 1)).lines
        new = worker(date(2022, 1, 1))
        assert pays(found, date(2022, 3, 1), new) == pays(scheme(), date(2022, 3, 1), new)
        assert isinstance(pay_for_month(worker(), found, year=2022, month=3).outcome, Unspecified)

    def test_the_sum_is_that_of_what_is_assumed(self) -> None:
        found = scheme(('boundary = "reached"', f'boundary = "reached"\nin_total = {MISSING}'))
        sums = [
            pay_on(
                worker(), assume(found, {"pay.years.in_total": summed}), on=date(2022, 3, 1)
            ).gross_fen
            for summed in (True, False)
        ]
        assert sums == [520000, 500000]

    def test_months_that_are_stated_leave_one_rhythm(self) -> None:
        found = without('paid = "yearly"')
        rated = worker(ratings=(Rating(period="2020", value="excellent"),), start=date(2020, 1, 1))
        for month in (11, 12):
            assert (
                pay_for_month(rated, found, year=2021, month=month).outcome
                == pay_for_month(rated, scheme(), year=2021, month=month).outcome
            )

    @pytest.mark.parametrize(
        ("start", "amount"),
        [(date(2022, 2, 1), 8000), (date(2021, 11, 1), None), (date(2021, 9, 1), 10000)],
    )
    def test_a_floor_and_a_ceiling_of_probation_settle_who_is_within_or_past_them(
        self, start: date, amount: int | None
    ) -> None:
        gap = '{ missing = "two to six months", at_least = 2, at_most = 6 }'
        found = scheme(
            ("months = 6", f"months = {gap}"),
            ("from = [1, 5, 10]", "from = [0, 5, 10]"),
        )
        new = worker(start)
        if amount is None:
            assert told(pays(found, date(2022, 3, 1), new)) == [("probation.months", ())]
        else:
            slip = pay_on(new, found, on=date(2022, 3, 1))
            assert line(slip, "years") == amount

    def test_who_is_long_past_probation_needs_its_ceiling_alone(self) -> None:
        found = without("months = 6")
        assert told(pays(found, date(2022, 3, 1))) == [("probation.months", ())]
        found = scheme(("months = 6", 'months = { missing = "not printed", at_most = 6 }'))
        assert pays(found, date(2022, 3, 1)) == pays(scheme(), date(2022, 3, 1))

    def test_a_share_during_probation_is_named_by_its_component(self) -> None:
        found = scheme(("times = { years = 0.8 }", f"times = {{ years = {MISSING} }}"))
        new = worker(date(2022, 1, 1))
        assert told(pays(found, date(2022, 3, 1), new)) == [("probation.times.years", ())]
        assert isinstance(pays(found, date(2023, 3, 1)), Decided)

    def test_a_share_during_absence_is_named_by_its_component(self) -> None:
        found = scheme(("pay = { years = 0.5 }", f"pay = {{ years = {MISSING} }}"))
        away = AbsenceSpell(kind="sick", start=date(2022, 3, 1), end=date(2022, 4, 1))
        slip = pay_for_month(worker(absences=(away,)), found, year=2022, month=3)
        assert told(slip.outcome) == [("absences.sick.pay.years", ())]

    def test_a_rounding_of_its_own_matters_where_the_amount_is_not_whole(self) -> None:
        odd = ("times = { 1 = 1, 2 = 1, 3 = 1", 'times = { 1 = 1, 2 = 1, 3 = "1/3"')
        found = scheme(
            odd,
            (
                'product = ["base", "share_of_base"]\n',
                f'product = ["base", "share_of_base"]\nrounded = {MISSING}\n',
            ),
        )
        assert told(pays(found, date(2022, 3, 1))) == [("pay.base_pay.rounded", ())]
        assert isinstance(pays(found, date(2021, 3, 1)), Decided)

    @pytest.mark.parametrize(
        ("end", "decided"),
        # by the 1st all of the month is paid, by any later day nothing
        [(date(2022, 2, 2), False), (date(2022, 2, 28), False), (date(2022, 3, 1), True)],
    )
    def test_the_day_that_a_month_goes_by_matters_to_who_is_there_for_a_part_of_it(
        self, *, end: date, decided: bool
    ) -> None:
        found = without("day = 15")
        leaver = worker(spells=(ServiceSpell(start=date(2016, 1, 1), end=end, post="staff"),))
        slip = pay_for_month(leaver, found, year=2022, month=2)
        if decided:
            assert slip.outcome == pay_for_month(leaver, scheme(), year=2022, month=2).outcome
        else:
            days = tuple(str(day) for day in range(1, 32))
            assert told(slip.outcome) == [("proration.day", days)]

    def test_what_is_the_same_by_every_day_stands(self) -> None:
        spells = (
            ServiceSpell(start=date(2016, 1, 1), end=date(2022, 2, 10), post="staff"),
            ServiceSpell(start=date(2022, 2, 10), post="chief"),
        )
        moved = worker(spells=spells)
        # a post of another grade has the same share of the base here
        assert (
            pay_for_month(moved, without("day = 15"), year=2022, month=2).outcome
            == pay_for_month(moved, scheme(), year=2022, month=2).outcome
        )


@pytest.mark.parametrize(
    ("path", "value", "old"),
    [
        ("base.peg.lag_years", 1, "lag_years = 1"),
        ("base.peg.rebased", "07-01", 'rebased = "07-01"'),
        ("posts.staff.grades", [1, 4], "grades = [1, 4]"),
        ("ladder.grades", [1, 6], "grades = [1, 6]"),
        ("service.count_from", date(2015, 1, 1), "count_from = 2015-01-01"),
        ("pay.bonus.paid", "yearly", 'paid = "yearly"'),
        ("proration.day", 15, "day = 15"),
        ("pay.years.from[1]", 5, ""),
        ("pay.years.boundary", "reached", 'boundary = "reached"'),
        ("probation.times.years", Decimal("0.8"), ""),
    ],
)
def test_what_is_missing_can_be_assumed(path: str, value: object, old: str) -> None:
    changes = {
        "pay.years.from[1]": ("from = [1, 5, 10]", f"from = [1, {MISSING}, 10]"),
        "probation.times.years": ("times = { years = 0.8 }", f"times = {{ years = {MISSING} }}"),
    }
    found = scheme(changes[path]) if path in changes else without(old)
    assert path in open_paths(found)
    filled = assume(found, {path: value})
    for on in (date(2020, 7, 1), date(2022, 3, 1)):
        assert pays(filled, on) == pays(scheme(), on)
        assert grade(filled, on) == grade(scheme(), on)
