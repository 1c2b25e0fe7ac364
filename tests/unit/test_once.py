"""One-off amounts, lines on top of the total, two posts at once, and values compared by the order of their fact."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.choices import Choices
from cwgrade.errors import SchemeFault, SchemeFileError
from cwgrade.facts import Facts
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.pay import PayLine, Payslip, pay_for_month, pay_on
from cwgrade.reasoner import Instant
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.statement import payslip_text
from cwgrade.worker import AbsenceSpell, Attainment, ServiceSpell, StateFact, Worker

HEAD: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-once"
title = { zh = "虚构示例：一次性", en = "Invented sample: one-off amounts" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2001-12-20
effective_on = 2002-01-01
attested_from = 2002-01-01
attested_until = 2060-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.chief]
label = { zh = "正职", en = "chief" }
titles = ["书记", "主任"]
source = "text"
[posts.deputy]
label = { zh = "副职", en = "deputy" }
titles = ["副主任"]
source = "text"
[posts.staff]
label = { zh = "工作人员", en = "staff" }
titles = ["委员"]
source = "text"
[service]
convention = "whole_months"
gaps = "skipped"
other_kinds = 0
source = "text"
[service.kinds]
community = { rate = 1, within = "province" }
[effect.service]
takes = "same_day"
reckoned_from = "day_met"
source = "text"
[effect.qualification]
event = "obtained"
takes = "next_month"
source = "text"
[effect.schooling]
event = "obtained"
takes = "same_day"
source = "text"
[facts.veteran]
label = { zh = "退役军人", en = "veteran" }
values = ["no", "yes"]
source = "text"
[proration]
rule = "calendar_days"
source = "text"
"""
FLAT: Final = "[pay.flat]\nyuan = 1000"
LONG: Final = """[pay.long]
bands_of = "service_years"
from = [10, 20, 30]
yuan = [2000, 5000, 10000]
boundary = "reached"
accrues_per = "once"
paid = "once"
"""
CERTIFICATE: Final = """[pay.certificate]
by = "qualification"
yuan = { none = 0, assistant = 1000, social_worker = 2500, senior = 6000 }
accrues_per = "once"
paid = "once"
"""


_BARE: Final = (
    "[concurrent",
    "[probation",
    "[rounding",
    "[absences",
    "[split",
    "[[assess",
    "[assess",
)


def text_of(*sections: str, head: str = HEAD) -> str:
    for section in sections:
        top, _, rest = section.strip().partition("\n")
        label = "" if top.startswith(_BARE) else 'label = "项"\n'
        head += f'{top}\n{label}source = "text"\n{rest}\n'
    return head


def told_of(*sections: str) -> list[str]:
    """Give the faults of a scheme, in English."""
    with pytest.raises(SchemeFileError) as error:
        scheme(*sections)
    return [one.text("en") for one in error.value.exceptions if isinstance(one, SchemeFault)]


def scheme(*sections: str) -> Scheme:
    return Scheme((parse_scheme(text_of(*sections)),))


def clerk(*spells: ServiceSpell, **facts: object) -> Worker:
    known: dict[str, object] = {
        "id": "1",
        "spells": spells or (ServiceSpell(start=date(2005, 3, 10), post="staff"),),
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": (StateFact(name="veteran", value="no"),),
    }
    return Worker(**{**known, **facts})  # type: ignore[arg-type]


def line(slip: Payslip, component: str) -> PayLine:
    return next(one for one in slip.lines if one.component == component)


