"""The closed list of values that a name can take where a table looks it up, and which names a file may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from cwgrade.gaps import Reference
from cwgrade.law.ladder import Ladder
from cwgrade.leaves import NONE, NOT_OUT
from cwgrade.quantities import (
    Clamp,
    Definition,
    FactLeaf,
    Number,
    PostLeaf,
    ProbationLeaf,
    RatingLeaf,
    Table,
    Unit,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.problems import Path, names_in
from cwgrade.worker import NATIONAL_FACTS

__all__ = ["OWN_NAMES", "SECTION_OF_NAME", "Domain", "can_meet", "domain_of", "usable_names"]

SECTION_OF_NAME: Final = {
    "service_months": "service",
    "service_years": "service",
    "grade": "ladder",
    "last_rating": "assessment",
    "base": "base",
    "on_probation": "probation",
}
"""Names that a section brings with it."""
_INSIDE: Final = (
    "base_figure",
    "base_multiplier",
    "deemed_months",
    "grade_uncapped",
    "rises",
    "starting_grade",
)
"""Steps of a derivation that no formula uses."""
OWN_NAMES: Final = frozenset(("post", *SECTION_OF_NAME, *_INSIDE))
"""Names that a fact or quantity of a file cannot have."""


@attrs.frozen
class Domain:
    """What a name can be.

    Attributes:
        needed: Every value it can take, in order: a table has a cell for each.
        accepted: Every value that a table may list.
        rests_on: The places in the file that the list comes from.
    """

    needed: tuple[str, ...]
    accepted: tuple[str, ...]
    rests_on: tuple[Path, ...] = ()


def domain_of(version: SchemeVersion, name: str) -> Domain | None:
    """Give the closed list of a name; `None` where it has none.

    Args:
        version: The scheme.
        name: A fact or a quantity.
    """
    definition = version.normal_form.get(name)
    if definition is None:
        return None
    match definition.quantity:
        case PostLeaf():
            posts = tuple(post.id for post in version.posts)
            return Domain(posts, posts, (names_in("posts"),))
        case FactLeaf(values=values):
            return Domain(values, values, () if name in NATIONAL_FACTS else (("facts", name),))
        case RatingLeaf(scale=scale):
            values = (*scale, NONE, NOT_OUT)
            return Domain(values, values, (("assessment", "ratings"),))
        case ProbationLeaf():
            return Domain(("yes", "no"), ("yes", "no"))
        case Clamp() if version.ladder is not None:
            return _grades(version, version.ladder)
        case _ if definition.unit is Unit.VALUE:
            values = tuple(dict.fromkeys(_given(version, definition, (name,))))
            return Domain(values, values, (("quantities", name),))
        case _:
            return None


def _grades(version: SchemeVersion, ladder: Ladder) -> Domain:
    ranges = [ladder.range_of(post) for post in version.posts] or [ladder.grades]
    held = range(min(low for low, _ in ranges), max(high for _, high in ranges) + 1)
    whole = range(ladder.grades[0], ladder.grades[1] + 1)
    rests_on: list[Path] = [("ladder", "grades"), names_in("posts")]
    rests_on += [("posts", post.id, "grades") for post in version.posts]
    return Domain(
        tuple(str(grade) for grade in held if grade in whole),
        tuple(str(grade) for grade in whole),
        tuple(rests_on),
    )


def can_meet(version: SchemeVersion, keys: Mapping[str, str]) -> bool:
    """Tell whether a worker can have these values at once: no post holds a grade outside its range."""
    post = version.post(keys.get("post", ""))
    if post is None or "grade" not in keys or version.ladder is None:
        return True
    low, high = version.ladder.range_of(post)
    return low <= int(keys["grade"]) <= high


def _given(version: SchemeVersion, definition: Definition, seen: tuple[str, ...]) -> list[str]:
    """Give the values that a quantity can give, those it takes over from others included."""
    match definition.quantity:
        case Table(cells=cells, otherwise=otherwise):
            listed = [cell for _, cell in cells] + ([otherwise] if otherwise is not None else [])
        case Number(cell=cell):
            listed = [cell]
        case _:
            return []
    given: list[str] = []
    for cell in listed:
        if isinstance(cell, str):
            given.append(cell)
        elif isinstance(cell, Reference) and cell.quantity not in seen:
            inner = version.normal_form.get(cell.quantity)
            if inner is not None and isinstance(inner.quantity, Table | Number):
                given += _given(version, inner, (*seen, cell.quantity))
            elif (domain := domain_of(version, cell.quantity)) is not None:
                given += domain.accepted
    return given


def usable_names(version: SchemeVersion, *, looked_up: bool) -> list[str]:
    """Give the names that a formula may use, the file's own first.

    Args:
        version: The scheme.
        looked_up: Those that a table can look up; otherwise those that are numbers.
    """
    form = version.normal_form
    own = [one.name for one in version.quantities]
    own += [name for name in ("base", "grade") if name in form.names]
    own += [f"pay.{one.name}" for one in version.pay if not one.supplied]
    own += [f"credits.{one.name}" for one in version.credits]
    leaves = [name for name in form.names if name not in _INSIDE and "." not in name]
    known = [name for name in dict.fromkeys((*own, *leaves)) if name in form.names]
    if looked_up:
        return [name for name in known if domain_of(version, name) is not None]
    return [name for name in known if form[name].unit is not Unit.VALUE]
