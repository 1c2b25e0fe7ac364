"""Values that an analyst assumes where a scheme leaves something open."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest

from cwgrade import (
    ArgumentError,
    Scheme,
    SchemeFileError,
    ServiceSpell,
    Worker,
    assume,
    load_scheme,
    parse_scheme,
    pay_for_month,
)
from cwgrade.cli import main
from cwgrade.law.pay import ProrationRule
from cwgrade.outcomes import Unspecified
from cwgrade.schemefile.assumed import open_fields, plain_value, steps_of
from cwgrade.tomlfile import path_text
from tests.tools.bad_schemes import BASE

GAP = '{ missing = "not stated" }'
POST_TABLE = "yuan = { deputy = 500, staff = 200 }"
TIMES = "times = [1, 1.1, 1.25, 1.4]"


def scheme(*edits: tuple[str, str]) -> Scheme:
    text = BASE
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return Scheme((parse_scheme(text),))


def open_scheme() -> Scheme:
    """Give the base with gaps: a cell, a list's cell, a whole value, fields, and a field left out."""
    return scheme(
        (POST_TABLE, f"yuan = {{ deputy = 500, staff = {GAP} }}"),
        (TIMES, f"times = [1, 1.1, {GAP}, 1.4]"),
        ("multiplier = 0.6", f"multiplier = {GAP}"),
        ('rule = "calendar_days"\nsource = "text"', f"rule = {GAP}"),
        ('component = { to = "fen", mode = "half_up" }\nsource = "text"', f"component = {GAP}"),
        ("other_kinds = 0\n", ""),
    )


PAID = '[concurrent_posts]\npaid_at = "highest"\nsource = "text"\n'


