"""Gradings, payslips and derivations as JSON, exactly and both ways."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from importlib import resources
from typing import Any, Final, TypeVar

import attrs
import cattrs

from cwgrade.errors import WorkerFault, WorkerFileError
from cwgrade.exchange.faults import read_strictly
from cwgrade.exchange.strict import STATUSES, is_step_value
from cwgrade.grading import Grading
from cwgrade.outcomes import Outcome
from cwgrade.pay import Payslip
from cwgrade.reasons import FORMAT, Derivation, StepValue

__all__ = [
    "derivation_from_json",
    "derivation_schema",
    "derivation_to_json",
    "grading_from_json",
    "grading_to_json",
    "outcome_to_json",
    "payslip_from_json",
    "payslip_to_json",
]

_DEEPEST: Final = 150
"""Lists and objects in each other: past any derivation, and safe to walk by recursion."""

T = TypeVar("T")


def derivation_schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of a derivation.

    Examples:
        >>> derivation_schema()["title"]
        'cwgrade derivation, format 1'
    """
    file = resources.files("cwgrade").joinpath("schemas", "derivation-1.json")
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def derivation_to_json(derivation: Derivation) -> dict[str, Any]:
    """Give a derivation as plain JSON data; its schema ships as `schemas/derivation-1.json`."""
    return _to_json(derivation)


def derivation_from_json(plain: object, *, file: str = "") -> Derivation:
    """Make a derivation of its JSON data again; it equals the one that was written.

    Raises:
        WorkerFileError: It is no such data; one fault for each thing that is wrong.
    """
    return _from_json(plain, Derivation, file)


def grading_to_json(grading: Grading) -> dict[str, Any]:
    """Give a grading as plain JSON data."""
    return _to_json(grading)


def grading_from_json(plain: object, *, file: str = "") -> Grading:
    """Make a grading of its JSON data again.

    Raises:
        WorkerFileError: It is no such data; one fault for each thing that is wrong.
    """
    return _from_json(plain, Grading, file)


def payslip_to_json(payslip: Payslip) -> dict[str, Any]:
    """Give a payslip as plain JSON data; amounts are whole fen."""
    return _to_json(payslip)


def payslip_from_json(plain: object, *, file: str = "") -> Payslip:
    """Make a payslip of its JSON data again.

    Raises:
        WorkerFileError: It is no such data; one fault for each thing that is wrong.
    """
    return _from_json(plain, Payslip, file)


def outcome_to_json(outcome: Outcome[Any]) -> dict[str, Any]:
    """Give an outcome as plain JSON data, with its status."""
    return _to_json(outcome)


def _to_json(result: object) -> dict[str, Any]:
    plain: dict[str, Any] = _WRITER.unstructure(result)
    return plain


def _from_json(plain: object, kind: type[T], file: str) -> T:
    if not _is_shallow(plain):
        raise WorkerFileError([WorkerFault("json-too-deep", file=file, most=_DEEPEST)])
    made = read_strictly(plain, kind, file=file)
    found = made if isinstance(made, Derivation) else getattr(made, "derivation", None)
    if isinstance(found, Derivation) and found.format != FORMAT:
        path = "format" if found is made else "derivation.format"
        fault = WorkerFault(
            "unknown-format", file=file, path=path, value=found.format, accepted=[FORMAT]
        )
        raise WorkerFileError([fault])
    return made


def _is_shallow(plain: object) -> bool:
    level: list[object] = [plain]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return True
    return False


def _inside(one: object) -> list[object]:
    if isinstance(one, Mapping):
        return [*one.values()]
    return [*one] if isinstance(one, list | tuple) else []


def _ratio(number: Fraction) -> str:
    # a whole fraction keeps its denominator, so that it reads back as a fraction
    return f"{number.numerator}/{number.denominator}"


def _step_value(value: StepValue) -> Any:
    match value:
        case Fraction():
            return {"fraction": _ratio(value)}
        case date():
            return {"day": value.isoformat()}
        case tuple():
            return {"gaps": [_WRITER.unstructure(gap) for gap in value]}
        case str():
            return _text(value)
        case _:
            return value


def _text(text: str) -> str:
    # a member of an enumeration is text to Python, and not the same to JSON writers
    return str(text)


def _writer() -> cattrs.Converter:
    converter = cattrs.Converter(unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(str, _text)
    converter.register_unstructure_hook(Fraction, _ratio)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook_func(is_step_value, _step_value)
    for status, kind in STATUSES.items():
        names = [field.name for field in attrs.fields(kind)]

        def write(outcome: Any, status: str = status, names: list[str] = names) -> dict[str, Any]:
            inner = {name: converter.unstructure(getattr(outcome, name)) for name in names}
            return {"status": status, **inner}

        converter.register_unstructure_hook(kind, write)
    return converter


_WRITER: Final = _writer()
