"""The roster of an office as a dataframe: texts as they are written, native days; and the same by hand in NumPy.

What is written by hand knows every text that may stand in a column, takes no other, and looks for ids that stand twice.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl

from benchmarks.peers import rule
from benchmarks.peers.engine import Answer
from benchmarks.peers.rule import Columns

COUNTS: Final = tuple(str(number) for number in range(7))
TEXTS: Final = {
    "职务": ("post", ("委员", "副书记", "书记")),
    "学历": ("schooling", ("高中", "大专", "本科", "硕士", "博士")),
    "职业资格": ("qualification", ("无", "助理社会工作师", "社会工作师", "高级社会工作师")),
    "事实:region": ("region", rule.REGIONS),
    "事实:excellent_years": ("excellent", COUNTS),
    "事实:failed_years": ("failed", COUNTS),
}
"""For each header: the column, and the text of each of its numbers."""
_DEGREE: Final = np.datetime64("2000-07-01")
_REGISTERED: Final = np.datetime64("2010-01-01")


def roster(columns: Columns) -> pl.DataFrame:
    """Give the roster that an office keeps."""
    rows = len(columns["post"])
    registered = np.full(rows, _REGISTERED)
    registered[columns["qualification"] == 0] = "NaT"
    return pl.DataFrame(
        {
            "工号": [f"W{number:08d}" for number in range(rows)],
            **{
                header: pl.Series(texts, dtype=pl.String)[columns[name].astype(np.uint32)]
                for header, (name, texts) in TEXTS.items()
            },
            "学历取得日期": np.full(rows, _DEGREE),
            "登记日期": registered,
            "入职日期": columns["entry"],
        }
    )


def columns_of(frame: pl.DataFrame) -> Columns:
    """Read the roster by hand: the number of each text, and the months of service before the day asked for.

    Raises:
        ValueError: An id or a day is missing, or an id stands twice.
        polars.exceptions.InvalidOperationError: A text is not one of the column's.
    """
    ids = frame["工号"]
    if ids.null_count() or ids.n_unique() < len(ids):
        raise ValueError("工号")
    columns = {
        name: frame[header].cast(pl.Enum(texts)).to_physical().to_numpy()
        for header, (name, texts) in TEXTS.items()
    }
    # certificates count from the day on which they were had
    day = rule.DAY.astype("datetime64[D]")
    for name, header in (("schooling", "学历取得日期"), ("qualification", "登记日期")):
        columns[name] = np.where(frame[header].to_numpy() <= day, columns[name], 0)
    if frame["入职日期"].null_count():
        raise ValueError("入职日期")
    entry = frame["入职日期"].to_numpy()
    months = entry.astype("datetime64[M]")
    # a month begun is not whole: the day asked for is the first of one
    begun = entry > months
    served = rule.DAY.astype("datetime64[M]").astype(np.int64) - months.astype(np.int64) - begun
    columns["service"] = served.astype(np.int16)
    columns["probation"] = columns["service"] < rule.PROBATION
    return columns


def answer_of(result: Any) -> Answer:
    """Take grade and pay from the dataframe that came out."""
    return result["grade"].to_numpy(), result["gross_fen"].to_numpy()
