"""What the leaves of the normal form find in a worker's history on a day. One module for each kind of leaf."""

from __future__ import annotations

from cwgrade.leaves.alone import alone_on
from cwgrade.leaves.ascended import climbed_on, origin_on, sum_on
from cwgrade.leaves.attained import fact_on
from cwgrade.leaves.banded import band_of
from cwgrade.leaves.counted import service_marks
from cwgrade.leaves.held import Stretch, post_day, stretches
from cwgrade.leaves.in_post import time_in_post_marks
from cwgrade.leaves.moved import Arrivals, Moved, moved_by, moved_in
from cwgrade.leaves.printed import reading_of
from cwgrade.leaves.probation import months_of
from cwgrade.leaves.rungs import Climbed, Origin

__all__ = [
    "Arrivals",
    "Climbed",
    "Moved",
    "Origin",
    "Stretch",
    "alone_on",
    "band_of",
    "climbed_on",
    "fact_on",
    "months_of",
    "moved_by",
    "moved_in",
    "origin_on",
    "post_day",
    "reading_of",
    "service_marks",
    "stretches",
    "sum_on",
    "time_in_post_marks",
]
