"""The reference page has every column, sheet and value with its spellings, and no other."""

import re
from pathlib import Path

import pytest

from cwgrade.rosterfile.columns import (
    CHOICES,
    LONG_SHEETS,
    PAYMENTS,
    ROSTER,
    VOCABULARIES,
    SheetColumns,
)
from cwgrade.rosterfile.spellings import shipped_spellings

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "roster.md"
KNOWN = shipped_spellings()


def _table_below(heading: str) -> list[list[str]]:
    """Give the rows of the first table below a heading, without its own header."""
    text = PAGE.read_text(encoding="utf-8")
    part = re.split(r"^#+ ", text.split(f"\n{heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = next(block for block in part.split("\n\n") if block.lstrip().startswith("|"))
    return [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in rows.strip().splitlines()[2:]
    ]


@pytest.mark.parametrize(
    ("heading", "sheet"),
    [
        ("## The main sheet", ROSTER),
        *((f"### {sheet.name}", sheet) for sheet in (*LONG_SHEETS, CHOICES, PAYMENTS)),
    ],
)
def test_columns(heading: str, sheet: SheetColumns) -> None:
    rows = _table_below(heading)
    assert [row[0] for row in rows] == [f"`{column.name}`" for column in sheet.columns]
    for row, column in zip(rows, sheet.columns, strict=True):
        assert row[1] == KNOWN.label("headers", column.name)
        for spelling in filter(None, row[3].split(", ")):
            assert KNOWN.header(sheet, spelling) == column, spelling


@pytest.mark.parametrize(("vocabulary", "values"), VOCABULARIES.items())
def test_values(vocabulary: str, values: tuple[str, ...]) -> None:
    rows = _table_below(f"### {vocabulary}")
    assert [row[0] for row in rows] == [f"`{value}`" for value in values]
    for row, value in zip(rows, values, strict=True):
        assert row[1] == KNOWN.label(f"values.{vocabulary}", value)
        for spelling in filter(None, row[2].split(", ")):
            assert KNOWN.value(vocabulary, spelling) == value, spelling
