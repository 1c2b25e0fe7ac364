"""Two months of a roster side by side: as a value, a table, JSON and a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import attrs

from cwgrade.arrears import LineDifference
from cwgrade.audit import Bridge, Held, Turn, Turned, bridge_of, held_in, turned
from cwgrade.cli.basis import Basis, failure_text, fault_text, month_text
from cwgrade.cli.once import Once
from cwgrade.cli.paired import Pair, paired
from cwgrade.cli.places import each_scheme
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided
from cwgrade.rosterfile import Cell, Roster, RosterRow, Yuan
from cwgrade.scheme import Beyond, SchemeVersion
from cwgrade.statement.difference import component_text, difference_sentences
from cwgrade.statement.outcomes import outcome_sentences, placement_words
from cwgrade.statement.steps import name_of
from cwgrade.statement.terminal import table_lines
from cwgrade.statement.words import Words
from cwgrade.wording import Language, say, term
from cwgrade.worker import Worker

__all__ = [
    "KINDS",
    "Changes",
    "changes_of",
    "header_of",
    "json_of",
    "rows_of",
    "summary_of",
    "sums_of",
]

KINDS: Final = (".csv", ".xlsx", ".json")
"""Endings of the result."""
_COLUMNS: Final = (
    "row",
    "worker-id",
    "turn",
    "what",
    "placement-last",
    "placement-this",
    "due-last",
    "due-this",
    "difference",
    "why",
)
_OF_MONTH: Final = ("placement-last", "placement-this", "due-last", "due-this")
_MOST_REASONS: Final = 12
_BRIDGE: Final = (
    ("before_fen", 1, None),
    ("came_fen", 1, Turn.CAME),
    ("left_fen", -1, Turn.LEFT),
    ("changed_fen", 1, Turn.CHANGED),
    ("settled_fen", 1, Turn.SETTLED),
    ("opened_fen", -1, Turn.OPENED),
    ("after_fen", 1, None),
)


@attrs.frozen(kw_only=True)
class Entry:
    """Somebody on either roster.

    Attributes:
        number: The row of this month's roster; `None` for somebody who is on last month's alone.
        turned: What became of the worker.
        trouble: What is wrong with the worker's rows, in each language's words.
    """

    number: int | None
    turned: Turned
    rows: tuple[RosterRow | None, RosterRow | None]
    failures: tuple[Exception, ...] = ()

    def trouble(self, lang: Language) -> Iterator[str]:
        """Say what is wrong with the rows."""
        for row in self.rows:
            if row is not None and row.worker is None:
                yield fault_text(row, lang)
        for failure in self.failures:
            yield failure_text(failure, lang)


@attrs.frozen(kw_only=True)
class Changes:
    """Everybody on either roster, in the order of this month's, then of last month's.

    Attributes:
        basis: What it rests on; its months are the two.
        last: Last month's roster.
        entries: Everybody.
    """

    basis: Basis
    last: Roster
    entries: tuple[Entry, ...]

    @property
    def found(self) -> tuple[Turned, ...]:
        """What became of everybody."""
        return tuple(one.turned for one in self.entries)

    @property
    def bridge(self) -> Bridge:
        """How the totals bridge."""
        return bridge_of(self.found)

    @property
    def counts(self) -> Counter[Turn]:
        """How many people there are of each kind."""
        return Counter(one.turn for one in self.found)

    @property
    def unsettled(self) -> bool:
        """Whether anything needs somebody's work."""
        orphans = self.basis.roster.orphans or self.last.orphans
        return bool(orphans) or any(not one.is_decided for one in self.found)


def changes_of(basis: Basis, last: Roster, *, known_on: date | None, beyond: Beyond) -> Changes:
    """Put two months side by side.

    Args:
        basis: This month's roster, the schemes, and the two months.
        last: Last month's roster; it may be the same.
        known_on: The day of knowing, for both months.
        beyond: What to do after the last attested day of a scheme.
    """

    def ask(worker: Worker, months: tuple[tuple[int, int], ...]) -> tuple[Held, ...]:
        return held_in(worker, basis.schemes, months=months, known_on=known_on, beyond=beyond)

    once = Once(ask)

    def held(
        row: RosterRow | None, months: tuple[tuple[int, int], ...]
    ) -> tuple[Held | Exception | None, ...]:
        if row is None or row.worker is None:
            return tuple(None if row is None else Held(month=None) for _ in months)
        try:
            return once.of(row.worker, months)
        except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
            return tuple(failure for _ in months)

    def entry(pair: Pair) -> Entry:
        before, after = pair.before, pair.after
        last_month, month = basis.months
        if before is not None and after is not None and before.worker == after.worker:
            # what is certain of one worker is found once for both months
            sides = held(after, basis.months)
        else:
            sides = (*held(before, (last_month,)), *held(after, (month,)))
        failures = dict.fromkeys(one for one in sides if isinstance(one, Exception))
        one, other = (Held(month=None) if isinstance(x, Exception) else x for x in sides)
        return Entry(
            number=after.number if after is not None else None,
            turned=turned(pair.row.worker_id, one, other),
            rows=(before, after),
            failures=tuple(failures),
        )

    return Changes(
        basis=basis,
        last=last,
        entries=tuple(entry(pair) for pair in paired(last, basis.roster)),
    )


