"""The contract of columns as a Table Schema, made from the one module that defines them.

Tools that know Table Schema (frictionless, data catalogues, converters) check a table against it before it is handed
over. What only the readers know, such as day forms and spellings, they read for themselves: a field that takes text
in several forms is a string there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.columns import (
    ATTAINED,
    PAYMENTS,
    ROSTER,
    VOCABULARIES,
    Column,
    Reads,
    SheetColumns,
    sheet_columns,
)
from cwgrade.rosterfile.spellings import shipped_spellings

__all__ = ["CONTRACTS", "table_schema"]

CONTRACTS: Final = ("roster", "spells", "payments")
_PROFILE: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_ATTAINED: Final = frozenset(known.fact for known in ATTAINED)
_MORE: Final = (
    "Further columns are read by their names: rating_2025 (also 2025H1, 2025Q3, 2025-07), fact:NAME, supplied:NAME "
    "(yuan; supplied:NAME_fen in whole fen) and document:NAME. Any other column passes through."
)


def table_schema(sheet: str = "roster") -> dict[str, Any]:
    """Give the Table Schema of a roster, of the spells beside it, or of the file of what was paid.

    Args:
        sheet: `"roster"`, `"spells"` or `"payments"`.

    Raises:
        ArgumentError: There is no such contract.

    Examples:
        >>> fields = {field["name"]: field for field in table_schema()["fields"]}
        >>> (
        ...     fields["worker_id"]["type"],
        ...     fields["service_months"]["type"],
        ...     fields["retired"]["constraints"],
        ... )
        ('string', 'integer', {'enum': ['no', 'yes']})
    """
    if sheet not in CONTRACTS:
        raise ArgumentError("frame-no-such-schema", value=sheet, accepted=list(CONTRACTS))
    kind = sheet_columns(sheet)
    schema: dict[str, Any] = {
        "$schema": _PROFILE,
        "title": f"cwgrade {sheet}",
        "fields": [_field(column, kind) for column in kind.columns],
        "fieldsMatch": "partial",
        "missingValues": [""],
    }
    if kind is ROSTER:
        schema["description"] = _MORE
        schema["primaryKey"] = ["worker_id"]
    elif kind is not PAYMENTS:
        # who was paid and is not on the roster is a finding, and no fault of the file
        reference = {"resource": "roster", "fields": ["worker_id"]}
        schema["foreignKeys"] = [{"fields": ["worker_id"], "reference": reference}]
    return schema


def _field(column: Column, kind: SheetColumns) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": shipped_spellings().label("headers", column.name),
        **_type(column),
    }
    # a row of a spell may leave out what a roster says; a payment without its month or amount is none
    if column.name == "worker_id" or (kind is PAYMENTS and column.name in kind.needed):
        field["constraints"] = {"required": True, **field.get("constraints", {})}
    return field


_PLAIN: Final[Mapping[Reads, Mapping[str, Any]]] = {
    Reads.ID: {"type": "string"},
    Reads.TEXT: {"type": "string"},
    Reads.POST: {"type": "string"},
    Reads.REGION: {"type": "string", "constraints": {"pattern": r"\d{2}(\d{2}(\d{2})?)?"}},
    # a month or a year alone is read as a day that is not known exactly
    Reads.DAY: {"type": "string", "constraints": {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}},
    Reads.EXACT_DAY: {"type": "date", "format": "default"},
    Reads.LAST_DAY: {"type": "date", "format": "default"},
    Reads.LAST_MONTH: {"type": "yearmonth"},
    Reads.MONTHS: {"type": "integer", "constraints": {"minimum": 0}},
    Reads.GRADE: {"type": "integer", "constraints": {"minimum": 1}},
    Reads.PERIOD: {"type": "string", "constraints": {"pattern": r"\d{4}(-\d{2}|H[12]|Q[1-4])?"}},
    Reads.YUAN: {"type": "number"},
}


def _type(column: Column) -> Mapping[str, Any]:
    if column.name == "paid_for":
        return {"type": "yearmonth"}
    if column.reads in _PLAIN:
        return _PLAIN[column.reads]
    values = [*VOCABULARIES[column.vocabulary]]
    if column.vocabulary in _ATTAINED:
        values = ["none", *values]
    if column.reads is Reads.CHOICE:
        return {"type": "string", "constraints": {"enum": values}}
    # one value, or several parted by 、
    one = "|".join(values)
    return {"type": "string", "constraints": {"pattern": f"({one})(、({one}))*"}}
