"""However a month is cut, a month served whole is paid whole, and a day less never pays more."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cwgrade.dates import days_of_month
from cwgrade.law.pay import ProrationRule
from cwgrade.proration import Piece, shares_of_month


@st.composite
def cut_months(draw: st.DrawFn) -> tuple[Piece, ...]:
    """Draw a month cut into pieces, served or not."""
    year, month = draw(st.integers(2012, 2024)), draw(st.integers(1, 12))
    length = days_of_month(year, month)
    cuts = sorted(draw(st.sets(st.integers(2, length), max_size=4)))
    first = date(year, month, 1)
    marks = [first, *(first.replace(day=cut) for cut in cuts), first + timedelta(days=length)]
    return tuple(Piece(start, end, draw(st.booleans())) for start, end in itertools.pairwise(marks))


@given(cut_months(), st.sampled_from(ProrationRule), st.integers(1, 31))
def test_a_month_served_whole_is_paid_whole(
    pieces: tuple[Piece, ...], rule: ProrationRule, day: int
) -> None:
    served = tuple(Piece(piece.start, piece.end, served=True) for piece in pieces)
    assert sum(shares_of_month(served, rule, day)) == 1


@given(cut_months(), st.sampled_from(ProrationRule), st.integers(1, 31))
def test_shares_lie_between_nothing_and_the_whole(
    pieces: tuple[Piece, ...], rule: ProrationRule, day: int
) -> None:
    shares = shares_of_month(pieces, rule, day)
    assert all(share >= 0 for share in shares)
    assert sum(shares) <= 1
    assert all(share == 0 for share, piece in zip(shares, pieces, strict=True) if not piece.served)


@given(cut_months(), st.integers(0, 4))
def test_under_calendar_days_a_piece_less_costs_its_days(
    pieces: tuple[Piece, ...], place: int
) -> None:
    rule = ProrationRule.CALENDAR_DAYS
    place %= len(pieces)
    gone = pieces[place]
    fewer = tuple(
        Piece(piece.start, piece.end, piece.served and index != place)
        for index, piece in enumerate(pieces)
    )
    lost = sum(shares_of_month(pieces, rule)) - sum(shares_of_month(fewer, rule))
    length = days_of_month(gone.start.year, gone.start.month)
    assert lost == (Fraction((gone.end - gone.start).days, length) if gone.served else 0)
