"""A ladder of which the source leaves something open gives every row what it gives each worker."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cwgrade.arrays.answers import STATUSES, month_of
from cwgrade.outcomes import status_of
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from tests.arrays.rosters import people_of

BASE = Path(__file__).parents[1].joinpath("bad_inputs", "base.toml").read_text(encoding="utf-8")
GAP = '{ missing = "not stated" }'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("at_most = 2", f"at_most = 2\nwaiting = {GAP}"),
        ('start = "first_of_post"', f'start = "first_of_post"\ncap = {GAP}'),
    ],
)
def test_rows_have_the_status_of_the_scalar_answer(old: str, new: str) -> None:
    assert BASE.count(old) == 1
    scheme = Scheme((parse_scheme(BASE.replace(old, new)),))
    people = people_of(scheme.version_on(date(2020, 8, 1)), year=2020, size=4, seed=5)
    found = month_of(people, scheme, year=2020, month=8)
    for row in range(people.size):
        slip = pay_for_month(people.worker(row), scheme, year=2020, month=8)
        assert STATUSES[found.status[row]] == status_of(slip.outcome), row
    # nothing of such a ladder is looked up
    assert found.asked.all()
