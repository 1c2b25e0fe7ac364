"""Tables as spreadsheets have them: a pasted block of tab-separated cells, or a CSV file beside the scheme file."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Final

from cwgrade.numerals import rung_in
from cwgrade.schemefile.problems import Found, Path, Wrong
from cwgrade.tomlfile.slips import amount_in

__all__ = ["has_gap", "is_sheet", "spread"]

_MOST_BYTES: Final = 1 << 18
_MOST_ROWS: Final = 500
_FILE_NAME: Final = re.compile(r"[^\\/:]+\.csv", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?(?:/[1-9]\d{0,14})?", re.ASCII)
_THOUSANDS: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?", re.ASCII)
_RUNGS: Final = ("grade", "step")
_MOST_RUNGS: Final = 100
_NOTHING: Final = frozenset(("", "-", "—", "——", "–", "/", "／"))
"""What documents print where a post has no such grade: no cell at all."""
_GAP: Final = re.compile(r"(?:missing|缺)\s*[:：]\s*(.+)", re.DOTALL)


def is_sheet(raw: object) -> bool:
    """Tell whether a table is written as a pasted block or as the name of a CSV file."""
    if isinstance(raw, str):
        return "\n" in raw or "\t" in raw
    return isinstance(raw, Mapping) and set(raw) == {"csv"}


def has_gap(text: str) -> bool:
    """Tell whether a cell of a pasted block says that the source leaves it out."""
    return any(
        _GAP.fullmatch(cell.strip()) for line in text.splitlines() for cell in line.split("\t")
    )


def spread(raw: Any, names: tuple[str, ...], unit: str, path: Path, found: Found) -> object:
    """Write a sheet out as the nested table that a file would write by hand.

    The last key of `by` runs across the top, the others stand in the first columns. A table by one key has it in
    the first column; where it has one row of values, the key runs across the top.

    Args:
        raw: The block, or the table that names the CSV file.
        names: The keys of the table, in the order of `by`.
        unit: The name of the value's unit, such as `yuan`.
        path: Where the block stands.
        found: Takes the faults; knows the printed names of posts and the folders of files.
    """
    try:
        rows = (
            _rows_of_file(raw["csv"], found.folder_of(path))
            if isinstance(raw, Mapping)
            else _rows_of(raw)
        )
        rows = _with_corner(rows, names, found)
        _require_headings(rows, names, unit, found)
        rows = _upright(rows, names)
    except Wrong as wrong:
        found.add(wrong.code, (*path, *wrong.path), **wrong.facts)
        return {}
    return _nested(rows, names, unit, path, found)


def _rows_of(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and not any("\t" in line for line in lines):
        raise Wrong("pasted-no-tabs", value=lines[0])
    return _counted([line.split("\t") for line in lines])


def _rows_of_file(name: object, folder: FilePath | None) -> list[list[str]]:
    if not isinstance(name, str) or not _FILE_NAME.fullmatch(name):
        raise Wrong("table-file-name", ("csv",), value=name)
    if folder is None:
        raise Wrong("table-file-needs-folder", ("csv",), value=name)
    return _counted(list(csv.reader(io.StringIO(_text_of(folder, name)))))


def _text_of(folder: FilePath, name: str) -> str:
    try:
        with (folder / name).open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except OSError:
        raise Wrong("table-file-not-there", ("csv",), value=name) from None
    if len(content) > _MOST_BYTES:
        raise Wrong("table-file-too-large", ("csv",), value=name, most=_MOST_BYTES)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Wrong("table-file-not-text", ("csv",), value=name)


def _counted(rows: list[list[str]]) -> list[list[str]]:
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:  # noqa: PLR2004 -- a row of headings and one of values
        raise Wrong("pasted-empty")
    if len(filled) > _MOST_ROWS:
        raise Wrong("too-many", count=len(filled), most=_MOST_ROWS)
    return filled


def _with_corner(rows: list[list[str]], names: tuple[str, ...], found: Found) -> list[list[str]]:
    """Put an empty corner before headings that stand without one: the first of them would be taken for it."""
    depth = max(len(names) - 1, 1)
    first, others = rows[0], rows[1:]
    if not _heads(first[0], names[-1], found):
        return rows
    short = {len(row) - len(first) for row in others}
    if len(short) == 1 and 0 < (left := short.pop()) <= depth:
        return [[""] * left + first, *others]
    across = all(_heads(cell, names[-1], found) for cell in first) or len(first) > 2  # noqa: PLR2004 -- a key and its value
    if len(names) == 1 and len(others) == 1 and across and len(others[0]) == len(first):
        return [["", *first], ["", *others[0]]]
    return rows


def _heads(cell: str, name: str, found: Found) -> bool:
    """Tell whether a cell is a value of a key, and so no name of a column."""
    key = _key(cell, name, found)
    if name not in _RUNGS:
        return key in _printed(name, found).values()
    low, high = found.rungs.get(name) or (1, _MOST_RUNGS)
    return key.isdecimal() and low <= int(key) <= high


def _require_headings(
    rows: list[list[str]], names: tuple[str, ...], unit: str, found: Found
) -> None:
    """Refuse a table whose first row is one of values: taken for headings, it would be lost."""
    first, depth = rows[0], max(len(names) - 1, 1)
    # the corner holds the name of a column; where it is a post, the row is that post's
    corner = bool(first[0]) and _heads(first[0], names[0], found)
    values = (
        unit != "value"
        and names[-1] not in _RUNGS
        and all(_is_number(cell) for cell in first[depth:])
    )
    if corner or (values and len(first) > depth):
        raise Wrong("pasted-no-headings", value=" / ".join(first))


def _is_number(cell: str) -> bool:
    return (
        bool(_NUMBER.fullmatch(cell) or _THOUSANDS.fullmatch(cell)) or amount_in(cell) is not None
    )


def _upright(rows: list[list[str]], names: tuple[str, ...]) -> list[list[str]]:
    """Bring a table by one key into the form of all others: the key across the top, one row of values."""
    width = len(rows[0])
    if len(names) > 1:
        return rows
    if width == 2 and all(len(row) == width for row in rows):  # noqa: PLR2004 -- a key and its value
        return [list(column) for column in zip(*rows, strict=True)]
    if len(rows) > 2:  # noqa: PLR2004 -- neither a column of values nor a row of them
        wrong = next((at for at, row in enumerate(rows, start=1) if len(row) != 2), 1)  # noqa: PLR2004
        raise Wrong("pasted-row-length", row=wrong, value=len(rows[wrong - 1]), count=2)
    return rows


def _nested(
    rows: list[list[str]], names: tuple[str, ...], unit: str, path: Path, found: Found
) -> dict[str, Any]:
    depth = max(len(names) - 1, 1)
    headings = rows[0]
    across = [_key(cell, names[-1], found) for cell in headings[depth:]]
    table: dict[str, Any] = {}
    seen: set[tuple[str, ...]] = set()
    for place, row in enumerate(rows[1:], start=2):
        if len(row) != len(headings):
            found.add("pasted-row-length", path, row=place, value=len(row), count=len(headings))
            continue
        keys = tuple(_key(cell, name, found) for cell, name in zip(row, names[:-1], strict=False))
        inner = table
        for key in keys:
            inner = inner.setdefault(key, {})
        for key, cell in zip(across, row[depth:], strict=True):
            if cell in _NOTHING:
                continue
            where = (*keys, key)
            if where in seen:
                found.add("pasted-twice", (*path, *where), value=" / ".join(where))
                continue
            seen.add(where)
            try:
                inner[key] = _cell(
                    cell, unit, dict(zip(names, where, strict=True)), found.printed.get("", {})
                )
            except Wrong as wrong:
                found.add(wrong.code, (*path, *where), **wrong.facts)
    return table


def _yuan_in(cell: str) -> Decimal | None:
    """Give the amount of a cell that prints 元 behind it."""
    amount = amount_in(cell) if cell.endswith("元") else None
    return None if amount is None else Decimal(amount)


def _key(cell: str, name: str, found: Found) -> str:
    """Give the id of a heading: a grade's number, a post's id for its printed name, other words as they are."""
    if name in _RUNGS:
        rung = rung_in(cell)
        return cell if rung is None else str(rung)
    return _printed(name, found).get(cell, cell)


def _printed(name: str, found: Found) -> Mapping[str, str]:
    """Give the printed headings of a key, and the ids they mean; a quantity may have any value of a post or fact."""
    return found.printed.get(name, found.printed.get("", {}))


def _cell(cell: str, unit: str, where: Mapping[str, str], printed: Mapping[str, str]) -> object:
    if gap := _GAP.fullmatch(cell):
        return {"missing": gap[1].strip()}
    if unit == "value":
        return printed.get(cell, cell)
    if _THOUSANDS.fullmatch(cell):
        return Decimal(cell.replace(",", ""))
    if unit == "yuan" and (amount := _yuan_in(cell)) is not None:
        return amount
    if not _NUMBER.fullmatch(cell):
        told = ", ".join(f"{name} {key}" for name, key in where.items())
        mend = unicodedata.normalize("NFKC", cell).replace(" ", "")
        if _NUMBER.fullmatch(mend) or _THOUSANDS.fullmatch(mend):
            raise Wrong("pasted-full-width", value=cell, cell=told, mend=mend)
        raise Wrong("pasted-not-a-number", value=cell, cell=told)
    if "/" in cell:
        return cell
    return int(cell) if cell.lstrip("-").isdigit() else Decimal(cell)
