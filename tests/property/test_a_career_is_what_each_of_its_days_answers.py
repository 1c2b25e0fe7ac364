"""The timeline of a career says for every day what `grade_on` and `pay_on` answer for it, and no two entries are alike.

Its months are those of `pay_for_month`, and a month in which nothing happens pays the entitlement of its entry.
"""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Final

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cwgrade.career import Career, CareerEntry, ChangeKind, career_of, coming_changes
from cwgrade.career.entries import same_answer
from cwgrade.catalogue import load_scheme
from cwgrade.dates import next_month
from cwgrade.errors import NotInForce
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.scheme import Scheme
from cwgrade.strategies import Knowledge, days, workers_under
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, sample_workers
from tests.property.varied import STEPPED

ONE_DAY: Final = timedelta(days=1)
FIRST: Final = date(2011, 12, 15)
"""The sample is in force from 2012: the days before are entries too."""


@st.composite
def spans(draw: st.DrawFn, longest: int) -> tuple[date, date]:
    start = draw(days(first=FIRST, last=date(2019, 6, 30)))
    return start, start + timedelta(days=draw(st.integers(1, longest)))


def agrees(
    entry: CareerEntry, worker: Worker, scheme: Scheme, on: date, known_on: date | None = None
) -> bool:
    try:
        grading = grade_on(worker, scheme, on=on, known_on=known_on)
        slip = pay_on(worker, scheme, on=on, known_on=known_on)
    except NotInForce as error:
        return entry.silence is not None and entry.silence.code == error.code
    assert entry.grading is not None
    assert entry.payslip is not None
    return (
        same_answer(entry.grading.outcome, grading.outcome)
        and same_answer(entry.payslip.outcome, slip.outcome)
        and entry.payslip.lines == slip.lines
        and entry.payslip.standing is slip.standing
        and entry.posts == grading.posts
    )


def every_day(start: date, end: date) -> list[date]:
    return [start + timedelta(days=count) for count in range((end - start).days)]


def edges(career: Career) -> list[date]:
    """Give the first day of each entry, the day before and the day after."""
    around = (
        entry.start + step for entry in career.entries for step in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)
    )
    return [day for day in around if career.start <= day < career.end]


@pytest.mark.parametrize(("knowledge", "longest"), [("known", 60), ("unknowns", 15)])
@pytest.mark.parametrize("scheme", [SAMPLE, STEPPED], ids=["sample", "with-steps"])
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_on_every_day_of_a_span(
    scheme: Scheme, knowledge: Knowledge, longest: int, data: st.DataObject
) -> None:
    worker = data.draw(sample_workers(knowledge=knowledge))
    start, end = data.draw(spans(longest))
    known_on = data.draw(st.one_of(st.none(), days(first=FIRST, last=date(2020, 12, 31))))
    career = career_of(worker, scheme, start=start, end=end, known_on=known_on)
    for day in every_day(start, end):
        assert agrees(career.entry_on(day), worker, scheme, day, known_on), day


@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(sample_workers(), st.lists(days(first=FIRST, last=date(2019, 6, 30)), max_size=10))
def test_around_every_change_of_a_whole_career(worker: Worker, drawn: list[date]) -> None:
    career = career_of(worker, SAMPLE, start=FIRST, end=date(2019, 7, 1))
    for day in {*edges(career), *drawn}:
        assert agrees(career.entry_on(day), worker, SAMPLE, day), day


@pytest.mark.parametrize("scheme_id", ["sample-4x24", "harbin-2016", "shaanxi-2012", "xiamen-2009"])
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_in_other_schemes(scheme_id: str, data: st.DataObject) -> None:
    scheme = load_scheme(scheme_id)
    worker = data.draw(workers_under(scheme))
    first = scheme.versions[0].from_day - timedelta(days=20)
    start = data.draw(days(first=first, last=first + timedelta(days=900)))
    career = career_of(worker, scheme, start=start, end=start + timedelta(days=400))
    drawn = data.draw(st.lists(days(first=start, last=career.end - ONE_DAY), max_size=10))
    for day in {*edges(career), *drawn}:
        assert agrees(career.entry_on(day), worker, scheme, day), day


@settings(max_examples=15)
@given(sample_workers(), spans(600))
def test_entries_cover_the_days_and_each_differs_for_a_reason(
    worker: Worker, span: tuple[date, date]
) -> None:
    career = career_of(worker, SAMPLE, start=span[0], end=span[1])
    assert (career.entries[0].start, career.entries[-1].end) == span
    assert career.entries[0].changes == ()
    for one, other in itertools.pairwise(career.entries):
        assert one.end == other.start
        assert other.changes
        plain = (attrs.evolve(each, start=FIRST, end=FIRST, changes=()) for each in (one, other))
        assert len(set(plain)) == 2
        certain = isinstance(other.payslip and other.payslip.outcome, Decided | NotEligible)
        was_certain = isinstance(one.payslip and one.payslip.outcome, Decided | NotEligible)
        if certain and was_certain:
            # of facts that are all known nothing but facts and rules can have changed
            assert ChangeKind.OPEN not in {change.kind for change in other.changes}


@settings(max_examples=8)
@given(sample_workers(), spans(300))
def test_months_are_those_of_pay_for_month(worker: Worker, span: tuple[date, date]) -> None:
    career = career_of(worker, SAMPLE, start=span[0], end=span[1])
    first = span[0].replace(day=1)
    for month in career.months:
        assert (month.year, month.month) == (first.year, first.month)
        if month.silences:
            assert first < SAMPLE.versions[0].from_day
        else:
            assert month.payslips == (
                pay_for_month(worker, SAMPLE, year=month.year, month=month.month),
            )
        first = next_month(first)
    assert first >= span[1]


@settings(max_examples=15)
@given(sample_workers(), spans(700))
def test_a_month_inside_one_entry_pays_its_entitlement(
    worker: Worker, span: tuple[date, date]
) -> None:
    career = career_of(worker, SAMPLE, start=span[0], end=span[1])
    for month in career.months:
        first = date(month.year, month.month, 1)
        inside = [one for one in career.entries if one.start <= first < one.end]
        if not inside or next_month(first) > inside[0].end or inside[0].away:
            continue
        (entry,) = inside
        if not entry.payslip or not isinstance(entry.payslip.outcome, Decided):
            continue
        (slip,) = month.payslips
        due = {line.component: line.payable_fen for line in slip.lines}
        for line in entry.payslip.lines:
            if line.paid == "monthly" and line.accrues_per == "month" and line.state == "payable":
                assert due[line.component] == line.payable_fen


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(sample_workers(), spans(100))
def test_coming_changes_are_the_days_on_which_the_grade_differs_from_the_day_before(
    worker: Worker, span: tuple[date, date]
) -> None:
    start = max(span[0], date(2012, 1, 1))
    end = start + (span[1] - span[0])
    gradings = [(day, grade_on(worker, SAMPLE, on=day)) for day in every_day(start, end)]
    differs = [
        day
        for (_, before), (day, now) in itertools.pairwise(gradings)
        if not same_answer(before.outcome, now.outcome) or before.posts != now.posts
    ]
    found = coming_changes(worker, SAMPLE, after=start, horizon=end)
    assert [one.start for one in found.changes] == differs
