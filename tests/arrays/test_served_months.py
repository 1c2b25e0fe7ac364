"""Months served of a whole roster, part by part, are those of each worker, with NumPy and compiled."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cwgrade.arrays.plans import Kernel
from cwgrade.arrays.service import GOES_ON, Accepted, credited_months, runs_of, served_months
from cwgrade.service import Convention, GapsRule

KERNELS: Sequence[Any] = (
    "numpy",
    pytest.param("numba", marks=pytest.mark.skipif(not find_spec("numba"), reason="no Numba")),
)
AS_OF = np.datetime64("2021-02-28")
WORKERS = 400

Spells = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]


def spells(seed: int = 3, *, sort: bool = True) -> Spells:
    """Make up spells with month ends, gaps, overlaps, empty ones and some that begin later."""
    pick = np.random.default_rng(seed)
    worker = np.sort(pick.integers(0, WORKERS, 1500))
    first, last = (np.datetime64(day).astype(np.int64) for day in ("1998-01-01", "2022-01-01"))
    start = pick.integers(first, last, 1500).astype("datetime64[D]")
    # every third one begins on the last day of its month
    month, day = np.timedelta64(1, "M"), np.timedelta64(1, "D")
    ends_month = (start.astype("datetime64[M]") + month).astype("datetime64[D]") - day
    start = np.where(pick.random(1500) < 0.3, ends_month, start)
    end = start + pick.integers(0, 1500, 1500)
    end[pick.random(1500) < 0.1] = GOES_ON
    if sort:
        order = np.lexsort((start, worker))
        return worker[order], start[order], end[order]
    order = pick.permutation(1500)
    return worker[order], start[order], end[order]


def one_by_one(given: Spells, convention: Convention, gaps: GapsRule) -> NDArray[np.int64]:
    worker, start, end = given
    return np.array(
        [
            credited_months(
                runs_of(np.zeros((worker == row).sum(), np.int64), start[here], end[here]),
                1,
                np.array(AS_OF),
                convention,
                gaps,
            )[0]
            for row in range(WORKERS)
            for here in (worker == row,)
        ]
    )


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cwgrade.arrays.service._PART", 64)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("sort", [True, False])
@pytest.mark.parametrize("convention", Convention)
@pytest.mark.parametrize("gaps", GapsRule)
def test_parts_are_the_whole(
    kernel: Kernel, threads: int, convention: Convention, gaps: GapsRule, *, sort: bool
) -> None:
    given = spells(sort=sort)
    found = served_months(
        *given,
        workers=WORKERS,
        as_of=AS_OF,
        convention=convention,
        gaps=gaps,
        threads=threads,
        kernel=kernel,
    )
    assert found.tolist() == one_by_one(given, convention, gaps).tolist()


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("sort", [True, False])
def test_each_row_has_the_service_that_its_own_scheme_accepts(
    kernel: Kernel, *, sort: bool
) -> None:
    worker, start, end = spells(sort=sort)
    pick = np.random.default_rng(11)
    region = pick.integers(0, 5, len(worker)).astype(np.int8)
    scheme = pick.integers(0, 2, WORKERS).astype(np.int8)
    table = np.array([[1, 1, 0, 0, 0], [0, 0, 1, 1, 1]], np.bool_)
    found = served_months(
        worker,
        start,
        end,
        workers=WORKERS,
        as_of=AS_OF,
        convention=Convention.WHOLE_MONTHS,
        gaps=GapsRule.SKIPPED,
        accepted=Accepted(scheme=scheme, region=region, table=table),
        kernel=kernel,
    )
    counted = table[scheme[worker], region]
    kept = (worker[counted], start[counted], end[counted])
    right = one_by_one(kept, Convention.WHOLE_MONTHS, GapsRule.SKIPPED)
    assert found.tolist() == right.tolist()


@pytest.mark.parametrize("kernel", KERNELS)
def test_days_outside_the_calendar_are_counted_too(kernel: Kernel) -> None:
    start = np.array(["1850-01-31", "2000-01-01"], "datetime64[D]")
    end = np.array(["1851-02-28", "2300-01-01"], "datetime64[D]")
    found = served_months(
        np.array([0, 1]),
        start,
        end,
        workers=2,
        as_of=np.datetime64("2250-06-01"),
        convention=Convention.WHOLE_MONTHS,
        gaps=GapsRule.SKIPPED,
        kernel=kernel,
    )
    assert found.tolist() == [13, 3005]
