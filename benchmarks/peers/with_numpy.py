"""NumPy by hand. `plain` is the yardstick of every ratio: whole-array integers in fitting types, one thread."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import office, rule
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns

Array = NDArray[Any]


A_DAY: Final = np.timedelta64(1, "D")
LOW: Final = np.array(rule.LOWEST, np.int16)
HIGH: Final = np.array(rule.HIGHEST, np.int16)
MONTHS: Final = np.array(rule.SCHOOLING_MONTHS, np.int16)
GRADES: Final = np.array(rule.QUALIFICATION_GRADES, np.int16)
ALLOWANCE: Final = np.array(rule.ALLOWANCE, np.int64)
COEFFICIENT: Final = np.array(rule.COEFFICIENT, np.int64)
PROVINCE: Final = np.array(rule.PROVINCE, np.int8)
WAGES: Final = rule.wages()
_CHUNK: Final = 1 << 14


def grade_of(columns: Columns, service: Array) -> Array:
    low = LOW[columns["post"]]
    grade = low + (service + MONTHS[columns["schooling"]]) // np.int16(36)
    grade += GRADES[columns["qualification"]]
    grade += columns["excellent"] // np.int8(3)
    grade -= columns["failed"]
    inside: Array = np.clip(grade, low, HIGH[columns["post"]])
    return inside


def fen_of(
    columns: Columns, grade: Array, wage: Array, region: Array, probation: Array | None
) -> Array:
    pay: Array = ((wage * 80)[region] * COEFFICIENT[grade - 1] + 60_000) // 120_000
    whole: Array = pay + ALLOWANCE[columns["qualification"]] + (pay * 3 + 5) // 10
    if probation is not None:
        whole = np.where(probation, (whole * 4 + 2) // 5, whole)
    return whole


def plain(columns: Columns) -> Answer:
    grade = grade_of(columns, columns["service"])
    return grade, fen_of(columns, grade, WAGES[0], columns["region"], columns["probation"])


def pay_table(wage: Array, *, probation: bool = True) -> Array:
    """Give pay by region, probation, qualification and grade, each in as many bits as it needs."""
    wage16, coefficient32 = np.zeros(16, np.int64), np.zeros(32, np.int64)
    wage16[: len(wage)], coefficient32[1:19] = wage, COEFFICIENT
    pay = (wage16[:, None, None] * 80 * coefficient32 + 60_000) // 120_000
    whole = pay + ALLOWANCE[None, :, None] + (3 * pay + 5) // 10
    on_probation = (4 * whole + 2) // 5 if probation else whole
    return np.stack([whole, on_probation], axis=1).reshape(-1)


PAY: Final = pay_table(WAGES[0])
_SEVEN: Final = np.arange(7)
ADDED: Final = (
    np.array(rule.LOWEST)[:, None, None, None]
    + GRADES[None, :, None, None]
    + (_SEVEN // 3)[None, None, :, None]
    - _SEVEN[None, None, None, :]
).astype(np.int8).reshape(-1)  # fmt: skip
RISEN: Final = ((np.arange(512) + MONTHS[:, None]) // 36).astype(np.int8).reshape(-1)


def tuned(columns: Columns) -> Answer:
    """Look up what can be looked up, a piece at a time that stays in the cache, without new arrays."""
    rows = len(columns["post"])
    grades: Array = np.empty(rows, np.int8)
    fen: Array = np.empty(rows, np.int64)
    room: Array = np.empty(_CHUNK, np.int16)
    more: Array = np.empty(_CHUNK, np.int16)
    risen: Array = np.empty(_CHUNK, np.int8)
    low, high = LOW.astype(np.int8), HIGH.astype(np.int8)
    for start in range(0, rows, _CHUNK):
        here = slice(start, min(start + _CHUNK, rows))
        part = {name: column[here] for name, column in columns.items()}
        size = here.stop - start
        index, other, grade = room[:size], more[:size], grades[here]
        np.multiply(part["schooling"], np.int16(512), out=index)
        np.add(index, part["service"], out=index)
        np.take(RISEN, index, out=risen[:size], mode="clip")
        np.multiply(part["post"], np.int16(4), out=index)
        np.add(index, part["qualification"], out=index)
        np.multiply(index, np.int16(7), out=index)
        np.add(index, part["excellent"], out=index)
        np.multiply(index, np.int16(7), out=index)
        np.add(index, part["failed"], out=index)
        np.take(ADDED, index, out=grade, mode="clip")
        np.add(grade, risen[:size], out=grade)
        np.clip(grade, low[part["post"]], high[part["post"]], out=grade)
        np.left_shift(part["region"], np.int16(8), out=index)
        np.left_shift(part["probation"].view(np.int8), np.int16(7), out=other)
        np.bitwise_or(index, other, out=index)
        np.left_shift(part["qualification"], np.int16(5), out=other)
        np.bitwise_or(index, other, out=index)
        np.bitwise_or(index, grade, out=index)
        np.take(PAY, index, out=fen[here], mode="clip")
    return grades, fen


def runs(columns: Columns, rows: int) -> tuple[Array, Array, Array, Array]:
    """Give the worker, start and end of each run, and each worker's region."""
    worker, start, end = (columns[f"spell_{name}"] for name in ("worker", "start", "end"))
    region = columns["spell_region"]
    last = np.searchsorted(worker, np.arange(rows, dtype=worker.dtype), side="right") - 1
    province = PROVINCE[region]
    kept = province == province[last][worker]
    worker, first = worker[kept], start[kept].astype(np.int64)
    through = end[kept].astype(np.int64)
    today = int(rule.DAY.astype(np.int64))
    # an open end is the smallest number of all
    after = np.where(through < 0, today, np.minimum(through, today)) + 1
    room = worker.astype(np.int64) << 20
    reach = np.maximum.accumulate(room + after) - room
    new = np.empty(len(worker), np.bool_)
    new[0] = True
    new[1:] = (worker[1:] != worker[:-1]) | (first[1:] > reach[:-1])
    heads = np.flatnonzero(new)
    tails = np.append(heads[1:], len(worker)) - 1
    return worker[heads], first[heads], reach[tails], region[last]


