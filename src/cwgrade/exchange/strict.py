"""Plain data made into values, strictly: nothing is coerced, and every fault is kept."""

from __future__ import annotations

import enum
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from cwgrade.dates import Day, PartialDate, day_from_text
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Gap
from cwgrade.money import fen_from_yuan
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Unspecified
from cwgrade.reasons import StepValue
from cwgrade.worker import UNKNOWN, SuppliedAmount, Unknown

__all__ = ["STATUSES", "STRICT", "Fen", "is_step_value"]

Hook = Callable[[Any, Any], Any]

Fen = typing.NewType("Fen", int)
"""Whole fen that a file gives in yuan."""

STATUSES: Final[Mapping[str, type[Any]]] = {
    "decided": Decided,
    "not_eligible": NotEligible,
    "not_applicable": NotApplicable,
    "one_of": OneOf,
    "unspecified": Unspecified,
}
"""The kinds of outcome by the word that `outcomes.status_of` gives."""


def _text(value: object, kind: type) -> object:
    if issubclass(kind, enum.Enum):
        return _member(value, kind)
    if not isinstance(value, str):
        raise ArgumentError("wants-text", value=value)
    return value


def _member(value: object, kind: type[enum.Enum]) -> object:
    words = [member.value for member in kind]
    if not isinstance(value, str) or value not in words:
        raise ArgumentError("not-one-of", name=kind.__name__, value=value, accepted=words)
    return kind(value)


