"""Make the bundled roster of invented workers: `python tests/tools/make_sample_roster.py [FOLDER]`.

Nobody in it exists: an invented city, numbered communities, numbered workers. It is messy as rosters of offices are,
and holds on purpose what makes an answer interesting: careers with gaps and transfers, certificates, ratings,
absences, unknown cells, rows that are wrong. The same bytes come out every time.
"""

from __future__ import annotations

import csv
import io
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TypeVar

__all__ = ["ROWS", "files"]

T = TypeVar("T")

ROWS: Final = 300
FOLDER: Final = Path(__file__).parents[2] / "src" / "cwgrade" / "catalogue" / "rosters"

MAIN: Final = (
    "序号",
    "社区",
    "工 号",
    "职务",
    "入职日期",
    "社区工作月数",
    "月数计算日",
    "学历",
    "学位",
    "职业资格",
    "登记日期",
    "荣誉",
    "表彰日期",
    "用工形式",
    "身份",
    "2016年考核",
    "2017年度考核结果",
    "核定等级",
    "核定岗位",
    "核定日期",
    "已任月数",
    "批准文件",
    "补贴：on_call（元）",
    "补贴：heating（元）",
    "事实：veteran",
    "备注",
)
ID: Final = "工 号"
SPELLS: Final = "任职经历"
EDUCATION: Final = "学历学位"
QUALIFICATIONS: Final = "职业资格"
RATINGS: Final = "年度考核"
ABSENCES: Final = "请假停职"
HONOURS: Final = "荣誉"
LONG: Final = {
    SPELLS: ("工号", "起始日期", "截止日期", "截止年月", "职务", "地区", "服务类别"),
    EDUCATION: ("工号", "学历", "学位", "取得日期"),
    QUALIFICATIONS: ("工号", "职业资格", "取得日期", "登记日期"),
    RATINGS: ("工号", "考核年度", "考核结果", "公布日期"),
    ABSENCES: ("工号", "请假类型", "起始日期", "截止日期"),
    HONOURS: ("工号", "荣誉级别", "表彰日期"),
}

HERE: Final = "9901"
"""The invented city. A region column has no word for "the place whose scheme is asked", so spells name it."""
IN_FORCE: Final = date(2012, 1, 1)
LAST_RATED: Final = 2017
IN_COLUMNS: Final = {2016: "2016年考核", 2017: "2017年度考核结果"}
"""Years whose ratings stand in columns of the main sheet."""
ONE_DAY: Final = timedelta(days=1)
DAY_ZERO: Final = date(1899, 12, 30)
FULL_WIDTH: Final = str.maketrans("0123456789.", "０１２３４５６７８９．")

MONTHS_TO_BE_RATED: Final = 10
"""Who comes later in a year than its tenth month gets no rating for it."""

FIRST_GRADE: Final = {"书记": 7, "主任": 7, "副书记": 4, "副主任": 4}
TITLES: Final = (
    ("专职工作者", 46),
    ("委员", 20),
    ("主任", 8),
    ("书记", 7),
    ("副主任", 8),
    ("副书记", 6),
    ("网格员", 5),
)
SCHOOLINGS: Final = (("高中", 8), ("大专", 42), ("本科", 43), ("研究生", 6), ("博士", 1))
SCHOOLING_WORDS: Final = {
    "高中": ("高中", "中专", "高中（中专）"),
    "大专": ("大专", "大专", "专科", "大学专科"),
    "本科": ("本科", "本科", "大学本科", "大学"),
    "研究生": ("研究生", "硕士研究生"),
    "博士": ("博士研究生",),
}
DEGREES: Final = {"本科": "学士", "研究生": "硕士", "博士": "博士"}
CERTIFICATES: Final = (
    ("无", 47),
    ("助理社会工作师", 29),
    ("社会工作师", 21),
    ("高级社会工作师", 3),
)
CERTIFICATE_WORDS: Final = {
    "无": ("无", "无", "none"),
    "助理社会工作师": ("助理社会工作师", "助理社工师", "初级"),
    "社会工作师": ("社会工作师", "社工师", "中级"),
    "高级社会工作师": ("高级社会工作师",),
}
RATING_WORDS: Final = {
    "优秀": ("优秀",),
    "合格": ("合格", "合格", "合格", "称职", "合格（称职）"),
    "基本合格": ("基本合格", "基本称职"),
    "不合格": ("不合格", "不称职"),
    "不定等次": ("不定等次",),
}