# --- the table -------------------------------------------------------------------------------------------------------


def header_of(changes: Changes, lang: Language) -> list[str]:
    """Give the names of the columns."""
    last, this = (month_text(*one) for one in changes.basis.months)
    months = {"last": last, "this": this}
    return [say(f"cli-changes-{one}", months, lang) for one in _COLUMNS]


def rows_of(changes: Changes, lang: Language) -> Iterator[list[Cell]]:
    """Give a row for everybody on either roster.

    Args:
        changes: What was found.
        lang: The language.
    """
    words = _Chosen(changes, lang)
    for entry in changes.entries:
        one = entry.turned
        sides = (one.before, one.after)
        yield [
            entry.number,
            one.worker_id,
            term(f"turn.{one.turn}", lang),
            words.plain.several(term(f"turn.what.{name}", lang) for name in one.changed) or None,
            *(words.placement(side) for side in sides),
            *(None if side is None or side.fen is None else Yuan(side.fen) for side in sides),
            Yuan(one.fen) if one.is_decided else None,
            "; ".join(_reasons(entry, words, lang)) or None,
        ]


class _Chosen:
    """The words of each version of the schemes."""

    def __init__(self, changes: Changes, lang: Language) -> None:
        self._versions: dict[str, SchemeVersion] = {
            version.digest: version
            for scheme in each_scheme(changes.basis.schemes)
            for version in scheme.versions
        }
        self._lang: Language = lang
        self.plain = Words(lang)

    def of(self, held: Held | None) -> Words:
        """Give the words of the last scheme that was asked; sources are numbered anew."""
        slips = held.month.payslips if held is not None and held.month is not None else ()
        for slip in reversed(slips):
            if slip.derivation.digest in self._versions:
                return Words(self._lang, version=self._versions[slip.derivation.digest])
        return self.plain

    def placement(self, held: Held | None) -> str | None:
        """Say the post, grade and step, or the post alone."""
        if held is None:
            return None
        words = self.of(held)
        if held.placement is not None:
            return placement_words(held.placement, words)
        return words.several(words.post(one) for one in held.posts) or None


def _reasons(entry: Entry, words: _Chosen, lang: Language) -> Iterator[str]:
    one = entry.turned
    before, after = words.of(one.before), words.of(one.after)
    told: dict[str, None] = dict.fromkeys(entry.trouble(lang))
    if one.before is None and not told:
        told[say("cli-changes-not-on-last", {}, lang)] = None
    if one.after is None and not told:
        told[say("cli-changes-not-on-this", {}, lang)] = None
    if one.turn is not Turn.OUTSIDE:
        for held, chosen in ((one.before, before), (one.after, after)):
            told |= dict.fromkeys(_silent(held, chosen))
    if _moved(one):
        # rules of two places are not compared step by step: their paths mean different things
        place = {"before": _scheme_of(one.before), "after": _scheme_of(one.after)}
        told[after.say("change-place", **place)] = None
    for line in () if _moved(one) else one.lines:
        told |= dict.fromkeys(difference_sentences(line, before, after))
    yield from told


def _silent(held: Held | None, words: Words) -> Iterator[str]:
    """Say why there is no amount."""
    if held is None or held.month is None:
        return
    yield from (words.say(one.code, **dict(one.facts)) for one in held.month.silences)
    for slip in held.month.payslips:
        if not isinstance(slip.outcome, Decided):
            yield outcome_sentences(slip.outcome, words, money=True)


def _moved(one: Turned) -> bool:
    before, after = _scheme_of(one.before), _scheme_of(one.after)
    return bool(before and after) and before != after


def _scheme_of(held: Held | None) -> str:
    slips = held.month.payslips if held is not None and held.month is not None else ()
    return slips[-1].derivation.scheme_id if slips else ""


# --- sums ------------------------------------------------------------------------------------------------------------


def sums_of(changes: Changes, lang: Language) -> Iterator[list[Cell]]:
    """Give a blank row, the totals under their columns, and the remarks, each with its label.

    Args:
        changes: What was found.
        lang: The language.
    """
    size = len(_COLUMNS)
    bridge = changes.bridge
    yield [None] * size
    total: list[Cell] = [say("cli-changes-total", {}, lang), *[None] * (size - 1)]
    total[6:9] = [
        Yuan(bridge.before_fen),
        Yuan(bridge.after_fen),
        Yuan(bridge.after_fen - bridge.before_fen),
    ]
    yield total
    for label, value in _remarks(changes, lang):
        yield [label, value, *[None] * (size - 2)]


