"""Workers who are alike: whatever is asked about some months, the scheme gives all of them the same answer.

Each kind is asked about once, and counts as often as it occurs. What tells two workers apart is decided by what a
scheme reads and by when it takes effect: days of certificates by the last days that count on any day asked about, the
first day of one long spell by the day numbers on which service is counted. Where that is not certain, or where a
version takes over what an earlier one gave on its last day, only the same day is alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.kinds import kinds_of
from cwgrade.arrays.people import NOT_KNOWN, Attained, People
from cwgrade.arrays.service import GOES_ON
from cwgrade.dates import Reckoning, Takes, add_months, cutoff, month_start, next_month
from cwgrade.gaps import Missing
from cwgrade.law.pay import Accrual
from cwgrade.leaves.steps import timing_of
from cwgrade.quantities import (
    FactLeaf,
    LadderLeaf,
    ProbationLeaf,
    ServiceLeaf,
    StatedEffect,
    StatedService,
    TimeInPostLeaf,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.service import Convention
from cwgrade.staging import is_computed

__all__ = ["Kinds", "alike", "kinds_among"]

Codes = NDArray[Any]
_Told = tuple[Hashable, Codes, Sequence[Hashable] | None]
"""What tells workers apart: its name, a number for each row, and what numbers mean where they are places."""

_ONE_DAY: Final = timedelta(days=1)
_YEARS_BEFORE: Final = 2
"""Years before the year of the first month whose days are told apart: what is paid for a period began within them."""
_LAST_NUMBER: Final = 31
_DAWN: Final = date(1900, 1, 1)


def alike(
    people: People, versions: Iterable[SchemeVersion], months: Sequence[tuple[int, int]]
) -> tuple[Codes, Codes]:
    """Give one row of each kind of workers, and how many rows are of each kind.

    Args:
        people: The roster.
        versions: All versions of one scheme: what is paid for a period may look at an earlier one.
        months: Year and month of each.
    """
    profile = _Profile(people, tuple(versions), months)
    columns = [codes for _, codes, _ in profile.told()]
    first, kinds = kinds_of(columns, np.zeros(people.size, np.bool_))
    return first, np.bincount(kinds, minlength=len(first))


@attrs.frozen(kw_only=True, eq=False)
class Kinds:
    """The kinds of a roster, in the order of their first rows.

    Attributes:
        rows: The rows of each kind, in order.
        keys: What tells each kind apart, the same in every roster that is asked about these months.
    """

    rows: tuple[Codes, ...]
    keys: tuple[Hashable, ...]


def kinds_among(
    people: People, versions: Iterable[SchemeVersion], months: Sequence[tuple[int, int]]
) -> Kinds:
    """Give the kinds of workers, with keys by which they are known in other rosters.

    Args:
        people: The roster, without rows that arrays do not hold.
        versions: All versions of one scheme.
        months: Year and month of each.
    """
    told = [*_Profile(people, tuple(versions), months).told()]
    first, kinds = kinds_of([codes for _, codes, _ in told], np.zeros(people.size, np.bool_))
    by_first = np.argsort(first)
    columns = [_meant(one, first[by_first]) for one in told]
    in_kinds = np.argsort(kinds, kind="stable")
    ends = np.cumsum(np.bincount(kinds, minlength=len(first)))[:-1]
    rows = np.split(in_kinds, ends)
    return Kinds(
        rows=tuple(rows[place] for place in by_first.tolist()),
        keys=tuple(tuple(filter(None, key)) for key in zip(*columns, strict=True)),
    )


def _meant(told: _Told, rows: Codes) -> list[tuple[Hashable, Hashable] | None]:
    """Give what a column says of some rows, in words that no roster numbers otherwise."""
    name, codes, values = told
    return [
        None if code == NOT_KNOWN else (name, code if values is None else values[code])
        for code in codes[rows].tolist()
    ]


class _Profile:
    """What tells the workers of a roster apart."""

    def __init__(
        self, people: People, versions: tuple[SchemeVersion, ...], months: Sequence[tuple[int, int]]
    ) -> None:
        self._people = people
        self._leaves = [
            definition.quantity
            for version in versions
            for definition in version.normal_form.definitions
        ]
        year, _ = min(months)
        looks_back = any(
            one.accrues_per is Accrual.ONCE for version in versions for one in version.pay
        )
        # what is due once depends on all that was reached before
        self._first = _DAWN if looks_back else date(year - _YEARS_BEFORE, 1, 1)
        self._after = next_month(date(*max(months), 1))
        # the day of a move may lie before all days that are looked at, and shares of a waiting period go by single days
        self._moves = any(
            is_computed(version)
            or version.recognition is not None
            or any(one.protects for one in version.pay)
            for version in versions
        )

    def told(self) -> Iterable[_Told]:
        """Give what tells workers apart: rows with the same numbers in all of it are alike."""
        people = self._people
        if people.unusual is not None and people.unusual.any():
            # arrays do not hold them: each is like itself only
            yield "unusual", np.where(people.unusual, np.arange(1, people.size + 1), 0), None
        yield from self._spells()
        for fact, attained in people.attained.items():
            yield fact, attained.value, None
            yield from self._attained(fact, attained)
        for name, state in people.states.items():
            yield name, state.value, state.values
        for year, ratings in people.ratings.items():
            if year <= self._after.year:
                yield year, ratings, None

    # ------------------------------------------------------------------------------------------ attained facts

    def _attained(self, fact: str, attained: Attained) -> Iterable[_Told]:
        effects = dict.fromkeys(
            leaf.effect for leaf in self._leaves if isinstance(leaf, FactLeaf) and leaf.fact == fact
        )
        dated = np.zeros(self._people.size, np.bool_)
        for days in attained.days.values():
            dated |= ~np.isnat(days)
        yield (fact, "dated"), dated, None
        for event, days in attained.days.items():
            read = [one for one in effects if isinstance(one.event, Missing) or one.event == event]
            if read and self._moves:
                yield (fact, event), days.astype("datetime64[D]").astype(np.int64), None
            elif read:
                last_days = sorted({day for effect in read for day in self._last_days(effect)})
                told = np.searchsorted(np.array(last_days, "datetime64[D]"), days, side="left")
                told[np.isnat(days)] = NOT_KNOWN
                yield (fact, event), told, None

    def _last_days(self, effect: StatedEffect) -> set[date]:
        """Give every day that is the last one to count on some day that is looked at."""
        options = timing_of(effect).options
        span = (self._after - self._first).days + 1
        if Takes.SAME_DAY in options:
            return {self._first + timedelta(days=number) for number in range(-1, span)}
        marks = {self._first}
        while (day := max(marks)) < self._after:
            marks.add(next_month(day))
        if effect.annual_day is not None:
            years = range(self._first.year, self._after.year + 1)
            marks |= {effect.annual_day.in_year(year) for year in years}
        return {cutoff(day, takes, effect.annual_day) for day in marks for takes in options}

    # ------------------------------------------------------------------------------------------ service

    def _spells(self) -> Iterable[_Told]:
        """Give the first spell of every worker, then the second, and so on."""
        spells, size = self._people.spells, self._people.size
        order = np.argsort(spells.worker, kind="stable")
        worker = spells.worker[order]
        counts = np.bincount(worker, minlength=size)
        yield "spells", counts, None
        place = np.arange(len(worker)) - (np.cumsum(counts) - counts)[worker]
        start = self._told_apart(spells.start, spells.end, counts[spells.worker] == 1)
        ids = spells.post_ids or (None,) * len(spells.posts)
        posts = tuple(zip(spells.posts, ids, strict=True))
        start, end = (days.astype("datetime64[D]").astype(np.int64) for days in (start, spells.end))
        by_spell: dict[str, tuple[Codes, Sequence[Hashable] | None]] = {
            "start": (start, None),
            "end": (end, None),
            "post": (spells.post, posts),
            "region": (spells.region, spells.regions),
            "kind": (spells.kind, spells.kinds),
        }
        for number in range(int(counts.max(initial=0))):
            here = place == number
            for name, (column, values) in by_spell.items():
                found = np.full(size, NOT_KNOWN, np.int64)
                found[worker[here]] = column[order[here]]
                yield (number, name), found, values

    def _told_apart(self, start: Codes, end: Codes, alone: Codes) -> Codes:
        """Give, for first days of long spells that count alike on every day looked at, the first such day."""
        if self._moves:
            return start
        rules = [
            (leaf.rule, leaf.effect)
            if isinstance(leaf, ServiceLeaf | TimeInPostLeaf)
            else _climbed_by(leaf)
            for leaf in self._leaves
            if isinstance(leaf, ServiceLeaf | TimeInPostLeaf | LadderLeaf)
        ]
        if any(not _counts_months(rule) for rule, _ in rules):
            return start
        begins = {rule.count_from for rule, _ in rules} - {None}
        numbers = {1}
        for _, effect in rules:
            if Takes.SAME_DAY in timing_of(effect).options:
                return start
            for last in self._last_days(effect):
                numbers |= {day.day for day in _asked_on(last, effect) if not _ends_a_month(day)}
        begun = self._long_ago()
        month = start.astype("datetime64[M]").astype("datetime64[D]")
        found = alone & (month < np.datetime64(begun)) & (end >= np.datetime64(GOES_ON))
        for day in begins:
            if not isinstance(day, date):
                return start
            found &= month != np.datetime64(month_start(day))
        alike_with = np.arange(_LAST_NUMBER)
        for place in range(1, _LAST_NUMBER):
            if place not in numbers:
                alike_with[place] = alike_with[place - 1]
        number = (start - month).astype(np.int64)
        return np.where(found, month + alike_with[number].astype("timedelta64[D]"), start)

    def _long_ago(self) -> date:
        """Give the day before which a month of entry lies behind every month that is looked at, and every probation."""
        waits = [leaf.months for leaf in self._leaves if isinstance(leaf, ProbationLeaf)]
        if any(not isinstance(months, int) for months in waits):
            return _DAWN
        longest = max((one for one in waits if isinstance(one, int)), default=0)
        return add_months(self._first, -1 - longest)


def _climbed_by(leaf: LadderLeaf) -> tuple[StatedService, StatedEffect]:
    return leaf.service, leaf.service_effect


def _counts_months(rule: StatedService) -> bool:
    """Tell whether service is surely counted in whole months or years, or by the calendar."""
    return isinstance(rule.convention, Convention) and rule.convention is not Convention.POOLED_DAYS


def _ends_a_month(day: date) -> bool:
    """Tell whether a day is a month's last: it stands for every later number."""
    return (day + _ONE_DAY).day == 1


def _asked_on(last: date, effect: StatedEffect) -> list[date]:
    """Give the days before which service is counted, where a day is the last to count."""
    stated = effect.reckoned_from
    readings = tuple(Reckoning) if isinstance(stated, Missing) else (stated,)
    return [last + _ONE_DAY if one is Reckoning.LAST_DAY_SERVED else last for one in readings]
