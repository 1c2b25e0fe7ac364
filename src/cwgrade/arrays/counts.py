"""Creditable service of a roster under every reading of a scheme's rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.people import People
from cwgrade.arrays.service import Runs, credited_months, runs_of
from cwgrade.dates import Reckoning, Takes, cutoff
from cwgrade.facts import StatedField
from cwgrade.gaps import Missing
from cwgrade.leaves.steps import timing_of
from cwgrade.quantities import StatedEffect, StatedService
from cwgrade.service import Claim, Convention, GapsRule, KindRule, ServiceRule, Within, accept

__all__ = ["Counts", "Reading"]

Codes = NDArray[Any]

_MOST_READINGS: Final = 64


@attrs.frozen(kw_only=True)
class Reading:
    """One reading of the rule: how months are counted, and when they take effect."""

    rule: ServiceRule
    takes: Takes
    reckoned: Reckoning
    effect: StatedEffect

    def as_of(self, on: date) -> date:
        """Give the day at whose start service is counted."""
        last = cutoff(on, self.takes, self.effect.annual_day)
        if self.reckoned is Reckoning.LAST_DAY_SERVED:
            return last + timedelta(days=1)
        return last


class Counts:
    """Counts the service of a roster; every count is found once for each rule and day.

    Attributes:
        hard: Rows whose service the arrays do not count.
        readings: Every reading of the rule; none where there are too many.
    """

    def __init__(self, people: People, stated: StatedService, effect: StatedEffect) -> None:
        """Take the rule apart into its readings, and the spells into runs for each."""
        self._people = people
        self._stated = stated
        self.hard = np.zeros(people.size, np.bool_)
        self.readings = tuple(self._readings(effect))
        self._runs: dict[ServiceRule, Runs] = {}
        self._counted: dict[tuple[ServiceRule, date], Codes] = {}

    def months(self, reading: Reading, on: date) -> Codes:
        """Count every worker's months completed before a day, under a reading."""
        key = (reading.rule, on)
        if key not in self._counted:
            self._counted[key] = credited_months(
                self._runs_under(reading.rule),
                self._people.size,
                np.array(on, "datetime64[D]"),
                reading.rule.convention,
                reading.rule.gaps,
            )
        return self._counted[key]

    def _readings(self, effect: StatedEffect) -> Iterator[Reading]:
        stated, spells = self._stated, self._people.spells
        if isinstance(stated.count_from, Missing):
            self.hard[:] = True
            return
        named = {kind.kind: kind for kind in stated.kinds}
        fields = [
            timing_of(effect),
            StatedField(path="", stated=effect.reckoned_from, readings=tuple(Reckoning)),
            StatedField(path="", stated=stated.convention, readings=tuple(Convention)),
            StatedField(path="", stated=stated.gaps, readings=tuple(GapsRule)),
        ]
        for kind in spells.kinds:
            one = named.get(kind)
            rate = one.rate if one else stated.other_kinds
            within = one.within if one else Within.ANYWHERE
            fields.append(StatedField(path="", stated=rate, readings=(Fraction(0), Fraction(1))))
            fields.append(StatedField(path="", stated=within, readings=tuple(Within)))
        options = [field.options for field in fields]
        if np.prod([len(one) for one in options]) > _MOST_READINGS:
            self.hard[:] = True
            return
        for takes, reckoned, convention, gaps, *rest in itertools.product(*options):
            values = iter(rest)
            kinds = tuple(
                KindRule(kind=kind, rate=next(values), within=next(values)) for kind in spells.kinds
            )
            rule = ServiceRule(
                place=stated.place,
                kinds=kinds,
                count_from=stated.count_from,
                gaps=gaps,
                convention=convention,
            )
            yield Reading(rule=rule, takes=takes, reckoned=reckoned, effect=effect)

    def _runs_under(self, rule: ServiceRule) -> Runs:
        """Form the runs of service that counts in full; rows with service of several kinds or shares are hard."""
        if rule in self._runs:
            return self._runs[rule]
        spells = self._people.spells
        rates = np.zeros((len(spells.kinds), len(spells.regions)))
        for kind, region in np.ndindex(rates.shape):
            claim = Claim(
                date(2000, 1, 1), date(2001, 1, 1), spells.kinds[kind], spells.regions[region], 0, 0
            )
            # counting starts are cut off below
            (entry,) = accept((claim,), (), attrs.evolve(rule, count_from=None))
            rates[kind, region] = -1 if 0 < entry.rate < 1 else int(entry.rate)
        rate = rates[spells.kind, spells.region]
        self.hard[spells.worker[rate < 0]] = True
        counted = rate == 1
        worker, kind = spells.worker[counted], spells.kind[counted]
        if len(spells.kinds) > 1 and len(worker):
            first = np.full(self._people.size, -1)
            first[worker] = kind
            self.hard[worker[kind != first[worker]]] = True
        start, end = spells.start[counted], spells.end[counted]
        if rule.count_from is not None:
            start = np.maximum(start, np.datetime64(rule.count_from))
        self._runs[rule] = runs_of(worker.astype(np.int64), start, end)
        return self._runs[rule]
