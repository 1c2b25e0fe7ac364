"""`[pay]`, `[split]`, `[probation]`, `[proration]`, `[rounding]`: components of pay and the order of operations."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.gaps import Cell, Missing, Reference, Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.formulas import Formula, define
from cwgrade.money import Rounding
from cwgrade.quantities import Definition, Number, ProbationLeaf, Product, Table, Unit
from cwgrade.sources import Citation, Label

__all__ = [
    "MONTHS_OF_A_YEAR",
    "RHYTHM_OF",
    "TIMES_A_YEAR",
    "Accrual",
    "Component",
    "OnUpgrade",
    "Parts",
    "Probation",
    "Proration",
    "ProrationRule",
    "ReckonedOn",
    "Rhythm",
    "RoundingRules",
    "Split",
    "lower_pay",
]


class Accrual(StrEnum):
    """The period that an amount is for."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    ONCE = "once"
    """For a value that is reached once: due when it rises."""


class Rhythm(StrEnum):
    """When a component is paid out."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    ONCE = "once"
    """In the month in which it falls due."""


RHYTHM_OF: Final[Mapping[Accrual, Rhythm]] = {
    Accrual.QUARTER: Rhythm.QUARTERLY,
    Accrual.HALF_YEAR: Rhythm.HALF_YEARLY,
    Accrual.YEAR: Rhythm.YEARLY,
    Accrual.ONCE: Rhythm.ONCE,
}
"""The one rhythm in which an amount for such a period can be paid."""
TIMES_A_YEAR: Final[Mapping[Rhythm, int]] = {
    Rhythm.QUARTERLY: 4,
    Rhythm.HALF_YEARLY: 2,
    Rhythm.YEARLY: 1,
}
"""How often a year a component is paid that waits for the end of a period."""
MONTHS_OF_A_YEAR: Final = 12


class OnUpgrade(StrEnum):
    """What is due of a one-off amount for somebody who had a lower one before (就高补差)."""

    WHOLE = "whole"
    """The whole of the higher amount."""
    DIFFERENCE = "difference"
    """What the higher amount is more than the one before."""


class ReckonedOn(StrEnum):
    """Whose facts an amount for a quarter, half-year or year goes by, where it is paid after its period has ended."""

    PAYMENT = "payment"
    """What holds in the month of payment."""
    END_OF_PERIOD = "end_of_period"
    """What held on the last day of the period."""


@attrs.frozen(kw_only=True)
class Component:
    """One pay component (薪酬构成项).

    Attributes:
        name: Its name in the file.
        label: Its printed name.
        formula: How the full amount is found; `None` for a part of a split and for a supplied component.
        factors: Quantities that the amount, also one that is supplied, is multiplied by, such as a factor by rating.
        accrues_per: The period that the amount is for.
        paid: When it is paid out.
        paid_in: The months it is paid in, where it is not paid monthly.
        due_in: The months of the year that the amount is for, where it is due in some only.
        prorated: Whether part of a month is paid as a part; otherwise whoever is paid for a day of it gets it whole.
        reckoned_on: For an amount for a quarter, half-year or year: which day's facts it goes by.
        on_upgrade: For a one-off amount: what is due when a higher value follows a lower one.
        rounded: The rounding of the component's amount for its period; otherwise `[rounding]` applies.
        in_total: Whether it is part of the total; one on top of the total is listed and not summed.
        supplied: Whether the office supplies the amount.
        at_most_fen: The limit of a supplied amount, in fen a month.
        needs_document: Whether a supplied amount has to name a document.
        protects: Whether it is what `[transition]` keeps of higher pay under the earlier scheme.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    formula: Formula | None = None
    factors: tuple[str, ...] = ()
    accrues_per: Accrual = Accrual.MONTH
    paid: Stated[Rhythm] = Rhythm.MONTHLY
    paid_in: Stated[tuple[int, ...]] = ()
    due_in: Stated[tuple[int, ...]] = ()
    prorated: Stated[bool] = True
    reckoned_on: Stated[ReckonedOn] = NOT_STATED
    on_upgrade: Stated[OnUpgrade] = NOT_STATED
    rounded: Stated[Rounding] | None = None
    in_total: Stated[bool] = True
    supplied: bool = False
    at_most_fen: Stated[int] | None = None
    needs_document: bool = False
    protects: bool = False
    source: str
    clause: str = ""

    @property
    def rhythms(self) -> tuple[Rhythm, ...]:
        """When it may be paid out: as it is stated, or every rhythm that its period and its months leave."""
        if not isinstance(self.paid, Missing):
            return (self.paid,)
        if self.accrues_per is not Accrual.MONTH:
            return (RHYTHM_OF[self.accrues_per],)
        if isinstance(self.paid_in, Missing) or not self.paid_in:
            return (Rhythm.MONTHLY, *TIMES_A_YEAR)
        times = len(self.paid_in)
        return (next((one for one, most in TIMES_A_YEAR.items() if times >= most), Rhythm.YEARLY),)

    @property
    def is_quantity(self) -> bool:
        """Whether its full amount is a quantity of the scheme, which holds at one instant."""
        return not (self.supplied or self.protects)

    @property
    def summed(self) -> bool:
        """Whether it may be part of the total: the source does not say that it is on top of it."""
        return self.in_total is not False

    @property
    def unscheduled(self) -> bool:
        """Whether the source does not state the month it is paid in."""
        silent = isinstance(self.paid_in, Missing) or not self.paid_in
        return silent and not {Rhythm.MONTHLY, Rhythm.ONCE}.intersection(self.rhythms)

    @property
    def period(self) -> tuple[object, ...]:
        """What its amount is for, and how part of it is paid: only parts that are alike in it have a sum to round."""
        return self.accrues_per, self.due_in, self.prorated, self.reckoned_on

    @property
    def is_for_a_period(self) -> bool:
        """Whether its amount is for a quarter, a half-year or a year as a whole."""
        return self.is_quantity and RHYTHM_OF.get(self.accrues_per) in TIMES_A_YEAR

    @property
    def paid_after_period(self) -> bool:
        """Whether a month of payment lies after the period that is paid in it, so that facts may have changed."""
        if not self.is_for_a_period or not isinstance(self.paid_in, tuple):
            return False
        length = MONTHS_OF_A_YEAR // TIMES_A_YEAR[RHYTHM_OF[self.accrues_per]]
        return any(month % length for month in self.paid_in)

    def is_due_in(self, month: int) -> bool:
        """Tell whether the amount is, or may be, due in a month of the year."""
        return isinstance(self.due_in, Missing) or not self.due_in or month in self.due_in

    @property
    def value_name(self) -> str:
        """The quantity whose rise makes a one-off amount due: its formula, before its factors."""
        return f"pay.{self.name}.full" if self.factors else f"pay.{self.name}"


