"""Shares of a month under every rule, and the pieces of real months."""

from __future__ import annotations

import itertools
from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.gaps import Missing
from cwgrade.law.pay import ProrationRule
from cwgrade.outcomes import Decided, NotEligible, Unspecified
from cwgrade.pay import pay_for_month
from cwgrade.proration import Piece, shares_of_month
from cwgrade.scheme import Scheme
from cwgrade.worker import AbsenceSpell, Rating, ServiceSpell, StateFact, Worker


def pieces(
    *marks: int, served: tuple[bool, ...], month: date = date(2018, 5, 1)
) -> tuple[Piece, ...]:
    """Cut a month before the given day numbers."""
    following = date(month.year, month.month + 1, 1)
    days = [month, *(month.replace(day=mark) for mark in marks), following]
    return tuple(
        Piece(start, end, one)
        for (start, end), one in zip(itertools.pairwise(days), served, strict=True)
    )


YES, NO = True, False


class TestSharesOfMonth:
    @pytest.mark.parametrize(
        ("rule", "day", "cut", "served", "shares"),
        [
            # every calendar day its share; May 2018 has 31
            ("calendar_days", None, (11,), (YES, NO), ("10/31", "0")),
            ("calendar_days", None, (11,), (NO, YES), ("0", "21/31")),
            ("calendar_days", None, (11, 16), (YES, YES, YES), ("10/31", "5/31", "16/31")),
            # 23 weekdays in May 2018, 8 of them before the 11th
            ("days_21_75", None, (11,), (NO, YES), ("0", "55/87")),
            ("days_21_75", None, (11,), (YES, NO), ("27/87", "0")),
            ("days_21_75", None, (11,), (YES, YES), ("8/23", "15/23")),
            ("days_21_75", None, (), (NO,), ("0",)),
            # only a weekend is served
            ("days_21_75", None, (5, 7), (NO, YES, NO), ("0", "0", "0")),
            # the whole month by what holds on a day
            ("state_on_day", 15, (11,), (YES, NO), ("0", "0")),
            ("state_on_day", 15, (11,), (YES, YES), ("0", "1")),
            ("state_on_day", 10, (11,), (YES, NO), ("1", "0")),
            ("state_on_day", None, (11,), (YES, NO), ("1", "0")),
            # halves by the 1st and the 16th
            ("half_months", None, (16,), (YES, YES), ("1/2", "1/2")),
            ("half_months", None, (17,), (YES, NO), ("1", "0")),
            ("half_months", None, (2,), (NO, YES), ("0", "1/2")),
            # a change counts from the next month
            ("next_month", None, (2,), (YES, NO), ("1", "0")),
            ("next_month", None, (2,), (NO, YES), ("0", "0")),
        ],
    )
    def test_by_rule(
        self,
        rule: str,
        day: int | None,
        cut: tuple[int, ...],
        served: tuple[bool, ...],
        shares: tuple[str, ...],
    ) -> None:
        found = shares_of_month(pieces(*cut, served=served), ProrationRule(rule), day)
        assert found == tuple(Fraction(share) for share in shares)

    def test_a_shorter_month_uses_its_last_day(self) -> None:
        february = pieces(28, served=(NO, YES), month=date(2018, 2, 1))
        assert list(shares_of_month(february, ProrationRule.STATE_ON_DAY, 31)) == [0, 1]

    @pytest.mark.parametrize(
        ("kept", "paid"),
        [
            # May 2018 has 23 weekdays, of which the 10th and 11th are away
            ((1, 0, 1), 1 - 2 / Fraction("21.75")),
            ((1, "3/5", 1), 1 - Fraction(4, 5) / Fraction("21.75")),
            ((1, 1, 1), Fraction(1)),
            # nobody was there at full pay on any weekday: the month has the share of its absence
            (("3/5", "3/5", "3/5"), Fraction(3, 5)),
            (("3/5", 0, "3/5"), Fraction(3, 5) * Fraction(21, 23)),
            ((0, 0, 0), Fraction(0)),
        ],
    )
    def test_a_weekday_away_costs_a_day_of_21_75(
        self, kept: tuple[int | str, ...], paid: Fraction
    ) -> None:
        month = tuple(
            attrs.evolve(piece, kept=Fraction(share))
            for piece, share in zip(pieces(10, 12, served=(YES, YES, YES)), kept, strict=True)
        )
        shares = shares_of_month(month, ProrationRule.DAYS_21_75)
        total = sum(
            (share * piece.kept for share, piece in zip(shares, month, strict=True)), Fraction(0)
        )
        assert total == paid

    def test_nothing_is_paid_below_nothing(self) -> None:
        """23 weekdays missing are more than 21.75."""
        may = pieces(31, served=(NO, YES))
        assert list(shares_of_month(may, ProrationRule.DAYS_21_75)) == [0, 0]


