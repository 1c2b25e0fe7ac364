"""Every claimed day is accepted or rejected, whatever the rule; more service is never fewer months."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided
from cwgrade.service import (
    Claim,
    Convention,
    GapsRule,
    KindRule,
    Leave,
    ServiceRule,
    Within,
    accept,
    credited_months,
    ledger_of,
    runs_of,
)
from cwgrade.strategies import days
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, paid_days, sample_workers

KINDS = ("community", "grid", "military")


@st.composite
def claims(draw: st.DrawFn) -> tuple[Claim, ...]:
    """Draw up to five spells with known days."""
    found = []
    for index in range(draw(st.integers(1, 5))):
        start = draw(days(first=date(2008, 1, 1), last=date(2018, 1, 1)))
        length = draw(st.integers(1, 3000))
        region = draw(st.sampled_from((None, "9901", "9902", "110101")))
        found.append(
            Claim(
                start,
                start + timedelta(days=length),
                draw(st.sampled_from(KINDS)),
                region,
                draw(st.integers(0, 2)),
                index,
            )
        )
    return tuple(found)


@st.composite
def rules(draw: st.DrawFn) -> ServiceRule:
    """Draw a rule for creditable service."""
    rates = st.sampled_from((Fraction(0), Fraction(1, 2), Fraction(1)))
    return ServiceRule(
        place="9901",
        kinds=tuple(
            KindRule(kind=kind, rate=draw(rates), within=draw(st.sampled_from(Within)))
            for kind in KINDS
        ),
        leaves_not_counted=draw(st.sampled_from(((), ("personal",)))),
        count_from=draw(st.sampled_from((None, date(2012, 3, 1)))),
        gaps=draw(st.sampled_from(GapsRule)),
        convention=draw(st.sampled_from(Convention)),
    )


LEAVES = st.lists(
    st.builds(
        lambda start, length: Leave(start, start + timedelta(days=length), "personal"),
        days(first=date(2009, 1, 1), last=date(2017, 1, 1)),
        st.integers(1, 200),
    ),
    max_size=2,
).map(tuple)


@given(claims(), LEAVES, rules(), days(first=date(2010, 1, 1), last=date(2020, 1, 1)))
def test_accepted_and_rejected_days_are_the_claimed_ones(
    claimed: tuple[Claim, ...], leaves: tuple[Leave, ...], rule: ServiceRule, on: date
) -> None:
    ledger = ledger_of(accept(claimed, leaves, rule), on)
    claimed_days = sum(max(0, (min(claim.end, on) - claim.start).days) for claim in claimed)
    assert ledger.claimed_days == claimed_days
    assert ledger.accepted_days + ledger.rejected_days == ledger.claimed_days
    assert ledger.credited_days == sum(entry.days * entry.rate for entry in ledger.entries)
    assert ledger.credited_days <= ledger.accepted_days


@given(claims(), LEAVES, rules(), days(first=date(2010, 1, 1), last=date(2020, 1, 1)))
def test_no_day_is_accepted_twice(
    claimed: tuple[Claim, ...], leaves: tuple[Leave, ...], rule: ServiceRule, on: date
) -> None:
    taken = sorted(
        (entry.start, entry.end)
        for entry in ledger_of(accept(claimed, leaves, rule), on).entries
        if not entry.rejected
    )
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(taken))


@given(claims(), rules(), days(first=date(2010, 1, 1), last=date(2019, 1, 1)), st.integers(1, 400))
def test_time_passing_never_takes_months_away(
    claimed: tuple[Claim, ...], rule: ServiceRule, on: date, later: int
) -> None:
    rule = attrs.evolve(rule, gaps=GapsRule.SKIPPED)
    runs = runs_of(accept(claimed, (), rule))
    before = credited_months(runs, rule, on)
    assert credited_months(runs, rule, on + timedelta(days=later)) >= before


@given(sample_workers(kinds=("community",)), paid_days(), st.integers(1, 2000))
def test_more_creditable_service_never_lowers_the_grade(
    worker: Worker, on: date, earlier: int
) -> None:
    """An earlier start in the sample's place; ratings stand as they are, and failed years reach no further back."""
    first = min(range(len(worker.spells)), key=lambda place: str(worker.spells[place].start))
    spell = worker.spells[first]
    if spell.region not in (None, "9901") or not isinstance(spell.start, date):
        return
    worker = attrs.evolve(
        worker, ratings=tuple(one for one in worker.ratings if one.value == "competent")
    )
    longer = attrs.evolve(spell, start=spell.start - timedelta(days=earlier))
    more = attrs.evolve(
        worker, spells=(*worker.spells[:first], longer, *worker.spells[first + 1 :])
    )
    before, after = grade_on(worker, SAMPLE, on=on).outcome, grade_on(more, SAMPLE, on=on).outcome
    if (
        isinstance(before, Decided)
        and isinstance(after, Decided)
        and before.value.post == after.value.post
    ):
        assert after.value.grade >= before.value.grade
