"""Numba by hand: one loop over the rows, in which everything is known beforehand."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import get_num_threads, njit, prange

from benchmarks.peers import rule
from benchmarks.peers import with_numpy as by_numpy
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns

LOW: Final = np.array(rule.LOWEST, np.int32)
HIGH: Final = np.array(rule.HIGHEST, np.int32)
MONTHS: Final = np.array(rule.SCHOOLING_MONTHS, np.int32)
ALLOWANCE, COEFFICIENT = by_numpy.ALLOWANCE, by_numpy.COEFFICIENT
SHARE: Final = by_numpy.WAGES[0] * 80
PAY: Final = by_numpy.PAY
PAY_BY_YEAR: Final = np.stack([by_numpy.pay_table(wage) for wage in by_numpy.WAGES])
PROVINCE: Final = by_numpy.PROVINCE
YEARS: Final[Any] = rule.YEARS
RETIRES_AT: Final[Any] = rule.RETIRES_AT
TODAY: Final = int(rule.DAY.astype(np.int64))
FIRST, BEGUN, ENDED = by_numpy.FIRST_DAY, by_numpy.BEGUN, by_numpy.ENDED
NAMES: Final = ("post", "service", "schooling", "qualification", "excellent", "failed", "probation")


@njit(boundscheck=False)
def _grade(post, months, qualification, excellent, failed):
    risen = np.int32(np.uint32(months) // np.uint32(36))
    grade = (
        LOW[post] + risen + np.int32(qualification) + np.int32(np.uint8(excellent) // np.uint8(3))
    )
    return min(max(grade - np.int32(failed), LOW[post]), HIGH[post])


@njit(boundscheck=False)
def _cell(region, probation, qualification, grade):
    return (
        (np.int32(region) << 8)
        | (np.int32(probation) << 7)
        | (np.int32(qualification) << 5)
        | grade
    )


@njit(parallel=True, boundscheck=False)
def _direct(post, service, schooling, qualification, excellent, failed, probation, region):
    rows = len(post)
    grades, fen = np.empty(rows, np.int8), np.empty(rows, np.int64)
    for i in prange(rows):
        months = service[i] + MONTHS[schooling[i]]
        grade = _grade(post[i], months, qualification[i], excellent[i], failed[i])
        pay = np.int64(
            np.uint64(SHARE[region[i]] * COEFFICIENT[grade - 1] + 60_000) // np.uint64(120_000)
        )
        whole = (
            pay + ALLOWANCE[qualification[i]] + np.int64(np.uint64(3 * pay + 5) // np.uint64(10))
        )
        if probation[i]:
            whole = np.int64(np.uint64(4 * whole + 2) // np.uint64(5))
        grades[i], fen[i] = grade, whole
    return grades, fen


@njit(parallel=True, boundscheck=False)
def _table(post, service, schooling, qualification, excellent, failed, probation, region):
    rows = len(post)
    grades, fen = np.empty(rows, np.int8), np.empty(rows, np.int64)
    for i in prange(rows):
        months = service[i] + MONTHS[schooling[i]]
        grade = _grade(post[i], months, qualification[i], excellent[i], failed[i])
        grades[i], fen[i] = grade, PAY[_cell(region[i], probation[i], qualification[i], grade)]
    return grades, fen


@njit(parallel=True, boundscheck=False)
def _history(
    post, schooling, qualification, excellent, failed, probation, bounds, region, start, end
):
    rows = len(post)
    grades, fen = np.empty(rows, np.int8), np.empty(rows, np.int64)
    for i in prange(rows):
        last = bounds[i + 1] - 1
        province = PROVINCE[region[last]]
        months, run_start, run_end = 0, 0, -1
        for j in range(bounds[i], last + 1):
            if PROVINCE[region[j]] != province:
                continue
            after = (TODAY if end[j] < 0 or end[j] > TODAY else end[j]) + 1
            if run_end < 0 or start[j] > run_end:
                if run_end >= 0:
                    months += (ENDED[run_end - FIRST] - BEGUN[run_start - FIRST]) >> 5
                run_start, run_end = start[j], after
            elif after > run_end:
                run_end = after
        months += (ENDED[run_end - FIRST] - BEGUN[run_start - FIRST]) >> 5
        months += MONTHS[schooling[i]]
        grade = _grade(post[i], months, qualification[i], excellent[i], failed[i])
        grades[i], fen[i] = grade, PAY[_cell(region[last], probation[i], qualification[i], grade)]
    return grades, fen


@njit(parallel=True, boundscheck=False)
def _projection(
    post, service, schooling, qualification, excellent, failed, probation, region, age, parts
):
    rows = len(post)
    heads, fen = np.zeros((parts, 32), np.int64), np.zeros((parts, 32), np.int64)
    for part in prange(parts):
        for i in range(part * rows // parts, (part + 1) * rows // parts):
            months = np.int32(service[i] + MONTHS[schooling[i]])
            for year in range(min(YEARS, RETIRES_AT - np.int32(age[i]))):
                grade = _grade(
                    post[i], months + 12 * year, qualification[i], excellent[i], failed[i]
                )
                on_probation = probation[i] if year == 0 else False
                heads[part, year] += 1
                fen[part, year] += PAY_BY_YEAR[
                    year, _cell(region[i], on_probation, qualification[i], grade)
                ]
    return heads.sum(0)[: rule.YEARS], 12 * fen.sum(0)[: rule.YEARS]


def _arguments(columns: Columns) -> tuple[Any, ...]:
    return tuple(columns[name] for name in (*NAMES, "region"))


def history(columns: Columns) -> Answer:
    rows = len(columns["post"])
    bounds = np.zeros(rows + 1, np.int64)
    np.cumsum(np.bincount(columns["spell_worker"], minlength=rows), out=bounds[1:])
    given = (columns[name] for name in NAMES if name != "service")
    start, end = (columns[f"spell_{name}"].view(np.int64) for name in ("start", "end"))
    answer: Answer = _history(*given, bounds, columns["spell_region"], start, end)
    return answer


def projection(columns: Columns) -> Answer:
    answer: Answer = _projection(*_arguments(columns), columns["age"], get_num_threads())
    return answer


ENGINES: Final = (
    Engine("numba", "direct", "grade", lambda given: _direct(*given), _arguments, both=True),
    Engine("numba", "table", "grade", lambda given: _table(*given), _arguments, both=True),
    Engine("numba", "table", "history", history, both=True),
    Engine("numba", "table", "projection", projection, both=True),
)
