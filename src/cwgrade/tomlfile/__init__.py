"""TOML files of people who type with a Chinese input method: every slip at once, with its line.

`tomllib` reads the file, with exact decimals. It keeps no lines and stops at the first fault, so a
tolerant walk beside it notes on which line each key stands and, where `tomllib` refuses the file,
what was mistyped and how to mend it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.errors import SchemeFault, SchemeFileError
from cwgrade.tomlfile.limits import past_limits, read_decimal
from cwgrade.tomlfile.lines import LineIndex
from cwgrade.tomlfile.scan import Scan, scan
from cwgrade.tomlfile.slips import Slip

__all__ = ["MOST_BYTES", "TomlFile", "near", "parse_toml", "path_text", "read_toml"]

MOST_BYTES: Final = 1 << 20
"""One MiB: no scheme comes near it."""

_SHOWN: Final = 60
_MOST_FAULTS: Final = 100
"""A wrong file (a table, a letter) is at fault on every line; nobody reads more."""
_PLACE: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_TWICE: Final = re.compile("Cannot (?:overwrite|declare|mutate)|[Dd]uplicate")
_BOMS: Final = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK": "xlsx/docx/zip",
    b"\xd0\xcf": "xls/doc",
}


_FOLLOWING: Final = frozenset(
    f"toml-{name}"
    for name in (
        "bare-word",
        "colon",
        "extra",
        "header",
        "key",
        "key-printed",
        "no-comma",
        "no-equals",
        "no-value",
        "unclosed",
    )
)
"""What a full-width mark usually leads to; beside one on the same line it says nothing new."""
_VAGUE: Final = frozenset({"toml-extra", "toml-no-comma", "toml-no-value"})
"""What any other slip on the same line explains."""
_TEARING: Final = frozenset(
    {"toml-header", "toml-key", "toml-key-printed", "toml-no-equals", "toml-unclosed"}
)
"""After one of these a key may be taken for one of another section, so that it seems given twice."""


@attrs.frozen(kw_only=True)
class TomlFile:
    """A TOML file that was read.

    Attributes:
        file: The file's name as it was given.
        table: What it holds; numbers with a decimal point are `Decimal`.
    """

    file: str
    table: dict[str, Any]
    _index: LineIndex = attrs.field(repr=False, eq=False)

    def line_of(self, path: Sequence[str | int]) -> int | None:
        r"""Give the line, counted from 1, of the nearest key or header that encloses a path.

        Args:
            path: Keys, and places in lists counted from 0.

        Examples:
            >>> found = parse_toml("[pay]\nyuan = [1,\n2]", file="a.toml")
            >>> (
            ...     found.line_of(("pay", "yuan", 1)),
            ...     found.line_of(("pay", "times")),
            ...     found.line_of(("x",)),
            ... )
            (3, 1, None)
        """
        return self._index.line_of(path)


def read_toml(path: Path) -> TomlFile:
    """Read a TOML file: UTF-8, with or without the mark that Notepad puts first.

    Args:
        path: The file.

    Raises:
        SchemeFileError: It is no TOML, or past the limits; every fault that can be found is in it.
        OSError: The file cannot be opened.
    """
    with path.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    file = str(path)
    if len(raw) > MOST_BYTES:
        raise SchemeFileError([SchemeFault("toml-too-large", file=file, most=MOST_BYTES)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = SchemeFault("toml-not-utf8", file=file, line=line, encoding=_likely_encoding(raw))
        raise SchemeFileError([fault]) from None
    return parse_toml(text, file=file)


def parse_toml(text: str, *, file: str) -> TomlFile:
    r"""Read TOML text.

    Args:
        text: The text.
        file: The file's name, for messages.

    Raises:
        SchemeFileError: It is no TOML, or past the limits; every fault that can be found is in it.

    Examples:
        >>> parse_toml("[pay]\nyuan = 1200.10", file="a.toml").table
        {'pay': {'yuan': Decimal('1200.10')}}
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > MOST_BYTES:
        raise SchemeFileError([SchemeFault("toml-too-large", file=file, most=MOST_BYTES)])
    found = scan(text)
    if found.too_deep:
        raise SchemeFileError(_faults(found.limits, found, text, file))
    try:
        table = tomllib.loads(text, parse_float=read_decimal)
    except ValueError as error:
        slips = _telling(found) or (_slip_of(error, found, text),)
        raise SchemeFileError(_faults((*slips, *found.limits), found, text, file)) from None
    read = TomlFile(file=file, table=table, index=found.index)
    faults = _faults(found.limits, found, text, file)
    for code, path, facts in past_limits(table):
        where, line = path_text(path), read.line_of(path)
        faults.append(SchemeFault(code, file=file, path=where, line=line, **facts))
    if faults:
        raise SchemeFileError(sorted(faults, key=lambda fault: fault.line or 0)[:_MOST_FAULTS])
    return read


