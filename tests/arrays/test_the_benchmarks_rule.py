"""The schemes that speed is measured with say the rule that the yardsticks were written by hand from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import attrs
import numpy as np
import pytest

from benchmarks.peers import rule, with_cwgrade
from benchmarks.peers.engine import Answer, Engine, rows_off
from cwgrade.tables import tabulate

ROWS = 5_000
HISTORIES = 500
KERNELS: Sequence[Any] = (
    "numpy",
    pytest.param("numba", marks=pytest.mark.skipif(not find_spec("numba"), reason="no Numba")),
)


def right(workload: str) -> tuple[rule.Columns, Answer]:
    rows = HISTORIES if workload == "history" else ROWS
    columns = rule.people(rows, workload)
    if workload == "history":
        grades, fen = rule.exact_history(columns)
        return columns, (np.array(grades), np.array(fen))
    if workload == "projection":
        return columns, rule.exact_projection(columns)
    return columns, rule.exact(columns)


def ours(workload: str, kernel: str, threads: int) -> Engine:
    return next(
        one
        for one in with_cwgrade.engines(threads)
        if (one.workload, one.variant) == (workload, kernel)
    )


@pytest.mark.parametrize("workload", ["grade", "history", "projection"])
@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("threads", [1, 2])
def test_no_row_is_off(workload: str, kernel: str, threads: int) -> None:
    columns, answer = right(workload)
    assert rows_off(ours(workload, kernel, threads).compute(columns), answer) == 0


@pytest.mark.parametrize("workload", ["grade", "history", "projection"])
@pytest.mark.parametrize("peer", ["numpy", "numba", "pandas", "polars", "duckdb", "openfisca"])
def test_peers_in_whole_fen_are_right(peer: str, workload: str) -> None:
    if not find_spec("openfisca_core" if peer == "openfisca" else peer):
        pytest.skip(f"no {peer}")
    if peer == "openfisca" and workload != "grade":
        pytest.skip("OpenFisca does one workload")
    columns, answer = right(workload)
    engines = import_module(f"benchmarks.peers.with_{peer}").ENGINES
    exact = [
        one
        for one in engines
        if one.workload == workload and one.variant not in ("float", "decimal")
    ]
    assert exact
    for one in exact:
        assert rows_off(one.extract(one.compute(one.build(columns))), answer) == 0


@pytest.mark.parametrize("peer", ["numpy", "polars", "cwgrade"])
def test_from_dataframe_to_dataframe_no_row_is_off(peer: str) -> None:
    columns, answer = right("frame")
    module = import_module(f"benchmarks.peers.with_{peer}")
    found = module.engines(1) if peer == "cwgrade" else module.ENGINES
    (one,) = (engine for engine in found if engine.workload == "frame")
    assert rows_off(one.extract(one.compute(one.build(columns))), answer) == 0


def test_a_wrong_wage_is_seen() -> None:
    """A table of one wage a fen too high is found out."""
    version = with_cwgrade.scheme("sample-benchmark")
    tables = tabulate(version, on=with_cwgrade.DAY, targets=with_cwgrade.TARGETS)
    stage = next(one for one in tables.stages if one.name == "fen:pay.gross")
    place = next(at for at, one in enumerate(stage.values) if isinstance(one, int))
    amount = stage.values[place]
    assert isinstance(amount, int)
    values = (*stage.values[:place], amount + 1, *stage.values[place + 1 :])
    stages = tuple(
        attrs.evolve(one, values=values) if one is stage else one for one in tables.stages
    )
    spoilt = with_cwgrade.plan_of(attrs.evolve(tables, stages=stages))
    columns = rule.people(100_000, "grade")
    found = spoilt.run(with_cwgrade.as_leaves(columns), 100_000)
    answer = found[with_cwgrade.GRADE], found[with_cwgrade.FEN]
    assert rows_off(answer, rule.exact(columns)) > 0


def test_a_code_that_stands_for_nothing_is_refused() -> None:
    columns = rule.people(100, "grade")
    columns["post"][7] = 9
    with pytest.raises(ValueError, match=r"post: rows \[7\]"):
        ours("grade", "numpy", 1).compute(columns)


def test_what_goes_by_the_day_is_made_again_only_where_it_changes() -> None:
    version = with_cwgrade.scheme("sample-benchmark-frames")
    july, august, later = (
        tabulate(version, on=day, targets=with_cwgrade.TARGETS).stages[-1]
        for day in (date(2025, 7, 1), date(2025, 8, 31), date(2026, 1, 1))
    )
    assert july is august
    assert july != later
