"""The pay sheet: every row on it or named, sums that add up, and a workbook that prints on whole pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.forms import Kind, PayrollRow, Setting, Sheet, payroll_sheet, write_form
from cwgrade.grading import grade_in_month
from cwgrade.money import capitals
from cwgrade.pay import pay_for_month
from cwgrade.rosterfile import Yuan
from cwgrade.worker import ServiceSpell, Worker

HEADER = (
    "工号,姓名,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
)
ROWS = (
    "0001,=甲,书记,2016-01-01,本科,学士,社会工作师,2017-05-10,无,专职,无,优秀,优秀",
    # whether there is a qualification nobody says
    "0002,乙,副主任,2016-07-01,大专,无,,,无,专职,无,合格,合格",
    # a slip in the day
    "0003,丙,委员,2016.13,大专,无,无,,无,专职,无,合格,合格",
    # not there yet
    "0004,丁,委员,2019-01-01,大专,无,无,,无,专职,无,,",
    "0005,戊,委员,2017-01-01,大专,无,助理社会工作师,2017-01-01,无,专职,无,,合格",
)
ASKED = ("--scheme", "sample-3x18", "--month", "2018-07", "--out", "f.xlsx")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("roster.csv").write_text("\n".join((HEADER, *ROWS)) + "\n", encoding="utf-8")
    return tmp_path


def sheet_of(*workers: Worker, setting: Setting | None = None) -> Sheet:
    scheme = load_scheme("changsha-furong-2018")
    rows = [
        PayrollRow(
            worker_id=one.id,
            payslip=pay_for_month(one, scheme, year=2018, month=3),
            grading=grade_in_month(one, scheme, year=2018, month=3),
        )
        for one in workers
    ]
    return payroll_sheet(rows, scheme.versions[0], year=2018, month=3, setting=setting or Setting())


DEPUTY = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))


@pytest.mark.usefixtures("folder")
class TestCommand:
    def test_every_row_is_listed_or_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert (
            main(["form", "pay", "roster.csv", *ASKED, "--office", "甲街道", "--lang", "en"]) == 1
        )
        assert "The form: f.xlsx" in capsys.readouterr().out
        page = openpyxl.load_workbook("f.xlsx").active
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        texts = [str(cell) for row in rows for cell in row if cell is not None]
        assert rows[0][0] == "社区工作者工资表"
        assert "虚构" in rows[1][0]
        assert rows[2][0] == "编制单位：甲街道"
        assert "工资月份：2018年7月" in rows[2]
        header = rows[3]
        assert header[:5] == ["序号", "工号", "姓名", "岗位", "岗位等级"]
        gross, note = header.index("应发合计"), header.index("备注")
        listed = rows[4:8]
        assert [(row[0], row[1], row[note]) for row in listed] == [
            (1, "0001", None),
            (2, "0002", "未确定"),
            (3, "0003", "本行有误"),
            (4, "0005", None),
        ]
        # what begins like a formula stays a name
        assert page["C5"].data_type == "s"
        assert page["C5"].value == "=甲"
        assert listed[1][gross] is None
        for row in (listed[0], listed[3], rows[8]):
            assert round(sum(row[5:gross]), 2) == row[gross]
        assert rows[8][0] == "合计"
        assert rows[8][gross] == round(listed[0][gross] + listed[3][gross], 2)
        fen = round(rows[8][gross] * 100)
        assert f"合计（大写）：人民币{capitals(fen)}" in texts
        told = "".join(texts)
        assert "未确定的 2 人只列名，不填金额，未计入合计：0002、0003" in told
        assert "不按本方案发放的 1 人未列入：0004" in told
        assert (
            "《样城社区工作者岗位等级和薪酬办法（虚构）》（样民发〔2011〕1号（虚构））1.3、" in told
        )
        assert "摘要 390b91a15f3a" in told
        assert [text for text in texts if text.endswith("：")] == [
            "单位负责人：",
            "审核：",
            "制表：",
            "制表日期：",
        ]

    def test_prints_on_whole_pages(self) -> None:
        assert main(["form", "pay", "roster.csv", *ASKED, "--paper", "A3"]) == 1
        page = openpyxl.load_workbook("f.xlsx").active
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == 8
        # one page wide, which is not written because it goes without saying, and any number high
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == "$1:$4"
        assert page.print_area.startswith("'社区工作者工资表'!$A$1:$")
        assert "&P" in page.oddFooter.center.text

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            (("form",), "FORM"),
            (("form", "payroll"), "pay"),
            (("form", "pay", "roster.csv", *ASKED[:-1], "f.csv"), ".xlsx"),
            (("form", "pay", "roster.csv", *ASKED, "--show", "社区"), "姓名"),
        ],
    )
    def test_a_slip_is_told(
        self, given: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([*given, "--lang", "zh"]) == 2
        assert told in capsys.readouterr().err
        assert not Path("f.xlsx").exists()

    def test_help_of_a_form(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["form", "--help", "--lang", "en"]) == 0
        assert "工资表" in capsys.readouterr().out
        assert main(["form", "pay", "--help", "--lang", "en"]) == 0
        assert "--paper" in capsys.readouterr().out


class TestSheet:
    def test_room_for_what_is_not_given(self) -> None:
        sheet = sheet_of(DEPUTY)
        assert sheet.heading[0].value is None
        assert sheet.columns[-1].kind is Kind.BLANK
        assert sheet.total_fen == 396000
        assert sheet.totals[0] == "合计"
        assert sheet.totals[-3] == Yuan(396000)
        assert {one.name: one.value for one in sheet.fields}["capitals"] == "叁仟玖佰陆拾元整"

    def test_of_nobody(self, tmp_path: Path) -> None:
        sheet = sheet_of(setting=Setting(title="空表", office="乙街道"))
        assert sheet.rows == ()
        assert sheet.total_fen == 0
        write_form(tmp_path / "f.xlsx", sheet)
        page = openpyxl.load_workbook(tmp_path / "f.xlsx").active
        assert page["A1"].value == "空表"

    def test_what_is_shown_has_one_text_for_each_header(self) -> None:
        with pytest.raises(ArgumentError, match="Worker '1' shows a, and the headers are"):
            payroll_sheet(
                [PayrollRow(worker_id="1", payslip=None, shown=("a",))],
                load_scheme("changsha-furong-2018").versions[0],
                year=2018,
                month=3,
            )

    def test_the_same_sheet_gives_the_same_file(self, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            write_form(tmp_path / name, sheet_of(DEPUTY))
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
