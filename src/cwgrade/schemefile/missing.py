"""How a file says that its source has no value, and how people mean to say it."""

from __future__ import annotations

from collections.abc import Mapping

from cwgrade.schemefile.problems import Found, Path
from cwgrade.tomlfile import near
from cwgrade.tomlfile.slips import means_missing

__all__ = ["is_missing", "note_gap_as_text", "noted_misspelt_gap"]


def is_missing(raw: object) -> bool:
    """Tell whether `{ missing = … }` stands here."""
    return isinstance(raw, Mapping) and "missing" in raw


def noted_misspelt_gap(raw: object, path: Path, found: Found) -> bool:
    """Note a gap whose `missing` is mistyped; tell whether it was one."""
    if not isinstance(raw, Mapping) or is_missing(raw):
        return False
    strange = [name for name in raw if name not in {"zh", "among"}]
    if len(strange) != 1 or near(strange[0], ["missing"]) is None:
        return False
    found.add("unknown-key", (*path, strange[0]), value=strange[0], near="missing")
    return True


def note_gap_as_text(raw: object, path: Path, found: Found, before: int) -> None:
    """Say of a word such as 未载, which was refused as a value, how a gap is written.

    Args:
        raw: What the file holds.
        path: Where.
        found: Takes the fault in place of those that the reader gave.
        before: How many faults there were before it was read.
    """
    if isinstance(raw, str) and len(found.problems) > before and means_missing(raw):
        del found.problems[before:]
        found.add("gap-as-text", path, value=raw)
