"""The back pay of a roster as a value, and as the table and the summary that `cwgrade arrears` gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import attrs

from cwgrade.arrears import (
    ON_THE_TOTAL,
    WHOLE,
    Arrears,
    MonthArrears,
    Paid,
    Part,
    SchemeWay,
    Snapshot,
    arrears_between,
    scheme_way,
    sums_by_cause,
)
from cwgrade.cli.basis import Basis, failure_text, month_text
from cwgrade.cli.became_known import change_text
from cwgrade.cli.once import Once
from cwgrade.cli.paid import Books
from cwgrade.cli.paired import Pair, paired
from cwgrade.cli.places import each_scheme
from cwgrade.errors import ArgumentError
from cwgrade.money import capitals, yuan_text
from cwgrade.rosterfile import Cell, Payments, Roster, RosterRow, Yuan
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.statement import outcome_text
from cwgrade.statement.terminal import table_lines
from cwgrade.timeline import Standing
from cwgrade.wording import Language, say, term
from cwgrade.worker import Worker

__all__ = ["Earlier", "Settlement", "rows_of", "settlement", "summary_of", "sums_of"]

_COLUMNS = (
    "row",
    "worker-id",
    "month",
    "status",
    "component",
    "yuan",
    "cause",
    "known",
    "what",
    "before",
    "after",
    "paid",
)


@attrs.frozen(kw_only=True)
class Earlier:
    """What was on file before.

    Attributes:
        schemes: The scheme with its figures, or those of several places.
        roster: The roster; `None` is the one that is on file now.
    """

    schemes: Scheme | Schemes
    roster: Roster | None


@attrs.frozen(kw_only=True)
class SettledRow:
    """A row with its back pay.

    Attributes:
        row: The row; of somebody who is not on the roster any more, that of the earlier one.
        arrears: The back pay; `None` where there is none to tell.
        why: What is wrong, where there is none to tell.
        status: `bad_row`, or `open` where only the earlier roster has the worker and no day of leaving.
        is_gone: Whether only the earlier roster has the worker.
    """

    row: RosterRow
    arrears: Arrears | None = None
    why: tuple[Exception, ...] = ()
    status: str = "bad_row"
    is_gone: bool = False


@attrs.frozen(kw_only=True)
class Settlement:
    """The back pay of every row of a roster.

    Attributes:
        basis: The roster, the schemes and the months.
        known_before: The earlier day of knowing; `None` where two states of the file are compared as they are.
        known_after: The later one.
        rows: Every row, and whoever only the earlier roster has.
        books: What was paid, where that was given.
    """

    basis: Basis
    known_before: date | None
    known_after: date | None
    rows: tuple[SettledRow, ...]
    books: Books | None

    @property
    def strangers(self) -> tuple[str, ...]:
        """Whoever was paid for one of the months and is on no roster."""
        known = {one.row.worker_id for one in self.rows}
        found = self.books.strangers if self.books is not None else ()
        return tuple(one for one in found if one not in known)

    @property
    def found(self) -> tuple[Arrears, ...]:
        """The back pay of the rows that could be asked."""
        return tuple(one.arrears for one in self.rows if one.arrears is not None)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every row."""
        return tuple(part for arrears in self.found for part in arrears.parts)

    @property
    def total_fen(self) -> int:
        """The sum of all months that can be decided, in fen and signed."""
        return sum(arrears.total_fen for arrears in self.found)

    @property
    def open_months(self) -> int:
        """How many months of how many workers cannot be decided."""
        months = sum(len(arrears.open_months) for arrears in self.found)
        gone = sum(one.arrears is None and one.status == "open" for one in self.rows)
        return months + gone * len(self.basis.months)

    @property
    def unsettled(self) -> bool:
        """Whether anything needs somebody's work."""
        left_out = any(one.arrears is None for one in self.rows)
        return bool(left_out or self.open_months or self.strangers or self.basis.roster.orphans)


