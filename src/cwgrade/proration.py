"""Shares of a month: how the pieces of a month in which something changes are weighed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.dates import days_of_month, weekdays
from cwgrade.law.pay import ProrationRule

__all__ = ["Piece", "shares_of_month", "whole_month"]

_PAID_DAYS: Final = Fraction("21.75")
"""Average paid days of a month: (365 − 104) ÷ 12."""
_SECOND_HALF: Final = 16


@attrs.frozen
class Piece:
    """A part of a month, `[start, end)`.

    Attributes:
        start: Its first day.
        end: The day after its last.
        served: Whether it is served.
        kept: The share of pay that absence leaves; 1 where nobody is away.
    """

    start: date
    end: date
    served: bool
    kept: Fraction = Fraction(1)


def shares_of_month(
    pieces: Sequence[Piece], rule: ProrationRule, day: int | None = None
) -> tuple[Fraction, ...]:
    """Give the share of the month's amount that each piece carries.

    Args:
        pieces: The pieces of one whole month, in order, without gaps.
        rule: The scheme's rule.
        day: The day for `state_on_day`; a shorter month uses its last day.

    Returns:
        One share for each piece, 0 for a piece that is not served; of what absence leaves of the month's amount in
        that piece. Where the whole month is served and nobody is away they sum to 1.

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


def whole_month(pieces: Sequence[Piece]) -> tuple[Fraction, ...]:
    """Give the shares of a month that is paid whole to whoever is paid for a day of it.

    The month goes by the last of the pieces from which absence takes least: one day at full pay is enough.

    Args:
        pieces: The pieces of one whole month, in order, without gaps; at least one is served.

    Examples:
        >>> may = (
        ...     Piece(date(2018, 5, 1), date(2018, 5, 11), True),
        ...     Piece(date(2018, 5, 11), date(2018, 6, 1), False),
        ... )
        >>> whole_month(may)
        (Fraction(1, 1), Fraction(0, 1))
    """
    served = [(piece.kept, place) for place, piece in enumerate(pieces) if piece.served]
    _, chosen = max(served)
    return tuple(Fraction(place == chosen) for place in range(len(pieces)))


def _by_days(pieces: Sequence[Piece], numbers: tuple[int, ...]) -> tuple[Fraction, ...]:
    each = Fraction(1, len(numbers))
    days = [pieces[0].start.replace(day=number) for number in numbers]
    return tuple(
        each * sum(piece.start <= day < piece.end for day in days) if piece.served else Fraction(0)
        for piece in pieces
    )


def _by_paid_days(pieces: Sequence[Piece]) -> tuple[Fraction, ...]:
    """Take 1/21.75 off for each weekday that is missing or unpaid, and weigh what is left by weekdays.

    A month without one day at full pay has no day to take off from: each weekday then carries its part of the month.
    """
    counts = [weekdays(piece.start, piece.end) for piece in pieces]
    kept = [piece.kept if piece.served else Fraction(0) for piece in pieces]
    paid = [count * share for count, share in zip(counts, kept, strict=True)]
    left = sum(paid, Fraction(0))
    if not left:
        return tuple(Fraction(0) for _ in pieces)
    if any(count and share == 1 for count, share in zip(counts, kept, strict=True)):
        present = max(Fraction(0), 1 - (sum(counts) - left) / _PAID_DAYS)
        each = present / left
    else:
        each = Fraction(1, sum(counts))
    return tuple(
        count * each if share else Fraction(0) for count, share in zip(counts, kept, strict=True)
    )
