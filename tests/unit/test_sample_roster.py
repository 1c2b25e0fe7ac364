"""The bundled invented roster: made by its script, read whole, and answered row by row under every bundled scheme."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import attrs
import pytest

from cwgrade.catalogue import load_scheme, roster_path, scheme_ids
from cwgrade.outcomes import status_of
from cwgrade.pay import pay_for_month
from cwgrade.rosterfile import Roster, RosterRow, read_roster
from cwgrade.scheme import SchemeStatus
from tests.tools.make_catalogue_page import published
from tests.tools.make_sample_roster import ROWS, files

BAD_ROW: Final = "bad_row"
FOLDER: Final = roster_path("sample").parent


@attrs.frozen(kw_only=True)
class Asked:
    """A month asked of every row under one scheme, and how many rows have each status."""

    year: int
    month: int
    statuses: dict[str, int]


# After a change that is meant: read why rows have moved, then write down the new counts.
SNAPSHOT: Final = {
    "changsha-furong-2018": Asked(
        year=2018,
        month=3,
        statuses={"bad_row": 14, "decided": 182, "not_eligible": 68, "unspecified": 36},
    ),
    "harbin-2016": Asked(
        year=2016,
        month=1,
        statuses={"bad_row": 14, "decided": 148, "not_eligible": 88, "unspecified": 50},
    ),
    "jiujiang-2014": Asked(
        year=2014,
        month=6,
        statuses={"bad_row": 14, "decided": 157, "not_eligible": 111, "unspecified": 18},
    ),
    "sample-3x18": Asked(
        year=2018,
        month=3,
        statuses={
            "bad_row": 14,
            "decided": 227,
            "not_eligible": 22,
            "one_of": 23,
            "unspecified": 14,
        },
    ),
    "shaanxi-2012": Asked(
        year=2015,
        month=6,
        statuses={
            "bad_row": 14,
            "decided": 56,
            "not_eligible": 99,
            "one_of": 4,
            "unspecified": 127,
        },
    ),
    "unlocated-post-plus-level": Asked(
        year=2026,
        month=11,
        statuses={"bad_row": 14, "decided": 7, "not_eligible": 61, "unspecified": 218},
    ),
    "xiangan-2013": Asked(
        year=2013,
        month=10,
        statuses={"bad_row": 14, "decided": 60, "not_eligible": 119, "unspecified": 107},
    ),
}

FEW: Final = 3
"""How many rows are asked under each scheme that is not in the snapshot: most are refused there."""

SLOW: Final = {"unlocated-post-plus-level": 11, "xiangan-2013": 3}
"""Schemes of which so little is known that their rows have many readings: only every so manieth row is asked.

