"""Facts files: what the sources of a scheme say, and where each of it stands in the scheme.

One lies beside each published scheme (`ID.facts.toml`), so that nobody has to guess whether something was left out
of the scheme by intention. It is read against the scheme: a place that does not exist, or is no gap, is a fault of the
facts file. The format is described in `docs/reference/catalogue.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.catalogue import scheme_path
from cwgrade.errors import FaultGroup, FileFault, SchemeFault, SchemeFileError, WorkerFileError
from cwgrade.exchange.faults import read_strictly
from cwgrade.schemefile.layers import layered
from cwgrade.schemefile.pasted import has_gap
from cwgrade.sources import Label
from cwgrade.tomlfile import TomlFile, near, path_text, read_toml

__all__ = ["FORMAT", "Fact", "Facts", "Wanted", "facts_of", "read_facts"]

FORMAT: Final = "cwgrade-facts/1"

_SUFFIX: Final = ".facts.toml"
_PLACE: Final = re.compile(r"[^.\[\]]+(?:\.[^.\[\]]+|\[\d+\])*")
_PART: Final = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_NAMED: Final = (
    "posts",
    "series",
    "pegs",
    "tallies",
    "time_in_post",
    "credits",
    "quantities",
    "pay",
    "checks",
)
_SINGLE: Final = ("base", "ladder", "step", "split", "stacking", "transition", "recognition")
"""Sections that hold what a document says; what is left of a scheme file says how to read it, or holds gaps."""

_Path = tuple[str | int, ...]
_Told = tuple[str, _Path, dict[str, Any]]


@attrs.frozen(kw_only=True)
class Fact:
    """One thing that a source says. Exactly one of `path`, `gap` and `outside` is given.

    Attributes:
        says: What it says, in own words.
        path: The definitions of the scheme that hold it.
        gap: The missing fields of the scheme that it belongs to: the source speaks of them and does not give them.
        outside: Why it is no rule of grade or pay, or cannot be one here.
    """

    says: Label
    path: tuple[str, ...] = ()
    gap: tuple[str, ...] = ()
    outside: Label | None = None


@attrs.frozen(kw_only=True)
class Wanted:
    """What is still missing from a scheme.

    Attributes:
        what: What is missing.
        document: The document that has it, as far as it is known.
        paths: The gaps that it would fill; empty where the scheme has no place for it yet.
    """

    what: Label
    document: str
    paths: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Facts:
    """The facts file of a scheme.

    Attributes:
        format: `"cwgrade-facts/1"`.
        scheme: The scheme's id.
        facts: What the sources say.
        wanted: What is still missing.
    """

    format: str
    scheme: str
    facts: tuple[Fact, ...]
    wanted: tuple[Wanted, ...] = ()


def facts_of(scheme: Path) -> Path:
    """Give where the facts file of a scheme file stands, beside it.

    Examples:
        >>> facts_of(Path("harbin-2016.toml")).name
        'harbin-2016.facts.toml'
    """
    return scheme.with_suffix(_SUFFIX)


def read_facts(path: Path, *, scheme: Path | None = None) -> Facts:
    """Read the facts file of a scheme, and hold it against the scheme.

    Args:
        path: The file.
        scheme: The scheme file; without it the one beside the facts file, `ID.toml` beside `ID.facts.toml`.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.
        OSError: One of the two cannot be opened.

    Examples:
        >>> from cwgrade.catalogue import facts_path
        >>> read_facts(facts_path("harbin-2016")).facts[0].path
        ('posts.principal', 'pay.allowance')
    """
    file = read_toml(path)
    beside = path.with_name(f"{path.name.removesuffix(_SUFFIX)}.toml")
    try:
        facts = read_strictly(file.table, Facts, file=file.file, line_of=file.line_of)
    except WorkerFileError as error:
        raise SchemeFileError(_as_scheme_faults(error)) from None
    own = read_toml(beside if scheme is None else scheme)
    table = layered(own, scheme_path).table
    told = (*_about_the_file(facts, table), *_about_rows(facts, table), *_untold(facts, own.table))
    if told:
        raise SchemeFileError(_in_order(told, file))
    return facts


def _as_scheme_faults(group: FaultGroup) -> list[SchemeFault]:
    return [
        SchemeFault(one.code, file=one.file, path=one.path, line=one.line, **one.facts)
        for one in group.exceptions
        if isinstance(one, FileFault)
    ]


def _in_order(told: tuple[_Told, ...], file: TomlFile) -> list[SchemeFault]:
    faults = [
        SchemeFault(code, file=file.file, path=path_text(at), line=file.line_of(at), **facts)
        for code, at, facts in told
    ]
    return sorted(faults, key=lambda fault: fault.line or 0)


# ---------------------------------------------------------------------------------- what can be wrong


def _about_the_file(facts: Facts, table: Mapping[str, Any]) -> Iterator[_Told]:
    if facts.format != FORMAT:
        yield "unknown-format", ("format",), {"value": facts.format, "accepted": [FORMAT]}
    header = table.get("scheme")
    needed = header.get("id") if isinstance(header, Mapping) else None
    if facts.scheme != needed:
        yield "facts-other-scheme", ("scheme",), {"value": facts.scheme, "needed": needed}


def _about_rows(facts: Facts, table: Mapping[str, Any]) -> Iterator[_Told]:
    for place, fact in enumerate(facts.facts):
        at: _Path = ("facts", place)
        given = [name for name in ("path", "gap", "outside") if getattr(fact, name)]
        if len(given) != 1:
            yield "facts-one-place", at, {"value": given or None}
        yield from _texts((*at, "says"), fact.says)
        if fact.outside is not None:
            yield from _texts((*at, "outside"), fact.outside)
        yield from _places((*at, "path"), fact.path, table, gaps=False)
        yield from _places((*at, "gap"), fact.gap, table, gaps=True)
    for place, wanted in enumerate(facts.wanted):
        at = ("wanted", place)
        yield from _texts((*at, "what"), wanted.what)
        if not wanted.document.strip():
            yield "empty-text", (*at, "document"), {}
        yield from _places((*at, "paths"), wanted.paths, table, gaps=True)


def _texts(at: _Path, label: Label) -> Iterator[_Told]:
    for lang in ("zh", "en"):
        if not getattr(label, lang).strip():
            yield "empty-text", (*at, lang), {}


def _places(
    at: _Path, names: tuple[str, ...], table: Mapping[str, Any], *, gaps: bool
) -> Iterator[_Told]:
    for place, name in enumerate(names):
        found = _found(name, table)
        if found is None:
            facts = {"value": name, "near": near(name, [*_all_places(table)])}
            yield "facts-no-such-place", (*at, place), facts
        elif gaps and not _is_gap(found):
            yield "facts-not-a-gap", (*at, place), {"value": name}


def _untold(facts: Facts, table: Mapping[str, Any]) -> Iterator[_Told]:
    """Find what the file itself defines and no fact speaks of: then it has no origin that a reader could follow."""
    told = {name for fact in facts.facts for name in (*fact.path, *fact.gap)}
    named = [f"{one}.{name}" for one in _NAMED for name in table.get(one, ())]
    for name in (*named, *(one for one in _SINGLE if one in table)):
        if not any(f"{one}.".startswith(f"{name}.") or name == one for one in told):
            yield "facts-untold", (), {"value": name}


# ----------------------------------------------------------------------------- places in a scheme file


def _found(name: str, table: Mapping[str, Any]) -> object:
    """Give what stands at a place, or `None`."""
    if not _PLACE.fullmatch(name):
        return None
    at: object = table
    for key, index in _PART.findall(name):
        match at:
            case Mapping() if key in at:
                at = at[key]
            case list() if index and int(index) < len(at):
                at = at[int(index)]
            case _:
                return None
    return at


def _is_gap(value: object) -> bool:
    """Tell whether a field is missing; of a list or a pasted table, whether one of its items is."""
    if isinstance(value, str):
        return has_gap(value)
    if isinstance(value, list):
        return any(_is_gap(one) for one in value)
    return isinstance(value, Mapping) and "missing" in value


def _all_places(value: object, under: str = "") -> Iterator[str]:
    if isinstance(value, Mapping) and not _is_gap(value):
        for key, one in value.items():
            name = f"{under}.{key}" if under else key
            yield name
            yield from _all_places(one, name)
