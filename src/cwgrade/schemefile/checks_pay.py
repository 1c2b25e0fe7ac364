"""Pay: what each component is, what is split, the base and its series, probation, absence, proration and rounding."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from cwgrade.decimals import decimal_text
from cwgrade.gaps import Missing
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.pay import (
    RHYTHM_OF,
    TIMES_A_YEAR,
    Accrual,
    Component,
    Parts,
    ProrationRule,
    Rhythm,
    Split,
)
from cwgrade.law.pegs import Peg, pegs_in
from cwgrade.law.transition import Protection
from cwgrade.money import FEN_PER_YUAN
from cwgrade.quantities import Definition, Number, Product, Steps, Table, Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.problems import At, Path, Problem, names_in, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.uses import places_below
from cwgrade.series import SeriesUnit

__all__ = ["check_pay"]

_YEAR: Final = 12
_MONTHS_DO_NOT_FIT: Final = {1: "paid-in-one", 2: "paid-in-two", 4: "paid-in-four"}


def check_pay(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[pay]` and every section beside it."""
    yield from _base(version)
    if not version.pay:
        yield Problem("no-components", ("pay",), spoils=True)
    yield from _splits(version)
    yield from _shares_by_component(version)
    for component in version.pay:
        yield from _component(version, component)
        yield from _rhythm_of_supplied(component)
        yield from _rhythm(component)
        yield from _months_due(component)
    proration = version.proration
    day: Path = ("proration", "day")
    if proration.rule is ProrationRule.STATE_ON_DAY and proration.day is None:
        yield problem("day-needed", ("proration",), day)
    if proration.rule is not ProrationRule.STATE_ON_DAY and isinstance(proration.day, int):
        yield problem("day-unused", day, ("proration", "rule"), value=proration.day)


# --- components ------------------------------------------------------------------------------------------------------


def _component(version: SchemeVersion, component: Component) -> Iterator[Problem]:
    path, split = ("pay", component.name), ("split",)
    stated = component.formula is not None
    shares = [name for one in version.split for name, _ in one.shares].count(component.name)
    if component.supplied:
        if stated or shares or component.protects:
            yield problem("supplied-and-computed", path, split)
        yield from _supplied_factors(version, component)
        return
    for key, given in (
        ("at_most_yuan", component.at_most_fen is not None),
        ("needs_document", component.needs_document),
    ):
        if given:
            yield problem("only-supplied", (*path, key), (*path, "supplied"), value=key)
    if component.protects:
        during = version.probation
        probation = during is not None and component.name in dict(during.times_by_component)
        if stated or component.factors or shares or probation:
            yield problem("protects-and-computed", path, split, ("probation",))
        yield from _protecting(version, component)
        return
    if not stated and not shares:
        yield problem("no-amount", path, split)
    elif stated and shares:
        yield problem("amount-twice", path, split)
    elif shares and component.accrues_per is Accrual.ONCE:
        yield problem("once-of-a-split", path, split)
    elif shares <= 1:
        yield from _amount(version, component)


def _supplied_factors(version: SchemeVersion, component: Component) -> Iterator[Problem]:
    """Check that what a supplied amount is multiplied by is no money, and that the product can be paid in whole fen."""
    path, form = ("pay", component.name), version.normal_form
    factors = [form[name] for name in component.factors if name in form.names]
    below = tuple(place for one in factors for place in places_below(version, one.name))
    money = [one.name for one in factors if one.unit is Unit.FEN]
    if money:
        yield problem("two-moneys", path, *below, value=[component.name, *money])
    rounds = component.rounded is not None or version.rounding.component is not NOT_STATED
    if not rounds and not all(_whole(version, one) for one in factors):
        yield problem("rounding-needed", path, ("rounding",), *below)


