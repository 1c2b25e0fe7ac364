"""Pegs: multipliers, re-basing, floors, a month of a yearly figure; and values that change on stated days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from cwgrade.cli import main
from cwgrade.outcomes import Decided, Outcome, Unspecified
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement import payslip_text
from cwgrade.strategies import turning_days
from cwgrade.timeline import Standing
from cwgrade.worker import ServiceSpell, StateFact, Worker

HEAD: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-pegs"
title = { zh = "虚构：挂钩", en = "Invented: pegs" }
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
[posts.staff]
label = "工作人员"
titles = ["委员"]
source = "text"
[facts.zone]
label = "片区"
values = ["a", "b"]
source = "text"
[effect.zone]
takes = "same_day"
source = "text"
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
[quantities.zone_factor]
label = "片区系数"
by = "zone"
times = { a = 0.8, b = 1.2 }
source = "text"
[quantities.phase_in]
label = "分步到位"
bands_of = "day"
from = [2021-07-01, 2022-07-01, 2023-07-01]
share = [0.8, 0.9, 1]
source = "text"
[pay.base_pay]
label = "基础工资"
sum = ["base"]
source = "text"
"""


def scheme(
    peg: str, wages: str, *, unit: str = "month", rounded: str = "", more: str = ""
) -> Scheme:
    """Make a scheme whose pay is a pegged base; wages are written as `2019=5000 2020=5100`."""
    figures = [one.split("=") for one in wages.split()]
    listed = ", ".join(
        f'{{ year = {year}, yuan = {yuan}, published_on = {int(year) + 1}-06-20, source = "text" }}'
        for year, yuan in figures
    )
    text = f"""{HEAD}
[series.wage]
label = "平均工资"
measure = "虚构平均工资"
region = "9901"
unit = "{unit}"
figures = [{listed}]
[base]
label = "基数"
source = "text"
{rounded}
[base.peg]
series = "wage"
lag_years = 1
rebased = "07-01"
{peg}
{more}
"""
    return Scheme((parse_scheme(text),))


def worker(zone: str = "a") -> Worker:
    return Worker(
        id="1",
        spells=(ServiceSpell(start=date(2015, 1, 1), post="staff"),),
        schooling=(),
        degrees=(),
        qualifications=(),
        honours=(),
        ratings=(),
        facts=(StateFact(name="zone", value=zone),),
    )


def asked(scheme: Scheme, on: date, zone: str = "a") -> Outcome[int]:
    return pay_on(worker(zone), scheme, on=on).outcome


def paid(scheme: Scheme, on: date, zone: str = "a") -> int:
    outcome = asked(scheme, on, zone)
    assert isinstance(outcome, Decided), outcome
    return outcome.value


def gaps(outcome: object) -> list[tuple[str, str, tuple[str, ...]]]:
    assert isinstance(outcome, Unspecified)
    return [(gap.path, gap.why, gap.readings) for gap in outcome.gaps]


EARLY: Final = date(2022, 6, 19)
"""The day before the figure of 2021 is published."""
WAGES: Final = "2018=5000 2019=5400 2020=5200 2021=5600 2022=5500"


class TestMultiplier:
    @pytest.mark.parametrize(("zone", "fen"), [("a", 4320_00), ("b", 6480_00)])
    def test_another_quantity_gives_it(self, zone: str, fen: int) -> None:
        found = scheme('multiplier = { quantity = "zone_factor" }', WAGES)
        assert paid(found, date(2020, 7, 1), zone) == fen

    def test_a_share_that_rises_on_stated_days_gives_it(self) -> None:
        found = scheme('multiplier = { quantity = "phase_in" }', WAGES)
        days = (date(2021, 7, 1), date(2022, 6, 30), date(2022, 7, 1), date(2023, 7, 1))
        assert [paid(found, day) for day in days] == [4160_00, 4160_00, 5040_00, 5500_00]

    def test_a_gap_in_it_leaves_the_base_open(self) -> None:
        found = scheme('multiplier = { missing = "set by the county", zh = "由县定" }', WAGES)
        told = gaps(asked(found, date(2020, 7, 1)))
        assert told == [("base.peg.multiplier", "set by the county", ())]

    def test_two_printed_multipliers_are_readings(self) -> None:
        same = scheme("multiplier = { readings = [{ times = 0.8 }, { times = 0.8 }] }", WAGES)
        assert paid(same, date(2020, 7, 1)) == 4320_00
        differ = scheme("multiplier = { readings = [{ times = 0.8 }, { times = 1 }] }", WAGES)
        assert isinstance(asked(differ, date(2020, 7, 1)), Unspecified)


