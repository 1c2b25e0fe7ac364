"""The invented sample of a reform, computed day by day from `docs/reference/sample-reform.md` alone.

Uses nothing of the package. Beside the text's own rule, that the difference is kept for good, it knows the other two of
`docs/reference/scheme-file.md#transition`, and a later day for staff, and a measure
that holds basic pay alone against the old.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

ONE = timedelta(days=1)
MOVE = date(2021, 1, 1)
OLD_BASIC = (2000, 2300, 2600, 2900)
NEW_BASIC = (2100, 2250, 2400, 2650, 2900, 3200)
OLD_ALLOWANCE = {"lead": 500, "staff": 100}
NEW_ALLOWANCE = {"lead": 300, "staff": 100}
OPEN = "open"


@dataclass(frozen=True)
class Stay:
    """One post from a day until the day before another; no end where it goes on."""

    start: date
    end: date
    post: str


def whole_months(start: date, end: date) -> int:
    """Count months from a day to another; a month is complete on the same day number, or on the month's last day."""
    count = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return count if end.day >= min(start.day, last) else count - 1


class Reform:
    """One worker under both measures."""

    def __init__(
        self,
        stays: tuple[Stay, ...],
        *,
        rule: str = "for_good",
        staff_moves: date = MOVE,
        basic_only: bool = False,
    ) -> None:
        self.stays, self.rule, self.staff_moves = stays, rule, staff_moves
        self.basic_only = basic_only
        self.moves = self._moving_day()

    def post(self, on: date) -> str | None:
        """The post on a day."""
        held = {one.post for one in self.stays if one.start <= on < one.end}
        return "lead" if "lead" in held else "staff" if held else None

    def months(self, on: date) -> int:
        """Months served until a day."""
        runs: list[list[date]] = []
        for one in sorted(self.stays, key=lambda stay: stay.start):
            if runs and one.start <= runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], one.end)
            else:
                runs.append([one.start, one.end])
        return sum(whole_months(start, min(end, on)) for start, end in runs if start < on)

    def _moving_day(self) -> date:
        """The first day on which the worker holds a post that has moved."""
        day = MOVE
        while day < self.staff_moves and self.post(day) != "lead":
            day += ONE
        return day

    @property
    def moved(self) -> bool:
        """Whether the worker served on the eve of the move, and so has an old grade and old pay."""
        return self.post(self.moves - ONE) is not None

    def old_grade(self, on: date) -> int:
        return min(1 + self.months(on) // 36, 4)

    def grade(self, on: date) -> int:
        """The grade on a day of service."""
        if on < self.moves:
            return self.old_grade(on)
        if not self.moved:
            return min(1 + self.months(on) // 24, 6)
        held = self.old_grade(self.moves - ONE)
        share = Fraction(0)
        if held < 4:
            share = min(Fraction(self.months(self.moves) - 36 * (held - 1), 36), Fraction(1))
        waited = share * 24 + self.months(on) - self.months(self.moves)
        return min(held + int(waited // 24), 6)

    def _new_pay(self, on: date) -> int:
        return NEW_BASIC[self.grade(on) - 1] + NEW_ALLOWANCE[self.post(on) or ""]

    def _compared(self, on: date) -> int:
        """The new pay that is held against the old: basic pay and post allowance, or basic pay alone."""
        return NEW_BASIC[self.grade(on) - 1] if self.basic_only else self._new_pay(on)

    def kept(self, on: date) -> int | str:
        """What is kept of the old pay on a day of service under the new measure."""
        if not self.moved:
            return 0
        days = [self.moves + timedelta(days=count) for count in range((on - self.moves).days + 1)]
        if any(self.post(day) is None for day in days):
            return OPEN
        eve = self.moves - ONE
        old = OLD_BASIC[self.old_grade(eve) - 1]
        old += 0 if self.basic_only else OLD_ALLOWANCE[self.post(eve) or ""]
        lost = max(old - self._compared(self.moves), 0)
        if self.rule == "frozen":
            reached = any(self._compared(day) >= old for day in days)
            return 0 if reached else min(old - self._compared(on), lost)
        if self.rule == "melting":
            risen = NEW_BASIC[self.grade(on) - 1] - NEW_BASIC[self.grade(self.moves) - 1]
            return max(lost - risen, 0)
        return lost

    def pay(self, on: date) -> int | str:
        """The full monthly pay that holds on a day of service, in yuan."""
        if on < self.moves:
            return OLD_BASIC[self.old_grade(on) - 1] + OLD_ALLOWANCE[self.post(on) or ""]
        kept = self.kept(on)
        return kept if isinstance(kept, str) else self._new_pay(on) + kept