def _remarks(changes: Changes, lang: Language) -> Iterator[tuple[str, Cell]]:
    for label, _, fen in _bridge_rows(changes, lang):
        yield label, Yuan(fen)
    for turn in (Turn.SAME, Turn.OPEN, Turn.OUTSIDE):
        if changes.counts[turn]:
            yield term(f"turn.{turn}", lang), changes.counts[turn]
    if changes.last.orphans and changes.last.file != changes.basis.roster.file:
        yield say("cli-changes-orphans-last", {}, lang), len(changes.last.orphans)
    yield from changes.basis.remarks(lang)


def _bridge_rows(changes: Changes, lang: Language) -> Iterator[tuple[str, int | None, int]]:
    """Give label, number of people and signed amount of each part of the bridge; they sum to the last."""
    for name, sign, turn in _BRIDGE:
        fen = sign * getattr(changes.bridge, name)
        if turn is None:
            month = changes.basis.months[0 if name == "before_fen" else 1]
            yield say("cli-changes-of-month", {"month": month_text(*month)}, lang), None, fen
        elif changes.counts[turn]:
            yield term(f"turn.{turn}", lang), changes.counts[turn], fen


def reasons_of(changes: Changes, lang: Language) -> list[tuple[str, int, int]]:
    """Sum the differences of those who stayed by component and reason; each amount stands in one sum.

    Args:
        changes: What was found.
        lang: The language.

    Returns:
        Component and reason, people and fen, the largest first.
    """
    words = _Chosen(changes, lang)
    people: dict[str, dict[str, None]] = {}
    sums: Counter[str] = Counter()
    for one in changes.found:
        before, after = words.of(one.before), words.of(one.after)
        for line in one.lines:
            if line.in_total:
                told = _reason(line, before, after, moved=_moved(one))
                people.setdefault(told, {})[one.worker_id] = None
                sums[told] += line.fen
    found = [(told, len(ids), sums[told]) for told, ids in people.items()]
    return sorted(found, key=lambda each: (-each[1], -abs(each[2])))


def _reason(line: LineDifference, before: Words, after: Words, *, moved: bool) -> str:
    name = component_text(line, (after, before))
    if moved:
        return after.say("mistake-named", name=name, values=after.say("cli-changes-moved"))
    steps = dict.fromkeys(
        name_of(step, after if parted.after is not None else before)
        for parted in line.steps
        if (step := parted.after or parted.before) is not None
    )
    steps.pop(name, None)
    if not steps:
        return name
    return after.say("mistake-named", name=name, values=after.several(steps))


# --- JSON ------------------------------------------------------------------------------------------------------------


def json_of(changes: Changes) -> dict[str, Any]:
    """Give everything as plain JSON data; amounts are whole fen, and words are codes.

    Args:
        changes: What was found.
    """
    return {
        **changes.basis.as_json(),
        "bridge": attrs.asdict(changes.bridge),
        "counts": {str(turn): changes.counts[turn] for turn in Turn if changes.counts[turn]},
        "people": [_json_entry(one, changes) for one in changes.entries],
    }


def _json_entry(entry: Entry, changes: Changes) -> dict[str, Any]:
    one = entry.turned
    return {
        "row": entry.number,
        "worker_id": one.worker_id,
        "turn": str(one.turn),
        "changed": list(one.changed),
        "before": _json_held(one.before),
        "after": _json_held(one.after),
        "difference_fen": one.fen if one.is_decided else None,
        "components": {line.component: line.fen for line in one.lines},
        "why": list(_reasons(entry, _Chosen(changes, "en"), "en")),
    }


def _json_held(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    placement = held.placement
    return {
        "fen": held.fen,
        "posts": list(held.posts),
        "grade": placement.grade if placement is not None else None,
        "step": placement.step if placement is not None else None,
    }


# --- the summary -----------------------------------------------------------------------------------------------------


def summary_of(changes: Changes, lang: Language, out: Path) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        changes: What was found.
        lang: The language.
        out: Where its table was written.
    """
    last, this = (month_text(*one) for one in changes.basis.months)
    yield say("cli-changes-head", {"id": changes.basis.ids, "last": last, "this": this}, lang)
    yield from changes.basis.inventions(lang)
    yield ""
    rows = [
        [label, "" if people is None else str(people), yuan_text(fen)]
        for label, people, fen in _bridge_rows(changes, lang)
    ]
    yield from (f"  {line}" for line in table_lines(rows, right=[1, 2]))
    others = [
        [term(f"turn.{turn}", lang), str(changes.counts[turn])]
        for turn in (Turn.SAME, Turn.OPEN, Turn.OUTSIDE)
        if changes.counts[turn]
    ]
    if others:
        yield ""
        yield from (f"  {line}" for line in table_lines(others, right=[1]))
    reasons = reasons_of(changes, lang)
    if reasons:
        yield ""
        yield say("cli-changes-reasons", {}, lang)
        told = [
            [str(people), yuan_text(fen), text] for text, people, fen in reasons[:_MOST_REASONS]
        ]
        yield from (f"  {line}" for line in table_lines(told, right=[0, 1]))
        if len(reasons) > _MOST_REASONS:
            yield "  " + say("cli-audit-more", {"count": len(reasons) - _MOST_REASONS}, lang)
    yield ""
    yield say("cli-summary-out", {"file": str(out)}, lang)
