"""A rule for those who came from an earlier scheme: kept, shown, and said not to be applied where it is not."""

from datetime import date
from pathlib import Path

import attrs
import pytest

from cwgrade import (
    PlacementOnRecord,
    Scheme,
    SchemeFileError,
    SchemeVersion,
    ServiceSpell,
    Worker,
    grade_on,
    parse_scheme,
)
from cwgrade.catalogue import scheme_path
from cwgrade.cli import main
from cwgrade.gaps import Missing
from cwgrade.law.transition import Protection, Stage, TransitionRule, WaitingCarried
from cwgrade.statement import grading_text
from tests.tools.bad_schemes import BASE

RULE = """
[transition]
from = "earlier version"
rule = "table"
table = { "1" = 1, "2" = 4 }
protection = "frozen"
waiting = { missing = "not stated", zh = "未载" }
source = "text"

[[transition.staged]]
posts = ["staff"]
effective_on = 2021-01-01
clause = "9"
"""


KEPT = """
[pay.kept]
label = "kept"
protects = true
source = "text"
"""


@pytest.fixture(scope="module")
def version() -> SchemeVersion:
    return parse_scheme(BASE + RULE)


def test_is_read(version: SchemeVersion) -> None:
    rule = version.transition
    assert rule is not None
    assert (rule.earlier, rule.rule, rule.table) == (
        "earlier version",
        TransitionRule.TABLE,
        ((1, 1), (2, 4)),
    )
    assert rule.protection is Protection.FROZEN
    assert isinstance(rule.waiting, Missing)
    (stage,) = rule.staged
    assert stage == Stage(posts=("staff",), effective_on=date(2021, 1, 1), clause="9")


def test_every_rule_can_be_stated() -> None:
    plain = 'from = "old-2010"\nsource = "text"\n'
    for rule in TransitionRule:
        key = {"table": "table = { }", "shift": "shift_yuan = 120.50"}.get(rule, "")
        if rule is TransitionRule.TABLE:
            key = 'table = { missing = "the annex was not found" }'
        stated = parse_scheme(
            f'{BASE}\n[transition]\nrule = "{rule}"\n{key}\nwaiting = "converted"\n{plain}'
        ).transition
        assert stated is not None
        assert (stated.rule, stated.waiting) == (rule, WaitingCarried.CONVERTED)
        assert stated.shift_fen == (12_050 if rule is TransitionRule.SHIFT else None)


def test_a_table_of_grades_needs_a_ladder() -> None:
    plain = scheme_path("harbin-2016").read_text(encoding="utf-8")
    rule = 'from = "old"\nrule = "table"\ntable = { "1" = 1 }\nsource = "notice"\n'
    with pytest.raises(SchemeFileError) as caught:
        parse_scheme(f"{plain}\n[transition]\n{rule}")
    assert "'table' belongs to a ladder of grades" in caught.value.text()


def test_is_part_of_the_digest(version: SchemeVersion) -> None:
    assert version.digest != parse_scheme(BASE).digest


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("Moving here from the earlier version (stored, not computed)", "1 → 1, 2 → 4")),
        ("zh", ("从原版本套改（只存不算）", "保留原薪酬，直至新薪酬达到")),
    ],
)
def test_is_shown(
    lang: str, told: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(BASE + RULE, encoding="utf-8")
    assert main(["show", str(path), "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert [one for one in told if one not in out] == []


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "(computed where that version is on file)"), ("zh", "参与计算）")]
)
def test_is_shown_as_computed_where_what_is_kept_has_a_component(
    lang: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.toml"
    plain = RULE.split("[[", maxsplit=1)[0]
    for rule, computed in (
        (plain.replace("frozen", "none"), True),
        (RULE.replace("frozen", "none"), True),
        (plain, False),
        (f"{plain}{KEPT}", True),
        (plain.replace("frozen", "none").replace("earlier version", "another"), False),
    ):
        path.write_text(BASE + rule, encoding="utf-8")
        assert main(["show", str(path), "--lang", lang]) == 0
        assert (told in capsys.readouterr().out) is computed


def notes(worker: Worker, version: SchemeVersion) -> list[str]:
    grading = grade_on(worker, Scheme((version,)), on=date(2023, 5, 1))
    return [note.code for note in grading.derivation.notes]


def worker(start: date) -> Worker:
    return Worker(id="1", spells=(ServiceSpell(start=start, title="社工"),))


class TestNote:
    def test_is_given_to_who_served_before(self, version: SchemeVersion) -> None:
        old = worker(date(2015, 1, 1))
        assert notes(old, version) == ["transition-not-computed"]
        grading = grade_on(old, Scheme((version,)), on=date(2023, 5, 1))
        for lang, told in (("en", "came from the earlier version. It is not"), ("zh", "原版本")):
            assert told in grading_text(grading, "1", lang, version=version)  # type: ignore[arg-type]

    def test_is_not_given_to_who_began_under_the_scheme(self, version: SchemeVersion) -> None:
        assert notes(worker(date(2020, 1, 1)), version) == []

    def test_is_not_given_where_the_grade_was_approved_under_the_scheme(
        self, version: SchemeVersion
    ) -> None:
        placed = attrs.evolve(
            worker(date(2015, 1, 1)),
            placement=PlacementOnRecord(grade=2, since=date(2020, 1, 1), post="staff"),
        )
        assert "transition-not-computed" not in notes(placed, version)
        before = attrs.evolve(
            placed, placement=PlacementOnRecord(grade=2, since=date(2019, 6, 1), post="staff")
        )
        assert "transition-not-computed" in notes(before, version)

    def test_is_not_given_without_a_rule(self) -> None:
        assert notes(worker(date(2015, 1, 1)), parse_scheme(BASE)) == []
