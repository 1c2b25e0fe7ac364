"""Files as sheets of text: encodings, delimiters, limits, broken files, cells of workbooks."""

import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from cwgrade.errors import RosterFileError
from cwgrade.rosterfile import read_roster, sheets, workbook
from cwgrade.rosterfile.sheets import sheets_of

ROSTER = "工号,职务,入职日期,学历\n007,委员,2019-07-01,本科\n"


def _refusal(path: Path) -> str:
    with pytest.raises(RosterFileError) as refused:
        read_roster(path)
    return refused.value.text()


class TestText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", "\t", ";"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_is_read_in_every_usual_form(
        self, tmp_path: Path, encoding: str, delimiter: str, end: str
    ) -> None:
        path = tmp_path / "r.csv"
        text = ROSTER.replace(",", delimiter).replace("\n", end)
        path.write_bytes(text.encode(encoding))
        (row,) = read_roster(path).rows
        assert (row.number, row.worker_id) == (2, "007")
        assert row.worker is not None
        assert row.worker.spells[0].title == "委员"

    @pytest.mark.parametrize("suffix", [".csv", ".CSV", ".tsv", ".txt"])
    def test_is_known_by_its_suffix(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"r{suffix}"
        path.write_text(ROSTER, encoding="utf-8")
        assert len(read_roster(path).rows) == 1
        assert len(read_roster(str(path)).rows) == 1

    def test_a_delimiter_in_title_rows_does_not_mislead(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("人员名册,2024,甲,乙,丙\n" + ROSTER.replace(",", ";"), encoding="utf-8")
        assert read_roster(path).rows[0].worker_id == "007"

    def test_a_cell_over_two_lines_keeps_the_line_numbers(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text('工号,备注,入职日期\n1,"a\nb",2019\n2,x,2019\n', encoding="utf-8")
        roster = read_roster(path)
        assert [row.number for row in roster.rows] == [2, 4]
        assert roster.rows[0].passed_through == (("备注", "a\nb"),)

    def test_what_protects_cells_from_spreadsheets_is_taken_off(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("工号,职务,入职日期\n=\"007\",'=委员,2019\n'-8,'x,2019\n", encoding="utf-8")
        roster = read_roster(path)
        assert [row.worker_id for row in roster.rows] == ["007", "-8"]
        assert [worker.spells[0].title for worker in roster.workers] == ["=委员", "'x"]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty"),
            (b" \n\r\n", "is empty"),
            (b",,\n,,\n", "is empty"),
            (b"\x00\x01\x02\x00", "no text in UTF-8 or GB18030"),
            (b"\xff\xff\x81\x00", "no text in UTF-8 or GB18030"),
            (b"PK\x03\x04....", "'r.csv' is a workbook, not a text file; name it .xlsx"),
            (b"\xd0\xcf\x11\xe0....", "'r.csv' is a workbook, not a text file"),
            ('工号,职务\n1,"a\n2,b\n3,c\n'.encode(), r"r\.csv:2: the quotation marks do not fit"),
            ('工号,职务\n1,"a"b\n'.encode(), r"r\.csv:2: the quotation marks do not fit"),
        ],
    )
    def test_that_is_broken_is_refused(self, tmp_path: Path, content: bytes, said: str) -> None:
        path = tmp_path / "r.csv"
        path.write_bytes(content)
        assert re.search(said, _refusal(path))

    def test_a_missing_file_and_a_folder_are_refused(self, tmp_path: Path) -> None:
        assert "No such file" in _refusal(tmp_path / "none.csv")
        (tmp_path / "dir.csv").mkdir()
        assert "cannot be read" in _refusal(tmp_path / "dir.csv")

    @pytest.mark.parametrize("name", ["r.xls", "r.docx", "r", "r.csv.zip"])
    def test_another_kind_of_file_is_refused(self, tmp_path: Path, name: str) -> None:
        said = _refusal(tmp_path / name)
        assert f"ending in {Path(name).suffix!r}" in said
        assert ".xlsx" in said


class TestLimits:
    def test_of_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "r.csv"
        path.write_text(ROSTER, encoding="utf-8")
        monkeypatch.setattr(sheets, "LARGEST_FILE", 10)
        assert re.search(r"the file has \d+ bytes, more than 10", _refusal(path))

    def test_of_rows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "r.csv"
        path.write_text(ROSTER * 2 + "\n\n", encoding="utf-8")
        monkeypatch.setattr(sheets, "MOST_ROWS", 3)
        assert "row 4 is past the limit of 3 rows" in _refusal(path)
        path.write_text(ROSTER + "\n\n\n\n", encoding="utf-8")
        assert len(read_roster(path).rows) == 1

    def test_of_columns(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("工号,职务" + "," * 600 + "\n1,a" + ",b" * 499 + "\n", encoding="utf-8")
        assert "r.csv:2: 501 columns, more than 500" in _refusal(path)

    def test_of_cells(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        path.write_text("工号,职务\n1," + "x" * 10_001 + "\n", encoding="utf-8")
        assert "r.csv:2: a cell has 10001 characters, more than 10000" in _refusal(path)
        path.write_text("工号,职务\n1," + "x" * 200_000 + "\n", encoding="utf-8")
        assert "r.csv:2" in _refusal(path)

    def test_of_what_a_workbook_unpacks_to(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "r.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"0" * 1_000_000)
        monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 999_999)
        assert "1000000 bytes, more than 999999" in _refusal(path)


class TestWorkbook:
    def _cells(self, tmp_path: Path, *values: object) -> tuple[str, ...]:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["工号", *values])
        path = tmp_path / "r.xlsx"
        book.save(path)
        (only,) = sheets_of(path, len)
        assert only.name == "Sheet"
        assert only.label == f"{path}[Sheet]"
        return only.lines[0].cells[1:]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("007", "007"),
            (1001, "1001"),
            (1001.0, "1001"),
            (2019.07, "2019.07"),
            (4361.1, "4361.1"),
            (0.1 + 0.2, "0.3"),
            (-5, "-5"),
            (0, "0"),
            (999_999_999_999_999, "999999999999999"),
            (110_101_199_003_078_888, "1.10101199003079E+17"),
            (True, "True"),
            (date(2019, 7, 1), "2019-07-01"),
            (datetime(2019, 7, 1), "2019-07-01"),  # noqa: DTZ001 -- workbooks know no time zones
            (datetime(2019, 7, 1, 8, 30), "2019-07-01 08:30:00"),  # noqa: DTZ001
            (time(8, 30), "08:30:00"),
            (timedelta(days=1, hours=6), "1 day, 6:00:00"),
            ("  本科　", "本科"),
        ],
    )
    def test_cells_become_text(self, tmp_path: Path, value: object, text: str) -> None:
        assert self._cells(tmp_path, value) == (text,)

    def test_rows_keep_their_numbers(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet["C4"] = "工号"
        sheet["D4"] = "入职日期"
        sheet["C7"] = "007"
        sheet["D7"] = 43647
        book.save(tmp_path / "r.xlsx")
        roster = read_roster(tmp_path / "r.xlsx")
        assert [row.number for row in roster.rows] == [7]
        assert roster.workers[0].spells[0].start == date(2019, 7, 1)
        assert [row.number for row in roster.skipped] == [1, 2, 3, 5, 6]

    @pytest.mark.parametrize(
        "content", [b"PK\x03\x04broken", b"<html></html>", b"\xd0\xcf\x11\xe0 protected"]
    )
    def test_that_is_broken_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "r.xlsx"
        path.write_bytes(content)
        assert "cannot be opened as a workbook" in _refusal(path)

    def test_another_zip_file_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "r.xlsx"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("a.txt", "b")
        assert "save it as .xlsx without a password" in _refusal(path)

    def test_an_empty_workbook_is_refused(self, tmp_path: Path) -> None:
        openpyxl.Workbook().save(tmp_path / "r.xlsx")
        assert "is empty" in _refusal(tmp_path / "r.xlsx")
