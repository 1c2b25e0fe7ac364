"""Days over which nothing changes for most rows: what the scheme gives a roster there, looked up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.fusion import fuse
from cwgrade.arrays.leaves import LeafFinder
from cwgrade.arrays.people import People
from cwgrade.changes import scheme_days
from cwgrade.dates import Takes
from cwgrade.law.post_change import ChangeRule
from cwgrade.regions import is_within
from cwgrade.scheme import SchemeVersion
from cwgrade.tables import OPEN, SchemeTables, TooManyCells, Value, tabulate, targets_of

__all__ = ["Looked", "Stretch"]

Codes = NDArray[Any]

_ONE_DAY: Final = timedelta(days=1)
_LONGEST_WAIT: Final = 400
"""Days after which a change of post has taken effect under every timing."""


@attrs.frozen(kw_only=True, eq=False)
class Looked:
    """Quantities of a roster, looked up.

    Attributes:
        codes: By quantity: the place of each row's value in `values`.
        values: By quantity: its values.
        unsure: Rows that have to be asked of the scalar functions.
    """

    codes: dict[str, Codes]
    values: dict[str, tuple[Value, ...]]
    unsure: Codes


class Stretch:
    """Some days of a roster under one version.

    Attributes:
        absent: Rows without community service in the scheme's place on any of the days.
        unsure: Rows that do not serve through the days in one spell, or of whom an earlier post may still count.
    """

    def __init__(
        self, people: People, version: SchemeVersion, known_on: date | None, first: date, last: date
    ) -> None:
        """Look at who serves.

        Args:
            people: The roster.
            version: The version that is asked.
            known_on: Only facts and values known by this day.
            first: The first day.
            last: The last day.
        """
        self.first, self.last = first, last
        self._people = people
        self._version = version
        self._known_on = known_on
        self._post = np.zeros(people.size, np.int64)
        self.absent, self.unsure = self._served()
        if people.unusual is not None:
            self.absent &= ~people.unusual
            self.unsure |= people.unusual

    def look_up(self, targets: Sequence[str]) -> Looked | None:
        """Look quantities up; `None` where they are not the same for all days, or no table can hold them."""
        every = targets_of(self._version)
        wanted = [name for name in targets if name in every]
        tables = self._tables(wanted)
        if tables is None:
            return None
        exclusions = list(dict.fromkeys(one.fact for one in self._version.excluded))
        plan = fuse(
            tables, [*wanted, *exclusions], keep=[one for one in ("grade", "step") if one in wanted]
        )
        finder = LeafFinder(
            self._people,
            self._version,
            self._known_on,
            self._days(),
            self._post,
            self.unsure | self.absent,
        )
        codes = plan.run(finder.find(tables, tuple(plan.classes)), self._people.size)
        unsure = finder.unsure & ~self.absent
        for exclusion in self._version.excluded:
            values = plan.values[exclusion.fact]
            outside = np.array([not self._within(exclusion.values, value) for value in values])
            unsure |= outside[codes[exclusion.fact]] & ~self.absent
        for name in wanted:
            is_open = np.array([value is OPEN for value in plan.values[name]])
            unsure |= is_open[codes[name]] & ~self.absent
        return Looked(
            codes=codes, values={name: tuple(of) for name, of in plan.values.items()}, unsure=unsure
        )

    @staticmethod
    def _within(excluded: Sequence[str], value: Value) -> bool:
        return isinstance(value, str) and value not in excluded

    def _days(self) -> tuple[date, ...]:
        """Give the days between which facts can only be gained: the ends, and both sides of the scheme's own days."""
        marks = scheme_days(self._version, self.first, self.last + _ONE_DAY)
        around = {day for mark in marks for day in (mark - _ONE_DAY, mark)}
        return tuple(sorted({self.first, self.last, *around}))

    def _tables(self, targets: Sequence[str]) -> SchemeTables | None:
        """Give the tables of all days, `None` where they are not the same."""
        try:
            first, *others = (
                tabulate(self._version, on=day, known_on=self._known_on, targets=targets)
                for day in self._days()
            )
        except TooManyCells:
            return None
        return first if all(_alike(first, one) for one in others) else None

    def _served(self) -> tuple[Codes, Codes]:
        spells, size = self._people.spells, self._people.size
        here = np.array(
            [region is None or is_within(region, self._version.place) for region in spells.regions]
        )
        serving = self._people.is_community & here[spells.region]
        first, after = np.datetime64(self.first), np.datetime64(self.last + _ONE_DAY)
        inside = serving & (spells.start < after) & (spells.end > first)
        whole = inside & (spells.start <= first) & (spells.end >= after)
        touched = np.bincount(spells.worker[inside], minlength=size)
        held = np.bincount(spells.worker[whole], minlength=size)
        self._post[spells.worker[whole]] = spells.post[whole]
        return touched == 0, (touched > 0) & ((touched != 1) | (held != 1)) | self._moved(whole)

    def _moved(self, whole: Codes) -> Codes:
        """Give the rows of which an earlier post may still count, or has left its mark on the grade."""
        spells, rule = self._people.spells, self._version.post_change
        moved = np.zeros(self._people.size, np.bool_)
        if rule.rule is ChangeRule.RECOMPUTED and rule.takes is Takes.SAME_DAY:
            return moved
        differs = spells.post != self._post[spells.worker]
        moved[spells.worker[differs & self._people.is_community]] = True
        if rule.rule is ChangeRule.RECOMPUTED:
            # it counts by now if it was long ago
            recent = np.zeros(self._people.size, np.bool_)
            since = np.datetime64(self.first - timedelta(days=_LONGEST_WAIT))
            recent[spells.worker[whole & (spells.start > since)]] = True
            moved &= recent
        return moved


def _alike(one: SchemeTables, other: SchemeTables) -> bool:
    """Tell whether two days are worth the same; what has one value on each shows in what is made of it."""
    leaves = [[leaf for leaf in tables.leaves if len(leaf.values) > 1] for tables in (one, other)]
    return leaves[0] == leaves[1] and one.stages == other.stages
