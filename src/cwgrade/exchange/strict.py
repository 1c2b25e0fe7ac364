"""Plain data made into values, strictly: nothing is coerced, and every fault is kept."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, cast

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, override

from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError
from cwgrade.exchange.scalars import (
    read_day,
    read_exact_day,
    read_fen,
    read_fraction,
    read_text,
    read_truth,
    read_whole,
)
from cwgrade.gaps import Gap
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Unspecified
from cwgrade.reasons import StepValue
from cwgrade.worker import UNKNOWN, SuppliedAmount, Unknown

__all__ = ["STATUSES", "STRICT", "Fen", "is_step_value"]

Hook = Callable[[Any, Any], Any]
Factory = Callable[[Any], Hook]

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


def _mapping(value: object, accepted: list[str]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ArgumentError(
            "wants-table", value=value, **({"accepted": accepted} if accepted else {})
        )
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
            check(made)
        except ArgumentError:
            if isinstance(made, tuple) and made:
                # where single items are at fault, each is told with its place
                _each(made, lambda item, _: check((item,)), field.name)
            raise
        return made

    def check(made: Any) -> None:
        try:
            validate(None, field, made)
        except ArgumentError:
            raise
        except (TypeError, ValueError) as error:
            why = str(error.args[0] if error.args else error)
            raise ArgumentError("not-accepted", name=field.name, value=made, why=why) from None

    validate = cast("Callable[[Any, Any, Any], object]", field.validator)
    return read


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


def _each(
    items: Iterable[Any], hook: Hook, name: str, *, names: Sequence[str] = ()
) -> tuple[Any, ...]:
    """Read every item, and raise the faults of all together, each with its place or name."""
    made, faults = [], []
    for place, item in enumerate(items):
        try:
            made.append(hook(item, None))
        except Exception as error:  # noqa: BLE001 -- it is raised again, with its place
            index = names[place] if names else place
            error.add_note(cattrs.IterableValidationNote(f"{name}[{index}]", index, tuple))
            faults.append(error)
    if faults:
        raise cattrs.IterableValidationError("list", faults, tuple)
    return tuple(made)


def _table(kind: Any, converter: cattrs.Converter) -> Hook:
    """Make the hook of a table with free keys."""
    hook = _hook(typing.get_args(kind)[1], converter)

    def read(value: object, _kind: object) -> dict[str, Any]:
        table = _mapping(value, [])
        items = _each(table.values(), hook, "", names=[str(key) for key in table])
        return dict(zip(map(str, table), items, strict=True))

    return read


def _literal(kind: Any, _converter: cattrs.Converter) -> Hook:
    words = [*typing.get_args(kind)]

    def read(value: object, _kind: object) -> object:
        if value not in words:
            raise ArgumentError("not-one-of", name="value", value=value, accepted=words)
        return value

    return read


def _in_fen(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let people write an amount as `yuan`; exchanged data has `fen`."""
    if "yuan" not in value or "fen" in value:
        return value
    try:
        fen = read_fen(value["yuan"], None)
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


def _is_table(kind: Any) -> bool:
    origin: Any = typing.get_origin(kind)
    return origin in {dict, Mapping}


def _is_literal(kind: Any) -> bool:
    return typing.get_origin(kind) is typing.Literal


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
        return read_day(value) if days else converter.structure(value, rest[0])

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
            return read_fraction(text)
        case [("day", text)]:
            return read_exact_day(text, date)
        case [("gaps", gaps)]:
            return tuple(converter.structure(gaps, tuple[Gap, ...]))
        case _:
            raise ArgumentError("wants-table", value=value, accepted=accepted)


def _with(make: Callable[[Any, cattrs.Converter], Hook], converter: cattrs.Converter) -> Factory:
    return lambda kind: make(kind, converter)


def _strict() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind, hook in (
        (int, read_whole),
        (bool, read_truth),
        (str, read_text),
        (date, read_exact_day),
        (Fraction, read_fraction),
    ):
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(lambda kind: kind is Fen, read_fen)
    hooks: tuple[tuple[Callable[[Any], bool], Callable[[Any, cattrs.Converter], Hook]], ...] = (
        (_is_class, _object),
        (_is_tuple, _tuple),
        (_is_union, _union),
        (_is_table, _table),
        (_is_literal, _literal),
    )
    for told, make in hooks:
        converter.register_structure_hook_factory(told, _with(make, converter))
    return converter


STRICT: Final = _strict()
"""int only from int, text only from text, days only from days or ISO text; no unknown keys."""
