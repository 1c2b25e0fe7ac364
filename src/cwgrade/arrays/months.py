"""The pay of a month for a whole roster: what is due looked up or summed from look-ups, the rest asked row by row.

A row of which something changes inside the month, of which something is not known, or that the scheme leaves open, is
asked of the scalar function; so is every row that the arrays do not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.accrual.periods import period_months
from cwgrade.arrays.people import People
from cwgrade.arrays.stretches import Looked, Stretch
from cwgrade.dates import next_month
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Accrual, Component, ReckonedOn, Rhythm
from cwgrade.money import Rounding, round_fen
from cwgrade.scheme import SchemeVersion
from cwgrade.tables import Value
from cwgrade.timeline import known_by

__all__ = ["NO_AMOUNT", "LookedUp", "look_up_month"]

Codes = NDArray[Any]

NO_AMOUNT: Final = -(1 << 62)
"""Stands where a row has no amount."""
_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True, eq=False)
class LookedUp:
    """What could be looked up of a month.

    Attributes:
        unsure: Rows that have to be asked of the scalar function; nothing else here is true of them.
        absent: Rows that do not serve in the month.
        payable_fen: For each component, what is payable; `NO_AMOUNT` where there is none.
        gross_fen: The sum; `NO_AMOUNT` where there is none.
        gap: For each row the place in `gaps` of what hides the sum, -1 where nothing does.
        gaps: What hides sums.
        grade: The grade on the first day; 0 where there is none.
        step: The step on the first day; 0 where there is none.
    """

    unsure: Codes
    absent: Codes
    payable_fen: dict[str, Codes]
    gross_fen: Codes
    gap: Codes
    gaps: tuple[tuple[Gap, ...], ...]
    grade: Codes
    step: Codes


def look_up_month(
    people: People, version: SchemeVersion, *, year: int, month: int, known_on: date | None
) -> LookedUp:
    """Look up the pay of a month for every row, as far as it goes.

    Args:
        people: The roster.
        version: The version that is asked.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.
    """
    return _Month(people, version, year, month, known_on).looked_up()


class _Month:
    """One month of one roster under one version."""

    def __init__(
        self, people: People, version: SchemeVersion, year: int, month: int, known_on: date | None
    ) -> None:
        self.people = people
        self.version = version
        self.year, self.month = year, month
        self.known_on = known_on
        self.first = date(year, month, 1)
        self.last = next_month(self.first) - _ONE_DAY
        self.stretch = Stretch(people, version, known_on, self.first, self.last)
        self.unsure = self.stretch.unsure.copy()
        self.gaps: dict[tuple[Gap, ...], int] = {}
        if known_by(version.published_on, known_on) is None:
            self.unsure[:] = True

    def looked_up(self) -> LookedUp:
        size, pay = self.people.size, self.version.pay
        # what nobody has said of what it adds is listed and not summed; where there is nothing else, there is no sum
        summed = [one for one in pay if one.summed and not (one.supplied or one.unscheduled)]
        if not summed or any(isinstance(one.in_total, Missing) for one in pay):
            self.unsure |= ~self.stretch.absent
        now = [f"fen:pay.{one.name}" for one in pay if one.is_quantity and self._is_due_now(one)]
        looked = self._looked(self.stretch, (*now, "grade", "step"))
        amounts: dict[str, Codes] = {}
        hidden = np.full(size, -1, np.int32)
        for component in pay:
            fen, gap = self._payable(component, looked)
            amounts[component.name] = np.where(gap >= 0, NO_AMOUNT, fen)
            if component in summed:
                hidden = np.where(hidden < 0, gap, hidden)
        total = np.zeros(size, np.int64)
        for component in summed:
            total += np.where(hidden < 0, amounts[component.name], 0)
        rounding = self.version.rounding.total
        if isinstance(rounding, Rounding):
            total = _by_value(total, lambda fen: round_fen(fen, rounding).fen)
        nothing = self.stretch.absent
        for column in amounts.values():
            column[nothing] = NO_AMOUNT
        return LookedUp(
            unsure=self.unsure,
            absent=nothing & ~self.unsure,
            payable_fen=amounts,
            gross_fen=np.where((hidden >= 0) | nothing, NO_AMOUNT, total),
            gap=np.where(nothing, -1, hidden),
            gaps=tuple(self.gaps),
            grade=self._rungs(looked, "grade"),
            step=self._rungs(looked, "step"),
        )

    def _looked(self, stretch: Stretch, targets: tuple[str, ...]) -> Looked | None:
        """Look up, and keep what is unsure; with nothing to look up in, every row that serves is."""
        looked = stretch.look_up(targets)
        self.unsure |= ~stretch.absent if looked is None else looked.unsure
        return looked

    def _rungs(self, looked: Looked | None, name: str) -> Codes:
        rungs = np.zeros(self.people.size, np.int16)
        if looked is not None and name in looked.values:
            numbers = [
                value if isinstance(value, int) and not isinstance(value, bool) else 0
                for value in looked.values[name]
            ]
            rungs = np.array(numbers, np.int16)[looked.codes[name]]
            rungs[self.stretch.absent] = 0
        return rungs

    # ------------------------------------------------------------------------------------------ components

    def _payable(self, component: Component, looked: Looked | None) -> tuple[Codes, Codes]:
        """Give what is payable of a component, and the place of the gaps that hide it."""
        paid_in = component.paid_in
        if component.protects:
            # what somebody was paid under another version no table of this one knows
            self.unsure |= ~self.stretch.absent
            return self._nothing()
        open_ = len(component.rhythms) > 1 or isinstance(component.due_in, Missing)
        if not component.supplied and open_:
            # what may be due in this month or in others is put together by the scalar function
            self.unsure |= ~self.stretch.absent
            return self._nothing()
        if not component.supplied and looked is not None and self._is_due_now(component):
            return self._amounts(looked, f"fen:pay.{component.name}")
        if not component.supplied and component.accrues_per is Accrual.ONCE:
            self._only_without_rise(component)
        elif isinstance(paid_in, tuple) and self.month in paid_in and not component.unscheduled:
            if component.accrues_per is Accrual.MONTH:
                return self._sum_of_period(component)
            return self._of_period(component)
        elif not component.supplied and component.unscheduled:
            return self._not_summed(component)
        # the arrays hold no supplied amounts: such rows are asked
        return self._nothing()

    def _is_due_now(self, component: Component) -> bool:
        """Tell whether what accrues in the month is paid in it."""
        if component.accrues_per is not Accrual.MONTH or component.paid is not Rhythm.MONTHLY:
            return False
        return component.is_due_in(self.month)

    def _not_summed(self, component: Component) -> tuple[Codes, Codes]:
        """Give nothing that is payable, and the gaps that hide what accrues toward a month that is not stated."""
        if not component.is_due_in(self.month):
            return self._nothing()
        if component.accrues_per is Accrual.MONTH:
            target = f"fen:pay.{component.name}"
            looked = self._looked(self.stretch, (target,))
            _, gap = self._nothing() if looked is None else self._amounts(looked, target)
        else:
            _, gap = self._of_period(component)
        return self._nothing()[0], gap

    def _nothing(self) -> tuple[Codes, Codes]:
        return np.zeros(self.people.size, np.int64), np.full(self.people.size, -1, np.int32)

    def _amounts(self, looked: Looked, target: str) -> tuple[Codes, Codes]:
        values = looked.values[target]
        fen = np.array([value if isinstance(value, int) else 0 for value in values], np.int64)
        gap = np.array([self._gap(value) for value in values], np.int32)
        codes = looked.codes[target]
        return fen[codes], gap[codes]

    def _gap(self, value: Value) -> int:
        return self.gaps.setdefault(value, len(self.gaps)) if isinstance(value, tuple) else -1

    def _sum_of_period(self, component: Component) -> tuple[Codes, Codes]:
        """Add the months of a quarter, half-year or year; each month's own accrual is looked up and already rounded."""
        total, hidden = self._nothing()
        target = f"fen:pay.{component.name}"
        for year, month in period_months(component, self.year, self.month):
            first = date(year, month, 1)
            stretch = Stretch(
                self.people, self.version, self.known_on, first, next_month(first) - _ONE_DAY
            )
            if first < self.version.from_day:
                self.unsure |= ~stretch.absent
                continue
            self.unsure |= stretch.unsure
            looked = self._looked(stretch, (target,))
            if looked is not None:
                fen, gap = self._amounts(looked, target)
                total += np.where(stretch.absent, 0, fen)
                hidden = np.where((hidden < 0) & ~stretch.absent, gap, hidden)
        return total, hidden

    def _of_period(self, component: Component) -> tuple[Codes, Codes]:
        """Give the amount of a quarter, half-year or year served in one spell, as it is on the month's last day."""
        (year, month), *_, (last_year, last_month) = period_months(component, self.year, self.month)
        after = next_month(date(last_year, last_month, 1))
        through = Stretch(
            self.people, self.version, self.known_on, date(year, month, 1), after - _ONE_DAY
        )
        self.unsure |= (through.unsure | through.absent) & ~self.stretch.absent
        on, paid_in = self.last, component.paid_in
        if after <= self.first and isinstance(paid_in, tuple) and self.month in paid_in:
            if component.reckoned_on is ReckonedOn.END_OF_PERIOD and after > self.version.from_day:
                on = after - _ONE_DAY
            elif component.reckoned_on is not ReckonedOn.PAYMENT:
                # where the source leaves open which day counts, the scalar function tries both
                self.unsure |= ~self.stretch.absent
                return self._nothing()
        day = Stretch(self.people, self.version, self.known_on, on, on)
        target = f"fen:pay.{component.name}"
        looked = self._looked(day, (target,))
        return self._nothing() if looked is None else self._amounts(looked, target)

    def _only_without_rise(self, component: Component) -> None:
        """Leave to the scalar function every row whose value rose in the month, or may have."""
        eve = self.first - _ONE_DAY
        name = component.value_name
        around = Stretch(self.people, self.version, self.known_on, eve, self.last)
        self.unsure |= (around.unsure | around.absent) & ~self.stretch.absent
        looked = [
            self._looked(Stretch(self.people, self.version, self.known_on, day, day), (name,))
            for day in (eve, self.last)
        ]
        before, now = ([] if one is None else one.values[name] for one in looked)
        # codes of two days mean different values; ranks compare as the values do, and a gap is never known not to rise
        numbers = sorted({one for one in (*before, *now) if isinstance(one, int | Fraction)})
        rank: dict[object, int] = {value: place for place, value in enumerate(numbers)}
        ranks = [
            np.array([rank.get(value, gap) for value in one.values[name]])[one.codes[name]]
            for one, gap in zip(looked, (-1, len(numbers)), strict=True)
            if one is not None
        ]
        if len(ranks) == len(looked):
            self.unsure |= ~(ranks[1] <= ranks[0]) & ~self.stretch.absent


def _by_value(numbers: Codes, change: Callable[[int], int]) -> Codes:
    """Change numbers one by one, each distinct one once."""
    distinct, inverse = np.unique(numbers, return_inverse=True)
    return np.array([change(int(one)) for one in distinct], np.int64)[inverse]
