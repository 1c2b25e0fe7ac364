"""Amounts over a month: supplied ones, periods, rounding that is not stated, and days that are hidden."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest

from cwgrade.errors import CannotDecide
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Rhythm
from cwgrade.money import Rounding, RoundingMode, RoundTo
from cwgrade.outcomes import Decided, NotEligible, Unspecified
from cwgrade.pay import PayLine, Payslip, pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement.steps import step_text
from cwgrade.statement.why import open_points
from cwgrade.statement.words import Words
from cwgrade.timeline import Standing
from cwgrade.worker import AbsenceSpell, ServiceSpell, SuppliedAmount, Worker
from tests.property.invented import SAMPLE, clerk

VERSION: Final = SAMPLE.versions[0]
BASIC: Final = 196_560
"""Grade 3 in March 2018: 5,319 × 0.6 × 0.88 is 2,808 yuan; 70 % of it."""


def changed(**fields: Any) -> Scheme:
    return Scheme((attrs.evolve(VERSION, **fields),))


def of_march(worker: Worker, scheme: Scheme = SAMPLE) -> Payslip:
    return pay_for_month(worker, scheme, year=2018, month=3)


def line(slip: Payslip, component: str) -> PayLine:
    return next(one for one in slip.lines if one.component == component)


def whys(slip: Payslip) -> list[tuple[str, str]]:
    assert isinstance(slip.outcome, Unspecified), slip.outcome
    return [(gap.path, gap.why) for gap in slip.outcome.gaps]


def supplied(fen: int, **fields: Any) -> SuppliedAmount:
    known = {"component": "on_call", "year": 2018, "month": 3, "document": "值班表"}
    return SuppliedAmount(**{**known, "fen": fen, **fields})


class TestSupplied:
    @pytest.mark.parametrize("amounts", [(), (50_000,), (20_000, 30_000), (0,), (1, 2, 3)])
    def test_amounts_are_added_up_to_the_limit(self, amounts: tuple[int, ...]) -> None:
        slip = of_march(clerk(supplied=tuple(supplied(fen) for fen in amounts)))
        assert line(slip, "on_call").payable_fen == sum(amounts)
        assert line(slip, "on_call").state == "supplied"
        assert slip.gross_fen == sum(one.payable_fen or 0 for one in slip.lines)

    @pytest.mark.parametrize(
        ("one", "why", "readings"),
        [
            (supplied(50_001), "supplied-over-limit", ("50001", "50000")),
            (supplied(-1), "supplied-negative", ("-1",)),
            (supplied(100, document=""), "supplied-without-document", ()),
        ],
    )
    def test_what_breaks_the_rule_is_a_gap_and_not_cut_down(
        self, one: SuppliedAmount, why: str, readings: tuple[str, ...]
    ) -> None:
        slip = of_march(clerk(supplied=(one,)))
        assert whys(slip) == [("pay.on_call", why)]
        assert line(slip, "on_call").gaps[0].readings == readings
        assert line(slip, "basic").payable_fen == BASIC

    def test_two_amounts_pass_the_limit_together(self) -> None:
        slip = of_march(clerk(supplied=(supplied(30_000), supplied(30_000))))
        assert whys(slip) == [("pay.on_call", "supplied-over-limit")]

    def test_another_month_is_another_matter(self) -> None:
        assert of_march(clerk(supplied=(supplied(99_999, month=4),))).lines[-1].payable_fen == 0

    @pytest.mark.parametrize("component", ["oncall", "basic"])
    def test_a_component_that_is_not_supplied_is_refused(self, component: str) -> None:
        slip = of_march(clerk(supplied=(supplied(100, component=component),)))
        assert whys(slip) == [(f"supplied.{component}", "unknown-component")]

    def test_on_a_day_nothing_is_supplied(self) -> None:
        slip = pay_on(clerk(supplied=(supplied(100),)), SAMPLE, on=date(2018, 3, 1))
        assert line(slip, "on_call").state == "supplied"
        assert line(slip, "on_call").payable_fen is None
        assert slip.gross_fen == BASIC + 5_000


class TestATotalOfNothing:
    """A total is a sum of what somebody has stated; where nobody has, it is not 0.00."""

    GIVEN: Final = changed(pay=tuple(one for one in VERSION.pay if one.supplied), split=())
    ON_TOP: Final = changed(
        pay=tuple(attrs.evolve(one, in_total=False) for one in VERSION.pay), split=()
    )

    def test_what_the_office_has_not_supplied_is_no_zero(self) -> None:
        assert whys(of_march(clerk(), self.GIVEN)) == [("pay.on_call", "nothing-supplied")]
        assert of_march(clerk(supplied=(supplied(0),)), self.GIVEN).outcome == Decided(0)
        assert of_march(clerk(supplied=(supplied(700),)), self.GIVEN).outcome == Decided(700)

    def test_lines_on_top_are_no_total(self) -> None:
        assert whys(of_march(clerk(), self.ON_TOP)) == [("pay", "nothing-in-total")]

    def test_on_a_day_nothing_is_supplied_at_all(self) -> None:
        slip = pay_on(clerk(), self.GIVEN, on=date(2018, 3, 1))
        assert whys(slip) == [("pay", "nothing-in-total")]


class TestRoundingThatIsNotStated:
    SCHEME: Final = changed(rounding=attrs.evolve(VERSION.rounding, component=Missing(why="no")))

    def test_whole_fen_are_the_answer(self) -> None:
        assert line(of_march(clerk(), self.SCHEME), "basic").payable_fen == BASIC

    def test_parts_of_a_fen_are_refused(self) -> None:
        away = (AbsenceSpell(start=date(2018, 3, 5), end=date(2018, 3, 12), kind="personal"),)
        slip = of_march(clerk(absences=away), self.SCHEME)
        assert whys(slip) == [("rounding.component", "no")]


class TestRoundingOfTheTotal:
    def test_acts_once_on_the_sum(self) -> None:
        to_ten = Rounding(to=RoundTo.TEN_YUAN, mode=RoundingMode.HALF_UP)
        scheme = changed(rounding=attrs.evolve(VERSION.rounding, total=to_ten))
        slip = of_march(clerk(), scheme)
        # 1,965.60 and 50
        assert slip.gross_fen == 202_000
        assert slip.derivation.root.residue == Fraction(440)


class TestPeriods:
    def test_a_half_year_adds_its_months(self) -> None:
        slip = pay_for_month(clerk(), SAMPLE, year=2018, month=6)
        assert line(slip, "performance").payable_fen == 6 * 84_240

    @pytest.mark.parametrize(("month", "months"), [(3, 3), (6, 3), (5, 0)])
    def test_a_quarter_adds_its_months(self, month: int, months: int) -> None:
        performance = next(one for one in VERSION.pay if one.name == "performance")
        by_quarter = attrs.evolve(performance, paid=Rhythm.QUARTERLY, paid_in=(3, 6, 9, 12))
        scheme = changed(
            pay=tuple(by_quarter if one is performance else one for one in VERSION.pay)
        )
        slip = pay_for_month(clerk(), scheme, year=2018, month=month)
        assert line(slip, "performance").payable_fen == months * 84_240
        assert line(slip, "performance").paid == "quarterly"

    def test_before_it_is_due_it_accrues(self) -> None:
        performance = line(of_march(clerk()), "performance")
        assert (performance.state, performance.accrued_fen, performance.payable_fen) == (
            "accrues",
            84_240,
            0,
        )

    def test_months_before_the_scheme_are_refused_where_they_were_served(self) -> None:
        day = date(2018, 3, 1)
        scheme = changed(effective_on=day, attested_from=day)
        served = pay_for_month(clerk(), scheme, year=2018, month=6)
        assert whys(served) == [("pay.performance", "period-before-scheme")] * 2
        readings = [gap.readings for gap in line(served, "performance").gaps]
        assert readings == [("2018-01",), ("2018-02",)]

    def test_each_month_is_computed_under_the_version_that_paid_it(self) -> None:
        share = {"basic": Fraction(4, 5), "performance": Fraction(1, 5)}
        later = changed(
            split=(attrs.evolve(VERSION.split[0], shares=tuple(share.items())),),
            effective_on=date(2018, 3, 12),
            attested_from=date(2018, 3, 12),
        ).versions[0]
        scheme = Scheme((VERSION, later))
        june = pay_for_month(clerk(), scheme, year=2018, month=6)
        accrued = [
            line(pay_for_month(clerk(), scheme, year=2018, month=month), "performance").accrued_fen
            for month in range(1, 6)
        ]
        # March is paid by the version of its first day
        assert accrued == [84_240] * 3 + [56_160] * 2
        assert line(june, "performance").payable_fen == 3 * 84_240 + 3 * 56_160
        months = [step for step in june.derivation.root.walk() if step.code == "month"]
        told = [step_text(step, Words("en", version=VERSION)) for step in months]
        assert "2018-03, under the scheme's version from 2012-01-01" in told[2]
        assert "under" not in told[3]

    def test_an_earlier_version_that_pays_otherwise_leaves_the_period_open(self) -> None:
        performance = next(one for one in VERSION.pay if one.name == "performance")
        monthly = attrs.evolve(performance, paid=Rhythm.MONTHLY, paid_in=())
        pay = tuple(monthly if one is performance else one for one in VERSION.pay)
        day = date(2018, 3, 1)
        later = changed(effective_on=day, attested_from=day).versions[0]
        scheme = Scheme((changed(pay=pay).versions[0], later))
        june = pay_for_month(clerk(), scheme, year=2018, month=6)
        assert whys(june) == [("pay.performance", "period-before-scheme")] * 2

    def test_months_before_the_scheme_are_nothing_to_who_came_later(self) -> None:
        day = date(2017, 11, 1)
        scheme = changed(effective_on=day, attested_from=day)
        new = clerk(spells=(ServiceSpell(start=date(2018, 4, 1), post="staff"),), ratings=())
        slip = pay_for_month(new, scheme, year=2018, month=6)
        # on probation performance pay is nothing
        assert line(slip, "performance").payable_fen == 0
        assert isinstance(slip.outcome, Decided)

    def test_a_month_whose_post_is_hidden_hides_the_half_year(self) -> None:
        spells = (
            ServiceSpell(start=date(2012, 1, 1), end=date(2018, 3, 1), title="总干事"),
            ServiceSpell(start=date(2018, 3, 1), post="staff"),
        )
        slip = pay_for_month(clerk(spells=spells), SAMPLE, year=2018, month=6)
        assert whys(slip) == [("posts", "unmapped-title")]
        assert line(slip, "performance").payable_fen is None
        assert line(slip, "basic").payable_fen == BASIC


AWARD: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-award"
title = { zh = "虚构示例：奖金", en = "Invented sample: an award" }
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
[posts.staff]
label = { zh = "工作人员", en = "staff" }
source = "text"
[pay.award]
label = { zh = "奖金", en = "award" }
source = "text"
accrues_per = "ACCRUES"
paid = "PAID"
paid_in = IN
yuan = 1200
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
"""


