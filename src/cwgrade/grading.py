"""The grade on a day, and whether a worker is under the scheme at all."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Final, TypeVar

import attrs

from cwgrade.canonical import digest
from cwgrade.choices import Choices, Explored, explore
from cwgrade.dates import earliest, latest
from cwgrade.errors import ArgumentError
from cwgrade.facts import Facts, check_arguments
from cwgrade.outcomes import (
    Decided,
    NotApplicable,
    NotEligible,
    Outcome,
    Single,
    Unspecified,
    combine,
    refuse,
    status_of,
)
from cwgrade.quantities import Unit, combine_values
from cwgrade.reasoner import Instant, refusal_on
from cwgrade.reasons import Derivation, Note, Reason, Step, StepValue
from cwgrade.scheme import Beyond, Scheme, SchemeVersion
from cwgrade.timeline import Standing, recorded_by
from cwgrade.version import __version__
from cwgrade.worker import Worker

__all__ = [
    "Grading",
    "Placement",
    "Quantified",
    "Scoping",
    "derive",
    "grade_on",
    "in_scope",
    "quantity_on",
    "version_for",
]

T = TypeVar("T")
_MOST_SHOWN: Final = 64
"""Worlds whose steps are kept for a derivation of several answers."""


@attrs.frozen(kw_only=True, order=True)
class Placement:
    """A post, a grade and, where the scheme has steps, a step on a day.

    Attributes:
        grade: The grade.
        post: The scheme's id of the post.
        step: The step beside the grade; `None` in a scheme without steps.
    """

    grade: int
    post: str
    step: int | None = None


@attrs.frozen
class Grading:
    """The grade on a day and how it was found.

    Attributes:
        outcome: The placement, or why there is none or more than one.
        derivation: The reasons.
    """

    outcome: Outcome[Placement]
    derivation: Derivation

    @property
    def placement(self) -> Placement:
        """The placement.

        Raises:
            CannotDecide: The outcome is not a single placement.
        """
        if isinstance(self.outcome, Decided):
            return self.outcome.value
        return refuse(self.outcome)

    @property
    def standing(self) -> Standing:
        """Whether the result is final or blocked."""
        certain = isinstance(self.outcome, Decided | NotEligible | NotApplicable)
        return Standing.FINAL if certain else Standing.BLOCKED


@attrs.frozen
class Scoping:
    """Whether a worker is paid under a scheme on a day.

    Attributes:
        outcome: `Decided(True)`, or why not.
        derivation: The reasons.
    """

    outcome: Outcome[bool]
    derivation: Derivation


@attrs.frozen
class Quantified:
    """A named quantity on a day and how it was found.

    Attributes:
        outcome: Its value, in the unit that is computed in; or why there is none or more than one.
        unit: What it counts.
        derivation: The reasons.
    """

    outcome: Outcome[StepValue]
    unit: Unit
    derivation: Derivation


def in_scope(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> Scoping:
    """Tell whether a worker is under a scheme on a day.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day, asked at its start.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Returns:
        The outcome with its derivation.

    Raises:
        NotInForce: The scheme does not apply on that day.
    """
    version = version_for(worker, scheme, on, known_on, beyond)

    shared: dict[Hashable, object] = {}

    def run(choices: Choices) -> tuple[Single[bool], Step]:
        instant = Instant(Facts(worker, version, known_on, choices, shared), on)
        refusal = refusal_on(instant)
        looked = (
            tuple(instant.step(one.fact) for one in version.excluded)
            if instant.facts.serving(on)
            else ()
        )
        return refusal or Decided(value=True), Step(
            code="scope", path="scope", result=refusal is None, parts=looked
        )

    explored = explore(run)
    outcome = combine(explored.map(lambda pair: pair[0]))
    return Scoping(
        outcome, derive(worker, version, explored, on=on, known_on=known_on, beyond=beyond)
    )


def grade_on(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> Grading:
    """Find a worker's post and grade on a day.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day, asked at its start: service through the day before counts.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Returns:
        The outcome with its derivation.

    Raises:
        NotInForce: The scheme does not apply on that day.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> clerk = Worker(
        ...     id="1",
        ...     spells=(ServiceSpell(start=date(2015, 3, 1), post="deputy"),),
        ...     schooling=(),
        ...     degrees=(),
        ...     qualifications=(),
        ...     honours=(),
        ... )
        >>> grade_on(clerk, load_scheme("harbin-2016"), on=date(2016, 1, 1)).outcome.reason.code
        'no-grades'
    """
    version = version_for(worker, scheme, on, known_on, beyond)

    shared: dict[Hashable, object] = {}

    def run(choices: Choices) -> tuple[Single[Placement], Step]:
        return grade_in_world(Instant(Facts(worker, version, known_on, choices, shared), on))

    explored = explore(run)
    outcome = combine(explored.map(lambda pair: pair[0]), order=_rank)
    return Grading(
        outcome, derive(worker, version, explored, on=on, known_on=known_on, beyond=beyond)
    )


def quantity_on(
    worker: Worker,
    scheme: Scheme,
    name: str,
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> Quantified:
    """Find one named quantity of a scheme for a worker on a day, to check a definition by itself.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        name: The quantity, as formulas name it: `coefficient`, `pay.basic`, `post`.
        on: The day, asked at its start.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Returns:
        The outcome with its derivation.

    Raises:
        ArgumentError: The scheme has no such quantity.
        NotInForce: The scheme does not apply on that day.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> clerk = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), post="deputy"),))
        >>> quantity_on(clerk, load_scheme("harbin-2016"), "post", on=date(2016, 1, 1)).outcome
        Decided(value='deputy')
    """
    version = version_for(worker, scheme, on, known_on, beyond)
    definition = version.normal_form.get(name)
    if definition is None:
        raise ArgumentError("no-such-quantity", value=name, scheme=version.id)
    shared: dict[Hashable, object] = {}

    def run(choices: Choices) -> tuple[Single[StepValue], Step]:
        instant = Instant(Facts(worker, version, known_on, choices, shared), on)
        refusal = refusal_on(instant)
        if refusal is not None:
            return refusal, Step(code="scope", path="scope", result=False)
        step = instant.step(name)
        return (Unspecified(step.gaps) if step.gaps else Decided(step.result)), step

    explored = explore(run)
    outcome = combine(explored.map(lambda pair: pair[0]))
    return Quantified(
        outcome,
        definition.unit,
        derive(worker, version, explored, on=on, known_on=known_on, beyond=beyond),
    )


def grade_in_world(instant: Instant) -> tuple[Single[Placement], Step]:
    """Find the grade in one world.

    Args:
        instant: The worker on the day.

    Returns:
        The answer and its root step.
    """
    refusal = refusal_on(instant)
    if refusal is not None:
        hidden: StepValue = refusal.gaps if isinstance(refusal, Unspecified) else False
        return refusal, Step(code="scope", path="scope", result=hidden)
    if instant.version.ladder is None:
        return NotApplicable(Reason(code="no-grades")), instant.step("post")
    steps = [instant.step(str(ladder.name)) for ladder in instant.version.ladders]
    root = steps[0]
    if len(steps) > 1:
        root = Step(
            code="ladders",
            path="",
            result=combine_values(steps, lambda rungs: rungs[0]),
            unit=root.unit,
            parts=tuple(steps),
        )
    if root.gaps:
        return Unspecified(root.gaps), root
    grade, *beside = (_whole(one.result) for one in steps)
    post = str(instant.step("post").result)
    return Decided(Placement(grade=grade, post=post, step=beside[0] if beside else None)), root


def _whole(rung: StepValue) -> int:
    if not isinstance(rung, int) or isinstance(rung, bool):
        # a rate of service can leave a fraction only below the rung: rises are whole
        msg = f"grade or step is not whole: {rung!r}"
        raise TypeError(msg)
    return rung


def _rank(placement: Placement) -> tuple[int, int]:
    return placement.grade, placement.step or 0


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
        notes=(
            *notes,
            *_recorded_notes(worker, version, known_on),
            *_consequence_notes(worker, version, on, known_on),
            *_transition_notes(worker, version),
        ),
        assumed=(*worker.assumed, *version.assumed),
    )


def _recorded_notes(
    worker: Worker, version: SchemeVersion, known_on: date | None
) -> tuple[Note, ...]:
    """Show a recorded grade beside the one computed from earlier facts, where there are such facts."""
    placement = worker.placement
    if placement is None or version.ladder is None:
        return ()
    if not recorded_by(placement.recorded_on, known_on):
        return ()
    if all(earliest(spell.start) >= placement.since for spell in worker.spells):
        return ()

    shared: dict[Hashable, object] = {}

    def run(choices: Choices) -> Single[Placement]:
        facts = Facts(worker, version, known_on, choices, shared)
        return grade_in_world(Instant(facts, placement.since, use_placement=False))[0]

    outcome = combine(explore(run), order=_rank)
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


def _consequence_notes(
    worker: Worker, version: SchemeVersion, on: date, known_on: date | None
) -> tuple[Note, ...]:
    """Report what follows ratings beyond grade and pay, once in each row of them; nothing is executed.

    A rating on file counts as out unless its announcement is later than the day asked for.
    """
    if version.assessment is None:
        return ()
    rated = {
        one.year: one.value
        for one in worker.ratings
        if one.year is not None and one.year < on.year and recorded_by(one.recorded_on, known_on)
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


def _transition_notes(worker: Worker, version: SchemeVersion) -> tuple[Note, ...]:
    """Say that a rule for those who came from an earlier scheme is not applied, where it may have met the worker.

    A grade on record that was approved under this scheme holds what the rule gave.
    """
    first, placement = version.from_day, worker.placement
    if version.transition is None or (placement is not None and placement.since >= first):
        return ()
    if all(earliest(spell.start) >= first for spell in worker.spells):
        return ()
    return (Note(code="transition-not-computed", facts=(("earlier", version.transition.earlier),)),)
