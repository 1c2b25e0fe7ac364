"""The normal form: named quantities over a few primitives, and what each primitive means at one instant.

Every section of a scheme lowers to these. Timing stands on leaves only (`FactLeaf`, `ServiceLeaf`, `LadderLeaf`,
`PegLeaf` …); everything else is a pure function of values at one instant. The reasoner reads nothing but these
definitions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from cwgrade.dates import AnnualDay, Reckoning, Takes
from cwgrade.gaps import Cell, Gap, Missing, Reference, Stated
from cwgrade.ladder import Boundary, EarlyRise, RatingEffect
from cwgrade.money import Rounding
from cwgrade.reasons import Step, StepValue
from cwgrade.series import AfterPublication, ReferenceSeries
from cwgrade.service import Convention, GapsRule, Within
from cwgrade.sources import Citation, Label

__all__ = [
    "Add",
    "Clamp",
    "Definition",
    "Exact",
    "FactLeaf",
    "Highest",
    "LadderLeaf",
    "Lowest",
    "NormalForm",
    "Number",
    "PegLeaf",
    "PostLeaf",
    "ProbationLeaf",
    "Product",
    "Quantity",
    "RatingLeaf",
    "ServiceLeaf",
    "StatedEffect",
    "StatedKind",
    "StatedService",
    "Steps",
    "Table",
    "Unit",
    "as_number",
    "clamp",
    "combine_values",
    "gap_of",
    "position",
    "tidy",
    "with_units",
]


class Unit(StrEnum):
    """What a quantity counts. Only `fen` is money."""

    FEN = "fen"
    TIMES = "times"
    SHARE = "share"
    GRADES = "grades"
    MONTHS = "months"
    YEARS = "years"
    POINTS = "points"
    VALUE = "value"
    OPEN = "open"
    """Follows from the parts: `with_units` finds it."""


@attrs.frozen(kw_only=True)
class Number:
    """One cell that never changes.

    Attributes:
        cell: The number, a gap, readings, or another quantity.
    """

    cell: Cell


@attrs.frozen(kw_only=True)
class Table:
    """A cell for every combination of keys.

    Attributes:
        by: Names of the facts or quantities that are looked up.
        cells: Keys in the order of `by`, and the cell.
        otherwise: The cell of every combination that is not listed.
    """

    by: tuple[str, ...]
    cells: tuple[tuple[tuple[str, ...], Cell], ...]
    otherwise: Cell | None = None

    def cell(self, keys: tuple[str, ...]) -> Cell | None:
        """Give the cell of a combination, `None` where there is none."""
        return next((cell for listed, cell in self.cells if listed == keys), self.otherwise)


@attrs.frozen(kw_only=True)
class Steps:
    """Cells in bands of a number.

    Attributes:
        of: The quantity whose bands these are.
        starts: Where each band begins, rising; below the first band the value is 0.
        cells: One cell for each band.
        boundary: Whether a band begins at its start or above it.
    """

    of: str
    starts: tuple[Fraction, ...]
    cells: tuple[Cell, ...]
    boundary: Boundary


@attrs.frozen(kw_only=True)
class Add:
    """A sum of quantities of one unit."""

    parts: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Product:
    """A product of named factors, at most one of them money."""

    factors: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Highest:
    """The highest of several quantities."""

    of: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Lowest:
    """The lowest of several quantities."""

    of: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Clamp:
    """A quantity brought into the range of the worker's post.

    Attributes:
        of: The quantity.
        ranges: Post, lowest and highest value.
    """

    of: str
    ranges: tuple[tuple[str, int, int], ...]


@attrs.frozen(kw_only=True)
class StatedEffect:
    """When a kind of fact takes effect, as far as the scheme says.

    Attributes:
        path: The section's path, `effect.qualification`.
        event: The event it counts from; empty where the fact has only one day.
        takes: The timing.
        annual_day: For `annual_day`.
        reckoned_from: For thresholds of service.
    """

    path: str
    event: Stated[str]
    takes: Stated[Takes]
    annual_day: AnnualDay | None
    reckoned_from: Stated[Reckoning]


@attrs.frozen(kw_only=True)
class FactLeaf:
    """A fact of the worker as of a day.

    Attributes:
        fact: The fact's name.
        values: Its closed list, lowest first.
        attained: Whether it is attained once and the highest counts; otherwise the latest holds.
        effect: When it takes effect.
    """

    fact: str
    values: tuple[str, ...]
    attained: bool
    effect: StatedEffect


@attrs.frozen(kw_only=True)
class PostLeaf:
    """The post held on the day, highest first where several are held."""


@attrs.frozen(kw_only=True)
class RatingLeaf:
    """The rating of the assessment year before, as far as it has taken effect.

    Attributes:
        scale: The scheme's scale.
        effect: When a rating takes effect.
    """

    scale: tuple[str, ...]
    effect: StatedEffect


@attrs.frozen(kw_only=True)
class ProbationLeaf:
    """Whether the worker is on probation: `yes` or `no`.

    Attributes:
        months: Its length from the first day of community service.
        path: The field's path.
    """

    months: Stated[int]
    path: str


@attrs.frozen(kw_only=True)
class StatedKind:
    """How one kind of service counts, as far as the scheme says.

    Attributes:
        kind: The kind.
        rate: Its share of a full month.
        within: Where it must be served.
        path: The field's path.
    """

    kind: str
    rate: Stated[Fraction]
    within: Stated[Within]
    path: str


@attrs.frozen(kw_only=True)
class StatedService:
    """The rule for creditable service, as far as the scheme says.

    Attributes:
        place: The scheme's region.
        kinds: The kinds of service named.
        other_kinds: The share of every kind that is not named.
        leaves: Kinds of absence, and whether the time counts.
        count_from: The day counting starts.
        gaps: What a gap does.
        convention: How months are counted.
        path: The section's path.
    """

    place: str
    kinds: tuple[StatedKind, ...]
    other_kinds: Stated[Fraction]
    leaves: tuple[tuple[str, Stated[bool]], ...]
    count_from: date | None
    gaps: Stated[GapsRule]
    convention: Stated[Convention]
    path: str


@attrs.frozen(kw_only=True)
class ServiceLeaf:
    """Months or full years of creditable service that have taken effect.

    Attributes:
        rule: How service is counted.
        effect: When it takes effect.
        unit: Months or years.
    """

    rule: StatedService
    effect: StatedEffect
    unit: Unit


@attrs.frozen(kw_only=True)
class LadderLeaf:
    """Rises less lowerings, as a process over years.

    Attributes:
        path: The ladder's path.
        waiting_months: Months for every rise, where one interval is stated.
        thresholds: Months for each rung above the first, where a list is stated.
        boundary: Which side of a threshold counts.
        effects: What each rating does to the ladder.
        early: The early rise.
        deemed: The quantity that gives deemed months, where there is one.
        service: How service is counted.
        service_effect: When service takes effect.
        rating_effect: When a rating takes effect.
        until_announced: How a year counts whose rating is not out.
        steps_of_post: Post, first grade and rises there is room for, where the cap applies at each rise.
        prior_start: What the source says of workers who served before `count_from`.
    """

    path: str
    waiting_months: Stated[int] | None
    thresholds: tuple[Stated[int], ...]
    boundary: Stated[Boundary]
    effects: tuple[tuple[str, RatingEffect], ...]
    early: EarlyRise | None
    deemed: str | None
    service: StatedService
    service_effect: StatedEffect
    rating_effect: StatedEffect | None
    until_announced: Stated[str] | None
    steps_of_post: tuple[tuple[str, int], ...]
    prior_start: Missing | None


@attrs.frozen(kw_only=True)
class PegLeaf:
    """The figure of a reference series that applies on a day.

    Attributes:
        series: The statistic.
        name: The series' name in the scheme.
        lag_years: How many years the statistic lies behind the last re-basing.
        rebased: The day of re-basing.
        until_published: Whether the older figure is paid until the right one is out.
        after_publication: What happens to months paid on the older figure.
        path: The section's path.
    """

    series: ReferenceSeries
    name: str
    lag_years: int
    rebased: AnnualDay
    until_published: Stated[bool]
    after_publication: Stated[AfterPublication]
    path: str


Quantity = (
    Number
    | Table
    | Steps
    | Add
    | Product
    | Highest
    | Lowest
    | Clamp
    | FactLeaf
    | PostLeaf
    | RatingLeaf
    | ProbationLeaf
    | ServiceLeaf
    | LadderLeaf
    | PegLeaf
)


@attrs.frozen(kw_only=True)
class Definition:
    """One named quantity.

    Attributes:
        name: Its name, unique in the scheme.
        path: Where it stands in the scheme file.
        unit: What it counts.
        quantity: How it is found.
        label: Its printed name.
        citation: Its source.
        rounding: The rounding of its result, where one is stated.
    """

    name: str
    path: str
    unit: Unit
    quantity: Quantity
    label: Label
    citation: Citation | None = None
    rounding: Rounding | None = None

    def needs(self) -> tuple[str, ...]:
        """Give the names of the quantities it reads."""
        match self.quantity:
            case Number(cell=cell):
                return _referred((cell,))
            case Table(by=by, cells=cells, otherwise=otherwise):
                return (*by, *_referred((*(cell for _, cell in cells), otherwise)))
            case Steps(of=of, cells=cells):
                return (of, *_referred(cells))
            case Add(parts=names) | Product(factors=names) | Highest(of=names) | Lowest(of=names):
                return names
            case Clamp(of=of):
                return (of, "post")
            case LadderLeaf(deemed=deemed):
                return (deemed,) if deemed else ()
            case _:
                return ()


def _referred(cells: Sequence[Cell | None]) -> tuple[str, ...]:
    return tuple(cell.quantity for cell in cells if isinstance(cell, Reference))


@attrs.frozen
class NormalForm:
    """All definitions of one version of a scheme.

    Attributes:
        definitions: In the order of the file's sections.
    """

    definitions: tuple[Definition, ...]
    _by_name: Mapping[str, Definition] = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(
            lambda self: {one.name: one for one in self.definitions}, takes_self=True
        ),
    )

    def get(self, name: str) -> Definition | None:
        """Give a definition by name, `None` where there is none."""
        return self._by_name.get(name)

    def __getitem__(self, name: str) -> Definition:
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in order."""
        return tuple(self._by_name)


