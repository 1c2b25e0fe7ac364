"""A worker over time: which grade, step, post and entitlement held from when to when, and why each changed."""

from __future__ import annotations

from datetime import date

import attrs

from cwgrade.career.change import Change, ChangeKind
from cwgrade.career.entries import CareerEntry, entries_of
from cwgrade.career.forecast import Forecast, coming_changes, next_change
from cwgrade.career.months import CareerMonth, months_of
from cwgrade.career.sensitivity import Alternative, Difference, sensitivity
from cwgrade.career.span import checked
from cwgrade.career.why import Search, Supposed, Way, WhyNot, what_would_change, why_not
from cwgrade.errors import ArgumentError
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
        months=tuple(months_of(places, start=start, end=end, beyond=beyond)),
    )
