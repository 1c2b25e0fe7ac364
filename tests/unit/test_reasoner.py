"""The primitives at one instant, each from a small scheme that is written as a file is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import pytest

from cwgrade.choices import Choices
from cwgrade.facts import Facts
from cwgrade.outcomes import Unspecified
from cwgrade.pay import pay_on
from cwgrade.quantities import Unit, as_number, tidy
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step
from cwgrade.scheme import Scheme
from cwgrade.schemefile import parse_scheme
from cwgrade.worker import Attainment, ServiceSpell, StateFact, Worker

HEAD: Final = """
format = "cwgrade-scheme/1"
[scheme]
id = "sample-primitives"
title = { zh = "虚构示例：各种算法", en = "Invented sample: every form" }
place = "9901"
status = "sample"
revision = 1
checked_on = 2026-11-24
published_on = 2011-12-20
effective_on = 2012-01-01
attested_from = 2012-01-01
attested_until = 2030-12-31
[sources.text]
instrument = "虚构"
read_on = 2026-11-24
trust = "invented"
[posts.chief]
label = { zh = "正职", en = "chief" }
source = "text"
[posts.staff]
label = { zh = "工作人员", en = "staff" }
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
[effect.schooling]
event = "obtained"
takes = "same_month"
source = "text"
[proration]
rule = "calendar_days"
source = "text"
[rounding]
component = { to = "fen", mode = "half_up" }
source = "text"
[facts.remote]
label = { zh = "边远", en = "remote" }
values = ["no", "yes"]
source = "text"
"""


def scheme(*sections: str) -> Scheme:
    text = HEAD
    for section in sections:
        head, _, rest = section.strip().partition("\n")
        text += f'{head}\nlabel = {{ zh = "项", en = "item" }}\nsource = "text"\n{rest}\n'
    return Scheme((parse_scheme(text),))


WORKER: Final = Worker(
    id="1",
    spells=(ServiceSpell(start=date(2015, 3, 1), post="staff"),),
    schooling=(Attainment(value="bachelor"),),
    facts=(StateFact(name="remote", value="yes"),),
)


def step_of(name: str, of: Scheme, worker: Worker = WORKER, on: date = date(2018, 3, 1)) -> Step:
    return Instant(Facts(worker, of.versions[0], None, Choices()), on).step(name)


SIXTY: Final = "[quantities.sixty]\nyuan = 60"
HUNDRED: Final = "[quantities.hundred]\nyuan = 100"
GAP: Final = '[quantities.hidden]\nyuan = { missing = "not stated" }'


class TestForms:
    @pytest.mark.parametrize(
        ("form", "result"),
        [
            ('sum = ["sixty", "hundred"]', 16_000),
            ('highest = ["sixty", "hundred"]', 10_000),
            ('lowest = ["sixty", "hundred"]', 6_000),
            ('product = ["sixty", "half"]', 3_000),
            ('product = ["third", "hundred"]', Fraction(10_000, 3)),
            ('product = ["third", "hundred"]\nrounded = { to = "yuan", mode = "up" }', 3_400),
        ],
    )
    def test_quantities_combined(self, form: str, result: int | Fraction) -> None:
        found = scheme(
            SIXTY,
            HUNDRED,
            "[quantities.half]\ntimes = 0.5",
            '[quantities.third]\ntimes = "1/3"',
            f"[pay.all]\n{form}",
        )
        step = step_of("pay.all", found)
        assert step.result == result
        assert step.unit == Unit.FEN

    @pytest.mark.parametrize("form", ["sum", "highest", "lowest", "product"])
    def test_over_a_gap_there_is_no_result(self, form: str) -> None:
        other = "half" if form == "product" else "sixty"
        found = scheme(
            SIXTY,
            GAP,
            "[quantities.half]\ntimes = 0.5",
            f'[pay.all]\n{form} = ["{other}", "hidden"]',
        )
        step = step_of("pay.all", found)
        assert [gap.path for gap in step.gaps] == ["quantities.hidden"]

    def test_a_gap_times_nothing_is_a_gap(self) -> None:
        found = scheme(
            GAP, "[quantities.zero]\ntimes = 0", '[pay.all]\nproduct = ["zero", "hidden"]'
        )
        assert step_of("pay.all", found).gaps

    def test_a_cell_may_stand_for_another_quantity(self) -> None:
        found = scheme(
            SIXTY,
            HUNDRED,
            '[pay.all]\nby = "post"\n'
            'yuan = { chief = { quantity = "hundred" }, staff = { quantity = "sixty" } }',
        )
        step = step_of("pay.all", found)
        assert step.result == 6_000
        assert [part.path for part in step.parts] == ["posts", "quantities.sixty"]

    def test_a_table_may_give_the_value_of_a_fact(self) -> None:
        found = scheme(
            '[quantities.treated_as]\nby = "remote"\nvalue = { no = "college", yes = "bachelor" }',
            '[pay.all]\nby = "treated_as"\nyuan = { college = 10, bachelor = 20 }',
        )
        assert step_of("treated_as", found).result == "bachelor"
        assert step_of("pay.all", found).result == 2_000

    def test_a_table_without_a_cell_for_a_case(self) -> None:
        found = scheme(
            '[pay.all]\nby = ["post", "remote"]\notherwise = 5\n[pay.all.yuan]\nchief = { yes = 1 }'
        )
        assert step_of("pay.all", found).result == 500

    def test_a_gap_among_the_keys_of_a_table(self) -> None:
        found = scheme(
            '[quantities.treated_as]\nby = "remote"\n'
            'value = { no = "college", yes = { missing = "not stated" } }',
            '[pay.all]\nby = "treated_as"\nyuan = { college = 10 }\notherwise = 20',
        )
        step = step_of("pay.all", found)
        assert [gap.path for gap in step.gaps] == ["quantities.treated_as.yes"]


class TestBands:
    BANDS: Final = (
        '[pay.all]\nbands_of = "service_years"\nfrom = [1, 3, 5]\n'
        'yuan = [10, 30, { missing = "past five years" }]\nboundary = "BOUNDARY"'
    )

    @pytest.mark.parametrize(
        ("boundary", "on", "result"),
        [
            ("reached", date(2016, 2, 29), 0),
            ("reached", date(2016, 3, 1), 1_000),
            ("exceeded", date(2016, 3, 1), 0),
            ("reached", date(2018, 3, 1), 3_000),
            ("exceeded", date(2018, 3, 1), 1_000),
            ("exceeded", date(2020, 3, 1), 3_000),
        ],
    )
    def test_by_the_side_that_counts(self, boundary: str, on: date, result: int) -> None:
        found = scheme(self.BANDS.replace("BOUNDARY", boundary))
        assert step_of("pay.all", found, on=on).result == result

    def test_a_band_that_is_missing(self) -> None:
        found = scheme(self.BANDS.replace("BOUNDARY", "reached"))
        step = step_of("pay.all", found, on=date(2020, 3, 1))
        assert [(gap.path, gap.why) for gap in step.gaps] == [("pay.all[2]", "past five years")]

    def test_bands_of_a_gap(self) -> None:
        found = scheme(
            '[quantities.points]\npoints = { missing = "not stated" }',
            '[pay.all]\nbands_of = "points"\nfrom = [1]\nyuan = [10]\nboundary = "reached"',
        )
        step = step_of("pay.all", found)
        assert [gap.path for gap in step.gaps] == ["quantities.points"]


class TestReadings:
    ALL: Final = (
        '[pay.all]\nby = "post"\n[pay.all.yuan]\nchief = 100\n'
        'staff = { readings = [{ yuan = 50, source = "text" }, { yuan = OTHER, source = "text" }] }'
    )

    def test_two_printed_values_are_both_tried(self) -> None:
        slip = pay_on(WORKER, scheme(self.ALL.replace("OTHER", "60")), on=date(2018, 3, 1))
        assert isinstance(slip.outcome, Unspecified)
        assert [gap.path for gap in slip.outcome.gaps] == ["pay.all.staff"]

    def test_two_that_agree_stand(self) -> None:
        slip = pay_on(WORKER, scheme(self.ALL.replace("OTHER", "50")), on=date(2018, 3, 1))
        assert slip.gross_fen == 5_000


class TestBase:
    def test_may_be_stated_directly(self) -> None:
        found = scheme(
            "[base]\nyuan = 3000",
            '[quantities.coefficient]\nby = "post"\ntimes = { chief = 1.2, staff = 0.8 }',
            '[pay.all]\nproduct = ["base", "coefficient"]',
        )
        assert step_of("base", found).result == 300_000
        assert step_of("pay.all", found).result == 240_000


class TestNumbers:
    def test_whole_numbers_are_ints(self) -> None:
        assert tidy(Fraction(4, 2)) == 2
        assert isinstance(tidy(Fraction(4, 2)), int)
        assert tidy(Fraction(1, 2)) == Fraction(1, 2)
        assert as_number(Fraction(1, 2)) == Fraction(1, 2)

    @pytest.mark.parametrize("value", [True, "5", None, date(2018, 3, 1), ()])
    def test_anything_else_is_a_mistake_of_the_loader(self, value: object) -> None:
        with pytest.raises(TypeError, match="not a number"):
            as_number(value)  # type: ignore[arg-type]
