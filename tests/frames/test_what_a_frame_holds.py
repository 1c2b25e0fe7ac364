"""Kinds of columns: what counts as empty, which types are read, and which are refused with the value and the place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from cwgrade.catalogue import load_scheme, scheme_path
from cwgrade.errors import ArgumentError, RosterFileError
from cwgrade.frames import explain_row, faults_of, grade_and_pay, in_yuan, totals
from cwgrade.frames.asking import Opened
from cwgrade.frames.coded import coded
from cwgrade.rosterfile.columns import ROSTER, Column, Reads
from cwgrade.worker import Worker
from tests.frames.samples import KINDS, Cells, codes_of

MONTHS = Column(name="service_months", reads=Reads.MONTHS)
AMOUNT = Column(name="supplied:heating", reads=Reads.YUAN, part="heating")
ONE: Cells = {"worker_id": ["007"], "title": ["委员"], "entry_day": ["2015-03-01"]}


def _texts(native: Any, column: Column = MONTHS, *, in_fen: bool = False) -> list[str]:
    found = coded(nw.from_native(native, series_only=True), column, in_fen=in_fen)
    return [found.text(row) for row in range(len(native))]


def _worker(frame: Any, row: int = 0, **more: Any) -> Worker:
    return Opened.of(frame, **more).worker(row, (2018, 3))


# ------------------------------------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("native", "texts"),
    [
        (pl.Series([63, None, 63, 0]), ["63", "", "63", "0"]),
        (pl.Series([-5, 10**12]), ["-5", "1000000000000"]),
        (pd.Series([63, None, 7]), ["63", "", "7"]),
        (pd.Series([63.5, float("nan")]), ["63.5", ""]),
        (pl.Series([63.0, float("nan"), None, 1e17]), ["63", "", "", "1.00000000000000E+17"]),
        (pl.Series([float("inf")]), ["inf"]),
        (pl.Series(["", " 大专 ", None, "\u3000"]), ["", "大专", "", ""]),
        (pl.Series(["a", None, "a"], dtype=pl.Categorical), ["a", "", "a"]),
        (pl.Series([None, None]), ["", ""]),
        (pd.Series([None, float("nan")]), ["", ""]),
        (pl.Series([date(2019, 7, 1), None]), ["2019-07-01", ""]),
        (pl.Series([datetime(2019, 7, 1), None]), ["2019-07-01", ""]),  # noqa: DTZ001
        (pd.Series(pd.to_datetime(["2019-07-01", None])), ["2019-07-01", ""]),
        (pa.chunked_array([pa.array([date(2019, 7, 1), None])]), ["2019-07-01", ""]),
        (pl.Series([Decimal("300.50"), None]), ["300.50", ""]),
        (
            pd.Series(["a", 5, None, 2.0, date(2019, 7, 1), pd.NA, pd.NaT], dtype=object),
            ["a", "5", "", "2", "2019-07-01", "", ""],
        ),
    ],
)
def test_a_cell_is_what_a_file_would_hold(native: Any, texts: list[str]) -> None:
    assert _texts(native) == texts


def test_yes_and_no() -> None:
    retired = Column(name="retired", reads=Reads.CHOICE, vocabulary="retired")
    assert _texts(pl.Series([True, None, False]), retired) == ["yes", "", "no"]
    assert _texts(pl.Series([True]), MONTHS) == ["True"]


def test_fen_are_whole_numbers() -> None:
    assert _texts(pl.Series([30050, None]), AMOUNT, in_fen=True) == ["300.50", ""]
    with pytest.raises(ArgumentError, match="column of fen is stored as Float64"):
        _texts(pl.Series([30050.0]), AMOUNT, in_fen=True)


@pytest.mark.parametrize("native", [pl.Series([300.0]), pd.Series([300.5, None])])
def test_floats_hold_no_money(native: Any) -> None:
    with pytest.raises(ArgumentError, match=r"stored as a float \(300\.[05]\)"):
        _texts(native, AMOUNT)


def test_a_column_of_amounts_that_is_empty_is_no_float() -> None:
    assert _texts(pd.Series([float("nan"), float("nan")]), AMOUNT) == ["", ""]
    assert _texts(pl.Series([float("nan")]), AMOUNT) == [""]


@pytest.mark.parametrize(
    ("native", "told"),
    [
        (pl.Series([datetime(2019, 7, 1, tzinfo=UTC)]), "time zone"),
        (pl.Series([[1, 2]]), "no cell of a roster"),
        (pl.Series([b"x"]), "no cell of a roster"),
    ],
)
def test_a_column_that_is_not_read_is_refused(native: Any, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        _texts(native)


def test_all_columns_that_are_not_read_are_told_at_once() -> None:
    frame = pl.DataFrame(
        {**ONE, "补贴：heating（元）": [300.0], "学历取得日期": [datetime(2019, 7, 1, tzinfo=UTC)]}
    )
    with pytest.raises(RosterFileError) as caught:
        faults_of(frame)
    assert codes_of(caught.value) == ["frame-float-money", "frame-time-zone"]
    assert "补贴：heating（元）: 金额存成了浮点数" in caught.value.text("zh")
    assert "学历取得日期: " in caught.value.text()


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (datetime(2019, 7, 1, 8, 30), "frame-time-of-day"),  # noqa: DTZ001
        (datetime(2019, 7, 1, tzinfo=UTC), "frame-time-zone"),
        ({"a": 1}, "frame-dtype"),
    ],
)
def test_a_cell_that_no_file_could_hold_is_a_fault_of_its_row(cell: Any, code: str) -> None:
    frame = pd.DataFrame({"worker_id": ["1", "2"], "entry_day": ["2015-03-01", cell]})
    (fault,) = faults_of(frame)
    assert (fault.code, fault.path, fault.line) == (code, "entry_day", 1)


def test_times_of_day_in_a_native_column() -> None:
    days = [datetime(2015, 3, 1), datetime(2015, 3, 1, 8, 30)]  # noqa: DTZ001
    (fault,) = faults_of(pl.DataFrame({"worker_id": ["1", "2"], "entry_day": days}))
    assert (fault.line, fault.facts["value"]) == (1, "2015-03-01 08:30:00")


# ----------------------------------------------------------------------------------------------- ids


@pytest.mark.parametrize("kind", KINDS)
def test_leading_zeros_stay(kind: str) -> None:
    assert _worker(KINDS[kind](ONE)).id == "007"


@pytest.mark.parametrize(
    ("ids", "own"),
    [([7, 8], "7"), ([7.0, 8.0], "7"), ([" 社-007\u3000", "b"], "社-007"), (["a-1", "b"], "a-1")],
)
def test_every_kind_of_id_is_text(ids: list[Any], own: str) -> None:
    frame = pl.DataFrame({"worker_id": ids, "entry_day": ["2015-03-01"] * 2})
    assert faults_of(frame) == ()
    assert _worker(frame).id == own


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        (["1.1E+17", "b"], "id-damaged"),
        (["2019-07-01", "b"], "id-damaged"),
        ([None, "b"], "cell-empty"),
        (["未知", "b"], "cell-empty"),
        (["a\nb", "b"], "id-not-one-line"),
    ],
)
def test_a_bad_id_is_a_fault_of_its_row(ids: list[Any], code: str) -> None:
    (fault,) = faults_of(pl.DataFrame({"worker_id": ids, "entry_day": ["2015-03-01"] * 2}))
    assert (fault.code, fault.line) == (code, 0)


def test_an_id_stands_once() -> None:
    frame = pl.DataFrame({"worker_id": ["a", "b", " a"], "entry_day": ["2015-03-01"] * 3})
    told = [(fault.code, fault.line, fault.facts["rows"]) for fault in faults_of(frame)]
    assert told == [("id-duplicate", 0, [2]), ("id-duplicate", 2, [0])]


def test_a_frame_without_ids_is_no_roster() -> None:
    with pytest.raises(RosterFileError) as caught:
        faults_of(pl.DataFrame({"title": ["委员"]}))
    assert "no column for the worker's id" in caught.value.text()


def test_two_columns_that_mean_the_same() -> None:
    with pytest.raises(RosterFileError) as caught:
        faults_of(pl.DataFrame({**ONE, "入职日期": ["2015-03-01"]}))
    assert "both mean entry_day" in caught.value.text()


# ------------------------------------------------------------------------------------- bad everywhere

BAD: dict[str, Any] = {
    Reads.POST: None,
    Reads.TEXT: None,
    Reads.ID: None,
    Reads.REGION: "长沙",
    Reads.CHOICE: "不知所云",
    Reads.CHOICES: "不知所云",
    Reads.DAY: "上个月",
    Reads.EXACT_DAY: "2019-07",
    Reads.LAST_DAY: "2019-07",
    Reads.MONTHS: "63天",
    Reads.GRADE: "零",
}


@pytest.mark.parametrize("column", [one for one in ROSTER.columns if BAD[one.reads]])
@pytest.mark.parametrize("kind", ["polars", "pandas"])
def test_a_bad_cell_of_any_column_is_told_with_column_and_row(kind: str, column: Column) -> None:
    bad = BAD[column.reads]
    cells: Cells = {
        "worker_id": ["1", "2", "3"],
        "title": ["委员"] * 3,
        "entry_day": ["2015-03-01"] * 3,
        column.name: [None if column.name != "entry_day" else "2015-03-01"] * 3,
    }
    cells[column.name] = [cells[column.name][0], bad, cells[column.name][0]]
    faults = faults_of(KINDS[kind](cells))
    assert {fault.line for fault in faults} == {1}
    assert (column.name, bad) in {(fault.path, fault.facts["value"]) for fault in faults}


def test_not_an_eager_frame() -> None:
    with pytest.raises(ArgumentError, match=r"roster is a .*LazyFrame"):
        faults_of(pl.DataFrame(ONE).lazy())
    with pytest.raises(ArgumentError, match=r"roster is a builtins\.dict"):
        faults_of(ONE)


def test_an_empty_frame_has_no_rows() -> None:
    frame = pl.DataFrame(
        {"worker_id": [], "entry_day": []}, schema={"worker_id": pl.String, "entry_day": pl.String}
    )
    assert faults_of(frame) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_assumed_first_of_the_month(kind: str) -> None:
    frame = KINDS[kind]({**ONE, "entry_day": ["2015.03"]})
    read = Opened.of(frame, assume={"days": "first_of_month"}).read([(2018, 3)])
    assert read.people.unusual is not None
    assert not read.people.unusual.any()
    assert read.people.worker(0).spells == _worker(frame, assume={"days": "first_of_month"}).spells


def test_supplied_amounts_in_fen() -> None:
    worker = _worker(pl.DataFrame({**ONE, "supplied:heating_fen": [30050]}))
    assert [(one.component, one.fen) for one in worker.supplied] == [("heating", 30050)]


def test_a_row_read_alone_is_the_row_read_with_all() -> None:
    frame = pl.DataFrame(
        {
            "worker_id": ["1", "2", "3", "4"],
            "post": ["staff", None, "staff", None],
            "title": ["委员", "书记", None, None],
            "entry_day": ["2015-03-01", None, "2015", "2016-02-29"],
            "service_months": [None, 63, None, None],
            "service_as_of": ["2018-01-01"] * 4,
            "学历": ["大专", "无", "本科", None],
            "荣誉": ["市级", "市级、省级", "无", None],
            "表彰日期": ["2016-05-01", None, None, None],
            "2016年考核": ["优秀", None, "称职", "无"],
            "fact:veteran": ["yes", "no", None, None],
            "retired": [None, "否", "yes", None],
        }
    )
    opened = Opened.of(frame)
    people = opened.read([(2018, 3)]).people
    for row in range(4):
        alone = opened.worker(row, (2018, 3))
        assert np.array_equal(_as_read(people.worker(row)), _as_read(alone)), row
    assert people.unusual is not None
    assert people.unusual.tolist() == [False, True, True, False]


def _as_read(worker: Worker) -> list[Any]:
    """Give a worker without the words on what was assumed."""
    held = [worker.id, worker.spells, worker.schooling, worker.honours, worker.ratings]
    return [*map(str, held), str(sorted(map(str, worker.facts)))]


def test_the_calls_refuse_what_they_cannot_do() -> None:
    frame, scheme = pl.DataFrame(ONE), load_scheme("changsha-furong-2018")
    with pytest.raises(ArgumentError, match=r"either month"):
        grade_and_pay(frame, scheme)
    with pytest.raises(ArgumentError, match="'2018-13-' is not a month"):
        grade_and_pay(frame, scheme, month="2018-13-")
    with pytest.raises(ArgumentError, match="bad_rows cannot be 'skip'"):
        grade_and_pay(frame, scheme, month="2018-03", bad_rows="skip")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="no row 1"):
        explain_row(frame, scheme, 1, month="2018-03")
    with pytest.raises(ArgumentError, match="has columns status already"):
        grade_and_pay(frame.with_columns(status=pl.lit("x")), scheme, month="2018-03")
    supplied = frame.with_columns(pl.lit(300).alias("supplied:heating"))
    with pytest.raises(ArgumentError, match="for one month"):
        grade_and_pay(supplied, scheme, months=["2018-03", "2018-04"])


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"months": "2018-03"}, "months is '2018-03'; give a list"),
        ({"months": 3}, "months is 3; give a list"),
        ({"months": ["2018-03", "2018-04", "2018年3月"]}, "months holds 2018-03 twice"),
        ({"month": (2018, 3)}, r"\(2018, 3\) is not a month; write .* such as 2024-07"),
        ({"month": "2018-03", "known_on": "2018-03-01"}, "known_on should be a day"),
        ({"month": "2018-03", "assume": "honours=none"}, "assume should be a dict"),
        ({"month": "2018-03", "assume": {"honours": 3}}, "should be text that is not empty; 3"),
        (
            {"month": "2018-03", "assume": {"proration.rule": "calendar_days"}},
            r"'proration\.rule' is the path of a field .* cwgrade\.assume\(scheme",
        ),
    ],
)
def test_what_a_call_cannot_be_given(more: dict[str, Any], told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        grade_and_pay(pl.DataFrame(ONE), load_scheme("changsha-furong-2018"), **more)


@pytest.mark.parametrize(
    "schemes", ["changsha-furong-2018", ["changsha-furong-2018"], None, {"43": "harbin-2016"}]
)
def test_what_is_no_scheme_is_told(schemes: Any) -> None:
    for call in (grade_and_pay, totals):
        with pytest.raises(ArgumentError, match="schemes should be a scheme that load_scheme"):
            call(pl.DataFrame(ONE), schemes, month="2018-03")
    with pytest.raises(ArgumentError, match="schemes should be a scheme that load_scheme"):
        explain_row(pl.DataFrame(ONE), schemes, 0, month="2018-03")


@pytest.mark.parametrize("row", ["0", 0.0, None])
def test_a_row_is_named_by_a_whole_number(row: Any) -> None:
    frame, scheme = pl.DataFrame(ONE), load_scheme("changsha-furong-2018")
    with pytest.raises(ArgumentError, match=f"row is {row!r}; give the place"):
        explain_row(frame, scheme, row, month="2018-03")
    assert explain_row(frame, scheme, np.int64(0), month="2018-03").gross_fen == 376000  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame([["7", "x", "y"]], columns=["worker_id", "note", "note"]),
        pa.table([["7"], ["x"], ["y"]], names=["worker_id", "note", "note"]),
    ],
)
def test_two_columns_of_one_name_are_named(frame: Any) -> None:
    for call in (faults_of, in_yuan):
        with pytest.raises(ArgumentError, match="several columns of one name: note; rename"):
            call(frame)
    with pytest.raises(ArgumentError, match="spells has several columns of one name: note"):
        faults_of(pl.DataFrame(ONE), spells=frame)


@pytest.mark.parametrize(
    ("labels", "own", "total"),
    [(None, "pay.gross_fen", "gross_fen"), ("zh", "应发合计（gross）（分）", "应发合计（分）")],
)
def test_a_component_with_the_name_of_the_sum_has_a_column_of_its_own(
    tmp_path: Path, labels: Any, own: str, total: str
) -> None:
    text = scheme_path("changsha-furong-2018").read_text(encoding="utf-8")
    text = text.replace("base_pay", "gross").replace("月基础工资", "应发合计")
    path = tmp_path / "scheme.toml"
    path.write_text(text, encoding="utf-8")
    paid = grade_and_pay(pl.DataFrame(ONE), load_scheme(path), month="2018-03", labels=labels)
    assert paid[own].to_list() == paid[total].to_list() == [376000]
    yuan = in_yuan(paid)
    assert yuan[own.replace("fen", "yuan").replace("分", "元")].to_list() == ["3760.00"]


@pytest.mark.parametrize("float_of", [float, np.float32, np.float64])
def test_float_money_among_objects_is_refused_whatever_its_width(float_of: Any) -> None:
    cells = pd.Series([float_of(300.5)], dtype=object)
    frame = pd.DataFrame({**ONE, "补贴：heating（元）": cells})
    assert [fault.code for fault in faults_of(frame)] == ["frame-float-money"]
