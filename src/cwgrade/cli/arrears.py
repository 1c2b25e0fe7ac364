"""`cwgrade arrears`: what is due later for earlier months, for every row of a roster, by month, component and cause."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cwgrade.cli.basis import Basis, assumed_of_workers, months_asked
from cwgrade.cli.options import (
    Parser,
    Roster,
    assumed,
    beyond_of,
    day_of,
    out_file,
    roster_named,
)
from cwgrade.cli.places import schemes_asked, schemes_option
from cwgrade.errors import ArgumentError
from cwgrade.wording import Language, say

if TYPE_CHECKING:
    from cwgrade.cli.settled import Settlement
    from cwgrade.rosterfile import Roster as RosterRead

__all__ = ["ask_for_arrears", "declare", "run", "settled_of"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade arrears", "cli-arrears-about", lang=lang, epilog="cli-arrears-epilog")
    ask_for_arrears(parser)
    parser.option("--out", "FILE", "cli-help-out", required=True)
    return parser


def ask_for_arrears(parser: Parser) -> None:
    """Declare what the back pay of a roster is asked with: two days of knowing, or two states of the file."""
    schemes_option(parser)
    parser.subject("roster", "cli-help-roster")
    parser.option("--from", "YYYY-MM", "cli-help-from", required=True)
    parser.option("--to", "YYYY-MM", "cli-help-to", required=True)
    parser.option("--known-before", "DAY", "cli-help-known-before")
    parser.option("--known-after", "DAY", "cli-help-known-after")
    parser.option("--paid", "FILE", "cli-help-paid")
    parser.series_option()
    parser.facts_options(known_on=False)
    parser.option("--earlier", "ROSTER", "cli-help-earlier")
    parser.wished.add_argument(
        "--earlier-scheme",
        metavar="SCHEME",
        action="append",
        default=[],
        help=parser.told("cli-help-earlier-scheme"),
    )
    parser.wished.add_argument(
        "--earlier-series",
        metavar="FILE",
        action="append",
        default=[],
        help=parser.told("cli-help-earlier-series"),
    )


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
    for line in orphan_lines(settled.basis.roster, lang):
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
    from cwgrade.cli.settled import Earlier, settlement
    from cwgrade.rosterfile import read_payments, read_roster

    months = months_asked(arguments)
    before, after = _known_days(arguments)
    spellings = Path(arguments.spellings) if arguments.spellings else None
    schemes = schemes_asked(arguments, lang)

    def read(path: Path) -> RosterRead:
        return read_roster(
            path,
            assume=assumed(arguments.assume),
            spellings=spellings,
            scheme=schemes,
        )

    earlier = None
    if _is_compared(arguments):
        names, series = arguments.earlier_scheme, arguments.earlier_series
        asked = {"scheme": names or arguments.scheme, "series": series or arguments.series}
        earlier = Earlier(
            schemes=schemes_asked(argparse.Namespace(**{**vars(arguments), **asked}), lang),
            roster=read(Path(arguments.earlier)) if arguments.earlier else None,
        )
    return settlement(
        Basis(
            roster=read(found.path),
            schemes=schemes,
            months=months,
            assumed=assumed_of_workers(arguments.assume),
            invented_roster=found.bundled,
        ),
        known_before=before,
        known_after=after,
        paid=read_payments(arguments.paid, spellings=spellings) if arguments.paid else None,
        beyond=beyond_of(arguments.beyond),
        earlier=earlier,
    )


def _is_compared(arguments: argparse.Namespace) -> bool:
    """Tell whether another state of the file is given."""
    return bool(arguments.earlier or arguments.earlier_scheme or arguments.earlier_series)


def _known_days(arguments: argparse.Namespace) -> tuple[date, date] | tuple[None, None]:
    """Read the two days of knowing; where two states of the file are compared both may be left out.

    Raises:
        ArgumentError: One of them is missing, is no day, or the first comes after the second.
    """
    texts = arguments.known_before, arguments.known_after
    if texts == (None, None) and _is_compared(arguments):
        return None, None
    if None in texts:
        raise ArgumentError("cli-known-both")
    before = day_of(arguments.known_before, option="--known-before")
    after = day_of(arguments.known_after, option="--known-after")
    if before > after:
        raise ArgumentError("cli-known-backwards", first=before, second=after)
    return before, after
