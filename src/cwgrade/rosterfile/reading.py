"""Reading a roster: the main sheet, the long sheets beside it, and one worker for each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from cwgrade.errors import ArgumentError, RosterFileError, WorkerFault
from cwgrade.rosterfile.assumptions import Assumption, assumptions_of
from cwgrade.rosterfile.cells import read_worker_id
from cwgrade.rosterfile.columns import (
    ATTAINED,
    CHOICES,
    LONG_SHEETS,
    ROSTER,
    STATES,
    VOCABULARIES,
    sheet_columns,
)
from cwgrade.rosterfile.histories import HistoriesRead, History, histories_of
from cwgrade.rosterfile.layout import Table, count_known, has_header, table_of
from cwgrade.rosterfile.printed import with_printed
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.roster import Notice, Roster, RosterRow, notice_of_rows
from cwgrade.rosterfile.sheets import TEXT_SUFFIXES, Sheet, refuse, sheets_of
from cwgrade.rosterfile.spellings import Spellings, load_spellings
from cwgrade.rosterfile.workers import WorkerMaker
from cwgrade.scheme import Scheme, Schemes

__all__ = ["files_beside", "orphans_of", "read_roster", "read_row"]

_LONG_NAMES: Final = frozenset(kind.name for kind in LONG_SHEETS)
_NOTHING_ASSUMED: Final[Mapping[str, str]] = {}
_MONTHS: Final = 12
_SHOWN: Final = 10


def read_roster(
    path: Path | str,
    *,
    assume: Mapping[str, str] = _NOTHING_ASSUMED,
    spellings: Path | None = None,
    pay_month: tuple[int, int] | None = None,
    scheme: Scheme | Schemes | None = None,
) -> Roster:
    r"""Read a roster: one row for each worker, and the long sheets or files beside it.

    A row with a fault has no worker and all its faults; every other row is read. An empty cell is
    unknown, `无` or `none` says that there is none.

    Args:
        path: A CSV file (UTF-8 or GB18030) or a workbook.
        assume: What is assumed where a fact is unknown, such as `{"honours": "none"}`; it is
            recorded in the worker.
        spellings: A file with more spellings of headers and values.
        pay_month: The year and month that supplied amounts are for.
        scheme: The scheme that is asked, or those of several places: the printed names of their own
            facts, of the values of these, and of amounts that the office supplies are then read as well as
            their ids, where they mean one thing only.

    Returns:
        The rows in order, with what was noticed and skipped.

    Raises:
        RosterFileError: The file is no roster at all, or the file of spellings is faulty.
        ArgumentError: What is assumed is no fact or no value of it, or there is no such month.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "roster.csv")
        >>> _ = path.write_text(
        ...     "工号,职务,入职日期,学历\n007,委员,2019-07-01,大专\n008,委员,2019.13,\n",
        ...     encoding="utf-8",
        ... )
        >>> roster = read_roster(path, assume={"honours": "none"})
        >>> [row.worker_id for row in roster.rows], roster.workers[0].assumed
        (['007', '008'], ('honours=none',))
        >>> roster.rows[1].faults[0].line, roster.rows[1].faults[0].path
        (3, '入职日期')
    """
    path = Path(path)
    if pay_month is not None and not 1 <= pay_month[1] <= _MONTHS:
        raise ArgumentError("bad-month", value=pay_month[1])
    known = load_spellings(spellings)
    known = with_printed(known, scheme)
    found = _find_sheets(path, known)
    known = found.spellings
    assumptions = assumptions_of(assume, known)
    table = table_of(found.main, ROSTER, known)
    tables = [table_of(sheet, sheet_columns(kind), known) for kind, sheet in found.long]
    histories = histories_of(tables, known)
    rows, serials = _rows(table, histories, known, assumptions, pay_month)
    return Roster(
        file=str(path),
        rows=rows,
        notices=(
            *found.notices,
            *_column_notices(table, tables, known, assumptions),
            *_post_notices(tables, scheme),
            *_row_notices(rows),
            *_serial_notices(table, serials, histories),
            *(
                notice_of_rows("notice-kind-taken", numbers, sheet=label)
                for label, numbers in histories.kind_taken.items()
            ),
        ),
        skipped=tuple(row for each in (table, *tables) for row in each.skipped),
        unrecognised=table.unrecognised,
        orphans=orphans_of(histories, {row.worker_id for row in rows}),
    )


def orphans_of(histories: HistoriesRead, ids: Container[str]) -> tuple[WorkerFault, ...]:
    """Give the faults of rows in long sheets that belong to nobody.

    Args:
        histories: What was read from the long sheets.
        ids: The ids of the main sheet.
    """
    faults = [
        fault
        for worker_id, history in histories.by_worker.items()
        if worker_id not in ids
        for fault in (
            *(
                WorkerFault("row-orphan", file=label, line=number, value=worker_id)
                for label, number in history.rows
            ),
            *history.faults,
        )
    ]
    return (*faults, *histories.nameless)


# ----------------------------------------------------------------------------------------- sheets


@attrs.frozen(kw_only=True)
class _Found:
    main: Sheet
    long: tuple[tuple[str, Sheet], ...]
    spellings: Spellings
    notices: tuple[Notice, ...]


def _find_sheets(path: Path, known: Spellings) -> _Found:
    def known_headers(cells: Sequence[str]) -> int:
        return count_known(cells, (ROSTER, *LONG_SHEETS), known)

    sheets = sheets_of(path, known_headers)
    if not any(line.cells for sheet in sheets for line in sheet.lines):
        raise refuse("roster-empty", str(path), value=str(path))
    long: list[tuple[str, Sheet]] = []
    others: list[Sheet] = []
    for sheet in sheets:
        kind = known.sheet(sheet.name) if sheet.name else None
        if kind == CHOICES.name:
            known = _with_choices(sheet, known)
        elif kind in _LONG_NAMES:
            if any(line.cells for line in sheet.lines):
                long.append((str(kind), sheet))
        elif kind != "guide":
            others.append(sheet)
    main, notices = _main_sheet(path, others, known)
    long.extend(
        (kind, sheet)
        for kind, beside in files_beside(path, known)
        for sheet in sheets_of(beside, known_headers)[:1]
    )
    for kind, count in Counter(kind for kind, _ in long).items():
        if count > 1:
            labels = [sheet.label for name, sheet in long if name == kind]
            raise refuse("roster-two-long-sheets", str(path), value=labels, kind=kind)
    return _Found(main=main, long=tuple(long), spellings=known, notices=notices)


def _main_sheet(
    path: Path, others: Sequence[Sheet], known: Spellings
) -> tuple[Sheet, tuple[Notice, ...]]:
    filled = [sheet for sheet in others if any(line.cells for line in sheet.lines)]
    fitting = [sheet for sheet in filled if has_header(sheet, ROSTER, known)]
    named = [sheet for sheet in fitting if known.sheet(sheet.name) == ROSTER.name]
    if len(named) == 1:
        fitting = named
    if len(fitting) > 1:
        raise refuse(
            "roster-two-main-sheets",
            str(path),
            value=[sheet.label for sheet in fitting],
            accepted=list(known.sheet_spellings(ROSTER.name)),
        )
    if not filled:
        raise refuse("roster-no-main-sheet", str(path), value=str(path))
    main = fitting[0] if fitting else filled[0]
    notices = tuple(
        Notice("notice-sheet-not-read", (("sheet", sheet.label),))
        for sheet in filled
        if sheet is not main
    )
    return main, notices


def files_beside(path: Path, known: Spellings) -> list[tuple[str, Path]]:
    """Find the long files beside a roster, each with the kind of its sheet.

    Args:
        path: The roster.
        known: How the names of sheets are spelled.
    """
    return [
        (kind.name, beside)
        for kind in LONG_SHEETS
        for spelling in known.sheet_spellings(kind.name)
        for suffix in TEXT_SUFFIXES
        if (beside := path.with_name(f"{path.stem}.{spelling}{suffix}")).is_file()
        and beside != path
    ]


def _with_choices(sheet: Sheet, known: Spellings) -> Spellings:
    """Add what the labels in a template's drop-down lists mean."""
    if not any(line.cells for line in sheet.lines):
        return known
    table = table_of(sheet, CHOICES, known)
    entries = []
    faults = []
    lines = {}
    for row in table.rows:
        vocabulary, label, value = (row.cells.get(name, "") for name in ("list", "label", "value"))
        if not (vocabulary and label and value):
            continue
        values = VOCABULARIES.get(vocabulary)
        if values is not None and value not in values:
            # `none` is a word of its own there, spelled 无
            if value != "none":
                faults.append(
                    WorkerFault(
                        "cell-not-a-value",
                        file=sheet.label,
                        path=table.headers["value"],
                        line=row.number,
                        value=value,
                        near=None,
                        accepted=list(values),
                    )
                )
            continue
        entry = (f"values.{vocabulary}", value, label)
        lines[entry] = row.number
        entries.append(entry)
    more, refused = known.extended(entries)
    faults.extend(
        WorkerFault(error.code, file=sheet.label, path="", line=lines[entry], **error.facts)
        for entry, error in refused
    )
    if faults:
        raise RosterFileError(faults)
    return more


