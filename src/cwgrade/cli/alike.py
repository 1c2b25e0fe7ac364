"""Faults of a roster, each told once however many rows have it, with what would mend it in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cwgrade.errors import WorkerFault, told_once
from cwgrade.wording import Language, say

__all__ = ["alike_lines"]


def alike_lines(found: Iterable[Sequence[WorkerFault]], lang: Language) -> Iterator[str]:
    """Say each fault once, with its count and first rows.

    Args:
        found: The groups that `alike` gives.
        lang: The language.
    """
    for same in found:
        yield told_once(same, lang)
        vocabulary = same[0].facts.get("vocabulary")
        if len(same) > 1 and vocabulary:
            # a cell may hold quotation marks; TOML writes them with a backslash as Python does
            value = str(same[0].facts["value"]).replace("\\", "\\\\").replace('"', '\\"')
            facts = {"section": f"[values.{vocabulary}]", "spelled": f'["{value}"]'}
            yield "  " + say("cli-alike-spellings", facts, lang)
