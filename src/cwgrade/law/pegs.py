"""`[base]`, `[pegs]` and `[series]`: amounts that are stated in yuan or tied to a published statistic."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, Literal

import attrs

from cwgrade.dates import AnnualDay
from cwgrade.gaps import Cell, Gap, Missing, Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.formulas import Formula, define
from cwgrade.money import Rounding
from cwgrade.published import PublishedFigure, figures_of, refusals_of
from cwgrade.quantities import Definition, Highest, Number, PegLeaf, Product, Quantity, Unit
from cwgrade.series import AfterPublication, ReferenceSeries
from cwgrade.sources import Citation, Label

__all__ = ["Base", "NamedPeg", "NamedSeries", "Peg", "lower_base", "lower_peg", "pegs_in"]

_TWELFTH: Final = Fraction(1, 12)


@attrs.frozen(kw_only=True)
class NamedSeries:
    """`[series.NAME]`: a statistic with the figures that the scheme's sources print, or with the packaged ones.

    Attributes:
        name: Its name in the scheme.
        label: Its printed name.
        series: Measure, region, unit and the figures that the file lists.
        published: Whether the file asks for the packaged figures instead.
    """

    name: str
    label: Label
    series: ReferenceSeries
    published: bool = False
    # the underscore keeps it out of the digest: figures are told by the derivation that used them
    _attached: tuple[PublishedFigure, ...] = ()

    @property
    def attached(self) -> tuple[PublishedFigure, ...]:
        """The published figures of the region that were attached to the scheme."""
        return self._attached

    @property
    def on_file(self) -> ReferenceSeries:
        """The statistic with every figure that pay may rest on; a figure that the file lists comes first."""
        own = {figure.year for figure in self.series.figures}
        found = figures_of(self._attached, self.series.measure, self.series.unit)
        more = tuple(figure for figure in found if figure.year not in own)
        return attrs.evolve(self.series, figures=(*self.series.figures, *more))

    @property
    def refused(self) -> tuple[tuple[int, Gap], ...]:
        """Why a year has no published figure that pay may rest on, where there is something instead."""
        path = f"series.{self.name}"
        return refusals_of(self._attached, self.series.measure, self.series.unit, path)


@attrs.frozen(kw_only=True)
class Peg:
    """The rule that ties an amount to a statistic.

    The figure is made a monthly one where the scheme says so, then multiplied, then rounded; the floor comes last.

    Attributes:
        series: The statistic's name.
        multiplier: The local factor, 1 where none is stated: a number, a gap, or another quantity.
        lag_years: How many years the statistic lies behind the year of the last re-basing.
        rebased: The day of the year on which the amount changes.
        every_years: How many years lie between two re-basings.
        first_year: The year of the first re-basing; needed where they are not yearly.
        never_lowered: Whether a figure below one that was used before leaves the amount as it was.
        not_below: The amount's floor, in fen, where one is stated.
        divided_by_12: Whether a yearly figure is made a monthly one: exactly, or rounded before anything else.
        until_published: Whether the older figure is paid until the right one is out.
        after_publication: What happens then to months paid on the older figure.
    """

    series: str
    multiplier: Cell = Fraction(1)
    lag_years: Stated[int]
    rebased: Stated[AnnualDay]
    every_years: Stated[int] = 1
    first_year: Stated[int] | None = None
    never_lowered: Stated[bool] = False
    not_below: Cell | None = None
    divided_by_12: Stated[Rounding | Literal["exact"]] | None = None
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
    rounded: Stated[Rounding] | None = None
    source: str
    clause: str = ""


@attrs.frozen(kw_only=True)
class NamedPeg:
    """`[pegs.NAME]`: one more amount tied to a statistic, used under its name.

    Attributes:
        name: Its name.
        label: Its printed name.
        peg: The peg.
        rounded: The rounding of the amount, where one is stated.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    peg: Peg
    rounded: Stated[Rounding] | None = None
    source: str
    clause: str = ""


