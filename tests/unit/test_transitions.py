"""The list of a move (套改表), who loses by it, and `cwgrade transition`."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import attrs
import pytest

from cwgrade import (
    ArgumentError,
    Decided,
    NotEligible,
    OneOf,
    PartialDate,
    Scheme,
    ServiceSpell,
    StateFact,
    Unspecified,
    Worker,
    assume,
    load_scheme,
    parse_scheme,
    pay_on,
)
from cwgrade.catalogue import scheme_path
from cwgrade.cli import main
from cwgrade.law.posts import Exclusion
from cwgrade.transitions import nobody_loses, transition_of

KEPT = load_scheme("sample-reform")
TEXT = scheme_path("sample-reform").read_text(encoding="utf-8")


def unprotected() -> str:
    """Give the new version's text without anything kept."""
    before, rest = TEXT.split("[pay.kept]")
    plain = before + "[proration]" + rest.split("[proration]", maxsplit=1)[1]
    return plain.replace('protection = "for_good"', 'protection = "none"')


PLAIN = Scheme((KEPT.versions[0], parse_scheme(unprotected())))


def since(start: date | PartialDate, title: str = "书记", end: date | None = None) -> Worker:
    return Worker(id="1", spells=(ServiceSpell(start=start, end=end, title=title),))


LEAD = since(date(2016, 1, 1))
"""59 months on the eve: grade 2, 2300 + 500; after: grade 2, 2250 + 300: 250 less."""


class TestOneWorker:
    def test_what_is_lost_is_kept(self) -> None:
        found = transition_of(LEAD, KEPT)
        assert (found.before.placement.grade, found.after.placement.grade) == (2, 2)
        assert (found.old_pay.gross_fen, found.new_pay.gross_fen) == (280_000, 280_000)
        assert (found.kept_fen, found.difference, found.loses) == (25_000, Decided(0), False)

    def test_what_is_lost_without_protection(self) -> None:
        found = transition_of(LEAD, PLAIN)
        assert (found.kept_fen, found.difference, found.loses) == (0, Decided(-25_000), True)

    @pytest.mark.parametrize(
        "worker",
        [
            since(date(2021, 1, 1)),
            since(date(2016, 1, 1), end=date(2020, 12, 31)),
            since(date(2016, 1, 1), end=date(2021, 1, 1)),
        ],
        ids=["began-on-the-day", "left-before", "left-on-the-day"],
    )
    def test_who_was_not_there_on_both_days_is_not_moved(self, worker: Worker) -> None:
        found = transition_of(worker, PLAIN)
        assert isinstance(found.difference, NotEligible)
        assert found.difference.reason.code == "not-moved"
        assert found.loses is False

    def test_whom_the_new_version_does_not_pay_loses_all(self) -> None:
        outside = Exclusion(fact="employment", values=("part_time",), source="text")
        scheme = Scheme((PLAIN.versions[0], attrs.evolve(PLAIN.versions[1], excluded=(outside,))))
        part = StateFact(name="employment", value="part_time")
        found = transition_of(attrs.evolve(LEAD, facts=(part,)), scheme)
        assert (found.difference, found.loses) == (Decided(-280_000), True)

    def test_an_unknown_day_gives_every_difference(self) -> None:
        # on the eve 31 months at most: grade 1, 2000 + 500; then 2100 + 300: 100 less, whichever day it was
        vague = since(PartialDate(2018, 6))
        assert transition_of(vague, PLAIN).difference == Decided(-10_000)
        # 37 or 38 months and 34: grade 2, 2800, and on the day 36 of 36 months waited: grade 3, 2700; or
        # grade 3, 3100, and then 2700
        spells = (
            ServiceSpell(start=date(2014, 11, 20), end=PartialDate(2018, 1), title="书记"),
            ServiceSpell(start=date(2018, 2, 1), title="书记"),
        )
        worker = Worker(id="1", spells=spells)
        found = transition_of(worker, PLAIN)
        assert isinstance(found.difference, OneOf)
        assert found.difference.values == (-40_000, -10_000)
        assert found.loses is True
        # what is kept makes up for either, although the old pay is not certain
        assert transition_of(worker, KEPT).difference == Decided(0)

    def test_a_gap_of_the_earlier_version_is_told(self) -> None:
        old = scheme_path("sample-reform").with_name("sample-reform@2016.toml")
        text = old.read_text(encoding="utf-8").replace("2300,", '{ missing = "blotted" },')
        scheme = Scheme((parse_scheme(text), KEPT.versions[1]))
        found = transition_of(LEAD, scheme)
        assert isinstance(found.difference, Unspecified)
        assert found.loses is None
        assert found.kept_fen is None
        assert nobody_loses([LEAD], scheme).holds is None

    def test_a_version_nobody_moved_to_is_refused(self) -> None:
        for scheme, on in ((KEPT, date(2018, 1, 1)), (Scheme(KEPT.versions[1:]), None)):
            with pytest.raises(ArgumentError, match="no move to list"):
                transition_of(LEAD, scheme, on=on)


