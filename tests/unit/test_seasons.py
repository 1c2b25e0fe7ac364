"""Amounts that are due in some months of the year, months that are paid whole, and supplied amounts with a factor."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.cli.needs import omissions
from cwgrade.outcomes import Decided, OneOf, Unspecified
from cwgrade.pay import PayLine, Payslip, pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.sources import Citation
from cwgrade.statement.terminal import payslip_text
from cwgrade.worker import AbsenceSpell, Rating, ServiceSpell, SuppliedAmount, Worker

TEXT: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-seasons"
title = { zh = "虚构示例", en = "Invented sample" }
place = "990101"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2009-12-01
effective_on = 2010-01-01
attested_from = 2010-01-01
attested_until = 2030-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.staff]
label = { zh = "工作人员", en = "staff" }
source = "text"
[absences.personal]
counts_as_service = true
pay = 0
source = "text"
[effect.rating]
event = "announced"
takes = "same_day"
source = "text"
[assessment]
source = "text"
[assessment.ratings]
good = { label = { zh = "合格", en = "competent" } }
fail = { label = { zh = "不合格", en = "fail" } }
[pay.basic]
label = { zh = "基本工资", en = "basic pay" }
source = "text"
yuan = 3000
[pay.heat]
label = { zh = "高温补贴", en = "heat allowance" }
source = "text"
yuan = 310
due_in = [6, 7, 8, 9]
HEAT
[pay.bonus]
label = { zh = "绩效奖励", en = "bonus" }
source = "text"
supplied = true
factors = ["by_result"]
[quantities.by_result]
label = { zh = "不合格的不发", en = "nothing after a failed year" }
by = "last_rating"
times = { fail = 0 }
otherwise = 1
source = "text"
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "yuan", mode = "half_up" }
source = "text"
"""


def scheme(heat: str = "", *changes: tuple[str, str]) -> Scheme:
    text = TEXT.replace("HEAT", heat)
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return Scheme((parse_scheme(text),))


def worker(
    *absences: AbsenceSpell, start: date = date(2015, 1, 1), end: date | None = None
) -> Worker:
    spell = ServiceSpell(start=start, end=end, post="staff")
    good = (Rating(period="2017", value="good", announced=date(2018, 2, 1)),)
    return Worker(id="1", spells=(spell,), absences=absences, ratings=good)


def slip(one: Worker, under: Scheme, month: int, year: int = 2018) -> Payslip:
    return pay_for_month(one, under, year=year, month=month)


def line(found: Payslip, component: str = "heat") -> PayLine:
    return next(one for one in found.lines if one.component == component)


def away(first: date, after: date) -> AbsenceSpell:
    return AbsenceSpell(start=first, end=after, kind="personal")


class TestDueInSomeMonths:
    @pytest.mark.parametrize("month", range(1, 13))
    def test_it_is_paid_in_them_and_is_nothing_in_others(self, month: int) -> None:
        found = slip(worker(), scheme(), month)
        due = 6 <= month <= 9
        assert found.outcome == Decided(331_000 if due else 300_000)
        heat = line(found)
        assert (heat.state, heat.paid_in) == ("payable" if due else "accrues", (6, 7, 8, 9))
        assert (heat.accrued_fen, heat.payable_fen) == ((31_000, 31_000) if due else (0, 0))

    def test_part_of_a_month_is_a_part(self) -> None:
        # from 22 July: 10 of 31 days
        assert line(slip(worker(start=date(2018, 7, 22)), scheme(), 7)).payable_fen == 10_000

    def test_on_a_day_it_is_listed_and_not_summed(self) -> None:
        found = pay_on(worker(), scheme(), on=date(2018, 7, 1))
        assert found.outcome == Decided(300_000)
        assert (line(found).accrued_fen, line(found).state) == (31_000, "accrues")

    def test_the_months_are_told(self) -> None:
        found = slip(worker(), scheme(), 3)
        assert "due in months 6–9 only" in payslip_text(found, "1", "en")
        assert "只在 6–9 月计发" in payslip_text(found, "1", "zh")

    def test_an_amount_that_nobody_knows_hides_no_month_in_which_it_is_not_due(self) -> None:
        under = scheme("", ("yuan = 310", 'yuan = { missing = "not printed" }'))
        assert slip(worker(), under, 5).outcome == Decided(300_000)
        assert isinstance(slip(worker(), under, 6).outcome, Unspecified)

    def test_months_that_are_missing_hide_what_may_be_due(self) -> None:
        under = scheme("", ("due_in = [6, 7, 8, 9]", 'due_in = { missing = "in the hot months" }'))
        for month in (1, 7):
            outcome = slip(worker(), under, month).outcome
            assert isinstance(outcome, Unspecified)
            assert [gap.path for gap in outcome.gaps] == ["pay.heat.due_in"]
        # nothing is nothing in whichever months
        unpaid = worker(away(date(2018, 1, 1), date(2019, 1, 1)))
        assert slip(unpaid, under, 7).outcome == Decided(0)


