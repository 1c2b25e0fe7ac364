"""How long `import cwgrade` takes in a fresh interpreter, the start of Python included.

The modules are compiled into a folder of their own first, whatever the caller's shell says: what an installed package
costs. Nothing is asserted; the aim is under 100 ms beyond the start of Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cwgrade

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

SOURCE = Path(cwgrade.__file__).parents[1]
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Compile the package into a folder of its own, and give the environment that uses it."""
    environment = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    environment |= {
        "PYTHONPATH": str(SOURCE),
        "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("compiled")),
    }
    command = [sys.executable, "-m", "compileall", "-q", str(SOURCE / "cwgrade")]
    subprocess.run(command, env=environment, check=True)
    # the dependencies are compiled as they are imported
    _run("import cwgrade, cwgrade.cli", environment)
    return environment


def _run(code: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


@pytest.mark.parametrize(
    "code",
    [
        # what it costs without us
        "pass",
        "import attrs, cattrs, dateutil.relativedelta",
        "import cwgrade",
        "import cwgrade.cli",
        "import cwgrade; cwgrade.load_scheme('sample-3x18')",
    ],
)
def test_import(benchmark: BenchmarkFixture, compiled: dict[str, str], code: str) -> None:
    benchmark(_run, code, compiled)
