"""A worker over time: which grade, step, post and entitlement held from when to when, and why each changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from cwgrade.career.change import Change, ChangeKind
from cwgrade.career.entries import CareerEntry, entries_of
from cwgrade.career.forecast import Forecast, coming_changes, next_change
from cwgrade.career.places import Places
from cwgrade.career.sensitivity import Alternative, Difference, sensitivity
from cwgrade.career.span import checked
from cwgrade.career.why import Search, Supposed, Way, WhyNot, what_would_change, why_not
from cwgrade.dates import next_month
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.outcomes import Decided, NotApplicable, NotEligible
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.reasons import Reason
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.worker import Worker

__all__ = [
    "Alternative",
    "Career",
    "CareerEntry",
    "CareerMonth",
    "Change",
    "ChangeKind",
    "Difference",
    "Forecast",
    "Search",
    "Supposed",
    "Way",
    "WhyNot",
    "career_of",
    "coming_changes",
    "next_change",
    "sensitivity",
    "what_would_change",
    "why_not",
]


@attrs.frozen(kw_only=True)
class CareerMonth:
    """The pay of one month of a career.

    Attributes:
        year: The year.
        month: The month, 1 to 12.
        payslips: What `pay_for_month` gives under each scheme that is asked on a day of the month, in that order: one,
            or those of the place left and of the place entered.
        silences: Why a scheme that is asked cannot answer.
    """

    year: int
    month: int
    payslips: tuple[Payslip, ...]
    silences: tuple[Reason, ...] = ()

    @property
    def gross_fen(self) -> int | None:
        """The sum of what is payable in the month, in fen; `None` where a payslip or a silence leaves it open."""
        if self.silences or not self.payslips:
            return None
        amounts = [_amount(payslip) for payslip in self.payslips]
        known = [one for one in amounts if one is not None]
        return sum(known) if len(known) == len(amounts) else None


def _amount(payslip: Payslip) -> int | None:
    match payslip.outcome:
        case Decided(fen):
            return fen
        case NotEligible() | NotApplicable():
            return 0
        case _:
            return None


@attrs.frozen(kw_only=True)
class Career:
    """A worker's timeline over some days, `[start, end)`.

    Attributes:
        worker_id: The worker's id.
        start: The first day.
        end: The day after the last.
        known_on: The day of knowing, or `None`.
        entries: What held, in order; they touch, cover all days, and two that follow each other differ.
        months: The pay of each month that these days touch, for the whole month.
    """

    worker_id: str
    start: date
    end: date
    known_on: date | None
    entries: tuple[CareerEntry, ...]
    months: tuple[CareerMonth, ...]

    def entry_on(self, on: date) -> CareerEntry:
        """Give the entry of a day.

        Raises:
            ArgumentError: The day lies outside the timeline.
        """
        for entry in self.entries:
            if entry.start <= on < entry.end:
                return entry
        raise ArgumentError("career-day-outside", on=on, start=self.start, end=self.end)


def career_of(
    worker: Worker,
    schemes: Scheme | Schemes,
    *,
    start: date,
    end: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> Career:
    """Give the dated timeline of a worker's grade, step, post and full monthly entitlement.

    The entry of a day is what `grade_on` and `pay_on` answer for it; the months are those of `pay_for_month`. Days on
    which no scheme is in force, or none shown to be, are entries of their own.

    A worker who moves is asked about under the scheme of the place of the spell held on the day, that of the nearest
    enclosing region. The receiving scheme's own rule says how much of the service elsewhere counts; its ledger lists
    every spell, accepted or rejected.

    Args:
        worker: The worker's facts.
        schemes: One scheme, or schemes by region.
        start: The first day.
        end: The day after the last.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.

    Returns:
        The timeline; every entry but the first with the reasons for which it differs from the one before.

    Raises:
        ArgumentError: An argument is of the wrong kind, the days are not in order, or a spell of a worker under several
            schemes names no region.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> worker = Worker(id="1", spells=(ServiceSpell(start=date(2018, 2, 8), title="副主任"),))
        >>> career = career_of(
        ...     worker,
        ...     load_scheme("changsha-furong-2018"),
        ...     start=date(2018, 2, 1),
        ...     end=date(2018, 4, 1),
        ... )
        >>> [(str(one.start), one.gross_fen) for one in career.entries]
        [('2018-02-01', None), ('2018-02-08', 396000)]
        >>> [str(change.kind) for change in career.entries[1].changes]
        ['scope']
    """
    places = checked(worker, schemes, start=start, end=end, known_on=known_on)
    return Career(
        worker_id=worker.id,
        start=start,
        end=end,
        known_on=known_on,
        entries=tuple(
            entries_of(worker, places, start=start, end=end, known_on=known_on, beyond=beyond)
        ),
        months=tuple(_months(worker, places, start, end, known_on, beyond)),
    )


def _months(
    worker: Worker,
    places: Places,
    start: date,
    end: date,
    known_on: date | None,
    beyond: Beyond,
) -> Iterator[CareerMonth]:
    first = start.replace(day=1)
    while first < end:
        following = next_month(first)
        payslips: list[Payslip] = []
        silences: list[Reason] = []
        for scheme in _asked_in(places, first, following):
            if isinstance(scheme, Reason):
                silences.append(scheme)
                continue
            try:
                payslips.append(
                    pay_for_month(
                        worker,
                        scheme,
                        year=first.year,
                        month=first.month,
                        known_on=known_on,
                        beyond=beyond,
                    )
                )
            except NotInForce as error:
                facts = tuple((name, str(value)) for name, value in error.facts.items())
                silences.append(Reason(code=error.code, facts=facts))
        yield CareerMonth(
            year=first.year,
            month=first.month,
            payslips=tuple(payslips),
            silences=tuple(dict.fromkeys(silences)),
        )
        first = following


def _asked_in(places: Places, first: date, after: date) -> tuple[Scheme | Reason, ...]:
    """Give the schemes that are asked on the days of a month, each once."""
    days = [first, *sorted(day for day in places.marks if first < day < after)]
    return tuple(dict.fromkeys(places.on(day) for day in days))
