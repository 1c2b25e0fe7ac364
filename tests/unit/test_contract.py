"""The column contract: shipped as it is made, complete, and true of what the readers take."""

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from cwgrade.cli import main
from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.columns import ROSTER, VOCABULARIES, Column, Reads, sheet_columns
from cwgrade.rosterfile.contract import CONTRACTS, table_schema
from cwgrade.rosterfile.layout import DataRow, Table
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.spellings import shipped_spellings


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_shipped_contract_is_what_the_columns_say(name: str) -> None:
    shipped = resources.files("cwgrade").joinpath("schemas", f"{name}-columns-1.json")
    assert json.loads(shipped.read_text(encoding="utf-8")) == table_schema(name), (
        "run python -m tests.tools.make_table_schemas"
    )


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_column_has_a_field_in_order(name: str) -> None:
    fields = table_schema(name)["fields"]
    assert [one["name"] for one in fields] == [one.name for one in sheet_columns(name).columns]
    assert all(re.search(r"[一-龥]", one["title"]) for one in fields)


@pytest.mark.parametrize(
    ("name", "columns"),
    [("roster", ["worker_id"]), ("payments", ["worker_id", "paid_for", "paid_yuan"])],
)
def test_what_is_needed(name: str, columns: list[str]) -> None:
    needed = [
        one["name"]
        for one in table_schema(name)["fields"]
        if one.get("constraints", {}).get("required")
    ]
    assert needed == columns


def _record(column: Column, text: str) -> Record:
    table = Table(
        kind=ROSTER,
        label="",
        columns={column.name: column},
        headers={},
        unrecognised=(),
        rows=(),
        skipped=(),
        filled=0,
    )
    return Record(DataRow(1, {column.name: text}, (), ()), table, shipped_spellings())


CHOSEN = [
    (column, value)
    for name in CONTRACTS
    for column, field in zip(sheet_columns(name).columns, table_schema(name)["fields"], strict=True)
    for value in field.get("constraints", {}).get("enum", ())
]


@pytest.mark.parametrize(("column", "value"), CHOSEN)
def test_every_value_of_a_list_is_read_as_itself(column: Column, value: str) -> None:
    record = _record(column, value)
    assert record.value(column.name) == value
    assert not record.faults


def test_a_list_of_honours_fits_the_pattern() -> None:
    fields = {one["name"]: one for one in table_schema()["fields"]}
    pattern = fields["honours"]["constraints"]["pattern"]
    values = VOCABULARIES["honour"]
    assert re.fullmatch(pattern, "、".join(values))
    assert not re.fullmatch(pattern, "village")
    record = _record(
        Column(name="honours", reads=Reads.CHOICES, vocabulary="honour"), "、".join(values)
    )
    assert record.values("honours") == values


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_command_writes_it(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "columns.json"
    assert main(["new", f"{name}-columns", "--out", str(out), "--lang", "en"]) == 0
    assert json.loads(out.read_text(encoding="utf-8")) == table_schema(name)
    assert "Table Schema" in capsys.readouterr().out


def test_another_sheet_has_no_contract() -> None:
    with pytest.raises(ArgumentError, match="no column contract for 'ratings'"):
        table_schema("ratings")
