"""What a roster costs: workers who are alike are asked about once for each month, and count as often as they occur."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.alike import alike
from cwgrade.arrays.answers import BAD_ROW, STATUSES, MonthOfRoster, month_of
from cwgrade.arrays.asked import versions_of
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.arrays.people import People
from cwgrade.frames.asking import Asked
from cwgrade.frames.filled import numbers, words
from cwgrade.frames.table import Labels, frame_of_columns, named
from cwgrade.scheme import Scheme

__all__ = ["Sums", "exact_sum", "month_sums", "row_sums", "totals_frame"]

Codes = NDArray[Any]

_OPEN: Final = tuple(STATUSES.index(one) for one in ("one_of", "unspecified", BAD_ROW))
"""Of such a row somebody still has to find something out."""


@attrs.frozen(kw_only=True)
class Sums:
    """What some rows come to in a month.

    Attributes:
        headcount: How many have an amount.
        undecided: Of how many something has to be found out first.
        cost_fen: The sum of the amounts.
        low_fen: The least that it can be, with the least of rows that are not decided and have both bounds.
        high_fen: The most.
    """

    headcount: int = 0
    undecided: int = 0
    cost_fen: int = 0
    low_fen: int = 0
    high_fen: int = 0

    def __add__(self, other: Sums) -> Sums:
        """Give what both come to."""
        return Sums(
            headcount=self.headcount + other.headcount,
            undecided=self.undecided + other.undecided,
            cost_fen=self.cost_fen + other.cost_fen,
            low_fen=self.low_fen + other.low_fen,
            high_fen=self.high_fen + other.high_fen,
        )


def month_sums(asked: Asked) -> Iterator[dict[str | None, Sums]]:
    """Give for each month what every component comes to, and under `None` the whole.

    Raises:
        NotInForce: A scheme does not apply in a month.
    """
    groups = [
        (scheme, *_kinds(asked, scheme, people))
        for (_, people), scheme in zip(asked.groups, asked.schemes, strict=True)
    ]
    for year, month in asked.months:
        found: dict[str | None, Sums] = {None: _nowhere(asked)}
        for scheme, people, weights in groups:
            answer = month_of(
                people,
                scheme,
                year=year,
                month=month,
                known_on=asked.known_on,
                beyond=asked.beyond,
                elsewhere=asked.elsewhere,
            )
            for name, sums in _sums(answer, weights).items():
                found[name] = found.get(name, Sums()) + sums
        yield found


def row_sums(asked: Asked, parts: Sequence[MonthOfRoster]) -> dict[str | None, Sums]:
    """Give what every component of a month comes to over all rows, and under `None` the whole.

    Args:
        asked: What was asked.
        parts: The answer of each scheme.
    """
    found: dict[str | None, Sums] = {None: _nowhere(asked)}
    for answer in parts:
        for name, sums in _sums(answer, np.ones(len(answer.status), np.int64)).items():
            found[name] = found.get(name, Sums()) + sums
    return found


def _nowhere(asked: Asked) -> Sums:
    return Sums(undecided=int(np.count_nonzero(asked.place < 0)))


def _kinds(asked: Asked, scheme: Scheme, people: People) -> tuple[People, Codes]:
    """Give one worker of each kind, and how many there are of each."""
    rows, weights = alike(people, versions_of(scheme, asked.elsewhere), asked.months)
    return people.take(rows), weights


def _sums(found: MonthOfRoster, weights: Codes) -> dict[str | None, Sums]:
    open_ = np.isin(found.status, _OPEN)
    sums: dict[str | None, Sums] = {}
    for name, fen in found.payable_fen.items():
        least, most = fen, fen
        if name in found.bounds_fen:
            rows, low, high = found.bounds_fen[name].T
            least, most = fen.copy(), fen.copy()
            least[rows], most[rows] = low, high
        sums[name] = _summed(fen, least, most, open_, weights)
    sums[None] = _summed(found.gross_fen, found.low_fen, found.high_fen, open_, weights)
    return sums


def _summed(fen: Codes, low: Codes, high: Codes, open_: Codes, weights: Codes) -> Sums:
    held = fen != NO_AMOUNT
    cost = exact_sum(fen, weights)
    if low is fen and high is fen:
        least, most = cost, cost
    else:
        # of a row with one bound only neither is summed: both sums are of the same rows
        whole = (low != NO_AMOUNT) & (high != NO_AMOUNT)
        least, most = (exact_sum(one[whole], weights[whole]) for one in (low, high))
    return Sums(
        headcount=int(weights[held].sum()),
        undecided=int(weights[~held & open_].sum()),
        cost_fen=cost,
        low_fen=least,
        high_fen=most,
    )


def exact_sum(fen: Codes, weights: Codes) -> int:
    """Add amounts, each as often as it occurs, exactly: beyond what 64 bits hold Python's integers take over.

    Args:
        fen: The amounts; `NO_AMOUNT` adds nothing.
        weights: How often each occurs, together below two thousand million.

    Examples:
        >>> exact_sum(np.array([2**61, NO_AMOUNT]), np.array([6, 1])) == 6 * 2**61
        True
    """
    held = fen != NO_AMOUNT
    fen, weights = fen[held], weights[held]
    # the upper and the lower half of each number: neither sum can overflow below two thousand million rows
    high, low = fen >> np.int64(32), fen & np.int64(0xFFFFFFFF)
    return (int((high * weights).sum()) << 32) + int((low * weights).sum())


def totals_frame(asked: Asked, labels: Labels) -> Any:
    """Give for each month what every component and the whole cost: one row each."""
    like = asked.opened.frame.implementation
    components = [*asked.components()]
    texts = [f"{year}-{month:02d}" for year, month in asked.months]
    lines: list[tuple[int, int, Sums]] = []
    for number, found in enumerate(month_sums(asked)):
        for place, name in enumerate((*components, None)):
            if name in found:
                lines.append((number, place, found[name]))
    table = _table(lines)
    everyone = np.ones(len(table), np.bool_)
    columns = [
        words("month", table[:, 0], texts, like),
        words("component", table[:, 1], [*components, None], like),
        *(
            numbers(name, table[:, 2 + place], everyone, like)
            for place, name in enumerate(
                ("headcount", "undecided", "cost_fen", "cost_fen_low", "cost_fen_high")
            )
        ),
    ]
    return frame_of_columns(columns, named([one.name for one in columns], {}, labels))


def _table(lines: Sequence[tuple[int, int, Sums]]) -> Codes:
    told = [(number, place, *attrs.astuple(sums)) for number, place, sums in lines]
    return np.array(told, np.int64).reshape(-1, 7)
