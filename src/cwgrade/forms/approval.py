"""The approval form of a post grade (岗位等级审批表): what is on file, the grade, why, and room for opinions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from cwgrade.dates import Day, earliest
from cwgrade.forms.basis import banner_of, basis_text, rests_on
from cwgrade.forms.paper import Card, Field, Setting
from cwgrade.forms.payroll import post_label
from cwgrade.grading import Grading, Placement
from cwgrade.money import capitals
from cwgrade.outcomes import Decided
from cwgrade.pay import Payslip
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.scheme import SchemeVersion
from cwgrade.statement import grade_reasons
from cwgrade.wording import term
from cwgrade.wording.printed import printed
from cwgrade.worker import EVENTS, Attainment, Unknown, Worker

__all__ = ["approval_card"]

_OPINIONS: Final = ("own-word", "community-opinion", "township-opinion", "county-opinion")
_ATTAINED: Final = (
    ("schooling", "schooling"),
    ("degrees", "degree"),
    ("qualifications", "qualification"),
    ("honours", "honour"),
)
_RATINGS: Final = 3


def approval_card(
    worker: Worker,
    version: SchemeVersion,
    *,
    on: date,
    grading: Grading,
    before: Grading | None = None,
    entitlement: Payslip | None = None,
    setting: Setting = Setting(),  # noqa: B008 -- a frozen value
    shown: Iterable[tuple[str, str]] = (),
    known_on: date | None = None,
) -> Card:
    """Make the form by which the grade of one worker is approved.

    A grade that is not certain leaves its box empty, and the reasons say what must be found out.

    Args:
        worker: The worker's facts.
        version: The version that gives the grade.
        on: The day from which it is to hold.
        grading: The grade on that day.
        before: The grade on the day before, where it was asked for.
        entitlement: The full monthly entitlement on that day, as `pay_on` finds it.
        setting: What the office says about the form.
        shown: Header and text of what the office wants to see of the worker, such as the name.
        known_on: Only what was known by this day.
    """
    found = _placement(grading)
    old = None if before is None else _placement(before)
    named = dict(shown)
    name = named.pop(printed("name"), None)
    gross = _gross(entitlement)
    boxes = [
        _row(("name", name), ("worker-id", worker.id), ("post", _post(grading, version))),
        *(
            (Field(name=f"shown.{header}", label=header, value=text or None),)
            for header, text in named.items()
        ),
        _row(("served-since", _since(worker)), ("service", _service(grading))),
        _row(*((fact, _attained(worker, field, fact)) for field, fact in _ATTAINED[:2])),
        _row(*((fact, _attained(worker, field, fact)) for field, fact in _ATTAINED[2:])),
        _row(("ratings", _ratings(worker, on))),
        _row(("grade-before", _grade(old)), ("grade-now", _grade(found)), ("effective-on", on)),
        _row(
            ("monthly-pay", None if gross is None else Yuan(gross)),
            ("monthly-capitals", None if gross is None else capitals(gross)),
        ),
    ]
    reasons = grade_reasons(grading, "zh", version=version)
    told = "\n".join(f"{number}. {text}" for number, text in enumerate(reasons, 1))
    derivations = [grading.derivation]
    if entitlement is not None:
        derivations.append(entitlement.derivation)
    facts = (printed("assumed", facts=printed("list").join(worker.assumed)),)
    return Card(
        title=setting.title or printed("approval-title"),
        heading=(
            Field(name="office", label=printed("office"), value=setting.office),
            Field(name="filled_on", label=printed("filled-on"), value=None),
        ),
        boxes=tuple(boxes),
        prose=(Field(name="reasons", label=printed("reasons"), value=told),),
        opinions=tuple(printed(one) for one in _OPINIONS),
        basis=basis_text(version, derivations),
        remarks=(
            *(facts if worker.assumed else ()),
            *setting.remarks,
            *rests_on(version, on=on, known_on=known_on),
        ),
        banner=tuple(dict.fromkeys((*banner_of(version), *setting.banner))),
        paper=setting.paper,
    )


def _row(*fields: tuple[str, Cell]) -> tuple[Field, ...]:
    return tuple(
        Field(name=code.replace("-", "_"), label=printed(code), value=value)
        for code, value in fields
    )


def _placement(grading: Grading) -> Placement | None:
    return grading.outcome.value if isinstance(grading.outcome, Decided) else None


def _grade(placement: Placement | None) -> Cell:
    if placement is None or placement.grade is None:
        return None
    if placement.step is None:
        return printed("grade-value", grade=placement.grade)
    return printed("grade-step-value", grade=placement.grade, step=placement.step)


def _post(grading: Grading, version: SchemeVersion) -> Cell:
    return printed("list").join(post_label(version, one) for one in grading.posts) or None


def _gross(entitlement: Payslip | None) -> int | None:
    if entitlement is None or not isinstance(entitlement.outcome, Decided):
        return None
    return entitlement.outcome.value


def _since(worker: Worker) -> Cell:
    starts = sorted((spell.start for spell in worker.spells), key=earliest)
    return str(starts[0]) if starts else None


def _service(grading: Grading) -> Cell:
    """Give the months that were counted for the grade, and until when."""
    for step in grading.derivation.root.walk():
        given = dict(step.inputs)
        if step.code == "rises" and "counted_months" in given:
            return printed("service-value", months=given["counted_months"], as_of=given["as_of"])
    return None


def _attained(worker: Worker, field: str, fact: str) -> Cell:
    held: tuple[Attainment, ...] | Unknown = getattr(worker, field)
    if isinstance(held, Unknown):
        return term("unknown", "zh")
    return printed("list").join(_told(fact, one) for one in held) or term("none", "zh")


def _told(fact: str, one: Attainment) -> str:
    value = term(f"{fact}.{one.value}", "zh")
    days: Iterator[Day] = (day for event in EVENTS if (day := getattr(one, event)) is not None)
    day = next(days, None)
    return value if day is None else printed("value-since", value=value, day=day)


def _ratings(worker: Worker, on: date) -> Cell:
    # a period begins with its year, of whatever length it is
    ended = (one for one in worker.ratings if one.period[:4] < f"{on.year:04d}")
    last = sorted(ended, key=lambda one: one.period)[-_RATINGS:]
    told = (printed("rating", period=one.period, value=term(one.value, "zh")) for one in last)
    return printed("list").join(told) or None
