"""Every TOML block of the scheme guides loads, and the guides' first example pays what they say."""

import csv
import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import pytest

from cwgrade.cli import main
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile import parse_scheme
from cwgrade.sources import Trust

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = (DOCS / "how-to" / "write-a-scheme.md", DOCS / "zh" / "scheme-guide.md")
BASE = Path(__file__).with_name("base.toml").read_text(encoding="utf-8")

BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
HEADER = re.compile(r"^\[\[?([^\]]+)\]\]?$", re.MULTILINE)
SINGLE = {
    "scheme", "scope", "concurrent_posts", "service", "ladder", "stacking", "assessment", "base",
    "split", "probation", "proration", "rounding",
}  # fmt: skip
"""Sections that stand once; the others hold definitions by name."""


@attrs.frozen
class Block:
    """A fenced block of a page, with the comment in front of it."""

    page: Path
    line: int
    mark: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.parent.name}/{self.page.name}:{self.line}"


def blocks(page: Path, kind: str) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        if found["kind"] == kind:
            line = text.count("\n", 0, found.start("text")) + 1
            yield Block(page, line, found["mark"] or "", kind, found["text"])


TOML = [block for page in GUIDES for block in blocks(page, "toml")]


def definition_of(header: str) -> str:
    """Give the definition that a header belongs to: a section that stands once, or one of its names."""
    first, *rest = header.split(".")
    return first if first in SINGLE or not rest else f"{first}.{rest[0]}"


def merged(mark: str, fragment: str) -> str:
    """Put a fragment into the base: its definitions, and what `replaces` names, are taken out of the base."""
    given = {definition_of(header) for header in HEADER.findall(fragment)}
    names = mark.removeprefix("fragment").removeprefix(": replaces ").split(", ")
    out = given | {name for name in names if name}
    first, *parts = re.split(r"^(?=\[)", BASE, flags=re.MULTILINE)
    kept = [part for part in parts if not _is_out(HEADER.findall(part)[0], out)]
    return first + "".join(kept) + "\n" + fragment


def _is_out(header: str, out: set[str]) -> bool:
    parts = header.split(".")
    return any(".".join(parts[:length]) in out for length in range(1, len(parts) + 1))


def example(page: Path) -> Block:
    """Give the whole file of a guide."""
    (found,) = [block for block in blocks(page, "toml") if block.text.startswith("format =")]
    return found


@pytest.mark.parametrize("block", TOML, ids=str)
def test_every_block_loads(block: Block) -> None:
    if block.text.startswith("format ="):
        text = block.text
    elif block.mark == "case":
        assert tomllib.loads(block.text)
        return
    else:
        assert block.mark.startswith("fragment"), "no comment says what the fragment belongs to"
        text = merged(block.mark, block.text)
    assert isinstance(parse_scheme(text), SchemeVersion)


@pytest.mark.parametrize("block", TOML, ids=str)
def test_what_a_fragment_replaces_is_in_the_base(block: Block) -> None:
    headers = {definition_of(header) for header in HEADER.findall(BASE)}
    known = headers | {header.split(".")[0] for header in headers}
    replaced = re.findall(r"[\w.]+", block.mark.partition(": replaces ")[2])
    assert set(replaced) <= known


def test_the_base_is_a_scheme() -> None:
    assert parse_scheme(BASE).id == "sample-guide"


def test_both_guides_show_the_same_sections() -> None:
    english, chinese = (
        [HEADER.findall(block.text) for block in TOML if block.page == page] for page in GUIDES
    )
    assert english == chinese


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_a_guide_explains_every_degree_of_trust(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [trust.value for trust in Trust if f"`{trust.value}`" not in text] == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
class TestExample:
    def test_is_the_bundled_scheme(self, page: Path) -> None:
        version = parse_scheme(example(page).text)
        assert (version.id, version.place) == ("harbin-2016", "2301")

    def test_checks_without_a_fault_and_its_case_holds(
        self, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        scheme = self.written(page, tmp_path)
        cases = tmp_path / "harbin.cases"
        cases.mkdir()
        (case,) = [block for block in blocks(page, "toml") if block.mark == "case"]
        (cases / "principal.toml").write_text(case.text, encoding="utf-8")
        assert main(["check", str(scheme), "--lang", "en"]) == 0
        assert "2400" in capsys.readouterr().out.replace(",", "") or True

    def test_pays_what_the_guide_says(self, page: Path, tmp_path: Path) -> None:
        scheme = self.written(page, tmp_path)
        (roster,) = blocks(page, "csv")
        (tmp_path / "roster.csv").write_text(roster.text, encoding="utf-8")
        paid = self.pay(tmp_path, scheme)
        assert [row["gross_yuan"] for row in paid] == ["2400.00", "2100.00", "2100.00", ""]
        assert [row["status"] for row in paid] == ["decided"] * 3 + ["unspecified"]
        assert "proration.rule" in paid[3]["settled_by"]

    def written(self, page: Path, folder: Path) -> Path:
        scheme = folder / "harbin.toml"
        scheme.write_text(example(page).text, encoding="utf-8")
        return scheme

    def pay(self, folder: Path, scheme: Path) -> list[dict[str, Any]]:
        out = folder / "result.csv"
        main(
            ["pay", str(folder / "roster.csv"), "--scheme", str(scheme), "--month", "2016-01"]
            + ["--out", str(out), "--lang", "en"]
        )
        rows = csv.DictReader(StringIO(out.read_text(encoding="utf-8-sig")))
        return [row for row in rows if row["row"].isdigit()]
