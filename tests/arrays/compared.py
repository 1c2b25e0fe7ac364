"""The comparison of what is looked up for a roster with what the scalar functions give worker by worker."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from cwgrade.arrays.months import NO_AMOUNT, look_up_month
from cwgrade.catalogue import load_scheme
from cwgrade.grading import grade_in_month
from cwgrade.outcomes import Decided, status_of
from cwgrade.pay import pay_for_month
from cwgrade.worker import Worker
from tests.arrays.rosters import people_of

MONTHS = [
    ("sample-3x18", 2018, 7),
    ("sample-3x18", 2017, 1),
    ("sample-3x18", 2018, 12),
    ("sample-4x24", 2021, 7),
    ("sample-4x24", 2022, 1),
    ("sample-4x24", 2021, 12),
    ("sample-4x24-jia", 2021, 12),
    ("sample-4x24-yi", 2021, 6),
    ("sample-4x24-bing", 2021, 9),
]

Difference = tuple[Worker, Mapping[str, object]]
"""A worker, and what is otherwise on arrays."""


def differences(
    name: str, year: int, month: int, *, size: int, seed: int
) -> tuple[list[Difference], int]:
    """Compare every row that is looked up; give what differs, and how many are."""
    scheme = load_scheme(name)
    version = scheme.version_on(date(year, month, 1))
    people = people_of(version, year=year, size=size, seed=seed)
    looked = look_up_month(people, version, year=year, month=month, known_on=None)
    found: list[Difference] = []
    for row in np.flatnonzero(~looked.unsure):
        worker = people.worker(int(row))
        slip = pay_for_month(worker, scheme, year=year, month=month)
        placed = grade_in_month(worker, scheme, year=year, month=month).outcome
        fen = {line.component: line.payable_fen for line in slip.lines}
        scalar = {
            "status": status_of(slip.outcome),
            "gross": slip.outcome.value if isinstance(slip.outcome, Decided) else NO_AMOUNT,
            "grade": placed.value.grade if isinstance(placed, Decided) else 0,
            "step": (placed.value.step or 0) if isinstance(placed, Decided) else 0,
            **{
                name: NO_AMOUNT if fen.get(name) is None else fen[name]
                for name in looked.payable_fen
            },
        }
        status = "unspecified" if looked.gap[row] >= 0 else "decided"
        array = {
            "status": "not_eligible" if looked.absent[row] else status,
            "gross": int(looked.gross_fen[row]),
            "grade": int(looked.grade[row]),
            "step": int(looked.step[row]),
            **{name: int(column[row]) for name, column in looked.payable_fen.items()},
        }
        if array != scalar:
            wrong = {
                name: (array[name], scalar[name]) for name in array if array[name] != scalar[name]
            }
            found.append((worker, wrong))
    return found, int((~looked.unsure).sum())
