"""Two payslips side by side: which components differ, and where their derivations part."""

from datetime import date

import attrs
import pytest

from cwgrade.arrears import WHOLE, StepDifference, explain_difference
from cwgrade.arrears.lines import Line, differences
from cwgrade.outcomes import NotEligible, OneOf
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.worker import UNKNOWN, AbsenceSpell, Rating, ServiceSpell, Worker
from tests.unit.test_arrears import SAMPLE, clerk


def pay(month: int, worker: Worker | None = None, known_on: date | None = None) -> Payslip:
    year = 2018 if known_on else 2016
    return pay_for_month(worker or clerk(), SAMPLE, year=year, month=month, known_on=known_on)


def told(steps: tuple[StepDifference, ...]) -> list[tuple[str | None, str | None]]:
    return [
        (one.before.code if one.before else None, one.after.code if one.after else None)
        for one in steps
    ]


def test_a_month_that_pays_half_a_year_and_one_on_a_new_base() -> None:
    found = explain_difference(pay(6), pay(7))
    assert found.fen == pay(7).gross_fen - pay(6).gross_fen
    basic, performance = found.lines
    (step,) = basic.steps
    assert step.before is not None
    assert step.after is not None
    # the wage of 2014, then that of 2015
    assert (step.before.result, step.after.result) == (4467_00, 4893_00)
    assert told(performance.steps) == [("period", "not-payable")]


def test_what_was_known() -> None:
    early, late = date(2018, 6, 19), date(2018, 6, 20)
    found = explain_difference(pay(7, known_on=early), pay(7, known_on=late))
    (line,) = found.lines
    assert told(line.steps) == [("figure.provisional", "figure")]


def test_part_of_a_month() -> None:
    away = AbsenceSpell(start=date(2016, 5, 5), end=date(2016, 5, 9), kind="personal")
    found = explain_difference(pay(5), pay(5, clerk(absences=(away,))))
    (line,) = found.lines
    assert line.fen < 0
    assert told(line.steps) == [("product", "prorated")]


def test_another_post() -> None:
    deputy = clerk(spells=(ServiceSpell(start=date(2012, 1, 1), post="deputy"),))
    found = explain_difference(pay(5), pay(5, deputy))
    (line,) = found.lines
    # not the cell of the table: why it is another cell
    assert {step.after.path for step in line.steps if step.after} == {"posts"}
    assert found.fen == pay(5, deputy).gross_fen - pay(5).gross_fen


def test_nothing_due_on_one_side() -> None:
    later = clerk(spells=(ServiceSpell(start=date(2017, 1, 1), post="staff"),))
    found = explain_difference(pay(5, later), pay(5))
    assert isinstance(found.before, NotEligible)
    assert found.fen == pay(5).gross_fen
    assert {line.steps for line in found.lines} == {()}


def test_a_side_that_cannot_be_decided() -> None:
    found = explain_difference(pay(5), pay(5, clerk(qualifications=UNKNOWN)))
    assert isinstance(found.after, OneOf)
    assert (found.decided, found.fen, found.lines) == (False, None, ())


def test_the_same() -> None:
    found = explain_difference(pay(5), pay(5))
    assert (found.fen, found.lines) == (0, ())


def test_several_answers_have_no_one_place_where_they_part() -> None:
    payslip = pay(6)
    derivation = payslip.derivation
    root = attrs.evolve(derivation.root, code="possibilities")
    several = attrs.evolve(payslip, derivation=attrs.evolve(derivation, root=root))
    assert {line.steps for line in explain_difference(several, pay(7)).lines} == {()}


@pytest.mark.parametrize("whole_first", [True, False])
def test_a_side_known_as_a_whole(whole_first: bool) -> None:  # noqa: FBT001 -- a table of two
    whole = {WHOLE: Line(100, in_total=True)}
    parts = {
        "a": Line(70, in_total=True),
        "b": Line(50, in_total=True),
        "c": Line(9, in_total=False),
    }
    pair = (whole, parts) if whole_first else (parts, whole)
    sign = 1 if whole_first else -1
    assert differences(*pair) == {
        WHOLE: Line(sign * 20, in_total=True),
        "c": Line(sign * 9, in_total=False),
    }


def test_a_count_is_named_and_not_each_year_of_its_ledger() -> None:
    """From January 2018 the failed year 2017 takes a rise: the count says so in one step."""
    ratings = tuple(
        Rating(period=str(year), value="fail" if year == 2017 else "competent")
        for year in range(2012, 2018)
    )
    failed = clerk(ratings=ratings)
    before, after = (
        pay_for_month(failed, SAMPLE, year=year, month=month)
        for year, month in ((2017, 11), (2018, 1))
    )
    (basic,) = explain_difference(before, after).lines
    assert told(basic.steps) == [("rises", "rises")]
