"""What every question about a worker needs: arguments checked, the version, one derivation of all worlds."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeVar

from cwgrade.canonical import digest
from cwgrade.choices import Explored
from cwgrade.facts import check_arguments
from cwgrade.notes import notes_of
from cwgrade.outcomes import Single
from cwgrade.reasons import Derivation, Note, Step
from cwgrade.scheme import Beyond, Scheme, SchemeVersion
from cwgrade.version import __version__
from cwgrade.worker import Worker

__all__ = ["derive", "version_for"]

T = TypeVar("T")
_MOST_SHOWN: Final = 64
"""Worlds whose steps are kept for a derivation of several answers."""


def version_for(
    worker: Worker, scheme: Scheme, on: date, known_on: date | None, beyond: Beyond
) -> SchemeVersion:
    """Check the arguments of a question and give the version of the scheme that it asks.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day.
        known_on: The day of knowing.
        beyond: What to do after the last attested day.

    Raises:
        ArgumentError: An argument is of the wrong kind.
        NotInForce: The scheme does not apply on that day.
    """
    check_arguments(worker, scheme, on=on, known_on=known_on)
    return scheme.version_on(on, known_on=known_on, beyond=beyond)


def derive(
    worker: Worker,
    version: SchemeVersion,
    explored: Explored[tuple[Single[T], Step]],
    *,
    on: date,
    known_on: date | None,
    beyond: Beyond,
    notes: tuple[Note, ...] = (),
    moved: bool = False,
) -> Derivation:
    """Put the steps of all worlds into one derivation.

    Where all worlds agree the first one's steps stand for all; otherwise each different answer is shown once, with
    what was tried for it.

    Args:
        worker: The worker.
        version: The version that was asked.
        explored: The answers and root steps by world.
        on: The day asked for.
        known_on: The day of knowing.
        beyond: How a day past the attested time was treated.
        notes: Findings beside the answer.
        moved: Whether the rule for those who came from an earlier version was applied.
    """
    first = explored.worlds[0]
    shown: dict[Single[T], tuple[Step, str]] = {}
    for world in explored.worlds[:_MOST_SHOWN]:
        answer, root = world.answer
        tried = "; ".join(f"{pick.question.path} = {pick.option}" for pick in world.picks)
        shown.setdefault(answer, (root, tried))
    if len(shown) > 1:
        root = Step(
            code="possibilities",
            path="",
            result=len(shown),
            unit="answers",
            parts=tuple(
                Step(code="possibility", path="", result=tried, parts=(step,))
                for step, tried in shown.values()
            ),
        )
    else:
        root = first.answer[1]
    return Derivation(
        scheme_id=version.id,
        scheme_title=version.title,
        revision=version.revision,
        digest=version.digest,
        version=__version__,
        facts_digest=digest(worker),
        on=on,
        known_on=known_on,
        beyond=beyond,
        root=root,
        tried=first.picks,
        notes=(*notes, *notes_of(worker, version, on, known_on, moved=moved)),
        assumed=(*worker.assumed, *version.assumed),
    )
