"""Asks where a value was found: document and clause, and what is to be known of a document that is new to the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, Protocol

import attrs

from cwgrade.cli.accepted import accepted_text
from cwgrade.cli.options import toml_value
from cwgrade.errors import SchemeFault
from cwgrade.schemefile.kinds import is_name
from cwgrade.schemefile.problems import typed
from cwgrade.sources import Trust
from cwgrade.tomlfile import path_text
from cwgrade.wording import Language, say

__all__ = ["Ask", "Cited", "Documents", "Stopped"]

_INSTRUMENT: Final = "instrument"
_READ_ON: Final = "read_on"
_URL: Final = "url"
_SOURCE: Final = (_INSTRUMENT, "issuer", "number", _URL, _READ_ON, "trust")
"""What is asked of a document that the file does not have yet."""


class Stopped(Exception):  # noqa: N818 -- a wish, not a mistake
    """Somebody wants to go on another day."""


class Ask(Protocol):
    """Puts a question, given by its code and facts, and gives what was entered."""

    def __call__(self, code: str, /, **facts: object) -> str:
        """Ask."""


@attrs.frozen
class Cited:
    """Where a value was found.

    Attributes:
        source: The id of the document; empty where it is the one that the definition names.
        clause: Article or item.
        section: The section of a document that the file does not have yet.
    """

    source: str = ""
    clause: str = ""
    section: str = ""


@attrs.frozen(kw_only=True)
class Documents:
    """The documents that values may be found in.

    Attributes:
        known: The ids of those that the file has.
        own: The one that the definition names; empty where it names none.
        needed: Whether the definition has to name one.
        faults_with: Gives the faults that the file would have with a section at its end.
        ask: Puts a question.
        lang: The language.
    """

    known: Sequence[str]
    own: str
    needed: bool
    faults_with: Callable[[str], Sequence[SchemeFault]]
    ask: Ask
    lang: Language

    def where_found(self) -> Cited:
        """Ask for document and clause; nothing entered is the document that the definition names."""
        code = "cli-fill-source-own" if self.own else "cli-fill-source"
        while True:
            named, section = self.ask(code, known=list(self.known), own=self.own), ""
            if not named and self.needed:
                print(say("cli-fill-source-needed", {}, self.lang))
                continue
            if named and not is_name(named):
                print(say("bad-name", {"value": named}, self.lang))
                continue
            if named and named not in self.known and not (section := self._new(named)):
                continue
            clause = self.ask("cli-fill-clause")
            return Cited("" if named == self.own else named, clause, section)

    def _new(self, name: str) -> str:
        """Ask about a document that the file does not have; empty where it is none after all.

        What is wrong is asked again, and only that.
        """
        print(say("cli-fill-new-document", {"name": name, "key": _INSTRUMENT}, self.lang))
        entered: dict[str, object] = {}
        needed = self._needed(name)
        asked: Sequence[str] = _SOURCE
        while True:
            for key in asked:
                self._enter(name, key, entered, "needed" if key in needed else "optional")
                if _INSTRUMENT not in entered:
                    return ""
            section = _section(name, entered)
            faults = self.faults_with(section)
            if not faults:
                return section
            for fault in faults:
                print(fault.text(self.lang))
            asked = [key for key in _SOURCE if any(_is_about(one, name, key) for one in faults)]
            if not asked:
                return ""

    def _needed(self, name: str) -> list[str]:
        """Give what a document cannot do without in this file, as its readers tell it."""
        bare: dict[str, object] = {_INSTRUMENT: name}
        # the whole is looked at once each key can be read
        sound = {**bare, _READ_ON: date(2000, 1, 1), "trust": str(Trust.OFFICIAL)}
        faults = [*self.faults_with(_section(name, bare)), *self.faults_with(_section(name, sound))]
        return [key for key in _SOURCE if any(_is_about(one, name, key) for one in faults)]

    def _enter(self, name: str, key: str, entered: dict[str, object], how: str) -> None:
        """Ask for one thing about a document until it can be read."""
        code = "cli-fill-first-source" if key == _INSTRUMENT else f"cli-fill-{how}-source"
        told = accepted_text(("sources", name, key), (), self.lang)
        while True:
            entered.pop(key, None)
            answer = self.ask(code, name=name, key=key, accepted=told)
            if not answer:
                return
            entered[key] = toml_value(answer) if key == _READ_ON else answer
            faults = [
                one
                for one in self.faults_with(_section(name, entered))
                if one.path == path_text(("sources", name, key))
            ]
            if not faults:
                return
            for fault in faults:
                print(fault.text(self.lang))


def _section(name: str, entered: dict[str, object]) -> str:
    lines = [f"[sources.{name if name.isascii() else typed(name)}]"]
    return "\n".join([*lines, *(f"{key} = {typed(one)}" for key, one in entered.items())]) + "\n"


def _is_about(fault: SchemeFault, name: str, key: str) -> bool:
    """Tell whether a fault is mended by another answer to the question about a key."""
    if fault.code == "missing-key":
        return fault.facts["value"] == key
    if fault.code == "source-without-address":
        return key == _URL
    return fault.path == path_text(("sources", name, key))
