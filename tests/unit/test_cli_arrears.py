"""`cwgrade arrears`: every row of a roster settled, open or faulty, with causes, sums and what was paid."""

import csv
from datetime import date
from pathlib import Path

import pytest

from cwgrade.arrears import Change, FactChange, FigureChange, VersionChange
from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.cli.became_known import change_text
from cwgrade.errors import RosterFileError
from cwgrade.rosterfile import read_payments
from cwgrade.wording import Language, say
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
)
from tests.tools.options import with_others

HEADER = (
    "工号,姓名,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
)
ROWS = (
    "0001,甲,书记,2016-01-01,本科,学士,社会工作师,2017-05-10,无,专职,无,优秀,优秀",
    # whether there is a qualification nobody says
    "0002,乙,副主任,2016-07-01,大专,无,,,无,专职,无,合格,合格",
    # a slip in the day
    "0003,丙,委员,2016.13,大专,无,无,,无,专职,无,合格,合格",
    # not there yet
    "0004,丁,委员,2019-01-01,大专,无,无,,无,专职,无,,",
)
ASKED = ("--scheme", "sample-3x18", "--from", "2018-07", "--to", "2018-08", "--out", "o.csv")
KNOWN = ("--known-before", "2018-06-19", "--known-after", "2018-06-30")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = "\n".join((HEADER, *ROWS)) + "\n"
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, *lines: str) -> str:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def run(*more: str, lang: str = "en") -> int:
    usual = (*ASKED, *KNOWN, "--lang", lang)
    return main(["arrears", "roster.csv", *with_others(usual, more)])


