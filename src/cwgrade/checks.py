"""Checks on a roster: what a document asks of all workers together, held against their payslips. Nobody's pay moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.choices import Choices, explore
from cwgrade.dates import earliest, latest, next_month
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Gap, Missing
from cwgrade.law.checks import TOTAL, Bound, CheckedOver, CheckKind, RosterCheck
from cwgrade.law.effects import NOT_STATED
from cwgrade.money import share_out
from cwgrade.moving import moves_from
from cwgrade.outcomes import Decided, NotEligible, Outcome, Single, Unspecified, combine
from cwgrade.pay import Payslip
from cwgrade.quantities import gap_of
from cwgrade.questions import Standpoint
from cwgrade.reasoner import Instant
from cwgrade.reasons import StepValue
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.timeline import recorded_by
from cwgrade.worker import Worker

__all__ = ["CheckState", "Finding", "check_roster", "share_pool"]

_MONTHS: Final = 12
_NOT_ASSESSED: Final = "not_assessed"
_NO_GAPS: Final[tuple[Gap, ...]] = ()


class CheckState(StrEnum):
    """What a check has found."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"
    """It turns on workers of whom something is not known."""
    NOT_STATED = "not_stated"
    """The source does not give the bound."""
    NEEDS_YEAR = "needs_year"
    """It is a check on a calendar year, and not all of its months are there."""
    NOBODY = "nobody"
    """No worker falls under it."""


@attrs.frozen(kw_only=True)
class Finding:
    """What one check has found for one month or year.

    Attributes:
        check: The check.
        period: The month, such as `2018-03`, or the year.
        state: What was found.
        found: The average or the sum in fen, or the share, of those of whom it is known.
        at_least: What it must reach, in fen.
        at_most: What it must not pass: fen, or a share.
        people: How many it was found of; in a year, each once for each month paid.
        open: How many more fall under it, or may, of whom something is not known.
        gaps: What the source does not say, where that hides a bound.
    """

    check: RosterCheck
    period: str
    state: CheckState
    found: Fraction | None = None
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    people: int = 0
    open: int = 0
    gaps: tuple[Gap, ...] = ()


@attrs.frozen
class _Paid:
    """One worker's payslip of one month."""

    worker: Worker
    payslip: Payslip
    version: SchemeVersion
    scheme: Scheme

    @property
    def first(self) -> date:
        """The first day of the month."""
        return self.payslip.derivation.on

    def value_of(self, name: str) -> Outcome[StepValue]:
        """Find a quantity on the first day of the month; for somebody not there yet, on its last."""
        last = next_month(self.first) - timedelta(days=1)
        known_on = self.payslip.derivation.known_on
        standpoint = Standpoint(self.worker, self.scheme, known_on, "refuse")
        moves = moves_from(standpoint, self.version)

        def run(choices: Choices) -> Single[StepValue]:
            facts = standpoint.facts(self.version, choices, moves=moves)
            step = Instant(facts, self.first if facts.serving(self.first) else last).step(name)
            return Unspecified(step.gaps) if step.gaps else Decided(step.result)

        return combine(explore(run))

    def amount_of(self, what: str) -> int | None:
        """Give the total or what is payable of a component, in fen; `None` where it is not certain."""
        if what == TOTAL:
            outcome = self.payslip.outcome
            return outcome.value if isinstance(outcome, Decided) else None
        lines = (line.payable_fen for line in self.payslip.lines if line.component == what)
        return next(lines, None)