def award(accrues: str = "year", paid: str = "yearly", paid_in: str = "[12]") -> Scheme:
    text = AWARD.replace("ACCRUES", accrues).replace("PAID", paid).replace("IN\n", paid_in + "\n")
    return Scheme((parse_scheme(text),))


class TestAmountsOfAPeriod:
    @pytest.mark.parametrize(
        ("start", "month", "paid"),
        [
            (date(2017, 1, 1), 12, True),
            (date(2018, 1, 1), 12, True),
            (date(2018, 1, 2), 12, False),
            (date(2017, 1, 1), 11, None),
        ],
    )
    def test_are_paid_whole_or_refused(self, start: date, month: int, paid: bool | None) -> None:  # noqa: FBT001
        slip = pay_for_month(clerk(start=start), award(), year=2018, month=month)
        if paid is None:
            assert slip.outcome == Decided(0)
        elif paid:
            assert slip.outcome == Decided(120_000)
        else:
            assert whys(slip) == [("pay.award", "part-of-period")]

    @pytest.mark.parametrize(
        ("accrues", "paid", "paid_in", "month", "first"),
        [
            # paid after the year, for the year before
            ("year", "yearly", "[1]", 1, date(2017, 1, 1)),
            ("half_year", "half_yearly", "[6, 12]", 6, date(2018, 1, 1)),
            ("half_year", "half_yearly", "[1, 7]", 7, date(2018, 1, 1)),
            ("quarter", "quarterly", "[3, 6, 9, 12]", 9, date(2018, 7, 1)),
            ("quarter", "quarterly", "[1, 4, 7, 10]", 4, date(2018, 1, 1)),
            ("quarter", "quarterly", "[2, 5, 8, 11]", 2, date(2017, 10, 1)),
        ],
    )
    def test_the_period_is_the_last_that_has_ended(
        self, accrues: str, paid: str, paid_in: str, month: int, first: date
    ) -> None:
        scheme = award(accrues, paid, paid_in)
        whole = pay_for_month(clerk(start=first), scheme, year=2018, month=month)
        assert whole.outcome == Decided(120_000)
        later = pay_for_month(clerk(start=first.replace(day=2)), scheme, year=2018, month=month)
        assert whys(later) == [("pay.award", "part-of-period")]

    @pytest.mark.parametrize("month", range(1, 13))
    def test_part_of_it_matters_in_the_month_of_payment_only(self, month: int) -> None:
        slip = pay_for_month(clerk(start=date(2018, 1, 1)), award(), year=2019, month=month)
        late = pay_for_month(clerk(start=date(2018, 4, 9)), award(), year=2018, month=12)
        assert (line(late, "award").state, line(late, "award").payable_fen) == ("gap", None)
        between = pay_for_month(clerk(start=date(2018, 4, 9)), award(), year=2019, month=month)
        for one in (slip, between):
            due = month == 12
            assert one.outcome == Decided(120_000 if due else 0)
            assert line(one, "award").state == ("payable" if due else "accrues")
            assert line(one, "award").payable_fen == (120_000 if due else 0)
        assert line(slip, "award").accrued_fen == 120_000
        if month != 12:
            assert line(between, "award").accrued_fen is None
            assert line(between, "award").gaps[0].why == "part-of-period"
            assert open_points(between, None, Words("en")) == []

    def test_alone_without_a_stated_month_it_leaves_no_total(self) -> None:
        scheme = award(paid_in='{ missing = "not stated" }')
        gap = Gap(path="pay.award.paid_in", why="not stated")
        for slip in (
            pay_for_month(clerk(), scheme, year=2018, month=12),
            pay_on(clerk(), scheme, on=date(2018, 12, 1)),
        ):
            assert slip.outcome == Unspecified((gap,))
            assert line(slip, "award").state == "unscheduled"
            assert line(slip, "award").accrued_fen == 120_000

    def test_beside_other_lines_one_without_a_stated_month_is_not_summed(self) -> None:
        version = award(paid_in='{ missing = "no" }').versions[0]
        scheme = changed(pay=(*VERSION.pay, *version.pay))
        assert of_march(clerk(), scheme).outcome == of_march(clerk()).outcome
        assert line(of_march(clerk(), scheme), "award").state == "unscheduled"


