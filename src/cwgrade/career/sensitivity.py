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
from cwgrade.grading import Placement, grade_on
from cwgrade.outcomes import Outcome
from cwgrade.scheme import Beyond, Scheme
from cwgrade.worker import Worker

__all__ = ["Alternative", "Difference", "sensitivity"]

_LONGEST: Final = 120
"""Months looked ahead for two readings to agree: longer than any waiting period that was met."""


@attrs.frozen(kw_only=True)
class Difference:
    """One worker who is graded differently.

    Attributes:
        worker_id: The worker's id.
        as_stated: The answer under the scheme as it is.
        otherwise: The answer under the alternative.
        months: After how many months, from the day asked for, both first give the same answer; `None` where they do not
            within ten years, or the scheme is not shown in force for so long.
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
    if not isinstance(scheme, Scheme):
        raise ArgumentError("not-a", name="scheme", value=scheme, kind="Scheme")
    version = scheme.version_on(on, known_on=known_on, beyond=beyond)
    people = tuple(workers)

    def answer(worker: Worker, asked: Scheme, day: date) -> Outcome[Placement]:
        return grade_on(worker, asked, on=day, known_on=known_on, beyond=beyond).outcome

    def months(worker: Worker, other: Scheme) -> int | None:
        for count in range(1, _LONGEST + 1):
            day = add_months(on, count)
            try:
                if same_answer(answer(worker, scheme, day), answer(worker, other, day)):
                    return count
            except NotInForce:
                return None
        return None

    stated = [answer(worker, scheme, on) for worker in people]
    found: list[Alternative] = []
    for path, was, value in alternatives(version):
        other = reading_as(scheme, path, value)
        differences: list[Difference] = []
        for worker, before in zip(people, stated, strict=True):
            after = answer(worker, other, on)
            if not same_answer(before, after):
                differences.append(
                    Difference(
                        worker_id=worker.id,
                        as_stated=before,
                        otherwise=after,
                        months=months(worker, other),
                    )
                )
        found.append(
            Alternative(
                path=path,
                stated="" if isinstance(was, Missing) else str(was),
                value=str(value),
                differences=tuple(differences),
            )
        )
    return tuple(found)
