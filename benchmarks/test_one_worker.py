"""One grade and one explained month, beside the same month written by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from benchmarks.plain_month import as_worker, gross_of_march_2018, plain_people
from cwgrade.catalogue import load_scheme
from cwgrade.grading import grade_on
from cwgrade.pay import pay_for_month

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

SAMPLE = load_scheme("sample-3x18")
PLAIN = plain_people(1)[0]
WORKER = as_worker(PLAIN)


def test_plain_month(benchmark: BenchmarkFixture) -> None:
    """The yardstick, and a check that both mean the same."""
    fen = benchmark(gross_of_march_2018, PLAIN)
    assert fen == pay_for_month(WORKER, SAMPLE, year=2018, month=3).gross_fen


def test_one_grade(benchmark: BenchmarkFixture) -> None:
    benchmark(grade_on, WORKER, SAMPLE, on=date(2018, 3, 1))


def test_one_explained_month(benchmark: BenchmarkFixture) -> None:
    slip = benchmark(pay_for_month, WORKER, SAMPLE, year=2018, month=3)
    assert sum(1 for _ in slip.derivation.root.walk()) > 20


def test_one_explained_month_with_a_half_year(benchmark: BenchmarkFixture) -> None:
    """In June performance pay of six months is due."""
    benchmark(pay_for_month, WORKER, SAMPLE, year=2018, month=6)


def test_one_month_of_a_flat_scheme(benchmark: BenchmarkFixture) -> None:
    scheme = load_scheme("changsha-furong-2018")
    benchmark(pay_for_month, WORKER, scheme, year=2018, month=3)
