"""`cwgrade changes`: everybody on either roster, what became of them and why, and totals that bridge."""

import csv
import json
from pathlib import Path

import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.cli import main

HEADER = "工号,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
LAST = (
    "0001,书记,2016-01-01,本科,学士,无,,无,专职,无,优秀,优秀",
    "0002,副主任,2016-07-01,大专,无,无,,无,专职,无,合格,合格",
    "0003,委员,2016-03-01,大专,无,无,,无,专职,无,合格,合格",
    "0004,委员,2016-03-01,大专,无,,,无,专职,无,合格,合格",
    "0006,委员,2019-01-01,大专,无,无,,无,专职,无,,",
)
THIS = (
    # a certificate
    "0001,书记,2016-01-01,本科,学士,社会工作师,2018-02-05,无,专职,无,优秀,优秀",
    # another post
    "0003,副主任,2016-03-01,大专,无,无,,无,专职,无,合格,合格",
    # what was open is looked into
    "0004,委员,2016-03-01,大专,无,无,,无,专职,无,合格,合格",
    # new
    "0005,委员,2018-03-01,大专,无,无,,无,专职,无,,",
    "0006,委员,2019-01-01,大专,无,无,,无,专职,无,,",
    # a slip in the day
    "0007,委员,2018.13,大专,无,无,,无,专职,无,,",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("last.csv", HEADER, *LAST)
    write("this.csv", HEADER, *THIS)
    return tmp_path


def write(name: str, *lines: str) -> None:
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(*more: str, lang: str = "en", out: str = "o.csv") -> int:
    scheme = () if "--scheme" in more else ("--scheme", "sample-3x18")
    asked = (*scheme, "--month", "2018-03", "--out", out, "--lang", lang)
    return main(["changes", *(more or ("last.csv", "this.csv")), *asked])


def table() -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """Read the rows above the blank row, and what stands below it by label."""
    with Path("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    blank = next(place for place, row in enumerate(rows) if not any(row))
    found = [dict(zip(header, row, strict=True)) for row in rows[:blank]]
    return found, {row[0]: row[1:] for row in rows[blank + 1 :]}


@pytest.mark.usefixtures("folder")
class TestTable:
    def test_everybody_on_either_roster_comes_up_once(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run() == 1
        rows, below = table()
        assert [(row["row"], row["worker id"], row["change"]) for row in rows] == [
            ("2", "0001", "changed"),
            ("3", "0003", "changed"),
            ("4", "0004", "last month not decided, this one is"),
            ("5", "0005", "came"),
            ("6", "0006", "paid in neither month"),
            ("7", "0007", "last month decided, this one is not"),
            ("", "0002", "left"),
        ]
        by_id = {row["worker id"]: row for row in rows}
        assert by_id["0001"]["what changed"] == "grade, pay"
        assert "qualification: social worker" in by_id["0001"]["why"]
        assert by_id["0003"]["what changed"] == "post, grade, pay"
        assert "before: staff" in by_id["0003"]["why"]
        assert by_id["0005"]["why"] == "not on last month's roster"
        assert by_id["0002"]["why"] == "not on this month's roster"
        assert "13" in by_id["0007"]["why"]
        # last month's total + came − left + changed + now decided is this month's
        labels = (
            "Total 2018-02",
            "came",
            "left",
            "changed",
            "last month not decided, this one is",
        )
        parts = [round(float(below[label][0]) * 100) for label in labels]
        assert sum(parts) == round(float(below["Total 2018-03"][0]) * 100)
        assert parts[2] < 0
        due = [row["due 2018-03 (yuan)"] for row in rows]
        assert sum(round(float(one) * 100) for one in due if one) == sum(parts)
        assert below["Total"][5:8] == [
            below["Total 2018-02"][0],
            below["Total 2018-03"][0],
            f"{(sum(parts) - parts[0]) / 100:.2f}",
        ]
        printed = capsys.readouterr().out
        assert "basic pay: " in printed
        assert "Changes under sample-3x18, 2018-02 to 2018-03" in printed

    def test_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(lang="zh") == 1
        rows, _ = table()
        assert [row["变动"] for row in rows][-1] == "离开"
        assert rows[0]["变动内容"] == "等级、薪酬"
        assert "sample-3x18 2018-02 至 2018-03 变动" in capsys.readouterr().out

    def test_two_months_of_one_roster(self) -> None:
        write("last.csv", HEADER, *LAST[:3])
        assert run("last.csv") == 0
        rows, _ = table()
        assert [row["change"] for row in rows] == ["unchanged"] * 3

    def test_two_states_of_one_month(self) -> None:
        """The same month by two rosters: what a correction of the file changes."""
        write("last.csv", HEADER, LAST[0])
        write("this.csv", HEADER, THIS[0])
        assert run("last.csv", "this.csv", "--last-month", "2018-03") == 0
        assert [row["change"] for row in table()[0]] == ["changed"]

    def test_rows_without_an_id_and_ids_twice_are_kept(self) -> None:
        write("last.csv", HEADER, LAST[1], LAST[1], LAST[2].replace("0003", ""))
        assert run() == 1
        rows, _ = table()
        assert [row["worker id"] for row in rows] == [
            *(line[:4] for line in THIS),
            "0002",
            "0002",
            "",
        ]
        assert {row["change"] for row in rows[-3:]} == {"last month not decided, this one is"}

    def test_as_json(self) -> None:
        assert run(out="o.json") == 1
        told = json.loads(Path("o.json").read_text(encoding="utf-8"))
        assert [one["turn"] for one in told["people"]][:2] == ["changed", "changed"]
        assert told["invented"] == {"scheme": True, "roster": False}
        first = told["people"][0]
        assert first["changed"] == ["grade", "pay"]
        assert sum(first["components"].values()) == first["difference_fen"]
        bridge = told["bridge"]
        parts = ("before_fen", "came_fen", "changed_fen", "settled_fen")
        gone = bridge["left_fen"] + bridge["opened_fen"]
        assert sum(bridge[one] for one in parts) - gone == bridge["after_fen"]


@pytest.mark.usefixtures("folder")
def test_a_move_between_two_places_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    declared = load_scheme("sample-4x24-jia").versions[0].facts
    columns = ",".join(
        (HEADER, "地区", "retired", "2015年考核", *(f"fact:{one.name}" for one in declared))
    )
    values = ",".join(("no", "合格", *(one.values[0] for one in declared)))
    for name, region in (("last.csv", "990201"), ("this.csv", "990202")):
        write(name, columns, f"{LAST[2]},{region},{values}")
    run("last.csv", "this.csv", "--scheme", "sample-4x24-jia", "--scheme", "sample-4x24-yi")
    (row,) = table()[0]
    printed = capsys.readouterr().out
    assert "sample-4x24-jia → sample-4x24-yi" in row["why"]
    assert row["change"] == "changed"
    assert "a move to another place" in printed


@pytest.mark.usefixtures("folder")
def test_a_wrong_month_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("last.csv", "--last-month", "2018") == 2
    assert "'2018' is not a month" in capsys.readouterr().err
    assert not Path("o.csv").exists()