class TestRebasing:
    def test_every_third_year_takes_the_figure_of_the_year_before(self) -> None:
        found = scheme("every_years = 3\nfirst_year = 2020", WAGES)
        days = (date(2020, 7, 1), date(2021, 7, 1), date(2023, 6, 30), date(2023, 7, 1))
        assert [paid(found, day) for day in days] == [5400_00, 5400_00, 5400_00, 5500_00]

    def test_before_the_first_re_basing_nothing_is_stated(self) -> None:
        found = scheme("every_years = 3\nfirst_year = 2020", WAGES)
        told = gaps(asked(found, date(2020, 6, 30)))
        assert told == [("base.peg.first_year", "before-first-day", ("2020-07-01",))]

    def test_until_the_right_figure_is_out_the_one_of_the_last_re_basing_is_paid(self) -> None:
        found = scheme("every_years = 2\nfirst_year = 2020\nuntil_published = true", WAGES)
        slip = pay_on(worker(), found, on=date(2022, 7, 1), known_on=date(2022, 6, 19))
        assert slip.gross_fen == 5400_00


class TestNeverLowered:
    def test_a_lower_figure_leaves_it_as_it_was(self) -> None:
        found = scheme("never_lowered = true", WAGES)
        days = [date(year, 7, 1) for year in range(2020, 2024)]
        assert [paid(found, day) for day in days] == [5400_00, 5400_00, 5600_00, 5600_00]
        assert [paid(scheme("", WAGES), day) for day in days] == [
            5400_00,
            5200_00,
            5600_00,
            5500_00,
        ]

    def test_figures_before_the_scheme_do_not_count(self) -> None:
        # in force from 2020-01-01: the re-basing of July 2019, with the figure of 2018, is the first that counts
        wages = "2017=9000 2018=5000 2019=4900"
        assert paid(scheme("never_lowered = true", wages), date(2020, 7, 1)) == 5000_00
        stated = scheme("never_lowered = true\nfirst_year = 2020", wages)
        assert paid(stated, date(2020, 7, 1)) == 4900_00

    def test_an_earlier_figure_that_is_not_on_file_may_be_the_highest(self) -> None:
        found = scheme("never_lowered = true", "2018=5000 2020=5200")
        told = gaps(asked(found, date(2021, 7, 1)))
        assert told == [("series.wage", "no-figure", ("2019",))]

    def test_while_the_right_figure_is_not_out_the_highest_before_it_is_paid(self) -> None:
        peg = "never_lowered = true\nuntil_published = true"
        for wages, fen in (("2018=5000 2019=5400 2020=5200", 5400_00), (WAGES, 5400_00)):
            slip = pay_on(worker(), scheme(peg, wages), on=date(2022, 7, 1), known_on=EARLY)
            assert slip.gross_fen == fen
            assert slip.standing is Standing.PROVISIONAL
        told = gaps(pay_on(worker(), scheme(peg, "2020=5200"), on=date(2022, 7, 1)).outcome)
        assert told == [("series.wage", "no-figure", ("2019",))]

    def test_the_step_names_both_years(self) -> None:
        found = scheme("never_lowered = true", WAGES)
        slip = pay_on(worker(), found, on=date(2021, 7, 1))
        (step,) = [one for one in slip.derivation.root.walk() if one.code == "figure.kept"]
        assert step.inputs[:2] == (("wanted_year", 2020), ("year", 2019))
        texts = [payslip_text(slip, "1", lang) for lang in ("en", "zh")]
        assert "the figure of 2020 is lower and does not lower the amount; that of 2019" in texts[0]
        assert "2020 年数据较低，不下调，沿用 2019 年数据" in texts[1]


class TestFloor:
    def test_it_comes_last(self) -> None:
        found = scheme("multiplier = 0.5\nnot_below_yuan = 2650", WAGES)
        days = (date(2020, 7, 1), date(2021, 7, 1))
        assert [paid(found, day) for day in days] == [2700_00, 2650_00]

    def test_a_floor_that_is_not_printed_is_a_gap(self) -> None:
        found = scheme('not_below_yuan = { missing = "the city\'s minimum" }', WAGES)
        assert gaps(asked(found, date(2020, 7, 1)))[0][0] == "base.peg.not_below_yuan"


