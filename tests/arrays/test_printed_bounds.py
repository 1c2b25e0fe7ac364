"""Printed floors and ceilings bound a roster's rows and sums as they bound each worker's payslip."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from cwgrade.arrays.answers import month_of
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.frames import totals
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from tests.arrays.rosters import people_of

BASE = Path(__file__).parents[1].joinpath("bad_inputs", "base.toml").read_text(encoding="utf-8")


def bounded(bounds: str) -> Scheme:
    gap = f'deputy = {{ missing = "a span", {bounds} }},'
    return Scheme((parse_scheme(BASE.replace("deputy = 500,", gap)),))


@pytest.mark.parametrize("bounds", ["at_least = 400, at_most = 600.5", "at_least = 400"])
def test_rows_have_the_bounds_of_the_scalar_answer(bounds: str) -> None:
    scheme = bounded(bounds)
    people = people_of(scheme.version_on(date(2020, 8, 1)), year=2020, size=24, seed=3)
    found = month_of(people, scheme, year=2020, month=8)
    looked_up = 0
    for row in range(people.size):
        slip = pay_for_month(people.worker(row), scheme, year=2020, month=8)
        low, high = (NO_AMOUNT if one is None else one for one in slip.bounds_fen or (None, None))
        assert (found.low_fen[row], found.high_fen[row]) == (low, high), row
        for line in slip.lines:
            told = {row: (low, high) for row, low, high in found.bounds_fen.get(line.component, ())}
            if line.state == "gap" and line.low_fen is not None:
                ends = (line.low_fen, NO_AMOUNT if line.high_fen is None else line.high_fen)
                assert told[row] == ends
                looked_up += not found.asked[row]
    assert looked_up > 0


@pytest.mark.parametrize(
    ("bounds", "both"), [("at_least = 400, at_most = 600.5", True), ("at_least = 400", False)]
)
def test_sums_are_those_of_rows_that_have_both(bounds: str, *, both: bool) -> None:
    frame = pl.DataFrame(
        {
            "worker_id": ["1", "2"],
            "post": ["deputy", "staff"],
            "entry_day": ["2015-03-01"] * 2,
            **{
                name: ["none"] * 2
                for name in ("schooling", "degree", "qualification", "honours", "identity")
            },
            "employment": ["full_time"] * 2,
            "veteran": ["no"] * 2,
            **{f"{year}年考核": ["competent"] * 2 for year in range(2015, 2020)},
        }
    )
    (post,) = (
        totals(frame, bounded(bounds), month="2020-08")
        .filter(pl.col("component") == "post")
        .iter_rows(named=True)
    )
    assert (post["headcount"], post["undecided"], post["cost_fen"]) == (1, 1, 20000)
    assert (post["cost_fen_low"], post["cost_fen_high"]) == (
        (60000, 80050) if both else (20000, 20000)
    )
