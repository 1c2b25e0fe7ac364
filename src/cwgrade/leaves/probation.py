"""Probation: the first months of community service."""

from __future__ import annotations

from datetime import date

from cwgrade.dates import add_months
from cwgrade.facts import Facts
from cwgrade.gaps import Missing
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, ProbationLeaf, gap_of
from cwgrade.reasons import Step

__all__ = ["probation_on"]


def probation_on(facts: Facts, definition: Definition, leaf: ProbationLeaf, on: date) -> Step:
    """Tell whether a day lies in the first months of community service: `yes` or `no`."""
    first = facts.first_community_day
    if isinstance(leaf.months, Missing):
        return found(definition, "probation", (gap_of(leaf.months, leaf.path),))
    on_probation = first is not None and on < add_months(first, leaf.months)
    return found(
        definition,
        "probation",
        "yes" if on_probation else "no",
        inputs=(("first_day", first), ("months", leaf.months)),
    )
