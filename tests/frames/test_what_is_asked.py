"""The calls: order and length stay, no row is lost, totals are the sums of the rows, regions decide the scheme."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import polars as pl
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.errors import HeaderWarning, NotInForce, RosterFileError
from cwgrade.frames import explain_row, faults_of, grade_and_pay, in_yuan, totals
from cwgrade.frames.asking import Opened
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme, Schemes
from cwgrade.schemefile import parse_scheme
from tests.frames.samples import KINDS, Cells, codes_of, column, names_of
from tests.tools.bad_schemes import FOLDER

FURONG = load_scheme("changsha-furong-2018")
HARBIN = load_scheme("harbin-2016")
BOTH = [FURONG, HARBIN]
MARCH: dict[str, Any] = {"year": 2018, "month": 3, "beyond": "carry_forward"}
SET_ASIDE: dict[str, Any] = {"bad_rows": "set_aside", "beyond": "carry_forward"}
PLACES = ("430102", "230103", "430000", None, "长沙", "230100")


def _people(count: int, seed: int = 7) -> Cells:
    """Invent rows: some faulty, some not known, some from places without a scheme."""
    chance = random.Random(seed)  # noqa: S311 -- rows, not secrets
    return {
        "own": [f"row {number}" for number in range(count)],
        "worker_id": [f"{number:05d}" if number % 17 else None for number in range(count)],
        "地区": [chance.choice(PLACES) for _ in range(count)],
        "职务": [chance.choice(["书记", "副主任", "委员", "园长", None]) for _ in range(count)],
        "entry_day": [
            chance.choice(["2012-05-31", "2016-01-01", "2017-09", "2019.13", None, "2018-03-15"])
            for _ in range(count)
        ],
        "学历": [
            chance.choice(["大专", "本科", "硕士", "无", None, "大学？"]) for _ in range(count)
        ],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_stays_in_its_place(kind: str) -> None:
    cells = _people(120)
    paid = grade_and_pay(KINDS[kind](cells), BOTH, month="2018-03", **SET_ASIDE)
    assert type(paid) is type(KINDS[kind](cells))
    assert names_of(paid)[: len(cells)] == list(cells)
    for name, held in cells.items():
        assert column(paid, name) == held
    assert not set(column(paid, "status")) - {
        "decided",
        "one_of",
        "not_eligible",
        "not_applicable",
        "unspecified",
        "bad_row",
    }
    for status, gross, fault in zip(
        column(paid, "status"), column(paid, "gross_fen"), column(paid, "fault"), strict=True
    ):
        assert (gross is not None) == (status == "decided")
        assert (fault is not None) == (status == "bad_row")


def test_an_index_of_pandas_stays() -> None:
    cells = _people(30)
    frame = pd.DataFrame(cells, index=[f"i{number}" for number in range(30, 0, -1)])
    paid = grade_and_pay(frame, BOTH, month="2018-03", **SET_ASIDE)
    plain = grade_and_pay(pd.DataFrame(cells), BOTH, month="2018-03", **SET_ASIDE)
    assert paid.index.tolist() == frame.index.tolist()
    assert paid.reset_index(drop=True).equals(plain)


def test_rows_go_to_the_scheme_of_their_region_and_come_back() -> None:
    frame = pl.DataFrame(_people(120))
    paid = grade_and_pay(frame, BOTH, month="2018-03", **SET_ASIDE)
    seen = set()
    for row in range(len(frame)):
        status, region = paid["status"][row], frame["地区"][row]
        seen.add((status, region))
        if status == "bad_row":
            assert paid["fault"][row]
            continue
        slip = explain_row(frame, BOTH, row, month="2018-03", beyond="carry_forward")
        own = FURONG if str(region).startswith("4301") else HARBIN
        assert (
            slip.lines == pay_for_month(Opened.of(frame).worker(row, (2018, 3)), own, **MARCH).lines
        )
        assert paid["gross_fen"][row] == (slip.gross_fen if status == "decided" else None)
        for line in slip.lines:
            assert paid[f"{line.component}_fen"][row] == line.payable_fen
    assert {region for status, region in seen if status == "decided"} == {
        "430102",
        "230103",
        "230100",
    }
    nowhere = paid.filter(pl.col("地区").is_in(["430000"]) | pl.col("地区").is_null())
    assert set(nowhere["status"]) == {"bad_row"}
    assert "There is no scheme for region '43'" in "".join(nowhere["fault"])


def test_stop_raises_every_fault_in_order() -> None:
    frame = pl.DataFrame(_people(60))
    with pytest.raises(RosterFileError) as caught:
        grade_and_pay(frame, FURONG, month="2018-03")
    told = caught.value.exceptions
    assert [str(one) for one in told] == [str(one) for one in faults_of(frame)]
    lines = [one.line for one in faults_of(frame)]
    assert lines == sorted(line for line in lines if line is not None)
    assert len(set(lines)) > 10


def test_one_scheme_asks_for_no_region() -> None:
    frame = pl.DataFrame({"worker_id": ["1"], "title": ["委员"], "entry_day": ["2015-03-01"]})
    assert grade_and_pay(frame, FURONG, month="2018-03")["status"].to_list() == ["decided"]
    with pytest.raises(RosterFileError) as caught:
        grade_and_pay(frame, Schemes.of([FURONG]), month="2018-03")
    assert codes_of(caught.value) == ["roster-no-column"]
    assert "has no column region" in str(caught.value)
    assert "accepted: region, 地区, " in str(caught.value)
    with pytest.raises(RosterFileError) as caught:
        explain_row(frame, [FURONG], 0, month="2018-03")
    assert codes_of(caught.value) == ["roster-no-column"]
    empty = frame.with_columns(region=pl.lit(None, pl.String))
    with pytest.raises(NotInForce):
        explain_row(empty, [FURONG], 0, month="2018-03")
    with pytest.raises(RosterFileError) as caught:
        grade_and_pay(empty, [FURONG], month="2018-03")
    assert codes_of(caught.value) == ["cell-empty"]


def test_printed_names_of_the_scheme_are_columns_and_cells() -> None:
    base = Scheme((parse_scheme((FOLDER / "base.toml").read_text(encoding="utf-8")),))
    told = {"worker_id": ["1", "2"], "职务": ["副书记"] * 2, "entry_day": ["2020-03-01"] * 2}
    ids = pl.DataFrame({**told, "fact:veteran": ["yes", "no"], "supplied:on_call": ["120", "0"]})
    printed = pl.DataFrame({**told, "退役军人": ["是", "否"], "补贴：值班补贴": ["120", "0"]})
    asked: dict[str, Any] = {"month": "2021-12", **SET_ASIDE}
    for places in (base, [base]):
        places_: Any = places
        one, other = (
            grade_and_pay(
                frame.with_columns(pl.lit("990101").alias("地区")), places_, **asked
            ).select("status", "gross_fen", "on_call_fen")
            for frame in (ids, printed)
        )
        assert one.equals(other)
    assert faults_of(printed, schemes=base) == ()


def test_a_header_that_looks_like_a_slip_is_warned_of_where_it_was_given() -> None:
    frame = pl.DataFrame({"worker_id": ["1"], "职物": ["委员"], "entry_day": ["2015-03-01"]})
    told = "roster: the column '职物' is not known, and its cells are not read; did you mean '职务'"
    calls = (
        lambda: grade_and_pay(frame, FURONG, month="2018-03"),
        lambda: totals(frame, FURONG, month="2018-03"),
        lambda: faults_of(frame),
        lambda: explain_row(frame, FURONG, 0, month="2018-03"),
    )
    for call in calls:
        with pytest.warns(HeaderWarning, match=told) as caught:
            call()
        assert [one.filename for one in caught] == [__file__]
    # what looks like nothing known is somebody's own
    faults_of(frame.rename({"职物": "own"}))


def test_spells_without_their_first_day_are_refused_once() -> None:
    frame = pl.DataFrame({"worker_id": ["1", "2"]})
    spells = pl.DataFrame({"worker_id": ["1", "2"], "起始曰期": ["2015-03-01"] * 2})
    with pytest.raises(RosterFileError) as caught:
        faults_of(frame, spells=spells)
    assert codes_of(caught.value) == ["roster-no-column"]
    assert "did you mean '起始日期'" in str(caught.value)


def test_a_month_without_the_scheme_is_refused() -> None:
    frame = pl.DataFrame({"worker_id": ["1"], "title": ["委员"], "entry_day": ["2015-03-01"]})
    with pytest.raises(NotInForce):
        grade_and_pay(frame, FURONG, month="1999-03")


@pytest.mark.parametrize("kind", KINDS)
def test_long_holds_the_same_amounts(kind: str) -> None:
    cells = _people(60)
    frame = KINDS[kind](cells)
    wide = grade_and_pay(frame, BOTH, month="2018-03", **SET_ASIDE)
    long = grade_and_pay(frame, BOTH, month="2018-03", **SET_ASIDE, long=True)
    assert type(long) is type(frame)
    found: dict[str, dict[str, Any]] = {}
    lines = zip(
        *(column(long, name) for name in ("worker_id", "status", "component", "amount_fen")),
        strict=True,
    )
    for own, status, component, fen in lines:
        found.setdefault(own, {})["status"] = status
        if component is not None:
            found[own][f"{component}_fen"] = fen
    for row, own in enumerate(cells["worker_id"]):
        if own is None:
            continue
        for name, value in found[own].items():
            assert column(wide, name)[row] == value, (own, name)
    ids = column(long, "worker_id")
    assert list(dict.fromkeys(ids)) == list(dict.fromkeys(cells["worker_id"]))


def test_several_months_are_long_and_in_order() -> None:
    frame = pl.DataFrame(_people(30))
    months = ["2018-03", "2018-04"]
    long = grade_and_pay(frame, BOTH, months=months, **SET_ASIDE)
    for month in months:
        one = grade_and_pay(frame, BOTH, month=month, **SET_ASIDE, long=True)
        assert long.filter(pl.col("month") == month).equals(one)
    own = long["worker_id"].drop_nulls().unique(maintain_order=True).to_list()
    assert own == [one for one in frame["worker_id"] if one is not None]


@pytest.mark.parametrize("kind", KINDS)
def test_totals_are_the_sums_of_the_rows(kind: str) -> None:
    frame = KINDS[kind](_people(150))
    months = ["2018-03", "2018-04"]
    cost = totals(frame, BOTH, months=months, **SET_ASIDE)
    assert type(cost) is type(frame)
    rows = [
        dict(zip(names_of(cost), row, strict=True))
        for row in zip(*(column(cost, name) for name in names_of(cost)), strict=True)
    ]
    for month in months:
        paid = grade_and_pay(frame, BOTH, month=month, **SET_ASIDE)
        here = [row for row in rows if row["month"] == month]
        for row in here:
            name = "gross_fen" if row["component"] is None else f"{row['component']}_fen"
            held = [fen for fen in column(paid, name) if fen is not None]
            assert row["cost_fen"] == sum(held)
            assert row["cost_fen_low"] <= row["cost_fen_high"]
            assert row["headcount"] == len(held)
            if row["component"] is None:
                for bound in ("low", "high"):
                    known = [fen for fen in column(paid, f"gross_fen_{bound}") if fen is not None]
                    assert row[f"cost_fen_{bound}"] == sum(known)
                open_ = {"one_of", "unspecified", "bad_row"}
                assert row["undecided"] == sum(one in open_ for one in column(paid, "status"))
        assert sum(row["cost_fen"] for row in here if row["component"]) >= here[-1]["cost_fen"]


def test_names_and_amounts_for_people() -> None:
    frame = pl.DataFrame({"工号": ["1"], "职务": ["委员"], "入职日期": ["2015-03-01"]})
    paid = grade_and_pay(frame, FURONG, month="2018-03", labels="zh")
    assert {"结果", "应发合计（分）", "月基础工资（分）"} <= set(paid.columns)
    assert in_yuan(paid)["应发合计（元）"].to_list() == ["3760.00"]
    plain = in_yuan(grade_and_pay(frame, FURONG, month="2018-03"))
    assert plain["gross_yuan_low"].to_list() == plain["gross_yuan"].to_list() == ["3760.00"]
    assert "工号" in plain.columns


@pytest.mark.parametrize("kind", ["polars", "pandas", "pyarrow"])
def test_yuan_are_exact_in_every_kind(kind: str) -> None:
    frame = KINDS[kind]({"a_fen": [1, 10**17 + 1, -5], "b": ["x", "y", "z"]})
    told = in_yuan(frame)
    assert type(told) is type(frame)
    assert names_of(told) == ["a_yuan", "b"]
    assert column(told, "a_yuan") == ["0.01", "1000000000000000.01", "-0.05"]


def test_faults_are_told_in_chinese_too() -> None:
    frame = pl.DataFrame({"工号": ["1"], "入职日期": ["上个月"]})
    paid = grade_and_pay(frame, FURONG, month="2018-03", **SET_ASIDE, labels="zh")
    assert paid["差错"][0].startswith("入职日期: '上个月' 不是日期")


@pytest.mark.parametrize("month", [3, 4])
def test_supplied_amounts_belong_to_the_month(month: int) -> None:
    frame = pl.DataFrame({"worker_id": ["1"], "entry_day": ["2015-03-01"], "supplied:x": [300]})
    (amount,) = Opened.of(frame).read([(2018, month)]).people.worker(0).supplied
    assert (amount.year, amount.month, amount.fen) == (2018, month, 30000)


def test_totals_of_a_component_have_its_own_bounds() -> None:
    """Who may be a graduate is paid more or less of what goes by schooling, and the same of everything else."""
    frame = pl.DataFrame(
        {
            "worker_id": ["1", "2", "3"],
            "title": ["委员"] * 3,
            "entry_day": ["2015-03-01", "2015-03-02", "2015-03-01"],
            "schooling": ["bachelor", None, None],
            "degree": ["bachelor", "none", "none"],
            "qualification": ["none"] * 3,
            "honours": ["none"] * 3,
            "employment": ["full_time"] * 3,
            "identity": ["none"] * 3,
            "2015年考核": ["competent"] * 3,
            "2016年考核": ["competent"] * 3,
            "2017年考核": ["competent"] * 3,
        }
    )
    sample = load_scheme("sample-3x18")
    cost = totals(frame, sample, month="2018-03")
    slips = [explain_row(frame, sample, row, month="2018-03") for row in range(3)]
    for row in cost.iter_rows(named=True):
        lines = [
            line for slip in slips for line in slip.lines if line.component == row["component"]
        ]
        if row["component"] is None:
            bounds = [slip.bounds_fen for slip in slips]
            low, high = (sum(one[side] or 0 for one in bounds if one) for side in (0, 1))
            assert row["undecided"] == 2
        else:
            low = sum(
                (one.payable_fen or 0) if one.low_fen is None else one.low_fen for one in lines
            )
            high = sum(
                (one.payable_fen or 0) if one.high_fen is None else one.high_fen for one in lines
            )
        assert (row["cost_fen_low"], row["cost_fen_high"]) == (low, high)
    open_ = cost.filter(pl.col("component").is_not_null() & (pl.col("undecided") > 0))
    assert (open_["cost_fen_low"] < open_["cost_fen_high"]).any()