All rows are asked by `pytest -m slow tests/unit/test_sample_roster.py`; they take more than a minute.
"""

SOME: Final[dict[str, dict[str, int]]] = {
    "unlocated-post-plus-level": {"bad_row": 3, "decided": 1, "not_eligible": 8, "unspecified": 16},
    "xiangan-2013": {"bad_row": 6, "decided": 21, "not_eligible": 42, "unspecified": 31},
}
"""How many of the rows that are asked under the slow schemes have each status."""

WRONG: Final = [
    ("X0004", "row-too-long"),
    ("X0012", "id-duplicate"),
    ("X0067", "row-none-and-some"),
    ("X0074", "row-two-service-claims"),
    ("X0110", "contradiction"),
    ("X0012", "id-duplicate"),
    ("X0168", "no-such-day"),
    ("X0174", "row-placement-incomplete"),
    ("X0190", "cell-not-yuan"),
    ("1.1E+17", "id-damaged"),
    ("X0208", "row-no-service"),
    ("X0210", "empty-spell"),
    ("X0244", "cell-month-ambiguous"),
    ("X0272", "cell-not-a-value"),
]


@functools.cache
def roster(year: int, month: int) -> Roster:
    return read_roster(roster_path("sample"), pay_month=(year, month))


def status(row: RosterRow, scheme: str) -> str:
    asked = SNAPSHOT[scheme]
    if row.worker is None:
        return BAD_ROW
    payslip = pay_for_month(row.worker, load_scheme(scheme), year=asked.year, month=asked.month)
    return status_of(payslip.outcome)


@functools.cache
def statuses(scheme: str) -> tuple[str, ...]:
    asked = SNAPSHOT[scheme]
    return tuple(status(row, scheme) for row in roster(asked.year, asked.month).rows)


def counted(found: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(found).items()))


@pytest.fixture(scope="module")
def sample() -> Roster:
    return roster(2018, 3)


class TestFiles:
    def test_are_the_bytes_that_the_script_makes(self) -> None:
        made = files()
        assert {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")} == made
        assert files() == made

    def test_say_that_they_are_invented(self) -> None:
        for name, content in files().items():
            first = content.decode("utf-8-sig").splitlines()[0]
            assert "虚构名册（invented roster）" in first, name

    def test_have_the_mark_of_utf_8(self) -> None:
        assert all(content.startswith(b"\xef\xbb\xbf") for content in files().values())

    def test_hold_no_names_and_no_identity_numbers(self) -> None:
        for name, content in files().items():
            text = content.decode("utf-8-sig")
            assert "姓名" not in text, name
            assert "身份证" not in text, name
            assert not any(len(word) > len("2018-03-01") for word in digits(text)), name


def digits(text: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()


class TestReading:
    def test_gives_every_row_in_order(self, sample: Roster) -> None:
        assert len(sample.rows) == ROWS
        numbers = [row.passed_through[0] for row in sample.rows]
        assert numbers == [("序号", str(number)) for number in range(1, ROWS + 1)]
        lines = [row.number for row in sample.rows]
        assert lines == sorted(set(lines))

    def test_gives_a_worker_or_faults(self, sample: Roster) -> None:
        assert all((row.worker is None) == bool(row.faults) for row in sample.rows)

    def test_refuses_rows_that_are_wrong_in_different_ways(self, sample: Roster) -> None:
        found = [(row.worker_id, row.faults[0].code) for row in sample.rows if row.faults]
        assert found == WRONG

    def test_keeps_leading_zeros(self, sample: Roster) -> None:
        assert {"0007", "0016", "0286"} <= {row.worker_id for row in sample.rows}

    def test_skips_titles_subtotals_notes_and_repeated_headers(self, sample: Roster) -> None:
        main = [row.why for row in sample.skipped if Path(row.sheet).name == "sample.csv"]
        assert Counter(main) == {
            "title": 2,
            "blank": 2,
            "subtotal": 2,
            "repeated-header": 1,
            "note": 2,
        }

    def test_finds_who_is_not_on_the_main_sheet(self, sample: Roster) -> None:
        assert "X9001" in {fault.facts["value"] for fault in sample.orphans}


class TestPay:
    def test_every_computable_scheme_is_asked_all_rows(self) -> None:
        computable = {
            one
            for one in scheme_ids()
            for version in load_scheme(one).versions
            if version.status is SchemeStatus.COMPUTABLE
        }
        assert computable <= set(SNAPSHOT) <= set(scheme_ids())

    @pytest.mark.parametrize("scheme", sorted(SNAPSHOT.keys() - SLOW.keys()))
    def test_every_row_has_its_status(self, scheme: str) -> None:
        found = statuses(scheme)
        assert len(found) == ROWS
        assert counted(found) == SNAPSHOT[scheme].statuses

    @pytest.mark.parametrize("scheme", sorted(SLOW))
    def test_rows_here_and_there_have_their_status(self, scheme: str) -> None:
        asked = SNAPSHOT[scheme]
        rows = roster(asked.year, asked.month).rows[:: SLOW[scheme]]
        assert counted(status(row, scheme) for row in rows) == SOME[scheme]

    @pytest.mark.slow
    @pytest.mark.parametrize("scheme", sorted(SLOW))
    def test_every_row_has_its_status_slowly(self, scheme: str) -> None:
        found = statuses(scheme)
        assert len(found) == ROWS
        assert counted(found) == SNAPSHOT[scheme].statuses

    @pytest.mark.parametrize(
        "wanted", ["decided", "one_of", "not_eligible", "unspecified", BAD_ROW]
    )
    def test_the_sample_scheme_shows_each_status(self, wanted: str) -> None:
        assert wanted in statuses("sample-3x18")

    def test_the_sample_scheme_decides_most_rows(self) -> None:
        share = statuses("sample-3x18").count("decided") / ROWS
        assert 0.65 <= share <= 0.85

    @pytest.mark.parametrize("scheme", sorted(set(published()) - SNAPSHOT.keys()))
    def test_a_starter_answers_a_few_rows(self, scheme: str) -> None:
        """What is decided is the sum of the lines that are payable, all of which have an amount."""
        loaded = load_scheme(scheme)
        day = loaded.versions[-1].attested_until
        asked = [row.worker for row in roster(day.year, day.month).rows if row.worker]
        for worker in asked[:: len(asked) // FEW]:
            slip = pay_for_month(worker, loaded, year=day.year, month=day.month)
            if status_of(slip.outcome) == "decided":
                payable = [one.payable_fen for one in slip.lines if one.state == "payable"]
                assert None not in payable
                assert slip.gross_fen == sum(one or 0 for one in payable)

    @pytest.mark.parametrize("scheme", ["changsha-furong-2018", "harbin-2016", "jiujiang-2014"])
    def test_real_schemes_of_few_facts_decide_most_who_serve(self, scheme: str) -> None:
        """Under them only a title that the source does not name, an absence or a part of a month hides the pay."""
        found = Counter(statuses(scheme))
        assert found["decided"] > 2 * found["unspecified"]

    def test_a_title_that_is_not_mapped_is_reported(self, sample: Roster) -> None:
        scheme = load_scheme("sample-3x18")
        titles = set()
        for row in sample.rows:
            if row.worker is None or len(row.worker.spells) != 1:
                continue
            if row.worker.spells[0].title in {"网格长", "社区民警", "书 记"}:
                outcome = pay_for_month(row.worker, scheme, year=2018, month=3).outcome
                titles.add((row.worker.spells[0].title, status_of(outcome)))
        assert titles == {(title, "unspecified") for title in ("网格长", "社区民警", "书 记")}