def table() -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """Read the rows above the blank row, and what stands below it by label."""
    with Path("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    blank = next(place for place, row in enumerate(rows) if not any(row))
    found = [dict(zip(header, row, strict=True)) for row in rows[:blank]]
    return found, {row[0]: row[1:] for row in rows[blank + 1 :]}


class TestTable:
    @pytest.mark.parametrize(("lang", "told"), [("en", "belong to nobody"), ("zh", "找不到人")])
    def test_a_row_of_a_long_sheet_that_belongs_to_nobody(
        self, folder: Path, capsys: pytest.CaptureFixture[str], lang: Language, told: str
    ) -> None:
        write(folder, "roster.csv", HEADER, ROWS[0])
        assert run(lang=lang) == 0
        assert capsys.readouterr().err == ""
        write(folder, "roster.职业资格.csv", "工号,职业资格,取得日期", "0010,社会工作师,2018-06-20")
        assert run(lang=lang) == 1
        err = capsys.readouterr().err
        assert told in err
        assert "roster.职业资格.csv:2: " in err
        assert "'0010'" in err
        assert table()[1][say("cli-sum-orphans", {}, lang)][0] == "1"
        ahead = ("--from", "2018-07-01", "--until", "2018-08-31", "--scheme", "sample-3x18")
        assert main(["next", "roster.csv", *ahead, "--lang", lang]) == 1
        assert "'0010'" in capsys.readouterr().err

    @pytest.mark.usefixtures("folder")
    def test_every_row_comes_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run() == 1
        rows, below = table()
        found = [(row["worker id"], row["month"], row["status"]) for row in rows]
        assert found == [
            ("0001", "2018-07", "to be settled"),
            ("0001", "2018-08", "to be settled"),
            ("0002", "2018-07", "cannot be decided"),
            ("0002", "2018-08", "cannot be decided"),
            ("0003", "", "faulty row"),
            ("0004", "", "nothing due"),
        ]
        first = rows[0]
        # grade 10, coefficient 1.28 … of 60 % of the wage: 3059.50 on that of 2016, 3322.00 on that of 2017
        assert first["due (yuan)"] == "262.50"
        assert first["component"] == "basic pay"
        assert first["cause"] == "provisional amount settled"
        assert first["known since"] == "2018-06-20"
        assert first["what became known"].endswith("of 2017: 5807.00")
        assert first["due as known then (yuan)"] == "3059.50"
        assert first["due as known now (yuan)"] == "3322.00"
        assert "professional qualification" in rows[2]["what became known"]
        assert "13" in rows[4]["what became known"]
        assert below["Total"][4] == "525.00"
        assert below["Total in capitals (大写)"][0] == "伍佰贰拾伍元整"
        assert below["provisional amount settled"][0] == "525.00"
        printed = capsys.readouterr().out
        assert "Due in all: 525.00 yuan" in printed
        assert "2 months cannot be decided" in printed

    @pytest.mark.usefixtures("folder")
    def test_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        run(lang="zh")
        rows, below = table()
        assert rows[0]["状态"] == "应补（扣）"
        assert rows[0]["原因"] == "暂按数结算"
        assert below["合计"][4] == "525.00"
        assert "合计补发：525.00 元" in capsys.readouterr().out

    def test_all_settled_ends_with_0(self, folder: Path) -> None:
        write(folder, "roster.csv", HEADER, ROWS[0], ROWS[3])
        assert run() == 0

    def test_a_certificate_recorded_late(self, folder: Path) -> None:
        write(folder, "roster.csv", HEADER, ROWS[0].replace("社会工作师,2017-05-10", ","))
        write(
            folder,
            "roster.职业资格.csv",
            "工号,职业资格,登记日期,入档日期",
            "0001,社会工作师,2017-05-10,2018-06-25",
        )
        assert run() == 0
        rows, _ = table()
        causes = {row["cause"] for row in rows}
        assert causes == {"provisional amount settled", "fact corrected"}
        corrected = next(row for row in rows if row["cause"] == "fact corrected")
        assert corrected["known since"] == "2018-06-25"
        assert corrected["what became known"].startswith("qualification: ")
        # the sums of a month stand once
        july = [row for row in rows if row["month"] == "2018-07"]
        assert [bool(row["due as known now (yuan)"]) for row in july] == [
            True,
            *[False] * (len(july) - 1),
        ]


class TestPaid:
    def test_by_component_and_as_a_whole(self, folder: Path) -> None:
        write(folder, "roster.csv", HEADER, ROWS[0])
        write(
            folder,
            "paid.csv",
            "工号,所属月份,项目,已发金额",
            "0001,2018-07,基本工资,2859.50",
            "0001,2018-07,professional,150",
            "0001,2018年8月,,3000",
            "0001,2018-08,,59.50",
            "0009,2018-08,,3000",
            "0009,2017-08,,3000",
        )
        assert run("--paid", "paid.csv") == 1
        rows, _ = table()
        found = [(row["component"], row["due (yuan)"], row["cause"]) for row in rows[:2]]
        assert found == [
            ("professional allowance", "50.00", "payment differs from what was due"),
            ("basic pay", "262.50", "provisional amount settled"),
        ]
        assert rows[-1]["status"] == "paid, not on the roster"
        assert (rows[-1]["worker id"], rows[-1]["paid (yuan)"]) == ("0009", "3000.00")
        august = [row for row in rows if row["month"] == "2018-08" and row["worker id"] == "0001"]
        assert [row["due (yuan)"] for row in august] == ["262.50"]
        assert august[0]["paid (yuan)"] == "3059.50"

    def test_a_month_nobody_speaks_of(self, folder: Path) -> None:
        write(folder, "roster.csv", HEADER, ROWS[0])
        write(folder, "paid.csv", "工号,所属月份,已发金额", "0001,2018-07,3322")
        assert run("--paid", "paid.csv") == 1
        rows, _ = table()
        assert [row["status"] for row in rows][-1] == "cannot be decided"
        assert "write 0 where nothing was paid" in rows[-1]["what became known"]

    def test_every_faulty_row_is_told(self, folder: Path) -> None:
        write(
            folder,
            "paid.csv",
            "工号,所属月份,已发金额",
            "0001,2018,3000",
            "0001,2018-07,三千",
            ",2018-07,3000",
        )
        with pytest.raises(RosterFileError) as caught:
            read_payments(Path("paid.csv"))
        told = str(caught.value)
        assert "paid.csv:2: 所属月份: '2018' is not the month that was paid for" in told
        assert "paid.csv:3: 已发金额: " in told
        assert "paid.csv:4: 工号: " in told

    @pytest.mark.parametrize(
        ("header", "near"),
        [("已发全额", "did you mean '已发金额'"), ("实发金额", None), ("备注", None)],
    )
    def test_a_missing_column_is_told_once(
        self, folder: Path, header: str, near: str | None
    ) -> None:
        write(folder, "paid.csv", f"工号,所属月份,{header}", "0001,2018-07,1", "0002,2018-07,2")
        with pytest.raises(RosterFileError) as caught:
            read_payments("paid.csv")
        (fault,) = caught.value.exceptions
        told = str(fault)
        assert told.startswith(f"paid.csv:1: the header ['工号', '所属月份', '{header}'] has no")
        assert "before deductions" in told
        assert "已发金额（元）" in told
        assert ("did you mean" in told) == (near is not None)
        assert near is None or near in told

    def test_an_empty_file(self, folder: Path) -> None:
        write(folder, "paid.csv", "")
        with pytest.raises(RosterFileError):
            read_payments("paid.csv")


class TestWhatItRestsOn:
    def test_assumptions_and_months_out_of_force(self, folder: Path) -> None:
        write(folder, "roster.csv", "工号,职务,入职日期", "0001,副主任,2012-05-01")
        arguments = ["arrears", "roster.csv", "--scheme", "changsha-furong-2018", "--out", "o.csv"]
        arguments += ["--from", "2018-12", "--to", "2019-01", "--lang", "en"]
        arguments += ["--known-before", "2019-01-31", "--known-after", "2019-02-28"]
        arguments += ["--assume", "base.peg.after_publication=settle"]
        assert main(arguments) == 1
        rows, below = table()
        assert [(row["month"], row["status"]) for row in rows] == [("2019-01", "cannot be decided")]
        assert "2018-12-31" in rows[0]["what became known"]
        assert below["Assumed where unknown"][0] == "base.peg.after_publication=settle"


class TestWrong:
    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--known-before", "2018-07-01"), "--known-before is 2018-07-01"),
            (("--from", "2018-09"), "--from '2018-09' comes after --to '2018-08'"),
            (("--from", "1950-01"), "at most 600"),
            (("--out", "o.txt"), "'o.txt'"),
        ],
    )
    def test_arguments(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        arguments: tuple[str, ...],
        told: str,
    ) -> None:
        assert run(*arguments) == 2
        assert told in capsys.readouterr().err
        assert not (folder / "o.csv").exists()


