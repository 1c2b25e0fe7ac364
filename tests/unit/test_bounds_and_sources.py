"""What stands in a cell beside a plain number: printed bounds of it, a source of its own, names of its keys."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from cwgrade.catalogue import parse_scheme
from cwgrade.cli import main
from cwgrade.cli.cells import key_label
from cwgrade.errors import ArgumentError, SchemeFileError
from cwgrade.exchange.results import derivation_from_json, derivation_to_json
from cwgrade.gaps import Bounds, Gap
from cwgrade.grading import Grading, grade_on, quantity_on
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.scheme import Scheme
from cwgrade.schemefile import assume
from cwgrade.statement import gap_text
from cwgrade.statement.places import place_text
from cwgrade.worker import Rating, ServiceSpell, StateFact, Worker

BASE = Path(__file__).parents[1].joinpath("bad_inputs", "base.toml").read_text(encoding="utf-8")
DAY = date(2020, 6, 1)


def edited(*edits: tuple[str, str]) -> Scheme:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Scheme((parse_scheme(text),))


def clerk(post: str = "deputy") -> Worker:
    return Worker(
        id="1",
        spells=(ServiceSpell(start=date(2015, 3, 1), post=post),),
        schooling=(),
        degrees=(),
        qualifications=(),
        honours=(),
        facts=(
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
    )


class TestBounds:
    SPAN = ("deputy = 500,", 'deputy = { missing = "a span", at_least = 400, at_most = 600.5 },')

    def test_are_in_the_answer_and_no_amount_is_made_of_them(self) -> None:
        outcome = quantity_on(clerk(), edited(self.SPAN), "pay.post", on=DAY).outcome
        assert isinstance(outcome, Unspecified)
        (gap,) = outcome.gaps
        assert gap.bounds == Bounds(unit="yuan", at_least=Fraction(400), at_most=Fraction(1201, 2))
        assert gap_text(gap) == "a span. The source prints only: from 400 to 600.5 yuan."
        assert gap_text(gap, "zh") == "a span。原文只写明：400 至 600.5 元。"

    @pytest.mark.parametrize(
        ("bounds", "told"),
        [
            (Bounds(unit="times", at_least=Fraction(6, 5)), "at least 1.2 times."),
            (Bounds(unit="yuan", at_most=Fraction(80)), "at most 80 yuan."),
        ],
    )
    def test_of_one_side_say_one_side(self, bounds: Bounds, told: str) -> None:
        assert gap_text(Gap(path="x", why="y", bounds=bounds)).endswith(told)

    def test_of_others_do_not_matter(self) -> None:
        outcome = quantity_on(clerk("staff"), edited(self.SPAN), "pay.post", on=DAY).outcome
        assert outcome == Decided(20000)

    @pytest.mark.parametrize("value", [400, 600])
    def test_an_assumed_value_lies_within_them(self, value: int) -> None:
        scheme = assume(edited(self.SPAN), {"pay.post.deputy": value})
        assert quantity_on(clerk(), scheme, "pay.post", on=DAY).outcome == Decided(value * 100)

    @pytest.mark.parametrize("value", [399, 601])
    def test_one_outside_them_is_refused(self, value: int) -> None:
        with pytest.raises(
            ArgumentError, match=f"{value} is outside them: at_least = 400, at_most"
        ):
            assume(edited(self.SPAN), {"pay.post.deputy": value})

    def test_are_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["show", "jinan-undated", "--lang", "en"]) == 0
        told = "set locally. The source prints only: at least 100 yuan."
        assert told in capsys.readouterr().out

    def test_go_through_json(self) -> None:
        found = quantity_on(clerk(), edited(self.SPAN), "pay.post", on=DAY).derivation
        assert derivation_from_json(derivation_to_json(found)) == found


class TestSourceOfACell:
    OWN = ("deputy = 500,", 'deputy = { yuan = 500, source = "text", clause = "附件三" },')

    def test_is_shown_in_the_derivation(self) -> None:
        found = quantity_on(clerk(), edited(self.OWN), "pay.post", on=DAY)
        assert found.outcome == Decided(50000)
        citation = found.derivation.root.citation
        assert citation is not None
        assert citation.clause == "附件三"
        other = quantity_on(clerk("staff"), edited(self.OWN), "pay.post", on=DAY)
        assert other.derivation.root.citation != citation

    def test_leaves_nothing_open(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        file = tmp_path / "one.toml"
        file.write_text(BASE.replace(*self.OWN), encoding="utf-8")
        main(["check", str(file), "--lang", "en"])
        assert "pay.post" not in capsys.readouterr().out


class TestNamesOfValues:
    TABLE = (
        "yuan = { deputy = { no = 3000, yes = 3200 }, staff = { no = 2000, yes = 2200 } }",
        'yuan = """\npost\t无证\tcertified\n副职\t3,000\t3200元\nstaff\t2000\t2200.00\n"""',
    )

    def labelled(self) -> Scheme:
        values = 'veteran" }\nvalues = ["no", "yes"]'
        labels = 'labels = { no = { zh = "无证", en = "none" }, yes = { zh = "持证", en = "certified" } }'
        return edited((values, f"{values}\n{labels}"), self.TABLE)

    def test_are_headings_of_a_pasted_table(self) -> None:
        by_hand, pasted = edited().versions[0], self.labelled().versions[0]
        assert pasted.component("award") == by_hand.component("award")

    def test_are_shown_and_explained(self) -> None:
        (version,) = self.labelled().versions
        fact = version.facts[0].name
        assert key_label(version, fact, "yes", "zh") == "持证"
        assert key_label(version, fact, "no", "en") == "none"

    def test_levels_of_certificates_go_by_their_short_names(self) -> None:
        table = 'yuan = """\n证书\t元\n无\t0\n初级\t100元\n中级\t200.00\n高级\t300\n"""'
        scheme = edited(
            ('by = "post"\nyuan = { deputy = 500, staff = 200 }', f'by = "qualification"\n{table}')
        )
        (version,) = scheme.versions
        cells = dict(version.normal_form["pay.post"].quantity.cells)  # type: ignore[union-attr, arg-type]
        assert cells["social_worker",] == Fraction(20000)
        assert quantity_on(clerk(), scheme, "pay.post", on=DAY).outcome == Decided(0)


class TestWholeTables:
    """What goes by something and is not printed at all: one gap, and nobody has an amount."""

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ("yuan = { deputy = 500, staff = 200 }", 'yuan = { missing = "no annex" }', "pay.post"),
            ("from = [5, 10]", 'from = { missing = "no annex" }', "pay.seniority"),
            ("yuan = [100, 200]", 'yuan = { missing = "no annex" }', "pay.seniority"),
            (
                "shares = { basic = 0.7, performance = 0.3 }",
                'shares = { basic = 0.7, performance = { missing = "no annex" } }',
                "split.shares.performance",
            ),
        ],
    )
    def test_may_be_missing(self, old: str, new: str, place: str) -> None:
        scheme = edited((old, new))
        name = place.replace("split.shares", "split")
        outcome = quantity_on(clerk(), scheme, name, on=DAY).outcome
        assert isinstance(outcome, Unspecified)
        assert [(gap.path, gap.why) for gap in outcome.gaps] == [(place, "no annex")]

    @pytest.mark.parametrize(
        ("old", "new", "path", "value"),
        [
            (
                "yuan = { deputy = 500, staff = 200 }",
                'yuan = { missing = "no annex" }',
                "pay.post",
                {"deputy": 500, "staff": 200},
            ),
            ("from = [5, 10]", 'from = { missing = "no annex" }', "pay.seniority", [5, 10]),
        ],
    )
    def test_filled_they_are_the_table(self, old: str, new: str, path: str, value: object) -> None:
        filled = assume(edited((old, new)), {path: value}).versions[0]
        component = path.removeprefix("pay.")
        assert filled.component(component) == edited().versions[0].component(component)

    def test_stated_shares_may_not_pass_the_whole(self) -> None:
        with pytest.raises(SchemeFileError) as caught:
            edited(
                (
                    "shares = { basic = 0.7, performance = 0.3 }",
                    'shares = { basic = 1.2, performance = { missing = "x" } }',
                )
            )
        assert "1.2" in caught.value.text()


class TestRatings:
    """Whether a year counts, or lets a rise come: both ways are tried for whoever has the rating."""

    FAIL = 'fail = { label = { zh = "不合格", en = "fail" }, counted = false, grades = -1 }'

    def graded(self, stated: str, *values: str) -> Grading:
        fail = f'fail = {{ label = {{ zh = "不合格", en = "fail" }}, {stated} }}'
        ratings = tuple(
            Rating(period=str(year), value=value, announced=date(year + 1, 1, 10))
            for year, value in enumerate(values, start=2018)
        )
        spells = (ServiceSpell(start=date(2018, 1, 1), post="deputy"),)
        worker = attrs.evolve(clerk(), ratings=ratings, spells=spells)
        return grade_on(worker, edited((self.FAIL, fail)), on=date(2022, 6, 1))

    @pytest.mark.parametrize("name", ["counted", "rises"])
    def test_are_settled_where_somebody_has_the_rating(self, name: str) -> None:
        gap = f'{name} = {{ missing = "not stated" }}'
        path = f"assessment.ratings.fail.{name}"
        for year_2018, asked in (("competent", False), ("fail", True)):
            found = self.graded(gap, year_2018, "competent", "competent", "competent")
            tried = {pick.question.path for pick in found.derivation.tried}
            assert (path in tried) is asked

    def test_an_answer_stands_where_both_ways_agree(self) -> None:
        years = ("fail", "competent", "competent", "competent")
        ways = [
            self.graded(f"counted = {stated}", *years).placement.grade
            for stated in ("true", "false")
        ]
        assert ways == [3, 2]
        outcome = self.graded('counted = { missing = "not stated" }', *years).outcome
        assert isinstance(outcome, Unspecified)
        (gap,) = outcome.gaps
        assert gap.path == "assessment.ratings.fail.counted"
        assert place_text(gap.path) == "whether a year rated not competent counts"
        later = ("competent", "competent", "competent", "fail")
        assert self.graded('counted = { missing = "not stated" }', *later).placement.grade == 3


def test_the_length_of_probation_has_a_name_of_its_own() -> None:
    assert place_text("probation.months") == "length of probation"
    assert place_text("probation.months", "zh") == "试用期长度"
    assert place_text("probation.times") == "pay during probation"
