"""Back pay, promotions and the approval form on paper: runs of months, rises alone, boxes that stay empty."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cwgrade.arrears import Arrears, Cause, MonthArrears, Part
from cwgrade.catalogue import load_scheme, scheme_path
from cwgrade.cli import main
from cwgrade.forms import BackPayRow, back_pay_sheet
from cwgrade.money import capitals
from cwgrade.rosterfile import Yuan
from cwgrade.timeline import Standing

HEADER = (
    "工号,姓名,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
)
ROWS = (
    "0001,甲,书记,2016-01-01,本科,学士,社会工作师,2017-05-10,无,专职,无,优秀,优秀",
    # whether there is a qualification nobody says
    "0002,乙,副主任,2016-07-01,大专,无,,,无,专职,无,合格,合格",
    # a slip in the day
    "0003,丙,委员,2016.13,大专,无,无,,无,专职,无,合格,合格",
    "0004,丁,委员,2019-01-01,大专,无,无,,无,专职,无,,",
    "0005,戊,委员,2017-01-01,大专,无,助理社会工作师,2018-03-05,无,专职,无,,合格",
)
SCHEME = ("--scheme", "sample-3x18", "--out", "f.xlsx", "--lang", "en")
BACK_PAY = (
    "arrears",
    "roster.csv",
    *SCHEME,
    *("--from", "2018-04", "--to", "2018-08"),
    *("--known-before", "2018-06-19", "--known-after", "2018-06-30"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("roster.csv").write_text("\n".join((HEADER, *ROWS)) + "\n", encoding="utf-8")


def read() -> tuple[list[dict[str, Any]], str]:
    """Give the rows below the header as far as they are numbered, and all texts."""
    page = openpyxl.load_workbook("f.xlsx").active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    header = next(row for row in rows if row[0] == "序号")
    numbered = [dict(zip(header, row, strict=True)) for row in rows if isinstance(row[0], int)]
    return numbered, "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def month(number: int, fen: int = 100, *, year: int = 2018, **more: object) -> MonthArrears:
    given: dict[str, object] = {
        "before_fen": 1000,
        "after_fen": 1000 + fen,
        "parts": (Part(component="basic", fen=fen, cause=Cause.FACT_CORRECTED),),
        "standing": Standing.FINAL,
    }
    return MonthArrears(year=year, month=number, **{**given, **more})  # type: ignore[arg-type]


class TestBackPay:
    def test_every_row_is_listed_counted_or_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["form", *BACK_PAY]) == 1
        assert "The form: f.xlsx" in capsys.readouterr().out
        rows, texts = read()
        told = [(row["工号"], row["补发月份"], row["月数"], row["备注"]) for row in rows]
        assert told == [
            ("0001", "2018年7月至2018年8月", 2, None),
            ("0002", "2018年4月至2018年8月", 5, "未确定"),
            ("0003", None, None, "本行有误"),
            ("0005", "2018年7月至2018年8月", 2, None),
        ]
        first = rows[0]
        assert (first["原月应发"], first["现月应发"], first["月差额"]) == (3059.5, 3322, 262.5)
        assert (first["补发合计"], first["原因"]) == (525, "暂按数结算")
        total = round(sum(row["补发合计"] or 0 for row in rows) * 100)
        assert f"合计（大写）：人民币{capitals(total)}" in texts
        assert "没有差额的 1 人未列入" in texts
        assert "原按 2018-06-19 已知的情况，现按 2018-06-30 已知的情况" in texts
        assert re.search("新知：2017 年.+：5807.00", texts)

    def test_against_what_was_paid(self) -> None:
        Path("paid.csv").write_text(
            "工号,所属月份,已发金额\n0001,2018-04,3100\n0009,2018-04,1\n", encoding="utf-8"
        )
        asked = [one if one != "2018-08" else "2018-04" for one in BACK_PAY]
        assert main(["form", *asked, "--paid", "paid.csv"]) == 1
        rows, texts = read()
        assert (rows[0]["每月已发"], rows[0]["月差额"], rows[0]["原因"]) == (
            3100,
            -40.5,
            "已发与应发不符",
        )
        assert "负数为多发，应扣回" in texts
        assert "已发而不在花名册上的 1 人：0009" in texts

    def test_two_states_of_the_file_with_leavers(self) -> None:
        known = "大专,无,无,,无,专职,无,合格,合格"
        header = HEADER.replace("姓名,", "")
        before = (header, f"0001,委员,2016-03-01,{known}", f"0004,,,{known}")
        gone = f"0005,委员,2016-03-01,{known}"
        spells = ("工号,职务,开始日期,结束日期", "0004,副主任,2016-03-01,2018-08-15")
        for name, lines in (
            ("before.csv", (*before, gone)),
            ("before.任职经历.csv", spells),
            ("now.csv", (header, f"0001,副主任,2016-03-01,{known}")),
            ("paid.csv", ("工号,所属月份,已发金额", "0001,2018-03,1787.10", "0004,2018-03,1700")),
        ):
            Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        months = ("--from", "2018-03", "--to", "2018-03", "--earlier", "before.csv")
        assert main(["form", "arrears", "now.csv", *SCHEME, *months, "--paid", "paid.csv"]) == 1
        rows, texts = read()
        assert [(row["工号"], row["备注"]) for row in rows] == [
            ("0001", None),
            ("0004", None),
            ("0005", "未确定"),
        ]
        assert "有月份未确定的 1 人，这些月份不填金额，未计入合计：0005" in texts
        assert "原按原先登记的情况和标准，现按现在登记的情况和标准" in texts
        sums = [round(row["补发合计"] * 100) for row in rows[:2]]
        assert 0 not in sums
        assert f"合计（大写）：人民币{capitals(sum(sums))}" in texts

    def test_movers_between_places(self) -> None:
        """Each place's own month, and the sum of `cwgrade arrears`."""
        declared = load_scheme("sample-4x24-jia").versions[0].facts
        header = [HEADER.replace("姓名,", ""), "地区", "retired"]
        header += [f"fact:{one.name}" for one in declared]
        for name, region in (("before.csv", "990201"), ("now.csv", "990202")):
            values = ("0001,委员,2016-03-01,大专,无,无,,无,专职,无,合格,合格", region, "no")
            line = (*values, *(one.values[0] for one in declared))
            Path(name).write_text(f"{','.join(header)}\n{','.join(line)}\n", encoding="utf-8")
        asked = ["now.csv", "--scheme", "sample-4x24-jia", "--scheme", "sample-4x24-yi"]
        asked += ("--from", "2018-03", "--to", "2018-04", "--earlier", "before.csv")
        assert main(["form", "arrears", *asked, "--out", "f.xlsx"]) == 0
        assert main(["arrears", *asked, "--out", "o.csv", "--lang", "en"]) == 0
        rows, texts = read()
        lines = Path("o.csv").read_text(encoding="utf-8-sig").splitlines()
        total = next(line for line in lines if line.startswith("Total")).split(",")
        assert {row["原因"] for row in rows} == {"个人情况更正"}
        summed = sum(round(row["补发合计"] * 100) for row in rows)
        assert summed == round(float(total[5]) * 100) != 0
        for place in ("sample-4x24-jia", "sample-4x24-yi"):
            assert f"方案文件 {place}" in texts

    def test_a_run_is_of_months_that_follow_and_are_alike(self) -> None:
        arrears = Arrears(
            worker_id="1",
            months=(
                month(11, year=2017),
                month(12, year=2017),
                month(1),
                # another amount
                month(2, 200),
                month(3, 0, parts=()),
                # the same as before, after a month without a difference
                month(4, 200),
                month(5, 200, standing=Standing.PROVISIONAL),
            ),
        )
        sheet = back_pay_sheet(
            [BackPayRow(worker_id="1", arrears=arrears)],
            load_scheme("changsha-furong-2018").versions,
            months=[(2017, 11), (2018, 5)],
            known_before=date(2018, 1, 1),
            known_after=date(2018, 6, 1),
        )
        places = [[one.name for one in sheet.columns].index(name) for name in ("months", "total")]
        assert [tuple(row[place] for place in places) for row in sheet.rows] == [
            ("2017年11月至2018年1月", Yuan(300)),
            ("2018年2月", Yuan(200)),
            ("2018年4月", Yuan(200)),
            ("2018年5月", Yuan(200)),
        ]
        assert sheet.total_fen == arrears.total_fen == 900
        assert sheet.rows[-1][-2] == "暂按"


