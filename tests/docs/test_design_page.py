"""The table of floors on the design page is the one that the contract keeps."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanation" / "design.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _floors() -> list[set[str]]:
    """Give the floors of the contract, from the ground up."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["type"] == "layers"]
    return [set(re.findall(r"\w+", layer)) for layer in reversed(layers)]


def _rows() -> list[set[str]]:
    table = PAGE.split("## The floors")[1].split("\n## ")[0]
    rows = re.findall(r"^\| [^|]+ \| ((?:`\w+`(?:, )?)+) \|", table, re.MULTILINE)
    return [set(re.findall(r"\w+", row)) for row in rows]


def test_rows_are_the_floors_from_the_ground_up() -> None:
    floors, place = _floors(), 0
    for row in _rows():
        found: set[str] = set()
        while found < row:
            found |= floors[place]
            place += 1
        assert found == row
    assert place == len(floors)
