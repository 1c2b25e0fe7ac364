"""Rows of the long sheets that belong to nobody: told by every command that answers a roster, lest a fact be lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cwgrade.rosterfile import Roster
from cwgrade.wording import Language, say

__all__ = ["orphan_lines"]

_MOST_SHOWN: Final = 20


def orphan_lines(roster: Roster, lang: Language) -> Iterator[str]:
    """Say which rows belong to nobody, one line each; nothing where every row has its worker.

    Args:
        roster: What was read.
        lang: The language.
    """
    orphans = roster.orphans
    if not orphans:
        return
    yield say("cli-notice-orphans", {"count": len(orphans)}, lang)
    yield from (f"  {fault.text(lang)}" for fault in orphans[:_MOST_SHOWN])
    if len(orphans) > _MOST_SHOWN:
        yield "  " + say("cli-notice-more", {"count": len(orphans) - _MOST_SHOWN}, lang)
