"""The JSON Schema of the scheme file, made from the vocabulary that the reader reads with."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from cwgrade.schemefile import accepts, forms
from cwgrade.schemefile.accepts import Schema, by_name, either, listed, told
from cwgrade.schemefile.layers import FORMAT
from cwgrade.schemefile.problems import Path
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

__all__ = ["branches", "may_be_missing", "scheme_schema", "shape_of"]


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


@functools.cache
def _whole() -> Mapping[str, Any]:
    return scheme_schema()


def branches(shape: Schema) -> Iterator[Schema]:
    """Give what a value may be, one shape after the other; a definition is looked up."""
    for one in shape.get("anyOf", [shape]):
        name = str(one.get("$ref", "")).rpartition("/")[2]
        if name:
            yield from branches(_whole()["definitions"][name])
        elif "anyOf" in one:
            yield from branches(one)
        else:
            yield one


def shape_of(path: Path) -> Schema | None:
    """Give the shape of what may stand at a place, `None` where nothing may.

    Args:
        path: Keys, and places in lists.

    Examples:
        >>> shape_of(("scheme", "revision"))["minimum"]
        1
    """
    shape: Schema = {"properties": _whole()["properties"]}
    for step in path:
        found = next((inner for one in branches(shape) if (inner := _inner(one, step))), None)
        if found is None:
            return None
        shape = found
    return shape


def _inner(shape: Schema, step: str | int) -> Schema | None:
    if isinstance(step, int):
        listed_ = shape.get("items")
        return listed_ if isinstance(listed_, Mapping) else None
    named = shape.get("properties", {}).get(step, shape.get("additionalProperties"))
    return named if isinstance(named, Mapping) else None


def may_be_missing(shape: Schema | None, *, left_out: bool = False) -> bool:
    """Tell whether a file may leave a value open.

    Args:
        shape: The shape of the value.
        left_out: Whether by leaving the key out, rather than by saying that the value is missing.
    """
    gaps = [one for one in branches(shape or {}) if "missing" in one.get("properties", {})]
    return any(not left_out or one.get("description") != accepts.SETTLED for one in gaps)


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