class TestPromotions:
    def test_rises_alone_are_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        days = ("--from", "2017-12-31", "--until", "2018-12-31")
        assert main(["form", "promotions", "roster.csv", *SCHEME, *days]) == 1
        assert "2 come to a higher grade" in capsys.readouterr().out
        rows, texts = read()
        told = [
            (row["姓名"], row["现岗位等级"], row["晋升后等级"], row["执行时间"].date().isoformat())
            for row in rows
        ]
        assert told == [("甲", 9, 10, "2018-01-01"), ("戊", 1, 2, "2018-04-01")]
        assert rows[1]["晋级理由"] == "职业资格：无职业资格 → 助理社会工作师"
        assert rows[1]["岗位"] == "工作人员"
        assert "按现有情况推算，未经审批，共 2 人次" in texts
        assert "本行有误的 1 人未计算：0003" in texts
        assert "等级未确定的 1 人：0002" in texts
        assert "大写" not in texts

    def test_another_post_at_the_same_grade_is_no_promotion(self) -> None:
        Path("roster.csv").write_text("工号,职务\n1,委员\n", encoding="utf-8")
        spells = "工号,职务,开始日期,结束日期\n1,书记,2020-01-01,2021-06-30\n1,委员,2021-07-01,\n"
        Path("roster.任职经历.csv").write_text(spells, encoding="utf-8")
        asked = ("--scheme", "sample-reform", "--out", "f.xlsx")
        days = ("--from", "2021-06-01", "--until", "2021-12-31")
        assert main(["form", "promotions", "roster.csv", *asked, *days]) == 0
        assert read()[0] == []