def check_roster(
    scheme: Scheme, paid: Iterable[tuple[Worker, Payslip]], *, unread: int = 0
) -> tuple[Finding, ...]:
    """Make the checks of a scheme on the payslips of a roster.

    Everybody who is paid under the scheme in a month counts as one, part of a month included. A monthly check is made
    for each month that is there. A check on a year needs the payslips of all its months: an average is then that of
    a whole year's pay. A quota looks at the ratings of the year before the last month.

    Args:
        scheme: The scheme.
        paid: Workers with their payslips; several months of one worker are several pairs.
        unread: Rows of the roster that could not be read; with any, a check is open.

    Returns:
        The findings, check by check in the order of the file.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> check_roster(load_scheme("harbin-2016"), ())
        ()
    """
    slips = tuple(
        _Paid(
            worker,
            payslip,
            Standpoint(
                worker, scheme, payslip.derivation.known_on, "carry_forward"
            ).version_of_month(payslip.derivation.on),
            scheme,
        )
        for worker, payslip in paid
    )
    if not slips:
        return ()
    last = max(slips, key=lambda one: one.first)
    return tuple(
        finding for check in last.version.checks for finding in _findings(check, slips, unread)
    )


def _findings(check: RosterCheck, slips: tuple[_Paid, ...], unread: int) -> Iterator[Finding]:
    if check.kind is CheckKind.QUOTA:
        last = max(one.first for one in slips)
        yield _quota(check, tuple(one for one in slips if one.first == last), unread)
        return
    yearly = check.per is CheckedOver.YEAR
    periods: dict[str, list[_Paid]] = {}
    for one in sorted(slips, key=lambda one: one.first):
        period = str(one.first.year) if yearly else f"{one.first:%Y-%m}"
        periods.setdefault(period, []).append(one)
    for period, group in periods.items():
        if yearly and len({one.first.month for one in group}) < _MONTHS:
            yield Finding(check=check, period=period, state=CheckState.NEEDS_YEAR)
        else:
            yield _amounts(check, period, tuple(group), unread)


def _under(check: RosterCheck, slips: tuple[_Paid, ...]) -> tuple[list[_Paid], int]:
    """Give those who fall under a check, and how many more may."""
    under: list[_Paid] = []
    perhaps = 0
    for one in slips:
        if isinstance(one.payslip.outcome, NotEligible):
            continue
        if not check.posts:
            under.append(one)
            continue
        post = one.value_of("post")
        if not isinstance(post, Decided):
            perhaps += 1
        elif post.value in check.posts:
            under.append(one)
    return under, perhaps


# --- averages and pools ----------------------------------------------------------------------------------------------


def _amounts(check: RosterCheck, period: str, slips: tuple[_Paid, ...], unread: int) -> Finding:
    under, perhaps = _under(check, slips)
    what = check.component if check.kind is CheckKind.POOL else check.of
    amounts = [(one, one.amount_of(what)) for one in under]
    known = [(one, fen) for one, fen in amounts if fen is not None]
    open_ = len(under) - len(known) + perhaps + unread
    if not known and not open_:
        return Finding(check=check, period=period, state=CheckState.NOBODY)
    people = [one for one, _ in known]
    total = Fraction(sum(fen for _, fen in known))
    if check.kind is CheckKind.POOL:
        found = total
        at_least, no_least = None, _NO_GAPS
        at_most, no_most = _pool_limit(check, len(people))
    else:
        each = _MONTHS if check.per is CheckedOver.YEAR else 1
        found = total * each / len(people) if people else Fraction(0)
        at_least, no_least = _bound(check, "at_least", people)
        at_most, no_most = _bound(check, "at_most", people)
    gaps = tuple(dict.fromkeys((*no_least, *no_most)))
    made = Finding(
        check=check,
        period=period,
        state=CheckState.OPEN,
        found=found if people else None,
        at_least=at_least,
        at_most=at_most,
        people=len(people),
        open=open_,
        gaps=gaps,
    )
    if gaps:
        return attrs.evolve(made, state=CheckState.NOT_STATED)
    if open_:
        return made
    met = (at_least is None or found >= at_least) and (at_most is None or found <= at_most)
    return attrs.evolve(made, state=CheckState.MET if met else CheckState.NOT_MET)


def _pool_limit(check: RosterCheck, heads: int) -> tuple[Fraction | None, tuple[Gap, ...]]:
    """Give the pool in fen: the amount for each head times the heads."""
    stated = check.fen_per_head
    if isinstance(stated, int):
        return Fraction(stated * heads), ()
    return None, (gap_of(stated or NOT_STATED, f"checks.{check.name}.yuan_per_head"),)