def near(word: str, accepted: Iterable[str]) -> str | None:
    """Give the accepted word that a mistyped one is nearest to, for "did you mean".

    Args:
        word: What was typed.
        accepted: What could have been meant.

    Examples:
        >>> near("Mastr", ["bachelor", "master"]), near("x", ["master"])
        ('master', None)
    """
    folded = {known.casefold(): known for known in reversed(tuple(accepted))}
    close = difflib.get_close_matches(word.casefold(), folded, n=1)
    return folded[close[0]] if close else None


def path_text(path: Sequence[str | int]) -> str:
    """Write a path as messages show it.

    Examples:
        >>> path_text(("spells", 0, "start"))
        'spells[0].start'
    """
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def _telling(found: Scan) -> tuple[Slip, ...]:
    """Keep one slip of a kind for each line, and drop what only follows from another."""
    kept: dict[tuple[int, str], Slip] = {}
    for slip in found.slips:
        kept.setdefault((found.index.line_at(slip.place), slip.code), slip)
    marked = {line for line, code in kept if code.startswith("ime-")}
    told = {line for line, code in kept if code not in _VAGUE}
    torn = min((line for line, code in kept if code in _TEARING), default=None)
    return tuple(
        slip
        for (line, code), slip in kept.items()
        if not (code in _FOLLOWING and line in marked)
        and not (code in _VAGUE and line in told)
        and not (code == "toml-duplicate-key" and torn is not None and line > torn)
    )


def _faults(slips: Iterable[Slip], found: Scan, text: str, file: str) -> list[SchemeFault]:
    ordered = sorted(slips, key=lambda slip: slip.place)
    faults = [
        SchemeFault(
            slip.code,
            file=file,
            line=found.index.line_at(slip.place),
            text=_shown(text, slip.place),
            **slip.facts,
        )
        for slip in ordered[:_MOST_FAULTS]
    ]
    if len(ordered) > _MOST_FAULTS:
        more = len(ordered) - _MOST_FAULTS
        faults.append(SchemeFault("toml-more-faults", file=file, count=more))
    return faults


def _shown(text: str, place: int) -> str:
    """Give the line of a place, cut to what matters."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    line = text[start : end if end >= 0 else len(text)]
    if len(line.strip()) <= _SHOWN:
        return line.strip()
    first = max(0, min(place - start - _SHOWN // 2, len(line) - _SHOWN))
    last = first + _SHOWN
    return ("…" if first else "") + line[first:last].strip() + ("…" if last < len(line) else "")


def _slip_of(error: ValueError, found: Scan, text: str) -> Slip:
    """Make a slip of what `tomllib` says, where the walk found nothing."""
    match = _PLACE.search(str(error))
    line = match[1] if match else None
    place = found.index.start_of(int(line)) if line else max(len(text) - 1, 0)
    told = _PLACE.sub("", str(error)) if match else str(error)
    code = "toml-defined-twice" if _TWICE.match(told) else "toml-syntax"
    return Slip(code, place, {"value": told})


def _likely_encoding(raw: bytes) -> str:
    for start, name in _BOMS.items():
        if raw.startswith(start):
            return name
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GB18030"
