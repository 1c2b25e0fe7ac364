"""What documents print, by the numbers of the documents: amounts, refusals, and the first day of a change."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.errors import NotInForce
from cwgrade.gaps import Missing
from cwgrade.grading import Placement, grade_on
from cwgrade.law.checks import Bound
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.quantities import Table
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.worker import (
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    Worker,
)


def titled(title: str, start: date = date(2012, 5, 1)) -> Worker:
    """Give somebody of whom nothing but the title is known."""
    return Worker(id="1", spells=(ServiceSpell(start=start, title=title),))


@pytest.mark.parametrize(
    ("scheme_id", "year", "month", "title", "yuan"),
    [
        # Changsha 2018: shares of 5,013 rounded to the yuan
        ("changsha-furong-2018", 2018, 3, "正职", 4361),
        ("changsha-furong-2018", 2018, 3, "副职", 3960),
        ("changsha-furong-2018", 2018, 3, "一般工作人员", 3760),
        ("changsha-furong-2018", 2018, 3, "两保人员", 3760),
        # Harbin from January 2016
        ("harbin-2016", 2016, 1, "书记", 2400),
        ("harbin-2016", 2016, 1, "副主任", 2100),
        ("harbin-2016", 2016, 1, "专职工作者", 2100),
        # Jiujiang from 2014
        ("jiujiang-2014", 2014, 1, "主任", 1900),
        ("jiujiang-2014", 2016, 9, "委员", 1700),
    ],
)
def test_flat_amounts(scheme_id: str, year: int, month: int, title: str, yuan: int) -> None:
    slip = pay_for_month(titled(title), load_scheme(scheme_id), year=year, month=month)
    assert slip.outcome == Decided(yuan * 100)


@pytest.mark.parametrize(
    ("scheme_id", "on", "title", "component", "yuan"),
    [
        # Hengyang: the award for the year, by that year's result; the month is not printed
        ("hengyang-2015", date(2016, 12, 1), "书记", "year_end_award", 2200),
        ("hengyang-2015", date(2016, 12, 1), "副主任", "year_end_award", 2000),
        ("hengyang-2015", date(2016, 12, 1), "委员", "year_end_award", 2000),
        # Yutian: 613 for each month, paid once after the rating
        ("hebei-yutian-2020", date(2020, 10, 1), "委员", "award", 613),
        # Changzhou: the floor of 2011, insurance included
        ("changzhou-2011", date(2011, 8, 1), "社工", "floor", 35_000),
    ],
)
def test_amounts_for_longer_periods(
    scheme_id: str, on: date, title: str, component: str, yuan: int
) -> None:
    worker = Worker(
        id="1",
        spells=(ServiceSpell(start=date(2006, 5, 1), title=title),),
        ratings=(Rating(period=str(on.year), value="competent"),),
    )
    lines = {line.component: line for line in pay_on(worker, load_scheme(scheme_id), on=on).lines}
    assert lines[component].accrued_fen == yuan * 100


@pytest.mark.parametrize(
    ("scheme_id", "name", "keys", "number"),
    [
        # Hengyang: the addition for the top result; the bonus that it adds to is not printed
        ("hengyang-2015", "excellent_share", ("excellent",), "0.15"),
        # Tongshan: of eighteen coefficients the first and the last are printed
        ("tongshan-2020", "coefficient", ("1",), "0.8"),
        ("tongshan-2020", "coefficient", ("2",), None),
        ("tongshan-2020", "coefficient", ("17",), None),
        ("tongshan-2020", "coefficient", ("18",), "1.21"),
        # Lanzhou New Area: the award; when it is due is not printed
        ("lanzhou-new-area-2022", "award_amount", ("assistant",), 100_000),
        ("lanzhou-new-area-2022", "award_amount", ("social_worker",), 200_000),
        ("lanzhou-new-area-2022", "award_amount", ("senior",), 300_000),
    ],
)
def test_printed_cells(
    scheme_id: str, name: str, keys: tuple[str, ...], number: str | int | None
) -> None:
    """What stands in a table although an answer that uses it is withheld; `None` is not printed."""
    definition = load_scheme(scheme_id).versions[0].normal_form.get(name)
    assert definition is not None
    assert isinstance(definition.quantity, Table)
    cell = dict(definition.quantity.cells)[keys]
    assert isinstance(cell, Missing) if number is None else cell == Fraction(number)


@pytest.mark.parametrize(
    ("scheme_id", "name", "at_least", "at_most"),
    [
        ("wuhan-2020", "average_income", "1", None),
        ("xianning-2020", "average_level", "0.8", "1.2"),
        ("changzhou-2011", "floor", "1", None),
        ("nanjing-2018", "urban_staff", "1", None),
    ],
)
def test_printed_bounds_of_averages(
    scheme_id: str, name: str, at_least: str, at_most: str | None
) -> None:
    (check,) = [one for one in load_scheme(scheme_id).versions[0].checks if one.name == name]
    bounds = [
        one.times if isinstance(one, Bound) else one for one in (check.at_least, check.at_most)
    ]
    assert bounds == [Fraction(at_least), None if at_most is None else Fraction(at_most)]


class TestXiangan:
    STEPS: Final = (1200, 1230, 1260, 1300, 1340, 1380, 1430, 1480, 1540, 1600, 1670, 1740)
    POSTS: Final = (
        ("principal", 1100, 800),
        ("deputy", 900, 600),
        ("committee", 800, 500),
        ("worker", 700, 400),
    )

    def on_record(self, post: str, step: int) -> Worker:
        return Worker(
            id="1",
            spells=(ServiceSpell(start=date(2008, 3, 1), post=post),),
            placement=PlacementOnRecord(
                post=post, grade=step, since=date(2013, 1, 1), months_served=0
            ),
        )

    @pytest.mark.parametrize("step", range(1, 13))
    @pytest.mark.parametrize(("post", "post_pay", "allowance"), POSTS)
    def test_every_post_at_every_step(
        self, post: str, post_pay: int, allowance: int, step: int
    ) -> None:
        worker, scheme = self.on_record(post, step), load_scheme("xiangan-2013")
        slip = pay_for_month(worker, scheme, year=2013, month=10)
        assert {line.component: line.payable_fen for line in slip.lines} == {
            "basic_pay": self.STEPS[step - 1] * 100,
            "post_pay": post_pay * 100,
            "allowance": allowance * 100,
        }
        assert slip.gross_fen == (self.STEPS[step - 1] + post_pay + allowance) * 100

    @pytest.mark.parametrize("step", [1, 12])
    def test_the_allowance_of_station_staff_is_refused_by_its_cell(self, step: int) -> None:
        slip = pay_for_month(
            self.on_record("station", step), load_scheme("xiangan-2013"), year=2013, month=10
        )
        assert isinstance(slip.outcome, Unspecified)
        (gap,) = slip.outcome.gaps
        assert gap.path == "pay.allowance.station"
        assert "300" in gap.why
        known = {line.component: line.payable_fen for line in slip.lines}
        assert known == {
            "basic_pay": self.STEPS[step - 1] * 100,
            "post_pay": 50_000,
            "allowance": None,
        }

    def test_service_before_the_counting_start_has_an_unknown_entry_step(self) -> None:
        worker = Worker(id="1", spells=(ServiceSpell(start=date(2008, 2, 29), post="worker"),))
        outcome = grade_on(worker, load_scheme("xiangan-2013"), on=date(2013, 10, 1)).outcome
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == ["ladder.start_after_prior_service"]


class TestShaanxi:
    def bachelor(self, post: str, start: date = date(2009, 6, 1)) -> Worker:
        return Worker(
            id="1",
            spells=(ServiceSpell(start=start, post=post),),
            schooling=(Attainment(value="bachelor"),),
            qualifications=(Attainment(value="assistant"),),
            ratings=(Rating(period="2014", value="competent"),),
            facts=(StateFact(name="veteran", value="no"),),
        )

    def test_a_bachelor_with_five_full_years_and_the_assistant_certificate(self) -> None:
        slip = pay_for_month(
            self.bachelor("staff"), load_scheme("shaanxi-2012"), year=2015, month=6
        )
        assert {line.component: line.payable_fen for line in slip.lines} == {
            "base_reward": 130_000,
            "work_allowance": 70_000,
            "living_allowance": 50_000,
            "title_allowance": 10_000,
            "seniority_pay": 7_500,
            "post_allowance": 0,
            "heating": 0,
        }
        assert slip.gross_fen == 267_500

    @pytest.mark.parametrize("post", ["director", "deputy_director", "member"])
    def test_an_elected_post_is_refused_because_two_readings_are_printed(self, post: str) -> None:
        slip = pay_for_month(self.bachelor(post), load_scheme("shaanxi-2012"), year=2015, month=6)
        assert isinstance(slip.outcome, Unspecified)
        (gap,) = slip.outcome.gaps
        assert gap.path == f"pay.post_allowance.{post}"
        assert len(gap.readings) == 2

    def test_exactly_five_years_on_1_january_hang_on_the_day_the_source_does_not_say(self) -> None:
        """Met on 1 January 2015, the last day served was in 2014: the next year is 2015 or 2016."""
        worker = self.bachelor("staff", start=date(2010, 1, 1))
        outcome = pay_for_month(worker, load_scheme("shaanxi-2012"), year=2015, month=6).outcome
        assert isinstance(outcome, Unspecified)
        assert "effect.service.reckoned_from" in {gap.path for gap in outcome.gaps}


class TestCityUnknown:
    DAY: Final = date(2026, 11, 24)

    def member(self, start: date, *titles: str) -> Worker:
        return Worker(
            id="1",
            spells=tuple(ServiceSpell(start=start, title=title) for title in titles or ("委员",)),
            qualifications=(),
            ratings=tuple(
                Rating(period=str(year), value="competent") for year in range(start.year, 2026)
            ),
        )

    @pytest.mark.parametrize(
        "start",
        [
            date(2026, 11, 23),
            date(2025, 1, 1),
            # exactly 36 months on the day, and one day more: 3 years and below are level 1
            date(2023, 11, 24),
            date(2023, 11, 23),
        ],
    )
    def test_up_to_three_years_are_level_1(self, start: date) -> None:
        scheme = load_scheme("unlocated-post-plus-level")
        outcome = grade_on(self.member(start), scheme, on=self.DAY).outcome
        assert outcome == Decided(Placement(grade=1, post="staff"))
        assert pay_on(self.member(start), scheme, on=self.DAY).gross_fen == 255_000

    @pytest.mark.parametrize("start", [date(2023, 10, 24), date(2022, 11, 24), date(2010, 1, 1)])
    def test_more_than_three_years_are_refused(self, start: date) -> None:
        scheme = load_scheme("unlocated-post-plus-level")
        outcome = grade_on(self.member(start), scheme, on=self.DAY).outcome
        assert isinstance(outcome, Unspecified)
        assert "ladder.thresholds_years[1]" in {gap.path for gap in outcome.gaps}

    @pytest.mark.parametrize("titles", [("书记", "主任"), ("书记、主任",), ("书记兼主任",)])
    def test_who_is_secretary_and_director_in_one_has_a_post_of_its_own(
        self, titles: tuple[str, ...]
    ) -> None:
        scheme = load_scheme("unlocated-post-plus-level")
        slip = pay_on(self.member(date(2025, 1, 1), *titles), scheme, on=self.DAY)
        lines = {line.component: line for line in slip.lines}
        assert lines["post_pay"].accrued_fen == 310_000
        assert lines["award"].state == "gap"
        assert slip.gross_fen == 335_000


THREE_YEARS: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-three-years"
title = { zh = "虚构示例：三年一级", en = "Invented sample: a grade every three years" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2019-12-01
effective_on = 2020-01-01
attested_from = 2020-01-01
attested_until = 2030-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.staff]
label = { zh = "工作人员", en = "staff" }
source = "text"
[service]
convention = "whole_months"
gaps = "skipped"
other_kinds = 0
source = "text"
[service.kinds]
community = { rate = 1, within = "province" }
[effect.service]
takes = "next_january"
RECKONED
source = "text"
[ladder]
label = { zh = "等级", en = "grade" }
grades = [1, 5]
start = 1
waiting_years = 3
source = "text"
[pay.wage]
label = { zh = "工资", en = "wage" }
source = "text"
by = "grade"
yuan = [3000, 3100, 3200, 3300, 3400]
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
"""


