"""Printed limits of contribution bases, and exactly the rules that give them: 60 % and 300 % of an average wage.

Each row of `tests/data/base_limits.csv` (made by `tests.tools.make_wage_series`, with the address of each source) whose
source pay may rest on is held against every rule that a peg can state: a yearly average is divided by 12 and rounded
to the yuan first, or is not; the result is rounded to the yuan half up, up or down. The sets below are the whole
answer, also where no rule fits: a floor is kept to one decimal, or floor and ceiling go by two rules.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

from cwgrade.money import Rounding, RoundingMode, RoundTo, fen_from_yuan, round_fen
from cwgrade.pay import pay_on
from cwgrade.sources import Trust
from tests.unit.test_pegs import scheme, worker

FILE: Final = Path(__file__).parents[1] / "data" / "base_limits.csv"
FLOOR: Final = Fraction(60, 100)
CEILING: Final = Fraction(300, 100)

Rules = frozenset[str]
"""Rules by name: `month up` rounds the monthly average up first, and the limit up; `exact up` the limit only."""


def rules(*names: str) -> Rules:
    return frozenset(names)


NONE: Final = rules()
EVERY: Final = rules(
    "exact half_up", "exact up", "exact down", "month half_up", "month up", "month down"
)
NEAR_OR_DOWN: Final = rules("exact half_up", "exact down", "month half_up", "month down")
NEAR_OR_UP: Final = rules("exact half_up", "exact up", "month half_up", "month up")


def usable() -> list[Mapping[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if Trust(row["trust"]).carries_pay]


def names() -> Iterator[tuple[str, bool, RoundingMode]]:
    for mode in RoundingMode:
        yield f"exact {mode}", False, mode
        yield f"month {mode}", True, mode


def limit(average_fen: Fraction, times: Fraction, *, first: bool, mode: RoundingMode) -> int:
    """Give a limit in fen by one rule, with the library's own rounding."""
    to_yuan = Rounding(to=RoundTo.YUAN, mode=mode)
    month = Fraction(round_fen(average_fen, to_yuan).fen) if first else average_fen
    return round_fen(month * times, to_yuan).fen


def fitting(row: Mapping[str, str], printed: str, times: Fraction) -> Rules | None:
    """Give every rule that leads to the printed limit; `None` where average or limit is not printed."""
    if not row["average_used"] or not row[printed]:
        return None
    average = fen_from_yuan(row["average_used"])
    if row["average_unit"] == "yuan/year":
        average /= 12
    wanted = fen_from_yuan(row[printed])
    return frozenset(
        name
        for name, first, mode in names()
        if limit(average, times, first=first, mode=mode) == wanted
    )


# province, base year, average as printed: rules that give the floor, those that give the ceiling, those that give both
EXPECTED: Final[Mapping[tuple[str, str, str], tuple[Rules | None, Rules | None, Rules | None]]] = {
    # 6,242.1666… a month: the floor is 3,745.30 rounded up, the ceiling 18,726.50 rounded down
    ("山东", "2021", "74906"): (
        rules("exact up", "month up"),
        rules("exact down", "month half_up", "month down"),
        NONE,
    ),
    # 7,069.25 a month
    ("山东", "2023", "84831"): (
        rules("exact half_up", "exact up", "month up"),
        rules("exact down", "month half_up", "month down"),
        NONE,
    ),
    ("广东", "2024", "9167"): (None, EVERY, None),
    ("广东", "2025", "9183"): (NEAR_OR_UP, EVERY, NEAR_OR_UP),
    # these notices print limits and no average
    ("江苏", "2024", ""): (None, None, None),
    ("江苏", "2025", ""): (None, None, None),
    ("江苏", "2026", "8254"): (NEAR_OR_DOWN, EVERY, NEAR_OR_DOWN),
    # 7,264.0833… a month is printed as 7,265; three times that would be 21,795 and not the 21,793 that is printed
    ("重庆", "2024", "87169"): (
        rules("exact up", "month up"),
        rules("exact up"),
        rules("exact up"),
    ),
    # 7,023.1666… a month, printed as 7,023
    ("青海", "2021", "84278"): (
        rules("exact half_up", "exact up", "month half_up"),
        rules("exact down", "month half_up", "month down"),
        rules("month half_up"),
    ),
    # 4,565.25 a month
    ("山西", "2019", "54783"): (
        NEAR_OR_DOWN,
        rules("exact down", "month half_up", "month down"),
        rules("exact down", "month half_up", "month down"),
    ),
    ("山西", "2025", "6997"): (NEAR_OR_DOWN, EVERY, NEAR_OR_DOWN),
    # 7,073.4166… a month, printed as 7,073: three times the year's twelfth would be 21,220.25
    ("山西", "2026", "84881"): (
        rules("exact half_up", "exact down", "month half_up"),
        rules("month half_up", "month down"),
        rules("month half_up"),
    ),
    ("北京", "2025", "11937"): (NEAR_OR_DOWN, EVERY, NEAR_OR_DOWN),
    ("上海", "2025", "12434"): (NEAR_OR_DOWN, EVERY, NEAR_OR_DOWN),
    ("上海", "2026", "12577"): (NEAR_OR_DOWN, EVERY, NEAR_OR_DOWN),
    ("四川", "2025", "7646"): (NEAR_OR_UP, EVERY, NEAR_OR_UP),
    ("辽宁", "2025", ""): (None, None, None),
    # floors kept to one decimal: no rounding to the yuan gives them
    ("海南", "2025", "8188"): (NONE, EVERY, NONE),
    ("西藏", "2025", "11777"): (NONE, EVERY, NONE),
}


def key_of(row: Mapping[str, str]) -> tuple[str, str, str]:
    return (row["province"], row["base_year"], row["average_used"])


def test_every_usable_row_has_its_sets_and_no_other_has() -> None:
    assert [key_of(row) for row in usable()] == list(EXPECTED)


@pytest.mark.parametrize("row", usable(), ids=lambda row: " ".join(key_of(row)))
def test_exactly_these_rules_give_the_printed_limits(row: Mapping[str, str]) -> None:
    floor = fitting(row, "floor_month", FLOOR)
    ceiling = fitting(row, "ceiling_month", CEILING)
    both = None if floor is None or ceiling is None else floor & ceiling
    assert (floor, ceiling, both) == EXPECTED[key_of(row)]


@pytest.mark.parametrize(
    "row", [row for row in usable() if row["average_used"]], ids=lambda row: " ".join(key_of(row))
)
def test_a_peg_states_each_of_these_rules(row: Mapping[str, str]) -> None:
    """The limits of every rule come out of a scheme file too: `divided_by_12`, `multiplier`, `rounded`."""
    yearly = row["average_unit"] == "yuan/year"
    average = fen_from_yuan(row["average_used"]) / (12 if yearly else 1)
    for times in (FLOOR, CEILING):
        for _, first, mode in names():
            to_yuan = f'{{ to = "yuan", mode = "{mode}" }}'
            month = to_yuan if first else '"exact"'
            written = f'"{times}"' if times.denominator > 1 else times
            peg = f"multiplier = {written}" + (f"\ndivided_by_12 = {month}" if yearly else "")
            found = scheme(
                peg,
                f"2019={row['average_used']}",
                unit="year" if yearly else "month",
                rounded=f"rounded = {to_yuan}",
            )
            slip = pay_on(worker(), found, on=date(2020, 7, 1))
            assert slip.gross_fen == limit(average, times, first=first, mode=mode)
