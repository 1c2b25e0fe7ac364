"""A dataframe of several places recognises grades held in another one, like the career of each worker."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from cwgrade import Schemes, career_of, load_scheme
from cwgrade.frames import explain_row, grade_and_pay, totals
from tests.unit.test_recognition import FIRST, HERE, MOVE, MOVER, THERE

BOTH: Final = Schemes.of([load_scheme("sample-reform"), load_scheme("sample-neighbour")])
SPELLS: Final = pl.DataFrame(
    {
        "worker_id": ["1", "1", "2", "2"],
        "start": [FIRST.start, MOVE] * 2,
        "end": [date(2020, 2, 29), None] * 2,
        "title": ["委员"] * 4,
        # who came from outside the city begins with all service
        "region": [THERE, HERE, "4301", HERE],
    }
)
ROSTER: Final = pl.DataFrame({"worker_id": ["1", "2"], "region": [HERE, HERE]})


def test_each_row_is_what_the_career_says() -> None:
    month = career_of(MOVER, BOTH, start=MOVE, end=date(2020, 4, 1)).months[0]
    found = grade_and_pay(ROSTER, BOTH, month="2020-03", spells=SPELLS)
    assert found["grade"].to_list() == [2, 3]
    assert found["gross_fen"].to_list() == [month.gross_fen, 260_000]
    assert explain_row(ROSTER, BOTH, 0, month="2020-03", spells=SPELLS).gross_fen == month.gross_fen
    summed = totals(ROSTER, BOTH, months=["2020-03"], spells=SPELLS)
    assert sum(summed.filter(pl.col("component").is_null())["cost_fen"].to_list()) == 500_000
