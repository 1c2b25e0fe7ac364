"""Reading and checking a scheme file, beside the bare TOML parser of the standard library."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from cwgrade.catalogue import scheme_ids, scheme_path
from cwgrade.schemefile import read_scheme

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture


def test_bare_toml(benchmark: BenchmarkFixture) -> None:
    text = scheme_path("sample-3x18").read_text(encoding="utf-8")
    benchmark(tomllib.loads, text, parse_float=Decimal)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_read_scheme(benchmark: BenchmarkFixture, scheme_id: str) -> None:
    """Parse, check and lower to the normal form; the digest is in it."""
    benchmark(read_scheme, scheme_path(scheme_id))
