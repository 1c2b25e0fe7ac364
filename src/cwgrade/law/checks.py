"""`[checks.NAME]`: what a document asks of all workers together. It is checked on a roster and moves nobody's pay."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

import attrs

from cwgrade.gaps import Stated
from cwgrade.sources import Label

__all__ = ["TOTAL", "Bound", "CheckKind", "CheckedOver", "RosterCheck"]

TOTAL = "total"
"""What an average is of, where it is no component."""


class CheckKind(StrEnum):
    """What is checked."""

    AVERAGE = "average"
    """Average pay against a bound."""
    QUOTA = "quota"
    """The share of those who have a rating."""
    POOL = "pool"
    """What is paid of a component in all against an amount for each head."""


class CheckedOver(StrEnum):
    """The time that amounts are added over."""

    MONTH = "month"
    YEAR = "year"


@attrs.frozen(kw_only=True)
class Bound:
    """An amount that an average is held against.

    Attributes:
        quantity: A quantity of money, such as a base or a peg.
        times: What it is multiplied by.
    """

    quantity: str
    times: Stated[Fraction] = Fraction(1)


@attrs.frozen(kw_only=True)
class RosterCheck:
    """A check on all workers of a roster.

    Attributes:
        name: Its name in the file.
        label: Its printed name.
        kind: What is checked.
        posts: The posts whose workers it looks at; all where none is named.
        per: For an average and a pool: whether amounts are those of a month or of a calendar year.
        of: For an average: `"total"` or a component.
        at_least: For an average: what it must reach.
        at_most: For an average: what it must not pass.
        rating: For a quota: the rating.
        at_most_share: For a quota: the greatest share of the workers rated in a year who may have it.
        component: For a pool: the component that is paid from it.
        fen_per_head: For a pool: the amount for each worker, in fen.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    kind: CheckKind
    posts: tuple[str, ...] = ()
    per: CheckedOver = CheckedOver.MONTH
    of: str = TOTAL
    at_least: Stated[Bound] | None = None
    at_most: Stated[Bound] | None = None
    rating: str = ""
    at_most_share: Stated[Fraction] | None = None
    component: str = ""
    fen_per_head: Stated[int] | None = None
    source: str
    clause: str = ""
