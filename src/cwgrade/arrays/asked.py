"""Rows asked of the scalar functions: once for all that are alike, and once for all parts of one roster."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.alike import kinds_among
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.arrays.people import People
from cwgrade.grading import Grading, grade_in_month
from cwgrade.outcomes import (
    Decided,
    NotApplicable,
    NotEligible,
    OneOf,
    Outcome,
    Unspecified,
    status_of,
)
from cwgrade.pay import PayLine, Payslip, pay_for_month
from cwgrade.scheme import Beyond, Scheme, Schemes, SchemeVersion
from cwgrade.worker import Worker

__all__ = ["Kept", "MonthAsked", "RowAnswer", "answered", "versions_of"]

Codes = NDArray[Any]

_MOST_KEPT: Final = 1 << 14
"""Answers that are kept for later parts of a file: the memory must not grow with the file."""


@attrs.frozen(kw_only=True)
class RowAnswer:
    """What of a scalar answer has a column.

    Attributes:
        status: As in `STATUSES`.
        reason: A code, or the path of what is missing; empty where the amount is certain.
        deciding: The unknown fact that settles most; empty where there is none.
        gross_fen: The sum; `NO_AMOUNT` where there is no single one.
        low_fen: The least it can be.
        high_fen: The most it can be.
        payable_fen: For each line, what is payable; `None` where it is not certain.
        bounds_fen: For each component of which the amount is open, its least and most.
        grade: The grade; 0 where there is none.
        step: The step; 0 where there is none.
    """

    status: str
    reason: str
    deciding: str
    gross_fen: int
    low_fen: int
    high_fen: int
    payable_fen: dict[str, int | None]
    bounds_fen: dict[str, tuple[int, int]]
    grade: int
    step: int

    @classmethod
    def of(cls, slip: Payslip, grading: Grading) -> RowAnswer:
        """Take from the answer of the scalar functions what has a column."""
        outcome, placed = slip.outcome, grading.outcome
        low, high = slip.bounds_fen or (None, None)
        bounds = {line.component: _bounds_of(line, outcome) for line in slip.lines}
        return cls(
            status=status_of(outcome),
            reason=_reason_of(outcome),
            deciding=outcome.settled_by if isinstance(outcome, OneOf) else "",
            gross_fen=outcome.value if isinstance(outcome, Decided) else NO_AMOUNT,
            low_fen=NO_AMOUNT if low is None else low,
            high_fen=NO_AMOUNT if high is None else high,
            payable_fen={line.component: line.payable_fen for line in slip.lines},
            bounds_fen={name: both for name, both in bounds.items() if both is not None},
            grade=placed.value.grade if isinstance(placed, Decided) else 0,
            step=(placed.value.step or 0) if isinstance(placed, Decided) else 0,
        )


def versions_of(scheme: Scheme, elsewhere: Schemes | None) -> tuple[SchemeVersion, ...]:
    """Give every version that an answer may rest on: those of other places too, where grades are recognised.

    Args:
        scheme: The scheme that is asked.
        elsewhere: Schemes of other places too.
    """
    recognises = any(one.recognition is not None for one in scheme.versions)
    others = elsewhere.by_region if recognises and elsewhere else ()
    return (*scheme.versions, *(one for _, other in others for one in other.versions))


@attrs.frozen(kw_only=True)
class MonthAsked:
    """A month that a scheme is asked about.

    Attributes:
        scheme: The scheme.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        elsewhere: Schemes of other places too, for grades that were held there.
    """

    scheme: Scheme
    year: int
    month: int
    known_on: date | None
    beyond: Beyond
    elsewhere: Schemes | None = None

    def of(self, worker: Worker) -> RowAnswer:
        """Ask the scalar functions about a worker."""
        question: dict[str, Any] = {
            "year": self.year,
            "month": self.month,
            "known_on": self.known_on,
            "beyond": self.beyond,
            "elsewhere": self.elsewhere,
        }
        return RowAnswer.of(
            pay_for_month(worker, self.scheme, **question),
            grade_in_month(worker, self.scheme, **question),
        )


class Kept:
    """Answers by what tells workers apart. All that share it are parts of one question."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._found: dict[Hashable, RowAnswer] = {}
        # schemes are told apart by identity, which stays their own while they are held
        self._schemes: dict[int, Scheme] = {}

    def about(self, asked: MonthAsked) -> Hashable:
        """Give the key of a question."""
        others = tuple(one for _, one in asked.elsewhere.by_region) if asked.elsewhere else ()
        self._schemes |= {id(one): one for one in (asked.scheme, *others)}
        schemes = (id(asked.scheme), *map(id, others))
        return schemes, asked.year, asked.month, asked.known_on, asked.beyond

    def get(self, key: Hashable) -> RowAnswer | None:
        """Give what is kept under a key."""
        return self._found.get(key)

    def keep(self, key: Hashable, found: RowAnswer) -> None:
        """Keep an answer, while there is room."""
        if len(self._found) < _MOST_KEPT:
            self._found[key] = found


