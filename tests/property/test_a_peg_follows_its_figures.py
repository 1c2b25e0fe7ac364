"""Laws of amounts tied to a statistic, and of values that change on stated days."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cwgrade.dates import AnnualDay
from cwgrade.ladder import Boundary
from cwgrade.law.formulas import Formula
from cwgrade.law.pegs import NamedSeries, Peg
from cwgrade.outcomes import Decided
from cwgrade.pay import pay_on
from cwgrade.quantities import DAY, Steps, Unit
from cwgrade.scheme import Scheme
from cwgrade.series import Figure, ReferenceSeries, SeriesUnit
from cwgrade.sources import Citation
from tests.unit.test_pegs import scheme, worker

GROUND: Final = scheme("", "2018=1").versions[0]
WORKER: Final = worker()
FIRST: Final = 2017
LAST: Final = 2027
"""Statistic years: the scheme is in force from 2020, and looks at most two years back."""

wages = st.lists(st.integers(1, 9000_00), min_size=LAST - FIRST + 1, max_size=LAST - FIRST + 1)
days_in_force = st.dates(date(2020, 1, 1), date(2027, 12, 31))
multipliers = st.fractions(Fraction(1, 10), 5, max_denominator=100)
yearly_days = st.sampled_from((AnnualDay(1, 1), AnnualDay(7, 1), AnnualDay(12, 31)))


def pegged(listed: list[int], **fields: Any) -> Scheme:
    figures = tuple(
        Figure(
            year=FIRST + place, fen=fen, published_on="unknown", citation=Citation(source="text")
        )
        for place, fen in enumerate(listed)
    )
    statistic = ReferenceSeries(
        measure="工资", region="9901", unit=SeriesUnit.MONTH, figures=figures
    )
    assert GROUND.base is not None
    peg = Peg(**{"series": "wage", "lag_years": 1, "rebased": AnnualDay(7, 1), **fields})
    named = NamedSeries(name="wage", label=GROUND.base.label, series=statistic)
    base = attrs.evolve(GROUND.base, peg=peg)
    return Scheme((attrs.evolve(GROUND, base=base, series=(named,)),))


def base_on(scheme: Scheme, on: date) -> Fraction:
    """Give the base on a day, before any rounding."""
    for step in pay_on(WORKER, scheme, on=on).derivation.root.walk():
        if step.path == "base" and not step.gaps:
            assert isinstance(step.result, int | Fraction)
            return Fraction(step.result)
    raise AssertionError


@given(wages, days_in_force, multipliers, multipliers)
def test_the_multiplier_scales(listed: list[int], on: date, one: Fraction, other: Fraction) -> None:
    both = base_on(pegged(listed, multiplier=one * other), on)
    assert both == base_on(pegged(listed, multiplier=one), on) * other


@given(wages, yearly_days, multipliers, st.integers(1, 4))
def test_what_is_never_lowered_never_falls(
    listed: list[int], rebased: AnnualDay, multiplier: Fraction, every: int
) -> None:
    found = pegged(
        listed,
        rebased=rebased,
        multiplier=multiplier,
        every_years=every,
        first_year=2019,
        never_lowered=True,
    )
    free = pegged(
        listed, rebased=rebased, multiplier=multiplier, every_years=every, first_year=2019
    )
    days = [date(year, month, 1) for year in range(2020, 2028) for month in (1, 7)]
    amounts = [base_on(found, day) for day in days]
    assert amounts == sorted(amounts)
    follows = [base_on(free, day) for day in days]
    # it is the highest that the figures have given since the first re-basing
    at_first = Fraction(listed[2018 - FIRST]) * multiplier
    assert amounts == [max(at_first, *follows[: place + 1]) for place in range(len(days))]


@given(wages, yearly_days, st.integers(1, 4), days_in_force)
def test_between_two_re_basings_nothing_changes(
    listed: list[int], rebased: AnnualDay, every: int, on: date
) -> None:
    found = pegged(listed, rebased=rebased, every_years=every, first_year=2019)
    began = max(
        rebased.in_year(year)
        for year in range(2019, on.year + 1, every)
        if rebased.in_year(year) <= on
    )
    assert base_on(found, on) == base_on(found, max(began, date(2020, 1, 1)))
    assert base_on(found, on) == listed[began.year - 1 - FIRST]


@given(wages, days_in_force, st.integers(1, 9000_00))
def test_the_floor_is_the_only_thing_that_holds_it_up(
    listed: list[int], on: date, floor: int
) -> None:
    found = base_on(pegged(listed, not_below=Fraction(floor)), on)
    assert found == max(floor, base_on(pegged(listed), on))


@given(
    st.lists(st.dates(date(2019, 1, 1), date(2026, 1, 1)), min_size=1, max_size=5, unique=True),
    days_in_force,
    st.integers(-1, 1),
)
def test_a_dated_value_is_that_of_its_band(starts: list[date], on: date, near: int) -> None:
    starts.sort()
    on = max(date(2020, 1, 1), starts[-1] + timedelta(days=near)) if near else on
    amounts = tuple(Fraction(100 * place) for place in range(1, len(starts) + 1))
    form = Steps(of=DAY, starts=tuple(starts), cells=amounts, boundary=Boundary.REACHED)
    assert GROUND.base is not None
    base = attrs.evolve(GROUND.base, peg=None, formula=Formula(unit=Unit.FEN, form=form))
    outcome = pay_on(WORKER, Scheme((attrs.evolve(GROUND, base=base),)), on=on).outcome
    held = [fen for start, fen in zip(starts, amounts, strict=True) if start <= on]
    if held:
        assert outcome == Decided(int(held[-1]))
    else:
        assert not isinstance(outcome, Decided)
