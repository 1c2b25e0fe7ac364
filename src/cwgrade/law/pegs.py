"""`[base]` and `[series]`: the base amount, stated in yuan or tied to a published statistic."""

from __future__ import annotations

from fractions import Fraction

import attrs

from cwgrade.dates import AnnualDay
from cwgrade.gaps import Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.formulas import Formula, define
from cwgrade.money import Rounding
from cwgrade.quantities import Definition, Number, PegLeaf, Product, Unit
from cwgrade.series import AfterPublication, ReferenceSeries
from cwgrade.sources import Citation, Label

__all__ = ["Base", "NamedSeries", "Peg", "lower_base"]


@attrs.frozen(kw_only=True)
class NamedSeries:
    """`[series.NAME]`: a statistic with the figures that the scheme's sources print.

    Attributes:
        name: Its name in the scheme.
        label: Its printed name.
        series: Measure, region, unit and figures.
    """

    name: str
    label: Label
    series: ReferenceSeries


@attrs.frozen(kw_only=True)
class Peg:
    """The rule that ties the base to a statistic.

    Attributes:
        series: The statistic's name.
        multiplier: The local factor, 1 where none is stated.
        lag_years: How many years the statistic lies behind the year of the last re-basing.
        rebased: The day of the year on which the base changes.
        until_published: Whether the older figure is paid until the right one is out.
        after_publication: What happens then to months paid on the older figure.
    """

    series: str
    multiplier: Fraction = Fraction(1)
    lag_years: int = attrs.field(validator=attrs.validators.ge(0))
    rebased: AnnualDay
    until_published: Stated[bool] = NOT_STATED
    after_publication: Stated[AfterPublication] = NOT_STATED


@attrs.frozen(kw_only=True)
class Base:
    """The base amount.

    Attributes:
        label: Its printed name.
        formula: How it is found, where it is stated directly.
        peg: The peg, where it is tied to a statistic.
        rounded: The rounding of a pegged base, where one is stated.
        source: Where it is stated.
        clause: Article or item.
    """

    label: Label
    formula: Formula | None = None
    peg: Peg | None = None
    rounded: Rounding | None = None
    source: str
    clause: str = ""


def lower_base(base: Base, series: tuple[NamedSeries, ...]) -> tuple[Definition, ...]:
    """Give the definitions of the base; a series that is not in the file was refused before."""
    if base.formula is not None:
        return (define("base", "base", base.formula, base.label, base.source, base.clause),)
    if base.peg is None:
        return ()
    peg = base.peg
    found = next((one for one in series if one.name == peg.series), None)
    if found is None:
        return ()
    citation = Citation(source=base.source, clause=base.clause)
    figure = Definition(
        name="base_figure",
        path="base.peg",
        unit=Unit.FEN,
        quantity=PegLeaf(
            series=found.series,
            name=found.name,
            lag_years=peg.lag_years,
            rebased=peg.rebased,
            until_published=peg.until_published,
            after_publication=peg.after_publication,
            path="base.peg",
        ),
        label=found.label,
        citation=citation,
    )
    multiplier = Definition(
        name="base_multiplier",
        path="base.peg.multiplier",
        unit=Unit.TIMES,
        quantity=Number(cell=peg.multiplier),
        label=Label(zh="上浮（下浮）系数", en="multiplier"),
        citation=citation,
    )
    product = Definition(
        name="base",
        path="base",
        unit=Unit.FEN,
        quantity=Product(factors=("base_figure", "base_multiplier")),
        label=base.label,
        citation=citation,
        rounding=base.rounded,
    )
    return (figure, multiplier, product)