# --------------------------------------------------------------------------------------- chance and spelling


class Dice:
    """Repeatable choices. Only `random()` is used: it alone is promised to be the same in every Python."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random  # noqa: S311 -- an invented roster is no secret

    def below(self, count: int) -> int:
        return int(self._next() * count)

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def weighted(self, options: Sequence[tuple[T, int]]) -> T:
        place = self.below(sum(weight for _, weight in options))
        for option, weight in options:
            place -= weight
            if place < 0:
                return option
        raise AssertionError(options)

    def shuffled(self, count: int) -> list[int]:
        places = list(range(count))
        for last in range(count - 1, 0, -1):
            other = self.below(last + 1)
            places[last], places[other] = places[other], places[last]
        return places

    def day_between(self, first: date, last: date) -> date:
        return first + timedelta(days=self.below((last - first).days + 1))


class Pen:
    """Writes days and words as several clerks would."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice

    def day(self, day: date) -> str:
        year, month, number = day.year, day.month, day.day
        form = self._dice.weighted(
            (
                (day.isoformat(), 30),
                (f"{year}/{month}/{number}", 20),
                (f"{year}.{month}.{number}", 14),
                (f"{year}年{month}月{number}日", 16),
                (f"{year}{month:02}{number:02}", 6),
                (f"{year}/{month:02}/{number:02}", 4),
                (str((day - DAY_ZERO).days), 4),
                (f"{year}.{month}.{number}".translate(FULL_WIDTH), 3),
                (f"{day.isoformat()} 00:00:00", 3),
            )
        )
        return self.spaced(form)

    def month(self, day: date) -> str:
        year, month = day.year, day.month
        forms = (
            f"{year}.{month:02}",
            f"{year}年{month}月",
            f"{year}-{month:02}",
            f"{year}{month:02}",
        )
        return self.spaced(self._dice.pick(forms))

    def year(self, year: int) -> str:
        forms = ((str(year), 70), (f"{year}年", 15), (f"{year}年度", 10))
        return self._dice.weighted((*forms, (str(year).translate(FULL_WIDTH), 5)))

    def spaced(self, text: str) -> str:
        return self._dice.weighted(
            ((text, 92), (f"{text} ", 4), (f" {text}", 2), (f"\u3000{text}", 2))
        )


# ------------------------------------------------------------------------------------------------- people


@dataclass
class Person:
    """One row, with the rows of the long sheets that belong to it."""

    id: str
    title: str
    start: date
    cells: dict[str, str] = field(default_factory=dict)
    ratings: dict[int, str] = field(default_factory=dict)
    long: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    beyond: str = ""
    """What stands to the right of the last header."""

    def add(self, sheet: str, **cells: str) -> None:
        self.long.append((sheet, {"工号": self.id, **cells}))

    def drop(self, sheet: str) -> None:
        self.long = [row for row in self.long if row[0] != sheet]


