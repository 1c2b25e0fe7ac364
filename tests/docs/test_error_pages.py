"""The pages about errors are what the wording and the bad files say now."""

import pytest

from cwgrade.wording import LANGUAGES, Language
from tests.tools.make_error_pages import PAGES, page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_up_to_date(lang: Language) -> None:
    written = PAGES[lang].read_text(encoding="utf-8")
    assert page(lang) == written, "run python -m tests.tools.make_error_pages"
