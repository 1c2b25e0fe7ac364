"""`[scheme]`: the keys that identify a version and say when it applies."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from cwgrade.scheme import SchemeStatus
from cwgrade.schemefile.kinds import (
    ATTESTED_FROM,
    ATTESTED_UNTIL,
    DAY,
    DAY_OR_UNKNOWN,
    LABEL,
    NAME,
    PLACE,
    PUBLISHED,
    TEXT,
    TEXTS,
    whole,
    words,
)
from cwgrade.schemefile.sections import Section, key, needed
from cwgrade.sources import Label
from cwgrade.timeline import Published

__all__ = ["HEADER", "Header"]

_MOST_REVISIONS: Final = 100_000


@attrs.frozen(kw_only=True)
class Header:
    """`[scheme]`: what identifies a version and when it applies.

    Attributes:
        id: The scheme's id, such as `harbin-2016`; several versions of a scheme have the same id.
        title: The printed title; an invented scheme says so.
        place: The code of GB/T 2260: two digits province, four city, six county; or `"unknown"`.
        status: How much of it can be computed.
        revision: Counts the changes of the file, from 1.
        checked_on: When the file was last held against its sources.
        published_on: When it was made known: a day, a month or year in quotation marks, or `"unknown"`.
        effective_on: The first day in force, or `"unknown"`.
        attested_from: The first day for which a source that was read shows that it applied.
        attested_until: The last such day.
        note: What a reader must know.
        extends: The scheme that it rests on: the id of a bundled one, or a path that counts from the file's folder.
        replaces: What the file writes in place of the scheme it extends, such as `"pay.basic"` or `"split"`.
    """

    id: str
    title: Label
    place: str
    status: SchemeStatus
    revision: int
    checked_on: date
    published_on: Published
    effective_on: date | None
    attested_from: date
    attested_until: date
    note: Label | None = None
    extends: str = ""
    replaces: tuple[str, ...] = ()


HEADER: Final = Section(
    make=Header,
    keys={
        "id": needed(NAME),
        "title": needed(LABEL),
        "place": needed(PLACE),
        "status": needed(words(SchemeStatus)),
        "revision": needed(whole(1, _MOST_REVISIONS)),
        "checked_on": needed(DAY),
        "published_on": needed(PUBLISHED),
        "effective_on": needed(DAY_OR_UNKNOWN),
        "attested_from": needed(ATTESTED_FROM),
        "attested_until": needed(ATTESTED_UNTIL),
        "note": key(LABEL),
        "extends": key(TEXT),
        "replaces": key(TEXTS),
    },
)
