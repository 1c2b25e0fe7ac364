"""The back pay of a roster as a value, and as the table and the summary that `cwgrade arrears` gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from cwgrade.arrears import (
    ON_THE_TOTAL,
    WHOLE,
    Arrears,
    Change,
    FactChange,
    FigureChange,
    MonthArrears,
    Paid,
    Part,
    SchemeWay,
    Snapshot,
    arrears_between,
    scheme_way,
    sums_by_cause,
)
from cwgrade.money import capitals, yuan_text
from cwgrade.rosterfile import Cell, Payments, Roster, RosterRow, Yuan
from cwgrade.scheme import Beyond, Scheme, SchemeStatus
from cwgrade.statement import outcome_text
from cwgrade.statement.terminal import table_lines
from cwgrade.timeline import Standing
from cwgrade.wording import Language, say, term
from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Unknown,
)

__all__ = ["Settlement", "rows_of", "settlement", "summary_of", "sums_of"]

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
_FACTS = {"degrees": "degree", "qualifications": "qualification", "honours": "honour"}
"""The fact whose values a field holds, where it is named otherwise."""


@attrs.frozen(kw_only=True)
class Settlement:
    """The back pay of every row of a roster.

    Attributes:
        roster: The roster.
        scheme: The scheme.
        months: The months asked for.
        known_before: The earlier day of knowing.
        known_after: The later one.
        rows: Each row with its back pay; `None` where the row could not be read.
        paid: What was paid, where that was given.
        assumed: What was assumed.
        invented_roster: Whether the roster is the invented one that comes along.
    """

    roster: Roster
    scheme: Scheme
    months: tuple[tuple[int, int], ...]
    known_before: date
    known_after: date
    rows: tuple[tuple[RosterRow, Arrears | None], ...]
    paid: Payments | None
    assumed: tuple[str, ...]
    invented_roster: bool

    @property
    def strangers(self) -> tuple[str, ...]:
        """Whoever was paid for one of the months and is not on the roster."""
        known = {row.worker_id for row in self.roster.rows}
        rows = self.paid.rows if self.paid else ()
        return tuple(
            dict.fromkeys(
                one
                for one, paid in rows
                if one not in known and (paid.year, paid.month) in self.months
            )
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every row."""
        return tuple(part for _, arrears in self.rows if arrears for part in arrears.parts)

    @property
    def total_fen(self) -> int:
        """The sum of all months that can be decided, in fen and signed."""
        return sum(arrears.total_fen for _, arrears in self.rows if arrears)

    @property
    def open_months(self) -> int:
        """How many months of how many workers cannot be decided."""
        return sum(len(arrears.open_months) for _, arrears in self.rows if arrears)

    @property
    def bad_rows(self) -> int:
        """How many rows could not be read."""
        return sum(arrears is None for _, arrears in self.rows)

    @property
    def unsettled(self) -> bool:
        """Whether anything needs somebody's work."""
        return bool(self.bad_rows or self.open_months or self.strangers or self.roster.orphans)


def settlement(
    roster: Roster,
    scheme: Scheme,
    *,
    months: Sequence[tuple[int, int]],
    known_before: date,
    known_after: date,
    paid: Payments | None,
    beyond: Beyond,
    assumed: tuple[str, ...] = (),
    invented_roster: bool = False,
) -> Settlement:
    """Find the back pay of every row.

    Args:
        roster: The roster.
        scheme: The scheme with its figures.
        months: The months.
        known_before: The earlier day of knowing.
        known_after: The later one.
        paid: What was paid.
        beyond: What to do after the last attested day of the scheme.
        assumed: What was assumed of workers.
        invented_roster: Whether the roster is the invented one that comes along.
    """
    of_scheme = scheme_way(scheme, scheme, known_before=known_before, known_after=known_after)
    names = _names(scheme)
    by_id: dict[str, list[Paid]] = {}
    for one, amount in paid.rows if paid else ():
        component = amount.component and names.get(amount.component, amount.component)
        by_id.setdefault(one, []).append(attrs.evolve(amount, component=component))
    return Settlement(
        roster=roster,
        scheme=scheme,
        months=tuple(months),
        known_before=known_before,
        known_after=known_after,
        rows=tuple(
            (
                row,
                _of_row(
                    row,
                    of_scheme,
                    months,
                    None if paid is None else by_id.get(row.worker_id, []),
                    beyond,
                ),
            )
            for row in roster.rows
        ),
        paid=paid,
        assumed=(*assumed, *(one for version in scheme.versions for one in version.assumed)),
        invented_roster=invented_roster,
    )


