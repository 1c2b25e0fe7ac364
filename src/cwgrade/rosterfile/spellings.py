"""How headers, sheets and values are spelled: the shipped table, and tables that users add."""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from cwgrade.errors import ArgumentError, RosterFileError, WorkerFault
from cwgrade.rosterfile.cells import folded, key_of
from cwgrade.rosterfile.columns import (
    ATTAINED,
    CHOICES,
    DOCUMENT_PREFIX,
    FACT_PREFIX,
    LONG_SHEETS,
    PAYMENTS,
    ROSTER,
    SUPPLIED_PREFIX,
    VOCABULARIES,
    Column,
    SheetColumns,
    named_column,
    numbered_column,
)

__all__ = ["Spellings", "load_spellings", "shipped_spellings"]

_SHEETS: Final = (ROSTER, *LONG_SHEETS, CHOICES, PAYMENTS)
_SHEET_NAMES: Final = (*(sheet.name for sheet in _SHEETS), "guide")
_COLUMN_NAMES: Final = tuple(
    dict.fromkeys(column.name for sheet in _SHEETS for column in sheet.columns)
)
_WORDS: Final = ("absent", "unknown", "ongoing", "subtotal", "note", "signature", "header_note")
_PRINTED: Final = (
    (FACT_PREFIX, "facts"),
    (SUPPLIED_PREFIX, "supplied"),
    (DOCUMENT_PREFIX, "supplied"),
)
"""Where the printed names lie that may stand behind a prefix."""
_ATTAINED: Final = frozenset(known.fact for known in ATTAINED)
_NEAR: Final = 0.5
"""How alike a suggestion must be: Chinese words have two or three characters, one mistyped."""
_SHORT: Final = 3
_LARGEST: Final = 1_000_000
_REMEMBERED: Final = 10_000

Entry = tuple[str, str, str]
"""Section (`headers`, `sheets`, `words`, `values.NAME`; of one scheme `facts` and `supplied`), name, spelling."""


