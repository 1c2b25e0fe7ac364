"""No two numbers disagree: payments against months, back pay and reasons against payslips, months of a move.

On both samples, on a sample with a second version, and on bundled schemes of several kinds.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cwgrade.arrears import ON_THE_TOTAL, Snapshot, arrears_between
from cwgrade.career import career_of
from cwgrade.catalogue import load_scheme
from cwgrade.dates import add_months
from cwgrade.errors import NotInForce
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.scheme import Scheme, Schemes
from cwgrade.strategies import days, workers_under
from cwgrade.worker import ServiceSpell, Worker
from tests.property.invented import SAMPLE, clerk, sample_workers
from tests.property.varied import sample_with

BUNDLED: Final = (
    "sample-4x24",
    "harbin-2016",
    "shaanxi-2012",
    "xiamen-2009",
    "changsha-furong-2018",
)
_RISEN: Final = sample_with(
    """
[quantities.coefficient]
label = { zh = "等级系数", en = "coefficient of the grade" }
source = "text"
by = "grade"
times = [0.90, 0.94, 0.98, 0.99, 0.99, 1.13, 1.19, 1.25, 1.31, 1.38, 1.45, 1.52, 1.60, 1.68, 1.76, 1.85, 1.94, 2.03]
"""
).versions[0]


def versions(since: date) -> Scheme:
    """Give the sample with a second version from a day on."""
    return Scheme(
        (SAMPLE.versions[0], attrs.evolve(_RISEN, effective_on=since, attested_from=since))
    )


def slip_of(worker: Worker, scheme: Scheme, year: int, month: int) -> Payslip | None:
    try:
        return pay_for_month(worker, scheme, year=year, month=month)
    except NotInForce:
        return None


def gross(slip: Payslip | None) -> int | None:
    if slip is None:
        return None
    if isinstance(slip.outcome, NotEligible):
        return 0
    return slip.outcome.value if isinstance(slip.outcome, Decided) else None


@settings(max_examples=8)
@given(
    st.one_of(
        st.builds(clerk, start=days(first=date(2010, 1, 1), last=date(2015, 12, 31))),
        sample_workers(),
    ),
    days(first=date(2012, 2, 1), last=date(2018, 12, 31)),
    st.sampled_from((6, 12)),
)
def test_what_is_paid_by_the_half_year_is_what_its_months_showed(
    worker: Worker, since: date, month: int
) -> None:
    scheme = versions(since)
    slip = pay_for_month(worker, scheme, year=since.year, month=month)
    if isinstance(slip.outcome, NotEligible):
        return
    payable = {line.component: line.payable_fen for line in slip.lines}["performance"]
    shown = [
        line.accrued_fen
        for earlier in range(month - 5, month)
        for line in pay_for_month(worker, scheme, year=since.year, month=earlier).lines
        if line.component == "performance"
    ]
    # the payslip of the month of payment tells its own month in the derivation only
    own = [
        step.result
        for step in slip.derivation.root.walk()
        if step.code == "month" and dict(step.inputs).get("month") == month
        if isinstance(step.result, int)
    ]
    assert payable == sum(fen or 0 for fen in (*shown, *own))


@pytest.mark.parametrize("scheme_id", BUNDLED)
@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_reasons_and_lines_come_to_the_total(scheme_id: str, data: st.DataObject) -> None:
    scheme = load_scheme(scheme_id)
    worker = data.draw(workers_under(scheme))
    first = scheme.versions[0].from_day
    on = data.draw(days(first=first, last=first.replace(year=first.year + 2)))
    slip = slip_of(worker, scheme, on.year, on.month)
    if slip is None or not isinstance(slip.outcome, Decided):
        return
    root = slip.derivation.root
    lines = sum(line.payable_fen or 0 for line in slip.lines if line.in_total)
    assert root.result == slip.outcome.value == lines + (root.residue or 0)
    assert root.inputs == () or lines == sum(
        int(value) for _, value in root.inputs if isinstance(value, int)
    )


@pytest.mark.parametrize("scheme_id", [*BUNDLED, "two versions"])
@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_back_pay_is_the_difference_of_the_payslips_line_by_line(
    scheme_id: str, data: st.DataObject
) -> None:
    two = scheme_id == "two versions"
    scheme = versions(date(2014, 10, 17)) if two else load_scheme(scheme_id)
    right = data.draw(workers_under(scheme))
    wrong = attrs.evolve(data.draw(workers_under(scheme)), id=right.id)
    first = date(2014, 7, 1) if two else scheme.versions[0].from_day
    on = data.draw(days(first=first, last=first.replace(year=first.year + 2)))
    months = [(on.year, month) for month in range(max(1, on.month - 1), on.month + 1)]
    before, after = (Snapshot(worker=one, scheme=scheme) for one in (wrong, right))
    for month in arrears_between(before, after, months=months).months:
        was, now = (slip_of(one, scheme, month.year, month.month) for one in (wrong, right))
        assert (month.before_fen, month.after_fen) == (gross(was), gross(now))
        if month.open or was is None or now is None:
            continue
        expected = Counter[str]()
        for sign, slip in ((-1, was), (1, now)):
            for line in slip.lines:
                expected[line.component] += sign * (line.payable_fen or 0) * line.in_total
        found = Counter[str]()
        for part in month.parts:
            found[part.component] += part.fen * part.in_total
        rest = found.pop(ON_THE_TOTAL, 0)
        assert {name: fen for name, fen in found.items() if fen} == {
            name: fen for name, fen in expected.items() if fen
        }
        assert sum(found.values()) + rest == (gross(now) or 0) - (gross(was) or 0)


@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
@given(
    days(first=date(2016, 2, 1), last=date(2018, 12, 31)),
    st.permutations(("990201", "990203")),
)
def test_the_months_of_somebody_who_moves_are_those_of_each_place(
    moved: date, regions: list[str]
) -> None:
    schemes = [load_scheme(f"sample-4x24-{name}") for name in ("jia", "bing")]
    worker = attrs.evolve(
        clerk(start=date(2014, 3, 1)),
        spells=(
            ServiceSpell(start=date(2014, 3, 1), end=moved, title="委员", region=regions[0]),
            ServiceSpell(start=moved, title="委员", region=regions[1]),
        ),
    )
    start = moved.replace(day=1)
    career = career_of(worker, Schemes.of(schemes), start=start, end=add_months(start, 4))
    for month in career.months:
        for slip in month.payslips:
            (scheme,) = (one for one in schemes if one.id == slip.derivation.scheme_id)
            assert slip == pay_for_month(worker, scheme, year=month.year, month=month.month)
    asked = {slip.derivation.scheme_id for slip in career.months[0].payslips}
    assert len(asked) == (1 if moved.day == 1 else 2)
