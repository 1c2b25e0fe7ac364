"""`import cwgrade` stays light: extras and test tools are imported where they are used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cwgrade

FOREIGN = (
    "hypothesis",
    "matplotlib",
    "narwhals",
    "numpy",
    "pandas",
    "python_calamine",
    "xlsxwriter",
)


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """Names of the top-level modules after `import cwgrade` in a fresh interpreter."""
    package = Path(cwgrade.__file__).parents[1]
    answer = subprocess.run(
        [sys.executable, "-c", "import cwgrade, sys; print(*sys.modules)"],
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return frozenset(name.partition(".")[0] for name in answer.stdout.split())


@pytest.mark.parametrize("name", FOREIGN)
def test_import_does_not_load(name: str, loaded: frozenset[str]) -> None:
    assert name not in loaded


def test_the_interpreter_did_import_the_package(loaded: frozenset[str]) -> None:
    assert "cwgrade" in loaded
