"""A month's answer for every row of a roster: looked up where that is certain, otherwise asked of the scalars."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.asked import Kept, MonthAsked, RowAnswer, answered
from cwgrade.arrays.months import NO_AMOUNT, LookedUp, look_up_month
from cwgrade.arrays.people import People
from cwgrade.bounds import End, at_end, is_bounded
from cwgrade.errors import CwgradeError
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.staging import components_of, left_by

__all__ = ["BAD_ROW", "STATUSES", "MonthOfRoster", "month_of"]

Codes = NDArray[Any]

BAD_ROW: Final = "bad_row"
STATUSES: Final = (
    "decided",
    "one_of",
    "not_eligible",
    "not_applicable",
    "unspecified",
    BAD_ROW,
)


@attrs.frozen(kw_only=True, eq=False)
class MonthOfRoster:
    """What a month is worth for every row.

    Attributes:
        year: The year.
        month: The month.
        components: The scheme's components, in its order.
        status: The place of each row's status in `STATUSES`.
        gross_fen: The sum of what is payable, in fen; `NO_AMOUNT` where there is no single one.
        low_fen: The least it can be: where an unknown fact matters the least of the answers, where the source prints
            a floor only what comes of it, otherwise the sum.
        high_fen: The most it can be.
        payable_fen: For each component, what is payable; `NO_AMOUNT` where it is not certain.
        bounds_fen: For each component of which an unknown fact changes the amount, or of which the source prints bounds
            only: row, least and most, in fen; `NO_AMOUNT` for an end that is not known.
        grade: The grade at the start of the month, of somebody who came later at its end; 0 where there is none.
        step: The step, likewise.
        reason: The place of each row's reason in `reasons`: a code, or the path of what is missing.
        reasons: The reasons that occur; the first one is empty.
        deciding: The place in `facts` of the unknown fact that settles most.
        facts: The deciding facts that occur; the first one is empty.
        asked: Rows that the scalar functions answered.
    """

    year: int
    month: int
    components: tuple[str, ...]
    status: Codes
    gross_fen: Codes
    low_fen: Codes
    high_fen: Codes
    payable_fen: dict[str, Codes]
    bounds_fen: dict[str, Codes]
    grade: Codes
    step: Codes
    reason: Codes
    reasons: tuple[str, ...]
    deciding: Codes
    facts: tuple[str, ...]
    asked: Codes


def month_of(
    people: People,
    scheme: Scheme,
    *,
    year: int,
    month: int,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    kept: Kept | None = None,
    elsewhere: Schemes | None = None,
) -> MonthOfRoster:
    """Find the pay of a month for every row.

    Args:
        people: The roster.
        scheme: The scheme of all of them.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        kept: What the scalar functions answered about other rosters; what is new is added.
        elsewhere: Schemes of other places too, for grades that were held there.

    Raises:
        NotInForce: The scheme does not apply in the month.
    """
    version = scheme.version_of_month(date(year, month, 1), known_on=known_on, beyond=beyond)
    looked = look_up_month(people, version, year=year, month=month, known_on=known_on)
    left = left_by(scheme, version, known_on=known_on)
    if left is not None or version.recognition is not None:
        # where somebody stood under the earlier version, or in another place, no table of this one knows
        looked.unsure[:] = True
    found = _Answers(looked)
    if any(is_bounded(gap) for gaps in looked.gaps for gap in gaps):
        found.bound(
            *(
                look_up_month(
                    people, at_end(version, end), year=year, month=month, known_on=known_on
                )
                for end in (End.LEAST, End.MOST)
            )
        )
    components = tuple(
        one.name for one in components_of(scheme, version, date(year, month, 1), known_on=known_on)
    )
    for name in components:
        looked.payable_fen.setdefault(name, np.full(people.size, NO_AMOUNT, np.int64))
    asked = MonthAsked(
        scheme=scheme,
        year=year,
        month=month,
        known_on=known_on,
        beyond=beyond,
        elsewhere=elsewhere,
    )
    for rows, answer in answered(people, looked.unsure, asked, Kept() if kept is None else kept):
        if isinstance(answer, RowAnswer):
            found.take(rows, answer)
        else:
            found.fail(rows, answer)
    return found.made(year, month, components)


class _Answers:
    """Answers being put together."""

    def __init__(self, looked: LookedUp) -> None:
        self._reasons: dict[str, int] = {"": 0}
        self._facts: dict[str, int] = {"": 0}
        self._looked = looked
        self.gross, self.grade, self.step = looked.gross_fen, looked.grade, looked.step
        self.low, self.high = self.gross.copy(), self.gross.copy()
        decided, away, open_ = (
            STATUSES.index(one) for one in ("decided", "not_eligible", "unspecified")
        )
        self.status = np.where(looked.absent, away, np.where(looked.gap >= 0, open_, decided))
        self.status = self.status.astype(np.int8)
        self.deciding = np.zeros(len(self.gross), np.int32)
        self._bounds: dict[str, list[Codes]] = {}
        self._looked_bounds: dict[str, Codes] = {}
        told = [self._number(gaps[0].path) for gaps in looked.gaps]
        by_gap = np.array([*told, 0], np.int32)
        absent = self._number("not-in-service")
        self.reason = np.where(looked.absent, absent, by_gap[looked.gap]).astype(np.int32)

    def _number(self, reason: str) -> int:
        return self._reasons.setdefault(reason, len(self._reasons))

    def bound(self, least: LookedUp, most: LookedUp) -> None:
        """Take over what comes of printed floors and ceilings, for rows that the scheme leaves open.

        Args:
            least: What is looked up with the floors.
            most: With the ceilings.
        """
        looked = self._looked
        # a gap that is gone may leave behind what only the scalar function tells
        looked.unsure[(looked.gap >= 0) & (least.unsure | most.unsure)] = True
        open_ = (looked.gap >= 0) & ~looked.unsure
        self.low[open_], self.high[open_] = least.gross_fen[open_], most.gross_fen[open_]
        for name, fen in looked.payable_fen.items():
            low, high = least.payable_fen[name], most.payable_fen[name]
            held = (low != NO_AMOUNT) | (high != NO_AMOUNT)
            rows = np.flatnonzero((fen == NO_AMOUNT) & held & ~looked.unsure)
            self._looked_bounds[name] = np.stack((rows, low[rows], high[rows]), axis=1)

    def take(self, rows: Codes, answer: RowAnswer) -> None:
        """Take over the scalar answer to rows that are alike."""
        self.status[rows] = STATUSES.index(answer.status)
        self.reason[rows] = self._number(answer.reason)
        self.gross[rows] = answer.gross_fen
        self.low[rows], self.high[rows] = answer.low_fen, answer.high_fen
        self.deciding[rows] = self._facts.setdefault(answer.deciding, len(self._facts))
        for name, column in self._looked.payable_fen.items():
            amount = answer.payable_fen.get(name)
            column[rows] = NO_AMOUNT if amount is None else amount
        for name, (low, high) in answer.bounds_fen.items():
            ends = np.full((len(rows), 2), (low, high), np.int64)
            self._bounds.setdefault(name, []).append(np.column_stack((rows, ends)))
        self.grade[rows], self.step[rows] = answer.grade, answer.step

    def fail(self, row: Codes, failure: Exception) -> None:
        """Set a row aside of which asking failed."""
        self.status[row] = STATUSES.index(BAD_ROW)
        code = failure.code if isinstance(failure, CwgradeError) else type(failure).__name__
        self.reason[row] = self._number(code)
        for column in (self.gross, self.low, self.high, *self._looked.payable_fen.values()):
            column[row] = NO_AMOUNT
        self.grade[row] = self.step[row] = 0

    def _all_bounds(self) -> dict[str, Codes]:
        told = {name: np.concatenate(rows) for name, rows in self._bounds.items()}
        for name, rows in self._looked_bounds.items():
            if len(rows):
                told[name] = np.concatenate((rows, told[name])) if name in told else rows
        return told

    def made(self, year: int, month: int, components: tuple[str, ...]) -> MonthOfRoster:
        """Give the answers."""
        return MonthOfRoster(
            year=year,
            month=month,
            components=components,
            status=self.status,
            gross_fen=self.gross,
            low_fen=self.low,
            high_fen=self.high,
            payable_fen=self._looked.payable_fen,
            bounds_fen=self._all_bounds(),
            grade=self.grade,
            step=self.step,
            reason=self.reason,
            reasons=tuple(self._reasons),
            deciding=self.deciding,
            facts=tuple(self._facts),
            asked=self._looked.unsure,
        )
