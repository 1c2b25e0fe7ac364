"""Every TOML block of the scheme guides loads, and the guides' example pays and fails as they say."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import attrs
import pytest

from cwgrade import (
    Attainment,
    Rating,
    Scheme,
    SchemeFileError,
    ServiceSpell,
    StateFact,
    Worker,
    load_scheme,
    pay_for_month,
)
from cwgrade.casefile import read_case
from cwgrade.cli import main
from cwgrade.outcomes import status_of
from cwgrade.schemefile import parse_scheme
from cwgrade.sources import Trust
from cwgrade.wording import Language
from tests.tools.fragments import BASE, definition_of, headers_of, merged

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = (DOCS / "how-to" / "write-a-scheme.md", DOCS / "zh" / "scheme-guide.md")
LANGUAGES: dict[Path, Language] = {GUIDES[0]: "en", GUIDES[1]: "zh"}

BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


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


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(text):
        line = text.count("\n", 0, found.start("text")) + 1
        yield Block(page, line, found["mark"] or "", found["kind"], found["text"])


def file_of(page: Path, name: str) -> str:
    """Give the text of a file that a guide shows."""
    (found,) = [block for block in blocks(page) if block.mark == f"file: {name}"]
    return found.text


TOML = [block for page in GUIDES for block in blocks(page) if block.kind == "toml"]
FRAGMENTS = [block for block in TOML if not block.mark.startswith("file: ")]


def replaced(mark: str) -> set[str]:
    return set(re.findall(r"[\w.]+", mark.partition(": replaces ")[2]))


def whole(block: Block) -> str:
    """Give the scheme that a fragment makes of the base."""
    return merged(BASE, block.text, replaces=replaced(block.mark))


class TestFragments:
    @pytest.mark.parametrize("block", FRAGMENTS, ids=str)
    def test_say_what_they_belong_to(self, block: Block) -> None:
        assert re.fullmatch(r"fragment(: replaces [\w., ]+)?", block.mark)

    @pytest.mark.parametrize("block", FRAGMENTS, ids=str)
    def test_replace_what_the_base_has(self, block: Block) -> None:
        headers = {definition_of(header) for header in headers_of(BASE)}
        known = headers | {header.split(".")[0] for header in headers}
        assert replaced(block.mark) <= known

    @pytest.mark.parametrize("block", FRAGMENTS, ids=str)
    def test_load_and_answer(self, block: Block) -> None:
        version = parse_scheme(whole(block))
        first = attrs.evolve(version, attested_from=date(2020, 1, 1), attested_until=date.max)
        declared = tuple(StateFact(name=one.name, value=one.values[-1]) for one in first.facts)
        worker = Worker(
            id="1",
            spells=(ServiceSpell(start=date(2015, 3, 1), title="书记"),),
            schooling=(Attainment(value="bachelor"),),
            degrees=(Attainment(value="bachelor"),),
            qualifications=(Attainment(value="assistant"),),
            honours=(),
            ratings=tuple(Rating(period=str(year), value="fail") for year in range(2015, 2025)),
            facts=(
                StateFact(name="employment", value="full_time"),
                StateFact(name="identity", value="none"),
                *declared,
            ),
        )
        for year, month in ((2024, 8), (2025, 1), (2025, 6)):
            slip = pay_for_month(worker, Scheme((first,)), year=year, month=month)
            assert status_of(slip.outcome) in ("decided", "unspecified")
            assert slip.lines

    def test_are_the_same_in_both_guides(self) -> None:
        english, chinese = (
            [headers_of(block.text) for block in TOML if block.page == page] for page in GUIDES
        )
        assert english == chinese


def test_the_base_is_a_scheme() -> None:
    assert parse_scheme(BASE).id == "sample-guide"


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_a_guide_explains_every_degree_of_trust(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [trust.value for trust in Trust if f"`{trust.value}`" not in text] == []


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
class TestExample:
    def test_pays_what_the_guide_says(self, page: Path, tmp_path: Path) -> None:
        for name in ("harbin.toml", "roster.csv"):
            (tmp_path / name).write_text(file_of(page, name), encoding="utf-8")
        names = ["roster.csv", "harbin.toml", "result.csv"]
        roster, scheme, out = (str(tmp_path / name) for name in names)
        main(["pay", roster, "--scheme", scheme, "--month", "2016-01", "--out", out, "--lang=en"])
        text = Path(out).read_text(encoding="utf-8-sig")
        paid = [row for row in csv.DictReader(StringIO(text)) if row["row"].isdigit()]
        assert [row["gross_yuan"] for row in paid] == ["2400.00", "2100.00", "2100.00", ""]
        assert [row["status"] for row in paid] == ["decided"] * 3 + ["unspecified"]
        assert "no rule for part of a month" in paid[3]["reason"] or page != GUIDES[0]

    def test_a_county_pays_its_own_amounts(self, page: Path, tmp_path: Path) -> None:
        for name in ("harbin.toml", "bin.toml"):
            (tmp_path / name).write_text(file_of(page, name), encoding="utf-8")
        scheme = load_scheme(tmp_path / "bin.toml")
        for title, fen in (("书记", 200_000), ("社工", 180_000)):
            worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title=title),))
            assert pay_for_month(worker, scheme, year=2016, month=3).gross_fen == fen

    def test_has_a_published_case(self, page: Path, tmp_path: Path) -> None:
        case = tmp_path / "principal.toml"
        case.write_text(file_of(page, "harbin.cases/principal.toml"), encoding="utf-8")
        assert read_case(case).kind == "published"


MISTAKES = (
    ('["副书记", "副主任"]', "[“副书记”, “副主任”]"),
    ("effective_on = 2016-01-01", "effective_on = 2016.1.1"),
    ("effective_on = 2016-01-01", 'effective_on = "2016-01-01"'),
    ('by = "post"', 'by = "post"\nshare = 5%'),
    ('titles = ["副书记"', 'title = ["副书记"'),
    ("[pay.allowance]", "[payment.allowance]"),
    ('by = "post"', 'by = "posts"'),
    (", worker = 2100", ""),
    ('source = "notice"\n\n[proration]', 'source = "notic"\n\n[proration]'),
    ("url = ", "# url = "),
    ('"副主任"]', '"主任"]'),
    (
        "yuan = { principal = 2400, deputy = 2100, worker = 2100 }",
        "[pay.allowance.yuan]\nprincipal = 2400\ndeputy = 2100\nworker = 2100",
    ),
)
"""What to put in place of what in the example, in the order of the guides' tables of mistakes."""


def told_mistakes(page: Path) -> list[str]:
    """Give the messages of a guide's table of mistakes."""
    heading = {"en": "## Common mistakes", "zh": "## 常见错误"}[LANGUAGES[page]]
    table = page.read_text(encoding="utf-8").split(heading)[1]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [row.strip("| ").split(" | ")[-1] for row in rows]


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
class TestMistakes:
    def test_all_are_made(self, page: Path) -> None:
        assert len(told_mistakes(page)) == len(MISTAKES)

    @pytest.mark.parametrize("place", range(len(MISTAKES)))
    def test_are_told_as_the_guide_says(self, page: Path, place: int) -> None:
        text = file_of(page, "harbin.toml")
        right, wrong = MISTAKES[place]
        assert right in text
        with pytest.raises(SchemeFileError) as raised:
            parse_scheme(text.replace(right, wrong, 1))
        message = raised.value.text(LANGUAGES[page])
        for piece in told_mistakes(page)[place].split("…"):
            assert piece.strip() in message
