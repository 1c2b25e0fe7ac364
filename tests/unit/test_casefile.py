"""Case files: a worker, a question and the expected answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from cwgrade.casefile import Ask, Case, Expected, read_case
from cwgrade.errors import FileFault, WorkerFault, WorkerFileError
from cwgrade.worker import ServiceSpell, Worker

CASE = """\
[case]
kind = "published"
source = "notice"
clause = "附件2"

[ask]
on = 2018-03-01
month = "2018-03"
known_on = 2018-07-01

[expect]
grade = 7
gross_yuan = 4361.31

[expect.lines]
basic_pay = 3052.92
on_call = 0

[worker]
id = "001"
honours = []

[[worker.spells]]
start = 2010-03-01
title = "副主任"
"""
WORKER = '[worker]\nid = "1"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[FileFault]:
    with pytest.raises(WorkerFileError) as caught:
        read_case(write(folder, text))
    assert all(isinstance(fault, WorkerFault) for fault in caught.value.exceptions)
    return [fault for fault in caught.value.exceptions if isinstance(fault, FileFault)]


def test_reads_a_case(tmp_path: Path) -> None:
    assert read_case(write(tmp_path, CASE)) == Case(
        worker=Worker(
            id="001",
            honours=(),
            spells=(ServiceSpell(start=date(2010, 3, 1), title="副主任"),),
        ),
        kind="published",
        source="notice",
        clause="附件2",
        ask=Ask(on=date(2018, 3, 1), year=2018, month=3, known_on=date(2018, 7, 1)),
        expect=Expected(grade=7, gross_fen=436131, lines=(("basic_pay", 305292), ("on_call", 0))),
    )


def test_reads_a_derived_case_with_a_set_of_grades(tmp_path: Path) -> None:
    case = read_case(
        write(
            tmp_path,
            '[case]\nkind = "derived"\nsteps = "六年服务，晋两级"\n'
            '[ask]\non = 2018-03-01\nbeyond = "carry_forward"\n'
            '[expect]\nstatus = "one_of"\ngrades = [7, 8]\n' + WORKER,
        )
    )
    assert case.steps == "六年服务，晋两级"
    assert case.ask == Ask(on=date(2018, 3, 1), beyond="carry_forward")
    assert case.expect == Expected(status="one_of", grades=(7, 8))


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"published"', '"publishd"', 2, "did you mean 'published'"),
        ('"notice"', '" "', 3, "published case needs its source, and ' ' is none"),
        ('"published"', '"derived"', 1, "derived case needs its steps"),
        ('"2018-03"', '"2018-3"', 8, "'2018-3' is not a month"),
        ("on = 2018-03-01\n", "", 11, "grade is expected but not asked for; add on"),
        ('month = "2018-03"\n', "", 12, "gross_yuan is expected but not asked for; add month"),
        (
            "grade = 7",
            'grade = 7\nstatus = "one_of"',
            12,
            "grade cannot be expected with the status 'one_of'",
        ),
        (
            "grade = 7",
            "grades = [7]",
            12,
            "grades cannot be expected with the status 'decided'; it belongs to 'one_of'",
        ),
        ("grade = 7", 'grade = "7"', 12, "'7' should be a whole number"),
        ("grade = 7", 'status = "unknwn"', 12, "status: .*cannot be 'unknwn'"),
        ("4361.31", "4361.311", 13, r"4361\.311'?\)? yuan is no whole number of fen"),
        ("3052.92", '"x"', 16, "'x' is not an amount of yuan"),
        ("[expect.lines]", "[expect.line]", 15, "no key 'line' here.*did you mean 'lines'"),
        ('"001"', "1", 20, "worker.id: 1 should be text"),
        ("start = 2010-03-01", "begin = 2010-03-01", 24, "no key 'begin'"),
        ("[case]", "［case］", 1, "Full-width bracket"),
    ],
)
def test_tells_what_is_wrong_and_where(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    assert CASE.count(old) == 1
    found = faults(tmp_path, CASE.replace(old, new))
    assert any(fault.line == line and re.search(told, str(fault)) for fault in found), found


def test_all_disagreements_are_told_at_once(tmp_path: Path) -> None:
    text = '[case]\nkind = "published"\n[ask]\n[expect]\n' + WORKER
    assert [fault.code for fault in faults(tmp_path, text)] == [
        "case-no-source",
        "case-asks-nothing",
        "case-expects-nothing",
    ]


def test_sections_are_needed(tmp_path: Path) -> None:
    found = faults(tmp_path, "lines = 1\n[expect]\nlines = 3\n")
    assert [fault.facts["value"] for fault in found if fault.code == "missing-key"] == [
        "case",
        "ask",
        "worker",
    ]
    assert [fault.path for fault in found if fault.code != "missing-key"] == [
        "lines",
        "expect.lines",
    ]


def test_a_status_alone_is_an_answer(tmp_path: Path) -> None:
    text = CASE.replace("grade = 7\ngross_yuan = 4361.31\n", 'status = "not_eligible"\n')
    assert read_case(write(tmp_path, text)).expect.status == "not_eligible"