class TestFirstOfJanuary:
    """Who started on 1 January 2020 with a three-year wait and "next January" rises in 2023 or in 2024."""

    WORKER: Final = Worker(id="1", spells=(ServiceSpell(start=date(2020, 1, 1), post="staff"),))

    def scheme(self, reckoned: str) -> Scheme:
        return Scheme((parse_scheme(THREE_YEARS.replace("RECKONED", reckoned)),))

    @pytest.mark.parametrize(("reckoned", "risen"), [("last_day_served", 2023), ("day_met", 2024)])
    def test_the_day_it_is_reckoned_from_decides(self, reckoned: str, risen: int) -> None:
        scheme = self.scheme(f'reckoned_from = "{reckoned}"')
        for on, grade in ((date(risen - 1, 12, 31), 1), (date(risen, 1, 1), 2)):
            outcome = grade_on(self.WORKER, scheme, on=on).outcome
            assert outcome == Decided(Placement(grade=grade, post="staff"))

    @pytest.mark.parametrize("reckoned", ["", 'reckoned_from = { missing = "not stated" }'])
    def test_where_it_is_missing_2023_is_refused_and_other_years_stand(self, reckoned: str) -> None:
        scheme = self.scheme(reckoned)
        assert grade_on(self.WORKER, scheme, on=date(2022, 12, 31)).placement.grade == 1
        assert grade_on(self.WORKER, scheme, on=date(2024, 1, 1)).placement.grade == 2
        for on in (date(2023, 1, 1), date(2023, 12, 31)):
            outcome = grade_on(self.WORKER, scheme, on=on).outcome
            assert isinstance(outcome, Unspecified)
            (gap,) = outcome.gaps
            assert gap.path == "effect.service.reckoned_from"
            assert gap.readings == ("day_met", "last_day_served")


