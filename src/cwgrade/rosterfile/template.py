"""An empty roster to fill in: a workbook with drop-down lists that `read_roster` reads back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cwgrade import wording
from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.columns import (
    ATTAINED,
    CHOICES,
    FACT_PREFIX,
    LONG_SHEETS,
    ROSTER,
    SUPPLIED_PREFIX,
    VOCABULARIES,
    Column,
    Reads,
    SheetColumns,
    named_column,
)
from cwgrade.rosterfile.spellings import Spellings, shipped_spellings
from cwgrade.rosterfile.writing import new_workbook, require_writer, written_whole

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["write_roster_template"]

_ROWS_TO_FILL: Final = 5000
"""Rows that have drop-down lists."""
_WIDTH: Final = 16
_LONGEST_LIST: Final = 255
"""Characters of a drop-down list that a workbook keeps beside the cell."""
_GUIDE_WIDTH: Final = 100
_GUIDE: Final = (
    "guide-one-row",
    "guide-empty",
    "guide-days",
    "guide-service",
    "guide-placement",
    "guide-long",
    "guide-last-day",
    "guide-supplied",
    "guide-ids",
)
_PREFIXES: Final = ((FACT_PREFIX, "事实:"), (SUPPLIED_PREFIX, "补贴:"))
_WITH_NONE: Final = frozenset(known.fact for known in ATTAINED)

Labels = Mapping[str, Sequence[tuple[str, str]]]
"""Value and Chinese label, by list."""


def write_roster_template(
    path: Path | str,
    *,
    posts: Sequence[tuple[str, str]] = (),
    facts: Labels | None = None,
    grades: tuple[int, int] | None = None,
    supplied: Sequence[str] = (),
    lang: wording.Language = "zh",
) -> None:
    """Write an empty roster workbook.

    It has the main sheet, the six long sheets, a sheet that tells how to fill them in, and a sheet
    with what the labels in the drop-down lists mean, which `read_roster` reads.

    Args:
        path: The `.xlsx` file.
        posts: The scheme's posts: id and Chinese label.
        facts: Values and their Chinese labels by fact: national facts with the scheme's own words,
            and facts that the scheme declares.
        grades: Lowest and highest grade.
        supplied: The components whose amounts the office supplies, each a column.
        lang: The language of headers and labels.

    Raises:
        ArgumentError: The file cannot be written there, or a national fact has no such value.
        MissingExtra: The extra `excel` is not installed.
    """
    path = Path(path)
    if path.suffix.casefold() != ".xlsx":
        raise ArgumentError("write-kind-unknown", value=path.name, accepted=[".xlsx"])
    require_writer()
    lists = _lists(posts, facts or {}, lang)
    declared = tuple(
        named_column(FACT_PREFIX, name) for name in facts or {} if name not in VOCABULARIES
    )
    amounts = tuple(named_column(SUPPLIED_PREFIX, name) for name in supplied)
    main = SheetColumns(name=ROSTER.name, columns=(*ROSTER.columns, *declared, *amounts))
    with written_whole(path) as target:
        book = new_workbook(target)
        try:
            _Template(book, lists, grades, lang).write(main)
        finally:
            book.close()


def _lists(
    posts: Sequence[tuple[str, str]], facts: Labels, lang: wording.Language
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give label and value of every drop-down list."""
    known = shipped_spellings()
    lists: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, values in VOCABULARIES.items():
        pairs = facts.get(name) or [
            (value, known.label(f"values.{name}", value)) for value in values
        ]
        for value, _ in pairs:
            if value not in values and not (value == "none" and name in _WITH_NONE):
                raise ArgumentError("not-one-of", name=name, value=value, accepted=list(values))
        labels = [(label if lang == "zh" else value, value) for value, label in pairs]
        if name in _WITH_NONE:
            labels = [pair for pair in labels if pair[1] != "none"]
            labels.insert(0, ("无" if lang == "zh" else "none", "none"))
        lists[name] = tuple(labels)
    for name, pairs in ({"post": posts} | dict(facts)).items():
        if name not in VOCABULARIES and pairs:
            lists[name] = tuple((label if lang == "zh" else value, value) for value, label in pairs)
    return lists


