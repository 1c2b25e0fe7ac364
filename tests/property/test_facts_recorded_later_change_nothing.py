"""As of `known_on`, a fact of any kind that was recorded later might as well not be in the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.strategies import absences, days, service_spells
from cwgrade.worker import (
    Attainment,
    PlacementOnRecord,
    Rating,
    StateFact,
    Worker,
)
from tests.property.invented import SAMPLE, answers, months, sample_workers

FIRST: Final = date(2009, 1, 1)
Adds = Callable[[Worker, date], Worker]


@st.composite
def additions(draw: st.DrawFn) -> Adds:
    """Draw one more fact, to be recorded on a day that is given later."""
    kind = draw(st.sampled_from(("spell", "absence", "rating", "state", "placement", "honour")))
    day = draw(days(first=FIRST))
    spell = draw(service_spells(first=FIRST))
    absence = draw(absences(kinds=("personal", "sick"), first=FIRST))

    def add(worker: Worker, recorded_on: date) -> Worker:
        match kind:
            case "spell":
                late = attrs.evolve(spell, recorded_on=recorded_on)
                return attrs.evolve(worker, spells=(*worker.spells, late))
            case "absence":
                away = attrs.evolve(absence, recorded_on=recorded_on)
                return attrs.evolve(worker, absences=(*worker.absences, away))
            case "rating":
                rated = {rating.year for rating in worker.ratings}
                year = next(year for year in range(day.year, 2100) if year not in rated)
                rating = Rating(period=str(year), value="fail", recorded_on=recorded_on)
                return attrs.evolve(worker, ratings=(*worker.ratings, rating))
            case "state":
                state = StateFact(
                    name="identity", value="institution", start=day, recorded_on=recorded_on
                )
                if any((one.name, one.start) == ("identity", day) for one in worker.facts):
                    return worker
                return attrs.evolve(worker, facts=(*worker.facts, state))
            case "placement":
                placement = PlacementOnRecord(
                    post="staff", grade=9, since=day, recorded_on=recorded_on
                )
                return attrs.evolve(worker, placement=placement)
            case _:
                assert isinstance(worker.honours, tuple)
                honour = Attainment(value="city", obtained=day, recorded_on=recorded_on)
                return attrs.evolve(worker, honours=(*worker.honours, honour))

    return add


@given(sample_workers(), additions(), months(), st.integers(0, 400), st.integers(1, 900))
def test_of_any_kind(
    worker: Worker, add: Adds, month: tuple[int, int], known_after: int, later: int
) -> None:
    known_on = date(*month, 1) + timedelta(days=known_after)
    more = add(worker, known_on + timedelta(days=later))
    on = date(*month, 1)
    assert answers(worker, SAMPLE, on, month, known_on) == answers(
        more, SAMPLE, on, month, known_on
    )


@given(sample_workers(), additions(), months())
def test_a_fact_recorded_by_then_is_as_one_without_a_day_of_record(
    worker: Worker, add: Adds, month: tuple[int, int]
) -> None:
    on = date(*month, 1)
    recorded = add(worker, on)
    always = add(worker, date(1950, 1, 1))
    assert answers(recorded, SAMPLE, on, month, on) == answers(always, SAMPLE, on, month, on)