def history(columns: Columns) -> Answer:
    rows = len(columns["post"])
    worker, start, end, region = runs(columns, rows)
    first, after = start.astype("datetime64[D]"), end.astype("datetime64[D]")
    first_month, last_month = first.astype("datetime64[M]"), after.astype("datetime64[M]")
    short = (after - last_month) < (first - first_month)
    # the last day of a month stands for the days that it lacks
    short &= (after + A_DAY).astype("datetime64[M]") == last_month
    months = (last_month - first_month).astype(np.int64) - short
    service = np.bincount(worker, weights=months, minlength=rows).astype(np.int16)
    grade = grade_of(columns, service)
    return grade, fen_of(columns, grade, WAGES[0], region, columns["probation"])


_DAYS: Final = np.arange(np.datetime64("1990-01-01"), np.datetime64("2030-01-01"))
FIRST_DAY: Final = int(_DAYS[0].astype(np.int64))
_MONTH: Final = _DAYS.astype("datetime64[M]")
BEGUN: Final = (_MONTH.astype(np.int64) * 32 + (_DAYS - _MONTH).astype(np.int64)).astype(np.int32)
ENDED: Final = np.where(
    (_DAYS + A_DAY).astype("datetime64[M]") != _MONTH, _MONTH.astype(np.int64) * 32 + 31, BEGUN
).astype(np.int32)


def history_tuned(columns: Columns) -> Answer:
    """Look up each day's month, and the pay."""
    rows = len(columns["post"])
    worker, start, end, region = runs(columns, rows)
    months = (ENDED[end - FIRST_DAY] - BEGUN[start - FIRST_DAY]) >> 5
    service = np.bincount(worker, weights=months, minlength=rows).astype(np.int16)
    return tuned({**columns, "service": service, "region": region})


def projection(columns: Columns) -> Answer:
    heads, fen = np.empty(rule.YEARS, np.int64), np.empty(rule.YEARS, np.int64)
    for year in range(rule.YEARS):
        active = columns["age"] < rule.RETIRES_AT - year
        grade = grade_of(columns, columns["service"] + np.int16(12 * year))
        probation = columns["probation"] if year == 0 else None
        pay = fen_of(columns, grade, WAGES[year], columns["region"], probation)
        heads[year], fen[year] = active.sum(), 12 * pay.sum(where=active)
    return heads, fen


def projection_tuned(columns: Columns) -> Answer:
    """Sort by age, so that who is paid comes first; then count the cells of the pay table each year."""
    order = np.argsort(columns["age"], kind="stable")
    here = {name: column[order] for name, column in columns.items()}
    months = here["service"] + MONTHS[here["schooling"]]
    low, high = LOW[here["post"]], HIGH[here["post"]]
    added = low + GRADES[here["qualification"]] + here["excellent"] // np.int8(3) - here["failed"]
    cell = (here["region"].astype(np.int16) << 8) + (here["qualification"].astype(np.int16) << 5)
    probation = here["probation"].astype(np.int16) << 7
    heads, fen = np.empty(rule.YEARS, np.int64), np.empty(rule.YEARS, np.int64)
    for year in range(rule.YEARS):
        active = int(np.searchsorted(here["age"], rule.RETIRES_AT - year))
        table = pay_table(WAGES[year])
        counts = np.zeros(len(table), np.int64)
        for start in range(0, active, _CHUNK):
            part = slice(start, min(start + _CHUNK, active))
            risen = (months[part] + np.int16(12 * year)) // np.int16(36)
            place = np.clip(risen + added[part], low[part], high[part]) + cell[part]
            if year == 0:
                place = place + probation[part]
            counts += np.bincount(place, minlength=len(table))
        heads[year], fen[year] = active, 12 * int(counts @ table)
    return heads, fen


def frame(roster: Any) -> Any:
    """From a Polars dataframe to one with grade and pay beside it."""
    columns = office.columns_of(roster)
    grade, fen = plain(columns)
    return roster.with_columns(grade=grade, gross_fen=fen)


ENGINES: Final = (
    Engine("numpy", "plain", "grade", plain),
    Engine("numpy", "tuned", "grade", tuned),
    Engine("numpy", "plain", "history", history),
    Engine("numpy", "tuned", "history", history_tuned),
    Engine("numpy", "plain", "projection", projection),
    Engine("numpy", "tuned", "projection", projection_tuned),
    Engine("numpy", "plain", "frame", frame, office.roster, office.answer_of),
)
