"""Keys and quoted texts of TOML, read tolerantly: where they end, and what was mistyped."""

from __future__ import annotations

import re
from typing import Any, Final

import attrs

from cwgrade.tomlfile.slips import QUOTES, Slip, half_width, mark_slips

__all__ = ["KeyRead", "TextRead", "outside_quotes", "read_key", "read_text"]

_BASIC: Final = re.compile(r'"((?:[^"\\\n]|\\[^\n])*)"')
_LITERAL: Final = re.compile(r"'([^'\n]*)'")
_LONG_BASIC: Final = re.compile(r'"""((?:[^"\\]|\\.|"(?!""))*)"{3,5}', re.DOTALL)
_LONG_LITERAL: Final = re.compile(r"'''((?:[^']|'(?!''))*)'{3,5}", re.DOTALL)
_FORMS: Final = {'"""': _LONG_BASIC, "'''": _LONG_LITERAL, '"': _BASIC, "'": _LITERAL}
_MISTYPED: Final = {
    '"': re.compile(r"[“”„‟＂「」]([^“”„‟＂「」\"\n]*)([“”„‟＂「」\"]|(?=\n)|\Z)"),
    "'": re.compile(r"[‘’＇]([^‘’＇'\n]*)([‘’＇']|(?=\n)|\Z)"),
}
_MARK: Final = re.compile("[" + "".join(QUOTES) + "]")
_BAD_ESCAPE: Final = re.compile(
    r'\\(?![btnfre"\\\s]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}).?'
)
_PAIR: Final = re.compile(r"\\\\")
_REST: Final = re.compile(r"[^\n]*")

_PART: Final = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\[^\n])*\"|'[^'\n]*')"
_PROPER: Final = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_QUOTED: Final = r"\"(?:[^\"\\\n]|\\[^\n])*\"|'[^'\n]*'"
_BEFORE_COLON: Final = re.compile(rf"({_PROPER.pattern})[ \t]*:")
_ANY_QUOTED: Final = re.compile(
    rf"{_QUOTED}|[“”„‟＂「」][^“”„‟＂「」\"\n]*[“”„‟＂「」\"]|[‘’＇][^‘’＇'\n]*[‘’＇']"
)
_SPLIT_NUMBER: Final = re.compile(r"[A-Za-z0-9_-]*\d(?:\.\d[A-Za-z0-9_-]*)+", re.ASCII)
_NUMBER: Final = re.compile(r"\d\.\d", re.ASCII)


@attrs.frozen(kw_only=True)
class TextRead:
    """A quoted text.

    Attributes:
        end: The place after it.
        slips: What was mistyped in it.
        suspect: A full-width quotation mark inside it, to blame where the line makes no sense.
        closed: False where nothing closes it; then the rest of the file may belong to it.
    """

    end: int
    slips: tuple[Slip, ...] = ()
    suspect: Slip | None = None
    closed: bool = True


def read_text(text: str, place: int) -> TextRead | None:
    """Read a quoted text, or give `None` where none starts.

    Examples:
        >>> read_text("a = “甲”", 4).slips[0].facts
        {'value': '“甲”', 'half': '"甲"'}
    """
    opening = text[place : place + 1]
    if opening in QUOTES:
        return _mistyped(text, place, QUOTES[opening])
    quote = next((quote for quote in _FORMS if text.startswith(quote, place)), None)
    if quote is None:
        return None
    match = _FORMS[quote].match(text, place)
    if match is None:
        return _unclosed(text, place, quote)
    content = match[1]
    slips = []
    # pairs of backslashes are blanked first, so that only a lone one can be found
    if quote[0] == '"' and (bad := _BAD_ESCAPE.search(_PAIR.sub("  ", content))):
        slips.append(Slip("toml-escape", match.start(1) + bad.start(), {"value": bad[0]}))
    mark = _MARK.search(content) if len(quote) == 1 else None
    suspect = mark and Slip("ime-quote", match.start(1) + mark.start(), _as_typed(mark[0]))
    return TextRead(end=match.end(), slips=tuple(slips), suspect=suspect)


def _mistyped(text: str, place: int, quote: str) -> TextRead:
    match = _MISTYPED[quote].match(text, place)
    end = match.end() if match else place + 1
    content = match[1] if match else ""
    facts: dict[str, Any] = {
        "value": text[place:end].rstrip(),
        "half": f"{quote}{content.rstrip()}{quote}",
    }
    return TextRead(end=end, slips=(Slip("ime-quote", place, facts),))


