"""`cwgrade fill FILE`: goes through what a scheme file leaves open, and writes the values that somebody found."""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.cli.accepted import accepted_text
from cwgrade.cli.needs import omissions
from cwgrade.cli.options import Parser, toml_value
from cwgrade.errors import SchemeFileError
from cwgrade.law.effects import NOT_STATED
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.assumed import open_fields, steps_of
from cwgrade.schemefile.gaptext import WrittenGap, filled_text, gaps_in, with_gap
from cwgrade.schemefile.layers import Layered
from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.pasted import has_gap, is_sheet
from cwgrade.schemefile.problems import Path as Place
from cwgrade.schemefile.problems import typed
from cwgrade.schemefile.schema import shape_of
from cwgrade.tomlfile import path_text
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_DONE, _FAULTY = 0, 1
_BOM: Final = b"\xef\xbb\xbf"
_STOP: Final = "q"
_READ_ON: Final = "read_on"
_NAME: Final = re.compile(r"[\w-]+")
_NOT_WRITTEN: Final = "not written"
"""Stands for the reason while a field that the file leaves out is filled."""
_SOURCE: Final = ("instrument", "issuer", "number", "url", _READ_ON, "trust")
"""What is asked of a document that the file does not have yet."""


class _Stopped(Exception):  # noqa: N818 -- a wish, not a mistake
    """Somebody wants to go on another day."""


@attrs.frozen
class _Cited:
    """Where a value was found.

    Attributes:
        source: The id of the document.
        clause: Article or item.
        section: The section of a document that the file does not have yet.
    """

    source: str = ""
    clause: str = ""
    section: str = ""


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
    except (_Stopped, EOFError):
        print()
    done += filling.stopped_with
    left = len(gaps_in(filling.text)) + len(filling.left_out(lang))
    print(say("cli-fill-end", {"file": str(path), "count": done, "left": left}, lang))
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
        stopped_with: 1 where a value was written that was entered before somebody stopped.
    """

    def __init__(self, path: Path, lang: Language) -> None:
        """Take the file as it is; its mark and its ends of lines are kept."""
        raw = path.read_bytes()
        self._bom = _BOM if raw.startswith(_BOM) else b""
        self._path, self._lang = path, lang
        self.stopped_with = 0
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
        try:
            if self.ask(attrs.evolve(gap, why=why, zh=why)):
                return True
        except (_Stopped, EOFError):
            if not self.stopped_with:
                self.text = before
            raise
        self.text = before
        return False

    def ask(self, gap: WrittenGap) -> bool:
        """Ask for a value until one is right, or nothing is entered; tell whether one was written."""
        why = (gap.zh or gap.why) if self._lang == "zh" else gap.why
        print(say("cli-fill-why", {"why": why}, self._lang))
        told = accepted_text(gap.path, gap.among, self._lang)
        print(say("cli-fill-accepted", {"accepted": told}, self._lang))
        known = list(tomllib.loads(self.text)["sources"])
        # the value is checked before anybody is asked where it was found
        probe = _Cited(source=known[0]) if self._needs_source(gap) else _Cited()
        while typed_in := self._answer("cli-fill-value"):
            value = toml_value(typed_in)
            if not self._try(gap, value, probe):
                continue
            try:
                cited = self._where_found(gap, known)
            except (_Stopped, EOFError):
                self._keep(gap, value)
                raise
            if self._try(gap, value, cited, write=True):
                print(say("cli-fill-written", {"path": path_text(gap.path)}, self._lang))
                return True
        return False

    def _keep(self, gap: WrittenGap, value: object) -> None:
        """Write a value whose source nobody stayed to enter, where it can stand without one; say which it is."""
        path = {"path": path_text(gap.path)}
        if self._needs_source(gap):
            print(say("cli-fill-not-kept", path, self._lang))
        elif self._try(gap, value, _Cited(), write=True):
            self.stopped_with = 1
            print(say("cli-fill-kept", path, self._lang))

    def _answer(self, code: str, **facts: object) -> str:
        answer = input(say(code, facts, self._lang)).strip()
        if not sys.stdin.isatty():
            # nobody's key ended the line
            print()
        if answer == _STOP:
            raise _Stopped
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

    def _try(self, gap: WrittenGap, value: object, cited: _Cited, *, write: bool = False) -> bool:
        """Check a value in its place, and write the file where that is asked and nothing is wrong."""
        beside = {}
        remark = ""
        if cited.source and self._needs_source(gap):
            beside = {"source": cited.source, "clause": cited.clause}
            beside = {key: one for key, one in beside.items() if one}
        elif cited.source or cited.clause:
            remark = f"{path_text(gap.path)}: {cited.source} {cited.clause}".rstrip()
        text = filled_text(
            self.text,
            self._here(gap),
            value,
            beside=beside,
            remark=remark,
            section=cited.section,
        )
        if text is None:
            print(say("cli-fill-by-hand", {"path": path_text(gap.path)}, self._lang))
            return False
        try:
            self.read(text)
        except SchemeFileError as error:
            print(error.text(self._lang))
            return False
        if write:
            from cwgrade.rosterfile.writing import written_whole

            with written_whole(self._path) as target:
                target.write(self._bom + text.encode())
            self.text = text
        return True

    # --- where a value was found

    def _where_found(self, gap: WrittenGap, known: list[str]) -> _Cited:
        """Ask for document and clause; nothing entered is the document that the definition names."""
        own = next((str(one["source"]) for one in self._around(gap) if "source" in one), "")
        while True:
            code = "cli-fill-source-own" if own else "cli-fill-source"
            named = self._answer(code, known=known, own=own)
            if named and not _NAME.fullmatch(named):
                print(say("bad-name", {"value": named}, self._lang))
            elif named or own or not self._needs_source(gap):
                break
            else:
                print(say("cli-fill-source-needed", {}, self._lang))
        section = self._new_source(named) if named and named not in known else ""
        clause = self._answer("cli-fill-clause")
        return _Cited("" if named == own else named, clause, section)

    def _new_source(self, name: str) -> str:
        """Ask about a document that the file does not have, until its section can be read."""
        while True:
            lines = [f"[sources.{name if name.isascii() else typed(name)}]"]
            for key in _SOURCE:
                if answer := self._answer("cli-fill-new-source", name=name, key=key):
                    value = toml_value(answer) if key == _READ_ON else answer
                    lines.append(f"{key} = {typed(value)}")
            section = "\n".join(lines) + "\n"
            try:
                self.read(self.text.rstrip("\r\n") + "\n\n" + section)
            except SchemeFileError as error:
                print(error.text(self._lang))
                continue
            return section
