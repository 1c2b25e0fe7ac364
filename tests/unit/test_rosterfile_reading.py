"""From rows to workers: service, facts, ratings, placement on record, long sheets, assumptions."""

import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError, MissingExtra, RosterFileError
from cwgrade.rosterfile import Roster, RosterRow, read_roster
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)


def _write_beside(tmp_path: Path, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        (tmp_path / f"r.{name}.csv").write_text(content, encoding="utf-8")


def _read(
    tmp_path: Path,
    text: str,
    *,
    assume: Mapping[str, str] | None = None,
    pay_month: tuple[int, int] | None = None,
    spellings: str | None = None,
    **beside: str,
) -> Roster:
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    _write_beside(tmp_path, beside)
    extra = None
    if spellings is not None:
        extra = tmp_path / "spellings.toml"
        extra.write_text(spellings, encoding="utf-8")
    return read_roster(path, assume=assume or {}, pay_month=pay_month, spellings=extra)


def _one(
    tmp_path: Path, header: str, row: str, *, spellings: str | None = None, **beside: str
) -> Worker:
    """Read one worker that has an entry day; the id is 007."""
    _write_beside(tmp_path, beside)
    text = f"工号,入职日期,{header}\n007,2019-07-01,{row}\n"
    (read,) = _read(tmp_path, text, spellings=spellings).rows
    assert read.worker is not None, [str(fault) for fault in read.faults]
    return read.worker


def _faults(row: RosterRow) -> str:
    assert row.worker is None
    return "\n".join(str(fault) for fault in row.faults)


def _fault(tmp_path: Path, header: str, row: str, **beside: str) -> str:
    """Read the faults of one worker that has an entry day."""
    _write_beside(tmp_path, beside)
    (read,) = _read(tmp_path, f"工号,入职日期,{header}\n007,2019-07-01,{row}\n").rows
    return _faults(read)


class TestService:
    def test_an_entry_day_is_one_open_spell(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,岗位类别,职务,入职日期\n007,staff,委员,2019.07\n")
        assert roster.workers[0].spells == (
            ServiceSpell(start=PartialDate(2019, 7), post="staff", title="委员"),
        )
        assert roster.rows[0].notices == ()

    def test_months_are_counted_back(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "worker_id,title,service_months,service_as_of\n007,委员,63,2024-01-31\n008,委员,5年3个月,2024-01-31\n",
        )
        for worker in roster.workers:
            assert worker.spells == (ServiceSpell(start=date(2018, 10, 31), title="委员"),)
            assert worker.assumed == ("service_from_months=2024-01-31",)
        (notice,) = roster.rows[0].notices
        assert "unbroken up to 2024-01-31" in str(notice)
        assert any("2 workers have a number of months only" in str(each) for each in roster.notices)

    def test_months_may_be_counted_through_a_last_day(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,社区工作月数,年限截止日期\n007,60,2023-12-31\n")
        assert roster.workers[0].spells[0].start == date(2019, 1, 1)

    def test_a_placement_alone_starts_the_service(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,职务,核定等级,核定日期\n007,委员,七级,2021-01-01\n")
        (worker,) = roster.workers
        assert worker.spells == (ServiceSpell(start=date(2021, 1, 1), title="委员"),)
        assert worker.placement == PlacementOnRecord(post="委员", grade=7, since=date(2021, 1, 1))
        assert "starts with the placement on record on 2021-01-01" in str(roster.rows[0].notices[0])
        assert any(notice.code == "notice-service-from-placement-rows" for notice in roster.notices)

    def test_agreeing_claims_are_one(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,入职日期,社区工作月数,月数计算日\n007,2019-01-01,60,2024-01-01\n008,2019.01,59,2024-01-01\n",
        )
        assert [worker.spells[0].start for worker in roster.workers] == [
            date(2019, 1, 1),
            PartialDate(2019, 1),
        ]
        assert roster.workers[0].assumed == ()

    @pytest.mark.parametrize(
        ("header", "row", "said"),
        [
            ("职务,入职日期", "委员,", "the row does not tell since when the worker has served"),
            (
                "社区工作月数,学历",
                "60,本科",
                "'?60'? months of service, but no day they are counted to",
            ),
            (
                "入职日期,社区工作月数,月数计算日",
                "2019-01-01,50,2024-01-01",
                "50 months of service by 2024-01-01, but 60 months since the entry day 2019",
            ),
            (
                "社区工作月数,月数计算日,年限截止日期",
                "50,2024-01-01,2024-01-01",
                r"\['2024-01-01', '2024-01-01'\] name different ends",
            ),
            (
                "社区工作月数,月数计算日",
                "60,2024.01",
                "月数计算日: '2024.01' is known only to its month",
            ),
            ("社区工作月数,年限截止日期", "60,2024.01", "年限截止日期: '2024.01' is known only"),
            ("入职日期,学历", "去年,本科", "入职日期: '去年' is not a day"),
        ],
    )
    def test_faults(self, tmp_path: Path, header: str, row: str, said: str) -> None:
        roster = _read(tmp_path, f"工号,{header}\n007,{row}\n")
        text = _faults(roster.rows[0])
        assert re.search(said, text)
        assert text.startswith(f"{tmp_path / 'r.csv'}:2: ")
        assert text.count("\n") == 0, text

    def test_region_and_kind(self, tmp_path: Path) -> None:
        worker = _one(tmp_path, "地区,服务类别", "430102,网格员")
        assert (worker.spells[0].region, worker.spells[0].kind) == ("430102", "grid")

    def test_an_empty_region_is_unknown_and_a_missing_column_is_here(self, tmp_path: Path) -> None:
        assert _one(tmp_path, "地区,职务", ",x").spells[0].region is UNKNOWN
        roster = _read(tmp_path, "工号,入职日期\n007,2019\n")
        assert roster.workers[0].spells[0].region is None
        assert any(notice.code == "notice-no-region" for notice in roster.notices)

    def test_a_bad_region_is_a_fault(self, tmp_path: Path) -> None:
        assert "地区: '长沙市' is not a region code" in _fault(tmp_path, "地区", "长沙市")


class TestPost:
    @pytest.mark.parametrize(
        ("header", "row", "post", "title"),
        [
            ("岗位类别", "staff", "staff", None),
            ("岗位类别,职务", "staff,委员", "staff", "委员"),
            ("职务", "委员", None, "委员"),
            # text that is no id is a title, which the scheme maps
            ("岗位类别", "副职", None, "副职"),
            ("岗位类别,职务", "副职,副职", None, "副职"),
            ("职务", "无", None, None),
        ],
    )
    def test_is_an_id_or_a_title(
        self, tmp_path: Path, header: str, row: str, post: str | None, title: str | None
    ) -> None:
        spell = _one(tmp_path, header, row).spells[0]
        assert (spell.post, spell.title) == (post, title)

    def test_text_beside_a_title_is_refused_unless_spelled(self, tmp_path: Path) -> None:
        said = _fault(tmp_path, "岗位类别,职务", "副职,副书记")
        assert "岗位类别: '副职' is no post's id, and '副书记' stands beside it" in said
        worker = _one(
            tmp_path, "岗位类别,职务", "副职,副书记", spellings='[values.post]\ndeputy = ["副职"]'
        )
        assert (worker.spells[0].post, worker.spells[0].title) == ("deputy", "副书记")


class TestAttained:
    def test_empty_is_unknown_and_none_is_absent(self, tmp_path: Path) -> None:
        worker = _one(tmp_path, "学历,学位,职业资格,荣誉", ",无,none,不详")
        assert worker.schooling is UNKNOWN
        assert worker.degrees == ()
        assert worker.qualifications == ()
        assert worker.honours is UNKNOWN

    def test_levels_and_days(self, tmp_path: Path) -> None:
        worker = _one(
            tmp_path,
            "学历,毕业日期,学位,职业资格,发证日期,登记日期,聘任日期,荣誉",
            "本科,2015.07,学士,中级,2019-03-01,2019/4/2,2019年5月,市级、县级",
        )
        assert worker.schooling == (Attainment(value="bachelor", obtained=PartialDate(2015, 7)),)
        assert worker.degrees == (Attainment(value="bachelor"),)
        assert worker.qualifications == (
            Attainment(
                value="social_worker",
                obtained=date(2019, 3, 1),
                registered=date(2019, 4, 2),
                appointed=PartialDate(2019, 5),
            ),
        )
        assert worker.honours == (Attainment(value="city"), Attainment(value="county"))

    @pytest.mark.parametrize(
        ("header", "row", "said"),
        [
            ("学历", "本可", "学历: '本可' is not understood; did you mean '本科'"),
            ("学位", "本科", "学位: '本科' is not understood"),
            ("荣誉", "市级、校级", "荣誉: '校级' is not understood"),
            (
                "荣誉,表彰日期",
                "市级、县级,2019",
                "荣誉: '市级、县级' are several, but the row has one set of days",
            ),
            ("学历,毕业日期", ",2019", "学历: days are given, but schooling is empty"),
            ("学历,毕业日期", "无,2019", "学历: days are given, but schooling holds '无'"),
            ("学历,毕业日期", "本科,前年", "毕业日期: '前年' is not a day"),
        ],
    )
    def test_faults(self, tmp_path: Path, header: str, row: str, said: str) -> None:
        text = _fault(tmp_path, header, row)
        assert said in text
        assert text.count("\n") == 0, text

    def test_all_faults_of_a_row_are_told_at_once(self, tmp_path: Path) -> None:
        said = _fault(tmp_path, "学历,学位,是否退休,2023年考核", "a1,b2,c3,d4")
        assert all(f"'{value}'" in said for value in ("a1", "b2", "c3", "d4"))


class TestStates:
    def test_are_facts(self, tmp_path: Path) -> None:
        worker = _one(
            tmp_path,
            "用工形式,身份,是否退休,进入方式,事实:zone,fact:urban,fact:award",
            "全日制,无,否,选举,A 区,,无",
        )
        assert worker.facts == (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
            StateFact(name="route", value="elected"),
            StateFact(name="retired", value="no"),
            StateFact(name="zone", value="A区"),
            StateFact(name="award", value="none"),
        )

    def test_declared_facts_can_be_spelled(self, tmp_path: Path) -> None:
        worker = _one(tmp_path, "事实:zone", "城区", spellings='[values.zone]\nurban = ["城区"]')
        assert worker.facts == (StateFact(name="zone", value="urban"),)


class TestRatings:
    def test_stand_in_columns(self, tmp_path: Path) -> None:
        worker = _one(tmp_path, "2022年考核,2023年度考核结果,rating_2024", "优秀,,不定等次")
        assert worker.ratings == (
            Rating(period="2022", value="excellent"),
            Rating(period="2024", value="unrated"),
        )

    def test_two_columns_of_one_year_are_refused(self, tmp_path: Path) -> None:
        with pytest.raises(RosterFileError) as refused:
            _read(tmp_path, "工号,2022年考核,rating_2022\n007,优秀,合格\n")
        assert "both mean rating_2022" in refused.value.text()

    def test_a_column_and_a_row_may_agree_but_not_differ(self, tmp_path: Path) -> None:
        beside = "工号,考核年度,考核结果,公布日期\n007,2022,优秀,2023-02-01\n"
        worker = _one(tmp_path, "2022年考核", "优秀", 年度考核=beside)
        assert worker.ratings == (
            Rating(period="2022", value="excellent", announced=date(2023, 2, 1)),
        )
        said = _fault(tmp_path, "2022年考核", "合格", 年度考核=beside)
        assert "ratings says two things about '2022': 'excellent' and 'competent'" in said


class TestSupplied:
    def test_belongs_to_the_month_asked_for(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            '工号,入职日期,补贴:night_duty（元）,supplied:task\n007,2019,"1,200.50",无\n008,2019,,-300\n',
            pay_month=(2024, 5),
        )
        assert [worker.supplied for worker in roster.workers] == [
            (
                SuppliedAmount(component="night_duty", year=2024, month=5, fen=120_050),
                SuppliedAmount(component="task", year=2024, month=5, fen=0),
            ),
            (SuppliedAmount(component="task", year=2024, month=5, fen=-30_000),),
        ]

    def test_without_a_month_is_said_not_to_be_used(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,入职日期,补贴:a,补贴:b\n007,2019,5,6\n008,2019,,\n")
        assert roster.workers[0].supplied == ()
        assert [notice.code for notice in roster.rows[0].notices] == [
            "notice-supplied-without-month"
        ]
        assert roster.rows[1].notices == ()
        assert any("1 workers have supplied amounts" in str(notice) for notice in roster.notices)

    def test_that_is_no_amount_is_a_fault(self, tmp_path: Path) -> None:
        assert "补贴:a: '若干' is no amount in yuan" in _fault(tmp_path, "补贴:a", "若干")

    def test_a_month_that_does_not_exist_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ArgumentError, match="13"):
            _read(tmp_path, "工号,入职日期\n007,2019\n", pay_month=(2024, 13))


class TestPlacement:
    def test_whole(self, tmp_path: Path) -> None:
        worker = _one(
            tmp_path,
            "职务,核定等级,核定岗位,核定日期,已任月数,批准文件",
            "委员,7级,staff,2021-01-01,8,某发〔2021〕3号",
        )
        assert worker.placement == PlacementOnRecord(
            post="staff",
            grade=7,
            since=date(2021, 1, 1),
            months_served=8,
            document="某发〔2021〕3号",
        )
        assert worker.spells[0].start == date(2019, 7, 1)

    def test_the_post_of_the_row_is_taken_where_none_is_recorded(self, tmp_path: Path) -> None:
        worker = _one(tmp_path, "岗位类别,职务,核定等级,核定日期", "staff,委员,7,2021-01-01")
        assert worker.placement is not None
        assert worker.placement.post == "staff"

    @pytest.mark.parametrize("row", [",,", "无,,", "无,2021-01-01,某号"])
    def test_none(self, tmp_path: Path, row: str) -> None:
        assert _one(tmp_path, "核定等级,核定日期,批准文件", row).placement is None

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            (
                "委员,7,,",
                "核定等级: 7 is part of a placement on record, but recorded_since is empty",
            ),
            (
                "委员,,2021-01-01,",
                "核定日期: '2021-01-01' is part of a placement on record, but recorded_grade is",
            ),
            (
                ",7,2021-01-01,",
                "核定等级: 7 is part of a placement on record, but recorded_post is empty",
            ),
            ("委员,7,2021.01,", "核定日期: '2021.01' is known only to its month or year"),
            ("委员,VII,2021-01-01,", "核定等级: 'VII' is no grade"),
            ("委员,7,2021-01-01,很久", "已任月数: '很久' is no whole number of months"),
        ],
    )
    def test_faults(self, tmp_path: Path, row: str, said: str) -> None:
        text = _fault(tmp_path, "职务,核定等级,核定日期,已任月数", row)
        assert said in text
        assert text.count("\n") == 0, text


class TestIds:
    def test_leading_zeros_and_duplicates(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,入职日期\n007,2019\n7,2019\n008,2019\n007,2020\n")
        assert [row.worker_id for row in roster.rows] == ["007", "7", "008", "007"]
        assert [row.worker is None for row in roster.rows] == [True, False, False, True]
        assert "工号: the id '007' stands in row 5 too" in _faults(roster.rows[0])
        assert "工号: the id '007' stands in row 2 too" in _faults(roster.rows[3])

    def test_damaged_ids_are_refused_by_row(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in (
            ["工号", "入职日期"],
            [110_101_199_003_078_888, 43647],
            ["110101199003078888", 43647],
        ):
            sheet.append(row)
        book.save(tmp_path / "r.xlsx")
        bad, good = read_roster(tmp_path / "r.xlsx").rows
        assert "'1.10101199003079E+17' was changed by a spreadsheet" in _faults(bad)
        assert good.worker_id == "110101199003078888"
        assert good.worker is not None

    def test_two_damaged_ids_are_also_duplicates(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,入职日期\n1.1E+17,2019\n1.1E+17,2019\n")
        assert all("1.1E+17" in _faults(row) for row in roster.rows)

    def test_a_damaged_row_says_no_more_than_it_must(self, tmp_path: Path) -> None:
        roster = _read(tmp_path, "工号,入职日期\n1.1E+17,2019\n")
        assert _faults(roster.rows[0]).count("\n") == 0


class TestLongSheets:
    def test_spells(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,职务,入职日期\n007,书记,2012\n008,委员,2019\n",
            任职经历=(
                "工号,起始日期,截止日期,岗位类别,职务,地区,服务类别,入档日期\n"
                "007,2012-03-01,2015-06-30,staff,,430102,网格员,2012-03-05\n"
                "007,2015.07,,,,430102,,\n"
            ),
        )
        assert roster.workers[0].spells == (
            ServiceSpell(
                start=date(2012, 3, 1),
                end=date(2015, 7, 1),
                post="staff",
                region="430102",
                kind="grid",
                recorded_on=date(2012, 3, 5),
            ),
            # the open spell names no post: the roster's is the present one
            ServiceSpell(start=PartialDate(2015, 7), title="书记", region="430102"),
        )
        assert roster.workers[1].spells == (ServiceSpell(start=PartialDate(2019), title="委员"),)
        codes = {notice.code for notice in roster.notices}
        assert {"notice-spells-used-rows", "notice-kind-taken"} <= codes

    @pytest.mark.parametrize(
        ("header", "cells", "end"),
        [
            ("end", "2015-06-30", date(2015, 7, 1)),
            ("离任日期", "2015年6月30日", date(2015, 7, 1)),
            ("截止日期", "2015/12/31", date(2016, 1, 1)),
            ("until", "2015-07-01", date(2015, 7, 1)),
            ("until", "2015-07", PartialDate(2015, 7)),
            ("截止年月", "2015.06", date(2015, 7, 1)),
            ("end", "至今", None),
            ("end", "", None),
            ("end", "无", None),
            ("end,until", "2015-06-30,2015-07-01", date(2015, 7, 1)),
        ],
    )
    def test_last_days_become_half_open(
        self, tmp_path: Path, header: str, cells: str, end: date | PartialDate | None
    ) -> None:
        roster = _read(
            tmp_path,
            "工号,职务\n007,书记\n",
            spells=f"worker_id,start,{header}\n007,2012-03-01,{cells}\n",
        )
        assert roster.workers[0].spells[0].end == end

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (
                "007,,2015-06-30,,",
                r"r\.spells\.csv:2: start: the cell is empty; every row needs start",
            ),
            (
                "007,2015-07-01,2015-06-30,,",
                r"r\.spells\.csv:2: end: The period from .*2015-07-01.* has no day",
            ),
            ("007,2012,2015.06,,", r"r\.spells\.csv:2: end: '2015\.06' is known only"),
            (
                "007,2012,2015-06-30,2015-06-30,",
                r"end: \['2015-06-30', '2015-06-30'\] name different ends",
            ),
            ("007,2012,至今,2015-06-30,", "name different ends"),
            ("007,2012,,,水手", r"kind: '水手' is not understood.*grid/网格"),
            (
                "007,2012-03-01,,,\n007,2015-07-01,,,",
                r":2: end: the end is empty \(''\) for the spell from 2012-03-01, though .* 2015",
            ),
        ],
    )
    def test_faults_of_spells_are_the_workers(self, tmp_path: Path, rows: str, said: str) -> None:
        roster = _read(
            tmp_path,
            "工号,职务\n007,书记\n",
            spells=f"worker_id,start,end,until,kind\n{rows}\n",
        )
        assert re.search(said, _faults(roster.rows[0]))
        assert not roster.orphans

    def test_two_open_spells_are_said_to_go_on(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,职务\n007,书记\n",
            spells="worker_id,start,end,title\n007,2012-03-01,至今,书记\n007,2015-07-01,,主任\n",
        )
        assert [spell.end for spell in roster.workers[0].spells] == [None, None]

    def test_another_title_than_the_open_spell_is_noticed(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,职务\n007,书记\n008,书记\n",
            spells="worker_id,start,title\n007,2012-03-01,委员\n008,2012-03-01,书记\n",
        )
        assert roster.workers[0].spells[0].title == "委员"
        assert [notice.code for notice in roster.rows[0].notices] == ["notice-post-differs"]
        assert roster.rows[1].notices == ()
        assert any("1 workers have another post" in str(notice) for notice in roster.notices)

    def test_education(self, tmp_path: Path) -> None:
        worker = _one(
            tmp_path,
            "学历,学位",
            "本科,",
            学历学位=(
                "工号,学历,学位,取得日期,报备日期\n007,大专,无,2012.07,\n007,本科,,2015-07-01,2019-08-01\n"
            ),
        )
        # the main sheet's level without days adds nothing to the same level with days
        assert worker.schooling == (
            Attainment(value="college", obtained=PartialDate(2012, 7)),
            Attainment(value="bachelor", obtained=date(2015, 7, 1), reported=date(2019, 8, 1)),
        )
        assert worker.degrees == ()

    def test_a_level_that_the_long_sheet_lacks_is_kept(self, tmp_path: Path) -> None:
        worker = _one(tmp_path, "学历", "硕士", education="worker_id,schooling\n007,本科\n")
        assert worker.schooling == (Attainment(value="master"), Attainment(value="bachelor"))

    def test_qualifications_honours_and_absences(self, tmp_path: Path) -> None:
        worker = _one(
            tmp_path,
            "职务",
            "x",
            职业资格="工号,职业资格,取得日期,登记日期\n007,初级,2018.06,2018-09-01\n",
            荣誉="工号,荣誉级别,表彰日期,入档日期\n007,省级,2020-07-01,2020-08-01\n",
            请假停职="工号,请假类型,开始日期,截止日期\n007,产假,2020-01-01,2020-06-08\n",
        )
        assert worker.qualifications == (
            Attainment(
                value="assistant", obtained=PartialDate(2018, 6), registered=date(2018, 9, 1)
            ),
        )
        assert worker.honours == (
            Attainment(value="provincial", obtained=date(2020, 7, 1), recorded_on=date(2020, 8, 1)),
        )
        assert worker.absences == (
            AbsenceSpell(start=date(2020, 1, 1), end=date(2020, 6, 9), kind="maternity"),
        )

    @pytest.mark.parametrize(
        ("sheet", "text", "said"),
        [
            (
                "荣誉",
                "工号,荣誉\n007,无\n007,市级\n",
                r"honours: said to be none, but \['city'\] are listed",
            ),
            ("荣誉", "工号,荣誉\n007,村级\n", r"r\.荣誉\.csv:2: 荣誉: '村级' is not understood"),
            (
                "荣誉",
                "工号,荣誉,取得日期\n007,,2019\n",
                r"荣誉: days are given, but honours is empty",
            ),
            (
                "学历学位",
                "工号,学历,学位,取得日期\n007,,,2019\n",
                "学历: days are given, but schooling is empty",
            ),
            (
                "年度考核",
                "工号,年度,结果\n007,,优秀\n",
                "年度: the cell is empty; every row needs period",
            ),
            ("年度考核", "工号,年度,结果\n007,去年,优秀\n", "年度: '去年' is no assessment period"),
            (
                "请假停职",
                "工号,类型,起始日期\n007,,2019\n",
                "类型: the cell is empty; every row needs absence",
            ),
            ("请假停职", "工号,类型,起始日期\n007,旅游,2019\n", "类型: '旅游' is not understood"),
            (
                "请假停职",
                "工号,类型,起始日期,截止日期\n007,病假,2019-02-01,2019-01-01\n",
                "截止日期: The period from",
            ),
        ],
    )
    def test_faults_are_the_workers(self, tmp_path: Path, sheet: str, text: str, said: str) -> None:
        assert re.search(said, _fault(tmp_path, "职务", "x", **{sheet: text}))

    def test_none_in_the_roster_and_rows_in_the_sheet_are_a_fault(self, tmp_path: Path) -> None:
        said = _fault(tmp_path, "荣誉", "无", 荣誉="工号,荣誉\n007,市级\n")
        assert "荣誉: said to be none, but ['city'] are listed; keep one" in said

    def test_a_worker_without_rows_in_a_sheet_stays_unknown(self, tmp_path: Path) -> None:
        worker = _one(
            tmp_path, "职务", "x", 荣誉="工号,荣誉\n", 年度考核="工号,年度,结果\n007,2022,\n"
        )
        assert worker.honours is UNKNOWN
        assert worker.ratings == ()

    def test_rows_of_unknown_workers_are_orphans(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,入职日期\n007,2019\n",
            spells="worker_id,start\n7,2012\n7,坏\n,2013\n1.1E+17,2014\n",
        )
        said = "\n".join(str(fault) for fault in roster.orphans)
        assert re.search(r"r\.spells\.csv:2: the id '7' is not in the main sheet", said)
        assert re.search(r"r\.spells\.csv:3: the id '7' is not in the main sheet", said)
        assert re.search(r"r\.spells\.csv:3: start: '坏' is not a day", said)
        assert re.search(r"r\.spells\.csv:4: worker_id: the cell is empty", said)
        assert re.search(r"r\.spells\.csv:5: worker_id: the id '1\.1E\+17'", said)
        assert roster.rows[0].worker is not None
        assert len(roster.faults) == 5

    def test_sheets_of_a_workbook_are_joined(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["工号", "职务"])
        sheet.append(["007", "书记"])
        spells = book.create_sheet("任职经历")
        spells.append(["任职经历表"])
        spells.append(["工号", "起始日期", "截止日期", "备注"])
        spells.append(["007", 43647, None, "x"])
        spells.append(["合计", 1])
        book.save(tmp_path / "r.xlsx")
        roster = read_roster(tmp_path / "r.xlsx")
        assert roster.workers[0].spells[0].start == date(2019, 7, 1)
        assert [(row.sheet.endswith("[任职经历]"), row.number) for row in roster.skipped] == [
            (True, 1),
            (True, 4),
        ]
        told = [str(notice) for notice in roster.notices]
        assert any(
            re.search(r"\[任职经历\]: days written as numbers of five digits", text)
            for text in told
        )
        assert any(
            re.search(r"\[任职经历\]: the column '备注' is not known", text) for text in told
        )

    def test_the_same_long_file_in_two_spellings_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(RosterFileError) as refused:
            _read(
                tmp_path,
                "工号,入职日期\n007,2019\n",
                spells="worker_id,start\n007,2012\n",
                任职经历="工号,起始日期\n007,2012\n",
            )
        assert "are all spells; keep one" in refused.value.text()


class TestAssume:
    TEXT = (
        "工号,入职日期,荣誉,职业资格,用工形式,2023年考核\n"
        "007,2019,,,,\n008,2019,市级,初级,全职,优秀\n"
    )

    def test_fills_in_what_is_unknown_and_records_it(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            self.TEXT,
            assume={
                "honours": "none",
                "职业资格": "中级",
                "employment": "全日制",
                "identity": "none",
                "2023年考核": "合格",
                "rating_2022": "competent",
                "fact:zone": "urban",
            },
        )
        first, second = roster.workers
        assert first.honours == ()
        assert first.qualifications == (Attainment(value="social_worker"),)
        assert first.facts == (
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
            StateFact(name="zone", value="urban"),
        )
        assert first.ratings == (
            Rating(period="2023", value="competent"),
            Rating(period="2022", value="competent"),
        )
        assert set(first.assumed) == {
            "honours=none",
            "qualification=social_worker",
            "employment=full_time",
            "identity=none",
            "rating_2023=competent",
            "rating_2022=competent",
            "fact:zone=urban",
        }
        assert second.honours == (Attainment(value="city"),)
        assert set(second.assumed) == {"identity=none", "rating_2022=competent", "fact:zone=urban"}

    def test_takes_a_month_as_its_first_day_and_leaves_a_year_open(self, tmp_path: Path) -> None:
        text = "工号,入职日期\n007,2019.07\n008,2019\n009,2019-07-15\n"
        first, second, third = _read(tmp_path, text, assume={"日期": "当月1日"}).workers
        assert first.spells[0].start == date(2019, 7, 1)
        assert first.assumed == ("days=first_of_month",)
        assert second.spells[0].start == PartialDate(2019)
        assert third.spells[0].start == date(2019, 7, 15)
        assert second.assumed == third.assumed == ()

    def test_takes_the_months_of_every_sheet(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,职业资格,职业资格登记日期\n007,初级,2019.03\n",
            assume={"days": "first_of_month"},
            任职经历="工号,开始日期,截止年月,职务\n007,2012.03,2015.06,委员\n007,2015.07,,委员\n",
            请假停职="工号,类别,开始日期,结束日期\n007,病假,2014.02,2014-03-31\n",
        )
        (worker,) = roster.workers
        days = [day for spell in worker.spells for day in (spell.start, spell.end) if day]
        days += [day for leave in worker.absences for day in (leave.start, leave.end) if day]
        assert isinstance(worker.qualifications, tuple)
        days += [one.registered for one in worker.qualifications if one.registered]
        assert len(days) == 6
        assert all(type(day) is date for day in days)

    def test_knows_no_other_day_to_take(self, tmp_path: Path) -> None:
        with pytest.raises(ArgumentError, match="first_of_month"):
            _read(tmp_path, "工号,入职日期\n007,2019.07\n", assume={"days": "last_of_month"})

    def test_a_long_sheet_makes_it_known(self, tmp_path: Path) -> None:
        roster = _read(
            tmp_path,
            "工号,入职日期\n007,2019\n008,2019\n009,2019\n",
            assume={"honours": "none", "rating_2022": "fail"},
            荣誉="工号,荣誉\n007,省级\n008,无\n",
            年度考核="工号,年度,结果\n007,2022,优秀\n",
        )
        first, second, third = roster.workers
        assert first.honours == (Attainment(value="provincial"),)
        assert first.assumed == ()
        assert (second.honours, second.assumed) == ((), ("rating_2022=fail",))
        assert (third.honours, set(third.assumed)) == ((), {"honours=none", "rating_2022=fail"})

    def test_takes_the_notice_of_a_missing_column_away(self, tmp_path: Path) -> None:
        def missing(assume: Mapping[str, str]) -> set[object]:
            roster = _read(tmp_path, "工号,入职日期\n007,2019\n", assume=assume)
            return {
                dict(notice.facts)["column"]
                for notice in roster.notices
                if notice.code == "notice-missing-column"
            }

        everything = {
            "schooling",
            "degree",
            "qualification",
            "honours",
            "employment",
            "identity",
            "route",
            "retired",
            "rating",
        }
        assert missing({}) == everything
        assert missing({"honours": "none", "rating_2023": "合格"}) == everything - {
            "honours",
            "rating",
        }

    @pytest.mark.parametrize(
        ("assume", "said"),
        [
            ({"honour_s": "none"}, None),
            (
                {"honurs": "none"},
                r"nothing can be assumed for 'honurs'; name a fact, or .* path; did you mean 'honours'",
            ),
            ({"entry_day": "2019"}, "nothing can be assumed for 'entry_day'"),
            ({"worker_id": "1"}, "nothing can be assumed for 'worker_id'"),
            (
                {"honours": "nine"},
                "'nine' cannot be assumed for honours: no such value.*county/县级",
            ),
            ({"retired": "无"}, "'无' cannot be assumed for retired"),
        ],
    )
    def test_is_checked(self, tmp_path: Path, assume: Mapping[str, str], said: str | None) -> None:
        if said is None:
            _read(tmp_path, self.TEXT, assume=assume)
            return
        with pytest.raises(ArgumentError, match=said):
            _read(tmp_path, self.TEXT, assume=assume)


class TestRoster:
    def test_every_row_once_and_in_order(self, tmp_path: Path) -> None:
        ids = [f"{(number * 7919) % 1000:04d}" for number in range(1000)]
        text = "工号,入职日期,学历,家庭住址\n" + "".join(
            f"{worker_id},{'2019' if number % 3 else '坏'},本科,{number}\n"
            for number, worker_id in enumerate(ids)
        )
        roster = _read(tmp_path, text)
        assert [row.worker_id for row in roster.rows] == ids
        assert [row.number for row in roster.rows] == list(range(2, 1002))
        assert [row.passed_through for row in roster.rows] == [
            (("家庭住址", str(number)),) for number in range(1000)
        ]
        assert [row.worker is None for row in roster.rows] == [
            number % 3 == 0 for number in range(1000)
        ]

    def test_is_a_value(self, tmp_path: Path) -> None:
        text = "工号,入职日期,x\n007,2019,1\n008,坏,2\n"
        assert _read(tmp_path, text).rows[0] == _read(tmp_path, text).rows[0]
        assert _read(tmp_path, text).file == str(tmp_path / "r.csv")

    def test_many_rows_of_a_notice_are_shortened(self, tmp_path: Path) -> None:
        text = "工号,社区工作月数,月数计算日\n" + "".join(
            f"{number},5,2024-01-01\n" for number in range(30)
        )
        (told,) = [
            str(notice)
            for notice in _read(tmp_path, text).notices
            if notice.code == "notice-service-from-months-rows"
        ]
        assert "30 workers" in told
        assert told.endswith("(rows 2–11, …)")

    def test_without_the_extra_a_workbook_names_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04")
        monkeypatch.setitem(sys.modules, "python_calamine", None)
        with pytest.raises(MissingExtra, match=r"python-calamine.*cwgrade\[excel\]"):
            read_roster(tmp_path / "r.xlsx")


def test_a_supplied_amount_takes_its_document_from_its_own_column(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(
        "工号,职务,入职日期,补贴:on_call,补贴依据:on_call\n1,委员,2015-03-01,200,值班表3号\n",
        "utf-8",
    )

    (row,) = read_roster(path, pay_month=(2018, 3)).rows

    assert row.worker is not None
    assert [(one.fen, one.document) for one in row.worker.supplied] == [(20000, "值班表3号")]


def test_a_long_sheet_without_a_column_that_each_row_needs(tmp_path: Path) -> None:
    ratings = "工号,考核年度,考核结呆\n1,2018,合格\n2,2018,合格\n"
    with pytest.raises(RosterFileError) as caught:
        _read(tmp_path, "工号,入职日期\n1,2015-03-01\n2,2015-03-01\n", ratings=ratings)
    (fault,) = caught.value.exceptions
    assert "r.ratings.csv:1: the header ['工号', '考核年度', '考核结呆'] has no column" in str(
        fault
    )
    assert "did you mean '考核结果'" in str(fault)
    # without a row nothing is missing
    _read(tmp_path, "工号,入职日期\n1,2015-03-01\n", ratings="工号,考核年度,考核结呆\n")
