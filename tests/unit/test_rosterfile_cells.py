"""What offices write in one cell."""

import re
from datetime import date

import pytest

from cwgrade.dates import Day, PartialDate
from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.cells import (
    is_serial,
    key_of,
    read_day,
    read_exact_day,
    read_fen,
    read_grade,
    read_last_day,
    read_last_month,
    read_months,
    read_period,
    read_worker_id,
    tidy,
)


class TestDay:
    @pytest.mark.parametrize(
        ("text", "day"),
        [
            # days
            ("2019-07-01", date(2019, 7, 1)),
            ("2019-7-1", date(2019, 7, 1)),
            ("2019/7/1", date(2019, 7, 1)),
            ("2019.7.1", date(2019, 7, 1)),
            ("2019.1.1", date(2019, 1, 1)),
            ("2019年7月1日", date(2019, 7, 1)),
            ("2019年07月01号", date(2019, 7, 1)),
            ("2019 年 7 月 1 日", date(2019, 7, 1)),
            ("20190701", date(2019, 7, 1)),
            ("2020-02-29", date(2020, 2, 29)),
            # full-width
            ("２０１９年７月１日", date(2019, 7, 1)),
            ("２０１９／７／１", date(2019, 7, 1)),
            ("２０１９．０７．０１", date(2019, 7, 1)),
            # with a time of day, as databases and spreadsheets write them
            ("2019-07-01 00:00:00", date(2019, 7, 1)),
            ("2019-07-01T08:30:00", date(2019, 7, 1)),
            ("2019/7/1 0:00", date(2019, 7, 1)),
            ("2019/7/1 10:30", date(2019, 7, 1)),
            ("2019年7月1日 10:30", date(2019, 7, 1)),
            # months
            ("2019-07", PartialDate(2019, 7)),
            ("2019.07", PartialDate(2019, 7)),
            ("2019.7", PartialDate(2019, 7)),
            ("2019.01", PartialDate(2019, 1)),
            ("2019.10", PartialDate(2019, 10)),
            ("2019.11", PartialDate(2019, 11)),
            ("2019/7", PartialDate(2019, 7)),
            ("2019-1", PartialDate(2019, 1)),
            ("2019年7月", PartialDate(2019, 7)),
            ("2019年7月份", PartialDate(2019, 7)),
            ("201907", PartialDate(2019, 7)),
            # years
            ("2019", PartialDate(2019)),
            ("2019年", PartialDate(2019)),
            # a spreadsheet's day numbers
            ("43647", date(2019, 7, 1)),
            ("41000", date(2012, 4, 1)),
        ],
    )
    def test_is_read(self, text: str, day: Day) -> None:
        assert read_day(text) == day

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "abc",
            "7/1/2019",
            "1-Jul-2019",
            "19.07",
            "98-7-1",
            "2019.07.",
            "2019--07",
            "1234567",
            "-43647",
            "43647.5",
            "去年",
        ],
    )
    def test_other_text_is_refused_with_what_is_accepted(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=re.escape(f"{text!r} is not a day")) as refused:
            read_day(text)
        assert "2019年7月1日" in str(refused.value)

    @pytest.mark.parametrize("text", ["2019-02-29", "2019/4/31", "20190631", "2019年2月30日"])
    def test_a_day_that_does_not_exist_is_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=re.escape(repr(text))) as refused:
            read_day(text)
        assert refused.value.code == "no-such-day"

    @pytest.mark.parametrize("text", ["2019.13", "2019-00-01", "201913", "2019.0"])
    def test_a_month_that_does_not_exist_is_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match="month"):
            read_day(text)

    @pytest.mark.parametrize("text", ["1019-07-01", "9999", "2201.07"])
    def test_a_year_that_cannot_be_is_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match="1900"):
            read_day(text)

    @pytest.mark.parametrize("text", ["2019.1", "２０１９．１"])
    def test_a_month_that_a_spreadsheet_shortened_is_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=r"2019-01, 2019-10") as refused:
            read_day(text)
        assert "may be January, or October" in str(refused.value)

    def test_five_digits_are_a_serial_day(self) -> None:
        assert is_serial("43647")
        assert is_serial(" ４３６４７")
        assert not is_serial("2019")
        assert not is_serial("201907")


class TestExactDay:
    def test_a_day_is_read(self) -> None:
        assert read_exact_day("2019.7.1") == date(2019, 7, 1)

    def test_a_month_is_refused(self) -> None:
        with pytest.raises(ArgumentError, match=r"'2019\.07' is known only to its month or year"):
            read_exact_day("2019.07")


class TestLastDay:
    @pytest.mark.parametrize(
        ("text", "until"),
        [
            ("2019-06-30", date(2019, 7, 1)),
            ("2019年12月31日", date(2020, 1, 1)),
            ("2020-02-28", date(2020, 2, 29)),
        ],
    )
    def test_the_day_after_it_is_given(self, text: str, until: date) -> None:
        assert read_last_day(text) == until

    def test_a_month_is_refused_and_the_column_for_it_named(self) -> None:
        with pytest.raises(ArgumentError, match=r"'2019\.06' .* column 截止年月/end_month"):
            read_last_day("2019.06")


