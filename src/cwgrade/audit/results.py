"""What was due and what was paid, month by month, and what may have happened where the two differ."""

from __future__ import annotations

from enum import StrEnum

import attrs

from cwgrade.errors import NotInForce
from cwgrade.outcomes import Outcome

__all__ = ["Mistake", "MistakeKind", "Reconciled", "Reconciliation", "Verdict"]


class Verdict(StrEnum):
    """How what was paid for a month stands to what was due."""

    AGREES = "agrees"
    """Paid is what is due as known now."""
    AS_KNOWN_THEN = "as_known_then"
    """Paid is what was due as known then; since then something became known (back pay)."""
    EXPLAINED = "explained"
    """One common mistake gives exactly what was paid."""
    AMBIGUOUS = "ambiguous"
    """Several common mistakes give exactly what was paid."""
    UNEXPLAINED = "unexplained"
    """No single common mistake gives what was paid."""
    PAID_TWICE = "paid_twice"
    """What was due was paid, and a payment of the same amount is on file once more."""
    NOT_PAID = "not_paid"
    """Something is due, and no payment is on file."""
    PAID_AFTER_LEAVING = "paid_after_leaving"
    """The last service on file had ended before the month."""
    PAID_NOT_DUE = "paid_not_due"
    """The worker is not paid under this scheme in the month, for another reason."""
    NOTHING_DUE = "nothing_due"
    """Nothing is due, and nothing was paid."""
    OPEN = "open"
    """What is due cannot be decided."""


class MistakeKind(StrEnum):
    """A common mistake: one input that was taken otherwise."""

    OLDER_STATISTIC = "older_statistic"
    """The figure of the year before the right one was used."""
    NEWER_STATISTIC = "newer_statistic"
    """The figure of the year after the right one was used."""
    FAILED_YEAR_COUNTED = "failed_year_counted"
    """A year whose rating does not count was not deducted."""
    CERTIFICATE_EARLY = "certificate_early"
    """A certificate, schooling or honour was taken a month early."""
    CERTIFICATE_LATE = "certificate_late"
    """A certificate, schooling or honour was taken a month late."""
    CERTIFICATE_IGNORED = "certificate_ignored"
    """A certificate, schooling or honour was left out."""
    OUTSIDE_IGNORED = "outside_ignored"
    """Service of another kind or in another place was left out, though it counts."""
    OUTSIDE_COUNTED = "outside_counted"
    """All service was counted in full, whatever its kind and place."""
    OTHER_COUNTING = "other_counting"
    """Service was counted by another convention, or gaps were taken otherwise."""
    OTHER_TIMING = "other_timing"
    """Service or a rating took effect on another day."""
    OTHER_ROUNDING = "other_rounding"
    """Amounts were rounded by another rule."""
    MONTH_BEFORE = "month_before"
    """The month before was paid once more: a change came a month late."""
    ABSENCE_IGNORED = "absence_ignored"
    """Absences were left out."""
    WHOLE_MONTH = "whole_month"
    """A month that was served in part was taken for a whole one."""
    MOVE_IGNORED = "move_ignored"
    """A move to another place was left out: the place left went on paying."""
    MOVE_OTHER_DAY = "move_other_day"
    """A move inside a month was taken for one at its beginning, or at its end."""


@attrs.frozen(kw_only=True, order=True)
class Mistake:
    """One input that was taken otherwise.

    Attributes:
        kind: What kind of mistake it is.
        what: What was taken otherwise: a field of the scheme such as `service.convention`, or a fact of the worker such
            as `qualification.social_worker`.
        stated: What it is; empty where the scheme says nothing.
        taken: What it was taken for.
        region: The place whose scheme was taken otherwise, where there are schemes of several; the first of those that
            share one.
    """

    kind: MistakeKind
    what: str = ""
    stated: str = ""
    taken: str = ""
    region: str = ""


@attrs.frozen(kw_only=True)
class Reconciled:
    """A month: what was due, what was paid, and how the two stand to each other.

    Attributes:
        year: The year.
        month: The month.
        then_fen: What was due as known then, in fen; `None` where that cannot be decided.
        now_fen: What is due as known now, in fen; `None` where that cannot be decided.
        paid_fen: What was paid, in fen; `None` where no payment is on file.
        verdict: How they stand to each other.
        mistakes: Every common mistake that gives exactly what was paid, in declared order.
        outcome: What was found instead of an amount now; `None` where there is one, or the scheme does not apply.
        not_in_force: Why the scheme does not apply now, where that is the reason.
    """

    year: int
    month: int
    then_fen: int | None
    now_fen: int | None
    paid_fen: int | None
    verdict: Verdict
    mistakes: tuple[Mistake, ...] = ()
    outcome: Outcome[int] | None = None
    not_in_force: NotInForce | None = attrs.field(default=None, eq=False)

    @property
    def fen(self) -> int | None:
        """Paid less due as known now, in fen: positive was paid too much; `None` where one of them is not known."""
        if self.now_fen is None or self.paid_fen is None:
            return None
        return self.paid_fen - self.now_fen

    @property
    def gap_fen(self) -> int | None:
        """Paid less due, in fen, a missing payment taken for nothing paid; `None` where what is due is not known."""
        return None if self.now_fen is None else (self.paid_fen or 0) - self.now_fen

    @property
    def differs(self) -> bool:
        """Whether a payment on file is not what was due, then or now."""
        return self.verdict in _DIFFERS

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to look at the month."""
        return self.verdict in (Verdict.AGREES, Verdict.NOTHING_DUE)


_DIFFERS = (Verdict.EXPLAINED, Verdict.AMBIGUOUS, Verdict.UNEXPLAINED)


@attrs.frozen(kw_only=True)
class Reconciliation:
    """What was due to a worker and what was paid.

    Attributes:
        worker_id: The worker.
        months: Every month that was asked for, in order.
    """

    worker_id: str
    months: tuple[Reconciled, ...]

    @property
    def throughout(self) -> tuple[Mistake, ...]:
        """The mistakes that explain every month that differs: what a single month leaves open, several may settle."""
        differing = [one.mistakes for one in self.months if one.differs]
        if not differing:
            return ()
        return tuple(one for one in differing[0] if all(one in other for other in differing))

    @property
    def fen(self) -> int:
        """Paid less due over the months in which both are known, in fen."""
        return sum(one.fen or 0 for one in self.months)
