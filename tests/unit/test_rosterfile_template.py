"""The empty roster: drop-down lists, and reading back what was filled in."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest

from cwgrade.errors import ArgumentError, RosterFileError
from cwgrade.rosterfile import read_roster, write_roster_template
from cwgrade.worker import Attainment, Rating, StateFact

POSTS = [("principal", "正职"), ("deputy", "副职"), ("staff", "工作人员")]
FACTS = {
    "zone": [("urban", "城区"), ("rural", "农村")],
    "rating": [("excellent", "优秀"), ("competent", "达标"), ("fail", "不合格")],
    "qualification": [("none", "没有证"), ("assistant", "助理社会工作师")],
}


@pytest.fixture(params=["zh", "en"])
def template(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "roster.xlsx"
    lang: Literal["zh", "en"] = request.param
    write_roster_template(path, posts=POSTS, facts=FACTS, grades=(1, 18), lang=lang)
    return path


def _fill(path: Path, sheet: str, **cells: object) -> None:
    book = openpyxl.load_workbook(path)
    rows = book[sheet]
    row = rows.max_row + 1
    places = {cell.value: cell.column for cell in rows[1]}
    for header, value in cells.items():
        rows.cell(row, places[header.replace("__", ":")], value)
    book.save(path)


def _rules(sheet: Any) -> dict[str, str]:
    """Give the source of the drop-down list of each column, by header."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        column = str(rule.sqref).split(":")[0].rstrip("0123456789")
        found[sheet[f"{column}1"].value] = rule.formula1
    return found


def test_is_readable_and_empty(template: Path) -> None:
    roster = read_roster(template)
    assert roster.rows == ()
    assert roster.unrecognised == ()
    assert not roster.skipped
    assert {notice.code for notice in roster.notices} <= {"notice-missing-column"}


def test_the_sheets_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster_template(path, posts=POSTS, facts=FACTS, grades=(1, 18), lang="zh")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "人员名册",
        "任职经历",
        "学历学位",
        "职业资格",
        "年度考核",
        "请假停职",
        "荣誉",
        "选项",
        "说明",
    ]
    main = book["人员名册"]
    headers = [cell.value for cell in main[1]]
    assert headers[:5] == ["工号", "岗位类别", "职务", "地区", "服务类别"]
    assert headers[-1] == "事实:zone"
    assert main["A2"].number_format == "@" or main.column_dimensions["A"].width
    assert "不知道" in book["说明"]["A2"].value
    rules = _rules(main)
    assert {
        "岗位类别",
        "核定岗位",
        "学历",
        "学位",
        "职业资格",
        "荣誉",
        "用工形式",
        "身份",
        "事实:zone",
    } <= set(rules)
    assert rules["核定等级"] == '"' + ",".join(str(grade) for grade in range(1, 19)) + '"'
    assert set(_rules(book["年度考核"])) == {"考核结果"}
    assert set(_rules(book["任职经历"])) == {"岗位类别", "服务类别"}
    # the list of posts points at the labels
    first, last = (
        rules["岗位类别"]
        .removeprefix("选项!")
        .removeprefix("'选项'!")
        .replace("$B$", "")
        .split(":")
    )
    labels = [book["选项"].cell(row, 2).value for row in range(int(first), int(last) + 1)]
    assert labels == ["正职", "副职", "工作人员"]


def test_the_sheets_in_english(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster_template(path, lang="en")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "roster",
        "spells",
        "education",
        "qualifications",
        "ratings",
        "absences",
        "honours",
        "choices",
        "guide",
    ]
    assert [cell.value for cell in book["roster"][1]][:2] == ["worker_id", "post"]
    assert "An empty cell means" in book["guide"]["A2"].value
    assert "核定等级" not in _rules(book["roster"])
    assert read_roster(path).rows == ()


def test_what_is_filled_in_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster_template(path, posts=POSTS, facts=FACTS, grades=(1, 18), lang="zh")
    _fill(
        path,
        "人员名册",
        工号="007",
        岗位类别="副职",
        职务="副书记",
        入职日期="2019.07",
        学历="本科",
        职业资格="无",
        荣誉="无",
        核定等级="7",
        核定日期="2021-01-01",
        事实__zone="城区",
    )
    _fill(path, "年度考核", 工号="007", 考核周期="2023", 考核结果="达标")
    (worker,) = read_roster(path).workers
    assert worker.spells[0].post == "deputy"
    assert worker.schooling == (Attainment(value="bachelor"),)
    assert worker.honours == ()
    assert worker.placement is not None
    assert worker.placement.post == "deputy"
    assert worker.placement.since == date(2021, 1, 1)
    assert worker.facts == (StateFact(name="zone", value="urban"),)
    assert worker.ratings == (Rating(period="2023", value="competent"),)
    assert worker.qualifications == ()


def test_a_label_that_contradicts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster_template(path, posts=[("a", "正职"), ("b", "正职")], lang="zh")
    with pytest.raises(RosterFileError) as refused:
        read_roster(path)
    assert "[选项]:" in refused.value.text()
    assert "the spelling '正职' would mean both a and b" in refused.value.text()


def test_a_changed_list_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster_template(path, lang="en")
    _fill(path, "choices", list="schooling", label="x", value="batchelor")
    _fill(path, "choices", list="schooling", label="unfinished")
    with pytest.raises(RosterFileError) as refused:
        read_roster(path)
    assert "value: 'batchelor' is not understood" in refused.value.text()


def test_a_value_that_the_fact_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="schooling cannot be 'phd'"):
        write_roster_template(tmp_path / "r.xlsx", facts={"schooling": [("phd", "博士")]})
    assert not list(tmp_path.iterdir())


def test_only_a_workbook_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"'r\.csv' does not end in a kind of file.*\.xlsx"):
        write_roster_template(tmp_path / "r.csv")


def test_many_grades_have_no_list(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_roster_template(path, grades=(1, 100), lang="zh")
    assert "核定等级" not in _rules(openpyxl.load_workbook(path)["人员名册"])
