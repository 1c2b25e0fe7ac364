"""`cwgrade pay`: every row answered or refused with its reason, in order, none lost."""

import csv
import errno
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from cwgrade.catalogue import load_scheme, scheme_path
from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Gap
from cwgrade.outcomes import Unspecified, status_of
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.rosterfile import writing
from cwgrade.worker import ServiceSpell, Worker

HEADER = "姓名,工号,职务,入职日期,备注"
ROWS = (
    "甲,007,书记,2010-03-01,=1+1",
    "乙,008,副主任,2012-05-01,",
    # came in the middle of the month, and the notice states no rule for part of a month
    "丙,009,委员,2018-03-15,",
    # a spreadsheet has eaten the id
    "丁,1.1E+17,委员,2018-01-15,",
    # a slip of the pen in the title
    "戊,010,书纪,2018-01-15,",
    # not there yet
    "己,011,委员,2019-01-15,",
)
CHANGSHA = ("--scheme", "changsha-furong-2018", "--month", "2018-03")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with Chinese characters in its name, as the working directory."""
    place = tmp_path / "工资 三月"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def roster(folder: Path, *rows: str, header: str = HEADER, name: str = "花名册.csv") -> str:
    """Write a roster and give its name."""
    (folder / name).write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return name


def table(path: Path) -> list[dict[str, str]]:
    """Read the rows of a result that stand above the blank row."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    blank = next(place for place, row in enumerate(rows) if not any(row.values()))
    return rows[:blank]


