"""The JSON Schema of the scheme file: equal to the vocabulary, never stricter than the reader, and of use."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from cwgrade.catalogue import scheme_ids, scheme_path
from cwgrade.cli import main
from cwgrade.schemefile.accepts import ANYTHING
from cwgrade.schemefile.kinds import Kind
from cwgrade.schemefile.problems import Found
from cwgrade.schemefile.schema import branches, may_be_missing, scheme_schema, shape_of
from cwgrade.schemefile.sections import Section
from cwgrade.schemefile.vocabulary import HEADER, NAMED, SCOPE, SINGLE, SOURCE, SPLIT
from tests.tools.bad_schemes import BAD_SCHEMES, BASE, bad_scheme

SCHEMA = scheme_schema()
VALIDATOR = Draft7Validator(SCHEMA)


def as_editors_see(value: Any) -> Any:
    """Give a TOML value as an editor hands it to its validator: days are text."""
    match value:
        case dict():
            return {name: as_editors_see(one) for name, one in value.items()}
        case list():
            return [as_editors_see(one) for one in value]
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case _:
            return value


def faults(toml: str) -> list[str]:
    seen = as_editors_see(tomllib.loads(toml, parse_float=Decimal))
    return [error.message for error in VALIDATOR.iter_errors(seen)]


def test_is_a_schema_of_draft_7() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_takes_every_bundled_scheme(scheme_id: str) -> None:
    assert faults(scheme_path(scheme_id).read_text(encoding="utf-8")) == []


def test_takes_the_base_of_the_bad_files() -> None:
    assert faults(BASE) == []


OF_SHAPE = ("sections", "values", "gaps")
"""Groups of bad files of which most are at fault in their shape."""
NOT_OF_SHAPE = {
    "bad-name": "names are free",
    "format-missing": "the file has a section [format]",
    "two-forms": "an editor shows each key as such",
}


@pytest.mark.parametrize("group", OF_SHAPE)
def test_refuses_most_files_whose_shape_is_at_fault(group: str) -> None:
    made = BAD_SCHEMES[group]
    taken = [name for name, edits in made.items() if not faults(bad_scheme(edits))]
    assert len(taken) * 3 < len(made), taken


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("revision = 1", "revision = 0"),
        ('status = "sample"', 'status = "smaple"'),
        ("titles = [", "title = ["),
        ("[rounding]", "[roundings]"),
        ("paid_in = [6, 12]", "paid_in = [6, 13]"),
        ("multiplier = 0.6", 'multiplier = "0.6 %"'),
        ('mode = "half_up"', 'mode = "half up"'),
        ("effective_on = 2020-01-01", 'effective_on = "2020.1.1"'),
        ("yuan = { deputy = 500, staff = 200 }", "yuan = { deputy = true, staff = 200 }"),
        (
            "shares = { basic = 0.7, performance = 0.3 }",
            "shares = { basic = 70, performance = 30 }",
        ),
    ],
)
def test_refuses(old: str, new: str) -> None:
    assert old in BASE
    assert faults(BASE.replace(old, new, 1))


def test_a_file_that_extends_another_may_leave_out_everything() -> None:
    head = BASE[: BASE.index("[sources.text]")]
    assert faults(head)
    assert not faults(head + 'extends = "harbin-2016"\n')


# --- beside the readers


def sections(section: Section, path: str) -> Iterator[tuple[str, Section]]:
    yield path, section


SECTIONS: dict[str, Section] = {
    "scheme": HEADER,
    "sources": SOURCE,
    "scope": SCOPE,
    "split": SPLIT,
    **{name: section for name, (_, _, section) in NAMED.items()},
    **SINGLE,
}
KINDS: dict[str, Kind] = {
    f"{name}.{key}": one.kind
    for name, section in SECTIONS.items()
    for key, one in section.keys.items()
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_says_what_it_accepts(name: str) -> None:
    """A new kind of value is given its shape with `accepts`, or with the last argument of `scalar`."""
    assert KINDS[name].accepts != ANYTHING


def _properties(schema: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(schema, Mapping):
        for name, one in schema.get("properties", {}).items():
            yield f"{path}.{name}", one
        for name, one in schema.items():
            yield from _properties(one, f"{path}.{name}")
    elif isinstance(schema, list):
        for place, one in enumerate(schema):
            yield from _properties(one, f"{path}[{place}]")


def test_nothing_inside_a_kind_is_left_without_its_shape() -> None:
    shapes = dict(_properties(SCHEMA["properties"]))
    assert [path for path, one in shapes.items() if not set(one) - {"description"}] == []


def test_every_key_of_a_section_is_explained() -> None:
    for name, section in SECTIONS.items():
        told = dict(_properties(section.accepts))
        top = [f".{key}" for key in section.names]
        assert [f"{name}{key}" for key in top if not told[key].get("description")] == []


RAW = st.recursive(
    st.one_of(
        st.booleans(),
        st.integers(-3, 13),
        st.integers(1998, 2003),
        st.sampled_from([Decimal("0.5"), Decimal("1.5"), Decimal("-1.5"), Decimal("0.333")]),
        st.dates(date(1990, 1, 1), date(2030, 1, 1)),
        st.sampled_from(
            [*"a甲", "", " ", "unknown", "1/3", "-2", "1.50", "07-01", "2016-01", "2016", "4301"]
        ),
        st.sampled_from(["https://a.cn/b", "first_of_post", "half_up", "yuan", "month", "reached"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["missing", "zh", "en", "to", "mode", "among", "a", "quantity", "rate"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=5,
)


@pytest.mark.parametrize("name", KINDS)
@example(raw={"quantity": " "})
@given(raw=RAW)
def test_what_the_reader_takes_the_schema_takes(name: str, raw: object) -> None:
    found, kind = Found(), KINDS[name]
    found.rungs = {"grade": (1, 3)}
    kind.read(raw, ("x",), found)
    if not found.problems:
        whole = {"definitions": SCHEMA["definitions"], "allOf": [kind.accepts]}
        assert list(Draft7Validator(whole).iter_errors(as_editors_see(raw))) == []


# --- the command


def test_the_command_gives_the_packaged_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = resources.files("cwgrade").joinpath("schemas", "scheme-1.json").read_text("utf-8")
    assert main(["new", "schema"]) == 0
    assert capsys.readouterr().out == shipped
    out = tmp_path / "scheme-1.json"
    assert main(["new", "schema", "--out", str(out), "--lang", "en"]) == 0
    assert json.loads(out.read_text(encoding="utf-8")) == SCHEMA
    assert "#:schema" in capsys.readouterr().out
    assert main(["new", "schema", "--out", str(tmp_path / "scheme.txt")]) == 2
    assert main(["new", "schema", "--scheme", "harbin-2016"]) == 2


def test_a_place_has_the_shape_of_what_may_stand_there() -> None:
    words = shape_of(("pay", "x", "paid_in", 0))
    assert words is not None
    assert words["maximum"] == 12
    assert shape_of(("pay", "x", "nobody")) is None
    assert not may_be_missing(None)
    assert list(branches({"anyOf": [{"anyOf": [{"type": "null"}]}]})) == [{"type": "null"}]
