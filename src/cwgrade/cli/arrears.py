"""`cwgrade arrears`: what is due later for earlier months, for every row of a roster, by month, component and cause."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cwgrade.cli.options import (
    Parser,
    Roster,
    assumed,
    beyond_of,
    day_of,
    month_of,
    out_file,
    roster_named,
    scheme_asked,
)
from cwgrade.errors import ArgumentError
from cwgrade.wording import Language, say

if TYPE_CHECKING:
    from cwgrade.cli.settled import Settlement

__all__ = ["ask_for_arrears", "declare", "run", "settled_of"]

_MOST_MONTHS = 600


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade arrears", "cli-arrears-about", lang=lang, epilog="cli-arrears-epilog")
    ask_for_arrears(parser)
    parser.option("--out", "FILE", "cli-help-out", required=True)
    return parser


def ask_for_arrears(parser: Parser) -> None:
    """Declare what the back pay of a roster is asked with."""
    parser.subject("roster", "cli-help-roster")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--from", "YYYY-MM", "cli-help-from", required=True)
    parser.option("--to", "YYYY-MM", "cli-help-to", required=True)
    parser.option("--known-before", "DAY", "cli-help-known-before", required=True)
    parser.option("--known-after", "DAY", "cli-help-known-after", required=True)
    parser.option("--paid", "FILE", "cli-help-paid")
    parser.series_option()
    parser.facts_options(known_on=False)


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Find the back pay of every row, write the table and print the summary.

    Returns:
        0 where every month is settled, 1 where a row or month cannot be decided, or somebody paid or a row of another
        sheet is not on the roster.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.cli.settled import rows_of, summary_of, sums_of
    from cwgrade.rosterfile import write_table

    found = roster_named(arguments.roster, lang)
    out = out_file(Path(arguments.out), found)
    settled = settled_of(arguments, found, lang)
    header, rows = rows_of(settled, lang)
    write_table(
        out,
        header,
        [*rows, *sums_of(settled, lang, len(header))],
        sheet=say("cli-arrears-sheet", {}, lang),
    )
    for line in orphan_lines(settled.roster, lang):
        print(line, file=sys.stderr)
    for line in summary_of(settled, lang):
        print(line)
    print(say("cli-summary-out", {"file": str(out)}, lang))
    return 1 if settled.unsettled else 0


def settled_of(arguments: argparse.Namespace, found: Roster, lang: Language) -> Settlement:
    """Find the back pay of every row of a roster.

    Args:
        arguments: What `ask_for_arrears` declares.
        found: The roster.
        lang: The language of notices.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.cli.settled import settlement
    from cwgrade.rosterfile import read_payments, read_roster

    months = _months(getattr(arguments, "from"), arguments.to)
    before = day_of(arguments.known_before, option="--known-before")
    after = day_of(arguments.known_after, option="--known-after")
    if before > after:
        raise ArgumentError("cli-known-backwards", first=before, second=after)
    assume = assumed(arguments.assume)
    spellings = Path(arguments.spellings) if arguments.spellings else None
    scheme = scheme_asked(arguments, lang)
    roster = read_roster(found.path, assume=assume, spellings=spellings, scheme=scheme)
    paid = read_payments(arguments.paid, spellings=spellings) if arguments.paid else None
    return settlement(
        roster,
        scheme,
        months=months,
        known_before=before,
        known_after=after,
        paid=paid,
        beyond=beyond_of(arguments.beyond),
        assumed=(*(f"{fact}={value}" for fact, value in assume.items()),),
        invented_roster=found.bundled,
    )


def _months(first: str, last: str) -> tuple[tuple[int, int], ...]:
    """Give the months from one to another, both included."""
    start, end = month_of(first), month_of(last)
    months = tuple(_each(date(*start, 1), date(*end, 1)))
    if not months:
        raise ArgumentError("cli-months-backwards", first=first, second=last)
    if len(months) > _MOST_MONTHS:
        raise ArgumentError("cli-too-many-months", value=len(months), most=_MOST_MONTHS)
    return months


def _each(start: date, end: date) -> Iterator[tuple[int, int]]:
    from cwgrade.dates import next_month

    while start <= end:
        yield start.year, start.month
        start = next_month(start)
