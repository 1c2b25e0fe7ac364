"""Series files: published figures that people bring, as CSV or TOML. Every fault at once, with its line.

A file holds one row, or one `[[figures]]`, for each printed figure; `docs/reference/series.md` describes both forms.
The packaged figures are such a file.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.dates import FIRST_YEAR, LAST_YEAR, latest
from cwgrade.errors import FileFault, SchemeFault, SchemeFileError, SeriesFileError
from cwgrade.published import (
    UNIT_TEXTS,
    FigureStatus,
    PublishedFigure,
    PublishedSeries,
    differing,
)
from cwgrade.regions import SAMPLE_PROVINCE
from cwgrade.schemefile.kinds import AREA, FEN, PUBLISHED, TEXT, whole, words
from cwgrade.schemefile.problems import Found
from cwgrade.schemefile.problems import Path as Place
from cwgrade.schemefile.sections import Section, key, needed
from cwgrade.schemefile.suggest import offer
from cwgrade.sources import Trust
from cwgrade.tomlfile import MOST_BYTES, TomlFile, read_toml

__all__ = ["COLUMNS", "FORMAT", "is_series", "read_series"]

FORMAT: Final = "cwgrade-series/1"
_START: Final = 4096
_NUMBER: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,12})?", re.ASCII)
_SIGNS: Final = {"measure", "value"}
"""Columns that no roster has."""
_MOST_FAULTS: Final = 200
_UNIT_OF: Final = {text: unit for unit, text in UNIT_TEXTS.items()}


def _shape(fields: dict[str, Any], _path: Place, _found: Found) -> dict[str, Any]:
    return {**fields, "unit": _UNIT_OF[fields["unit"]]}


_FIGURE: Final = Section(
    # what cannot be read is stood in for, and then no object is made of it
    make=dict,
    keys={
        "region": needed(AREA),
        "place": key(TEXT),
        "measure": needed(TEXT),
        "year": needed(whole(FIRST_YEAR, LAST_YEAR)),
        "unit": needed(words(tuple(_UNIT_OF))),
        "value": needed(FEN, "fen"),
        "published_on": needed(PUBLISHED),
        "printed": key(TEXT),
        "url": needed(TEXT),
        "trust": needed(words(Trust)),
        "status": key(words(FigureStatus)),
        "note": key(TEXT),
    },
    shape=_shape,
)
COLUMNS: Final = tuple(_FIGURE.keys)
"""The columns of a series file; those that may be left out are `place`, `printed`, `status` and `note`."""


@attrs.frozen
class _Raw:
    """What a file holds, before it is read, and where each figure stands."""

    file: str
    rows: Sequence[object]
    lines: Sequence[int | None]

    def place_of(self, path: Place) -> tuple[str, int | None]:
        place = path[1] if len(path) > 1 else None
        return self.file, self.lines[place] if isinstance(place, int) else 1


def is_series(path: Path) -> bool:
    """Tell whether a file means to be a series file: its format, or the columns of its first line.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be opened.
    """
    with path.open("rb") as stream:
        start = stream.read(_START).decode("utf-8", errors="replace")
    if path.suffix.casefold() == ".toml":
        return "cwgrade-series" in start.partition("[")[0]
    first = {name.strip() for name in start.lstrip("\ufeff").partition("\n")[0].split(",")}
    return path.suffix.casefold() == ".csv" and first >= _SIGNS


def read_series(path: Path, *, known: Sequence[PublishedFigure] = ()) -> PublishedSeries:
    """Read a series file.

    Args:
        path: The file; what ends in `.toml` is TOML, anything else CSV.
        known: Figures on file that it must not contradict.

    Raises:
        SeriesFileError: It is faulty, contradicts itself or a known figure; every fault is in it.
        OSError: It cannot be opened.
    """
    raw = _from_toml(path) if path.suffix.casefold() == ".toml" else _from_csv(path)
    found = Found()
    figures: list[PublishedFigure] = []
    same: dict[object, list[PublishedFigure]] = {}
    for one in known:
        if one.carries_pay:
            same.setdefault(one.key, []).append(one)
    for place, row in enumerate(raw.rows):
        where: Place = ("figures", place)
        before = len(found.problems)
        fields = _FIGURE.read(row, where, found)
        if len(found.problems) == before:
            _check(fields, where, found)
        if len(found.problems) == before:
            one = PublishedFigure(**fields)
            others = same.setdefault(one.key, [])
            _compare(one, others, where, found)
            if one.carries_pay:
                others.append(one)
            figures.append(one)
    faults: list[FileFault] = list(found.faults(raw))
    if faults:
        raise SeriesFileError(_cut(sorted(faults, key=lambda fault: fault.line or 0), str(path)))
    return PublishedSeries(tuple(figures))


def _cut(faults: list[FileFault], file: str) -> list[FileFault]:
    more = len(faults) - _MOST_FAULTS
    if more <= 0:
        return faults
    return [*faults[:_MOST_FAULTS], SchemeFault("toml-more-faults", file=file, count=more)]


def _check(fields: Mapping[str, Any], where: Place, found: Found) -> None:
    """Check one figure by itself; invented figures are of invented places, and of no other."""
    if fields["fen"] <= 0:
        found.note("not-positive", (*where, "value"), value=fields["fen"])
    published, ended = fields["published_on"], date(fields["year"], 12, 31)
    if published != "unknown" and latest(published) < ended:
        found.note(
            "published-before-its-year", (*where, "published_on"), value=published, year=ended.year
        )
    invented = fields["trust"] is Trust.INVENTED
    if invented and not fields["region"].startswith(SAMPLE_PROVINCE):
        found.note("figure-invented", (*where, "trust"), value=fields["region"])
    if not invented and fields["region"].startswith(SAMPLE_PROVINCE):
        found.note("figure-of-sample", (*where, "trust"), value=fields["region"])


def _compare(
    one: PublishedFigure, known: Sequence[PublishedFigure], where: Place, found: Found
) -> None:
    other = differing(known, one)
    if other is not None:
        found.note("figure-contradicts", (*where, "value"), value=str(one), first=str(other))


# --- TOML ------------------------------------------------------------------------------------------------------------


@attrs.frozen
class _InToml:
    """Where everything is written in a TOML file."""

    file: TomlFile

    def place_of(self, path: Place) -> tuple[str, int | None]:
        return self.file.file, self.file.line_of(path)


def _from_toml(path: Path) -> _Raw:
    try:
        file = read_toml(path)
    except SchemeFileError as error:
        faults = [fault for fault in error.exceptions if isinstance(fault, FileFault)]
        raise SeriesFileError(faults) from None
    found = Found()
    for name in file.table:
        if name not in ("format", "figures"):
            facts = offer(name, ("format", "figures"))
            found.note("unknown-key", (name,), value=name, **facts)
    stated, rows = file.table.get("format"), file.table.get("figures")
    if stated != FORMAT:
        if stated is None:
            found.note("missing-key", (), value="format")
        else:
            found.note("unknown-format", ("format",), value=stated, accepted=[FORMAT])
    if not isinstance(rows, list) or not rows:
        found.note("no-figures", ("figures",) if "figures" in file.table else ())
    if found.problems:
        raise SeriesFileError(found.faults(_InToml(file)))
    listed = list(rows) if isinstance(rows, list) else []
    return _Raw(
        file=file.file,
        rows=listed,
        lines=[file.line_of(("figures", place)) for place in range(len(listed))],
    )


# --- CSV -------------------------------------------------------------------------------------------------------------


def _from_csv(path: Path) -> _Raw:
    try:
        table = _rows_of(_text_of(path))
    except csv.Error:
        # a cell beyond any text: this is no table
        raise SeriesFileError(
            [_fault("table-file-not-text", path, None, value=path.name)]
        ) from None
    faults: list[FileFault] = []
    header = table[0][1] if table else []
    for place, name in enumerate(header):
        if name not in COLUMNS:
            faults.append(
                _fault("unknown-column-here", path, 1, value=name, **offer(name, COLUMNS))
            )
        elif name in header[:place]:
            faults.append(_fault("column-twice-here", path, 1, value=name))
    for name, one in _FIGURE.keys.items():
        if one.needed and name not in header:
            faults.append(_fault("column-missing-here", path, 1, value=name))
    rows: list[object] = []
    lines: list[int | None] = []
    for line, row in table[1:] if not faults else ():
        if len(row) != len(header):
            facts: dict[str, Any] = {"value": len(row), "count": len(header)}
            faults.append(_fault("columns-differ", path, line, **facts))
            continue
        rows.append(
            {
                name: _cell(name, cell.strip())
                for name, cell in zip(header, row, strict=True)
                if cell.strip()
            }
        )
        lines.append(line)
    if not rows and not faults:
        faults.append(_fault("no-figures", path, None))
    if faults:
        raise SeriesFileError(_cut(faults, str(path)))
    return _Raw(file=str(path), rows=rows, lines=lines)


def _rows_of(text: str) -> list[tuple[int, list[str]]]:
    """Give the rows that hold anything, each with its line."""
    reader = csv.reader(io.StringIO(text))
    rows = ([cell.strip() for cell in row] for row in reader)
    return [(reader.line_num, row) for row in rows if any(row)]


def _cell(name: str, text: str) -> object:
    if name == "year" and text.isascii() and text.isdigit():
        return int(text)
    if name == "value" and _NUMBER.fullmatch(text):
        return Decimal(text)
    return text


def _fault(code: str, path: Path, line: int | None, **facts: Any) -> SchemeFault:
    return SchemeFault(code, file=str(path), line=line, **facts)


def _text_of(path: Path) -> str:
    with path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise SeriesFileError([_fault("toml-too-large", path, None, most=MOST_BYTES)])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SeriesFileError([_fault("table-file-not-text", path, None, value=path.name)])
