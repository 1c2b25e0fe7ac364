"""The answer to each row of a roster. No row is lost, whatever happens in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from cwgrade.checks import Finding, check_roster
from cwgrade.grading import Grading, grade_in_month
from cwgrade.outcomes import Decided, status_of
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.rosterfile import Roster, RosterRow
from cwgrade.scheme import Beyond, Scheme, SchemeVersion

__all__ = ["BAD_ROW", "REFUSED", "STATUSES", "Answer", "Question", "answers", "findings"]

BAD_ROW: Final = "bad_row"
STATUSES: Final = ("decided", "one_of", "not_eligible", "not_applicable", "unspecified", BAD_ROW)
"""Every status of a row, in the order of sums."""
REFUSED: Final = ("one_of", "unspecified", BAD_ROW)
"""Statuses that somebody has to do something about."""


@attrs.frozen(kw_only=True)
class Question:
    """What is asked of every row.

    Attributes:
        scheme: The scheme.
        year: The year.
        month: The month.
        known_on: Only what was known by this day.
        beyond: What to do after the scheme's last attested day.
    """

    scheme: Scheme
    year: int
    month: int
    known_on: date | None = None
    beyond: Beyond = "refuse"

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def version(self) -> SchemeVersion:
        """The version that the month is paid by.

        Raises:
            NotInForce: The scheme does not apply in the month.
        """
        return self.scheme.version_of_month(self.first, known_on=self.known_on, beyond=self.beyond)


@attrs.frozen(kw_only=True)
class Answer:
    """The answer to one row.

    Attributes:
        row: The row.
        status: One of `STATUSES`.
        payslip: Its pay, where the row could be read.
        grading: Its grade, where it could be asked for.
        post: The id of the post held on that day; several where that is not certain.
        failure: What was raised in the middle of the row.
    """

    row: RosterRow
    status: str
    payslip: Payslip | None = None
    grading: Grading | None = None
    post: tuple[str, ...] = ()
    failure: Exception | None = None

    @property
    def gross_fen(self) -> int | None:
        """The sum of what is payable, in fen, where it is certain."""
        if self.payslip is None or not isinstance(self.payslip.outcome, Decided):
            return None
        return self.payslip.outcome.value

    @property
    def bounds_fen(self) -> tuple[int | None, int | None]:
        """The least and the most that pay which is not certain can be, in fen."""
        if self.payslip is None or isinstance(self.payslip.outcome, Decided):
            return None, None
        return self.payslip.bounds_fen or (None, None)


def answers(roster: Roster, question: Question) -> Iterator[Answer]:
    """Answer every row of a roster, in order.

    An answer turns on a worker's facts alone: of workers who differ in nothing but the id the first is asked for all.

    Args:
        roster: The roster.
        question: What is asked of every row.

    Yields:
        One answer for each row.

    Raises:
        NotInForce: The scheme does not apply in that month.
    """
    _ = question.version  # what is wrong with the month is told once, not in every row
    known: dict[object, Answer] = {}
    for row in roster.rows:
        facts = None if row.worker is None else attrs.astuple(row.worker, recurse=False)
        # the first field is the id
        alike = facts and facts[1:]
        if alike in known:
            yield attrs.evolve(known[alike], row=row)
            continue
        answer = _answer(row, question)
        if alike and answer.failure is None:
            known[alike] = answer
        yield answer


def _answer(row: RosterRow, question: Question) -> Answer:
    if row.worker is None:
        return Answer(row=row, status=BAD_ROW)
    try:
        payslip = pay_for_month(
            row.worker,
            question.scheme,
            year=question.year,
            month=question.month,
            known_on=question.known_on,
            beyond=question.beyond,
        )
        grading = grade_in_month(
            row.worker,
            question.scheme,
            year=question.year,
            month=question.month,
            known_on=question.known_on,
            beyond=question.beyond,
        )
    except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
        return Answer(row=row, status=BAD_ROW, failure=failure)
    return Answer(
        row=row,
        status=status_of(payslip.outcome),
        payslip=payslip,
        grading=grading,
        post=grading.posts,
    )


def findings(found: Iterable[Answer], scheme: Scheme) -> tuple[Finding, ...]:
    """Make the scheme's checks on the roster.

    Args:
        found: The answers to all rows.
        scheme: The scheme.
    """
    rows = tuple(found)
    paid = (
        (answer.row.worker, answer.payslip)
        for answer in rows
        if answer.row.worker is not None and answer.payslip is not None
    )
    return check_roster(scheme, paid, unread=sum(one.payslip is None for one in rows))
