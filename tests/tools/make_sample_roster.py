"""Make the bundled roster of invented workers: `python -m tests.tools.make_sample_roster [FOLDER]`.

Nobody in it exists: an invented city, numbered communities, numbered workers. It is messy as rosters of offices are,
and holds on purpose what makes an answer interesting: careers with gaps and transfers, certificates, ratings,
absences, unknown cells, rows that are wrong. The same bytes come out every time.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from tests.tools.invented_careers import CAREERS, MATTERS, WRONG
from tests.tools.invented_people import (
    ABSENCES,
    EDUCATION,
    HERE,
    HONOURS,
    QUALIFICATIONS,
    RATING_WORDS,
    RATINGS,
    SPELLS,
    Dice,
    Office,
    Pen,
    Person,
)

__all__ = ["ROWS", "files"]

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
LONG: Final = {
    SPELLS: ("工号", "起始日期", "截止日期", "截止年月", "职务", "地区", "服务类别"),
    EDUCATION: ("工号", "学历", "学位", "取得日期"),
    QUALIFICATIONS: ("工号", "职业资格", "取得日期", "登记日期"),
    RATINGS: ("工号", "考核年度", "考核结果", "公布日期"),
    ABSENCES: ("工号", "请假类型", "起始日期", "截止日期"),
    HONOURS: ("工号", "荣誉级别", "表彰日期"),
}
IN_COLUMNS: Final = {2016: "2016年考核", 2017: "2017年度考核结果"}
"""Years whose ratings stand in columns of the main sheet."""


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
