"""The page of facts is what its tool makes of the facts files, and every published scheme has one."""

from tests.tools.make_catalogue_page import PAGE, page


def test_page_is_up_to_date() -> None:
    told = "run `python -m tests.tools.make_catalogue_page`"
    assert PAGE.read_text(encoding="utf-8") == page(), told