def settlement(
    basis: Basis,
    *,
    known_before: date | None,
    known_after: date | None,
    paid: Payments | None,
    beyond: Beyond,
    earlier: Earlier | None = None,
) -> Settlement:
    """Find the back pay of every row.

    Args:
        basis: The roster as it is now, the schemes and the months.
        known_before: The earlier day of knowing.
        known_after: The later one.
        paid: What was paid.
        beyond: What to do after the last attested day of the scheme.
        earlier: What was on file before, where that is not what is on file now.

    Raises:
        ArgumentError: The earlier scheme is another one.
    """
    before = basis.schemes if earlier is None else earlier.schemes
    if isinstance(before, Scheme) and isinstance(basis.schemes, Scheme):
        first, second = (one.id.partition("+")[0] for one in (before, basis.schemes))
        if first != second:
            raise ArgumentError("cli-earlier-scheme", first=first, second=second)
    way = scheme_way(before, basis.schemes, known_before=known_before, known_after=known_after)
    books = None if paid is None else Books(paid, basis.roster, basis.months)

    def ask(worker: Worker, was: Worker, paid: tuple[Paid, ...] | None) -> Arrears:
        one = Snapshot(worker=was, scheme=way.earlier, known_on=way.known_before)
        other = Snapshot(worker=worker, scheme=way.later, known_on=way.known_after)
        return arrears_between(
            one, other, months=basis.months, paid=paid, beyond=beyond, of_scheme=way
        )

    once = Once(ask)

    def settled(pair: Pair) -> SettledRow:
        try:
            return _settled(pair, way, books, once)
        except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
            return SettledRow(row=pair.row, why=(failure,))

    pairs = [Pair(before=row, after=row, row=row) for row in basis.roster.rows]
    if earlier is not None and earlier.roster is not None:
        pairs = [*paired(earlier.roster, basis.roster)]
    return Settlement(
        basis=basis,
        known_before=known_before,
        known_after=known_after,
        rows=tuple(settled(pair) for pair in pairs),
        books=books,
    )


def _settled(
    pair: Pair,
    way: SchemeWay,
    books: Books | None,
    once: Once[Arrears],
) -> SettledRow:
    is_gone = pair.after is None
    faults = [fault for row in (pair.after, pair.before) if row is not None for fault in row.faults]
    worker = pair.row.worker
    before = pair.before.worker if pair.before is not None else None
    if worker is None or (pair.before is not None and before is None):
        return SettledRow(row=pair.row, why=tuple(dict.fromkeys(faults)), is_gone=is_gone)
    if is_gone and any(one.end is None for one in worker.spells if one.kind == "community"):
        # whoever is not on the roster any more has left, and nobody says when
        left = ArgumentError("cli-arrears-gone-when")
        return SettledRow(row=pair.row, why=(left,), status="open", is_gone=True)
    # whoever was not on file yet had no service on file
    was = before or attrs.evolve(worker, spells=(), placement=None)
    paid = None if books is None else books.of_row(pair.row, way.later)
    arrears = attrs.evolve(once.of(worker, was, paid), worker_id=worker.id)
    return SettledRow(row=pair.row, arrears=arrears, is_gone=is_gone)


# --- the table -------------------------------------------------------------------------------------------------------


def rows_of(settled: Settlement, lang: Language) -> tuple[list[str], Iterator[list[Cell]]]:
    """Give the names of the columns, and the rows: every row of the roster comes up at least once.

    Args:
        settled: The back pay.
        lang: The language.
    """
    header = [say(f"cli-arrears-{one}", {}, lang) for one in _COLUMNS]
    return header, _rows(settled, lang)


def _rows(settled: Settlement, lang: Language) -> Iterator[list[Cell]]:
    for one in settled.rows:
        number = None if one.is_gone else one.row.number
        if one.arrears is None:
            told = "; ".join(failure_text(each, lang) for each in one.why)
            yield _line(number, one.row.worker_id, status=one.status, what=told, lang=lang)
            continue
        told_of = [month for month in one.arrears.months if month.parts or month.open]
        if not told_of:
            yield _line(number, one.row.worker_id, status="nothing_due", lang=lang)
        for month in told_of:
            yield from _month_rows(number, one.row.worker_id, month, settled.basis.schemes, lang)
    for worker_id in settled.strangers:
        for paid_for, fen in settled.books.sums(worker_id) if settled.books else ():
            line = _line(None, worker_id, status="not_on_roster", lang=lang)
            line[2], line[-1] = month_text(*paid_for), Yuan(fen)
            yield line


def _month_rows(
    number: int | None,
    worker_id: str,
    month: MonthArrears,
    schemes: Scheme | Schemes,
    lang: Language,
) -> Iterator[list[Cell]]:
    sums: list[Cell] = [
        None if fen is None else Yuan(fen)
        for fen in (month.before_fen, month.after_fen, month.paid_fen)
    ]
    text = month_text(month.year, month.month)
    if month.open:
        told = "; ".join(_open_texts(month, lang))
        line = _line(number, worker_id, status="open", what=told, lang=lang)
        line[2] = text
        yield [*line[:-3], *sums]
        return
    for place, part in enumerate(month.parts):
        status = "provisional" if month.standing is Standing.PROVISIONAL else "settled"
        line = _line(number, worker_id, status=status, lang=lang)
        line[2] = text
        line[4:9] = [
            _component(part, schemes, lang),
            Yuan(part.fen),
            term(str(part.cause), lang),
            part.became_known,
            "; ".join(change_text(one, schemes, lang) for one in (*part.together, *part.changes)),
        ]
        # a month's sums stand in its first row only, so that columns can be added up
        yield [*line[:-3], *(sums if place == 0 else [None] * 3)]


