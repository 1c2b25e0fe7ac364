"""Reading a roster of 100,000 rows and nine columns as a dataframe, before anything is computed.

The yardstick is what no reader that looks at every cell can do without: counting the distinct cells of each column.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cwgrade.frames.asking import Opened

ROWS = 100_000
KINDS = {"polars": pl.DataFrame, "pyarrow": pa.table, "pandas": pd.DataFrame}


def _cells() -> dict[str, list[Any]]:
    chance = np.random.default_rng(2)

    def some(*choices: str | None) -> list[Any]:
        picked: list[Any] = np.array(choices, object)[
            chance.integers(0, len(choices), ROWS)
        ].tolist()
        return picked

    entry = np.datetime64("1995-01-01") + chance.integers(0, 8000, ROWS)
    registered = (np.datetime64("2010-01-01") + chance.integers(0, 2000, ROWS)).astype(str)
    levels = some("无", "助理", "社会工作师")
    return {
        "工号": [f"W{number:08d}" for number in range(ROWS)],
        "职务": some("书记", "副主任", "委员"),
        "地区": ["430102"] * ROWS,
        "入职日期": entry.astype(str).tolist(),
        "学历": some("大专", "本科", "硕士", None),
        "职业资格": levels,
        "登记日期": [
            None if level == "无" else day
            for level, day in zip(levels, registered.tolist(), strict=True)
        ],
        "2016年考核": some("优秀", "合格", None),
        "身份": some("无"),
    }


@pytest.mark.parametrize("kind", KINDS)
class TestRead:
    def test_read(self, benchmark: BenchmarkFixture, kind: str) -> None:
        frame = KINDS[kind](_cells())
        read = benchmark(lambda: Opened.of(frame).read([(2018, 3)]))
        assert not read.faults
        assert not read.people.unusual.any()

    def test_count_distinct_cells(self, benchmark: BenchmarkFixture, kind: str) -> None:
        frame = nw.from_native(KINDS[kind](_cells()), eager_only=True)
        counts = benchmark(lambda: [frame[name].n_unique() for name in frame.columns])
        assert counts[0] == ROWS
