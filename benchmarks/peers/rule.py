"""The rule of the three workloads, written out by hand, its made-up input, and what exact answers are.

A worker's grade is the first grade of the post, one more for each 36 months of service (schooling counts as years of
it), more for the qualification and for each third excellent year, less for each failed year, brought into the range of
the post. The month's pay is 80 % of the region's yearly wage times the grade's coefficient, by twelfths; 30 % of it is
added for performance, and an allowance for the qualification; on probation 80 % of all that is paid. Every step rounds
half up to the fen.

History: service is counted from spells. Of those that began by the day, the ones in the province of the last count;
ends are inclusive and cut at the day; spells that overlap or touch are one run; a run's months are complete on the same
day of a later month, or on that month's last day where it has no such day.

Projection: thirty years; wages grow by 5 % a year, rounded to the fen, service by twelve months; whoever is 60 is paid
no more, and only the first year can be one of probation.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, NDArray[Any]]

POSTS: Final = ("staff", "deputy", "principal")
LOWEST: Final = (1, 4, 7)
HIGHEST: Final = (12, 15, 18)
SCHOOLING: Final = ("senior", "college", "bachelor", "master", "doctor")
SCHOOLING_MONTHS: Final = (0, 0, 36, 60, 84)
QUALIFICATION: Final = ("none", "assistant", "social_worker", "senior")
QUALIFICATION_GRADES: Final = (0, 1, 2, 3)
ALLOWANCE: Final = (0, 10_000, 30_000, 50_000)
COEFFICIENT: Final = (
    *(100, 105, 110, 116, 122, 128, 135, 142, 149),
    *(157, 165, 173, 182, 191, 200, 210, 220, 231),
)
"""In hundredths, of grades 1 to 18."""
WAGE: Final = (
    *(12_345_650, 11_864_050, 10_321_700, 9_876_550, 13_522_875, 8_954_321),
    *(9_431_150, 10_755_025, 7_888_850, 15_000_050, 6_843_799),
)
"""Yearly, in fen, of each region."""
PROVINCE: Final = (0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3)
REGIONS: Final = tuple(
    f"99{province + 1:02d}{PROVINCE[:place].count(province) + 1:02d}"
    for place, province in enumerate(PROVINCE)
)
DAY: Final = np.datetime64("2025-07-01")
YEARS: Final = 30
RETIRES_AT: Final = 60
PROBATION: Final = 6
FIRST_ENTRY: Final = int(np.datetime64("1985-07-01").astype(np.int64))
LAST_ENTRY: Final = int(np.datetime64("2025-01-01").astype(np.int64))
"""Nobody's probation ends inside the month that is asked for."""