class TestLastMonth:
    @pytest.mark.parametrize(
        ("text", "until"),
        [
            ("2019.06", date(2019, 7, 1)),
            ("2019年12月", date(2020, 1, 1)),
            # a spreadsheet stores a month as its first day
            ("2019-06-01", date(2019, 7, 1)),
            ("2020-02", date(2020, 3, 1)),
        ],
    )
    def test_the_first_day_after_it_is_given(self, text: str, until: date) -> None:
        assert read_last_month(text) == until

    def test_a_year_is_refused(self) -> None:
        with pytest.raises(ArgumentError, match="'2019' is no month"):
            read_last_month("2019")


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "months"),
        [
            ("63", 63),
            ("0", 0),
            ("63.0", 63),
            ("６３", 63),
            ("63个月", 63),
            ("63 个月", 63),
            ("63月", 63),
            ("5年3个月", 63),
            ("5年零3个月", 63),
            ("5年", 60),
            ("1200", 1200),
        ],
    )
    def test_months_are_read(self, text: str, months: int) -> None:
        assert read_months(text) == months

    @pytest.mark.parametrize("text", ["5.5", "-3", "五年", "63天", "1e2"])
    def test_other_months_are_refused(self, text: str) -> None:
        with pytest.raises(
            ArgumentError, match=re.escape(f"{text!r} is no whole number of months")
        ):
            read_months(text)

    def test_more_than_a_hundred_years_are_refused(self) -> None:
        with pytest.raises(ArgumentError, match="'1201' is more than 1200 months"):
            read_months("1201")

    @pytest.mark.parametrize(
        ("text", "grade"),
        [
            ("7", 7),
            ("7.0", 7),
            ("７级", 7),
            ("第7级", 7),
            ("七级", 7),
            ("十级", 10),
            ("十八级", 18),
            ("二十级", 20),
            ("二十三级", 23),
            ("12档", 12),
        ],
    )
    def test_grades_are_read(self, text: str, grade: int) -> None:
        assert read_grade(text) == grade

    @pytest.mark.parametrize("text", ["", "0", "-1", "7.5", "级", "二三级", "三级甲", "VII"])
    def test_other_grades_are_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=re.escape(f"{text!r} is no grade")):
            read_grade(text)

    @pytest.mark.parametrize(
        ("text", "fen"),
        [
            ("1200", 120_000),
            ("1200.5", 120_050),
            ("1200.50", 120_050),
            ("1,200.50", 120_050),
            ("1，200.50", 120_050),
            ("￥1200元", 120_000),
            ("-300", -30_000),
            ("0.01", 1),
            ("1,234,567", 123_456_700),
            ("12.500", 1_250),
        ],
    )
    def test_amounts_are_read(self, text: str, fen: int) -> None:
        assert read_fen(text) == fen

    @pytest.mark.parametrize("text", ["1,2", "12,00", "1.2.3", "一百", "1e3", "NaN", "=1+1"])
    def test_other_amounts_are_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=re.escape(f"{text!r} is no amount in yuan")):
            read_fen(text)

    def test_a_part_of_a_fen_is_refused(self) -> None:
        with pytest.raises(ArgumentError, match=r"'0\.125' has a part of a fen"):
            read_fen("0.125")

    def test_an_amount_beyond_any_pay_is_refused(self) -> None:
        with pytest.raises(ArgumentError, match="9" * 20):
            read_fen("9" * 20)


class TestPeriod:
    @pytest.mark.parametrize(
        ("text", "period"),
        [
            ("2023", "2023"),
            ("2023年", "2023"),
            ("2023年度", "2023"),
            ("２０２３", "2023"),
            ("2018年上半年", "2018H1"),
            ("2018下半年", "2018H2"),
            ("2018H2", "2018H2"),
            ("2018h1", "2018H1"),
            ("2018年第3季度", "2018Q3"),
            ("2018年四季度", "2018Q4"),
            ("2018Q3", "2018Q3"),
            ("2018-07", "2018-07"),
            ("2018年7月", "2018-07"),
            ("2018.07", "2018-07"),
        ],
    )
    def test_is_read(self, text: str, period: str) -> None:
        assert read_period(text) == period

    @pytest.mark.parametrize("text", ["", "上半年", "2018H3", "2018Q5", "18年", "2018.1"])
    def test_others_are_refused(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=re.escape(f"{text!r} is no assessment period")):
            read_period(text)


class TestWorkerId:
    @pytest.mark.parametrize(
        "text", ["007", "0", "A-01", "张三1", "110101199003078888", "12E3", "1.5", "＝x", "00７"]
    )
    def test_is_opaque_text(self, text: str) -> None:
        assert read_worker_id(text) == text

    @pytest.mark.parametrize(
        "text",
        [
            "1.1E+17",
            "1.10101199003079E+17",
            "3e+15",
            "1101011990030788.0",
            "2019-07-01",
            "7月1日",
            "#N/A",
            "#REF!",
        ],
    )
    def test_what_a_spreadsheet_damaged_is_refused(self, text: str) -> None:
        with pytest.raises(
            ArgumentError, match=re.escape(f"the id {text!r} was changed by a spreadsheet")
        ):
            read_worker_id(text)

    def test_two_lines_are_refused(self) -> None:
        with pytest.raises(ArgumentError, match=r"the id '1\\n2' has a line break"):
            read_worker_id("1\n2")


class TestText:
    @pytest.mark.parametrize(
        "text", [" 007 ", "\u3000007", "\xa0007\t", "\ufeff007", "007\u200b ", "\u200b \u200b007"]
    )
    def test_stray_spaces_are_trimmed(self, text: str) -> None:
        assert tidy(text) == "007"

    @pytest.mark.parametrize("text", ["", " ", "\u200b", "\u3000\u200b "])
    def test_only_spaces_are_nothing(self, text: str) -> None:
        assert not tidy(text)

    @pytest.mark.parametrize(
        "text", ["Worker ID", "worker_id", "WORKER-ID", "ｗｏｒｋｅｒ＿ｉｄ", "*worker id:"]
    )
    def test_spellings_are_compared_without_case_and_joining_marks(self, text: str) -> None:
        assert key_of(text) == "workerid"
