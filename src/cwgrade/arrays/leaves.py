"""What has to be known of a worker, found for a whole roster: the values of leaves over a stretch of days.

Service and rises are counted on arrays. Every other leaf is asked of the reasoner, once for all rows that are alike in
what it reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.climbs import Climbs, start_at
from cwgrade.arrays.counts import Counts
from cwgrade.arrays.fusion import fuse
from cwgrade.arrays.kinds import kinds_of
from cwgrade.arrays.people import People
from cwgrade.dates import cutoff, last_start
from cwgrade.facts import Facts
from cwgrade.gaps import Missing
from cwgrade.leaves.probation import months_of
from cwgrade.leaves.steps import timing_of
from cwgrade.quantities import (
    FactLeaf,
    LadderLeaf,
    PostLeaf,
    ProbationLeaf,
    Quantity,
    RatingLeaf,
    ServiceLeaf,
    StatedEffect,
    StatedService,
    TallyLeaf,
    TimeInPostLeaf,
    TwoPostsLeaf,
    Unit,
)
from cwgrade.reasoner import Instant
from cwgrade.scheme import SchemeVersion
from cwgrade.tables import Asked, Closed, Leaf, SchemeTables

__all__ = ["LeafFinder"]

Codes = NDArray[Any]

_MOST_KINDS: Final = 20_000
_PER: Final = {Unit.YEARS: 12, Unit.MONTHS: 1}


class LeafFinder:
    """Finds leaves over a stretch of days; a row is unsure where a value changes inside it or has to be asked for.

    Attributes:
        unsure: Rows of which something was not found.
    """

    def __init__(
        self,
        people: People,
        version: SchemeVersion,
        known_on: date | None,
        days: Sequence[date],
        post: Codes,
        unsure: Codes,
    ) -> None:
        """Take the roster and the days.

        Args:
            people: The roster.
            version: The version that is asked.
            known_on: Only facts and values known by this day.
            days: The days on which a value has to be the same, in order.
            post: The place of each row's one title or post among those of the spells.
            unsure: Rows that are not looked at.
        """
        self.unsure = unsure.copy()
        self._people = people
        self._version = version
        self._known_on = known_on
        self._days = tuple(days)
        self._post = post
        self._counts: dict[tuple[StatedService, StatedEffect], Counts] = {}

    def find(self, tables: SchemeTables, names: Sequence[str]) -> dict[str, Codes]:
        """Give, for each leaf of the tables that is named or that a named ladder starts by, each row's value.

        Args:
            tables: The version's tables.
            names: Leaves.

        Returns:
            By leaf: the place of each row's value among the leaf's values.
        """
        form = self._version.normal_form
        ladders = [name for name in names if isinstance(form[name].quantity, LadderLeaf)]
        starts = {name: fuse(tables, _starts_of(form[name].quantity), keep=()) for name in ladders}
        plain = dict.fromkeys(name for name in names if name not in ladders)
        for plan in starts.values():
            plain |= dict.fromkeys((*plan.classes, "post"))
        found = {leaf.name: self._leaf(leaf) for leaf in tables.leaves if leaf.name in plain}
        for leaf in tables.leaves:
            if leaf.name in ladders:
                found[leaf.name] = self._climbed(leaf, found, tables)
        return found

    # ------------------------------------------------------------------------------------------ asked by kind

    def _leaf(self, leaf: Leaf) -> Codes:
        quantity = self._version.normal_form[leaf.name].quantity
        match quantity:
            case _ if len(leaf.values) == 1:
                return np.zeros(self._people.size, np.uint8)
            case ServiceLeaf(rule=rule, effect=effect, unit=unit):
                return self._served(leaf, self._counted(rule, effect), _PER[unit])
            case TimeInPostLeaf():
                return self._in_post(leaf, quantity)
            case _:
                return self._by_kind(leaf, self._profile(quantity))

    def _profile(self, quantity: Quantity) -> list[Codes]:
        """Give the columns that a leaf is made from: rows that are alike in them have the same value."""
        match quantity:
            case PostLeaf() | TwoPostsLeaf():
                return [self._post]
            case FactLeaf():
                return self._fact_profile(quantity)
            case RatingLeaf() | TallyLeaf():
                return self._rating_profile(quantity)
            case ProbationLeaf():
                return [self._first_day(quantity)]
            case _:
                msg = f"no leaf that is looked up: {quantity!r}"
                raise TypeError(msg)

    def _by_kind(self, leaf: Leaf, profile: Sequence[Codes]) -> Codes:
        rows, kinds = kinds_of(profile, self.unsure)
        if len(rows) > _MOST_KINDS:
            self.unsure[:] = True
            return np.zeros(self._people.size, np.uint8)
        places = {value: place for place, value in enumerate(leaf.values)}
        found = np.full(max(len(rows), 1), -1, np.int64)
        for place, row in enumerate(rows):
            found[place] = places.get(self._value(leaf.name, int(row)), -1)
        codes = found[kinds]
        self.unsure |= codes < 0
        return np.maximum(codes, 0).astype(np.uint8 if len(leaf.values) < 1 << 8 else np.int32)

    def _value(self, name: str, row: int) -> Any:
        """Give a leaf's one value of a row over all days; `None` where there are several or it is asked for."""
        worker = self._people.worker(row)
        try:
            values = {
                Instant(Facts(worker, self._version, self._known_on, Closed()), day)
                .step(name)
                .result
                for day in self._days
            }
        except Asked:
            return None
        return values.pop() if len(values) == 1 else None

    def _fact_profile(self, leaf: FactLeaf) -> list[Codes]:
        attained = self._people.attained.get(leaf.fact)
        if attained is None:
            state = self._people.states.get(leaf.fact)
            return [np.zeros(self._people.size, np.int8) if state is None else state.value]
        stated = leaf.effect.event
        events = [one for one in attained.days if isinstance(stated, Missing) or one == stated]
        dated = np.zeros(self._people.size, np.bool_)
        for days in attained.days.values():
            dated |= ~np.isnat(days)
        return [
            attained.value,
            dated,
            *(self._told_apart(attained.days[event], leaf.effect) for event in events),
        ]

    def _told_apart(self, days: Codes, effect: StatedEffect) -> Codes:
        """Number the days of an event as far as any timing of its effect tells them apart."""
        cutoffs = sorted(
            {
                cutoff(day, takes, effect.annual_day)
                for day in self._days
                for takes in timing_of(effect).options
            }
        )
        told: Codes = np.searchsorted(np.array(cutoffs, "datetime64[D]"), days, side="left")
        told[np.isnat(days)] = -1
        return told

    def _rating_profile(self, leaf: RatingLeaf | TallyLeaf) -> list[Codes]:
        first, last = self._days[0].year, self._days[-1].year
        if isinstance(leaf, RatingLeaf):
            begin = first if leaf.effect is None else first - 1
        elif isinstance(leaf.last_years, int):
            begin = first - leaf.last_years
        else:
            begin = self._people.first_year
        return [
            column
            for year in range(begin, last + 1)
            for column in (self._people.served_in(year), self._people.rated_in(year))
        ]

    def _first_day(self, leaf: ProbationLeaf) -> Codes:
        """Number the first days of community service as far as probation tells them apart."""
        spells, community = self._people.spells, self._people.is_community
        never = np.iinfo(np.int64).max
        first = np.full(self._people.size, never)
        np.minimum.at(first, spells.worker[community], spells.start[community].astype(np.int64))
        over = {
            last_start(day, months)
            for day in self._days
            for months in months_of(leaf)
            if months is not None
        }
        ends = np.array(sorted(over), "datetime64[D]").astype(np.int64)
        told: Codes = np.searchsorted(ends, first, side="left")
        told[first == never] = -1
        return told

    # ------------------------------------------------------------------------------------------ counted

    def _counted(self, rule: StatedService, effect: StatedEffect) -> Counts:
        key = (rule, effect)
        if key not in self._counts:
            self._counts[key] = Counts(self._people, rule, effect)
        return self._counts[key]

    def _served(self, leaf: Leaf, counts: Counts, per: int) -> Codes:
        found: Codes | None = None
        for reading in counts.readings:
            for day in dict.fromkeys(reading.as_of(day) for day in self._days):
                value = counts.months(reading, day) // per
                if found is None:
                    found = value
                self.unsure |= value != found
        self.unsure |= counts.hard
        if found is None:
            return np.zeros(self._people.size, np.uint8)
        self.unsure |= found >= len(leaf.values)
        return np.minimum(found, len(leaf.values) - 1).astype(np.int16)

    def _in_post(self, leaf: Leaf, quantity: TimeInPostLeaf) -> Codes:
        """Count time in a post of who has one spell: all service, or none; others are left to the scalar function."""
        spells = self._people.spells
        rows = np.bincount(spells.worker, minlength=self._people.size)
        self.unsure |= rows != 1
        counts = self._counted(quantity.rule, quantity.effect)
        served = self._served(leaf, counts, _PER[quantity.unit])
        if not quantity.posts:
            return served
        posts = self._version.normal_form["post"].quantity
        if not isinstance(posts, PostLeaf):
            raise TypeError(posts)
        held = self._by_kind(Leaf(name="post", values=posts.values), [self._post])
        return np.where(
            np.isin(held, [posts.values.index(one) for one in quantity.posts]), served, 0
        )

    def _climbed(self, leaf: Leaf, found: Mapping[str, Codes], tables: SchemeTables) -> Codes:
        ladder = self._version.normal_form[leaf.name].quantity
        if not isinstance(ladder, LadderLeaf):
            raise TypeError(leaf.name)
        starts = self._starts(ladder, found, tables)
        counts = self._counted(ladder.service, ladder.service_effect)
        count_from = ladder.service.count_from
        if ladder.prior_start is not None and isinstance(count_from, date):
            spells = self._people.spells
            early = spells.start < np.datetime64(count_from)
            self.unsure[spells.worker[early]] = True
        climbs = Climbs(self._people, self._version, self._known_on, ladder, counts)
        rises = climbs.rises(self._days, starts)
        low, high = int(leaf.values[0]), int(leaf.values[-1])  # type: ignore[arg-type]
        self.unsure |= climbs.hard | (rises < low) | (rises > high)
        codes: Codes = np.clip(rises - low, 0, len(leaf.values) - 1).astype(np.int16)
        return codes

    def _starts(
        self, ladder: LadderLeaf, found: Mapping[str, Codes], tables: SchemeTables
    ) -> list[tuple[Any, Codes]]:
        """Give where workers start, and the rows that start there."""
        given = _starts_of(ladder)
        plan = fuse(tables, given, keep=())
        codes = plan.run(found, self._people.size)
        posts = next(one for one in tables.leaves if one.name == "post").values
        rows, kinds = kinds_of((found["post"], *codes.values()), self.unsure)
        starts: list[tuple[Any, Codes]] = []
        for place, row in enumerate(rows):
            first, *deemed = (plan.values[name][codes[name][row]] for name in given)
            same = np.flatnonzero((kinds == place) & ~self.unsure)
            if not all(isinstance(one, int) for one in (first, *deemed)):
                self.unsure[same] = True
                continue
            post = str(posts[found["post"][row]])
            starts.append((start_at(post, first, sum(deemed)), same))
        return starts


def _starts_of(ladder: Quantity) -> list[str]:
    if not isinstance(ladder, LadderLeaf):
        raise TypeError(ladder)
    return [ladder.start, *([ladder.deemed] if ladder.deemed else [])]
