"""A file paid part by part gives, row for row, what one call over the whole dataframe gives."""

# ruff: noqa: FBT001 -- tests are parametrised by what is true
from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.cli import main
from cwgrade.errors import ArgumentError, FileFault, MissingExtra, RosterFileError
from cwgrade.frames import faults_of, files, grade_and_pay, pay_file, totals
from tests.arrays.reforms import staged
from tests.frames.samples import codes_of

FURONG = load_scheme("changsha-furong-2018")
HARBIN = load_scheme("harbin-2016")
ROWS = 40


def roster() -> pl.DataFrame:
    """Rows of every status, with an id in the first part and the last, and texts that a CSV file has to guard."""
    ids = [f"{row:03}" for row in range(ROWS)]
    ids[-1], ids[20] = ids[1], ""
    entry = ["2015-03-01", "2012-06-01", "2019-01-01", "2015-13-01", ""] * (ROWS // 5)
    titles = ["副主任", "委员", "书记", "委员"] * (ROWS // 4)
    titles[25] = ""
    return pl.DataFrame(
        {
            "工号": ids,
            "职务": titles,
            "入职日期": entry,
            "核定等级": [None] * 6 + ["3"] + [None] * (ROWS - 7),
            "备注": ["=1+1", 'a "quoted", one', None, "两\n行"] * (ROWS // 4),
        }
    )


def write(frame: pl.DataFrame, path: Path) -> Path:
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".parquet":
            frame.write_parquet(path)
        case _:
            frame.write_ipc(path, compat_level=pl.CompatLevel.oldest())
    return path


def read(path: Path) -> pl.DataFrame:
    match path.suffix:
        case ".csv":
            return pl.read_csv(path, infer_schema=False)
        case ".parquet":
            return pl.read_parquet(path)
        case _:
            return pl.read_ipc(path)


@pytest.fixture
def _parts(monkeypatch: pytest.MonkeyPatch) -> None:
    of = files.Run.of

    def cut(*given: Any, **named: Any) -> files.Run:
        return attrs.evolve(of(*given, **named), part_rows=7)

    monkeypatch.setattr(files.Run, "of", cut)


@pytest.fixture
def _no_arrow(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pyarrow" else find(name)
    )


def faults_in(error: RosterFileError) -> list[FileFault]:
    return [fault for fault in error.exceptions if isinstance(fault, FileFault)]


def told(frame: pl.DataFrame) -> pl.DataFrame:
    """A dataframe as CSV gives it back: all text, nothing for an empty one, and no formula."""
    text = frame.cast(pl.String).with_columns(pl.all().replace("", None))
    return text.with_columns(pl.all().str.replace("^=", "'="))


@pytest.mark.usefixtures("_parts")
class TestRows:
    @pytest.mark.parametrize("kind", ["csv", "parquet", "feather"])
    @pytest.mark.parametrize("long", [False, True])
    def test_they_are_those_of_the_whole(self, kind: str, long: bool, tmp_path: Path) -> None:
        frame = roster()
        whole = grade_and_pay(frame, FURONG, month="2018-03", bad_rows="set_aside", long=long)
        source = write(frame, tmp_path / f"in.{kind}")
        for out in {kind, "csv"}:
            target = tmp_path / f"out.{out}"
            paid = pay_file(
                source, target, FURONG, month="2018-03", bad_rows="set_aside", long=long
            )
            assert paid.rows == ROWS
            found = read(target)
            assert found.columns == whole.columns
            if out == "csv":
                found, expected = told(found), told(whole)
            else:
                expected = whole
            assert found.rows() == expected.rows()

    def test_words_in_a_dictionary_are_words(self, tmp_path: Path) -> None:
        frame = roster().with_columns(pl.col("职务", "备注").cast(pl.Categorical))
        asked: Any = {"month": "2018-03", "bad_rows": "set_aside"}
        source = write(frame, tmp_path / "a.parquet")
        for target in (tmp_path / "b.csv", tmp_path / "b.parquet"):
            pay_file(source, target, FURONG, **asked)
        whole = grade_and_pay(frame, FURONG, **asked)
        assert told(read(tmp_path / "b.csv")).rows() == told(whole).rows()
        assert read(tmp_path / "b.parquet").rows() == whole.rows()

    def test_texts_may_be_kept_as_views(self, tmp_path: Path) -> None:
        roster().write_ipc(tmp_path / "a.arrow", compat_level=pl.CompatLevel.newest())
        asked: Any = {"month": "2018-03", "bad_rows": "set_aside"}
        pay_file(tmp_path / "a.arrow", tmp_path / "b.csv", FURONG, **asked)
        whole = grade_and_pay(roster(), FURONG, **asked)
        assert told(read(tmp_path / "b.csv")).rows() == told(whole).rows()

    def test_several_months_and_chinese_labels(self, tmp_path: Path) -> None:
        asked: Any = {"months": ["2018-03", "2018-04"], "bad_rows": "set_aside", "labels": "zh"}
        frame = roster()
        pay_file(write(frame, tmp_path / "a.csv"), tmp_path / "b.parquet", FURONG, **asked)
        assert read(tmp_path / "b.parquet").equals(grade_and_pay(frame, FURONG, **asked))

    def test_each_goes_to_the_scheme_of_its_region(self, tmp_path: Path) -> None:
        frame = pl.DataFrame(
            {
                "worker_id": [f"{row:03}" for row in range(20)],
                "region": (["430102"] * 9 + ["230103"]) * 2,
                "title": ["委员", "主任"] * 10,
                "entry_day": ["2012-03-01"] * 20,
            }
        )
        asked: Any = {"month": "2018-03", "beyond": "carry_forward"}
        pay_file(
            write(frame, tmp_path / "a.csv"), tmp_path / "b.csv", iter([FURONG, HARBIN]), **asked
        )
        whole = told(grade_and_pay(frame, [FURONG, HARBIN], **asked))
        assert read(tmp_path / "b.csv").select(whole.columns).equals(whole)

    def test_posts_that_move_later_keep_their_columns(self, tmp_path: Path) -> None:
        frame = pl.DataFrame(
            {
                "worker_id": ["1", "2"],
                "title": ["委员", "书记"],
                "entry_day": ["2018-05-10", "2016-03-01"],
            }
        )
        found = pay_file(
            write(frame, tmp_path / "a.csv"), tmp_path / "b.parquet", staged(), month="2021-06"
        )
        whole = grade_and_pay(frame, staged(), month="2021-06")
        assert whole["allowance_fen"].to_list() == [10_000, None]
        assert read(tmp_path / "b.parquet").equals(whole)
        ((_, allowance),) = [one for one in found.months[0].components if one[0] == "allowance"]
        assert allowance.cost_fen == 10_000


@pytest.mark.usefixtures("_parts")
def test_sums_are_those_of_the_whole(tmp_path: Path) -> None:
    frame = roster()
    paid = pay_file(
        write(frame, tmp_path / "a.csv"),
        tmp_path / "b.csv",
        FURONG,
        months=["2018-03", "2018-04"],
        bad_rows="set_aside",
    )
    whole = totals(frame, FURONG, months=["2018-03", "2018-04"], bad_rows="set_aside")
    found = [
        (month.month, name, *attrs.astuple(sums))
        for month in paid.months
        for name, sums in (*month.components, (None, month.whole))
    ]
    assert found == whole.rows()
    rows = grade_and_pay(frame, FURONG, month="2018-03", bad_rows="set_aside")["status"]
    assert dict(paid.months[0].statuses) == dict(rows.value_counts().rows())


@pytest.mark.usefixtures("_parts")
class TestFaults:
    @pytest.mark.parametrize("kind", ["csv", "parquet"])
    def test_all_of_them_are_told_by_the_row_of_the_whole(self, kind: str, tmp_path: Path) -> None:
        frame = roster()
        source = write(frame, tmp_path / f"in.{kind}")
        with pytest.raises(RosterFileError) as raised:
            pay_file(source, tmp_path / "out.csv", FURONG, month="2018-03")
        found = [(one.line, one.path, one.code, one.facts) for one in faults_in(raised.value)]
        assert found == [(one.line, one.path, one.code, one.facts) for one in faults_of(frame)]
        assert {(one.line, one.code) for one in faults_in(raised.value)} >= {
            (1, "id-duplicate"),
            (ROWS - 1, "id-duplicate"),
        }
        assert {one.file for one in faults_in(raised.value)} == {str(source)}
        assert [path.name for path in tmp_path.iterdir()] == [source.name]

    def test_reading_stops_where_there_are_too_many(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "_MOST_FAULTS", 10)
        frame = pl.DataFrame({"工号": [str(row) for row in range(50)], "入职日期": ["?"] * 50})
        with pytest.raises(RosterFileError) as raised:
            pay_file(write(frame, tmp_path / "a.csv"), tmp_path / "b.csv", FURONG, month="2018-03")
        assert codes_of(raised.value)[-2:] == ["cell-not-a-day", "frame-many-faults"]
        assert "reading stopped" in str(raised.value.exceptions[-1])
        assert len(raised.value.exceptions) < 30


@pytest.mark.usefixtures("_parts")
class TestWithoutPyArrow:
    @pytest.mark.parametrize("long", [False, True])
    def test_csv_is_the_same_to_the_byte(
        self,
        long: bool,
        tmp_path: Path,
        request: pytest.FixtureRequest,
    ) -> None:
        source = write(roster(), tmp_path / "in.csv")
        asked: Any = {"month": "2018-03", "bad_rows": "set_aside", "long": long}
        one = pay_file(source, tmp_path / "one.csv", FURONG, **asked)
        request.getfixturevalue("_no_arrow")
        other = pay_file(source, tmp_path / "other.csv", FURONG, **asked)
        assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes()
        assert one.months == other.months

    @pytest.mark.usefixtures("_no_arrow")
    def test_another_kind_names_the_extra(self, tmp_path: Path) -> None:
        source = write(roster(), tmp_path / "in.csv")
        with pytest.raises(MissingExtra, match=r"cwgrade\[files\]"):
            pay_file(source, tmp_path / "out.parquet", FURONG, month="2018-03")


ROW = "007,委员,2016-07-01\n"
HEADER = "工号,职务,入职日期\n"


@pytest.mark.parametrize("arrow", [True, False])
class TestText:
    def pay(self, tmp_path: Path, content: bytes, request: Any, arrow: bool) -> list[list[str]]:
        if not arrow:
            request.getfixturevalue("_no_arrow")
        (tmp_path / "in.csv").write_bytes(content)
        pay_file(tmp_path / "in.csv", tmp_path / "out.csv", FURONG, month="2018-03")
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as written:
            return list(csv.reader(written))

    @pytest.mark.parametrize(
        "content",
        [
            (HEADER + ROW).encode("utf-8-sig"),
            (HEADER + ROW).encode("gb18030"),
            (HEADER + ROW).encode("utf-16"),
            (HEADER + ROW).replace(",", ";").encode(),
            (HEADER + ROW).replace(",", "\t").replace("\n", "\r\n").encode(),
            (HEADER + '="007",委员,2016-07-01').encode(),
            (HEADER + '"007","委员",2016-07-01\n\n').encode(),
        ],
    )
    def test_any_form_of_csv(
        self,
        content: bytes,
        arrow: bool,
        tmp_path: Path,
        request: Any,
    ) -> None:
        header, row = self.pay(tmp_path, content, request, arrow)
        assert row[:4] == ["007", "委员", "2016-07-01", "decided"]
        assert row[header.index("gross_fen")] == "376000"

    def test_a_header_alone(self, arrow: bool, tmp_path: Path, request: Any) -> None:
        (header,) = self.pay(tmp_path, HEADER.encode(), request, arrow)
        assert header[:4] == ["工号", "职务", "入职日期", "status"]

    @pytest.mark.parametrize(
        ("content", "code", "row"),
        [
            ((HEADER + ROW + "008,委员\n").encode(), "frame-row-cells", 1),
            ((HEADER + ROW + "008,委员,2016-07-01,\n").encode(), "frame-row-cells", 1),
            ((HEADER + ROW + '"008,委员,2016-07-01\n').encode(), "roster-broken-csv", 1),
            ((HEADER + ROW).encode() + b"\xff\xff,a,2016-07-01\n", "roster-not-text", None),
            (b"", "roster-empty", None),
        ],
    )
    def test_what_is_broken_is_told_with_its_row(
        self,
        content: bytes,
        code: str,
        row: int | None,
        arrow: bool,
        tmp_path: Path,
        request: Any,
    ) -> None:
        with pytest.raises(RosterFileError) as raised:
            self.pay(tmp_path, content, request, arrow)
        (fault,) = faults_in(raised.value)
        assert (fault.code, fault.line) == (code, row)
        assert not (tmp_path / "out.csv").exists()


class TestTheCall:
    def test_kinds_of_files(self, tmp_path: Path) -> None:
        with pytest.raises(ArgumentError) as raised:
            pay_file(tmp_path / "a.xlsx", tmp_path / "b.csv", FURONG, month="2018-03")
        assert raised.value.code == "frame-file-kind"
        assert "'a.xlsx'" in raised.value.text("zh")

    def test_a_file_is_not_written_over_while_it_is_read(self, tmp_path: Path) -> None:
        path = write(pl.DataFrame({"工号": ["1"]}), tmp_path / "a.csv")
        with pytest.raises(ArgumentError, match="another file"):
            pay_file(path, path, FURONG, month="2018-03")

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        for name in ("a.csv", "a.parquet", "a.feather"):
            with pytest.raises(RosterFileError) as raised:
                pay_file(tmp_path / name, tmp_path / "b.csv", FURONG, month="2018-03")
            assert codes_of(raised.value) == ["roster-not-readable"]

    def test_what_is_no_such_file(self, tmp_path: Path) -> None:
        for name in ("a.parquet", "a.feather"):
            (tmp_path / name).write_text("工号")
            with pytest.raises(RosterFileError) as raised:
                pay_file(tmp_path / name, tmp_path / "b.csv", FURONG, month="2018-03")
            assert codes_of(raised.value) == ["frame-broken-file"]

    def test_a_column_that_the_answers_would_take(self, tmp_path: Path) -> None:
        path = write(
            pl.DataFrame({"工号": ["1"], "入职日期": ["2015-03-01"], "status": ["x"]}),
            tmp_path / "a.csv",
        )
        with pytest.raises(ArgumentError, match="status"):
            pay_file(path, tmp_path / "b.csv", FURONG, month="2018-03")

    def test_a_roster_with_long_files_beside_it(self, tmp_path: Path) -> None:
        path = write(pl.DataFrame({"工号": ["1"], "入职日期": ["2015-03-01"]}), tmp_path / "a.csv")
        (tmp_path / "a.任职经历.csv").write_text("工号,起始日期\n1,2015-03-01\n", encoding="utf-8")
        with pytest.raises(ArgumentError, match="part by part") as raised:
            pay_file(path, tmp_path / "b.csv", FURONG, month="2018-03")
        assert "a.任职经历.csv" in raised.value.text("zh")


class TestTheCommand:
    def pay(self, source: Path, target: Path, *more: str) -> int:
        options = ["--scheme", "changsha-furong-2018", "--month", "2018-03"]
        return main(["pay", str(source), *options, "--out", str(target), *more])

    def test_it_pays_parquet(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        frame = roster()
        source = write(frame, tmp_path / "in.parquet")
        assert self.pay(source, tmp_path / "out.parquet", "--lang", "en") == 1
        whole = grade_and_pay(frame, FURONG, month="2018-03", bad_rows="set_aside")
        assert read(tmp_path / "out.parquet").rows() == whole.rows()
        told = capsys.readouterr().out
        assert "40 rows" in told
        assert f"({whole['gross_fen'].is_not_null().sum()}): " in told
        assert str(tmp_path / "out.parquet") in told

    def test_it_names_columns_in_chinese(self, tmp_path: Path) -> None:
        frame = pl.DataFrame({"工号": ["1"], "职务": ["委员"], "入职日期": ["2015-03-01"]})
        source = write(frame, tmp_path / "in.csv")
        assert self.pay(source, tmp_path / "out.feather", "--lang", "zh") == 0
        assert read(tmp_path / "out.feather")["应发合计（分）"].to_list() == [376000]

    def test_a_header_that_looks_like_a_slip_is_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        frame = pl.DataFrame({"工号": ["1"], "职物": ["委员"], "入职日期": ["2015-03-01"]})
        self.pay(write(frame, tmp_path / "in.parquet"), tmp_path / "out.csv")
        assert "职物" in capsys.readouterr().err
