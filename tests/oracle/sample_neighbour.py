"""Careers through both invented places of `docs/reference/sample-reform.md`, computed from articles 1 to 7 alone.

Uses nothing of the package, and of the other oracle only how months are counted. Beside the text's own rule, that the
difference is kept for good, it knows the other two of `docs/reference/scheme-file.md#transition`, and a later day on
which staff move: until it they are under the old measure.
"""

from __future__ import annotations

import calendar
import functools
import itertools
from collections.abc import Iterator
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
OLD, NEW, NEXT = "old", "new", "neighbour"
TOP: Final = {OLD: 4, NEW: 6, NEXT: 5}
WAIT: Final = {OLD: 36, NEW: 24, NEXT: 18}


class OpenError(Exception):
    """The text gives no answer, or what would give it is not known."""


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
    """One worker in both places; stays in two places do not overlap."""

    def __init__(
        self,
        stays: tuple[Stay, ...],
        *,
        rule: str = "for_good",
        staff_moves: date = MOVE,
        knows_new: bool = True,
        alone: bool = False,
    ) -> None:
        """Take the stays.

        Args:
            stays: The stays.
            rule: What is kept of higher pay.
            staff_moves: The day on which staff move.
            knows_new: Whether the new measure is out.
            alone: Whether of other places no text is at hand.
        """
        self.stays = tuple(sorted(stays, key=lambda one: (one.start, one.end)))
        self.rule, self.staff_moves = rule, staff_moves
        self.knows_new, self.alone = knows_new, alone
        self._standings: dict[tuple[date, str, str], Standing] = {}
        self._months: dict[date, int] = {}
        self.moves = self._moving_day()

    def post(self, on: date, place: str) -> str | None:
        """The post in a place on a day."""
        held = {one.post for one in self.stays if one.place == place and one.start <= on < one.end}
        return "lead" if "lead" in held else "staff" if held else None

    def stay(self, on: date) -> Stay | None:
        """The stay on a day."""
        return next((one for one in self.stays if one.start <= on < one.end), None)

    def _moving_day(self) -> date:
        day = MOVE
        while day < self.staff_moves and self.post(day, REFORM) != "lead":
            day += ONE
        return day

    def months(self, on: date) -> int:
        """Months served until a day, wherever (article 2)."""
        if on not in self._months:
            self._months[on] = self._counted(on)
        return self._months[on]

    def _counted(self, on: date) -> int:
        runs: list[list[date]] = []
        for one in self.stays:
            if runs and one.start <= runs[-1][1]:
                runs[-1][1] = max(runs[-1][1], one.end)
            else:
                runs.append([one.start, one.end])
        return sum(whole_months(start, min(end, on)) for start, end in runs if start < on)

    def measure(self, on: date, place: str) -> str | None:
        """The measure that somebody in a place is under on a day; `None` where none is known to be in force."""
        if on < FIRST:
            return None
        if place == NEIGHBOUR:
            return NEXT
        if on < MOVE:
            return OLD
        if not self.knows_new:
            return None
        return NEW if on >= self.moves else OLD

    def arrival(self, on: date, place: str) -> tuple[Stay, Stay] | None:
        """The last stay in another place before a day of service, and the first one here after it."""
        begun = [one for one in self.stays if one.start <= on]
        for before, after in reversed(list(itertools.pairwise(begun))):
            if after.place == place and before.place != place:
                return before, after
        return None

    def _recognised(self, left: Stay) -> bool:
        """Whether a grade was held in a place that was left (articles 6.2 and 7.3)."""
        return left.place != FAR and (self.alone or left.end > FIRST)

    def _anew(self, on: date, measure: str) -> Standing:
        wait, top = WAIT[measure], TOP[measure]
        months = self.months(on)
        grade = min(1 + months // wait, top)
        return Standing(grade, Fraction(months - wait * (grade - 1)), wait if grade < top else 0)

    @staticmethod
    def _on(grade: int, waited: Fraction, measure: str) -> Standing:
        wait, top = WAIT[measure], TOP[measure]
        rises = min(int(waited // wait), top - grade)
        grade += rises
        return Standing(grade, waited - rises * wait, wait if grade < top else 0)

    def _held(self, left: Stay) -> Standing:
        """The standing on the last day in a place that was left."""
        eve = left.end - ONE
        measure = None if self.alone else self.measure(eve, left.place)
        if measure is None:
            raise OpenError
        return self.standing(eve, left.place, measure)

    def standing(self, on: date, place: str, measure: str) -> Standing:
        """The grade on a day of service by a measure, and how long the next one has been waited for."""
        key = (on, place, measure)
        if key not in self._standings:
            self._standings[key] = self._found(on, place, measure)
        return self._standings[key]

    def _found(self, on: date, place: str, measure: str) -> Standing:
        if measure == OLD:
            return self._anew(on, OLD)
        came = self.arrival(on, place)
        if measure == NEXT:
            if came is None or not self._recognised(came[0]):
                return self._anew(on, NEXT)
            held, eve = self._held(came[0]), came[0].end - ONE
            waited = held.waited + self.months(on) - self.months(eve)
            return self._on(min(held.grade, 5), waited, NEXT)
        if self.moved and (came is None or came[1].start <= self.moves):
            return self._converted(self.moves, self._anew(self.moves - ONE, OLD), {}, on)
        if came is None or not self._recognised(came[0]):
            return self._anew(on, NEW)
        eve = came[0].end - ONE
        return self._converted(came[1].start, self._held(came[0]), TABLE, on, eve)

    @functools.cached_property
    def _break(self) -> date:
        """The first day since the move that is not served here."""
        day = self.moves
        while day < date(2031, 1, 1) and self.post(day, REFORM) is not None:
            day += ONE
        return day

    @property
    def moved(self) -> bool:
        """Whether the worker served on the eve of the move (article 5.1)."""
        return self.post(self.moves - ONE, REFORM) is not None

    def _converted(
        self, since: date, held: Standing, table: dict[int, int], on: date, eve: date | None = None
    ) -> Standing:
        share = Fraction(0)
        if held.wait:
            waited = held.waited + self.months(since) - self.months(eve or since - ONE)
            share = min(waited / held.wait, Fraction(1))
        waited = share * 24 + self.months(on) - self.months(since)
        return self._on(table.get(held.grade, held.grade), waited, NEW)

    # --- pay, in yuan -----------------------------------------------------------------------------------------------

    def _basic(self, on: date, place: str, measure: str) -> int:
        tables = {OLD: OLD_BASIC, NEW: NEW_BASIC, NEXT: PAY}
        return tables[measure][self.standing(on, place, measure).grade - 1]

    def _allowance(self, on: date, measure: str) -> int:
        post = self.post(on, REFORM) or ""
        return (OLD_ALLOWANCE if measure == OLD else NEW_ALLOWANCE)[post]

    def _pay(self, on: date, measure: str) -> int:
        return self._basic(on, REFORM, measure) + self._allowance(on, measure)

    def _kept(self, on: date) -> int:
        """What is kept of the old pay on a day of service under the new measure."""
        if not self.moved or on < self.moves:
            return 0
        if on >= self._break:
            raise OpenError
        old = self._pay(self.moves - ONE, OLD)
        lost = max(old - self._pay(self.moves, NEW), 0)
        if not lost:
            return 0
        if self.rule == "frozen":
            days = [self.moves + ONE * count for count in range((on - self.moves).days + 1)]
            reached = any(self._pay(day, NEW) >= old for day in days)
            return 0 if reached else min(old - self._pay(on, NEW), lost)
        if self.rule == "melting":
            then = self.standing(self.moves, REFORM, NEW).grade
            risen = self._basic(on, REFORM, NEW) - NEW_BASIC[then - 1]
            return min(max(lost - risen, 0), lost)
        return lost

    def amounts(self, on: date, place: str, measure: str) -> dict[str, int | None]:
        """The full monthly amount of each component on a day of service; `None` where it is open."""
        found: dict[str, int | None] = {}
        for name in {OLD: ("basic", "post"), NEW: ("basic", "post", "kept"), NEXT: ("basic",)}[
            measure
        ]:
            try:
                if name == "basic":
                    found[name] = self._basic(on, place, measure)
                elif name == "post":
                    found[name] = self._allowance(on, measure)
                else:
                    found[name] = self._kept(on)
            except OpenError:
                found[name] = None
        return found

    def pay(self, on: date) -> int | None:
        """The full monthly pay of a day of service; `None` where it is open."""
        here = self.stay(on)
        assert here is not None
        measure = self.measure(on, here.place)
        assert measure is not None
        amounts = self.amounts(on, here.place, measure).values()
        known = [one for one in amounts if one is not None]
        return sum(known) if len(known) == len(amounts) else None

    def month(self, year: int, month: int, place: str) -> dict[str, int | None] | None:
        """Each component of a month in fen, by calendar days (article 4); `None` for who did not serve in the place.

        A month goes by the measure that holds for the worker on its first day.
        """
        measure = self.measure(date(year, month, 1), place)
        assert measure is not None
        days = list(_days(year, month))
        served = [day for day in days if self.post(day, place) is not None]
        if not served:
            return None
        summed: dict[str, Fraction | None] = {}
        for day in served:
            for name, yuan in self.amounts(day, place, measure).items():
                before = summed.get(name, Fraction(0))
                nothing = yuan is None or before is None
                summed[name] = None if nothing else before + Fraction(yuan * 100, len(days))  # type: ignore[operator]
        return {
            name: None if fen is None else int(fen + Fraction(1, 2)) for name, fen in summed.items()
        }


def _days(year: int, month: int) -> Iterator[date]:
    for number in range(1, calendar.monthrange(year, month)[1] + 1):
        yield date(year, month, number)