@dataclass(frozen=True)
class Office:
    """What makes people: the dice and the pen."""

    dice: Dice
    pen: Pen

    def ordinary(self, number: int) -> Person:
        """Make somebody of whom everything is known and who still serves."""
        dice, pen = self.dice, self.pen
        name = f"{number:04}" if number % 9 == 7 else f"X{number:04}"
        person = Person(name, dice.weighted(TITLES), self.first_day())
        person.cells = {
            "职务": pen.spaced(person.title),
            "用工形式": dice.pick(("全日制", "全日制", "专职", "全职")),
            "身份": dice.pick(("社区工作者", "社区工作者", "合同制", "无")),
            "事实：veteran": "yes" if dice.chance(8) else "no",
        }
        self.starts(person, person.start)
        self.educate(person)
        self.certify(person, dice.weighted(CERTIFICATES))
        self.honour(person)
        if dice.chance(15):
            self.was_away(person)
        return person

    def first_day(self) -> date:
        year = self.dice.weighted(
            ((2004, 9), (2007, 9), (2009, 18), (2011, 22), (2013, 20), (2015, 11), (2016, 11))
        )
        day = self.dice.day_between(date(year - 1, 3, 1), date(year, 12, 31))
        # offices like to hire on the first of a month
        return day.replace(day=1) if self.dice.chance(55) else day

    def starts(self, person: Person, start: date) -> None:
        """Give the first day and what follows from it: ratings, and for old hands a placement on record."""
        dice, pen = self.dice, self.pen
        person.start = start
        person.cells["入职日期"] = pen.day(start)
        placed = start < date(2011, 7, 1) and dice.chance(65)
        years = range(IN_FORCE.year if placed else start.year, LAST_RATED + 1)
        liked = dice.chance(18)
        usual = (("合格", 66), ("优秀", 34)) if liked else (("合格", 91), ("优秀", 9))
        person.ratings = {year: dice.weighted(usual) for year in years}
        if start.year in person.ratings and start.month > MONTHS_TO_BE_RATED:
            person.ratings[start.year] = "不定等次"
        if placed:
            self.place(person, IN_FORCE, more=dice.weighted(((0, 60), (1, 40))))

    def place(self, person: Person, since: date, *, more: int = 0) -> None:
        """Put a placement on record that service alone would give, or more."""
        months = 12 * (since.year - person.start.year) + since.month - person.start.month
        first = FIRST_GRADE.get(person.title, 1)
        grade = min(first + months // 36 + more, first + 11)
        person.cells |= {
            "核定等级": self.dice.pick((f"{grade}", f"{grade}级")),
            "核定日期": self.pen.day(since),
            "已任月数": str(months % 36),
            "批准文件": f"样社核〔{since.year}〕3号（虚构）",
        }

    def educate(self, person: Person) -> None:
        dice, pen = self.dice, self.pen
        level = dice.weighted(SCHOOLINGS)
        degree = DEGREES.get(level, "无") if dice.chance(84) else "无"
        if level == "大专" and dice.chance(4):
            degree = "学士"
        person.cells["学历"] = pen.spaced(dice.pick(SCHOOLING_WORDS[level]))
        person.cells["学位"] = degree
        if level == "本科" and dice.chance(40):
            # part-time study beside the work: the college certificate before, the bachelor's on the way
            person.add(
                EDUCATION, 学历="大专", 取得日期=pen.month(date(person.start.year - 2, 7, 1))
            )
            got = dice.day_between(person.start, max(date(2017, 6, 30), person.start))
            if degree == "学士" and dice.chance(60):
                person.add(EDUCATION, 学历="本科", 学位="学士学位", 取得日期=pen.day(got))
            else:
                person.add(EDUCATION, 学历="大学本科", 取得日期=pen.day(got))
                if degree == "学士":
                    person.add(EDUCATION, 学位="学士", 取得日期=pen.day(got + timedelta(days=170)))

    def certify(self, person: Person, level: str) -> None:
        dice, pen = self.dice, self.pen
        person.drop(QUALIFICATIONS)
        person.cells.pop("登记日期", None)
        person.cells["职业资格"] = dice.pick(CERTIFICATE_WORDS[level])
        if level == "无":
            return
        # examinations are held in June; the certificate follows in autumn, the registration in winter
        year = 2010 + dice.below(7)
        obtained = dice.day_between(date(year, 9, 1), date(year, 11, 20))
        registered = obtained + timedelta(days=20 + dice.below(120))
        if dice.chance(60):
            if level == "社会工作师" and dice.chance(50):
                person.add(
                    QUALIFICATIONS,
                    职业资格="助理社会工作师",
                    登记日期=pen.month(date(year - 3, 12, 1)),
                )
            person.add(
                QUALIFICATIONS,
                职业资格=level,
                取得日期=pen.day(obtained),
                登记日期=pen.day(registered),
            )
        elif dice.chance(50):
            person.cells["登记日期"] = pen.day(registered)

    def honour(self, person: Person) -> None:
        dice, pen = self.dice, self.pen
        level = dice.weighted((("无", 80), ("区级", 9), ("市级", 8), ("省级", 3)))
        person.cells["荣誉"] = level
        if level == "无":
            return
        day = dice.day_between(date(2011, 1, 1), date(2017, 12, 20))
        if dice.chance(50):
            person.cells["表彰日期"] = pen.day(day)
        else:
            person.add(HONOURS, 荣誉级别=level, 表彰日期=pen.day(day))

    def was_away(self, person: Person) -> None:
        """Give an absence that is over."""
        dice, pen = self.dice, self.pen
        kind, most = dice.weighted(
            ((("病假", 60), 50), (("事假", 25), 30), (("产假", 158), 16), (("停职", 90), 4))
        )
        first = (
            dice.day_between(max(person.start, IN_FORCE), date(2017, 6, 30))
            if person.start.year < LAST_RATED
            else None
        )
        if first is not None:
            length = most if kind == "产假" else 2 + dice.below(most)
            self.away(person, kind, first, first + timedelta(days=length - 1))

    def away(self, person: Person, kind: str, first: date, last: date | None) -> None:
        end = "至今" if last is None else self.pen.day(last)
        person.add(ABSENCES, 请假类型=kind, 起始日期=self.pen.day(first), 截止日期=end)

    def serves(
        self,
        person: Person,
        start: date,
        end: date | None,
        *,
        title: str = "",
        region: str = HERE,
        kind: str = "社区工作",
    ) -> None:
        """Give a spell; `end` is the day after the last one."""
        row = {
            "起始日期": self.pen.day(start),
            "截止日期": "至今",
            "职务": title or person.title,
            "地区": region,
            "服务类别": kind,
        }
        if end is not None and end.day == 1 and self.dice.chance(40):
            row["截止日期"], row["截止年月"] = "", self.pen.month(end - ONE_DAY)
        elif end is not None:
            row["截止日期"] = self.pen.day(end - ONE_DAY)
        person.add(SPELLS, **row)

    def starts_by(self, person: Person, last: date) -> date:
        """See to it that somebody started early enough, and give the first day."""
        if person.start > last:
            self.forget_placement(person)
            self.starts(person, self.dice.day_between(date(last.year - 3, 1, 1), last))
        return person.start

    @staticmethod
    def forget_placement(person: Person) -> None:
        for name in ("核定等级", "核定岗位", "核定日期", "已任月数", "批准文件"):
            person.cells.pop(name, None)


Turn = Callable[[Office, Person], None]


def _rated(person: Person, usual: str = "合格") -> None:
    """Give a rating to every year of service that has none."""
    for year in range(person.start.year, LAST_RATED + 1):
        person.ratings.setdefault(year, usual)


# ----------------------------------------------------------------------------------------------- careers


def _overlapping(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2013, 12, 31))
    change = date(start.year + 3, 3, 1)
    office.serves(person, start, change + timedelta(days=122), title="专职工作者")
    office.serves(person, change, None)