def _line(
    number: int | None, worker_id: str, *, status: str, lang: Language, what: str = ""
) -> list[Cell]:
    line: list[Cell] = [None] * len(_COLUMNS)
    line[0], line[1] = number, worker_id
    line[3], line[8] = term(f"arrears.{status}", lang), what or None
    return line


def _component(part: Part, schemes: Scheme | Schemes, lang: Language) -> str:
    if part.component in (WHOLE, ON_THE_TOTAL):
        return term(f"arrears.{part.component}", lang)
    found = (
        version.component(part.component)
        for scheme in each_scheme(schemes)
        for version in reversed(scheme.versions)
    )
    component = next((one for one in found if one is not None), None)
    name = str(getattr(component.label, lang)) if component else part.component
    return name if part.in_total else say("cli-arrears-on-top", {"name": name}, lang)


def _open_texts(month: MonthArrears, lang: Language) -> Iterator[str]:
    for one in month.open:
        why = say("cli-arrears-not-said", {}, lang)
        if one.not_in_force is not None:
            why = one.not_in_force.text(lang)
        elif one.outcome is not None:
            why = outcome_text(one.outcome, lang, money=True)
        yield say("cli-arrears-open", {"side": term(f"arrears.{one.side}", lang), "why": why}, lang)


# --- sums and summary ------------------------------------------------------------------------------------------------


def sums_of(settled: Settlement, lang: Language, size: int) -> Iterator[list[Cell]]:
    """Give a blank row, the sum under its column, and the remarks, each with its label.

    Args:
        settled: The back pay.
        lang: The language.
        size: How many columns the table has.
    """
    yield [None] * size
    total: list[Cell] = [None] * size
    total[0], total[5] = say("cli-arrears-total", {}, lang), Yuan(settled.total_fen)
    yield total
    for label, value in _remarks(settled, lang):
        yield [label, value, *[None] * (size - 2)]


def _remarks(settled: Settlement, lang: Language) -> Iterator[tuple[str, Cell]]:
    yield say("cli-sum-capitals", {}, lang), capitals(settled.total_fen)
    for cause, fen in sums_by_cause(settled.parts):
        yield term(str(cause), lang), Yuan(fen)
    yield say("cli-arrears-months", {}, lang), settled.basis.span
    if settled.known_before is not None and settled.known_after is not None:
        yield say("cli-help-known-before-short", {}, lang), settled.known_before
        yield say("cli-help-known-after-short", {}, lang), settled.known_after
    yield from settled.basis.remarks(lang)


def summary_of(settled: Settlement, lang: Language) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        settled: The back pay.
        lang: The language.
    """
    facts = {
        "id": settled.basis.ids,
        "months": settled.basis.span,
        "before": settled.known_before,
        "after": settled.known_after,
    }
    days = "cli-arrears-head" if settled.known_before is not None else "cli-arrears-head-states"
    yield say(days, facts, lang)
    yield from settled.basis.inventions(lang)
    yield ""
    people = Counter(
        one.status
        if one.arrears is None
        else "open"
        if one.arrears.open_months
        else "settled"
        if one.arrears.parts
        else "nothing_due"
        for one in settled.rows
    )
    people["not_on_roster"] = len(settled.strangers)
    rows = [[term(f"arrears.{one}", lang), str(count)] for one, count in people.items() if count]
    yield from (f"  {line}" for line in table_lines(rows, right=[1]))
    causes = [
        [term(str(cause), lang), yuan_text(fen)] for cause, fen in sums_by_cause(settled.parts)
    ]
    if causes:
        yield ""
        yield say("cli-arrears-by-cause", {}, lang)
        yield from (f"  {line}" for line in table_lines(causes, right=[1]))
    yield ""
    total = {"yuan": yuan_text(settled.total_fen), "capitals": capitals(settled.total_fen)}
    yield say("cli-arrears-sum", total, lang)
    if settled.open_months:
        yield say("cli-arrears-left-out", {"count": settled.open_months}, lang)
