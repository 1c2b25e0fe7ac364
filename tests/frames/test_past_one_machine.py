"""The recipes of the page about many machines: each gives what one call over the whole roster gives."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "past-one-machine.md"
SECTION = re.compile(r"^## (?P<title>.+?)\n(?P<text>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS = {"DuckDB": "duckdb", "Dask": "dask", "Spark": "pyspark"}


def recipes() -> dict[str, str]:
    text = PAGE.read_text(encoding="utf-8")
    return {
        one["title"]: "".join(CODE.findall(one["text"]))
        for one in SECTION.finditer(text)
        if CODE.search(one["text"])
    }


COMMON, *OTHERS = recipes()


def test_the_page_has_its_recipes() -> None:
    assert {*NEEDS} < {*OTHERS}


def test_the_page_says_what_each_recipe_needs() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for title, package in {"all of them": "pyarrow", "Polars": "polars", **NEEDS}.items():
        (row,) = re.findall(rf"^\| {title} \|(.+)\|$", text, re.MULTILINE)
        assert "pip install" in row
        assert package in row


@pytest.mark.skipif(importlib.util.find_spec("dask") is None, reason="needs dask")
def test_the_recipe_of_dask_runs_as_a_script(tmp_path: Path) -> None:
    code = recipes()
    parts = (COMMON, OTHERS[0], "Bounded memory, without any engine", "Dask")
    script = tmp_path / "paid.py"
    script.write_text("".join(code[one] for one in parts) + "    print(paid.num_rows)\n", "utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "2000\n"


@pytest.mark.filterwarnings("ignore:PySpark:FutureWarning")
@pytest.mark.parametrize("title", OTHERS[1:])
def test_a_recipe_gives_what_one_call_gives(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    needed = NEEDS.get(title)
    if needed is not None and importlib.util.find_spec(needed) is None:
        pytest.skip(f"needs {needed}")
    if title == "Spark" and shutil.which("java") is None:
        pytest.skip("needs Java")
    code = recipes()
    assert "assert " in code[title]
    # functions of a module that nobody can import are sent by value
    names: dict[str, object] = {"__name__": "__main__"}
    for one in (COMMON, OTHERS[0], "Bounded memory, without any engine", title):
        exec(compile(code[one], one, "exec"), names)  # noqa: S102 -- the page's own code
