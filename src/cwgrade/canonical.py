"""Values as plain JSON data, their one canonical text, and the digest that identifies it.

Two people who hold equal values get equal bytes, on any machine and in any version of Python. A field that holds its
default is left out of that text: a class that gains a field later gives the same bytes for what was said before.
Nothing here is rounded: a fraction is text, and a binary float is refused.
"""

from __future__ import annotations

import enum
import functools
import hashlib
import json
import types
import typing
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, cast

import attrs

from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError

__all__ = ["TAG", "canonical_json", "digest", "plain", "stated"]

TAG: Final = "is"
"""The key that names an object's class where several may stand; no field can be called so."""

_CLASSES_WITHOUT_DOUBT: Final = 1


def plain(value: object) -> Any:
    """Turn a value into what JSON can hold, without loss of anything that matters to equality.

    An attrs object becomes a mapping of its fields by name; fields whose name starts with an
    underscore are left out. Where a field may hold objects of several classes, `TAG` names the
    class, so that two rules with the same fields stay apart. A fraction is `"3/2"`, a whole one
    `"3/1"`, so that it is neither a number nor a word; a day is ISO text; an enumeration gives its
    value; sets are sorted.

    Args:
        value: Plain data, attrs objects, or any nesting of them.

    Raises:
        ArgumentError: It holds a float, a datetime, text that is no Unicode, a key that is not
            text, or an unknown kind of object.

    Examples:
        >>> plain((Fraction(3), PartialDate(2019, 7), date(2020, 1, 1), None, {"b": True}))
        ['3/1', '2019-07', '2020-01-01', None, {'b': True}]
    """
    return _plain(value, tag=False, whole=True)


def canonical_json(value: object) -> bytes:
    """Write a value as canonical JSON: keys in code-point order, no spaces, UTF-8, no field at its default.

    Examples:
        >>> canonical_json({"b": 1, "a": "样"}).decode()
        '{"a":"样","b":1}'
    """
    told = _plain(value, tag=False, whole=False)
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(value: object) -> str:
    """Give the SHA-256 of a value's canonical JSON, as 64 hexadecimal digits.

    Examples:
        >>> digest({"a": 1})[:16]
        '015abd7f5cc57a2d'
    """
    return hashlib.sha256(canonical_json(value)).hexdigest()


def stated(value: object, *, without: tuple[str, ...] = ()) -> dict[str, object]:
    """Give the fields of an attrs object that hold something else than their default.

    Args:
        value: The object.
        without: Fields that are left out whatever they hold.
    """
    kind = cast("Hashable", type(value))
    return {
        name: getattr(value, name)
        for name, _, default in _fields(kind)
        if name not in without and getattr(value, name) != default
    }


def _plain(value: object, *, tag: bool, whole: bool) -> Any:
    # most values are one of these; asking for them first halves the time of a digest
    if value is None or type(value) is int:
        return value
    if type(value) is str:
        return _unicode(value)
    if type(value) is date:
        return value.isoformat()
    match value:
        case tuple() | list():
            return [_plain(item, tag=tag, whole=whole) for item in value]
        case frozenset() | set():
            return sorted(
                (_plain(item, tag=tag, whole=whole) for item in value), key=canonical_json
            )
        case Mapping():
            return {_key(key): _plain(item, tag=tag, whole=whole) for key, item in value.items()}
        case _ if attrs.has(type(value)) and not isinstance(value, PartialDate):
            return _object(value, tag=tag, whole=whole)
        case _:
            return _scalar(value)


def _scalar(value: object) -> Any:
    match value:
        case enum.Enum():
            return _scalar(value.value)
        case None | bool() | int():
            return value
        case str():
            return _unicode(value)
        case datetime():
            raise ArgumentError("not-canonical", value=value, kind="datetime")
        case PartialDate():
            return str(value)
        case date():
            return value.isoformat()
        case Fraction():
            return _ratio(value)
        case Decimal() if value.is_finite():
            return _ratio(Fraction(value))
        case _:
            raise ArgumentError("not-canonical", value=value, kind=type(value).__name__)


def _ratio(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


def _object(value: object, *, tag: bool, whole: bool) -> dict[str, Any]:
    kind: type[Any] = type(value)
    names: dict[str, Any] = {TAG: kind.__name__} if tag else {}
    for name, several, default in _fields(cast("Hashable", kind)):
        held = getattr(value, name)
        if whole or held != default:
            names[name] = _plain(held, tag=several, whole=whole)
    return names


def _key(key: object) -> str:
    if isinstance(key, enum.Enum):
        key = key.value
    if not isinstance(key, str):
        raise ArgumentError("not-canonical", value=key, kind=type(key).__name__)
    return _unicode(key)


def _unicode(text: str) -> str:
    if text.isascii():
        return str(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ArgumentError("not-canonical", value=text, kind="surrogate") from None
    return str(text)


@functools.cache
def _fields(kind: type[Any]) -> tuple[tuple[str, bool, object], ...]:
    """List a class's public fields, whether objects of several classes may stand in each, and its default."""
    hints = typing.get_type_hints(kind)
    return tuple(
        (
            field.name,
            len(_classes(hints.get(field.name, Any))) > _CLASSES_WITHOUT_DOUBT,
            _default(field),
        )
        for field in attrs.fields(kind)
        if not field.name.startswith("_")
    )


def _default(field: attrs.Attribute[Any]) -> object:
    """Give what a field holds where nothing is said; what has to be said has `NOTHING`, which equals no value."""
    made: Any = field.default
    if not isinstance(made, attrs.Factory):  # type: ignore[arg-type]
        return made
    return attrs.NOTHING if made.takes_self else made.factory()


def _classes(hint: Any) -> frozenset[object]:
    """Collect the attrs classes that an annotation admits; an open annotation admits any two."""
    if hint is Any or hint is object or isinstance(hint, typing.TypeVar):
        return frozenset({Any, object})
    origin = typing.get_origin(hint)
    if origin in {typing.Union, types.UnionType} or (origin is not None and not attrs.has(origin)):
        return frozenset().union(*(_classes(part) for part in typing.get_args(hint)))
    kind = origin or hint
    return frozenset({kind}) if kind is not PartialDate and attrs.has(kind) else frozenset()
