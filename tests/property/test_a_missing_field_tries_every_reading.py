"""Where a field is missing, the answer is that of every admissible reading, or none.

Each field of the sample that may be missing is taken out, alone or with another. The same scheme with the field filled
in, once for each reading, says what must come out: the common answer, or a refusal that names the field.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, Final

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from cwgrade.dates import Reckoning, Takes
from cwgrade.gaps import Missing
from cwgrade.grading import grade_on
from cwgrade.law.pay import ProrationRule
from cwgrade.law.posts import ConcurrentRule
from cwgrade.outcomes import Outcome, Unspecified
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.service import Convention, GapsRule, Within
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, paid_days, sample_workers

VERSION: Final = SAMPLE.versions[0]
MISSING: Final = Missing(why="taken out")


def in_effect(fact: str, field: str) -> Callable[[SchemeVersion, Any], SchemeVersion]:
    def change(version: SchemeVersion, value: Any) -> SchemeVersion:
        effects = tuple(
            attrs.evolve(one, **{field: value}) if one.fact == fact else one
            for one in version.effects
        )
        return attrs.evolve(version, effects=effects)

    return change


def in_section(section: str, field: str) -> Callable[[SchemeVersion, Any], SchemeVersion]:
    def change(version: SchemeVersion, value: Any) -> SchemeVersion:
        changed: Any = attrs.evolve(getattr(version, section), **{field: value})
        return attrs.evolve(version, **{section: changed})

    return change


def in_kind(kind: str, field: str) -> Callable[[SchemeVersion, Any], SchemeVersion]:
    def change(version: SchemeVersion, value: Any) -> SchemeVersion:
        service = version.service
        assert service is not None
        kinds = tuple(
            attrs.evolve(one, **{field: value}) if one.kind == kind else one
            for one in service.kinds
        )
        return attrs.evolve(version, service=attrs.evolve(service, kinds=kinds))

    return change


def in_absence(kind: str) -> Callable[[SchemeVersion, Any], SchemeVersion]:
    def change(version: SchemeVersion, value: Any) -> SchemeVersion:
        absences = tuple(
            attrs.evolve(one, counts_as_service=value) if one.kind == kind else one
            for one in version.absences
        )
        return attrs.evolve(version, absences=absences)

    return change


TAKES: Final = tuple(one for one in Takes if one is not Takes.ANNUAL_DAY)
FIELDS: Final[dict[str, tuple[Callable[[SchemeVersion, Any], SchemeVersion], tuple[Any, ...]]]] = {
    "service.convention": (in_section("service", "convention"), tuple(Convention)),
    "service.gaps": (in_section("service", "gaps"), tuple(GapsRule)),
    "service.kinds.grid.rate": (in_kind("grid", "rate"), (Fraction(0), Fraction(1))),
    "service.kinds.community.within": (in_kind("community", "within"), tuple(Within)),
    "effect.service.takes": (in_effect("service", "takes"), TAKES),
    "effect.service.reckoned_from": (in_effect("service", "reckoned_from"), tuple(Reckoning)),
    "effect.rating.takes": (in_effect("rating", "takes"), TAKES),
    "effect.schooling.takes": (in_effect("schooling", "takes"), TAKES),
    "effect.qualification.takes": (in_effect("qualification", "takes"), TAKES),
    "effect.honour.event": (
        in_effect("honour", "event"),
        ("obtained", "registered", "reported", "approved", "appointed"),
    ),
    "concurrent_posts.paid_at": (
        in_section("concurrent_posts", "paid_at"),
        tuple(ConcurrentRule),
    ),
    "absences.personal.counts_as_service": (in_absence("personal"), (True, False)),
    "absences.sick.counts_as_service": (in_absence("sick"), (True, False)),
}


def filled(fields: tuple[str, ...], values: tuple[Any, ...]) -> Scheme:
    version = VERSION
    for name, value in zip(fields, values, strict=True):
        version = FIELDS[name][0](version, value)
    return Scheme((version,))


def assert_every_reading(fields: tuple[str, ...], ask: Callable[[Scheme], Outcome[Any]]) -> None:
    told = ask(filled(fields, tuple(MISSING for _ in fields)))
    each = [
        ask(filled(fields, values))
        for values in itertools.product(*(FIELDS[name][1] for name in fields))
    ]
    if all(one == each[0] for one in each):
        assert told == each[0]
        return
    assert isinstance(told, Unspecified), (told, each)
    named = {gap.path for gap in told.gaps}
    assert named <= set(fields)
    # a field that is named changes something, all the others held still; one that is not named changes nothing
    for place, name in enumerate(fields):
        groups: dict[tuple[Any, ...], list[Outcome[Any]]] = {}
        combinations = itertools.product(*(FIELDS[one][1] for one in fields))
        for values, answer in zip(combinations, each, strict=True):
            groups.setdefault((*values[:place], *values[place + 1 :]), []).append(answer)
        matters = any(one != group[0] for group in groups.values() for one in group)
        assert matters == (name in named), name


FIELD: Final = st.sampled_from(sorted(FIELDS))


@given(FIELD, sample_workers(), paid_days())
def test_of_one_field_in_the_grade(field: str, worker: Worker, on: date) -> None:
    assert_every_reading((field,), lambda scheme: grade_on(worker, scheme, on=on).outcome)


@settings(max_examples=25)
@given(st.lists(FIELD, min_size=2, max_size=2, unique=True), sample_workers(), paid_days())
def test_of_two_fields_in_the_grade(fields: list[str], worker: Worker, on: date) -> None:
    assert_every_reading(
        (fields[0], fields[1]), lambda scheme: grade_on(worker, scheme, on=on).outcome
    )


@settings(max_examples=25)
@given(FIELD, sample_workers(), st.integers(2012, 2018), st.sampled_from((1, 3, 7)))
def test_of_one_field_in_the_pay(field: str, worker: Worker, year: int, month: int) -> None:
    assert_every_reading(
        (field,), lambda scheme: pay_for_month(worker, scheme, year=year, month=month).outcome
    )


def with_proration(rule: Any, day: int | None) -> Scheme:
    return Scheme(
        (attrs.evolve(VERSION, proration=attrs.evolve(VERSION.proration, rule=rule, day=day)),)
    )


RULES: Final = tuple(
    (rule, day)
    for rule in ProrationRule
    for day in ((1, 15, 31) if rule is ProrationRule.STATE_ON_DAY else (None,))
)


@settings(max_examples=25)
@given(sample_workers(), st.integers(2012, 2018), st.sampled_from((1, 3, 7)))
def test_of_the_rule_for_part_of_a_month(worker: Worker, year: int, month: int) -> None:
    def gross(scheme: Scheme) -> Outcome[int]:
        return pay_for_month(worker, scheme, year=year, month=month).outcome

    told = gross(with_proration(MISSING, None))
    each = [gross(with_proration(rule, day)) for rule, day in RULES]
    if all(one == each[0] for one in each):
        assert told == each[0]
    else:
        assert isinstance(told, Unspecified)
        assert {gap.path for gap in told.gaps} == {"proration.rule"}
