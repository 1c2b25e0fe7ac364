"""`cwgrade pay --amounts`: the amounts of a CSV file on arrays are those that the command gives with its sentences."""

import csv
from pathlib import Path

import pytest

from cwgrade.cli import main

HEADER = "工号,职务,入职日期,备注\n"
ROWS = "001,副主任,2015-03-01,甲\n002,委员,2009.13,\n003,委员,2015-03,\n004,委员,2018-03-15,\n005,委员,2019-01-01,\n"
ASKED = ["--scheme", "changsha-furong-2018", "--month", "2018-03", "--lang", "en"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(HEADER + ROWS, encoding="utf-8")
    return tmp_path


def paid(folder: Path, name: str, *options: str) -> list[dict[str, str]]:
    assert main(["pay", "in.csv", *ASKED, "--out", name, *options]) == 1
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_amounts_are_those_that_stand_beside_sentences(folder: Path) -> None:
    told = paid(folder, "told.csv")[:5]  # sums stand below
    alone = paid(folder, "alone.csv", "--amounts")
    assert [row["工号"] for row in alone] == [row["worker_id"] for row in told]
    assert [row["备注"] for row in alone] == [row["备注"] for row in told]
    assert [row["status"] for row in alone] == [row["status"] for row in told]
    assert len({row["status"] for row in alone}) > 2
    for own, other in zip(alone, told, strict=True):
        fen = other["gross_yuan"].replace(".", "")
        assert own["gross_fen"] == fen
    assert alone[0]["gross_fen"] == "396000"


def test_long_has_a_row_for_each_component(folder: Path) -> None:
    rows = paid(folder, "long.csv", "--long")
    assert {"month", "component", "amount_fen"} <= set(rows[0])
    wide = paid(folder, "wide.csv", "--amounts")[0]
    own = {row["component"]: row["amount_fen"] for row in rows if "001" in row.values()}
    assert own == {name: wide[f"{name}_fen"] for name in own}
    assert own
