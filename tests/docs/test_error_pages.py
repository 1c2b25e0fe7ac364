"""The pages about errors are what the wording and the bad files say now."""

from pathlib import Path

import pytest

from cwgrade.wording import LANGUAGES, Language
from tests.tools.make_error_pages import PAGES, page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_up_to_date(lang: Language) -> None:
    written = PAGES[lang].read_text(encoding="utf-8")
    assert page(lang) == written, "run python -m tests.tools.make_error_pages"


def test_no_page_names_a_folder_of_the_machine_that_made_it() -> None:
    here = str(Path(__file__).resolve().parents[2])
    for written in (Path(__file__).parents[2] / "docs").rglob("*.md"):
        assert here not in written.read_text(encoding="utf-8"), written
