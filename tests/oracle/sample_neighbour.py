"""Careers through both invented places of `docs/reference/sample-reform.md`, computed from articles 1 to 7 alone.

Uses nothing of the package, and of the other oracle only how days and months are counted.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from tests.oracle.sample_reform import (
    MOVE,
    NEW_ALLOWANCE,
    NEW_BASIC,
    OLD_ALLOWANCE,
    OLD_BASIC,
    ONE,
    whole_months,
)

REFORM: Final = "990301"
NEIGHBOUR: Final = "990302"
FAR: Final = "4301"
FIRST: Final = date(2016, 1, 1)
"""Both places' first measures are in force from this day."""
PAY: Final = (2200, 2400, 2600, 2800, 3000)
TABLE: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 4}


@dataclass(frozen=True)
class Stay:
    """One post in one place, from a day until the day before another."""

    start: date
    end: date
    post: str
    place: str


@dataclass(frozen=True)
class Standing:
    """A grade on a day; months waited for the next one by then, and the whole wait, 0 at the top."""

    grade: int
    waited: Fraction
    wait: int


class Mover:
    """One worker in both places; stays do not overlap."""

    def __init__(self, stays: tuple[Stay, ...]) -> None:
        self.stays = tuple(sorted(stays, key=lambda one: one.start))

    def stay(self, on: date) -> Stay | None:
        """The stay on a day."""
        return next((one for one in self.stays if one.start <= on < one.end), None)

    def months(self, on: date) -> int:
        """Months served until a day, wherever (article 2)."""
        runs: list[list[date]] = []
        for one in self.stays:
            if runs and one.start <= runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], one.end)
            else:
                runs.append([one.start, one.end])
        return sum(whole_months(start, min(end, on)) for start, end in runs if start < on)

    def arrival(self, on: date) -> tuple[Stay, Stay] | None:
        """The last stay in another place before a day of service, and the first one here after it."""
        here = self.stay(on)
        assert here is not None
        begun = [one for one in self.stays if one.start <= here.start]
        for before, after in reversed(list(itertools.pairwise(begun))):
            if after.place == here.place and before.place != here.place:
                return before, after
        return None

    @staticmethod
    def _recognised(left: Stay) -> bool:
        """Whether a grade was held in a place that was left (articles 6.2 and 7.3)."""
        return left.place != FAR and left.end > FIRST

    def _anew(self, on: date, wait: int, top: int) -> Standing:
        months = self.months(on)
        grade = min(1 + months // wait, top)
        return Standing(grade, Fraction(months - wait * (grade - 1)), wait if grade < top else 0)

    @staticmethod
    def _on(grade: int, waited: Fraction, wait: int, top: int) -> Standing:
        rises = min(int(waited // wait), top - grade)
        grade += rises
        return Standing(grade, waited - rises * wait, wait if grade < top else 0)

    def standing(self, on: date) -> Standing:
        """The grade on a day of service, and how long the next one has been waited for."""
        here = self.stay(on)
        assert here is not None
        came = self.arrival(on)
        if here.place == NEIGHBOUR:
            if came is None or not self._recognised(came[0]):
                return self._anew(on, 18, 5)
            eve = came[0].end - ONE
            held = self.standing(eve)
            waited = held.waited + self.months(on) - self.months(eve)
            return self._on(min(held.grade, 5), waited, 18, 5)
        if on < MOVE:
            return self._anew(on, 36, 4)
        then = self.stay(MOVE - ONE)
        here_then = then is not None and then.place == REFORM
        if here_then and (came is None or came[1].start < MOVE):
            return self._converted(MOVE, self._anew(MOVE - ONE, 36, 4), {}, on, MOVE - ONE)
        if came is None or not self._recognised(came[0]):
            return self._anew(on, 24, 6)
        left = came[0].end - ONE
        return self._converted(came[1].start, self.standing(left), TABLE, on, left)

    def _converted(
        self, since: date, held: Standing, table: dict[int, int], on: date, eve: date
    ) -> Standing:
        share = Fraction(0)
        if held.wait:
            share = (held.waited + self.months(since) - self.months(eve)) / held.wait
        waited = min(share, Fraction(1)) * 24 + self.months(on) - self.months(since)
        return self._on(table.get(held.grade, held.grade), waited, 24, 6)

    def pay(self, on: date) -> int | None:
        """The full monthly pay of a day of service; `None` where something of an old pay may be kept."""
        here = self.stay(on)
        assert here is not None
        grade = self.standing(on).grade
        if here.place == NEIGHBOUR:
            return PAY[grade - 1]
        if on < MOVE:
            return OLD_BASIC[grade - 1] + OLD_ALLOWANCE[here.post]
        eve = self.stay(MOVE - ONE)
        if eve is not None and eve.place == REFORM:
            return None
        return NEW_BASIC[grade - 1] + NEW_ALLOWANCE[here.post]
