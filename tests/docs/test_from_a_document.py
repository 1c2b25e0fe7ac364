"""The page that goes from a PDF to a checked scheme makes a file that passes its case, and its messages are real."""

from datetime import date
from pathlib import Path

import pytest

from cwgrade import ServiceSpell, Worker, pay_for_month
from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.errors import SchemeFault, SchemeFileError
from cwgrade.factsfile import read_facts
from cwgrade.outcomes import Unspecified
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.wording import Language
from tests.docs.test_fragments import DOCS, blocks

PAGES: dict[Language, Path] = {
    "en": DOCS / "how-to" / "from-a-document.md",
    "zh": DOCS / "zh" / "from-a-document.md",
}


def file_of(page: Path, name: str) -> str:
    """Put the parts of a file together in the order of the page."""
    return "\n".join(block.text for block in blocks(page) if block.mark == f"file: {name}")


@pytest.mark.parametrize("lang", PAGES)
def test_the_parts_make_a_file_that_passes_its_case(lang: Language, tmp_path: Path) -> None:
    for name in ("xiangan.toml", "xiangan.cases/deputy.toml"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(file_of(PAGES[lang], name), encoding="utf-8")
    assert main(["check", str(tmp_path / "xiangan.toml"), "--lang", lang]) == 0


def test_both_languages_make_the_same_files() -> None:
    for name in ("xiangan.toml", "xiangan.cases/deputy.toml", "xiangan.facts.toml"):
        assert file_of(PAGES["en"], name) == file_of(PAGES["zh"], name) != ""


def test_its_amounts_are_those_of_the_bundled_file() -> None:
    own = parse_scheme(file_of(PAGES["en"], "xiangan.toml"))
    (bundled,) = load_scheme("xiangan-2013").versions
    for name in ("basic_pay", "post_pay"):
        one, other = own.component(name), bundled.component(name)
        assert one is not None
        assert other is not None
        assert one.formula == other.formula


def test_station_staff_are_refused_for_the_figure_that_is_open() -> None:
    scheme = Scheme((parse_scheme(file_of(PAGES["en"], "xiangan.toml")),))
    worker = Worker(id="1", spells=(ServiceSpell(start=date(2012, 3, 1), post="station"),))
    outcome = pay_for_month(worker, scheme, year=2013, month=10).outcome
    assert isinstance(outcome, Unspecified)
    assert "pay.allowance.station" in {gap.path for gap in outcome.gaps}


@pytest.mark.parametrize("lang", PAGES)
def test_its_messages_are_those_of_a_scan_gone_wrong(lang: Language) -> None:
    page = PAGES[lang]
    (shown,) = [block.text for block in blocks(page) if block.kind == "text"]
    text = file_of(page, "xiangan.toml")
    told = []
    for old, new in (("1,260", "1,26O"), ("\t1,340", "")):
        assert text.count(old) == 1
        with pytest.raises(SchemeFileError) as caught:
            parse_scheme(text.replace(old, new), file="xiangan.toml")
        told += [one.text(lang) for one in caught.value.exceptions if isinstance(one, SchemeFault)]
    assert shown.splitlines() == told


def test_its_list_of_facts_is_read_and_names_places_that_the_file_has(tmp_path: Path) -> None:
    for name in ("xiangan.toml", "xiangan.facts.toml"):
        (tmp_path / name).write_text(file_of(PAGES["en"], name), encoding="utf-8")
    facts = read_facts(tmp_path / "xiangan.facts.toml")
    assert len(facts.facts) == 6