def _with_a_gap(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2013, 12, 31))
    end = date(start.year + 2, 6, 1)
    again = end + timedelta(days=60 + office.dice.below(400))
    office.serves(person, start, end)
    office.serves(person, again, None)
    _rated(person)


def _touching(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2012, 12, 31))
    second, third = date(start.year + 2, 4, 1), date(start.year + 4, 9, 16)
    office.serves(person, start, second, title="专职工作者")
    office.serves(person, second, third, title="委员")
    office.serves(person, third, None)


def _transferred(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2013, 12, 31))
    moved = date(start.year + 3, 7, 1)
    elsewhere = office.dice.pick(("9902", "990200", "990203", "9903"))
    office.serves(person, start, moved, region=elsewhere)
    office.serves(person, moved, None, region=office.dice.pick((HERE, "990101")))


def _from_another_province(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2013, 12, 31))
    office.forget_placement(person)
    _rated(person)
    moved = date(start.year + 3, 2, 15)
    office.serves(person, start, moved, region=office.dice.pick(("430102", "110101")))
    office.serves(person, moved + timedelta(days=14), None)


def _before(kind: str, title: str, region: str, years: int) -> Turn:
    def career(office: Office, person: Person) -> None:
        start = office.starts_by(person, date(2015, 12, 31))
        first = (
            date(start.year - years, 9, 1) if kind == "参军" else date(start.year - years, 2, 10)
        )
        end = date(start.year, 1, 1) if start.month > 1 else date(start.year - 1, 12, 1)
        office.serves(person, first, end, title=title, region=region, kind=kind)
        office.serves(person, start, None)

    return career