SAMPLE: Final = load_scheme("sample-3x18")


def clerk(**fields: Any) -> Worker:
    known: dict[str, Any] = {
        "id": "1",
        "spells": (ServiceSpell(start=date(2016, 1, 1), post="staff"),),
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in (2016, 2017)),
        "facts": (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
    }
    return Worker(**{**known, **fields})


def with_rule(rule: ProrationRule | Missing, day: int | None = None) -> Scheme:
    version = SAMPLE.versions[0]
    return Scheme(
        (attrs.evolve(version, proration=attrs.evolve(version.proration, rule=rule, day=day)),)
    )


LEFT_ON_11_MAY: Final = (ServiceSpell(start=date(2016, 1, 1), end=date(2018, 5, 11), post="staff"),)
BASIC: Final = 178_710
"""Grade 1 from July 2017: 5,319 × 0.6 × 0.80 is 2,553 yuan; 70 % of it."""


class TestMonths:
    def test_who_leaves_is_paid_by_the_rule(self) -> None:
        for rule, fen in (
            (ProrationRule.CALENDAR_DAYS, 57_648),
            (ProrationRule.HALF_MONTHS, BASIC // 2),
            (ProrationRule.NEXT_MONTH, BASIC),
        ):
            slip = pay_for_month(clerk(spells=LEFT_ON_11_MAY), with_rule(rule), year=2018, month=5)
            assert slip.lines[0].payable_fen == fen

    def test_a_missing_rule_refuses_only_who_is_concerned(self) -> None:
        scheme = with_rule(Missing(why="not stated"))
        assert pay_for_month(clerk(), scheme, year=2018, month=5).outcome == Decided(BASIC)
        slip = pay_for_month(clerk(spells=LEFT_ON_11_MAY), scheme, year=2018, month=5)
        assert isinstance(slip.outcome, Unspecified)
        assert [gap.path for gap in slip.outcome.gaps] == ["proration.rule"]

    def test_a_month_without_a_day_of_service_is_not_paid(self) -> None:
        slip = pay_for_month(clerk(spells=LEFT_ON_11_MAY), SAMPLE, year=2018, month=6)
        assert isinstance(slip.outcome, NotEligible)
        assert slip.outcome.reason.code == "not-in-service"
        assert slip.lines == ()

    def test_a_day_out_of_scope_is_a_day_that_is_not_paid(self) -> None:
        facts = (
            StateFact(name="employment", value="full_time"),
            StateFact(name="employment", value="part_time", start=date(2018, 5, 11)),
            StateFact(name="identity", value="none"),
        )
        slip = pay_for_month(clerk(facts=facts), SAMPLE, year=2018, month=5)
        assert slip.lines[0].payable_fen == 57_648
        wholly = pay_for_month(clerk(facts=facts), SAMPLE, year=2018, month=6)
        assert isinstance(wholly.outcome, NotEligible)
        assert wholly.outcome.reason.code == "out-of-scope"

    def test_pieces_are_shown_and_sum_to_the_rounded_whole(self) -> None:
        absences = (
            AbsenceSpell(start=date(2018, 5, 4), end=date(2018, 5, 11), kind="sick"),
            AbsenceSpell(start=date(2018, 5, 20), end=date(2018, 5, 27), kind="personal"),
        )
        slip = pay_for_month(clerk(absences=absences), SAMPLE, year=2018, month=5)
        # 17 days whole, 7 at 60 %, 7 at nothing, of 31
        exact = BASIC * (17 + Fraction(7 * 6, 10)) / 31
        assert slip.lines[0].payable_fen == int(exact + Fraction(1, 2))
        shown = [
            dict(step.inputs)["shown_fen"]
            for step in slip.derivation.root.parts[0].walk()
            if step.code == "piece"
        ]
        assert sum(fen for fen in shown if isinstance(fen, int)) == slip.lines[0].payable_fen

    def test_an_absence_of_which_the_scheme_says_nothing_is_a_gap(self) -> None:
        absences = (AbsenceSpell(start=date(2018, 5, 4), end=date(2018, 5, 11), kind="seconded"),)
        slip = pay_for_month(clerk(absences=absences), SAMPLE, year=2018, month=5)
        assert isinstance(slip.outcome, Unspecified)
        assert [(gap.path, gap.why) for gap in slip.outcome.gaps] == [
            ("absences.seconded.pay", "not-mentioned")
        ]