class Spellings:
    """How headers, sheets, values and words are spelled.

    Examples:
        >>> known = shipped_spellings()
        >>> (
        ...     known.header(ROSTER, "最高学历").name,
        ...     known.value("schooling", "大专"),
        ...     known.sheet("任职经历"),
        ... )
        ('schooling', 'college', 'spells')
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Start with the names themselves; entries add spellings.

        Raises:
            ArgumentError: One spelling would mean two things.
        """
        self._entries: dict[Entry, None] = {}
        self._names: dict[str, dict[str, list[str]]] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._near: dict[tuple[str, str], tuple[str | None, list[str]]] = {}
        for section, name in _own_names():
            self._add((section, name, name))
        for entry in entries:
            self._add(entry)

    def _add(self, entry: Entry) -> None:
        section, name, spelling = entry
        found = self._names.setdefault(section, {}).setdefault(key_of(spelling), [])
        if name in found:
            self._entries[entry] = None
            return
        for other in found:
            if section != "headers" or _on_one_sheet(name, other):
                raise ArgumentError("spellings-conflict", value=spelling, first=other, second=name)
        found.append(name)
        self._entries[entry] = None
        if spelling != name:
            self._labels.setdefault((section, name), spelling)

    def extended(
        self, entries: Iterable[Entry]
    ) -> tuple[Spellings, tuple[tuple[Entry, ArgumentError], ...]]:
        """Give new spellings with some more.

        Returns:
            The spellings, and the entries that would make one spelling mean two things.
        """
        more = Spellings(self._entries)
        refused: list[tuple[Entry, ArgumentError]] = []
        for entry in entries:
            try:
                more._add(entry)
            except ArgumentError as error:
                refused.append((entry, error))
        return more, tuple(refused)

    def label(self, section: str, name: str) -> str:
        """Give the Chinese spelling that templates print, or the name where there is none."""
        return self._labels.get((section, name), name)

    def header(self, sheet: SheetColumns, text: str) -> Column | None:
        """Find the column that a header means in a kind of sheet, `None` where it means none."""
        found = self._header(sheet, text)
        if found is None:
            form = folded(text)
            head, bracket, note = form.rpartition("(")
            if bracket and note.endswith(")") and self.is_word("header_note", note[:-1]):
                found = self._header(sheet, head)
        return found

    def _header(self, sheet: SheetColumns, text: str) -> Column | None:
        for name in self._names["headers"].get(key_of(text), ()):
            if column := sheet.column(name):
                return column
        return self._numbered(text) if sheet is ROSTER else None

    def own_name(self, section: str, text: str) -> str | None:
        """Give the id of something that a scheme declares, by the id or the printed name.

        Args:
            section: `facts` or `supplied`.
            text: What is written.
        """
        found = self._names.get(section, {}).get(key_of(text))
        return found[0] if found else None

    def _numbered(self, text: str) -> Column | None:
        """Find a column that is named by a fact or a component, whose printed name may stand for it."""
        column = numbered_column(text)
        if column is None:
            found = self.own_name("facts", text)
            return named_column(FACT_PREFIX, found) if found else None
        for prefix, section in _PRINTED:
            if column.name.startswith(prefix):
                found = self.own_name(section, column.part)
                return named_column(prefix, found) if found else column
        return column

    def near_header(
        self, sheet: SheetColumns, text: str, present: Container[str] = ()
    ) -> str | None:
        """Give the header of a kind of sheet that looks most like a text.

        Args:
            sheet: The kind of sheet.
            text: A header that is not recognised.
            present: Names of the columns that the sheet has: none of them is suggested.
        """
        key = key_of(text)
        spelled = {
            key_of(spelling): spelling
            for section, name, spelling in self._entries
            if section == "headers" and sheet.column(name) and name not in present
        }
        if sheet is ROSTER:
            spelled |= {
                key_of(spelling): "补贴:" + spelling
                for section, name, spelling in self._entries
                if section == "supplied" and SUPPLIED_PREFIX + name not in present
            }
        # two characters with one in common are alike by chance, unless it is the first
        near = {
            known: spelling
            for known, spelling in spelled.items()
            if min(len(key), len(known)) > _SHORT or known[:1] == key[:1]
        }
        return _nearest(text, near)

    def header_spellings(self, name: str) -> tuple[str, ...]:
        """Give every spelling of a column's header, the one that templates print first."""
        return tuple(
            spelling
            for section, known, spelling in self._entries
            if section == "headers" and known == name
        )

    def sheet(self, text: str) -> str | None:
        """Find the kind of sheet that a sheet's name means: a name of `columns`, or `guide`."""
        found = self._names["sheets"].get(key_of(text))
        return found[0] if found else None

    def sheet_spellings(self, name: str) -> tuple[str, ...]:
        """Give every spelling of a kind of sheet."""
        return tuple(
            spelling
            for section, known, spelling in self._entries
            if section == "sheets" and known == name
        )

    def is_word(self, word: str, text: str) -> bool:
        """Tell whether a text is one of the words of a kind, such as `absent`."""
        return word in self._words.get(key_of(text), ())

    def word_spellings(self, word: str) -> tuple[str, ...]:
        """Give every spelling of a kind of word, in the form in which spellings are compared."""
        return tuple(key for key, words in self._words.items() if word in words)

    @functools.cached_property
    def _words(self) -> Mapping[str, list[str]]:
        return self._names.get("words", {})

    def value(self, vocabulary: str, text: str) -> str:
        """Read one value of a closed list.

        `无` gives `none` where nothing was attained or no identity of the list is held, and
        `not_assessed` for a rating.

        Raises:
            ArgumentError: It is not understood; the error says what is accepted.
        """
        if found := self._names[f"values.{vocabulary}"].get(key_of(text)):
            return found[0]
        values = VOCABULARIES[vocabulary]
        if self.is_word("absent", text):
            if vocabulary in _ATTAINED or "none" in values:
                return "none"
            if vocabulary == "rating":
                return "not_assessed"
        near, accepted = self._meant(vocabulary, text)
        raise ArgumentError(
            "cell-not-a-value", value=text, near=near, accepted=accepted, vocabulary=vocabulary
        )

    def _meant(self, vocabulary: str, text: str) -> tuple[str | None, list[str]]:
        """Give the spelling that looks most like a text, and what is accepted."""
        found = self._near.get((vocabulary, text))
        if found is None:
            section = f"values.{vocabulary}"
            spelled = {
                key_of(spelling): spelling
                for known, _, spelling in self._entries
                if known == section
            }
            accepted = [f"{one}/{self.label(section, one)}" for one in VOCABULARIES[vocabulary]]
            if vocabulary in _ATTAINED:
                accepted.append("none/无")
            found = _nearest(text, spelled), accepted
            # looking for what is alike takes long, and a roster repeats what it gets wrong
            if len(self._near) < _REMEMBERED:
                self._near[vocabulary, text] = found
        return found

    def open_value(self, vocabulary: str, text: str) -> str | None:
        """Read a value of a list that schemes own: posts, declared facts.

        Returns:
            The value, or `None` where nobody spelled it.
        """
        found = self._names.get(f"values.{vocabulary}", {}).get(key_of(text))
        return found[0] if found else None


