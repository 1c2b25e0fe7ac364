"""The ladder on arrays: a state machine whose states and transitions come from the scalar `next_state`.

A worker's standing is small: how long the waiting period under way has lasted, rises so far, years in a row. Standings
that differ only in how much was counted before it began are one state. Each transition is found once, by the scalar
rule, when the first row needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.ladder import LadderRule, LadderState, LadderYear, next_state

__all__ = ["LadderMachine", "from_zero"]

Codes = NDArray[Any]

_UNKNOWN = -1


def from_zero(state: LadderState) -> LadderState:
    """Give a standing with its counts moved so that the waiting period under way began at zero.

    Examples:
        >>> from_zero(LadderState(months=50, counted=40, waited_from=36, steps=1))
        LadderState(months=0, counted=4, waited_from=0, steps=1, early=0, lowered=0, row=0, held_back=False)
    """
    return attrs.evolve(state, months=0, counted=state.counted - state.waited_from, waited_from=0)


class LadderMachine:
    """The standings of one ladder, numbered as they are met.

    Attributes:
        rule: The ladder, every field settled.
        ratings: What a year may be rated, `None` for a year without a rating; a year's code is its place here.
        states: The standings met so far; a state's number is its place here.
    """

    def __init__(self, rule: LadderRule, ratings: Sequence[str | None], most_months: int) -> None:
        """Start without any state.

        Args:
            rule: The ladder.
            ratings: What a year may be rated.
            most_months: The most that a count can grow by in one move.
        """
        self.rule = rule
        self.ratings = tuple(ratings)
        self.states: list[LadderState] = []
        self._number: dict[LadderState, int] = {}
        self._growths = most_months + 1
        self._next = np.full((0, len(self.ratings), self._growths), _UNKNOWN, np.int32)

    def number(self, state: LadderState) -> int:
        """Give the number of a standing."""
        state = from_zero(state)
        number = self._number.get(state)
        if number is None:
            number = self._number[state] = len(self.states)
            self.states.append(state)
            if number >= len(self._next):
                more = np.full(
                    (max(64, len(self._next)), *self._next.shape[1:]), _UNKNOWN, np.int32
                )
                self._next = np.concatenate((self._next, more))
        return number

    def move(self, states: Codes, growth: Codes, rating: Codes) -> Codes:
        """Move every row on by one year, or by years that are rated alike without effect.

        Args:
            states: The number of each row's standing.
            growth: By how many months its count grew.
            rating: The place of its rating in `ratings`.

        Returns:
            The numbers of the standings after it.
        """
        cells = (states.astype(np.int64) * len(self.ratings) + rating) * self._growths + growth
        after = np.take(self._next.reshape(-1), cells)
        if (after == _UNKNOWN).any():
            for cell in np.unique(cells[after == _UNKNOWN]):
                before, rest = divmod(int(cell), len(self.ratings) * self._growths)
                rated, months = divmod(rest, self._growths)
                year = LadderYear(year=0, months=months, rating=self.ratings[rated])
                number = self.number(next_state(self.states[before], year, self.rule))
                self._next[before, rated, months] = number
            after = np.take(self._next.reshape(-1), cells)
        return after
