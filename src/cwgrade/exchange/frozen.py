"""A scheme as bytes: what it says and nothing else, with its digest, to be sent to another machine or kept for years.

The bytes are canonical JSON. They hold every version with the figures that were attached to it, so that whoever reads
them needs no other file, and they are read back by the classes' own annotations.
"""

from __future__ import annotations

import enum
import functools
import json
import re
import types
import typing
from collections.abc import Hashable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from cwgrade.canonical import TAG, canonical_json, digest
from cwgrade.dates import PartialDate, day_from_text
from cwgrade.errors import ArgumentError
from cwgrade.published import PublishedFigure
from cwgrade.scheme import Scheme, SchemeVersion

__all__ = ["FORMAT", "scheme_from_bytes", "scheme_to_bytes"]

FORMAT: Final = "cwgrade-frozen-scheme/1"
_MOST_KEPT: Final = 16
_LEFT_OUT: Final = ("origin", "normal_form", "digest")
_RATIO: Final = re.compile(r"-?\d+/\d+", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL: Final = re.compile(r"\d{4}(?:-\d{2})?", re.ASCII)


def scheme_to_bytes(scheme: Scheme) -> bytes:
    """Write a scheme with everything it rests on.

    Args:
        scheme: The scheme, with the figures that were attached to it.

    Returns:
        Canonical JSON, UTF-8: equal schemes give equal bytes.

    Raises:
        ArgumentError: It is no scheme, or holds something that would not be read back as it is.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> scheme_from_bytes(scheme_to_bytes(scheme)) == scheme
        True
    """
    if not isinstance(scheme, Scheme):
        raise ArgumentError("not-a-loaded-scheme", name="scheme", value=scheme)
    body = {
        "format": FORMAT,
        "id": scheme.id,
        "digests": [version.digest for version in scheme.versions],
        "versions": [_stated(version) for version in scheme.versions],
        # figures that were attached stand beside a version's digest, not in it
        "attached": [
            {named.name: named.attached for named in version.series} for version in scheme.versions
        ],
    }
    data = canonical_json({**body, "digest": digest(body)})
    if scheme_from_bytes(data) != scheme:
        raise ArgumentError("not-canonical", value=scheme.id, kind="Scheme")
    return data


@functools.lru_cache(maxsize=_MOST_KEPT)
def scheme_from_bytes(data: bytes) -> Scheme:
    """Read a scheme back, and check that each version is the one that was written.

    The last ones read are kept: whoever pays batch after batch may ask each time.

    Args:
        data: What `scheme_to_bytes` gave.

    Raises:
        ArgumentError: The bytes are of another kind, or were changed: a digest does not fit.
    """
    try:
        read = json.loads(data)
    except ValueError:
        raise ArgumentError("frozen-not-a-scheme", accepted=FORMAT) from None
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise ArgumentError("frozen-not-a-scheme", accepted=FORMAT)
    try:
        pairs = zip(read["versions"], read["attached"], strict=True)
        versions = tuple(_version(stated, attached) for stated, attached in pairs)
        told = read["digests"]
        whole = digest({name: one for name, one in read.items() if name != "digest"})
    except (ArgumentError, AttributeError, LookupError, TypeError, ValueError):
        raise ArgumentError("frozen-changed", value=str(read.get("id"))) from None
    if told != [one.digest for one in versions] or whole != read.get("digest"):
        raise ArgumentError("frozen-changed", value=str(read.get("id")))
    return Scheme(versions=versions)


def _stated(version: SchemeVersion) -> Mapping[str, object]:
    return {
        field.name: getattr(version, field.name)
        for field in attrs.fields(SchemeVersion)
        if field.name not in _LEFT_OUT
    }


def _version(stated: Any, attached: Mapping[str, Any]) -> SchemeVersion:
    version: SchemeVersion = _read(stated, SchemeVersion)
    series = tuple(
        attrs.evolve(one, attached=_read(attached[one.name], tuple[PublishedFigure, ...]))
        for one in version.series
    )
    return attrs.evolve(version, series=series)


def _read(data: Any, hint: Any) -> Any:
    """Make a value of an annotation from plain data; the inverse of `canonical.plain`."""
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType}:
        return _read(data, _member(data, typing.get_args(hint)))
    if origin is tuple:
        parts = typing.get_args(hint)
        kinds = [parts[0]] * len(data) if parts[-1] is Ellipsis else parts
        return tuple(_read(one, kind) for one, kind in zip(data, kinds, strict=True))
    if origin is typing.Literal:
        return data
    kind = origin or hint
    if kind is Fraction:
        return Fraction(data)
    if kind is date:
        return date.fromisoformat(data)
    if kind is PartialDate:
        return day_from_text(data)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(data)
    if attrs.has(kind):
        return kind(
            **{
                name: _read(data[name], of)
                for name, of in _fields(cast("Hashable", kind))
                if name in data
            }
        )
    return data


def _member(data: Any, members: tuple[Any, ...]) -> Any:
    """Choose which of several kinds plain data is."""
    found = [one for one in members if _fits(data, one)]
    if not found:
        raise ArgumentError("not-canonical", value=data, kind=type(data).__name__)
    # what may be a word of a list, or a day, is not any text
    return min(found, key=lambda one: one is str)


def _fits(data: Any, kind: Any) -> bool:
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return data in typing.get_args(kind)
    if origin is tuple:
        return isinstance(data, list)
    if origin in {typing.Union, types.UnionType}:
        return any(_fits(data, one) for one in typing.get_args(kind))
    kind = origin or kind
    if attrs.has(kind) and kind is not PartialDate:
        return isinstance(data, dict) and data.get(TAG, kind.__name__) == kind.__name__
    pattern = {Fraction: _RATIO, date: _DAY, PartialDate: _PARTIAL}.get(kind)
    if pattern is not None:
        return isinstance(data, str) and pattern.fullmatch(data) is not None
    if issubclass(kind, enum.Enum):
        return any(data == one.value for one in kind)
    if kind is str:
        # a ratio is never a word: see `canonical.plain`
        return isinstance(data, str) and _RATIO.fullmatch(data) is None
    return type(data) is kind


@functools.cache
def _fields(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field.alias, hints[field.name]) for field in attrs.fields(kind) if field.init)
