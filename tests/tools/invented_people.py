"""Invented people for the bundled roster: what chance gives them, and how clerks write it down."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeVar

T = TypeVar("T")

SPELLS: Final = "任职经历"
EDUCATION: Final = "学历学位"
QUALIFICATIONS: Final = "职业资格"
RATINGS: Final = "年度考核"
ABSENCES: Final = "请假停职"
HONOURS: Final = "荣誉"
HERE: Final = "9901"
"""The invented city. A region column has no word for "the place whose scheme is asked", so spells name it."""
IN_FORCE: Final = date(2012, 1, 1)
LAST_RATED: Final = 2017
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
        dice = self.dice
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
