"""Service counted on arrays is service counted worker by worker."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade import dates
from cwgrade.arrays.service import GOES_ON, add_months, credited_months, months_between, runs_of
from cwgrade.service import (
    Claim,
    Convention,
    GapsRule,
    KindRule,
    ServiceRule,
    Within,
    accept,
)
from cwgrade.service import credited_months as counted
from cwgrade.service import runs_of as runs_of_entries
from cwgrade.strategies import days

DAYS = days(first=date(1990, 1, 1), last=date(2035, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=30))
def test_months_between_days_are_those_of_the_scalar_rule(pairs: list[tuple[date, date]]) -> None:
    start, end = (np.array(column, "datetime64[D]") for column in zip(*pairs, strict=True))
    assert months_between(start, end).tolist() == [dates.months_between(*pair) for pair in pairs]


@given(st.lists(st.tuples(DAYS, st.integers(0, 600)), min_size=1, max_size=30))
def test_months_added_are_those_of_the_scalar_rule(pairs: list[tuple[date, int]]) -> None:
    start = np.array([one for one, _ in pairs], "datetime64[D]")
    months = np.array([many for _, many in pairs], np.int64)
    assert add_months(start, months).tolist() == [dates.add_months(*pair) for pair in pairs]


SPELLS = st.lists(st.tuples(DAYS, st.none() | st.integers(1, 2500)), max_size=6)


@pytest.mark.parametrize("convention", Convention)
@pytest.mark.parametrize("gaps", GapsRule)
@given(workers=st.lists(SPELLS, min_size=1, max_size=8), as_of=DAYS)
def test_every_convention_counts_as_worker_by_worker(
    convention: Convention,
    gaps: GapsRule,
    workers: list[list[tuple[date, int | None]]],
    as_of: date,
) -> None:
    kind = KindRule(kind="community", rate=Fraction(1), within=Within.ANYWHERE)
    rule = ServiceRule(place="99", kinds=(kind,), gaps=gaps, convention=convention)
    expected, rows = [], []
    for row, spells in enumerate(workers):
        claims = []
        for index, (start, length) in enumerate(spells):
            end = date.max if length is None else start + timedelta(days=length)
            claims.append(Claim(start, end, "community", None, 0, index))
            rows.append((row, start, GOES_ON if length is None else np.datetime64(end)))
        accepted = runs_of_entries(accept(claims, (), rule))
        expected.append(counted(accepted, rule, as_of))
    runs = runs_of(
        np.array([row for row, _, _ in rows], np.int64),
        np.array([start for _, start, _ in rows], "datetime64[D]"),
        np.array([end for _, _, end in rows], "datetime64[D]"),
    )
    found = credited_months(runs, len(workers), np.array(as_of, "datetime64[D]"), convention, gaps)
    assert found.tolist() == expected