def staged() -> tuple[str, ...]:
    """Write a reform to which staff move nine months later, and one of them; give how a form is asked for."""
    later = '[[transition.staged]]\nposts = ["staff"]\neffective_on = 2021-10-01\nsource = "text"\n'
    bundled = scheme_path("sample-reform")
    for name in ("sample-reform.toml", "sample-reform@2016.toml"):
        text = bundled.with_name(name).read_text(encoding="utf-8")
        text = text.replace('id = "sample-reform"', 'id = "sample-staged"')
        if "@" not in name:
            text = text.replace("[pay.basic]", f"{later}\n[pay.basic]")
            text = text.replace("[pay.post]", "[pay.duty]").replace("岗位津贴", "职务补贴")
        Path(name.replace("reform", "staged")).write_text(text, encoding="utf-8")
    Path("roster.csv").write_text(
        "工号,职务,入职日期\n1,委员,2018-05-10\n2,书记,2016-03-01\n", encoding="utf-8"
    )
    return "roster.csv", "--scheme", "sample-staged.toml", "--out", "f.xlsx"


class TestPostsThatMoveLater:
    def test_rise_under_the_version_before(self) -> None:
        days = ("--from", "2021-02-01", "--until", "2021-12-31")
        assert main(["form", "promotions", *staged(), *days]) == 0
        rows, texts = read()
        row = next(one for one in rows if one["工号"] == "1")
        assert (row["现岗位等级"], row["晋升后等级"]) == (1, 2)
        assert row["执行时间"].date() == date(2021, 5, 10)
        assert "依据：《虚构的旧办法》" in texts

    def test_are_paid_by_the_components_of_the_version_before(self) -> None:
        assert main(["form", "pay", *staged(), "--month", "2021-06"]) == 0
        rows, texts = read()
        named = ("基本工资", "职务补贴", "岗位津贴", "保留工资", "应发合计")
        assert [tuple(row[name] for name in named) for row in rows] == [
            (2300, None, 100, None, 2400),
            (2250, 300, None, 250, 2800),
        ]
        assert "合计调整" not in texts
        assert "《虚构的旧办法》" in texts
        assert "《虚构的新办法》" in texts

        assert main(["form", "pay", *staged(), "--month", "2021-10"]) == 0
        assert "岗位津贴" not in read()[1]

    def test_what_the_total_is_rounded_by_has_a_column(self) -> None:
        asked = staged()
        path = Path("sample-staged@2016.toml")
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("[rounding]", '[rounding]\ntotal = { to = "yuan", mode = "up" }'),
            encoding="utf-8",
        )
        assert main(["form", "pay", *asked, "--month", "2021-05"]) == 0
        rows, texts = read()
        # 2212.90 and 100.00, up to the yuan
        assert (rows[0]["合计调整"], rows[0]["应发合计"]) == (0.1, 2313)
        assert "合计调整是方案对合计取整" in texts

    def test_are_graded_by_the_version_before(self) -> None:
        assert main(["form", "grade", *staged(), "--id", "1", "--on", "2021-06-01"]) == 0
        page = openpyxl.load_workbook("f.xlsx").active
        texts = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row)
        assert "《虚构的旧办法》" in texts
        assert "《虚构的新办法》" not in texts


