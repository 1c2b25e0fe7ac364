"""`cwgrade audit`: every row, month and payment comes up, with what explains it."""

import csv
import json
from pathlib import Path

import pytest

from cwgrade.cli import main
from tests.tools.options import with_others

HEADER = (
    "工号,姓名,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
)
ROWS = (
    "0001,甲,书记,2016-01-01,本科,学士,社会工作师,2017-05-10,无,专职,无,优秀,优秀",
    "0002,乙,副主任,2016-07-01,大专,无,无,,无,专职,无,合格,合格",
    # a slip in the day
    "0003,丙,委员,2016.13,大专,无,无,,无,专职,无,合格,合格",
    # not there yet
    "0004,丁,委员,2019-01-01,大专,无,无,,无,专职,无,,",
)
PAID = (
    "0001,2018-07,3322",
    # on the wage of 2016, where that of 2017 was out
    "0002,2018-07,2077.60",
    "0003,2018-07,1000",
    "0009,2018-07,2268",
    "0009,2018-07,1",
    "0009,2018-06,2268",
)
ASKED = ("--scheme", "sample-3x18", "--from", "2018-07", "--to", "2018-07")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("roster.csv", HEADER, *ROWS)
    write("paid.csv", "工号,所属月份,已发金额", *PAID)
    return tmp_path


def write(name: str, *lines: str) -> None:
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(*more: str, lang: str = "en", out: str = "o.csv") -> int:
    usual = (*ASKED, "--out", out, "--lang", lang)
    return main(["audit", "roster.csv", "paid.csv", *with_others(usual, more)])


def table() -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    """Read the rows above the blank row, and what stands below it by label."""
    with Path("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    blank = next(place for place, row in enumerate(rows) if not any(row))
    found = [dict(zip(header, row, strict=True)) for row in rows[:blank]]
    return found, {row[0]: row[1:] for row in rows[blank + 1 :]}


@pytest.mark.usefixtures("folder")
class TestTable:
    def test_every_row_and_payment_comes_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run() == 1
        rows, below = table()
        found = [
            (row["worker id"], row["verdict"], row["paid (yuan)"], row["paid less due (yuan)"])
            for row in rows
        ]
        assert found == [
            ("0001", "agrees", "3322.00", "0.00"),
            ("0002", "explained by one mistake", "2077.60", "-190.40"),
            ("0003", "faulty row", "1000.00", ""),
            ("0004", "nothing due", "", ""),
            ("0009", "paid, not on the roster", "2269.00", ""),
        ]
        assert (
            rows[1]["due as known then (yuan)"] == rows[1]["due as known now (yuan)"] == "2268.00"
        )
        assert rows[1]["explanation"].startswith("the figure of a year before (")
        assert rows[1]["explains every month that differs"] == rows[1]["explanation"]
        assert "13" in rows[2]["explanation"]
        # the sums are those of the columns; what cannot be compared is told apart
        assert below["Total"][3:7] == ["5590.00", "5590.00", "5399.60", "-190.40"]
        assert below["Payments for other months, left out"][0] == "1"
        assert below["Known then"][0] == "the last day of each month"
        printed = capsys.readouterr().out
        assert "  1  1  -190.40  the figure of a year before" in printed
        assert "Paid less due in all: -190.40 yuan" in printed
        assert "3269.00 yuan, not in that sum" in printed

    def test_in_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(lang="zh") == 1
        rows, _ = table()
        assert [row["结论"] for row in rows][1:3] == ["可由一种错误解释", "本行有误"]
        assert "合计已发减应发：-190.40 元" in capsys.readouterr().out

    def test_as_known_then_it_was_right(self) -> None:
        """The wage of 2017 came out on 20 June: by what was known before it, July was paid right."""
        run("--known-then", "2018-06-19")
        rows, _ = table()
        assert rows[1]["verdict"] == "right as known then (back pay)"
        assert rows[1]["due as known then (yuan)"] == "2077.60"

    def test_all_as_it_should_be_ends_with_0(self) -> None:
        write("roster.csv", HEADER, ROWS[0], ROWS[3])
        write("paid.csv", "工号,所属月份,已发金额", PAID[0])
        assert run() == 0

    def test_a_mover_without_a_place_is_a_row_of_its_own(self) -> None:
        """Under schemes of several places each spell needs its own; one row that has none takes no other with it."""
        assert run("--scheme", "sample-4x24") == 1
        rows, _ = table()
        assert [row["worker id"] for row in rows] == ["0001", "0002", "0003", "0004", "0009"]
        assert rows[0]["verdict"] == "faulty row"
        assert "names no region" in rows[0]["explanation"]

    def test_as_json(self) -> None:
        assert run(out="o.json") == 1
        told = json.loads(Path("o.json").read_text(encoding="utf-8"))
        months = [month for row in told["rows"] for month in row.get("months", ())]
        assert [one["verdict"] for one in months] == ["agrees", "explained", "nothing_due"]
        assert months[1]["mistakes"][0]["kind"] == "older_statistic"
        assert told["rows"][2]["status"] == "bad_row"
        assert told["not_on_roster"] == [{"worker_id": "0009", "paid": {"2018-07": 226900}}]
        assert (told["gap_fen"], told["stray_fen"]) == (-19040, 326900)
        assert sum(one["fen"] for one in told["clusters"]) == told["gap_fen"]
        assert told["invented"] == {"scheme": True, "roster": False}

    def test_as_json_tells_what_was_assumed_of_the_scheme(self) -> None:
        month = ("--from", "2018-03", "--to", "2018-03", "--out", "o.json", "--lang", "en")
        asked = ("--scheme", "changsha-furong-2018", *month)
        main(
            ["audit", "roster.csv", "paid.csv", *asked, "--assume", "proration.rule=calendar_days"]
        )
        told = json.loads(Path("o.json").read_text(encoding="utf-8"))
        assert any(text.startswith("proration.rule=") for text in told["assumed"])
        assert told["invented"] == {"scheme": False, "roster": False}


@pytest.mark.usefixtures("folder")
class TestWrong:
    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (
                ("--known-then", "2018-07-02", "--known-on", "2018-07-01"),
                "--known-then is 2018-07-02",
            ),
            (("--scheme", "sample-4x24", "--scheme", "second.toml"), "schemes of one place (9902)"),
            (("--scheme", "sample-4x24", "--assume", "pay.nothing=1"), "'pay.nothing'"),
            (("--to", "2018-06"), "--from '2018-07' comes after --to '2018-06'"),
            (("--out", "o.txt"), "o.txt"),
        ],
    )
    def test_arguments(
        self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
    ) -> None:
        if "second.toml" in arguments:
            main(["new", "scheme", "--from", "sample-4x24", "--out", "second.toml"])
            text = Path("second.toml").read_text(encoding="utf-8")
            write("second.toml", text.replace('id = "sample-4x24"', 'id = "sample-second"'))
        assert run(*arguments) == 2
        assert told in capsys.readouterr().err
        assert not Path("o.csv").exists()
