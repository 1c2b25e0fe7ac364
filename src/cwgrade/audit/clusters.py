"""The months of a roster whose pay was not what was due, put together by what explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from cwgrade.audit.results import (
    Mistake,
    MistakeKind,
    Reconciled,
    Reconciliation,
    Verdict,
)

__all__ = ["Cluster", "clusters", "reach"]

_OF_RULES: Final = (
    MistakeKind.OLDER_STATISTIC,
    MistakeKind.NEWER_STATISTIC,
    MistakeKind.OTHER_COUNTING,
    MistakeKind.OTHER_TIMING,
    MistakeKind.OTHER_ROUNDING,
)
"""Mistakes about a rule: what it says and what it was taken for is the same for everybody."""


@attrs.frozen(kw_only=True)
class Cluster:
    """Months of one explanation.

    Attributes:
        verdict: How what was paid stands to what was due.
        mistakes: The mistakes that explain each of these months, without the days of single workers; several are
            ambiguous.
        workers: The workers, in order.
        months: How many months of theirs there are.
        fen: Paid less due over those months, in fen; what was not paid, or paid without being due, is counted whole.
    """

    verdict: Verdict
    mistakes: tuple[Mistake, ...]
    workers: tuple[str, ...]
    months: int
    fen: int


def clusters(found: Iterable[Reconciliation]) -> tuple[Cluster, ...]:
    """Put the months that are not as they should be together by explanation; each month stands in one cluster.

    Where the months of a worker together leave fewer mistakes than a single one does, those count.

    Args:
        found: What was held against each other, worker by worker.

    Returns:
        The clusters, the largest first.
    """
    sums: dict[tuple[Verdict, tuple[Mistake, ...]], _Sum] = {}
    for one in found:
        for month, mistakes in _unsettled(one):
            verdict = month.verdict
            if mistakes:
                verdict = Verdict.EXPLAINED if len(mistakes) == 1 else Verdict.AMBIGUOUS
            sums.setdefault((verdict, mistakes), _Sum()).add(one.worker_id, month)
    return _sorted(_cluster(verdict, mistakes, one) for (verdict, mistakes), one in sums.items())


def reach(found: Iterable[Reconciliation]) -> tuple[Cluster, ...]:
    """Tell for each mistake alone how many months it explains; a month that several explain is counted for each.

    What a single month leaves open is often settled by the roster: one wrong rule reaches everybody.

    Args:
        found: What was held against each other, worker by worker.

    Returns:
        One for each mistake, the one that explains most first.
    """
    sums: dict[Mistake, _Sum] = {}
    for one in found:
        for month, _ in _unsettled(one):
            for mistake in dict.fromkeys(_general(each) for each in month.mistakes):
                sums.setdefault(mistake, _Sum()).add(one.worker_id, month)
    return _sorted(_cluster(Verdict.EXPLAINED, (mistake,), one) for mistake, one in sums.items())


class _Sum:
    """The months of a cluster as they are added."""

    def __init__(self) -> None:
        self.workers: dict[str, None] = {}
        self.months = 0
        self.fen = 0

    def add(self, worker_id: str, month: Reconciled) -> None:
        self.workers[worker_id] = None
        self.months += 1
        self.fen += month.gap_fen or 0


def _unsettled(one: Reconciliation) -> Iterator[tuple[Reconciled, tuple[Mistake, ...]]]:
    throughout = one.throughout
    for month in one.months:
        if not month.is_settled:
            narrowed = throughout if throughout and month.differs else month.mistakes
            yield month, tuple(sorted({_general(each) for each in narrowed}))


def _general(mistake: Mistake) -> Mistake:
    """Leave out what belongs to one worker or month: days, and the value that was right."""
    return mistake if mistake.kind in _OF_RULES else attrs.evolve(mistake, stated="", taken="")


def _cluster(verdict: Verdict, mistakes: tuple[Mistake, ...], found: _Sum) -> Cluster:
    return Cluster(
        verdict=verdict,
        mistakes=mistakes,
        workers=tuple(found.workers),
        months=found.months,
        fen=found.fen,
    )


def _sorted(found: Iterable[Cluster]) -> tuple[Cluster, ...]:
    # sorting keeps the order of the roster among equals
    return tuple(sorted(found, key=lambda one: (-one.months, -abs(one.fen))))
