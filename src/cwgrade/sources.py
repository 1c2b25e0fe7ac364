"""Where a rule or figure comes from: the legal source, the clause, and how far it can be trusted."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

import attrs

__all__ = ["Citation", "Label", "LegalSource", "Trust"]


class Trust(StrEnum):
    """How far a source can be trusted, best first; `invented` marks samples."""

    OFFICIAL = "official"
    OFFICIAL_ARCHIVE = "official-archive"
    OFFICIAL_CITED = "official-cited"
    NEWS_MIRROR = "news-mirror"
    REPRINT = "reprint-on-spam-host"
    COMPILATION = "compilation"
    CODE = "github-compilation"
    CONTENT_FARM = "content-farm"
    INVENTED = "invented"

    @property
    def carries_pay(self) -> bool:
        """Whether pay may rest on a figure from such a source: the first four classes, and samples."""
        return self in _CARRIES_PAY


_CARRIES_PAY: Final = frozenset(
    (
        Trust.OFFICIAL,
        Trust.OFFICIAL_ARCHIVE,
        Trust.OFFICIAL_CITED,
        Trust.NEWS_MIRROR,
        Trust.INVENTED,
    )
)


@attrs.frozen(kw_only=True)
class Label:
    """A name in both languages.

    Attributes:
        zh: Chinese, as documents print it.
        en: English.
    """

    zh: str
    en: str


@attrs.frozen(kw_only=True)
class LegalSource:
    """A document that was read.

    Attributes:
        instrument: Its title.
        issuer: Who issued it, or `"unknown"`.
        number: Its document number (文号), or `"unknown"`.
        url: The address where it was read; empty only for invented sources.
        read_on: The day it was read.
        trust: How far the address can be trusted.
        note: What else a reader must know, such as where the text breaks off.
    """

    instrument: str
    issuer: str = "unknown"
    number: str = "unknown"
    url: str = ""
    read_on: date
    trust: Trust
    note: str = ""


@attrs.frozen(kw_only=True)
class Citation:
    """A place in a source.

    Attributes:
        source: The source's id in the scheme file.
        clause: Article or item, where known.
    """

    source: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.source} {self.clause}".strip()