def fact(before: object, after: object, field: str = "spells") -> FactChange:
    return FactChange(field=field, before=before, after=after, became_known=None)  # type: ignore[arg-type]


CHANGES: list[tuple[Change, str]] = [
    (
        fact(
            ServiceSpell(start=date(2015, 1, 1), title="委员"),
            ServiceSpell(start=date(2014, 1, 1), end=date(2016, 1, 1), title="委员"),
        ),
        "service: 委员 2015-01-01 – → 委员 2014-01-01 – 2016-01-01",
    ),
    (
        fact(AbsenceSpell(start=date(2015, 1, 1), kind="sick"), None, "absences"),
        "absence taken off: sick leave 2015-01-01 –",
    ),
    (
        fact(None, Attainment(value="senior"), "qualifications"),
        "qualification: senior social worker",
    ),
    (fact(None, UNKNOWN, "honours"), "honours: unknown"),
    (fact(UNKNOWN, None, "honours"), "honours: not known before"),
    (fact(None, Rating(period="2017", value="fail"), "ratings"), "rating: 2017 not competent"),
    (
        fact(None, StateFact(name="identity", value="institution"), "facts"),
        "other facts: status = public institution staff",
    ),
    (
        fact(None, PlacementOnRecord(post="staff", grade=3, since=date(2015, 1, 1)), "placement"),
        "grade on record: staff 3 (2015-01-01)",
    ),
    (
        fact(None, SuppliedAmount(component="on_call", year=2018, month=7, fen=20_00), "supplied"),
        "amount supplied: on_call 20.00",
    ),
    (
        FigureChange(
            series="city_wage",
            year=2017,
            before_fen=100_00,
            after_fen=None,
            published_on="unknown",
        ),
        "invented average monthly wage of Yangcheng of 2017 taken off: 100.00",
    ),
    (
        VersionChange(
            scheme_id="sample-3x18",
            from_day=date(2018, 1, 1),
            before="",
            after="abc",
            published_on="unknown",
        ),
        "the scheme's version from 2018-01-01: sample-3x18, published unknown",
    ),
]


@pytest.mark.parametrize(("change", "told"), CHANGES)
def test_what_became_known_in_words(change: Change, told: str) -> None:
    assert change_text(change, load_scheme("sample-3x18"), "en") == told
