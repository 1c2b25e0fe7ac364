"""Exact amounts of money: whole fen where stored, rationals in between, and rounding only by a stated rule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.errors import ArgumentError

__all__ = [
    "FEN_PER_YUAN",
    "RoundTo",
    "Rounded",
    "Rounding",
    "RoundingMode",
    "capitals",
    "fen_from_yuan",
    "round_fen",
    "round_together",
    "share_out",
    "yuan_text",
]

FEN_PER_YUAN: Final = 100
_MOST_FEN: Final = 10**15
"""Ten thousand billion yuan: past this an amount is a typing slip, and int64 sums of a roster stay safe."""


class RoundTo(StrEnum):
    """The unit an amount is rounded to."""

    FEN = "fen"
    JIAO = "jiao"
    YUAN = "yuan"
    TEN_YUAN = "ten_yuan"

    @property
    def fen(self) -> int:
        """How many fen the unit has."""
        return _UNIT_FEN[self]


_UNIT_FEN: Final = {RoundTo.FEN: 1, RoundTo.JIAO: 10, RoundTo.YUAN: 100, RoundTo.TEN_YUAN: 1000}


class RoundingMode(StrEnum):
    """What happens between two units. Each acts on the size of an amount, so that plus and minus round alike."""

    HALF_UP = "half_up"
    UP = "up"
    DOWN = "down"


@attrs.frozen(kw_only=True)
class Rounding:
    """A rounding rule as a scheme states it: 四舍五入到元 is `Rounding(to="yuan", mode="half_up")`.

    Attributes:
        to: The unit that remains.
        mode: Half up, up or down.
    """

    to: RoundTo = attrs.field(validator=attrs.validators.instance_of(RoundTo))
    mode: RoundingMode = attrs.field(validator=attrs.validators.instance_of(RoundingMode))


@attrs.frozen
class Rounded:
    """A rounded amount and what rounding did to it.

    Attributes:
        fen: The amount, in whole fen.
        residue: What was added (positive) or dropped (negative), in fen.
    """

    fen: int
    residue: Fraction


def round_fen(exact: Fraction | int, rounding: Rounding) -> Rounded:
    """Round an exact amount by a stated rule and keep the residue.

    Args:
        exact: The amount, in fen.
        rounding: The scheme's rule.

    Returns:
        The whole fen, a multiple of the rule's unit, and the residue in fen.

    Examples:
        5013 yuan × 0.79 is paid as 3960 yuan:

        >>> rule = Rounding(to=RoundTo.YUAN, mode=RoundingMode.HALF_UP)
        >>> round_fen(Fraction(5013 * 79), rule)
        Rounded(fen=396000, residue=Fraction(-27, 1))
    """
    # in whole numbers of the exact amount's own denominator, where no fraction has to be reduced
    size, per, to = exact.numerator, exact.denominator, rounding.to.fen
    whole, rest = divmod(abs(size), per * to)
    up = (rounding.mode is RoundingMode.UP and rest > 0) or (
        rounding.mode is RoundingMode.HALF_UP and rest * 2 >= per * to
    )
    fen = (whole + up) * to
    if size < 0:
        fen = -fen
    return Rounded(fen, Fraction(fen * per - size, per))


def share_out(parts: Sequence[Fraction], total_fen: int) -> tuple[int, ...]:
    """Bring exact parts to whole fen that sum to a given total, by largest remainder.

    Every part is first cut down to whole fen; the fen that are then missing go one by one to the largest
    remainders, ties to the earlier part.

    Args:
        parts: Exact amounts, in fen, whose sum is near the total.
        total_fen: The rounded whole, in fen.

    Returns:
        One whole amount for each part, in order; their sum is `total_fen`.

    Examples:
        >>> share_out((Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)), 1)
        (1, 0, 0)
    """
    if not parts:
        if total_fen:
            raise ArgumentError("no-parts", total=total_fen)
        return ()
    floors = [part.__floor__() for part in parts]
    order = sorted(range(len(parts)), key=lambda place: (floors[place] - parts[place], place))
    missing = total_fen - sum(floors)
    each, rest = divmod(missing, len(parts))
    shares = [floor + each for floor in floors]
    for place in order[:rest]:
        shares[place] += 1
    return tuple(shares)


def round_together(parts: Sequence[Fraction], rounding: Rounding) -> tuple[int, ...]:
    """Round the sum of exact amounts by a stated rule, and bring them to units that sum to it, by largest remainder.

    Each part differs from its exact amount by less than one unit.

    Args:
        parts: Exact amounts, in fen, none of them below 0.
        rounding: The scheme's rule; its unit is the unit of the parts.

    Returns:
        Whole fen, multiples of the unit, in order.

    Examples:
        >>> rule = Rounding(to=RoundTo.YUAN, mode=RoundingMode.HALF_UP)
        >>> round_together((Fraction(233_350), Fraction(100_050)), rule)
        (233400, 100000)
    """
    unit = rounding.to.fen
    whole = round_fen(sum(parts, Fraction(0)), rounding).fen
    return tuple(unit * one for one in share_out([part / unit for part in parts], whole // unit))


def fen_from_yuan(yuan: Decimal | int | str) -> Fraction:
    """Give an amount of yuan in fen, exactly; a binary float is refused.

    Args:
        yuan: The amount, in yuan, as a whole number, a decimal or its text.

    Returns:
        The amount in fen. It may have a fraction: 0.125 yuan are 12.5 fen.

    Raises:
        ArgumentError: The amount is a float, no number, or beyond any pay.

    Examples:
        >>> fen_from_yuan("1200.10")
        Fraction(120010, 1)
    """
    if isinstance(yuan, bool) or not isinstance(yuan, Decimal | int | str):
        raise ArgumentError("not-money", value=yuan)
    try:
        exact = Fraction(Decimal(yuan)) * FEN_PER_YUAN
    except (InvalidOperation, ValueError, OverflowError):
        raise ArgumentError("not-money", value=yuan) from None
    if abs(exact) > _MOST_FEN:
        raise ArgumentError("money-too-large", value=yuan)
    return exact


def yuan_text(fen: int | Fraction) -> str:
    """Write an amount in yuan: two decimals, more only where a fraction of a fen is left.

    Args:
        fen: The amount, in fen.

    Examples:
        >>> yuan_text(436131), yuan_text(-5), yuan_text(Fraction(1, 3))
        ('4361.31', '-0.05', '1/300')
    """
    exact = Fraction(fen)
    if exact.denominator == 1:
        whole, cents = divmod(abs(exact.numerator), FEN_PER_YUAN)
        return f"{'-' if exact < 0 else ''}{whole}.{cents:02d}"
    yuan = exact / FEN_PER_YUAN
    rest = yuan.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return format(Decimal(yuan.numerator) / Decimal(yuan.denominator), "f")
    return str(yuan)


_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("", "拾", "佰", "仟")
_GROUPS: Final = ("", "万", "亿", "万亿")
_GROUP_SIZE: Final = 10_000


def capitals(fen: int) -> str:
    """Write an amount in the capital numerals of Chinese vouchers (大写金额).

    Args:
        fen: The amount, in whole fen.

    Examples:
        >>> capitals(436100), capitals(10050020), capitals(7), capitals(0)
        ('肆仟叁佰陆拾壹元整', '壹拾万零伍佰元零贰角整', '柒分', '零元整')
    """
    if abs(fen) > _MOST_FEN:
        raise ArgumentError("money-too-large", value=fen)
    if fen < 0:
        return "负" + capitals(-fen)
    yuan, cents = divmod(fen, FEN_PER_YUAN)
    jiao, last = divmod(cents, 10)
    text = _whole_capitals(yuan) + "元" if yuan else ""
    if not cents:
        return (text or "零元") + "整"
    if jiao:
        # 零 marks the empty units place of the yuan before the jiao
        text += ("零" if text and yuan % 10 == 0 else "") + _DIGITS[jiao] + "角"
    elif text:
        text += "零"
    return text + (_DIGITS[last] + "分" if last else "整")


def _whole_capitals(number: int) -> str:
    groups: list[int] = []
    while number:
        number, group = divmod(number, _GROUP_SIZE)
        groups.append(group)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < _GROUP_SIZE // 10):
            text += "零"
        text += _group_capitals(group) + _GROUPS[place]
        gap = False
    return text


def _group_capitals(group: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        elif text:
            gap = True
    return text
