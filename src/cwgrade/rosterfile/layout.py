"""Where the header of a messy sheet stands, and which rows below it are rows of data.

Title rows, blank rows, subtotals, notes and repeated headers are listed as skipped; nothing is
dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from cwgrade.errors import RosterFileError, WorkerFault
from cwgrade.rosterfile.cells import folded
from cwgrade.rosterfile.columns import Column, SheetColumns
from cwgrade.rosterfile.sheets import Line, Merged, Sheet, refuse
from cwgrade.rosterfile.spellings import Spellings

__all__ = [
    "DataRow",
    "SkippedRow",
    "Table",
    "count_known",
    "has_header",
    "named_columns",
    "require_columns",
    "table_of",
]

_HEADER_WITHIN: Final = 50
"""Rows from the top in which the header is looked for."""
_KNOWN_AT_LEAST: Final = 2
_SUGGESTED: Final = 8
"""Columns that a message about a missing header names."""
_LONGEST_SHOWN: Final = 60
_GROSS: Final = ("paid_yuan",)
"""Columns of amounts before deductions."""
_NET: Final = "实发"


@attrs.frozen
class SkippedRow:
    """A row that is no worker's.

    Attributes:
        sheet: The file and sheet.
        number: The row in the sheet or line in the file, from 1.
        why: `title`, `blank`, `subtotal`, `note` or `repeated-header`.
        text: What stands in it, shortened.
    """

    sheet: str
    number: int
    why: str
    text: str


@attrs.frozen
class DataRow:
    """A row of data.

    Attributes:
        number: The row in the sheet or line in the file, from 1.
        cells: Its filled cells by the name of the column.
        others: Header and text of its cells in columns that are not recognised.
        beyond: What stands to the right of the last header.
    """

    number: int
    cells: Mapping[str, str]
    others: tuple[tuple[str, str], ...]
    beyond: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Table:
    """A sheet with its header understood.

    Attributes:
        kind: The kind of sheet.
        label: The file and sheet as messages name them.
        columns: The recognised columns by name.
        headers: The header of each recognised column as it stands in the sheet, by the column's
            name.
        unrecognised: The other headers.
        rows: Its rows of data.
        skipped: The other rows.
        filled: How many cells were filled from a cell merged over several rows.
    """

    kind: SheetColumns
    label: str
    columns: Mapping[str, Column]
    headers: Mapping[str, str]
    unrecognised: tuple[str, ...]
    rows: tuple[DataRow, ...]
    skipped: tuple[SkippedRow, ...]
    filled: int


def count_known(cells: Sequence[str], kinds: Iterable[SheetColumns], spellings: Spellings) -> int:
    """Count the cells of a row that are headers of one of some kinds of sheet, the most of any."""
    return max(
        sum(bool(cell) and spellings.header(kind, cell) is not None for cell in cells)
        for kind in kinds
    )


def has_header(sheet: Sheet, kind: SheetColumns, spellings: Spellings) -> bool:
    """Tell whether a sheet has a header of a kind."""
    return _heading(sheet.lines, kind, spellings) is not None


def table_of(sheet: Sheet, kind: SheetColumns, spellings: Spellings) -> Table:
    """Find the header of a sheet and sort its rows.

    The header is the first row with at least two known headers, one of them the worker's id. Where
    its groups are merged over a second row of headers, the two rows are read as one.

    Raises:
        RosterFileError: There is no such row, two columns mean the same, or one that every row needs is missing.
    """
    heading = _heading(sheet.lines, kind, spellings)
    if heading is None:
        raise _no_header(sheet, kind, spellings)
    columns = named_columns(heading.columns, heading.headers, sheet.label)
    last = max(place for place, line in enumerate(sheet.lines) if line.cells)
    lines, filled = _filled(sheet.lines[heading.after : last + 1], sheet.merged, heading)
    rows: list[DataRow] = []
    skipped = [
        _skip(sheet, line, "title" if line.cells else "blank")
        for line in sheet.lines[: heading.first]
    ]
    for line in lines:
        why = _why_skipped(line.cells, heading, spellings)
        if why:
            skipped.append(_skip(sheet, line, why))
        else:
            rows.append(_data_row(line, heading))
    table = Table(
        kind=kind,
        label=sheet.label,
        columns=columns,
        headers={
            column.name: header
            for column, header in zip(heading.columns, heading.headers, strict=True)
            if column
        },
        unrecognised=tuple(
            header
            for column, header in zip(heading.columns, heading.headers, strict=True)
            if column is None and header
        ),
        rows=tuple(rows),
        skipped=tuple(skipped),
        filled=filled,
    )
    if rows:
        require_columns(table, kind.needed, spellings, line=heading.after)
    return table


def require_columns(
    table: Table, names: Sequence[str], spellings: Spellings, *, line: int | None = None
) -> None:
    """Refuse a sheet without a column that every row needs: once, where each row would say so otherwise.

    Args:
        table: The sheet.
        names: The columns.
        spellings: How headers are spelled.
        line: Where its header stands, where it is in a file.

    Raises:
        RosterFileError: A column is missing; a header that looks like one of its spellings is offered another.
    """
    faults: list[WorkerFault] = []
    for name in names:
        if name in table.columns:
            continue
        accepted = list(spellings.header_spellings(name))
        found = (
            spellings.near_header(table.kind, one, table.columns)
            for one in table.unrecognised
            # what was paid out after deductions must not be renamed to what is due before them
            if not (name in _GROSS and _NET in one)
        )
        meant = next((one for one in found if one in accepted), None)
        faults.append(
            WorkerFault(
                "roster-no-gross-column" if name in _GROSS else "roster-no-column",
                file=table.label,
                line=line,
                value=[*table.headers.values(), *table.unrecognised],
                column=name,
                near=meant,
                accepted=accepted[:_SUGGESTED],
            )
        )
    if faults:
        raise RosterFileError(faults)


@attrs.frozen(kw_only=True)
class _Heading:
    first: int
    after: int
    columns: tuple[Column | None, ...]
    headers: tuple[str, ...]
    names: tuple[int, ...]
    """The place of the id, then of the other recognised columns."""
    printed: tuple[tuple[str, ...], ...]


def _heading(lines: Sequence[Line], kind: SheetColumns, spellings: Spellings) -> _Heading | None:
    for place, line in enumerate(lines[:_HEADER_WITHIN]):
        one = _understood(line.cells, kind, spellings)
        has_id = _has_id(one, kind)
        if place + 1 < len(lines):
            below = lines[place + 1].cells
            two = _two_rows(line.cells, below, one, kind, spellings)
            if two is not None and (has_id or two.by_group):
                return _made(place, place + 2, two.columns, two.headers, (line.cells, below), kind)
        if has_id and sum(column is not None for column in one) >= _KNOWN_AT_LEAST:
            return _made(place, place + 1, one, line.cells, (line.cells,), kind)
    return None


def _has_id(columns: Iterable[Column | None], kind: SheetColumns) -> bool:
    return any(column and column.name == kind.columns[0].name for column in columns)


def _made(
    first: int,
    after: int,
    columns: Sequence[Column | None],
    headers: Sequence[str],
    printed: tuple[tuple[str, ...], ...],
    kind: SheetColumns,
) -> _Heading:
    own_id = next(
        place
        for place, column in enumerate(columns)
        if column and column.name == kind.columns[0].name
    )
    rest = (place for place, column in enumerate(columns) if column and place != own_id)
    return _Heading(
        first=first,
        after=after,
        columns=tuple(columns),
        headers=tuple(headers),
        names=(own_id, *rest),
        printed=printed,
    )


def _understood(
    cells: Sequence[str], kind: SheetColumns, spellings: Spellings
) -> tuple[Column | None, ...]:
    return tuple(spellings.header(kind, cell) if cell else None for cell in cells)


@attrs.frozen(kw_only=True)
class _TwoRows:
    columns: tuple[Column | None, ...]
    headers: tuple[str, ...]
    by_group: int
    """Columns that only the group above them makes known, such as 2023 below 年度考核."""


def _two_rows(
    upper: Sequence[str],
    lower: Sequence[str],
    one: Sequence[Column | None],
    kind: SheetColumns,
    spellings: Spellings,
) -> _TwoRows | None:
    """Read two rows as one header, `None` where the lower one is no header."""
    columns: list[Column | None] = []
    headers: list[str] = []
    below, by_group, group = 0, 0, ""
    for place in range(max(len(upper), len(lower))):
        top = upper[place] if place < len(upper) else ""
        sub = lower[place] if place < len(lower) else ""
        group = top or group
        known = one[place] if place < len(one) else None
        if not sub or sub == top:
            columns.append(known)
            headers.append(top)
            continue
        if known and known.name == kind.columns[0].name:
            # below the id stands an id: a row of data
            return None
        column = spellings.header(kind, sub)
        below += column is not None
        if column is None and group:
            column = spellings.header(kind, group + sub) or spellings.header(kind, sub + group)
            by_group += column is not None
        columns.append(column)
        headers.append(sub)
    known_count = sum(column is not None for column in columns)
    if not below + by_group or known_count < _KNOWN_AT_LEAST or not _has_id(columns, kind):
        return None
    return _TwoRows(columns=tuple(columns), headers=tuple(headers), by_group=by_group)


def _no_header(sheet: Sheet, kind: SheetColumns, spellings: Spellings) -> RosterFileError:
    own_id = kind.columns[0].name
    best = max(
        sheet.lines[:_HEADER_WITHIN],
        key=lambda line: count_known(line.cells, [kind], spellings),
        default=Line(1, ()),
    )
    known = count_known(best.cells, [kind], spellings)
    accepted = [f"{own_id}/{spellings.label('headers', own_id)}"]
    if known >= _KNOWN_AT_LEAST:
        fault = WorkerFault(
            "roster-no-id-column",
            file=sheet.label,
            line=best.number,
            value=list(best.cells),
            accepted=accepted,
        )
        return RosterFileError([fault])
    accepted += [
        f"{column.name}/{spellings.label('headers', column.name)}"
        for column in kind.columns[1:_SUGGESTED]
    ]
    return refuse(
        "roster-no-header",
        sheet.label,
        value=list(best.cells),
        rows=_HEADER_WITHIN,
        accepted=accepted,
    )


def named_columns(
    understood: Sequence[Column | None], headers: Sequence[str], label: str
) -> dict[str, Column]:
    """Give the recognised columns by name.

    Args:
        understood: The column that each header means, `None` where it means none.
        headers: The headers as they stand.
        label: The file and sheet as messages name them.

    Raises:
        RosterFileError: Two headers mean the same column.
    """
    columns: dict[str, Column] = {}
    places: dict[str, int] = {}
    faults: list[WorkerFault] = []
    for place, column in enumerate(understood):
        if column is None:
            continue
        if column.name in columns:
            faults.append(
                WorkerFault(
                    "roster-duplicate-column",
                    file=label,
                    path=headers[place],
                    value=headers[place],
                    first=headers[places[column.name]],
                    column=column.name,
                )
            )
        columns.setdefault(column.name, column)
        places.setdefault(column.name, place)
    if faults:
        raise RosterFileError(faults)
    return columns


def _filled(
    lines: Sequence[Line], merged: Sequence[Merged], heading: _Heading
) -> tuple[Sequence[Line], int]:
    """Repeat the value of a cell that is merged over several rows: it stands for each of them."""
    if not merged or not lines:
        return lines, 0
    by_number = {line.number: list(line.cells) for line in lines}
    filled = 0
    for area in merged:
        first = by_number.get(area.first_row)
        text = first[area.column] if first and area.column < len(first) else ""
        if not text or area.column >= len(heading.columns):
            continue
        for number in range(area.first_row + 1, area.last_row + 1):
            cells = by_number.get(number)
            # an empty row below the data stays empty
            if cells is None or not any(cells):
                continue
            cells.extend([""] * (area.column + 1 - len(cells)))
            cells[area.column] = text
            filled += 1
    return [Line(line.number, tuple(by_number[line.number])) for line in lines], filled


def _data_row(line: Line, heading: _Heading) -> DataRow:
    cells: dict[str, str] = {}
    others: list[tuple[str, str]] = []
    for place, (column, header) in enumerate(zip(heading.columns, heading.headers, strict=True)):
        text = line.cells[place] if place < len(line.cells) else ""
        if column is None:
            if header:
                others.append((header, text))
        elif text:
            cells[column.name] = text
    width = len(heading.columns)
    nameless = (
        text
        for place, text in enumerate(line.cells)
        if text and (place >= width or not heading.headers[place])
    )
    return DataRow(line.number, cells, tuple(others), tuple(nameless))


def _skip(sheet: Sheet, line: Line, why: str) -> SkippedRow:
    text = " ".join(cell for cell in line.cells if cell)
    if len(text) > _LONGEST_SHOWN:
        text = text[:_LONGEST_SHOWN] + "…"
    return SkippedRow(sheet.label, line.number, why, text)


_COUNTED: Final = re.compile(r"(?:[\d.,]+[人名元]?|\(.*\))$")
_SIGNATURE_LENGTH: Final = 3


def _why_skipped(cells: tuple[str, ...], heading: _Heading, spellings: Spellings) -> str | None:
    """Tell why a row is no data.

    A row with an id is skipped only where such a word stands in place of the id.
    """
    if not cells:
        return "blank"
    if cells in heading.printed:
        return "repeated-header"
    filled = [cell for cell in cells if cell]
    own_id = heading.names[0]
    own = cells[own_id] if own_id < len(cells) else ""
    if any(_is_subtotal(cell, spellings) for cell in ([own] if own else filled)):
        return "subtotal"
    word, mark, _ = folded(own or filled[0]).partition(":")
    if spellings.is_word("note", word) and (mark or len(filled) == 1):
        return "note"
    if spellings.is_word("signature", word) or spellings.is_word(
        "signature", word[:_SIGNATURE_LENGTH]
    ):
        return "note"
    return None


def _is_subtotal(cell: str, spellings: Spellings) -> bool:
    word, _, _ = folded(cell).partition(":")
    return spellings.is_word("subtotal", _COUNTED.sub("", word))
