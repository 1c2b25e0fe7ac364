"""A dataframe as the sheet of a roster: its columns understood, and any of its rows as a file's row would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Generic, TypeVar

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.kinds import kinds_of
from cwgrade.errors import ArgumentError, RosterFileError, WorkerFault
from cwgrade.frames.coded import FEN, Coded, coded
from cwgrade.frames.ids import Ids, Known, Part, ids_of
from cwgrade.rosterfile.columns import SUPPLIED_PREFIX, Column, SheetColumns
from cwgrade.rosterfile.layout import DataRow, Table, named_columns, require_columns
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.spellings import Spellings

__all__ = ["FrameSheet", "Read", "sheet_of", "sheet_of_columns"]

Codes = NDArray[Any]
T = TypeVar("T")

_ID: Final = "worker_id"


@attrs.frozen(kw_only=True, eq=False)
class Read(Generic[T]):
    """What was read of some columns.

    Attributes:
        values: What was read of each distinct row of cells; `None` where that is nothing, or faulty.
        faulty: Which of them are faulty.
        places: The place of each row among them.
    """

    values: Sequence[T | None]
    faulty: Codes
    places: Codes

    @property
    def bad(self) -> Codes:
        """Tell of each row whether its cells are faulty."""
        rows: Codes = self.faulty[self.places]
        return rows

    def told(self, tell: Callable[[T | None], Any], kind: Any) -> Codes:
        """Give one value for each row."""
        rows: Codes = np.array([tell(value) for value in self.values], kind)[self.places]
        return rows


@attrs.frozen(kw_only=True, eq=False)
class FrameSheet:
    """A dataframe as a sheet.

    Attributes:
        table: The sheet as the readers of files know it, without its rows.
        spellings: How its cells are spelled.
        ids: Its ids.
        cells: Its other recognised columns as codes.
        size: How many rows it has.
        first: The number of its first row: that of a part of a file is not 0.
        known: What was read of cells before, by columns and texts: parts of a file share it.
    """

    table: Table
    spellings: Spellings
    ids: Ids
    cells: Mapping[str, Coded]
    size: int
    first: int = 0
    known: Known = attrs.field(factory=dict)

    def has(self, name: str) -> bool:
        """Tell whether the sheet has a column."""
        return name in self.cells

    def filled(self, *names: str) -> Codes:
        """Tell of each row whether one of some cells is filled."""
        held = np.zeros(self.size, np.bool_)
        for name in names:
            if name in self.cells:
                held |= self.cells[name].filled
        return held

    def refused(self) -> Codes:
        """Tell of each row whether a cell holds what no file could hold."""
        bad = np.zeros(self.size, np.bool_)
        for column in self.cells.values():
            if column.refused:
                bad |= np.isin(column.codes, list(column.refused))
        return bad

    def row(self, row: int) -> DataRow:
        """Give a row as a file's row."""
        texts = {name: text for name, column in self.cells.items() if (text := column.text(row))}
        if worker_id := self.ids.raw(row):
            texts[_ID] = worker_id
        return DataRow(self.first + row, texts, (), ())

    def refusals(self, row: int) -> Iterable[tuple[str, ArgumentError]]:
        """Give what is wrong with cells of a row before they are even read."""
        for name, column in self.cells.items():
            if error := column.refusal(row):
                yield name, error

    def record(self, row: int) -> Record:
        """Give a row as a record to read."""
        record = Record(self.row(row), self.table, self.spellings)
        for name, error in self.refusals(row):
            record.withhold(name, error)
        return record

    def read(
        self, names: Sequence[str], read: Callable[[Record], T], among: Codes | None = None
    ) -> Read[T]:
        """Read cells once for all rows in which they are the same.

        Args:
            names: Columns; those that the sheet does not have are left out. The same ones are always read alike.
            read: Reads them.
            among: Which rows are looked at; the others are given the place of the first value.
        """
        columns = {name: self.cells[name] for name in names if name in self.cells}
        if len(columns) == 1 and among is None:
            (column,) = columns.values()
            # an empty cell has the code -1: the last place
            texts: list[tuple[str, ...]] = [*((text,) for text in column.texts), ("",)]
            return self._read(names, tuple(columns), texts, column.codes, read)
        leave_out = np.zeros(self.size, np.bool_) if among is None else ~among
        rows, kinds = kinds_of([column.codes for column in columns.values()], leave_out)
        texts = [tuple(one.text(row) for one in columns.values()) for row in rows.tolist()]
        nothing = ("",) * len(columns)
        return self._read(names, tuple(columns), texts or [nothing], kinds, read)

    def _read(
        self,
        names: Sequence[str],
        columns: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        places: Codes,
        read: Callable[[Record], T],
    ) -> Read[T]:
        known = self.known.setdefault(tuple(names), {})
        for texts in rows:
            if texts not in known:
                cells = {name: text for name, text in zip(columns, texts, strict=True) if text}
                record = Record(DataRow(0, cells, (), ()), self.table, self.spellings)
                value = read(record)
                known[texts] = (None, True) if record.faults else (value, False)
        found = [known[texts] for texts in rows]
        faulty = np.array([bad for _, bad in found], np.bool_)
        return Read(values=[value for value, _ in found], faulty=faulty, places=places)


