"""`cwgrade transition`: the move of a roster to a new version as a list (套改表), and who loses by it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from cwgrade.cli.options import (
    Parser,
    Roster,
    assumed,
    beyond_of,
    day_of,
    out_file,
    roster_named,
    scheme_asked,
)
from cwgrade.cli.result import status_word
from cwgrade.errors import ArgumentError, CwgradeError
from cwgrade.gaps import Missing
from cwgrade.grading import Grading
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided, NotEligible, status_of
from cwgrade.pay import Payslip
from cwgrade.scheme import SchemeVersion
from cwgrade.statement import outcome_text
from cwgrade.transitions import WorkerTransition, transition_of
from cwgrade.wording import Language, say, term

if TYPE_CHECKING:
    from cwgrade.rosterfile import Cell, RosterRow
    from cwgrade.rosterfile import Roster as RosterRead

__all__ = ["MovedRow", "Moves", "ask_for_moves", "declare", "moves_asked", "run", "summary_of"]

_COLUMNS: Final = (
    "since",
    "old-grade",
    "old-step",
    "old-pay",
    "new-grade",
    "new-step",
    "new-pay",
    "kept",
    "difference",
    "loses",
    "reason",
)
_MOST_SHOWN: Final = 20
"""Rows that the summary shows of one kind."""


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade transition", "cli-transition-about", lang=lang, epilog="cli-transition-epilog"
    )
    ask_for_moves(parser)
    parser.option("--out", "FILE", "cli-help-transition-out")
    parser.flag("--nobody-loses", "cli-help-nobody-loses")
    return parser


def ask_for_moves(parser: Parser) -> None:
    """Declare what the move of a roster is asked with."""
    parser.subject("roster", "cli-help-roster")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--on", "DAY", "cli-help-transition-on")
    parser.series_option()
    parser.facts_options()


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Find the move of every row, write the list where a file is named, and print the summary.

    Returns:
        0 where every row is settled; 1 where some are not, or where somebody loses and nobody should.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.rosterfile import write_table

    found = roster_named(arguments.roster, lang)
    out = out_file(Path(arguments.out), found) if arguments.out else None
    moves = moves_asked(arguments, found, lang)
    rows, version = moves.rows, moves.version
    if out is not None:
        names = ("row", "worker-id", "status", "post")
        header = [say(f"cli-result-{one}", {}, lang) for one in names]
        header += [say(f"cli-transition-{one}", {}, lang) for one in _COLUMNS]
        cells = (_cells(one, version, lang) for one in rows)
        write_table(out, header, cells, sheet=say("cli-transition-sheet", {}, lang))
    for line in orphan_lines(moves.roster, lang):
        print(line, file=sys.stderr)
    for line in summary_of(moves, lang):
        print(line)
    if out is not None:
        print(say("cli-transition-written", {"file": str(out)}, lang))
    losing = any(one.loses for one in rows)
    return 1 if moves.unsettled or (arguments.nobody_loses and losing) else 0


@attrs.frozen(kw_only=True)
class Moves:
    """The move of every row of a roster.

    Attributes:
        roster: The roster.
        version: The version that people moved to.
        known_on: Only what was known by this day.
        rows: Every row.
    """

    roster: RosterRead
    version: SchemeVersion
    known_on: date | None
    rows: tuple[MovedRow, ...]

    @property
    def unsettled(self) -> bool:
        """Whether anything needs somebody's work."""
        return any(one.is_open for one in self.rows) or bool(self.roster.orphans)


def moves_asked(arguments: argparse.Namespace, found: Roster, lang: Language) -> Moves:
    """Find the move of every row of a roster.

    Args:
        arguments: What `ask_for_moves` declares.
        found: The roster.
        lang: The language of reasons and notices.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.rosterfile import read_roster

    on = day_of(arguments.on, option="--on") if arguments.on else None
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    scheme = scheme_asked(arguments, lang)
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
        scheme=scheme,
    )
    beyond = beyond_of(arguments.beyond)
    asked = on if on is not None else scheme.versions[-1].from_day
    version = scheme.version_on(asked, known_on=known_on, beyond=beyond)

    def moved(row: RosterRow) -> MovedRow:
        if row.worker is None:
            return MovedRow(row=row, why="; ".join(fault.text(lang) for fault in row.faults))
        try:
            move = transition_of(row.worker, scheme, on=asked, known_on=known_on, beyond=beyond)
        except ArgumentError as error:
            if error.code == "no-move":
                # true of every row: the command is wrong
                raise
            return MovedRow(row=row, why=error.text(lang))
        except CwgradeError as error:
            return MovedRow(row=row, why=error.text(lang))
        return MovedRow(row=row, move=move, why=_reason(move, version, lang))

    return Moves(
        roster=roster,
        version=version,
        known_on=known_on,
        rows=tuple(moved(row) for row in roster.rows),
    )


@attrs.frozen(kw_only=True)
class MovedRow:
    """A row of the roster and its move; none where the row could not be read or asked."""

    row: RosterRow
    move: WorkerTransition | None = None
    why: str

    @property
    def status(self) -> str:
        """Its status."""
        return "bad_row" if self.move is None else status_of(self.move.difference)

    @property
    def is_open(self) -> bool:
        """Whether it needs somebody's work."""
        return self.status not in ("decided", "not_eligible")

    @property
    def loses(self) -> bool:
        """Whether the worker certainly gets less."""
        return self.move is not None and self.move.loses is True


