"""Rises up a ladder for a whole roster: year by year through the ladder's machine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.counts import Counts, Reading
from cwgrade.arrays.kinds import kinds_of
from cwgrade.arrays.ladders import LadderMachine
from cwgrade.arrays.people import People
from cwgrade.facts import Facts
from cwgrade.gaps import Missing
from cwgrade.ladder import Boundary, LadderRule, LadderState, RatingEffect, steps_from_service
from cwgrade.leaves.climbed import settled_rule
from cwgrade.leaves.rated import ratings_of_year
from cwgrade.leaves.rungs import Start
from cwgrade.quantities import NOT_OUT, LadderLeaf
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeVersion
from cwgrade.tables import Asked, Closed

__all__ = ["Climbs"]

Codes = NDArray[Any]

_NO_RISES: Final = -(1 << 30)
"""Stands where a gap hides the rises."""
_UNRATED: Final = 0


class Climbs:
    """The walk of every row up one ladder.

    Attributes:
        hard: Rows whose rises the arrays do not find.
    """

    def __init__(
        self,
        people: People,
        version: SchemeVersion,
        known_on: date | None,
        ladder: LadderLeaf,
        counts: Counts,
    ) -> None:
        """Take the ladder and the counts of service that it climbs by."""
        self._people = people
        self._version = version
        self._known_on = known_on
        self._ladder = ladder
        self._counts = counts
        self.hard = counts.hard.copy()
        if people.unusual is not None:
            # arrays do not hold them: they are asked whatever comes out
            self.hard |= people.unusual
        if ladder.open_effects or ladder.open_early or ladder.open_cap:
            self.hard[:] = True
        self._first_year = people.first_year
        self._no_rating_matters = ladder.early is None and all(
            effect == RatingEffect() for _, effect in ladder.effects
        )

    def rises(self, days: Sequence[date], starts: Sequence[tuple[Start, Codes]]) -> Codes:
        """Give the rises of every row.

        Args:
            days: The days on which they have to be the same.
            starts: Where workers start, and the rows that start there.
        """
        found: Codes | None = None
        boundary = self._ladder.boundary
        options = tuple(Boundary) if isinstance(boundary, Missing) else (boundary,)
        for on in days:
            ratings = self._ratings(on)
            for reading in self._counts.readings:
                for side in options:
                    rises = self._walk(reading, side, on, ratings, starts)
                    if found is None:
                        found = rises
                    self.hard |= (rises != found) | (rises == _NO_RISES)
        return np.zeros(self._people.size, np.int64) if found is None else found

    def _ratings(self, on: date) -> dict[int, tuple[tuple[str | None, ...], Codes]]:
        """Give, for every year, the ratings that occur and each row's place among them."""
        years = range(self._first_year, on.year + 1)
        size = self._people.size
        nothing: tuple[tuple[str | None, ...], Codes] = ((None,), np.zeros(size, np.int8))
        if self._no_rating_matters:
            return dict.fromkeys(years, nothing)
        scale = tuple(name for name, _ in self._ladder.effects)
        found = {}
        for year in years:
            profile = (self._people.served_in(year), self._people.rated_in(year))
            rows, kinds = kinds_of(profile, self.hard)
            told = [self._rating(int(row), year, on, scale) for row in rows]
            distinct = tuple(dict.fromkeys((None, *told)))
            codes = np.array([distinct.index(one) for one in told] or [0])[kinds]
            if "" in distinct:
                self.hard |= codes == distinct.index("")
            found[year] = (distinct, codes)
        return found

    def _rating(self, row: int, year: int, on: date, scale: tuple[str, ...]) -> str | None:
        """Give a year's rating of one row; empty text where it has to be asked for."""
        facts = Facts(self._people.worker(row), self._version, self._known_on, Closed())
        try:
            forms = ratings_of_year(facts, self._ladder.rating_effect, year, on, scale)
        except Asked:
            return ""
        if len(forms) > 1 or (forms[0] not in (None, NOT_OUT) and forms[0] not in scale):
            return ""
        return forms[0]

    def _walk(
        self,
        reading: Reading,
        boundary: Boundary,
        on: date,
        ratings: dict[int, tuple[tuple[str | None, ...], Codes]],
        starts: Sequence[tuple[Start, Codes]],
    ) -> Codes:
        as_of = reading.as_of(on)
        waits: tuple[tuple[str, RatingEffect], ...] = ()
        if any(NOT_OUT in distinct for distinct, _ in ratings.values()):
            until = self._ladder.until_announced
            if until is None or isinstance(until, Missing):
                for distinct, codes in ratings.values():
                    if NOT_OUT in distinct:
                        self.hard |= codes == distinct.index(NOT_OUT)
                waits = ((NOT_OUT, RatingEffect()),)
            else:
                counted = until == "counted"
                waits = ((NOT_OUT, RatingEffect(counted=counted, rises=True if counted else None)),)
        legs = self._legs(reading, as_of, ratings)
        scale = (None, *(name for name, _ in self._ladder.effects), NOT_OUT)
        most = max((int(growth.max(initial=0)) for growth, _, _ in legs), default=0)
        found = np.full(self._people.size, _NO_RISES, np.int64)
        machines: dict[LadderRule, LadderMachine] = {}
        for start, rows in starts:
            rule = settled_rule(self._ladder, start, boundary, waits)
            machine = machines.setdefault(rule, LadderMachine(rule, scale, most))
            first = machine.number(LadderState(counted=start.deemed_months))
            states = np.full(len(rows), first, np.int32)
            for growth, distinct, codes in legs:
                rated = np.array([scale.index(one) if one in scale else 0 for one in distinct])
                states = machine.move(states, growth[rows], rated[codes[rows]])
            ended = np.array([_rises_of(state, rule) for state in machine.states])
            found[rows] = ended[states]
        return found

    def _legs(
        self,
        reading: Reading,
        as_of: date,
        ratings: dict[int, tuple[tuple[str | None, ...], Codes]],
    ) -> list[tuple[Codes, tuple[str | None, ...], Codes]]:
        """Give the growth and the rating of each leg of the walk; years that nobody has a rating for are one leg."""
        legs: list[tuple[Codes, tuple[str | None, ...], Codes]] = []
        before = np.zeros(self._people.size, np.int64)
        # there is no year where nobody has served yet
        for year, following in zip(ratings, [*list(ratings)[1:], None], strict=False):
            distinct, codes = ratings[year]
            joined = (
                distinct == (None,) and following is not None and ratings[following][0] == (None,)
            )
            if joined:
                continue
            end = min(date(year + 1, 1, 1), as_of)
            months = self._counts.months(reading, end)
            legs.append((months - before, distinct, codes))
            before = months
        return legs


def _rises_of(state: LadderState, rule: LadderRule) -> int:
    steps, gap = steps_from_service(state, rule)
    return _NO_RISES if gap is not None else steps + state.early + state.lowered


def start_at(post: str, first: int, deemed: int) -> Start:
    """Give the start of a worker of whom no earlier rung is on record."""
    step = Step(code="number", path="deemed_months", result=deemed)
    return Start(post=post, first=first, deemed=(step,), origin=None)