class TestAssume:
    @pytest.mark.parametrize(
        ("path", "value", "place"),
        [
            ("pay.post.yuan.staff", 200, "pay.post.yuan.staff"),
            ("pay.post.staff", 200, "pay.post.yuan.staff"),
            ("quantities.coefficient.times[2]", Decimal("1.25"), "quantities.coefficient.times[2]"),
            ("quantities.coefficient.3", Fraction(5, 4), "quantities.coefficient.times[2]"),
            ("base.peg.multiplier", Decimal("0.6"), "base.peg.multiplier"),
            ("proration.rule", "calendar_days", "proration.rule"),
            (
                "rounding.component",
                {"to": "fen", "mode": "half_up"},
                "rounding.component",
            ),
            ("service.other_kinds", 0, "service.other_kinds"),
        ],
    )
    def test_fills_what_is_open(self, path: str, value: object, place: str) -> None:
        before = open_scheme()
        after = assume(before, {path: value})
        whole, old, new = parse_scheme(BASE), before.versions[0], after.versions[0]
        assert after.id == "sample-base+assumed"
        assert [one.partition("=")[0] for one in new.assumed] == [place]
        assert new.digest != old.digest
        field = place.partition(".")[0]
        assert getattr(new, field) != getattr(old, field)
        if field not in ("proration", "rounding"):  # those name who assumed them as their source
            filled = {one.name for one in attrs.fields(type(whole)) if one.eq and one.init}
            same = [one for one in filled if getattr(new, one) == getattr(whole, one)]
            assert field in same

    def test_all_at_once_gives_the_whole_scheme(self) -> None:
        values: dict[str, object] = {
            "pay.post.staff": 200,
            "quantities.coefficient.3": Decimal("1.25"),
            "base.peg.multiplier": Decimal("0.6"),
            "proration.rule": ProrationRule.CALENDAR_DAYS,
            "rounding.component": {"to": "fen", "mode": "half_up"},
            "service.other_kinds": 0,
        }
        after, whole = assume(open_scheme(), values).versions[0], parse_scheme(BASE)
        names = ("pay", "quantities", "base", "service", "ladder", "posts", "series")
        assert [one for one in names if getattr(after, one) != getattr(whole, one)] == []
        assert after.proration.source == "assumed"
        source = after.source("assumed")
        assert source is not None
        assert "assumed" in source.instrument

    def test_what_was_assumed_is_part_of_the_digest(self) -> None:
        (after,) = assume(open_scheme(), {"pay.post.staff": 200}).versions
        assert attrs.evolve(after, assumed=()).digest != after.digest

    def test_what_is_stated_cannot_be_assumed(self) -> None:
        with pytest.raises(
            ArgumentError, match=r"'pay\.post\.yuan\.deputy' in the scheme"
        ) as caught:
            assume(open_scheme(), {"pay.post.yuan.deputy": 1})
        assert "pay.post.yuan.staff" in str(caught.value)

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "pay",
            "pay.post",
            "pay.nobody.yuan",
            "pay.post.yuan.nobody",
            "pay.post.times",
            "pay.post.paid",
            "quantities.coefficient.9",
            "quantities.coefficient.times[7]",
            "proration.day",
            "nowhere",
            "scheme.note",
        ],
    )
    def test_a_path_that_leads_to_nothing_open_is_refused(self, path: str) -> None:
        with pytest.raises(ArgumentError, match="Nothing is left open"):
            assume(open_scheme(), {path: 1})

    def test_one_wrong_path_among_right_ones_is_refused(self) -> None:
        with pytest.raises(ArgumentError, match="nowhere"):
            assume(open_scheme(), {"pay.post.staff": 200, "nowhere": 1})

    def test_a_key_that_goes_with_a_filled_one_may_stand_beside_it(self) -> None:
        values = {"proration.rule": "state_on_day", "proration.day": 15}
        after = assume(open_scheme(), values).versions[0]
        assert after.proration.day == 15
        with pytest.raises(SchemeFileError):
            assume(open_scheme(), {"proration.rule": "state_on_day"})

    def test_a_value_is_checked_by_the_readers(self) -> None:
        with pytest.raises(SchemeFileError) as caught:
            assume(open_scheme(), {"pay.post.staff": "many", "proration.rule": "by heart"})
        told = [str(one) for one in caught.value.exceptions]
        assert told[0].startswith("assumed: pay.post.yuan.staff: 'many' is not an amount of yuan.")
        assert told[1].startswith("assumed: proration.rule: 'by heart' is not one of the words")

    def test_a_wrong_value_blames_no_file_that_the_scheme_extends(self) -> None:
        with pytest.raises(SchemeFileError) as caught:
            assume(load_scheme("benxi-mingshan-2023"), {"proration.rule": "nonsense"})
        (fault,) = caught.value.exceptions
        assert str(fault).startswith("assumed: proration.rule: 'nonsense' is not one of the words")

    @pytest.mark.parametrize("path", ["split.parts", "split[0].parts"])
    def test_the_only_split_goes_by_either_path(self, path: str) -> None:
        filled = assume(load_scheme("benxi-2023"), {path: "each"})
        assert filled.versions[0].assumed == ("split.parts=each",)

    def test_a_value_of_a_list_that_is_missing_is_the_list(self) -> None:
        scheme = load_scheme("huangshi-2020")
        with pytest.raises(SchemeFileError) as caught:
            assume(scheme, {"ladder.thresholds_years[0]": 3})
        assert caught.value.text().startswith(
            "assumed: ladder.thresholds_years: 3 should be a list"
        )

    def test_days_and_lists_are_values_too(self) -> None:
        day = date(2020, 1, 1)
        assert plain_value({"a": (day, Fraction(1, 3))}) == {"a": [day, "1/3"]}

    def test_a_whole_fraction_is_the_number(self) -> None:
        path = "base.peg.multiplier"
        assert assume(open_scheme(), {path: Fraction(2)}) == assume(open_scheme(), {path: 2})

    @pytest.mark.parametrize("value", [1.5, {"a": [0.5]}, None, object()])
    def test_a_value_that_no_file_could_hold_is_refused(self, value: object) -> None:
        with pytest.raises(ArgumentError):
            assume(open_scheme(), {"pay.post.staff": value})

    def test_a_reading_that_the_words_do_not_allow_is_refused(self) -> None:
        shaanxi = load_scheme("shaanxi-2012")
        with pytest.raises(ArgumentError, match=r"'calendar_years' at service\.convention"):
            assume(shaanxi, {"service.convention": "calendar_years"})

    def test_several_readings_are_open_too(self) -> None:
        shaanxi = load_scheme("shaanxi-2012")
        after = assume(shaanxi, {"pay.post_allowance.member": 100})
        assert after.versions[0].assumed == ("pay.post_allowance.yuan.member=100",)

    def test_a_section_that_is_not_there_is_made(self) -> None:
        bare = scheme((BASE[BASE.index("[concurrent_posts]") : BASE.index("[[scope")], ""))
        after = assume(bare, {"concurrent_posts.paid_at": "highest"}).versions[0]
        assert (str(after.concurrent_posts.paid_at), after.concurrent_posts.source) == (
            "highest",
            "assumed",
        )
        rated = assume(bare, {"effect.honour.takes": "same_day"}).versions[0]
        assert "honour" in [one.fact for one in rated.effects]

    def test_a_version_without_a_file_is_refused(self) -> None:
        version = attrs.evolve(parse_scheme(BASE), origin=None)
        with pytest.raises(ArgumentError, match="read from no file"):
            assume(Scheme((version,)), {"proration.rule": "next_month"})

    def test_what_was_changed_after_reading_stays(self) -> None:
        (version,) = open_scheme().versions
        later = attrs.evolve(version, attested_until=date(2030, 12, 31))
        after = assume(Scheme((later,)), {"pay.post.staff": 200}).versions[0]
        assert after.attested_until == date(2030, 12, 31)
        without = attrs.evolve(version, pay=version.pay[:-1])
        with pytest.raises(ArgumentError, match="pay of the scheme sample-base was changed"):
            assume(Scheme((without,)), {"pay.post.staff": 200})

    def test_goes_to_every_version_in_which_it_is_open(self, tmp_path: Path) -> None:
        first = BASE.replace(POST_TABLE, f"yuan = {{ deputy = 500, staff = {GAP} }}")
        second = BASE.replace("effective_on = 2020-01-01", "effective_on = 2023-01-01")
        (tmp_path / "a@1.toml").write_text(first, encoding="utf-8")
        (tmp_path / "a.toml").write_text(second, encoding="utf-8")
        after = assume(load_scheme(tmp_path / "a.toml"), {"pay.post.staff": 90})
        assert [one.assumed for one in after.versions] == [("pay.post.yuan.staff=90",), ()]
        assert {one.id for one in after.versions} == {"sample-base+assumed"}

    def test_reaches_what_a_scheme_extends(self, tmp_path: Path) -> None:
        gap = BASE.replace(POST_TABLE, f"yuan = {{ deputy = 500, staff = {GAP} }}")
        (tmp_path / "base.toml").write_text(gap, encoding="utf-8")
        head = BASE[: BASE.index("[sources.text]")].replace("sample-base", "sample-upper")
        (tmp_path / "a.toml").write_text(head + 'extends = "base.toml"\n', encoding="utf-8")
        after = assume(load_scheme(tmp_path / "a.toml"), {"pay.post.staff": 90}).versions[0]
        assert after.assumed == ("pay.post.yuan.staff=90",)


