"""Make the packaged reference series from the folder of collected statistics.

    python -m tests.tools.make_wage_series FOLDER

The folder holds `national.csv`, `provincial.csv`, `city.csv` and `base_limits.csv`. Nothing is typed again by hand, and
nothing is computed: columns are named alike, and two of them are read.

- `region` is the GB/T 2260 code as `cwgrade` writes it, or the printed name of an area that has no code (全国, 东部,
  湖北第一档 …).
- `published_on` is a day, a month or a year where the printed text is one, or clearly gives one; otherwise it is
  `unknown`. The day of a page that is rewritten each year, of a page of questions and answers, or of a later text that
  prints the figure for comparison is not the day the figure was made known. The text itself is kept in `printed`.

A row whose number of columns is not the header's is reported and left out.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from cwgrade.regions import read_region

__all__ = ["LIMITS", "WAGES", "limits", "published", "read_rows", "wages"]

_FOLDER: Final = Path(__file__).parents[2]
WAGES: Final = _FOLDER / "src" / "cwgrade" / "catalogue" / "series" / "average-wages.csv"
LIMITS: Final = _FOLDER / "tests" / "data" / "base_limits.csv"
COLUMNS: Final = (
    "region",
    "place",
    "measure",
    "year",
    "unit",
    "value",
    "published_on",
    "printed",
    "url",
    "trust",
    "status",
    "note",
)
_PLACE_OF: Final = {"national.csv": "scope", "provincial.csv": "province", "city.csv": "region"}
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_CLEAR: Final = {"2020 (revision)": "2020", "2026-08-26 (signed 2026-08-21)": "2026-08-26"}
"""Printed texts that are no bare day and still say when the figure was made known."""


def published(printed: str) -> str:
    """Give the day, month or year of publication that a printed text clearly gives.

    Examples:
        >>> (
        ...     published("2023-06-29"),
        ...     published("2020 (revision)"),
        ...     published("page dated 2026-08-21"),
        ... )
        ('2023-06-29', '2020', 'unknown')
    """
    return printed if _DAY.fullmatch(printed) else _CLEAR.get(printed, "unknown")


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Give the rows of a file by column; a row with another number of columns is reported and left out."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader)
        for row in reader:
            if len(row) != len(header):
                told = f"{path.name}:{reader.line_num}: {len(row)} columns for {len(header)}"
                sys.stderr.write(told + "\n")
                continue
            yield dict(zip(header, row, strict=True))


def wages(folder: Path) -> Iterator[Mapping[str, str]]:
    """Give the rows of the packaged series."""
    for name, place in _PLACE_OF.items():
        for row in read_rows(folder / name):
            code = row.get("gbt2260", "")
            yield {
                "region": read_region(code) if code else row[place],
                "place": row[place],
                "measure": row["measure"],
                "year": row["statistic_year"],
                "unit": row["unit"],
                "value": row["value"],
                "published_on": published(row["published_on"]),
                "printed": row["published_on"],
                "url": row["url"],
                "trust": row["trust"],
                "status": row["status"],
                "note": row["note"],
            }


def limits(folder: Path) -> tuple[Sequence[str], list[dict[str, str]]]:
    """Give the columns and rows of the printed base limits, as they are."""
    rows = list(read_rows(folder / "base_limits.csv"))
    return list(rows[0]), rows


def _write(path: Path, columns: Sequence[str], rows: list[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write both files."""
    (folder,) = map(Path, sys.argv[1:])
    _write(WAGES, COLUMNS, list(wages(folder)))
    columns, rows = limits(folder)
    _write(LIMITS, columns, list(rows))


if __name__ == "__main__":
    main()
