"""The file of what was paid: by worker and month, by component or as a whole, earlier settlements included."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import attrs

from cwgrade.arrears import Paid
from cwgrade.errors import ArgumentError, RosterFileError, WorkerFault
from cwgrade.rosterfile.cells import read_fen, read_period, read_worker_id
from cwgrade.rosterfile.columns import PAYMENTS
from cwgrade.rosterfile.layout import DataRow, Table, count_known, table_of
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.sheets import Sheet, refuse, sheets_of
from cwgrade.rosterfile.spellings import Spellings, load_spellings

__all__ = ["Payments", "read_payments"]


@attrs.frozen(kw_only=True)
class Payments:
    """What was paid, as a file states it.

    Attributes:
        file: The file as it was given.
        rows: Worker's id and amount, in the order of the file.
    """

    file: str
    rows: tuple[tuple[str, Paid], ...]

    def of(self, worker_id: str) -> tuple[Paid, ...]:
        """Give what was paid to a worker."""
        return tuple(paid for one, paid in self.rows if one == worker_id)


def read_payments(path: Path | str, *, spellings: Path | None = None) -> Payments:
    r"""Read the file of what was paid.

    Its columns are `worker_id` (工号), `paid_for` (所属月份), `paid_yuan` (已发金额), and where they are known
    `component` (项目) and `document`. A row is one payment for one month, whenever it was made; one taken back is
    negative. Amounts are those before deductions (应发), as those that a scheme states are.

    Args:
        path: A CSV file or a workbook.
        spellings: A file with more spellings of headers.

    Raises:
        RosterFileError: It is no such file, or rows of it are faulty: all faults at once. A payment that cannot be
            read would otherwise pass for none.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.

    Examples:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp(), "paid.csv")
        >>> _ = path.write_text("工号,所属月份,已发金额\n007,2018-03,3960\n", encoding="utf-8")
        >>> read_payments(path).of("007")[0].fen
        396000
    """
    path = Path(path)
    known = load_spellings(spellings)

    def known_headers(cells: Iterable[str]) -> int:
        return count_known(tuple(cells), (PAYMENTS,), known)

    sheets = [
        sheet for sheet in sheets_of(path, known_headers) if any(line.cells for line in sheet.lines)
    ]
    if not sheets:
        raise refuse("roster-empty", str(path), value=str(path))
    table = table_of(_main(sheets, known), PAYMENTS, known)
    rows: list[tuple[str, Paid]] = []
    faults: list[WorkerFault] = []
    for row in table.rows:
        record, read = _row(row, table, known)
        faults += record.faults
        if read is not None:
            rows.append(read)
    if faults:
        raise RosterFileError(faults)
    return Payments(file=str(path), rows=tuple(rows))


def _main(sheets: list[Sheet], known: Spellings) -> Sheet:
    """Give the sheet so named, or the first one."""
    named = [sheet for sheet in sheets if known.sheet(sheet.name) == PAYMENTS.name]
    return (named or sheets)[0]


def _row(row: DataRow, table: Table, known: Spellings) -> tuple[Record, tuple[str, Paid] | None]:
    record = Record(row, table, known)
    worker_id = record.needed("worker_id", read_worker_id)
    month = record.needed("paid_for", _month)
    fen = record.needed("paid_yuan", read_fen)
    if worker_id is None or month is None or fen is None:
        return record, None
    paid = Paid(
        year=month[0],
        month=month[1],
        fen=fen,
        component=record.text("component") or None,
        document=record.text("document"),
    )
    return record, (worker_id, paid)


def _month(text: str) -> tuple[int, int]:
    """Read a month."""
    try:
        year, _, month = read_period(text).partition("-")
        return int(year), int(month)
    except ValueError:
        # an `ArgumentError` of the reader, or a period that is no month
        raise ArgumentError("cell-not-paid-for", value=text, accepted=["2018-03"]) from None
