"""The parts of a split, rounded each by itself or together by largest remainder."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.gaps import Missing
from cwgrade.law.pay import Parts
from cwgrade.money import Rounding, RoundingMode, RoundTo, round_fen, round_together
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.statement import payslip_text
from cwgrade.worker import ServiceSpell
from tests.unit.test_once import clerk, line, scheme

ROUNDINGS: Final = st.builds(
    Rounding, to=st.sampled_from(RoundTo), mode=st.sampled_from(RoundingMode)
)
AMOUNTS: Final = st.lists(
    st.fractions(min_value=0, max_value=10**6, max_denominator=400), min_size=1, max_size=6
)


@given(AMOUNTS, ROUNDINGS)
def test_parts_sum_to_the_rounded_whole(amounts: list[Fraction], rounding: Rounding) -> None:
    parts = round_together(amounts, rounding)
    assert sum(parts) == round_fen(sum(amounts, Fraction(0)), rounding).fen


@given(AMOUNTS, ROUNDINGS)
def test_a_part_differs_by_less_than_a_unit(amounts: list[Fraction], rounding: Rounding) -> None:
    for part, amount in zip(round_together(amounts, rounding), amounts, strict=True):
        assert abs(part - amount) < rounding.to.fen
        assert part % rounding.to.fen == 0


@given(AMOUNTS, ROUNDINGS, st.integers(0, 5))
def test_a_part_in_whole_units_stays(
    amounts: list[Fraction], rounding: Rounding, place: int
) -> None:
    unit = rounding.to.fen
    amounts = [*amounts, Fraction(place * unit)]
    assert round_together(amounts, rounding)[-1] == place * unit


def split(parts: str, *, third: str = "") -> Scheme:
    return scheme(
        "[quantities.whole]\nyuan = 3333",
        f'[split]\nof = "whole"\nshares = {{ basic = 0.55, performance = 0.35, duty = 0.1 }}\n{parts}',
        "[pay.basic]",
        "[pay.performance]",
        f"[pay.duty]\n{third}",
        '[rounding]\ncomponent = { to = "yuan", mode = "half_up" }',
    )


TOGETHER: Final = split('parts = "largest_remainder"')
EACH: Final = split('parts = "each"')
# 1,833.15 + 1,166.55 + 333.30 = 3,333.00
PAID: Final = {"basic": 183_300, "performance": 116_700, "duty": 33_300}


def paid(of: Scheme, on: date = date(2010, 3, 1)) -> dict[str, int | None]:
    slip = pay_for_month(clerk(), of, year=on.year, month=on.month)
    return {one.component: one.payable_fen for one in slip.lines}


class TestAWholeMonth:
    def test_is_the_same_where_each_rounds_to_the_whole(self) -> None:
        assert paid(TOGETHER) == paid(EACH) == PAID
        slip = pay_on(clerk(), TOGETHER, on=date(2010, 3, 1))
        assert slip.gross_fen == 333_300

    def test_a_unit_goes_to_the_largest_remainder(self) -> None:
        version = TOGETHER.versions[0]
        rounding = Rounding(to=RoundTo.YUAN, mode=RoundingMode.UP)
        up = attrs.evolve(version.rounding, component=rounding)
        assert paid(Scheme((attrs.evolve(version, rounding=up),))) == PAID
        each = attrs.evolve(EACH.versions[0], rounding=up)
        assert sum(fen or 0 for fen in paid(Scheme((each,))).values()) == 333_500

    def test_the_statement_says_what_they_sum_to(self) -> None:
        slip = pay_for_month(clerk(), TOGETHER, year=2010, month=3)
        assert "1166.55 与其他部分合并四舍五入到元，合计 3333.00 元" in payslip_text(
            slip, "1", "zh"
        )
        assert "in all → 1167.00 yuan (0.45 yuan added)" in payslip_text(slip, "1", "en")


@given(
    st.dates(date(2010, 3, 1), date(2010, 3, 31)),
    st.sampled_from(RoundTo),
    st.sampled_from(RoundingMode),
)
def test_parts_of_part_of_a_month_sum_to_its_rounded_whole(
    start: date, to: RoundTo, mode: RoundingMode
) -> None:
    version = TOGETHER.versions[0]
    rounding = Rounding(to=to, mode=mode)
    rules = attrs.evolve(version.rounding, component=rounding)
    worker = clerk(ServiceSpell(start=start, post="staff"))
    slip = pay_for_month(
        worker, Scheme((attrs.evolve(version, rounding=rules),)), year=2010, month=3
    )
    exact = Fraction(333_300 * (32 - start.day), 31)
    assert slip.gross_fen == round_fen(exact, rounding).fen
    for component, share in (("basic", 55), ("performance", 35), ("duty", 10)):
        fen = line(slip, component).payable_fen
        assert fen is not None
        assert abs(fen - exact * share / 100) < to.fen


class TestNotStated:
    OPEN: Final = split('parts = { missing = "not printed" }')

    def test_matters_only_where_both_ways_differ(self) -> None:
        assert paid(self.OPEN) == PAID
        joined = clerk(ServiceSpell(start=date(2010, 3, 5), post="staff"))
        # 27 days of 31: 1,596.61…, 1,016.02…, 290.29… sum to 2,902.93…
        slip = pay_for_month(joined, self.OPEN, year=2010, month=3)
        assert slip.outcome == Decided(290_300)
        joined = clerk(ServiceSpell(start=date(2010, 3, 13), post="staff"))
        # 19 days: 1,123.54…, 714.98…, 204.28… sum to 2,042.80…: each gives 1,124 + 715 + 204
        assert pay_for_month(joined, self.OPEN, year=2010, month=3).outcome == Decided(204_300)

    def test_is_named_with_both_readings(self) -> None:
        version = self.OPEN.versions[0]
        up = attrs.evolve(
            version.rounding, component=Rounding(to=RoundTo.YUAN, mode=RoundingMode.UP)
        )
        slip = pay_for_month(
            clerk(), Scheme((attrs.evolve(version, rounding=up),)), year=2010, month=3
        )
        assert isinstance(slip.outcome, Unspecified)
        (gap,) = slip.outcome.gaps
        assert (gap.path, gap.readings) == ("split.parts", ("each", "largest_remainder"))

    def test_parts_of_other_units_are_rounded_each(self) -> None:
        of = split("", third='rounded = { to = "jiao", mode = "up" }')
        assert paid(of) == PAID | {"duty": 33_330}
        version = of.versions[0]
        up = attrs.evolve(
            version.rounding, component=Rounding(to=RoundTo.YUAN, mode=RoundingMode.UP)
        )
        assert paid(Scheme((attrs.evolve(version, rounding=up),)))["basic"] == 183_400

    def test_a_rounding_that_is_not_stated_hides_both(self) -> None:
        version = TOGETHER.versions[0]
        open_ = attrs.evolve(version.rounding, component=Missing(why="no"))
        joined = clerk(ServiceSpell(start=date(2010, 3, 5), post="staff"))
        slip = pay_for_month(
            joined, Scheme((attrs.evolve(version, rounding=open_),)), year=2010, month=3
        )
        assert isinstance(slip.outcome, Unspecified)
        assert {gap.path for gap in slip.outcome.gaps} == {"rounding.component"}


@pytest.mark.parametrize("parts", Parts)
def test_a_part_that_is_hidden_hides_those_rounded_with_it(parts: Parts) -> None:
    hidden = scheme(
        "[quantities.whole]\nyuan = 3333",
        '[quantities.hidden]\ntimes = { missing = "not printed" }',
        f'[split]\nof = "whole"\nshares = {{ basic = 0.55, duty = 0.45 }}\nparts = "{parts}"',
        "[pay.basic]",
        '[pay.duty]\nfactors = ["hidden"]',
        '[rounding]\ncomponent = { to = "yuan", mode = "half_up" }',
    )
    slip = pay_for_month(clerk(), hidden, year=2010, month=3)
    assert line(slip, "basic").payable_fen == (183_300 if parts is Parts.EACH else None)
    assert [gap.why for gap in line(slip, "duty").gaps] == ["not printed"]
