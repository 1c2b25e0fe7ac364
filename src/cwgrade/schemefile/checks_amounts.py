"""The values of formulas: units that fit together, and tables with a cell for every case and no other."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Generator, Iterator
from typing import Final

from cwgrade.gaps import Reference
from cwgrade.numerals import rung_in
from cwgrade.quantities import Add, Highest, Lowest, NormalForm, Product, Table, Unit, values_of
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.domains import Domain, can_meet, domain_of, printed_values
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.problems import Path, Problem, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.uses import Stated, cells_of, formulas_of, places_below
from cwgrade.worker import NATIONAL_FACTS

__all__ = ["check_amounts"]

_SHOWN: Final = 8
_MOST_CASES: Final = 5_000


def check_amounts(version: SchemeVersion) -> Iterator[Problem]:
    """Check units, cells and tables of every formula."""
    for stated in formulas_of(version):
        yield from _units(version, stated)
        yield from _cells(version, stated)
        if isinstance(stated.formula.form, Table):
            yield from _table(version, stated, stated.formula.form)


def _ordered(form: NormalForm, name: str) -> bool:
    """Tell whether the values that a highest or lowest compares have one order; nothing is known of an empty list."""
    quantity = form[name].quantity
    compared = values_of(form.by_name, name)
    return not (isinstance(quantity, Highest | Lowest) and compared and not quantity.order)


def _unit_word(form: NormalForm, name: str) -> str:
    unit = form[name].unit
    return f"{name} ({KEY_OF_UNIT.get(unit, str(unit))})"


def _units(version: SchemeVersion, stated: Stated) -> Iterator[Problem]:
    form, path, formula = version.normal_form, stated.path, stated.formula
    unit = _unit(form, stated.name)
    below = tuple(where for where in places_below(version, stated.name) if where != path)
    match formula.form:
        case Product(factors=names):
            money = [name for name in names if _unit(form, name) is Unit.FEN]
            if len(money) > 1:
                yield problem("two-moneys", (*path, "product"), *below, value=money)
        case Add(parts=names) | Highest(of=names) | Lowest(of=names):
            known = [name for name in names if _unit(form, name) is not Unit.OPEN]
            if isinstance(formula.form, Add):
                # a value of a fact is no number at all, which is told where its name stands
                known = [name for name in known if _unit(form, name) is not Unit.VALUE]
            if len({_unit(form, name) for name in known}) > 1:
                told = [_unit_word(form, name) for name in names if name in form.names]
                yield problem("units-differ", path, *below, value=told)
            elif unit is Unit.VALUE and not _ordered(form, stated.name):
                yield problem("values-not-ordered", path, *below, value=list(names))
        case _:
            pass
    if formula.rounded is not None and unit not in (Unit.FEN, Unit.OPEN):
        word = KEY_OF_UNIT.get(unit, str(unit))
        yield problem("rounding-not-money", (*path, "rounded"), path, *below, value=word)


def _unit(form: NormalForm, name: str) -> Unit:
    definition = form.get(name)
    return definition.unit if definition is not None else Unit.OPEN


def _cells(version: SchemeVersion, stated: Stated) -> Iterator[Problem]:
    form, own = version.normal_form, stated.formula.unit
    if own is None:
        return
    posts = tuple(post.id for post in version.posts)
    lists = [posts, *NATIONAL_FACTS.values(), *(one.values for one in version.facts)]
    for path, cell in cells_of(stated.path, stated.formula):
        if isinstance(cell, Reference):
            unit = _unit(form, cell.quantity)
            fits = unit in (own, Unit.OPEN, Unit.VALUE) or (
                unit is Unit.SHARE and own is Unit.TIMES
            )
            if own is not Unit.VALUE and not fits:
                facts = {"value": _unit_word(form, cell.quantity), "unit": KEY_OF_UNIT[own]}
                below = places_below(version, cell.quantity)
                yield problem("cell-unit", (*path, "quantity"), *below, **facts)
        elif isinstance(cell, str) and not any(cell in one for one in lists):
            facts = {"value": cell, **offer(cell, [value for one in lists for value in one])}
            yield problem("value-of-no-fact", path, ("facts",), ("posts", ""), **facts)


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(version: SchemeVersion, stated: Stated, table: Table) -> Iterator[Problem]:
    """Check that a table has a cell for every combination of its keys and for no other."""
    path: Path = (*stated.path, KEY_OF_UNIT[stated.formula.unit or Unit.OPEN])
    found = [domain_of(version, name) for name in table.by]
    domains = [one for one in found if one is not None]
    if not domains or len(domains) < len(found):
        return
    rests_on = [path for one in domains for path in one.rests_on]
    meant = yield from _strangers(version, path, table, domains)
    count = math.prod(len(one.needed) for one in domains)
    if count > _MOST_CASES and table.otherwise is None:
        facts = {"count": count, "most": _MOST_CASES, "by": list(table.by)}
        yield problem("too-many-cases", (*stated.path, "by"), *rests_on, **facts)
    elif table.otherwise is None:
        listed = {tuple(meant.get(key, key) for key in keys) for keys, _ in table.cells}
        needed = itertools.product(*(one.needed for one in domains))
        absent = [
            keys
            for keys in needed
            if keys not in listed and can_meet(version, dict(zip(table.by, keys, strict=True)))
        ]
        if absent:
            yield from _absent(version, path, table.by, domains, absent)


def _absent(
    version: SchemeVersion,
    path: Path,
    by: tuple[str, ...],
    domains: list[Domain],
    absent: list[tuple[str, ...]],
) -> Iterator[Problem]:
    """Tell the cases without a cell: a row or column that is missing as a whole is told by its heading."""
    rests_on = [path for one in domains for path in one.rests_on]
    whole: list[str] = []
    for place, domain in enumerate(domains if len(by) > 1 else []):
        left = Counter(keys[place] for keys in absent)
        for key in domain.needed:
            others = (one.needed if at != place else (key,) for at, one in enumerate(domains))
            needed = sum(
                can_meet(version, dict(zip(by, keys, strict=True)))
                for keys in itertools.product(*others)
            )
            if 1 < needed == left[key]:
                whole.append(f"{by[place]} {key}")
                absent = [keys for keys in absent if keys[place] != key]
    for code, cases in (
        ("rows-missing", whole),
        ("cells-missing", [" / ".join(keys) for keys in absent]),
    ):
        if cases:
            told = [*cases[:_SHOWN], "…"] if len(cases) > _SHOWN else cases
            yield problem(code, path, *rests_on, value=told, count=len(cases), by=list(by))


def _strangers(
    version: SchemeVersion, path: Path, table: Table, domains: list[Domain]
) -> Generator[Problem, None, dict[str, str]]:
    """Refuse keys that are no values, and give those that they seem to be meant for."""
    meant: dict[str, str] = {}
    for place, (name, domain) in enumerate(zip(table.by, domains, strict=True)):
        written = dict.fromkeys(keys[: place + 1] for keys, _ in table.cells)
        strange = {where: where[-1] for where in written if where[-1] not in domain.accepted}
        printed = printed_values(version, name)
        if name in ("grade", "step"):
            rungs = {key: str(rung_in(key)) for key in strange.values()}
            printed = {key: rung for key, rung in rungs.items() if rung in domain.accepted}
        offers = {key: offer(key, domain.accepted, printed) for key in strange.values()}
        meant |= {key: facts["near"] for key, facts in offers.items() if "near" in facts}
        known = [key for key in offers if key in meant]
        if len(known) > 1:
            # most often the headings of the document: one sentence for all of them
            mend = [f"{key} → {meant[key]}" for key in known]
            facts = {"mend": mend, "by": name}
            where = next(where for where, key in strange.items() if key in meant)
            yield problem("unknown-table-keys", (*path, *where), *domain.rests_on, **facts)
        for where, key in strange.items():
            if len(known) < 2 or key not in meant:  # noqa: PLR2004 -- more than one, told above
                told = {**offers[key], "value": key, "by": name}
                code = "unknown-table-key" if key.strip() else "empty-table-key"
                at = where if key.strip() else where[:-1]
                yield problem(code, (*path, *at), *domain.rests_on, **told)
    return meant
