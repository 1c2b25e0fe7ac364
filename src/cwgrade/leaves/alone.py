"""The leaves that are found from a worker's facts and the day alone, and which module finds each."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from cwgrade.facts import Facts
from cwgrade.leaves.counted import service_on
from cwgrade.leaves.held import two_posts_on
from cwgrade.leaves.in_post import time_in_post_on
from cwgrade.leaves.pegged import peg_on
from cwgrade.leaves.probation import probation_on
from cwgrade.leaves.rated import rating_on, tally_on
from cwgrade.quantities import (
    Definition,
    PegLeaf,
    ProbationLeaf,
    RatingLeaf,
    ServiceLeaf,
    TallyLeaf,
    TimeInPostLeaf,
    TwoPostsLeaf,
)
from cwgrade.reasons import Step

__all__ = ["Alone", "alone_on"]

Alone = (
    TwoPostsLeaf | RatingLeaf | ProbationLeaf | ServiceLeaf | TimeInPostLeaf | TallyLeaf | PegLeaf
)


def alone_on(facts: Facts, definition: Definition, leaf: Alone, on: date) -> Step:
    """Find a leaf that needs no other quantity.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The leaf.
        on: The day.
    """
    match leaf:
        case TwoPostsLeaf():
            return two_posts_on(facts, definition, leaf, on)
        case RatingLeaf():
            return rating_on(facts, definition, leaf, on)
        case ProbationLeaf():
            return probation_on(facts, definition, leaf, on)
        case ServiceLeaf():
            return service_on(facts, definition, leaf, on)
        case TimeInPostLeaf():
            return time_in_post_on(facts, definition, leaf, on)
        case TallyLeaf():
            return tally_on(facts, definition, leaf, on)
        case PegLeaf():
            return peg_on(facts, definition, leaf, on)
        case _:
            assert_never(leaf)