class TestAbsences:
    AWAY: Final = (AbsenceSpell(start=date(2018, 3, 5), end=date(2018, 3, 12), kind="sick"),)

    def sick(self, **fields: Any) -> Scheme:
        return changed(
            absences=tuple(
                attrs.evolve(one, **fields) if one.kind == "sick" else one
                for one in VERSION.absences
            )
        )

    def test_one_share_for_all_components(self) -> None:
        scheme = self.sick(pay=Fraction(1, 2), pay_by_component=())
        slip = of_march(clerk(absences=self.AWAY), scheme)
        # seniority 50 yuan, half of it for 7 days of 31
        assert line(slip, "seniority").payable_fen == 4_435

    def test_a_share_by_component_leaves_the_others_whole(self) -> None:
        slip = of_march(clerk(absences=self.AWAY))
        assert line(slip, "seniority").payable_fen == 5_000
        assert line(slip, "basic").payable_fen == round(BASIC * (24 + Fraction(7 * 6, 10)) / 31)

    def test_a_share_that_is_missing_is_a_gap(self) -> None:
        scheme = self.sick(pay=Missing(why="the share is not stated"), pay_by_component=())
        slip = of_march(clerk(absences=self.AWAY), scheme)
        assert whys(slip) == [("absences.sick.pay", "the share is not stated")]
        assert of_march(clerk(), scheme).lines[0].payable_fen == BASIC


class TestPayslip:
    def test_a_bare_sum_is_refused_where_there_is_none(self) -> None:
        slip = of_march(clerk(supplied=(supplied(50_001),)))
        with pytest.raises(CannotDecide, match=r"pay\.on_call"):
            _ = slip.gross_fen
        assert slip.standing is Standing.BLOCKED

    def test_who_is_certainly_not_paid_has_a_final_answer(self) -> None:
        slip = of_march(clerk(spells=(ServiceSpell(start=date(2018, 4, 1), post="staff"),)))
        assert isinstance(slip.outcome, NotEligible)
        assert slip.standing is Standing.FINAL
        assert slip.lines == ()

    def test_a_month_of_which_everything_is_known_is_final(self) -> None:
        assert of_march(clerk()).standing is Standing.FINAL
