"""Messy office sheets: titles, merged headers, subtotals, notes; nothing is dropped silently."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cwgrade.errors import RosterFileError
from cwgrade.rosterfile import Roster, read_roster

HEADER = "序号,工号,姓名,职务,入职日期"


def _read(tmp_path: Path, text: str) -> Roster:
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    return read_roster(path)


def _refusal(tmp_path: Path, text: str) -> str:
    with pytest.raises(RosterFileError) as refused:
        _read(tmp_path, text)
    return refused.value.text()


def _book(tmp_path: Path, rows: Sequence[Sequence[object]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    path = tmp_path / "r.xlsx"
    book.save(path)
    return path


class TestRows:
    def test_an_office_sheet(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            f"""某街道社区工作者名册,,,,
填报单位：某街道,,,填报日期：2024-01-05,
{HEADER}
1,007,甲,书记,2012.03

2,008,乙,委员,2019年7月1日
小计,,2,,
{HEADER}
3,009,丙,委员,43647
,,合 计：3人,,
备注：本表一式两份,,,,
制表人：丁,,,审核人：戊,
注,,,,

""",
        )
        assert [(row.number, row.worker_id) for row in roster.rows] == [
            (4, "007"),
            (6, "008"),
            (9, "009"),
        ]
        assert all(row.worker for row in roster.rows)
        assert [(row.number, row.why) for row in roster.skipped] == [
            (1, "title"),
            (2, "title"),
            (5, "blank"),
            (7, "subtotal"),
            (8, "repeated-header"),
            (10, "subtotal"),
            (11, "note"),
            (12, "note"),
            (13, "note"),
        ]
        assert roster.skipped[6].text == "备注：本表一式两份"
        assert roster.unrecognised == ("序号", "姓名")
        assert roster.rows[0].passed_through == (("序号", "1"), ("姓名", "甲"))

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("合计,,,,", "subtotal"),
            (",合计,,,", "subtotal"),
            (",,小计,,", "subtotal"),
            ("总计（人）,,3,,", "subtotal"),
            ("4,合计,,,", "subtotal"),
            ("Total,,,,", "subtotal"),
            ("说明：以上为在岗人员,,,,", "note"),
            (",备注：以上为在岗人员,,,", "note"),
            ("备注,,,,", "note"),
            ("制表人,,,,", "note"),
            ("制表人 丁,,,,", "note"),
            ("单位（盖章）：,,,,", "note"),
            ("Note: as of today,,,,", "note"),
        ],
    )
    def test_that_are_no_data_are_skipped(self, tmp_path: Path, row: str, why: str) -> None:
        roster = _read(tmp_path, f"{HEADER}\n1,007,甲,书记,2012.03\n{row}\n")
        assert [each.worker_id for each in roster.rows] == ["007"]
        assert [(each.number, each.why) for each in roster.skipped] == [(3, why)]

    @pytest.mark.parametrize(
        "row",
        [
            # an id makes it data, whatever else stands in it
            "合计,008,甲,委员,2019",
            "小计,008,备注,委员,2019",
            # an id may look like a word
            "1,注册1,甲,委员,2019",
            "1,备注1,甲,委员,2019",
        ],
    )
    def test_a_row_with_an_id_is_data(self, tmp_path: Path, row: str) -> None:
        roster = _read(tmp_path, f"{HEADER}\n{row}\n")
        assert roster.rows[0].worker is not None
        assert not roster.skipped

    def test_a_row_without_an_id_is_a_fault_and_not_lost(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, f"{HEADER}\n1,,甲,书记,2012.03\n2,008,乙,委员,2013\n")
        assert [(row.number, row.worker_id) for row in roster.rows] == [(2, ""), (3, "008")]
        assert roster.rows[0].worker is None
        assert re.search(
            r"r\.csv:2: 工号: the cell is empty; every row needs worker_id",
            str(roster.rows[0].faults[0]),
        )
        assert roster.rows[0].passed_through == (("序号", "1"), ("姓名", "甲"))

    def test_text_beyond_the_header_is_a_fault(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, f"{HEADER}\n1,007,甲,书记,2012.03,多余\n")
        (fault,) = roster.rows[0].faults
        assert re.search(
            r":2: \['多余'\] stands to the right of the last header; a comma inside", str(fault)
        )

    def test_a_nameless_column_with_text_is_a_fault(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,,入职日期\n007,x,2012.03\n008,,2012.03\n")
        assert [row.worker is None for row in roster.rows] == [True, False]

    def test_short_rows_are_filled_up(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,入职日期,学历,备注\n007,2012.03\n")
        assert roster.rows[0].worker is not None
        assert roster.rows[0].passed_through == (("备注", ""),)

    def test_long_text_is_shortened_where_skipped(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, f"{'名册' * 50}\n{HEADER}\n1,007,甲,书记,2012.03\n")
        assert len(roster.skipped[0].text) == 61

    def test_a_header_without_rows_is_an_empty_roster(self, tmp_path: Path) -> None:
        assert _read(tmp_path, f"{HEADER}\n").rows == ()


class TestHeader:
    def test_needs_a_second_known_column(self, tmp_path: Path) -> None:
        said = _refusal(tmp_path, "工号,姓名\n007,甲\n")
        assert re.search(r"no header was found in the first 50 rows.*\['工号', '姓名'\]", said)
        assert "entry_day/入职日期" in said

    def test_needs_an_id(self, tmp_path: Path) -> None:
        said = _refusal(tmp_path, "名册\n姓名,职务,入职日期\n甲,书记,2012.03\n")
        assert re.search(
            r":2: the header \['姓名', '职务', '入职日期'\] has no column for the worker's id",
            said,
        )
        assert "worker_id/工号" in said

    def test_below_fifty_rows_is_not_looked_for(self, tmp_path: Path) -> None:
        assert "no header was found" in _refusal(tmp_path, "标题\n" * 50 + HEADER + "\n")
        assert _read(tmp_path, "标题\n" * 49 + HEADER + "\n").rows == ()

    def test_two_columns_of_one_meaning_are_refused(self, tmp_path: Path) -> None:
        said = _refusal(tmp_path, "工号,职务,岗位,学历,最高学历\n007,a,b,本科,本科\n")
        assert "'岗位' and '职务' both mean title; rename or delete one" in said
        assert "'最高学历' and '学历' both mean schooling" in said

    def test_an_unknown_header_is_noticed_with_the_nearest(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,入职日期,学厉\n007,2012.03,本科\n")
        told = [notice.text() for notice in roster.notices]
        assert any(
            re.search(r"the column '学厉' is not known; .*did you mean '学历'", text)
            for text in told
        )


class TestMerged:
    def test_a_header_over_two_rows(self, tmp_path: Path) -> None:
        path = _book(
            tmp_path,
            [
                ["某街道名册"],
                ["工号", "职务", "入职日期", "学历学位", None, "年度考核", None],
                [None, None, None, "学历", "学位", "2023", "2024年"],
                ["007", "书记", date(2012, 3, 1), "本科", "学士", "优秀", "合格"],
            ],
            "A1:G1",
            "A2:A3",
            "B2:B3",
            "C2:C3",
            "D2:E2",
            "F2:G2",
        )
        roster = read_roster(path)
        (worker,) = roster.workers
        assert [row.number for row in roster.rows] == [4]
        assert [(rating.period, rating.value) for rating in worker.ratings] == [
            ("2023", "excellent"),
            ("2024", "competent"),
        ]
        assert worker.spells[0].start == date(2012, 3, 1)
        assert isinstance(worker.degrees, tuple)
        assert worker.degrees[0].value == "bachelor"
        assert [(row.number, row.why) for row in roster.skipped] == [(1, "title")]

    def test_groups_above_a_whole_header(self, tmp_path: Path) -> None:
        path = _book(
            tmp_path,
            [
                ["基本信息", None, None, "考核结果", None],
                ["工号", "职务", "入职日期", "2023年", "2024年"],
                ["007", "书记", "2012.03", "优秀", "合格"],
            ],
            "A1:C1",
            "D1:E1",
        )
        (worker,) = read_roster(path).workers
        assert [rating.period for rating in worker.ratings] == ["2023", "2024"]

    def test_a_title_above_a_header_stays_a_title(self, tmp_path: Path) -> None:
        path = _book(
            tmp_path,
            [["名册", None, "2024"], ["工号", "姓名", "入职日期"], ["007", "甲", "2012.03"]],
        )
        roster = read_roster(path)
        assert roster.rows[0].passed_through == (("姓名", "甲"),)
        assert [row.why for row in roster.skipped] == ["title"]

    def test_a_value_over_several_rows_stands_for_each(self, tmp_path: Path) -> None:
        path = _book(
            tmp_path,
            [
                ["工号", "地区", "职务", "入职日期"],
                ["007", "430102", "书记", "2012.03"],
                ["008", None, "委员", "2013.03"],
                ["009", None, None, "2014.03"],
            ],
            "B2:B4",
            "C3:C4",
        )
        roster = read_roster(path)
        assert [worker.spells[0].region for worker in roster.workers] == ["430102"] * 3
        assert [worker.spells[0].title for worker in roster.workers] == ["书记", "委员", "委员"]
        assert any(
            "3 cells took the value of the merged cell" in str(notice) for notice in roster.notices
        )

    def test_an_empty_row_in_a_merged_area_stays_empty(self, tmp_path: Path) -> None:
        path = _book(
            tmp_path,
            [
                ["工号", "地区", "入职日期"],
                ["007", "430102", "2012.03"],
                [],
                ["008", None, "2013.03"],
            ],
            "B2:B4",
            # an empty area, and one beside the table
            "C3:C4",
            "F2:F4",
        )
        roster = read_roster(path)
        assert [row.number for row in roster.rows] == [2, 4]
        assert [(row.number, row.why) for row in roster.skipped] == [(3, "blank")]

    def test_an_id_over_two_rows_is_a_duplicate(self, tmp_path: Path) -> None:
        path = _book(
            tmp_path,
            [["工号", "入职日期"], ["007", "2012.03"], [None, "2013.03"]],
            "A2:A3",
        )
        assert [row.faults[0].code for row in read_roster(path).rows] == ["id-duplicate"] * 2


class TestWorkbookSheets:
    def _book(self, tmp_path: Path, **sheets: list[list[object]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "r.xlsx"
        book.save(path)
        return path

    def test_the_one_with_a_header_is_the_main_sheet(self, tmp_path: Path) -> None:
        path = self._book(
            tmp_path,
            封面=[["某街道"]],
            空=[],
            Sheet3=[["工号", "入职日期"], ["007", "2012.03"]],
            说明=[["工号", "入职日期"]],
        )
        roster = read_roster(path)
        assert [row.worker_id for row in roster.rows] == ["007"]
        told = [str(notice) for notice in roster.notices]
        assert any(re.search(r"r\.xlsx\[封面\] was not read", text) for text in told)
        assert not any("空" in text or "说明" in text for text in told)

    def test_two_are_refused_unless_one_is_named(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [["工号", "入职日期"], ["007", "2012.03"]]
        with pytest.raises(RosterFileError) as refused:
            read_roster(self._book(tmp_path, 在职=rows, 离职=rows))
        assert re.search(
            r"\[在职\]', .*\[离职\]'\] all look like the main sheet", refused.value.text()
        )
        assert "人员名册" in refused.value.text()
        roster = read_roster(self._book(tmp_path, 离职=rows, 花名册=rows))
        assert roster.rows
        assert any("[离职] was not read" in str(notice) for notice in roster.notices)

    def test_one_kind_of_long_sheet_twice_is_refused(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [["工号", "入职日期"], ["007", "2012.03"]]
        long: list[list[object]] = [["工号", "起始日期"], ["007", "2012.03"]]
        with pytest.raises(RosterFileError) as refused:
            read_roster(self._book(tmp_path, 名册=rows, 任职经历=long, 工作经历=long))
        assert re.search(
            r"\[任职经历\]'.*\[工作经历\]'\] are all spells; keep one", refused.value.text()
        )

    def test_long_sheets_alone_are_no_roster(self, tmp_path: Path) -> None:
        with pytest.raises(RosterFileError) as refused:
            read_roster(self._book(tmp_path, 任职经历=[["工号", "起始日期"], ["007", "2012.03"]]))
        assert "r.xlsx' has long sheets only; add a main sheet" in refused.value.text()

    def test_an_empty_long_sheet_says_nothing(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [["工号", "入职日期"], ["007", "2012.03"]]
        assert read_roster(self._book(tmp_path, 名册=rows, 任职经历=[], 选项=[])).rows

    def test_a_long_sheet_without_a_header_is_refused(self, tmp_path: Path) -> None:
        rows: list[list[object]] = [["工号", "入职日期"], ["007", "2012.03"]]
        with pytest.raises(RosterFileError) as refused:
            read_roster(self._book(tmp_path, 名册=rows, 任职经历=[["x", "y"]]))
        assert re.search(r"r\.xlsx\[任职经历\]: no header was found", refused.value.text())
