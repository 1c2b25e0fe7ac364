"""10,000 people, one after another through the scalar path, beside the same by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.plain_month import Plain, as_worker, gross_of_march_2018, plain_people
from cwgrade.catalogue import load_scheme
from cwgrade.pay import pay_for_month
from cwgrade.worker import Worker

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

SAMPLE = load_scheme("sample-3x18")
ROWS = 10_000


def by_hand(people: list[Plain]) -> list[int]:
    return [gross_of_march_2018(plain) for plain in people]


def by_library(workers: list[Worker]) -> list[int]:
    return [pay_for_month(worker, SAMPLE, year=2018, month=3).gross_fen for worker in workers]


def test_plain_rows(benchmark: BenchmarkFixture) -> None:
    people = plain_people(ROWS)
    assert len(benchmark(by_hand, people)) == ROWS


def test_rows(benchmark: BenchmarkFixture) -> None:
    people = plain_people(ROWS)
    workers = [as_worker(plain) for plain in people]
    gross = benchmark.pedantic(by_library, (workers,), rounds=1)  # type: ignore[no-untyped-call]
    assert gross == by_hand(people)


def test_making_workers(benchmark: BenchmarkFixture) -> None:
    """What it costs to check and keep the facts of 1,000 people."""
    people = plain_people(ROWS // 10)
    benchmark(lambda: [as_worker(plain) for plain in people])
