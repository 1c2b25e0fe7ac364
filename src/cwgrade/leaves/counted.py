"""Creditable service that has taken effect by a day, and the rule it is counted by, as far as it is stated."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

import attrs

from cwgrade.dates import Reckoning, cutoff
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.leaves.steps import found, timing_of
from cwgrade.quantities import (
    Definition,
    ServiceLeaf,
    StatedEffect,
    StatedService,
    Unit,
    gap_of,
    tidy,
)
from cwgrade.reasons import Step
from cwgrade.service import (
    Convention,
    GapsRule,
    KindRule,
    LedgerEntry,
    Run,
    ServiceRule,
    Within,
    accept,
    credited_months,
    ledger_of,
    only_in,
    runs_of,
)

__all__ = [
    "Counter",
    "counts_on",
    "ledger_steps",
    "service_marks",
    "service_on",
    "settle_count",
    "settle_service",
    "start_not_stated",
]

_ONE_DAY: Final = timedelta(days=1)
_RATES: Final = (Fraction(0), Fraction(1))
_MONTHS: Final = 12


class Counter:
    """Counts one worker's service by one settled rule; months are found once for each day."""

    def __init__(self, facts: Facts, rule: ServiceRule) -> None:
        """Accept or reject every day, and form the runs."""
        self.rule = rule
        self.entries: tuple[LedgerEntry, ...] = accept(facts.claims, facts.leaves, rule)
        self.runs: tuple[Run, ...] = runs_of(self.entries)
        self._months: dict[date, int | Fraction] = {}
        self._months_in: dict[Hashable, int | Fraction] = {}

    def months(self, on: date) -> int | Fraction:
        """Count the months completed before a day."""
        counted = self._months.get(on)
        if counted is None:
            counted = self._months[on] = credited_months(self.runs, self.rule, on)
        return counted

    def months_in(self, on: date, times: tuple[tuple[date, date], ...]) -> int | Fraction:
        """Count, of the months completed before a day, what was served in some times `[start, end)`."""
        key = (on, times)
        counted = self._months_in.get(key)
        if counted is None:
            counted = credited_months(self.runs, self.rule, on, times)
            self._months_in[key] = counted
        return counted


@attrs.frozen
class _Setting:
    """The fields that this worker's service depends on, and how a combination of them becomes a rule."""

    fields: tuple[StatedField, ...]
    rule_of: Callable[[tuple[Any, ...]], ServiceRule]
    counters: dict[ServiceRule, Counter]
    by_fields: dict[tuple[Any, ...], Counter]

    @property
    def combinations(self) -> Iterator[tuple[Any, ...]]:
        """Every combination of readings."""
        return itertools.product(*(field.options for field in self.fields))


def settle_count(
    facts: Facts,
    stated: StatedService,
    effect: StatedEffect,
    on: date,
    signature: Callable[[Counter, date, tuple[Any, ...]], Hashable],
    more: tuple[StatedField, ...] = (),
) -> tuple[Counter, date, tuple[Any, ...]]:
    """Settle the rule by which service is counted, and fields that belong to one count of it.

    Args:
        facts: The worker's facts.
        stated: The rule as far as it is stated.
        effect: When the count takes effect.
        on: The day.
        signature: What depends on the count; it is given the counter, the day at whose start service is counted, and
            the values of the fields beside.
        more: The fields beside.

    Returns:
        The counter of the settled rule, that day, and the values.
    """
    setting = _setting(facts, stated, effect)
    own = len(setting.fields)

    def made(settled: tuple[Any, ...]) -> tuple[Counter, date, tuple[Any, ...]]:
        rule = settled[:own]
        return _counter(facts, setting, rule), _as_of(on, effect, rule), settled[own:]

    return made(settle(facts.choices, (*setting.fields, *more), lambda one: signature(*made(one))))


