"""The least and the most that a month's pay can be."""

from __future__ import annotations

from datetime import date

from cwgrade import load_scheme, pay_for_month
from cwgrade.outcomes import Decided, OneOf
from cwgrade.worker import UNKNOWN, ServiceSpell, StateFact, Worker

SPELLS = (ServiceSpell(start=date(2015, 3, 1), title="副主任"),)


def test_a_decided_month_is_bounded_by_itself() -> None:
    slip = pay_for_month(
        Worker(id="1", spells=SPELLS), load_scheme("changsha-furong-2018"), year=2018, month=3
    )
    assert isinstance(slip.outcome, Decided)
    assert slip.bounds_fen == (396000, 396000)


def test_who_is_perhaps_not_paid_at_all_has_nothing_as_the_least() -> None:
    scheme = load_scheme("sample-3x18")
    known = Worker(
        id="1",
        spells=(ServiceSpell(start=date(2017, 2, 1), title="委员"),),
        schooling=(),
        degrees=(),
        qualifications=(),
        honours=(),
        facts=(
            StateFact(name="employment", value=UNKNOWN),
            StateFact(name="identity", value="none"),
        ),
    )
    slip = pay_for_month(known, scheme, year=2017, month=9)
    assert isinstance(slip.outcome, OneOf)
    assert slip.outcome.reasons
    assert slip.bounds_fen == (0, max(slip.outcome.values))
