"""Gaps in the text of a scheme file: where each stands, and the same text with a value in its place.

Nothing else is touched: comments, order and spacing are the author's. A gap that is not written as
`{ missing = … }` but as a section of its own is left to its author too.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.problems import Path, typed
from cwgrade.tomlfile.limits import read_decimal
from cwgrade.tomlfile.texts import read_text

__all__ = ["WrittenGap", "filled_text", "gaps_in", "with_gap"]

_MARK: Final = "\ue000gap"
"""Stands for a gap while the file is read; a private character that no document prints."""


@attrs.frozen(kw_only=True)
class WrittenGap:
    """A gap as a file writes it.

    Attributes:
        path: The field.
        start: The place of its opening brace in the text.
        end: The place after its closing brace.
        why: What is missing.
        zh: The same in Chinese; may be empty.
        among: The readings that the source's words allow; empty where they allow all.
    """

    path: Path
    start: int
    end: int
    why: str
    zh: str = ""
    among: tuple[str, ...] = ()


def gaps_in(text: str) -> tuple[WrittenGap, ...]:
    r"""Find the gaps of a file, in the order in which they stand.

    Args:
        text: A file that can be read.

    Examples:
        >>> [gap.path for gap in gaps_in('[proration]\nrule = { missing = "not stated" }')]
        [('proration', 'rule')]
    """
    spans = list(_spans(text))
    marked, after = [], 0
    for place, (start, end, _) in enumerate(spans):
        marked += [text[after:start], f'"{_MARK}{place}"']
        after = end
    table = tomllib.loads("".join([*marked, text[after:]]), parse_float=read_decimal)
    paths = dict(_marks(table, ()))
    return tuple(
        WrittenGap(
            path=paths[f"{_MARK}{place}"],
            start=start,
            end=end,
            why=str(gap["missing"]),
            zh=str(gap.get("zh", "")),
            among=tuple(gap.get("among", ())),
        )
        for place, (start, end, gap) in enumerate(spans)
    )


def _spans(text: str) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """Give start, end and content of every gap; those inside another table come in order too."""
    opened: list[int] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign == "#":
            end = text.find("\n", place)
            place = len(text) if end < 0 else end
        elif sign in "\"'":
            read = read_text(text, place)
            place = read.end if read is not None else place + 1
        else:
            place += 1
            if sign == "{":
                opened.append(place - 1)
            elif sign == "}" and opened:
                start = opened.pop()
                gap = _gap(text[start:place])
                if gap is not None:
                    yield start, place, gap


def _gap(text: str) -> Mapping[str, Any] | None:
    if "missing" not in text:
        return None
    table = tomllib.loads(f"x = {text}", parse_float=read_decimal)["x"]
    return table if is_missing(table) else None


def _marks(table: object, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(table, Mapping):
        for name, inner in table.items():
            yield from _marks(inner, (*path, name))
    elif isinstance(table, list):
        for place, inner in enumerate(table):
            yield from _marks(inner, (*path, place))
    elif isinstance(table, str) and table.startswith(_MARK):
        yield table, path


def filled_text(
    text: str,
    gap: WrittenGap,
    value: object,
    *,
    beside: Mapping[str, object] | None = None,
    remark: str = "",
    section: str = "",
) -> str | None:
    """Give the text with a value in the place of a gap.

    Args:
        text: The text.
        gap: The gap.
        value: The value.
        beside: Keys that are added to the definition below its line, such as its source.
        remark: A comment for the line above.
        section: A section for the end of the file.

    Returns:
        The text; `None` where it would come to say anything else besides.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    line_start = text.rfind("\n", 0, gap.start) + 1
    line_end = text.find("\n", gap.end)
    line_end = len(text) if line_end < 0 else line_end + 1
    above = f"# {remark}{newline}" if remark else ""
    line = text[line_start : gap.start] + typed(value) + text[gap.end : line_end]
    added = "".join(f"{key} = {typed(one)}{newline}" for key, one in (beside or {}).items())
    if (added or section) and not line.endswith("\n"):
        line += newline
    new = text[:line_start] + above + line + added + text[line_end:]
    if section:
        new = new.rstrip("\r\n") + newline * 2 + section.replace("\n", newline)
    return new if _says(new, text, gap, value, beside or {}, section) else None


def with_gap(text: str, path: Path, why: str) -> str | None:
    r"""Give the text with a gap written for a field that it leaves out.

    The gap comes below the header of its section; where there is none, a section is added at the end.

    Args:
        text: The text.
        path: The field.
        why: What is missing.

    Returns:
        The text; `None` where its section is written in a way that only its author can change safely.

    Examples:
        >>> print(with_gap('[ladder]\ncap = "at_end"\n', ("ladder", "start"), "not stated"))
        [ladder]
        start = { missing = "not stated" }
        cap = "at_end"
        <BLANKLINE>
    """
    if not all(isinstance(step, str) for step in path):
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    *section, key = (str(step) for step in path)
    gap = {"missing": why}
    line = f"{key} = {typed(gap)}"
    name = r"[ \t]*\.[ \t]*".join(re.escape(step) for step in section)
    headers = re.findall(rf"^[ \t]*\[[ \t]*{name}[ \t]*\][^\n]*\n", text, re.MULTILINE)
    if len(headers) > 1:
        return None
    if headers:
        new = text.replace(headers[0], f"{headers[0]}{line}{newline}", 1)
    else:
        written = ".".join(step if step.isascii() else typed(step) for step in section)
        new = text.rstrip("\r\n") + newline * 2 + f"[{written}]{newline}{line}{newline}"
    try:
        told = tomllib.loads(new, parse_float=read_decimal)
    except ValueError:
        return None
    expected: Any = copy.deepcopy(tomllib.loads(text, parse_float=read_decimal))
    inner = expected
    for step in section:
        inner = inner.setdefault(step, {})
        if not isinstance(inner, dict):
            return None
    inner[key] = gap
    return new if told == expected else None


def _says(
    new: str, text: str, gap: WrittenGap, value: object, beside: Mapping[str, object], section: str
) -> bool:
    """Tell whether a text says what another one says, with one gap filled."""
    try:
        told = tomllib.loads(new, parse_float=read_decimal)
        expected = copy.deepcopy(tomllib.loads(text, parse_float=read_decimal))
        added = tomllib.loads(section, parse_float=read_decimal)
    except ValueError:
        return False
    inner: Any = expected
    for step in gap.path[:-1]:
        inner = inner[step]
    inner[gap.path[-1]] = value
    if beside:
        inner.update(beside)
    for name, table in added.items():
        expected[name] = {**expected.get(name, {}), **table}
    return bool(told == expected)
