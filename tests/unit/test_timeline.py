"""The second clock: what was known by a day, and what nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest

from cwgrade.dates import PartialDate
from cwgrade.timeline import Published, known_by, recorded_by

JULY_1 = date(2018, 7, 1)


@pytest.mark.parametrize(
    ("published_on", "known_on", "known"),
    [
        # without a day of knowing everything on file is known
        (date(2030, 1, 1), None, True),
        ("unknown", None, True),
        # a day
        (date(2018, 7, 1), JULY_1, True),
        (date(2018, 7, 2), JULY_1, False),
        # a month or year: by its last possible day, not by its first
        (PartialDate(2018, 6), JULY_1, True),
        (PartialDate(2018, 7), JULY_1, None),
        (PartialDate(2018, 8), JULY_1, False),
        (PartialDate(2017), JULY_1, True),
        (PartialDate(2018), JULY_1, None),
        (PartialDate(2018), date(2018, 12, 31), True),
        (PartialDate(2019), JULY_1, False),
        ("unknown", JULY_1, None),
    ],
)
def test_known_by(published_on: Published, known_on: date | None, known: bool | None) -> None:  # noqa: FBT001
    assert known_by(published_on, known_on) is known


@pytest.mark.parametrize(
    ("recorded_on", "known_on", "known"),
    [
        (None, None, True),
        (None, JULY_1, True),
        (date(2030, 1, 1), None, True),
        (JULY_1, JULY_1, True),
        (date(2018, 7, 2), JULY_1, False),
    ],
)
def test_recorded_by(recorded_on: date | None, known_on: date | None, known: bool) -> None:  # noqa: FBT001
    assert recorded_by(recorded_on, known_on) is known