def test_open_fields_come_in_the_order_of_the_file() -> None:
    table: Mapping[str, Any] = {
        "a": {"x": [1, {"missing": "m"}]},
        "b": {"readings": [{"yuan": 1}, {"yuan": 2}]},
        "c": 3,
    }
    assert [path_text(path) for path, _ in open_fields(table)] == ["a.x[1]", "b"]
    assert steps_of("a.x[1]") == ("a", "x", 1)


# --- in results


WORKER = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 10), title="主任"),))


def test_every_result_lists_what_was_assumed() -> None:
    after = assume(load_scheme("shaanxi-2012"), {"proration.rule": "calendar_days"})
    slip = pay_for_month(WORKER, after, year=2015, month=3, beyond="carry_forward")
    assert slip.derivation.assumed == ("proration.rule=calendar_days",)
    assert slip.derivation.scheme_id == "shaanxi-2012+assumed"


def test_an_answer_that_turned_on_the_gap_is_found() -> None:
    harbin = load_scheme("harbin-2016")
    worker = Worker(id="1", spells=(ServiceSpell(start=date(2016, 1, 11), title="主任"),))
    before = pay_for_month(worker, harbin, year=2016, month=1)
    assert isinstance(before.outcome, Unspecified)
    values = {"proration.rule": "half_months", "rounding.component": {"to": "yuan", "mode": "up"}}
    assert pay_for_month(worker, assume(harbin, values), year=2016, month=1).gross_fen == 120_000


