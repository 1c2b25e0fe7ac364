"""What was paid to a roster held against what was due, row by row: as a value, a table, JSON and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.arrears import Paid, Snapshot
from cwgrade.audit import (
    Cluster,
    Mistake,
    Reconciled,
    Reconciliation,
    Verdict,
    clusters,
    reach,
    reconcile,
    scheme_mistakes,
)
from cwgrade.canonical import plain
from cwgrade.cli.basis import Basis, failure_text, fault_text, month_text
from cwgrade.cli.once import Once
from cwgrade.cli.paid import Books
from cwgrade.money import yuan_text
from cwgrade.rosterfile import Cell, RosterRow, Yuan
from cwgrade.scheme import Beyond
from cwgrade.statement import outcome_text
from cwgrade.statement.mistakes import mistake_text
from cwgrade.statement.terminal import table_lines
from cwgrade.wording import Language, say, term
from cwgrade.worker import Worker

__all__ = ["Audit", "audit_of", "header_of", "json_of", "rows_of", "summary_of", "sums_of"]

_COLUMNS: Final = (
    "row",
    "worker-id",
    "month",
    "verdict",
    "then",
    "now",
    "paid",
    "difference",
    "why",
    "throughout",
)
_AMOUNTS: Final = slice(4, 8)
_MOST_CLUSTERS: Final = 12
BAD_ROW: Final = "bad_row"
NOT_ON_ROSTER: Final = "not_on_roster"


@attrs.frozen(kw_only=True)
class Audit:
    """Every row of a roster, and what was paid.

    Attributes:
        basis: What it rests on.
        books: The payments of these months.
        known_then: The day by whose knowledge the months were worked out; `None` is the last day of each.
        known_on: The day of knowing now; `None` uses everything on file.
        rows: Each row with what was found, or with what was raised in it; neither where it could not be read.
    """

    basis: Basis
    books: Books
    known_then: date | None
    known_on: date | None
    rows: tuple[tuple[RosterRow, Reconciliation | Exception | None], ...]

    @property
    def found(self) -> tuple[Reconciliation, ...]:
        """What was found for the rows that could be asked."""
        return tuple(one for _, one in self.rows if isinstance(one, Reconciliation))

    @property
    def counts(self) -> Counter[str]:
        """Months by verdict; rows and people of whom nothing can be said."""
        counted: Counter[str] = Counter(str(month.verdict) for month in self.months)
        counted[BAD_ROW] = sum(not isinstance(one, Reconciliation) for _, one in self.rows)
        counted[NOT_ON_ROSTER] = len(self.books.strangers)
        return counted

    @property
    def months(self) -> tuple[Reconciled, ...]:
        """Every month of every row."""
        return tuple(month for one in self.found for month in one.months)

    @property
    def gap_fen(self) -> int:
        """Paid less due over all months of which what is due is known, in fen."""
        return sum(month.gap_fen or 0 for month in self.months)

    @property
    def stray_fen(self) -> int:
        """What was paid to people who are not on the roster, or whose row could not be asked, in fen."""
        bad = [row.worker_id for row, one in self.rows if not isinstance(one, Reconciliation)]
        people = dict.fromkeys((*bad, *self.books.strangers))
        return sum(fen for one in people for _, fen in self.books.sums(one))

    @property
    def unsettled(self) -> bool:
        """Whether anything needs somebody's work."""
        return bool(
            self.counts[BAD_ROW]
            or self.books.strangers
            or self.basis.roster.orphans
            or any(not month.is_settled for month in self.months)
        )


def audit_of(
    basis: Basis,
    books: Books,
    *,
    known_then: date | None,
    known_on: date | None,
    beyond: Beyond,
) -> Audit:
    """Hold the payments of every row against what was due.

    Args:
        basis: Roster, schemes and months.
        books: The payments.
        known_then: The day by whose knowledge the months were worked out; `None` is the last day of each.
        known_on: The day of knowing now.
        beyond: What to do after the last attested day of a scheme.

    Raises:
        ArgumentError: `known_then` comes after `known_on`.
    """
    # most audits find something, but where all is well nobody needs them
    mistakes = cache(partial(scheme_mistakes, basis.schemes))

    def ask(worker: Worker, paid: tuple[Paid, ...]) -> Reconciliation:
        return reconcile(
            Snapshot(worker=worker, scheme=basis.schemes, known_on=known_on),
            paid,
            months=basis.months,
            known_then=known_then,
            beyond=beyond,
            mistakes=mistakes,
        )

    once = Once(ask)

    def asked(row: RosterRow) -> Reconciliation | Exception | None:
        if row.worker is None:
            return None
        try:
            found = once.of(row.worker, books.of_row(row, basis.schemes))
            return attrs.evolve(found, worker_id=row.worker.id)
        except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
            return failure

    return Audit(
        basis=basis,
        books=books,
        known_then=known_then,
        known_on=known_on,
        rows=tuple((row, asked(row)) for row in basis.roster.rows),
    )


