"""Facts files: every published scheme has one that holds against it; faults are in tests/bad_inputs/facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cwgrade.catalogue import facts_path, load_scheme, scheme_ids
from cwgrade.errors import ArgumentError, SchemeFileError
from cwgrade.factsfile import read_facts
from cwgrade.scheme import SchemeStatus
from tests.tools.bad_schemes import FOLDER
from tests.tools.make_catalogue_page import published

BASE = FOLDER / "base.toml"
GOOD = FOLDER / "facts.toml"


@pytest.mark.parametrize("scheme_id", published())
def test_the_facts_of_a_published_scheme_hold_against_it(scheme_id: str) -> None:
    facts = read_facts(facts_path(scheme_id))
    assert facts.scheme == scheme_id
    assert facts.facts


def test_every_scheme_has_facts_unless_it_is_invented() -> None:
    invented = {
        one for one in scheme_ids() if load_scheme(one).versions[-1].status is SchemeStatus.SAMPLE
    }
    assert set(scheme_ids()) - set(published()) == invented


def test_every_facts_file_belongs_to_a_scheme() -> None:
    folder = facts_path("harbin-2016").parent
    kept = {path.name.removesuffix(".facts.toml") for path in folder.glob("*.facts.toml")}
    assert kept == set(published())


def test_the_file_that_the_bad_ones_are_made_from_has_no_fault() -> None:
    facts = read_facts(GOOD, scheme=BASE)
    assert [bool(one.path) for one in facts.facts] == [True, True, True, True, False]
    assert facts.wanted[0].document == "附件2"


def test_a_facts_file_is_no_scheme() -> None:
    assert not any("facts" in one for one in scheme_ids())
    with pytest.raises(ArgumentError):
        facts_path("harbin-2016.facts")


class TestGaps:
    def read(self, folder: Path, *places: str) -> None:
        """Read facts that name places as gaps, against the base with two amounts missing."""
        text = BASE.read_text(encoding="utf-8")
        text = text.replace("[3, 6, 10]", '[3, { missing = "?" }, 10]').replace(
            "deputy = 500", 'deputy = { missing = "?" }'
        )
        (folder / "base.toml").write_text(text, encoding="utf-8")
        named = ", ".join(f'"{one}"' for one in places)
        facts = GOOD.read_text(encoding="utf-8") + f"paths = [{named}]\n"
        (folder / "base.facts.toml").write_text(facts, encoding="utf-8")
        read_facts(folder / "base.facts.toml")

    @pytest.mark.parametrize(
        "place", ["pay.post.yuan.deputy", "ladder.thresholds_years[1]", "ladder.thresholds_years"]
    )
    def test_a_missing_field_is_a_gap_and_a_list_with_one_too(
        self, place: str, tmp_path: Path
    ) -> None:
        self.read(tmp_path, place)

    @pytest.mark.parametrize(
        ("place", "code"),
        [
            ("pay.post.yuan", "facts-not-a-gap"),
            ("pay.post.yuan.staff", "facts-not-a-gap"),
            ("ladder.thresholds_years[0]", "facts-not-a-gap"),
            ("ladder.thresholds_years[x]", "facts-no-such-place"),
            ("ladder.thresholds_years.deputy", "facts-no-such-place"),
            ("pay..post", "facts-no-such-place"),
            ("", "facts-no-such-place"),
        ],
    )
    def test_what_is_stated_is_none(self, place: str, code: str, tmp_path: Path) -> None:
        with pytest.raises(SchemeFileError) as caught:
            self.read(tmp_path, place)
        (fault,) = caught.value.exceptions
        assert getattr(fault, "code", "") == code


class TestLayers:
    SCHEME = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-below"
extends = "base.toml"
[pay.extra]
label = "X"
yuan = 1
source = "text"
"""

    def read(self, folder: Path, *places: str) -> None:
        (folder / "base.toml").write_bytes(BASE.read_bytes())
        (folder / "sample-below.toml").write_text(self.SCHEME, encoding="utf-8")
        named = ", ".join(f'"{one}"' for one in places)
        facts = f"""
format = "cwgrade-facts/1"
scheme = "sample-below"
[[facts]]
says = {{ zh = "甲", en = "a" }}
path = [{named}]
"""
        (folder / "sample-below.facts.toml").write_text(facts, encoding="utf-8")
        read_facts(folder / "sample-below.facts.toml")

    def test_a_place_may_stand_in_the_scheme_below(self, tmp_path: Path) -> None:
        self.read(tmp_path, "pay.extra", "quantities.coefficient.times[0]")

    def test_only_what_the_file_itself_defines_needs_a_fact(self, tmp_path: Path) -> None:
        with pytest.raises(SchemeFileError) as caught:
            self.read(tmp_path, "quantities.coefficient")
        (fault,) = caught.value.exceptions
        assert "sample-below.facts.toml: No fact speaks of 'pay.extra'" in str(fault)
