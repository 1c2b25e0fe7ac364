"""The library and the oracle agree on whole careers and on back pay: months, days, causes and components.

A seeded handful here; as many as there is patience for with `python -m tests.tools.compare_careers`.
"""

from __future__ import annotations

from typing import Final

import pytest

from tests.oracle.compared import compare

SEED: Final = 20261124


def test_a_handful_of_careers() -> None:
    tally = compare(6, SEED)
    assert not tally.wrong
    assert tally.months > 100
    assert tally.parts > 10


@pytest.mark.slow
@pytest.mark.parametrize("share", range(4))
def test_many_careers(share: int) -> None:
    assert not compare(150, SEED + 1 + share).wrong
