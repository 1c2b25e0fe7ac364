"""A result as a table or as JSON, as the ending of its file says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from cwgrade.rosterfile import Cell, write_table
from cwgrade.rosterfile.writing import written_whole

__all__ = ["write_result"]


def write_result(
    out: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str,
    json_of: Callable[[], dict[str, Any]],
) -> None:
    """Write a result.

    Args:
        out: The file; `.json` takes the data, another ending the table.
        header: The names of the columns.
        rows: The rows, each as long as the header.
        sheet: The name of the sheet in a workbook.
        json_of: Gives the data.

    Raises:
        ArgumentError: The file cannot be written there.
        MissingExtra: It is a workbook, and the extra `excel` is not installed.
    """
    if out.suffix.casefold() != ".json":
        write_table(out, header, rows, sheet=sheet)
        return
    text = json.dumps(json_of(), ensure_ascii=False, indent=1) + "\n"
    with written_whole(out) as target:
        target.write(text.encode())