def settle_service(
    facts: Facts,
    stated: StatedService,
    effect: StatedEffect,
    on: date,
    signature: Callable[[Counter, date], Hashable],
) -> tuple[Counter, date]:
    """Settle the rule by which service is counted, asking only for what the signature depends on.

    Args:
        facts: The worker's facts.
        stated: The rule as far as it is stated.
        effect: When service takes effect.
        on: The day.
        signature: What depends on the count; it is given the counter and the day at whose start service is counted.

    Returns:
        The counter of the settled rule, and that day.
    """
    counter, as_of, _ = settle_count(
        facts, stated, effect, on, lambda one, last, _: signature(one, last)
    )
    return counter, as_of


def counts_on(
    facts: Facts, stated: StatedService, effect: StatedEffect, on: date
) -> Iterator[tuple[Counter, date]]:
    """Give the counter of every reading of the rule, and the day at whose start it counts what holds on a day."""
    setting = _setting(facts, stated, effect)
    for settled in setting.combinations:
        yield _counter(facts, setting, settled), _as_of(on, effect, settled)


def service_marks(
    facts: Facts, stated: StatedService, effect: StatedEffect, start: date, end: date
) -> set[date]:
    """Give the days in `(start, end)` on which the count that has taken effect grows, under any reading."""
    setting = _setting(facts, stated, effect)
    marks: set[date] = set()
    for settled in setting.combinations:
        counter = _counter(facts, setting, settled)
        ends = [_as_of(day, effect, settled) for day in (start, end - _ONE_DAY)]
        if counter.months(ends[0]) == counter.months(ends[1]):
            continue
        days = [start + timedelta(days=count) for count in range((end - start).days)]
        counts = [counter.months(_as_of(day, effect, settled)) for day in days]
        marks.update(
            day
            for day, before, after in zip(days[1:], counts, counts[1:], strict=False)
            if before != after
        )
    return marks


def _as_of(on: date, effect: StatedEffect, settled: tuple[Any, ...]) -> date:
    """Give the day at whose start service is counted: what is met on it has taken effect by `on`."""
    takes, reckoned = settled[0], settled[1]
    last = cutoff(on, takes, effect.annual_day)
    return last + _ONE_DAY if reckoned is Reckoning.LAST_DAY_SERVED else last


def _counter(facts: Facts, setting: _Setting, settled: tuple[Any, ...]) -> Counter:
    counter = setting.by_fields.get(settled)
    if counter is None:
        rule = setting.rule_of(settled)
        counter = setting.counters.get(rule) or Counter(facts, rule)
        setting.counters[rule] = setting.by_fields[settled] = counter
    return counter


def _setting(facts: Facts, stated: StatedService, effect: StatedEffect) -> _Setting:
    own = ("setting", effect.path)
    key = (own, facts.claims, facts.leaves)
    setting: _Setting | None = facts.memo.get(own) or facts.shared.get(key)
    if setting is None:
        setting = facts.shared[key] = _make_setting(facts, stated, effect)
    facts.memo[own] = setting
    return setting


