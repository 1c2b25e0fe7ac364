"""What happens to people on the bundled roster, and to how many: careers, unknown facts, absences, wrong rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from tests.tools.invented_people import (
    EDUCATION,
    HERE,
    HONOURS,
    LAST_RATED,
    QUALIFICATIONS,
    RATINGS,
    Office,
    Person,
)

__all__ = ["CAREERS", "MATTERS", "WRONG", "Turn"]

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
    person.cells["2017年度考核结果"] = "优秀"
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