def _reason(move: WorkerTransition, version: SchemeVersion, lang: Language) -> str:
    """Say by which rule somebody moved, or why nothing can be said."""
    transition = version.transition
    if not isinstance(move.difference, Decided):
        return outcome_text(move.difference, lang, version=version)
    if transition is None:
        return ""
    facts = {
        name: term("gap" if isinstance(stated, Missing) else f"transition.{stated}", lang)
        for name, stated in (("rule", transition.rule), ("protection", transition.protection))
    }
    return say("cli-transition-how", facts, lang)


def _cells(one: MovedRow, version: SchemeVersion, lang: Language) -> Sequence[Cell]:
    from cwgrade.rosterfile import Yuan

    head: list[Cell] = [one.row.number, one.row.worker_id, status_word(one.status, lang)]
    move = one.move
    if move is None or isinstance(move.difference, NotEligible):
        return [*head, *(None for _ in _COLUMNS), one.why]

    def yuan(fen: int | None) -> Cell:
        return None if fen is None else Yuan(fen)

    loses = {True: "yes", False: "no", None: "open"}[move.loses]
    difference = move.difference.value if isinstance(move.difference, Decided) else None
    return [
        *head,
        " / ".join(_post(version, name, lang) for name in move.after.posts) or None,
        move.since,
        _rung(move.before, "grade"),
        _rung(move.before, "step"),
        yuan(_gross(move.old_pay)),
        _rung(move.after, "grade"),
        _rung(move.after, "step"),
        yuan(_gross(move.new_pay)),
        yuan(move.kept_fen),
        yuan(difference),
        say(f"cli-transition-{loses}", {}, lang),
        one.why,
    ]


def _post(version: SchemeVersion, name: str, lang: Language) -> str:
    post = version.post(name)
    return post.label.zh if post is not None and lang == "zh" else name


def _rung(grading: Grading, name: str) -> int | None:
    placed = grading.outcome
    rung: int | None = getattr(placed.value, name) if isinstance(placed, Decided) else None
    return rung


def _gross(slip: Payslip) -> int | None:
    return slip.outcome.value if isinstance(slip.outcome, Decided) else None


def summary_of(moves: Moves, lang: Language) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        moves: The move of every row.
        lang: The language.
    """
    rows, version = moves.rows, moves.version
    title = str(getattr(version.title, lang))
    facts = {"scheme": f"{title} ({version.id})", "since": version.from_day}
    yield say("cli-transition-title", facts, lang)
    settled = [one.move for one in rows if one.move and isinstance(one.move.difference, Decided)]
    sums = {
        "old": sum(_gross(one.old_pay) or 0 for one in settled),
        "new": sum(_gross(one.new_pay) or 0 for one in settled),
        "kept": sum(one.kept_fen or 0 for one in settled),
    }
    sums["difference"] = sums["new"] - sums["old"]
    told = {name: yuan_text(fen) for name, fen in sums.items()}
    yield say("cli-transition-moved", {"count": len(settled), **told}, lang)
    not_moved = [one for one in rows if one.status == "not_eligible"]
    if not_moved:
        yield say("cli-transition-not-moved", {"count": len(not_moved)}, lang)
    unsettled = [one.row.number for one in rows if one.is_open]
    if unsettled:
        shown = {"count": len(unsettled), "rows": unsettled[:_MOST_SHOWN]}
        yield say("cli-transition-unsettled", shown, lang)
    losing = [one for one in rows if one.loses]
    if losing:
        yield say("cli-transition-losing", {"count": len(losing)}, lang)
    elif not unsettled:
        yield say("cli-transition-nobody", {}, lang)
    for one in losing[:_MOST_SHOWN]:
        yield _loser(one, lang)


def _loser(one: MovedRow, lang: Language) -> str:
    move = one.move
    if move is None:
        return ""
    gap = term("gap", lang)

    def yuan(fen: int | None) -> str:
        return gap if fen is None else yuan_text(fen)

    difference = move.difference.value if isinstance(move.difference, Decided) else None
    facts = {
        "row": one.row.number,
        "worker": one.row.worker_id,
        "old_grade": _rung(move.before, "grade") or gap,
        "new_grade": _rung(move.after, "grade") or gap,
        "old": yuan(_gross(move.old_pay)),
        "new": yuan(_gross(move.new_pay)),
        "difference": yuan(difference),
    }
    return say("cli-transition-loser", facts, lang)
