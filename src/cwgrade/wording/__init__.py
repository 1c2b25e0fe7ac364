"""The words of errors, reasons and labels, one table for each language.

Codes and placeholders are the same in every table; a test keeps them equal. Nothing else in cwgrade holds a sentence for a
person to read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, Literal

from cwgrade.wording import en, zh

__all__ = ["LANGUAGES", "Language", "in_ranges", "plain", "say", "term"]

Language = Literal["en", "zh"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh")
_MESSAGES: Final[Mapping[Language, Mapping[str, str]]] = {"en": en.MESSAGES, "zh": zh.MESSAGES}
_TERMS: Final[Mapping[Language, Mapping[str, str]]] = {"en": en.TERMS, "zh": zh.TERMS}
_SHOWN_AT_MOST: Final = 200
"""Characters of one fact that a message shows: a wrong file must not flood a terminal."""
_SHORTEST_RANGE: Final = 4
"""Fewer numbers are as quickly read one by one."""


def plain(fact: object, lang: Language = "en") -> str:
    """Show one fact inside a sentence.

    Args:
        fact: A text, number, day, or a list of them.
        lang: The language of the words between list items.

    Examples:
        >>> plain(["a", "b"]), plain(Fraction(7, 2)), plain(None)
        ('a, b', '7/2', 'nothing')
    """
    if fact is None:
        return _TERMS[lang]["nothing"]
    if isinstance(fact, list | tuple):
        told = in_ranges([plain(item, lang) for item in fact])
        return ("、" if lang == "zh" else ", ").join(told)
    if isinstance(fact, date):
        return fact.isoformat()
    if isinstance(fact, Mapping):
        return str(fact.get(lang, fact.get("zh", fact)))
    text = str(fact)
    return text if len(text) <= _SHOWN_AT_MOST else text[:_SHOWN_AT_MOST] + "…"


def in_ranges(texts: Sequence[str]) -> list[str]:
    """Write whole numbers that follow each other as a range: nobody reads a month day by day.

    Args:
        texts: The texts of a list.

    Examples:
        >>> in_ranges(["none", "1", "2", "3", "4", "7", "8"])
        ['none', '1–4', '7', '8']
    """
    told: list[str] = []
    run: list[str] = []
    for text in (*texts, ""):
        if run and text.isdecimal() and int(text) == int(run[-1]) + 1:
            run.append(text)
            continue
        told += [f"{run[0]}–{run[-1]}"] if len(run) >= _SHORTEST_RANGE else run
        run = [text] if text.isdecimal() else []
        told += [] if run else [text]
    return told[:-1]


def say(code: str, facts: Mapping[str, object], lang: Language = "en") -> str:
    """Build the sentence for a code from its facts.

    `{name}` in a template shows a fact for reading, `{name!r}` as it was typed. A fact called `near` adds "did you mean",
    one called `accepted` adds what would be accepted.

    Args:
        code: The message's code; an unknown one is shown with its facts rather than lost.
        facts: The values by placeholder.
        lang: `"en"` or `"zh"`.
    """
    template = _MESSAGES[lang].get(code)
    if template is None:
        return f"{code}: {dict(facts)!r}"
    shown = {name: _Fact(fact, lang) for name, fact in facts.items()}
    text = template.format_map(_Facts(shown))
    near, accepted = facts.get("near"), facts.get("accepted")
    if near and "{near" not in template:
        text = text.rstrip(".。") + _MESSAGES[lang]["did-you-mean"].format(
            near=_nearest(near, lang)
        )
    if accepted and "{accepted" not in template:
        text += _MESSAGES[lang]["accepted"].format(accepted=plain(accepted, lang))
    return text


def _nearest(near: object, lang: Language) -> str:
    words = near if isinstance(near, list | tuple) else (near,)
    return " / ".join(repr(word if isinstance(word, str) else plain(word, lang)) for word in words)


def term(word: str, lang: Language = "en") -> str:
    """Give a fixed word of the library (a unit, a status, a rule) in a language; an unknown one as it is."""
    return _TERMS[lang].get(word, word)


class _Fact:
    """A fact inside a template: shown plainly, or as typed with `!r`."""

    def __init__(self, fact: object, lang: Language) -> None:
        self._fact = fact
        self._lang = lang

    def __str__(self) -> str:
        return plain(self._fact, self._lang)

    def __repr__(self) -> str:
        if isinstance(self._fact, Fraction | date):
            return plain(self._fact, self._lang)
        text = repr(self._fact)
        return text if len(text) <= _SHOWN_AT_MOST else text[:_SHOWN_AT_MOST] + "…"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class _Facts(dict[str, _Fact]):
    """A missing placeholder shows its name instead of crashing the message."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
