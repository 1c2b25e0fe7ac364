"""The library and the oracle give the same answers for thousands of invented people.

The oracle was written from the sample's text by somebody who had not seen the library. Where the two differ, the text
decides which of them is wrong.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from cwgrade.catalogue import load_scheme
from cwgrade.choices import Choices
from cwgrade.facts import Facts
from cwgrade.grading import grade_on
from cwgrade.leaves.counted import settle_service
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import pay_for_month
from cwgrade.quantities import ServiceLeaf
from cwgrade.worker import Worker
from tests.oracle import sample_3x18 as oracle
from tests.oracle.people import LAST_MONTH, a_day, a_month, a_person, worker_of

SCHEME: Final = load_scheme("sample-3x18")
VERSION: Final = SCHEME.versions[0]
SEED: Final = 20120101
WORKERS: Final = int(os.environ.get("CWGRADE_ORACLE_WORKERS", "3000"))
_SHARES: Final = 10
"""The plain loop is cut into pieces, so that they can run beside each other."""

REASONS: Final = {
    "not-in-service": oracle.NOT_IN_SERVICE,
    "out-of-scope": oracle.OUT_OF_SCOPE,
}


@pytest.fixture(autouse=True, scope="module")
def _short_calendar() -> Iterator[None]:
    """Unroll open spells no further than the months asked about; the oracle's logic stays as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(oracle, "UNROLL_UNTIL", date(LAST_MONTH[0] + 1, 1, 1))
        yield


def creditable_months(worker: Worker, on: date) -> Fraction:
    """Count the library's creditable service before a day, without any effect timing."""
    leaf = VERSION.normal_form["service_months"].quantity
    assert isinstance(leaf, ServiceLeaf)
    facts = Facts(worker, VERSION, None, Choices())
    counter, _ = settle_service(facts, leaf.rule, leaf.effect, on, lambda *_: None)
    return Fraction(counter.months(on))


def grade(worker: Worker, on: date) -> tuple[str, int] | str:
    """Give the library's grade, or the oracle's word for the reason why there is none."""
    outcome = grade_on(worker, SCHEME, on=on).outcome
    if isinstance(outcome, NotEligible):
        return REASONS[outcome.reason.code]
    assert isinstance(outcome, Decided), outcome
    return outcome.value.post, outcome.value.grade


def pay(worker: Worker, year: int, month: int) -> dict[str, int] | str:
    """Give the library's lines and their sum as the oracle writes them, or its word for the reason."""
    slip = pay_for_month(worker, SCHEME, year=year, month=month)
    if isinstance(slip.outcome, NotEligible):
        return REASONS[slip.outcome.reason.code]
    assert isinstance(slip.outcome, Decided), slip.outcome
    lines = {line.component: line.payable_fen for line in slip.lines}
    if month not in (6, 12):
        assert lines.pop("performance") == 0
    sure = {name: fen for name, fen in lines.items() if fen is not None}
    assert sure == lines
    return {**sure, "gross": slip.gross_fen}


def assert_agree(person: oracle.Person, on: date, months: list[tuple[int, int]]) -> None:
    """Hold both against each other: service and grade on a day, pay of some months."""
    worker = worker_of(person)
    assert creditable_months(worker, on) == oracle.creditable_months(person, on)
    assert grade(worker, on) == oracle.grade_on(person, on)
    for year, month in months:
        assert pay(worker, year, month) == oracle.pay_of_month(person, year, month), (year, month)


@pytest.mark.parametrize("share", range(_SHARES))
def test_plain_random_people_agree(share: int) -> None:
    generator = random.Random(SEED + share)  # noqa: S311 -- people are invented, nothing is secret
    for _ in range(WORKERS // _SHARES):
        person = a_person(generator.randrange)
        on = a_day(generator.randrange, 2012, 2019)
        months = [a_month(generator.randrange)]
        try:
            assert_agree(person, on, months)
        except AssertionError as error:
            error.add_note(f"{person!r}\non {on}, months {months}")
            raise


@st.composite
def people(draw: st.DrawFn) -> tuple[oracle.Person, date, list[tuple[int, int]]]:
    def pick(count: int) -> int:
        return draw(st.integers(0, count - 1))

    return a_person(pick), a_day(pick, 2012, 2019), [a_month(pick) for _ in range(2)]


@given(people())
def test_people_that_shrink_agree(case: tuple[oracle.Person, date, list[tuple[int, int]]]) -> None:
    note(repr(case))
    assert_agree(*case)
