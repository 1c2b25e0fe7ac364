"""A line that is paid in another month adds nothing to this one and hides nothing of it, whatever is unknown."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings

from cwgrade.outcomes import status_of
from cwgrade.pay import pay_for_month
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, months, sample_workers
from tests.property.varied import sample_with

HIDDEN: Final = sample_with("""
[pay.seasonal]
label = { zh = "降温取暖费", en = "cooling and heating" }
accrues_per = "half_year"
paid = "half_yearly"
paid_in = [6, 12]
yuan = { missing = "not printed" }
source = "text"
""")


@settings(max_examples=4)  # many unknown facts take a while
@given(sample_workers(knowledge="unknowns"), months())
def test_between_the_months_of_payment_nothing_is_due(
    worker: Worker, month: tuple[int, int]
) -> None:
    slip = pay_for_month(worker, SAMPLE, year=month[0], month=month[1])
    for line in slip.lines:
        if line.paid_in and month[1] not in line.paid_in:
            assert (line.state, line.payable_fen) == ("accrues", 0)


@settings(max_examples=40)
@given(sample_workers(), months())
def test_an_amount_that_nobody_knows_hides_no_other_month(
    worker: Worker, month: tuple[int, int]
) -> None:
    """The same total as if the line were not there."""
    plain = pay_for_month(worker, SAMPLE, year=month[0], month=month[1])
    slip = pay_for_month(worker, HIDDEN, year=month[0], month=month[1])
    if month[1] not in (6, 12):
        assert slip.outcome == plain.outcome
    elif status_of(plain.outcome) == "decided":
        assert status_of(slip.outcome) == "unspecified"
