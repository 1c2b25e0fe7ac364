"""The least and the most that a month's pay can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cwgrade import load_scheme, pay_for_month
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided, OneOf, Unspecified
from cwgrade.pay import Payslip, pay_on
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement import payslip_text
from cwgrade.worker import UNKNOWN, Rating, ServiceSpell, StateFact, Worker

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


TEXT = Path(__file__).parents[1].joinpath("bad_inputs", "base.toml").read_text(encoding="utf-8")
STATED = "deputy = 500,"
ABOUT = "at_least = 400, at_most = 600.5"


def edited(*edits: tuple[str, str]) -> Scheme:
    text = TEXT
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Scheme((parse_scheme(text),))


def gap(bounds: str) -> str:
    return f'{{ missing = "a span", {bounds} }}' if bounds else '{ missing = "a span" }'


def deputy(**facts: Any) -> Worker:
    given: dict[str, Any] = {
        "id": "1",
        "spells": (ServiceSpell(start=date(2015, 3, 1), post="deputy"),),
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
            StateFact(name="veteran", value="no"),
        ),
        "ratings": tuple(Rating(period=str(year), value="competent") for year in range(2015, 2020)),
    }
    return Worker(**(given | facts))


def paid(scheme: Scheme, worker: Worker | None = None, month: int = 8) -> Payslip:
    return pay_for_month(worker or deputy(), scheme, year=2020, month=month)


def exactly(scheme: Scheme, worker: Worker | None = None, month: int = 8) -> int:
    return paid(scheme, worker, month).gross_fen


class TestPrintedBounds:
    """A floor or a ceiling that is printed in place of an amount bounds the line and the sum."""

    def test_the_ends_are_what_the_printed_amounts_would_give(self) -> None:
        slip = paid(edited((STATED, f"deputy = {gap(ABOUT)},")))
        assert isinstance(slip.outcome, Unspecified)
        assert slip.bounds_fen == (
            exactly(edited((STATED, "deputy = 400,"))),
            exactly(edited((STATED, "deputy = 600.5,"))),
        )
        line = next(one for one in slip.lines if one.component == "post")
        assert (line.payable_fen, line.low_fen, line.high_fen) == (None, 40000, 60050)
        assert line.state == "gap"

    @pytest.mark.parametrize(("bounds", "end"), [("at_least = 400", 0), ("at_most = 400", 1)])
    def test_one_printed_end_leaves_the_other_open(self, bounds: str, end: int) -> None:
        found = paid(edited((STATED, f"deputy = {gap(bounds)},"))).bounds_fen
        assert found is not None
        assert found[end] == exactly(edited((STATED, "deputy = 400,")))
        assert found[1 - end] is None

    def test_beside_a_gap_without_bounds_there_is_nothing(self) -> None:
        slip = paid(
            edited(
                (STATED, f"deputy = {gap(ABOUT)},"),
                ("competent = 1, fail", f"competent = {gap('')}, fail"),
            ),
            month=12,
        )
        assert slip.bounds_fen is None
        line = next(one for one in slip.lines if one.component == "post")
        assert (line.low_fen, line.high_fen) == (40000, 60050)

    def test_of_a_factor_go_through_products_shares_and_rounding(self) -> None:
        stated = "competent = 1, fail"
        scheme = edited((stated, f"competent = {gap('at_least = 0.85, at_most = 1.1')}, fail"))
        for month in (8, 12):
            assert paid(scheme, month=month).bounds_fen == (
                exactly(edited((stated, "competent = 0.85, fail")), month=month),
                exactly(edited((stated, "competent = 1.1, fail")), month=month),
            )

    def test_are_prorated_as_the_amount_would_be(self) -> None:
        worker = deputy(
            spells=(ServiceSpell(start=date(2015, 3, 1), end=date(2020, 8, 13), post="deputy"),)
        )
        assert paid(edited((STATED, f"deputy = {gap(ABOUT)},")), worker).bounds_fen == (
            exactly(edited((STATED, "deputy = 400,")), worker),
            exactly(edited((STATED, "deputy = 600.5,")), worker),
        )

    def test_beside_an_unknown_fact_are_those_of_all_its_answers(self) -> None:
        unknown = deputy(ratings=())
        ends = [paid(edited((STATED, f"deputy = {one},")), unknown) for one in ("400", "600.5")]
        least, most = (one.bounds_fen for one in ends)
        assert least is not None
        assert most is not None
        found = paid(edited((STATED, f"deputy = {gap(ABOUT)},")), unknown).bounds_fen
        assert found == (least[0], most[1])

    def test_where_more_makes_less_nothing_is_bounded(self) -> None:
        award = TEXT[TEXT.index('by = ["post", "veteran"]') : TEXT.index("[pay.on_call]")]
        fine = (
            'product = ["off", "fine"]\nsource = "text"\n'
            '[quantities.off]\nlabel = "扣减"\ntimes = FACTOR\nsource = "text"\n'
            f'[quantities.fine]\nlabel = "罚款"\nyuan = {gap(ABOUT)}\nsource = "text"\n'
        )
        for factor, bounded in (("-1", False), ("1", True)):
            scheme = edited((award, fine.replace("FACTOR", factor)))
            found = paid(scheme).bounds_fen
            assert (found is not None) is bounded

    def test_bands_of_it_are_not_bounded_by_its_ends(self) -> None:
        award = TEXT[TEXT.index('by = ["post", "veteran"]') : TEXT.index("[pay.on_call]")]
        bands = (
            'bands_of = "span"\nfrom = [0, 450, 550]\nyuan = [10, 90, 10]\nboundary = "reached"\n'
            'source = "text"\n[quantities.span]\nlabel = "幅度"\n'
            f'yuan = {gap(ABOUT)}\nsource = "text"\n'
        )
        assert paid(edited((award, bands))).bounds_fen is None

    def test_a_one_off_amount_is_not_bounded_by_its_value(self) -> None:
        # what is due is a rise, and the value before makes it less
        award = TEXT[TEXT.index('by = ["post", "veteran"]') : TEXT.index("[pay.on_call]")]
        rises = (
            'bands_of = "day"\nfrom = [2015-01-01, 2020-08-01]\n'
            f"yuan = [2000, {gap('at_least = 2500, at_most = 3000')}]\n"
            'accrues_per = "once"\npaid = "once"\non_upgrade = "difference"\nsource = "text"\n'
        )
        slip = paid(edited((award, rises)))
        assert isinstance(slip.outcome, Unspecified)
        assert slip.bounds_fen is None

    def test_are_said_in_both_languages(self) -> None:
        slip = paid(edited((STATED, f"deputy = {gap(ABOUT)},")))
        assert slip.bounds_fen is not None
        low, high = (yuan_text(fen or 0) for fen in slip.bounds_fen)
        told = payslip_text(slip, "1")
        assert "400.00 to 600.50" in told
        assert f"By the bounds that the source prints, the sum is {low} to {high} yuan." in told
        assert f"按原文写明的上下限，合计为 {low} 至 {high} 元。" in payslip_text(slip, "1", "zh")
        floor = paid(edited((STATED, f"deputy = {gap('at_least = 400')},")))
        assert "at least 400.00" in payslip_text(floor, "1")
        ceiling = paid(edited((STATED, f"deputy = {gap('at_most = 400')},")))
        assert "不多于 400.00" in payslip_text(ceiling, "1", "zh")

    def test_a_day_has_them_too(self) -> None:
        scheme = edited((STATED, f"deputy = {gap(ABOUT)},"))
        assert pay_on(deputy(), scheme, on=date(2020, 8, 1)).bounds_fen == tuple(
            pay_on(deputy(), edited((STATED, f"deputy = {one},")), on=date(2020, 8, 1)).gross_fen
            for one in ("400", "600.5")
        )
