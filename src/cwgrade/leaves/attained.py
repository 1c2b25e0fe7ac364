"""Facts as of a day: what was attained and has taken effect, and what holds for a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from cwgrade.choices import Question, QuestionKind
from cwgrade.dates import cutoff, earliest, latest
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.leaves.steps import found, timing_of
from cwgrade.quantities import Definition, FactLeaf, StatedEffect
from cwgrade.reasons import Step, StepValue
from cwgrade.worker import EVENTS, Attainment, Unknown

__all__ = ["fact_on"]

_NEVER: Final = date.max
_ALWAYS: Final = date.min


def fact_on(
    facts: Facts,
    definition: Definition,
    leaf: FactLeaf,
    on: date,
    ranking: Sequence[str] | None = None,
) -> Step:
    """Give a fact as of a day, after its effect; an unknown one is asked for.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The fact and its effect.
        on: The day.
        ranking: Of several things attained, which counts: the values from the least, where that is not their own order.
    """
    if leaf.attained:
        value, since = _attained(facts, leaf, on, ranking or leaf.values)
    else:
        value, since = _state(facts, leaf, on)
    if value not in leaf.values:
        gap = Gap(
            path=f"facts.{leaf.fact}", why="value-not-on-list", readings=(value, *leaf.values)
        )
        return found(definition, "fact", (gap,))
    inputs: tuple[tuple[str, StepValue], ...] = (("since", since),) if since else ()
    return found(definition, "fact", value, inputs=inputs)


def _ask_value(facts: Facts, leaf: FactLeaf) -> str:
    return facts.choices.ask(Question(kind=QuestionKind.FACT, path=leaf.fact), leaf.values)


def _attained(
    facts: Facts, leaf: FactLeaf, on: date, ranking: Sequence[str]
) -> tuple[str, date | None]:
    items = facts.attained(leaf.fact)
    if isinstance(items, Unknown):
        return _ask_value(facts, leaf), None
    if not items:
        return leaf.values[0], None
    effect = leaf.effect
    event, takes = effect.event, effect.takes
    if isinstance(event, Missing) or isinstance(takes, Missing):
        event, takes = _settled(facts, effect, on, [item for _, item in items])
    last = cutoff(on, takes, effect.annual_day)
    best, since = leaf.values[0], None
    ranked = sorted(items, key=lambda one: ranking.index(one[1].value), reverse=True)
    for index, item in ranked:
        holds = _held_by(item, event, last)
        if holds is None:
            path = f"{leaf.fact}[{index}].{event}"
            day = item.day_of(event)
            if day is None:
                asked = facts.choices.ask(
                    Question(kind=QuestionKind.FACT, path=path), (_ALWAYS, _NEVER)
                )
            else:
                asked = facts.day(path, day)
            holds = asked <= last
        if holds:
            best = item.value
            day = item.day_of(event)
            since = earliest(day) if day else None
            break
    return best, since


def _settled(
    facts: Facts, effect: StatedEffect, on: date, items: Sequence[Attainment]
) -> tuple[Any, ...]:
    """Settle the event that a fact counts from and when it takes effect, where the source leaves one of them open."""
    given = tuple(event for event in EVENTS if any(item.day_of(event) for item in items))
    path = f"{effect.path}.event"
    fields = (
        StatedField(path=path, stated=effect.event, readings=given or EVENTS[:1]),
        timing_of(effect),
    )

    def held(settled: tuple[Any, ...]) -> tuple[bool | None, ...]:
        event, takes = settled
        last = cutoff(on, takes, effect.annual_day)
        return tuple(_held_by(item, event, last) for item in items)

    return settle(facts.choices, fields, held)


def _held_by(item: Attainment, event: str, last: date) -> bool | None:
    """Tell whether an attainment has taken effect; one without any day holds on every day asked about."""
    day = item.day_of(event)
    if day is None:
        return None if any(item.day_of(one) for one in EVENTS) else True
    if latest(day) <= last:
        return True
    return False if earliest(day) > last else None


def _state(facts: Facts, leaf: FactLeaf, on: date) -> tuple[str, date | None]:
    entries = facts.states(leaf.fact)
    if not entries:
        return _ask_value(facts, leaf), None
    effect = leaf.effect
    days = [
        _ALWAYS
        if entry.start is None
        else facts.day(f"facts.{leaf.fact}[{place}].start", entry.start)
        for place, entry in enumerate(entries)
    ]

    def holding(settled: tuple[Any, ...]) -> int | None:
        last = cutoff(on, settled[0], effect.annual_day)
        began = [(day, place) for place, day in enumerate(days) if day <= last]
        return max(began)[1] if began else None

    # entries of one day only (most of them) do not depend on timing, and nothing is asked
    place = holding(settle(facts.choices, (timing_of(effect),), holding))
    if place is None:
        return _ask_value(facts, leaf), None
    value = entries[place].value
    if isinstance(value, Unknown):
        return _ask_value(facts, leaf), None
    return value, None if days[place] == _ALWAYS else days[place]
