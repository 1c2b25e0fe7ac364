"""The house: who may import whom, how long a module may grow, and what it may not be called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "cwgrade"
MODULES = sorted(SOURCE.rglob("*.py"))

LONGEST = 500
NAMES_THAT_SAY_NOTHING = {"base", "common", "core", "helpers", "manager", "utils"}


# The base amount (基数) of a scheme: here the word is the field's own.
NAMED_FOR_THE_FIELD = {"law/base.py"}


def _name(module: Path) -> str:
    return module.relative_to(SOURCE).as_posix()


def test_there_are_modules() -> None:
    assert MODULES


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_module_is_short_enough_to_read(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{_name(module)} has {lines} lines: split it by idea"


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_module_is_named_for_its_idea(module: Path) -> None:
    if _name(module) in NAMED_FOR_THE_FIELD:
        return
    parts = {part.removesuffix(".py") for part in module.relative_to(SOURCE).parts}
    assert not parts & NAMES_THAT_SAY_NOTHING


def test_modules_import_lower_floors_only() -> None:
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if linter is None:
        pytest.skip("import-linter is not installed; it comes with the extra 'dev'")
    answer = subprocess.run(
        [linter, "--no-cache", "--no-logo"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