class TestASeasonPaidOnce:
    ONCE: Final = 'paid = "yearly"\npaid_in = [9]'

    @pytest.mark.parametrize(
        ("paid_in", "year", "month", "months"),
        [
            # in the last of its months, and after: the season that has just ended
            (9, 2018, 9, 4),
            (12, 2018, 12, 4),
            (3, 2019, 3, 4),
            (9, 2018, 8, 0),
        ],
    )
    def test_it_is_the_sum_of_its_months(
        self, paid_in: int, year: int, month: int, months: int
    ) -> None:
        under = scheme(f'paid = "yearly"\npaid_in = [{paid_in}]')
        found = slip(worker(), under, month, year)
        assert line(found).payable_fen == months * 31_000

    def test_who_came_in_it_gets_the_months_served(self) -> None:
        found = slip(worker(start=date(2018, 7, 22)), scheme(self.ONCE), 9)
        assert line(found).payable_fen == 10_000 + 2 * 31_000

    def test_one_that_runs_over_new_year_is_not_cut(self) -> None:
        winter = ("due_in = [6, 7, 8, 9]", "due_in = [1, 2, 11, 12]")
        under = scheme('paid = "yearly"\npaid_in = [2]', winter)
        assert line(slip(worker(start=date(2018, 12, 1)), under, 2, 2019)).payable_fen == 93_000
        assert line(slip(worker(end=date(2018, 3, 1)), under, 2, 2018)).payable_fen == 124_000

    def test_by_the_quarter_each_payment_holds_the_months_of_its_own(self) -> None:
        under = scheme('paid = "quarterly"\npaid_in = [3, 6, 9, 12]')
        paid = [line(slip(worker(), under, month)).payable_fen for month in (3, 6, 9, 12)]
        assert paid == [0, 31_000, 93_000, 0]

    def test_months_that_are_missing_hide_the_payment(self) -> None:
        missing = ("due_in = [6, 7, 8, 9]", 'due_in = { missing = "in the hot months" }')
        # of the calendar year before nothing was served, but the season may lie in this year
        found = slip(worker(start=date(2018, 3, 1)), scheme(self.ONCE, missing), 9)
        assert line(found).gaps[0].path == "pay.heat.due_in"

    def test_a_version_before_with_other_months_leaves_the_payment_open(self) -> None:
        from_august = (
            "effective_on = 2010-01-01\nattested_from = 2010-01-01",
            "effective_on = 2018-08-01\nattested_from = 2018-08-01",
        )
        hot = ("due_in = [6, 7, 8, 9]", "due_in = [5, 6, 7, 8, 9]")
        earlier = scheme(self.ONCE).versions[0]
        same = Scheme((earlier, scheme(self.ONCE, from_august).versions[0]))
        assert line(slip(worker(), same, 9)).payable_fen == 124_000
        other = Scheme((earlier, scheme(self.ONCE, from_august, hot).versions[0]))
        gaps = line(slip(worker(), other, 9)).gaps
        assert {gap.why for gap in gaps} == {"period-before-scheme"}

    def test_months_before_the_scheme_that_are_not_due_are_no_gap(self) -> None:
        from_may = ("effective_on = 2010-01-01\nattested_from = 2010-01-01",
                    "effective_on = 2018-05-01\nattested_from = 2018-05-01")  # fmt: skip
        assert line(slip(worker(), scheme(self.ONCE, from_may), 9)).payable_fen == 124_000


