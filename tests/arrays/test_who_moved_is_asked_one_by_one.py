"""A roster under a version that people moved to is what the scalar functions give, with posts that move later too."""

from __future__ import annotations

import pytest

from cwgrade.arrays.answers import STATUSES, month_of
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.grading import grade_in_month
from cwgrade.outcomes import Decided, status_of
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from tests.arrays.reforms import SAMPLE, staged
from tests.arrays.rosters import people_of


@pytest.mark.parametrize("scheme", [SAMPLE, staged()], ids=["at-once", "in-stages"])
def test_every_row_is_the_scalar_answer(scheme: Scheme) -> None:
    people = people_of(scheme.versions[-1], year=2021, size=40, seed=7)
    found = month_of(people, scheme, year=2021, month=6)
    kept = 0
    for row in range(people.size):
        worker = people.worker(row)
        slip = pay_for_month(worker, scheme, year=2021, month=6)
        placed = grade_in_month(worker, scheme, year=2021, month=6).outcome
        assert STATUSES[found.status[row]] == status_of(slip.outcome)
        gross = slip.outcome.value if isinstance(slip.outcome, Decided) else NO_AMOUNT
        assert found.gross_fen[row] == gross
        assert found.grade[row] == (placed.value.grade if isinstance(placed, Decided) else 0)
        for line in slip.lines:
            fen = NO_AMOUNT if line.payable_fen is None else line.payable_fen
            assert found.payable_fen[line.component][row] == fen
            kept += line.component == "kept" and fen > 0
    assert kept
    assert set(found.components) == set(found.payable_fen)
