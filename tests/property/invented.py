"""What the laws are tried on: the invented sample, and workers that it can pay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from hypothesis import strategies as st

from cwgrade.catalogue import load_scheme
from cwgrade.grading import Placement, grade_on
from cwgrade.outcomes import Outcome
from cwgrade.pay import PayLine, pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.strategies import Knowledge, days, turning_days, workers
from cwgrade.worker import Rating, ServiceSpell, StateFact, Worker

__all__ = [
    "SAMPLE",
    "STATES",
    "answers",
    "clerk",
    "months",
    "paid_days",
    "sample_workers",
]

SAMPLE: Final = load_scheme("sample-3x18")
STATES: Final = (
    StateFact(name="employment", value="full_time"),
    StateFact(name="identity", value="none"),
)
_REGIONS: Final = (None, "9901", "990101", "9902", "110101")


def sample_workers(
    *, knowledge: Knowledge = "known", kinds: Sequence[str] = ("community", "grid")
) -> st.SearchStrategy[Worker]:
    """Draw workers with service in the sample's place, elsewhere in its province, and outside it."""
    return workers(
        knowledge=knowledge,
        regions=_REGIONS,
        kinds=kinds,
        # the kinds of which the sample's text says what they do
        absence_kinds=("sick", "personal", "suspended", "maternity"),
        years=(2009, 2018),
        edges=turning_days(SAMPLE),
    )


def paid_days() -> st.SearchStrategy[date]:
    """Draw a day on which the sample is in force and has a wage."""
    return days(first=date(2012, 1, 1), last=date(2019, 6, 30))


def months() -> st.SearchStrategy[tuple[int, int]]:
    """Draw a month that the sample can pay; those in which performance pay is due come often."""
    any_month = st.integers(2012 * 12, 2019 * 12 + 5).map(lambda at: (at // 12, at % 12 + 1))
    due = st.tuples(st.integers(2012, 2018), st.sampled_from((6, 12)))
    return st.one_of(any_month, due)


def clerk(*, start: date = date(2012, 1, 1), **facts: object) -> Worker:
    """Give a plain member of staff of whom everything is known, with some facts changed."""
    known: dict[str, object] = {
        "id": "7",
        "spells": (ServiceSpell(start=start, post="staff"),),
        "schooling": (),
        "degrees": (),
        "qualifications": (),
        "honours": (),
        "facts": STATES,
        "ratings": tuple(
            Rating(period=str(year), value="competent") for year in range(start.year, 2020)
        ),
    }
    return Worker(**{**known, **facts})  # type: ignore[arg-type]


Answers = tuple[Outcome[Placement], tuple[PayLine, ...], Outcome[int]]


def answers(
    worker: Worker,
    scheme: Scheme,
    on: date,
    month: tuple[int, int],
    known_on: date | None = None,
) -> Answers:
    """Give what the library answers for a day and a month, without the reasons."""
    slip = pay_for_month(worker, scheme, year=month[0], month=month[1], known_on=known_on)
    return grade_on(worker, scheme, on=on, known_on=known_on).outcome, slip.lines, slip.outcome