class TestApproval:
    def texts(self, worker: str, on: str, status: int) -> list[list[object]]:
        asked = ("--id", worker, "--on", on, "--office", "甲街道")
        assert main(["form", "grade", "roster.csv", *SCHEME, *asked]) == status
        page = openpyxl.load_workbook("f.xlsx").active
        assert page.page_setup.orientation != "landscape"
        return [[cell.value for cell in row if cell.value is not None] for row in page.iter_rows()]

    def test_boxes_hold_what_is_on_file(self) -> None:
        rows = self.texts("0001", "2018-01-01", 0)
        assert rows[0] == ["社区工作者岗位等级审批表"]
        assert rows[2] == ["编制单位：甲街道", "填表日期："]
        assert rows[3] == ["姓名", "甲", "工号", "0001", "岗位", "正职"]
        assert rows[4][:2] == ["任职起始", "2016-01-01"]
        assert rows[4][3] == "24 个月（截至 2018-01-01）"
        assert rows[6] == ["职业资格", "社会工作师（2017-05-10）", "表彰奖励", "无"]
        assert rows[7] == ["近年考核", "2016 优秀、2017 优秀"]
        assert rows[8][:4] == ["现岗位等级", "9 级", "拟定岗位等级", "10 级"]
        assert rows[9] == ["月应发标准", 3059.5, "大写", "叁仟零伍拾玖元伍角整"]
        assert "岗位等级定为 10 级" in str(rows[10][1])
        assert [row[0] for row in rows[11:15]] == [
            "本人意见",
            "社区党组织、居（村）民委员会意见",
            "街道（乡镇）意见",
            "县（市、区）审批意见",
        ]

    def test_a_grade_that_is_not_certain_has_no_box_filled(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = self.texts("0002", "2018-07-01", 1)
        assert rows[6][:2] == ["职业资格", "不明"]
        assert rows[8] == ["现岗位等级", "拟定岗位等级", "执行时间", rows[8][-1]]
        assert rows[9] == ["月应发标准", "大写"]
        assert "职业资格" in str(rows[10][1])
        capsys.readouterr()
        asked = ("--id", "0003", "--on", "2018-07-01")
        assert main(["form", "grade", "roster.csv", *SCHEME, *asked]) == 1
        assert "13" in capsys.readouterr().out


class TestTransition:
    def test_everybody_is_listed_or_named(self, capsys: pytest.CaptureFixture[str]) -> None:
        rows = (
            "工号,姓名,入职日期,职务",
            "0001,甲,2016-01-01,书记",
            "0002,乙,2012-05-01,委员",
            "0003,丙,2019.13,委员",
            "0004,丁,2021-03-01,委员",
            "0005,戊,2019-07-01,委员",
            "0006,己,2018-03-01,委员",
        )
        Path("moved.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        asked = ("--scheme", "sample-reform", "--out", "f.xlsx", "--lang", "en")
        assert main(["form", "transition", "moved.csv", *asked]) == 1
        assert "The form: f.xlsx" in capsys.readouterr().out
        found, texts = read()
        first, second, third, *more = found
        # 2800.00 before; 2550.00 by the table, and 250.00 kept
        assert (first["姓名"], first["原月应发"], first["新月应发"]) == ("甲", 2800, 2800)
        assert (first["其中保留"], first["月增减"], first["备注"]) == (250, 0, None)
        assert second["新月应发"] - second["原月应发"] == second["月增减"]
        assert (third["姓名"], third["月增减"], third["备注"]) == ("丙", None, "本行有误")
        # two amounts at least, and none of them nothing: then the total is a sum
        assert all(one["新月应发"] - one["原月应发"] == one["月增减"] != 0 for one in more)
        fen = round(sum(one["月增减"] for one in (first, second, *more)) * 100)
        assert len(more) == 2
        assert f"合计（大写）：人民币{capitals(fen)}" in texts
        assert "未参加套改的 1 人未列入：0004" in texts
        assert "套改日期：2021-01-01" in texts
