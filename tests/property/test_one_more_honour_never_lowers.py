"""Honours stand side by side: one more never takes away what another gives."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import example, given

from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided
from cwgrade.scheme import Scheme
from cwgrade.strategies import attainments
from cwgrade.worker import Attainment, Unknown, Worker
from tests.property.invented import SAMPLE, clerk, paid_days, sample_workers
from tests.property.varied import STEPPED, sample_with

CITY = Attainment(value="city", obtained=date(2013, 5, 1))
NATIONAL = Attainment(value="national", obtained=date(2014, 5, 1))
ON = date(2018, 3, 1)


def rungs(worker: Worker, scheme: Scheme, on: date) -> tuple[int, int] | None:
    outcome = grade_on(worker, scheme, on=on).outcome
    if not isinstance(outcome, Decided):
        return None
    return outcome.value.grade, outcome.value.step or 0


@given(sample_workers(), attainments("honour"), paid_days())
# article 3.7: a city honour gives a grade, and the sample says nothing of a national one
@example(clerk(honours=(CITY,)), NATIONAL, ON)
def test_to_the_grade_or_the_step(worker: Worker, more: Attainment, on: date) -> None:
    assert not isinstance(worker.honours, Unknown)
    honoured = attrs.evolve(worker, honours=(*worker.honours, more))
    for scheme in (SAMPLE, STEPPED):
        before, after = rungs(worker, scheme, on), rungs(honoured, scheme, on)
        if before is not None:
            assert after is not None
            assert after[0] >= before[0]
            assert after[1] >= before[1]


def test_each_table_counts_the_honour_that_gives_most_in_it() -> None:
    scheme = sample_with(
        """
[credits.honour]
label = "honour"
by = ["honour", "post"]
otherwise = 0
source = "text"

[credits.honour.grades]
city = { staff = 2, deputy = 3 }
national = { staff = 5, deputy = 1 }
"""
    )
    both = clerk(honours=(CITY, NATIONAL))
    # a clerk since 2012 holds 3
    assert grade_on(both, scheme, on=ON).placement.grade == 8
    moved = attrs.evolve(both, spells=(attrs.evolve(both.spells[0], post="deputy"),))
    assert grade_on(moved, scheme, on=ON).placement.grade == 9