def _whole(value: object, _kind: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ArgumentError("wants-whole-number", value=value)
    return value


def _truth(value: object, _kind: object) -> bool:
    if not isinstance(value, bool):
        raise ArgumentError("wants-truth", value=value)
    return value


def _day(value: object, _kind: object = None) -> Day:
    # a datetime is a date to isinstance
    if type(value) is date:
        return day_from_text(value.isoformat())
    if not isinstance(value, str):
        raise ArgumentError("wants-day", value=value)
    return day_from_text(value)


def _exact_day(value: object, _kind: object) -> date:
    day = _day(value)
    if isinstance(day, PartialDate):
        raise ArgumentError("wants-exact-day", value=value)
    return day


def _fraction(value: object, _kind: object = None) -> Fraction:
    if not isinstance(value, str):
        raise ArgumentError("wants-fraction", value=value)
    above, _, below = value.partition("/")
    digits = above.removeprefix("-")
    if not all(part.isascii() and part.isdigit() for part in (digits, below)) or not int(below):
        raise ArgumentError("wants-fraction", value=value)
    return Fraction(int(above), int(below))


def _fen(value: object, _kind: object) -> int:
    fen = fen_from_yuan(value)  # type: ignore[arg-type]  # it refuses every other kind itself
    if fen.denominator != 1:
        raise ArgumentError("part-of-a-fen", value=value)
    return fen.numerator


def _mapping(value: object, accepted: list[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ArgumentError("wants-table", value=value, accepted=accepted)
    return value


# ---------------------------------------------------------------------------- objects and lists


def _object(kind: type[Any], converter: cattrs.Converter) -> Hook:
    """Make the hook of an attrs class: a mapping of its fields and of nothing else."""
    origin = typing.get_origin(kind) or kind
    hints = typing.get_type_hints(origin)
    fields = [field for field in attrs.fields(origin) if field.init]
    checks = {
        field.name: override(struct_hook=_checked(field, hints[field.name], converter))
        for field in fields
        if field.validator is not None
    }
    hook = make_dict_structure_fn(kind, converter, **checks)  # type: ignore[arg-type]
    names = [field.name for field in fields]
    if origin is SuppliedAmount:
        return lambda value, _: hook(_in_fen(_mapping(value, names)), kind)
    return lambda value, _: hook(_mapping(value, names), kind)


def _checked(field: attrs.Attribute[Any], hint: Any, converter: cattrs.Converter) -> Hook:
    """Check a field before its object is made, so that one bad field does not hide the others."""

    def read(value: object, _kind: object) -> Any:
        made = converter.structure(value, hint)
        try:
            _validate(field, made)
        except ArgumentError:
            if isinstance(made, tuple) and made:
                _blame_items(field, made)
            raise
        return made

    return read


def _validate(field: attrs.Attribute[Any], made: Any) -> None:
    try:
        if field.validator is not None:
            field.validator(None, field, made)
    except ArgumentError:
        raise
    except (TypeError, ValueError) as error:
        why = str(error.args[0] if error.args else error)
        raise ArgumentError("not-accepted", name=field.name, value=made, why=why) from None


def _blame_items(field: attrs.Attribute[Any], items: tuple[Any, ...]) -> None:
    """Raise the faults of single items, where that is where the fault of a list lies."""

    def check(item: Any, _kind: object) -> Any:
        _validate(field, (item,))

    _each(items, check, field.name)


def _tuple(kind: Any, converter: cattrs.Converter) -> Hook:
    parts = typing.get_args(kind)
    if len(parts) == 2 and parts[1] is Ellipsis:  # noqa: PLR2004 -- an item and the dots
        return lambda value, _: _each(_list(value), _hook(parts[0], converter), "")

    def read(value: object, _kind: object) -> tuple[Any, ...]:
        items = _list(value)
        if len(items) != len(parts):
            raise ArgumentError("wants-items", value=value, count=len(parts))
        hooks = iter([_hook(part, converter) for part in parts])
        return _each(items, lambda item, _: next(hooks)(item, None), "")

    return read


def _hook(kind: Any, converter: cattrs.Converter) -> Hook:
    return lambda value, _: converter.structure(value, kind)


def _list(value: object) -> list[Any] | tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ArgumentError("wants-list", value=value)
    return value


def _each(items: typing.Iterable[Any], hook: Hook, name: str) -> tuple[Any, ...]:
    made, faults = [], []
    for place, item in enumerate(items):
        try:
            made.append(hook(item, None))
        except Exception as error:  # noqa: BLE001 -- it is raised again, with its place
            error.add_note(cattrs.IterableValidationNote(f"{name}[{place}]", place, tuple))
            faults.append(error)
    if faults:
        raise cattrs.IterableValidationError("list", faults, tuple)
    return tuple(made)


def _in_fen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let people write an amount as `yuan`; exchanged data has `fen`."""
    if "yuan" not in value or "fen" in value:
        return value
    try:
        fen = _fen(value["yuan"], None)
    except ArgumentError as error:
        error.add_note(cattrs.AttributeValidationNote("yuan", "yuan", Fen))
        raise cattrs.ClassValidationError("yuan", [error], SuppliedAmount) from None
    return {name: item for name, item in value.items() if name != "yuan"} | {"fen": fen}


# --------------------------------------------------------------------------------------- unions


def _is_class(kind: Any) -> bool:
    origin: Any = typing.get_origin(kind)
    return attrs.has(kind if origin is None else origin)


def _is_tuple(kind: Any) -> bool:
    origin: Any = typing.get_origin(kind)
    return origin is tuple


def _is_union(kind: Any) -> bool:
    return typing.get_origin(kind) in {typing.Union, types.UnionType}


def is_step_value(kind: Any) -> bool:
    """Tell whether an annotation is `StepValue`, however it is written."""
    return _is_union(kind) and set(typing.get_args(kind)) == set(typing.get_args(StepValue))


def _union(kind: Any, converter: cattrs.Converter) -> Hook:
    """Make the hook of a union: its members are told apart by what is written."""
    parts = typing.get_args(kind)
    if any(typing.get_origin(part) is Decided for part in parts):
        return _outcome(parts, converter)
    if is_step_value(kind):
        return lambda value, _: _step_value(value, converter)
    rest = [part for part in parts if part not in {types.NoneType, Unknown}]
    days = set(rest) == {date, PartialDate}

    def read(value: object, _kind: object) -> Any:
        if value is None and types.NoneType in parts:
            return None
        if Unknown in parts and (value is UNKNOWN or value == UNKNOWN.value):
            return UNKNOWN
        if Unknown in parts and _wants_list(rest) and not isinstance(value, list | tuple):
            raise ArgumentError("wants-list", value=value, accepted=["[...]", '"unknown"'])
        return _day(value) if days else converter.structure(value, rest[0])

    return read


def _wants_list(rest: list[Any]) -> bool:
    return len(rest) == 1 and typing.get_origin(rest[0]) is tuple


def _outcome(parts: tuple[Any, ...], converter: cattrs.Converter) -> Hook:
    by_class = {typing.get_origin(part) or part: part for part in parts}

    def read(value: object, _kind: object) -> Any:
        table = dict(_mapping(value, ["status"]))
        status = table.pop("status", None)
        if not isinstance(status, str) or status not in STATUSES:
            raise ArgumentError("not-one-of", name="status", value=status, accepted=[*STATUSES])
        return converter.structure(table, by_class[STATUSES[status]])

    return read


def _step_value(value: object, converter: cattrs.Converter) -> StepValue:
    if value is None or isinstance(value, bool | int | str):
        return value
    accepted = ["fraction", "day", "gaps"]
    table = _mapping(value, accepted)
    match [*table.items()]:
        case [("fraction", text)]:
            return _fraction(text)
        case [("day", text)]:
            return _exact_day(text, date)
        case [("gaps", gaps)]:
            return tuple(converter.structure(gaps, tuple[Gap, ...]))
        case _:
            raise ArgumentError("wants-table", value=value, accepted=accepted)


def _strict() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind, hook in (
        (int, _whole),
        (bool, _truth),
        (str, _text),
        (date, _exact_day),
        (Fraction, _fraction),
    ):
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(lambda kind: kind is Fen, _fen)
    hooks: tuple[tuple[Callable[[Any], bool], Callable[[Any, cattrs.Converter], Hook]], ...] = (
        (_is_class, _object),
        (_is_tuple, _tuple),
        (_is_union, _union),
    )
    for told, make in hooks:
        factory = functools.partial(make, converter=converter)
        converter.register_structure_hook_factory(told, factory)
    return converter


STRICT: Final = _strict()
"""int only from int, text only from text, a day only from a day or ISO text; unknown keys are faults."""
