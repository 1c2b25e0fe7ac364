"""The entries of a career: stretches of days on which every answer is the same."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from typing import Any, Final

import attrs

from cwgrade.career.change import Change
from cwgrade.career.changed import Placed, changes_between
from cwgrade.career.places import Places
from cwgrade.changes import change_days
from cwgrade.choices import Choices, explore
from cwgrade.dates import earliest, latest, next_month
from cwgrade.errors import NotInForce
from cwgrade.facts import Facts
from cwgrade.grading import Grading, Placement, grade_from
from cwgrade.outcomes import Decided, NotEligible, OneOf, Outcome
from cwgrade.pay import Payslip, full_pay_on
from cwgrade.reasons import Reason
from cwgrade.scheme import Beyond, SchemeVersion
from cwgrade.timeline import recorded_by
from cwgrade.worker import Worker

__all__ = ["CareerEntry", "entries_of", "first_day_of_grade", "same_answer"]

_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class CareerEntry:
    """Days on which grade, step, post and full monthly entitlement are the same, `[start, end)`.

    Attributes:
        start: The first day.
        end: The day after the last.
        grading: The grade on the first day, with its derivation; `None` where no scheme can be asked.
        payslip: The full monthly entitlement on the first day; `None` where no scheme can be asked.
        silence: Why no scheme can be asked: not in force, not attested, no scheme for the place.
        away: Kinds of absence that surely cover these days; they take nothing from the full entitlement.
        changes: Why it differs from the entry before; empty for the first.
    """

    start: date
    end: date
    grading: Grading | None
    payslip: Payslip | None
    silence: Reason | None = None
    away: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def scheme_id(self) -> str | None:
        """The id of the scheme that was asked."""
        return None if self.grading is None else self.grading.derivation.scheme_id

    @property
    def posts(self) -> tuple[str, ...]:
        """The post held; several where that is not certain."""
        return () if self.grading is None else self.grading.posts

    @property
    def placement(self) -> Placement | None:
        """The post, grade and step, where they are certain."""
        if self.grading is None or not isinstance(self.grading.outcome, Decided):
            return None
        return self.grading.outcome.value

    @property
    def gross_fen(self) -> int | None:
        """The sum of the monthly lines in fen, where it is certain."""
        if self.payslip is None or not isinstance(self.payslip.outcome, Decided):
            return None
        return self.payslip.outcome.value


def entries_of(
    worker: Worker,
    places: Places,
    *,
    start: date,
    end: date,
    known_on: date | None,
    beyond: Beyond,
) -> Iterator[CareerEntry]:
    """Give the entries of a career one after another.

    Args:
        worker: The worker's facts.
        places: The scheme of each day.
        start: The first day.
        end: The day after the last.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.

    Yields:
        Entries that touch and cover `[start, end)`; two that follow each other differ.
    """
    current: CareerEntry | None = None
    for day in _days(worker, places, start, end, known_on, beyond):
        entry = _entry_on(worker, places, day, known_on, beyond)
        if current is None:
            current = entry
        elif _key(current) != _key(entry):
            yield attrs.evolve(current, end=day)
            changes = changes_between(_placed(current), _placed(entry))
            current = attrs.evolve(entry, changes=changes)
    if current is not None:
        yield attrs.evolve(current, end=end)


def first_day_of_grade(
    grade: int,
    worker: Worker,
    places: Places,
    *,
    start: date,
    end: date,
    known_on: date | None,
    beyond: Beyond,
) -> date | None:
    """Give the first day on which a grade, or a higher one, is held for certain; `None` where it is not.

    It is the first day of an entry, since no two entries that follow each other have one grade and another; pay, which
    costs more than the grade, is not asked for.

    Args:
        grade: The grade.
        worker: The worker's facts.
        places: The scheme of each day.
        start: The first day.
        end: The day after the last.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
    """
    for day in _days(worker, places, start, end, known_on, beyond):
        scheme = places.on(day)
        if isinstance(scheme, Reason):
            continue
        try:
            outcome = grade_from(places.standpoint(scheme, beyond), on=day).outcome
        except NotInForce:
            continue
        if isinstance(outcome, Decided) and outcome.value.grade >= grade:
            return day
    return None


def _days(
    worker: Worker,
    places: Places,
    start: date,
    end: date,
    known_on: date | None,
    beyond: Beyond,
) -> Iterator[date]:
    """Give the days that have to be looked at: `start`, and each on which something may be different."""
    marks = sorted(day for day in places.marks if start < day < end)
    for first, after in zip((start, *marks), (*marks, end), strict=True):
        yield first
        scheme = places.on(first)
        if isinstance(scheme, Reason):
            continue
        try:
            version = scheme.version_on(first, known_on=known_on, beyond=beyond)
            # in a post that moves later the worker may be under the version before for a time
            own = places.standpoint(scheme, beyond).version_on(first)
        except NotInForce:
            continue
        versions = (version,) if own.digest == version.digest else (version, own)
        days = (_inside(worker, one, first, after, known_on) for one in versions)
        yield from sorted({day for found in days for day in found})


def _inside(
    worker: Worker, version: SchemeVersion, start: date, end: date, known_on: date | None
) -> Iterator[date]:
    """Give the days in `(start, end)` on which something may be different under one version, in any world."""
    shared: dict[Hashable, Any] = {}

    def run(choices: Choices) -> tuple[date, ...]:
        facts = Facts(worker, version, known_on, choices, shared, (start, end))
        # month by month: most months hold no day on which service grows, and are passed over at once
        return tuple(
            day for first, after in _months(start, end) for day in change_days(facts, first, after)
        )

    explored = explore(run)
    if explored.complete:
        found = {day for world in explored.worlds for day in world.answer}
        found |= {first for first, _ in _months(start, end)} | _absence_days(worker)
        yield from sorted(day for day in found if start < day < end)
    else:
        yield from (start + timedelta(days=count) for count in range(1, (end - start).days))


def _months(start: date, end: date) -> Iterator[tuple[date, date]]:
    """Cut days at the first of each month."""
    while start < end:
        following = min(next_month(start), end)
        yield start, following
        start = following


def _absence_days(worker: Worker) -> set[date]:
    """Give the days on which an absence surely begins to cover days, or no longer surely does."""
    return {
        day
        for absence in worker.absences
        for day in (latest(absence.start), earliest(absence.end) if absence.end else date.max)
    }


def _entry_on(
    worker: Worker, places: Places, on: date, known_on: date | None, beyond: Beyond
) -> CareerEntry:
    away = _away_on(worker, on, known_on)
    scheme = places.on(on)
    if isinstance(scheme, Reason):
        return _silent(on, scheme, away)
    standpoint = places.standpoint(scheme, beyond)
    try:
        return CareerEntry(
            start=on,
            end=on + _ONE_DAY,
            grading=grade_from(standpoint, on=on),
            payslip=full_pay_on(standpoint, on=on),
            away=away,
        )
    except NotInForce as error:
        facts = tuple((name, str(value)) for name, value in error.facts.items())
        return _silent(on, Reason(code=error.code, facts=facts), away)


def _silent(on: date, silence: Reason, away: tuple[str, ...]) -> CareerEntry:
    return CareerEntry(
        start=on, end=on + _ONE_DAY, grading=None, payslip=None, silence=silence, away=away
    )


def _away_on(worker: Worker, on: date, known_on: date | None) -> tuple[str, ...]:
    found = {
        absence.kind
        for absence in worker.absences
        if recorded_by(absence.recorded_on, known_on)
        if latest(absence.start) <= on and (absence.end is None or on < earliest(absence.end))
    }
    return tuple(sorted(found))


# --- the same answer -------------------------------------------------------------------------------------------------


def same_answer(one: Outcome[Any], other: Outcome[Any]) -> bool:
    """Tell whether two answers to one question on two days are the same, but for the day that a reason names.

    Args:
        one: An outcome.
        other: Another.
    """
    return bool(_undated(one) == _undated(other))


def _undated(outcome: Outcome[Any]) -> Outcome[Any]:
    match outcome:
        case NotEligible(reason):
            return NotEligible(_without_day(reason))
        case OneOf(reasons=reasons):
            told = tuple(dict.fromkeys(_without_day(reason) for reason in reasons))
            return attrs.evolve(outcome, reasons=told)
        case _:
            return outcome


def _without_day(reason: Reason) -> Reason:
    return attrs.evolve(reason, facts=tuple(pair for pair in reason.facts if pair[0] != "on"))


def _key(entry: CareerEntry) -> Hashable:
    """Give what has to agree for two days to belong to one entry."""
    if entry.grading is None or entry.payslip is None:
        silence = None if entry.silence is None else _without_day(entry.silence)
        return silence, entry.away
    derivation = entry.grading.derivation
    return (
        (derivation.scheme_id, derivation.digest),
        (_undated(entry.grading.outcome), entry.posts),
        (_undated(entry.payslip.outcome), entry.payslip.lines, entry.payslip.standing),
        entry.away,
    )


def _placed(entry: CareerEntry) -> Placed:
    silence = None if entry.silence is None else _without_day(entry.silence)
    return Placed(grading=entry.grading, payslip=entry.payslip, silence=silence, away=entry.away)
