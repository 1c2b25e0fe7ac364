"""A derivation is enough to compute its result again: from the leaves up, without the engine.

Tables, bands and figures are looked up in the sections of the scheme; everything else is arithmetic on the parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from cwgrade.gaps import Cell
from cwgrade.grading import grade_on
from cwgrade.ladder import Boundary
from cwgrade.law.formulas import StatedForm
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.quantities import Number, Steps, Table
from cwgrade.reasons import Step, StepValue
from cwgrade.scheme import SchemeVersion
from cwgrade.worker import PlacementOnRecord, Worker
from tests.property.invented import SAMPLE, months, paid_days, sample_workers

VERSION: Final = SAMPLE.versions[0]
FEN: Final = {"fen": 1, "jiao": 10, "yuan": 100, "ten_yuan": 1000}


def number(value: StepValue) -> Fraction:
    assert isinstance(value, int | Fraction)
    assert not isinstance(value, bool)
    return Fraction(value)


def numbers(step: Step) -> list[Fraction]:
    return [number(part.result) for part in step.parts]


def told(step: Step, name: str) -> StepValue:
    """Give an input of a step by its name."""
    return dict(step.inputs)[name]


def forms_of(version: SchemeVersion) -> dict[str, StatedForm]:
    """Give the stated forms of a scheme by the paths that steps name."""
    forms = {f"pay.{one.name}": one.formula for one in version.pay}
    forms |= {f"quantities.{one.name}": one.formula for one in version.quantities}
    forms |= {f"credits.{one.name}": one.formula for one in version.credits}
    return {path: formula.form for path, formula in forms.items() if formula is not None}


FORMS: Final = forms_of(VERSION)


def cell_value(cell: Cell | None) -> Fraction:
    assert isinstance(cell, Fraction)
    return cell


def from_table(step: Step) -> Fraction:
    keys = tuple(str(value) for _, value in step.inputs)
    if step.path.startswith("ladder.start"):
        post = VERSION.post(keys[0])
        assert post is not None
        assert isinstance(post.grades, tuple)
        return Fraction(post.grades[0])
    if step.path.startswith("probation.times"):
        assert VERSION.probation is not None
        if keys == ("no",):
            return Fraction(1)
        # which component it belongs to stands in the product above; both shares of the sample are looked for
        shares = dict(VERSION.probation.times_by_component)
        assert number(step.result) in shares.values()
        return number(step.result)
    form = FORMS[step.path.removesuffix("." + ".".join(keys))]
    assert isinstance(form, Table)
    assert form.by == tuple(name for name, _ in step.inputs)
    return cell_value(form.cell(keys))


def from_bands(step: Step) -> Fraction:
    form = FORMS[step.path.partition("[")[0]]
    assert isinstance(form, Steps)
    of = number(told(step, form.of))
    starts = [start for start in form.starts if isinstance(start, Fraction)]
    reached = [
        cell
        for start, cell in zip(starts, form.cells, strict=True)
        if of > start or (of == start and form.boundary is Boundary.REACHED)
    ]
    return cell_value(reached[-1]) if reached else Fraction(0)


def from_number(step: Step) -> Fraction:
    if step.path == "base.peg.multiplier":
        assert VERSION.base is not None
        assert VERSION.base.peg is not None
        return cell_value(VERSION.base.peg.multiplier)
    if step.path.startswith("split"):
        return cell_value(dict(VERSION.split[0].shares)[step.path.rpartition(".")[2]])
    form = FORMS[step.path]
    assert isinstance(form, Number)
    return cell_value(form.cell)


def from_series(step: Step) -> Fraction:
    figure = VERSION.series[0].series.of_year(int(number(told(step, "year"))))
    assert figure is not None
    return Fraction(figure.fen)


def rounded(step: Step) -> Fraction:
    exact = number(step.parts[0].result)
    unit = FEN[str(told(step, "to"))]
    assert told(step, "mode") == "half_up"
    assert number(told(step, "exact")) == exact
    result = Fraction(math.floor(exact / unit + Fraction(1, 2)) * unit)
    assert step.residue == result - exact
    inner = step.parts[0]
    if inner.code == "prorated" and inner.parts:
        assert sum(number(told(piece, "shown_fen")) for piece in inner.parts) == result
    return result


def prorated(step: Step) -> Fraction:
    shares = [number(told(piece, "share")) for piece in step.parts]
    assert sum(shares) <= 1
    for piece, share in zip(step.parts, shares, strict=True):
        assert number(piece.result) == number(piece.parts[0].result) * share
    return sum(numbers(step), Fraction(0))


def clamped(step: Step) -> Fraction:
    low, high = number(told(step, "low")), number(told(step, "high"))
    assert step.parts[1].result == told(step, "post")
    return max(low, min(high, number(step.parts[0].result)))


def summed_up(step: Step) -> Fraction:
    payable = [value for _, value in step.inputs]
    assert payable == [part.result for part in step.parts]
    return sum(numbers(step), Fraction(0))


def risen(step: Step) -> Fraction:
    return sum(
        (number(told(step, name)) for name in ("by_service", "early", "by_rating")), Fraction(0)
    )


RULES: Final[dict[str, Callable[[Step], Fraction]]] = {
    "absence": lambda step: number(step.parts[0].result) * number(told(step, "share")),
    "add": lambda step: sum(numbers(step), Fraction(0)),
    "bands": from_bands,
    "clamp": clamped,
    "figure": from_series,
    "figure.kept": from_series,
    "figure.provisional": from_series,
    "growth": lambda step: number(step.parts[0].result) - number(step.parts[1].result),
    "highest": lambda step: max(numbers(step)),
    "lowest": lambda step: min(numbers(step)),
    "month": lambda step: number(step.parts[0].result),
    "not-payable": lambda _step: Fraction(0),
    "not-served": lambda _step: Fraction(0),
    "number": from_number,
    "period": lambda step: sum(numbers(step), Fraction(0)),
    "piece": lambda step: number(step.parts[0].result) * number(told(step, "share")),
    "product": lambda step: math.prod(numbers(step), start=Fraction(1)),
    "prorated": prorated,
    "rises": risen,
    "round": rounded,
    "table": from_table,
    "total": summed_up,
}
LEAVES: Final = frozenset(
    ("accepted", "fact", "placement", "post", "probation", "rating", "service", "supplied", "year")
)


def recompute(root: Step) -> None:
    """Compute every step again from its parts, and hold it against what the derivation says."""
    for step in root.walk():
        if step.code in LEAVES or step.code.startswith("rejected."):
            continue
        assert RULES[step.code](step) == number(step.result), step


@given(sample_workers(), months())
def test_of_a_payslip(worker: Worker, month: tuple[int, int]) -> None:
    slip = pay_for_month(worker, SAMPLE, year=month[0], month=month[1])
    if isinstance(slip.outcome, Decided):
        assert slip.derivation.root.result == slip.outcome.value
        recompute(slip.derivation.root)


@given(sample_workers(), paid_days())
def test_of_what_holds_on_a_day(worker: Worker, on: date) -> None:
    slip = pay_on(worker, SAMPLE, on=on)
    if isinstance(slip.outcome, Decided):
        for step in slip.derivation.root.parts:
            recompute(step)


@given(sample_workers(), paid_days(), st.integers(1, 12), st.integers(0, 35))
def test_of_a_grade(worker: Worker, on: date, grade: int, months_served: int) -> None:
    recorded = PlacementOnRecord(
        post="staff", grade=grade, since=date(2011, 7, 1), months_served=months_served
    )
    for placement in (None, recorded):
        known = Worker(
            id=worker.id,
            spells=worker.spells,
            schooling=worker.schooling,
            degrees=worker.degrees,
            qualifications=worker.qualifications,
            honours=worker.honours,
            ratings=worker.ratings,
            facts=worker.facts,
            placement=placement,
        )
        grading = grade_on(known, SAMPLE, on=on)
        if isinstance(grading.outcome, Decided):
            assert grading.derivation.root.result == grading.outcome.value.grade
            recompute(grading.derivation.root)
