"""Exact amounts: rounding by a stated rule, parts that sum, text and capitals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cwgrade.errors import ArgumentError
from cwgrade.money import (
    Rounded,
    Rounding,
    RoundingMode,
    RoundTo,
    capitals,
    fen_from_yuan,
    round_fen,
    share_out,
    yuan_text,
)


class TestRoundFen:
    @pytest.mark.parametrize(
        ("exact", "to", "mode", "fen"),
        [
            # 四舍五入 is half up, away from nothing on both sides
            (Fraction(396_027), "yuan", "half_up", 396_000),
            (Fraction(150), "yuan", "half_up", 200),
            (Fraction(149), "yuan", "half_up", 100),
            (Fraction(-150), "yuan", "half_up", -200),
            (Fraction(-149), "yuan", "half_up", -100),
            # every unit
            (Fraction(1, 2), "fen", "half_up", 1),
            (Fraction(49, 100), "fen", "half_up", 0),
            (Fraction(1235), "jiao", "half_up", 1240),
            (Fraction(1234), "jiao", "half_up", 1230),
            (Fraction(123_500), "ten_yuan", "half_up", 124_000),
            (Fraction(123_499), "ten_yuan", "half_up", 123_000),
            # up and down act on the size
            (Fraction(101), "yuan", "up", 200),
            (Fraction(-101), "yuan", "up", -200),
            (Fraction(199), "yuan", "down", 100),
            (Fraction(-199), "yuan", "down", -100),
            # what is whole stays
            (Fraction(300), "yuan", "up", 300),
            (Fraction(300), "yuan", "down", 300),
            (Fraction(0), "ten_yuan", "up", 0),
        ],
    )
    def test_rounds_by_the_rule(self, exact: Fraction, to: str, mode: str, fen: int) -> None:
        rule = Rounding(to=RoundTo(to), mode=RoundingMode(mode))
        assert round_fen(exact, rule) == Rounded(fen, fen - exact)

    def test_takes_whole_numbers(self) -> None:
        rule = Rounding(to=RoundTo.YUAN, mode=RoundingMode.DOWN)
        assert round_fen(199, rule) == Rounded(100, Fraction(-99))

    @pytest.mark.parametrize(("to", "mode"), [("yuan", RoundingMode.UP), (RoundTo.FEN, "up")])
    def test_a_rule_holds_no_bare_words(self, to: RoundTo, mode: RoundingMode) -> None:
        with pytest.raises(TypeError):
            Rounding(to=to, mode=mode)


class TestShareOut:
    @pytest.mark.parametrize(
        ("parts", "total", "shares"),
        [
            # ties go to the earlier part
            ((Fraction(1, 3),) * 3, 1, (1, 0, 0)),
            ((Fraction(1, 2), Fraction(1, 2)), 1, (1, 0)),
            # the largest remainder first
            ((Fraction(14, 10), Fraction(17, 10)), 3, (1, 2)),
            # nothing to hand out
            ((Fraction(2), Fraction(3)), 5, (2, 3)),
            # a whole that was rounded down past the cut parts
            ((Fraction(2), Fraction(3)), 4, (2, 2)),
            # negative parts
            ((Fraction(-1, 2), Fraction(-1, 2)), -1, (0, -1)),
            # more fen than parts
            ((Fraction(0), Fraction(0)), 5, (3, 2)),
            ((), 0, ()),
        ],
    )
    def test_shares_sum_to_the_total(
        self, parts: tuple[Fraction, ...], total: int, shares: tuple[int, ...]
    ) -> None:
        assert share_out(parts, total) == shares
        assert sum(shares) == total

    def test_nothing_takes_no_part(self) -> None:
        with pytest.raises(ArgumentError, match=r"5 fen .* no part to share it among"):
            share_out((), 5)


class TestFenFromYuan:
    @pytest.mark.parametrize(
        ("yuan", "fen"),
        [
            (1, Fraction(100)),
            ("0.125", Fraction(25, 2)),
            (Decimal("-3.5"), Fraction(-350)),
            ("1e3", Fraction(100_000)),
            (10**13, Fraction(10**15)),
        ],
    )
    def test_is_exact(self, yuan: Decimal | int | str, fen: Fraction) -> None:
        assert fen_from_yuan(yuan) == fen

    @pytest.mark.parametrize("yuan", [1.5, True, None, "", "abc", "NaN", "Infinity", "１２ 元"])
    def test_refuses_what_is_no_exact_amount(self, yuan: str) -> None:
        with pytest.raises(ArgumentError, match="is not an amount of yuan") as caught:
            fen_from_yuan(yuan)
        assert repr(yuan) in str(caught.value)

    @pytest.mark.parametrize("yuan", [10**13 + 1, "-1e14"])
    def test_refuses_what_is_beyond_any_pay(self, yuan: int | str) -> None:
        with pytest.raises(ArgumentError, match=r"beyond any pay\. Check for digits"):
            fen_from_yuan(yuan)


class TestYuanText:
    @pytest.mark.parametrize(
        ("fen", "text"),
        [
            (0, "0.00"),
            (7, "0.07"),
            (-7, "-0.07"),
            (436_131, "4361.31"),
            (Fraction(25, 2), "0.125"),
            (Fraction(-25, 2), "-0.125"),
            (Fraction(1, 3), "1/300"),
        ],
    )
    def test_shows_two_decimals_and_more_where_needed(self, fen: int | Fraction, text: str) -> None:
        assert yuan_text(fen) == text


class TestCapitals:
    @pytest.mark.parametrize(
        ("fen", "text"),
        [
            # fen and jiao
            (0, "零元整"),
            (7, "柒分"),
            (10, "壹角整"),
            (15, "壹角伍分"),
            (100, "壹元整"),
            (105, "壹元零伍分"),
            (150, "壹元伍角整"),
            # an empty place of the yuan before the jiao
            (1050, "壹拾元零伍角整"),
            # zeros inside a group and between groups
            (100_500, "壹仟零伍元整"),
            (105_000, "壹仟零伍拾元整"),
            (1_000_000, "壹万元整"),
            (1_000_100, "壹万零壹元整"),
            (1_010_000, "壹万零壹佰元整"),
            (11_000_000, "壹拾壹万元整"),
            (10_000_000_000, "壹亿元整"),
            (10_000_000_100, "壹亿零壹元整"),
            (10_001_000_000, "壹亿零壹万元整"),
            (100_000_000_000_000, "壹万亿元整"),
            (-123, "负壹元贰角叁分"),
        ],
    )
    def test_is_written_as_on_vouchers(self, fen: int, text: str) -> None:
        assert capitals(fen) == text

    @pytest.mark.parametrize(
        ("fen", "text"),
        [
            (140_950, "壹仟肆佰零玖元伍角整"),
            (600_714, "陆仟零柒元壹角肆分"),
            (168_032, "壹仟陆佰捌拾元零叁角贰分"),
            (10_700_053, "壹拾万柒仟元零伍角叁分"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
            (32_504, "叁佰贰拾伍元零肆分"),
        ],
    )
    def test_is_written_as_the_published_rules_write_it(self, fen: int, text: str) -> None:
        # The examples of 《正确填写票据和结算凭证的基本规定》, annex 1 of 《支付结算办法》 (银发〔1997〕393号);
        # of two ways that it allows, the first. 整 may follow 角 by it, and must by article 52 of 《会计基础工作规范》.
        assert capitals(fen) == text

    def test_refuses_what_is_beyond_any_pay(self) -> None:
        with pytest.raises(ArgumentError, match="beyond any pay"):
            capitals(10**15 + 1)
