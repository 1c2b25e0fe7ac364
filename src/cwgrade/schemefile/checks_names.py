"""The names that formulas use: each is defined, none leads back to itself, tables look up what has a closed list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cwgrade.quantities import DAY, Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.domains import SECTION_OF_NAME, printed_names, usable_names
from cwgrade.schemefile.problems import At, Path, Problem, names_in, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.uses import Use, path_of, shown_name, uses_of

__all__ = ["check_names"]

_LONGEST_CHAIN: Final = 40
"""Definitions that rest on each other: no document comes near it, and the reasoner goes down them one by one."""


def check_names(version: SchemeVersion) -> Iterator[Problem]:
    """Check every name that a formula uses."""
    for use in uses_of(version):
        yield from _use(version, use)
    yield from _chains(version)


def _use(version: SchemeVersion, use: Use) -> Iterator[Problem]:
    form, name = version.normal_form, use.name
    looked_up = use.looked_up
    if name in usable_names(version, looked_up=looked_up):
        return
    if name == DAY:
        yield problem("day-not-here", use.path, value=name)
        return
    definition = form.get(name)
    section = SECTION_OF_NAME.get(name)
    if definition is None and section is not None:
        yield problem("name-needs-section", use.path, (section,), value=name, section=section)
        return
    accepted = usable_names(version, looked_up=looked_up)
    usable = {*usable_names(version, looked_up=True), *usable_names(version, looked_up=False)}
    listed = [one for one in accepted if one != name and _fits(version, use, one)]
    printed: dict[str, str] = {}
    if definition is None:
        # a component or credit without the name of its section
        printed = {one.partition(".")[2]: one for one in listed if "." in one}
        printed |= printed_names(version)
    facts = {"value": name, **offer(name, listed, printed)}
    if "near" not in facts and {"highest", "lowest"} & set(use.path):
        # what is compared may be numbers or values of facts
        facts |= {"near": offer(name, usable - {name}).get("near")}
    if definition is None or name not in usable:
        yield problem("unknown-name", use.path, *_holders(name), **facts)
        return
    where = path_of(definition)
    if definition.unit is Unit.OPEN:
        # nothing is known of it; its own fault is told
        return
    if looked_up:
        code = "not-a-value-name" if use.in_cell else "not-a-table-key"
        yield problem(code, use.path, where, **facts)
    else:
        yield problem("not-a-number-name", use.path, where, **facts)


def _fits(version: SchemeVersion, use: Use, name: str) -> bool:
    """Tell whether a name may stand there: where money is needed, an amount, and no share of what is split."""
    shares = {f"pay.{component}" for split in version.split for component, _ in split.shares}
    if use.path[0] == "split" and name in shares:
        return False
    return not use.money or version.normal_form[name].unit in (Unit.FEN, Unit.OPEN)


def _holders(name: str) -> tuple[Path, ...]:
    holder, dot, _ = name.partition(".")
    return (names_in(holder if dot else "quantities"), names_in("facts"))


# --- circles ---------------------------------------------------------------------------------------------------------


def _chains(version: SchemeVersion) -> Iterator[Problem]:
    """Follow every chain of names: one that comes back to itself is told whole, and so is one without an end."""
    form = version.normal_form
    depth: dict[str, int] = {}
    for start in form.names:
        trail: list[str] = []
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            name, done = waiting.pop()
            if done:
                trail.pop()
                below = [depth.get(one, 0) for one in form[name].needs()]
                depth[name] = 1 + max(below, default=0)
                if depth[name] == _LONGEST_CHAIN + 1:
                    facts = {"value": shown_name(form[name]), "most": _LONGEST_CHAIN}
                    yield problem("chain-too-long", path_of(form[name]), **facts)
            elif name in trail:
                yield _circle(version, trail[trail.index(name) :])
            elif name not in depth:
                trail.append(name)
                waiting.append((name, True))
                waiting += [(one, False) for one in form[name].needs() if one in form.names]


def _circle(version: SchemeVersion, names: list[str]) -> Problem:
    form = version.normal_form
    places = [At(path_of(form[name]), shown_name(form[name])) for name in names]
    told = [
        one for one, before in zip(places, [places[-1], *places], strict=False) if one != before
    ]
    told = told or places[:1]
    first = told.index(min(told, key=lambda place: place.name))
    ring = [*told[first:], *told[:first]]
    return Problem("circle", ring[0].path, {"chain": [*ring, ring[0]]}, spoils=True)
