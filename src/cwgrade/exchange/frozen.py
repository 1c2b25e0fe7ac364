"""Rules as bytes: schemes with every version and every figure they rest on, to be sent elsewhere or kept for years.

The bytes are canonical JSON under one digest. Whoever reads them needs no other file, and they are read back by the
classes' own annotations. A later version of the library reads them too: what it knows more has its default there.
"""

from __future__ import annotations

import enum
import functools
import json
import re
import types
import typing
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from cwgrade.canonical import TAG, canonical_json, digest, stated
from cwgrade.dates import PartialDate, day_from_text
from cwgrade.errors import ArgumentError
from cwgrade.figures import with_series
from cwgrade.published import PublishedFigure, PublishedSeries
from cwgrade.scheme import Scheme, Schemes, SchemeVersion

__all__ = ["FORMAT", "Frozen", "freeze", "thaw"]

FORMAT: Final = "cwgrade-frozen/1"
_MOST_KEPT: Final = 16
_LEFT_OUT: Final = ("origin", "normal_form", "digest")
_RATIO: Final = re.compile(r"-?\d+/\d+", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_PARTIAL: Final = re.compile(r"\d{4}(?:-\d{2})?", re.ASCII)


@attrs.frozen(kw_only=True)
class Frozen:
    """Rules that were read back.

    Attributes:
        schemes: The schemes, each for its region.
        digest: The digest of the whole: the address under which the bytes are kept.
        digests: The digest of each version as it was written, and as this version of the library finds it.
    """

    schemes: Schemes
    digest: str
    digests: tuple[tuple[str, str], ...]

    def scheme(self, scheme_id: str | None = None) -> Scheme:
        """Give a scheme by its id; the only one where no id is given.

        Raises:
            ArgumentError: There is no such scheme, or no id was given and there are several.
        """
        ones = [scheme for _, scheme in self.schemes.by_region]
        if scheme_id is None and len(ones) == 1:
            return ones[0]
        for one in ones:
            if one.id == scheme_id:
                return one
        raise ArgumentError(
            "frozen-no-scheme", value=scheme_id, accepted=sorted(one.id for one in ones)
        )

    def now(self, written: str) -> str:
        """Give the digest that this version finds for a version of a scheme, by the one it was written with."""
        return dict(self.digests).get(written, written)


def freeze(
    schemes: Scheme | Schemes | Iterable[Scheme], series: PublishedSeries | None = None
) -> bytes:
    """Write schemes with everything they rest on: all versions, what they extend, and all figures.

    Args:
        schemes: A scheme, several, or schemes by region.
        series: Figures to attach to each, beside those it has.

    Returns:
        Canonical JSON, UTF-8: equal schemes give equal bytes, whatever their order.

    Raises:
        ArgumentError: Something is no scheme, two that differ have one id, or one holds something that would not be
            read back as it is.
        FiguresDiffer: A figure of `series` contradicts one that a scheme has.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> thaw(freeze(scheme)).scheme() == scheme
        True
    """
    by_region = schemes if isinstance(schemes, Schemes) else Schemes.of(_several(schemes))
    pairs = [
        (region, one if series is None else with_series(one, series))
        for region, one in by_region.by_region
    ]
    by_id: dict[str, Scheme] = {}
    for _, one in pairs:
        if by_id.setdefault(one.id, one) != one:
            raise ArgumentError("frozen-twice", value=one.id)
    body = {
        "format": FORMAT,
        "schemes": [_written(region, one) for region, one in _in_order(pairs)],
    }
    data = canonical_json({**body, "digest": digest(body)})
    if thaw(data).schemes.by_region != tuple(_in_order(pairs)):
        raise ArgumentError("not-canonical", value=sorted(by_id), kind="Scheme")
    return data


@functools.lru_cache(maxsize=_MOST_KEPT)
def thaw(data: bytes) -> Frozen:
    """Read rules back, and check that they are what was written.

    The last ones read are kept: whoever pays batch after batch may ask each time.

    Args:
        data: What `freeze` gave, in this version of the library or an earlier one.

    Raises:
        ArgumentError: The bytes are of another kind, were changed, or come from a later version.
    """
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        raise ArgumentError("frozen-not-rules", accepted=FORMAT) from None
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise ArgumentError("frozen-not-rules", accepted=FORMAT)
    told = read.pop("digest", None)
    if told != digest(read):
        raise ArgumentError("frozen-changed", value=str(told))
    try:
        ones = [(one["region"], _scheme(one), one["digests"]) for one in read["schemes"]]
        digests = tuple(
            (str(written), version.digest)
            for _, scheme, all_written in ones
            for written, version in zip(all_written, scheme.versions, strict=True)
        )
    except ArgumentError as error:
        if error.code.startswith("frozen-"):
            raise
        raise ArgumentError("frozen-changed", value=str(told)) from None
    except (AttributeError, LookupError, TypeError, ValueError):
        raise ArgumentError("frozen-changed", value=str(told)) from None
    by_region = tuple((region, scheme) for region, scheme, _ in ones)
    return Frozen(schemes=Schemes(by_region), digest=str(told), digests=digests)


def _several(schemes: Scheme | Iterable[Scheme]) -> Iterable[Scheme]:
    return (schemes,) if isinstance(schemes, Scheme) else schemes


def _in_order(pairs: Iterable[tuple[str, Scheme]]) -> Iterator[tuple[str, Scheme]]:
    yield from sorted(dict.fromkeys(pairs), key=lambda pair: (pair[0], pair[1].id))


def _written(region: str, scheme: Scheme) -> Mapping[str, object]:
    return {
        "region": region,
        "digests": [version.digest for version in scheme.versions],
        "versions": [stated(version, without=_LEFT_OUT) for version in scheme.versions],
        # figures that were attached stand beside a version's digest, not in it
        "attached": [
            {named.name: named.attached for named in version.series} for version in scheme.versions
        ],
    }


def _scheme(read: Mapping[str, Any]) -> Scheme:
    pairs = zip(read["versions"], read["attached"], strict=True)
    return Scheme(versions=tuple(_version(written, attached) for written, attached in pairs))


def _version(written: Any, attached: Mapping[str, Any]) -> SchemeVersion:
    version: SchemeVersion = _read(written, SchemeVersion)
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
        return _object(data, kind)
    return data


def _object(data: Any, kind: Any) -> Any:
    known = dict(_fields(cast("Hashable", kind)))
    for name in data:
        if name not in known and name != TAG:
            # what a later version has to say of a rule cannot be left out
            raise ArgumentError("frozen-newer", value=f"{kind.__name__}.{name}")
    return kind(**{name: _read(data[name], of) for name, of in known.items() if name in data})


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