def _of_row(
    row: RosterRow,
    of_scheme: SchemeWay,
    months: Sequence[tuple[int, int]],
    paid: Sequence[Paid] | None,
    beyond: Beyond,
) -> Arrears | None:
    if row.worker is None:
        return None
    before = Snapshot(worker=row.worker, scheme=of_scheme.earlier, known_on=of_scheme.known_before)
    after = attrs.evolve(before, scheme=of_scheme.later, known_on=of_scheme.known_after)
    return arrears_between(
        before, after, months=months, paid=paid, beyond=beyond, of_scheme=of_scheme
    )


def _names(scheme: Scheme) -> dict[str, str]:
    """Give the component that a printed name means."""
    return {
        label: component.name
        for version in scheme.versions
        for component in version.pay
        for label in (component.label.zh, component.label.en)
    }


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
    for row, arrears in settled.rows:
        if arrears is None:
            told = "; ".join(fault.text(lang) for fault in row.faults)
            yield _line(row.number, row.worker_id, status="bad_row", what=told, lang=lang)
            continue
        told_of = [month for month in arrears.months if month.parts or month.open]
        if not told_of:
            yield _line(row.number, row.worker_id, status="nothing_due", lang=lang)
        for month in told_of:
            yield from _month_rows(row, month, settled.scheme, lang)
    for one in settled.strangers:
        for paid in settled.paid.of(one) if settled.paid else ():
            if (paid.year, paid.month) in settled.months:
                line = _line(None, one, status="not_on_roster", lang=lang)
                line[2], line[-1] = _month_text(paid.year, paid.month), Yuan(paid.fen)
                yield line


