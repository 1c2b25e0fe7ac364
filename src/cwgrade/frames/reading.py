"""A dataframe as people: what arrays hold is read once for each distinct cell, every other row like a row of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.days import NO_DAY, exact_day
from cwgrade.arrays.people import NOT_KNOWN, Attained, People, Spells, State
from cwgrade.arrays.service import GOES_ON
from cwgrade.errors import RosterFileError, WorkerFault
from cwgrade.frames.sheet import FrameSheet, Read
from cwgrade.frames.spelled import Spelled
from cwgrade.rosterfile.assumptions import DAYS, Assumption
from cwgrade.rosterfile.cells import read_exact_day, read_last_day
from cwgrade.rosterfile.columns import (
    ATTAINED,
    DOCUMENT_PREFIX,
    FACT_PREFIX,
    STATES,
    SUPPLIED_PREFIX,
    AttainedFact,
    Column,
    Reads,
)
from cwgrade.rosterfile.histories import History
from cwgrade.rosterfile.reading import read_row
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.workers import WorkerMaker
from cwgrade.worker import NATIONAL_FACTS, RATINGS, Worker

__all__ = ["FrameRead", "read_frame", "worker_in"]

Codes = NDArray[Any]
Days = NDArray[np.datetime64]

_SERVICE: Final = ("entry_day", "service_months", "service_as_of", "service_through")
_RECORDED: Final = (
    "recorded_grade",
    "recorded_post",
    "recorded_since",
    "recorded_region",
    "months_served",
    "recorded_step",
    "recorded_step_since",
    "step_months_served",
    "document",
)
"""Columns of a placement on record, which arrays do not hold."""
_SEVERAL: Final = -2
"""The code of a cell that arrays do not hold."""
_YEAR_DIGITS: Final = 4


@attrs.frozen(kw_only=True, eq=False)
class FrameRead:
    """A dataframe that was read.

    Attributes:
        people: The people; rows of `faults` are among them and are nobody.
        faults: All that is wrong with a row, by row.
        orphans: Faults of spells that belong to nobody.
        regions: The region of each row as it stands, by place in `region_names`; the last one is empty.
        region_names: The regions; `None` where a row has none that can be read.
    """

    people: People
    faults: Mapping[int, tuple[WorkerFault, ...]]
    orphans: tuple[WorkerFault, ...]
    regions: Codes
    region_names: Sequence[str | None]

    @property
    def bad(self) -> Codes:
        """Tell of each row whether something is wrong with it."""
        rows = np.zeros(self.people.size, np.bool_)
        rows[list(self.faults)] = True
        return rows

    def refuse(self) -> None:
        """Raise what is wrong, all of it at once.

        Raises:
            RosterFileError: Something is.
        """
        faults = [fault for row in sorted(self.faults) for fault in self.faults[row]]
        if faults or self.orphans:
            raise RosterFileError([*faults, *self.orphans])


def read_frame(
    sheet: FrameSheet,
    spelled: Spelled | None,
    *,
    assumptions: Sequence[Assumption],
    pay_month: tuple[int, int] | None,
) -> FrameRead:
    """Read a dataframe.

    Args:
        sheet: The roster.
        spelled: The spells beside it, `None` where there are none.
        assumptions: What is assumed where it is unknown.
        pay_month: The year and month that supplied amounts are for.
    """
    return _Reader(sheet, spelled, assumptions, pay_month).read()


def worker_in(
    sheet: FrameSheet,
    spelled: Spelled | None,
    row: int,
    *,
    assumptions: Sequence[Assumption],
    pay_month: tuple[int, int] | None,
) -> Worker:
    """Read one row as a row of a file is read.

    Raises:
        RosterFileError: Something is wrong with it.
    """
    histories = {} if spelled is None else spelled.histories(np.array([row])).by_worker
    made = read_row(
        sheet.record(row),
        sheet.ids.twins_of(row),
        histories,
        assumptions=assumptions,
        pay_month=pay_month,
    )
    if made.worker is None:
        raise RosterFileError(made.faults)
    return made.worker


class _Reader:
    """Reads one dataframe."""

    def __init__(
        self,
        sheet: FrameSheet,
        spelled: Spelled | None,
        assumptions: Sequence[Assumption],
        pay_month: tuple[int, int] | None,
    ) -> None:
        self.sheet, self.spelled = sheet, spelled
        self.assumptions = {one.column.name: one for one in assumptions}
        self.first_of_month = DAYS.name in self.assumptions
        self.pay_month = pay_month
        self.unusual = sheet.ids.faulty | sheet.refused() | sheet.filled(*_RECORDED)
        self.unusual |= sheet.filled(
            *(
                name
                for name in sheet.table.columns
                if name.startswith((SUPPLIED_PREFIX, DOCUMENT_PREFIX))
            )
        )

    def read(self) -> FrameRead:
        """Read what arrays hold, then every other row."""
        region = self._taken(self.sheet.read(["region"], Record.region))
        spells = self._spells(region)
        attained = {
            known.fact: found for known in ATTAINED if (found := self._attained(known)) is not None
        }
        states, ratings = self._states(), self._ratings()
        workers: dict[int, Worker] = {}
        faults: dict[int, tuple[WorkerFault, ...]] = {}
        rows = np.flatnonzero(self.unusual)
        histories: Mapping[str, History] = {}
        if self.spelled is not None:
            histories = self.spelled.histories(rows).by_worker
        for row in rows.tolist():
            made = read_row(
                self.sheet.record(row),
                self.sheet.ids.twins_of(row),
                histories,
                assumptions=tuple(self.assumptions.values()),
                pay_month=self.pay_month,
            )
            if made.worker is None:
                faults[row] = made.faults
            else:
                workers[row] = made.worker
        people = People(
            ids=self.sheet.ids,
            spells=spells,
            attained=attained,
            states=states,
            ratings=ratings,
            unusual=self.unusual,
            worker_of=workers.__getitem__,
        )
        return FrameRead(
            people=people,
            faults=faults,
            orphans=() if self.spelled is None else self.spelled.orphans(),
            regions=region.places,
            region_names=region.values,
        )

    def _taken(self, read: Read[Any]) -> Read[Any]:
        self.unusual |= read.bad
        return read

    # ------------------------------------------------------------------------------------------ days

    def _days(self, name: str) -> Days:
        read = self._taken(self.sheet.read([name], lambda record: record.day(name)))
        found = [exact_day(value, first_of_month=self.first_of_month) for value in read.values]
        hard = np.array([day is None for day in found], np.bool_)
        self.unusual |= hard[read.places]
        distinct: Days = np.array([day or NO_DAY for day in found], "datetime64[D]")
        return distinct[read.places]

    # --------------------------------------------------------------------------------------- service

    def _spells(self, region: Read[str]) -> Spells:
        sheet, size = self.sheet, self.sheet.size
        held = self._taken(sheet.read(["post", "title"], Record.post_held))
        kind = self._taken(sheet.read(["kind"], partial(_value, name="kind")))
        entry = self._days("entry_day") if sheet.has("entry_day") else np.full(size, NO_DAY)
        for name, reader in (("service_as_of", read_exact_day), ("service_through", read_last_day)):
            if sheet.has(name):
                self._taken(sheet.read([name], partial(_exact, name=name, reader=reader)))
        self.unusual |= sheet.filled("service_as_of") & sheet.filled("service_through")
        counted = sheet.filled("service_months")
        with_spells = np.zeros(size, np.bool_)
        if self.spelled is not None:
            with_spells = self.spelled.held
            self.unusual |= self.spelled.unusual | (with_spells & counted)
        start = self._counted(entry, counted & ~with_spells & ~self.unusual)
        alone = ~with_spells & ~self.unusual
        self.unusual |= alone & np.isnat(start)
        unplaced = region.told(lambda code: code is None, np.bool_) & sheet.has("region")
        self.unusual |= alone & unplaced
        rows = np.flatnonzero(alone & ~self.unusual)
        own = Spells(
            worker=rows,
            start=start[rows],
            end=np.full(len(rows), GOES_ON),
            post=held.places[rows] % len(held.values),
            region=region.places[rows] % len(region.values),
            kind=kind.places[rows] % len(kind.values),
            posts=tuple(one.title if one else None for one in held.values),
            post_ids=tuple(one.post if one else None for one in held.values),
            regions=tuple(region.values),
            kinds=tuple(value or "community" for value in kind.values),
        )
        if self.spelled is None:
            return own
        return self.spelled.beside(own, held, ~self.unusual)

    def _counted(self, entry: Days, counted: Codes) -> Days:
        """Give the first day of service; where it is a number of months, as a row of a file has it."""
        if not counted.any():
            return entry

        def start_of(record: Record) -> np.datetime64 | None:
            assumed = self.assumptions.get(DAYS.name)
            maker = WorkerMaker(
                record, None, assumptions=(assumed,) if assumed else (), pay_month=None
            )
            worker = maker.worker("0")
            day = worker.spells[0].start if worker is not None else None
            return np.datetime64(day) if isinstance(day, date) else None

        read = self.sheet.read(_SERVICE, start_of, counted)
        start = entry.copy()
        start[counted] = read.told(lambda day: NO_DAY if day is None else day, "datetime64[D]")[
            counted
        ]
        return start

    # ----------------------------------------------------------------------------------- other facts

    def _attained(self, known: AttainedFact) -> Attained | None:
        sheet, values = self.sheet, NATIONAL_FACTS[known.fact]
        codes = np.full(sheet.size, NOT_KNOWN, np.int8)
        if sheet.has(known.column):
            read = self._taken(
                sheet.read([known.column], lambda record: record.values(known.column))
            )
            codes = read.told(lambda found: _one_of(found, values), np.int8)
            self.unusual |= codes == _SEVERAL
            codes = np.maximum(codes, np.int8(NOT_KNOWN))
        stated = codes > NOT_KNOWN
        positive = stated & (codes >= int(values[0] == "none"))
        days: dict[str, Days] = {}
        for event in known.events:
            name = f"{known.column}_{event}"
            if sheet.has(name):
                days[event] = self._days(name)
                # days for nothing, or for several
                self.unusual |= sheet.filled(name) & ~positive
        assumption = self.assumptions.get(known.column)
        if assumption is not None:
            assumed = _one_of((assumption.value,), values)
            if assumed == _SEVERAL:
                self.unusual |= ~stated
            else:
                codes = np.where(stated, codes, np.int8(assumed))
        elif not sheet.has(known.column):
            return None
        return Attained(value=codes, days=days)

    def _states(self) -> dict[str, State]:
        states: dict[str, State] = {}
        for column in self.sheet.table.columns.values():
            if column.name in STATES:
                read = self._taken(
                    self.sheet.read([column.name], partial(_value, name=column.name))
                )
            elif column.name.startswith(FACT_PREFIX):
                read = self._taken(
                    self.sheet.read(
                        [column.name],
                        partial(_open_value, column=column),
                    )
                )
            else:
                continue
            states[column.part or column.name] = self._state(read, column.name)
        for assumption in self.assumptions.values():
            column = assumption.column
            is_state = column.name in STATES or column.name.startswith(FACT_PREFIX)
            if is_state and (column.part or column.name) not in states:
                nothing = np.zeros(self.sheet.size, np.int16)
                states[column.part or column.name] = State(
                    value=nothing, values=(assumption.value,)
                )
        return states

    def _state(self, read: Read[str], name: str) -> State:
        assumption = self.assumptions.get(name)
        values = dict.fromkeys(value for value in read.values if value is not None)
        if assumption is not None:
            values |= {assumption.value: None}
        places = {value: place for place, value in enumerate(values)}
        other = NOT_KNOWN if assumption is None else places[assumption.value]
        codes = read.told(partial(_place, places=places, other=other), np.int16)
        return State(value=codes, values=tuple(values))

    def _ratings(self) -> dict[int, Codes]:
        ratings: dict[int, Codes] = {}
        columns = {one.name: one for one in self.sheet.table.columns.values()}
        columns |= {name: one.column for name, one in self.assumptions.items()}
        for name, column in columns.items():
            if column.vocabulary != "rating":
                continue
            read = self._taken(self.sheet.read([name], partial(_value, name=name)))
            assumption = self.assumptions.get(name)
            other = NOT_KNOWN if assumption is None else RATINGS.index(assumption.value)
            places = {value: place for place, value in enumerate(RATINGS)}
            codes = read.told(partial(_place, places=places, other=other), np.int8)
            if len(column.part) == _YEAR_DIGITS and column.reads is Reads.CHOICE:
                ratings[int(column.part)] = codes
            else:
                self.unusual |= codes != NOT_KNOWN
        return ratings


def _value(record: Record, name: str) -> str | None:
    return record.value(name)


def _open_value(record: Record, column: Column) -> str | None:
    return record.open_value(column.name, column.vocabulary)


def _exact(record: Record, name: str, reader: Callable[[str], date]) -> date | None:
    return record.read(name, reader)


def _place(value: str | None, places: Mapping[str, int], other: int) -> int:
    return other if value is None else places[value]


def _one_of(found: Sequence[str] | None, values: Sequence[str]) -> int:
    """Give the code of the one value that was read."""
    if not found:
        return NOT_KNOWN
    if len(found) > 1 or found[0] not in values:
        return _SEVERAL
    return values.index(found[0])
