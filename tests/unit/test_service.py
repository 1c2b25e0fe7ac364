"""Creditable service: which days are accepted, which runs they form, and how many months those are."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Final

import pytest

from cwgrade.service import (
    Claim,
    Convention,
    GapsRule,
    KindRule,
    Leave,
    LedgerEntry,
    Run,
    ServiceRule,
    Within,
    accept,
    credited_months,
    ledger_of,
    runs_of,
)

ONE: Final = Fraction(1)
HALF: Final = Fraction(1, 2)
FAR: Final = date(2030, 1, 1)


def kind(name: str, rate: Fraction = ONE, within: Within = Within.ANYWHERE) -> KindRule:
    return KindRule(kind=name, rate=rate, within=within)


def rule(*kinds: KindRule, **fields: Any) -> ServiceRule:
    return ServiceRule(place="430102", kinds=kinds or (kind("community"),), **fields)


def claims(*spells: tuple[date, date], **fields: Any) -> tuple[Claim, ...]:
    """Give spells of one kind."""
    return tuple(
        Claim(
            start,
            end,
            fields.get("kind", "community"),
            fields.get("region"),
            fields.get("post_order", 0),
            index,
        )
        for index, (start, end) in enumerate(spells)
    )


def months(
    claimed: tuple[Claim, ...],
    by: ServiceRule,
    on: date = FAR,
    leaves: tuple[Leave, ...] = (),
) -> int | Fraction:
    return credited_months(runs_of(accept(claimed, leaves, by)), by, on)


class TestConventions:
    @pytest.mark.parametrize(
        ("convention", "expected"),
        [
            # 13 months and 20 days; 11 months and 16 days: the days make no month, in one pool they do
            (Convention.WHOLE_MONTHS, 13 + 11),
            (Convention.POOLED_DAYS, 13 + 11 + 1),
            # March 2015 to April 2016; January to December 2018
            (Convention.CALENDAR_MONTHS, 14 + 12),
            (Convention.COMPLETED_YEARS, 12 + 0),
            # 2015, 2016 and 2018
            (Convention.CALENDAR_YEARS, 3 * 12),
        ],
    )
    def test_two_runs(self, convention: Convention, expected: int) -> None:
        claimed = claims(
            (date(2015, 3, 5), date(2016, 4, 25)), (date(2018, 1, 15), date(2018, 12, 31))
        )
        assert months(claimed, rule(convention=convention)) == expected

    @pytest.mark.parametrize("convention", Convention)
    def test_nothing_before_it_begins(self, convention: Convention) -> None:
        claimed = claims((date(2015, 3, 5), date(2016, 4, 25)))
        assert months(claimed, rule(convention=convention), on=date(2015, 3, 5)) == 0

    def test_a_month_touched_by_two_runs_counts_once(self) -> None:
        claimed = claims(
            (date(2015, 3, 1), date(2015, 3, 5)), (date(2015, 3, 20), date(2015, 4, 2))
        )
        assert months(claimed, rule(convention=Convention.CALENDAR_MONTHS)) == 2

    def test_a_month_touched_at_two_rates_counts_at_the_higher(self) -> None:
        claimed = (
            *claims((date(2015, 3, 1), date(2015, 3, 5)), kind="grid"),
            Claim(date(2015, 3, 20), date(2015, 4, 1), "community", None, 0, 1),
        )
        by = rule(kind("grid", HALF), kind("community"), convention=Convention.CALENDAR_MONTHS)
        assert months(claimed, by) == 1

    def test_years_are_completed_in_each_run(self) -> None:
        claimed = claims(
            (date(2015, 3, 1), date(2016, 2, 29)), (date(2017, 1, 1), date(2019, 1, 1))
        )
        assert months(claimed, rule(convention=Convention.COMPLETED_YEARS)) == 24

    def test_rates_weigh_months_and_days(self) -> None:
        claimed = claims((date(2015, 3, 1), date(2016, 4, 16)), kind="grid")
        by = rule(kind("grid", HALF))
        assert months(claimed, by) == Fraction(13, 2)
        pooled = rule(kind("grid", HALF), convention=Convention.POOLED_DAYS)
        assert months(claimed, pooled) == Fraction(13, 2)

    def test_30_days_over_make_a_month(self) -> None:
        claimed = claims(
            (date(2015, 3, 1), date(2015, 3, 16)), (date(2015, 5, 1), date(2015, 5, 16))
        )
        assert months(claimed, rule(convention=Convention.POOLED_DAYS)) == 1
        shorter = claims(
            (date(2015, 3, 1), date(2015, 3, 16)), (date(2015, 5, 1), date(2015, 5, 15))
        )
        assert months(shorter, rule(convention=Convention.POOLED_DAYS)) == 0


class TestGaps:
    SPELLS: Final = (
        (date(2010, 1, 1), date(2012, 1, 1)),
        (date(2013, 1, 1), date(2014, 7, 1)),
    )

    def test_are_skipped_or_break_continuity(self) -> None:
        claimed = claims(*self.SPELLS)
        assert months(claimed, rule()) == 24 + 18
        assert months(claimed, rule(gaps=GapsRule.BREAK)) == 18

    def test_before_the_second_run_the_first_still_counts(self) -> None:
        claimed = claims(*self.SPELLS)
        assert months(claimed, rule(gaps=GapsRule.BREAK), on=date(2013, 1, 1)) == 24
        assert months(claimed, rule(gaps=GapsRule.BREAK), on=date(2013, 3, 1)) == 2

    def test_a_day_is_a_gap_and_touching_is_none(self) -> None:
        touching = claims(
            (date(2010, 1, 15), date(2012, 1, 1)), (date(2012, 1, 1), date(2014, 1, 15))
        )
        assert months(touching, rule(gaps=GapsRule.BREAK)) == 48
        apart = claims((date(2010, 1, 15), date(2012, 1, 1)), (date(2012, 1, 2), date(2014, 1, 2)))
        assert months(apart, rule(gaps=GapsRule.BREAK)) == 24

    def test_another_kind_fills_a_gap(self) -> None:
        claimed = (
            *claims(*self.SPELLS),
            Claim(date(2012, 1, 1), date(2013, 1, 1), "grid", None, 0, 2),
        )
        by = rule(kind("community"), kind("grid", HALF), gaps=GapsRule.BREAK)
        assert months(claimed, by) == 24 + 6 + 18

    def test_a_rejected_kind_does_not(self) -> None:
        claimed = (
            *claims(*self.SPELLS),
            Claim(date(2012, 1, 1), date(2013, 1, 1), "enterprise", None, 0, 2),
        )
        assert months(claimed, rule(gaps=GapsRule.BREAK)) == 18


class TestRuns:
    def test_touching_spells_are_counted_in_one_step(self) -> None:
        claimed = claims(
            (date(2015, 1, 15), date(2015, 2, 10)), (date(2015, 2, 10), date(2015, 3, 15))
        )
        assert runs_of(accept(claimed, (), rule())) == (
            Run(date(2015, 1, 15), date(2015, 3, 15), ONE, "community"),
        )
        assert months(claimed, rule()) == 2

    def test_kinds_and_rates_part_runs(self) -> None:
        claimed = (
            *claims((date(2015, 1, 15), date(2015, 2, 10))),
            Claim(date(2015, 2, 10), date(2015, 3, 15), "grid", None, 0, 1),
        )
        alike = rule(kind("community"), kind("grid"))
        assert len(runs_of(accept(claimed, (), alike))) == 2
        assert months(claimed, alike) == 0 + 1

    def test_an_open_spell_runs_on(self) -> None:
        (run,) = runs_of(accept(claims((date(2015, 1, 1), date.max)), (), rule()))
        assert run.end == date.max
        assert months(claims((date(2015, 1, 1), date.max)), rule(), on=date(2016, 1, 1)) == 12


class TestAccept:
    def test_overlapping_spells_count_once_and_the_rest_is_told(self) -> None:
        claimed = claims((date(2015, 1, 1), date(2015, 7, 1)), (date(2015, 4, 1), date(2016, 1, 1)))
        ledger = ledger_of(accept(claimed, (), rule()), FAR)
        assert ledger.entries == (
            LedgerEntry(date(2015, 1, 1), date(2015, 7, 1), 0, ONE, "community"),
            LedgerEntry(date(2015, 4, 1), date(2015, 7, 1), 1, Fraction(0), "community", "overlap"),
            LedgerEntry(date(2015, 7, 1), date(2016, 1, 1), 1, ONE, "community"),
        )
        assert (ledger.claimed_days, ledger.accepted_days, ledger.rejected_days) == (456, 365, 91)
        assert ledger.credited_days == 365

    @pytest.mark.parametrize(
        ("one", "other", "winner"),
        [
            # where it counts most
            (("grid", 0, date(2014, 1, 1)), ("community", 2, date(2015, 1, 1)), 1),
            # then the higher post
            (("community", 2, date(2014, 1, 1)), ("community", 1, date(2015, 1, 1)), 1),
            # then the earlier start
            (("community", 1, date(2015, 1, 1)), ("military", 1, date(2014, 1, 1)), 1),
            (("community", 1, date(2014, 1, 1)), ("military", 1, date(2015, 1, 1)), 0),
        ],
    )
    def test_a_day_claimed_twice(
        self, one: tuple[str, int, date], other: tuple[str, int, date], winner: int
    ) -> None:
        by = rule(kind("community"), kind("military"), kind("grid", HALF))
        end = date(2016, 1, 1)
        claimed = tuple(
            Claim(start, end, name, None, order, index)
            for index, (name, order, start) in enumerate((one, other))
        )
        entries = accept(claimed, (), by)
        last = [entry for entry in entries if entry.end == end and not entry.rejected]
        assert [entry.spell for entry in last] == [winner]

    def test_service_before_the_counting_start(self) -> None:
        claimed = claims((date(2007, 1, 1), date(2010, 3, 1)))
        by = rule(count_from=date(2008, 3, 1))
        entries = accept(claimed, (), by)
        assert [(entry.start, entry.rejected) for entry in entries] == [
            (date(2007, 1, 1), "before-counting-start"),
            (date(2008, 3, 1), ""),
        ]
        assert months(claimed, by) == 24

    @pytest.mark.parametrize("kind_of_service", ["community", "military"])
    def test_leave_that_does_not_count_interrupts_community_service_only(
        self, kind_of_service: str
    ) -> None:
        claimed = claims((date(2015, 1, 15), date(2016, 1, 15)), kind=kind_of_service)
        leaves = (Leave(date(2015, 6, 10), date(2015, 6, 20), "personal"),)
        by = rule(kind("community"), kind("military"), leaves_not_counted=("personal",))
        # 15 January to 10 June, 20 June to 15 January: four months and six
        expected = 4 + 6 if kind_of_service == "community" else 12
        assert months(claimed, by, leaves=leaves) == expected
        rejected = ledger_of(accept(claimed, leaves, by), FAR).rejected_days
        assert rejected == (10 if kind_of_service == "community" else 0)

    def test_leave_that_counts_changes_nothing(self) -> None:
        claimed = claims((date(2015, 1, 15), date(2016, 1, 15)))
        leaves = (Leave(date(2015, 6, 10), date(2015, 6, 20), "sick"),)
        assert months(claimed, rule(leaves_not_counted=("personal",)), leaves=leaves) == 12

    def test_during_leave_another_kind_of_service_may_count(self) -> None:
        claimed = (
            *claims((date(2015, 1, 1), date(2016, 1, 1))),
            Claim(date(2015, 1, 1), date(2016, 1, 1), "grid", None, 0, 1),
        )
        leaves = (Leave(date(2015, 3, 1), date(2015, 5, 1), "personal"),)
        by = rule(kind("community"), kind("grid", HALF), leaves_not_counted=("personal",))
        assert months(claimed, by, leaves=leaves) == 2 + 1 + 8

    @pytest.mark.parametrize(
        ("within", "region", "counts"),
        [
            (Within.PLACE, None, True),
            (Within.PLACE, "430102", True),
            (Within.PLACE, "430103", False),
            (Within.CITY, "430103", True),
            (Within.CITY, "4302", False),
            (Within.PROVINCE, "4302", True),
            (Within.PROVINCE, "110101", False),
            (Within.ANYWHERE, "110101", True),
            # a bare province does not show that it was in the city
            (Within.CITY, "43", False),
            (Within.PROVINCE, "43", True),
        ],
    )
    def test_regions(self, within: Within, region: str | None, counts: bool) -> None:  # noqa: FBT001
        claimed = claims((date(2015, 1, 1), date(2016, 1, 1)), region=region)
        by = rule(kind("community", within=within))
        assert months(claimed, by) == (12 if counts else 0)
        (entry,) = accept(claimed, (), by)
        assert entry.rejected == ("" if counts else "outside-region")

    @pytest.mark.parametrize("kinds", [(kind("grid"),), (kind("community", Fraction(0)),)])
    def test_kinds_that_do_not_count(self, kinds: tuple[KindRule, ...]) -> None:
        (entry,) = accept(claims((date(2015, 1, 1), date(2016, 1, 1))), (), rule(*kinds))
        assert entry.rejected == "kind-not-recognised"

    def test_nothing_is_claimed(self) -> None:
        assert accept((), (), rule()) == ()
        assert months((), rule()) == 0


class TestLedger:
    def test_is_cut_at_the_day(self) -> None:
        entries = accept(claims((date(2015, 1, 1), date.max)), (), rule())
        assert ledger_of(entries, date(2015, 1, 1)).claimed_days == 0
        assert ledger_of(entries, date(2015, 1, 2)).claimed_days == 1
        assert ledger_of(entries, date(2016, 1, 1)).accepted_days == 365

    def test_credits_days_at_their_rate(self) -> None:
        by = rule(kind("grid", HALF))
        entries = accept(claims((date(2015, 1, 1), date(2015, 1, 11)), kind="grid"), (), by)
        assert ledger_of(entries, FAR).credited_days == 5
