"""What is told of a change in a career: what kind of thing it was, before and after."""

from __future__ import annotations

from enum import StrEnum

import attrs

from cwgrade.reasons import StepValue
from cwgrade.sources import Citation, Label

__all__ = ["Change", "ChangeKind"]


class ChangeKind(StrEnum):
    """What kind of thing has changed."""

    PLACE = "place"
    """The worker came under the scheme of another place."""
    FORCE = "force"
    """The scheme came into force, or no source shows it in force any more."""
    VERSION = "version"
    """Another version of the scheme applies."""
    SCOPE = "scope"
    """The worker came into service or under the scheme, or left."""
    POST = "post"
    """Another post is held."""
    RECORD = "record"
    """A grade on record holds from this day."""
    SERVICE = "service"
    """Counted service reached a threshold."""
    RATING = "rating"
    """A result of the annual assessment took effect."""
    FACT = "fact"
    """A certificate, schooling, honour or another fact took effect."""
    PROBATION = "probation"
    """Probation began or ended."""
    STATISTIC = "statistic"
    """Pay follows another figure of a statistic."""
    DATED = "dated"
    """The scheme gives another value from a stated day."""
    ABSENCE = "absence"
    """An absence began or ended; it takes nothing from the full entitlement, but may from the month's pay."""
    OPEN = "open"
    """What is not known, or not stated, is different."""


@attrs.frozen(kw_only=True)
class Change:
    """One reason for which an answer is different from the one before.

    Attributes:
        kind: What kind of thing has changed.
        what: What it is: a path of the scheme, such as `effect.qualification`, or ids of schemes.
        before: What it was.
        after: What it is now.
        unit: The unit of both.
        label: Its printed name.
        citation: The rule's source and clause.
    """

    kind: ChangeKind
    what: str
    before: StepValue = None
    after: StepValue = None
    unit: str = "value"
    label: Label | None = None
    citation: Citation | None = None