def _two_posts(first: str, second: str) -> Turn:
    def career(office: Office, person: Person) -> None:
        start = office.starts_by(person, date(2013, 12, 31))
        office.forget_placement(person)
        _rated(person)
        person.title = first
        person.cells["职务"] = first
        office.serves(person, start, None, title=first)
        office.serves(person, date(start.year + 2, 5, 1), None, title=second)

    return career


def _enters_in_march(office: Office, person: Person) -> None:
    office.forget_placement(person)
    office.starts(person, date(2018, 3, office.dice.pick((5, 12, 15, 19))))


def _leaves_in_march(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2015, 12, 31))
    office.serves(person, start, date(2018, 3, office.dice.pick((10, 16, 21))))
    person.cells["备注"] = "2018年3月离职"


def _changes_in_march(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2014, 12, 31))
    office.forget_placement(person)
    _rated(person)
    change = date(2018, 3, office.dice.pick((9, 15, 20)))
    person.title = office.dice.pick(("副主任", "副书记", "主任"))
    person.cells["职务"] = person.title
    office.serves(person, start, change, title="委员")
    office.serves(person, change, None)
    person.cells["备注"] = "换届"


def _left(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2012, 12, 31))
    last = office.dice.pick((date(2015, 9, 1), date(2016, 7, 1), date(2017, 6, 16)))
    office.serves(person, start, last)
    person.ratings = {year: one for year, one in person.ratings.items() if year <= last.year}
    person.cells["备注"] = "已离职"


def _serves_elsewhere(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2013, 12, 31))
    office.serves(person, start, date(2016, 10, 1))
    office.serves(
        person, date(2016, 10, 1), None, region=office.dice.pick(("9902", "9903", "430102"))
    )
    person.cells["备注"] = "已调出"


def _region_unknown(office: Office, person: Person) -> None:
    start = office.starts_by(person, date(2011, 12, 31))
    office.forget_placement(person)
    _rated(person)
    moved = date(start.year + 2, 8, 1)
    office.serves(person, start, moved, region="")
    office.serves(person, moved, None)


def _comes_later(office: Office, person: Person) -> None:
    office.forget_placement(person)
    person.ratings = {}
    office.starts(person, office.dice.day_between(date(2024, 1, 2), date(2026, 8, 1)))
    person.cells["备注"] = "后进人员"


def _on_probation(office: Office, person: Person) -> None:
    office.forget_placement(person)
    office.starts(person, date(2017, 11, office.dice.pick((1, 6, 13, 20))))


def _known_to_the_month(office: Office, person: Person) -> None:
    office.forget_placement(person)
    _rated(person)
    person.cells["入职日期"] = office.pen.month(person.start)


def _known_to_the_year(office: Office, person: Person) -> None:
    office.forget_placement(person)
    _rated(person)
    person.cells["入职日期"] = str(person.start.year)


def _counted_in_months(office: Office, person: Person) -> None:
    office.forget_placement(person)
    _rated(person)
    as_of = date(2018, 1, 1)
    months = 12 * (as_of.year - person.start.year) - person.start.month + 1
    form = office.dice.pick((str(months), f"{months}个月", f"{months // 12}年{months % 12}个月"))
    person.cells |= {"入职日期": "", "社区工作月数": form, "月数计算日": office.pen.day(as_of)}


def _placement_alone(office: Office, person: Person) -> None:
    office.starts_by(person, date(2012, 12, 31))
    office.forget_placement(person)
    since = office.dice.pick((date(2013, 1, 1), date(2014, 1, 1), date(2015, 1, 1)))
    office.place(person, since, more=office.dice.below(3))
    person.cells["入职日期"] = ""
    person.ratings = {year: one for year, one in person.ratings.items() if year >= since.year}
    person.start = since
    _rated(person)


def _placement_disagrees(office: Office, person: Person) -> None:
    office.starts_by(person, date(2010, 12, 31))
    office.forget_placement(person)
    _rated(person)
    office.place(person, date(2016, 1, 1), more=3 + office.dice.below(2))


def _placement_in_another_post(office: Office, person: Person) -> None:
    person.title = "副主任"
    person.cells["职务"] = "副主任"
    office.starts_by(person, date(2011, 12, 31))
    office.forget_placement(person)
    office.place(person, date(2015, 1, 1))
    person.cells |= {"核定岗位": "委员", "核定等级": "5级"}


# ------------------------------------------------------------------------------------ facts and absences


