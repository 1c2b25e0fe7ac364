"""The long sheets beside a roster, by worker.

They hold service, education, qualifications, ratings, absences and honours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import attrs

from cwgrade.dates import earliest
from cwgrade.errors import ArgumentError, WorkerFault
from cwgrade.rosterfile.cells import read_period, read_worker_id
from cwgrade.rosterfile.columns import ATTAINED
from cwgrade.rosterfile.layout import Table
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.spellings import Spellings
from cwgrade.worker import UNKNOWN, AbsenceSpell, Attainment, Rating, ServiceSpell

__all__ = ["HistoriesRead", "History", "histories_of"]


Refusals = Mapping[int, Sequence[tuple[str, ArgumentError]]]
_NOTHING_REFUSED: Final[Refusals] = {}


class History:
    """What the long sheets say of one worker.

    Attributes:
        spells: Periods of service.
        absences: Periods of absence.
        ratings: Assessment results.
        attained: Attained facts by column.
        none_of: Columns of attained facts for which a row says that there is none.
        faults: What is wrong with the worker's rows.
        rows: The sheet and number of each of the worker's rows.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self.rows: list[tuple[str, int]] = []
        self.spells: list[ServiceSpell] = []
        self.absences: list[AbsenceSpell] = []
        self.ratings: list[Rating] = []
        self.attained: dict[str, list[Attainment]] = {}
        self.none_of: set[str] = set()
        self.faults: list[WorkerFault] = []
        self._open_ended: list[tuple[ServiceSpell, Record]] = []

    def add_spell(self, record: Record) -> None:
        """Read a row of `spells`."""
        start = record.needed_day("start")
        ending = record.ending()
        held = record.post_held()
        kind = record.value("kind")
        region = record.region()
        recorded_on = record.recorded_on()
        if start is None or record.faults:
            return
        unknown_region = record.has_column("region") and region is None
        try:
            spell = ServiceSpell(
                start=start,
                end=ending.day,
                post=held.post,
                title=held.title,
                kind=kind or "community",
                region=UNKNOWN if unknown_region else region,
                recorded_on=recorded_on,
            )
        except ArgumentError as error:
            record.refuse(error, "end")
            return
        self.spells.append(spell)
        if not ending.stated:
            self._open_ended.append((spell, record))

    def close(self) -> None:
        """Refuse spells without an end though a later one starts: the end is unknown, not open."""
        for spell, record in self._open_ended:
            later = [
                other.start
                for other in self.spells
                if earliest(other.start) > earliest(spell.start)
            ]
            if later:
                record.fault(
                    "row-open-not-last",
                    "end",
                    value="",
                    start=spell.start,
                    later=min(later, key=earliest),
                )
                self.faults.extend(record.faults[-1:])

    def add_absence(self, record: Record) -> None:
        """Read a row of `absences`."""
        start = record.needed_day("start")
        ending = record.ending()
        kind = None
        if record.text("absence"):
            kind = record.value("absence")
        else:
            record.fault("cell-empty", "absence", value="", column="absence")
        recorded_on = record.recorded_on()
        if start is None or kind is None or record.faults:
            return
        try:
            self.absences.append(
                AbsenceSpell(start=start, end=ending.day, kind=kind, recorded_on=recorded_on)
            )
        except ArgumentError as error:
            record.refuse(error, "end")

    def add_rating(self, record: Record) -> None:
        """Read a row of `ratings`; a period without a rating stays unknown."""
        period = record.needed("period", read_period)
        value = record.value("rating")
        announced = record.day("announced")
        recorded_on = record.recorded_on()
        if period is not None and value is not None and not record.faults:
            self.ratings.append(
                Rating(period=period, value=value, announced=announced, recorded_on=recorded_on)
            )

    def add_attained(self, record: Record, columns: Iterable[str]) -> None:
        """Read a row of one of the sheets of attained facts."""
        named = [column for column in columns if record.text(column)]
        if not named:
            record.attainments(next(iter(columns)), "")
        for column in named:
            if record.is_absent(column):
                self.none_of.add(column)
            else:
                self.attained.setdefault(column, []).extend(record.attainments(column, ""))


_ATTAINED_IN: Final = {
    sheet: tuple(known.column for known in ATTAINED if known.sheet == sheet)
    for sheet in dict.fromkeys(known.sheet for known in ATTAINED)
}


def _adder(sheet: str) -> Callable[[History, Record], None]:
    match sheet:
        case "spells":
            return History.add_spell
        case "absences":
            return History.add_absence
        case "ratings":
            return History.add_rating
        case _:
            columns = _ATTAINED_IN[sheet]
            return lambda history, record: history.add_attained(record, columns)


@attrs.frozen(kw_only=True)
class HistoriesRead:
    """What was read from the long sheets.

    Attributes:
        by_worker: The histories.
        nameless: Faults of rows without a readable id.
        serial_labels: Sheets in which days are written as a spreadsheet's day numbers.
        kind_taken: Rows of spells whose kind is empty although there is a column for it, by sheet.
    """

    by_worker: Mapping[str, History]
    nameless: tuple[WorkerFault, ...]
    serial_labels: tuple[str, ...]
    kind_taken: Mapping[str, tuple[int, ...]]


def histories_of(
    tables: Iterable[Table], spellings: Spellings, refused: Refusals = _NOTHING_REFUSED
) -> HistoriesRead:
    """Read the rows of all long sheets.

    Args:
        tables: The sheets, each with its header understood.
        spellings: How values are spelled.
        refused: Columns that were refused before, with the reason, by the number of the row.
    """
    histories: dict[str, History] = {}
    nameless: list[WorkerFault] = []
    serial_labels: dict[str, None] = {}
    kind_taken: dict[str, list[int]] = {}
    for table in tables:
        add = _adder(table.kind.name)
        for row in table.rows:
            record = Record(row, table, spellings)
            for name, error in refused.get(row.number, ()):
                record.withhold(name, error)
            worker_id = record.needed("worker_id", read_worker_id)
            if worker_id is None:
                nameless.extend(record.faults)
                continue
            history = histories.setdefault(worker_id, History())
            history.rows.append((table.label, row.number))
            add(history, record)
            history.faults.extend(record.faults)
            if record.serials:
                serial_labels[table.label] = None
            if (
                table.kind.name == "spells"
                and record.has_column("kind")
                and not record.text("kind")
            ):
                kind_taken.setdefault(table.label, []).append(row.number)
    for history in histories.values():
        history.close()
    return HistoriesRead(
        by_worker=histories,
        nameless=tuple(nameless),
        serial_labels=tuple(serial_labels),
        kind_taken={label: tuple(rows) for label, rows in kind_taken.items()},
    )
