"""The sample roster as dataframes of every kind, beside the files that hold the same rows."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd
import polars as pl
import pyarrow as pa

from cwgrade.catalogue import roster_path
from cwgrade.errors import FileFault, RosterFileError
from cwgrade.rosterfile.columns import ROSTER, SheetColumns, sheet_columns
from cwgrade.rosterfile.layout import Table, count_known, table_of
from cwgrade.rosterfile.sheets import sheets_of
from cwgrade.rosterfile.spellings import shipped_spellings

Cells = dict[str, list[Any]]


def _arrow(cells: Cells) -> pa.Table:
    return pa.table(cells)


KINDS: Final[dict[str, Callable[[Cells], Any]]] = {
    "polars": lambda cells: pl.DataFrame(cells, strict=False),
    "pandas": pd.DataFrame,
    "pandas-objects": lambda cells: pd.DataFrame(cells, dtype=object),
    "pyarrow": _arrow,
}
"""Dataframes that people bring, by name."""


def column(frame: Any, name: str) -> list[Any]:
    """Give a column as a list, with `None` where it is null."""
    if isinstance(frame, pd.DataFrame):
        return [None if pd.isna(one) else one for one in frame[name].tolist()]
    if isinstance(frame, pa.Table):
        return list(frame[name].to_pylist())
    return list(frame[name].to_list())


def codes_of(error: RosterFileError) -> list[str]:
    """Give the codes of the faults of an error."""
    return [fault.code for fault in error.exceptions if isinstance(fault, FileFault)]


def names_of(frame: Any) -> list[str]:
    """Give the names of the columns."""
    return list(frame.column_names if isinstance(frame, pa.Table) else frame.columns)


def table_in(path: Path, kind: SheetColumns) -> Table:
    """Read the sheet of a text file."""
    known = shipped_spellings()
    (sheet,) = sheets_of(path, lambda cells: count_known(cells, (kind,), known))
    return table_of(sheet, kind, known)


def cells_of(table: Table) -> Cells:
    """Give the recognised and the other cells of a sheet by header, `None` where one is empty."""
    cells: Cells = {
        header: [row.cells.get(name) for row in table.rows]
        for name, header in table.headers.items()
    }
    for header in table.unrecognised:
        cells[header] = [dict(row.others).get(header) or None for row in table.rows]
    return cells


@functools.cache
def sample() -> Cells:
    """Give the main sheet of the sample roster."""
    return cells_of(table_in(roster_path("sample"), ROSTER))


@functools.cache
def sample_spells() -> Cells:
    """Give the spells beside it."""
    path = roster_path("sample").with_name("sample.任职经历.csv")
    return cells_of(table_in(path, sheet_columns("spells")))


def sample_files(folder: Path) -> Path:
    """Copy the main sheet and the spells, and nothing else."""
    for name in ("sample.csv", "sample.任职经历.csv"):
        shutil.copy(roster_path("sample").with_name(name), folder / name)
    return folder / "sample.csv"
