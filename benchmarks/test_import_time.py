"""How long `import cwgrade` takes in a fresh interpreter, the start of Python included."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import cwgrade

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

# Compiled modules are kept, whatever the caller's shell says.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
} | {"PYTHONPATH": str(Path(cwgrade.__file__).parents[1])}


def _run(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True)


def test_start_of_python_alone(benchmark: "BenchmarkFixture") -> None:
    benchmark(_run, "pass")


def test_import(benchmark: "BenchmarkFixture") -> None:
    benchmark(_run, "import cwgrade")
