"""`cwgrade arrears` between two states of a file: who came, left, moved, and a scheme or figures that were amended."""

import csv
from pathlib import Path

import pytest

from cwgrade.catalogue import load_scheme, scheme_path
from cwgrade.cli import main
from tests.tools.options import with_others

HEADER = "工号,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份,2016年考核,2017年考核"
KNOWN = "大专,无,无,,无,专职,无,合格,合格"
SPELLS = "工号,职务,开始日期,结束日期"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, *lines: str) -> str:
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def run(*more: str, scheme: str = "sample-3x18", lang: str = "en") -> int:
    months = ("--from", "2018-03", "--to", "2018-03", "--out", "o.csv", "--lang", lang)
    usual = ("--scheme", scheme, *months)
    return main(["arrears", "now.csv", *with_others(usual, more)])


def rows() -> list[dict[str, str]]:
    with Path("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *found = csv.reader(stream)
    blank = next(place for place, row in enumerate(found) if not any(row))
    return [dict(zip(header, row, strict=True)) for row in found[:blank]]


class TestTwoRosters:
    def test_who_came_changed_left_and_is_gone(self, capsys: pytest.CaptureFixture[str]) -> None:
        spells = (SPELLS, "0004,委员,2016-03-01,2018-03-31")
        write(
            "before.csv",
            HEADER,
            f"0001,委员,2016-03-01,{KNOWN}",
            f"0002,委员,2016-03-01,{KNOWN}",
            # gone, and the file says when
            f"0004,,,{KNOWN}",
            # gone, and nobody says when
            f"0005,委员,2016-03-01,{KNOWN}",
            # a slip in the day, mended since
            f"0006,委员,2016.13,{KNOWN}",
        )
        write("before.任职经历.csv", *spells)
        write(
            "now.csv",
            HEADER,
            f"0001,副主任,2016-03-01,{KNOWN}",
            f"0002,委员,2016-03-01,{KNOWN}",
            f"0003,委员,2016-03-01,{KNOWN}",
            f"0006,委员,2016-03-01,{KNOWN}",
        )
        assert run("--earlier", "before.csv") == 1
        found = rows()
        assert [(row["row"], row["worker id"], row["status"]) for row in found] == [
            ("2", "0001", "to be settled"),
            ("3", "0002", "nothing due"),
            ("4", "0003", "to be settled"),
            ("5", "0006", "faulty row"),
            ("", "0004", "nothing due"),
            ("", "0005", "cannot be decided"),
        ]
        assert found[0]["cause"] == "fact corrected"
        assert found[0]["what became known"].startswith("service: 委员 2016-03-01")
        # whoever was not on file has the whole month to come
        assert found[2]["due as known then (yuan)"] == "0.00"
        assert found[2]["due (yuan)"] == found[2]["due as known now (yuan)"] == "1787.10"
        assert "13" in found[3]["what became known"]
        assert "no day of leaving" in found[5]["what became known"]
        printed = capsys.readouterr().out
        assert "by two states of the file" in printed
        assert "1 months cannot be decided" in printed

    def test_a_leaver_is_settled_by_what_came_out_since(self) -> None:
        """The wage of 2017 came out in June: July was due on it to somebody who left in August and is on no roster."""
        write("before.csv", HEADER, f"0004,,,{KNOWN}")
        write("before.任职经历.csv", SPELLS, "0004,委员,2016-03-01,2018-08-15")
        write("now.csv", HEADER, f"0001,委员,2016-03-01,{KNOWN}")
        days = ("--known-before", "2018-06-19", "--known-after", "2018-06-30")
        july = ("--from", "2018-07", "--to", "2018-07")
        assert run("--earlier", "before.csv", *days, *july) == 0
        gone = rows()[-1]
        assert (gone["worker id"], gone["cause"]) == ("0004", "provisional amount settled")
        assert gone["due (yuan)"] == "163.80"

    def test_what_was_paid_to_a_leaver_is_not_paid_to_a_stranger(self) -> None:
        write("before.csv", HEADER, f"0001,委员,2016-03-01,{KNOWN}", f"0004,,,{KNOWN}")
        write("before.任职经历.csv", SPELLS, "0004,委员,2016-03-01,2018-08-15")
        write("now.csv", HEADER, f"0001,委员,2016-03-01,{KNOWN}")
        paid = ("工号,所属月份,已发金额", "0001,2018-03,1787.10", "0004,2018-03,1700")
        write("paid.csv", *paid)
        assert run("--earlier", "before.csv", "--paid", "paid.csv") == 0
        assert [(row["worker id"], row["due (yuan)"]) for row in rows()] == [
            ("0001", ""),
            ("0004", "87.10"),
        ]


def test_an_amended_scheme() -> None:
    """The file of the scheme was corrected: a share of 70 % was written as 60 %."""
    text = scheme_path("sample-3x18").read_text(encoding="utf-8")
    shares = "shares = { basic = 0.7, performance = 0.3 }"
    assert text.count(shares) == 1
    write("now.csv", HEADER, f"0001,委员,2016-03-01,{KNOWN}")
    write("older.toml", text.replace(shares, "shares = { basic = 0.6, performance = 0.4 }"))
    assert run("--earlier-scheme", "older.toml") == 0
    assert {row["cause"] for row in rows()} == {"scheme amended"}
    # 2553 yuan a month: 70 % of it, and not 60 %
    assert {row["due (yuan)"] for row in rows()} == {"255.30"}


def test_movers_under_several_schemes() -> None:
    declared = load_scheme("sample-4x24-jia").versions[0].facts
    columns = (HEADER, "地区", "retired", *(f"fact:{one.name}" for one in declared))
    values = ("no", *(one.values[0] for one in declared))
    for name, region in (("before.csv", "990201"), ("now.csv", "990202")):
        line = (f"0001,委员,2016-03-01,{KNOWN}", region, *values)
        write(name, ",".join(columns), ",".join(line), f"0002,委员,2016-03-01,{KNOWN}")
    places = ("--scheme", "sample-4x24-yi")
    assert run("--earlier", "before.csv", *places, scheme="sample-4x24-jia") == 1
    found = rows()
    assert {row["worker id"] for row in found} == {"0001", "0002"}
    moved = [row for row in found if row["worker id"] == "0001"]
    assert {row["cause"] for row in moved} == {"fact corrected"}
    amounts = (moved[0]["due as known then (yuan)"], moved[0]["due as known now (yuan)"])
    cents = [round(float(one) * 100) for one in amounts]
    due = sum(round(float(row["due (yuan)"]) * 100) for row in moved)
    assert due == cents[1] - cents[0] != 0
    # a place that nobody states leaves the month open, and takes no other row with it
    assert found[-1]["status"] == "cannot be decided"
    assert "The place of period of service 1 is not known" in found[-1]["what became known"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "Give both --known-before and --known-after"),
        (("--earlier-scheme", "sample-4x24"), "back pay compares two states of one scheme"),
        (("--earlier", "before.csv", "--known-before", "2018-06-19"), "Give both"),
    ],
)
def test_wrong(capsys: pytest.CaptureFixture[str], more: tuple[str, ...], told: str) -> None:
    write("now.csv", HEADER, f"0001,委员,2016-03-01,{KNOWN}")
    write("before.csv", HEADER, f"0001,委员,2016-03-01,{KNOWN}")
    assert run(*more) == 2
    assert told in capsys.readouterr().err
    assert not Path("o.csv").exists()
