"""An amount for a year that is paid in the next gives every row what it gives each worker, whichever day counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cwgrade.arrays.answers import STATUSES, month_of
from cwgrade.outcomes import Decided, status_of
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from tests.arrays.rosters import people_of

BASE = Path(__file__).parents[1].joinpath("bad_inputs", "base.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("reckoned", "looked_up"),
    [
        ('reckoned_on = "payment"', True),
        ('reckoned_on = "end_of_period"', True),
        ("", False),
    ],
)
def test_rows_have_the_amounts_of_the_scalar_answer(reckoned: str, *, looked_up: bool) -> None:
    assert BASE.count("paid_in = [12]") == 1
    text = BASE.replace("paid_in = [12]", f"paid_in = [1]\n{reckoned}")
    scheme = Scheme((parse_scheme(text),))
    people = people_of(scheme.version_on(date(2021, 1, 1)), year=2021, size=40, seed=5)
    found = month_of(people, scheme, year=2021, month=1)
    for row in range(people.size):
        slip = pay_for_month(people.worker(row), scheme, year=2021, month=1)
        assert STATUSES[found.status[row]] == status_of(slip.outcome), row
        if isinstance(slip.outcome, Decided):
            assert found.gross_fen[row] == slip.outcome.value, row
    by_table = (found.status == STATUSES.index("decided")) & ~found.asked
    assert bool(by_table.any()) is looked_up
