"""`[service]` and `[absences]`: which service counts, how it is counted, and what absence does."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import attrs

from cwgrade.gaps import Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.quantities import StatedKind, StatedService
from cwgrade.service import Convention, GapsRule, Within

__all__ = ["Absence", "KindOfService", "Service", "lower_service"]


@attrs.frozen(kw_only=True)
class KindOfService:
    """How one kind of service counts.

    Attributes:
        kind: The kind: community, grid, military …
        rate: Its share of a full month.
        within: Where it must have been served.
    """

    kind: str
    rate: Stated[Fraction] = NOT_STATED
    within: Stated[Within] = NOT_STATED


@attrs.frozen(kw_only=True)
class Service:
    """The rule for creditable service.

    Attributes:
        convention: How months are counted.
        gaps: Whether gaps are skipped or break continuity.
        count_from: The day counting starts, where one is set.
        kinds: The kinds that are named.
        other_kinds: The share of every kind that is not named.
        source: Where it is stated.
        clause: Article or item.
    """

    convention: Stated[Convention] = NOT_STATED
    gaps: Stated[GapsRule] = NOT_STATED
    count_from: Stated[date] | None = None
    kinds: tuple[KindOfService, ...]
    other_kinds: Stated[Fraction] = NOT_STATED
    source: str
    clause: str = ""


@attrs.frozen(kw_only=True)
class Absence:
    """What one kind of absence does.

    Attributes:
        kind: The kind: sick, maternity, personal, suspended …
        counts_as_service: Whether the time counts as service.
        pay: The share of every computed component that is paid, as one number, or by component.
        pay_by_component: Component and share; a component not named is paid whole.
        source: Where it is stated.
        clause: Article or item.
    """

    kind: str
    counts_as_service: Stated[bool] = NOT_STATED
    pay: Stated[Fraction] | None = None
    pay_by_component: tuple[tuple[str, Stated[Fraction]], ...] = ()
    source: str
    clause: str = ""


def lower_service(service: Service, absences: tuple[Absence, ...], place: str) -> StatedService:
    """Give the rule for creditable service as leaves carry it."""
    return StatedService(
        place=place,
        kinds=tuple(
            StatedKind(
                kind=one.kind, rate=one.rate, within=one.within, path=f"service.kinds.{one.kind}"
            )
            for one in service.kinds
        ),
        other_kinds=service.other_kinds,
        leaves=tuple((one.kind, one.counts_as_service) for one in absences),
        count_from=service.count_from,
        gaps=service.gaps,
        convention=service.convention,
        path="service",
    )