def with_units(definitions: Sequence[Definition]) -> tuple[Definition, ...]:
    """Find the units that follow from parts: a product with money is money, a sum is what its parts are.

    A unit that cannot be found (a circle, an unknown name) stays open; the loader reports why.
    """
    units = {one.name: one.unit for one in definitions}
    parts = {one.name: one.needs() for one in definitions if one.unit is Unit.OPEN}
    products = {one.name for one in definitions if isinstance(one.quantity, Product)}
    for _ in parts:
        for name, needed in parts.items():
            found = [units.get(part, Unit.OPEN) for part in needed]
            if not found or (Unit.OPEN in found and Unit.FEN not in found):
                continue
            if name in products:
                units[name] = Unit.FEN if Unit.FEN in found else found[0]
            else:
                units[name] = found[0]
    return tuple(
        attrs.evolve(one, unit=units[one.name]) if one.name in parts else one for one in definitions
    )


Exact = int | Fraction
"""An exact number; whole ones are ints."""


def combine_values(parts: Sequence[Step], how: Callable[[list[Exact]], Exact]) -> StepValue:
    """Combine the results of steps, or give their gaps: a sum over a gap is not a sum.

    A gap times a known zero is still a gap: whether the source would have said so is not known.

    Args:
        parts: Steps with numbers.
        how: What to do with the numbers.
    """
    if any(isinstance(part.result, tuple) for part in parts):
        return tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
    return tidy(how([as_number(part.result) for part in parts]))


def as_number(value: StepValue) -> Exact:
    """Give a step's result as a number; the loader has checked that it is one."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        msg = f"not a number: {value!r}"
        raise TypeError(msg)
    return value


def tidy(number: Exact) -> Exact:
    """Give a whole number as an int."""
    return number.numerator if number.denominator == 1 else number


def position(number: Exact, starts: Sequence[Fraction], boundary: Boundary) -> int:
    """Give the place of the band that a number falls into; -1 below the first.

    Examples:
        >>> position(Fraction(10), (Fraction(5), Fraction(10)), Boundary.REACHED)
        1
        >>> position(Fraction(10), (Fraction(5), Fraction(10)), Boundary.EXCEEDED)
        0
    """
    place = -1
    for start in starts:
        if number > start or (number == start and boundary is Boundary.REACHED):
            place += 1
    return place


def clamp(number: Exact, low: int, high: int) -> Exact:
    """Bring a number into a range; what is above the top is not carried over.

    Examples:
        >>> clamp(14, 1, 12)
        12
    """
    return max(low, min(high, number))


def gap_of(cell: Missing, path: str) -> Gap:
    """Give a missing cell as a gap with its path."""
    return Gap(path=path, why=cell.why, zh=cell.zh)
