"""What a value of a scheme file may be, as fragments of JSON Schema: every kind of value carries its own.

An editor completes and checks with them while somebody types; the readers stay the judges. A
fragment says only what a shape is, so what a reader takes, its fragment takes too, but not the other
way round: whether a name is defined is told when the file is read.

The dialect is draft 7, which the editors know. There a `$ref` hides everything beside it; so a
fragment that leads to a definition is an `anyOf` of one.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

__all__ = [
    "ANYTHING",
    "BOUNDED_GAP",
    "DAY",
    "DEFINITIONS",
    "EXACT",
    "GAP",
    "SETTLED",
    "SETTLED_GAP",
    "SHARE",
    "TEXT",
    "Schema",
    "by_name",
    "either",
    "gap_among",
    "listed",
    "meanings",
    "of_definition",
    "one_of",
    "small",
    "told",
]

Schema = Mapping[str, Any]

ANYTHING: Final[Schema] = {}
TEXT: Final[Schema] = {"type": "string", "pattern": r"\S"}
DAY: Final[Schema] = {
    "type": "string",
    "format": "date",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
"""A day of TOML, which editors hand over as text."""
EXACT: Final[Schema] = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,12})?/[1-9][0-9]{0,14}$"},
    ]
}
"""A number, or the text of a fraction."""


SHARE: Final[Schema] = {
    "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, *EXACT["anyOf"][1:]]
}
"""A share, from 0 to 1."""


def small(properties: Mapping[str, Schema], needed: Iterable[str] = ()) -> Schema:
    """Give the fragment of a small table with the keys that it may have."""
    required = list(needed)
    return {
        "type": "object",
        "properties": dict(properties),
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def by_name(item: Schema) -> Schema:
    """Give the fragment of a table of things by name."""
    return {"type": "object", "additionalProperties": item}


def listed(item: Schema) -> Schema:
    """Give the fragment of a list."""
    return {"type": "array", "items": item}


def one_of(words: Iterable[str]) -> Schema:
    """Give the fragment of a closed list of words."""
    return {"type": "string", "enum": list(words)}


def either(*schemas: Schema) -> Schema:
    """Give the fragment of a value that may be one of several things; what may be anything stays so."""
    if any(schema == ANYTHING for schema in schemas):
        return ANYTHING
    inner: list[Schema] = []
    for schema in schemas:
        inner += schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]
    return {"anyOf": inner}


def of_definition(name: str) -> Schema:
    """Lead to a definition that the whole schema holds once."""
    return {"anyOf": [{"$ref": f"#/definitions/{name}"}]}


def gap_among(words: Iterable[str], *, settled: bool = False) -> Schema:
    """Give the fragment of a gap whose readings may be singled out."""
    shape = small({**_GAP_KEYS, "among": {**listed(one_of(words)), "minItems": 1}}, ("missing",))
    return told(shape, SETTLED if settled else "")


def told(schema: Schema, text: str) -> Schema:
    """Add what a value means, for the reader of a file."""
    return {"description": text, **schema} if text else schema


_GAP_KEYS: Final[Mapping[str, Schema]] = {
    "missing": told(TEXT, "What the source does not say and, where known, which document has it."),
    "zh": told({"type": "string"}, "The same in Chinese."),
}
SETTLED: Final = "The source has a rule and does not give it; write why. Left out, the key means that there is none."
"""What tells a gap in a key that may also be left out for good."""
DEFINITIONS: Final[Mapping[str, Schema]] = {
    "gap": told(small(_GAP_KEYS, ("missing",)), "The source does not give the value; write why."),
    "settled_gap": told(small(_GAP_KEYS, ("missing",)), SETTLED),
    "bounded_gap": told(
        small(
            {
                **_GAP_KEYS,
                "at_least": told(EXACT, "A floor that the source prints."),
                "at_most": told(EXACT, "A ceiling that the source prints."),
            },
            ("missing",),
        ),
        "The source does not give the number; write why, and what bounds it prints.",
    ),
}
"""What fragments of single values lead to."""
GAP: Final[Schema] = of_definition("gap")
BOUNDED_GAP: Final[Schema] = of_definition("bounded_gap")
SETTLED_GAP: Final[Schema] = of_definition("settled_gap")


_ATTRIBUTE: Final = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


def meanings(made: object) -> Mapping[str, str]:
    """Give what each attribute of a class means, from its docstring.

    Examples:
        >>> from cwgrade.law.pay import Split
        >>> meanings(Split)["of"]
        'The quantity.'
    """
    text = inspect.getdoc(made) or ""
    _, _, listed_ = text.partition("Attributes:\n")
    return {name: re.sub(r"\s+", " ", told_) for name, told_ in _ATTRIBUTE.findall(listed_)}
