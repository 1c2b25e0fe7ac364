"""Who came from an earlier version of a scheme (套改): where they stood on its last day, and the place they take."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.accrual import MonthInWorld, amounts_on
from cwgrade.accrual.compared import (
    ALL,
    choices_compared,
    lines_before,
    old_pay,
    pay_compared,
)
from cwgrade.choices import Choices, explore
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.transition import Transition, TransitionRule, WaitingCarried
from cwgrade.leaves import Moved
from cwgrade.leaves.rungs import share_served
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.placing import Placement, grade_in_world
from cwgrade.quantities import Clamp, gap_of
from cwgrade.questions import Standpoint
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.staging import first_day_under, left_by
from cwgrade.worker import PlacementOnRecord, Worker

__all__ = ["Moves", "moves_from", "moves_of"]

Moves = tuple[tuple[TransitionRule, tuple[Moved | None, ...]], ...]
_MOST: Final = 64


def moves_of(
    worker: Worker, scheme: Scheme, version: SchemeVersion, *, known_on: date | None
) -> Moves:
    """Give, for each rule that the source allows, the places that a worker may have taken.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        version: The version that is asked.
        known_on: The day of knowing.

    Returns:
        Nothing where no move is computed.
    """
    earlier, transition = left_by(scheme, version, known_on=known_on), version.transition
    if earlier is None or transition is None:
        return ()
    held = _held(worker, scheme, earlier, version, known_on)
    rules = tuple(TransitionRule) if isinstance(transition.rule, Missing) else (transition.rule,)
    return tuple(
        (rule, tuple(dict.fromkeys(_placed(worker, version, known_on, rule, one) for one in held)))
        for rule in rules
    )


def moves_from(standpoint: Standpoint, version: SchemeVersion) -> Moves:
    """Give the places that a worker may have taken, found once for all questions from one standpoint.

    Args:
        standpoint: Where the questions are asked from.
        version: The version that is asked.
    """
    found = standpoint.moves.get(version.digest)
    if found is None:
        found = moves_of(
            standpoint.worker, standpoint.scheme, version, known_on=standpoint.known_on
        )
        standpoint.moves[version.digest] = found
    return found


def _held(
    worker: Worker,
    scheme: Scheme,
    earlier: SchemeVersion,
    version: SchemeVersion,
    known_on: date | None,
) -> tuple[Moved | None, ...]:
    """Give every standing that is possible on the last day of the earlier version."""
    scheme_left = f"{earlier.id}, revision {earlier.revision}"
    converts = version.transition is not None and (
        isinstance(version.transition.waiting, Missing)
        or version.transition.waiting is WaitingCarried.CONVERTED
    )
    moves = moves_of(worker, scheme, earlier, known_on=known_on)
    shared: dict[Hashable, object] = {}
    cited = _Cited(earlier)

    def run(choices: Choices) -> Moved | None:
        since = first_day_under(Facts(worker, version, known_on, choices))
        facts = Facts(worker, earlier, known_on, choices, shared, moves=moves)
        instant = Instant(facts, since - timedelta(days=1))
        answer, step = grade_in_world(instant)
        if not facts.serving(instant.on):
            return None
        month, paid = amounts_on(instant)
        place = answer.value if isinstance(answer, Decided) else None
        ladders = tuple(str(one.name) for one in earlier.ladders) if place else ()
        climbs = tuple(
            (name, one) for name in ladders if (one := instant.climbed(name)) is not None
        )
        return Moved(
            since=since,
            rule=TransitionRule.RECOMPUTED,
            scheme=scheme_left,
            old_grade=place.grade if place else None,
            old_step=place.step if place else None,
            old_fen=month.gross.value if isinstance(month.gross, Decided) else None,
            climbed=climbs,
            lines=lines_before(month, version),
            shares=tuple(
                (name, share_served(one, since) if _may_rise(earlier, name, place) else Fraction(0))
                for name, one in climbs
                if converts and place is not None
            ),
            gaps=answer.gaps if isinstance(answer, Unspecified) else (),
            pay_gaps=month.gross.gaps if isinstance(month.gross, Unspecified) else (),
            held=cited.of(step),
            paid=cited.of(paid),
        )

    explored = explore(run)
    found = tuple(dict.fromkeys(world.answer for world in explored.worlds))
    if explored.complete and len(found) <= _MOST:
        return found
    gaps = (Gap(path="transition", why="too-many-standings"),)
    open_ = Moved(
        since=version.from_day,
        rule=TransitionRule.RECOMPUTED,
        scheme=scheme_left,
        old_grade=None,
        old_step=None,
        old_fen=None,
        gaps=gaps,
        pay_gaps=gaps,
        held=Step(code="scope", path="transition", result=gaps),
        paid=Step(code="scope", path="transition", result=gaps),
    )
    # of combinations that were not all tried, it is not even certain that somebody was under the earlier version
    return (open_,) if explored.complete and None not in found else (open_, None)


class _Cited:
    """Names the sources of the earlier version by their titles: the ids of two files may be the same words."""

    def __init__(self, version: SchemeVersion) -> None:
        self._titles = {name: source.instrument for name, source in version.sources}
        self._made: dict[int, tuple[Step, Step]] = {}

    def of(self, step: Step) -> Step:
        """Give the same step; one that stands in several places stays one."""
        made = self._made.get(id(step))
        if made is None:
            citation = step.citation
            if citation is not None:
                title = self._titles.get(citation.source, citation.source)
                citation = attrs.evolve(citation, source=title)
            parts = tuple(self.of(part) for part in step.parts)
            # the step is kept beside, so that its identity stays its own
            made = (step, attrs.evolve(step, citation=citation, parts=parts))
            self._made[id(step)] = made
        return made[1]


def _may_rise(version: SchemeVersion, ladder: str, place: Placement) -> bool:
    """Tell whether there is a rung above the one held: at the top nothing is being waited for."""
    rung = place.grade if ladder == "grade" else place.step
    return rung is None or rung < max(_range(version, ladder, place.post), default=rung + 1)


def _placed(
    worker: Worker,
    version: SchemeVersion,
    known_on: date | None,
    rule: TransitionRule,
    held: Moved | None,
) -> Moved | None:
    """Give the place that one rule gives for a standing under the earlier version."""
    transition = version.transition
    if held is None or transition is None or version.ladder is None:
        return None
    held = attrs.evolve(held, rule=rule)
    if rule is TransitionRule.RECOMPUTED:
        return attrs.evolve(held, gaps=())
    if rule is TransitionRule.EQUAL_PAY:
        return _at_equal_pay(worker, version, known_on, held)
    if held.old_grade is None:
        gaps = held.gaps or (Gap(path="transition", why="no-grade-before-move"),)
        return attrs.evolve(held, gaps=gaps)
    if rule is TransitionRule.SHIFT:
        return attrs.evolve(held, grade=held.old_grade, step=held.old_step)
    return _by_table(transition, held, held.old_grade)


def _by_table(transition: Transition, held: Moved, grade: int) -> Moved:
    path = f"transition.table.{grade}"
    table = transition.table
    if isinstance(transition.rule, Missing) and not table:
        # a table that is not printed nobody can enumerate
        rule = transition.rule
        return attrs.evolve(held, gaps=(Gap(path="transition.rule", why=rule.why, zh=rule.zh),))
    if isinstance(table, Missing):
        return attrs.evolve(held, gaps=(Gap(path="transition.table", why=table.why, zh=table.zh),))
    new = dict(table).get(grade)
    if new is None:
        return attrs.evolve(held, gaps=(Gap(path=path, why="no-cell"),))
    return attrs.evolve(held, grade=new, step=held.old_step)


def _at_equal_pay(
    worker: Worker, version: SchemeVersion, known_on: date | None, held: Moved
) -> Moved:
    """Take the place whose full monthly pay on the day of the move is least, but not below the old pay."""
    stated = version.transition.compared if version.transition is not None else ALL
    if not isinstance(stated, Missing):
        return _nearest(worker, version, known_on, held, stated)
    found = {_nearest(worker, version, known_on, held, one) for one in choices_compared(version)}
    if len(found) == 1:
        return found.pop()
    return attrs.evolve(held, gaps=(gap_of(stated, "transition.compared"),))


def _nearest(
    worker: Worker,
    version: SchemeVersion,
    known_on: date | None,
    held: Moved,
    compared: tuple[str, ...],
) -> Moved:
    open_ = (Gap(path="transition.rule", why="equal-pay-open"),)
    old = old_pay(held, compared)
    if not isinstance(old, int):
        return attrs.evolve(held, gaps=old or open_)
    paid: list[tuple[int, int, int]] = []
    for post, grade, step in _places(worker, version, known_on, held.since):
        placement = PlacementOnRecord(post=post, grade=grade, step=step, since=held.since)
        there = attrs.evolve(worker, placement=placement)

        def run(choices: Choices, there: Worker = there) -> MonthInWorld:
            facts = Facts(there, version, known_on, choices)
            return amounts_on(Instant(facts, held.since), protected=False)[0]

        explored = explore(run)
        amounts = {pay_compared(world.answer, compared) for world in explored.worlds}
        fen = amounts.pop() if explored.complete and len(amounts) == 1 else None
        if not isinstance(fen, int):
            return attrs.evolve(held, gaps=open_)
        paid.append((fen, grade, step or 0))
    if not paid:
        return attrs.evolve(held, gaps=open_)
    enough = [one for one in paid if one[0] >= old]
    _, grade, step = min(enough) if enough else max(paid)
    return attrs.evolve(held, grade=grade, step=step or None, gaps=())


def _places(
    worker: Worker, version: SchemeVersion, known_on: date | None, on: date
) -> Iterator[tuple[str, int, int | None]]:
    """Give every grade and step of the post held on a day; none where the post is not certain."""
    posts = {
        world.answer
        for world in explore(
            lambda choices: Facts(worker, version, known_on, choices).post_on(on)
        ).worlds
    }
    post = next(iter(posts)) if len(posts) == 1 else None
    if not isinstance(post, str):
        return
    rungs = [_range(version, str(ladder.name), post) for ladder in version.ladders]
    for grade in rungs[0]:
        for step in rungs[1] if len(rungs) > 1 else (None,):
            yield post, grade, step


def _range(version: SchemeVersion, ladder: str, post: str) -> range:
    quantity = version.normal_form[ladder].quantity
    ranges = quantity.ranges if isinstance(quantity, Clamp) else ()
    return next((range(int(a), int(b) + 1) for name, a, b in ranges if name == post), range(0))
