"""Pay kept at a move to a new version (保留工资): frozen, melting with promotions, for good; or refused.

The versions are those of the nine cases reformed in mid-step. Staff since 2012 had grade 3 and 2600 yuan on the eve;
by the table below they begin anew at grade 1, 2100 yuan: 500 less.
"""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from cwgrade import (
    Decided,
    OneOf,
    PartialDate,
    Payslip,
    Rating,
    Scheme,
    ServiceSpell,
    Unspecified,
    Worker,
    load_scheme,
    parse_scheme,
    pay_for_month,
    pay_on,
)
from cwgrade.statement import payslip_text

FORMAT = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-kept"
title = {{ zh = "虚构：保留工资", en = "Invented: kept pay" }}
place = "990101"
status = "sample"
revision = {revision}
checked_on = 2026-11-24
published_on = {first}
effective_on = {first}
attested_from = {first}
attested_until = {last}
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.staff]
label = {{ zh = "工作人员", en = "staff" }}
titles = ["委员"]
source = "text"
[service]
convention = "whole_months"
gaps = "skipped"
other_kinds = 0
source = "text"
[service.kinds.community]
within = "anywhere"
rate = 1
[effect.service]
takes = "same_day"
reckoned_from = "day_met"
source = "text"
[ladder]
label = {{ zh = "岗位等级", en = "grade" }}
grades = [1, {top}]
start = 1
waiting_years = {wait}
boundary = "reached"
source = "text"
[pay.basic]
label = {{ zh = "基本工资", en = "basic pay" }}
by = "grade"
yuan = {yuan}
source = "text"
"""
OLD = parse_scheme(
    FORMAT.format(
        revision=1,
        first="2010-01-01",
        last="2020-12-31",
        top=4,
        wait=3,
        yuan=[2000, 2300, 2600, 2900],
    )
)
MOVE = """
[transition]
from = "earlier version"
rule = "table"
table = { "1" = 1, "2" = 1, "3" = 1, "4" = 6 }
waiting = "restarts"
source = "text"
clause = "9"
"""
KEPT = """
[pay.kept]
label = { zh = "保留工资", en = "kept pay" }
protects = true
source = "text"
clause = "10"
[pay.living]
label = { zh = "生活补贴", en = "living allowance" }
bands_of = "day"
from = [2021-01-01, 2022-01-01, 2024-01-01]
source = "text"
"""
WORKER = Worker(id="1", spells=(ServiceSpell(start=date(2012, 1, 1), post="staff"),))


RATED = """
[effect.rating]
event = "period_end"
takes = "next_january"
source = "text"
[assessment]
until_announced = "counted"
source = "text"
[assessment.ratings]
competent = { label = "合格" }
fail = { label = "不合格", grades = -1 }
"""


def reform(
    protection: str, living: str = "[0, 50, 50]", old: object = OLD, more: str = ""
) -> Scheme:
    head = FORMAT.format(
        revision=2,
        first="2021-01-01",
        last="2030-12-31",
        top=6,
        wait=2,
        yuan=[2100, 2250, 2400, 2650, 2900, 3200],
    )
    rules = f"{MOVE}protection = {protection}\n{KEPT}yuan = {living}\n"
    text = head + (rules.replace('"3" = 1', '"3" = 2') if more else rules) + more
    return Scheme((old, parse_scheme(text)))  # type: ignore[arg-type]


def kept(worker: Worker, scheme: Scheme, year: int) -> tuple[int | None, int | None]:
    """Give the kept pay and the total of a January, in yuan."""
    slip = pay_for_month(worker, scheme, year=year, month=1)
    (line,) = [one for one in slip.lines if one.component == "kept"]
    payable = line.payable_fen
    total = slip.gross_fen if isinstance(slip.outcome, Decided) else None
    return (None if payable is None else payable // 100), (None if total is None else total // 100)


@pytest.mark.parametrize(
    ("protection", "expected"),
    [
        # 2021: grade 1, 2100. 2022: 50 more for all. 2023: grade 2, 2250 + 50. 2025: 2400 + 50. 2027: 2650 + 50
        # frozen: what is missing to 2600, until it is reached
        ("frozen", {2021: 500, 2022: 450, 2023: 300, 2025: 150, 2027: 0}),
        # melting: 500 less 150, 300 and 550 by promotions; what all get more takes nothing off
        ("melting", {2021: 500, 2022: 500, 2023: 350, 2025: 200, 2027: 0}),
        ("for_good", {2021: 500, 2022: 500, 2023: 500, 2025: 500, 2027: 500}),
        ("none", {2021: 0, 2022: 0, 2023: 0, 2025: 0, 2027: 0}),
    ],
)
def test_by_each_rule(protection: str, expected: dict[int, int]) -> None:
    stated = f'"{protection}"'
    if protection == "none":
        # of a rule that is missing every reading is tried; the words of the source may leave few
        stated = '{ missing = "unclear", among = ["none"] }'
    scheme = reform(stated)
    table = {2021: 2100, 2022: 2150, 2023: 2300, 2025: 2450, 2027: 2700}
    found = {year: kept(WORKER, scheme, year) for year in expected}
    assert found == {year: (fen, fen + table[year]) for year, fen in expected.items()}


def test_who_loses_nothing_keeps_nothing() -> None:
    # 2 years: grade 1, 2000 before and 2100 after
    later = Worker(id="1", spells=(ServiceSpell(start=date(2019, 1, 1), post="staff"),))
    # at the old top: 2900 before, grade 6 with 3200 after
    top = Worker(id="1", spells=(ServiceSpell(start=date(2010, 1, 1), post="staff"),))
    new = Worker(id="1", spells=(ServiceSpell(start=date(2021, 1, 1), post="staff"),))
    for protection in ('"frozen"', '"melting"', '"for_good"', '{ missing = "not stated" }'):
        scheme = reform(protection)
        assert kept(later, scheme, 2021) == (0, 2100)
        assert kept(top, scheme, 2021) == (0, 3200)
        assert kept(new, scheme, 2021) == (0, 2100)


def test_a_missing_rule_is_refused_where_readings_differ() -> None:
    scheme = reform('{ missing = "not stated", among = ["frozen", "melting", "for_good"] }')
    assert kept(WORKER, scheme, 2021) == (500, 2600)
    outcome = pay_for_month(WORKER, scheme, year=2022, month=1).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.path for gap in outcome.gaps] == ["transition.protection"]


def test_frozen_pay_that_was_once_reached_does_not_come_back() -> None:
    # 600 more in 2022 and 2023 than before and after: 2100 + 600 reaches 2600
    scheme = reform('"frozen"', "[0, 600, 0]")
    assert [kept(WORKER, scheme, year)[0] for year in (2021, 2022, 2024)] == [500, 0, 0]
    assert kept(WORKER, reform('"melting"', "[0, 600, 0]"), 2024) == (350, 2600)


def test_a_grade_lost_again_gives_no_more_than_the_difference() -> None:
    """At grade 2, 2250: 350 less. A failed year: grade 1, 2100 + 50 in 2022, and 350 are kept, not 500."""
    failed = attrs.evolve(WORKER, ratings=(Rating(period="2021", value="fail"),))
    scheme = reform('"melting"', more=RATED)
    assert [kept(failed, scheme, year) for year in (2021, 2022)] == [(350, 2600), (350, 2500)]


def test_the_old_pay_that_cannot_be_found_is_refused() -> None:
    alone = Scheme(reform('"frozen"').versions[1:])
    outcome = pay_for_month(WORKER, alone, year=2021, month=1).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.why for gap in outcome.gaps] == ["earlier-version-not-on-file"]
    # who began under it is paid
    later = Worker(id="1", spells=(ServiceSpell(start=date(2021, 1, 1), post="staff"),))
    assert pay_for_month(later, alone, year=2021, month=1).gross_fen == 210000

    text = FORMAT.format(
        revision=1,
        first="2010-01-01",
        last="2020-12-31",
        top=4,
        wait=3,
        yuan='[2000, 2300, { missing = "blotted" }, 2900]',
    )
    outcome = pay_for_month(
        WORKER, reform('"frozen"', old=parse_scheme(text)), year=2021, month=1
    ).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.why for gap in outcome.gaps] == ["blotted"]


def test_who_left_and_came_back_is_refused() -> None:
    spells = (
        ServiceSpell(start=date(2012, 1, 1), end=date(2022, 3, 1), post="staff"),
        ServiceSpell(start=date(2022, 6, 1), post="staff"),
    )
    outcome = pay_for_month(
        attrs.evolve(WORKER, spells=spells), reform('"for_good"'), year=2023, month=1
    ).outcome
    assert isinstance(outcome, Unspecified)
    assert [gap.why for gap in outcome.gaps] == ["protection-after-a-break"]


def test_an_unknown_fact_bounds_it() -> None:
    """37 or 38 whole months, and 34: on the eve grade 2 (2300: 200 less) or 3 (2600: 500 less)."""
    first = ServiceSpell(start=date(2014, 11, 20), end=PartialDate(2018, 1), post="staff")
    both = Worker(id="1", spells=(first, ServiceSpell(start=date(2018, 2, 1), post="staff")))
    slip = pay_on(both, reform('"for_good"'), on=date(2021, 1, 1))
    assert isinstance(slip.outcome, OneOf)
    assert slip.bounds_fen == (230000, 260000)
    (line,) = [one for one in slip.lines if one.component == "kept"]
    assert (line.low_fen, line.high_fen) == (20000, 50000)


def texts(slip: Payslip, scheme: Scheme) -> tuple[str, str]:
    version = scheme.versions[-1]
    return (
        payslip_text(slip, "1", "en", version=version),
        payslip_text(slip, "1", "zh", version=version),
    )


@pytest.mark.parametrize(
    ("protection", "year", "en", "zh"),
    [
        ("frozen", 2022, "old pay 2600.00 yuan less the pay that holds now, 2150.00 yuan", "减去现薪酬 2150.00 元"),
        ("melting", 2023, "on 2021-01-01, less 150.00 yuan by promotions since", "再减去此后晋升所增 150.00 元"),
        ("for_good", 2023, "kept for good", "长期保留"),
    ],
)  # fmt: skip
def test_the_payslip_says_how_it_was_found(protection: str, year: int, en: str, zh: str) -> None:
    scheme = reform(f'"{protection}"')
    slip = pay_for_month(WORKER, scheme, year=year, month=1)
    told = texts(slip, scheme)
    assert en in told[0]
    assert zh in told[1]
    assert "full monthly pay on" in told[0]
    (step,) = [one for one in slip.derivation.root.walk() if one.code == "protected"]
    assert step.citation is not None
    assert step.citation.clause == "10"
    assert dict(step.inputs)["from"] == "sample-kept, revision 1"


def test_every_other_outcome_is_told_in_both_languages() -> None:
    scheme = reform('"frozen"', "[0, 600, 0]")
    cases = (
        (2012, 2024, "reached the old pay of 2600.00 yuan on 2022-01-01", "已于 2022-01-01 达到"),
        (2019, 2021, "nothing is lost", "没有降低"),
        (2021, 2021, "no higher pay", "没有可保留"),
    )
    for began, year, en, zh in cases:
        spells = (ServiceSpell(start=date(began, 1, 1), post="staff"),)
        worker = Worker(id="1", spells=spells)
        told = texts(pay_for_month(worker, scheme, year=year, month=1), scheme)
        assert en in told[0]
        assert zh in told[1]


def test_part_of_a_month_takes_its_share() -> None:
    """Until 2022-03-15: lead, 5 years on the eve, grade 2: 2300 + 500 before; 2250 + 300 after: 250 less."""
    scheme = load_scheme("sample-reform")
    worker = Worker(
        id="1",
        spells=(ServiceSpell(start=date(2016, 1, 1), end=date(2022, 3, 16), title="书记"),),
    )
    slip = pay_for_month(worker, scheme, year=2022, month=3)
    lines = {line.component: line.payable_fen for line in slip.lines}
    # 250 × 15/31 = 120.97
    assert lines["kept"] == 12097
    full = pay_on(worker, scheme, on=date(2022, 3, 1))
    assert {one.component: one.payable_fen for one in full.lines}["kept"] == 25000
