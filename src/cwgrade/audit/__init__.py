"""What was due against what was paid (核对): by how much they differ, and which common mistakes give what was paid.

A mistake is one input taken otherwise: a fact of the worker, or a rule of the scheme. What it gives is asked of the
same functions that say what is due, so there is no second rule anywhere, and nothing is guessed: a mistake is named
where it gives what was paid to the fen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import cache, partial
from typing import Final

import attrs

from cwgrade.arrears import Paid, Snapshot
from cwgrade.arrears.due import Due, due_of
from cwgrade.arrears.lines import Lines, differences, paid_lines, sum_of
from cwgrade.arrears.relevance import may_differ
from cwgrade.audit.clusters import Cluster, clusters, reach
from cwgrade.audit.results import Mistake, MistakeKind, Reconciled, Reconciliation, Verdict
from cwgrade.audit.scheme_mistakes import SchemeMistake, scheme_mistakes
from cwgrade.audit.turnover import Bridge, Held, Turn, Turned, bridge_of, held_in, turned
from cwgrade.audit.worker_mistakes import worker_mistakes
from cwgrade.career.months import asked_in
from cwgrade.career.places import Places
from cwgrade.dates import asked_months, latest, next_month
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.outcomes import NotEligible
from cwgrade.scheme import Beyond, Scheme, Schemes, SchemeVersion
from cwgrade.timeline import recorded_by
from cwgrade.worker import Worker

__all__ = [
    "Bridge",
    "Cluster",
    "Held",
    "Mistake",
    "MistakeKind",
    "Reconciled",
    "Reconciliation",
    "SchemeMistake",
    "Turn",
    "Turned",
    "Verdict",
    "bridge_of",
    "clusters",
    "held_in",
    "reach",
    "reconcile",
    "scheme_mistakes",
    "turned",
]

_ONE_DAY: Final = timedelta(days=1)
_Tried = Callable[[], tuple[SchemeMistake, ...]]


def reconcile(
    due: Snapshot,
    paid: Iterable[Paid],
    *,
    months: Iterable[tuple[int, int]],
    known_then: date | None = None,
    beyond: Beyond = "refuse",
    mistakes: tuple[SchemeMistake, ...] | _Tried | None = None,
) -> Reconciliation:
    """Hold what was paid against what was due, month by month, and name what explains a difference.

    Where what was paid for a month is neither what was due as known then nor what is due as known now, every single
    common mistake is tried: an older or newer figure, a failed year that was counted, a certificate a month early, a
    month late or left out, service elsewhere left out or counted, another count, timing or rounding, absences left out,
    part of a month taken for a whole one, a move left out or on another day. Named is each that gives exactly what was
    paid. Only where none does, the pay of the month before is held against it.

    Args:
        due: What is on file now: worker, scheme or schemes by region, figures and the day of knowing.
        paid: What was paid, by month, earlier settlements included. Several amounts of one month are added.
        months: The year and month of each month asked for; each once.
        known_then: The day by whose knowledge the months were worked out; `None` is the last day of each month.
        beyond: What to do after the last attested day of the scheme.
        mistakes: What may have been taken otherwise in the scheme (`scheme_mistakes`), for many workers under one; or a
            function that gives it, called only where a month differs.

    Returns:
        Every month, in the order of the calendar.

    Raises:
        ArgumentError: There is no such month, months are no list of a year and a month each, `known_then` comes after
            the day of knowing now, or a spell of a worker under schemes of several places names no region.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> worker = Worker(id="7", spells=(ServiceSpell(start=date(2018, 1, 15), title="副主任"),))
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> found = reconcile(
        ...     Snapshot(worker=worker, scheme=scheme),
        ...     [Paid(year=2018, month=2, fen=396000), Paid(year=2018, month=3, fen=396027)],
        ...     months=[(2018, 2), (2018, 3)],
        ... )
        >>> [(str(one.verdict), one.fen) for one in found.months]
        [('agrees', 0), ('explained', 27)]
        >>> mistake = found.months[1].mistakes[0]
        >>> str(mistake.kind), mistake.stated, mistake.taken
        ('other_rounding', 'yuan half_up', 'fen half_up')
    """
    if known_then is not None and due.known_on is not None and known_then > due.known_on:
        raise ArgumentError("snapshot-not-later", first=known_then, second=due.known_on)
    scheme = due.scheme_with_figures
    # they are made when the first month differs: where all is well nobody needs them
    tried = mistakes if callable(mistakes) else cache(partial(_tried, scheme, mistakes))
    given = tuple(paid)
    dues = _Dues(beyond)
    found = []
    for year, month in asked_months(months):
        first = date(year, month, 1)
        then = known_then or next_month(first) - _ONE_DAY
        known_on = then if due.known_on is None else min(then, due.known_on)
        asked = _Asked(
            worker=due.worker,
            scheme=scheme,
            first=first,
            known_then=known_on,
            known_now=due.known_on,
            dues=dues,
        )
        payments = [one for one in given if (one.year, one.month) == (year, month)]
        found.append(_reconciled(asked, payments, tried))
    return Reconciliation(worker_id=due.worker.id, months=tuple(found))


def _tried(
    scheme: Scheme | Schemes, mistakes: tuple[SchemeMistake, ...] | None
) -> tuple[SchemeMistake, ...]:
    return scheme_mistakes(scheme) if mistakes is None else mistakes


class _Dues:
    """What is due in months of one worker, by facts, scheme and day of knowing: what was found once is at hand.

    Months, and mistakes that are tried in several months, share what is certain.
    """

    def __init__(self, beyond: Beyond) -> None:
        self.beyond: Beyond = beyond
        self._places: dict[tuple[Worker, int, date | None], Places] = {}
        self._found: dict[tuple[Worker, int, date | None, date], Due] = {}

    def of(
        self, worker: Worker, scheme: Scheme | Schemes, known_on: date | None, first: date
    ) -> Due:
        # schemes live as long as the mistakes that are tried: what was made for one is not taken for another
        key = (worker, id(scheme), known_on)
        if (*key, first) not in self._found:
            if key not in self._places:
                self._places[key] = Places(worker, scheme, known_on, told=False)
            self._found[*key, first] = due_of(self._places[key], first, beyond=self.beyond)
        return self._found[*key, first]


@attrs.frozen(kw_only=True)
class _Asked:
    """A month of a worker, and the two days of knowing."""

    worker: Worker
    scheme: Scheme | Schemes
    first: date
    known_then: date
    known_now: date | None
    dues: _Dues

    def due(
        self,
        known_on: date | None,
        *,
        worker: Worker | None = None,
        scheme: Scheme | Schemes | None = None,
        first: date | None = None,
    ) -> Due:
        asked = (worker or self.worker, scheme or self.scheme)
        return self.dues.of(*asked, known_on, first or self.first)

    def versions(self, known_on: date | None) -> dict[str, SchemeVersion]:
        """Give the versions that the month is paid by, each with its region; one scheme alone has none."""
        places = Places(self.worker, self.scheme, known_on)
        regions = {} if isinstance(self.scheme, Scheme) else dict(self.scheme.by_region)
        found = {}
        for asked in asked_in(places, self.first):
            if isinstance(asked, Scheme):
                region = next((place for place, one in regions.items() if one is asked), "")
                with suppress(NotInForce):
                    found[region] = asked.version_of_month(
                        self.first, known_on=known_on, beyond=self.dues.beyond
                    )
        return found

    @property
    def left(self) -> bool:
        """Whether all service on file ended before the month."""
        spells = [one for one in self.worker.spells if recorded_by(one.recorded_on, self.known_now)]
        return bool(spells) and all(
            one.end is not None and latest(one.end) <= self.first for one in spells
        )


def _reconciled(asked: _Asked, payments: list[Paid], tried: _Tried) -> Reconciled:
    now = asked.due(asked.known_now)
    apart = may_differ(
        asked.worker,
        asked.scheme,
        asked.first,
        known_before=asked.known_then,
        known_after=asked.known_now,
    )
    then = asked.due(asked.known_then) if apart else now
    on_top = then.on_top | now.on_top
    paid = paid_lines(payments, on_top) if payments else None
    verdict, mistakes = _judged(asked, payments, paid, then, now, on_top, tried)
    undecided = now.lines is None
    return Reconciled(
        year=asked.first.year,
        month=asked.first.month,
        then_fen=sum_of(then.lines),
        now_fen=sum_of(now.lines),
        paid_fen=sum_of(paid),
        verdict=verdict,
        mistakes=mistakes,
        outcome=now.outcome if undecided or isinstance(now.outcome, NotEligible) else None,
        not_in_force=now.not_in_force,
    )


def _judged(
    asked: _Asked,
    payments: list[Paid],
    paid: Lines | None,
    then: Due,
    now: Due,
    on_top: set[str],
    tried: _Tried,
) -> tuple[Verdict, tuple[Mistake, ...]]:
    nothing = isinstance(now.outcome, NotEligible)
    if paid is None:
        if now.lines is None:
            return Verdict.OPEN, ()
        return (Verdict.NOT_PAID if _is_due(now.lines) else Verdict.NOTHING_DUE), ()
    if now.lines is None:
        return Verdict.OPEN, ()
    if _same(paid, now.lines):
        return (Verdict.NOTHING_DUE if nothing else Verdict.AGREES), ()
    if then.lines is not None and _same(paid, then.lines):
        return Verdict.AS_KNOWN_THEN, ()
    if nothing:
        return (Verdict.PAID_AFTER_LEAVING if asked.left else Verdict.PAID_NOT_DUE), ()
    if any(
        _same(once, one.lines)
        for once in _each_once(payments, on_top)
        for one in (then, now)
        if one.lines is not None
    ):
        return Verdict.PAID_TWICE, ()
    found = _narrowed(tuple(dict.fromkeys(_explaining(asked, paid, then, now, tried))))
    if not found:
        found = tuple(dict.fromkeys(_month_before(asked, paid, then, now)))
    if not found:
        return Verdict.UNEXPLAINED, ()
    return (Verdict.EXPLAINED if len(found) == 1 else Verdict.AMBIGUOUS), found


def _is_due(lines: Lines) -> bool:
    return any(line.fen for line in lines.values())


def _same(paid: Lines, due: Lines) -> bool:
    """Tell whether what was paid is what is due; what is on top of the sum only where a payment names it."""
    return not any(line.in_total or name in paid for name, line in differences(paid, due).items())


def _each_once(payments: list[Paid], on_top: set[str]) -> Iterator[Lines]:
    """Leave out each payment whose amount is on file once more, one at a time."""
    keys = [(one.component, one.fen) for one in payments]
    for place, key in enumerate(keys):
        if key in keys[:place] and key[1] > 0:
            yield paid_lines([*payments[:place], *payments[place + 1 :]], on_top)


def _known_days(asked: _Asked, then: Due, now: Due) -> Iterator[tuple[date | None, Due]]:
    """Give the days of knowing under which mistakes are tried: one where nothing of the month depends on it."""
    yield asked.known_now, now
    if then is not now:
        yield asked.known_then, then


def _explaining(
    asked: _Asked, paid: Lines, then: Due, now: Due, tried: _Tried
) -> Iterator[Mistake]:
    for known_on, due in _known_days(asked, then, now):
        versions = asked.versions(known_on)
        gap = None if due.lines is None else (sum_of(paid) or 0) - (sum_of(due.lines) or 0)
        size = sum(len(one.pay) + 1 for one in versions.values())
        for one in tried():
            if one.mistake.region in versions and (gap is None or one.can_make(gap, size)):
                lines = asked.due(known_on, scheme=one.scheme).lines
                if lines is not None and _same(paid, lines):
                    yield one.mistake
        for version in versions.values():
            for mistake, worker in worker_mistakes(
                asked.worker, version, asked.first.year, asked.first.month
            ):
                lines = asked.due(known_on, worker=worker).lines
                if lines is not None and _same(paid, lines):
                    yield mistake


def _month_before(asked: _Asked, paid: Lines, then: Due, now: Due) -> Iterator[Mistake]:
    last = (asked.first - _ONE_DAY).replace(day=1)
    for known_on, _ in _known_days(asked, then, now):
        lines = asked.due(known_on, first=last).lines
        if lines and _same(paid, lines):
            yield Mistake(kind=MistakeKind.MONTH_BEFORE, taken=f"{last:%Y-%m}")


def _narrowed(found: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """Leave out what says no more than another that was found.

    Where one failed year alone explains it, that none was deducted says no more; of roundings to one unit the first.
    """
    by_year = any(one.kind is MistakeKind.FAILED_YEAR_COUNTED and one.stated for one in found)
    kept: dict[tuple[str, ...], Mistake] = {}
    for one in found:
        key: tuple[str, ...] = (one.kind, one.region, one.what, one.stated, one.taken)
        if one.kind is MistakeKind.OTHER_ROUNDING:
            key = (one.kind, one.region, one.what, one.taken.partition(" ")[0])
        if one.kind is MistakeKind.FAILED_YEAR_COUNTED and by_year and not one.stated:
            continue
        kept.setdefault(key, one)
    return tuple(kept.values())