class TestCommand:
    @pytest.fixture
    def worker(self, tmp_path: Path) -> Path:
        path = tmp_path / "w.toml"
        path.write_text('id = "1"\n[[spells]]\nstart = 2016-01-11\ntitle = "主任"\n', "utf-8")
        return path

    def test_explain_says_so(self, worker: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["explain", str(worker), "--scheme", "harbin-2016", "--month", "2016-01"]
        assume_it = ["--assume", "proration.rule=half_months"]
        main([*arguments, *assume_it, "--lang", "en"])
        out = capsys.readouterr().out
        assert "id harbin-2016+assumed" in out
        assert "how part of a month is paid = half_months (proration.rule)" in out
        main([*arguments, *assume_it, "--json"])
        told = json.loads(capsys.readouterr().out)
        assert told["derivation"]["assumed"] == ["proration.rule=half_months"]
        assert main([*arguments, "--assume", "honours=none"]) == 2
        assert main([*arguments, "--assume", "proration.rule=never"]) == 2
        assert "proration.rule: 'never'" in capsys.readouterr().err

    def test_pay_lists_it_in_rows_and_summary(self, tmp_path: Path) -> None:
        roster = tmp_path / "r.csv"
        roster.write_text("工号,职务,入职日期\n1,主任,2016-01-11\n2,主任,2015-01-11\n", "utf-8")
        out = tmp_path / "out.csv"
        arguments = ["pay", str(roster), "--scheme", "harbin-2016", "--month", "2016-01"]
        more = ["--assume", "proration.rule=half_months", "--assume", "honours=none"]
        assert main([*arguments, *more, "--out", str(out), "--lang", "en"]) == 0
        rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
        for_rows = [row for row in rows if row[0].isdigit()]
        assert all("proration.rule=half_months" in ",".join(row) for row in for_rows)
        (summary,) = [row for row in rows if "Assumed where unknown" in row]
        assert any("honours=none" in cell and "half_months" in cell for cell in summary)
        assert any("harbin-2016+assumed" in row for row in rows)


def test_an_id_is_no_scheme() -> None:
    with pytest.raises(ArgumentError, match=r"'shaanxi-2012' was given\. Load it first"):
        assume("shaanxi-2012", {"proration.rule": "calendar_days"})  # type: ignore[arg-type]


def test_a_section_of_the_scheme_is_no_fact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "o.csv")
    asked = ["pay", "sample", "--scheme", "shaanxi-2012", "--month", "2015-03", "--out", out]
    assert main([*asked, "--assume", "pay=300", "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "'pay' is a section of the scheme, not a fact" in told
    assert "pay.post_allowance.yuan.member" in told
    assert main([*asked, "--assume", "proration=calendar_days", "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    assert "'proration' 是方案的一节" in told
    assert "proration.rule" in told
