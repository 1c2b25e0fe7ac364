"""Back pay of somebody who moved: several schemes by place, the month of the move, and what became known in which."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs
import pytest

from cwgrade.arrears import Arrears, Cause, Paid, Snapshot, VersionChange, arrears_between
from cwgrade.career import career_of
from cwgrade.catalogue import load_scheme
from cwgrade.errors import ArgumentError
from cwgrade.outcomes import NotEligible
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme, Schemes
from cwgrade.schemefile import assume
from cwgrade.statement import outcome_text
from cwgrade.worker import Rating, ServiceSpell, StateFact, Worker

CITY: Final = load_scheme("sample-4x24")
JIA: Final = load_scheme("sample-4x24-jia")
YI: Final = load_scheme("sample-4x24-yi")
PLACES: Final = Schemes.of([CITY, JIA, YI])
# in June a half-year is paid, and no rule says what part of one is worth
MONTHS: Final = [(2018, month) for month in (3, 4, 5, 7, 8)]
REPORTED: Final = date(2018, 12, 3)


def spell(start: date, end: date | None, region: str, **more: Any) -> ServiceSpell:
    return ServiceSpell(start=start, end=end, post="staff", region=region, **more)


def of(*spells: ServiceSpell) -> Worker:
    """Give a worker of whom everything is known that the invented city asks for."""
    states = [(one.name, one.values[0]) for one in JIA.versions[0].facts]
    states += [("employment", "full_time"), ("identity", "none"), ("retired", "no")]
    return Worker(
        id="7",
        spells=spells,
        schooling=(),
        degrees=(),
        qualifications=(),
        honours=(),
        facts=tuple(StateFact(name=name, value=value) for name, value in dict(states).items()),
        ratings=tuple(Rating(period=str(year), value="competent") for year in range(2010, 2021)),
    )


STAYED: Final = of(spell(date(2016, 3, 1), None, "990201"))
BENXI_KNOWN: Final[dict[str, Any]] = {
    "quantities.coefficient": 1,
    "pay.professional_allowance": 0,
    "proration.rule": "calendar_days",
}
MOVED: Final = of(
    spell(date(2016, 3, 1), date(2018, 5, 16), "990201", recorded_on=REPORTED),
    spell(date(2018, 5, 16), None, "990202", recorded_on=REPORTED),
)


def monthly(worker: Worker, schemes: Scheme | Schemes) -> list[int | None]:
    career = career_of(worker, schemes, start=date(2018, 3, 1), end=date(2018, 9, 1))
    return [one.gross_fen for one in career.months if (one.year, one.month) in MONTHS]


def differences(found: Arrears) -> list[int | None]:
    return [one.fen for one in found.months]


class TestReportedLate:
    """A move in May that comes on file in December: eight months late."""

    BACK: Final = arrears_between(
        Snapshot(worker=STAYED, scheme=PLACES),
        Snapshot(worker=MOVED, scheme=PLACES),
        months=MONTHS,
    )

    def test_what_is_due_is_the_difference_of_two_careers(self) -> None:
        stayed, moved = monthly(STAYED, PLACES), monthly(MOVED, PLACES)
        assert None not in stayed
        assert None not in moved
        due = [one - other for one, other in zip(moved, stayed, strict=True)]  # type: ignore[operator]
        assert differences(self.BACK) == due
        assert due[:2] == [0, 0]
        assert any(due)

    def test_the_cause_is_the_fact_and_its_day_the_report(self) -> None:
        assert {(one.cause, one.became_known) for one in self.BACK.parts} == {
            (Cause.FACT_CORRECTED, REPORTED)
        }

    def test_what_was_paid_is_held_against_both_places_together(self) -> None:
        paid = [Paid(year=2018, month=5, fen=100_00)]
        later = Snapshot(worker=MOVED, scheme=PLACES)
        (may,) = arrears_between(later, later, months=[(2018, 5)], paid=paid).months
        assert may.fen == (monthly(MOVED, PLACES)[2] or 0) - 100_00


def test_who_was_on_no_file_was_owed_nothing() -> None:
    nobody = attrs.evolve(STAYED, spells=())
    before, after = (Snapshot(worker=one, scheme=PLACES) for one in (nobody, STAYED))
    found = arrears_between(before, after, months=MONTHS)
    assert differences(found) == monthly(STAYED, PLACES)
    assert {part.cause for month in found.months for part in month.parts} == {Cause.FACT_CORRECTED}
    (back,) = arrears_between(after, before, months=[(2018, 3)]).months
    assert back.fen == -(monthly(STAYED, PLACES)[0] or 0)


def test_what_is_on_top_is_held_against_a_payment_that_names_it_alone() -> None:
    """A sum stands for the total, which what is on top is no part of; the audit says the same."""
    snapshot = Snapshot(worker=STAYED, scheme=PLACES)
    slip = pay_for_month(STAYED, JIA, year=2018, month=3)
    (name,) = (line.component for line in slip.lines if not line.in_total and line.payable_fen)
    whole = Paid(year=2018, month=3, fen=slip.gross_fen)

    def parts(*paid: Paid) -> list[tuple[str, Cause]]:
        found = arrears_between(snapshot, snapshot, months=[(2018, 3)], paid=paid)
        assert not any(month.open for month in found.months)
        return [(part.component, part.cause) for part in found.parts]

    assert parts(whole) == []
    named = attrs.evolve(whole, component=name, fen=1)
    assert parts(whole, named) == [(name, Cause.PAYMENT_DIFFERS)]


class TestCityAndDistrict:
    """A worker of the city who serves in one of its districts for a while, and comes back."""

    AWAY: Final = of(
        spell(date(2016, 3, 1), date(2018, 5, 16), "990209"),
        spell(date(2018, 5, 16), date(2018, 7, 11), "990201"),
        spell(date(2018, 7, 11), None, "990209"),
    )

    def test_no_day_is_paid_twice(self) -> None:
        career = career_of(self.AWAY, PLACES, start=date(2018, 5, 1), end=date(2018, 8, 1))
        may, june, july = career.months
        assert [len(one.payslips) for one in career.months] == [2, 1, 2]
        alone = pay_for_month(self.AWAY, CITY, year=2018, month=5).gross_fen
        shared = pay_for_month(self.AWAY, CITY, year=2018, month=5, apart=("990201",)).gross_fen
        assert may.payslips[0].gross_fen == shared < alone
        assert june.payslips[0].derivation.scheme_id == JIA.id
        assert (
            july.payslips[1].gross_fen
            < pay_for_month(self.AWAY, CITY, year=2018, month=7).gross_fen
        )

    def test_a_month_served_elsewhere_is_not_paid_by_the_city(self) -> None:
        apart = PLACES.apart_from(CITY)
        assert apart == ("990201", "990202")
        june = pay_for_month(self.AWAY, CITY, year=2018, month=6, apart=apart)
        assert isinstance(june.outcome, NotEligible)
        assert june.outcome.reason.code == "under-another-scheme"
        assert "scheme of its own" in outcome_text(june.outcome, "en", money=True)
        assert "另有方案" in outcome_text(june.outcome, "zh", money=True)

    def test_districts_have_no_places_apart(self) -> None:
        assert PLACES.apart_from(JIA) == ()

    def test_nothing_is_due_where_nothing_came_to_be_known(self) -> None:
        snapshot = Snapshot(worker=self.AWAY, scheme=PLACES, known_on=REPORTED)
        assert arrears_between(snapshot, snapshot, months=MONTHS).parts == ()


class TestSchemesOfPlaces:
    def test_a_version_of_one_place_is_told_once_and_the_other_place_goes_on(self) -> None:
        old = JIA.versions[0]
        amended = attrs.evolve(
            old,
            effective_on=date(2018, 6, 1),
            attested_from=date(2018, 6, 1),
            published_on=date(2018, 10, 1),
            pay=old.pay[1:],
        )
        schemes = Schemes.of([CITY, Scheme((old, amended)), YI])
        early, late = (Snapshot(worker=STAYED, scheme=one) for one in (PLACES, schemes))
        found = arrears_between(early, late, months=MONTHS)
        changes = {change for part in found.parts for change in part.changes}
        (change,) = changes
        assert isinstance(change, VersionChange)
        assert (change.scheme_id, change.from_day) == (JIA.id, date(2018, 6, 1))
        assert found.total_fen < 0
        assert {month for month, fen in zip(MONTHS, differences(found), strict=True) if fen} <= {
            (2018, 7),
            (2018, 8),
        }

    def test_a_place_that_gets_a_scheme_of_its_own(self) -> None:
        """Before, the city's scheme was asked there; the difference is a scheme amended."""
        worker = of(spell(date(2016, 3, 1), None, "990201"))
        before = Snapshot(worker=worker, scheme=Schemes.of([CITY, YI]))
        after = Snapshot(worker=worker, scheme=PLACES)
        found = arrears_between(before, after, months=MONTHS)
        assert differences(found) == [
            (one or 0) - (other or 0)
            for one, other in zip(monthly(worker, JIA), monthly(worker, CITY), strict=True)
        ]
        assert {one.cause for one in found.parts} <= {Cause.SCHEME_AMENDED}

    def test_one_scheme_and_schemes_by_place_are_not_compared(self) -> None:
        with pytest.raises(ArgumentError, match=r"sample-4x24.*Schemes"):
            arrears_between(
                Snapshot(worker=STAYED, scheme=CITY),
                Snapshot(worker=STAYED, scheme=PLACES),
                months=MONTHS,
            )

    def test_a_place_without_a_scheme_is_open(self) -> None:
        worker = of(spell(date(2016, 3, 1), None, "110101"))
        snapshot = Snapshot(worker=worker, scheme=PLACES)
        (month,) = arrears_between(snapshot, snapshot, months=[(2018, 5)]).months
        assert [one.side for one in month.open] == ["later", "earlier"]
        assert "110101" in str(month.open[0].not_in_force)


class TestBenxiAndMingshan:
    """Mingshan's scheme builds on that of its city; posts, grades and coefficients of both were not found."""

    WORKER: Final = of(
        ServiceSpell(start=date(2015, 3, 1), end=date(2023, 4, 16), title="委员", region="210502"),
        ServiceSpell(start=date(2023, 4, 16), end=date(2023, 9, 16), title="委员", region="210504"),
        ServiceSpell(start=date(2023, 9, 16), title="委员", region="210502"),
    )
    BOTH: Final = Schemes.of(
        assume(load_scheme(one), BENXI_KNOWN) for one in ("benxi-2023", "benxi-mingshan-2023")
    )

    def test_there_and_back(self) -> None:
        """3,400 × 80 % is 2,720; × 90 % is 3,060; half of April and half of September in each place."""
        career = career_of(self.WORKER, self.BOTH, start=date(2023, 3, 1), end=date(2023, 11, 1))
        basic = [[slip.lines[0].payable_fen for slip in month.payslips] for month in career.months]
        assert basic == [
            [2720_00],
            [1360_00, 1530_00],
            [3060_00],
            [3060_00],
            [3060_00],
            [3060_00],
            [1530_00, 1360_00],
            [2720_00],
        ]
