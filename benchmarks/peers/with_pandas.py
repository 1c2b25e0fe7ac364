"""pandas: whole columns and `map`; spells through groupby. Money in whole fen, written out by the author."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.peers import rule
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns

WAGES: Final = rule.wages()
PEOPLE: Final = ("post", "schooling", "qualification", "excellent", "failed", "probation")


def _table(values: Any) -> Any:
    return pd.Series(np.asarray(values, np.int64))


def _graded(people: pd.DataFrame, service: Any) -> Any:
    low = people["post"].map(_table(rule.LOWEST))
    months = service + people["schooling"].map(_table(rule.SCHOOLING_MONTHS))
    grade = low + months // 36 + people["qualification"].map(_table(rule.QUALIFICATION_GRADES))
    grade = grade + people["excellent"] // 3 - people["failed"]
    return grade.clip(low, people["post"].map(_table(rule.HIGHEST)))


def _paid(
    people: pd.DataFrame, grade: Any, wage: Any, region: Any, *, probation: bool = True
) -> Any:
    share = region.map(_table(wage * 80))
    pay = (share * (grade - 1).map(_table(rule.COEFFICIENT)) + 60_000) // 120_000
    whole = pay + people["qualification"].map(_table(rule.ALLOWANCE)) + (3 * pay + 5) // 10
    return whole.where(~people["probation"], (4 * whole + 2) // 5) if probation else whole


def grade(people: pd.DataFrame) -> pd.DataFrame:
    found = _graded(people, people["service"])
    return pd.DataFrame({"grade": found, "fen": _paid(people, found, WAGES[0], people["region"])})


def grade_float(people: pd.DataFrame) -> pd.DataFrame:
    """As it is often written: yuan as floating point, `round(2)`."""
    found = _graded(people, people["service"])
    wage = people["region"].map(pd.Series(np.array(rule.WAGE) / 100))
    coefficient = (found - 1).map(pd.Series(np.array(rule.COEFFICIENT) / 100))
    pay = (wage * 0.8 * coefficient / 12).round(2)
    allowance = people["qualification"].map(pd.Series(np.array(rule.ALLOWANCE) / 100))
    whole = pay + allowance + (0.3 * pay).round(2)
    paid = whole.where(~people["probation"], (0.8 * whole).round(2))
    return pd.DataFrame({"grade": found, "fen": (paid * 100).round().astype("int64")})


def _spells(columns: Columns) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = pd.DataFrame({name: columns[name] for name in PEOPLE})
    names = ("worker", "region", "start", "end")
    spells = pd.DataFrame({name: columns[f"spell_{name}"] for name in names})
    return people, spells


def history(given: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    people, spells = given
    region = spells.groupby("worker", sort=False)["region"].last()
    province = _table(rule.PROVINCE)
    home = spells["worker"].map(region).map(province)
    spells = spells[spells["region"].map(province) == home]
    today = pd.Timestamp(rule.DAY)
    after = spells["end"].fillna(today).clip(upper=today) + pd.Timedelta(days=1)
    spells = pd.DataFrame({"worker": spells["worker"], "start": spells["start"], "end": after})
    reach = spells.groupby("worker", sort=False)["end"].cummax()
    before = reach.shift()
    new = (spells["worker"] != spells["worker"].shift()) | (spells["start"] > before)
    runs = spells.assign(run=new.cumsum(), reach=reach).groupby("run", sort=False)
    run = runs.agg(worker=("worker", "first"), start=("start", "first"), end=("reach", "last"))
    start, end = run["start"].dt, run["end"].dt
    months = 12 * (end.year - start.year) + end.month - start.month
    months -= (end.day < start.day) & ~end.is_month_end
    service = months.groupby(run["worker"], sort=False).sum().reindex(people.index, fill_value=0)
    found = _graded(people, service)
    return pd.DataFrame({"grade": found, "fen": _paid(people, found, WAGES[0], region)})


def projection(people: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for year in range(rule.YEARS):
        active = people[people["age"] + year < rule.RETIRES_AT]
        found = _graded(active, active["service"] + 12 * year)
        paid = _paid(active, found, WAGES[year], active["region"], probation=year == 0)
        rows.append((len(active), 12 * paid.sum()))
    return pd.DataFrame(rows, columns=["grade", "fen"])


def _extract(result: pd.DataFrame) -> Answer:
    return result["grade"].to_numpy(), result["fen"].to_numpy()


ENGINES: Final = (
    Engine("pandas", "fen", "grade", grade, pd.DataFrame, _extract),
    Engine("pandas", "float", "grade", grade_float, pd.DataFrame, _extract),
    Engine("pandas", "fen", "history", history, _spells, _extract),
    Engine("pandas", "fen", "projection", projection, pd.DataFrame, _extract),
)
