"""The closed list of values that a name can take where a table looks it up, and which names a file may use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from cwgrade.gaps import Missing
from cwgrade.law.ladder import Ladder
from cwgrade.quantities import (
    DAY,
    Clamp,
    FactLeaf,
    Highest,
    Lowest,
    PostLeaf,
    ProbationLeaf,
    RatingLeaf,
    TallyLeaf,
    TwoPostsLeaf,
    Unit,
    values_of,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.problems import Path, names_in
from cwgrade.sources import Label
from cwgrade.worker import NATIONAL_FACTS

__all__ = [
    "OWN_NAMES",
    "SECTION_OF_NAME",
    "Domain",
    "can_meet",
    "domain_of",
    "printed_names",
    "printed_values",
    "usable_names",
]

SECTION_OF_NAME: Final = {
    "service_months": "service",
    "service_years": "service",
    "grade": "ladder",
    "step": "step",
    "last_rating": "assessment",
    "this_rating": "assessment",
    "base": "base",
    "on_probation": "probation",
}
"""Names that a section brings with it."""
_INSIDE: Final = (
    "deemed_months",
    "grade_uncapped",
    "rises",
    "starting_grade",
    "starting_step",
    "step_deemed_months",
    "step_rises",
    "step_uncapped",
)
"""Steps of a derivation that no formula uses."""
OWN_NAMES: Final = frozenset(("post", DAY, "holding_two_posts", *SECTION_OF_NAME, *_INSIDE))
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
    values = values_of(version.normal_form.by_name, name)
    match definition.quantity:
        case PostLeaf():
            return Domain(values, values, (names_in("posts"),))
        case FactLeaf():
            return Domain(values, values, () if name in NATIONAL_FACTS else (("facts", name),))
        case RatingLeaf():
            return Domain(values, values, (("assessment", "ratings"),))
        case ProbationLeaf() | TwoPostsLeaf():
            return Domain(values, values)
        case TallyLeaf():
            return Domain(values, values, (("tallies", name),))
        case Clamp():
            ladder = next(one for one in version.ladders if one.name == name)
            return _rungs(version, ladder)
        case Highest(of=names, order=order) | Lowest(of=names, order=order):
            if definition.unit is not Unit.VALUE:
                return None
            parts = [values_of(version.normal_form.by_name, one) for one in names]
            accepted = [value for value in order if any(value in part for part in parts)]
            return Domain(values, tuple(accepted) or values, (("quantities", name),))
        case _ if definition.unit is Unit.VALUE:
            return Domain(values, values, (("quantities", name),))
        case _:
            return None


def _rungs(version: SchemeVersion, ladder: Ladder) -> Domain:
    stated = [ladder.range_of(post) for post in version.posts] or [ladder.grades]
    ranges = [one for one in stated if not isinstance(one, Missing)]
    least = min((low for low, _ in ranges), default=1)
    held = range(least, max((high for _, high in ranges), default=0) + 1)
    whole = range(ladder.rungs[0], ladder.rungs[1] + 1)
    rests_on: list[Path] = [(ladder.section, "grades"), names_in("posts")]
    rests_on += [("posts", post.id, f"{ladder.name}s") for post in version.posts]
    return Domain(
        tuple(str(grade) for grade in held if grade in whole),
        tuple(str(grade) for grade in whole),
        tuple(rests_on),
    )


def printed_values(version: SchemeVersion, name: str) -> dict[str, str]:
    """Give the printed names of the values of a name, and the ids they mean.

    Args:
        version: The scheme.
        name: A fact, `post`, or a rating.
    """
    if name in ("last_rating", "this_rating") and version.assessment is not None:
        labels = [(one.label, one.rating) for one in version.assessment.ratings]
    elif name == "post":
        titles = {title: post.id for post in version.posts for title in post.titles}
        return titles | _by_label([(one.label, one.id) for one in version.posts])
    else:
        labels = [
            (label, value)
            for fact in version.facts
            if fact.name == name
            for value, label in fact.labels
        ]
    return _by_label(labels)


def printed_names(version: SchemeVersion) -> dict[str, str]:
    """Give the printed names of what a formula can use, and the names it uses."""
    labels = [(one.label, one.name) for one in version.quantities]
    labels += [(one.label, one.name) for one in version.pegs]
    labels += [(one.label, one.name) for one in version.time_in_post]
    labels += [(one.label, f"pay.{one.name}") for one in version.pay]
    labels += [(one.label, f"credits.{one.name}") for one in version.credits]
    labels += [(one.label, one.name) for one in version.ladders]
    return _by_label(labels)


def _by_label(labels: Sequence[tuple[Label | None, str]]) -> dict[str, str]:
    # where one label has two ids, the first is as good as any
    return {
        word: name
        for label, name in reversed(labels)
        if label is not None
        for word in (label.zh, label.en)
    }


def can_meet(version: SchemeVersion, keys: Mapping[str, str]) -> bool:
    """Tell whether a worker can have these values at once: no post holds a grade or step outside its range."""
    post = version.post(keys.get("post", ""))
    if post is None:
        return True
    for ladder in version.ladders:
        stated = ladder.range_of(post)
        # nobody has a grade there as long as the range is not known
        low, high = (1, 0) if isinstance(stated, Missing) else stated
        if ladder.name in keys and not low <= int(keys[ladder.name]) <= high:
            return False
    return True


def usable_names(version: SchemeVersion, *, looked_up: bool) -> list[str]:
    """Give the names that a formula may use, the file's own first.

    Args:
        version: The scheme.
        looked_up: Those that a table can look up; otherwise those that are numbers.
    """
    form = version.normal_form
    own = [one.name for one in version.quantities]
    own += [one.name for one in version.pegs]
    own += [name for name in ("base", "grade", "step") if name in form.names]
    own += [f"pay.{one.name}" for one in version.pay if one.is_quantity]
    own += [f"credits.{one.name}" for one in version.credits]
    leaves = [name for name in form.names if name not in _INSIDE and "." not in name]
    known = [name for name in dict.fromkeys((*own, *leaves)) if name in form.names]
    if looked_up:
        return [name for name in known if domain_of(version, name) is not None]
    return [name for name in known if form[name].unit not in (Unit.VALUE, Unit.DAY)]
