"""Rounding keeps its residue, stays within a unit, and parts sum to the rounded whole; capitals read back."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from cwgrade.money import (
    Rounding,
    RoundingMode,
    RoundTo,
    capitals,
    fen_from_yuan,
    round_fen,
    share_out,
    yuan_text,
)

AMOUNTS = st.fractions(min_value=-(10**7), max_value=10**7, max_denominator=10_000)
RULES = st.builds(Rounding, to=st.sampled_from(RoundTo), mode=st.sampled_from(RoundingMode))


@given(AMOUNTS, RULES)
@example(Fraction(50), Rounding(to=RoundTo.YUAN, mode=RoundingMode.HALF_UP))
@example(Fraction(-50), Rounding(to=RoundTo.YUAN, mode=RoundingMode.HALF_UP))
def test_the_residue_is_less_than_a_unit_and_accounts_for_everything(
    exact: Fraction, rule: Rounding
) -> None:
    rounded = round_fen(exact, rule)
    assert rounded.fen % rule.to.fen == 0
    assert rounded.fen - rounded.residue == exact
    assert abs(rounded.residue) < rule.to.fen
    if rule.mode is RoundingMode.HALF_UP:
        assert abs(rounded.residue) * 2 <= rule.to.fen
    if rule.mode is RoundingMode.DOWN:
        assert abs(rounded.fen) <= abs(exact)
    if rule.mode is RoundingMode.UP:
        assert abs(rounded.fen) >= abs(exact)


@given(AMOUNTS, RULES)
def test_rounding_again_changes_nothing(exact: Fraction, rule: Rounding) -> None:
    once = round_fen(exact, rule).fen
    assert round_fen(once, rule).fen == once


@given(
    st.lists(
        st.fractions(min_value=0, max_value=10**6, max_denominator=400), min_size=1, max_size=8
    )
)
def test_parts_sum_to_the_whole_and_move_by_less_than_a_fen(parts: list[Fraction]) -> None:
    rule = Rounding(to=RoundTo.FEN, mode=RoundingMode.HALF_UP)
    total = round_fen(sum(parts, Fraction(0)), rule).fen
    shares = share_out(parts, total)
    assert sum(shares) == total
    assert all(abs(share - part) < 1 for share, part in zip(shares, parts, strict=True))


@given(st.integers(-(10**14), 10**14))
def test_an_amount_in_yuan_reads_back(fen: int) -> None:
    assert fen_from_yuan(yuan_text(fen)) == fen


DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read_capitals(text: str) -> int:
    """Read capital numerals back to fen, by the rules that a voucher is read by."""
    if text.startswith("负"):
        return -read_capitals(text[1:])
    yuan, _, rest = text.partition("元") if "元" in text else ("", "", text)
    total, section, digit = 0, 0, 0
    for mark in yuan:
        if mark in DIGITS:
            digit = DIGITS[mark]
        elif mark in PLACES:
            section, digit = section + digit * PLACES[mark], 0
        elif mark == "万":
            total, section, digit = total + (section + digit) * 10**4, 0, 0
            if total >= 10**12:
                continue
        elif mark == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    total += section + digit
    fen, digit = 0, 0
    for mark in rest:
        if mark in DIGITS:
            digit = DIGITS[mark]
        elif mark == "角":
            fen, digit = fen + digit * 10, 0
        elif mark == "分":
            fen, digit = fen + digit, 0
    return total * 100 + fen


@given(st.integers(-(10**11), 10**11))
@example(10**10)
@example(1_0000_0005_00)
@example(1005_0020)
@example(20_0003)
def test_capitals_read_back(fen: int) -> None:
    assert read_capitals(capitals(fen)) == fen


@given(st.integers(1, 10**14))
@example(1_0000_0005_00)
@example(10_000_00)
def test_capitals_keep_the_published_rules(fen: int) -> None:
    text = capitals(fen)
    assert text.endswith("分") == bool(fen % 10)
    assert text.endswith("整") != text.endswith("分")
    # one zero for any number of empty places, and none before a unit
    assert "零零" not in text
    assert not re.search("零[拾佰仟万亿元角分]", text)
    # 12.05: without a zero after 元 a jiao could be written in
    if fen > 100 and fen % 100 // 10 == 0 and fen % 10:
        assert "元零" in text
    # 拾 never stands without its digit
    assert not re.search("(^|[^壹贰叁肆伍陆柒捌玖])[拾佰仟]", text)