class TestDividedBy12:
    @pytest.mark.parametrize(
        ("how", "rounded", "fen"),
        [
            # 74,906 a year are 6,242.1666… a month; 60 % of it
            ('"exact"', "", 3745_30),
            ('{ to = "yuan", mode = "half_up" }', "", 3745_20),
            ('{ to = "yuan", mode = "up" }', "", 3745_80),
            ('"exact"', 'rounded = { to = "yuan", mode = "up" }', 3746_00),
        ],
    )
    def test_the_month_is_rounded_first_or_not(self, how: str, rounded: str, fen: int) -> None:
        peg = f"multiplier = 0.6\ndivided_by_12 = {how}"
        found = scheme(peg, "2019=74906", unit="year", rounded=rounded)
        assert paid(found, date(2020, 7, 1)) == fen

    def test_a_yearly_figure_stays_one_without_it(self) -> None:
        assert paid(scheme("", "2019=74906", unit="year"), date(2020, 7, 1)) == 74906_00


class TestNamedPeg:
    MORE: Final = """
[pegs.zone_base]
label = "片区基数"
rounded = { to = "ten_yuan", mode = "half_up" }
source = "text"
[pegs.zone_base.peg]
series = "wage"
multiplier = { quantity = "zone_factor" }
lag_years = 2
rebased = "01-01"
[pay.zone_pay]
label = "片区工资"
sum = ["zone_base"]
source = "text"
"""

    def test_it_stands_beside_the_base(self) -> None:
        found = scheme("", WAGES, more=self.MORE)
        slip = pay_on(worker("b"), found, on=date(2021, 7, 1))
        assert [line.payable_fen for line in slip.lines] == [5200_00, 6480_00]

    def test_its_fields_have_names(self) -> None:
        more = self.MORE.replace('{ quantity = "zone_factor" }', '{ missing = "not printed" }')
        slip = pay_on(worker(), scheme("", WAGES, more=more), on=date(2021, 7, 1))
        assert gaps(slip.outcome)[0][0] == "pegs.zone_base.peg.multiplier"
        assert "multiplier of the peg" in payslip_text(slip, "1", "en")


class TestValuesThatChangeOnStatedDays:
    DATED: Final = """
[pay.subsidy]
label = "补贴"
bands_of = "day"
from = [2021-01-01, 2021-07-16]
yuan = [200, 700]
source = "text"
"""

    def test_before_the_first_day_it_is_not_stated(self) -> None:
        found = scheme("", WAGES, more=self.DATED)
        told = gaps(asked(found, date(2020, 12, 31)))
        assert told == [("pay.subsidy", "before-first-day", ("2021-01-01",))]
        slip = pay_on(worker(), found, on=date(2020, 12, 31))
        assert "What holds before 2021-01-01 is not stated" in payslip_text(slip, "1", "en")
        assert "2021-01-01 之前如何执行没有写明" in payslip_text(slip, "1", "zh")

    def test_a_month_is_cut_at_the_day(self) -> None:
        found = scheme("", WAGES, more=self.DATED)
        slip = pay_for_month(worker(), found, year=2021, month=7)
        subsidy = next(line for line in slip.lines if line.component == "subsidy")
        # 15 days of 200 and 16 of 700, by calendar days
        exact = Fraction(200_00 * 15 + 700_00 * 16, 31)
        assert subsidy.payable_fen == round(exact)

    def test_strategies_draw_its_days(self) -> None:
        days = turning_days(scheme("", WAGES, more=self.DATED + TestNamedPeg.MORE))
        assert {date(2021, 7, 15), date(2021, 7, 16), date(2025, 1, 1), date(2025, 7, 1)} <= set(
            days
        )

    def test_the_derivation_shows_the_day_it_has_held_since(self) -> None:
        slip = pay_on(worker(), scheme("", WAGES, more=self.DATED), on=date(2021, 8, 1))
        assert "the band that starts at 2021-07-16" in payslip_text(slip, "1", "en")
        assert "档次起点 2021-07-16" in payslip_text(slip, "1", "zh")

    def test_show_prints_the_days(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "dated.toml"
        file.write_text(HEAD.replace('sum = ["base"]', "yuan = 1") + self.DATED, encoding="utf-8")
        assert main(["show", str(file), "--lang", "en"]) == 0
        printed = capsys.readouterr().out
        assert "from 2021-07-16" in printed
        assert "reached" not in printed
