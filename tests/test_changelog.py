"""The changelog has a section for the version, in the agreed form."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

RELEASE = re.compile(r"^## \[(?P<version>[^\]]+)\] - (?P<day>\d{4}-\d\d-\d\d|unreleased)$")
PARTS = {
    "Added",
    "Changed",
    "Changed results",
    "Deprecated",
    "Fixed",
    "Removed",
    "Scheme data",
    "Security",
}


def test_the_version_has_a_section() -> None:
    heads = [RELEASE.match(line) for line in CHANGELOG.splitlines() if line.startswith("## ")]
    assert VERSION in [head["version"] for head in heads if head]


def test_each_release_has_a_version_and_a_day() -> None:
    wrong = [
        line
        for line in CHANGELOG.splitlines()
        if line.startswith("## ") and not RELEASE.match(line)
    ]
    assert wrong == []


def test_parts_are_the_agreed_ones() -> None:
    parts = {
        line.removeprefix("### ") for line in CHANGELOG.splitlines() if line.startswith("### ")
    }
    assert parts <= PARTS
