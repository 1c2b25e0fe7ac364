"""`cwgrade pay` of long rosters: equal facts are asked once, a terminal shows how far it is, a sheet has its limit."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from cwgrade.cli import main
from cwgrade.cli.progress import with_progress
from cwgrade.pay import pay_for_month

HEADER = "worker_id,title,entry_day,service_months,service_as_of,备注\n"
ASKED = ["--scheme", "changsha-furong-2018", "--month", "2018-03", "--lang", "en"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paid(folder: Path, *rows: str) -> list[dict[str, str]]:
    (folder / "many.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    main(["pay", "many.csv", *ASKED, "--out", "out.csv"])
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))[: len(rows)]


def test_workers_who_differ_in_the_id_alone_are_asked_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(worker: Any, *rest: Any, **named: Any) -> Any:
        asked.append(worker.id)
        return pay_for_month(worker, *rest, **named)

    monkeypatch.setattr("cwgrade.cli.answers.pay_for_month", counted)
    rows = paid(
        folder,
        "001,副主任,2015-03-01,,,first",
        "002,委员,2015-03-01,,,",
        "003,副主任,2015-03-01,,,third",
        "004,副主任,2009.13,,,",
    )
    assert asked == ["001", "002"]
    assert [row["worker_id"] for row in rows] == ["001", "002", "003", "004"]
    assert [row["row"] for row in rows] == ["2", "3", "4", "5"]
    assert [row["备注"] for row in rows] == ["first", "", "third", ""]
    assert [row["gross_yuan"] for row in rows] == ["3960.00", "3760.00", "3960.00", ""]
    own = ("row", "worker_id", "备注")
    first, third = ({k: v for k, v in rows[place].items() if k not in own} for place in (0, 2))
    assert first == third


def test_each_row_is_answered_as_if_it_stood_alone(folder: Path) -> None:
    rows = (
        "001,委员,2015-03-01,,,",
        "002,委员,,36,2018-03-01,",
        "003,委员,2015-03-01,,,",
        "004,委员,,36,2018-03-01,",
        "005,委员,2015-03,,,",
        "006,委员,2015-03,,,",
        "007,没有的,2015-03-01,,,",
        "008,没有的,2015-03-01,,,",
    )
    together = paid(folder, *rows)
    for place, row in enumerate(rows):
        (alone,) = paid(folder, row)
        assert {**alone, "row": ""} == {**together[place], "row": ""}


def test_a_workbook_for_more_rows_than_a_sheet_holds_is_refused_before_any_row_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cwgrade.rosterfile.writing.MOST_WORKBOOK_ROWS", 2)
    monkeypatch.setattr("cwgrade.cli.answers.pay_for_month", None)
    (folder / "many.csv").write_text(
        HEADER + "001,委员,2015-03-01,,,\n002,委员,2015-03-01,,,\n", encoding="utf-8"
    )
    assert main(["pay", "many.csv", *ASKED, "--out", "out.xlsx"]) == 2
    assert "a workbook's sheet holds 2 rows; write CSV" in capsys.readouterr().err
    assert not (folder / "out.xlsx").exists()


def test_progress_is_shown_on_a_terminal_and_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert list(with_progress(range(2000), 2000)) == list(range(2000))
    told = terminal.getvalue()
    assert " 50% 1,000/2,000" in told
    assert told.endswith("\r\x1b[K")


@pytest.mark.parametrize(("rows", "stream"), [(2000, io.StringIO), (999, Terminal)])
def test_a_pipe_and_a_short_roster_show_no_progress(
    rows: int, stream: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = stream()
    monkeypatch.setattr("sys.stderr", silent)
    assert len(list(with_progress(range(rows), rows))) == rows
    assert silent.getvalue() == ""
