"""Back pay (补发/补扣): the signed difference for earlier months, by component and by cause, as causes became known.

An amount rests on facts, figures and a scheme, each known from some day. Between two snapshots the ingredients are
moved one at a time, in the order in which they became known; each move is the difference of two payslips. So the parts
of a month sum to its difference, and what is due from one day to a second and from there to a third is, cause by cause,
what is due from the first to the third.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from cwgrade.arrears.compared import (
    Comparison,
    LineDifference,
    StepDifference,
    explain_difference,
)
from cwgrade.arrears.due import Due, due_of
from cwgrade.arrears.lines import Lines, differences, paid_lines, sum_of, unnamed_on_top
from cwgrade.arrears.relevance import may_differ
from cwgrade.arrears.results import (
    ON_THE_TOTAL,
    WHOLE,
    Arrears,
    Cause,
    Change,
    FactChange,
    FigureChange,
    MonthArrears,
    Open,
    Paid,
    Part,
    VersionChange,
    sums_by_cause,
)
from cwgrade.arrears.schemes import SchemeWay, scheme_way
from cwgrade.arrears.snapshots import Moment, Snapshot, way_between
from cwgrade.dates import asked_months
from cwgrade.outcomes import NotEligible
from cwgrade.scheme import Beyond

__all__ = [
    "ON_THE_TOTAL",
    "WHOLE",
    "Arrears",
    "Cause",
    "Change",
    "Comparison",
    "FactChange",
    "FigureChange",
    "LineDifference",
    "MonthArrears",
    "Open",
    "Paid",
    "Part",
    "SchemeWay",
    "Snapshot",
    "StepDifference",
    "VersionChange",
    "arrears_between",
    "explain_difference",
    "scheme_way",
    "sums_by_cause",
]


def arrears_between(
    earlier: Snapshot,
    later: Snapshot,
    *,
    months: Iterable[tuple[int, int]],
    paid: Iterable[Paid] | None = None,
    beyond: Beyond = "refuse",
    of_scheme: SchemeWay | None = None,
) -> Arrears:
    """Find what is due later for earlier months, with its causes.

    Without `paid` the baseline of a month is what was due by what was known earlier. With it, the baseline is what was
    really paid for that month, earlier settlements included; what was due and not paid is the cause
    `payment_differs`, positive where too little was paid.

    A month that cannot be decided on either side is listed as open, never dropped and never taken for nothing. So is
    a month of which nobody says what was paid, unless nothing was due for it on both sides.

    Args:
        earlier: What was on file at the earlier moment.
        later: What is on file now: the same worker and scheme, or schemes by region on both sides.
        months: The year and month of each month asked for; each once.
        paid: What was paid, by month. Several amounts of one month are added.
        beyond: What to do after the last attested day of the scheme.
        of_scheme: The way of the scheme between the two (`scheme_way`), for many workers under one scheme.

    Returns:
        Every month with its parts, in the order of the calendar.

    Raises:
        ArgumentError: The snapshots are of two workers or two schemes, the later one is earlier, or there is no such
            month, or months are no list of a year and a month each.

    Examples:
        >>> from datetime import date
        >>> import attrs
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell, Worker
        >>> worker = Worker(id="7", spells=(ServiceSpell(start=date(2015, 3, 1), title="委员"),))
        >>> right = ServiceSpell(
        ...     start=date(2015, 3, 1), title="副主任", recorded_on=date(2018, 4, 10)
        ... )
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> arrears = arrears_between(
        ...     Snapshot(worker=worker, scheme=scheme),
        ...     Snapshot(worker=attrs.evolve(worker, spells=(right,)), scheme=scheme),
        ...     months=[(2018, 1), (2018, 2), (2018, 3)],
        ... )
        >>> arrears.total_fen, [(str(cause), fen) for cause, fen in arrears.by_cause]
        (60000, [('fact_corrected', 60000)])
    """
    asked = asked_months(months)
    way = way_between(earlier, later, of_scheme)
    given = None if paid is None else tuple(paid)
    return Arrears(
        worker_id=later.worker.id,
        months=tuple(_month(way, year, month, given, beyond) for year, month in asked),
    )


# --- one month -------------------------------------------------------------------------------------------------------


def _month(
    way: tuple[Moment, ...],
    year: int,
    month: int,
    payments: tuple[Paid, ...] | None,
    beyond: Beyond,
) -> MonthArrears:
    dues = list(_dues(way, date(year, month, 1), beyond))
    first, last = dues[0], dues[-1]
    found = [one for one in payments or () if (one.year, one.month) == (year, month)]
    paid = paid_lines(found, first.on_top | last.on_top) if found else None
    if paid is not None:
        paid = unnamed_on_top(first.lines or last.lines or {}) | paid
    open_: list[Open] = []
    if payments is not None and paid is None:
        if isinstance(first.outcome, NotEligible) and isinstance(last.outcome, NotEligible):
            # nothing was due, and nothing is: then nobody has to say that nothing was paid
            paid = {}
        else:
            open_.append(Open(side="paid"))
    if last.lines is None:
        open_.append(Open(side="later", outcome=last.outcome, not_in_force=last.not_in_force))
    if first.lines is None and paid is None:
        open_.append(Open(side="earlier", outcome=first.outcome, not_in_force=first.not_in_force))
    return MonthArrears(
        year=year,
        month=month,
        before_fen=sum_of(first.lines),
        after_fen=sum_of(last.lines),
        paid_fen=sum_of(paid),
        parts=() if open_ else tuple(_parts(way, dues, paid)),
        open=tuple(open_),
        standing=last.standing,
        unsure=tuple(dict.fromkeys((*first.unsure, *last.unsure))),
    )


def _dues(way: tuple[Moment, ...], first: date, beyond: Beyond) -> Iterator[Due]:
    """Give what is due at each moment; it is worked out again only where it can be something else."""
    before: tuple[Moment, Due] | None = None
    for moment in way:
        if before is None or _may_differ(before[0], moment, first):
            before = moment, due_of(moment.places, first, beyond=beyond)
        yield before[1]


def _may_differ(one: Moment, other: Moment, first: date) -> bool:
    if one.worker is not other.worker or one.scheme is not other.scheme or one.scheme is None:
        return True
    return may_differ(
        one.worker, one.scheme, first, known_before=one.known_on, known_after=other.known_on
    )


def _parts(way: tuple[Moment, ...], dues: list[Due], paid: Lines | None) -> Iterator[Part]:
    """Split a month's difference along the way; what happened while it could not be decided goes together."""
    base, stood_in = dues[0].lines, dues[0].stand_ins
    if paid is not None:
        if base is not None:
            yield from _between(paid, base, Part(component="", fen=0, cause=Cause.PAYMENT_DIFFERS))
        else:
            base = paid
    waiting: list[Change] = []
    for moment, due in zip(way[1:], dues[1:], strict=True):
        if due.lines is None or base is None:
            waiting += moment.changes
            continue
        # what stood in also goes with the pay that rested on it: settled it is only where a figure came
        came = any(isinstance(one, FigureChange) for one in (*waiting, *moment.changes))
        settled = came and bool(stood_in - due.stand_ins)
        told = Part(
            component="",
            fen=0,
            cause=Cause.PROVISIONAL_SETTLED if settled else _cause_of(moment),
            became_known=moment.day,
            changes=moment.changes,
            together=tuple(waiting),
        )
        yield from _between(base, due.lines, told)
        base, stood_in, waiting = due.lines, due.stand_ins, []


def _cause_of(moment: Moment) -> Cause:
    if any(isinstance(one, FactChange) for one in moment.changes):
        return Cause.FACT_CORRECTED
    if any(isinstance(one, VersionChange) for one in moment.changes):
        return Cause.SCHEME_AMENDED
    return Cause.STATISTIC_PUBLISHED


def _between(before: Lines, after: Lines, told: Part) -> Iterator[Part]:
    """Give the difference of two months by component, each with what is told of it."""
    for component, line in differences(before, after).items():
        yield attrs.evolve(told, component=component, fen=line.fen, in_total=line.in_total)
