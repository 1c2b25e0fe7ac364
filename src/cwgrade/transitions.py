"""The move to a new version as a list (套改表): old and new grade and pay of each worker, and who loses by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import attrs

from cwgrade.accrual import amounts_on
from cwgrade.choices import Choices
from cwgrade.errors import ArgumentError
from cwgrade.grading import Grading, grade_from
from cwgrade.leaves import moved_in
from cwgrade.moving import moves_from
from cwgrade.outcomes import Decided, NotEligible, OneOf, Outcome, Single, Unspecified, combine
from cwgrade.pay import Payslip, full_pay_on
from cwgrade.questions import Standpoint
from cwgrade.reasoner import Instant
from cwgrade.reasons import Reason, Step
from cwgrade.scheme import Beyond, Scheme, SchemeVersion
from cwgrade.staging import left_by
from cwgrade.worker import Worker

__all__ = ["NobodyLoses", "WorkerTransition", "nobody_loses", "transition_of"]

_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen(kw_only=True)
class WorkerTransition:
    """One worker at the move to a new version.

    Attributes:
        worker_id: The worker's id.
        since: The day of the move.
        before: Grade and step on the eve, under the version that was left.
        old_pay: The full monthly entitlement of the eve.
        after: Grade and step on the day of the move.
        new_pay: The full monthly entitlement of the day of the move; what is kept of the old pay is a line of it.
        difference: New pay less old pay, in fen a month; or why there is none or more than one. Not eligible is who
            was not paid under the version that was left.
        kept: The component of what is kept of the old pay; empty where the scheme has none.
    """

    worker_id: str
    since: date
    before: Grading
    old_pay: Payslip
    after: Grading
    new_pay: Payslip
    difference: Outcome[int]
    kept: str = ""

    @property
    def kept_fen(self) -> int | None:
        """What is kept of the old pay, in fen a month; `None` where that is not certain."""
        if not self.kept:
            return 0
        lines = {line.component: line.payable_fen for line in self.new_pay.lines}
        return lines.get(self.kept)

    @property
    def loses(self) -> bool | None:
        """Whether the worker gets less than before; `None` where that cannot be said."""
        match self.difference:
            case Decided(fen):
                return fen < 0
            case NotEligible():
                return False
            case OneOf(values=amounts, reasons=perhaps_not) if amounts:
                if min(amounts) >= 0:
                    return False
                return True if max(amounts) < 0 and not perhaps_not else None
            case _:
                return None


@attrs.frozen
class NobodyLoses:
    """The answer to the question whether nobody loses by a move.

    Attributes:
        losing: Those who get less than before.
        uncertain: Those of whom it cannot be said.
    """

    losing: tuple[WorkerTransition, ...]
    uncertain: tuple[WorkerTransition, ...]

    @property
    def holds(self) -> bool | None:
        """Whether nobody loses; `None` where that cannot be said of somebody."""
        if self.losing:
            return False
        return None if self.uncertain else True


def transition_of(
    worker: Worker,
    scheme: Scheme,
    *,
    on: date | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> WorkerTransition:
    """Hold a worker's grade and full monthly pay on the eve of a move against those of the day of the move.

    Args:
        worker: The worker's facts.
        scheme: The scheme, with the version that people left.
        on: A day under the version that people moved to; the scheme's last version where it is left out.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Raises:
        ArgumentError: The version has no `[transition]` that is computed, or the version before it is not on file.
        NotInForce: The scheme does not apply on that day.

    Examples:
        >>> from cwgrade import ServiceSpell, load_scheme
        >>> worker = Worker(id="1", spells=(ServiceSpell(start=date(2016, 1, 1), title="书记"),))
        >>> found = transition_of(worker, load_scheme("sample-reform"))
        >>> found.since, found.old_pay.gross_fen, found.new_pay.gross_fen, found.kept_fen
        (datetime.date(2021, 1, 1), 280000, 280000, 25000)
        >>> found.difference, found.loses
        (Decided(value=0), False)
    """
    standpoint = Standpoint(worker, scheme, known_on, beyond)
    version = _moved_to(standpoint, on)
    since = _since(standpoint, version)
    return WorkerTransition(
        worker_id=worker.id,
        since=since,
        before=grade_from(standpoint, on=since - _ONE_DAY),
        old_pay=full_pay_on(standpoint, on=since - _ONE_DAY),
        after=grade_from(standpoint, on=since),
        new_pay=full_pay_on(standpoint, on=since),
        difference=_difference(standpoint, version),
        kept=next((one.name for one in version.pay if one.protects), ""),
    )


def nobody_loses(
    workers: Iterable[Worker],
    scheme: Scheme,
    *,
    on: date | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> NobodyLoses:
    """Tell whether nobody gets less on the day of a move than on its eve, and who does.

    Args:
        workers: The workers.
        scheme: The scheme, with the version that people left.
        on: A day under the version that people moved to; the scheme's last version where it is left out.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.

    Raises:
        ArgumentError: As for `transition_of`.
        NotInForce: As for `transition_of`.

    Examples:
        >>> from cwgrade import ServiceSpell, load_scheme
        >>> worker = Worker(id="1", spells=(ServiceSpell(start=date(2016, 1, 1), title="书记"),))
        >>> nobody_loses([worker], load_scheme("sample-reform")).holds
        True
    """
    found = [transition_of(one, scheme, on=on, known_on=known_on, beyond=beyond) for one in workers]
    return NobodyLoses(
        losing=tuple(one for one in found if one.loses),
        uncertain=tuple(one for one in found if one.loses is None),
    )


def _moved_to(standpoint: Standpoint, on: date | None) -> SchemeVersion:
    """Give the version that people moved to."""
    scheme, known_on = standpoint.scheme, standpoint.known_on
    if on is None:
        on = scheme.versions[-1].from_day
    standpoint.check(on)
    version = scheme.version_on(on, known_on=known_on, beyond=standpoint.beyond)
    if left_by(scheme, version, known_on=known_on) is None:
        raise ArgumentError("no-move", scheme=scheme.id, first=version.from_day)
    return version


def _since(standpoint: Standpoint, version: SchemeVersion) -> date:
    """Give the day of the worker's move; the version's first day where it is not certain, or where nobody moved."""
    days = {
        one.since
        for _, moves in moves_from(standpoint, version)
        for one in moves
        if one is not None
    }
    return next(iter(days)) if len(days) == 1 else version.from_day


def _difference(standpoint: Standpoint, version: SchemeVersion) -> Outcome[int]:
    """Find new pay less old pay, in each world from what was found of the move in it."""
    moves = moves_from(standpoint, version)

    def run(choices: Choices) -> tuple[Single[int], Step]:
        facts = standpoint.facts(version, choices, moves=moves)
        moved = moved_in(facts)
        if moved is None:
            return _not_moved(version.from_day), Step(code="scope", path="transition", result=False)
        if moved.old_fen is None:
            gaps = moved.pay_gaps
            return (Unspecified(gaps) if gaps else _not_moved(moved.since)), moved.paid
        month, root = amounts_on(Instant(facts, moved.since))
        match month.gross:
            case Decided(fen):
                return Decided(fen - moved.old_fen), root
            case NotEligible(reason) if reason.code == "not-in-service":
                return _not_moved(moved.since), root
            case NotEligible():
                return Decided(-moved.old_fen), root
            case hidden:
                return hidden, root

    explored = standpoint.explore(run)
    return combine(
        explored.map(lambda pair: pair[0]),
        order=lambda fen: (fen,),
        roots=[world.answer[1] for world in explored.worlds],
    )


def _not_moved(since: date) -> NotEligible:
    return NotEligible(Reason(code="not-moved", facts=(("since", since.isoformat()),)))
