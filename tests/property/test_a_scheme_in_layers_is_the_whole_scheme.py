"""A scheme that is written in several layers says and answers what it says and answers in one file."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.catalogue import parse_scheme, scheme_path
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile.layers import layered
from cwgrade.tomlfile import parse_toml
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, answers, months, paid_days, sample_workers

TEXT = scheme_path("sample-3x18").read_text(encoding="utf-8")
HOLD_NAMES = ("sources", "facts", "posts", "absences", "effect", "credits", "series", "quantities")
HEADER = re.compile(r"^\[\[?([^\]]+)\]", re.MULTILINE)


def definition_of(part: str) -> str:
    """Give the definition that a part of the file belongs to."""
    (header,) = HEADER.findall(part)[:1]
    section, *rest = header.split(".")
    return f"{section}.{rest[0]}" if section in (*HOLD_NAMES, "pay") else section


def definitions() -> dict[str, str]:
    """Give every definition of the sample with its text."""
    found: dict[str, str] = {}
    for part in re.split(r"^(?=\[)", TEXT, flags=re.MULTILINE)[1:]:
        name = definition_of(part)
        found[name] = found.get(name, "") + part
    return found


PARTS = definitions()
HEAD = PARTS.pop("scheme")
FORMAT = 'format = "cwgrade-scheme/1"\n'


def write(folder: Path, below: dict[str, str], own: dict[str, str], replaces: list[str]) -> str:
    """Write what is below into a file, and give the text of the file above it."""
    (folder / "below.toml").write_text(FORMAT + HEAD + "".join(below.values()), encoding="utf-8")
    keys = f"{HEAD.rstrip()}\nextends = 'below.toml'\nreplaces = {sorted(replaces)}\n\n"
    return FORMAT + keys + "".join(own.values())


def sorted_fields(version: SchemeVersion) -> dict[str, Any]:
    """Give what a version says; definitions come in the order of the layers, so theirs is left out."""
    fields = {one.name: getattr(version, one.name) for one in attrs.fields(SchemeVersion) if one.eq}
    del fields["extends"]
    return {
        name: sorted(value, key=repr) if isinstance(value, tuple) else value
        for name, value in fields.items()
    }


@given(st.data())
def test_wherever_each_definition_stands(tmp_path_factory: Any, data: st.DataObject) -> None:
    places = {name: data.draw(st.sampled_from(("below", "own", "both")), name) for name in PARTS}
    below = {
        # what is replaced may be of another make, as long as the file can be read
        name: part if places[name] == "below" else part.replace(" = 1", " = 2").replace("[[", "[[")
        for name, part in PARTS.items()
        if places[name] != "own"
    }
    own = {name: part for name, part in PARTS.items() if places[name] != "below"}
    replaces = [name for name, place in places.items() if place == "both"]
    folder = tmp_path_factory.getbasetemp()
    text = write(folder, below, own, replaces)
    version = parse_scheme(text, file=str(folder / "own.toml"))
    assert version.extends == ("sample-3x18",)
    assert sorted_fields(version) == sorted_fields(SAMPLE.versions[0])


@given(sample_workers(), paid_days(), months())
def test_with_nothing_replaced_every_answer_is_the_same(
    tmp_path_factory: Any, worker: Worker, on: date, month: tuple[int, int]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    text = write(folder, PARTS, {}, [])
    scheme = Scheme((parse_scheme(text, file=str(folder / "own.toml")),))
    assert scheme.versions[0].digest == SAMPLE.versions[0].digest
    assert answers(worker, scheme, on, month) == answers(worker, SAMPLE, on, month)


def test_what_is_merged_needs_no_merging(tmp_path: Path) -> None:
    """Merging is complete at once: without `extends` the merged table is its own merger."""
    text = write(tmp_path, PARTS, {"rounding": PARTS["rounding"]}, ["rounding"])
    merged = layered(parse_toml(text, file=str(tmp_path / "own.toml")))
    header = {
        key: value for key, value in merged.table["scheme"].items() if key[0:2] not in ("ex", "re")
    }
    assert {**merged.table, "scheme": header} == {
        **parse_toml(TEXT, file="a.toml").table,
        "scheme": {**header},
    }