def answered(
    people: People,
    unsure: Codes,
    asked: MonthAsked,
    kept: Kept,
) -> Iterator[tuple[Codes, RowAnswer | Exception]]:
    """Ask about rows, those that are alike once.

    Args:
        people: The roster.
        unsure: Which rows are asked.
        asked: The month.
        kept: What was found for other parts of the roster.

    Yields:
        Rows, and the answer to all of them or what went wrong with the one.
    """
    about = kept.about(asked)
    for rows, key in _groups(people, unsure, asked):
        found = None if key is None else kept.get((about, key))
        if found is not None:
            yield rows, found
            continue
        for place, row in enumerate(rows.tolist()):
            try:
                worker = people.worker(row)
                own = (about, _facts(worker)) if key is None else (about, key)
                found = kept.get(own)
                if found is None:
                    found = asked.of(worker)
            except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
                yield rows[place : place + 1], failure
                continue
            kept.keep(own, found)
            yield rows[place:], found
            break


def _groups(
    people: People, unsure: Codes, asked: MonthAsked
) -> Iterator[tuple[Codes, Hashable | None]]:
    """Give rows that are alike, and by what; rows that arrays do not hold one by one, with nothing."""
    unusual = np.zeros(people.size, np.bool_) if people.unusual is None else people.unusual
    rows = np.flatnonzero(unsure & ~unusual)
    if len(rows):
        months = [(asked.year, asked.month)]
        versions = versions_of(asked.scheme, asked.elsewhere)
        kinds = kinds_among(people.take(rows), versions, months)
        for own, key in zip(kinds.rows, kinds.keys, strict=True):
            yield rows[own], key
    for row in np.flatnonzero(unsure & unusual).tolist():
        yield np.array([row]), None


def _facts(worker: Worker) -> Hashable:
    """Give all that an answer may turn on: everything but the id, which comes first."""
    return attrs.astuple(worker, recurse=False)[1:]


def _bounds_of(line: PayLine, outcome: Outcome[int]) -> tuple[int, int] | None:
    """Give the least and the most of a component whose amount is open; an unknown fact may refuse all pay too."""
    perhaps_not = isinstance(outcome, OneOf) and bool(outcome.reasons)
    if line.payable_fen is not None:
        return (min(0, line.payable_fen), line.payable_fen) if perhaps_not else None
    low, high = (NO_AMOUNT if one is None else one for one in (line.low_fen, line.high_fen))
    if low == high == NO_AMOUNT:
        return None
    return (min(0, low) if perhaps_not and low != NO_AMOUNT else low), high


def _reason_of(outcome: Outcome[int]) -> str:
    match outcome:
        case NotEligible(reason) | NotApplicable(reason):
            return reason.code
        case OneOf():
            return "one-of"
        case Unspecified(gaps):
            return gaps[0].path if gaps else "unspecified"
        case _:
            return ""
