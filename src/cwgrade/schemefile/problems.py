"""Faults inside a file, before their file and line are known, and how the faults of one file are gathered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path as FilePath
from typing import Any, Protocol

import attrs

from cwgrade.errors import SchemeFault
from cwgrade.tomlfile import path_text
from cwgrade.wording import LANGUAGES, say

__all__ = [
    "At",
    "Found",
    "Path",
    "Places",
    "Problem",
    "Wrong",
    "names_in",
    "place_text",
    "problem",
    "typed",
]

Path = tuple[str | int, ...]


class Places(Protocol):
    """Knows where everything is written."""

    def place_of(self, path: Path) -> tuple[str, int | None]:
        """Give the file and the line of a path."""


class Wrong(Exception):  # noqa: N818 -- leaves one reader and becomes a Problem there
    """One value cannot be read; whoever knows its path makes a `Problem` of it."""

    def __init__(self, code: str, path: Path = (), **facts: object) -> None:
        """Keep the code, a path relative to the value, and the facts."""
        super().__init__(code, path, facts)
        self.code = code
        self.path = path
        self.facts = facts


@attrs.frozen
class At:
    """A place in the file as a fact of a message: its name, told with its line.

    Attributes:
        path: The place.
        name: How it is called; its path where it has no other name.
    """

    path: Path
    name: str = ""


@attrs.frozen
class Problem:
    """One fault at its path.

    Attributes:
        code: The code of its message.
        path: Where it is.
        facts: What the message is built from.
        rests_on: Places that were taken as read correctly; where one of them is at fault itself, this is no fault yet.
        spoils: Whether others that rest on its place are no faults yet.
    """

    code: str
    path: Path
    facts: Mapping[str, object] = attrs.field(factory=dict)
    rests_on: tuple[Path, ...] = ()
    spoils: bool = False


def problem(code: str, path: Path, *rests_on: Path, **facts: object) -> Problem:
    """Make a fault of the scheme as a whole.

    Args:
        code: The code of its message.
        path: Where it is.
        rests_on: Places that were taken as read correctly.
        facts: What the message is built from.
    """
    return Problem(code, path, facts, rests_on)


def names_in(section: str) -> Path:
    """Give the place that stands for the names of a section, whatever is at fault inside one of them."""
    return section, ""


class Found:
    """The faults of one file, filled while it is read.

    Where a value cannot be read, something stands in for it so that the rest can still be checked. What would follow
    only from what stands in is held back until the file says what is meant.

    Attributes:
        problems: The faults.
        rungs: Lowest and highest `grade` and `step`, where the file has such a ladder: lists by them are written out.
            `None` where the source leaves the range out.
        rungs_of_post: The same of each post that states its own, by the name of the ladder and the post.
        printed: For a name that tables are looked up by, its printed headings and the ids they mean; for `""` those of
            every post and fact.
        folder_of: Gives the folder of the file that a place is written in, where it was read from one: tables may stand
            beside it.
    """

    def __init__(self) -> None:
        """Start without faults."""
        self.problems: list[Problem] = []
        self.rungs: Mapping[str, tuple[int, int] | None] = {}
        self.rungs_of_post: Mapping[tuple[str, str], tuple[int, int] | None] = {}
        self.printed: Mapping[str, Mapping[str, str]] = {}
        self.folder_of: Callable[[Path], FilePath | None] = lambda _path: None
        self._lost: set[Path] = set()
        self._written: dict[Path, Path] = {}

    def add(self, code: str, path: Path, **facts: object) -> None:
        """Note a value that cannot be read."""
        self.problems.append(Problem(code, path, facts))
        self.lose(path)

    def note(self, code: str, path: Path, **facts: object) -> None:
        """Note a fault that leaves everything around it readable."""
        self.problems.append(Problem(code, path, facts))

    def lose(self, path: Path) -> None:
        """Note that a place cannot be relied on."""
        self._lost.add(path)

    def lost(self, path: Path) -> bool:
        """Tell whether a place, something in it or something around it cannot be relied on."""
        return any(_related(path, other) for other in self._lost)

    def admit(self, fault: Problem) -> None:
        """Take a fault of the scheme as a whole, unless it only follows from one that is known."""
        if self.lost(fault.path) or any(self.lost(path) for path in fault.rests_on):
            return
        self.problems.append(fault)
        if fault.spoils:
            self.lose(fault.path)

    def wrote(self, path: Path, written: Path) -> None:
        """Note that a place is written in the file under another key than the one it is read into."""
        self._written[path] = written

    def written(self, path: Path) -> Path:
        """Give a place as the file writes it."""
        for count in range(len(path), 0, -1):
            found = self._written.get(path[:count])
            if found is not None:
                return (*found, *path[count:])
        return path

    def faults(self, places: Places) -> list[SchemeFault]:
        """Give every fault once, with file and line."""
        faults = []
        for one in self.problems:
            path = self.written(one.path)
            file, line = places.place_of(path)
            facts = {name: _fact(fact, places, file, self) for name, fact in one.facts.items()}
            where = path_text(path)
            faults.append(SchemeFault(one.code, file=file, path=where, line=line, **facts))
        unique = {(fault.code, fault.path, str(fault.facts)): fault for fault in faults}
        return list(unique.values())


def _related(one: Path, other: Path) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


# --- facts as people read them ---------------------------------------------------------------------------------------


class _Typed(str):
    """A value as the file writes it: a message shows it without quotation marks around it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _fact(fact: object, places: Places, here: str, found: Found) -> object:
    match fact:
        case At():
            return _place(fact, places, here, found)
        case [At(), *_]:
            told = [_place(one, places, here, found) for one in fact if isinstance(one, At)]
            return {lang: " → ".join(one[lang] for one in told) for lang in LANGUAGES}
        case str() | None | date():
            return fact
        case int() if not isinstance(fact, bool):
            return fact
        case Sequence() if all(isinstance(one, str) for one in fact):
            return list(fact)
        case _:
            return _Typed(typed(fact))


def _place(at: At, places: Places, here: str, found: Found) -> dict[str, str]:
    path = found.written(at.path)
    return place_text(places.place_of(path), at.name or path_text(path), here=here)


def place_text(place: tuple[str, int | None], name: str, *, here: str) -> dict[str, str]:
    """Name a place with its line, and with its file where that is another one.

    Args:
        place: The file and the line.
        name: How the place is called.
        here: The file that the message is about.
    """
    file, line = place
    facts = {"file": file, "line": line}
    if line is None:
        return dict.fromkeys(LANGUAGES, name)
    code = "at-line" if file == here else "at-line-of"
    told = {lang: say(code, facts, lang) for lang in LANGUAGES}
    return {"en": f"{name} ({told['en']})", "zh": f"{name}（{told['zh']}）"}


def typed(value: Any) -> str:
    """Write a value as a TOML file does.

    Examples:
        >>> typed({"a": [Decimal("0.50"), True, "x"]})
        '{ a = [0.50, true, "x"] }'
    """
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case Fraction():
            return str(value)
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        case date():
            return value.isoformat()
        case Mapping():
            inside = ", ".join(f"{key} = {typed(one)}" for key, one in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return "[" + ", ".join(typed(one) for one in value) + "]"
        case _:
            return str(value)
