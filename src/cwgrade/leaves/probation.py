"""Probation: the first months of community service."""

from __future__ import annotations

import math
from datetime import date

from cwgrade.dates import add_months
from cwgrade.facts import Facts
from cwgrade.gaps import Missing
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, ProbationLeaf, gap_of
from cwgrade.reasons import Step

__all__ = ["months_of", "probation_on"]


def probation_on(facts: Facts, definition: Definition, leaf: ProbationLeaf, on: date) -> Step:
    """Tell whether a day lies in the first months of community service: `yes` or `no`.

    Where the source prints only a floor or a ceiling of the months, who is within the floor is on probation, and who is
    past the ceiling is not.
    """
    first = facts.first_community_day
    least, most = months_of(leaf)
    if first is None or (most is not None and on >= add_months(first, most)):
        on_probation = False
    elif least is not None and on < add_months(first, least):
        on_probation = True
    elif isinstance(leaf.months, Missing):
        return found(definition, "probation", (gap_of(leaf.months, leaf.path),))
    else:
        on_probation = False
    told = None if isinstance(leaf.months, Missing) else leaf.months
    return found(
        definition,
        "probation",
        "yes" if on_probation else "no",
        inputs=(("first_day", first), ("months", told)),
    )


def months_of(leaf: ProbationLeaf) -> tuple[int | None, int | None]:
    """Give the least and the most whole months that probation lasts, as far as the source prints them."""
    if not isinstance(leaf.months, Missing):
        return leaf.months, leaf.months
    bounds = leaf.months.bounds
    if bounds is None:
        return None, None
    least, most = bounds.at_least, bounds.at_most
    return (
        None if least is None else math.ceil(least),
        None if most is None else math.floor(most),
    )