def _cell(name: str, text: str) -> Turn:
    def turn(_office: Office, person: Person) -> None:
        person.cells[name] = text

    return turn


def _unknown(*names: str) -> Turn:
    sheets = {"学历": EDUCATION, "学位": EDUCATION, "职业资格": QUALIFICATIONS, "荣誉": HONOURS}
    days = {"职业资格": "登记日期", "荣誉": "表彰日期"}

    def turn(_office: Office, person: Person) -> None:
        for name in names:
            person.cells[name] = ""
            person.cells.pop(days.get(name, ""), None)
            person.drop(sheets.get(name, ""))

    return turn


def _unrated(*years: int) -> Turn:
    def turn(office: Office, person: Person) -> None:
        office.starts_by(person, date(2012, 12, 31))
        for year in years:
            person.ratings.pop(year, None)

    return turn


def _rated_as(**ratings: str) -> Turn:
    """Give ratings by year, such as `y2014="不合格"`."""

    def turn(office: Office, person: Person) -> None:
        office.starts_by(person, date(2012, 12, 31))
        for year, rating in ratings.items():
            person.ratings[int(year[1:])] = rating

    return turn


def _not_registered(office: Office, person: Person) -> None:
    office.certify(person, "无")
    person.cells["职业资格"] = "社会工作师"
    person.add(QUALIFICATIONS, 职业资格="社会工作师", 取得日期=office.pen.day(date(2016, 10, 18)))


def _registered(text: str) -> Turn:
    def turn(office: Office, person: Person) -> None:
        office.certify(person, "无")
        person.cells["职业资格"] = "助理社会工作师"
        person.add(QUALIFICATIONS, 职业资格="助理社会工作师", 登记日期=text)

    return turn


def _graduates_in_march(_office: Office, person: Person) -> None:
    person.drop(EDUCATION)
    person.cells |= {"学历": "本科", "学位": "学士"}
    person.add(EDUCATION, 学历="大专", 取得日期="2009.07")
    person.add(EDUCATION, 学历="本科", 学位="学士", 取得日期="2018年3月20日")


def _away(kind: str, first: date, last: date | None) -> Turn:
    def turn(office: Office, person: Person) -> None:
        office.starts_by(person, date(2015, 12, 31))
        office.away(person, kind, first, last)

    return turn


def _sick_and_on_leave(office: Office, person: Person) -> None:
    office.starts_by(person, date(2015, 12, 31))
    office.away(person, "病假", date(2018, 3, 1), date(2018, 3, 20))
    office.away(person, "事假", date(2018, 3, 15), date(2018, 3, 25))


# --------------------------------------------------------------------------------------- rows that are wrong


def _ends_before_it_starts(office: Office, person: Person) -> None:
    office.serves(person, date(2013, 5, 1), None)
    person.long[-1][1]["截止日期"] = "2012-04-30"


def _rated_twice(_office: Office, person: Person) -> None:
    person.ratings.pop(2017, None)
    person.cells[IN_COLUMNS[2017]] = "优秀"
    person.add(RATINGS, 考核年度="2017", 考核结果="合格")


def _degree_and_none(office: Office, person: Person) -> None:
    person.cells |= {"学历": "本科", "学位": "无"}
    person.drop(EDUCATION)
    person.add(EDUCATION, 学历="本科", 学位="学士", 取得日期=office.pen.day(date(2012, 7, 1)))


def _two_claims(_office: Office, person: Person) -> None:
    person.cells |= {"入职日期": "2013-01-01", "社区工作月数": "75", "月数计算日": "2018-01-01"}


def _placement_without_a_day(_office: Office, person: Person) -> None:
    person.cells |= {"核定等级": "5级", "核定日期": ""}


def _without_service(office: Office, person: Person) -> None:
    office.forget_placement(person)
    person.cells["入职日期"] = ""


def _cell_beyond(_office: Office, person: Person) -> None:
    person.cells["备注"] = "原在街道"
    person.beyond = "后到社区"


def _id(text: str) -> Turn:
    def turn(_office: Office, person: Person) -> None:
        person.long = [(sheet, {**row, "工号": text}) for sheet, row in person.long]
        person.id = text

    return turn


def _id_of_another(_office: Office, person: Person) -> None:
    person.long = []
    person.id = "X0012"


