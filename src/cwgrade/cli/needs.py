"""What a scheme's answers rest on: the facts and missing fields that pay and grade can reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import attrs

from cwgrade.gaps import Missing, Readings
from cwgrade.law.checks import Bound
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.pay import Accrual, Proration, ProrationRule
from cwgrade.law.post_change import ChangeRule
from cwgrade.quantities import (
    Clamp,
    Definition,
    FactLeaf,
    LadderLeaf,
    Number,
    PegLeaf,
    ProbationLeaf,
    Quantity,
    RatingLeaf,
    ServiceLeaf,
    StatedEffect,
    StatedService,
    Steps,
    Table,
    TallyLeaf,
    TimeInPostLeaf,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.assumed import open_fields, place_of, steps_of
from cwgrade.schemefile.layers import Layered
from cwgrade.staging import is_computed
from cwgrade.tomlfile import path_text

__all__ = ["Omission", "facts_read", "omissions", "reached", "unread"]

_ROOTS: Final = ("post", "grade", "step")
_OF_PEG: Final = (
    "lag_years",
    "rebased",
    "every_years",
    "first_year",
    "never_lowered",
    "until_published",
    "after_publication",
)
_Found = tuple[str, object]
"""A path, and what the scheme states there."""


@attrs.frozen
class Omission:
    """A field that a scheme leaves open.

    Attributes:
        path: Where it stands in the file.
        gap: What the file says: missing with a reason, or several readings.
    """

    path: str
    gap: Missing | Readings

    @property
    def left_out(self) -> bool:
        """Whether the file says nothing at all, not even that it is missing."""
        return self.gap == NOT_STATED


def reached(version: SchemeVersion) -> tuple[Definition, ...]:
    """Give the definitions that grade, pay and scope of a scheme read, in the file's order."""
    return _closed(version, Definition.needs)


def _closed(
    version: SchemeVersion, needs: Callable[[Definition], tuple[str, ...]]
) -> tuple[Definition, ...]:
    names = [
        *_ROOTS,
        *(f"pay.{one.name}" for one in version.pay),
        *(name for one in version.pay for name in one.factors),
        *(one.fact for one in version.excluded),
    ]
    found: set[str] = set()
    while names:
        name = names.pop()
        definition = version.normal_form.get(name)
        if definition is not None and name not in found:
            found.add(name)
            names.extend(needs(definition))
    return tuple(one for one in version.normal_form.definitions if one.name in found)


def facts_read(version: SchemeVersion) -> tuple[str, ...]:
    """Give the facts that answers can depend on; `rating` stands for annual ratings."""
    facts: dict[str, None] = {}
    for definition in reached(version):
        match definition.quantity:
            case FactLeaf(fact=fact):
                facts[fact] = None
            case RatingLeaf() | TallyLeaf():
                facts["rating"] = None
            case LadderLeaf(effects=effects) if effects:
                facts["rating"] = None
            case _:
                pass
    return tuple(facts)


def omissions(version: SchemeVersion) -> tuple[Omission, ...]:
    """List what a scheme does not say and an answer may need, each once.

    What a table goes by is needed too where the source prints no table.
    """
    found: dict[str, Omission] = {}
    read = _closed(version, lambda one: (*one.needs(), *one.would_need()))
    stated = (
        pair
        for one in read
        for pair in ((f"{one.path}.rounded", one.rounding), *_in_definition(one))
    )
    for path, value in (*stated, *_in_sections(version)):
        if isinstance(value, Missing) or (isinstance(value, Readings) and len(value.options) > 1):
            found.setdefault(path, Omission(path, value))
    return tuple(found.values())


def unread(version: SchemeVersion) -> tuple[str, ...]:
    """Give the places where a file leaves something open that no answer depends on."""
    if not isinstance(version.origin, Layered):
        return ()
    table = version.origin.table
    read = {place_of(table, steps_of(one.path)) for one in omissions(version)}
    return tuple(path_text(place) for place, _ in open_fields(table) if place not in read)


def _in_definition(definition: Definition) -> Iterator[_Found]:
    quantity, path = definition.quantity, definition.path
    match quantity:
        case Number(cell=cell, instead_of=form):
            yield path, cell
            if form is not None:
                yield from _in_definition(attrs.evolve(definition, quantity=form))
        case Table(cells=cells) if definition.path.startswith("probation.times"):
            # a file writes the share during probation; the other row follows
            yield path, next(cell for keys, cell in cells if keys == ("yes",))
        case Table(cells=cells, otherwise=otherwise):
            yield from ((".".join((path, *keys)), cell) for keys, cell in cells)
            yield f"{path}.otherwise", otherwise
        case Steps(cells=cells, starts=starts, boundary=boundary):
            yield from ((f"{path}[{place}]", cell) for place, cell in enumerate(cells))
            yield from ((f"{path}.from[{place}]", one) for place, one in enumerate(starts))
            yield f"{path}.boundary", boundary
        case _:
            yield from _in_leaf(quantity)


