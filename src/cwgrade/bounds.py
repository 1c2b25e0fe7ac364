"""A scheme with the printed floor, or the printed ceiling, of every amount that its source does not state."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import attrs

from cwgrade.gaps import Gap
from cwgrade.quantities import AMOUNT_UNITS, End
from cwgrade.scheme import SchemeVersion

__all__ = ["End", "at_end", "is_bounded"]

_MOST_VERSIONS: Final = 64
_made: OrderedDict[tuple[int, End], tuple[SchemeVersion, SchemeVersion]] = OrderedDict()
"""By identity, since figures attached to a version are not in its digest; beside it, so that no other takes it over."""


def at_end(version: SchemeVersion, end: End) -> SchemeVersion:
    """Give a version with one printed bound in the place of every amount that is not stated.

    What is computed with it is no answer: it is the least or the most that the answer can be.

    Args:
        version: The version.
        end: Which bound.
    """
    key = (id(version), end)
    if key not in _made:
        while len(_made) >= _MOST_VERSIONS:
            _made.popitem(last=False)
        _made[key] = (version, attrs.evolve(version, end=end))
    return _made[key][1]


def is_bounded(gap: Gap) -> bool:
    """Tell whether a source prints a floor or a ceiling of an amount, share or factor that it leaves out."""
    return gap.bounds is not None and gap.bounds.unit in AMOUNT_UNITS
