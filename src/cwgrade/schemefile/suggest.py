"""What to offer for a word that is not accepted: the nearest one, and the list it could be chosen from."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cwgrade.tomlfile import near
from cwgrade.wording import LANGUAGES, term
from cwgrade.wording.called import CALLED

__all__ = ["called", "offer"]

_SHORT: Final = 12
"""A list this long is shown whole, even beside "did you mean"."""
_MOST: Final = 30
_ALIKE: Final = 0.7
_GROUPS: Final = (
    "schooling",
    "degree",
    "qualification",
    "honour",
    "employment",
    "identity",
    "route",
    "retired",
    "kind",
    "absence",
    "within",
    "takes",
    "proration",
    "last_rating",
)
"""Under which the wording keeps the words of a list, beside those that stand alone."""


def offer(
    word: object, accepted: Iterable[str], printed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Give the facts `near` and `accepted` for a word that is not accepted.

    Somebody who writes the Chinese word for an accepted one means that one.

    Args:
        word: What stands in the file.
        accepted: What could be meant.
        printed: Printed names, and which of these each means.

    Examples:
        >>> offer("excelent", ["excellent", "fail"])
        {'near': 'excellent', 'accepted': ['excellent', 'fail']}
        >>> offer("次月起", ["same_month", "next_month"])["near"]
        'next_month'
        >>> offer("正职", ["principal", "staff"], {"正职": "principal"})["near"]
        'principal'
    """
    known = list(dict.fromkeys(accepted))
    text = word if isinstance(word, str) else str(word)
    nearest = (printed or {}).get(text) or _called(text, known) or _near(text, known)
    if nearest is None and not text.isascii() and (label := near(text, printed or {})):
        nearest = (printed or {})[label]
    if nearest is not None and (len(known) > _SHORT or known == [nearest]):
        return {"near": nearest}
    shown = [*known[:_MOST], "…"] if len(known) > _MOST else known
    return {"near": nearest, "accepted": shown} if nearest is not None else {"accepted": shown}


def called(group: str, words: Iterable[str]) -> dict[str, str]:
    """Give what people call each word of a list, in Chinese and English, and the word they mean.

    Args:
        group: What the list is of, such as `qualification`.
        words: The words.

    Examples:
        >>> called("qualification", ["assistant", "social_worker"])["中级"]
        'social_worker'
    """
    return {
        name: word
        for word in words
        for name in (*CALLED.get(word, ()), *(term(f"{group}.{word}", lang) for lang in LANGUAGES))
    }


def _called(text: str, known: list[str]) -> str | None:
    """Give the word that people call so, in Chinese or otherwise."""
    for word in known:
        if text in CALLED.get(word, ()):
            return word
    if text.isascii():
        return None
    for word in known:
        if text in {term(word, "zh"), *(term(f"{group}.{word}", "zh") for group in _GROUPS)}:
            return word
    return None


def _near(text: str, known: list[str]) -> str | None:
    """Give the nearest word; one that shares little with what was written would only mislead."""
    nearest = near(text, known)
    if nearest is None or not text.isascii():
        return nearest
    alike = difflib.SequenceMatcher(None, text.casefold(), nearest.casefold()).ratio()
    return nearest if alike >= _ALIKE else None