def _bound(
    check: RosterCheck, key: str, people: Sequence[_Paid]
) -> tuple[Fraction | None, tuple[Gap, ...]]:
    """Give a bound in fen: its quantity on average of those it is held against, times its factor."""
    stated: Bound | Missing | None = getattr(check, key)
    if stated is None or not people:
        return None, ()
    path = f"checks.{check.name}.{key}"
    if isinstance(stated, Missing):
        return None, (gap_of(stated, path),)
    if isinstance(stated.times, Missing):
        return None, (gap_of(stated.times, f"{path}.times"),)
    total = Fraction(0)
    for one in people:
        value = one.value_of(stated.quantity)
        if isinstance(value, Unspecified):
            return None, value.gaps
        if not isinstance(value, Decided) or not isinstance(value.value, int | Fraction):
            return None, (Gap(path=path, why="bound-not-certain"),)
        total += value.value
    return stated.times * total / len(people), ()


# --- quotas ----------------------------------------------------------------------------------------------------------


def _quota(check: RosterCheck, slips: tuple[_Paid, ...], unread: int) -> Finding:
    year = slips[0].first.year - 1
    under, perhaps = _under(check, slips)
    ratings = [_rating(one, year) for one in under if _served(one.worker, year)]
    rated = [rating for rating in ratings if rating not in (None, _NOT_ASSESSED)]
    unknown = ratings.count(None) + perhaps + unread
    made = Finding(
        check=check,
        period=str(year),
        state=CheckState.OPEN,
        found=Fraction(rated.count(check.rating), len(rated)) if rated else None,
        people=len(rated),
        open=unknown,
    )
    limit = check.at_most_share
    if not isinstance(limit, Fraction):
        gap = gap_of(limit or NOT_STATED, f"checks.{check.name}.at_most_share")
        return attrs.evolve(made, state=CheckState.NOT_STATED, gaps=(gap,))
    made = attrs.evolve(made, at_most=limit)
    if not rated and not unknown:
        return attrs.evolve(made, state=CheckState.NOBODY)
    have = rated.count(check.rating)
    if have + unknown <= limit * (len(rated) + unknown):
        return attrs.evolve(made, state=CheckState.MET)
    # those not known may all have been rated, and none of them so
    if have > limit * (len(rated) + unknown):
        return attrs.evolve(made, state=CheckState.NOT_MET)
    return made


def _rating(one: _Paid, year: int) -> str | None:
    known_on = one.payslip.derivation.known_on
    found = (
        rating.value
        for rating in one.worker.ratings
        if rating.year == year and recorded_by(rating.recorded_on, known_on)
    )
    return next(found, None)


def _served(worker: Worker, year: int) -> bool:
    """Tell whether community service may have touched a year."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    return any(
        spell.kind == "community"
        and earliest(spell.start) < end
        and (spell.end is None or latest(spell.end) > start)
        for spell in worker.spells
    )


# --- pools -----------------------------------------------------------------------------------------------------------


def share_pool(pool_fen: int, weights: Sequence[int | Fraction]) -> tuple[int, ...]:
    """Share a pool out by weights, in whole fen, by largest remainder.

    Args:
        pool_fen: The pool, in fen.
        weights: One weight for each person, such as a factor by rating; none below 0, and not all of them 0.

    Returns:
        One amount for each person, in fen; their sum is the pool.

    Raises:
        ArgumentError: The weights cannot share anything.

    Examples:
        >>> share_pool(100, (1, 1, 1))
        (34, 33, 33)
    """
    total = Fraction(sum(weights))
    if total <= 0 or min(weights) < 0:
        raise ArgumentError("no-weights", value=[str(weight) for weight in weights])
    return share_out([Fraction(pool_fen * weight) / total for weight in weights], pool_fen)
