"""Law: last month's total, plus who came, less who left, plus the changes, is this month's total, to the fen."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cwgrade.audit import Held, Turn, Turned, bridge_of, turned
from cwgrade.career.months import CareerMonth
from cwgrade.catalogue import load_scheme
from cwgrade.outcomes import Decided, NotEligible, Outcome, Unspecified
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.reasons import Derivation, Reason
from cwgrade.worker import ServiceSpell, Worker

SAMPLE = load_scheme("changsha-furong-2018")
OF_SOMEBODY = pay_for_month(
    Worker(id="7", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),)),
    SAMPLE,
    year=2018,
    month=3,
)
NOWHERE: Derivation = OF_SOMEBODY.derivation


def slip(outcome: Outcome[int]) -> Payslip:
    return Payslip(outcome=outcome, derivation=NOWHERE, lines=())


outcomes = st.one_of(
    st.integers(min_value=0, max_value=10_000_00).map(Decided),
    st.just(NotEligible(Reason(code="not-in-service"))),
    st.just(Unspecified(())),
)
months = st.lists(outcomes, min_size=1, max_size=2).map(
    lambda several: CareerMonth(year=2018, month=3, payslips=tuple(slip(one) for one in several))
)
sides = st.one_of(st.none(), st.builds(Held, month=st.one_of(st.none(), months)))
rosters = st.lists(st.builds(turned, st.just("7"), sides, sides), max_size=12)


def total(found: list[Turned], side: str) -> int:
    held = (getattr(one, side) for one in found)
    return sum(one.fen for one in held if one is not None and one.fen is not None)


@given(rosters)
def test_the_parts_bridge_the_totals(found: list[Turned]) -> None:
    bridge = bridge_of(found)
    assert bridge.before_fen == total(found, "before")
    assert bridge.after_fen == total(found, "after")
    assert bridge.after_fen == (
        bridge.before_fen
        + bridge.came_fen
        - bridge.left_fen
        + bridge.changed_fen
        + bridge.settled_fen
        - bridge.opened_fen
    )
    for one in found:
        assert one.turn is Turn.CHANGED or sum(line.fen for line in one.lines) == 0
        if one.turn in (Turn.CAME, Turn.SETTLED):
            assert one.before_fen == 0
        if one.turn in (Turn.LEFT, Turn.OPENED):
            assert one.after_fen == 0
        if one.turn in (Turn.SAME, Turn.OPEN, Turn.OUTSIDE):
            assert one.fen == 0
        if one.turn is Turn.CHANGED:
            assert sum(line.fen for line in one.lines if line.in_total) == one.fen
