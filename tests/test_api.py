"""The public names: sorted, importable, from their own modules too, and on the reference page."""

import importlib
import re
from pathlib import Path

import pytest

import cwgrade

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reference" / "python.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (`.+?`) \| `(\w+)` \|", PAGE, re.MULTILINE)
LISTED = {name: module for names, module in ROWS for name in re.findall(r"`(\w+)`", names)}
DOCUMENTED = re.findall(r"^::: (cwgrade\.\w+)$", PAGE, re.MULTILINE)


def _order(name: str) -> tuple[bool, bool, str]:
    """Constants first, then classes, then the rest, as the linter sorts them."""
    return not name.isupper(), not name[0].isupper(), name


def test_names_are_sorted_and_stand_once() -> None:
    assert cwgrade.__all__ == sorted(set(cwgrade.__all__), key=_order)


@pytest.mark.parametrize("name", cwgrade.__all__)
def test_name_can_be_imported_from_its_own_module_too(name: str) -> None:
    own = importlib.import_module(f"cwgrade.{LISTED[name]}")
    assert getattr(cwgrade, name) is getattr(own, name)
    assert name in own.__all__


def test_reference_page_lists_the_public_names_and_no_other() -> None:
    assert sorted(LISTED) == sorted(cwgrade.__all__)


def test_every_listed_module_is_documented_once() -> None:
    assert {f"cwgrade.{module}" for module in LISTED.values()} <= set(DOCUMENTED)
    assert len(DOCUMENTED) == len(set(DOCUMENTED))


@pytest.mark.parametrize("module", DOCUMENTED)
def test_documented_module_says_what_is_public(module: str) -> None:
    made = importlib.import_module(module)
    assert made.__doc__
    assert [name for name in made.__all__ if not hasattr(made, name)] == []
