"""What an analyst assumes changes no answer that did not depend on it, and assumptions add up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.catalogue import load_scheme
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_for_month
from cwgrade.schemefile import assume
from cwgrade.strategies import workers_under
from cwgrade.worker import Worker

OPEN: Final[Mapping[str, Mapping[str, tuple[object, ...]]]] = {
    "shaanxi-2012": {
        "pay.post_allowance.director": (0, 300, Decimal("250.5")),
        "pay.base_reward.senior.no": (1500,),
        "service.convention": ("whole_months", "pooled_days"),
        "effect.rating.event": ("period_end", "announced"),
        "effect.rating.takes": ("same_day", "next_month"),
        "effect.schooling.takes": ("same_month", "next_january"),
        "proration.rule": ("calendar_days", "half_months"),
        "rounding.component": ({"to": "yuan", "mode": "up"},),
        "concurrent_posts.paid_at": ("highest",),
    },
    "xiangan-2013": {
        "service.convention": ("whole_months", "completed_years"),
        "service.gaps": ("skipped", "break"),
        "assessment.until_announced": ("counted", "not_counted"),
        "effect.service.takes": ("same_day", "next_january"),
        "proration.rule": ("next_month", "calendar_days"),
        "pay.allowance.station": (300, 345),
    },
}
"""Schemes, what they leave open, and some values for it."""


def assumptions(scheme_id: str) -> st.SearchStrategy[dict[str, object]]:
    """Draw some of what is open, each with a value."""
    values = {path: st.sampled_from(options) for path, options in OPEN[scheme_id].items()}
    return st.fixed_dictionaries({}, optional=values)


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, Worker, dict[str, object], tuple[int, int]]:
    scheme_id = draw(st.sampled_from(sorted(OPEN)))
    scheme = load_scheme(scheme_id)
    worker = draw(workers_under(scheme))
    first = scheme.versions[0].from_day
    return (
        scheme_id,
        worker,
        draw(assumptions(scheme_id)),
        (first.year + 1, draw(st.integers(1, 12))),
    )


@settings(max_examples=6)  # a scheme with many gaps takes a while
@given(questions())
def test_an_answer_that_is_decided_stays(
    question: tuple[str, Worker, dict[str, object], tuple[int, int]],
) -> None:
    scheme_id, worker, values, (year, month) = question
    scheme = load_scheme(scheme_id)
    asked: dict[str, Any] = {"year": year, "month": month, "beyond": "carry_forward"}
    before = pay_for_month(worker, scheme, **asked)
    after = pay_for_month(worker, assume(scheme, values), **asked)
    known = {line.component: line.payable_fen for line in after.lines}
    for line in before.lines:
        if line.payable_fen is not None:
            assert known[line.component] == line.payable_fen
    if isinstance(before.outcome, Decided):
        assert after.outcome == before.outcome


@given(st.sampled_from(sorted(OPEN)).flatmap(lambda one: st.tuples(st.just(one), assumptions(one))))
def test_assuming_by_parts_is_assuming_at_once(case: tuple[str, dict[str, object]]) -> None:
    scheme_id, values = case
    scheme = load_scheme(scheme_id)
    by_parts = scheme
    for path, value in values.items():
        by_parts = assume(by_parts, {path: value})
    at_once = assume(scheme, values)
    assert by_parts == at_once
    assert by_parts.versions[0].digest == at_once.versions[0].digest


@given(st.sampled_from(sorted(OPEN)))
def test_assuming_nothing_is_no_assumption(scheme_id: str) -> None:
    scheme = load_scheme(scheme_id)
    assert assume(scheme, {}) is scheme
