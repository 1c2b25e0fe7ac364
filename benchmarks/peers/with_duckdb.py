"""DuckDB: SQL over its own tables, what is looked up in lists. Money in whole fen, or in DECIMAL with `round`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

import duckdb
import numpy as np

from benchmarks.peers import rule
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns

PEOPLE: Final = (
    *("post", "service", "schooling", "qualification", "excellent", "failed", "region"),
    *("probation", "age"),
)
TODAY: Final = f"DATE '{rule.DAY}'"


def _list(values: Any) -> str:
    return f"({[int(one) for one in values]})"


def _connect(columns: Columns) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": int(os.environ.get("OMP_NUM_THREADS", "1"))})
    people: Columns = {name: columns[name] for name in PEOPLE if name in columns}
    people["worker"] = np.arange(len(columns["post"]), dtype=np.int32)
    connection.register("given", people)
    connection.execute("CREATE TABLE people AS SELECT * FROM given")
    if "spell_worker" in columns:
        spells = {
            name: columns[f"spell_{name}"].astype(
                "datetime64[s]" if name in ("start", "end") else None
            )
            if name in ("start", "end")
            else columns[f"spell_{name}"]
            for name in ("worker", "region", "start", "end")
        }
        connection.register("given_spells", spells)
        connection.execute(
            'CREATE TABLE spells AS SELECT worker, region, start::DATE AS start, "end"::DATE AS "end" FROM given_spells'
        )
    return connection


GRADED: Final = f"""
 graded AS (SELECT *, greatest({_list(rule.LOWEST)}[post + 1], least({_list(rule.HIGHEST)}[post + 1],
   {_list(rule.LOWEST)}[post + 1] + (service + {_list(rule.SCHOOLING_MONTHS)}[schooling + 1]) // 36
   + qualification + excellent // 3 - failed)) AS grade FROM source)"""
PAID: Final = f"""
 paid AS (SELECT *, (WAGE::BIGINT * 80 * {_list(rule.COEFFICIENT)}[grade] + 60000) // 120000 AS pay FROM graded),
 summed AS (SELECT *, pay + {_list(rule.ALLOWANCE)}[qualification + 1] + (3 * pay + 5) // 10 AS whole FROM paid),
 ended AS (SELECT *, CASE WHEN ON_PROBATION THEN (4 * whole + 2) // 5 ELSE whole END AS fen FROM summed)"""
IN_DECIMAL: Final = f"""
 paid AS (SELECT *, round((WAGE / 100)::DECIMAL(18, 2) * 0.8 * ({_list(rule.COEFFICIENT)}[grade] / 100)::DECIMAL(5, 2)
   / 12, 2)::DECIMAL(18, 2) AS pay FROM graded),
 summed AS (SELECT *, pay + ({_list(rule.ALLOWANCE)}[qualification + 1] / 100)::DECIMAL(18, 2)
   + round(pay * 0.3, 2)::DECIMAL(18, 2) AS whole FROM paid),
 ended AS (SELECT *, ((CASE WHEN ON_PROBATION THEN round(whole * 0.8, 2)::DECIMAL(18, 2) ELSE whole END) * 100)::BIGINT
   AS fen FROM summed)"""


def _of_one_day(source: str, paid: str = PAID) -> str:
    paid = paid.replace("WAGE", f"{_list(rule.WAGE)}[region + 1]").replace(
        "ON_PROBATION", "probation"
    )
    return (
        f"CREATE OR REPLACE TABLE answer AS WITH {source}, {GRADED}, {paid}"
        " SELECT worker, grade::SMALLINT AS grade, fen FROM ended"
    )


SERVED: Final = f"""
 numbered AS (SELECT *, rowid FROM spells),
 last AS (SELECT worker, arg_max(region, rowid) AS region FROM numbered GROUP BY worker),
 kept AS (SELECT s.worker, s.start, least(coalesce(s."end", {TODAY}), {TODAY}) + 1 AS after FROM numbered s
   JOIN last ON s.worker = last.worker
   AND {_list(rule.PROVINCE)}[s.region + 1] = {_list(rule.PROVINCE)}[last.region + 1]),
 reached AS (SELECT *, max(after) OVER (PARTITION BY worker ORDER BY start, after
   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reach FROM kept),
 marked AS (SELECT *, sum((reach IS NULL OR start > reach)::INT) OVER (PARTITION BY worker ORDER BY start, after
   ROWS UNBOUNDED PRECEDING) AS run FROM reached),
 runs AS (SELECT worker, run, min(start) AS s, max(after) AS e FROM marked GROUP BY ALL),
 served AS (SELECT worker, sum((year(e) - year(s)) * 12 + month(e) - month(s)
   - (day(e) < day(s) AND e <> last_day(e))::INT)::BIGINT AS service FROM runs GROUP BY worker),
 source AS (SELECT people.*, served.service, last.region
   FROM people JOIN served USING (worker) JOIN last USING (worker))"""
WAGES: Final = f"({rule.wages().tolist()})"
YEARS: Final = f"""
 source AS (SELECT people.* REPLACE (service + 12 * year AS service), year
   FROM people, range({rule.YEARS}) AS years(year) WHERE age + year < {rule.RETIRES_AT})"""
OF_YEARS: Final = (
    f"CREATE OR REPLACE TABLE answer AS WITH {YEARS}, {GRADED}, "
    + PAID.replace("WAGE", f"{WAGES}[year + 1][region + 1]").replace(
        "ON_PROBATION", "(probation AND year = 0)"
    )
    + " SELECT year AS worker, count(*) AS grade, 12 * sum(fen)::BIGINT AS fen FROM ended GROUP BY year"
)

Connection = Any


def _run(sql: str) -> Callable[[Connection], Connection]:
    def compute(connection: Connection) -> Connection:
        connection.execute(sql)
        return connection

    return compute


def _extract(connection: Connection) -> Answer:
    found = connection.execute("SELECT grade, fen FROM answer ORDER BY worker").fetchnumpy()
    return np.asarray(found["grade"]), np.asarray(found["fen"])


SOURCE: Final = "source AS (SELECT * FROM people)"
ENGINES: Final = (
    Engine("duckdb", "fen", "grade", _run(_of_one_day(SOURCE)), _connect, _extract, both=True),
    Engine(
        "duckdb",
        "decimal",
        "grade",
        _run(_of_one_day(SOURCE, IN_DECIMAL)),
        _connect,
        _extract,
        both=True,
    ),
    Engine("duckdb", "fen", "history", _run(_of_one_day(SERVED)), _connect, _extract, both=True),
    Engine("duckdb", "fen", "projection", _run(OF_YEARS), _connect, _extract, both=True),
)
