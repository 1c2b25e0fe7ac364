"""`cwgrade explain`: one worker's answer with its derivation, as text, JSON and a page."""

import json
from datetime import date
from pathlib import Path
from typing import Final

import attrs
import pytest

from cwgrade.career import Search, Supposed, Way, why_not
from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.exchange import grading_from_json, payslip_from_json, read_worker
from cwgrade.statement import to_reach_text
from cwgrade.wording import Language

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

    def test_a_month_that_is_as_much_as_another_says_so(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        months = ["--month", "2018-03", "--than", "2018-02", "--lang", "en"]
        assert main(["explain", "个人.toml", *SAMPLE, *months]) == 0
        assert capsys.readouterr().out.endswith("\n2018-03 is as much as 2018-02.\n")

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
class TestToReach:
    ON: Final = ("--on", "2018-03-01")

    def test_tells_the_fewest_facts(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("--to-reach", "2", "--until", "2018-04-30", "--lang", "en")
        assert main(["explain", "个人.toml", *SAMPLE, *self.ON, *asked]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == ("Worker 007: what would give grade 2 (2018-03-01 to 2018-04-30)?")
        assert "INVENTED SCHEME" in lines[1]
        assert lines[3] == "staff, grade 1."
        assert lines[5] == "With the fewest facts, the earliest first:"
        assert all(line.count(" = ") == 1 for line in lines[6:])

    def test_held_already(self, capsys: pytest.CaptureFixture[str]) -> None:
        asked = ("--to-reach", "1", "--until", "2018-04-30", "--lang", "zh")
        assert main(["explain", "个人.toml", *SAMPLE, *self.ON, *asked]) == 0
        assert "已经是这一级或更高等级" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("lang", "facts", "cut_short", "none"),
        [
            (
                "en",
                "2018-05-01  post = principal, professional qualification = social worker",
                "more possibilities than 9",
                "None of the 9 possibilities that were tried gives grade 9.",
            ),
            (
                "zh",
                "2018-05-01  岗位=正职、职业资格=社会工作师",
                "可能的情况超过 9 种",
                "试过的 9 种都达不到 9 级。",
            ),
        ],
    )
    def test_several_facts_and_a_search_that_was_cut_short(
        self, lang: Language, facts: str, cut_short: str, none: str
    ) -> None:
        scheme, on = load_scheme("sample-3x18"), date(2018, 3, 1)
        worker = read_worker(Path("个人.toml"))
        horizon = date(2018, 3, 3)
        found = why_not(worker, scheme, on=on, grade=9, horizon=horizon, at_most=0)
        held = why_not(worker, scheme, on=on, grade=1, horizon=horizon, at_most=0).search.ways[0]
        supposed = (
            Supposed(fact="post", value="principal"),
            Supposed(fact="qualification", value="social_worker"),
        )
        way = attrs.evolve(held, facts=supposed, reached_on=date(2018, 5, 1))

        def told(*ways: Way, complete: bool) -> str:
            search = Search(ways=ways, tried=9, complete=complete)
            branch = held.entry.grading if ways else None
            return to_reach_text(
                attrs.evolve(found, search=search, branch=branch),
                lang,
                worker_id="007",
                grade=9,
                days=(on, horizon),
                version=scheme.version_on(on),
            )

        assert facts in told(way, complete=True)
        assert cut_short not in told(way, complete=True)
        assert cut_short in told(way, complete=False)
        assert none in told(complete=False)
        assert none not in told(complete=True)

    def test_a_search_that_was_cut_short_ends_with_1(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr("cwgrade.career.why.what_would_change", _cut_short)
        asked = ("--to-reach", "18", "--until", "2018-04-30", "--lang", "en")
        assert main(["explain", "个人.toml", *SAMPLE, *self.ON, *asked]) == 1
        assert "there may be other ways" in capsys.readouterr().out


def _cut_short(*_: object, at_most: int, **__: object) -> Search:
    assert at_most == 3
    return Search(ways=(), tried=400, complete=False)


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
            (
                ["个人.toml", *SAMPLE, "--on", "2018-03-01", "--to-reach", "2"],
                "--to-reach asks about the grade on a day",
            ),
            (
                ["个人.toml", *SAMPLE, "--on", "2018-03-01", "--to-reach", "2", "--why-not", "2"],
                "are two questions",
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