class _Template:
    def __init__(
        self,
        book: Workbook,
        lists: Mapping[str, tuple[tuple[str, str], ...]],
        grades: tuple[int, int] | None,
        lang: wording.Language,
    ) -> None:
        self._book = book
        self._lists = lists
        self._grades = grades
        self._lang = lang
        self._known: Spellings = shipped_spellings()
        self._bold: Format = book.add_format({"bold": True, "num_format": "@"})
        self._text: Format = book.add_format({"num_format": "@"})
        self._wrapped: Format = book.add_format({"text_wrap": True})
        self._places: dict[str, tuple[int, int]] = {}

    def write(self, main: SheetColumns) -> None:
        self._place_lists()
        for kind in (main, *LONG_SHEETS):
            self._sheet(kind)
        self._write_lists()
        self._guide()

    def _name(self, section: str, name: str) -> str:
        if section == "headers" and self._lang == "zh":
            for prefix, printed in _PREFIXES:
                if name.startswith(prefix):
                    return printed + name.removeprefix(prefix)
        return self._known.label(section, name) if self._lang == "zh" else name

    def _place_lists(self) -> None:
        row = 1
        for name, pairs in self._lists.items():
            self._places[name] = (row, row + len(pairs) - 1)
            row += len(pairs)

    def _sheet(self, kind: SheetColumns) -> None:
        sheet = self._book.add_worksheet(self._name("sheets", kind.name))
        sheet.freeze_panes(1, 1)
        # text cells keep 007 and 2019.07 as they are typed
        sheet.set_column(0, len(kind.columns) - 1, _WIDTH, self._text)
        for place, column in enumerate(kind.columns):
            sheet.write_string(0, place, self._name("headers", column.name), self._bold)
            rule = self._rule(column)
            if rule:
                sheet.data_validation(1, place, _ROWS_TO_FILL, place, rule)

    def _rule(self, column: Column) -> dict[str, Any] | None:
        vocabulary = "post" if column.reads is Reads.POST else column.vocabulary
        if vocabulary in self._places:
            first, last = self._places[vocabulary]
            choices = self._name("sheets", CHOICES.name)
            return {
                "validate": "list",
                "source": f"='{choices}'!$B${first + 1}:$B${last + 1}",
                # several honours stand in one cell
                "error_type": "warning" if column.reads is Reads.CHOICES else "stop",
            }
        if column.name == "recorded_grade" and self._grades:
            lowest, highest = self._grades
            grades = [str(grade) for grade in range(lowest, highest + 1)]
            # the cells are text, so a list and not a number range
            if len(",".join(grades)) <= _LONGEST_LIST:
                return {"validate": "list", "source": grades}
        return None

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet(self._name("sheets", CHOICES.name))
        self._columns(sheet, [column.name for column in CHOICES.columns])
        for name, pairs in self._lists.items():
            for row, (label, value) in enumerate(pairs, self._places[name][0]):
                for place, text in enumerate((name, label, value)):
                    sheet.write_string(row, place, text, self._text)

    def _columns(self, sheet: Worksheet, names: Sequence[str]) -> None:
        sheet.set_column(0, len(names) - 1, _WIDTH, self._text)
        for place, name in enumerate(names):
            sheet.write_string(0, place, self._name("headers", name), self._bold)

    def _guide(self) -> None:
        sheet = self._book.add_worksheet("说明" if self._lang == "zh" else "guide")
        sheet.set_column(0, 0, _GUIDE_WIDTH, self._wrapped)
        for row, code in enumerate(_GUIDE):
            sheet.write_string(row, 0, wording.say(code, {}, self._lang), self._wrapped)
