"""Polars: lazy expressions. Money in whole fen, written out by the author; spells through one running maximum."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import polars as pl

from benchmarks.peers import office, rule
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns

WAGES: Final = rule.wages()
PEOPLE: Final = (
    *("post", "service", "schooling", "qualification", "excellent", "failed", "region"),
    *("probation", "age"),
)
col = pl.col


def _looked_up(of: pl.Expr, values: Any, kind: Any = pl.Int64, *, first: int = 0) -> pl.Expr:
    numbers = [int(one) for one in values]
    return of.replace_strict(list(range(first, first + len(numbers))), numbers, return_dtype=kind)


def _paid(people: pl.LazyFrame, year: int = 0) -> pl.LazyFrame:
    low = _looked_up(col("post"), rule.LOWEST, pl.Int16)
    months = (
        col("service") + 12 * year + _looked_up(col("schooling"), rule.SCHOOLING_MONTHS, pl.Int16)
    )
    added = _looked_up(col("qualification"), rule.QUALIFICATION_GRADES, pl.Int16)
    risen = low + months // 36 + added + col("excellent") // 3 - col("failed")
    high = _looked_up(col("post"), rule.HIGHEST, pl.Int16)
    share = _looked_up(col("region"), WAGES[year] * 80)
    coefficient = _looked_up(col("grade"), rule.COEFFICIENT, first=1)
    whole = (
        col("pay") + _looked_up(col("qualification"), rule.ALLOWANCE) + (3 * col("pay") + 5) // 10
    )
    people = people.with_columns(grade=risen.clip(low, high).cast(pl.Int16))
    people = people.with_columns(pay=(share * coefficient + 60_000) // 120_000)
    people = people.with_columns(fen=whole)
    if year == 0:
        on_probation = pl.when("probation").then((4 * col("fen") + 2) // 5).otherwise("fen")
        people = people.with_columns(fen=on_probation)
    return people


def grade(people: pl.DataFrame) -> pl.DataFrame:
    return _paid(people.lazy()).select("grade", "fen").collect()


def grade_float(people: pl.DataFrame) -> pl.DataFrame:
    """As it is often written: yuan as floating point, `round(2)`, half away from zero."""

    def rounded(yuan: pl.Expr) -> pl.Expr:
        return yuan.round(2, mode="half_away_from_zero")

    found = _paid(people.lazy())
    wage = _looked_up(col("region"), rule.WAGE) / 100
    coefficient = _looked_up(col("grade"), rule.COEFFICIENT, first=1) / 100
    allowance = _looked_up(col("qualification"), rule.ALLOWANCE) / 100
    found = found.with_columns(pay=rounded(wage * 0.8 * coefficient / 12))
    found = found.with_columns(whole=col("pay") + allowance + rounded(col("pay") * 0.3))
    paid = pl.when("probation").then(rounded(col("whole") * 0.8)).otherwise("whole")
    return found.select("grade", fen=(paid * 100).round().cast(pl.Int64)).collect()


def _frame(columns: Columns) -> pl.DataFrame:
    return pl.DataFrame({name: columns[name] for name in PEOPLE if name in columns})


def _frames(columns: Columns) -> tuple[pl.DataFrame, pl.DataFrame]:
    people = _frame(columns).with_columns(worker=pl.int_range(pl.len(), dtype=pl.Int32))
    names = ("worker", "region", "start", "end")
    spells = pl.DataFrame({name: columns[f"spell_{name}"] for name in names})
    return people, spells.with_columns(col("worker").set_sorted())


def history(given: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    people, spells = given
    today = int(rule.DAY.astype(np.int64))

    def number(name: str) -> pl.Expr:
        return col(name).cast(pl.Date).cast(pl.Int32).cast(pl.Int64)

    def province(name: str) -> pl.Expr:
        return _looked_up(col(name), rule.PROVINCE, pl.Int8)

    last = spells.lazy().group_by("worker", maintain_order=True).agg(home=col("region").last())
    room = col("worker").cast(pl.Int64) * (1 << 20)
    after = pl.min_horizontal(number("end").fill_null(today), pl.lit(today)) + 1
    kept = (
        spells.lazy()
        .join(last, on="worker", how="left", maintain_order="left")
        .filter(province("region") == province("home"))
        .with_columns(reach=(after + room).cum_max())
        .with_columns(new=(number("start") + room > col("reach").shift(1)).fill_null(value=True))
        .with_columns(run=col("new").cum_sum())
    )
    runs = kept.group_by("run", maintain_order=True).agg(
        col("worker", "home", "start").first(), end=(col("reach") - room).last()
    )
    runs = runs.with_columns(col("start").cast(pl.Date), col("end").cast(pl.Int32).cast(pl.Date))
    start, end = col("start").dt, col("end").dt
    short = (end.day() < start.day()) & (end.month_end() != col("end"))
    months = 12 * (end.year() - start.year()) + end.month().cast(pl.Int32) - start.month()
    served = runs.group_by("worker", maintain_order=True).agg(
        service=(months - short.cast(pl.Int32)).sum(), region=col("home").first()
    )
    found = people.lazy().join(served, on="worker", how="left", maintain_order="left")
    return _paid(found).select("grade", "fen").collect()


def projection(people: pl.DataFrame) -> pl.DataFrame:
    years = []
    for year in range(rule.YEARS):
        active = people.lazy().filter(col("age") < rule.RETIRES_AT - year)
        paid = _paid(active, year)
        years.append(paid.select(grade=pl.len().cast(pl.Int64), fen=12 * col("fen").sum()))
    return pl.concat(pl.collect_all(years))


def frame(roster: pl.DataFrame) -> pl.DataFrame:
    """Read the roster by expressions; a text that is not known stops."""
    ids = roster["工号"]
    if ids.null_count() or ids.n_unique() < len(ids):
        raise ValueError("工号")
    day, entry = pl.lit(rule.DAY.item()), col("入职日期").dt
    of = {
        name: col(header).cast(pl.Enum(texts)).to_physical().cast(pl.Int16)
        for header, (name, texts) in office.TEXTS.items()
    }
    for name, header in (("schooling", "学历取得日期"), ("qualification", "登记日期")):
        of[name] = pl.when(col(header) <= day).then(of[name]).otherwise(0)
    months = 12 * (day.dt.year() - entry.year()) + day.dt.month().cast(pl.Int32)
    months = months - entry.month().cast(pl.Int32) - (entry.day() > 1).cast(pl.Int32)
    people = roster.lazy().select(service=months, **of)
    people = people.with_columns(probation=col("service") < rule.PROBATION)
    paid = _paid(people).select("grade", gross_fen="fen").collect()
    return roster.with_columns(paid.get_columns())


def _extract(result: pl.DataFrame) -> Answer:
    return result["grade"].to_numpy(), result["fen"].to_numpy()


ENGINES: Final = (
    Engine("polars", "fen", "grade", grade, _frame, _extract, both=True),
    Engine("polars", "float", "grade", grade_float, _frame, _extract, both=True),
    Engine("polars", "fen", "history", history, _frames, _extract, both=True),
    Engine("polars", "fen", "frame", frame, office.roster, office.answer_of, both=True),
    Engine("polars", "fen", "projection", projection, _frame, _extract, both=True),
)
