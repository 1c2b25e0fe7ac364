"""The page on derivations lists every code, key and input, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cwgrade import Step, load_scheme, pay_for_month
from cwgrade.catalogue import roster_path
from cwgrade.exchange import derivation_schema
from cwgrade.rosterfile import read_roster
from cwgrade.wording.en import TERMS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "cwgrade"
PAGE = (ROOT / "docs" / "reference" / "derivation.md").read_text(encoding="utf-8")

CODE_PLACES = {"Step": 0, "found": 1, "_made": 1, "_combined": 1, "_figure_step": 2, "_cell": 3}
"""Functions that make steps, and the place of the code among their arguments."""


def rows(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading, without its own header."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


def names(cell: str) -> list[str]:
    return re.findall(r"`([\w.-]+)`", cell)


CODES = {names(code)[0]: inputs for code, _, inputs in rows("Codes")}


def codes_in(module: Path) -> Iterator[str]:
    """Give the codes of the steps that a module makes."""
    for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        place = CODE_PLACES.get(name)
        if place is None:
            continue
        given = [one.value for one in call.keywords if one.arg == "code"] + call.args[place:][:1]
        for node in ast.walk(ast.Module([ast.Expr(one) for one in given], [])):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_codes_are_those_of_the_source() -> None:
    names = ("grading", "pay", "placing", "questions", "reasoner")
    modules = [SOURCE / f"{name}.py" for name in names]
    modules += [*(SOURCE / "accrual").glob("*.py"), *(SOURCE / "leaves").glob("*.py")]
    made = {code for module in modules for code in codes_in(module)} - {"rejected."}
    rejections = {word.removeprefix("step.") for word in TERMS if word.startswith("step.rejected.")}
    assert made | rejections == set(CODES)


@pytest.mark.parametrize("kind", ["derivation", "step"])
def test_keys_are_those_of_the_json_schema(kind: str) -> None:
    keys = [
        name
        for row in rows(f"The {kind}" if kind == "derivation" else "A step")
        for name in names(row[0])
    ]
    assert keys == list(derivation_schema()["$defs"][kind]["properties"])


def _steps() -> Iterator[Step]:
    scheme = load_scheme("sample-3x18")
    # few rows: a day that is known to its year makes one answer slow
    for row in read_roster(roster_path("sample"), pay_month=(2018, 6)).rows[:40]:
        if row.worker is not None:
            yield from pay_for_month(row.worker, scheme, year=2018, month=6).derivation.root.walk()


def test_inputs_are_those_that_steps_have() -> None:
    seen: dict[str, set[str]] = {}
    for step in _steps():
        seen.setdefault(step.code, set()).update(name for name, _ in step.inputs)
    assert len(seen) > len(CODES) / 2
    for code, inputs in seen.items():
        listed = set(names(CODES[code]))
        free = re.sub(r"`[\w.-]+`|[\s,]", "", CODES[code])
        assert (listed <= inputs) if free else (listed == inputs), code