def _protecting(version: SchemeVersion, component: Component) -> Iterator[Problem]:
    """Check what is kept of the pay under an earlier scheme: one component, by the month, which a rule asks for."""
    path: Path = ("pay", component.name)
    protection: Path = ("transition", "protection")
    transition = version.transition
    if transition is None or transition.protection is Protection.NONE:
        accepted = [str(one) for one in Protection if one is not Protection.NONE]
        yield problem("protects-nothing", path, ("transition",), protection, accepted=accepted)
    if component.accrues_per is not Accrual.MONTH or component.paid is not Rhythm.MONTHLY:
        yield problem("protects-by-the-month", path, (*path, "accrues_per"), (*path, "paid"))
    first = next(one.name for one in version.pay if one.protects)
    if component.name != first:
        yield problem("protects-twice", path, ("pay", first), value=first)


def _amount(version: SchemeVersion, component: Component) -> Iterator[Problem]:
    """Check that a component is one amount of money, and that it can be paid in whole fen."""
    path, form = ("pay", component.name), version.normal_form
    definition = form[f"pay.{component.name}"]
    units = {name: form[name].unit for name in definition.needs() if name in form.names}
    rests_on = (("split",), *places_below(version, definition.name))
    if isinstance(definition.quantity, Product) and definition.name not in _own_products(version):
        if Unit.OPEN in units.values() or set(definition.needs()) - units.keys():
            return
        money = [_told(name) for name, unit in units.items() if unit is Unit.FEN]
        if len(money) > 1:
            yield problem("two-moneys", path, *rests_on, value=money)
        if not money:
            yield problem("pay-not-money", path, *rests_on, value=_unit_of(definition, units))
    elif definition.unit not in (Unit.FEN, Unit.OPEN):
        yield problem("pay-not-money", path, *rests_on, value=_unit_of(definition, units))
    rounds = component.rounded is not None or version.rounding.component is not NOT_STATED
    if not rounds and not _whole(version, definition):
        yield problem("rounding-needed", path, ("rounding",), ("split",))


def _own_products(version: SchemeVersion) -> set[str]:
    """Give the components whose own formula is a product; its factors are checked with the formula."""
    return {
        f"pay.{one.name}"
        for one in version.pay
        if one.formula is not None
        and isinstance(one.formula.form, Product)
        and f"pay.{one.name}.full" not in version.normal_form.names
    }


def _told(name: str) -> str:
    return name.removesuffix(".full")


def _unit_of(definition: Definition, units: dict[str, Unit]) -> str:
    unit = definition.unit
    if unit is Unit.FEN and units:
        unit = next(iter(units.values()))
    return KEY_OF_UNIT.get(unit, str(unit))


def _whole(version: SchemeVersion, definition: Definition, seen: tuple[str, ...] = ()) -> bool:
    """Tell whether an amount is in whole fen whatever the facts are, so that no rounding needs to be stated for it."""
    if definition.rounding is not None or definition.unit is Unit.OPEN or definition.name in seen:
        return True
    match definition.quantity:
        case Product():
            return False
        case (
            Table(cells=listed, otherwise=otherwise)
            | Number(instead_of=Table(cells=listed, otherwise=otherwise))
        ):
            cells: tuple[object, ...] = (*(cell for _, cell in listed), otherwise)
        case Steps(cells=listed_) | Number(instead_of=Steps(cells=listed_)):
            cells = listed_
        case Number(cell=cell):
            cells = (cell,)
        case _:
            cells = ()
    if any(isinstance(cell, Fraction) and cell.denominator != 1 for cell in cells):
        return False
    form = version.normal_form
    needed = [form[name] for name in definition.needs() if name in form.names]
    seen = (*seen, definition.name)
    return all(_whole(version, one, seen) for one in needed if one.unit is Unit.FEN)


def _rhythm_of_supplied(component: Component) -> Iterator[Problem]:
    path: Path = ("pay", component.name)
    if component.supplied:
        # the office enters it for the month in which it is paid, so that nothing would come of these
        stated = {
            "accrues_per": RHYTHM_OF.get(component.accrues_per) in TIMES_A_YEAR,
            "paid": component.paid in TIMES_A_YEAR or isinstance(component.paid, Missing),
            "paid_in": component.paid_in != (),
        }
        for key in (key for key, given in stated.items() if given):
            yield problem("supplied-by-the-month", (*path, key), (*path, "supplied"), value=key)


