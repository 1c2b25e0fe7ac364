"""A roster under a version that people moved to is what the scalar functions give, with posts that move later too."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from cwgrade.arrays.answers import STATUSES, month_of
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.catalogue import load_scheme
from cwgrade.grading import grade_in_month
from cwgrade.law.transition import Stage
from cwgrade.outcomes import Decided, status_of
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from tests.arrays.rosters import people_of

SAMPLE = load_scheme("sample-reform")


def staged() -> Scheme:
    old, new = SAMPLE.versions
    assert new.transition is not None
    later = Stage(posts=("staff",), effective_on=date(2021, 12, 1))
    transition = attrs.evolve(new.transition, staged=(later,))
    # what is paid under the earlier version alone has a column too
    renamed = tuple(
        attrs.evolve(one, name="allowance") if one.name == "post" else one for one in old.pay
    )
    return Scheme((attrs.evolve(old, pay=renamed), attrs.evolve(new, transition=transition)))


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
