"""How headers, sheets and values are spelled, and how users extend that."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from cwgrade.errors import ArgumentError, RosterFileError
from cwgrade.rosterfile.columns import (
    CHOICES,
    LONG_SHEETS,
    PAYMENTS,
    ROSTER,
    VOCABULARIES,
    numbered_column,
    sheet_columns,
)
from cwgrade.rosterfile.spellings import load_spellings, shipped_spellings
from cwgrade.worker import ABSENCE_KINDS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

KNOWN = shipped_spellings()


class TestHeaders:
    @pytest.mark.parametrize(
        ("header", "name"),
        [
            ("worker_id", "worker_id"),
            ("Worker ID", "worker_id"),
            ("工号", "worker_id"),
            ("编号", "worker_id"),
            ("* 工 号：", "worker_id"),
            ("post", "post"),
            ("职务", "title"),
            ("岗位", "title"),
            ("地区", "region"),
            ("entry day", "entry_day"),
            ("入职日期", "entry_day"),
            ("入职\n日期", "entry_day"),
            ("入职日期（年/月/日）", "entry_day"),
            ("service_months", "service_months"),
            ("社区工作年限（月）", "service_months"),
            ("service_as_of", "service_as_of"),
            ("学历", "schooling"),
            ("学位", "degree"),
            ("毕业日期", "schooling_obtained"),
            ("职业资格", "qualification"),
            ("职业水平", "qualification"),
            ("发证日期", "qualification_obtained"),
            ("登记日期", "qualification_registered"),
            ("荣誉", "honours"),
            ("Honour", "honours"),
            ("用工形式", "employment"),
            ("身份", "identity"),
            ("核定等级", "recorded_grade"),
            ("核定日期", "recorded_since"),
            ("months_served", "months_served"),
        ],
    )
    def test_of_the_main_sheet(self, header: str, name: str) -> None:
        column = KNOWN.header(ROSTER, header)
        assert column is not None
        assert column.name == name

    @pytest.mark.parametrize(
        ("header", "name", "part"),
        [
            ("2025年考核", "rating_2025", "2025"),
            ("2025年度考核", "rating_2025", "2025"),
            ("2025年度考核结果", "rating_2025", "2025"),
            ("2025考核等次", "rating_2025", "2025"),
            ("２０２５年考核", "rating_2025", "2025"),
            ("考核结果（2025年）", "rating_2025", "2025"),
            ("rating_2025", "rating_2025", "2025"),
            ("Rating 2025", "rating_2025", "2025"),
            ("rating_2018H1", "rating_2018H1", "2018H1"),
            ("2018年上半年考核", "rating_2018H1", "2018H1"),
            ("2018年第3季度考核", "rating_2018Q3", "2018Q3"),
            ("rating_2018-07", "rating_2018-07", "2018-07"),
            ("2018年7月考核", "rating_2018-07", "2018-07"),
            ("supplied:night_duty", "supplied:night_duty", "night_duty"),
            ("补贴：night_duty", "supplied:night_duty", "night_duty"),
            ("补贴:夜班（元）", "supplied:夜班", "夜班"),
            ("fact:zone", "fact:zone", "zone"),
            ("事实：zone", "fact:zone", "zone"),
        ],
    )
    def test_of_numbered_columns(self, header: str, name: str, part: str) -> None:
        column = KNOWN.header(ROSTER, header)
        assert column is not None
        assert (column.name, column.part) == (name, part)

    @pytest.mark.parametrize(
        "header",
        ["序号", "1023年考核", "姓名", "备注", "岗位等级", "考核", "补贴:", "入职日期（县）"],
    )
    def test_others_are_not_recognised(self, header: str) -> None:
        assert KNOWN.header(ROSTER, header) is None
        assert numbered_column(header) is None

    @pytest.mark.parametrize(
        ("sheet", "header", "name"),
        [
            ("spells", "离任日期", "end"),
            ("spells", "截止日期", "end"),
            ("spells", "until", "until"),
            ("spells", "kind", "kind"),
            ("absences", "kind", "absence"),
            ("absences", "类型", "absence"),
            ("education", "毕业日期", "obtained"),
            ("qualifications", "登记日期", "registered"),
            ("ratings", "年度", "period"),
            ("ratings", "等次", "rating"),
            ("honours", "荣誉级别", "honours"),
        ],
    )
    def test_of_long_sheets(self, sheet: str, header: str, name: str) -> None:
        column = KNOWN.header(sheet_columns(sheet), header)
        assert column is not None
        assert column.name == name

    def test_ratings_in_columns_belong_to_the_main_sheet_only(self) -> None:
        assert KNOWN.header(sheet_columns("spells"), "2025年考核") is None

    def test_the_nearest_header_is_suggested(self) -> None:
        assert KNOWN.near_header(ROSTER, "入职日") == "入职日期"
        assert KNOWN.near_header(ROSTER, "schoolin") == "schooling"
        assert KNOWN.near_header(ROSTER, "学厉") == "学历"
        assert KNOWN.near_header(ROSTER, "zzzz") is None
        # alike by chance
        assert KNOWN.near_header(ROSTER, "序号") is None
        assert KNOWN.near_header(ROSTER, "姓名") is None
        # what the sheet has already is not suggested
        assert KNOWN.near_header(ROSTER, "学厉", {"schooling", "degree"}) is None


class TestSheets:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("任职经历", "spells"),
            ("spells", "spells"),
            ("学历学位", "education"),
            ("职业资格", "qualifications"),
            ("年度考核", "ratings"),
            ("请假停职", "absences"),
            ("荣誉", "honours"),
            ("Honours ", "honours"),
            ("说明", "guide"),
            ("Sheet1", None),
        ],
    )
    def test_are_known_by_name(self, text: str, name: str | None) -> None:
        assert KNOWN.sheet(text) == name


class TestValues:
    @pytest.mark.parametrize(
        ("vocabulary", "text", "value"),
        [
            ("schooling", "本科", "bachelor"),
            ("schooling", "大专", "college"),
            ("schooling", "高职", "college"),
            ("schooling", "高中", "senior"),
            ("schooling", "中专", "senior"),
            ("schooling", "初中", "below_senior"),
            ("schooling", "硕士", "master"),
            ("schooling", "研究生", "master"),
            ("schooling", "博士", "doctor"),
            ("schooling", "Bachelor", "bachelor"),
            ("schooling", "below senior", "below_senior"),
            ("schooling", "无", "none"),
            ("degree", "学士", "bachelor"),
            ("degree", "无", "none"),
            ("qualification", "助理社会工作师", "assistant"),
            ("qualification", "初级", "assistant"),
            ("qualification", "社会工作师", "social_worker"),
            ("qualification", "中级", "social_worker"),
            ("qualification", "高级社会工作师", "senior"),
            ("qualification", "高级", "senior"),
            ("honour", "市级", "city"),
            ("honour", "县（区）级", "county"),
            ("honour", "none", "none"),
            ("employment", "全日制", "full_time"),
            ("employment", "全职", "full_time"),
            ("employment", "非全日制", "part_time"),
            ("identity", "公益性岗位", "public_welfare_job"),
            ("identity", "无", "none"),
            ("retired", "是", "yes"),
            ("retired", "否", "no"),
            ("retired", "TRUE", "yes"),
            ("route", "选举", "elected"),
            ("rating", "优秀", "excellent"),
            ("rating", "良好", "good"),
            ("rating", "合格", "competent"),
            ("rating", "称职", "competent"),
            ("rating", "基本合格", "basic"),
            ("rating", "基本称职", "basic"),
            ("rating", "不合格", "fail"),
            ("rating", "不称职", "fail"),
            ("rating", "不定等次", "unrated"),
            ("rating", "未考核", "not_assessed"),
            ("rating", "无", "not_assessed"),
            ("service_kind", "网格员", "grid"),
            ("absence_kind", "产假", "maternity"),
            ("rating", " 优 秀 ", "excellent"),
        ],
    )
    def test_are_read(self, vocabulary: str, text: str, value: str) -> None:
        assert KNOWN.value(vocabulary, text) == value

    @pytest.mark.parametrize(
        ("vocabulary", "text", "said"),
        [
            ("schooling", "本可", "did you mean '本科'?"),
            ("schooling", "batchelor", "did you mean 'bachelor'?"),
            ("degree", "mastr", "did you mean 'master'?"),
            ("degree", "本科", "bachelor/学士"),
            ("rating", "优", "excellent/优秀"),
            ("retired", "无", "yes/是"),
            ("qualification", "电工证", "none/无"),
        ],
    )
    def test_others_are_refused_with_what_is_accepted(
        self, vocabulary: str, text: str, said: str
    ) -> None:
        with pytest.raises(
            ArgumentError, match=re.escape(f"{text!r} is not understood")
        ) as refused:
            KNOWN.value(vocabulary, text)
        assert said in str(refused.value)
        assert "ccepted" in str(refused.value)

    def test_every_value_has_a_chinese_spelling(self) -> None:
        for vocabulary, values in VOCABULARIES.items():
            for value in values:
                label = KNOWN.label(f"values.{vocabulary}", value)
                assert not label.isascii(), (vocabulary, value)
                assert KNOWN.value(vocabulary, label) == value

    def test_every_column_and_sheet_has_a_chinese_spelling(self) -> None:
        for sheet in (ROSTER, *LONG_SHEETS, CHOICES, PAYMENTS):
            assert KNOWN.sheet(KNOWN.label("sheets", sheet.name)) == sheet.name
            for column in sheet.columns:
                label = KNOWN.label("headers", column.name)
                assert not label.isascii(), column.name
                assert KNOWN.header(sheet, label) == column
                assert KNOWN.header(sheet, column.name) == column

    def test_the_lists_are_those_of_workers(self) -> None:
        assert VOCABULARIES["rating"] == RATINGS
        assert VOCABULARIES["service_kind"] == SERVICE_KINDS
        assert VOCABULARIES["absence_kind"] == ABSENCE_KINDS
        for fact, values in NATIONAL_FACTS.items():
            assert set(values) - {"none"} == set(VOCABULARIES[fact]) - {"none"}


class TestUsersFile:
    def _write(self, folder: Path, text: str) -> Path:
        path = folder / "spellings.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_adds_spellings(self, tmp_path: Path) -> None:
        path = self._write(
            tmp_path,
            '[headers]\nentry_day = ["上岗时间"]\n[values.schooling]\nbachelor = ["大本"]\n'
            '[values.post]\nstaff = ["工作人员"]\n[words]\nabsent = ["/"]\n'
            '[sheets]\nspells = ["履历"]\n',
        )
        known = load_spellings(path)
        column = known.header(ROSTER, "上岗时间")
        assert column is not None
        assert column.name == "entry_day"
        assert known.value("schooling", "大本") == "bachelor"
        assert known.open_value("post", "工作人员") == "staff"
        assert known.value("degree", "/") == "none"
        assert known.sheet("履历") == "spells"
        # what is shipped stays, and is not changed for others
        assert known.value("schooling", "本科") == "bachelor"
        assert KNOWN.header(ROSTER, "上岗时间") is None

    def test_nothing_is_added_without_a_file(self) -> None:
        assert load_spellings(None) is KNOWN

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                '[headers]\nentry_dy = ["x"]',
                r"headers\.entry_dy: there is no 'entry_dy' to spell; did you mean 'entry_day'",
            ),
            (
                '[values.schooling]\nbachelr = ["x"]',
                r"values\.schooling\.bachelr: .*did you mean 'bachelor'",
            ),
            (
                '[values.schoolin]\nbachelor = ["x"]',
                r"values\.schoolin: .*did you mean 'schooling'",
            ),
            (
                '[header]\nx = ["x"]',
                r"header: there is no 'header' to spell.*headers, sheets, words, values",
            ),
            ('[headers]\ntitle = "岗位"', r"headers\.title: '岗位' is no list of spellings"),
            ("[headers]\ntitle = [1]", r"headers\.title: \[1\] is no list of spellings"),
            ('[headers]\ntitle = [" "]', r"headers\.title: \[' '\] is no list of spellings"),
            ("[values]\nschooling = 1", r"values\.schooling: 1 is no list of spellings"),
            (
                '[headers]\ntitle = ["学历"]',
                r"headers\.title: the spelling '学历' would mean both schooling and title",
            ),
            (
                '[values.rating]\ngood = ["优秀"]',
                "the spelling '优秀' would mean both excellent and good",
            ),
            ("x = ", "the file of spellings is not TOML"),
        ],
    )
    def test_is_refused_with_its_faults(self, tmp_path: Path, text: str, said: str) -> None:
        path = self._write(tmp_path, text)
        with pytest.raises(RosterFileError) as refused:
            load_spellings(path)
        assert re.search(said, refused.value.text())
        assert str(path) in refused.value.text()

    def test_all_faults_are_told_at_once(self, tmp_path: Path) -> None:
        path = self._write(tmp_path, '[headers]\na = ["x"]\nb = ["y"]\n[sheets]\nc = ["z"]\n')
        with pytest.raises(RosterFileError) as refused:
            load_spellings(path)
        assert len(refused.value.exceptions) == 3

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(RosterFileError) as refused:
            load_spellings(tmp_path / "none.toml")
        assert "No such file" in refused.value.text()

    def test_a_large_file_is_refused(self, tmp_path: Path) -> None:
        path = self._write(tmp_path, "#" * 1_000_001)
        with pytest.raises(RosterFileError) as refused:
            load_spellings(path)
        assert "more than 1000000 bytes" in refused.value.text()

    def test_bytes_that_are_no_text_are_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "spellings.toml"
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(RosterFileError) as refused:
            load_spellings(path)
        assert "not TOML in UTF-8" in refused.value.text()


def test_the_shipped_file_names_nothing_twice() -> None:
    text = resources.files("cwgrade.rosterfile").joinpath("spellings.toml").read_text("utf-8")
    for section in (tomllib.loads(text)["headers"], tomllib.loads(text)["sheets"]):
        for name, spellings in section.items():
            assert len(spellings) == len(set(spellings)), name
