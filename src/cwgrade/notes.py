"""What is told beside an answer: a grade on record that differs, what follows ratings, a move that was not computed."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from cwgrade.choices import Choices, explore
from cwgrade.dates import earliest, latest
from cwgrade.facts import Facts
from cwgrade.outcomes import Decided, Single, combine, status_of
from cwgrade.placing import Placement, grade_in_world, rank_of
from cwgrade.reasoner import Instant
from cwgrade.reasons import Note
from cwgrade.regions import is_within
from cwgrade.scheme import SchemeVersion
from cwgrade.timeline import recorded_by
from cwgrade.worker import Worker

__all__ = ["notes_of", "recorded_notes"]


def notes_of(
    worker: Worker,
    version: SchemeVersion,
    on: date,
    known_on: date | None,
    *,
    moved: bool = False,
) -> tuple[Note, ...]:
    """Give what is told beside every answer of a day; what is told of a grade on record is the same on all days.

    Args:
        worker: The worker.
        version: The version that was asked.
        on: The day asked for.
        known_on: The day of knowing.
        moved: Whether the move from an earlier version was computed.
    """
    return (
        *_consequences(worker, version, on, known_on),
        *(() if moved else _transition(worker, version)),
    )


def recorded_notes(
    worker: Worker, version: SchemeVersion, known_on: date | None, *, moved: bool
) -> tuple[Note, ...]:
    """Show a recorded grade beside the one computed from earlier facts, where there are such facts.

    Args:
        worker: The worker.
        version: The version that was asked.
        known_on: The day of knowing.
        moved: Whether the move from an earlier version was computed.
    """
    placement = worker.placement
    if placement is None or version.ladder is None:
        return ()
    if placement.region is not None and not is_within(placement.region, version.place):
        return ()
    if moved and placement.since >= version.from_day:
        # computed by this version alone it would be no grade that a move could have led to
        return ()
    if not recorded_by(placement.recorded_on, known_on):
        return ()
    if all(earliest(spell.start) >= placement.since for spell in worker.spells):
        return ()

    shared: dict[Hashable, object] = {}

    def run(choices: Choices) -> Single[Placement]:
        facts = Facts(worker, version, known_on, choices, shared)
        return grade_in_world(Instant(facts, placement.since, use_placement=False))[0]

    outcome = combine(explore(run), order=rank_of)
    computed = str(outcome.value.grade) if isinstance(outcome, Decided) else status_of(outcome)
    same = computed == str(placement.grade)
    return (
        Note(
            code="recorded-grade-agrees" if same else "recorded-grade-differs",
            facts=(
                ("recorded", str(placement.grade)),
                ("computed", computed),
                ("since", placement.since.isoformat()),
            ),
        ),
    )


def _consequences(
    worker: Worker, version: SchemeVersion, on: date, known_on: date | None
) -> tuple[Note, ...]:
    """Report what follows ratings beyond grade and pay, once in each row of them; nothing is executed.

    A rating on file counts as out unless its announcement is later than the day asked for.
    """
    if version.assessment is None:
        return ()
    if not version.assessment.consequences:
        return ()
    rated = {
        year: one.value
        for one in worker.ratings
        if (year := one.year) is not None and year < on.year
        if recorded_by(one.recorded_on, known_on)
        if one.announced is None or latest(one.announced) <= on
    }
    return tuple(
        Note(
            code="consequence",
            facts=(
                ("years", ", ".join(str(year - back) for back in reversed(range(one.consecutive)))),
                ("rating", one.rating),
                ("zh", one.what.zh),
                ("en", one.what.en),
                ("source", one.source),
                ("clause", one.clause),
            ),
        )
        for one in version.assessment.consequences
        for year in sorted(rated)
        if all(rated.get(year - back) == one.rating for back in range(one.consecutive))
        and rated.get(year - one.consecutive) != one.rating
    )


def _transition(worker: Worker, version: SchemeVersion) -> tuple[Note, ...]:
    """Say that a rule for those who came from an earlier scheme is not applied, where it may have met the worker.

    A grade on record that was approved under this scheme holds what the rule gave.
    """
    first, placement = version.from_day, worker.placement
    if version.transition is None or (placement is not None and placement.since >= first):
        return ()
    if all(earliest(spell.start) >= first for spell in worker.spells):
        return ()
    return (Note(code="transition-not-computed", facts=(("earlier", version.transition.earlier),)),)
