"""The closed union of answers: gaps and unknowns are values, not exceptions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, Never, TypeVar

import attrs

from cwgrade.choices import Explored, Picked, Question, QuestionKind, World
from cwgrade.errors import CannotDecide
from cwgrade.gaps import Gap
from cwgrade.reasons import Reason, Step

__all__ = [
    "Decided",
    "NotApplicable",
    "NotEligible",
    "OneOf",
    "Outcome",
    "Unspecified",
    "combine",
    "refuse",
    "status_of",
]

T = TypeVar("T")


@attrs.frozen
class Decided(Generic[T]):
    """The answer is certain."""

    value: T


@attrs.frozen
class NotEligible:
    """The scheme does not pay or grade this worker on that day, for a reason."""

    reason: Reason


@attrs.frozen
class NotApplicable:
    """The question makes no sense under this scheme, such as a grade in a scheme without grades."""

    reason: Reason


@attrs.frozen
class OneOf(Generic[T]):
    """An unknown fact matters: the possible answers, and the fact that settles most.

    Attributes:
        values: Every possible answer, in order.
        settled_by: The fact to find out first.
        unknown: Every unknown fact that was asked for.
        reasons: Why there may be no answer at all, where that is possible too.
    """

    values: tuple[T, ...]
    settled_by: str
    unknown: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@attrs.frozen
class Unspecified:
    """The source does not say: the gaps the answer depends on.

    Attributes:
        gaps: What is missing, where, and which readings were tried.
        unknown: Every unknown fact that the answer depends on besides.
    """

    gaps: tuple[Gap, ...]
    unknown: tuple[str, ...] = ()


Outcome = Decided[T] | NotEligible | NotApplicable | OneOf[T] | Unspecified

_STATUS = {
    Decided: "decided",
    NotEligible: "not_eligible",
    NotApplicable: "not_applicable",
    OneOf: "one_of",
    Unspecified: "unspecified",
}


def status_of(outcome: Outcome[T]) -> str:
    """Name the kind of an outcome as rosters and JSON write it.

    Examples:
        >>> status_of(Decided(5))
        'decided'
    """
    return _STATUS[type(outcome)]


def refuse(outcome: Outcome[T]) -> Never:
    """Raise `CannotDecide` for an outcome that has no single value."""
    match outcome:
        case NotEligible(reason) | NotApplicable(reason):
            raise CannotDecide(reason.code, **dict(reason.facts))
        case OneOf(values, settled_by):
            raise CannotDecide("one-of", count=len(values), settled_by=settled_by)
        case Unspecified(gaps):
            raise CannotDecide(
                "unspecified", paths=[gap.path for gap in gaps], why=[gap.why for gap in gaps]
            )
        case _:
            raise CannotDecide("unspecified", paths=[], why=[])


Single = Decided[T] | NotEligible | NotApplicable | Unspecified
"""What one run can answer: everything but `OneOf`."""

_MOST_READINGS = 256


def combine(
    explored: Explored[Single[T]],
    *,
    key: Callable[[T], Hashable] = lambda value: value,
    order: Callable[[T], tuple[int, ...]] = lambda _value: (),
    roots: Sequence[Step] = (),
) -> Outcome[T]:
    """Make one outcome of the answers of all worlds.

    All worlds agree: that answer. They differ through facts alone: the set of answers. They differ through readings
    of the scheme: unspecified. Where nothing at all is certain because a gap has no finite readings, the gaps are
    named.

    Args:
        explored: The answers by world.
        key: What has to agree; by default the whole value.
        order: The order in which possible answers are listed.
        roots: The root step of each world: beneath a gap they show which unknown facts matter too.
    """
    worlds = explored.worlds
    keys = [_key(world.answer, key) for world in worlds]
    if not explored.complete or _readings_tried(worlds) > _MOST_READINGS:
        questions = _questions(worlds)
        return Unspecified(
            (
                Gap(
                    path=", ".join(question.path for question in questions),
                    why="too-many-possibilities",
                ),
            )
        )
    if len(set(keys)) == 1:
        agreed = worlds[0].answer
        if isinstance(agreed, Unspecified):
            return Unspecified(agreed.gaps, _facts_beneath(worlds, roots))
        return agreed
    readings = _deciding_readings(worlds, keys)
    gaps = tuple(dict.fromkeys(gap for world in worlds for gap in _gaps(world.answer)))
    if readings or gaps:
        return Unspecified((*_named(worlds, readings), *gaps), _facts_beneath(worlds, roots))
    facts = tuple(question for question in _questions(worlds) if question.kind is QuestionKind.FACT)
    values: dict[Hashable, T] = {}
    for world, answer_key in zip(worlds, keys, strict=True):
        if isinstance(world.answer, Decided):
            values.setdefault(answer_key, world.answer.value)
    reasons = tuple(
        dict.fromkeys(
            world.answer.reason
            for world in worlds
            if isinstance(world.answer, NotEligible | NotApplicable)
        )
    )
    return OneOf(
        tuple(sorted(values.values(), key=order)),
        _settles_most(worlds, keys, facts, order),
        tuple(dict.fromkeys(question.path for question in facts)),
        reasons,
    )


def _named(worlds: Sequence[World[Single[T]]], questions: Sequence[Question]) -> tuple[Gap, ...]:
    """Give the fields behind questions, each once with everything that was tried for it."""
    asked: dict[str, list[Question]] = {}
    for question in questions:
        asked.setdefault(question.path, []).append(question)
    return tuple(
        Gap(
            path=path,
            why=ones[0].why,
            zh=ones[0].zh,
            readings=tuple(
                dict.fromkeys(option for one in ones for option in _options(worlds, one))
            ),
        )
        for path, ones in asked.items()
    )


def _facts_beneath(worlds: Sequence[World[Single[T]]], roots: Sequence[Step]) -> tuple[str, ...]:
    """Name the unknown facts that change what is known beneath the gaps of an answer."""
    if not roots:
        return ()
    known = [_known_in(root) for root in roots]
    found: list[str] = []
    for question in _questions(worlds):
        by_option: dict[str, set[Hashable]] = {}
        for world, one in zip(worlds, known, strict=True):
            for pick in world.picks:
                if pick.question == question:
                    by_option.setdefault(pick.option, set()).add(one)
        several = len({frozenset(ones) for ones in by_option.values()}) > 1
        if question.kind is QuestionKind.FACT and several:
            found.append(question.path)
    return tuple(dict.fromkeys(found))


def _known_in(step: Step) -> Hashable:
    """Give a step's result, or, where a gap hides it, what is known of its parts."""
    return tuple(_known_in(part) for part in step.parts) or step.gaps if step.gaps else step.result


