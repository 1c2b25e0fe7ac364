"""Two frames give the people and the faults that a roster file with its spells gives, whatever stands in them."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest

from cwgrade.errors import WorkerFault
from cwgrade.frames import faults_of
from cwgrade.frames.asking import Opened
from cwgrade.rosterfile import read_roster
from cwgrade.worker import Worker
from tests.frames.samples import KINDS, Cells

ROWS = 120
CHOICES: dict[str, tuple[str | None, ...]] = {
    "岗位类别": (None, "staff", "deputy", "委员"),
    "职务": (None, None, "委员", "书记", "园长"),
    "地区": ("4301", "430102", "2301", None, "长沙"),
    "服务类别": (None, "社区工作", "网格", "grid", "什么"),
    "入职日期": ("2016-02-29", "2012-05-31", None, "2017年9月", "2019.13", "43647", "2018"),
    "社区工作月数": (None, None, None, "63", "5年3个月", "63天"),
    "月数计算日": (None, "2018-01-01", "2018-01"),
    "年限截止日期": (None, None, None, "2017-12-31", "2018-01-31"),
    "学历": (None, "大专", "本科", "无", "大学？"),
    "毕业日期": (None, None, "2010-07", "2011-07-01"),
    "职业资格": (None, "无", "助理", "社会工作师", "师"),
    "登记日期": (None, None, "2013-01-01", "2014"),
    "荣誉": (None, "无", "市级", "市级、省级", "村级"),
    "表彰日期": (None, None, "2016-05-01"),
    "身份": (None, "无", "institution", "谁"),
    "是否退休": (None, "是", "否", "no"),
    "2016年考核": (None, "优秀", "合格", "无", "一般般"),
    "2017上半年考核": (None, None, None, "优秀"),
    "事实：veteran": (None, "yes", "no", "无"),
    "核定等级": (None,) * 9 + ("7",),
    "核定日期": (None,) * 9 + ("2016-01-01",),
    "补贴：heating（元）": (None,) * 9 + ("300", "三百"),
}
SPELLS: dict[str, tuple[str | None, ...]] = {
    "起始日期": ("2010-01-01", "2012-06-30", "2013-02-28", "2015/7/1", "2016-07", None, "去年"),
    "截止日期": (None, None, "2012-12-31", "2016-06-30", "至今", "2009-01-01", "2016-12"),
    "截止年月": (None, None, None, None, "2016.12"),
    "岗位类别": (None, None, None, "staff", "书记"),
    "职务": (None, "委员", "书记", "网格员"),
    "地区": ("4301", "4301", "4301", "2301", None, "长沙"),
    "服务类别": (None, "社区工作", "社区工作", "网格", "什么"),
}


def _roster(chance: random.Random, how: str) -> Cells:
    """Invent rows: mild ones, ones with something odd in a single cell, or anything anywhere."""
    cells: Cells = {"工号": [f"{number:04d}" for number in range(ROWS)]}
    if how == "wild":
        cells["工号"] = [
            chance.choice([own] * 40 + ["0003", "1.1E+17", "无"]) for own in cells["工号"]
        ]
    for name, choices in CHOICES.items():
        some = choices if how == "wild" else choices[:2]
        cells[name] = [chance.choice(some) for _ in range(ROWS)]
    if how == "odd":
        for row in range(ROWS):
            name = chance.choice([*CHOICES])
            cells[name][row] = chance.choice(CHOICES[name])
    return cells


def _spells(chance: random.Random, how: str) -> Cells:
    cells: Cells = {"工号": [f"{chance.randrange(ROWS * 3):04d}" for _ in range(ROWS)]}
    for name, choices in SPELLS.items():
        some = choices if how == "wild" else choices[:3]
        cells[name] = [chance.choice(some) for _ in range(ROWS)]
    return cells


def _written(cells: Cells, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(cells)
        writer.writerows(zip(*cells.values(), strict=True))


def _known(worker: Worker | None) -> Any:
    """Give what is known of a worker; facts stand in no order, and how it was concluded is told elsewhere."""
    if worker is None:
        return None
    facts = tuple(sorted(worker.facts, key=lambda one: one.name))
    return attrs.evolve(worker, facts=facts, assumed=())


def _told(faults: tuple[WorkerFault, ...]) -> list[tuple[str, str, str]]:
    return [
        (
            one.code,
            one.path,
            str({name: value for name, value in one.facts.items() if name != "rows"}),
        )
        for one in faults
    ]


@pytest.mark.parametrize(
    "assume", [{}, {"days": "first_of_month", "honours": "none", "route": "elected"}]
)
@pytest.mark.parametrize("how", ["mild", "odd", "wild"])
@pytest.mark.parametrize("seed", range(4))
def test_the_same_people_and_faults(
    seed: int, how: str, assume: dict[str, str], tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- rows, not secrets
    cells, beside = _roster(chance, how), _spells(chance, how)
    _written(cells, tmp_path / "名册.csv")
    _written(beside, tmp_path / "名册.任职经历.csv")
    roster = read_roster(tmp_path / "名册.csv", pay_month=(2018, 3), assume=assume)
    assert len(roster.rows) == ROWS
    make = KINDS[["polars", "pandas", "pandas-objects", "pyarrow"][seed % 4]]
    frame, spells = make(cells), make(beside)
    opened = Opened.of(frame, spells=spells, assume=assume)
    read = opened.read([(2018, 3)])
    for place, row in enumerate(roster.rows):
        found = None if place in read.faults else read.people.worker(place)
        assert _known(found) == _known(row.worker), (place, row.worker_id)
        if row.worker is not None:
            assert _known(opened.worker(place, (2018, 3))) == _known(row.worker)
            assert opened.worker(place, (2018, 3)).assumed == row.worker.assumed
    assert _told(faults_of(frame, spells=spells, assume=assume)) == _told(roster.faults)
    unusual = read.people.unusual
    assert unusual is not None
    if how != "wild":
        assert ROWS - int(unusual.sum()) > 20, "the arrays hold hardly anybody: nothing was tried"


def test_spells_of_another_kind_of_frame_join_too() -> None:
    roster = KINDS["pandas"]({"worker_id": ["007", "8"], "entry_day": [None, "2015-01-01"]})
    spells = pl.DataFrame(
        {
            "worker_id": ["007", "007"],
            "start": ["2010-01-01", "2014-01-01"],
            "end": ["2012-12-31", None],
        }
    )
    people = Opened.of(roster, spells=spells).read([(2018, 3)]).people
    assert [str(one.start) for one in people.worker(0).spells] == ["2010-01-01", "2014-01-01"]
    assert [str(one.start) for one in people.worker(1).spells] == ["2015-01-01"]


def test_a_spell_of_nobody_is_told() -> None:
    roster = pl.DataFrame({"worker_id": ["1"], "entry_day": ["2015-01-01"]})
    spells = pl.DataFrame({"worker_id": ["2", None], "start": ["2010-01-01"] * 2})
    told = [(one.file, one.line, one.code) for one in faults_of(roster, spells=spells)]
    assert told == [("spells", 0, "row-orphan"), ("spells", 1, "cell-empty")]


def test_a_worker_without_spells_and_without_a_day_is_told() -> None:
    roster = pl.DataFrame({"worker_id": ["1", "2"], "title": ["委员", "委员"]})
    spells = pl.DataFrame({"worker_id": ["2"], "start": ["2010-01-01"]})
    told = [(one.line, one.code) for one in faults_of(roster, spells=spells)]
    assert told == [(0, "row-no-service")]
