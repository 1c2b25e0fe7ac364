"""What follows ratings beyond grade and pay is reported with every answer, and moves none."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.cli import main
from cwgrade.grading import grade_on
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.reasons import Derivation
from cwgrade.statement import grading_text, payslip_html, payslip_text
from cwgrade.worker import Rating
from tests.unit.test_once import FLAT, clerk, scheme, text_of

SECTIONS: Final = (
    FLAT,
    """[assessment]
ratings = { competent = { label = "合格" }, basic = { label = "基本合格" }, fail = { label = "不合格" } }""",
    """[[assessment.consequences]]
rating = "fail"
consecutive = 2
what = { zh = "解除合同", en = "end of contract" }
clause = "第九条\"""",
    """[[assessment.consequences]]
rating = "basic"
consecutive = 3
what = { zh = "待岗培训", en = "training" }""",
)
SCHEME: Final = scheme(*SECTIONS)
FAILED: Final = (Rating(period="2016", value="fail"), Rating(period="2017", value="fail"))


def reported(derivation: Derivation) -> list[tuple[str, str]]:
    found = [dict(note.facts) for note in derivation.notes if note.code == "consequence"]
    return [(facts["en"], facts["years"]) for facts in found]


def told(ratings: tuple[Rating, ...], on: date = date(2018, 3, 1)) -> list[tuple[str, str]]:
    """Give what is reported; the grade, a day and a month report the same."""
    worker = clerk(ratings=ratings)
    found = [
        reported(grade_on(worker, SCHEME, on=on).derivation),
        reported(pay_on(worker, SCHEME, on=on).derivation),
        reported(pay_for_month(worker, SCHEME, year=on.year, month=on.month).derivation),
    ]
    assert found[0] == found[1] == found[2]
    return found[0]


class TestWhen:
    def test_the_years_are_there(self) -> None:
        assert told(FAILED) == [("end of contract", "2016, 2017")]
        assert told(FAILED[1:]) == []

    def test_it_is_the_year_after(self) -> None:
        assert told(FAILED, date(2017, 12, 1)) == []
        assert told(FAILED, date(2018, 1, 1)) == [("end of contract", "2016, 2017")]

    def test_the_second_rating_is_announced(self) -> None:
        late = Rating(period="2017", value="fail", announced=date(2018, 4, 20))
        assert told((FAILED[0], late), date(2018, 4, 1)) == []
        assert told((FAILED[0], late), date(2018, 5, 1)) == [("end of contract", "2016, 2017")]

    @pytest.mark.parametrize(
        ("years", "times"), [((2014, 2015, 2016, 2017), 1), ((2013, 2014, 2016, 2017), 2)]
    )
    def test_a_row_is_told_once(self, years: tuple[int, ...], times: int) -> None:
        ratings = tuple(Rating(period=str(year), value="fail") for year in years)
        assert len(told(ratings)) == times

    def test_a_year_between_breaks_the_row(self) -> None:
        between = Rating(period="2016", value="competent")
        ends = tuple(Rating(period=year, value="fail") for year in ("2015", "2017"))
        assert told((*ends, between)) == []


@given(st.lists(st.sampled_from(("competent", "basic", "fail")), min_size=1, max_size=8))
def test_what_is_reported_moves_no_amount(values: list[str]) -> None:
    ratings = tuple(
        Rating(period=str(2017 - back), value=value) for back, value in enumerate(values)
    )
    slip = pay_for_month(clerk(ratings=ratings), SCHEME, year=2018, month=3)
    assert slip.gross_fen == 100_000
    text = "".join(value[0] for value in reversed(values))
    expected = [
        name
        for name, row in (("end of contract", "ff"), ("training", "bbb"))
        for run in _runs(text)
        if run.startswith(row)
    ]
    assert [name for name, _ in reported(slip.derivation)] == expected


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for letter in text:
        if runs and runs[-1][0] == letter:
            runs[-1] += letter
        else:
            runs.append(letter)
    return runs


class TestWhere:
    def test_statements_say_it_with_its_clause(self) -> None:
        worker, version = clerk(ratings=FAILED), SCHEME.versions[0]
        grading = grade_on(worker, SCHEME, on=date(2018, 3, 1))
        slip = pay_for_month(worker, SCHEME, year=2018, month=3)
        assert "解除合同" in grading_text(grading, "1", "zh", version=version)
        assert "解除合同" in payslip_text(slip, "1", "zh", version=version)
        page = payslip_html(slip, grading, "1", "zh", year=2018, month=3, version=version)
        assert "按方案规定：解除合同" in page
        assert "第九条" in page

    def test_pay_lists_the_rows(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("s.toml").write_text(text_of(*SECTIONS), encoding="utf-8")
        rows = ("工号,职务,入职日期,2016年考核,2017年考核", *_rows())
        Path("r.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        ask = ("pay", "r.csv", "--scheme", "s.toml", "--month", "2018-03", "--out", "o.csv")
        main([*ask, "--lang", "zh"])
        assert "解除合同：2 人（第 3、5 行）" in capsys.readouterr().out
        assert "考核后果（仅提示）,解除合同：2 人（第 3、5 行）" in Path("o.csv").read_text(
            encoding="utf-8-sig"
        )
        main([*ask, "--lang", "en"])
        assert "end of contract: 2 (rows 3, 5)" in capsys.readouterr().out


def _rows() -> tuple[str, ...]:
    return (
        "1,委员,2005-03-01,合格,不合格",
        "2,委员,2005-03-01,不合格,不合格",
        # not there in that month: nothing is left to report
        "3,委员,2018-04-01,不合格,不合格",
        "4,书记,2005-03-01,不合格,不合格",
    )
