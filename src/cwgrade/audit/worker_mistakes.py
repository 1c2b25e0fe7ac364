"""Facts of a worker taken otherwise: certificates early, late or left out, failed years, absences, other service."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.audit.results import Mistake, MistakeKind
from cwgrade.dates import Day, PartialDate, add_months, day_text, earliest, latest, next_month
from cwgrade.regions import is_within
from cwgrade.scheme import SchemeVersion
from cwgrade.worker import ATTAINED, EVENTS, Attainment, ServiceSpell, Unknown, Worker

__all__ = ["worker_mistakes"]

_MONTHS_OF_A_YEAR: Final = 12


def worker_mistakes(
    worker: Worker, version: SchemeVersion, year: int, month: int
) -> Iterator[tuple[Mistake, Worker]]:
    """Give each fact of a worker that may have been taken otherwise, and the worker as taken.

    Args:
        worker: The worker's facts.
        version: The version that the month is paid by.
        year: The year of the month.
        month: The month.
    """
    yield from _failed_years(worker, version, year)
    yield from _attained(worker)
    yield from _outside(worker, version)
    if worker.absences:
        absent = Mistake(kind=MistakeKind.ABSENCE_IGNORED, what="absences")
        yield absent, attrs.evolve(worker, absences=())
    yield from _whole_month(worker, date(year, month, 1))
    yield from _moves(worker, date(year, month, 1))


def _failed_years(
    worker: Worker, version: SchemeVersion, year: int
) -> Iterator[tuple[Mistake, Worker]]:
    """Take a failed year for one that counts and does nothing else."""
    rules = version.assessment.ratings if version.assessment else ()
    plain = [
        one.rating
        for one in rules
        if one.counted is True and one.rises is True and not one.grades and not one.steps
    ]
    failed = {
        one.rating for one in rules if one.counted is False or one.rises is False or one.lowers
    }
    if not plain:
        return
    for rating in worker.ratings:
        if rating.value in failed and rating.year is not None and rating.year <= year:
            # of several that would do the lowest: a mistake does not make anybody excellent
            others = tuple(one for one in worker.ratings if one is not rating)
            taken = attrs.evolve(rating, value=plain[-1])
            mistake = Mistake(
                kind=MistakeKind.FAILED_YEAR_COUNTED,
                what=f"ratings.{rating.period}",
                stated=rating.value,
                taken=plain[-1],
            )
            yield mistake, attrs.evolve(worker, ratings=(*others, taken))


def _attained(worker: Worker) -> Iterator[tuple[Mistake, Worker]]:
    for fact in ATTAINED:
        items = worker.attained(fact)
        if isinstance(items, Unknown):
            continue
        for item in items:
            others = tuple(one for one in items if one is not item)
            what = f"{fact}.{item.value}"
            for kind, by in (
                (MistakeKind.CERTIFICATE_EARLY, -1),
                (MistakeKind.CERTIFICATE_LATE, 1),
            ):
                moved = _moved(item, by)
                if moved != item:
                    mistake = Mistake(kind=kind, what=what, stated=_days(item), taken=_days(moved))
                    yield mistake, worker.with_attained(fact, (*others, moved))
            left_out = Mistake(kind=MistakeKind.CERTIFICATE_IGNORED, what=what, stated=_days(item))
            yield left_out, worker.with_attained(fact, others)


def _moved(item: Attainment, by: int) -> Attainment:
    days = {event: item.day_of(event) for event in EVENTS}
    moved: dict[str, Any] = {event: _shifted(day, by) for event, day in days.items() if day}
    return attrs.evolve(item, **moved)


def _shifted(day: Day, by: int) -> Day:
    """Move a day by whole months; of one known to the year nobody can tell a month."""
    if not isinstance(day, PartialDate):
        return add_months(day, by)
    if day.month is None:
        return day
    year, month = divmod(day.year * _MONTHS_OF_A_YEAR + day.month - 1 + by, _MONTHS_OF_A_YEAR)
    return attrs.evolve(day, year=year, month=month + 1)


def _days(item: Attainment) -> str:
    found = (item.day_of(event) for event in EVENTS)
    return ", ".join(dict.fromkeys(day_text(day) for day in found if day is not None))


def _outside(worker: Worker, version: SchemeVersion) -> Iterator[tuple[Mistake, Worker]]:
    outside = [spell for spell in worker.spells if _is_outside(spell, version.place)]
    if outside and len(outside) < len(worker.spells):
        kept = tuple(spell for spell in worker.spells if spell not in outside)
        stated = ", ".join(f"{day_text(one.start)} {one.kind}" for one in outside)
        mistake = Mistake(kind=MistakeKind.OUTSIDE_IGNORED, what="spells", stated=stated)
        yield mistake, attrs.evolve(worker, spells=kept)


def _is_outside(spell: ServiceSpell, place: str) -> bool:
    if spell.kind != "community":
        return True
    return isinstance(spell.region, str) and bool(place) and not is_within(spell.region, place)


def _whole_month(worker: Worker, first: date) -> Iterator[tuple[Mistake, Worker]]:
    """Take spells that begin or end inside the month for whole months."""
    after = next_month(first)
    spells = tuple(_rounded_out(spell, first, after) for spell in worker.spells)
    if spells != worker.spells:
        yield (
            Mistake(kind=MistakeKind.WHOLE_MONTH, what="spells"),
            attrs.evolve(worker, spells=spells),
        )


def _rounded_out(spell: ServiceSpell, first: date, after: date) -> ServiceSpell:
    start, end = spell.start, spell.end
    if first < earliest(start) < after:
        start = first
    if end is not None and first < latest(end) < after:
        end = after
    return attrs.evolve(spell, start=start, end=end)


def _moves(worker: Worker, first: date) -> Iterator[tuple[Mistake, Worker]]:
    """Leave out the last move to another place before the month's end, or take one inside it for another day."""
    after = next_month(first)
    spells = sorted(
        (one for one in worker.spells if one.kind == "community" and one.region is not None),
        key=lambda one: earliest(one.start),
    )
    moves = [
        (left, entered)
        for left, entered in itertools.pairwise(spells)
        if left.region != entered.region
        and left.end is not None
        and earliest(entered.start) < after
    ]
    for left, entered in moves[-1:]:
        stated = f"{left.region} → {entered.region} {day_text(entered.start)}"
        stayed = attrs.evolve(entered, region=left.region)
        ignored = Mistake(kind=MistakeKind.MOVE_IGNORED, what="spells", stated=stated)
        yield ignored, _with_spells(worker, {entered: stayed})
        for day in (first, after):
            if first < earliest(entered.start) < after:
                moved = {
                    left: attrs.evolve(left, end=day),
                    entered: attrs.evolve(entered, start=day),
                }
                taken = day_text(day)
                yield (
                    Mistake(
                        kind=MistakeKind.MOVE_OTHER_DAY, what="spells", stated=stated, taken=taken
                    ),
                    _with_spells(worker, moved),
                )


def _with_spells(worker: Worker, other: Mapping[ServiceSpell, ServiceSpell]) -> Worker:
    return attrs.evolve(worker, spells=tuple(other.get(one, one) for one in worker.spells))
