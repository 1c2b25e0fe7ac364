"""The closed list of values that a table key can take, and which names there are."""

from __future__ import annotations

from cwgrade.leaves import NONE, NOT_OUT
from cwgrade.quantities import Clamp, Definition, FactLeaf, PostLeaf, ProbationLeaf, RatingLeaf, Table, Unit
from cwgrade.scheme import SchemeVersion

__all__ = ["domain_of", "values_given"]


def domain_of(version: SchemeVersion, name: str) -> tuple[str, ...] | None:
    """Give every value that a name can take as a table key, in order; `None` where there is no closed list.

    Args:
        version: The scheme.
        name: A fact or a quantity.
    """
    definition = version.normal_form.get(name)
    if definition is None:
        return None
    match definition.quantity:
        case PostLeaf():
            return tuple(post.id for post in version.posts)
        case FactLeaf(values=values):
            return values
        case RatingLeaf(scale=scale):
            return (*scale, NONE, NOT_OUT)
        case ProbationLeaf():
            return ("yes", "no")
        case Clamp(ranges=ranges) if name == "grade":
            low = min(low for _, low, _ in ranges)
            high = max(high for _, _, high in ranges)
            return tuple(str(grade) for grade in range(low, high + 1))
        case _:
            return values_given(definition) if definition.unit is Unit.VALUE else None


def values_given(definition: Definition) -> tuple[str, ...]:
    """Give the values that a table of values can give."""
    table = definition.quantity
    if not isinstance(table, Table):
        return ()
    given = (*(cell for _, cell in table.cells), table.otherwise)
    return tuple(dict.fromkeys(cell for cell in given if isinstance(cell, str)))
