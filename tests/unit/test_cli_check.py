"""`cwgrade check` and `cwgrade new`: every fault of a file, a scheme's cases, and files to start from."""

import re
from pathlib import Path

import pytest

from cwgrade.catalogue import load_scheme, scheme_ids, scheme_path
from cwgrade.cli import main
from cwgrade.cli.cases import case_lines
from cwgrade.rosterfile import read_roster
from cwgrade.schemefile import read_scheme
from cwgrade.wording import Language

CASE = """\
[case]
kind = "derived"
steps = "2024-07-01 起任职满 8 个月：基数 3000 × 1.00 + 正职津贴 800"

[ask]
on = 2025-03-01
month = "2025-03"

[expect]
grade = 1
gross_yuan = 3800

[expect.lines]
base_pay = 3000

[worker]
id = "1"
schooling = []
qualifications = []

[[worker.spells]]
start = 2024-07-01
title = "书记"

[[worker.ratings]]
period = "2024"
value = "competent"

[[worker.facts]]
name = "employment"
value = "full_time"

[[worker.facts]]
name = "identity"
value = "none"
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    """A scheme file made by `cwgrade new`, in a folder with Chinese characters in its name."""
    folder = tmp_path / "方案"
    folder.mkdir()
    file = folder / "my.toml"
    assert main(["new", "scheme", "--out", str(file)]) == 0
    return file


def case(scheme: Path, text: str = CASE, name: str = "a.toml") -> Path:
    """Put a case beside a scheme."""
    folder = scheme.with_suffix(".cases")
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


class TestScheme:
    def test_template_is_clean(self, scheme: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(scheme), "--lang", "zh"]) == 0
        text = capsys.readouterr().out
        assert "没有错误" in text
        assert "pay.year_end.not_out: 考核结果公布前如何发放未载明" in text

    @pytest.mark.parametrize(
        ("lang", "told"), [("en", "did you mean 'main'"), ("zh", "是不是 'main'")]
    )
    def test_shows_every_fault_with_its_line(
        self, lang: Language, told: str, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = scheme.read_text(encoding="utf-8")
        text = text.replace('\nsource = "main"', '\nsource = "mian"', 1).replace(
            "principal = 800, ", ""
        )
        scheme.write_text(text, encoding="utf-8")
        line = text[: text.index('"mian"')].count("\n") + 1
        assert main(["check", str(scheme), "--lang", lang]) == 1
        printed = capsys.readouterr().out
        assert f"my.toml:{line}: posts.principal.source" in printed
        assert told in printed
        assert "principal" in printed[printed.index("pay.post_pay") :]

    def test_lists_what_a_table_that_is_missing_goes_by(
        self, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The gaps are those of the table written out, and those that no answer depends on are named."""
        text = scheme.read_text(encoding="utf-8")
        start = text.index("[pay.post_pay]")
        end = text.index("yuan = {", start)
        table = text[end : text.index("\n", end)]
        text = text.replace(
            table, 'yuan = { missing = "no amount" }\notherwise = { missing = "no rest" }'
        )
        text = text.replace('by = "post"', 'by = "paid_as"', 1)
        text += '\n[quantities.paid_as]\nlabel = "paid as"\nby = ["post", "on_probation"]\n'
        text += 'value = { staff = { yes = { missing = "not said" } } }\n'
        text += 'otherwise = "staff"\nsource = "main"\n'
        text += '\n[quantities.lone]\nlabel = "lone"\nyuan = { missing = "x" }\nsource = "main"\n'
        scheme.write_text(text, encoding="utf-8")
        assert main(["check", str(scheme), "--lang", "en"]) == 0
        told = capsys.readouterr().out
        for line in (
            "pay.post_pay: no amount",
            "pay.post_pay.otherwise: no rest",
            "quantities.paid_as.staff.yes: not said",
        ):
            assert f"  {line}\n" in told
        unread = next(one for one in told.splitlines() if one.startswith("Left open in the file"))
        assert unread.endswith("stands: quantities.lone.yuan")

    def test_names_the_slips_of_an_input_method(
        self, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        text = scheme.read_text(encoding="utf-8").replace('id = "sample', "id ＝ “sample", 1)
        scheme.write_text(text, encoding="utf-8")
        assert main(["check", str(scheme), "--lang", "zh"]) == 1
        assert "全角等号" in capsys.readouterr().out


class TestCases:
    def test_that_agree_pass(self, scheme: Path, capsys: pytest.CaptureFixture[str]) -> None:
        case(scheme)
        assert main(["check", str(scheme), "--lang", "en"]) == 0
        assert "pass  a.toml" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ("gross_yuan = 3800", "gross_yuan = 3900", "应发合计：应为 3900.00，得到 3800.00"),
            ("grade = 1", "grade = 2", "等级：应为 2，得到 1"),
            ("base_pay = 3000", "base_pay = 3000.50", "基本工资：应为 3000.50，得到 3000.00"),
            (
                "base_pay = 3000",
                "bas_pay = 3000",
                "expect.lines.bas_pay: 方案没有薪酬项 'bas_pay'；是不是 'base_pay'？",
            ),
            ('value = "full_time"', 'value = "part_time"', "结果：应为 已确定，得到 不适用本方案"),
            ("[expect]\n", '[expect]\nstatus = "not_eligible"\n', "'not_eligible'"),
        ],
    )
    def test_that_differ_fail_with_expected_and_got(
        self, old: str, new: str, told: str, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        case(scheme)
        case(scheme, CASE.replace(old, new, 1), "b.toml")
        assert main(["check", str(scheme), "--lang", "zh"]) == 1
        printed = capsys.readouterr().out
        assert "相符  a.toml" in printed
        assert "不符  b.toml" in printed
        assert told in printed
        assert "1 个相符，1 个不符" in printed

    def test_of_possible_grades_compare_all_of_them(
        self, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        open_case = CASE.replace("qualifications = []\n", "").replace('month = "2025-03"\n', "")
        open_case = open_case.replace("grade = 1\ngross_yuan = 3800\n", "").replace(
            "[expect.lines]\nbase_pay = 3000\n", ""
        )
        expect = '[expect]\nstatus = "one_of"\ngrades = '
        case(scheme, open_case.replace("[expect]\n", f"{expect}[1, 2, 3, 4]\n"))
        case(scheme, open_case.replace("[expect]\n", f"{expect}[1, 2]\n"), "b.toml")
        assert main(["check", str(scheme), "--lang", "zh"]) == 1
        printed = capsys.readouterr().out
        assert "相符  a.toml" in printed
        assert "可能的等级：应为 1, 2，得到 1, 2, 3, 4" in printed

    def test_that_ask_beyond_the_scheme_fail_with_the_reason(
        self, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        case(scheme, CASE.replace("2025-03", "2030-03"))
        assert main(["check", str(scheme), "--lang", "en"]) == 1
        assert "the last day shown is 2026-12-31" in capsys.readouterr().out

    def test_one_alone_is_run_with_the_scheme_beside_its_folder(
        self, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", str(case(scheme)), "--lang", "en"]) == 0
        assert "pass  a.toml" in capsys.readouterr().out
        assert main(["check", str(case(scheme, CASE.replace("3800", "1"))), "--lang", "en"]) == 1

    def test_one_elsewhere_is_read_only(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a.toml").write_text(CASE, encoding="utf-8")
        assert main(["check", str(tmp_path / "a.toml"), "--lang", "en"]) == 0
        assert "a case without faults" in capsys.readouterr().out


class TestOtherFiles:
    def test_roster_shows_faults_by_row(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "名册.csv"
        file.write_text(
            "工号,职务,入职日期\n1,委员,2019-13-01\n2,委员,2019-01-01\n", encoding="gb18030"
        )
        assert main(["check", str(file), "--lang", "zh"]) == 1
        printed = capsys.readouterr().out
        assert "名册.csv:2: 入职日期" in printed
        assert "2 行，其中 1 行有错误" in printed

    def test_roster_tells_a_word_that_many_rows_have_once(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "名册.csv"
        words = ["社工证书"] * 12 + ["助理工程师"] + ["无"]
        rows = [f"{number},委员,2019-01-01,{word}" for number, word in enumerate(words)]
        file.write_text("\n".join(["工号,职务,入职日期,职业资格", *rows]), encoding="utf-8")
        assert main(["check", str(file), "--lang", "en"]) == 1
        printed = capsys.readouterr().out
        assert printed.count("'社工证书' is not understood") == 1
        assert "; 12 times, rows 2–11, …\n" in printed
        assert printed.count("--spellings: [values.qualification]") == 1
        assert f"{file}:14: 职业资格: '助理工程师' is not understood" in printed
        assert "14 rows, 13 of them with faults" in printed
        more = tmp_path / "写法.toml"
        more.write_text('[values.qualification]\nassistant = ["社工证书"]\n', encoding="utf-8")
        assert main(["check", str(file), "--spellings", str(more), "--lang", "en"]) == 1
        printed = capsys.readouterr().out
        assert "社工证书" not in printed
        assert "14 rows, 1 of them with faults" in printed

    def test_spellings_are_of_rosters_alone(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "a.toml").write_text(CASE, encoding="utf-8")
        asked = ["check", str(tmp_path / "a.toml"), "--spellings", "b.toml", "--lang", "en"]
        assert main(asked) == 2
        assert "--spellings" in capsys.readouterr().err

    def test_roster_names_rows_of_other_sheets_that_belong_to_nobody(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "r.csv").write_text("工号,职务,入职日期\n1,委员,2019-01-01\n", encoding="utf-8")
        (tmp_path / "r.荣誉.csv").write_text("工号,荣誉\n2,市级\n", encoding="utf-8")
        assert main(["check", str(tmp_path / "r.csv"), "--lang", "en"]) == 1
        assert "belong to nobody in the roster: 1" in capsys.readouterr().out

    def test_clean_worker(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "w.toml"
        file.write_text('id = "1"\n[[spells]]\nstart = 2019-07-01\n', encoding="utf-8")
        assert main(["check", str(file), "--lang", "en"]) == 0
        assert "worker '1': no faults" in capsys.readouterr().out

    def test_faulty_worker(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "w.toml"
        file.write_text('id = "1"\n[[spels]]\nstart = 2019-07-01\n', encoding="utf-8")
        assert main(["check", str(file), "--lang", "en"]) == 1
        assert "did you mean 'spells'" in capsys.readouterr().out

    @pytest.mark.parametrize("name", ["nobody.toml", "nobody.csv", "picture.png", "."])
    def test_that_cannot_be_read_ends_with_2(
        self, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")
        assert main(["check", name]) == 2


class TestNew:
    def test_scheme_is_printed_without_a_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["new", "scheme"]) == 0
        assert capsys.readouterr().out.startswith('format = "cwgrade-scheme/1"')

    def test_never_overwrites(self, scheme: Path, capsys: pytest.CaptureFixture[str]) -> None:
        scheme.write_text("mine", encoding="utf-8")
        assert main(["new", "scheme", "--out", str(scheme), "--lang", "en"]) == 2
        assert "exists already" in capsys.readouterr().err
        assert scheme.read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (["scheme", "--out", "x.csv"], "'x.csv' does not end"),
            (["scheme", "--scheme", "harbin-2016"], "takes no --scheme"),
            (["roster", "--out", "x.xlsx"], "needs --scheme"),
            (["roster", "--scheme", "harbin-2016"], "needs --out"),
            (["roster", "--scheme", "harbin-2016", "--out", "x.csv"], "'x.csv' does not end"),
        ],
    )
    def test_wrong_commands(
        self,
        arguments: list[str],
        told: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["new", *arguments, "--lang", "en"]) == 2
        assert told in capsys.readouterr().err
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("scheme_id", scheme_ids())
    def test_roster_of_every_bundled_scheme_reads_back_empty(
        self, scheme_id: str, tmp_path: Path
    ) -> None:
        pytest.importorskip("xlsxwriter")
        file = tmp_path / "空白.xlsx"
        assert main(["new", "roster", "--scheme", scheme_id, "--out", str(file)]) == 0
        assert read_roster(file).rows == ()

    def test_template_names_no_place(self, scheme: Path) -> None:
        version = read_scheme(scheme)
        assert version.place.startswith("99")
        assert "虚构" in version.title.zh


class TestCasesThatAssume:
    @pytest.fixture
    def case(self, scheme: Path) -> Path:
        """A case beside a scheme whose rounding is missing."""
        text = scheme.read_text(encoding="utf-8")
        for old, new in (
            ('rounded = { to = "yuan", mode = "half_up" }', ""),
            ('component = { to = "fen", mode = "half_up" }', 'component = { missing = "no word" }'),
            ("yuan = 3000", "yuan = 3000.5"),
        ):
            assert text.count(f"{old}\n") == 1
            text = text.replace(f"{old}\n", f"{new}\n")
        scheme.write_text(text, encoding="utf-8")
        folder = scheme.with_suffix(".cases")
        folder.mkdir()
        return folder / "one.toml"

    def answer(self, case: Path, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
        case.write_text(text, encoding="utf-8")
        status = main(["check", str(case), "--lang", "en"])
        return status, capsys.readouterr().out

    def test_are_run_with_what_they_assume(
        self, case: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assumed = '[assume]\n"rounding.component" = { to = "yuan", mode = "down" }\n\n[worker]\n'
        text = CASE.replace("[worker]\n", assumed)
        assert self.answer(case, text, capsys)[0] == 0
        status, told = self.answer(case, text.replace('"down"', '"up"'), capsys)
        assert (status, "basic pay: expected 3000.00, got 3001.00" in told) == (1, True)

    def test_compare_quantities(self, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text = CASE.replace(
            "[expect.lines]\nbase_pay = 3000",
            '[expect.quantities]\nbase = 3000.5\npost = "principal"',
        )
        text = text.replace("gross_yuan = 3800\n", "").replace('month = "2025-03"\n', "")
        assert self.answer(case, text, capsys)[0] == 0
        status, told = self.answer(case, text.replace("3000.5", "3000"), capsys)
        assert status == 1
        assert "6001/2" in told

    @pytest.mark.parametrize("status", ["", 'status = "not_applicable"\n'])
    def test_compare_quantities_where_there_is_no_grade(self, status: str, tmp_path: Path) -> None:
        text = (
            '[case]\nkind = "derived"\nsteps = "title"\n[ask]\non = 2016-01-15\n[expect]\n'
            f'{status}[expect.quantities]\npost = "deputy"\n'
            '[worker]\nid = "1"\n[[worker.spells]]\nstart = 2015-03-01\npost = "deputy"\n'
        )
        file, scheme = tmp_path / "a.toml", load_scheme("harbin-2016")
        assert scheme.versions[0].ladder is None
        file.write_text(text, encoding="utf-8")
        assert case_lines(file, scheme, "en") == (True, ["pass  a.toml"])
        file.write_text(text.replace('post = "deputy"\n[w', 'post = "staff"\n[w'), encoding="utf-8")
        passed, lines = case_lines(file, scheme, "en")
        assert (passed, lines[1:]) == (False, ["      post: expected staff, got deputy"])

    def test_a_grade_of_another_status_is_told_beside_quantities(self, tmp_path: Path) -> None:
        file = tmp_path / "a.toml"
        file.write_text(
            '[case]\nkind = "derived"\nsteps = "title"\n[ask]\non = 2016-01-15\n[expect]\n'
            'status = "one_of"\n[expect.quantities]\npost = "deputy"\n'
            '[worker]\nid = "1"\n[[worker.spells]]\nstart = 2015-03-01\npost = "deputy"\n',
            encoding="utf-8",
        )
        passed, lines = case_lines(file, load_scheme("harbin-2016"), "en")
        assert not passed
        assert "This scheme has no grades" in lines[1]

    def test_name_what_the_scheme_does_not_have(
        self, case: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        status, told = self.answer(case, CASE.replace("base_pay = ", "bas_pay = "), capsys)
        assert status == 1
        assert f"{case}:14: expect.lines.bas_pay: The scheme has no pay component 'bas_pay'" in told


FACTS = """\
format = "cwgrade-facts/1"
scheme = "my-place-2024"

[[facts]]
says = { zh = "外", en = "apart" }
outside = { zh = "无关", en = "unrelated" }
"""


class TestFacts:
    @pytest.fixture
    def facts(self, scheme: Path) -> Path:
        """A facts file beside the scheme, which says too little."""
        file = scheme.with_suffix(".facts.toml")
        file.write_text(FACTS, encoding="utf-8")
        return file

    def test_beside_a_scheme_are_read_with_it(
        self, facts: Path, scheme: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", str(scheme), "--lang", "en"]) == 1
        assert f"{facts}: No fact speaks of " in capsys.readouterr().out

    def test_alone_are_held_against_the_scheme_beside_them(
        self, facts: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["check", str(facts), "--lang", "en"]) == 1
        assert f"{facts}: No fact speaks of " in capsys.readouterr().out

    def test_that_hold_are_counted(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", str(scheme_path("harbin-2016")), "--lang", "en"]) == 0
        assert re.search(
            r"harbin-2016\.facts\.toml: \d+ facts, \d+ documents", capsys.readouterr().out
        )