# ------------------------------------------------------------------------------------------- rows


def _rows(
    table: Table,
    histories: HistoriesRead,
    known: Spellings,
    assumptions: tuple[Assumption, ...],
    pay_month: tuple[int, int] | None,
) -> tuple[tuple[RosterRow, ...], bool]:
    by_id: dict[str, list[int]] = {}
    for row in table.rows:
        by_id.setdefault(row.cells.get("worker_id", ""), []).append(row.number)
    rows = []
    serials = False
    for row in table.rows:
        record = Record(row, table, known)
        twins = [number for number in by_id[row.cells.get("worker_id", "")] if number != row.number]
        made = read_row(
            record, twins, histories.by_worker, assumptions=assumptions, pay_month=pay_month
        )
        rows.append(attrs.evolve(made, passed_through=row.others))
        serials = serials or record.serials
    return tuple(rows), serials


def read_row(
    record: Record,
    twins: Sequence[int],
    histories: Mapping[str, History],
    *,
    assumptions: Sequence[Assumption],
    pay_month: tuple[int, int] | None,
) -> RosterRow:
    """Read one row of the main sheet.

    Args:
        record: The row.
        twins: Other rows with the same id.
        histories: What the long sheets say, by worker.
        assumptions: What is assumed where it is unknown.
        pay_month: The year and month that supplied amounts are for.
    """
    worker_id = record.needed("worker_id", read_worker_id)
    if worker_id is not None and twins:
        record.fault("id-duplicate", "worker_id", value=worker_id, rows=list(twins[:_SHOWN]))
    history = histories.get(worker_id) if worker_id is not None else None
    maker = WorkerMaker(record, history, assumptions=assumptions, pay_month=pay_month)
    worker = maker.worker(worker_id or "")
    return RosterRow(
        number=record.number,
        worker_id=record.raw("worker_id"),
        worker=worker,
        faults=(*record.faults, *(history.faults if history else ())),
        notices=tuple(maker.notices),
    )


