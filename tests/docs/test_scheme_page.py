"""The page of bundled schemes is what its tool makes of the files."""

from tests.tools.make_scheme_page import PAGE, page


def test_page_is_up_to_date() -> None:
    told = "run `python -m tests.tools.make_scheme_page`"
    assert PAGE.read_text(encoding="utf-8") == page(), told
