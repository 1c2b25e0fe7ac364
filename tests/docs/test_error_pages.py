"""The pages about errors are what the wording and the bad files say now."""

from pathlib import Path

from cwgrade.wording import LANGUAGES
from tests.tools.make_error_pages import PAGES, page


def test_the_pages_are_up_to_date() -> None:
    # one test for both languages: every bad file is read once for both
    for lang in LANGUAGES:
        written = PAGES[lang].read_text(encoding="utf-8")
        assert page(lang) == written, f"{lang}: run python -m tests.tools.make_error_pages"


def test_no_page_names_a_folder_of_the_machine_that_made_it() -> None:
    here = str(Path(__file__).resolve().parents[2])
    for written in (Path(__file__).parents[2] / "docs").rglob("*.md"):
        assert here not in written.read_text(encoding="utf-8"), written
