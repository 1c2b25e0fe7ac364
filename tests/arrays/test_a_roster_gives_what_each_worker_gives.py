"""What is looked up for a roster is what the scalar functions give worker by worker."""

from __future__ import annotations

from datetime import date

import attrs
import numpy as np
import pytest

from cwgrade.arrays.answers import BAD_ROW, STATUSES, month_of
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.catalogue import load_scheme
from cwgrade.outcomes import Decided, status_of
from cwgrade.pay import pay_for_month
from cwgrade.worker import Worker
from tests.arrays.compared import MONTHS, differences
from tests.arrays.rosters import people_of

ROWS = 20_000
SIZE = -(-ROWS // len(MONTHS))


@pytest.mark.parametrize(("name", "year", "month"), MONTHS)
def test_looked_up_is_what_the_scalar_functions_give(name: str, year: int, month: int) -> None:
    found, looked_up = differences(name, year, month, size=SIZE, seed=year * 100 + month)
    assert [wrong for _, wrong in found] == []
    assert looked_up > SIZE / 5


@pytest.mark.parametrize(
    ("name", "year", "month"),
    [
        # every line of its sum is supplied by the office, and nobody supplied one: there is no sum, not one of nothing
        ("changzhou-2011", 2011, 11),
        # a yearly part whose month and amount are not stated is listed without an amount, and not with zero
        ("benxi-2023", 2023, 12),
        ("benxi-mingshan-2023", 2023, 6),
        ("hengyang-2015", 2017, 1),
        ("qingdao-shinan-2016", 2016, 7),
    ],
)
def test_lines_that_are_not_summed_are_what_the_scalar_functions_give(
    name: str, year: int, month: int
) -> None:
    assert [wrong for _, wrong in differences(name, year, month, size=30, seed=5)[0]] == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(("name", "year", "month"), MONTHS)
def test_looked_up_is_what_the_scalar_functions_give_for_thousands(
    name: str, year: int, month: int, seed: int
) -> None:
    assert differences(name, year, month, size=2000, seed=seed)[0] == []


def test_rows_that_cannot_be_looked_up_are_asked_and_no_row_is_lost() -> None:
    scheme = load_scheme("sample-4x24-jia")
    version = scheme.version_on(date(2021, 12, 1))
    people = people_of(version, year=2021, size=60, seed=5)
    found = month_of(people, scheme, year=2021, month=12)
    assert found.asked.any()
    assert not found.asked.all()
    for row in range(people.size):
        slip = pay_for_month(people.worker(row), scheme, year=2021, month=12)
        assert STATUSES[found.status[row]] == status_of(slip.outcome)
        if isinstance(slip.outcome, Decided):
            assert found.gross_fen[row] == slip.outcome.value
        low, high = slip.bounds_fen or (NO_AMOUNT, NO_AMOUNT)
        assert (found.low_fen[row], found.high_fen[row]) == (low, high)
        assert found.facts[found.deciding[row]] == getattr(slip.outcome, "settled_by", "")
        assert bool(found.reasons[found.reason[row]]) == (not isinstance(slip.outcome, Decided))


def test_a_row_that_fails_takes_no_other_with_it() -> None:
    scheme = load_scheme("sample-3x18")
    version = scheme.version_on(date(2018, 7, 1))
    people = people_of(version, year=2018, size=12, seed=4)

    def fails(row: int) -> Worker:
        raise ZeroDivisionError(row)

    one = np.arange(people.size) == 7
    found = month_of(attrs.evolve(people, unusual=one, worker_of=fails), scheme, year=2018, month=7)
    whole = month_of(people, scheme, year=2018, month=7)
    assert (found.status == STATUSES.index(BAD_ROW)).tolist() == one.tolist()
    assert found.reasons[found.reason[7]] == "ZeroDivisionError"
    assert (found.gross_fen[~one] == whole.gross_fen[~one]).all()
    assert found.gross_fen[7] == NO_AMOUNT
