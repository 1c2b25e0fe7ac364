"""A roster as arrays: spells, certificates, ratings and other facts, and each row as a worker when it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.service import GOES_ON
from cwgrade.dates import LAST_YEAR
from cwgrade.worker import (
    NATIONAL_FACTS,
    RATINGS,
    UNKNOWN,
    Attainment,
    Rating,
    ServiceSpell,
    StateFact,
    Unknown,
    Worker,
)

__all__ = ["NOT_KNOWN", "Attained", "People", "Spells", "State"]

Codes = NDArray[Any]
Days = NDArray[np.datetime64]

NOT_KNOWN: Final = -1
"""The code of a fact that nobody knows."""


@attrs.frozen(kw_only=True, eq=False)
class Spells:
    """Spells of service, one row each, in any order.

    Attributes:
        worker: The row of the worker.
        start: First day.
        end: Day after the last, `GOES_ON` while it goes on.
        post: The place of the title or post in `posts`, and in `post_ids`.
        region: The place of the region in `regions`.
        kind: The place of the kind in `kinds`.
        posts: Titles or ids of posts; `None` where the spell has none.
        post_ids: Ids of posts that stand beside the titles; empty where none does.
        regions: Region codes; `None` is the scheme's place.
        kinds: Kinds of service.
    """

    worker: Codes
    start: Days
    end: Days
    post: Codes
    region: Codes
    kind: Codes
    posts: tuple[str | None, ...]
    post_ids: tuple[str | None, ...] = ()
    regions: tuple[str | None, ...] = (None,)
    kinds: tuple[str, ...] = ("community",)


@attrs.frozen(kw_only=True, eq=False)
class Attained:
    """A fact that is attained once: at most one item for each worker.

    Attributes:
        value: The place of the value in the national list; the first one says that there is none.
        days: The days of its life, by event; `NaT` where a day is not known.
    """

    value: Codes
    days: Mapping[str, Days] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True, eq=False)
class State:
    """A fact that holds for a time, as it is now.

    Attributes:
        value: The place of the value in `values`.
        values: Its values.
    """

    value: Codes
    values: tuple[str, ...]


@attrs.frozen(kw_only=True, eq=False)
class People:
    """A roster as arrays.

    Attributes:
        ids: The workers' ids; row `i` of every array is worker `ids[i]`.
        spells: Their service.
        attained: Schooling, degree, qualification, honour; one that is left out is not known of anybody.
        states: Facts that hold for a time.
        ratings: The places in the national list of ratings, by year.
        unusual: Rows that the arrays do not hold: `worker_of` gives them.
        worker_of: Gives the worker of an unusual row.
    """

    ids: Sequence[str] | Codes
    spells: Spells
    attained: Mapping[str, Attained] = attrs.field(factory=dict)
    states: Mapping[str, State] = attrs.field(factory=dict)
    ratings: Mapping[int, Codes] = attrs.field(factory=dict)
    unusual: Codes | None = None
    worker_of: Callable[[int], Worker] | None = None
    _order: Codes = attrs.field(init=False)
    _bounds: Codes = attrs.field(init=False)

    @_order.default
    def _sorted(self) -> Codes:
        return np.argsort(self.spells.worker, kind="stable")

    @_bounds.default
    def _first_places(self) -> Codes:
        rows = np.arange(len(self.ids) + 1)
        return np.searchsorted(self.spells.worker[self._order], rows)

    @property
    def size(self) -> int:
        """How many workers there are."""
        return len(self.ids)

    @property
    def is_community(self) -> Codes:
        """Tell of each spell whether it is community service."""
        return np.array([kind == "community" for kind in self.spells.kinds])[self.spells.kind]

    @property
    def first_year(self) -> int:
        """The year in which the first spell of all begins."""
        years = self.spells.start.astype("datetime64[Y]").astype(np.int64) + 1970
        return int(years.min(initial=LAST_YEAR))

    def served_in(self, year: int) -> Codes:
        """Tell of each worker whether a community spell, anywhere, touches a calendar year."""
        spells = self.spells
        here = (spells.start < np.datetime64(f"{year + 1}-01-01")) & (
            spells.end > np.datetime64(f"{year}-01-01")
        )
        served = np.zeros(self.size, np.bool_)
        served[spells.worker[here & self.is_community]] = True
        return served

    def rated_in(self, year: int) -> Codes:
        """Give the rating of each worker for a year, `NOT_KNOWN` where there is none on file."""
        found = self.ratings.get(year)
        return np.full(self.size, NOT_KNOWN, np.int8) if found is None else found

    def take(self, rows: Codes) -> People:
        """Give some of the rows, in a new order.

        Args:
            rows: Which rows, each at most once.
        """
        places = np.full(self.size, NOT_KNOWN, np.int64)
        places[rows] = np.arange(len(rows))
        spells = self.spells
        kept = places[spells.worker] != NOT_KNOWN
        by_spell = ("start", "end", "post", "region", "kind")
        worker_of = self.worker_of
        return attrs.evolve(
            self,
            ids=_Taken(self.ids, rows),
            spells=attrs.evolve(
                spells,
                worker=places[spells.worker[kept]],
                **{name: getattr(spells, name)[kept] for name in by_spell},
            ),
            attained={
                name: Attained(
                    value=fact.value[rows],
                    days={event: days[rows] for event, days in fact.days.items()},
                )
                for name, fact in self.attained.items()
            },
            states={
                name: State(value=state.value[rows], values=state.values)
                for name, state in self.states.items()
            },
            ratings={year: codes[rows] for year, codes in self.ratings.items()},
            unusual=None if self.unusual is None else self.unusual[rows],
            worker_of=None if worker_of is None else lambda row: worker_of(int(rows[row])),
        )

    def worker(self, row: int) -> Worker:
        """Give a row as the scalar functions take it."""
        if self.unusual is not None and self.unusual[row] and self.worker_of is not None:
            return self.worker_of(row)
        spells = self.spells
        places = self._order[self._bounds[row] : self._bounds[row + 1]]
        return Worker(
            id=str(self.ids[row]),
            spells=tuple(
                ServiceSpell(
                    start=_day(spells.start[place]),
                    end=None if spells.end[place] == GOES_ON else _day(spells.end[place]),
                    post=spells.post_ids[spells.post[place]] if spells.post_ids else None,
                    title=spells.posts[spells.post[place]],
                    region=spells.regions[spells.region[place]],
                    kind=spells.kinds[spells.kind[place]],
                )
                for place in places
            ),
            ratings=tuple(
                _rating(year, RATINGS[codes[row]])
                for year, codes in self.ratings.items()
                if codes[row] != NOT_KNOWN
            ),
            facts=tuple(
                StateFact(name=name, value=state.values[state.value[row]])
                for name, state in self.states.items()
                if state.value[row] != NOT_KNOWN
            ),
            schooling=self._items("schooling", row),
            degrees=self._items("degree", row),
            qualifications=self._items("qualification", row),
            honours=self._items("honour", row),
        )

    def _items(self, fact: str, row: int) -> tuple[Attainment, ...] | Unknown:
        held = self.attained.get(fact)
        if held is None or held.value[row] == NOT_KNOWN:
            return UNKNOWN
        value = NATIONAL_FACTS[fact][held.value[row]]
        if value == "none":
            return ()
        days = {
            event: _day(column[row])
            for event, column in held.days.items()
            if not np.isnat(column[row])
        }
        return (Attainment(value=value, **days),)


class _Taken(Sequence[str]):
    """Some of a sequence of ids, looked up when one is asked for."""

    def __init__(self, ids: Sequence[str] | Codes, rows: Codes) -> None:
        self._ids, self._rows = ids, rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: Any) -> Any:
        return self._ids[int(self._rows[place])]


@functools.cache
def _rating(year: int, value: str) -> Rating:
    """Give a rating as many workers have it: checked once."""
    return Rating(period=str(year), value=value)


def _day(day: np.datetime64) -> date:
    found: date = day.astype("datetime64[D]").item()
    return found