WRONG: Final[tuple[tuple[Turn, int], ...]] = (
    (_cell("入职日期", "2017-02-30"), 1),
    (_cell("入职日期", "2015.1"), 1),
    (_cell("学历", "大本科"), 1),
    (_cell("补贴：on_call（元）", "三百"), 1),
    (_id("1.1E+17"), 1),
    (_id_of_another, 1),
    (_ends_before_it_starts, 1),
    (_rated_twice, 1),
    (_degree_and_none, 1),
    (_two_claims, 1),
    (_placement_without_a_day, 1),
    (_without_service, 1),
    (_cell_beyond, 1),
)

CAREERS: Final[tuple[tuple[Turn, int], ...]] = (
    (_overlapping, 4),
    (_with_a_gap, 6),
    (_touching, 5),
    (_transferred, 7),
    (_from_another_province, 4),
    (_before("网格", "网格员", "9901", 3), 4),
    (_before("网格工作", "网格员", "430102", 2), 2),
    (_before("参军", "义务兵", "410102", 3), 4),
    (_before("村两委", "村委", "990121", 4), 2),
    (_before("企业", "职员", "9901", 2), 1),
    (_two_posts("书记", "主任"), 4),
    (_two_posts("副主任", "委员"), 2),
    (_enters_in_march, 5),
    (_leaves_in_march, 3),
    (_changes_in_march, 3),
    (_left, 4),
    (_serves_elsewhere, 3),
    (_region_unknown, 3),
    (_comes_later, 7),
    (_on_probation, 6),
    (_known_to_the_month, 12),
    (_known_to_the_year, 1),
    (_counted_in_months, 12),
    (_placement_alone, 7),
    (_placement_disagrees, 4),
    (_placement_in_another_post, 2),
)
"""How somebody came to where they are, and how many such there are; everybody else came once and stayed."""

MATTERS: Final[tuple[tuple[Turn, int], ...]] = (
    (_cell("职务", "网格长"), 2),
    (_cell("职务", "社区民警"), 1),
    (_cell("职务", "书 记"), 1),
    (_cell("职务", "社工"), 1),
    (_cell("职务", "书记、主任"), 1),
    (_cell("职务", "书记兼主任"), 1),
    (_cell("用工形式", "非全日制"), 3),
    (_cell("身份", "公务员"), 1),
    (_cell("身份", "事业编制"), 2),
    (_cell("身份", "公益性岗位"), 2),
    (_cell("补贴：on_call（元）", "300"), 2),
    (_cell("补贴：on_call（元）", "１５０．５０"), 1),
    (_cell("补贴：on_call（元）", "600元"), 1),
    (_cell("补贴：on_call（元）", "-200"), 1),
    (_cell("补贴：heating（元）", "100"), 2),
    (_cell("事实：veteran", "不详"), 2),
    (_unknown("身份"), 1),
    (_unknown("用工形式"), 1),
    (_unknown("学历"), 2),
    (_unknown("学位"), 2),
    (_unknown("职业资格"), 2),
    (_unknown("荣誉"), 3),
    (_unknown("学历", "学位", "职业资格", "荣誉"), 1),
    (_unrated(2014), 4),
    (_unrated(2013, 2015), 2),
    (_unrated(2017), 2),
    (_rated_as(y2013="优秀", y2014="优秀", y2015="优秀", y2016="优秀", y2017="优秀"), 3),
    (_rated_as(y2016="优秀", y2017="优秀"), 3),
    (_rated_as(y2014="不合格"), 4),
    (_rated_as(y2017="不合格"), 2),
    (_rated_as(y2015="不合格", y2016="不合格"), 1),
    (_rated_as(y2015="基本合格"), 5),
    (_rated_as(y2017="基本合格"), 2),
    (_not_registered, 3),
    (_registered("2016.11"), 2),
    (_registered("2018年2月"), 2),
    (_registered("2018"), 1),
    (_graduates_in_march, 3),
    (_away("病假", date(2018, 3, 5), date(2018, 3, 16)), 4),
    (_away("病假", date(2017, 12, 11), None), 1),
    (_away("事假", date(2018, 3, 12), date(2018, 3, 14)), 3),
    (_away("停职", date(2018, 3, 20), date(2018, 4, 30)), 1),
    (_away("产假", date(2018, 1, 15), date(2018, 6, 21)), 4),
    (_away("借调", date(2016, 3, 1), date(2016, 8, 31)), 1),
    (_away("处分", date(2015, 2, 1), date(2015, 7, 31)), 1),
    (_away("产假", date(2014, 5, 20), date(2014, 10, 24)), 2),
    (_away("病假", date(2015, 6, 8), date(2015, 6, 19)), 1),
    (_sick_and_on_leave, 1),
)
"""What else is worth a look, and how often it occurs; it falls on people with an ordinary career."""


