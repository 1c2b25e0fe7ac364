"""Checks on a roster: averages, quotas and pools over the payslips of a group."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.checks import CheckState, Finding, check_roster, share_pool
from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.schemefile import assume
from cwgrade.worker import Rating, ServiceSpell, SuppliedAmount, Worker
from tests.unit.test_once import clerk, scheme, text_of

SECTIONS: Final = (
    "[quantities.wage]\nyuan = 2000",
    '[pay.post_pay]\nby = "post"\nyuan = { chief = 5000, deputy = 4000, staff = 3000 }',
    "[pay.team]\nsupplied = true",
    '[assessment]\nratings = { excellent = { label = "优秀" }, competent = { label = "合格" } }',
    '[rounding]\ncomponent = { to = "fen", mode = "half_up" }',
)
AVERAGE: Final = """[checks.average]
kind = "average"
at_least = { quantity = "wage", times = 1.6 }"""
QUOTA: Final = """[checks.quota]
kind = "quota"
rating = "excellent"
at_most_share = 0.3"""
POOL: Final = """[checks.pool]
kind = "pool"
component = "team"
yuan_per_head = 200"""


def of_checks(*checks: str) -> Scheme:
    return scheme(*SECTIONS, *checks)


def worker(post: str = "staff", *, rating: str = "", team: int = 0, number: int = 1) -> Worker:
    return clerk(
        ServiceSpell(start=date(2005, 3, 10), post=post),
        id=str(number),
        ratings=(Rating(period="2017", value=rating),) if rating else (),
        supplied=(SuppliedAmount(component="team", year=2018, month=3, fen=team),) if team else (),
    )


def slips(
    of: Scheme, *workers: Worker, months: tuple[int, ...] = (3,)
) -> list[tuple[Worker, Payslip]]:
    return [
        (one, pay_for_month(one, of, year=2018, month=month)) for one in workers for month in months
    ]


def only(findings: tuple[Finding, ...]) -> Finding:
    (finding,) = findings
    return finding


# a component that nobody supplied anything for is 0, and nothing else hides an amount in these payslips
HIDDEN: Final = clerk(ServiceSpell(start=date(2005, 3, 10), title="站长"))


class TestAverages:
    @pytest.mark.parametrize(
        ("posts", "state"),
        [
            (("staff", "staff"), CheckState.NOT_MET),
            # 3,333.33… of 3,200
            (("staff", "staff", "deputy"), CheckState.MET),
            (("staff",) * 4 + ("deputy",), CheckState.MET),
            (("staff",) * 5 + ("deputy",), CheckState.NOT_MET),
        ],
    )
    def test_of_all(self, posts: tuple[str, ...], state: CheckState) -> None:
        of = of_checks(AVERAGE)
        finding = only(check_roster(of, slips(of, *(worker(post) for post in posts))))
        total = sum({"staff": 3000, "deputy": 4000}[post] for post in posts)
        assert finding.state is state
        assert finding.found == Fraction(total * 100, len(posts))
        assert (finding.at_least, finding.at_most) == (Fraction(320_000), None)
        assert (finding.people, finding.open, finding.period) == (len(posts), 0, "2018-03")

    def test_of_some_posts_and_a_component(self) -> None:
        of = of_checks(
            """[checks.team]
