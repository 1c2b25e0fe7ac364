"""Two payslips differ by the sum of their lines, and the other way round by as much with the other sign."""

from __future__ import annotations

from hypothesis import given

from cwgrade.arrears import explain_difference
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, clerk, months, sample_workers

Month = tuple[int, int]


def pay(worker: Worker, month: Month) -> Payslip:
    return pay_for_month(worker, SAMPLE, year=month[0], month=month[1])


def gross(payslip: Payslip) -> int | None:
    if isinstance(payslip.outcome, Decided):
        return payslip.outcome.value
    return 0 if isinstance(payslip.outcome, NotEligible) else None


def assert_laws(one: Payslip, other: Payslip) -> None:
    found, back = explain_difference(one, other), explain_difference(other, one)
    before, after = gross(one), gross(other)
    if before is None or after is None:
        assert (found.fen, found.lines) == (None, ())
        return
    assert found.fen == after - before
    assert {line.component: -line.fen for line in back.lines} == {
        line.component: line.fen for line in found.lines
    }
    assert explain_difference(one, one).lines == ()
    if isinstance(one.outcome, Decided) and isinstance(other.outcome, Decided):
        # wherever two amounts differ, so does a step that is shown
        for line in found.lines:
            assert line.steps
            for step in line.steps:
                assert step.before != step.after


@given(sample_workers(), sample_workers(), months())
def test_of_two_workers(one: Worker, other: Worker, month: Month) -> None:
    assert_laws(pay(one, month), pay(other, month))
    assert_laws(pay(clerk(), month), pay(other, month))


@given(sample_workers(), months(), months())
def test_of_two_months(worker: Worker, one: Month, other: Month) -> None:
    assert_laws(pay(worker, one), pay(worker, other))
    assert_laws(pay(clerk(), one), pay(clerk(), other))