# ---------------------------------------------------------------------------------------- notices


def _column_notices(
    table: Table, tables: Sequence[Table], known: Spellings, assumptions: Sequence[Assumption]
) -> list[Notice]:
    notices = [
        Notice(
            "notice-unrecognised-column" if each is table else "notice-column-not-read",
            (
                ("sheet", each.label),
                ("header", header),
                ("near", known.near_header(each.kind, header, each.columns)),
            ),
        )
        for each in (table, *tables)
        for header in each.unrecognised
    ]
    notices += [
        Notice("notice-merged-filled", (("sheet", each.label), ("count", each.filled)))
        for each in (table, *tables)
        if each.filled
    ]
    present = set(table.columns).union(*(each.columns for each in tables))
    present.update(assumption.column.name for assumption in assumptions)
    missing = [
        name for name in (*(known.column for known in ATTAINED), *STATES) if name not in present
    ]
    rated = any(each.kind.name == "ratings" for each in tables) or any(
        column.vocabulary == "rating" for column in table.columns.values()
    )
    if not rated and not any(each.column.vocabulary == "rating" for each in assumptions):
        missing.append("rating")
    notices += [
        Notice(
            "notice-missing-column",
            (("column", name), ("header", known.label("headers", name))),
        )
        for name in missing
    ]
    if "region" not in present:
        notices.append(Notice("notice-no-region"))
    return notices


def _post_notices(tables: Sequence[Table], scheme: Scheme | Schemes | None) -> list[Notice]:
    """Say that the present post is taken to be held since entry, where a scheme asks how long it has been held."""
    several = [one for _, one in scheme.by_region] if isinstance(scheme, Schemes) else [scheme]
    asked = any(one.time_in_post for each in several if each for one in each.versions)
    listed = any(each.kind.name == "spells" for each in tables)
    return [Notice("notice-post-since-entry")] if asked and not listed else []


def _row_notices(rows: Sequence[RosterRow]) -> list[Notice]:
    by_code: dict[str, list[int]] = {}
    for row in rows:
        for notice in row.notices:
            by_code.setdefault(notice.code, []).append(row.number)
    return [notice_of_rows(f"{code}-rows", numbers) for code, numbers in by_code.items()]


def _serial_notices(table: Table, serials: bool, histories: HistoriesRead) -> list[Notice]:  # noqa: FBT001 -- a finding
    labels = (*((table.label,) if serials else ()), *histories.serial_labels)
    return [Notice("notice-serial-days", (("sheet", label),)) for label in labels]