def due(worker: Worker, of: Scheme, first: int, last: int, component: str) -> dict[str, int]:
    """Give every month in which a component is paid, with its yuan."""
    found: dict[str, int] = {}
    for index in range(first * 12, last * 12):
        slip = pay_for_month(worker, of, year=index // 12, month=index % 12 + 1)
        if slip.lines and (fen := line(slip, component).payable_fen):
            found[f"{index // 12}-{index % 12 + 1:02d}"] = fen // 100
    return found


class TestLongService:
    def test_is_paid_in_the_month_in_which_the_years_are_full(self) -> None:
        of = scheme(LONG + 'on_upgrade = "whole"')
        assert due(clerk(), of, 2014, 2027, "long") == {"2015-03": 2000, "2025-03": 5000}

    def test_or_the_difference(self) -> None:
        of = scheme(LONG + 'on_upgrade = "difference"')
        assert due(clerk(), of, 2014, 2027, "long") == {"2015-03": 2000, "2025-03": 3000}

    def test_which_of_both_is_not_stated_matters_from_the_second_on(self) -> None:
        of = scheme(LONG)
        assert pay_for_month(clerk(), of, year=2015, month=3).gross_fen == 200_000
        slip = pay_for_month(clerk(), of, year=2025, month=3)
        assert isinstance(slip.outcome, Unspecified)
        assert [(one.path, one.readings) for one in slip.outcome.gaps] == [
            ("pay.long.on_upgrade", ("whole", "difference"))
        ]

    def test_is_whole_in_part_of_a_month_in_absence_and_on_probation(self) -> None:
        of = scheme(
            FLAT,
            LONG + 'on_upgrade = "whole"',
            "[probation]\nmonths = 120\ntimes = 0.5",
            "[absences.sick]\ncounts_as_service = true\npay = 0",
            '[rounding]\ncomponent = { to = "fen", mode = "half_up" }',
        )
        leaves = ServiceSpell(start=date(2005, 3, 10), end=date(2015, 3, 20), post="staff")
        away = (AbsenceSpell(start=date(2015, 3, 1), end=date(2015, 3, 15), kind="sick"),)
        slip = pay_for_month(clerk(leaves, absences=away), of, year=2015, month=3)
        assert line(slip, "long").payable_fen == 200_000
        # half pay until 10 March, sick until 15 March: five days of 31 are paid whole
        assert line(slip, "flat").payable_fen == round(Fraction(100_000 * 5, 31))

    def test_who_leaves_before_the_years_are_full_gets_nothing(self) -> None:
        of = scheme(FLAT, LONG, '[rounding]\ncomponent = { to = "fen", mode = "half_up" }')
        leaves = ServiceSpell(start=date(2005, 3, 10), end=date(2015, 3, 10), post="staff")
        assert line(pay_for_month(clerk(leaves), of, year=2015, month=3), "long").payable_fen == 0

    def test_years_that_were_full_when_service_began_again_are_no_rise(self) -> None:
        spells = (
            ServiceSpell(start=date(2003, 1, 1), end=date(2015, 1, 1), post="staff", region="9902"),
            ServiceSpell(start=date(2015, 6, 15), post="staff"),
        )
        of = scheme(LONG + 'on_upgrade = "whole"')
        assert due(clerk(*spells), of, 2014, 2017, "long") == {}


class TestCertificates:
    def worker(self) -> Worker:
        return clerk(
            qualifications=(
                Attainment(value="assistant", obtained=date(2010, 5, 20)),
                Attainment(value="social_worker", obtained=date(2013, 12, 31)),
            )
        )

    def test_fall_due_in_the_month_from_which_they_count(self) -> None:
        of = scheme(CERTIFICATE + 'on_upgrade = "difference"')
        found = due(self.worker(), of, 2009, 2016, "certificate")
        assert found == {"2010-06": 1000, "2014-01": 1500}

    def test_one_held_before_service_began_is_no_rise(self) -> None:
        held = (Attainment(value="assistant", obtained=date(2001, 5, 20)),)
        of = scheme(CERTIFICATE + 'on_upgrade = "difference"')
        assert due(clerk(qualifications=held), of, 2005, 2008, "certificate") == {}

    def test_one_of_the_month_of_entry_is_no_rise_either(self) -> None:
        of = scheme(
            """[pay.diploma]
by = ["post", "schooling"]
yuan = { chief = { bachelor = 900 }, deputy = { bachelor = 900 }, staff = { bachelor = 800 } }
otherwise = 0
accrues_per = "once"
paid = "once\""""
        )
        for day, found in ((date(2010, 6, 10), {}), (date(2010, 6, 20), {"2010-06": 800})):
            held = (Attainment(value="bachelor", obtained=day),)
            joined = clerk(ServiceSpell(start=date(2010, 6, 15), post="staff"), schooling=held)
            assert due(joined, of, 2010, 2011, "diploma") == found

    def test_probation_takes_nothing_off_and_its_end_gives_nothing(self) -> None:
        of = scheme(
            CERTIFICATE + 'on_upgrade = "difference"',
            "[probation]\nmonths = 12\ntimes = 0.5",
            '[rounding]\ncomponent = { to = "fen", mode = "half_up" }',
        )
        held = (Attainment(value="assistant", obtained=date(2005, 5, 20)),)
        found = due(clerk(qualifications=held), of, 2005, 2008, "certificate")
        assert found == {"2005-06": 1000}

    def test_a_lower_one_after_a_higher_one_gives_nothing(self) -> None:
        both = (
            Attainment(value="senior", obtained=date(2010, 5, 20)),
            Attainment(value="assistant", obtained=date(2012, 5, 20)),
        )
        of = scheme(CERTIFICATE + 'on_upgrade = "whole"')
        assert due(clerk(qualifications=both), of, 2009, 2014, "certificate") == {"2010-06": 6000}

    def test_factors_are_taken_when_it_is_due_and_make_nothing_due(self) -> None:
        of = scheme(
            '[quantities.month_pay]\nby = "post"\nyuan = { chief = 3000, deputy = 2000, staff = 1000 }',
            """[pay.months]
bands_of = "service_years"
from = [5]
times = [2]
boundary = "reached"
factors = ["month_pay"]
accrues_per = "once"
paid = "once"
""",
            '[rounding]\ncomponent = { to = "fen", mode = "half_up" }',
        )
        spells = (
            ServiceSpell(start=date(2005, 3, 10), end=date(2009, 1, 1), post="staff"),
            ServiceSpell(start=date(2009, 1, 1), end=date(2012, 1, 1), post="deputy"),
            ServiceSpell(start=date(2012, 1, 1), post="chief"),
        )
        assert due(clerk(*spells), of, 2008, 2014, "months") == {"2010-03": 4000}

    def test_a_day_is_asked_for_its_own_amount(self) -> None:
        slip = pay_on(self.worker(), scheme(FLAT, CERTIFICATE), on=date(2014, 3, 1))
        assert (line(slip, "certificate").accrued_fen, slip.gross_fen) == (250_000, 100_000)


@st.composite
def careers(draw: st.DrawFn) -> Worker:
    """Draw a career that begins without a certificate; each is obtained on a day of its own."""
    count = draw(st.integers(0, 4))
    values = st.sampled_from(("assistant", "social_worker", "senior"))
    days = st.dates(date(2006, 1, 1), date(2008, 12, 31))
    held = tuple(Attainment(value=draw(values), obtained=draw(days)) for _ in range(count))
    return clerk(qualifications=held)


ONCE: Final = {
    rule: scheme(FLAT, f'{CERTIFICATE}on_upgrade = "{rule}"') for rule in ("whole", "difference")
}


@settings(max_examples=30)
@given(careers())
def test_a_one_off_amount_sums_to_its_highest_value_over_a_career(worker: Worker) -> None:
    yuan = {"none": 0, "assistant": 1000, "social_worker": 2500, "senior": 6000}
    held = worker.attained("qualification")
    assert isinstance(held, tuple)
    best = max((yuan[one.value] for one in held), default=0)
    assert sum(due(worker, ONCE["difference"], 2005, 2010, "certificate").values()) == best
    whole = list(due(worker, ONCE["whole"], 2005, 2010, "certificate").values())
    assert len(whole) == len(set(whole))
    assert whole == sorted(whole)
    assert set(whole) <= {yuan[one.value] for one in held}


class TestOnTop:
    INSURANCE: Final = "[pay.insurance]\nyuan = {amount}\nin_total = {summed}"

    @given(st.integers(0, 5000))
    def test_a_line_on_top_never_changes_the_total(self, amount: int) -> None:
        told = self.INSURANCE.format(amount=amount, summed="false")
        slip = pay_for_month(clerk(), scheme(FLAT, told), year=2010, month=3)
        assert slip.gross_fen == 100_000
        assert line(slip, "insurance").payable_fen == amount * 100
        assert not line(slip, "insurance").in_total
        summed = self.INSURANCE.format(amount=amount, summed="true")
        slip = pay_for_month(clerk(), scheme(FLAT, summed), year=2010, month=3)
        assert slip.gross_fen == 100_000 + amount * 100

    def test_a_gap_of_it_is_shown_and_hides_no_total(self) -> None:
        told = self.INSURANCE.format(amount='{ missing = "not printed" }', summed="false")
        slip = pay_for_month(clerk(), scheme(FLAT, told), year=2010, month=3)
        assert slip.outcome == Decided(100_000)
        assert line(slip, "insurance").state == "gap"

    def test_a_supplied_one_is_left_out_too(self) -> None:
        of = scheme(FLAT, "[pay.given]\nsupplied = true\nin_total = false")
        slip = pay_for_month(clerk(), of, year=2010, month=3)
        assert (slip.gross_fen, line(slip, "given").payable_fen) == (100_000, 0)

    def test_the_statement_says_so(self) -> None:
        told = self.INSURANCE.format(amount=300, summed="false")
        slip = pay_for_month(clerk(), scheme(FLAT, told), year=2010, month=3)
        assert "合计之外，不计入合计" in payslip_text(slip, "1", "zh")
        assert "on top of the total, not summed" in payslip_text(slip, "1", "en")


def spell(**fields: object) -> ServiceSpell:
    return ServiceSpell(**{"start": date(2005, 3, 10), **fields})  # type: ignore[arg-type]


class TestTwoPosts:
    SUPPLEMENT: Final = '[pay.both]\nby = "holding_two_posts"\nyuan = { yes = 300, no = 0 }'
    SCHEME: Final = scheme(
        FLAT, SUPPLEMENT, '[concurrent_posts]\npaid_at = "highest"\ntitles = ["一肩挑"]'
    )

    @pytest.mark.parametrize(
        ("spells", "held"),
        [
            ((spell(title="书记"),), "no"),
            ((spell(title="书记"), spell(title="主任")), "yes"),
            ((spell(title="书记"), spell(title="书记")), "no"),
            ((spell(title="书记、主任"),), "yes"),
            ((spell(title="书记兼主任"),), "yes"),
            ((spell(post="chief"), spell(post="staff")), "yes"),
            ((spell(post="chief"), spell(post="chief")), "no"),
            ((spell(post="chief"), spell(title="书记")), "no"),
            ((spell(title="副主任"), spell(post="chief")), "yes"),
            ((spell(post="chief", title="一肩挑"),), "yes"),
            ((spell(post="chief"), spell(post="staff", end=date(2010, 3, 1))), "no"),
            ((spell(post="chief"), spell(post="staff", kind="grid")), "no"),
        ],
    )
    def test_two_titles_are_two_posts(self, spells: tuple[ServiceSpell, ...], held: str) -> None:
        facts = Facts(clerk(*spells), self.SCHEME.versions[0], None, Choices())
        step = Instant(facts, date(2010, 3, 1)).step("holding_two_posts")
        assert step.result == held
        slip = pay_for_month(clerk(*spells), self.SCHEME, year=2010, month=3)
        assert line(slip, "both").payable_fen == (30_000 if held == "yes" else 0)

    def test_a_post_made_of_two_titles_is_two(self) -> None:
        dual = '[posts.dual]\nholds_all = ["书记", "主任"]\ntitles = ["双岗"]'
        of = scheme(dual, FLAT, self.SUPPLEMENT)
        for spells in ((spell(title="书记"), spell(title="主任")), (spell(title="双岗"),)):
            slip = pay_for_month(clerk(*spells), of, year=2010, month=3)
            assert slip.gross_fen == 130_000

    def test_a_title_that_is_not_mapped_is_told(self) -> None:
        slip = pay_for_month(clerk(spell(title="书记、站长")), self.SCHEME, year=2010, month=3)
        assert isinstance(slip.outcome, Unspecified)
        assert [gap.why for gap in slip.outcome.gaps] == ["unmapped-title"]

    def test_the_statement_names_what_is_held(self) -> None:
        both = clerk(spell(title="书记"), spell(title="主任"))
        slip = pay_for_month(both, self.SCHEME, year=2010, month=3)
        assert "是（所任：书记, 主任）" in payslip_text(slip, "1", "zh")


class TestValuesInOrder:
    TREATED: Final = """[quantities.veteran_as]
by = "veteran"
value = { no = "below_senior", yes = "college" }"""
    HIGHER: Final = '[quantities.counts_as]\nhighest = ["schooling", "veteran_as"]'
    PAY: Final = """[pay.by_schooling]
by = "counts_as"
yuan = { below_senior = 1, senior = 2, college = 3, bachelor = 4, master = 5, doctor = 6 }"""
    ORDER: Final = ("below_senior", "senior", "college", "bachelor", "master", "doctor")

    @pytest.mark.parametrize("schooling", ORDER)
    @pytest.mark.parametrize("veteran", ["no", "yes"])
    @pytest.mark.parametrize("form", ["highest", "lowest"])
    @pytest.mark.parametrize("names", ['"schooling", "veteran_as"', '"veteran_as", "schooling"'])
    def test_the_order_of_the_fact_decides(
        self, schooling: str, veteran: str, form: str, names: str
    ) -> None:
        of = scheme(self.TREATED, f"[quantities.counts_as]\n{form} = [{names}]", self.PAY)
        worker = clerk(
            schooling=(Attainment(value=schooling),),
            facts=(StateFact(name="veteran", value=veteran),),
        )
        places = (self.ORDER.index(schooling), 2 if veteran == "yes" else 0)
        place = max(places) if form == "highest" else min(places)
        assert pay_for_month(worker, of, year=2010, month=3).gross_fen == 100 * (place + 1)

    def test_posts_are_ordered_as_the_file_has_them(self) -> None:
        of = scheme(
            '[quantities.paid_as]\nby = "schooling"\nvalue = { doctor = "deputy" }\notherwise = "staff"',
            '[quantities.better]\nhighest = ["paid_as", "post"]',
            '[pay.post_pay]\nby = "better"\nyuan = { chief = 3000, deputy = 2000, staff = 1000 }',
        )
        for post, yuan in (("chief", 3000), ("deputy", 2000), ("staff", 2000)):
            worker = clerk(spell(post=post), schooling=(Attainment(value="doctor"),))
            assert pay_for_month(worker, of, year=2010, month=3).gross_fen == yuan * 100

    def test_a_table_needs_only_what_can_come_out(self) -> None:
        lowest_left_out = self.PAY.replace("below_senior = 1, senior = 2, ", "")
        always = self.TREATED.replace("below_senior", "college")
        assert scheme(always, self.HIGHER, lowest_left_out).id == "sample-once"
        (told,) = told_of(self.TREATED, self.HIGHER, lowest_left_out)
        assert "below_senior, senior" in told

    def test_two_facts_that_order_the_values_differently_order_nothing(self) -> None:
        table = 'by = "veteran"\nvalue = { no = "x", yes = "y" }'
        facts = ('[facts.rising]\nvalues = ["x", "y"]', '[facts.falling]\nvalues = ["y", "x"]')
        sections = (
            f"[quantities.one]\n{table}",
            f"[quantities.two]\n{table}",
            '[quantities.better]\nhighest = ["one", "two"]',
        )
        assert scheme(FLAT, facts[0], *sections).id == "sample-once"
        (told,) = told_of(FLAT, *facts, *sections)
        assert "not on the list of one fact" in told

    @pytest.mark.parametrize(
        ("names", "told"),
        [
            ('"schooling", "qualification"', "not on the list of one fact"),
            ('"schooling", "service_years"', "different units"),
            ('"schooling", "grad"', "'grad' is not defined"),
        ],
    )
    def test_what_cannot_be_compared_is_refused(self, names: str, told: str) -> None:
        (found,) = told_of(FLAT, f"[quantities.counts_as]\nhighest = [{names}]")
        assert told in found


class TestProbationAsAKey:
    LADDER: Final = """[ladder]
grades = [1, 9]
start = 3
waiting_years = 3"""
    CREDIT: Final = '[credits.new]\nby = "on_probation"\ngrades = { yes = -1, no = 0 }'
    PROBATION: Final = "[probation]\nmonths = 6"

    def test_a_grade_lower_during_probation(self) -> None:
        by_grade = '[pay.graded]\nby = "grade"\nyuan = [1, 2, 3, 4, 5, 6, 7, 8, 9]'
        of = scheme(self.LADDER, self.CREDIT, self.PROBATION, by_grade)
        for on, grade in ((date(2005, 9, 9), 2), (date(2005, 9, 10), 3)):
            assert grade_on(clerk(), of, on=on).placement.grade == grade

    def test_a_share_of_another_amount_during_probation(self) -> None:
        of = scheme(
            "[quantities.average]\nyuan = 2000",
            "[quantities.share]\nshare = 0.8",
            '[quantities.part]\nproduct = ["average", "share"]',
            "[quantities.full]\nyuan = 3000",
            """[pay.monthly]
by = "on_probation"
yuan = { yes = { quantity = "part" }, no = { quantity = "full" } }""",
            self.PROBATION,
            '[rounding]\ncomponent = { to = "fen", mode = "half_up" }',
        )
        assert pay_on(clerk(), of, on=date(2005, 5, 1)).gross_fen == 160_000
        assert pay_on(clerk(), of, on=date(2006, 5, 1)).gross_fen == 300_000


@pytest.mark.parametrize(
    ("section", "told"),
    [
        (CERTIFICATE.replace('paid = "once"\n', ""), "'once' and 'monthly'"),
        (CERTIFICATE.replace('accrues_per = "once"\n', ""), "'month' and 'once'"),
        (CERTIFICATE + "paid_in = [12]", "in the month in which it falls due"),
        (FLAT + '\non_upgrade = "whole"', "is for one-off amounts"),
        ('[pay.x]\nsupplied = true\non_upgrade = "whole"', "is for one-off amounts"),
    ],
)
def test_what_does_not_fit_a_one_off_amount_is_refused(section: str, told: str) -> None:
    (found,) = told_of(section)
    assert told in found


class TestAnAmountThatTheSourceLeavesOut:
    OPEN: Final = CERTIFICATE.replace("senior = 6000", 'senior = { missing = "not printed" }')
    AGES_AGO: Final = Attainment(value="senior", obtained=date(2021, 5, 10))

    def test_did_not_rise_where_it_was_the_same_before(self) -> None:
        of, worker = scheme(FLAT, self.OPEN), clerk(qualifications=(self.AGES_AGO,))
        slip = pay_for_month(worker, of, year=2023, month=5)
        assert slip.gross_fen == 100_000
        assert line(slip, "certificate").payable_fen == 0
        assert "the same by 2023-05-31 as before" in payslip_text(slip, "1", "en")
        assert "截至 2023-05-31 与此前相同" in payslip_text(slip, "1", "zh")

    def test_hides_the_month_in_which_it_would_be_due(self) -> None:
        of, worker = scheme(FLAT, self.OPEN), clerk(qualifications=(self.AGES_AGO,))
        assert isinstance(pay_for_month(worker, of, year=2021, month=6).outcome, Unspecified)
        assert isinstance(pay_for_month(worker, of, year=2021, month=5).outcome, Decided)

    def test_hides_a_month_in_which_what_it_is_multiplied_by_may_have_raised_it(self) -> None:
        rate = '[quantities.rate]\nyuan = { missing = "not printed" }'
        long = (
            '[pay.long]\nproduct = ["rate", "service_years"]\naccrues_per = "once"\npaid = "once"\n'
            'rounded = { to = "yuan", mode = "half_up" }'
        )
        of, worker = scheme(FLAT, rate, long), clerk()
        assert isinstance(pay_for_month(worker, of, year=2015, month=3).outcome, Unspecified)
        assert isinstance(pay_for_month(worker, of, year=2015, month=4).outcome, Decided)
