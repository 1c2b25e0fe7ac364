"""`cwgrade fill FILE`: goes through what a scheme file leaves open, and writes the values that somebody found."""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.cli.accepted import accepted_text
from cwgrade.cli.cited import Cited, Documents, Stopped
from cwgrade.cli.needs import omissions
from cwgrade.cli.options import Parser, toml_value
from cwgrade.errors import SchemeFault, SchemeFileError
from cwgrade.law.effects import NOT_STATED
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.assumed import open_fields, steps_of
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.gaptext import WrittenGap, filled_text, gaps_in, with_gap
from cwgrade.schemefile.layers import Layered
from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.pasted import has_gap, is_sheet
from cwgrade.schemefile.problems import Path as Place
from cwgrade.schemefile.schema import shape_of
from cwgrade.tomlfile import path_text
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_DONE, _FAULTY = 0, 1
_BOM: Final = b"\xef\xbb\xbf"
_STOP: Final = "q"
_NOT_WRITTEN: Final = "not written"
"""Stands for the reason while a field that the file leaves out is filled."""
_BESIDE: Final = {
    "day-needed": "day",
    "annual-day-needed": "annual_day",
    "shift-without-grades": "grades",
}
"""The faults of a value that needs another key beside it, and that key."""


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade fill", "cli-fill-about", lang=lang, epilog="cli-fill-epilog")
    parser.subject("file", "cli-help-fill")
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Ask for each value, check it, and write it into the file at once.

    Returns:
        0, or 1 where the file is faulty before anything is filled.

    Raises:
        OSError: The file cannot be read.
    """
    from cwgrade.catalogue import read_scheme

    path = Path(arguments.file)
    try:
        read_scheme(path)
    except SchemeFileError as error:
        print(error.text(lang))
        print(say("cli-fill-faulty", {"file": str(path)}, lang))
        return _FAULTY
    filling = _Filling(path, lang)
    # where only a gap can stand, nothing can be filled in
    gaps = tuple(one for one in gaps_in(filling.text) if accepted_text(one.path, one.among, lang))
    print(say("cli-fill-begin", {"file": str(path), "count": len(gaps), "stop": _STOP}, lang))
    apart = filling.apart()
    if apart:
        print(say("cli-fill-apart", {"paths": apart}, lang))
    left_out = filling.left_out(lang)
    if left_out:
        print(say("cli-fill-left-out", {"count": len(left_out)}, lang))
    count, done = len(gaps) + len(left_out), 0
    try:
        for place, gap in enumerate(gaps, start=1):
            print()
            print(f"[{place}/{count}] {path_text(gap.path)}")
            done += filling.ask(gap)
        for place, path_left_out in enumerate(left_out, start=len(gaps) + 1):
            print()
            print(f"[{place}/{count}] {path_text(path_left_out)}")
            done += filling.ask_left_out(path_left_out)
    except (Stopped, EOFError):
        print()
    left = len(gaps_in(filling.text)) + len(filling.left_out(lang))
    code = "cli-fill-end" if done else "cli-fill-nothing"
    print(say(code, {"file": str(path), "count": done, "left": left}, lang))
    return _DONE


def _sheets_with_gaps(table: object, path: Place = ()) -> Iterator[Place]:
    """Give the pasted tables of which a cell says that the source leaves it out."""
    if isinstance(table, Mapping):
        for name, inner in table.items():
            yield from _sheets_with_gaps(inner, (*path, name))
    elif isinstance(table, str) and is_sheet(table) and has_gap(table):
        yield path


class _Filling:
    """A file that is being filled.

    Attributes:
        text: What it holds now.
    """

    def __init__(self, path: Path, lang: Language) -> None:
        """Take the file as it is; its mark and its ends of lines are kept."""
        raw = path.read_bytes()
        self._bom = _BOM if raw.startswith(_BOM) else b""
        self._path, self._lang = path, lang
        self.text = raw.removeprefix(_BOM).decode()

    def read(self, text: str) -> SchemeVersion:
        """Read a text in the place of the file.

        Raises:
            SchemeFileError: It is faulty.
        """
        from cwgrade.catalogue import parse_scheme

        return parse_scheme(text, file=str(self._path), folder=self._path.parent)

    def apart(self) -> list[str]:
        """Give the gaps that are written as sections, which only their author can fill."""
        inline = {gap.path for gap in gaps_in(self.text)}
        table = tomllib.loads(self.text)
        found = [path for path, gap in open_fields(table) if is_missing(gap) and path not in inline]
        return [path_text(path) for path in (*found, *_sheets_with_gaps(table))]

    def left_out(self, lang: Language) -> tuple[Place, ...]:
        """Give the fields that the file does not write at all and an answer may need, as `check` lists them."""
        version = self.read(self.text)
        own = tomllib.loads(self.text)
        below = version.origin.table if isinstance(version.origin, Layered) else own
        paths = [steps_of(one.path) for one in omissions(version) if one.left_out]
        return tuple(
            path
            for path in paths
            # what a scheme below writes is filled there
            if (path[0] in own or path[0] not in below)
            and accepted_text(path, (), lang)
            and with_gap(self.text, path, _NOT_WRITTEN) is not None
        )

    def ask_left_out(self, path: Place) -> bool:
        """Ask for the value of a field that the file does not write; tell whether one was written."""
        before = self.text
        self.text = with_gap(before, path, _NOT_WRITTEN) or before
        gap = next(one for one in gaps_in(self.text) if one.path == path)
        why = NOT_STATED.zh if self._lang == "zh" else NOT_STATED.why
        written = False
        try:
            written = self.ask(attrs.evolve(gap, why=why, zh=why))
        finally:
            if not written:
                self.text = before
        return written

    def ask(self, gap: WrittenGap) -> bool:
        """Ask for a value until one is right, or nothing is entered; tell whether one was written.

        It is written with its source, or not at all.
        """
        why = (gap.zh or gap.why) if self._lang == "zh" else gap.why
        print(say("cli-fill-why", {"why": why}, self._lang))
        told = accepted_text(gap.path, gap.among, self._lang)
        print(say("cli-fill-accepted", {"accepted": told}, self._lang))
        documents = Documents(
            known=list(tomllib.loads(self.text)["sources"]),
            own=next((str(one["source"]) for one in self._around(gap) if "source" in one), ""),
            needed=self._needs_source(gap),
            faults_with=self._faults_with,
            ask=self._answer,
            lang=self._lang,
        )
        while typed_in := self._answer("cli-fill-value"):
            value = toml_value(typed_in)
            # the value is checked before anybody is asked where it was found
            beside = self._beside(gap, value, documents.known[0])
            if beside is None:
                continue
            try:
                cited = documents.where_found()
            except (Stopped, EOFError):
                print()
                print(say("cli-fill-not-kept", {"path": path_text(gap.path)}, self._lang))
                raise
            text = self._text(gap, value, beside, cited)
            if text is not None and not self._told(self._faults(text)):
                self._write(text)
                print(say("cli-fill-written", {"path": path_text(gap.path)}, self._lang))
                return True
        return False

    def _beside(self, gap: WrittenGap, value: object, source: str) -> dict[str, object] | None:
        """Check a value in its place, and ask for the keys that it needs beside it.

        Args:
            gap: Where the value goes.
            value: The value.
            source: A document that stands in while nobody has said where the value was found.

        Returns:
            Those keys; `None` where the value cannot stand.
        """
        beside: dict[str, object] = {}
        key = ""
        probe = Cited(source=source if self._needs_source(gap) else "")
        while (text := self._text(gap, value, beside, probe)) is not None:
            faults = self._faults(text)
            if not faults:
                return beside
            wanted = [_BESIDE[one.code] for one in faults if one.code in _BESIDE]
            if len(wanted) < len(faults):
                self._told(faults)
            else:
                key = wanted[0]
            if not key:
                return None
            told = accepted_text((*gap.path[:-1], key), (), self._lang)
            answer = self._answer("cli-fill-beside", key=key, accepted=told)
            if not answer:
                return None
            beside[key] = toml_value(answer)
        return None

    def _answer(self, code: str, /, **facts: object) -> str:
        answer = input(say(code, facts, self._lang)).strip()
        if not sys.stdin.isatty():
            # nobody's key ended the line
            print()
        if answer == _STOP:
            raise Stopped
        return answer

    # --- the text

    def _here(self, gap: WrittenGap) -> WrittenGap:
        """Find a gap in the text as it is now: what was filled before it has moved it."""
        return next(one for one in gaps_in(self.text) if one.path == gap.path)

    def _around(self, gap: WrittenGap) -> list[Mapping[str, object]]:
        """Give the tables around a gap, the nearest first."""
        inner: Any = tomllib.loads(self.text)
        around = []
        for step in gap.path[:-1]:
            inner = inner[step]
            around.append(inner)
        return [one for one in reversed(around) if isinstance(one, Mapping)]

    def _needs_source(self, gap: WrittenGap) -> bool:
        """Tell whether the definition around a gap names no source; one that is filled has to."""
        shape = shape_of(gap.path[:-1])
        keys = shape.get("properties", {}) if shape is not None else {}
        return "source" in keys and "source" not in self._around(gap)[0]

    def _text(
        self, gap: WrittenGap, value: object, beside: Mapping[str, object], cited: Cited
    ) -> str | None:
        """Give the text with a value and with its source; say where only its author can write it.

        The source stands in the definition where that names none yet, and otherwise with the value; where it takes none
        of its own, in a comment.
        """
        here, section = self._here(gap), cited.section
        source = {"source": cited.source, "clause": cited.clause}
        around: Mapping[str, object] = next(
            (one for one in self._around(gap) if "source" in one), {}
        )
        # the definition may say the same already
        source = {key: one for key, one in source.items() if one and one != around.get(key)}
        if not source or self._needs_source(gap):
            text = filled_text(self.text, here, value, beside={**beside, **source}, section=section)
        else:
            text = self._with_own_source(here, value, source, section)
            if text is None or self._faults(text):
                remark = " ".join([f"{path_text(gap.path)}:", *source.values()])
                text = filled_text(
                    self.text, here, value, beside=beside, remark=remark, section=section
                )
        if text is None:
            print(say("cli-fill-by-hand", {"path": path_text(gap.path)}, self._lang))
        return text

    def _with_own_source(
        self, here: WrittenGap, value: object, source: Mapping[str, str], section: str
    ) -> str | None:
        units = KEY_OF_UNIT.values()
        unit = next((step for step in reversed(here.path) if step in units), None)
        above = next((one["source"] for one in self._around(here) if "source" in one), None)
        cited = {"source": above, **source}
        if unit is None or cited["source"] is None:
            return None
        cell: dict[str, object] = {str(unit): value, **cited}
        return filled_text(self.text, here, cell, section=section)

    def _faults(self, text: str) -> Sequence[SchemeFault]:
        try:
            self.read(text)
        except SchemeFileError as error:
            return [one for one in error.exceptions if isinstance(one, SchemeFault)]
        return ()

    def _faults_with(self, section: str) -> Sequence[SchemeFault]:
        """Give the faults of the file as it is, with a section at its end."""
        return self._faults(self.text.rstrip("\r\n") + "\n\n" + section)

    def _told(self, faults: Sequence[SchemeFault]) -> bool:
        """Print faults; tell whether there are any."""
        for fault in faults:
            print(fault.text(self._lang))
        return bool(faults)

    def _write(self, text: str) -> None:
        from cwgrade.rosterfile.writing import written_whole

        with written_whole(self._path) as target:
            target.write(self._bom + text.encode())
        self.text = text
