"""What the leaves of the normal form find in a worker's history on a day. One module for each kind of leaf."""

from __future__ import annotations

from cwgrade.leaves.ascended import climbed_on, origin_on, sum_on
from cwgrade.leaves.attained import fact_on
from cwgrade.leaves.climbed import Origin
from cwgrade.leaves.counted import service_marks, service_on
from cwgrade.leaves.held import two_posts_on
from cwgrade.leaves.pegged import peg_on
from cwgrade.leaves.probation import probation_on
from cwgrade.leaves.rated import rating_on, tally_on

__all__ = [
    "Origin",
    "climbed_on",
    "fact_on",
    "origin_on",
    "peg_on",
    "probation_on",
    "rating_on",
    "service_marks",
    "service_on",
    "sum_on",
    "tally_on",
    "two_posts_on",
]