# ------------------------------------------------------------------------------------------------- sheets


def _people() -> list[Person]:
    office = Office(dice := Dice(20180301), Pen(dice))
    people = [office.ordinary(number) for number in range(1, ROWS + 1)]
    # the twelfth is copied by a wrong row and stays as it is
    places = [place for place in dice.shuffled(ROWS) if place != 11]
    turns = [turn for turn, count in (*WRONG, *CAREERS, *MATTERS) for _ in range(count)]
    for place, turn in zip(places, turns, strict=False):
        turn(office, people[place])
    people[11].id = "X0012"
    for person in people:
        _write_ratings(office, person)
    return people


def _write_ratings(office: Office, person: Person) -> None:
    dice, pen = office.dice, office.pen
    for year, rating in person.ratings.items():
        word = dice.pick(RATING_WORDS[rating])
        if year in IN_COLUMNS and dice.chance(75):
            person.cells[IN_COLUMNS[year]] = word
        else:
            announced = pen.day(date(year + 1, 1, 20)) if dice.chance(10) else ""
            person.add(RATINGS, 考核年度=pen.year(year), 考核结果=word, 公布日期=announced)


def _row(number: int, person: Person) -> list[str]:
    stem = "甲乙丙丁戊己庚辛壬癸"[(number - 1) // 30]
    guarded = person.id.isdigit() and number % 2 == 0
    own = {
        "序号": str(number),
        "社区": f"{stem}字社区",
        # a spreadsheet keeps leading zeros that way
        ID: f'="{person.id}"' if guarded else person.id,
    }
    row = [{**person.cells, **own}.get(name, "") for name in MAIN]
    return [*row, person.beyond] if person.beyond else row


def _subtotal(label: str, count: int) -> list[str]:
    cells = {"社区": label, "职务": f"{count}人"}
    return [cells.get(name, "") for name in MAIN]


def _main_sheet(people: Sequence[Person]) -> list[list[str]]:
    rows = [
        ["样城社区工作者花名册（含离职和后进人员）　虚构名册（invented roster）"],
        [
            "填报单位：样城（虚构）",
            "",
            "",
            "样城、社区和人员均为虚构，与任何人无关；nobody in it exists",
        ],
        [],
        list(MAIN),
    ]
    for number, person in enumerate(people, start=1):
        rows.append(_row(number, person))
        if number == ROWS // 2:
            rows += [_subtotal("小计", number), [], list(MAIN)]
    rows.append(_subtotal("合计", len(people)))
    rows.append(["备注：本表为虚构示例，空白表示不详，“无”表示没有。"])
    rows.append(["制表人：（虚构）", "", "", "审核人：（虚构）"])
    return rows


def _long_sheet(name: str, people: Sequence[Person], dice: Dice) -> list[list[str]]:
    header = LONG[name]
    found = [row for person in people for sheet, row in person.long if sheet == name]
    if name == SPELLS:
        # somebody whom nobody has on the main sheet
        found.append(
            {
                "工号": "X9001",
                "起始日期": "2014-05-01",
                "截止日期": "至今",
                "职务": "委员",
                "地区": HERE,
            }
        )
    if name == RATINGS:
        # the office sorts by year here, as far as it could read the years
        found = [found[place] for place in dice.shuffled(len(found))]
    return [
        [f"{name}　虚构名册（invented roster）"],
        list(header),
        *([row.get(column, "") for column in header] for row in found),
    ]


def _text(rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def files() -> dict[str, bytes]:
    """Give the files of the roster by name."""
    people = _people()
    dice = Dice(1)
    found = {"sample.csv": _text(_main_sheet(people))}
    for name in LONG:
        found[f"sample.{name}.csv"] = _text(_long_sheet(name, people, dice))
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    for file, content in files().items():
        (folder / file).write_bytes(content)