def wages() -> NDArray[np.int64]:
    """Give the wage of each year and region."""
    rows = [list(WAGE)]
    for _ in range(YEARS - 1):
        rows.append([(one * 105 + 50) // 100 for one in rows[-1]])
    return np.array(rows, np.int64)


def people(rows: int, workload: str, seed: int = 20_250_701) -> Columns:
    """Make up workers: compact columns, one row each; spells in a long table sorted by worker and start."""
    pick = np.random.default_rng(seed)

    def among(shares: tuple[float, ...]) -> NDArray[np.int8]:
        return pick.choice(len(shares), rows, p=shares).astype(np.int8)

    columns: Columns = {
        "post": among((0.75, 0.10, 0.15)),
        "schooling": among((0.15, 0.35, 0.42, 0.07, 0.01)),
        "qualification": among((0.55, 0.25, 0.17, 0.03)),
        "excellent": among((0.45, 0.2, 0.15, 0.1, 0.05, 0.03, 0.02)),
        "failed": among((0.88, 0.07, 0.03, 0.01, 0.005, 0.003, 0.002)),
        "probation": pick.random(rows) < 0.06,
    }
    if workload == "history":
        return columns | _spells(rows, pick)
    columns["service"] = pick.integers(0, 481, rows).astype(np.int16)
    columns["region"] = pick.integers(0, len(REGIONS), rows).astype(np.int8)
    if workload == "frame":
        columns["entry"] = pick.integers(FIRST_ENTRY, LAST_ENTRY, rows).astype("datetime64[D]")
        columns["service"] = _served(columns["entry"])
        columns["probation"] = columns["service"] < PROBATION
    if workload == "projection":
        columns["age"] = pick.integers(22, 60, rows).astype(np.int8)
    return columns


def _served(entry: NDArray[Any]) -> NDArray[np.int16]:
    """Count the whole months before the day asked for, the first of a month, day after day with Python's own dates."""
    days, places = np.unique(entry, return_inverse=True)
    today: Any = DAY.item()
    months = [
        (today.year - day.year) * 12 + today.month - day.month - (day.day > 1)
        for day in days.tolist()
    ]
    return np.array(months, np.int16)[places]


def _spells(rows: int, pick: np.random.Generator) -> Columns:
    """Make up one to eight spells each: a third touch, a quarter overlap, and most of the last ones go on."""
    each = pick.choice(np.arange(1, 9), rows, p=(0.3, 0.2, 0.15, 0.12, 0.09, 0.07, 0.04, 0.03))
    worker = np.repeat(np.arange(rows, dtype=np.int32), each)
    count = len(worker)
    first_day, last_day = np.datetime64("1995-01-01"), np.datetime64("2025-06-30")
    start = pick.integers(first_day.astype(int), last_day.astype(int) + 1, count)
    start = start[np.lexsort((start, worker))]
    is_last = np.append(worker[1:] != worker[:-1], True)
    to_next = np.append(start[1:], start[-1:]) - start
    kind = pick.random(count)
    length = np.select(
        [kind < 0.30, kind < 0.55],
        [to_next - 1, to_next + pick.integers(0, 400, count)],
        (to_next * pick.random(count)).astype(np.int64),
    )
    length = np.where(is_last, pick.integers(0, 3000, count), np.maximum(length, 0))
    end = (start + length).astype("datetime64[D]")
    end[np.where(is_last, pick.random(count) < 0.8, pick.random(count) < 0.01)] = "NaT"
    # most stay in one province
    home = pick.integers(0, 4, rows)[worker]
    province = np.where(pick.random(count) < 0.7, home, pick.integers(0, 4, count))
    region = np.minimum(province * 3 + pick.integers(0, 3, count), len(REGIONS) - 1)
    return {
        "spell_worker": worker,
        "spell_region": region.astype(np.int8),
        "spell_start": start.astype("datetime64[D]"),
        "spell_end": end,
    }


def exact(
    columns: Mapping[str, NDArray[Any]], wage: Any = WAGE
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give every worker's grade and pay in fen, with nothing but whole numbers."""
    here = {name: column.astype(np.int64) for name, column in columns.items()}
    post, qualification = here["post"], here["qualification"]
    low = np.array(LOWEST)[post]
    months = here["service"] + np.array(SCHOOLING_MONTHS)[here["schooling"]]
    grade = low + months // 36 + np.array(QUALIFICATION_GRADES)[qualification]
    grade = np.clip(grade + here["excellent"] // 3 - here["failed"], low, np.array(HIGHEST)[post])
    base = np.asarray(wage)[here["region"]] * 80 * np.array(COEFFICIENT)[grade - 1]
    pay = (base + 60_000) // 120_000
    whole = pay + np.array(ALLOWANCE)[qualification] + (3 * pay + 5) // 10
    return grade, np.where(here["probation"] == 1, (4 * whole + 2) // 5, whole)


def exact_history(columns: Mapping[str, NDArray[Any]]) -> tuple[list[int], list[int]]:
    """Give the same for workers with spells, one after the other, day by day with Python's own dates."""
    rows = len(columns["post"])
    bounds = np.searchsorted(columns["spell_worker"], np.arange(rows + 1))
    starts: list[Any] = columns["spell_start"].tolist()
    ends: list[Any] = columns["spell_end"].tolist()
    regions = columns["spell_region"].tolist()
    service, region = np.empty(rows, np.int64), np.empty(rows, np.int64)
    today: Any = DAY.item()
    for row in range(rows):
        spells = range(bounds[row], bounds[row + 1])
        region[row] = regions[spells[-1]]
        province = PROVINCE[regions[spells[-1]]]
        days: set[int] = set()
        for spell in spells:
            if PROVINCE[regions[spell]] == province:
                last = min(ends[spell] or today, today)
                days.update(range(starts[spell].toordinal(), last.toordinal() + 1))
        service[row] = _months_of(sorted(days))
    grade, fen = exact({**columns, "service": service, "region": region})
    return grade.tolist(), fen.tolist()


def _months_of(days: list[int]) -> int:
    months = 0
    start = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place] != days[place - 1] + 1:
            first, after = date.fromordinal(days[start]), date.fromordinal(days[place - 1] + 1)
            months += (after.year - first.year) * 12 + after.month - first.month
            last_of_month = calendar.monthrange(after.year, after.month)[1]
            months -= after.day < min(first.day, last_of_month)
            start = place
    return months


def exact_projection(
    columns: Mapping[str, NDArray[Any]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give heads and fen of each year, each year of all workers by itself."""
    heads, fen = np.empty(YEARS, np.int64), np.empty(YEARS, np.int64)
    for year, wage in enumerate(wages()):
        later = {**columns, "service": columns["service"] + np.int16(12 * year)}
        if year:
            later["probation"] = np.zeros_like(columns["probation"])
        paid = columns["age"] + year < RETIRES_AT
        _, pay = exact(later, wage)
        heads[year], fen[year] = paid.sum(), 12 * pay[paid].sum()
    return heads, fen
