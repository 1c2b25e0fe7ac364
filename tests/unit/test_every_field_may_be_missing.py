"""Which keys of a scheme file cannot be missing, each with its reason; a new key takes a gap or is put on the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.cli.needs import omissions
from cwgrade.schemefile.accepts import Schema
from cwgrade.schemefile.assumed import is_open, place_of, steps_of
from cwgrade.schemefile.formulas import FORMULA_KEYS
from cwgrade.schemefile.schema import branches, may_be_missing, scheme_schema

NAMES: Final = "an identifier, a label, a source, or the kind of thing that a section is"
LIST: Final = "a closed list: what is on it is what the file can speak of"
STATED_APART: Final = (
    "its section, or the value that it belongs to, may be missing or left out instead"
)
OPEN: Final = "not yet: state the rule or the amount that needs it as missing"

CANNOT: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "label", "source", "clause", "of", "fact", "kind", "rating", "component", "quantity", "series", "measure",
            "region", "unit", "from", "graded_by", "per", "feeds", "supplied", "protects", "peg", "what",
        ),
        NAMES,
    ),
    **dict.fromkeys(
        ("values", "labels", "titles", "holds_all", "ratings", "kinds", "posts", "factors", "best_of", "figures",
         "excluded", "staged", "consequences", "shares"),
        LIST,
    ),
    "consecutive": "of a consequence, which moves nothing; that of an early rise may be missing",
    **dict.fromkeys(("early", "year", "yuan", "times", "published_on", "effective_on", "needs_document"), STATED_APART),
    **dict.fromkeys(
        ("annual_day", "accrues_per"),
        OPEN,
    ),
}  # fmt: skip


def keys_in(shape: Schema, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Give the keys of sections, not those of the forms in which a value is stated."""
    for one in branches(shape):
        properties: Mapping[str, Any] = one.get("properties", {})
        if "missing" in properties or "readings" in properties or {"to", "mode"} & set(properties):
            continue
        formula = "bands_of" in properties
        for name, inner in properties.items():
            if not (formula and name in FORMULA_KEYS):
                yield (*path, name), inner
                yield from keys_in(inner, (*path, name))
        for more in (one.get("additionalProperties"), one.get("items")):
            if isinstance(more, Mapping):
                yield from keys_in(more, (*path, "*"))


RULES: Final = [
    ".".join(path)
    for path, shape in keys_in({"properties": scheme_schema()["properties"]})
    if len(path) > 1 and path[0] not in ("scheme", "sources") and not may_be_missing(shape)
]


def test_a_key_takes_a_gap_or_is_on_the_list_with_its_reason() -> None:
    told = {path for path in RULES if path.rpartition(".")[2] not in {*CANNOT, "zh", "en"}}
    assert told == set()


def test_the_list_names_no_key_that_takes_a_gap_everywhere() -> None:
    assert set(CANNOT) <= {path.rpartition(".")[2] for path in RULES}


@pytest.mark.parametrize("scheme", scheme_ids())
def test_every_path_that_an_answer_can_name_is_one_that_can_be_assumed(scheme: str) -> None:
    for version in load_scheme(scheme).versions:
        table = version.origin.table  # type: ignore[attr-defined]
        closed = [
            one.path
            for one in omissions(version)
            if not is_open(table, place_of(table, steps_of(one.path)))
        ]
        assert closed == [], scheme
