"""Shares of a month: how the pieces of a month in which something changes are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.dates import days_of_month, weekdays
from cwgrade.law.pay import ProrationRule

__all__ = ["Piece", "shares_of_month"]

_PAID_DAYS: Final = Fraction("21.75")
"""Average paid days of a month: (365 − 104) ÷ 12."""
_SECOND_HALF: Final = 16


@attrs.frozen
class Piece:
    """A part of a month, `[start, end)`, and whether it is served."""

    start: date
    end: date
    served: bool


def shares_of_month(
    pieces: Sequence[Piece], rule: ProrationRule, day: int | None = None
) -> tuple[Fraction, ...]:
    """Give the share of the month's amount that each piece carries.

    Args:
        pieces: The pieces of one whole month, in order, without gaps.
        rule: The scheme's rule.
        day: The day for `state_on_day`; a shorter month uses its last day.

    Returns:
        One share for each piece, 0 for a piece that is not served. Where the whole month is served they sum to 1.

    Examples:
        >>> may = (
        ...     Piece(date(2018, 5, 1), date(2018, 5, 11), True),
        ...     Piece(date(2018, 5, 11), date(2018, 6, 1), False),
        ... )
        >>> shares_of_month(may, ProrationRule.CALENDAR_DAYS)
        (Fraction(10, 31), Fraction(0, 1))
    """
    start = pieces[0].start
    length = days_of_month(start.year, start.month)
    match rule:
        case ProrationRule.CALENDAR_DAYS:
            return tuple(
                Fraction((piece.end - piece.start).days, length) if piece.served else Fraction(0)
                for piece in pieces
            )
        case ProrationRule.DAYS_21_75:
            return _by_paid_days(pieces)
        case ProrationRule.STATE_ON_DAY:
            return _by_days(pieces, (min(day or 1, length),))
        case ProrationRule.HALF_MONTHS:
            return _by_days(pieces, (1, _SECOND_HALF))
        case ProrationRule.NEXT_MONTH:
            return _by_days(pieces, (1,))


def _by_days(pieces: Sequence[Piece], numbers: tuple[int, ...]) -> tuple[Fraction, ...]:
    each = Fraction(1, len(numbers))
    days = [pieces[0].start.replace(day=number) for number in numbers]
    return tuple(
        each * sum(piece.start <= day < piece.end for day in days) if piece.served else Fraction(0)
        for piece in pieces
    )


def _by_paid_days(pieces: Sequence[Piece]) -> tuple[Fraction, ...]:
    """Take 1/21.75 off for each weekday that is missing, and weigh what is left by weekdays."""
    counts = [weekdays(piece.start, piece.end) for piece in pieces]
    missing = sum(count for piece, count in zip(pieces, counts, strict=True) if not piece.served)
    served = sum(count for piece, count in zip(pieces, counts, strict=True) if piece.served)
    present = max(Fraction(0), 1 - missing / _PAID_DAYS)
    if not served:
        return tuple(Fraction(0) for _ in pieces)
    return tuple(
        present * count / served if piece.served else Fraction(0)
        for piece, count in zip(pieces, counts, strict=True)
    )
