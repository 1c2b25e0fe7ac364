"""Who is graded differently when service is counted, or a fact takes effect, in another way than the scheme says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from cwgrade.career.entries import same_answer
from cwgrade.career.readings import alternatives, reading_as
from cwgrade.dates import add_months
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.gaps import Missing
from cwgrade.grading import Placement, grade_from
from cwgrade.outcomes import OneOf, Outcome, Unspecified
from cwgrade.questions import Standpoint
from cwgrade.scheme import Beyond, Scheme
from cwgrade.worker import ATTAINED, EVENTS, Unknown, Worker

__all__ = ["Alternative", "Difference", "Reading", "differences_of", "readings_of", "sensitivity"]

_LONGEST: Final = 120
"""Months looked ahead for two readings to agree: longer than any waiting period that was met."""
_UNDATED: Final = ("service", "rating")
"""What takes effect for everybody, with or without a day on file."""


@attrs.frozen(kw_only=True)
class Difference:
    """One worker who is graded differently.

    Attributes:
        worker_id: The worker's id.
        as_stated: The answer under the scheme as it is.
        otherwise: The answer under the alternative.
        months: After how many months, from the day asked for, both first give the same answer; `None` where they do not
            within ten years, the scheme is not shown in force for so long, or one of them is not certain before.
    """

    worker_id: str
    as_stated: Outcome[Placement]
    otherwise: Outcome[Placement]
    months: int | None


@attrs.frozen(kw_only=True)
class Alternative:
    """One field read differently, and whom that concerns.

    Attributes:
        path: The field, such as `service.convention`.
        stated: What the scheme says; empty where it says nothing.
        value: What was put in its place.
        differences: Workers who are graded differently, in the order given.
    """

    path: str
    stated: str
    value: str
    differences: tuple[Difference, ...]


@attrs.frozen(kw_only=True)
class Reading:
    """A scheme in which one field is read differently: the same for all workers.

    Attributes:
        path: The field, such as `service.convention`.
        stated: What the scheme says; empty where it says nothing.
        value: What was put in its place.
        scheme: The scheme read so.
    """

    path: str
    stated: str
    value: str
    scheme: Scheme


def readings_of(
    scheme: Scheme, *, on: date, known_on: date | None = None, beyond: Beyond = "refuse"
) -> tuple[Reading, ...]:
    """Give every alternative of a scheme's counting and timing, in the order of the scheme file.

    Args:
        scheme: The scheme.
        on: The day whose version is read differently.
        known_on: Only versions known by this day.
        beyond: What to do after the last attested day of the scheme.

    Raises:
        ArgumentError: It is no scheme.
        NotInForce: The scheme does not apply on that day.
    """
    if not isinstance(scheme, Scheme):
        raise ArgumentError("not-a", name="scheme", value=scheme, kind="Scheme")
    version = scheme.version_on(on, known_on=known_on, beyond=beyond)
    return tuple(
        Reading(
            path=path,
            stated="" if isinstance(was, Missing) else str(was),
            value=str(value),
            scheme=reading_as(scheme, path, value),
        )
        for path, was, value in alternatives(version)
    )


def differences_of(
    worker: Worker,
    scheme: Scheme,
    readings: Iterable[Reading],
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> tuple[Outcome[Placement], tuple[Difference | None, ...]]:
    """Tell under which readings of a scheme one worker is graded differently.

    Args:
        worker: The worker's facts.
        scheme: The scheme as it is.
        readings: What `readings_of` gives.
        on: The day, asked at its start.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Returns:
        The answer under the scheme as it is; and for each reading the difference, `None` where there is none.

    Raises:
        ArgumentError: An argument is of the wrong kind.
        NotInForce: The scheme does not apply on that day.
    """
    stated = _Asked(Standpoint(worker, scheme, known_on, beyond, told=False), on)
    before = stated.after(0)
    if _is_beyond_trying(before):
        # what has more possible answers than are tried cannot be told apart from another such answer
        return before, tuple(None for _ in readings)
    found: list[Difference | None] = []
    for reading in readings:
        difference = None
        if _concerns(worker, reading.path):
            read = Standpoint(worker, reading.scheme, known_on, beyond, told=False)
            other = _Asked(read, on)
            if not same_answer(before, other.after(0)):
                difference = Difference(
                    worker_id=worker.id,
                    as_stated=before,
                    otherwise=other.after(0),
                    months=_months(stated, other),
                )
        found.append(difference)
    return before, tuple(found)


class _Asked:
    """A worker's grades under one reading, month after month; each is found once."""

    def __init__(self, standpoint: Standpoint, on: date) -> None:
        self._standpoint = standpoint
        self._on = on
        self._found: dict[int, Outcome[Placement]] = {}

    def after(self, months: int) -> Outcome[Placement]:
        """Give the answer some months after the day.

        Raises:
            NotInForce: The scheme does not apply then.
        """
        if months not in self._found:
            day = add_months(self._on, months)
            self._found[months] = grade_from(self._standpoint, on=day).outcome
        return self._found[months]


