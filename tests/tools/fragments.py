"""Fragments of scheme files: each is put into a whole scheme, so that it can be loaded and asked."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from cwgrade.schemefile.vocabulary import SINGLE

__all__ = ["BASE", "definition_of", "headers_of", "merged"]

BASE: Final = (Path(__file__).parents[1] / "docs" / "base.toml").read_text(encoding="utf-8")
"""The whole scheme that fragments are put into."""

_HEADER: Final = re.compile(r"^\[\[?([^\]]+)\]\]?$", re.MULTILINE)
_ONCE: Final = ("scheme", "scope", "split", *SINGLE)
"""Sections that stand once; the others hold definitions by name."""


def headers_of(text: str) -> list[str]:
    """Give the headers of a text, in order."""
    return _HEADER.findall(text)


def definition_of(header: str) -> str:
    """Give the definition that a header belongs to: a section that stands once, or one of its names."""
    first, *rest = header.split(".")
    return first if first in _ONCE or not rest else f"{first}.{rest[0]}"


def merged(ground: str, fragment: str, *, replaces: Collection[str] = ()) -> str:
    """Put a fragment into a scheme; what it defines, and what it replaces, is taken out of the scheme.

    Args:
        ground: A whole scheme.
        fragment: The sections to put in.
        replaces: Sections and definitions to take out besides.
    """
    out = {definition_of(header) for header in headers_of(fragment)} | {*replaces}
    first, *parts = re.split(r"^(?=\[)", ground, flags=re.MULTILINE)
    kept = [part for part in parts if not _is_in(headers_of(part)[0], out)]
    return first + "".join(kept) + "\n" + fragment


def _is_in(header: str, definitions: Collection[str]) -> bool:
    parts = header.split(".")
    return any(".".join(parts[:length]) in definitions for length in range(1, len(parts) + 1))