class TestAMonthPaidWhole:
    LUMP: Final = 'prorated = false\nclause = "9"'

    @pytest.mark.parametrize(
        ("start", "end", "fen"),
        [
            (date(2018, 7, 31), None, 31_000),
            (date(2015, 1, 1), date(2018, 7, 2), 31_000),
            (date(2018, 8, 1), None, None),
        ],
    )
    def test_one_day_is_enough(self, start: date, end: date | None, fen: int | None) -> None:
        found = slip(worker(start=start, end=end), scheme(self.LUMP), 7)
        if fen is None:
            assert found.lines == ()
        else:
            assert line(found).payable_fen == fen
            assert (line(found, "basic").payable_fen or 0) < 300_000

    def test_a_day_at_full_pay_is_enough_and_none_gives_nothing(self) -> None:
        most = worker(away(date(2018, 7, 1), date(2018, 7, 31)))
        assert line(slip(most, scheme(self.LUMP), 7)).payable_fen == 31_000
        at_the_end = worker(away(date(2018, 7, 2), date(2018, 8, 1)))
        assert line(slip(at_the_end, scheme(self.LUMP), 7)).payable_fen == 31_000
        every_day = worker(away(date(2018, 7, 1), date(2018, 8, 1)))
        assert line(slip(every_day, scheme(self.LUMP), 7)).payable_fen == 0

    def test_it_goes_by_the_last_such_day(self) -> None:
        by_day = (
            "yuan = 310\n",
            'bands_of = "day"\nfrom = [2010-01-01, 2018-07-10]\nyuan = [310, 600]\n',
        )
        assert line(slip(worker(), scheme(self.LUMP, by_day), 7)).payable_fen == 60_000
        gone = worker(end=date(2018, 7, 9))
        assert line(slip(gone, scheme(self.LUMP, by_day), 7)).payable_fen == 31_000

    def test_the_reason_is_its_own(self) -> None:
        found = slip(worker(start=date(2018, 7, 31)), scheme(self.LUMP), 7)
        text = payslip_text(found, "1", "en")
        assert "part of the month, the whole month → 310.00" in text
        (step,) = [one for one in found.derivation.root.walk() if one.path == "pay.heat.prorated"]
        assert step.citation == Citation(source="text", clause="9")

    def test_it_needs_no_rule_for_part_of_a_month(self) -> None:
        silent = ('rule = "calendar_days"', 'rule = { missing = "not stated" }')
        found = slip(worker(start=date(2018, 7, 22)), scheme(self.LUMP, silent), 7)
        assert line(found).payable_fen == 31_000

    def test_where_it_is_missing_both_are_tried(self) -> None:
        under = scheme('prorated = { missing = "not stated" }')
        assert slip(worker(), under, 7).outcome == Decided(331_000)
        assert slip(worker(start=date(2018, 7, 22)), under, 6).lines == ()
        outcome = slip(worker(start=date(2018, 7, 22)), under, 7).outcome
        assert isinstance(outcome, Unspecified)
        assert [(gap.path, gap.readings) for gap in outcome.gaps] == [
            ("pay.heat.prorated", ("True", "False"))
        ]


