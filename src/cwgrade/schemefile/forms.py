"""The shape of every key by which a definition states its value, for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cwgrade.gaps import Readings, Reference
from cwgrade.ladder import Boundary
from cwgrade.law.formulas import Formula
from cwgrade.quantities import Add, Highest, Lowest, Product, Steps, Table
from cwgrade.schemefile import accepts
from cwgrade.schemefile.accepts import GAP, Schema, either, listed, of_definition, told
from cwgrade.schemefile.formulas import FORMULA_KEYS, KEY_OF_UNIT
from cwgrade.schemefile.kinds import ROUNDING, stated, words

__all__ = ["DEFINITIONS", "FORMS"]

_VALUES: Final[Mapping[str, Schema]] = {
    "share": accepts.SHARE,
    "grades": either({"type": "integer"}, accepts.EXACT["anyOf"][1]),
    "value": {"type": "string", "minLength": 1},
}
"""What a single value is, by the key of its unit, where it is not any exact number."""
_UNIT_MEANS: Final[Mapping[str, str]] = {
    "yuan": "An amount of money, in yuan.",
    "times": "A factor, such as a coefficient.",
    "share": "A share, from 0 to 1.",
    "grades": "A number of grades.",
    "months": "A number of months.",
    "points": "A number of points.",
    "value": "A value of a fact, such as a level of schooling.",
}
_NAMES: Final[Schema] = {**listed(accepts.TEXT), "minItems": 1}
_READING: Final[Mapping[str, Schema]] = {"source": accepts.TEXT, "clause": accepts.TEXT}


def _first(made: object) -> str:
    """Give what a class is, from the first line of its docstring."""
    return str(made.__doc__).partition("\n")[0]


def _cell(unit: str) -> Schema:
    """Give the shape of a cell: a value, a gap, another quantity, or several readings."""
    value = _VALUES.get(unit, accepts.EXACT)
    reading = accepts.small({unit: value, **_READING}, (unit,))
    return either(
        value,
        GAP if unit == "value" else of_definition("bounded_gap"),
        told(
            accepts.small({unit: value, **_READING}, (unit, "source")),
            "A value with a source of its own.",
        ),
        told(accepts.small({"quantity": accepts.TEXT}, ("quantity",)), _first(Reference)),
        told(
            accepts.small({"readings": {**listed(reading), "minItems": 2}}, ("readings",)),
            _first(Readings),
        ),
    )


def _table(unit: str) -> Schema:
    """Give the shape of a table: cells by the values of a fact, one level for each; or a sheet."""
    return {
        "type": "object",
        "additionalProperties": either(
            of_definition(f"cell_{unit}"), of_definition(f"table_{unit}")
        ),
    }


def _unit(unit: str) -> Schema:
    cell = of_definition(f"cell_{unit}")
    pasted: Schema = {"type": "string", "pattern": "\t"}
    return either(cell, of_definition(f"table_{unit}"), listed(cell), pasted)


_UNITS: Final = tuple(KEY_OF_UNIT.values())
_OTHERS: Final[Mapping[str, Schema]] = {
    "by": told(either(accepts.TEXT, _NAMES), accepts.meanings(Table)["by"]),
    "otherwise": told(
        either(*(of_definition(f"cell_{unit}") for unit in _UNITS)),
        accepts.meanings(Table)["otherwise"],
    ),
    "bands_of": told(accepts.TEXT, accepts.meanings(Steps)["of"]),
    "from": told(
        either({**listed(either(accepts.EXACT, accepts.DAY, GAP)), "minItems": 1}, GAP),
        accepts.meanings(Steps)["starts"],
    ),
    "boundary": told(
        stated(words(Boundary), among=tuple(Boundary)).accepts, accepts.meanings(Steps)["boundary"]
    ),
    "sum": told(_NAMES, _first(Add)),
    "product": told(_NAMES, _first(Product)),
    "highest": told(_NAMES, _first(Highest)),
    "lowest": told(_NAMES, _first(Lowest)),
    "rounded": told(stated(ROUNDING).accepts, accepts.meanings(Formula)["rounded"]),
}
DEFINITIONS: Final[Mapping[str, Schema]] = {
    **{f"cell_{unit}": _cell(unit) for unit in _UNITS},
    **{f"table_{unit}": _table(unit) for unit in _UNITS},
}
"""What the keys of a formula lead to."""
FORMS: Final[Mapping[str, Schema]] = {
    key: _OTHERS[key] if key in _OTHERS else told(_unit(key), _UNIT_MEANS[key])
    for key in FORMULA_KEYS
}
"""Every key of a formula."""