kind = "average"
posts = ["chief", "deputy"]
of = "team"
at_most = { quantity = "wage" }"""
        )
        group = (
            worker("chief", team=300_000),
            worker("deputy", team=100_000),
            worker("staff", team=900_000),
        )
        finding = only(check_roster(of, slips(of, *group)))
        assert (finding.state, finding.found, finding.people) == (
            CheckState.MET,
            Fraction(200_000),
            2,
        )

    def test_who_is_not_paid_does_not_count(self) -> None:
        of = of_checks(AVERAGE)
        later = clerk(ServiceSpell(start=date(2018, 4, 1), post="staff"))
        finding = only(check_roster(of, slips(of, worker("deputy"), later)))
        assert (finding.state, finding.people) == (CheckState.MET, 1)
        assert only(check_roster(of, slips(of, later))).state is CheckState.NOBODY

    @pytest.mark.parametrize("unread", [0, 2])
    def test_who_is_not_known_leaves_it_open(self, unread: int) -> None:
        of = of_checks(AVERAGE)
        finding = only(check_roster(of, slips(of, worker(), HIDDEN), unread=unread))
        assert (finding.state, finding.found, finding.people) == (
            CheckState.OPEN,
            Fraction(300_000),
            1,
        )
        assert finding.open == 1 + unread

    def test_a_post_that_is_not_known_leaves_it_open(self) -> None:
        of = of_checks(AVERAGE + '\nposts = ["deputy"]')
        finding = only(check_roster(of, slips(of, worker("deputy"), HIDDEN)))
        assert (finding.state, finding.people, finding.open) == (CheckState.OPEN, 1, 1)

    def test_who_came_within_the_month_is_asked_for_the_last_day(self) -> None:
        of = of_checks(AVERAGE + '\nposts = ["deputy"]')
        joined = clerk(ServiceSpell(start=date(2018, 3, 17), post="deputy"))
        finding = only(check_roster(of, slips(of, joined)))
        assert (finding.state, finding.people) == (CheckState.NOT_MET, 1)

    def test_a_bound_that_the_source_does_not_give(self) -> None:
        of = of_checks(
            '[checks.x]\nkind = "average"\nat_least = { missing = "the copy breaks off here" }'
        )
        finding = only(check_roster(of, slips(of, worker())))
        assert finding.state is CheckState.NOT_STATED
        assert [(gap.path, gap.why) for gap in finding.gaps] == [
            ("checks.x.at_least", "the copy breaks off here")
        ]

    def test_what_a_bound_is_multiplied_by_may_be_missing(self) -> None:
        of = of_checks(AVERAGE.replace("1.6", '{ missing = "the copy breaks off here" }'))
        finding = only(check_roster(of, slips(of, worker())))
        assert finding.state is CheckState.NOT_STATED
        assert [gap.path for gap in finding.gaps] == ["checks.average.at_least.times"]
        stated = assume(of, {"checks.average.at_least.times": Decimal("1.6")})
        assert only(check_roster(stated, slips(stated, worker()))).at_least == Fraction(320_000)

    def test_a_bound_that_differs_between_workers_is_taken_on_average(self) -> None:
        of = of_checks(AVERAGE.replace("wage", "pay.post_pay").replace("1.6", "1"))
        finding = only(check_roster(of, slips(of, worker("staff"), worker("chief"))))
        assert (finding.state, finding.at_least) == (CheckState.MET, Fraction(400_000))


class TestYears:
    YEARLY: Final = AVERAGE.replace("1.6", "18") + '\nper = "year"'

    def test_need_all_their_months(self) -> None:
        of = of_checks(self.YEARLY)
        finding = only(check_roster(of, slips(of, worker(), months=(1, 2, 3))))
        assert (finding.state, finding.period) == (CheckState.NEEDS_YEAR, "2018")
        assert finding.found is None

    def test_take_the_pay_of_a_whole_year(self) -> None:
        of = of_checks(self.YEARLY)
        months = tuple(range(1, 13))
        joined = clerk(ServiceSpell(start=date(2018, 7, 1), post="deputy"))
        finding = only(check_roster(of, slips(of, worker(), joined, months=months)))
        # twelve months of 3,000 and six of 4,000 are 3,333.33… a month
        assert finding.found == Fraction(4_000_000)
        assert (finding.state, finding.people) == (CheckState.MET, 18)
        assert finding.at_least == 3_600_000

    def test_a_monthly_check_looks_at_each_month(self) -> None:
        of = of_checks(AVERAGE)
        found = check_roster(of, slips(of, worker("deputy"), months=(1, 2)))
        assert [one.period for one in found] == ["2018-01", "2018-02"]


class TestQuotas:
    def finding(self, *ratings: str, unread: int = 0) -> Finding:
        of = of_checks(QUOTA)
        group = (worker(rating=rating) for rating in ratings)
        return only(check_roster(of, slips(of, *group), unread=unread))

    @pytest.mark.parametrize(
        ("have", "others", "state"),
        [(3, 7, CheckState.MET), (4, 6, CheckState.NOT_MET), (0, 1, CheckState.MET)],
    )
    def test_of_those_rated(self, have: int, others: int, state: CheckState) -> None:
        finding = self.finding(*("excellent",) * have, *("competent",) * others)
        assert finding.state is state
        assert finding.found == Fraction(have, have + others)
        assert (finding.period, finding.people) == ("2017", have + others)

    def test_who_was_not_assessed_or_did_not_serve_is_left_out(self) -> None:
        of = of_checks(QUOTA)
        new = clerk(ServiceSpell(start=date(2018, 2, 1), post="staff"))
        group = (worker(rating="not_assessed"), worker(rating="competent"), new)
        finding = only(check_roster(of, slips(of, *group)))
        assert (finding.state, finding.people) == (CheckState.MET, 1)
        assert only(check_roster(of, slips(of, new))).state is CheckState.NOBODY

    @pytest.mark.parametrize(
        ("ratings", "state"),
        [
            # one more excellent of eleven is 4/11
            (("excellent",) * 3 + ("competent",) * 7 + ("",), CheckState.OPEN),
            (("excellent",) * 2 + ("competent",) * 8 + ("",), CheckState.MET),
            (("excellent",) * 5 + ("competent",) * 5 + ("",), CheckState.NOT_MET),
        ],
    )
    def test_ratings_not_known_matter_where_they_can(
        self, ratings: tuple[str, ...], state: CheckState
    ) -> None:
        assert self.finding(*ratings).state is state

    def test_a_row_that_cannot_be_read_may_be_rated(self) -> None:
        ratings = ("excellent",) * 3 + ("competent",) * 7
        assert self.finding(*ratings, unread=1).state is CheckState.OPEN

    @given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 4))
    def test_the_answer_holds_for_every_rating_that_is_not_known(
        self, have: int, others: int, unknown: int
    ) -> None:
        if not have + others + unknown:
            return
        known = ("excellent",) * have + ("competent",) * others
        finding = self.finding(*known, *("",) * unknown)
        possible = {
            self.finding(*known, *("excellent",) * so, *("competent",) * (unknown - so)).state
            for so in range(unknown + 1)
        }
        assert possible == (
            {CheckState.MET, CheckState.NOT_MET}
            if finding.state is CheckState.OPEN
            else {finding.state}
        )

    def test_a_share_that_the_source_does_not_give(self) -> None:
        of = of_checks(QUOTA.replace("0.3", '{ missing = "not printed" }'))
        finding = only(check_roster(of, slips(of, worker(rating="excellent"))))
        assert (finding.state, finding.found) == (CheckState.NOT_STATED, Fraction(1))


class TestPools:
    @pytest.mark.parametrize(
        ("team", "state"), [(40_000, CheckState.MET), (40_001, CheckState.NOT_MET)]
    )
    def test_are_an_amount_for_each_head(self, team: int, state: CheckState) -> None:
        of = of_checks(POOL)
        finding = only(check_roster(of, slips(of, worker(team=team), worker())))
        assert (finding.state, finding.found, finding.at_most) == (
            state,
            Fraction(team),
            Fraction(40_000),
        )

    def test_an_amount_that_is_not_stated(self) -> None:
        of = of_checks(POOL.replace("200", '{ missing = "not printed" }'))
        finding = only(check_roster(of, slips(of, worker(team=1))))
        assert finding.state is CheckState.NOT_STATED
        assert finding.gaps[0].path == "checks.pool.yuan_per_head"

    @given(
        st.integers(0, 10**9),
        st.lists(st.fractions(0, 100), min_size=1, max_size=9).filter(any),
    )
    def test_a_pool_is_shared_out_to_the_last_fen(self, pool: int, weights: list[Fraction]) -> None:
        shares = share_pool(pool, weights)
        assert sum(shares) == pool
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share - pool * weight / sum(weights)) < 1

    @pytest.mark.parametrize("weights", [(), (0, 0), (2, -1)])
    def test_weights_that_share_nothing_are_refused(self, weights: tuple[int, ...]) -> None:
        with pytest.raises(ArgumentError, match="cannot share a pool out"):
            share_pool(100, weights)


class TestSeveral:
    def test_stand_in_the_order_of_the_file(self) -> None:
        of = of_checks(POOL, AVERAGE, QUOTA)
        found = check_roster(of, slips(of, worker(rating="competent")))
        assert [one.check.name for one in found] == ["pool", "average", "quota"]

    def test_nobody_s_pay_moves(self) -> None:
        of = of_checks(POOL, AVERAGE, QUOTA)
        bare = Scheme((attrs.evolve(of.versions[0], checks=()),))
        one = worker(team=70_000, rating="excellent")
        assert slips(of, one)[0][1].outcome == slips(bare, one)[0][1].outcome
        assert check_roster(bare, slips(bare, one)) == ()


class TestPayCommand:
    def test_says_what_was_found(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        yearly = POOL.replace("checks.pool", "checks.year") + '\nper = "year"'
        sections = (*SECTIONS, AVERAGE, QUOTA, POOL, yearly)
        Path("s.toml").write_text(text_of(*sections), encoding="utf-8")
        rows = (
            "工号,职务,入职日期,2017年考核,补贴:team",
            "1,委员,2005-03-01,优秀,300",
            "2,委员,2005-03-01,合格,",
            "3,副主任,2005-03-01,合格,50",
        )
        Path("r.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        ask = ("pay", "r.csv", "--scheme", "s.toml", "--month", "2018-03", "--out", "o.csv")
        assert main([*ask, "--lang", "en"]) == 0
        out = capsys.readouterr().out
        table = out.split("they move nobody's pay:\n")[1].split("\n\n")[0].splitlines()
        assert [" ".join(line.split()) for line in table] == [
            "met 2018-03 项 3450.00 yuan on average at least 3200.00 3 counted",
            "NOT MET 2017 项 ≈33.33% excellent at most 30% 3 counted",
            "met 2018-03 项 350.00 yuan in all at most 600.00 3 counted",
            "needs all twelve months of the year 2018 项",
        ]
        assert main([*ask[:-1], "z.csv", "--lang", "zh"]) == 0
        assert "未达到" in capsys.readouterr().out
        assert "花名册核对,未达到、2017、" in Path("z.csv").read_text(encoding="utf-8-sig")

    def test_a_row_that_cannot_be_read_leaves_it_open(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("s.toml").write_text(text_of(*SECTIONS, AVERAGE), encoding="utf-8")
        rows = ("工号,职务,入职日期", "1,委员,2005-03-01", "2,委员,2005-33-01")
        Path("r.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        ask = ("pay", "r.csv", "--scheme", "s.toml", "--month", "2018-03", "--out", "o.csv")
        assert main([*ask, "--lang", "en"]) == 1
        assert "1 counted, 1 open" in capsys.readouterr().out


class TestShow:
    def test_lists_checks_with_their_bounds_and_gaps(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        hidden = '[checks.x]\nkind = "average"\nat_most = { missing = "cut off in the copy" }'
        file = tmp_path / "s.toml"
        file.write_text(text_of(*SECTIONS, AVERAGE, QUOTA, POOL, hidden), encoding="utf-8")
        assert main(["show", str(file), "--lang", "en"]) == 0
        shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
        place = shown.index("Checks on a roster")
        assert shown[place + 2 : place + 6] == [
            "项 average, per month at least 1.6 × 项",
            "项 share of a rating, per year at most 30%",
            "项 sum by heads, per month at most 200.00 a head",
            "项 average, per month at most not stated",
        ]
        assert "checks.x.at_most: cut off in the copy" in shown