def sums(path: Path) -> dict[str, list[str]]:
    """Read what stands below the blank row, by label."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    blank = next(place for place, row in enumerate(rows) if not any(row))
    return {row[0]: row[1:] for row in rows[blank + 1 :]}


class TestAMonthInsideWhichASchemeIsFirstShown:
    """The command and `pay_for_month` go by one rule: altay-2023 is shown by a report of 7 February 2023 alone."""

    ROW: Final = "甲,007,书记,2010-03-01,"

    def test_is_answered(self, folder: Path) -> None:
        asked = ("--scheme", "altay-2023", "--month", "2023-02", "--out", "r.csv", "--lang", "en")
        main(["pay", roster(folder, self.ROW), *asked])
        (row,) = table(folder / "r.csv")
        worker = Worker(id="007", spells=(ServiceSpell(start=date(2010, 3, 1), title="书记"),))
        slip = pay_for_month(worker, load_scheme("altay-2023"), year=2023, month=2)
        assert row["status"] == status_of(slip.outcome)
        assert row["status"] != "bad_row"

    @pytest.mark.parametrize(("month", "day"), [("2023-01", "first"), ("2023-03", "last")])
    def test_other_months_are_refused_by_what_was_read(
        self, folder: Path, capsys: pytest.CaptureFixture[str], month: str, day: str
    ) -> None:
        asked = ("--scheme", "altay-2023", "--month", month, "--out", "r.csv", "--lang", "en")
        assert main(["pay", roster(folder, self.ROW), *asked]) == 2
        told = capsys.readouterr().err
        assert f"No source that was read shows scheme 'altay-2023' in force on {month}-01" in told
        assert f"the {day} day shown is 2023-02-07" in told
        assert ("--beyond" in told) is (day == "last")


class TestRows:
    def test_each_has_its_status_in_order(self, folder: Path) -> None:
        assert (
            main(["pay", roster(folder, *ROWS), *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 1
        )
        rows = table(folder / "r.csv")
        assert [(row["row"], row["worker_id"], row["status"]) for row in rows] == [
            ("2", "007", "decided"),
            ("3", "008", "decided"),
            ("4", "009", "unspecified"),
            ("5", "1.1E+17", "bad_row"),
            ("6", "010", "unspecified"),
            ("7", "011", "not_eligible"),
        ]
        assert [row["gross_yuan"] for row in rows] == ["4361.00", "3960.00", "", "", "", ""]
        assert [row["base_pay_yuan"] for row in rows[:2]] == ["4361.00", "3960.00"]

    def test_each_has_its_reason_in_chinese(self, folder: Path) -> None:
        main(["pay", roster(folder, *ROWS), *CHANGSHA, "--out", "r.csv", "--lang", "zh"])
        reasons = [row["原因"] for row in table(folder / "r.csv")]
        assert "5013.00 元 × 岗位比例 87% → 4361.31 元" in reasons[0]
        assert "2017 年数据尚未公布，暂用 2016 年数据" in reasons[0]
        assert "未规定不足整月如何折算" in reasons[2]
        assert "工号 '1.1E+17' 已被电子表格变成近似数" in reasons[3]
        assert "'书纪' 属于哪一类岗位" in reasons[4]
        assert "是不是 '书记'？" in reasons[4]
        assert "2018-03-01 当天该人员不在本方案适用地区的社区任职" in reasons[5]

    def test_columns_that_are_not_known_pass_through(self, folder: Path) -> None:
        main(["pay", roster(folder, *ROWS), *CHANGSHA, "--out", "r.csv", "--lang", "zh"])
        rows = table(folder / "r.csv")
        assert [row["姓名"] for row in rows] == ["甲", "乙", "丙", "丁", "戊", "己"]
        assert list(rows[0])[:3] == ["姓名", "备注", "行号"]

    def test_text_is_never_taken_for_a_formula(self, folder: Path) -> None:
        rows = ("\"=cmd|'/c calc'!A0\",007,书记,2010-03-01,+1",)
        main(["pay", roster(folder, *rows), *CHANGSHA, "--out", "r.csv", "--lang", "zh"])
        (row,) = table(folder / "r.csv")
        assert row["姓名"] == "'=cmd|'/c calc'!A0"
        assert row["备注"] == "'+1"

    def test_a_column_with_the_name_of_an_answer_keeps_its_cells(self, folder: Path) -> None:
        name = roster(
            folder, "007,书记,2010-03-01,old,x", header="工号,职务,入职日期,Status,Status"
        )
        main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "en"])
        with (folder / "r.csv").open(encoding="utf-8-sig", newline="") as stream:
            header, row, *_ = csv.reader(stream)
        assert header[:4] == ["Status (roster)", "Status (roster)", "row", "worker_id"]
        assert row[:2] == ["old", "x"]

    @pytest.mark.parametrize(
        ("lang", "own", "total"),
        [
            ("en", "pay.gross_yuan", "gross_yuan"),
            ("zh", "应发合计 gross（元）", "应发合计（元）"),
        ],
    )
    def test_a_component_with_the_name_of_the_sum_has_a_column_of_its_own(
        self, folder: Path, lang: str, own: str, total: str
    ) -> None:
        text = scheme_path("changsha-furong-2018").read_text(encoding="utf-8")
        text = text.replace("base_pay", "gross").replace("月基础工资", "应发合计")
        (folder / "s.toml").write_text(text, encoding="utf-8")
        scheme = ("--scheme", "s.toml", "--month", "2018-03")
        main(["pay", roster(folder, ROWS[0]), *scheme, "--out", "r.csv", "--lang", lang])
        (row,) = table(folder / "r.csv")
        assert row[own] == row[total] != ""
        assert list(row).index(own) < list(row).index(total)

    def test_unknown_facts_give_bounds_and_what_settles_most(self, folder: Path) -> None:
        header = "工号,职务,入职日期,学历,学位,荣誉,用工形式,身份,2017年考核"
        name = roster(folder, "1,委员,2017-01-01,大专,无,无,专职,无,合格", header=header)
        scheme = ("--scheme", "sample-3x18", "--month", "2018-02")
        assert main(["pay", name, *scheme, "--out", "r.csv", "--lang", "en"]) == 1
        (row,) = table(folder / "r.csv")
        assert row["status"] == "one_of"
        assert row["grade"] == "one_of (1, 2, 3, 4)"
        # a base of 3191.40: 0.80 and no allowance, or 0.93 and 300 yuan
        assert (row["gross_yuan"], row["low_yuan"], row["high_yuan"]) == ("", "1787.10", "2377.60")
        assert row["settled_by"] == "professional qualification"
        assert "Find out first: professional qualification." in row["reason"]
        assert row["rests_on"] == "invented"

    def test_too_much_unknown_at_once_is_told_in_words(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def hopeless(worker: Worker, *rest: Any, **named: Any) -> Payslip:
            paths = "schooling, ratings.2016+2017, schooling, proration.rule"
            gap = Gap(path=paths, why="too-many-possibilities")
            found = pay_for_month(worker, *rest, **named)
            return Payslip((), Unspecified((gap,)), found.derivation)

        monkeypatch.setattr("cwgrade.cli.answers.pay_for_month", hopeless)
        name = roster(folder, ROWS[0])
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "zh"]) == 1
        (row,) = table(folder / "r.csv")
        assert row["先查明"] == "学历、2016、2017 年度考核结果、不足整月如何折算"
        assert "学历、2016、2017 年度考核结果" in row["原因"]

    def test_an_internal_fault_in_one_row_leaves_the_others(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(worker: object, *rest: object, **named: object) -> object:
            if getattr(worker, "id", "") == "008":
                message = "no such thing"
                raise RuntimeError(message)
            return pay_for_month(worker, *rest, **named)  # type: ignore[arg-type]

        monkeypatch.setattr("cwgrade.cli.answers.pay_for_month", broken)
        name = roster(folder, *ROWS[:2])
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 1
        rows = table(folder / "r.csv")
        assert [row["status"] for row in rows] == ["decided", "bad_row"]
        assert "cwgrade failed on this row (RuntimeError: no such thing)" in rows[1]["reason"]
        assert "please report it" in rows[1]["reason"]
        assert "row 3 met a fault of cwgrade itself (RuntimeError)" in capsys.readouterr().err

    def test_a_reason_that_cannot_be_worded_leaves_the_others(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> str:
            raise KeyError("gap")

        monkeypatch.setattr("cwgrade.cli.reasons.outcome_text", broken)
        name = roster(folder, *ROWS[:3])
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "zh"]) == 1
        rows = table(folder / "r.csv")
        assert [row["结果"] for row in rows] == ["已确定", "已确定", "本行有误"]
        assert "cwgrade 计算本行时出错（KeyError" in rows[2]["原因"]

    def test_an_error_raised_on_purpose_in_one_row_is_told(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def refused(*_: object, **__: object) -> object:
            raise ArgumentError("bad-month", value=13)

        monkeypatch.setattr("cwgrade.cli.answers.pay_for_month", refused)
        name = roster(folder, ROWS[0])
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 1
        (row,) = table(folder / "r.csv")
        assert row["status"] == "bad_row"
        assert row["reason"].startswith("The month should be a whole number")
        assert "fault of cwgrade itself" not in capsys.readouterr().err


class TestExitStatus:
    def test_is_0_where_every_row_is_decided_or_not_eligible(self, folder: Path) -> None:
        name = roster(folder, *ROWS[:2], ROWS[5])
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv"]) == 0

    def test_is_1_where_a_row_of_another_sheet_belongs_to_nobody(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        name = roster(folder, ROWS[0])
        (folder / "花名册.年度考核.csv").write_text(
            "工号,考核年度,考核结果\n999,2017,合格\n", encoding="utf-8"
        )
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 1
        assert "'999' is not in the main sheet" in capsys.readouterr().err
        assert sums(folder / "r.csv")["Rows of other sheets that belong to nobody here"][0] == "1"

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["nobody.csv", *CHANGSHA, "--out", "r.csv"], "'nobody.csv' cannot be read"),
            (["花名册.csv", *CHANGSHA, "--out", "r.pdf"], "'r.pdf' does not end"),
            (["花名册.csv", *CHANGSHA, "--out", "花名册.csv"], "is the roster itself"),
            (["花名册.csv", *CHANGSHA, "--out", "no/r.csv"], "the folder 'no' does not exist"),
            (
                ["花名册.csv", *CHANGSHA[:2], "--month", "2018", "--out", "r.csv"],
                "'2018' is not a month",
            ),
            (
                ["花名册.csv", *CHANGSHA, "--out", "r.csv", "--known-on", "2018"],
                "'2018' is not a day",
            ),
            (
                ["花名册.csv", *CHANGSHA, "--out", "r.csv", "--assume", "x=y"],
                "nothing can be assumed",
            ),
            (
                ["花名册.csv", "--scheme", "changsha-furong", *CHANGSHA[2:], "--out", "r.csv"],
                "did you mean 'changsha-furong-2018'",
            ),
            (
                ["花名册.csv", *CHANGSHA[:2], "--month", "2019-01", "--out", "r.csv"],
                "--beyond carry-forward",
            ),
        ],
    )
    def test_is_2_and_nothing_is_written_where_the_command_is_wrong(
        self,
        arguments: list[str],
        told: str,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        roster(folder, *ROWS)
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert main(["pay", *arguments, "--lang", "en"]) == 2
        captured = capsys.readouterr()
        assert told in captured.err
        assert captured.out == ""
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


class TestSums:
    def test_stand_below_a_blank_row(self, folder: Path) -> None:
        main(["pay", roster(folder, *ROWS), *CHANGSHA, "--out", "r.csv", "--lang", "zh"])
        found = sums(folder / "r.csv")
        total = found["合计：已确定的 2 行（元）"]
        assert total == ["", "", "", "", "", "", "8321.00", "8321.00", "", "", "", "", "", ""]
        assert found["合计大写"][0] == "捌仟叁佰贰拾壹元整"
        assert found["总行数"][0] == "6"
        assert found["行数：已确定"][0] == "2"
        assert found["行数：本行有误"][0] == "1"
        assert found["月份"][0] == "2018-03"
        assert found["方案编号"][0] == "changsha-furong-2018"
        assert len(found["摘要"][0]) == 64
        assert "虚构" not in found

    def test_name_what_was_assumed_and_carried_forward(self, folder: Path) -> None:
        arguments = [*CHANGSHA[:2], "--month", "2019-01", "--beyond", "carry-forward"]
        arguments += ["--assume", "honours=none", "--known-on", "2019-02-01"]
        main(["pay", roster(folder, ROWS[0]), *arguments, "--out", "r.csv", "--lang", "en"])
        (row,) = table(folder / "r.csv")
        found = sums(folder / "r.csv")
        assert found["Assumed where unknown"][0] == "honours=none"
        assert found["Known by"][0] == "2019-02-01"
        assert "2018-12-31" in found["Beyond"][0]
        for told in (
            "assumed: honours=none",
            "carried forward after 2018-12-31",
            "known by 2019-02-01",
        ):
            assert told in row["rests_on"]

    def test_of_an_invented_scheme_say_so(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["--scheme", "sample-3x18", "--month", "2018-03", "--out", "r.csv"]
        main(["pay", roster(folder, *ROWS[3:]), *arguments, "--lang", "zh"])
        assert "虚构" in sums(folder / "r.csv")
        assert all(row["前提"].startswith("虚构") for row in table(folder / "r.csv"))
        assert "虚构" in capsys.readouterr().out


class TestSummary:
    def test_counts_and_totals(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        main(["pay", roster(folder, *ROWS), *CHANGSHA, "--out", "r.csv", "--lang", "zh"])
        printed = capsys.readouterr().out
        assert "花名册.csv，6 行" in printed
        assert "已确定        2" in printed
        assert "已确定的 2 行合计：8321.00 元（捌仟叁佰贰拾壹元整）" in printed
        assert printed.rstrip().endswith("r.csv")

    def test_lists_the_most_frequent_reasons(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = [*ROWS, *(f"庚,1{number:02},委员,2018-03-2{number},," for number in range(5))]
        main(["pay", roster(folder, *rows), *CHANGSHA, "--out", "r.csv", "--lang", "en"])
        printed = capsys.readouterr().out
        reasons = printed[printed.index("Most frequent reasons") :].splitlines()
        assert reasons[1].startswith("  6  ")
        assert "the visible part of the notice states no rule for part of a month" in reasons[1]

    def test_tells_each_fault_of_a_column_once_with_its_rows(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        words = [
            ("甲等", "社工证书"),
            ("合格", "社工证书"),
            ("甲等", "社工证书"),
            ("合格", "工程师"),
        ]
        rows = [f"{n},委员,2018-01-01,{one},{two}" for n, (one, two) in enumerate(words)]
        header = "工号,职务,入职日期,2018年考核,职业资格"
        name = roster(folder, *rows, header=header)
        assert main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 1
        printed = capsys.readouterr().out
        told = printed[printed.index("each fault once:") :].splitlines()
        assert [line for line in told if "is not understood" in line] == [
            line for line in told if line.startswith(f"  {name}:")
        ]
        assert told[1].startswith(f"  {name}:2: 职业资格: '社工证书'")
        assert told[1].endswith("; 3 times, rows 2, 3, 4")
        assert '["社工证书"]' in told[2]
        assert told[3].startswith(f"  {name}:2: 2018年考核: '甲等'")
        assert told[3].endswith("; 2 times, rows 2, 4")
        assert told[5].startswith(f"  {name}:5: 职业资格: '工程师'")
        reasons = [row["reason"] for row in table(folder / "r.csv")]
        assert ["甲等" in reason for reason in reasons] == [True, False, True, False]
        assert ["社工证书" in reason for reason in reasons] == [True, True, True, False]

    def test_notices_name_only_what_the_scheme_asks_for(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["pay", roster(folder, ROWS[0]), *CHANGSHA, "--out", "r.csv", "--lang", "en"])
        plain = capsys.readouterr().err
        assert "no column" not in plain.replace("no column region", "")
        assert "passed through unchanged: 姓名, 备注" in plain
        scheme = ("--scheme", "sample-3x18", "--month", "2018-03")
        main(["pay", roster(folder, ROWS[5]), *scheme, "--out", "r.csv", "--lang", "en"])
        asked = capsys.readouterr().err
        assert asked.count("--assume qualification=none") == 1
        assert "no column schooling" in asked


class TestOutput:
    def test_that_exists_is_replaced_whole(self, folder: Path) -> None:
        (folder / "结果.csv").write_text("old\n" * 1000, encoding="utf-8")
        assert main(["pay", roster(folder, ROWS[0]), *CHANGSHA, "--out", "结果.csv"]) == 0
        assert "old" not in (folder / "结果.csv").read_text(encoding="utf-8")
        assert sorted(path.name for path in folder.iterdir()) == ["结果.csv", "花名册.csv"]

    def test_that_fails_leaves_the_old_one(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (folder / "r.csv").write_text("old", encoding="utf-8")

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("os.fsync", full)
        assert (
            main(["pay", roster(folder, ROWS[0]), *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 2
        )
        assert (folder / "r.csv").read_text(encoding="utf-8") == "old"
        assert sorted(path.name for path in folder.iterdir()) == ["r.csv", "花名册.csv"]
        assert "No space left on device" in capsys.readouterr().err

    def test_as_a_workbook_holds_numbers_and_text(self, folder: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        assert (
            main(["pay", roster(folder, *ROWS), *CHANGSHA, "--out", "结果.xlsx", "--lang", "zh"])
            == 1
        )
        sheet = openpyxl.load_workbook(folder / "结果.xlsx").active
        header = [cell.value for cell in sheet[1]]
        first = dict(zip(header, [cell.value for cell in sheet[2]], strict=True))
        assert first["应发合计（元）"] == 4361
        assert first["工号"] == "007"
        assert first["备注"] == "=1+1"
        assert sheet.cell(2, header.index("备注") + 1).data_type == "s"

    def test_needs_the_extra_for_a_workbook_before_anything_is_computed(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        assert main(["pay", "nobody.csv", *CHANGSHA, "--out", "r.xlsx", "--lang", "en"]) == 2
        assert "cwgrade[excel]" in capsys.readouterr().err


class TestSample:
    def test_is_the_bundled_roster(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["pay", "sample", *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 1
        assert len(table(folder / "r.csv")) == 300
        assert "INVENTED" in sums(folder / "r.csv")
        assert "INVENTED" in capsys.readouterr().out

    def test_gives_way_to_a_file_of_that_name_and_says_so(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (folder / "sample").write_text("x", encoding="utf-8")
        assert main(["pay", "sample", *CHANGSHA, "--out", "r.csv", "--lang", "en"]) == 2
        told = capsys.readouterr().err
        assert "'sample' in this folder is used, not the bundled sample" in told


def test_a_worker_who_came_in_the_month_has_the_grade_of_its_end(folder: Path) -> None:
    header = "工号,职务,入职日期,学历,学位,职业资格,荣誉,用工形式,身份"
    name = roster(folder, "1,委员,2018-03-15,大专,无,无,无,专职,无", header=header)
    arguments = ["--scheme", "sample-3x18", "--month", "2018-03", "--out", "r.csv", "--lang", "en"]
    assert main(["pay", name, *arguments]) == 0
    (row,) = table(folder / "r.csv")
    assert (row["post"], row["grade"], row["standing"]) == ("staff", "1", "final")


def test_the_grade_is_asked_within_the_days_that_a_source_shows(folder: Path) -> None:
    main(["new", "scheme", "--out", "my.toml"])
    text = (folder / "my.toml").read_text(encoding="utf-8")
    text = text.replace("attested_until = 2026-12-31", "attested_until = 2026-12-15")
    (folder / "my.toml").write_text(text, encoding="utf-8")
    header = "工号,职务,入职日期,学历,职业资格,用工形式,身份"
    name = roster(folder, "1,委员,2026-12-10,大专,无,专职,无", header=header)
    arguments = ["--scheme", "my.toml", "--month", "2026-12", "--out", "r.csv", "--lang", "en"]
    main(["pay", name, *arguments])
    (row,) = table(folder / "r.csv")
    # on the first day not there yet, and nothing is known of the last one
    assert row["grade"] == "not_eligible"


def test_what_is_not_summed_is_named(folder: Path) -> None:
    main(["new", "scheme", "--out", "my.toml"])
    text = (folder / "my.toml").read_text(encoding="utf-8")
    text = text.replace("paid_in = [12]", 'paid_in = { missing = "not stated" }')
    (folder / "my.toml").write_text(text, encoding="utf-8")
    arguments = ["--scheme", "my.toml", "--month", "2026-03", "--out", "r.csv", "--lang", "zh"]
    main(["pay", roster(folder, ROWS[5]), *arguments])
    assert sums(folder / "r.csv")["未计入合计"][0] == "年终奖励：文件没有写明发放月份"


def test_many_rows_that_belong_to_nobody_are_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = roster(folder, ROWS[0])
    rows = "".join(f"9{number:02},2017,合格\n" for number in range(30))
    long = folder / "花名册.年度考核.csv"
    long.write_text(f"工号,考核年度,考核结果\n{rows}", encoding="utf-8")
    main(["pay", name, *CHANGSHA, "--out", "r.csv", "--lang", "zh"])
    told = capsys.readouterr().err
    assert "其他表中有 30 处记录" in told
    assert "另有 10 处" in told


def test_writing_refuses_what_is_no_cell(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"1\.5"):
        writing.write_table(tmp_path / "r.csv", ["a"], [[1.5]])  # type: ignore[list-item]
