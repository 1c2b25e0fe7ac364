"""Who is graded differently under another convention or timing."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from cwgrade.career import Alternative, sensitivity
from cwgrade.catalogue import load_scheme
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.worker import Attainment, Rating, ServiceSpell, StateFact, Worker

SAMPLE: Final = load_scheme("sample-3x18")


def clerk(worker_id: str, start: date, **facts: Any) -> Worker:
    known: dict[str, Any] = {
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in range(2010, 2025)),
        "spells": (ServiceSpell(start=start, post="staff"),),
    }
    return Worker(id=worker_id, **{**known, **facts})


def by_field(workers: list[Worker], on: date) -> dict[tuple[str, str], Alternative]:
    return {(one.path, one.value): one for one in sensitivity(workers, SAMPLE, on=on)}


class TestConvention:
    # three years' wait, in effect on 1 January: 15 January 2015 to 1 January 2018 is 35 whole months and 36 touched
    def test_calendar_months_give_a_rise_a_year_earlier(self) -> None:
        workers = [clerk("a", date(2015, 1, 15)), clerk("b", date(2015, 1, 1))]
        found = by_field(workers, date(2018, 6, 1))["service.convention", "calendar_months"]
        (one,) = found.differences
        assert (found.stated, one.worker_id) == ("whole_months", "a")
        assert isinstance(one.as_stated, Decided)
        assert isinstance(one.otherwise, Decided)
        assert (one.as_stated.value.grade, one.otherwise.value.grade) == (1, 2)
        # both have it on 1 January 2019
        assert one.months == 7

    def test_the_first_month_counts(self) -> None:
        found = by_field([clerk("a", date(2015, 1, 15))], date(2018, 12, 1))
        (one,) = found["service.convention", "calendar_months"].differences
        assert one.months == 1

    def test_who_is_not_concerned_is_not_listed(self) -> None:
        found = by_field([clerk("b", date(2015, 1, 1))], date(2018, 6, 1))
        assert found["service.convention", "calendar_months"].differences == ()


class TestTiming:
    def test_of_service(self) -> None:
        # met on 1 February 2018: next month instead of next January is ten months earlier
        found = by_field([clerk("a", date(2015, 2, 1))], date(2018, 6, 1))
        (one,) = found["effect.service.takes", "next_month"].differences
        assert one.months == 7
        assert found["effect.service.takes", "next_month"].stated == "next_january"

    def test_of_a_certificate(self) -> None:
        got = Attainment(value="assistant", obtained=date(2018, 2, 1), registered=date(2018, 5, 20))
        workers = [clerk("a", date(2017, 2, 1), qualifications=(got,))]
        found = by_field(workers, date(2018, 6, 15))
        stated = found["effect.qualification.takes", "next_january"]
        (one,) = stated.differences
        assert (stated.stated, one.months) == ("next_month", 7)

    def test_the_stated_value_is_no_alternative(self) -> None:
        found = sensitivity([], SAMPLE, on=date(2018, 6, 1))
        assert found
        assert all(one.stated != one.value for one in found)
        assert {one.differences for one in found} == {()}


class TestArguments:
    def test_a_scheme_is_asked_for(self) -> None:
        with pytest.raises(ArgumentError, match="scheme should be a Scheme"):
            sensitivity([], "sample-3x18", on=date(2018, 6, 1))  # type: ignore[arg-type]

    def test_a_day_out_of_force_raises(self) -> None:
        with pytest.raises(NotInForce, match="was not yet in force"):
            sensitivity([], SAMPLE, on=date(2011, 6, 1))

    def test_where_nothing_agrees_in_time_there_is_no_number(self) -> None:
        scheme = load_scheme("shaanxi-2012")
        worker = clerk("a", date(2012, 3, 5))
        on = scheme.versions[-1].from_day
        for one in sensitivity([worker], scheme, on=on):
            for difference in one.differences:
                assert isinstance(difference.as_stated, Decided | Unspecified)
