"""`cwgrade sensitivity`: who is graded differently under another count or timing, and for how many months."""

import csv
import json
from pathlib import Path

import pytest

from cwgrade.cli import main

HEADER = "工号,职务,入职日期,学历,学位,职业资格,登记日期,荣誉,用工形式,身份," + ",".join(
    f"{year}年考核" for year in range(2014, 2019)
)
KNOWN = "大专,无,无,,无,专职,无,合格,合格,合格,合格,合格"
# three years' wait, in effect on 1 January: 15 January 2015 to 1 January 2018 is 35 whole months and 36 touched
ROSTER = (
    f"0001,委员,2015-01-15,{KNOWN}",
    f"0002,委员,2014-12-01,{KNOWN}",
    f"0003,委员,2015-01-15,{KNOWN}",
)
CONVENTION = ("service.convention", "calendar_months")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(*ROSTER)


def write(*rows: str) -> None:
    Path("r.csv").write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")


def run(*more: str, lang: str = "en", on: str = "2018-06-01") -> int:
    asked = ("--scheme", "sample-3x18", "--on", on, "--lang", lang)
    return main(["sensitivity", "r.csv", *asked, *more])


def table() -> tuple[list[dict[str, str]], dict[str, list[str]]]:
    with Path("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream)
    blank = next(place for place, row in enumerate(rows) if not any(row))
    found = [dict(zip(header, row, strict=True)) for row in rows[:blank]]
    return found, {row[0]: row[1:] for row in rows[blank + 1 :]}


def test_each_row_stands_there_once_for_each_reading_that_changes_its_grade(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--out", "o.csv") == 0
    rows, below = table()
    found = {(row["row"], row["read_as"]): row for row in rows}
    for number in ("2", "4"):
        row = found[number, "calendar months touched"]
        assert row["scheme_says"] == "whole months of each run, added"
        assert (row["grade_as_stated"], row["grade_otherwise"]) == (
            "staff, grade 1",
            "staff, grade 2",
        )
        # both have it on 1 January 2019
        assert row["same_again_after_months"] == "7"
    (same,) = [row for row in rows if row["row"] == "3"]
    assert same["status"] == "the same grade under every reading"
    assert (same["grade_as_stated"], same["same_again_after_months"]) == ("staff, grade 2", "")
    label = "how months are counted: whole months of each run, added → calendar months touched"
    assert below[label][0] == "2"
    assert below["day"][0] == "2018-06-01"
    printed = capsys.readouterr().out
    assert "Other readings of sample-3x18, grades on 2018-06-01" in printed
    assert "INVENTED scheme" in printed
    assert f"2  {label}" in printed
    assert "0001, 0003" in printed


def test_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--out", "o.csv", lang="zh") == 0
    rows, _ = table()
    assert {row["换后的等级"] for row in rows if row["换成"] == "按涉及的自然月计算"} == {
        "工作人员 2 级"
    }
    assert "月数的计算方法：每段按满月计算后相加 → 按涉及的自然月计算" in capsys.readouterr().out


def test_json_has_codes_and_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", "--out", "o.json", "--assume", "days=first_of_month") == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert found == json.loads(Path("o.json").read_text(encoding="utf-8"))
    assert "o.json" in printed.err
    assert found["on"] == "2018-06-01"
    assert "months" not in found
    assert found["invented"] == {"scheme": True, "roster": False}
    assert found["assumed"] == ["days=first_of_month"]
    workers = {(one["path"], one["value"]): one["workers"] for one in found["readings"]}
    assert workers[CONVENTION] == ["0001", "0003"]
    first, second, _ = found["rows"]
    assert {"path": CONVENTION[0], "value": CONVENTION[1]}.items() <= first["differences"][
        0
    ].items()
    assert first["differences"][0]["months"] == 7
    assert (second["status"], second["differences"]) == ("same", [])
    assert second["as_stated"] == {"status": "decided", "post": "staff", "grade": 2, "step": None}


def test_nobody_is_graded_differently(capsys: pytest.CaptureFixture[str]) -> None:
    # 36 months under every count, and no fact has a day
    write(f"0001,委员,2018-06-01,{KNOWN}")
    assert run() == 0
    assert "Nobody is graded differently under any of " in capsys.readouterr().out


def test_a_row_that_cannot_be_read_or_settled_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    write(
        ROSTER[1],
        f"0004,委员,2015.13,{KNOWN}",
        f"0005,委员,2015-01-15,{KNOWN.replace('无,,', ',,', 1)}",
    )
    assert run("--out", "o.csv") == 1
    rows, _ = table()
    faulty = next(row for row in rows if row["worker_id"] == "0004")
    assert (faulty["status"], "13" in faulty["grade_as_stated"]) == ("faulty row", True)
    assert "faulty row" in capsys.readouterr().out
    assert run("--json") == 1
    told = json.loads(capsys.readouterr().out)["rows"][1]
    assert (told["status"], "13" in told["why"]) == ("bad_row", True)


def test_a_rating_may_be_assumed_for_years_to_come() -> None:
    write(f"0001,委员,2015-01-15,{KNOWN.removesuffix(',合格')},")
    # the result of 2018 decides on the rise of 1 January 2019
    for more, months in (((), ""), (("--rated", "合格"), "7")):
        assert run("--out", "o.csv", *more) == 0
        rows, _ = table()
        row = next(row for row in rows if row["read_as"] == "calendar months touched")
        assert row["same_again_after_months"] == months


def test_a_day_out_of_force_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--out", "o.csv", on="2011-06-01") == 2
    assert "not yet in force" in capsys.readouterr().err
    assert not Path("o.csv").exists()