# --- the table -------------------------------------------------------------------------------------------------------


def header_of(lang: Language) -> list[str]:
    """Give the names of the columns."""
    return [say(f"cli-audit-{one}", {}, lang) for one in _COLUMNS]


def rows_of(audit: Audit, lang: Language) -> Iterator[list[Cell]]:
    """Give a row for each month of each row of the roster, and for whoever was paid and is not on it.

    Args:
        audit: What was found.
        lang: The language.
    """
    for row, found in audit.rows:
        if isinstance(found, Reconciliation):
            for month in found.months:
                yield _month_row(row, month, found.throughout, audit, lang)
            continue
        why = fault_text(row, lang) if found is None else failure_text(found, lang)
        yield from _paid_rows(audit, row.worker_id, BAD_ROW, lang, number=row.number, why=why)
    for one in audit.books.strangers:
        yield from _paid_rows(audit, one, NOT_ON_ROSTER, lang)


def _month_row(
    row: RosterRow,
    month: Reconciled,
    throughout: Sequence[Mistake],
    audit: Audit,
    lang: Language,
) -> list[Cell]:
    amounts = (month.then_fen, month.now_fen, month.paid_fen, month.fen)
    settling = throughout if month.differs else ()
    return [
        row.number,
        row.worker_id,
        month_text(month.year, month.month),
        term(f"audit.{month.verdict}", lang),
        *(None if fen is None else Yuan(fen) for fen in amounts),
        _explanation(month, audit, lang) or None,
        _either(settling, audit, lang) or None,
    ]


def _explanation(month: Reconciled, audit: Audit, lang: Language) -> str:
    if month.mistakes:
        return _either(month.mistakes, audit, lang)
    if month.not_in_force is not None:
        return month.not_in_force.text(lang)
    return "" if month.outcome is None else outcome_text(month.outcome, lang, money=True)


def _either(mistakes: Sequence[Mistake], audit: Audit, lang: Language) -> str:
    texts = (mistake_text(one, lang, scheme=audit.basis.schemes) for one in mistakes)
    return say("cli-audit-or", {}, lang).join(texts)


def _paid_rows(
    audit: Audit,
    worker_id: str,
    status: str,
    lang: Language,
    *,
    number: int | None = None,
    why: str = "",
) -> Iterator[list[Cell]]:
    """Give a row for each month that was paid for, at least one."""
    for month, fen in dict(audit.books.sums(worker_id)).items() or (((0, 0), None),):
        line: list[Cell] = [number, worker_id, None, term(f"audit.{status}", lang), *[None] * 6]
        line[8] = why or None
        if fen is not None:
            line[2], line[6] = month_text(*month), Yuan(fen)
        yield line


def sums_of(audit: Audit, lang: Language) -> Iterator[list[Cell]]:
    """Give a blank row, the sums under their columns, and the remarks, each with its label.

    Args:
        audit: What was found.
        lang: The language.
    """
    size = len(_COLUMNS)
    yield [None] * size
    total: list[Cell] = [say("cli-audit-total", {}, lang), *[None] * (size - 1)]
    months = audit.months
    columns = ("then_fen", "now_fen", "paid_fen", "fen")
    total[_AMOUNTS] = [Yuan(sum(getattr(one, name) or 0 for one in months)) for name in columns]
    yield total
    for label, value in _remarks(audit, lang):
        yield [label, value, *[None] * (size - 2)]


def _remarks(audit: Audit, lang: Language) -> Iterator[tuple[str, Cell]]:
    for verdict, count in _counted(audit):
        yield term(f"audit.{verdict}", lang), count
    for one in clusters(audit.found):
        facts = {
            "why": _cluster_text(one, audit, lang),
            "months": one.months,
            "people": len(one.workers),
        }
        yield say("cli-audit-cluster", facts, lang), Yuan(one.fen)
    yield say("cli-audit-months", {}, lang), audit.basis.span
    yield from _known_days(audit, lang)
    if audit.books.elsewhere:
        yield say("cli-audit-elsewhere", {}, lang), audit.books.elsewhere
    yield from audit.basis.remarks(lang)


def _known_days(audit: Audit, lang: Language) -> Iterator[tuple[str, Cell]]:
    then: Cell = audit.known_then or say("cli-audit-month-end", {}, lang)
    yield say("cli-audit-known-then", {}, lang), then
    now: Cell = audit.known_on or say("cli-audit-everything", {}, lang)
    yield say("cli-audit-known-now", {}, lang), now


