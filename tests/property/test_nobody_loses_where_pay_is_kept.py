"""Where the difference is kept, nobody is paid less on the day of the move; who loses is exactly who is paid less."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cwgrade.catalogue import load_scheme
from cwgrade.law.transition import Protection
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_on
from cwgrade.scheme import Scheme
from cwgrade.strategies import days
from cwgrade.transitions import transition_of
from cwgrade.worker import ServiceSpell, Worker

SAMPLE = load_scheme("sample-reform")
OLD, NEW = SAMPLE.versions
DAY = NEW.from_day
EVE = DAY - timedelta(days=1)


def under(protection: Protection) -> Scheme:
    assert NEW.transition is not None
    pay = NEW.pay
    if protection is Protection.NONE:
        pay = tuple(one for one in pay if not one.protects)
    transition = attrs.evolve(NEW.transition, protection=protection)
    return Scheme((OLD, attrs.evolve(NEW, transition=transition, pay=pay)))


BY_RULE = {protection: under(protection) for protection in Protection}


@st.composite
def workers(draw: st.DrawFn) -> Worker:
    start = draw(days(first=date(2008, 1, 1), last=EVE))
    changed = draw(days(first=start + timedelta(days=1), last=date(2024, 1, 1)))
    first, later = (draw(st.sampled_from(("lead", "staff"))) for _ in range(2))
    spells = (
        ServiceSpell(start=start, end=changed, post=first),
        ServiceSpell(start=changed, post=later),
    )
    return Worker(id="1", spells=spells)


def demoted() -> Worker:
    later = date(2021, 2, 28)
    spells = (
        ServiceSpell(start=date(2016, 7, 31), end=later, post="lead"),
        ServiceSpell(start=later, post="staff"),
    )
    return Worker(id="1", spells=spells)


@settings(max_examples=40)
@example(demoted(), Protection.FROZEN, date(2021, 12, 31))
@given(workers(), st.sampled_from(tuple(Protection)), days(first=DAY, last=date(2027, 1, 1)))
def test_on_the_day_and_after(worker: Worker, protection: Protection, on: date) -> None:
    scheme = BY_RULE[protection]
    found = transition_of(worker, scheme)
    old = pay_on(worker, scheme, on=EVE).gross_fen
    new = pay_on(worker, scheme, on=DAY).gross_fen
    assert found.difference == Decided(new - old)
    assert found.loses is (new < old)
    plain = pay_on(worker, BY_RULE[Protection.NONE], on=DAY).gross_fen
    later = pay_on(worker, scheme, on=on).gross_fen
    bare = pay_on(worker, BY_RULE[Protection.NONE], on=on).gross_fen
    lost = max(old - plain, 0)
    if protection is Protection.NONE:
        assert new == plain
        return
    assert new == max(old, plain)
    # what is kept never grows, is never below nothing, and for good is what was lost
    assert 0 <= later - bare <= lost
    if protection is Protection.FOR_GOOD:
        assert later - bare == lost
    if protection is Protection.FROZEN and later > bare:
        assert later == min(old, bare + lost)
