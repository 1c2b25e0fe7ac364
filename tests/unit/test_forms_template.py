"""An office's own workbook is filled by its labels: looks and formulas stay, and nothing is silently left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.forms import Column, Field, Kind, Sheet, fill_template
from cwgrade.rosterfile import Yuan

COLUMNS = (
    Column(name="number", label="序号", kind=Kind.COUNT),
    Column(name="worker_id", label="工号"),
    Column(name="shown.姓名", label="姓名"),
    Column(name="pay.basic", label="基本工资", kind=Kind.MONEY),
    Column(name="gross", label="应发合计", kind=Kind.MONEY),
    Column(name="sign", label="签字", kind=Kind.BLANK),
)
FORM = Sheet(
    title="工资表",
    heading=(
        Field(name="office", label="编制单位", value="甲街道"),
        Field(name="period", label="工资月份", value="2018年3月"),
        Field(name="unit", label="单位", value="元"),
    ),
    columns=COLUMNS,
    rows=(
        (1, "007", "=甲", Yuan(100_10), Yuan(100_10), None),
        (2, "008", "乙", Yuan(200_05), Yuan(200_05), None),
    ),
    totals=("合计", None, None, Yuan(300_15), Yuan(300_15), None),
    total_fen=300_15,
    basis="《办法》",
    signatures=("审核", "制表"),
)
HEADER = ["序号", "姓  名", "职工编号", "基本工资（元）", "应发工资", "领款人签字"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def template(*rows: Sequence[object], change: Any = None) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    if change is not None:
        change(book.active)
    book.save("t.xlsx")


def filled(form: Sheet = FORM) -> tuple[Any, Any]:
    report = fill_template("t.xlsx", "o.xlsx", form)
    return openpyxl.load_workbook("o.xlsx").active, report


def test_values_stand_right_of_a_label_or_below_it_or_behind_its_colon() -> None:
    template(
        ["本街道工资表"],
        ["单位：", None, "月份", "人数："],
        ["大写金额", None, None, 5],
        ["审核：", None, "出纳", None],
        change=lambda page: page.merge_cells("A2:B2"),
    )
    page, report = filled()
    # a merged label leaves the next free cell to its right to another label, so it takes what is behind its colon
    assert page["A2"].value == "单位：甲街道"
    assert page["C3"].value == "2018年3月"
    assert page["D2"].value == "人数：2"
    assert page["B3"].value == "叁佰元零壹角伍分"
    assert page["B4"].value is None
    assert report.unknown == (("出纳", "Sheet!C4"),)
    assert report.homeless == ("工号", "姓名", "基本工资", "应发合计")


def test_a_table_is_filled_below_its_header_and_formulas_stay() -> None:
    def change(page: Any) -> None:
        page["B3"].font = Font(bold=True)
        page["D5"] = "=SUM(D3:D4)"

    template(
        ["填报单位"],
        [*HEADER, "核对"],
        [1],
        [2],
        ["合 计"],
        ["制表："],
        change=change,
    )
    page, report = filled()
    assert page["B1"].value == "甲街道"
    rows = [[cell.value for cell in row] for row in page["A3:F4"]]
    assert rows == [[1, "=甲", "007", 100.1, 100.1, None], [2, "乙", "008", 200.05, 200.05, None]]
    # a name that begins like a formula is a text, and the office's own look stays
    assert page["B3"].data_type == "s"
    assert page["B3"].font.bold
    assert page["D3"].number_format == "#,##0.00"
    assert page["D5"].value == "=SUM(D3:D4)"
    assert page["E5"].value == 300.15
    assert report.unknown == (("核对", "Sheet!G2"),)
    assert report.homeless == ()


def test_a_table_with_nothing_below_has_any_room() -> None:
    template(HEADER)
    page, _ = filled()
    assert [row[1].value for row in page["A2:F3"]] == ["=甲", "乙"]


def test_a_table_without_room_is_refused_and_nothing_is_written() -> None:
    template(HEADER, [], ["合计"])
    with pytest.raises(ArgumentError, match="room for 1 rows, and 2 are needed"):
        fill_template("t.xlsx", "o.xlsx", FORM)
    assert not Path("o.xlsx").exists()


def test_what_cannot_be_a_template_is_told() -> None:
    template(["别的"])
    with pytest.raises(ArgumentError, match="no label that the form knows"):
        fill_template("t.xlsx", "o.xlsx", FORM)
    Path("t.xlsx").write_bytes(b"PK")
    with pytest.raises(ArgumentError, match="cannot be read as a workbook"):
        fill_template("t.xlsx", "o.xlsx", FORM)
    with pytest.raises(ArgumentError, match=r"There is no file 'no\.xlsx'"):
        fill_template("no.xlsx", "o.xlsx", FORM)
    with pytest.raises(ArgumentError, match=r"\.xls'"):
        fill_template("t.xls", "o.xlsx", FORM)


def test_the_command_tells_what_it_left(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.csv").write_text(
        "工号,姓名,职务,入职日期,学历,学位,职业资格,荣誉,用工形式,身份,2017年考核\n"
        "1,甲,委员,2018-01-01,大专,无,无,无,专职,无,合格\n",
        encoding="utf-8",
    )
    asked = ["form", "pay", "r.csv", "--scheme", "sample-3x18", "--month", "2018-07"]
    template(["序号", "姓名", "岗位", "应发合计", "账号"], [])
    given = [*asked, "--out", "o.xlsx", "--template", "t.xlsx"]
    assert main([*given, "--lang", "en"]) == 1
    err = capsys.readouterr().err
    assert "labels that are not known stay as they are: 账号 (Sheet!E1)" in err
    assert "the template has no place for 工号, 岗位等级, 基本工资" in err
    assert openpyxl.load_workbook("o.xlsx").active["B2"].value == "甲"
    assert main([*asked, "--out", "t.xlsx", "--template", "t.xlsx", "--lang", "zh"]) == 2
    assert "模板本身" in capsys.readouterr().err
