"""An amount for a quarter, half-year or year that is paid after its period goes by the day that the source names."""

from __future__ import annotations

from datetime import date

import pytest

from cwgrade.outcomes import Decided, Unspecified
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.worker import Rating, ServiceSpell, Worker

TEXT = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-quarters"
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
[effect.rating]
event = "period_end"
takes = "same_day"
source = "text"
[assessment]
source = "text"
[assessment.ratings]
good = { label = { zh = "合格", en = "competent" } }
fail = { label = { zh = "不合格", en = "fail" } }
[probation]
months = 3
times = { quarter = 0 }
source = "text"
[pay.quarter]
label = { zh = "季度绩效", en = "quarter money" }
accrues_per = "quarter"
paid = "quarterly"
paid_in = [1, 4, 7, 10]
RECKONED
source = "text"
by = "last_rating"
yuan = { fail = 0 }
otherwise = 1200
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "yuan", mode = "half_up" }
source = "text"
"""
PAYMENT, END = 'reckoned_on = "payment"', 'reckoned_on = "end_of_period"'


def scheme(reckoned: str) -> Scheme:
    return Scheme((parse_scheme(TEXT.replace("RECKONED", reckoned)),))


def slip(reckoned: str, start: date, year: int, month: int, **ratings: str) -> Payslip:
    known = tuple(Rating(period=name[1:], value=value) for name, value in ratings.items())
    spell = ServiceSpell(start=start, post="staff")
    worker = Worker(id="1", spells=(spell,), absences=(), ratings=known)
    return pay_for_month(worker, scheme(reckoned), year=year, month=month)


@pytest.mark.parametrize(("reckoned", "fen"), [(PAYMENT, 120000), (END, 0)])
def test_probation_that_ended_with_the_quarter(reckoned: str, fen: int) -> None:
    # from 1 April: on probation through June, no longer in July
    found = slip(reckoned, date(2020, 4, 1), 2020, 7, y2019="good")
    assert found.gross_fen == fen


@pytest.mark.parametrize(("reckoned", "fen"), [(PAYMENT, 120000), (END, 0)])
def test_a_failed_year_before_last_in_january(reckoned: str, fen: int) -> None:
    # in January 2021 the last rating is that of 2020, on 31 December 2020 it was that of 2019
    found = slip(reckoned, date(2015, 1, 1), 2021, 1, y2019="fail", y2020="good")
    assert found.gross_fen == fen


def test_where_the_source_is_silent_both_are_tried() -> None:
    found = slip("", date(2020, 4, 1), 2020, 7, y2019="good").outcome
    assert isinstance(found, Unspecified)
    assert [(gap.path, gap.readings) for gap in found.gaps] == [
        ("pay.quarter.reckoned_on", ("payment", "end_of_period"))
    ]
    assert slip("", date(2020, 4, 1), 2020, 10, y2019="good").outcome == Decided(120000)


def test_the_end_of_a_period_before_the_scheme_is_not_known_to_it() -> None:
    found = slip(END, date(2005, 1, 1), 2010, 1, y2008="good", y2009="good").outcome
    assert isinstance(found, Unspecified)
    assert [(gap.path, gap.why) for gap in found.gaps] == [("pay.quarter", "period-before-scheme")]


@pytest.mark.parametrize("reckoned", ["", PAYMENT, END])
def test_who_served_on_no_day_of_the_quarter_gets_nothing(reckoned: str) -> None:
    found = slip(reckoned, date(2020, 7, 1), 2020, 7, y2019="good")
    assert found.outcome == Decided(0)


@pytest.mark.parametrize("reckoned", ["", PAYMENT, END])
def test_part_of_the_quarter_stays_open(reckoned: str) -> None:
    found = slip(reckoned, date(2020, 5, 15), 2020, 7, y2019="good").outcome
    assert isinstance(found, Unspecified)
    assert [gap.why for gap in found.gaps] == ["part-of-period"]