def _make_setting(facts: Facts, stated: StatedService, effect: StatedEffect) -> _Setting:
    """Leave out fields that cannot matter here: kinds not claimed, gaps of an unbroken career, places all at home."""
    claimed = sorted({claim.kind for claim in facts.claims})
    taken = sorted({leave.kind for leave in facts.leaves})
    named = {kind.kind: kind for kind in stated.kinds}
    leaves = dict(stated.leaves)
    away = any(claim.region is not None for claim in facts.claims)
    broken = len(facts.claims) > 1 or bool(taken)
    fields = [
        timing_of(effect),
        StatedField(
            path=f"{effect.path}.reckoned_from",
            stated=effect.reckoned_from,
            readings=tuple(Reckoning),
        ),
        StatedField(
            path=f"{stated.path}.convention", stated=stated.convention, readings=tuple(Convention)
        ),
        StatedField(
            path=f"{stated.path}.gaps",
            stated=stated.gaps if broken else GapsRule.SKIPPED,
            readings=tuple(GapsRule),
        ),
    ]
    for kind in claimed:
        one = named.get(kind)
        rate, path = (
            (one.rate, f"{one.path}.rate")
            if one
            else (stated.other_kinds, f"{stated.path}.other_kinds")
        )
        within = one.within if one and away else Within.ANYWHERE
        fields.append(StatedField(path=path, stated=rate, readings=_RATES))
        within_path = f"{one.path}.within" if one else f"{stated.path}.other_kinds"
        fields.append(StatedField(path=within_path, stated=within, readings=tuple(Within)))
    for leave in taken:
        counts = leaves.get(leave, Missing(why="not-mentioned"))
        fields.append(
            StatedField(
                path=f"absences.{leave}.counts_as_service", stated=counts, readings=(True, False)
            )
        )

    # where the source leaves the day open, no count is told
    count_from = None if isinstance(stated.count_from, Missing) else stated.count_from

    def rule_of(settled: tuple[Any, ...]) -> ServiceRule:
        _takes, _reckoned, convention, gaps, *rest = settled
        values = iter(rest)
        kinds = tuple(
            KindRule(kind=kind, rate=next(values), within=next(values)) for kind in claimed
        )
        return ServiceRule(
            place=stated.place,
            kinds=kinds,
            leaves_not_counted=tuple(leave for leave in taken if not next(values)),
            count_from=count_from,
            gaps=gaps,
            convention=convention,
        )

    # counts that differ in their effect only are made by one rule
    counters = facts.shared.setdefault(("counters", facts.claims, facts.leaves), {})
    return _Setting(tuple(fields), rule_of, counters, {})


def start_not_stated(rule: StatedService) -> Gap | None:
    """Give the gap of a rule that counts from a day which the source leaves open; nobody can enumerate the days."""
    stated = rule.count_from
    return gap_of(stated, f"{rule.path}.count_from") if isinstance(stated, Missing) else None


def ledger_steps(
    facts: Facts,
    definition: Definition,
    counter: Counter,
    as_of: date,
    times: tuple[tuple[date, date], ...] | None = None,
) -> tuple[Step, ...]:
    """Show the ledger: claimed days by spell, accepted or rejected with the reason.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        counter: The counter of the settled rule.
        as_of: The day at whose start service is counted.
        times: Times `[start, end)` of which alone the days count; `None` for all.
    """
    key = ("ledger", definition.name, counter, as_of, times)
    found: tuple[Step, ...] | None = facts.shared.get(key)
    if found is None:
        entries = counter.entries if times is None else only_in(counter.entries, times)
        found = facts.shared[key] = _ledger_steps(definition, entries, as_of)
    return found


def _ledger_steps(
    definition: Definition, entries: Sequence[LedgerEntry], as_of: date
) -> tuple[Step, ...]:
    return tuple(
        Step(
            code=f"rejected.{entry.rejected}" if entry.rejected else "accepted",
            path=definition.path,
            result=entry.days,
            unit="days",
            inputs=(
                ("spell", entry.spell),
                ("start", entry.start),
                ("end", entry.end),
                ("kind", entry.kind),
                ("rate", tidy(entry.rate)),
            ),
            citation=definition.citation,
        )
        for entry in ledger_of(entries, as_of).entries
    )


def service_on(facts: Facts, definition: Definition, leaf: ServiceLeaf, on: date) -> Step:
    """Count creditable service that has taken effect by a day, with its ledger.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The rule and its effect; months, or full years.
        on: The day.
    """
    hidden = start_not_stated(leaf.rule)
    if hidden is not None:
        return found(definition, "service", (hidden,))
    per = _MONTHS if leaf.unit is Unit.YEARS else 1

    def in_unit(counter: Counter, as_of: date) -> int | Fraction:
        months = counter.months(as_of)
        return months // per if per > 1 else months

    counter, as_of = settle_service(facts, leaf.rule, leaf.effect, on, in_unit)
    return found(
        definition,
        "service",
        tidy(in_unit(counter, as_of)),
        inputs=(
            ("as_of", as_of),
            ("convention", str(counter.rule.convention)),
            ("months", tidy(counter.months(as_of))),
        ),
        parts=ledger_steps(facts, definition, counter, as_of),
    )