def _in_leaf(quantity: Quantity) -> Iterator[_Found]:
    match quantity:
        case Clamp(open=posts):
            yield from ((where, stated) for _, where, stated in posts)
        case FactLeaf(effect=effect, attained=attained):
            yield from _effect(effect, *(("event", "takes") if attained else ("takes",)))
        case RatingLeaf(effect=StatedEffect() as effect):
            yield from _effect(effect, "event", "takes")
        case TallyLeaf(effect=effect):
            yield from _effect(effect, "event", "takes")
            yield f"{quantity.path}.last_years", quantity.last_years
            yield f"{quantity.path}.in_a_row", quantity.in_a_row
        case ServiceLeaf(rule=rule, effect=effect):
            yield from _service(rule)
            yield from _effect(effect, "takes", "reckoned_from")
        case TimeInPostLeaf(rule=rule, effect=effect):
            yield f"{quantity.path}.after_another_post", quantity.after_another_post
            yield from _service(rule)
            yield from _effect(effect, "takes", "reckoned_from")
        case ProbationLeaf(months=months):
            yield quantity.path, months
        case LadderLeaf():
            yield from _ladder(quantity)
        case PegLeaf():
            yield from ((f"{quantity.path}.{name}", getattr(quantity, name)) for name in _OF_PEG)
        case _:
            pass


def _ladder(leaf: LadderLeaf) -> Iterator[_Found]:
    for _, wait in leaf.waits:
        yield f"{leaf.path}.{wait.path}", wait.months
        yield from (
            (f"{leaf.path}.{wait.path}[{place}]", one) for place, one in enumerate(wait.thresholds)
        )
    yield f"{leaf.path}.boundary", leaf.boundary
    yield f"{leaf.path}.cap", leaf.open_cap
    yield f"{leaf.path}.start_after_prior_service", leaf.prior_start
    yield from _service(leaf.service)
    yield from _effect(leaf.service_effect, "takes", "reckoned_from")
    if leaf.rating_effect is not None and leaf.effects:
        yield from _effect(leaf.rating_effect, "event", "takes")
    yield "assessment.until_announced", leaf.until_announced
    yield from (
        (f"assessment.ratings.{rating}.{name}", gap) for rating, name, gap in leaf.open_effects
    )
    yield from ((f"assessment.early.{name}", gap) for name, gap in leaf.open_early)


def _service(rule: StatedService) -> Iterator[_Found]:
    yield f"{rule.path}.convention", rule.convention
    yield f"{rule.path}.gaps", rule.gaps
    yield f"{rule.path}.count_from", rule.count_from
    for kind in rule.kinds:
        yield f"{kind.path}.rate", kind.rate
        yield f"{kind.path}.within", kind.within
    yield f"{rule.path}.other_kinds", rule.other_kinds
    yield from ((f"absences.{kind}.counts_as_service", counts) for kind, counts in rule.leaves)


def _effect(effect: StatedEffect, *fields: str) -> Iterator[_Found]:
    yield from ((f"{effect.path}.{field}", getattr(effect, field)) for field in fields)


def _checks(version: SchemeVersion) -> Iterator[_Found]:
    for check in version.checks:
        for name, bound in (("at_least", check.at_least), ("at_most", check.at_most)):
            yield f"checks.{check.name}.{name}", bound
            if isinstance(bound, Bound):
                yield f"checks.{check.name}.{name}.times", bound.times
        yield f"checks.{check.name}.at_most_share", check.at_most_share
        yield f"checks.{check.name}.yuan_per_head", check.fen_per_head


def _in_sections(version: SchemeVersion) -> Iterator[_Found]:
    if len(version.posts) > 1:
        yield "concurrent_posts.paid_at", version.concurrent_posts.paid_at
        change = version.post_change
        if version.ladders:
            yield "post_change.rule", change.rule
            yield "post_change.grades", change.grades
            yield "post_change.steps", change.steps
            if change.rule is not ChangeRule.RECOMPUTED:
                yield "post_change.waiting", change.waiting
        yield "post_change.takes", change.takes
    for component in version.pay:
        for name, stated in (
            ("paid", component.paid),
            ("in_total", component.in_total),
            ("due_in", component.due_in),
            ("prorated", component.prorated),
            ("rounded", component.rounded),
            ("at_most_yuan", component.at_most_fen),
        ):
            yield f"pay.{component.name}.{name}", stated
        if component.unscheduled:
            yield f"pay.{component.name}.paid_in", component.paid_in or NOT_STATED
        if component.paid_after_period:
            yield f"pay.{component.name}.reckoned_on", component.reckoned_on
        if component.accrues_per is Accrual.ONCE and not component.supplied:
            yield f"pay.{component.name}.on_upgrade", component.on_upgrade
    if version.transition is not None and is_computed(version):
        yield "transition.rule", version.transition.rule
        yield "transition.waiting", version.transition.waiting
        yield "transition.protection", version.transition.protection
    for split in version.split:
        yield f"{split.path}.parts", split.parts
    yield from _checks(version)
    yield from _proration(version.proration)
    for absence in version.absences:
        yield f"absences.{absence.kind}.pay", absence.pay
        yield from (
            (f"absences.{absence.kind}.pay.{name}", share)
            for name, share in absence.pay_by_component
        )
    yield "rounding.total", version.rounding.total
    yield "rounding.component", version.rounding.component


def _proration(proration: Proration) -> Iterator[_Found]:
    yield "proration.rule", proration.rule
    if proration.rule is ProrationRule.STATE_ON_DAY:
        yield "proration.day", proration.day
