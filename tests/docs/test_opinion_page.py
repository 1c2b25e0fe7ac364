"""The page of the national Opinion has every item, and is what its tool makes of the data."""

from collections.abc import Mapping
from typing import Any

import pytest

from cwgrade.schemefile.vocabulary import SECTIONS
from tests.tools.make_opinion_page import ITEMS, PAGE, page

ITEMS_IN_THE_OPINION = 17
PLANS = {"careers", "arrears", "budgets", "rosters at speed"}


def test_every_item_is_there() -> None:
    assert [item["number"] for item in ITEMS] == list(range(1, ITEMS_IN_THE_OPINION + 1))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["number"]))
class TestItem:
    def test_is_computed_or_will_be_or_says_why_not(self, item: Mapping[str, Any]) -> None:
        told = [*item.get("computed", ()), *item.get("later", ()), *item.get("none", ())]
        assert told
        assert all(one["en"] and one["zh"] for one in (item["title"], item["says"], *told))

    def test_names_sections_and_pages_that_there_are(self, item: Mapping[str, Any]) -> None:
        computed = item.get("computed", ())
        assert {one["path"] for one in computed if "path" in one} <= {*SECTIONS}
        pages = [PAGE.with_name(f"{one['page']}.md") for one in computed if "path" not in one]
        assert all(path.exists() for path in pages)

    def test_names_plans_that_there_are(self, item: Mapping[str, Any]) -> None:
        assert {one["plan"] for one in item.get("later", ())} <= PLANS


def test_page_is_up_to_date() -> None:
    told = "run `python -m tests.tools.make_opinion_page`"
    assert PAGE.read_text(encoding="utf-8") == page(), told