def _rhythm(component: Component) -> Iterator[Problem]:
    path: Path = ("pay", component.name)
    if len(component.rhythms) > 1:
        # the source leaves open when it is paid out, and the month with it
        return
    accrues, (paid,) = component.accrues_per, component.rhythms
    once = accrues is Accrual.ONCE and not component.supplied
    if component.on_upgrade is not NOT_STATED and not once:
        yield problem("only-once", (*path, "on_upgrade"), (*path, "accrues_per"))
    if component.reckoned_on is not NOT_STATED and not component.is_for_a_period:
        yield problem("only-for-a-period", (*path, "reckoned_on"), (*path, "accrues_per"))
    if component.supplied:
        return
    if once is not (paid is Rhythm.ONCE):
        facts = {"accrues": str(accrues), "paid": str(paid)}
        yield problem("once-and-once", path, (*path, "accrues_per"), (*path, "paid"), **facts)
        return
    expected = RHYTHM_OF.get(accrues)
    if expected is not None and paid is not expected:
        facts = {"accrues": str(accrues), "paid": str(paid), "needed": str(expected)}
        yield problem("rhythm-differs", path, (*path, "accrues_per"), (*path, "paid"), **facts)
        return
    months = component.paid_in
    if paid in (Rhythm.MONTHLY, Rhythm.ONCE):
        if months != ():
            code = "paid-in-once" if paid is Rhythm.ONCE else "paid-in-monthly"
            yield problem(code, (*path, "paid_in"), (*path, "paid"))
    elif months == ():
        yield problem("paid-in-needed", path, (*path, "paid_in"), value=str(paid))
    elif isinstance(months, tuple):
        count = TIMES_A_YEAR[paid]
        # each month pays for the period that has ended last, and no period is paid twice
        ended = {month // (_YEAR // count) % count for month in months}
        if len(months) != count or len(ended) != count:
            where = (*path, "paid_in")
            yield problem(_MONTHS_DO_NOT_FIT[count], where, (*path, "paid"), value=list(months))


def _months_due(component: Component) -> Iterator[Problem]:
    """Check what is said of the months of an amount: it accrues by the month, and no payment cuts a season in two."""
    path: Path = ("pay", component.name)
    by_month = component.is_quantity and component.accrues_per is Accrual.MONTH
    stated = {"due_in": component.due_in != (), "prorated": component.prorated is not True}
    for key, given in stated.items():
        if given and not by_month:
            yield problem("only-by-the-month", (*path, key), (*path, "accrues_per"), value=key)
    due, paid_in = component.due_in, component.paid_in
    if not by_month or isinstance(due, Missing) or isinstance(paid_in, Missing):
        return
    for month in paid_in if component.rhythms == (Rhythm.YEARLY,) else ():
        if {month, month % _YEAR + 1} <= {*due}:
            yield problem("due-in-cut", (*path, "paid_in"), (*path, "due_in"), value=month)


# --- split, probation, absence ---------------------------------------------------------------------------------------


def _splits(version: SchemeVersion) -> Iterator[Problem]:
    form = version.normal_form
    seen: dict[str, Path] = {}
    for place, split in enumerate(version.split):
        path: Path = ("split", place)
        of = form.get(split.of)
        if of is not None and of.unit not in (Unit.FEN, Unit.OPEN):
            facts = {"value": split.of, "unit": KEY_OF_UNIT.get(of.unit, str(of.unit))}
            below = tuple(places_below(version, of.name))
            yield Problem("split-not-money", (*path, "of"), facts, below, spoils=True)
        stated = [share for _, share in split.shares if not isinstance(share, Missing)]
        whole = len(stated) == len(split.shares)
        total = sum(stated)
        if (total != 1) if whole else (total > 1):
            shares = (*path, "shares")
            yield problem("shares-not-whole", shares, value=decimal_text(Fraction(total)))
        yield from _parts(version, split, path)
        for name, _ in split.shares:
            where = (*path, "shares", name)
            if name in seen:
                first = {"value": name, "first": At(seen[name])}
                yield Problem("in-two-splits", where, first, spoils=True)
            seen.setdefault(name, where)
            yield from _known_component(version, name, where)


def _parts(version: SchemeVersion, split: Split, path: Path) -> Iterator[Problem]:
    """Check that parts which are rounded together are of one period and one unit."""
    named = [version.component(name) for name, _ in split.shares]
    parts = [one for one in named if one is not None]
    alike = {(one.period, one.rounded or version.rounding.component) for one in parts}
    if split.parts is Parts.LARGEST_REMAINDER and len(alike) > 1:
        own = tuple(("pay", one.name) for one in parts)
        names = [one.name for one in parts]
        yield problem("parts-not-alike", (*path, "parts"), *own, ("rounding",), value=names)


def _shares_by_component(version: SchemeVersion) -> Iterator[Problem]:
    if version.probation is not None:
        for name, _ in version.probation.times_by_component:
            yield from _known_component(version, name, ("probation", "times", name))
    for absence in version.absences:
        for name, _ in absence.pay_by_component:
            yield from _known_component(version, name, ("absences", absence.kind, "pay", name))


def _known_component(version: SchemeVersion, name: str, path: Path) -> Iterator[Problem]:
    computed = [one.name for one in version.pay if not one.supplied]
    if name in computed:
        return
    if version.component(name) is not None:
        yield problem("component-supplied", path, ("pay", name), value=name)
    else:
        printed = {one.label.zh: one.name for one in version.pay}
        facts = {"value": name, **offer(name, computed, printed)}
        yield Problem("unknown-component-here", path, facts, (names_in("pay"),), spoils=True)


# --- the base and its series -----------------------------------------------------------------------------------------


def _base(version: SchemeVersion) -> Iterator[Problem]:
    base, form = version.base, version.normal_form
    if base is not None and base.formula is None and base.peg is None:
        yield Problem("base-without-amount", ("base",), spoils=True)
    if base is not None and base.formula is not None:
        unit = form["base"].unit
        if unit not in (Unit.FEN, Unit.OPEN):
            facts = {"value": KEY_OF_UNIT.get(unit, str(unit))}
            yield Problem("base-not-money", ("base",), facts, spoils=True)
    for section, _, peg in pegs_in(base, version.pegs):
        yield from _peg(version, (*section, "peg"), peg)
    for one in version.series:
        seen: dict[int, Path] = {}
        for place, figure in enumerate(one.series.figures):
            where: Path = ("series", one.name, "figures", place)
            if figure.fen <= 0:
                yield problem("not-positive", (*where, "yuan"), value=figure.fen)
            if figure.year in seen:
                first = At(seen[figure.year])
                yield problem(
                    "figure-twice", where, (*where, "year"), value=figure.year, first=first
                )
            seen.setdefault(figure.year, where)


def _peg(version: SchemeVersion, path: Path, peg: Peg) -> Iterator[Problem]:
    series = next((one for one in version.series if one.name == peg.series), None)
    if series is None:
        names = [one.name for one in version.series]
        facts = {"value": peg.series, **offer(peg.series, names)}
        where: Path = (*path, "series")
        yield Problem("unknown-series", where, facts, (names_in("series"),), spoils=True)
    elif peg.divided_by_12 is not None and series.series.unit is not SeriesUnit.YEAR:
        unit: Path = ("series", series.name, "unit")
        yield problem("month-divided", (*path, "divided_by_12"), unit, value=series.name)
    for key, cell in (("times", peg.multiplier), ("yuan", peg.not_below)):
        if isinstance(cell, Fraction) and cell <= 0:
            shown = cell / FEN_PER_YUAN if key == "yuan" else cell
            yield problem("not-positive", (*path, key), value=shown)
    if peg.every_years != 1 and peg.first_year is None:
        facts = {"value": peg.every_years}
        yield problem("first-year-needed", path, (*path, "first_year"), **facts)
