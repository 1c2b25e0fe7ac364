"""A tolerant walk over TOML text: where each key stands, what was mistyped, what passes the limits.

`tomllib` decides what TOML is; it stops at the first fault and keeps no lines. This walk goes on
after a fault. What it finds mistyped counts only where `tomllib` refuses the file.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from typing import Final, Never

import attrs

from cwgrade.tomlfile.lines import LineIndex, Path
from cwgrade.tomlfile.slips import (
    CLOSING,
    MARKS,
    OPENING,
    Slip,
    amount_in,
    check_bare,
    mark_slips,
)
from cwgrade.tomlfile.texts import outside_quotes, read_key, read_text

__all__ = ["DEEPEST", "MOST_KEYS", "Scan", "scan"]

DEEPEST: Final = 12
MOST_KEYS: Final = 20_000

_BLANK: Final = re.compile(r"[ \t]*")
_BETWEEN: Final = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_LINE: Final = re.compile(r"[^\n]*")
_BEFORE_COMMENT: Final = re.compile(r"[^\n#＃]*")
_OPEN_HEADER: Final = re.compile(r"[\[［【〔（]{1,2}")
_CLOSE_HEADER: Final = re.compile(r"[\]］】〕）]{1,2}")
_BARE: Final = re.compile(r"[^\s,\[\]{}#=，、；＝＃［］【】〔〕（）｛｝\"“”„‟＂「」]+")
_TIME_AFTER_DAY: Final = re.compile(r"(?<=\d\d\d\d-\d\d-\d\d) \d\d:\d\d[^\s,\]}#]*", re.ASCII)
_THOUSANDS: Final = re.compile(
    r"(?P<number>[+-]?\d{1,3})(?P<rest>(?:,\d{3})+(?:\.\d+)?)(?=[ \t]*(?:[#\n]|\Z))", re.ASCII
)
_THOUSANDS_INSIDE: Final = re.compile(r"(?:,\d{3})+(?:\.\d+)?(?=[ \t]*[,}\n])", re.ASCII)
"""The rest of a number inside a table: what follows a comma there would be a key with its equals sign."""
_NUMBER_BEFORE: Final = re.compile(r"(?<![\w.-])[+-]?\d{1,15}(?:\.\d+)?[ \t]*$", re.ASCII)
_KEY: Final = r"(?:[A-Za-z0-9_-]+|\"[^\"\n]*\"|'[^'\n]*')"
_HEADER: Final = re.compile(
    rf"\[{{1,2}}[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_][A-Za-z0-9_-]*"
    rf"(?:[ \t]*\.[ \t]*{_KEY})*[ \t]*\]{{1,2}}[ \t]*(?:#[^\n]*)?(?=\n|\Z)"
)
"""A section's header; no array that TOML accepts can look like it."""
_STATEMENT: Final = re.compile(rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*[ \t]*[=＝]|{_HEADER.pattern}")
"""A key with its equals sign, or a header; neither can begin an item of an array."""
_PAUSES: Final = re.compile(r"[，、；。,;.\s]+")
_EQUALS: Final = "=＝：:"
_CLOSES: Final = {"[": "]", "{": "}"}


@attrs.frozen(kw_only=True)
class Scan:
    """What the walk found.

    Attributes:
        index: The line of each key, header and array item.
        slips: What was mistyped, in file order.
        limits: What is refused even where TOML accepts it.
        too_deep: Whether it is unsafe to read the text by recursion.
    """

    index: LineIndex
    slips: tuple[Slip, ...]
    limits: tuple[Slip, ...]
    too_deep: bool


class _Stop(Exception):  # noqa: N818 -- it leaves the walk and is no error
    """The rest of the text cannot be read in any sensible way."""


class _Resume(Exception):  # noqa: N818 -- it leaves a bracket and is no error
    """A new statement starts here, though a bracket is still open."""


def scan(text: str) -> Scan:
    r"""Walk over a text.

    Args:
        text: TOML with `\n` as line end.

    Examples:
        >>> found = scan("[pay]\nyuan = { deputy = 3, staff = ２ }")
        >>> found.index.line_of(("pay", "yuan", "deputy")), [slip.code for slip in found.slips]
        (2, ['ime-digits'])
    """
    index = LineIndex(text)
    walk = _Walk(text, index)
    with contextlib.suppress(_Stop):
        walk.statements()
    return Scan(
        index=index,
        slips=tuple(sorted(walk.slips, key=lambda slip: slip.place)),
        limits=tuple(sorted(walk.limits, key=lambda slip: slip.place)),
        too_deep=any(slip.code in {"toml-too-deep", "toml-too-many-keys"} for slip in walk.limits),
    )


class _Walk:
    """The state of one walk; it lives inside `scan` only."""

    def __init__(self, text: str, lines: LineIndex) -> None:
        self.text = text
        self.at = 0
        self.slips: list[Slip] = []
        self.limits: list[Slip] = []
        self._table: Path = ()
        self._lines = lines
        self._suspect: Slip | None = None

    def statements(self) -> None:
        """Walk over headers and pairs, line by line."""
        while self.blank(_BETWEEN):
            self._suspect = None
            with contextlib.suppress(_Resume):
                if self.here() == "[" or self.here() in OPENING:
                    self.header()
                    self.rest_of_line()
                elif not (self.slips and self.here() in {"{", "}", "]"}):
                    # such a mark after a slip is left over from a bracket that was given up
                    self.pair(self._table, ends=_EQUALS[:-1])
                    self.rest_of_line()
                self.take(_LINE)

    # ---------------------------------------------------------------- places

    def here(self) -> str:
        """Give the character at the present place; empty at the end."""
        return self.text[self.at : self.at + 1]

    def take(self, form: re.Pattern[str]) -> str:
        """Pass what matches, and give it."""
        match = form.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match[0] if match else ""

    def blank(self, between: re.Pattern[str] = _BLANK) -> bool:
        """Pass spaces (or more); tell whether anything is left. A wide space is a slip."""
        self.take(between)
        while (code := MARKS.get(self.here(), ("", ""))[0]) in {"ime-space", "ime-hash"}:
            self.slips += mark_slips(self.here(), self.at)
            self.at += 1
            if code == "ime-hash":
                self.take(_LINE)
            self.take(between)
        return bool(self.here())

    def slip(self, code: str, place: int, **facts: object) -> None:
        """Note something mistyped."""
        self.slips.append(Slip(code, place, facts))

    def note(self, slips: Iterable[Slip], limit: Slip | None = None) -> None:
        """Note what a reader found."""
        self.slips += slips
        if limit is not None:
            self.limits.append(limit)

    def enter(self, path: Path, place: int, *, header: bool = False) -> None:
        """Note the line of a path; leave the walk at one too many or too deep."""
        self.within("toml-too-many-keys", self._lines.entries + 1, MOST_KEYS, place)
        self.within("toml-too-deep", len(path), DEEPEST, place)
        self._lines.enter(path, place, header=header)

    def within(self, code: str, count: int, most: int, place: int) -> None:
        """Leave the walk where there is more of something than is safe."""
        if count > most:
            self.limits.append(Slip(code, place, {"most": most}))
            raise _Stop

    def give(self, path: Path, place: int) -> None:
        """Note that a key is given a value; a second time is a slip."""
        first = self._lines.give(path, place)
        if first != place:
            name = ".".join(map(str, path))
            self.slip("toml-duplicate-key", place, value=name, first=self._lines.line_at(first))

    # ------------------------------------------------------------ statements

    def header(self) -> None:
        """Read `[table]` or `[[array]]`."""
        place = self.at
        marks = self.take(_OPEN_HEADER)
        if not marks:
            return
        self.slips += mark_slips(marks, place)
        self.blank()
        key = read_key(self.text, self.at, ends="]］】〕）")
        self.note(key.slips, key.limit)
        self.at = key.end
        closing = self.take(_CLOSE_HEADER)
        self.slips += mark_slips(closing, key.end)
        if len(closing) < len(marks):
            typed = self.text[place : self.at].rstrip()
            self.slip("toml-unclosed", place, value=typed, half="]" * len(marks))
        if not key.parts:
            # what follows belongs to none of the sections above
            self._table = (f"?{place}",)
            return
        self.within("toml-too-deep", len(key.parts), DEEPEST, place)
        path = self._lines.resolve(key.parts, new_item=len(marks) > 1)
        if len(marks) > 1:
            self.enter(path[:-1], place)
        else:
            self.give(path, place)
        self._table = path
        self.enter(path, place, header=True)

    def pair(self, table: Path, *, ends: str) -> None:
        """Read a key, the equals sign and the value."""
        place = self.at
        key = read_key(self.text, place, ends=ends)
        self.note(key.slips, key.limit)
        self.at = key.end
        mark = self.here()
        if not mark or mark not in _EQUALS:
            self.slip("toml-no-equals", place, value=self.text[place : self.at].rstrip())
            return
        if mark == ":":
            self.slip("toml-colon", self.at, value=mark, half="=")
        self.slips += mark_slips(mark, self.at)
        self.at += 1
        path = (*table, *(key.parts or ("?",)))
        self.enter(path, place)
        if key.parts:
            self.give(path, place)
        self.value(path)

    def rest_of_line(self) -> None:
        """Find what stands after a value or header: only a comment is accepted."""
        self.blank()
        place = self.at
        ends = self.text.find("\n", place)
        line = (self.text.rfind("\n", 0, place) + 1, ends if ends >= 0 else len(self.text))
        match = _THOUSANDS.search(self.text, *line)
        if match and match.start("rest") == place:
            number = match["number"] + match["rest"]
            self.slip("toml-thousands", place, value=number, mend=number.replace(",", ""))
            self.at = match.end()
            return
        extra = self.take(_BEFORE_COMMENT).rstrip()
        if not extra:
            return
        number = _NUMBER_BEFORE.search(self.text, line[0], place)
        if number and (amount := amount_in(number[0] + extra)) is not None:
            self.slip("toml-unit", number.start(), value=number[0] + extra, mend=amount)
            return
        if self._suspect is not None:
            self.slips.append(self._suspect)
        elif (found := mark_slips(outside_quotes(extra), place)) and not _PAUSES.fullmatch(extra):
            self.slips += found
        else:
            self.slip("toml-extra", place, value=extra)

    # ---------------------------------------------------------------- values

    def value(self, path: Path) -> None:
        """Read a value of any kind."""
        self.blank()
        mark = self.here()
        if mark == "[" or OPENING.get(mark) == "[":
            self.array(path)
        elif mark == "{" or OPENING.get(mark) == "{":
            self.inline(path)
        elif read := read_text(self.text, self.at):
            self.note(read.slips)
            self._suspect = self._suspect or read.suspect
            self.at = read.end
            if not read.closed:
                raise _Stop
        else:
            self.bare(path)

    def bare(self, path: Path) -> None:
        """Read a number, day or truth value, or a word that lacks its quotes."""
        place = self.at
        token = self.take(_BARE)
        if not token:
            if not mark_slips(self.here(), place):
                self.slip("toml-no-value", place, value=str(path[-1]) if path else "")
            return
        token += self.take(_TIME_AFTER_DAY)
        found = check_bare(token, place)
        if found is not None and found.code == "toml-bare-missing" and path[-1:] == ("missing",):
            # the reason itself, without its quotation marks
            found = attrs.evolve(found, code="toml-bare-word")
        if found is not None:
            self.slips.append(self._suspect or found)

    def array(self, path: Path) -> None:
        """Read an array, over lines."""
        opened, count = self.open_bracket(), 0
        while self.goes_on("[", opened):
            start = self.at
            self.enter((*path, count), start)
            self.value((*path, count))
            count += 1
            if not self.separated("[", opened, start):
                return

    def inline(self, path: Path) -> None:
        """Read an inline table; one that runs over lines is a slip in TOML 1.0."""
        opened = self.open_bracket()
        first = self._lines.line_at(opened)
        while self.goes_on("{", opened):
            start = self.at
            if self._lines.line_at(start) > first:
                self.slip("toml-inline-lines", opened, value="{")
            self.pair(path, ends="=＝：,，{}｝")
            self.thousands(start)
            if not self.separated("{", opened, start):
                return

    def thousands(self, start: int) -> None:
        """Pass the rest of a number that somebody wrote with commas between its digits."""
        rest = _THOUSANDS_INSIDE.match(self.text, self.at)
        number = _NUMBER_BEFORE.search(self.text, start, self.at)
        if rest and number:
            value = number[0] + rest[0]
            self.slip("toml-thousands", number.start(), value=value, mend=value.replace(",", ""))
            self.at = rest.end()

    def goes_on(self, opening: str, opened: int) -> bool:
        """Come to the next item of a bracket; tell whether there is one."""
        line = self._lines.line_at(self.at)
        if not self.blank(_BETWEEN):
            self.unclosed(opened)
            return False
        begins = _HEADER if opening == "{" else _STATEMENT
        if self._lines.line_at(self.at) > line and begins.match(self.text, self.at):
            self.resume(opened)
        return not self.closes(opening)

    def open_bracket(self) -> int:
        """Pass an opening bracket and give its place."""
        self.slips += mark_slips(self.here(), self.at)
        self.at += 1
        return self.at - 1

    def closes(self, opening: str) -> bool:
        """Pass the closing bracket, where one stands here."""
        mark = self.here()
        if mark == _CLOSES[opening] or CLOSING.get(mark) == _CLOSES[opening]:
            self.slips += mark_slips(mark, self.at)
            self.at += 1
            return True
        return False

    def separated(self, opening: str, opened: int, start: int) -> bool:
        """Pass the comma after an item; tell whether the bracket goes on."""
        line = self._lines.line_at(self.at)
        self.blank(_BETWEEN)
        mark = self.here()
        if mark == "," or MARKS.get(mark, ("",))[0] == "ime-comma":
            self.slips += mark_slips(mark, self.at)
            self.at += 1
            return True
        closing = CLOSING.get(mark, mark)
        if closing == _CLOSES[opening]:
            return True
        if not mark or closing in {"]", "}"}:
            self.slips += mark_slips(mark, self.at)
            self.unclosed(opened)
            return False
        if self._lines.line_at(self.at) > line:
            if _STATEMENT.match(self.text, self.at):
                self.resume(opened)
            if opening == "{":
                self.unclosed(opened)
                return False
        found = [self._suspect] if self._suspect else mark_slips(mark, self.at)
        self.slips += found
        if not found and not any(slip.place >= start for slip in self.slips):
            self.slip("toml-no-comma", self.at, value=self.text[start : self.at].rstrip())
        if self.at == start:
            self.at += 1
        return True

    def resume(self, opened: int) -> Never:
        """Go on where a statement begins inside a bracket: nothing closed it before."""
        self.unclosed(opened)
        raise _Resume

    def unclosed(self, opened: int) -> None:
        """Note a bracket that nothing closes, unless a full-width mark inside it explains that."""
        if any(slip.place > opened and slip.code.startswith("ime-") for slip in self.slips):
            return
        half = _CLOSES[OPENING.get(self.text[opened], self.text[opened])]
        self.slip("toml-unclosed", opened, value=self.text[opened], half=half)
