"""Writing tables: whole or not at all, exact, and safe to open in a spreadsheet."""

import csv
import io
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cwgrade.errors import ArgumentError, MissingExtra
from cwgrade.rosterfile import Cell, Yuan, read_roster, write_table, writing

HEADER = ["工号", "等级", "应发合计（元）", "生效日", "说明"]
ROW: list[Cell] = ["007", 12, Yuan(436_100), date(2024, 1, 1), None]


def _csv(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def _left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestCsv:
    def test_cells(self, tmp_path: Path) -> None:
        path = tmp_path / "pay.csv"
        write_table(
            path, HEADER, [ROW, ["008", -1, Yuan(-5), None, 'a,"b"\nc']], title_rows=[["2024年1月"]]
        )
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in path.read_bytes()
        assert _csv(path) == [
            ["2024年1月"],
            HEADER,
            ["007", "12", "4361.00", "2024-01-01", ""],
            ["008", "-1", "-0.05", "", 'a,"b"\nc'],
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            '=HYPERLINK("http://x")',
        ],
    )
    def test_text_is_no_formula(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "r.csv"
        write_table(path, ["工号", "职务", "入职日期"], [["007", text, "2019"]])
        # csv reads \r inside quotation marks as it stands
        assert path.read_bytes().decode("utf-8-sig").split(",")[3].lstrip('"').startswith("'")

    def test_headers_and_titles_are_no_formulas_either(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        write_table(path, ["=a"], [], title_rows=[["=b"]])
        assert _csv(path) == [["'=b"], ["'=a"]]

    def test_what_was_protected_is_read_back(self, tmp_path: Path) -> None:
        path = tmp_path / "r.csv"
        write_table(
            path, ["工号", "职务", "入职日期"], [["-7", "=委员", "2019"], ["＝8", "@x", "2019"]]
        )
        roster = read_roster(path)
        assert [row.worker_id for row in roster.rows] == ["-7", "＝8"]
        assert [worker.spells[0].title for worker in roster.workers] == ["=委员", "@x"]


class TestWorkbook:
    def _sheet(self, path: Path) -> Any:
        return openpyxl.load_workbook(path).active

    def test_cells(self, tmp_path: Path) -> None:
        path = tmp_path / "pay.xlsx"
        write_table(path, HEADER, [ROW], title_rows=[["2024年1月"], []], sheet="工资")
        sheet = self._sheet(path)
        assert sheet.title == "工资"
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
            ["2024年1月", None, None, None, None],
            [None] * 5,
            HEADER,
            ["007", 12, 4361, datetime(2024, 1, 1), None],  # noqa: DTZ001 -- workbooks know no time zones
        ]
        assert sheet["C4"].number_format == "#,##0.00"
        assert sheet["D4"].number_format == "yyyy-mm-dd"
        assert sheet["A4"].data_type == "s"
        assert sheet["A3"].font.bold
        assert not sheet["A4"].font.bold

    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "@x", "1e5", "007", "http://example.com", "＝1", ""]
    )
    def test_text_stays_text(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "r.xlsx"
        write_table(path, ["a", "b"], [[text, "x"]])
        cell = self._sheet(path)["A2"]
        assert (cell.value or "") == text
        assert cell.data_type != "f"
        assert cell.hyperlink is None

    def test_a_number_past_fifteen_digits_is_written_as_text(self, tmp_path: Path) -> None:
        path = tmp_path / "r.xlsx"
        write_table(path, ["a"], [[110_101_199_003_078_888], [999_999_999_999_999]])
        sheet = self._sheet(path)
        assert sheet["A2"].value == "110101199003078888"
        assert sheet["A3"].value == 999_999_999_999_999

    def test_money_is_exact_to_the_fen(self, tmp_path: Path) -> None:
        path = tmp_path / "r.xlsx"
        amounts = [1, 29, 57, 1999, 436_131, 99_999_999_999]
        write_table(path, ["a"], [[Yuan(fen)] for fen in amounts])
        read = [row[0].value for row in self._sheet(path).iter_rows(min_row=2)]
        assert [round(Decimal(repr(value)) * 100) for value in read] == amounts

    def test_the_same_table_gives_the_same_file(self, tmp_path: Path) -> None:
        for name in ("a.xlsx", "b.xlsx"):
            write_table(tmp_path / name, HEADER, [ROW])
        assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()

    def test_what_is_written_is_read_back(self, tmp_path: Path) -> None:
        path = tmp_path / "r.xlsx"
        write_table(
            path,
            ["工号", "入职日期", "补贴:a"],
            [["007", date(2019, 7, 1), Yuan(1999)]],
            title_rows=[["名册"]],
        )
        (worker,) = read_roster(path, pay_month=(2024, 1)).workers
        assert worker.spells[0].start == date(2019, 7, 1)
        assert worker.supplied[0].fen == 1999

    def test_limits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "r.xlsx"
        with pytest.raises(
            ArgumentError, match="16385 columns, and a workbook's sheet holds 16384"
        ):
            write_table(path, ["x"] * 16_385, [])
        with pytest.raises(ArgumentError, match="a cell in row 2 has 32768 characters"):
            write_table(path, ["x"], [["y" * 32_768]])
        monkeypatch.setattr(writing, "MOST_WORKBOOK_ROWS", 3)
        write_table(path, ["x"], [["1"], ["2"]])
        with pytest.raises(ArgumentError, match="a workbook's sheet holds 3 rows; write CSV"):
            write_table(path, ["x"], [["1"], ["2"], ["3"]])
        assert self._sheet(path).max_row == 3
        assert _left_behind(tmp_path) == ["r.xlsx"]

    @pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a[1]", "'a"])
    def test_a_bad_sheet_name_is_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(ArgumentError, match=re.escape(f"{name!r} is no sheet name")):
            write_table(tmp_path / "r.xlsx", ["x"], [], sheet=name)

    def test_without_the_extra_the_error_names_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(MissingExtra, match=r"xlsxwriter.*cwgrade\[excel\]"):
            write_table(tmp_path / "r.xlsx", ["x"], [])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
class TestWholeOrNotAtAll:
    def test_a_failure_leaves_nothing(self, tmp_path: Path, suffix: str) -> None:
        def rows() -> Iterator[list[Cell]]:
            yield ["1"]
            raise RuntimeError("broken off")

        path = tmp_path / f"r{suffix}"
        with pytest.raises(RuntimeError, match="broken off"):
            write_table(path, ["x"], rows())
        assert _left_behind(tmp_path) == []
        path.write_bytes(b"before")
        with pytest.raises(RuntimeError, match="broken off"):
            write_table(path, ["x"], rows())
        assert path.read_bytes() == b"before"
        assert _left_behind(tmp_path) == [path.name]

    def test_an_existing_file_is_replaced_and_keeps_its_permissions(
        self, tmp_path: Path, suffix: str
    ) -> None:
        path = tmp_path / f"r{suffix}"
        path.write_bytes(b"before")
        path.chmod(0o640)
        write_table(path, ["x"], [["1"]])
        assert path.read_bytes() != b"before"
        assert path.stat().st_mode & 0o777 == 0o640
        assert _left_behind(tmp_path) == [path.name]

    def test_a_link_keeps_pointing(self, tmp_path: Path, suffix: str) -> None:
        real = tmp_path / f"real{suffix}"
        real.write_bytes(b"before")
        link = tmp_path / f"link{suffix}"
        link.symlink_to(real)
        write_table(link, ["x"], [["1"]])
        assert link.is_symlink()
        assert real.read_bytes() != b"before"

    @pytest.mark.parametrize(
        ("cell", "kind"),
        [(1.5, "float"), (True, "bool"), (Decimal(1), "Decimal"), (b"x", "bytes")],
    )
    def test_another_kind_of_cell_is_refused(
        self, tmp_path: Path, suffix: str, cell: Any, kind: str
    ) -> None:
        with pytest.raises(
            ArgumentError, match=re.escape(f"{cell!r} ({kind}) cannot stand in a cell")
        ):
            write_table(tmp_path / f"r{suffix}", ["x"], [[cell]])
        assert _left_behind(tmp_path) == []

    def test_a_time_of_day_is_refused(self, tmp_path: Path, suffix: str) -> None:
        with pytest.raises(ArgumentError, match=r"\(datetime\) cannot stand in a cell"):
            write_table(tmp_path / f"r{suffix}", ["x"], [[datetime(2024, 1, 1)]])  # noqa: DTZ001

    def test_a_row_of_another_length_is_refused(self, tmp_path: Path, suffix: str) -> None:
        with pytest.raises(ArgumentError, match="row 2 has 1 cells, the header 2"):
            write_table(tmp_path / f"r{suffix}", ["a", "b"], [["1", "2"], ["3"]])
        assert _left_behind(tmp_path) == []

    def test_a_missing_folder_is_refused(self, tmp_path: Path, suffix: str) -> None:
        with pytest.raises(
            ArgumentError, match=r"the folder '.*none' does not exist; make it first"
        ):
            write_table(tmp_path / "none" / f"r{suffix}", ["x"], [])

    def test_a_folder_is_refused(self, tmp_path: Path, suffix: str) -> None:
        path = tmp_path / f"dir{suffix}"
        path.mkdir()
        with pytest.raises(ArgumentError, match="is a folder; name a file in it"):
            write_table(path, ["x"], [])

    def test_a_place_where_nothing_may_be_written_is_refused(
        self, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(*_args: object, **_kwargs: object) -> None:
            raise PermissionError(13, "Permission denied")

        path = tmp_path / f"r{suffix}"
        monkeypatch.setattr(Path, "open", refused)
        with pytest.raises(
            ArgumentError, match="cannot be written: Permission denied; close it in other"
        ):
            write_table(path, ["x"], [])
        monkeypatch.undo()
        # a file that another program holds
        monkeypatch.setattr(Path, "replace", refused)
        with pytest.raises(ArgumentError, match="cannot be written: Permission denied"):
            write_table(path, ["x"], [])
        monkeypatch.undo()
        assert _left_behind(tmp_path) == []


@pytest.mark.parametrize("name", ["r.xls", "r", "r.json"])
def test_another_kind_of_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        ArgumentError, match=rf"'{name}' does not end in a kind of file.*\.csv, \.xlsx"
    ):
        write_table(tmp_path / name, ["x"], [])


def test_money_is_whole_fen() -> None:
    with pytest.raises(TypeError):
        Yuan(1.5)  # type: ignore[arg-type]
