"""What a scheme file without a fault becomes, and how faults hold together. Bad files: tests/bad_inputs."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from importlib import resources
from pathlib import Path
from typing import Any, cast

import attrs
import pytest

import cwgrade.schemefile
from cwgrade.accrual import months
from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.errors import FileFault, SchemeFileError
from cwgrade.gaps import Missing, Reference
from cwgrade.ladder import Boundary
from cwgrade.law.effects import NOT_STATED
from cwgrade.money import Rounding, RoundingMode, RoundTo
from cwgrade.quantities import Number, Steps, Table, Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile import parse_scheme
from cwgrade.schemefile.layers import layered
from cwgrade.schemefile.problems import At, Found, typed
from cwgrade.schemefile.sections import Section
from cwgrade.schemefile.vocabulary import (
    HEADER,
    NAMED,
    PRORATION_READINGS,
    SINGLE,
    SPLIT,
)
from cwgrade.schemefile.vocabulary import (
    SOURCE as SOURCE_SECTION,
)
from cwgrade.tomlfile import parse_toml
from cwgrade.wording import en
from tests.tools.bad_schemes import BASE

SOURCE = Path(cwgrade.schemefile.__file__).parent


def read(*edits: tuple[str, str]) -> SchemeVersion:
    return parse_scheme(edited(*edits))


def edited(*edits: tuple[str, str]) -> str:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def added(*quantities: str) -> tuple[str, str]:
    told = "".join(
        f'[quantities.{name}]\nlabel = "{name}"\n{body}\nsource = "text"\n\n'
        for name, _, body in (one.partition(" ") for one in quantities)
    )
    return "[split]\n", told + "[split]\n"


def faults_of(text: str) -> list[FileFault]:
    with pytest.raises(SchemeFileError) as caught:
        parse_scheme(text)
    return [fault for fault in caught.value.exceptions if isinstance(fault, FileFault)]


def quantity(version: SchemeVersion, name: str) -> object:
    return version.normal_form[name].quantity


SHIPPED = resources.files("cwgrade.catalogue") / "schemes"


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_a_bundled_scheme_loads(scheme_id: str) -> None:
    assert load_scheme(scheme_id).id == scheme_id


def test_every_bundled_version_belongs_to_a_bundled_scheme() -> None:
    names = {path.name.removesuffix(".toml") for path in SHIPPED.iterdir() if path.is_file()}
    assert {name.partition("@")[0].partition(".")[0] for name in names} == set(scheme_ids())


# --- values


class TestValues:
    def test_a_region_loses_the_zeros_that_stand_for_the_whole(self) -> None:
        assert read(('place = "9901"', 'place = "990100"')).place == "9901"

    def test_a_label_may_be_one_text(self) -> None:
        version = read(('label = { zh = "退役军人", en = "veteran" }', 'label = "退役军人"'))
        assert (version.facts[0].label.zh, version.facts[0].label.en) == ("退役军人", "退役军人")

    def test_an_amount_may_be_a_fraction(self) -> None:
        version = read(("deputy = 500", 'deputy = "100/3"'))
        table = quantity(version, "pay.post")
        assert isinstance(table, Table)
        assert table.cell(("deputy",)) == Fraction(10000, 3)

    @pytest.mark.parametrize("number", ["1e9", "1e999999999", "０.５", " 1", "1/0", "1_000"])
    def test_no_other_text_is_a_number(self, number: str) -> None:
        text = edited(("multiplier = 0.6", f'multiplier = "{number}"'))
        assert [fault.code for fault in faults_of(text)] == ["not-a-number"]

    def test_waiting_periods_may_be_in_months_or_in_parts_of_a_year(self) -> None:
        version = read(("thresholds_years = [3, 6, 10]", "thresholds_months = [30, 60, 90]"))
        assert version.ladder is not None
        assert version.ladder.thresholds == (30, 60, 90)
        version = read(("thresholds_years = [3, 6, 10]", "waiting_years = 2.5"))
        assert version.ladder is not None
        assert version.ladder.waiting_months == 30

    def test_an_unknown_effective_day_is_none(self) -> None:
        assert read(("effective_on = 2020-01-01", 'effective_on = "unknown"')).effective_on is None

    def test_the_base_may_be_stated_and_rounded(self) -> None:
        start = BASE.index("[base.peg]")
        peg = BASE[start : BASE.index("[quantities.coefficient]")]
        form = 'yuan = 3000\nrounded = { to = "yuan", mode = "down" }'
        version = read((peg, ""), ('en = "base" }', f'en = "base" }}\n{form}'))
        assert version.normal_form["base"].rounding == Rounding(
            to=RoundTo.YUAN, mode=RoundingMode.DOWN
        )

    def test_a_rounding_of_a_share_is_the_components_own(self) -> None:
        rounded = 'rounded = { to = "jiao", mode = "up" }'
        version = read(('en = "basic pay" }', f'en = "basic pay" }}\n{rounded}'))
        component = version.component("basic")
        assert component is not None
        assert component.rounded == Rounding(to=RoundTo.JIAO, mode=RoundingMode.UP)

    def test_one_share_holds_for_all_components(self) -> None:
        version = read(
            ("times = { basic = 0.8 }", "times = 0.8"), ("pay = { basic = 0.6 }", "pay = 0")
        )
        assert version.probation is not None
        assert version.probation.times == Fraction(4, 5)
        assert version.absences[0].pay == 0


class TestGaps:
    def test_a_list_of_thresholds_may_be_missing_as_a_whole(self) -> None:
        version = read(("thresholds_years = [3, 6, 10]", 'thresholds_years = { missing = "none" }'))
        assert version.ladder is not None
        assert version.ladder.thresholds == (Missing(why="none"),) * 3

    def test_bands_without_their_bounds_keep_what_is_printed(self) -> None:
        """The amounts are kept beside the gap, with what is missing among them."""
        version = read(
            ("from = [5, 10]", 'from = { missing = "x" }'),
            ("yuan = [100, 200]", 'yuan = [100, { missing = "y" }]'),
        )
        assert quantity(version, "pay.seniority") == Number(
            cell=Missing(why="x"),
            instead_of=Steps(
                of="service_years",
                starts=(),
                cells=(Fraction(10000), Missing(why="y")),
                boundary=Boundary.REACHED,
            ),
        )
        assert version.normal_form["pay.seniority"].needs() == ()

    @pytest.mark.parametrize(("amount", "told"), [("100", False), ("100.005", True)])
    def test_parts_of_a_fen_beside_a_gap_need_a_rounding(self, amount: str, *, told: bool) -> None:
        rounding = '[rounding]\ncomponent = { to = "fen", mode = "half_up" }\nsource = "text"\n'
        text = edited(
            ("from = [5, 10]", 'from = { missing = "x" }'),
            ("yuan = [100, 200]", f"yuan = [{amount}, 200]"),
            (rounding, ""),
        )
        found = {one.path for one in faults_of(text) if one.code == "rounding-needed"}
        assert ("pay.seniority" in found) is told

    def test_a_gap_may_single_out_readings(self) -> None:
        gap = '{ missing = "x", zh = "未载", among = ["whole_months", "pooled_days"] }'
        version = read(('"whole_months"', gap))
        assert version.service is not None
        assert version.service.convention == Missing(
            why="x", zh="未载", among=("whole_months", "pooled_days")
        )

    def test_the_readings_of_proration_are_those_that_are_tried(self) -> None:
        tried = vars(months)["_PRORATION_READINGS"]
        assert tuple(str(one) for one in tried) == PRORATION_READINGS


# --- formulas


class TestFormulas:
    def test_a_list_by_grade_begins_at_the_lowest(self) -> None:
        table = quantity(read(), "coefficient")
        assert isinstance(table, Table)
        assert [keys for keys, _ in table.cells] == [("1",), ("2",), ("3",), ("4",)]

    def test_a_table_by_grade_may_list_the_whole_ladder_or_what_posts_reach(self) -> None:
        fewer = [("grades = [2, 4]", "grades = [2, 3]")]
        shorter = ("[1, 1.1, 1.25, 1.4]", "{ 1 = 1, 2 = 1.1, 3 = 1.25 }")
        for edits in (fewer, [*fewer, shorter]):
            assert isinstance(quantity(read(*edits), "coefficient"), Table)

    def test_bands_keep_their_side(self) -> None:
        bands = quantity(read(), "pay.seniority")
        assert bands == Steps(
            of="service_years",
            starts=(Fraction(5), Fraction(10)),
            cells=(Fraction(10000), Fraction(20000)),
            boundary=Boundary.REACHED,
        )

    def test_values_of_facts_can_be_taken_over_and_looked_up(self) -> None:
        version = read(
            added(
                'always value = "staff"',
                'paid_as by = "schooling"\nvalue = { doctor = { quantity = "always" } }\n'
                'otherwise = { quantity = "post" }',
                'amount by = "paid_as"\nyuan = { staff = 1, deputy = 2 }',
                'lower lowest = ["amount", "base"]',
            )
        )
        assert version.normal_form["lower"].unit is Unit.FEN
        assert quantity(version, "always") == Number(cell="staff")

    def test_a_table_of_values_that_lead_in_a_circle_is_told_as_one(self) -> None:
        text = edited(
            added(
                'first by = "post"\nvalue = { deputy = "staff", staff = { quantity = "second" } }',
                'second by = "post"\nvalue = { deputy = "staff", staff = { quantity = "first" } }',
                'amount by = "first"\nyuan = { staff = 1 }',
            )
        )
        assert "circle" in {fault.code for fault in faults_of(text)}

    def test_a_name_in_a_circle_is_not_blamed_for_more(self) -> None:
        text = edited(added('first sum = ["first"]', 'amount by = "first"\nyuan = { a = 1 }'))
        assert [fault.code for fault in faults_of(text)] == ["circle"]

    def test_an_amount_of_an_unknown_name_needs_no_rounding_yet(self) -> None:
        rounding = BASE[BASE.index("[rounding]") :]
        text = edited(('["base", "coefficient"]', '["bse"]'), (rounding, ""))
        assert [fault.code for fault in faults_of(text)] == ["unknown-name"]

    def test_a_cell_may_be_another_quantity(self) -> None:
        version = read(("deputy = 500", 'deputy = { quantity = "base" }'))
        table = quantity(version, "pay.post")
        assert isinstance(table, Table)
        assert table.cell(("deputy",)) == Reference(quantity="base")

    def test_an_amount_in_whole_fen_needs_no_rounding(self) -> None:
        rounding = BASE[BASE.index("[rounding]") :]
        split = BASE[BASE.index("[split]") : BASE.index("[pay.post]")]
        split_at = "[quantities.last_result]"
        probation = BASE[BASE.index("[probation]") : BASE.index("[proration]")]
        less: list[tuple[str, str]] = [(rounding, ""), (split, ""), (probation, "")]
        more = added(
            "plain yuan = 7", 'added sum = ["plain", "plain"]', 'twice sum = ["added", "plain"]'
        )
        paid = '[pay.more]\nlabel = "more"\nsum = ["twice"]\nsource = "text"\n\n[pay.post]'
        less += [("pay = { basic = 0.6 }", "pay = 1"), ("[pay.post]", paid)]
        less.append((split_at, more[1].replace("[split]\n", split_at)))
        assert read(*less).rounding.component is NOT_STATED
        for old, new in (("deputy = 500", "deputy = 500.005"), ("[100, 200]", '[100, "1/3"]')):
            assert [fault.code for fault in faults_of(edited(*less, (old, new)))] == [
                "rounding-needed"
            ]

    def test_an_amount_with_a_rounding_of_its_own_needs_no_other(self) -> None:
        rounding = BASE[BASE.index("[rounding]") :]
        split = BASE[BASE.index("[split]") : BASE.index("[pay.post]")]
        probation = BASE[BASE.index("[probation]") : BASE.index("[proration]")]
        paid = '[pay.more]\nlabel = "more"\nhighest = ["post_pay"]\nsource = "text"\n\n'
        edits = (
            (rounding, ""),
            (split, paid),
            (probation, ""),
            ("pay = { basic = 0.6 }", "pay = 1"),
        )
        assert read(*edits).component("more") is not None

    def test_too_many_entries_are_refused_before_they_cost_anything(self) -> None:
        cells = ", ".join(f"k{place} = 1" for place in range(5001))
        codes = [
            one.code for one in faults_of(edited(added(f'big by = "post"\nyuan = {{ {cells} }}')))
        ]
        assert codes == ["too-many"]
        many = [f"q{place} yuan = 1" for place in range(301)]
        assert "too-many" in {one.code for one in faults_of(edited(added(*many)))}


# --- faults


class TestFaults:
    def test_what_is_meant_by_a_misspelt_key_is_not_missing_too(self) -> None:
        text = edited(("lag_years = 1", "lag_yers = 1"))
        assert [(one.code, one.line) for one in faults_of(text)] == [("unknown-key", 135)]

    def test_faults_stand_in_the_order_of_the_file(self) -> None:
        text = edited(('rule = "calendar_days"', 'rule = "days"'), ("revision = 1", "revision = 0"))
        assert [fault.line for fault in faults_of(text)] == [9, 209]

    def test_a_fault_keeps_code_place_and_facts(self) -> None:
        (fault,) = faults_of(edited(("deputy = 500", "deputy = 0.5e-3, chief = 1")))[:1]
        assert (fault.code, fault.path) == ("unknown-table-key", "pay.post.yuan.chief")
        assert fault.facts["value"] == "chief"
        assert fault.facts["accepted"] == ["deputy", "staff"]

    def test_a_place_without_a_line_is_told_by_its_name(self) -> None:
        found = Found()
        found.note("figure-twice", ("x",), value=1, first=At(("y",)))
        (fault,) = found.faults(layered(parse_toml("a = 1", file="f.toml")))
        assert (
            fault.text("en") == "f.toml: x: The year 1 has a figure already, y. Keep the right one."
        )

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            (None, "None"),
            ('a"b', '"a\\"b"'),
            (Fraction(1, 3), "1/3"),
            ([], "[]"),
            ({}, "{}"),
            ([date(2020, 1, 2)], "[2020-01-02]"),
            ({"a": [1, True]}, "{ a = [1, true] }"),
        ],
    )
    def test_a_value_is_told_as_the_file_writes_it(self, value: object, told: str) -> None:
        assert typed(value) == told


# --- the vocabulary holds together with the classes and the wording


def _sections() -> Iterator[Section]:
    yield from (HEADER, SOURCE_SECTION, SPLIT)
    yield from (section for *_, section in NAMED.values())
    yield from SINGLE.values()


# [ladder] and [step] are one class
_ONE_OF_A_CLASS = {section.make: section for section in _sections()}.values()


@pytest.mark.parametrize("section", list(_ONE_OF_A_CLASS), ids=lambda one: one.make.__name__)
def test_every_field_of_a_class_has_a_key(section: Section) -> None:
    fields = {field.name for field in attrs.fields(cast("type[Any]", section.make))}
    given = {one.field or name for name, one in section.keys.items()}
    shaped = {
        "by_component", "formula", "name", "id", "kind", "fact", "rating", "series", "thresholds",
        "waiting_months", "citation", "by_post", "published", "_attached",
        "_written", "_path",
    }  # fmt: skip
    assert {name for name in fields - given if not name.endswith(tuple(shaped))} == set()


def _codes() -> set[str]:
    calls = {"Problem", "problem", "Wrong", "add", "note", "SchemeFault"}
    found = set()
    for module in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in calls:
                    found |= {
                        one.value
                        for one in ast.walk(node.args[0])
                        if isinstance(one, ast.Constant) and isinstance(one.value, str)
                    }
    return {code for code in found if "-" in code}


@pytest.mark.parametrize("code", sorted(_codes()))
def test_every_code_has_a_message(code: str) -> None:
    assert code in en.MESSAGES
    assert all(name != "" for _, name, _, _ in string.Formatter().parse(en.MESSAGES[code]))


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("attested_from", '"2015"', date(2015, 12, 31)),
        ("attested_from", '"2015-02"', date(2015, 2, 28)),
        ("attested_until", '"2025"', date(2025, 1, 1)),
        ("attested_until", '"2025-03"', date(2025, 3, 1)),
        ("attested_until", "2025-03-02", date(2025, 3, 2)),
    ],
)
def test_proof_of_a_year_is_proof_of_its_surest_day(key: str, written: str, read: date) -> None:
    text = re.sub(rf"^{key} = .*$", f"{key} = {written}", BASE, flags=re.MULTILINE)
    assert getattr(parse_scheme(text), key) == read
