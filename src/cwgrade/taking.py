"""The place that somebody takes who comes from another scheme: by a table, the same, at equal pay, or computed anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import attrs

from cwgrade.accrual import MonthInWorld, amounts_on
from cwgrade.accrual.compared import ALL, choices_compared, old_pay, pay_compared
from cwgrade.choices import Choices, explore
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.recognition import Recognition
from cwgrade.law.transition import Transition, TransitionRule
from cwgrade.leaves import Moved
from cwgrade.quantities import Clamp, gap_of
from cwgrade.reasoner import Instant
from cwgrade.scheme import SchemeVersion
from cwgrade.worker import PlacementOnRecord, Worker

__all__ = ["range_of", "taken"]


def taken(
    worker: Worker,
    version: SchemeVersion,
    known_on: date | None,
    law: Transition | Recognition,
    rule: TransitionRule,
    held: Moved | None,
) -> Moved | None:
    """Give the place that one rule gives for a standing under the scheme that was left.

    Args:
        worker: The worker's facts.
        version: The version that somebody came to.
        known_on: The day of knowing.
        law: What it says of those who come.
        rule: The rule.
        held: The standing; `None` gives none.
    """
    if held is None or version.ladder is None:
        return None
    held = attrs.evolve(held, rule=rule)
    if rule is TransitionRule.RECOMPUTED:
        return attrs.evolve(held, gaps=())
    if rule is TransitionRule.EQUAL_PAY:
        return _at_equal_pay(worker, version, known_on, held)
    if held.old_grade is None:
        gaps = held.gaps or (Gap(path=held.law, why="no-grade-before-move"),)
        return attrs.evolve(held, gaps=gaps)
    if rule is TransitionRule.TABLE:
        return _by_table(law, held, held.old_grade)
    return attrs.evolve(held, grade=held.old_grade, step=held.old_step)


def _by_table(law: Transition | Recognition, held: Moved, grade: int) -> Moved:
    table = law.table
    if isinstance(law.rule, Missing) and not table:
        # a table that is not printed nobody can enumerate
        return attrs.evolve(held, gaps=(gap_of(law.rule, f"{held.law}.rule"),))
    if isinstance(table, Missing):
        return attrs.evolve(held, gaps=(gap_of(table, f"{held.law}.table"),))
    new = dict(table).get(grade)
    if new is None:
        return attrs.evolve(held, gaps=(Gap(path=f"{held.law}.table.{grade}", why="no-cell"),))
    return attrs.evolve(held, grade=new, step=held.old_step)


def _at_equal_pay(
    worker: Worker, version: SchemeVersion, known_on: date | None, held: Moved
) -> Moved:
    """Take the place whose full monthly pay on the day of the move is least, but not below the old pay."""
    stated = version.transition.compared if version.transition and not held.elsewhere else ALL
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
    open_ = (Gap(path=f"{held.law}.rule", why="equal-pay-open"),)
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
    rungs = [range_of(version, str(ladder.name), post) for ladder in version.ladders]
    for grade in rungs[0]:
        for step in rungs[1] if len(rungs) > 1 else (None,):
            yield post, grade, step


def range_of(version: SchemeVersion, ladder: str, post: str) -> range:
    """Give the rungs of a ladder that a post may hold; none where they are not stated.

    Args:
        version: The version.
        ladder: `grade` or `step`.
        post: The post.
    """
    quantity = version.normal_form[ladder].quantity
    ranges = quantity.ranges if isinstance(quantity, Clamp) else ()
    return next((range(int(a), int(b) + 1) for name, a, b in ranges if name == post), range(0))