def _own_names() -> Iterator[tuple[str, str]]:
    for name in _COLUMN_NAMES:
        yield "headers", name
    for name in _SHEET_NAMES:
        yield "sheets", name
    for vocabulary, values in VOCABULARIES.items():
        for value in values:
            yield f"values.{vocabulary}", value


def _on_one_sheet(name: str, other: str) -> bool:
    return any(sheet.column(name) and sheet.column(other) for sheet in _SHEETS)


def _nearest(text: str, spelled: Mapping[str, str]) -> str | None:
    near = difflib.get_close_matches(key_of(text), spelled, n=1, cutoff=_NEAR)
    return spelled[near[0]] if near else None


@functools.cache
def shipped_spellings() -> Spellings:
    """Give the spellings that come with cwgrade."""
    text = (
        resources.files("cwgrade.rosterfile").joinpath("spellings.toml").read_text(encoding="utf-8")
    )
    return Spellings(_entries(tomllib.loads(text), "spellings.toml"))


def load_spellings(path: Path | str | None) -> Spellings:
    """Give the shipped spellings, with those of a user's file added.

    Args:
        path: A TOML file of the same form as the shipped one; `None` adds nothing.

    Raises:
        RosterFileError: The file cannot be read, or has faults; all of them at once.
    """
    known = shipped_spellings()
    if path is None:
        return known
    file, path = str(path), Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise RosterFileError([WorkerFault("spellings-too-large", file=file, most=_LARGEST)])
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fault = WorkerFault("roster-not-readable", file=file, value=file, why=error.strerror)
        raise RosterFileError([fault]) from None
    except ValueError as error:
        raise RosterFileError(
            [WorkerFault("spellings-not-toml", file=file, why=str(error))]
        ) from None
    known, refused = known.extended(_entries(tables, file))
    if refused:
        raise RosterFileError(
            [
                WorkerFault(
                    error.code, file=file, path=f"{section}.{name}", line=None, **error.facts
                )
                for (section, name, _), error in refused
            ]
        )
    return known


def _entries(tables: Mapping[str, object], file: str) -> list[Entry]:
    entries: list[Entry] = []
    faults: list[WorkerFault] = []
    for section, names in _sections(tables, file, faults):
        accepted = _accepted(section)
        for name, spellings in names.items():
            path = f"{section}.{name}"
            if accepted is not None and name not in accepted:
                near = difflib.get_close_matches(name, accepted, n=1)
                faults.append(
                    WorkerFault(
                        "spellings-unknown-name",
                        file=file,
                        path=path,
                        value=name,
                        near=near[0] if near else None,
                        accepted=list(accepted),
                    )
                )
            elif not isinstance(spellings, list) or not all(
                isinstance(spelling, str) and key_of(spelling) for spelling in spellings
            ):
                faults.append(
                    WorkerFault("spellings-not-texts", file=file, path=path, value=spellings)
                )
            else:
                entries.extend((section, name, spelling) for spelling in spellings)
    if faults:
        raise RosterFileError(faults)
    return entries


def _sections(
    tables: Mapping[str, object], file: str, faults: list[WorkerFault]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    for section, table in tables.items():
        if section in {"headers", "sheets", "words"} and isinstance(table, Mapping):
            yield section, table
        elif section == "values" and isinstance(table, Mapping):
            for vocabulary, names in table.items():
                near = difflib.get_close_matches(vocabulary, VOCABULARIES, n=1, cutoff=0.8)
                if near and vocabulary not in VOCABULARIES:
                    faults.append(
                        WorkerFault(
                            "spellings-unknown-name",
                            file=file,
                            path=f"values.{vocabulary}",
                            value=vocabulary,
                            near=near[0],
                            accepted=[*VOCABULARIES, "post"],
                        )
                    )
                elif isinstance(names, Mapping):
                    yield f"values.{vocabulary}", names
                else:
                    faults.append(
                        WorkerFault(
                            "spellings-not-texts",
                            file=file,
                            path=f"values.{vocabulary}",
                            value=names,
                        )
                    )
        else:
            faults.append(
                WorkerFault(
                    "spellings-unknown-name",
                    file=file,
                    path=section,
                    value=section,
                    near=None,
                    accepted=["headers", "sheets", "words", "values"],
                )
            )


def _accepted(section: str) -> tuple[str, ...] | None:
    """Give the names of a section; `None` where schemes own the list."""
    match section:
        case "headers":
            return _COLUMN_NAMES
        case "sheets":
            return _SHEET_NAMES
        case "words":
            return _WORDS
        case _:
            return VOCABULARIES.get(section.removeprefix("values."))
