"""A dataframe gives what the same rows give in a file: every status, amount, grade and fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.frames import faults_of, grade_and_pay
from cwgrade.grading import grade_in_month
from cwgrade.outcomes import Decided, OneOf, status_of
from cwgrade.pay import pay_for_month
from cwgrade.rosterfile import RosterRow, read_roster
from cwgrade.scheme import Scheme
from tests.frames.samples import KINDS, column, names_of, sample, sample_files, sample_spells

ASSUMED = {
    **{f"rating_{year}": "competent" for year in range(2005, 2018)},
    "route": "recruited",
    "retired": "no",
}
"""The sheets of ratings stay behind: what is not known of many years is asked for a long time."""
ONLY_IN_FILES = {"row-too-long"}
"""A dataframe has no cells beside its last column."""
SETTLED = {"schooling": "college", "degree": "none", "qualification": "none", "honours": "none"}
ASKED = (
    *(("sample-3x18", 2018, 3, kind, SETTLED) for kind in KINDS),
    *(("changsha-furong-2018", 2018, 3, kind, {}) for kind in KINDS),
    ("harbin-2016", 2016, 1, "polars", {}),
    ("sample-3x18", 2018, 3, "polars", {}),
)


def _expected(row: RosterRow, scheme: Scheme, year: int, month: int) -> dict[str, Any]:
    if row.worker is None:
        return {"status": "bad_row"}
    slip = pay_for_month(row.worker, scheme, year=year, month=month)
    placed = grade_in_month(row.worker, scheme, year=year, month=month).outcome
    outcome = slip.outcome
    low, high = slip.bounds_fen or (None, None)
    gross = outcome.value if isinstance(outcome, Decided) else None
    return {
        "status": status_of(outcome),
        "gross_fen": gross,
        "gross_fen_low": low,
        "gross_fen_high": high,
        "grade": placed.value.grade if isinstance(placed, Decided) else None,
        "deciding_fact": outcome.settled_by if isinstance(outcome, OneOf) else None,
        **{f"{line.component}_fen": line.payable_fen for line in slip.lines},
    }


@pytest.mark.parametrize(("scheme_id", "year", "month", "kind", "settled"), ASKED)
def test_every_row_is_answered_alike(
    scheme_id: str, year: int, month: int, kind: str, settled: dict[str, str], tmp_path: Path
) -> None:
    assume = {**ASSUMED, **settled}
    scheme = load_scheme(scheme_id)
    roster = read_roster(sample_files(tmp_path), pay_month=(year, month), assume=assume)
    paid = grade_and_pay(
        KINDS[kind](sample()),
        scheme,
        month=f"{year}-{month:02d}",
        spells=KINDS[kind](sample_spells()),
        bad_rows="set_aside",
        assume=assume,
    )
    assert type(paid) is type(KINDS[kind](sample()))
    assert column(paid, "工 号") == sample()["工 号"]
    differ = []
    for place, row in enumerate(roster.rows):
        if {fault.code for fault in row.faults} & ONLY_IN_FILES:
            continue
        for name, value in _expected(row, scheme, year, month).items():
            found = column(paid, name)[place] if name in names_of(paid) else None
            if found != value:
                differ.append((row.number, row.worker_id, name, value, found))
    assert not differ


@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_told_alike(kind: str, tmp_path: Path) -> None:
    roster = read_roster(sample_files(tmp_path))
    faults = faults_of(KINDS[kind](sample()), spells=KINDS[kind](sample_spells()))
    assert [(one.code, one.path, _told(one.facts)) for one in faults] == [
        (one.code, one.path, _told(one.facts))
        for one in roster.faults
        if one.code not in ONLY_IN_FILES
    ]


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    """Leave out the numbers of rows: a file counts its lines, a dataframe its rows."""
    return {name: value for name, value in facts.items() if name != "rows"}