class TestNotInForce:
    def test_before_the_first_day(self) -> None:
        scheme = load_scheme("harbin-2016")
        with pytest.raises(NotInForce, match=r"2015-12-01.*2016-01-01") as caught:
            pay_for_month(titled("书记"), scheme, year=2015, month=12)
        assert caught.value.code == "not-yet-in-force"

    def test_before_the_first_day_nothing_is_carried_forward(self) -> None:
        with pytest.raises(NotInForce):
            pay_for_month(
                titled("书记"),
                load_scheme("harbin-2016"),
                year=2015,
                month=12,
                beyond="carry_forward",
            )

    def test_after_the_last_attested_day(self) -> None:
        scheme = load_scheme("harbin-2016")
        with pytest.raises(NotInForce, match=r"2016-02-01.*2016-01-31.*carry_forward") as caught:
            pay_for_month(titled("书记"), scheme, year=2016, month=2)
        assert caught.value.code == "not-attested-after"
        assert caught.value.facts["last"] == date(2016, 1, 31)

    def test_carried_forward_it_is_written_into_the_result(self) -> None:
        slip = pay_for_month(
            titled("书记"), load_scheme("harbin-2016"), year=2020, month=5, beyond="carry_forward"
        )
        assert slip.gross_fen == 240_000
        assert slip.derivation.beyond == "carry_forward"