class Parts(StrEnum):
    """How the parts of a split are rounded."""

    EACH = "each"
    """Each by itself; they may sum to a unit more or less than the whole."""
    LARGEST_REMAINDER = "largest_remainder"
    """Together: their sum is rounded, and what is missing then goes to the largest remainders."""


@attrs.frozen(kw_only=True)
class Split:
    """A quantity that is split among components.

    Attributes:
        of: The quantity.
        shares: Component and share; the shares sum to 1.
        parts: How the parts are rounded.
        path: Where the file states it: `split`, or a place in the list of several.
        source: Where it is stated.
        clause: Article or item.
    """

    of: str
    shares: tuple[tuple[str, Stated[Fraction]], ...]
    parts: Stated[Parts] = NOT_STATED
    source: str
    clause: str = ""
    _path: str = attrs.field(default="split", eq=False)

    @property
    def path(self) -> str:
        """Where the file states it."""
        return self._path


@attrs.frozen(kw_only=True)
class Probation:
    """Probation: its length, and what is paid during it.

    Attributes:
        months: Its length from the first day of community service.
        times: The share of every computed component that is paid, where one is stated for all.
        times_by_component: Component and share; a component not named is paid whole.
        source: Where it is stated.
        clause: Article or item.
    """

    months: Stated[int]
    times: Stated[Fraction] | None = None
    times_by_component: tuple[tuple[str, Stated[Fraction]], ...] = ()
    source: str
    clause: str = ""

    def of_component(self, name: str) -> Cell | None:
        """Give the share of a component, `None` where it is paid whole."""
        if self.times is not None:
            return self.times
        return dict(self.times_by_component).get(name)

    def path_of(self, name: str) -> str:
        """Give where the file states the share of a component."""
        return "probation.times" if self.times is not None else f"probation.times.{name}"


class ProrationRule(StrEnum):
    """How part of a month is paid (折算)."""

    CALENDAR_DAYS = "calendar_days"
    """Each calendar day carries its share."""
    DAYS_21_75 = "days_21_75"
    """A weekday that is missing costs the monthly amount ÷ 21.75; changes go by weekdays."""
    STATE_ON_DAY = "state_on_day"
    """The whole month goes by what holds on a stated day."""
    HALF_MONTHS = "half_months"
    """The first half goes by what holds on the 1st, the second by what holds on the 16th."""
    NEXT_MONTH = "next_month"
    """The whole month goes by what holds on its first day; a change counts from the next month."""