def _key(answer: Single[T], key: Callable[[T], Hashable]) -> Hashable:
    return ("decided", key(answer.value)) if isinstance(answer, Decided) else answer


def _gaps(answer: Single[T]) -> tuple[Gap, ...]:
    return answer.gaps if isinstance(answer, Unspecified) else ()


def _questions(worlds: Sequence[World[Single[T]]]) -> tuple[Question, ...]:
    return tuple(dict.fromkeys(pick.question for world in worlds for pick in world.picks))


def _options(worlds: Sequence[World[Single[T]]], question: Question) -> list[str]:
    return [pick.option for world in worlds for pick in world.picks if pick.question == question]


def _readings_tried(worlds: Sequence[World[Single[T]]]) -> int:
    return len(
        {
            tuple(pick for pick in world.picks if pick.question.kind is QuestionKind.READING)
            for world in worlds
        }
    )


def _deciding_readings(
    worlds: Sequence[World[Single[T]]], keys: Sequence[Hashable]
) -> tuple[Question, ...]:
    """Find the readings that change the answer while every fact stays the same."""
    by_facts: dict[tuple[Picked, ...], list[int]] = {}
    for place, world in enumerate(worlds):
        facts = tuple(pick for pick in world.picks if pick.question.kind is QuestionKind.FACT)
        by_facts.setdefault(facts, []).append(place)
    deciding: dict[Question, None] = {}
    for places in by_facts.values():
        if len({keys[place] for place in places}) == 1:
            continue
        for place in places:
            for pick in worlds[place].picks:
                if pick.question.kind is QuestionKind.READING and _changes(
                    worlds, keys, places, pick.question
                ):
                    deciding[pick.question] = None
    if not deciding and _readings_tried(worlds) > 1 and _mixed(worlds, keys):
        # facts asked for differ between readings: name every reading rather than hide one
        return tuple(q for q in _questions(worlds) if q.kind is QuestionKind.READING)
    return tuple(deciding)


def _changes(
    worlds: Sequence[World[Single[T]]],
    keys: Sequence[Hashable],
    places: Sequence[int],
    question: Question,
) -> bool:
    answers: dict[str | None, set[Hashable]] = {}
    for place in places:
        option = next(
            (pick.option for pick in worlds[place].picks if pick.question == question), None
        )
        answers.setdefault(option, set()).add(keys[place])
    return len({frozenset(group) for group in answers.values()}) > 1


def _mixed(worlds: Sequence[World[Single[T]]], keys: Sequence[Hashable]) -> bool:
    """Tell whether the sets of answers differ between combinations of readings."""
    groups: dict[tuple[Picked, ...], set[Hashable]] = {}
    for world, key in zip(worlds, keys, strict=True):
        readings = tuple(pick for pick in world.picks if pick.question.kind is QuestionKind.READING)
        groups.setdefault(readings, set()).add(key)
    return len({frozenset(group) for group in groups.values()}) > 1


def _settles_most(
    worlds: Sequence[World[Single[T]]],
    keys: Sequence[Hashable],
    facts: Sequence[Question],
    order: Callable[[T], tuple[int, ...]],
) -> str:
    """Name the fact whose worst-case answer leaves the fewest possible answers.

    Ties go to the fact whose worst-case answer leaves the narrower span of values, then to the one asked first.
    """

    def worst(question: Question) -> tuple[int, tuple[int, ...]]:
        left: dict[str | None, dict[Hashable, World[Single[T]]]] = {}
        for world, key in zip(worlds, keys, strict=True):
            option = next((pick.option for pick in world.picks if pick.question == question), None)
            left.setdefault(option, {}).setdefault(key, world)
        # worlds that did not ask the question stay possible whatever its answer is
        always = left.pop(None, {})
        groups = [always | group for group in left.values()]
        return max(len(group) for group in groups), max(
            _span(list(group.values()), order) for group in groups
        )

    return min(facts, key=worst).path


def _span(
    worlds: Sequence[World[Single[T]]], order: Callable[[T], tuple[int, ...]]
) -> tuple[int, ...]:
    """Give how far the decided values lie apart, for each number that they are ordered by."""
    placed = [order(one.answer.value) for one in worlds if isinstance(one.answer, Decided)]
    return tuple(max(column) - min(column) for column in zip(*placed, strict=True))