def pegs_in(
    base: Base | None, pegs: tuple[NamedPeg, ...]
) -> tuple[tuple[tuple[str, ...], str, Peg], ...]:
    """Give every peg of a scheme: the path of its section, the name of its amount, and the peg."""
    of_base = () if base is None or base.peg is None else ((("base",), "base", base.peg),)
    return (*of_base, *((("pegs", one.name), one.name, one.peg) for one in pegs))


def lower_base(
    base: Base, series: tuple[NamedSeries, ...], from_day: date
) -> tuple[Definition, ...]:
    """Give the definitions of the base; a series that is not in the file was refused before."""
    if base.formula is not None:
        return (define("base", "base", base.formula, base.label, base.source, base.clause),)
    if base.peg is None:
        return ()
    return _lower("base", "base", base, base.peg, series, from_day)


def lower_peg(
    peg: NamedPeg, series: tuple[NamedSeries, ...], from_day: date
) -> tuple[Definition, ...]:
    """Give the definitions of a named peg; a series that is not in the file was refused before.

    Args:
        peg: The peg.
        series: The scheme's series.
        from_day: The scheme's first day in force, as far as it is known.
    """
    return _lower(peg.name, f"pegs.{peg.name}", peg, peg.peg, series, from_day)


def _lower(
    name: str,
    path: str,
    stated: Base | NamedPeg,
    peg: Peg,
    series: tuple[NamedSeries, ...],
    from_day: date,
) -> tuple[Definition, ...]:
    found = next((one for one in series if one.name == peg.series), None)
    if found is None:
        return ()
    citation = Citation(source=stated.source, clause=stated.clause)

    def part(
        own: str,
        key: str,
        quantity: Quantity,
        label: Label,
        *,
        unit: Unit = Unit.FEN,
        rounding: Stated[Rounding] | None = None,
    ) -> Definition:
        return Definition(
            name=own,
            path=f"{path}{key}",
            unit=unit,
            quantity=quantity,
            label=label,
            citation=citation,
            rounding=rounding,
        )

    parts = [
        part(f"{path}.figure", ".peg", _leaf(f"{path}.peg", peg, found, from_day), found.label)
    ]
    if peg.divided_by_12 is not None:
        month = Product(factors=(f"{path}.figure", f"{path}.twelfth"))
        rounding = peg.divided_by_12 if isinstance(peg.divided_by_12, Rounding) else None
        where = ".peg.divided_by_12"
        # whether it is divided at all, and rounded then, is one thing that the source may leave out
        twelfth = peg.divided_by_12 if isinstance(peg.divided_by_12, Missing) else _TWELFTH
        parts += [
            part(f"{path}.twelfth", where, Number(cell=twelfth), _BY_TWELVE, unit=Unit.TIMES),
            part(f"{path}.month", where, month, _A_MONTH, rounding=rounding),
        ]
    times = Number(cell=peg.multiplier)
    product = Product(factors=(parts[-1].name, f"{path}.multiplier"))
    parts.append(part(f"{path}.multiplier", ".peg.multiplier", times, _MULTIPLIER, unit=Unit.TIMES))
    if peg.not_below is None:
        return (*parts, part(name, "", product, stated.label, rounding=stated.rounded))
    computed, floor = f"{path}.computed", f"{path}.floor"
    return (
        *parts,
        part(computed, "", product, stated.label, rounding=stated.rounded),
        part(floor, ".peg.not_below_yuan", Number(cell=peg.not_below), _FLOOR),
        part(name, "", Highest(of=(computed, floor)), stated.label),
    )


_BY_TWELVE: Final = Label(zh="除以12", en="one twelfth")
_A_MONTH: Final = Label(zh="月平均", en="a month")
_MULTIPLIER: Final = Label(zh="上浮（下浮）系数", en="multiplier")
_FLOOR: Final = Label(zh="下限", en="floor")


def _leaf(path: str, peg: Peg, found: NamedSeries, from_day: date) -> PegLeaf:
    return PegLeaf(
        series=found.on_file,
        name=found.name,
        refused=found.refused,
        lag_years=peg.lag_years,
        rebased=peg.rebased,
        every_years=peg.every_years,
        first_year=peg.first_year,
        never_lowered=peg.never_lowered,
        in_force_from=from_day,
        until_published=peg.until_published,
        after_publication=peg.after_publication,
        path=path,
    )
