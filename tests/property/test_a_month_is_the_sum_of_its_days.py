"""A month's pay is what each of its days is entitled to, divided by the days of the month, rounded once.

`pay_on` says what a whole month like that day is worth; the absences of the sample are applied here by its text.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from hypothesis import given, settings

from cwgrade.dates import days_of_month
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import pay_for_month, pay_on
from cwgrade.worker import AbsenceSpell, Worker
from tests.property.invented import SAMPLE, months, sample_workers

SHARES: Final = {
    "sick": {"basic": Fraction(3, 5), "performance": Fraction(3, 5)},
    "personal": {},
    "suspended": {},
    "maternity": {},
}
NOTHING: Final = ("personal", "suspended")


def share_on(absences: tuple[AbsenceSpell, ...], day: date, component: str) -> Fraction:
    shares = [Fraction(1)]
    for absence in absences:
        assert isinstance(absence.start, date)
        assert absence.end is None or isinstance(absence.end, date)
        if absence.start <= day and (absence.end is None or day < absence.end):
            other = Fraction(0) if absence.kind in NOTHING else Fraction(1)
            shares.append(SHARES[absence.kind].get(component, other))
    return min(shares)


def by_days(worker: Worker, year: int, month: int) -> dict[str, int]:
    """Add up what each day is entitled to, for every component that accrues by the month."""
    length = days_of_month(year, month)
    sums: dict[str, Fraction] = {}
    for number in range(length):
        day = date(year, month, 1) + timedelta(days=number)
        slip = pay_on(worker, SAMPLE, on=day)
        if isinstance(slip.outcome, NotEligible):
            continue
        assert isinstance(slip.outcome, Decided), slip.outcome
        for line in slip.lines:
            if line.accrued_fen is not None:
                share = share_on(worker.absences, day, line.component)
                sums[line.component] = sums.get(line.component, Fraction(0)) + (
                    line.accrued_fen * share
                )
    return {name: math.floor(total / length + Fraction(1, 2)) for name, total in sums.items()}


def with_known_absences(worker: Worker) -> Worker:
    """Leave out absences of a kind of which the sample says nothing."""
    return Worker(
        id=worker.id,
        spells=worker.spells,
        absences=tuple(one for one in worker.absences if one.kind in SHARES),
        schooling=worker.schooling,
        degrees=worker.degrees,
        qualifications=worker.qualifications,
        honours=worker.honours,
        ratings=worker.ratings,
        facts=worker.facts,
    )


@settings(max_examples=30)
@given(sample_workers(), months())
def test_for_every_component_that_accrues_by_the_month(
    worker: Worker, month: tuple[int, int]
) -> None:
    worker = with_known_absences(worker)
    slip = pay_for_month(worker, SAMPLE, year=month[0], month=month[1])
    days = by_days(worker, *month)
    if isinstance(slip.outcome, NotEligible):
        assert days == {}
        return
    accrued = {
        line.component: line.accrued_fen
        for line in slip.lines
        # in June and December the line holds the half-year
        if not (line.component == "performance" and month[1] in (6, 12))
    }
    accrued.pop("on_call")
    if month[1] in (6, 12):
        days.pop("performance")
    assert accrued == days
