"""`cwgrade explain`: one worker's answer with its derivation, as text, JSON and a page."""

import json
from pathlib import Path

import pytest

from cwgrade.cli import main
from cwgrade.exchange import grading_from_json, payslip_from_json

CHANGSHA = ("--scheme", "changsha-furong-2018", "--month", "2018-03")
SAMPLE = ("--scheme", "sample-3x18")
WORKER = """\
id = "007"
schooling = []
degrees = []
qualifications = []
honours = []

[[spells]]
start = 2017-02-01
title = "委员"

[[ratings]]
period = "2017"
value = "competent"

[[facts]]
name = "employment"
value = "full_time"

[[facts]]
name = "identity"
value = "none"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a roster and a worker file, as the working directory."""
    rows = "工号,职务,入职日期\n007,书记,2010-03-01\n008,委员,2018-03-15\n1.1E+17,委员,2018-01-01\n"
    (tmp_path / "花名册.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "个人.toml").write_text(WORKER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
class TestPay:
    def test_of_a_roster_row_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "花名册.csv", *CHANGSHA, "--id", "007", "--lang", "zh"]) == 0
        text = capsys.readouterr().out
        assert "应发合计：4361.00 元" in text
        assert "大写金额：肆仟叁佰陆拾壹元整" in text
        assert "四舍五入到元" in text
        assert "依据1《关于做好社区专职工作人员工资福利待遇调整的通知" in text

    def test_that_the_source_does_not_settle_ends_with_1(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", "花名册.csv", *CHANGSHA, "--id", "008", "--lang", "en"]) == 1
        assert "states no rule for part of a month" in capsys.readouterr().out

    def test_of_a_worker_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = [*SAMPLE, "--month", "2018-02", "--lang", "en"]
        assert main(["explain", "个人.toml", *arguments]) == 0
        text = capsys.readouterr().out
        # 3191.40 × 0.80 is 2553.12, rounded 2553, of which 70 %
        assert "1787.10 yuan" in text
        assert "INVENTED" in text

    def test_as_json_reads_back(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "花名册.csv", *CHANGSHA, "--id", "007", "--json"]) == 0
        payslip = payslip_from_json(json.loads(capsys.readouterr().out))
        assert payslip.gross_fen == 436100

    def test_as_a_page(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = [*CHANGSHA, "--id", "007", "--html", "说明.html", "--lang", "zh"]
        assert main(["explain", "花名册.csv", *arguments]) == 0
        page = (folder / "说明.html").read_text(encoding="utf-8")
        assert page.startswith("<!")
        assert "4361.00" in page
        assert "说明.html" in capsys.readouterr().err

    def test_takes_the_assumptions_of_the_main_job(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = [*CHANGSHA, "--id", "007", "--assume", "honours=none", "--lang", "en"]
        assert main(["explain", "花名册.csv", *arguments]) == 0
        assert "Assumed by the person asking: honour = no honour" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("lang", "told"),
        [
            (
                "en",
                "is 3829.50 yuan less than 2017-12:\nperformance pay  -3829.50\n    performance pay: not",
            ),
            (
                "zh",
                "2018-02 比 2017-12 少 3829.50 元：\n绩效工资  -3829.50\n    绩效工资：本月不发",
            ),
        ],
    )
    def test_why_less_than_another_month(
        self, capsys: pytest.CaptureFixture[str], lang: str, told: str
    ) -> None:
        months = ["--month", "2018-02", "--than", "2017-12", "--lang", lang]
        assert main(["explain", "个人.toml", *SAMPLE, *months]) == 0
        assert told in capsys.readouterr().out

    def test_why_more_names_every_step_in_which_the_two_part(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """June 2017 was on probation at 80 %, and on the wage of 2015."""
        months = ["--month", "2018-02", "--than", "2017-06", "--lang", "en"]
        assert main(["explain", "个人.toml", *SAMPLE, *months]) == 0
        text = capsys.readouterr().out
        assert "2018-02 is 471.66 yuan more than 2017-06:" in text
        assert "5319.00 yuan; before: figure of 2015" in text
        assert "on probation: no" in text

    def test_a_month_that_cannot_be_decided_has_no_difference(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        months = ["--month", "2018-04", "--than", "2018-03", "--id", "008", "--lang", "en"]
        scheme = ["--scheme", "changsha-furong-2018"]
        assert main(["explain", "花名册.csv", *scheme, *months]) == 1
        assert "nobody can say by how much" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
class TestGrade:
    def test_on_a_day(self, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = [*SAMPLE, "--on", "2018-02-01", "--lang", "zh"]
        assert main(["explain", "个人.toml", *arguments]) == 0
        assert "工作人员 1 级" in capsys.readouterr().out

    def test_as_json_reads_back(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "个人.toml", *SAMPLE, "--on", "2018-02-01", "--json"]) == 0
        assert grading_from_json(json.loads(capsys.readouterr().out)).placement.grade == 1

    def test_of_a_scheme_without_grades_is_answered(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["--scheme", "harbin-2016", "--on", "2016-01-02", "--id", "007", "--lang", "en"]
        assert main(["explain", "花名册.csv", *arguments]) == 0
        assert "no grades" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
class TestWhyNot:
    def ask(self, grade: str, until: str, *more: str, lang: str = "en") -> int:
        asked = ("--on", "2018-03-01", "--why-not", grade, "--until", until, "--lang", lang)
        return main(["explain", "个人.toml", *SAMPLE, *asked, *more])

    @pytest.mark.parametrize(
        ("lang", "way", "parts"),
        [
            ("en", "  2021-01-01  time alone  staff, grade 2", "11 months → 47 months"),
            ("zh", "  2021-01-01  只需等待  工作人员 2 级", "11 个月 → 47 个月"),
        ],
    )
    def test_time_alone_is_enough(
        self, capsys: pytest.CaptureFixture[str], lang: str, way: str, parts: str
    ) -> None:
        assert self.ask("2", "2021-12-31", "--rated", "合格", lang=lang) == 0
        text = capsys.readouterr().out
        assert way in text.splitlines()
        assert parts in text

    def test_a_single_fact(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.ask("2", "2018-04-30") == 0
        text = capsys.readouterr().out
        assert "schooling = master's schooling" in text
        assert "2018-04-01  professional qualification = assistant social worker" in text
        assert "time alone" not in text

    def test_held_already_and_out_of_reach(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.ask("1", "2018-04-30") == 0
        assert "is held already" in capsys.readouterr().out
        assert self.ask("17", "2018-04-30") == 0
        assert "No single fact gives grade 17" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
class TestWrong:
    def test_a_faulty_row_shows_its_faults(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", "花名册.csv", *CHANGSHA, "--id", "1.1E+17", "--lang", "zh"]) == 1
        text = capsys.readouterr().out
        assert "第 4 行（工号 '1.1E+17'）无法读取" in text
        assert "近似数" in text

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["花名册.csv", *CHANGSHA], "many workers: give the id of one with --id"),
            (["花名册.csv", *CHANGSHA, "--id", "07"], "'07'; did you mean '007'?"),
            # too short to look alike; a spreadsheet took the zeros away
            (["花名册.csv", *CHANGSHA, "--id", "7"], "'7'; did you mean '007'?"),
            (["个人.toml", *CHANGSHA, "--id", "008"], "the file of worker '007', not of '008'"),
            (["个人.toml", *CHANGSHA, "--assume", "honours=none"], "--assume is for rosters"),
            (["个人.toml", *CHANGSHA, "--on", "2018-03-01"], "either --month"),
            (
                ["个人.toml", *SAMPLE, "--on", "2018-03-01", "--html", "x.html"],
                "give --month, not --on",
            ),
            (
                ["个人.toml", *SAMPLE, "--on", "2018-03-01", "--than", "2018-02"],
                "--than compares two months",
            ),
            (
                ["个人.toml", *SAMPLE, "--on", "2018-03-01", "--why-not", "2"],
                "give --on and --until",
            ),
            (
                [
                    "个人.toml",
                    *SAMPLE,
                    "--on",
                    "2018-03-01",
                    "--until",
                    "2019-03-01",
                    "--why-not",
                    "二",
                ],
                "'二' is not a grade",
            ),
            (["个人.toml", *SAMPLE, "--on", "2018-03"], "--on: '2018-03' is not a day"),
            (["nobody.toml", *CHANGSHA], "no file 'nobody.toml'"),
            (["个人.toml", *SAMPLE, "--month", "1999-01"], "not yet in force"),
        ],
    )
    def test_command_is_told_and_ends_with_2(
        self, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["explain", *arguments, "--lang", "en"]) == 2
        assert told in capsys.readouterr().err

    def test_worker_file_shows_every_fault(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        faulty = WORKER.replace('"competent"', '"compatent"').replace("schooling", "scooling")
        (folder / "bad.toml").write_text(faulty, encoding="utf-8")
        assert main(["explain", "bad.toml", *CHANGSHA, "--lang", "en"]) == 2
        told = capsys.readouterr().err
        assert "did you mean 'competent'?" in told
        assert "did you mean 'schooling'?" in told
