"""The invented sample of a reform, at once and in stages."""

from __future__ import annotations

from datetime import date

import attrs

from cwgrade.catalogue import load_scheme
from cwgrade.law.transition import Stage
from cwgrade.scheme import Scheme

__all__ = ["SAMPLE", "staged"]

SAMPLE = load_scheme("sample-reform")


def staged() -> Scheme:
    """Give the sample of a reform to which staff move eleven months later; an allowance is paid before only."""
    old, new = SAMPLE.versions
    assert new.transition is not None
    later = Stage(posts=("staff",), effective_on=date(2021, 12, 1))
    transition = attrs.evolve(new.transition, staged=(later,))
    # what is paid under the earlier version alone has a column too
    renamed = tuple(
        attrs.evolve(one, name="allowance") if one.name == "post" else one for one in old.pay
    )
    return Scheme((attrs.evolve(old, pay=renamed), attrs.evolve(new, transition=transition)))
