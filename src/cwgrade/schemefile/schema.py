"""The JSON Schema of the scheme file, made from the vocabulary that the reader reads with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cwgrade.schemefile import accepts, forms
from cwgrade.schemefile.accepts import Schema, by_name, either, listed, told
from cwgrade.schemefile.layers import FORMAT
from cwgrade.schemefile.sections import Section
from cwgrade.schemefile.vocabulary import (
    HEADER,
    NAMED,
    NEEDED,
    SCOPE,
    SECTIONS,
    SINGLE,
    SOURCE,
    SPLIT,
)

__all__ = ["scheme_schema"]


def scheme_schema() -> dict[str, Any]:
    """Give the JSON Schema of scheme files, draft 7; days are text in it, as editors hand them over.

    Examples:
        >>> scheme_schema()["properties"]["split"]["description"]
        'A quantity that is split among components.'
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "urn:cwgrade:scheme:1",
        "title": "cwgrade scheme file, format 1",
        "type": "object",
        "properties": dict(_sections()),
        "required": ["format"],
        # a file that extends another one takes over what it does not write
        "anyOf": [
            {"required": list(NEEDED)},
            {"required": ["scheme"], "properties": {"scheme": {"required": ["extends"]}}},
        ],
        "additionalProperties": False,
        "definitions": {**accepts.DEFINITIONS, **forms.DEFINITIONS},
    }


def _sections() -> Iterator[tuple[str, Schema]]:
    split = SPLIT.accepts
    whole = {
        "format": told({"const": FORMAT}, "The format of the file."),
        "scheme": _section(HEADER),
        "sources": told(by_name(SOURCE.accepts), _first(SOURCE)),
        "scope": _section(SCOPE),
        "split": told(either(split, listed(split)), _first(SPLIT)),
        **{
            name: told(by_name(section.accepts), _first(section))
            for name, (_, _, section) in NAMED.items()
        },
        **{name: _section(section) for name, section in SINGLE.items()},
    }
    return ((name, whole[name]) for name in SECTIONS)


def _section(section: Section) -> Schema:
    return told(section.accepts, _first(section))


def _first(section: Section) -> str:
    """Give what a section is, from its class."""
    return str(section.make.__doc__ or "").partition("\n")[0]