def _counted(audit: Audit) -> Iterator[tuple[str, int]]:
    counts = audit.counts
    for one in (*Verdict, BAD_ROW, NOT_ON_ROSTER):
        if counts[one]:
            yield str(one), counts[one]


def _cluster_text(cluster: Cluster, audit: Audit, lang: Language) -> str:
    if cluster.mistakes:
        return _either(cluster.mistakes, audit, lang)
    return term(f"audit.{cluster.verdict}", lang)


# --- JSON ------------------------------------------------------------------------------------------------------------


def json_of(audit: Audit) -> dict[str, Any]:
    """Give everything as plain JSON data; amounts are whole fen, and words are codes.

    Args:
        audit: What was found.
    """
    return {
        **audit.basis.as_json(),
        "known_then": None if audit.known_then is None else audit.known_then.isoformat(),
        "known_on": None if audit.known_on is None else audit.known_on.isoformat(),
        "rows": [_json_row(row, found, audit) for row, found in audit.rows],
        "not_on_roster": [
            {"worker_id": one, "paid": _json_paid(audit, one)} for one in audit.books.strangers
        ],
        "clusters": [_json_cluster(one) for one in clusters(audit.found)],
        "reach": [_json_cluster(one) for one in reach(audit.found)],
        "gap_fen": audit.gap_fen,
        "stray_fen": audit.stray_fen,
    }


def _json_row(
    row: RosterRow, found: Reconciliation | Exception | None, audit: Audit
) -> dict[str, Any]:
    told: dict[str, Any] = {"row": row.number, "worker_id": row.worker_id}
    if not isinstance(found, Reconciliation):
        why = fault_text(row, "en") if found is None else failure_text(found, "en")
        return {**told, "status": BAD_ROW, "why": why, "paid": _json_paid(audit, row.worker_id)}
    return {
        **told,
        "months": [
            {
                "month": month_text(month.year, month.month),
                "verdict": str(month.verdict),
                "then_fen": month.then_fen,
                "now_fen": month.now_fen,
                "paid_fen": month.paid_fen,
                "difference_fen": month.fen,
                "mistakes": [plain(one) for one in month.mistakes],
                "why": None if month.mistakes else _explanation(month, audit, "en") or None,
            }
            for month in found.months
        ],
        "throughout": [plain(one) for one in found.throughout],
    }


def _json_paid(audit: Audit, worker_id: str) -> dict[str, int]:
    return {month_text(*month): fen for month, fen in audit.books.sums(worker_id)}


def _json_cluster(cluster: Cluster) -> dict[str, Any]:
    found: dict[str, Any] = plain(cluster)
    return found


# --- the summary -----------------------------------------------------------------------------------------------------


def summary_of(audit: Audit, lang: Language, out: Path) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        audit: What was found.
        lang: The language.
        out: Where its table was written.
    """
    yield say("cli-audit-head", {"id": audit.basis.ids, "months": audit.basis.span}, lang)
    yield from audit.basis.inventions(lang)
    yield ""
    rows = [[term(f"audit.{one}", lang), str(count)] for one, count in _counted(audit)]
    yield from (f"  {line}" for line in table_lines(rows, right=[1]))
    groups = clusters(audit.found)
    yield from _cluster_lines("cli-audit-clusters", groups, audit, lang)
    if any(len(one.mistakes) > 1 for one in groups):
        yield from _cluster_lines("cli-audit-reach", reach(audit.found), audit, lang)
    yield ""
    yield say("cli-audit-sum", {"yuan": yuan_text(audit.gap_fen)}, lang)
    if audit.stray_fen:
        yield say("cli-audit-stray", {"yuan": yuan_text(audit.stray_fen)}, lang)
    yield say("cli-summary-out", {"file": str(out)}, lang)


def _cluster_lines(
    code: str, groups: Sequence[Cluster], audit: Audit, lang: Language
) -> Iterator[str]:
    if not groups:
        return
    yield ""
    yield say(code, {}, lang)
    rows = [
        [
            str(one.months),
            str(len(one.workers)),
            yuan_text(one.fen),
            _cluster_text(one, audit, lang),
        ]
        for one in groups[:_MOST_CLUSTERS]
    ]
    yield from (f"  {line}" for line in table_lines(rows, right=[0, 1, 2]))
    if len(groups) > _MOST_CLUSTERS:
        yield "  " + say("cli-audit-more", {"count": len(groups) - _MOST_CLUSTERS}, lang)
