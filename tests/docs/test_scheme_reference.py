"""The reference of the scheme file: every fragment loads, and every section, key and word stands in it."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from cwgrade.dates import Reckoning, Takes
from cwgrade.ladder import Boundary, WaitingAfter
from cwgrade.law.checks import CheckedOver, CheckKind
from cwgrade.law.ladder import Cap, Feeds
from cwgrade.law.pay import Accrual, OnUpgrade, Parts, ProrationRule, ReckonedOn, Rhythm
from cwgrade.law.post_change import ChangeRule
from cwgrade.law.posts import ConcurrentRule
from cwgrade.law.transition import Protection, TransitionRule, WaitingCarried
from cwgrade.money import RoundingMode, RoundTo
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.schemefile import parse_scheme
from cwgrade.schemefile.formulas import FORMULA_KEYS
from cwgrade.schemefile.sections import Section
from cwgrade.schemefile.vocabulary import (
    HEADER,
    NAMED,
    PRORATION_READINGS,
    RATING_EVENTS,
    SECTIONS,
    SINGLE,
    SOURCE,
    SPLIT,
    UNTIL_ANNOUNCED,
)
from cwgrade.series import AfterPublication, SeriesUnit
from cwgrade.service import Convention, GapsRule, Within
from cwgrade.sources import Trust
from cwgrade.worker import ABSENCE_KINDS, EVENTS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS
from tests.tools.bad_schemes import BASE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scheme-file.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?:^<!-- without: (?P<without>[^\n]*) -->\n)?^```toml\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
BLOCKS = [(found["without"] or "", found["text"]) for found in BLOCK.finditer(TEXT)]
GROUND = BASE.replace('"text"', '"notice"').replace("[sources.text]", "[sources.notice]")
HEADERS = re.compile(r"^\[+([^\]]+)\]+$", re.MULTILINE)


def merged(without: str, fragment: str) -> str:
    """Put a fragment into the base: parts with the same header, and those it does without, are taken out."""
    out = {*HEADERS.findall(fragment), *without.split(", ")}
    first, *parts = re.split(r"^(?=\[)", GROUND, flags=re.MULTILINE)
    kept = [part for part in parts if HEADERS.findall(part)[0] not in out]
    if fragment.startswith("format"):
        return fragment + "".join(parts)
    return first + "".join(kept) + "\n" + fragment


@pytest.mark.parametrize(("without", "fragment"), BLOCKS)
def test_every_fragment_loads(without: str, fragment: str) -> None:
    assert isinstance(parse_scheme(merged(without, fragment)), SchemeVersion)


def part_of(name: str) -> str:
    """Give what the page says under a section's heading."""
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"no heading {name}"
    return found[1]


def sections() -> Iterator[tuple[str, Section]]:
    yield "scheme", HEADER
    yield "sources", SOURCE
    yield "split", SPLIT
    for name, (_, _, section) in NAMED.items():
        yield name, section
    yield from SINGLE.items()


@pytest.mark.parametrize(("name", "section"), list(sections()))
def test_every_key_stands_in_the_table_of_its_section(name: str, section: Section) -> None:
    part = part_of(name)
    named = {key for row in re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE) for key in keys(row)}
    own = {key for key in section.names if key not in {"source", "clause"}}
    if section.formula:
        own -= set(FORMULA_KEYS) - {"rounded"} | ({"rounded"} - set(section.keys))
    if name == "quantities":
        named = own  # it has one key, which is told in a sentence
    assert own <= named
    rows = [row for row in part.split("\n") if row.startswith("| `")]
    for key, one in section.keys.items():
        row = next((row for row in rows if key in keys(row.split("|")[1])), None)
        if row is not None and key not in {"source", "clause"}:
            assert ("| needed" in row) == one.needed, row
            assert ("gap" in row.split("|")[2]) == one.kind.missing, row


def keys(row: str) -> list[str]:
    return re.findall(r"`([a-z_]+)`", row)


def test_every_section_stands_in_the_list() -> None:
    first = TEXT.split("## Values")[0]
    assert [
        name for name in SECTIONS if f"`[{name}" not in first and f"`[[{name}" not in first
    ] == ["format"]


@pytest.mark.parametrize("key", FORMULA_KEYS)
def test_every_key_of_a_formula_stands_in_the_page(key: str) -> None:
    assert f"`{key}`" in part_of("How a value is stated")


WORDS: dict[str, tuple[type[Enum] | tuple[str, ...], ...]] = {
    "Values": (RoundTo, RoundingMode),
    "scheme": (SchemeStatus,),
    "sources": (Trust,),
    "facts": (tuple(NATIONAL_FACTS), *NATIONAL_FACTS.values()),
    "concurrent_posts": (ConcurrentRule,),
    "service": (Convention, GapsRule, Within, SERVICE_KINDS),
    "absences": (ABSENCE_KINDS,),
    "effect": (EVENTS, RATING_EVENTS, Takes, Reckoning),
    "ladder": (Boundary, Cap),
    "credits": (Feeds,),
    "post_change": (ChangeRule, WaitingAfter),
    "assessment": (RATINGS, WaitingAfter, UNTIL_ANNOUNCED),
    "series": (SeriesUnit,),
    "base": (AfterPublication,),
    "pay": (Accrual, OnUpgrade, ReckonedOn, Rhythm),
    "split": (Parts,),
    "checks": (CheckKind, CheckedOver),
    "proration": (ProrationRule,),
    "transition": (TransitionRule, Protection, WaitingCarried),
}


@pytest.mark.parametrize("name", WORDS)
def test_every_word_of_a_closed_list_stands_in_its_section(name: str) -> None:
    part = part_of(name)
    words = [
        str(one.value) if isinstance(one, Enum) else one for choice in WORDS[name] for one in choice
    ]
    assert [word for word in words if f"`{word}`" not in part] == []


def test_the_readings_of_proration_stand_in_the_page() -> None:
    part = part_of("proration")
    assert [
        one for one in PRORATION_READINGS if f'"{one}"' not in part and f"`{one}`" not in part
    ] == []