def sheet_of(
    frame: nw.DataFrame[Any],
    kind: SheetColumns,
    spellings: Spellings,
    *,
    label: str,
    part: Part | None = None,
) -> FrameSheet:
    """Understand the columns of a dataframe.

    Args:
        frame: The dataframe.
        kind: The kind of sheet that it is.
        spellings: How headers and cells are spelled.
        label: How messages name it.
        part: Which part of a file it is; left out where it is whole.

    Raises:
        RosterFileError: A column is missing, stands twice, or holds what is not read at all; all of them at once.
    """
    part = part or Part()
    names = frame.columns
    return sheet_of_columns(
        [str(name) for name in names],
        len(frame),
        kind,
        spellings,
        label=label,
        part=part,
        code=lambda place, column, in_fen: coded(frame[names[place]], column, in_fen=in_fen),
        read_ids=lambda place, table: ids_of(frame[names[place]], table, spellings, part),
    )


def sheet_of_columns(
    headers: Sequence[str],
    size: int,
    kind: SheetColumns,
    spellings: Spellings,
    *,
    label: str,
    part: Part,
    code: Callable[[int, Column, bool], Coded],
    read_ids: Callable[[int, Table], Ids],
) -> FrameSheet:
    """Understand columns, whatever holds them.

    Args:
        headers: Their headers.
        size: How many rows there are.
        kind: The kind of sheet that it is.
        spellings: How headers and cells are spelled.
        label: How messages name it.
        part: Which part of a file it is.
        code: Gives the column at a place as codes; it is told what the column means, and whether it is in fen.
        read_ids: Reads the ids in the column at a place.

    Raises:
        RosterFileError: A column is missing, stands twice, or holds what is not read at all; all of them at once.
    """
    understood = [_understood(header, kind, spellings) for header in headers]
    by_name = named_columns(understood, headers, label)
    if _ID not in by_name:
        accepted = [f"{_ID}/{spellings.label('headers', _ID)}"]
        fault = WorkerFault("roster-no-id-column", file=label, value=headers, accepted=accepted)
        raise RosterFileError([fault])
    cells: dict[str, Coded] = {}
    faults: list[WorkerFault] = []
    by_header: dict[str, str] = {}
    for place, (header, column) in enumerate(zip(headers, understood, strict=True)):
        if column is None:
            continue
        by_header[column.name] = header
        if column.name != _ID:
            try:
                cells[column.name] = code(place, column, _is_in_fen(header, column))
            except ArgumentError as error:
                facts: dict[str, Any] = error.facts
                faults.append(WorkerFault(error.code, file=label, path=header, **facts))
    if faults:
        raise RosterFileError(faults)
    table = Table(
        kind=kind,
        label=label,
        columns=by_name,
        headers=by_header,
        unrecognised=tuple(
            header for header, column in zip(headers, understood, strict=True) if column is None
        ),
        rows=(),
        skipped=(),
        filled=0,
    )
    if size:
        require_columns(table, kind.needed, spellings)
    own = next(
        place
        for place, column in enumerate(understood)
        if column is not None and column.name == _ID
    )
    return FrameSheet(
        table=table,
        spellings=spellings,
        ids=read_ids(own, table),
        cells=cells,
        size=size,
        first=part.first,
        known=part.known,
    )


def _understood(header: str, kind: SheetColumns, spellings: Spellings) -> Column | None:
    column = spellings.header(kind, header)
    if column is not None and _is_in_fen(header, column):
        part = column.part.removesuffix(FEN)
        return attrs.evolve(column, name=SUPPLIED_PREFIX + part, part=part)
    return column


def _is_in_fen(header: str, column: Column) -> bool:
    return column.name.startswith(SUPPLIED_PREFIX) and header.strip().endswith(FEN)