class TestSuppliedWithAFactor:
    def given(self, fen: int, *ratings: Rating) -> Worker:
        one = SuppliedAmount(component="bonus", year=2018, month=3, fen=fen)
        spell = ServiceSpell(start=date(2015, 1, 1), post="staff")
        return Worker(id="1", spells=(spell,), ratings=ratings, supplied=(one,))

    def bonus(self, one: Worker, *changes: tuple[str, str], month: int = 3) -> PayLine:
        return line(slip(one, scheme("", *changes), month), "bonus")

    GOOD: Final = Rating(period="2017", value="good", announced=date(2018, 2, 1))
    FAIL: Final = Rating(period="2017", value="fail", announced=date(2018, 2, 1))

    def test_it_is_void_after_a_failed_year_and_otherwise_as_entered(self) -> None:
        # the scheme rounds to the yuan; what is paid as entered is not rounded
        assert self.bonus(self.given(123_45, self.GOOD)).payable_fen == 123_45
        failed = self.bonus(self.given(123_45, self.FAIL))
        assert (failed.payable_fen, failed.state) == (0, "supplied")

    def test_it_goes_by_the_last_day_of_the_month(self) -> None:
        late = Rating(period="2017", value="fail", announced=date(2018, 3, 31))
        later = Rating(period="2017", value="fail", announced=date(2018, 4, 1))
        assert self.bonus(self.given(100_00, late)).payable_fen == 0
        assert self.bonus(self.given(100_00, later)).payable_fen == 100_00

    def test_a_share_is_rounded_as_the_scheme_rounds(self) -> None:
        half = ("times = { fail = 0 }", "times = { fail = 0.5 }")
        # 61.725 yuan
        assert self.bonus(self.given(123_45, self.FAIL), half).payable_fen == 62_00

    def test_an_unknown_result_leaves_it_open(self) -> None:
        found = slip(self.given(100_00), scheme(), 3)
        assert isinstance(found.outcome, OneOf)
        assert sorted(found.outcome.values) == [300_000, 310_000]
        assert line(found, "bonus").state == "unknown"

    def test_where_nothing_is_supplied_no_result_is_asked_for(self) -> None:
        # nothing in the month, or an amount of nothing
        for month, fen in ((4, 100_00), (3, 0)):
            found = slip(self.given(fen), scheme(), month)
            assert found.outcome == Decided(300_000)
            assert found.derivation.tried == ()
            assert [step for step in found.derivation.root.walk() if step.code == "product"] == []

    def test_what_is_entered_wrongly_is_refused_first(self) -> None:
        limit = ('factors = ["by_result"]', 'factors = ["by_result"]\nat_most_yuan = 100')
        found = self.bonus(self.given(100_01, self.FAIL), limit)
        assert [gap.why for gap in found.gaps] == ["supplied-over-limit"]

    def test_what_a_factor_leaves_open_is_a_field_that_the_file_leaves_open(self) -> None:
        gap = ("otherwise = 1", 'otherwise = { missing = "in another document" }')
        paths = [one.path for one in omissions(scheme("", gap).versions[0])]
        assert "quantities.by_result.otherwise" in paths

    def test_the_reasons_name_the_factor(self) -> None:
        text = payslip_text(slip(self.given(100_00, self.FAIL), scheme(), 3), "1", "en")
        assert "nothing after a failed year" in text


def test_the_lump_of_the_sample_is_whole_and_the_rest_goes_by_the_first_day() -> None:
    one = Worker(
        id="1",
        spells=(ServiceSpell(start=date(2021, 11, 2), title="委员", region="990203"),),
        schooling=(), degrees=(), qualifications=(), honours=(), ratings=(),
    )  # fmt: skip
    found = slip(one, load_scheme("sample-4x24-bing"), 11, 2021)
    lines = {each.component: each.payable_fen for each in found.lines}
    # on probation: 90 % of 1,000
    assert (lines["warmth"], lines["basic"], lines["heat"]) == (90_000, 0, 0)