@attrs.frozen(kw_only=True)
class Proration:
    """How part of a month is paid.

    Attributes:
        rule: The rule.
        day: The day for `state_on_day`, 1 to 31; a month that is shorter uses its last day.
        source: Where it is stated.
        clause: Article or item.
    """

    rule: Stated[ProrationRule] = NOT_STATED
    day: Stated[int] | None = None
    source: str = ""
    clause: str = ""


@attrs.frozen(kw_only=True)
class RoundingRules:
    """Where amounts are rounded.

    Attributes:
        component: The rounding of each component's amount for its period, once.
        total: The rounding of the total.
        source: Where it is stated.
        clause: Article or item.
    """

    component: Stated[Rounding] = NOT_STATED
    total: Stated[Rounding] | None = None
    source: str = ""
    clause: str = ""


def lower_pay(
    components: tuple[Component, ...],
    *,
    splits: tuple[Split, ...],
    probation: Probation | None,
) -> tuple[Definition, ...]:
    """Give the definitions of pay: each computed component is its amount, share and factors multiplied."""
    definitions: list[Definition] = []
    if probation is not None:
        definitions.append(
            Definition(
                name="on_probation",
                path="probation",
                unit=Unit.VALUE,
                quantity=ProbationLeaf(months=probation.months, path="probation.months"),
                label=Label(zh="试用期内", en="on probation"),
                citation=Citation(source=probation.source, clause=probation.clause),
            )
        )
    for component in components:
        if component.is_quantity:
            definitions.extend(_lower_component(component, splits, probation))
    return tuple(definitions)


def _lower_component(
    component: Component, splits: tuple[Split, ...], probation: Probation | None
) -> list[Definition]:
    name, path = f"pay.{component.name}", f"pay.{component.name}"
    helpers: list[Definition] = []
    factors = list(component.factors)
    for split in splits:
        share = dict(split.shares).get(component.name)
        if share is not None:
            helpers.append(
                Definition(
                    name=f"split.{component.name}",
                    path=f"{split.path}.shares.{component.name}",
                    unit=Unit.SHARE,
                    quantity=Number(cell=share),
                    label=Label(
                        zh=f"{component.label.zh}占比", en=f"share of {component.label.en}"
                    ),
                    citation=Citation(source=split.source, clause=split.clause),
                )
            )
            factors = [split.of, f"split.{component.name}", *factors]
    # a one-off amount is not pay for time, so that probation takes nothing off
    paid_for_time = component.accrues_per is not Accrual.ONCE
    during = probation.of_component(component.name) if probation and paid_for_time else None
    if during is not None and probation is not None:
        where = probation.path_of(component.name)
        if isinstance(during, Missing):
            # the gap stands where the share should, not in a row of a table that no file writes
            share_of = f"probation.{component.name}.share"
            helpers.append(_share_on_probation(share_of, where, Number(cell=during), probation))
            during = Reference(quantity=share_of)
        rows = Table(by=("on_probation",), cells=((("yes",), during), (("no",), Fraction(1))))
        helpers.append(_share_on_probation(f"probation.{component.name}", where, rows, probation))
        factors.append(f"probation.{component.name}")
    if component.formula is None:
        amount = _product(name, path, factors, component)
        return [*helpers, amount]
    if not factors:
        return [
            *helpers,
            define(
                name, path, component.formula, component.label, component.source, component.clause
            ),
        ]
    full = define(
        f"{name}.full", path, component.formula, component.label, component.source, component.clause
    )
    return [*helpers, full, _product(name, path, [f"{name}.full", *factors], component)]


def _share_on_probation(
    name: str, path: str, quantity: Number | Table, probation: Probation
) -> Definition:
    return Definition(
        name=name,
        path=path,
        unit=Unit.TIMES,
        quantity=quantity,
        label=Label(zh="试用期比例", en="share during probation"),
        citation=Citation(source=probation.source, clause=probation.clause),
    )


def _product(name: str, path: str, factors: list[str], component: Component) -> Definition:
    return Definition(
        name=name,
        path=path,
        unit=Unit.FEN,
        quantity=Product(factors=tuple(factors)),
        label=component.label,
        citation=Citation(source=component.source, clause=component.clause),
    )
