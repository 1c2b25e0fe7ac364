"""Counting creditable service: which claimed days are accepted, which runs they form, and how many months those are."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.dates import add_months, months_between
from cwgrade.regions import is_within, province_of

__all__ = [
    "AfterAnotherPost",
    "Claim",
    "Convention",
    "GapsRule",
    "KindRule",
    "Leave",
    "Ledger",
    "LedgerEntry",
    "Run",
    "ServiceRule",
    "Within",
    "accept",
    "area_of",
    "credited_months",
    "ledger_of",
    "only_in",
    "runs_of",
]

_MONTHS: Final = 12
_ONE_DAY: Final = timedelta(days=1)
_POOLED_MONTH: Final = 30
"""Days that make a month where days over are pooled."""


class Convention(StrEnum):
    """How months are counted on runs."""

    WHOLE_MONTHS = "whole_months"
    """Whole months of each run, in one step from its start; then added."""
    POOLED_DAYS = "pooled_days"
    """Whole months of each run and the days over; the days are added, 30 to a month."""
    CALENDAR_MONTHS = "calendar_months"
    """Calendar months touched."""
    COMPLETED_YEARS = "completed_years"
    """Completed years of each run, in one step from its start; then added."""
    CALENDAR_YEARS = "calendar_years"
    """Calendar years touched; a part-year counts as one."""


class GapsRule(StrEnum):
    """What a gap between runs does."""

    SKIPPED = "skipped"
    BREAK = "break"


class AfterAnotherPost(StrEnum):
    """What becomes of the time in a post when another one is held in between."""

    STARTS_AGAIN = "starts_again"
    """Only the time since then counts."""
    ADDS_UP = "adds_up"
    """Every time in the post counts."""


class Within(StrEnum):
    """Where service of a kind has to be served in order to count."""

    PLACE = "place"
    CITY = "city"
    PROVINCE = "province"
    ANYWHERE = "anywhere"


def area_of(within: Within, place: str) -> str:
    """Give the area that a place and a scope name; empty for anywhere.

    Examples:
        >>> area_of(Within.CITY, "430102"), area_of(Within.ANYWHERE, "430102")
        ('4301', '')
    """
    return {
        Within.PLACE: place,
        Within.CITY: place[:4],
        Within.PROVINCE: province_of(place),
        Within.ANYWHERE: "",
    }[within]


@attrs.frozen(kw_only=True)
class KindRule:
    """How one kind of service counts.

    Attributes:
        kind: The kind of service.
        rate: Its share of a full month, 0 to 1.
        within: Where it has to be served.
    """

    kind: str
    rate: Fraction
    within: Within


@attrs.frozen(kw_only=True)
class ServiceRule:
    """A scheme's rule for creditable service, every field settled.

    Attributes:
        place: The scheme's region.
        kinds: The kinds of service that count; any other counts nothing.
        leaves_not_counted: Kinds of absence that interrupt community service.
        count_from: The day counting starts, where one is set.
        gaps: What a gap does.
        convention: How months are counted.
    """

    place: str
    kinds: tuple[KindRule, ...]
    leaves_not_counted: tuple[str, ...] = ()
    count_from: date | None = None
    gaps: GapsRule = GapsRule.SKIPPED
    convention: Convention = Convention.WHOLE_MONTHS


@attrs.frozen
class Claim:
    """A spell of service with known days, `[start, end)`.

    Attributes:
        start: First day.
        end: Day after the last, `date.max` while it goes on.
        kind: Kind of service.
        region: Where; `None` is the scheme's place.
        post_order: Order of the post, 0 the highest; decides ties between overlapping spells.
        index: Its place in the worker's list.
    """

    start: date
    end: date
    kind: str
    region: str | None
    post_order: int
    index: int


@attrs.frozen
class Leave:
    """An absence with known days, `[start, end)`."""

    start: date
    end: date
    kind: str


@attrs.frozen
class LedgerEntry:
    """Claimed days that were treated alike.

    Attributes:
        start: First day.
        end: Day after the last.
        spell: The spell's place in the worker's list.
        rate: The share at which the days count; 0 where rejected.
        kind: Kind of service.
        rejected: Why the days do not count, a code; empty where accepted.
    """

    start: date
    end: date
    spell: int
    rate: Fraction
    kind: str
    rejected: str = ""

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days


@attrs.frozen
class Ledger:
    """Every claimed day, accepted or rejected with a reason.

    Attributes:
        entries: By spell, then by day.
    """

    entries: tuple[LedgerEntry, ...]

    @property
    def claimed_days(self) -> int:
        """The sum over spells; days claimed twice are claimed twice."""
        return sum(entry.days for entry in self.entries)

    @property
    def accepted_days(self) -> int:
        """Days that count, at whatever rate."""
        return sum(entry.days for entry in self.entries if not entry.rejected)

    @property
    def rejected_days(self) -> int:
        """Days that do not count."""
        return sum(entry.days for entry in self.entries if entry.rejected)

    @property
    def credited_days(self) -> Fraction:
        """Accepted days times their rates."""
        return sum((entry.days * entry.rate for entry in self.entries), Fraction(0))


@attrs.frozen
class Run:
    """Accepted days without a break that count alike, `[start, end)`."""

    start: date
    end: date
    rate: Fraction
    kind: str


def accept(
    claims: Sequence[Claim], leaves: Sequence[Leave], rule: ServiceRule
) -> tuple[LedgerEntry, ...]:
    """Accept or reject every claimed day, with the reason.

    A day claimed twice is accepted once, where it counts most; ties go to the higher post, then the earlier start.

    Args:
        claims: Spells with known days, in any order.
        leaves: Absences with known days.
        rule: The scheme's rule.

    Returns:
        The ledger's entries, by spell and day. For an open spell they run to `date.max`; `ledger_of` cuts them.
    """
    if len(claims) == 1 and not leaves and rule.count_from is None:
        claim = claims[0]
        rate, why = _rate(claim, rule)
        return (LedgerEntry(claim.start, claim.end, claim.index, rate, claim.kind, why),)
    marks = sorted(
        {mark for claim in claims for mark in (claim.start, claim.end)}
        | {mark for leave in leaves for mark in (leave.start, leave.end)}
        | ({rule.count_from} if rule.count_from else set())
    )
    began = _beginnings(claims)
    entries: list[LedgerEntry] = []
    for start, end in itertools.pairwise(marks):
        here = [claim for claim in claims if claim.start <= start < claim.end]
        if not here:
            continue
        away = {leave.kind for leave in leaves if leave.start <= start < leave.end}
        judged = [(claim, *_judge(claim, rule, start, away)) for claim in here]
        winner = min(
            judged,
            key=lambda one: (
                -one[1],
                one[0].post_order,
                began[one[0].index],
                one[0].kind,
                one[0].index,
            ),
        )
        for claim, rate, why in judged:
            if claim is winner[0] or why:
                entries.append(LedgerEntry(start, end, claim.index, rate, claim.kind, why))
            else:
                entries.append(
                    LedgerEntry(start, end, claim.index, Fraction(0), claim.kind, "overlap")
                )
    return _merged(entries)


def _beginnings(claims: Sequence[Claim]) -> dict[int, date]:
    """Give the day each spell's service began: of spells alike that touch or overlap, the first one's start."""
    began: dict[int, date] = {}
    chains: dict[tuple[str, str | None, int], tuple[date, date]] = {}
    for claim in sorted(claims, key=lambda one: one.start):
        alike = (claim.kind, claim.region, claim.post_order)
        start, end = chains.get(alike, (claim.start, date.min))
        if claim.start > end:
            start = claim.start
        chains[alike] = (start, max(end, claim.end))
        began[claim.index] = start
    return began


def _judge(claim: Claim, rule: ServiceRule, day: date, away: set[str]) -> tuple[Fraction, str]:
    if rule.count_from is not None and day < rule.count_from:
        return Fraction(0), "before-counting-start"
    if claim.kind == "community" and away.intersection(rule.leaves_not_counted):
        return Fraction(0), "absence"
    return _rate(claim, rule)


def _rate(claim: Claim, rule: ServiceRule) -> tuple[Fraction, str]:
    kind = next((kind for kind in rule.kinds if kind.kind == claim.kind), None)
    if kind is None or kind.rate == 0:
        return Fraction(0), "kind-not-recognised"
    where = claim.region if claim.region is not None else rule.place
    area = area_of(kind.within, rule.place)
    # a bare province code cannot show that service was in a smaller area: then it does not count
    return (kind.rate, "") if is_within(where, area) else (Fraction(0), "outside-region")


def _merged(entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    merged: list[LedgerEntry] = []
    for entry in sorted(entries, key=lambda one: (one.spell, one.start)):
        last = merged[-1] if merged else None
        if (
            last
            and last.spell == entry.spell
            and last.end == entry.start
            and (last.rate, last.rejected) == (entry.rate, entry.rejected)
        ):
            merged[-1] = attrs.evolve(last, end=entry.end)
        else:
            merged.append(entry)
    return tuple(merged)


def ledger_of(entries: Sequence[LedgerEntry], on: date) -> Ledger:
    """Cut the entries at a day: service through the day before is claimed.

    Args:
        entries: From `accept`.
        on: The day asked for, at its start.
    """
    return Ledger(
        tuple(
            entry if entry.end <= on else attrs.evolve(entry, end=on)
            for entry in entries
            if entry.start < on
        )
    )


def only_in(
    entries: Sequence[LedgerEntry], times: Sequence[tuple[date, date]]
) -> tuple[LedgerEntry, ...]:
    """Reject accepted days outside some times; what was rejected keeps its reason.

    Args:
        entries: From `accept`.
        times: Times `[start, end)`, by start and apart from each other.
    """
    marks = sorted({mark for time in times for mark in time})
    cut: list[LedgerEntry] = []
    for entry in entries:
        inner = [mark for mark in marks if entry.start < mark < entry.end]
        for start, end in itertools.pairwise((entry.start, *inner, entry.end)):
            piece = attrs.evolve(entry, start=start, end=end)
            if not piece.rejected and not any(low <= start < high for low, high in times):
                piece = attrs.evolve(piece, rate=Fraction(0), rejected="not-in-post")
            cut.append(piece)
    return _merged(cut)


def runs_of(entries: Sequence[LedgerEntry]) -> tuple[Run, ...]:
    """Join accepted days that touch and count alike into runs.

    Args:
        entries: From `accept`.

    Returns:
        Runs by start. Splitting a spell where nothing else changes changes nothing.
    """
    runs: list[Run] = []
    accepted = sorted(
        (one for one in entries if not one.rejected), key=lambda one: (one.start, one.end)
    )
    for entry in accepted:
        last = runs[-1] if runs else None
        if last and last.end == entry.start and (last.rate, last.kind) == (entry.rate, entry.kind):
            runs[-1] = Run(last.start, entry.end, last.rate, last.kind)
        else:
            runs.append(Run(entry.start, entry.end, entry.rate, entry.kind))
    return tuple(runs)


def credited_months(
    runs: Sequence[Run],
    rule: ServiceRule,
    on: date,
    inside: Sequence[tuple[date, date]] | None = None,
) -> int | Fraction:
    """Count the months of creditable service completed before a day.

    Args:
        runs: From `runs_of`, by start.
        rule: The scheme's rule; only `convention` and `gaps` are looked at.
        on: The day asked for, at its start: service through the day before counts.
        inside: Times `[start, end)` apart from each other, of which alone the days count; `None` for all. Whether
            service was broken is asked of all service.

    Returns:
        Months; a fraction only where a rate is one.

    Examples:
        >>> rule = ServiceRule(place="9901", kinds=())
        >>> credited_months(
        ...     (Run(date(2023, 1, 1), date.max, Fraction(1), "community"),), rule, date(2024, 1, 1)
        ... )
        12
    """
    months: int | Fraction
    cut = [
        run if run.end <= on else Run(run.start, on, run.rate, run.kind)
        for run in runs
        if run.start < on
    ]
    if rule.gaps is GapsRule.BREAK:
        cut = _last_block(cut)
    if inside is not None:
        cut = [part for run in cut for part in _parts_inside(run, inside)]
    match rule.convention:
        case Convention.WHOLE_MONTHS:
            months = sum((_weighed(months_between(run.start, run.end), run.rate) for run in cut), 0)
        case Convention.COMPLETED_YEARS:
            months = sum(
                (
                    _weighed(months_between(run.start, run.end) // _MONTHS * _MONTHS, run.rate)
                    for run in cut
                ),
                0,
            )
        case Convention.POOLED_DAYS:
            months = _pooled(cut)
        case Convention.CALENDAR_MONTHS:
            months = _touched(cut, _month_of, 1)
        case Convention.CALENDAR_YEARS:
            months = _touched(cut, _year_of, _MONTHS)
    return months


def _weighed(months: int, rate: Fraction) -> int | Fraction:
    return months if rate == 1 else months * rate


def _last_block(runs: Sequence[Run]) -> list[Run]:
    """Keep the runs after the last gap."""
    block: list[Run] = []
    for run in runs:
        if block and max(one.end for one in block) < run.start:
            block = []
        block.append(run)
    return block


def _parts_inside(run: Run, inside: Sequence[tuple[date, date]]) -> list[Run]:
    """Give the parts of a run that lie in some times."""
    parts = [(max(run.start, start), min(run.end, end)) for start, end in inside]
    return [Run(start, end, run.rate, run.kind) for start, end in parts if start < end]


def _pooled(runs: Sequence[Run]) -> int | Fraction:
    months: int | Fraction = 0
    days: int | Fraction = 0
    for run in runs:
        whole = months_between(run.start, run.end)
        months += _weighed(whole, run.rate)
        days += _weighed((run.end - add_months(run.start, whole)).days, run.rate)
    return months + days // _POOLED_MONTH


def _year_of(day: date) -> int:
    return day.year


def _month_of(day: date) -> int:
    return day.year * _MONTHS + day.month


def _touched(
    runs: Sequence[Run], period_of: Callable[[date], int], months_each: int
) -> int | Fraction:
    """Count each period once, at the highest rate of the runs that touch it."""
    months: int | Fraction = 0
    counted: set[int] = set()
    for run in sorted(runs, key=lambda one: one.rate, reverse=True):
        touched = set(range(period_of(run.start), period_of(run.end - _ONE_DAY) + 1))
        new = touched - counted
        months += _weighed(len(new), run.rate)
        counted |= new
    return months * months_each
