"""The grade on a day, and whether a worker is under the scheme at all."""

from __future__ import annotations

from datetime import date

import attrs

from cwgrade.choices import Choices
from cwgrade.dates import days_of_month
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.moving import moves_from
from cwgrade.outcomes import (
    Decided,
    NotApplicable,
    NotEligible,
    Outcome,
    Single,
    Unspecified,
    combine,
    refuse,
)
from cwgrade.placing import Placement, grade_in_world, rank_of
from cwgrade.quantities import Unit
from cwgrade.questions import Standpoint, derive
from cwgrade.reasoner import Instant, refusal_on
from cwgrade.reasons import Derivation, Step, StepValue
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.timeline import Standing
from cwgrade.worker import Worker

__all__ = [
    "Grading",
    "Placement",
    "Quantified",
    "Scoping",
    "grade_from",
    "grade_in_month",
    "grade_on",
    "in_scope",
    "quantity_on",
]


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
    def posts(self) -> tuple[str, ...]:
        """The post held on the day; several where that is not certain, none where there is none."""
        root = self.derivation.root
        alternatives = root.parts if root.code == "possibilities" else (root,)
        # the nearest one: deeper in the tree may stand posts that were held earlier
        found = (one.nearest("post") for one in alternatives)
        return tuple(dict.fromkeys(str(step.result) for step in found if step))

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
    standpoint = Standpoint(worker, scheme, known_on, beyond)
    version = standpoint.version_on(on)
    moves = moves_from(standpoint, version)

    def run(choices: Choices) -> tuple[Single[bool], Step]:
        instant = Instant(standpoint.facts(version, choices, moves=moves), on)
        refusal = refusal_on(instant)
        looked = (
            tuple(instant.step(one.fact) for one in version.excluded)
            if instant.facts.serving(on)
            else ()
        )
        return refusal or Decided(value=True), Step(
            code="scope", path="scope", result=refusal is None, parts=looked
        )

    explored = standpoint.explore(run)
    outcome = combine(
        explored.map(lambda pair: pair[0]), roots=[world.answer[1] for world in explored.worlds]
    )
    return Scoping(
        outcome,
        derive(standpoint, version, explored, on=on, moved=bool(moves)),
    )


def grade_on(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    elsewhere: Schemes | None = None,
) -> Grading:
    """Find a worker's post and grade on a day.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day, asked at its start: service through the day before counts.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        elsewhere: Schemes of other places too, for a grade that was held there; see `[recognition]`.

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
    return grade_from(Standpoint(worker, scheme, known_on, beyond, schemes=elsewhere), on=on)


def grade_from(standpoint: Standpoint, *, on: date) -> Grading:
    """Find the post and grade on a day, as `grade_on` does, and share what is found with other questions.

    Args:
        standpoint: The worker, the scheme and what is known.
        on: The day, asked at its start.

    Raises:
        NotInForce: The scheme does not apply on that day.
        ArgumentError: An argument is of the wrong kind.
    """
    version = standpoint.version_on(on)
    moves = moves_from(standpoint, version)

    def run(choices: Choices) -> tuple[Single[Placement], Step]:
        return grade_in_world(Instant(standpoint.facts(version, choices, moves=moves), on))

    explored = standpoint.explore(run)
    outcome = combine(
        explored.map(lambda pair: pair[0]),
        order=rank_of,
        roots=[world.answer[1] for world in explored.worlds],
    )
    return Grading(
        outcome,
        derive(standpoint, version, explored, on=on, moved=bool(moves)),
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
    standpoint = Standpoint(worker, scheme, known_on, beyond)
    version = standpoint.version_on(on)
    moves = moves_from(standpoint, version)
    definition = version.normal_form.get(name)
    if definition is None:
        raise ArgumentError("no-such-quantity", value=name, scheme=version.id)

    def run(choices: Choices) -> tuple[Single[StepValue], Step]:
        instant = Instant(standpoint.facts(version, choices, moves=moves), on)
        refusal = refusal_on(instant)
        if refusal is not None:
            return refusal, Step(code="scope", path="scope", result=False)
        step = instant.step(name)
        return (Unspecified(step.gaps) if step.gaps else Decided(step.result)), step

    explored = standpoint.explore(run)
    outcome = combine(
        explored.map(lambda pair: pair[0]), roots=[world.answer[1] for world in explored.worlds]
    )
    return Quantified(
        outcome,
        definition.unit,
        derive(standpoint, version, explored, on=on, moved=bool(moves)),
    )


def grade_in_month(
    worker: Worker,
    scheme: Scheme,
    *,
    year: int,
    month: int,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    elsewhere: Schemes | None = None,
) -> Grading:
    """Find the grade at the start of a month; of somebody who was not there yet, at its end.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
        elsewhere: Schemes of other places too, for a grade that was held there; see `[recognition]`.

    Raises:
        NotInForce: The scheme does not apply on the first day of the month.
    """
    standpoint = Standpoint(worker, scheme, known_on, beyond, schemes=elsewhere)
    return graded_in_month(standpoint, year=year, month=month)


def graded_in_month(standpoint: Standpoint, *, year: int, month: int) -> Grading:
    """Find the grade of a month; see `grade_in_month`.

    Args:
        standpoint: Where the question is asked from.
        year: The year.
        month: The month, 1 to 12.

    Raises:
        NotInForce: The scheme does not apply on the first day of the month.
    """
    first, last = date(year, month, 1), date(year, month, days_of_month(year, month))
    version = standpoint.scheme.version_of_month(
        first, known_on=standpoint.known_on, beyond=standpoint.beyond
    )
    # a version that is attested from a later day of the month gives no grade before that day
    first = max(first, version.from_day)
    grading = grade_from(standpoint, on=first)
    if (
        not isinstance(grading.outcome, NotEligible)
        or grading.outcome.reason.code != "not-in-service"
    ):
        return grading
    try:
        later = grade_from(standpoint, on=last)
    except NotInForce:
        return grading
    return grading if isinstance(later.outcome, NotEligible) else later