def _month_rows(
    row: RosterRow, month: MonthArrears, scheme: Scheme, lang: Language
) -> Iterator[list[Cell]]:
    sums: list[Cell] = [
        None if fen is None else Yuan(fen)
        for fen in (month.before_fen, month.after_fen, month.paid_fen)
    ]
    text = _month_text(month.year, month.month)
    if month.open:
        told = "; ".join(_open_texts(month, lang))
        line = _line(row.number, row.worker_id, status="open", what=told, lang=lang)
        line[2] = text
        yield [*line[:-3], *sums]
        return
    for place, part in enumerate(month.parts):
        status = "provisional" if month.standing is Standing.PROVISIONAL else "settled"
        line = _line(row.number, row.worker_id, status=status, lang=lang)
        line[2] = text
        line[4:9] = [
            _component(part, scheme, lang),
            Yuan(part.fen),
            term(str(part.cause), lang),
            part.became_known,
            "; ".join(change_text(one, scheme, lang) for one in (*part.together, *part.changes)),
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


def _month_text(year: int, month: int) -> str:
    return f"{year:04d}-{month:02d}"


def _component(part: Part, scheme: Scheme, lang: Language) -> str:
    if part.component in (WHOLE, ON_THE_TOTAL):
        return term(f"arrears.{part.component}", lang)
    found = (version.component(part.component) for version in reversed(scheme.versions))
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


def change_text(change: Change, scheme: Scheme, lang: Language) -> str:
    """Say in a few words what became known.

    Args:
        change: What became known.
        scheme: The scheme, for printed names.
        lang: The language.
    """
    if isinstance(change, FactChange):
        if isinstance(change.before, Unknown):
            return say("cli-arrears-looked", {"name": term(f"arrears.{change.field}", lang)}, lang)
        before, after = (
            _fact_text(change.field, one, lang) for one in (change.before, change.after)
        )
        name = term(f"arrears.{change.field}", lang)
    elif isinstance(change, FigureChange):
        before = yuan_text(change.before_fen) if change.before_fen is not None else ""
        after = yuan_text(change.after_fen) if change.after_fen is not None else ""
        label = next(
            one.label
            for version in scheme.versions
            for one in version.series
            if one.name == change.series
        )
        facts = {"name": str(getattr(label, lang)), "year": change.year}
        name = say("cli-arrears-figure", facts, lang)
    else:
        before, after = "", _version_text(change.scheme_id, change.published_on, lang)
        name = say("cli-arrears-version", {"from_day": change.from_day}, lang)
    if before and after:
        return say("cli-arrears-replaced", {"name": name, "before": before, "after": after}, lang)
    code = "cli-arrears-new" if after else "cli-arrears-gone"
    return say(code, {"name": name, "what": after or before}, lang)


def _version_text(scheme_id: str, published_on: object, lang: Language) -> str:
    published = term("unknown", lang) if published_on == "unknown" else str(published_on)
    return say("cli-arrears-published", {"id": scheme_id, "day": published}, lang)


def _fact_text(field: str, fact: object, lang: Language) -> str:
    match fact:
        case Unknown():
            return term("unknown", lang)
        case ServiceSpell():
            return f"{fact.title or fact.post or ''} {fact.start} – {fact.end or ''}".strip()
        case AbsenceSpell():
            return f"{term(fact.kind, lang)} {fact.start} – {fact.end or ''}".strip()
        case Rating():
            return f"{fact.period} {term(fact.value, lang)}"
        case StateFact():
            return f"{term(fact.name, lang)} = {term(f'{fact.name}.{fact.value}', lang)}"
        case PlacementOnRecord():
            return f"{fact.post} {fact.grade} ({fact.since})"
        case SuppliedAmount():
            return f"{fact.component} {yuan_text(fact.fen)}"
        case Attainment():
            return term(f"{_FACTS.get(field, field)}.{fact.value}", lang)
        case _:
            return ""


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
    yield say("cli-arrears-months", {}, lang), _span(settled)
    yield say("cli-help-known-before-short", {}, lang), settled.known_before
    yield say("cli-help-known-after-short", {}, lang), settled.known_after
    yield say("cli-sum-id", {}, lang), settled.scheme.id
    for version in settled.scheme.versions:
        yield say("cli-sum-digest", {}, lang), version.digest
    if settled.roster.orphans:
        yield say("cli-sum-orphans", {}, lang), len(settled.roster.orphans)
    if settled.assumed:
        told = say("cli-sum-list", {"names": list(dict.fromkeys(settled.assumed))}, lang)
        yield say("cli-sum-assumed", {}, lang), told
    for told in _inventions(settled, lang):
        yield say("cli-sum-invented", {}, lang), told


def _span(settled: Settlement) -> str:
    return f"{_month_text(*settled.months[0])} – {_month_text(*settled.months[-1])}"


def _inventions(settled: Settlement, lang: Language) -> Iterator[str]:
    if any(version.status is SchemeStatus.SAMPLE for version in settled.scheme.versions):
        yield say("cli-invented-scheme", {}, lang)
    if settled.invented_roster:
        yield say("cli-invented-roster", {}, lang)


def summary_of(settled: Settlement, lang: Language) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        settled: The back pay.
        lang: The language.
    """
    facts = {
        "id": settled.scheme.id,
        "months": _span(settled),
        "before": settled.known_before,
        "after": settled.known_after,
    }
    yield say("cli-arrears-head", facts, lang)
    yield from _inventions(settled, lang)
    yield ""
    people = Counter(
        "bad_row"
        if arrears is None
        else "open"
        if arrears.open_months
        else "settled"
        if arrears.parts
        else "nothing_due"
        for _, arrears in settled.rows
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
