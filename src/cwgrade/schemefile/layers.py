"""Layers: a scheme file that extends another one, merged into one table of which every part knows its file.

The tables are merged before anything is read, so that every check runs on what the scheme says as a
whole. A named definition or a section that stands once is taken over as it is or replaced as a
whole; nothing is mixed below that, because half a rule of one document and half of another is a
rule that nobody made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.errors import ArgumentError, SchemeFault, SchemeFileError
from cwgrade.schemefile.problems import Path as Where
from cwgrade.schemefile.problems import place_text
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.vocabulary import NAMED
from cwgrade.tomlfile import TomlFile, path_text, read_toml

__all__ = ["BELOW", "FORMAT", "Bundled", "Layered", "is_path", "layered"]

FORMAT: Final = "cwgrade-scheme/1"
BELOW: Final = "faults-below"
"""The code of the notice that some faults stand in what a file extends."""

Bundled = Callable[[str], Path]
"""Gives the file of a bundled scheme, and raises `ArgumentError` where there is none of that id."""

_MOST_LAYERS: Final = 8
"""State, province, city, county, street, and some to spare."""
_HOLD_NAMES: Final = frozenset({"sources", *NAMED})
_OWN: Final = ("format", "scheme")
"""What every file says for itself."""


def is_path(text: str) -> bool:
    """Tell whether a text is the path of a scheme file; otherwise it is the id of a bundled scheme.

    Examples:
        >>> is_path("benxi.toml"), is_path("../benxi"), is_path("harbin-2016")
        (True, True, False)
    """
    return text.endswith(".toml") or "/" in text or "\\" in text


@attrs.frozen(kw_only=True)
class Layered:
    """A scheme file with everything that it extends.

    Attributes:
        table: What it says as a whole.
        extends: The ids of what it extends, the nearest first.
        files: The names of the files, its own first.
        faults: What is wrong with the layers themselves.
        whole: Whether every file below could be read.
        assumed: What an analyst put where it leaves something open: path and value.
    """

    table: Mapping[str, Any]
    extends: tuple[str, ...] = ()
    files: tuple[str, ...]
    faults: tuple[SchemeFault, ...] = ()
    whole: bool = True
    assumed: tuple[tuple[str, str], ...] = ()
    _folder: Path | None = None
    _home: TomlFile
    _owners: Mapping[Where, TomlFile] = attrs.field(factory=dict)

    @property
    def own(self) -> Mapping[str, Any]:
        """What the file itself holds."""
        return self._home.table

    def place_of(self, path: Where) -> tuple[str, int | None]:
        """Give the file and the line in which something stands."""
        owner = self._owner(path)
        return owner.file, owner.line_of(path)

    def folder_of(self, path: Where) -> Path | None:
        """Give the folder of the file in which something stands; `None` for text that was read from no file."""
        owner = self._owner(path)
        return self._folder if owner is self._home else Path(owner.file).parent

    def _owner(self, path: Where) -> TomlFile:
        return self._owners.get(path[:2]) or self._owners.get(path[:1]) or self._home

    def in_order(self, faults: list[SchemeFault]) -> list[SchemeFault]:
        """Sort faults: those of the file itself first, each file's by line.

        Faults below are told as such, because what this file replaces may have brought them about.
        """
        places = {file: place for place, file in enumerate(self.files)}
        below = sum(one.file != self._home.file for one in faults)
        if below and self.whole:
            where: Where = ("scheme", "extends")
            faults = [*faults, _fault(BELOW, self._home, where, count=below)]
        return sorted(faults, key=lambda one: (places.get(one.file, 0), one.line or 0))


def layered(file: TomlFile, bundled: Bundled | None = None, folder: Path | None = None) -> Layered:
    """Merge a file with what it extends.

    Args:
        file: The file.
        bundled: Finds bundled schemes by id.
        folder: Its folder, where it was read from one.
    """
    trail = ((file.file, _real(Path(file.file))),)
    return attrs.evolve(_layered(file, bundled, trail), folder=folder)


def _layered(
    file: TomlFile, bundled: Bundled | None, trail: tuple[tuple[str, Path], ...]
) -> Layered:
    header = file.table.get("scheme")
    header = header if isinstance(header, Mapping) else {}
    alone = Layered(
        table=file.table,
        files=(file.file,),
        home=file,
        owners={(section,): file for section in file.table},
    )
    if "extends" not in header:
        if "replaces" not in header:
            return alone
        fault = _fault("replaces-without-extends", file, ("scheme", "replaces"))
        return attrs.evolve(alone, faults=(fault,))
    stated = header["extends"]
    if not isinstance(stated, str) or not stated.strip():
        fault = _fault("wants-text", file, ("scheme", "extends"), value=stated)
        # the first file's header is read in any case, and its reader says what is wrong with it
        return attrs.evolve(alone, faults=(fault,) if len(trail) > 1 else (), whole=False)
    try:
        below = _below(stated, file, bundled, trail)
    except SchemeFileError as error:
        faults = tuple(one for one in error.exceptions if isinstance(one, SchemeFault))
        files = dict.fromkeys((file.file, *(one.file for one in faults)))
        return attrs.evolve(alone, faults=faults, files=tuple(files), whole=False)
    return _merged(file, below, header.get("replaces", []))


def _below(
    stated: str, file: TomlFile, bundled: Bundled | None, trail: tuple[tuple[str, Path], ...]
) -> Layered:
    """Read what a file extends, with everything below that.

    Raises:
        SchemeFileError: It cannot be had.
    """
    where: Where = ("scheme", "extends")
    path = _path(stated, file, bundled)
    real, shown = _real(path), path.name if bundled and not is_path(stated) else stated
    chain = [*(name for name, _ in trail), shown]
    chain[0] = Path(chain[0]).name
    if real in (one for _, one in trail):
        raise SchemeFileError([_fault("extends-circle", file, where, chain=" → ".join(chain))])
    if len(trail) >= _MOST_LAYERS:
        facts = {"chain": " → ".join(chain), "most": _MOST_LAYERS}
        raise SchemeFileError([_fault("extends-too-deep", file, where, **facts)])
    try:
        read = read_toml(path)
    except (OSError, ValueError):
        # a path with a zero byte is a ValueError
        raise SchemeFileError([_fault("extends-not-found", file, where, value=stated)]) from None
    if read.table.get("format") != FORMAT:
        facts = {"value": stated, "format": FORMAT}
        raise SchemeFileError([_fault("extends-no-scheme", file, where, **facts)])
    below = _layered(read, bundled, (*trail, (shown, real)))
    if not below.whole:
        raise SchemeFileError(below.faults)
    return below


def _path(stated: str, file: TomlFile, bundled: Bundled | None) -> Path:
    where: Where = ("scheme", "extends")
    if is_path(stated):
        return Path(file.file).parent / stated
    if bundled is None:
        raise SchemeFileError([_fault("extends-not-found", file, where, value=stated)])
    try:
        return bundled(stated)
    except ArgumentError as error:
        raise SchemeFileError([_fault(error.code, file, where, **error.facts)]) from None


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError):
        return path


# --- merging ---------------------------------------------------------------------------------------------------------


def _merged(file: TomlFile, below: Layered, replaces: object) -> Layered:
    """Put a file over what it extends; every fault of the names that both have is noted."""
    if not isinstance(replaces, list):
        # its own reader says so; what it was meant to list is not known
        replaces = list(set(_names(file.table)) & set(_names(below.table)))
    listed = [one for one in replaces if isinstance(one, str)]
    table = dict(below.table)
    owners = {path: file_ for path, file_ in below._owners.items() if path[0] not in _OWN}  # noqa: SLF001 -- its own class
    faults = [*_idle(file, below, listed)]
    for section, own in file.table.items():
        under = below.table.get(section)
        if section in _OWN or under is None:
            table[section], owners[section,] = own, file
        elif _holds_names(section, own) and _holds_names(section, under) and section not in listed:
            for name in own:
                if name in under and f"{section}.{name}" not in listed:
                    faults.append(_taken(file, below, (section, name)))
                owners[section, name] = file
            for name in under:
                owners.setdefault((section, name), owners[section,])
            table[section], owners[section,] = {**under, **own}, file
        else:
            if section not in listed:
                faults.append(_taken(file, below, (section,)))
            for path in [path for path in owners if path[0] == section]:
                del owners[path]
            table[section], owners[section,] = own, file
    header = below.table.get("scheme")
    below_id = str(header.get("id", "?")) if isinstance(header, Mapping) else "?"
    return Layered(
        table=table,
        extends=(below_id, *below.extends),
        files=(file.file, *below.files),
        faults=(*faults, *below.faults),
        home=file,
        owners=owners,
    )


def _holds_names(section: str, raw: object) -> bool:
    return section in _HOLD_NAMES and isinstance(raw, Mapping)


def _taken(file: TomlFile, below: Layered, path: Where) -> SchemeFault:
    name = path_text(path)
    first = place_text(below.place_of(path), name, here=file.file)
    return _fault("not-replaced", file, path, value=name, first=first)


def _idle(file: TomlFile, below: Layered, listed: list[str]) -> Iterator[SchemeFault]:
    """Find what is listed to be replaced and is not below, or not written."""
    known, own = list(_names(below.table)), set(_names(file.table))
    for place, name in enumerate(listed):
        where: Where = ("scheme", "replaces", place)
        if name not in known:
            around = [one for one in known if name.startswith(f"{one}.")]
            facts = {"near": around[-1]} if around else offer(name, known)
            yield _fault("replaces-nothing", file, where, value=name, **facts)
        elif name not in own:
            yield _fault("replaces-not-written", file, where, value=name)


def _names(table: Mapping[str, Any]) -> Iterator[str]:
    """Give the names of sections, and of definitions in them, that can be replaced."""
    for section, raw in table.items():
        if section not in _OWN:
            yield section
            if _holds_names(section, raw):
                yield from (f"{section}.{name}" for name in raw)


def _fault(code: str, file: TomlFile, path: Where, **facts: Any) -> SchemeFault:
    return SchemeFault(code, file=file.file, path=path_text(path), line=file.line_of(path), **facts)
