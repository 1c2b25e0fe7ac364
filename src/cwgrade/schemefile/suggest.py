"""What to offer for a word that is not accepted: the nearest one, and the list it could be chosen from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from cwgrade.tomlfile import near
from cwgrade.wording import term

__all__ = ["offer"]

_SHORT: Final = 12
"""A list this long is shown whole, even beside "did you mean"."""
_MOST: Final = 30
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


def offer(word: object, accepted: Iterable[str]) -> dict[str, Any]:
    """Give the facts `near` and `accepted` for a word that is not accepted.

    Somebody who writes the Chinese word for an accepted one means that one.

    Args:
        word: What stands in the file.
        accepted: What could be meant.

    Examples:
        >>> offer("excelent", ["excellent", "fail"])
        {'near': 'excellent', 'accepted': ['excellent', 'fail']}
        >>> offer("次月起", ["same_month", "next_month"])["near"]
        'next_month'
    """
    known = list(dict.fromkeys(accepted))
    text = word if isinstance(word, str) else str(word)
    nearest = near(text, known) or _in_chinese(text, known)
    if nearest is not None and len(known) > _SHORT:
        return {"near": nearest}
    shown = [*known[:_MOST], "…"] if len(known) > _MOST else known
    return {"near": nearest, "accepted": shown} if nearest is not None else {"accepted": shown}


def _in_chinese(text: str, known: list[str]) -> str | None:
    if text.isascii():
        return None
    for word in known:
        told = {term(word, "zh"), *(term(f"{group}.{word}", "zh") for group in _GROUPS)}
        if text in told:
            return word
    return None