def test_what_the_document_does_not_say_of_protection_can_be_assumed() -> None:
    text = TEXT.replace('"for_good"', '{ missing = "not printed", zh = "未载" }')
    scheme = Scheme((KEPT.versions[0], parse_scheme(text)))
    assert isinstance(pay_on(LEAD, scheme, on=date(2022, 1, 1)).outcome, Unspecified)
    for rule, fen in (("frozen", 280_000), ("for_good", 295_000)):
        assumed = assume(scheme, {"transition.protection": rule})
        assert pay_on(LEAD, assumed, on=date(2022, 1, 1)).gross_fen == fen


def test_nobody_loses_is_asked_of_a_list() -> None:
    workers = [LEAD, since(date(2019, 7, 1), "委员"), since(date(2021, 3, 1))]
    assert nobody_loses(workers, KEPT).holds is True
    found = nobody_loses(workers, PLAIN)
    assert found.holds is False
    (loser,) = found.losing
    # 250 less, shown by both payslips and their derivations
    assert loser.old_pay.gross_fen - loser.new_pay.gross_fen == 25_000
    assert loser.before.derivation.revision == 1
    assert loser.after.derivation.revision == 2
    assert found.uncertain == ()


ROSTER = """工号,入职日期,职务
01,2016-01-01,书记
02,2019-07-01,委员
03,2021-03-01,委员
"""


def read(name: str) -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


class TestCommand:
    @pytest.fixture(autouse=True)
    def _desk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("r.csv").write_text(ROSTER, encoding="utf-8")
        folder = scheme_path("sample-reform").parent
        old = (folder / "sample-reform@2016.toml").read_text(encoding="utf-8")
        Path("plain@2016.toml").write_text(old, encoding="utf-8")
        Path("plain.toml").write_text(unprotected(), encoding="utf-8")

    def test_the_list_is_written(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["transition", "r.csv", "--scheme", "sample-reform"]
        assert main([*asked, "--out", "moved.csv", "--lang", "en", "--nobody-loses"]) == 0
        rows = read("moved.csv")
        assert [row["worker_id"] for row in rows] == ["01", "02", "03"]
        first = rows[0]
        assert first["old_grade"] == first["new_grade"] == "2"
        assert (first["old_pay_yuan"], first["new_pay_yuan"]) == ("2800.00", "2800.00")
        assert (first["of_which_kept_yuan"], first["difference_yuan"]) == ("250.00", "0.00")
        assert first["reason"] == "by a table of grades; the difference is paid on for good"
        assert (rows[2]["status"], rows[2]["old_pay_yuan"]) == ("not_eligible", "")
        told = capsys.readouterr().out
        assert "Moved: 2; old pay 4900.00 yuan, new pay 5000.00 yuan (of which kept 250.00)" in told
        assert "Nobody loses by the move." in told

    def test_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["transition", "r.csv", "--scheme", "sample-reform", "--out", "moved.csv"]
        assert main([*asked, "--lang", "zh"]) == 0
        text = Path("moved.csv").read_text(encoding="utf-8-sig")
        assert "2,01,已确定,负责人,2021-01-01,2,,2800.00,2,,2800.00,250.00,0.00,否" in text
        assert "套改后无人减少" in capsys.readouterr().out

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_who_loses_is_named_and_is_a_fault_where_nobody_should(
        self, lang: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asked = ["transition", "r.csv", "--scheme", "plain.toml", "--lang", lang]
        assert main(asked) == 0
        told = capsys.readouterr().out
        assert {"en": "row 2, 01: grade 2 → 2", "zh": "第 2 行，01：等级 2 → 2"}[lang] in told
        assert "-250.00" in told
        assert main([*asked, "--nobody-loses"]) == 1

    def test_a_row_that_cannot_be_read_is_not_lost(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        Path("r.csv").write_text(ROSTER + "04,2016-13-01,委员\n", encoding="utf-8")
        asked = ["transition", "r.csv", "--scheme", "sample-reform", "--lang", "en"]
        assert main([*asked, "--out", "moved.csv"]) == 1
        assert "Not settled: 1 (rows 5)" in capsys.readouterr().out
        *_, last = read("moved.csv")
        assert (last["worker_id"], last["status"]) == ("04", "bad_row")
        assert "13" in last["reason"]

    def test_a_scheme_without_a_move_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ["transition", "r.csv", "--scheme", "sample-reform", "--lang", "en"]
        assert main([*asked, "--on", "2018-01-01"]) == 2
        assert "no move to list" in capsys.readouterr().err
