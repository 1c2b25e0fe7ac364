"""What the leaves of the normal form find in a worker's history on a day. One module for each kind of leaf."""

from __future__ import annotations

from cwgrade.leaves.ascended import climbed_on, origin_on, sum_on
from cwgrade.leaves.attained import fact_on
from cwgrade.leaves.banded import band_of
from cwgrade.leaves.counted import service_marks, service_on
from cwgrade.leaves.held import Stretch, post_day, stretches, two_posts_on
from cwgrade.leaves.moved import Arrivals, Moved, moved_by, moved_in
from cwgrade.leaves.pegged import peg_on
from cwgrade.leaves.printed import reading_of
from cwgrade.leaves.probation import months_of, probation_on
from cwgrade.leaves.rated import rating_on, tally_on
from cwgrade.leaves.rungs import Climbed, Origin

__all__ = [
    "Arrivals",
    "Climbed",
    "Moved",
    "Origin",
    "Stretch",
    "band_of",
    "climbed_on",
    "fact_on",
    "months_of",
    "moved_by",
    "moved_in",
    "origin_on",
    "peg_on",
    "post_day",
    "probation_on",
    "rating_on",
    "reading_of",
    "service_marks",
    "service_on",
    "stretches",
    "sum_on",
    "tally_on",
    "two_posts_on",
]