def _unclosed(text: str, place: int, quote: str) -> TextRead:
    line_end = place + len(_REST.match(text, place)[0])  # type: ignore[index]
    if len(quote) > 1:
        return TextRead(
            end=len(text),
            slips=(Slip("toml-unclosed", place, {"value": quote, "half": quote}),),
            closed=False,
        )
    rest = text[place:line_end]
    if mark := _MARK.search(rest):
        slip = Slip("ime-quote", place + mark.start(), _as_typed(mark[0]))
        return TextRead(end=place + mark.end(), slips=(slip,))
    return TextRead(
        end=line_end, slips=(Slip("toml-unclosed", place, {"value": rest, "half": quote}),)
    )


def _as_typed(mark: str) -> dict[str, Any]:
    return {"value": mark, "half": half_width(mark)}


@attrs.frozen(kw_only=True)
class KeyRead:
    """A key, dotted or not.

    Attributes:
        parts: Its parts; empty where it is no key.
        end: The place of what follows it.
        slips: What was mistyped.
        limit: Set where a number as a key would split at its dot.
    """

    parts: tuple[str, ...]
    end: int
    slips: tuple[Slip, ...] = ()
    limit: Slip | None = None


def read_key(text: str, place: int, *, ends: str) -> KeyRead:
    """Read everything up to the mark that ends a key.

    Args:
        text: The whole text.
        place: Where the key starts.
        ends: The marks that end it, beside the end of the line.

    Examples:
        >>> read_key('pay."甲 乙" = 3', 0, ends="=").parts
        ('pay', '甲 乙')
        >>> read_key("36+ = 3", 0, ends="=").slips[0].code
        'toml-key'
    """
    region = re.compile(rf"(?:{_QUOTED}|[^\n#＃{re.escape(ends)}])*").match(text, place)
    end = region.end() if region else place
    typed = text[place:end].rstrip(" \t")
    if not _PROPER.fullmatch(typed):
        half = half_width(typed).strip()
        marks = tuple(mark_slips(outside_quotes(typed), place))
        if marks and _PROPER.fullmatch(half):
            return KeyRead(parts=_parts(half), end=end, slips=marks)
        if colon := _BEFORE_COLON.match(typed):
            return KeyRead(parts=_parts(colon[1]), end=place + colon.end() - 1)
        if text[end : end + 1] not in ends or not text[end : end + 1]:
            return KeyRead(parts=(), end=end, slips=marks)
        mend = '"' + half.replace('"', "") + '"' if half else "name"
        facts = {"value": typed, "mend": mend}
        if "]" in ends:
            code, facts["mend"] = "toml-header", _header(half)
        else:
            code = "toml-key" if half.isascii() else "toml-key-printed"
        slip = Slip(code, place, facts)
        return KeyRead(parts=(), end=end, slips=(slip,))
    limit = None
    if _NUMBER.search(re.sub(r"[ \t]*\.[ \t]*", ".", re.sub(_QUOTED, "q", typed))):
        mend = _SPLIT_NUMBER.sub(r'"\g<0>"', typed)
        limit = Slip("toml-dotted-number-key", place, {"value": typed, "mend": mend})
    return KeyRead(parts=_parts(typed), end=end, limit=limit)


def outside_quotes(text: str) -> str:
    """Blank what stands inside quotation marks, proper or full-width, and keep every place.

    Examples:
        >>> outside_quotes("“甲、乙”，3")
        '“   ”，3'
    """
    return _ANY_QUOTED.sub(
        lambda match: match[0][0] + " " * (len(match[0]) - 2) + match[0][-1], text
    )


def _parts(key: str) -> tuple[str, ...]:
    return tuple(_unquoted(part) for part in re.findall(_PART, key))


def _header(text: str) -> str:
    """Give the name of a section as it can stand in square brackets.

    Examples:
        >>> _header("pay.Bonus money"), _header("pay.奖金")
        ('pay.Bonus_money', 'pay."奖金"')
    """
    parts = [re.sub(r"[^\w-]+", "_", part.strip(' "')) or "name" for part in text.split(".")]
    return ".".join(part if part.isascii() else f'"{part}"' for part in parts)


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    return re.sub(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", _unescaped, part[1:-1])


_ESCAPES: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def _unescaped(match: re.Match[str]) -> str:
    name = match[1]
    if len(name) > 1:
        code = int(name[1:], 16)
        return chr(code) if code <= 0x10FFFF else name  # noqa: PLR2004 -- the last code point
    return _ESCAPES.get(name, name)
