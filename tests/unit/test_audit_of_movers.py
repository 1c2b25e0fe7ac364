"""What was paid to somebody who moved, under schemes of several places, and what explains it."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs
import pytest

from cwgrade.arrears import Paid, Snapshot
from cwgrade.audit import Mistake, MistakeKind, Reconciled, Verdict, reconcile, scheme_mistakes
from cwgrade.career import career_of
from cwgrade.catalogue import load_scheme
from cwgrade.errors import ArgumentError
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Schemes
from cwgrade.worker import Rating, ServiceSpell, StateFact, Worker

JIA: Final = load_scheme("sample-4x24-jia")
YI: Final = load_scheme("sample-4x24-yi")
PLACES: Final = Schemes.of([JIA, YI])
MOVED_ON: Final = date(2018, 4, 16)
STATES: Final = {one.name: one.values[0] for one in JIA.versions[0].facts} | {
    "employment": "full_time",
    "identity": "none",
    "retired": "no",
}
STAYED: Final = Worker(
    id="7",
    spells=(ServiceSpell(start=date(2016, 3, 1), post="staff", region="990201"),),
    schooling=(),
    degrees=(),
    qualifications=(),
    honours=(),
    facts=tuple(StateFact(name=name, value=value) for name, value in STATES.items()),
    ratings=tuple(Rating(period=str(year), value="competent") for year in range(2010, 2021)),
)


def moved(day: date) -> Worker:
    (spell,) = STAYED.spells
    there = attrs.evolve(spell, start=day, region="990202")
    return attrs.evolve(STAYED, spells=(attrs.evolve(spell, end=day), there))


MOVED: Final = moved(MOVED_ON)


def fen(worker: Worker, month: int) -> int:
    start = date(2018, month, 1)
    career = career_of(worker, PLACES, start=start, end=date(2018, month, 28))
    found = career.months[0].gross_fen
    assert found is not None
    return found


def audited(paid: int, month: int) -> Reconciled:
    found = reconcile(
        Snapshot(worker=MOVED, scheme=PLACES),
        [Paid(year=2018, month=month, fen=paid)],
        months=[(2018, month)],
        mistakes=(),
    )
    return found.months[0]


def test_what_both_places_pay_agrees() -> None:
    assert [audited(fen(MOVED, month), month).verdict for month in (3, 4, 5)] == [
        Verdict.AGREES
    ] * 3


def test_the_place_left_went_on_paying() -> None:
    assert fen(STAYED, 5) != fen(MOVED, 5)
    found = audited(fen(STAYED, 5), 5)
    assert found.verdict is Verdict.EXPLAINED
    assert found.mistakes == (
        Mistake(kind=MistakeKind.MOVE_IGNORED, what="spells", stated="990201 → 990202 2018-04-16"),
    )


@pytest.mark.parametrize("day", [date(2018, 4, 1), date(2018, 5, 1)])
def test_the_whole_month_by_one_of_the_two(day: date) -> None:
    paid = fen(moved(day), 4)
    assert paid != fen(MOVED, 4)
    taken = {(one.kind, one.taken) for one in audited(paid, 4).mistakes}
    assert (MistakeKind.MOVE_OTHER_DAY, day.isoformat()) in taken


def test_a_rule_of_one_place_taken_otherwise_is_named_with_the_place() -> None:
    """The place entered rounds up to the yuan; after a move nothing in the place left is tried."""
    entered = load_scheme("sample-3x18")
    left = attrs.evolve(entered)
    places = Schemes.of({"990101": left, "990102": entered})
    mistakes = scheme_mistakes(places)
    assert {one.mistake.region for one in mistakes} == {"990101", "990102"}
    rounded = {
        one.mistake.region: one
        for one in mistakes
        if (one.mistake.what, one.mistake.taken) == ("rounding.total", "yuan up")
    }
    taken = rounded["990102"].scheme
    assert isinstance(taken, Schemes)
    assert taken.by_region[0] == ("990101", left)
    assert taken.by_region[1] != ("990102", entered)
    spells = tuple(
        attrs.evolve(spell, region=region)
        for spell, region in zip(MOVED.spells, ("990101", "990102"), strict=True)
    )
    worker = attrs.evolve(MOVED, spells=spells)
    due = pay_for_month(worker, entered, year=2018, month=5).gross_fen
    paid = Paid(year=2018, month=5, fen=-(-due // 100) * 100)
    assert paid.fen != due
    found = reconcile(
        Snapshot(worker=worker, scheme=places),
        [paid],
        months=[(2018, 5)],
        mistakes=tuple(rounded.values()),
    )
    assert [(one.kind, one.region) for one in found.months[0].mistakes] == [
        (MistakeKind.OTHER_ROUNDING, "990102")
    ]


def test_a_scheme_of_several_places_is_taken_otherwise_in_all_of_them() -> None:
    scheme = load_scheme("changsha-furong-2018")
    mistakes = scheme_mistakes(Schemes.of({"430102": scheme, "430103": scheme}))
    assert {one.mistake.region for one in mistakes} == {"430102"}
    for one in mistakes:
        assert isinstance(one.scheme, Schemes)
        first, second = (taken for _, taken in one.scheme.by_region)
        assert first is second is not scheme


def test_a_spell_without_its_place_is_refused() -> None:
    (spell,) = STAYED.spells
    nowhere = attrs.evolve(STAYED, spells=(attrs.evolve(spell, region=None),))
    with pytest.raises(ArgumentError) as caught:
        reconcile(Snapshot(worker=nowhere, scheme=PLACES), [], months=[(2018, 5)])
    assert caught.value.code == "career-region-missing"
