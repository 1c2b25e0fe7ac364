"""What is due later for earlier months: signed amounts by component and month, each with its cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

import attrs

from cwgrade.errors import NotInForce
from cwgrade.outcomes import Outcome
from cwgrade.timeline import Published, Standing
from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Unknown,
)

__all__ = [
    "ON_THE_TOTAL",
    "WHOLE",
    "Arrears",
    "Cause",
    "Change",
    "Fact",
    "FactChange",
    "FigureChange",
    "MonthArrears",
    "Open",
    "Paid",
    "Part",
    "VersionChange",
]

WHOLE: Final = "pay"
"""Stands for a component where an amount is known for a month as a whole only."""
ON_THE_TOTAL: Final = "rounding.total"
"""Stands for a component in what the rounding of a month's total adds or takes."""


class Cause(StrEnum):
    """Why a month is worth something else than it was, or than was paid."""

    FACT_CORRECTED = "fact_corrected"
    """A fact of the worker came on record, was corrected or was taken off."""
    STATISTIC_PUBLISHED = "statistic_published"
    """A figure of a statistic came out, or was replaced by another."""
    SCHEME_AMENDED = "scheme_amended"
    """A version of the scheme came out, or was replaced by another."""
    PROVISIONAL_SETTLED = "provisional_settled"
    """The month was paid on an older figure, and the right one came out."""
    PAYMENT_DIFFERS = "payment_differs"
    """What was paid is not what was due by what was known when it was paid."""


Fact = (
    ServiceSpell
    | AbsenceSpell
    | Attainment
    | Rating
    | StateFact
    | PlacementOnRecord
    | SuppliedAmount
)


@attrs.frozen(kw_only=True)
class FactChange:
    """One fact that came on record, was replaced or was taken off.

    Attributes:
        field: The worker's field, such as `spells`.
        before: What stood there; `UNKNOWN` where nobody had looked, `None` where nothing did.
        after: What stands there now; `None` where it was taken off, or where a field that was unknown is looked into.
        became_known: The day it came on record, where that is on file.
    """

    field: str
    before: Fact | Unknown | None
    after: Fact | Unknown | None
    became_known: date | None


@attrs.frozen(kw_only=True)
class FigureChange:
    """One figure of a statistic that came out, was replaced or was taken off.

    Attributes:
        series: The scheme's name of the statistic.
        year: The year that the figure is about.
        before_fen: The figure on file before, in fen; `None` where there was none, or where it was not out.
        after_fen: The figure now, in fen.
        published_on: When it was made known.
    """

    series: str
    year: int
    before_fen: int | None
    after_fen: int | None
    published_on: Published


@attrs.frozen(kw_only=True)
class VersionChange:
    """One version of the scheme that came out, was replaced or was taken off.

    Attributes:
        scheme_id: The scheme's id.
        from_day: The first day it holds from.
        before: Its digest before; empty where there was none, or where it was not out.
        after: Its digest now; empty where it was taken off.
        published_on: When it was made known.
    """

    scheme_id: str
    from_day: date
    before: str
    after: str
    published_on: Published


Change = FactChange | FigureChange | VersionChange


@attrs.frozen(kw_only=True)
class Paid:
    """An amount that was really paid for a month, then or later.

    Attributes:
        year: The year of the month that it was paid for.
        month: That month, 1 to 12.
        fen: The amount in fen; negative where it was taken back.
        component: The scheme's name of the component; `None` where only the sum of the month is known.
        document: What shows the payment.
    """

    year: int = attrs.field(validator=attrs.validators.instance_of(int))
    month: int = attrs.field(
        validator=[
            attrs.validators.instance_of(int),
            attrs.validators.ge(1),
            attrs.validators.le(12),
        ]
    )
    fen: int = attrs.field(validator=attrs.validators.instance_of(int))
    component: str | None = None
    document: str = ""


@attrs.frozen(kw_only=True)
class Part:
    """A part of a month's difference: one component, one cause.

    Attributes:
        component: The component's name; `WHOLE` or `ON_THE_TOTAL` for what belongs to no single one.
        fen: The amount in fen, signed: positive is due to the worker (补发), negative was paid too much (补扣).
        cause: Why.
        became_known: The day from which it could be known; `None` where no day is on file.
        changes: What became known on that day.
        together: What became known before it and could not be told apart, because the month could not be decided
            in between.
        in_total: Whether the component is part of the month's sum.
    """

    component: str
    fen: int
    cause: Cause
    became_known: date | None = None
    changes: tuple[Change, ...] = ()
    together: tuple[Change, ...] = ()
    in_total: bool = True


@attrs.frozen(kw_only=True)
class Open:
    """Why a month cannot be decided.

    Attributes:
        side: `earlier`, `later`, or `paid` where nobody says what was paid.
        outcome: What was found instead of an amount; `None` where the scheme does not apply, or for `paid`.
        not_in_force: Why the scheme does not apply, where that is the reason.
    """

    side: str
    outcome: Outcome[int] | None = None
    not_in_force: NotInForce | None = attrs.field(default=None, eq=False)


@attrs.frozen(kw_only=True)
class MonthArrears:
    """What is due later for one month.

    Attributes:
        year: The year.
        month: The month.
        before_fen: What was due by what was known earlier, in fen; `None` where that cannot be decided.
        after_fen: What is due by what is known later, in fen; `None` where that cannot be decided.
        paid_fen: What was paid for the month, in fen, where that was given.
        parts: The difference by cause, in the order in which the causes became known, and by component.
        open: Why there is no difference; empty where there is one.
        standing: How firm the later amount is: a provisional one will be settled again.
        unsure: Components on top of the sum that cannot be decided on one side.
    """

    year: int
    month: int
    before_fen: int | None
    after_fen: int | None
    paid_fen: int | None = None
    parts: tuple[Part, ...] = ()
    open: tuple[Open, ...] = ()
    standing: Standing
    unsure: tuple[str, ...] = ()

    @property
    def fen(self) -> int | None:
        """What is due for the month in all, in fen and signed; `None` where that cannot be decided."""
        return None if self.open else sum(one.fen for one in self.parts if one.in_total)


@attrs.frozen(kw_only=True)
class Arrears:
    """What is due later for earlier months (补发/补扣).

    Attributes:
        worker_id: The worker.
        months: Every month that was asked for, in order; none is left out.
    """

    worker_id: str
    months: tuple[MonthArrears, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every month."""
        return tuple(part for month in self.months for part in month.parts)

    @property
    def open_months(self) -> tuple[MonthArrears, ...]:
        """The months that cannot be decided; they are not in the sum."""
        return tuple(month for month in self.months if month.open)

    @property
    def total_fen(self) -> int:
        """The sum of the months that can be decided, in fen and signed."""
        return sum(month.fen or 0 for month in self.months)

    @property
    def by_cause(self) -> tuple[tuple[Cause, int], ...]:
        """The sum for each cause that there is, in fen, in the order in which causes are listed."""
        return sums_by_cause(self.parts)


def sums_by_cause(parts: Iterable[Part]) -> tuple[tuple[Cause, int], ...]:
    """Sum parts by cause; what is on top of the total is left out."""
    sums: dict[Cause, int] = {}
    for part in parts:
        if part.in_total:
            sums[part.cause] = sums.get(part.cause, 0) + part.fen
    return tuple((cause, sums[cause]) for cause in Cause if cause in sums)
