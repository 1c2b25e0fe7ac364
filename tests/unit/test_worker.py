"""A worker's facts: what is refused, and in which words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError
from cwgrade.worker import (
    NATIONAL_FACTS,
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)

DAY = date(2015, 3, 1)


class TestServiceSpell:
    def test_writes_its_region_in_the_short_form(self) -> None:
        assert ServiceSpell(start=DAY, region="430000").region == "43"
        assert ServiceSpell(start=DAY, region=UNKNOWN).region is UNKNOWN
        assert ServiceSpell(start=DAY).region is None

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"start": "2015-03-01"}, r"start should be a day .*'2015-03-01' was given"),
            ({"start": datetime(2015, 3, 1)}, r"start should be a day without a time of day"),  # noqa: DTZ001
            ({"start": None}, r"start should be a day .*None was given"),
            ({"end": "2016"}, r"end should be a day .*'2016' was given"),
            ({"recorded_on": PartialDate(2015)}, r"recorded_on should be a day"),
            ({"post": ""}, r"post should be text that is not empty; '' was given"),
            ({"title": 5}, r"title should be text that is not empty; 5 was given"),
            ({"kind": "army"}, r"kind cannot be 'army' \(accepted: .*military"),
            ({"region": "12345"}, r"'12345' is not a region code"),
            ({"end": DAY}, r"from datetime.date\(2015, 3, 1\)|from '?2015-03-01'? to"),
            ({"end": date(2014, 1, 1)}, r"has no day in it"),
            ({"start": PartialDate(2015, 4), "end": PartialDate(2015, 3)}, r"has no day in it"),
        ],
    )
    def test_refuses(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(ArgumentError, match=message):
            ServiceSpell(**{"start": DAY, **fields})

    def test_vague_days_may_leave_one_day(self) -> None:
        month = PartialDate(2015, 3)
        assert ServiceSpell(start=month, end=month).end == month


class TestAbsenceSpell:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"kind": "holiday"}, r"kind cannot be 'holiday' \(accepted: .*sick"),
            ({"end": DAY}, r"has no day in it"),
            ({"start": 20150301}, r"start should be a day .*20150301 was given"),
        ],
    )
    def test_refuses(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(ArgumentError, match=message):
            AbsenceSpell(**{"start": DAY, "kind": "sick", **fields})


class TestAttainment:
    def test_gives_its_days_by_event(self) -> None:
        held = Attainment(value="senior", obtained=DAY, registered=PartialDate(2015))
        assert held.day_of("obtained") == DAY
        assert held.day_of("registered") == PartialDate(2015)
        assert held.day_of("appointed") is None

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"value": ""}, r"value should be text that is not empty"),
            ({"obtained": "2015"}, r"obtained should be a day"),
            ({"appointed": 2015}, r"appointed should be a day"),
        ],
    )
    def test_refuses(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(ArgumentError, match=message):
            Attainment(**{"value": "senior", **fields})


class TestRating:
    @pytest.mark.parametrize(
        ("period", "year"),
        [("2018", 2018), ("2018H1", None), ("2018Q4", None), ("2018-07", None), ("2018-12", None)],
    )
    def test_of_a_period(self, period: str, year: int | None) -> None:
        assert Rating(period=period, value="excellent").year == year

    @pytest.mark.parametrize(
        "period", ["", "18", "2018H3", "2018Q5", "2018-13", "2018-00", "2018年", "２０１８", 2018]
    )
    def test_refuses_a_period(self, period: Any) -> None:
        with pytest.raises(ArgumentError, match=r"Write 2018 for a year, 2018H1") as caught:
            Rating(period=period, value="excellent")
        assert repr(period) in str(caught.value)

    def test_refuses_a_value(self) -> None:
        with pytest.raises(ArgumentError, match=r"value cannot be 'good enough' \(accepted"):
            Rating(period="2018", value="good enough")


class TestPlacementOnRecord:
    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            ({"grade": 0}, ValueError),
            ({"grade": "5"}, TypeError),
            ({"months_served": -1}, ValueError),
            ({"months_served": 1.5}, TypeError),
            ({"since": PartialDate(2015)}, ArgumentError),
            ({"post": ""}, ArgumentError),
        ],
    )
    def test_refuses(self, fields: dict[str, Any], error: type[Exception]) -> None:
        with pytest.raises(error):
            PlacementOnRecord(**{"post": "staff", "grade": 1, "since": DAY, **fields})


class TestSuppliedAmount:
    @pytest.mark.parametrize(
        ("fields", "error"),
        [
            ({"month": 0}, ValueError),
            ({"month": 13}, ValueError),
            ({"fen": 1.5}, TypeError),
            ({"year": "2018"}, TypeError),
            ({"component": ""}, ArgumentError),
        ],
    )
    def test_refuses(self, fields: dict[str, Any], error: type[Exception]) -> None:
        with pytest.raises(error):
            SuppliedAmount(**{"component": "on_call", "year": 2018, "month": 3, "fen": 1, **fields})


class TestWorker:
    def test_what_is_left_out_is_unknown_and_absences_are_not(self) -> None:
        worker = Worker(id="007")
        assert worker.id == "007"
        assert worker.absences == ()
        for fact in ("schooling", "degree", "qualification", "honour"):
            assert worker.attained(fact) is UNKNOWN
        assert repr(UNKNOWN) == "UNKNOWN"

    def test_attained_facts_by_name(self) -> None:
        worker = Worker(
            id="1",
            schooling=(Attainment(value="college"),),
            degrees=(Attainment(value="bachelor"),),
            qualifications=(Attainment(value="assistant"),),
            honours=(Attainment(value="city"),),
        )
        for fact in ("schooling", "degree", "qualification", "honour"):
            items = worker.attained(fact)
            assert isinstance(items, tuple)
            assert items[0].value in NATIONAL_FACTS[fact]

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"id": ""}, r"id should be text that is not empty"),
            ({"id": 7}, r"id should be text that is not empty; 7 was given"),
            ({"spells": [ServiceSpell(start=DAY)]}, r"spells should be a tuple of ServiceSpell"),
            ({"spells": (DAY,)}, r"spells should be a tuple of ServiceSpell objects"),
            ({"spells": UNKNOWN}, r"spells should be a tuple of ServiceSpell objects"),
            ({"ratings": None}, r"ratings should be a tuple of Rating objects; None was given"),
            ({"schooling": None}, r"schooling should be a tuple of Attainment objects"),
            (
                {"schooling": (Attainment(value="primary"),)},
                r"schooling cannot be 'primary' \(accepted: .*below_senior",
            ),
            (
                {"degrees": (Attainment(value="college"),)},
                r"degree cannot be 'college' \(accepted: .*bachelor",
            ),
            (
                {"qualifications": (Attainment(value="asistant"),)},
                r"qualification cannot be 'asistant'",
            ),
            ({"honours": (Attainment(value="village"),)}, r"honour cannot be 'village'"),
            (
                {"spells": (ServiceSpell(start=DAY),) * 501},
                r"spells has 501 entries; at most 500 are accepted",
            ),
        ],
    )
    def test_refuses(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(ArgumentError, match=message):
            Worker(**{"id": "1", **fields})

    def test_refuses_two_ratings_of_one_period(self) -> None:
        ratings = (Rating(period="2018", value="good"), Rating(period="2018", value="fail"))
        with pytest.raises(ArgumentError, match=r"two things about '2018': 'good' and 'fail'"):
            Worker(id="1", ratings=ratings)
        assert Worker(id="1", ratings=(ratings[0], ratings[0])).ratings == (ratings[0],) * 2

    def test_refuses_two_values_of_one_fact_from_one_day(self) -> None:
        facts = (
            StateFact(name="route", value="elected", start=DAY),
            StateFact(name="route", value="recruited", start=DAY),
        )
        with pytest.raises(ArgumentError, match=r"'route 2015-03-01': 'elected' and 'recruited'"):
            Worker(id="1", facts=facts)
        always = StateFact(name="route", value="recruited")
        assert Worker(id="1", facts=(facts[0], always)).facts == (facts[0], always)

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"name": ""}, r"name should be text that is not empty"),
            ({"start": "2015"}, r"start should be a day"),
        ],
    )
    def test_refuses_a_state(self, fields: dict[str, Any], message: str) -> None:
        with pytest.raises(ArgumentError, match=message):
            StateFact(**{"name": "route", "value": "elected", **fields})

    def test_a_worker_can_be_hashed_and_is_frozen(self) -> None:
        worker = Worker(id="1", spells=(ServiceSpell(start=DAY),))
        assert hash(worker) == hash(Worker(id="1", spells=(ServiceSpell(start=DAY),)))
        with pytest.raises(AttributeError):
            worker.id = "2"  # type: ignore[misc]