def _months(one: _Asked, other: _Asked) -> int | None:
    """Give after how many months two readings first agree."""
    for count in range(1, _LONGEST + 1):
        try:
            answers = one.after(count), other.after(count)
        except NotInForce:
            return None
        if any(isinstance(answer, OneOf | Unspecified) for answer in answers):
            # the same possible answers are no agreement, and what is to come is less certain still
            return None
        if same_answer(*answers):
            return count
    return None


def _is_beyond_trying(outcome: Outcome[Placement]) -> bool:
    return isinstance(outcome, Unspecified) and any(
        gap.why == "too-many-possibilities" for gap in outcome.gaps
    )


def _concerns(worker: Worker, path: str) -> bool:
    """Tell whether a field can matter: what a gap does where there may be one, a timing where a fact has a day."""
    section, fact, *_ = path.split(".")
    if path == "service.gaps":
        return len(worker.spells) > 1 or bool(worker.absences)
    if section != "effect" or fact in _UNDATED:
        return True
    if fact in ATTAINED:
        items = worker.attained(fact)
        return isinstance(items, Unknown) or any(
            item.day_of(event) is not None for item in items for event in EVENTS
        )
    return any(entry.name == fact and entry.start is not None for entry in worker.facts)


def sensitivity(
    workers: Iterable[Worker],
    scheme: Scheme,
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> tuple[Alternative, ...]:
    """Tell who is graded differently under another counting convention or timing, and for how long.

    Each alternative changes one field of the scheme: how months are counted, what gaps do, when service and other facts
    take effect, and from which day a threshold is reckoned. Nothing is combined. A scheme that rests on an
    alternative says so in its id and in every result, as after `assume`.

    Args:
        workers: The workers' facts.
        scheme: The scheme.
        on: The day, asked at its start.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Returns:
        Every alternative in the order of the scheme file, those that concern nobody included.

    Raises:
        ArgumentError: An argument is of the wrong kind.
        NotInForce: The scheme does not apply on that day.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import Rating, ServiceSpell, StateFact
        >>> worker = Worker(
        ...     id="1",
        ...     spells=(ServiceSpell(start=date(2015, 1, 15), post="staff"),),
        ...     schooling=(),
        ...     degrees=(),
        ...     qualifications=(),
        ...     honours=(),
        ...     ratings=tuple(Rating(period=str(y), value="competent") for y in range(2015, 2019)),
        ...     facts=(
        ...         StateFact(name="employment", value="full_time"),
        ...         StateFact(name="identity", value="none"),
        ...     ),
        ... )
        >>> found = sensitivity([worker], load_scheme("sample-3x18"), on=date(2018, 6, 1))
        >>> [
        ...     (one.path, one.stated, one.value, one.differences[0].months)
        ...     for one in found
        ...     if one.path == "service.convention" and one.differences
        ... ]
        [('service.convention', 'whole_months', 'calendar_months', 7), ...]
    """
    readings = readings_of(scheme, on=on, known_on=known_on, beyond=beyond)
    found = [
        differences_of(worker, scheme, readings, on=on, known_on=known_on, beyond=beyond)[1]
        for worker in workers
    ]
    return tuple(
        Alternative(
            path=reading.path,
            stated=reading.stated,
            value=reading.value,
            differences=tuple(one for row in found if (one := row[place]) is not None),
        )
        for place, reading in enumerate(readings)
    )
