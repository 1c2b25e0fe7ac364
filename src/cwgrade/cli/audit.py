"""`cwgrade audit`: what was paid to a roster held against what was due, month by month, with what explains it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cwgrade.cli.options import Parser, assumed, beyond_of, day_of, out_file, roster_named
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_KINDS = (".csv", ".xlsx", ".json")


def declare(lang: Language) -> Parser:
    """Declare the command."""
    from cwgrade.cli.places import schemes_option

    parser = Parser("cwgrade audit", "cli-audit-about", lang=lang, epilog="cli-audit-epilog")
    parser.subject("roster", "cli-help-roster")
    parser.subject("paid", "cli-help-paid-file")
    schemes_option(parser)
    parser.option("--from", "YYYY-MM", "cli-help-from", required=True)
    parser.option("--to", "YYYY-MM", "cli-help-to", required=True)
    parser.option("--out", "FILE", "cli-help-out-json", required=True)
    parser.option("--known-then", "DAY", "cli-help-known-then")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Hold every row against what was paid, write the table and print the summary.

    Returns:
        0 where all was paid as it is due, 1 where something differs or cannot be decided, or somebody paid or a row of
        another sheet is not on the roster.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.audited import audit_of, header_of, json_of, rows_of, summary_of, sums_of
    from cwgrade.cli.basis import Basis, assumed_of_workers, months_asked
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.cli.paid import Books
    from cwgrade.cli.places import schemes_asked
    from cwgrade.cli.written import write_result
    from cwgrade.errors import ArgumentError
    from cwgrade.rosterfile import read_payments, read_roster

    months = months_asked(arguments)
    then, now = (
        day_of(text, option=option) if text else None
        for text, option in (
            (arguments.known_then, "--known-then"),
            (arguments.known_on, "--known-on"),
        )
    )
    if then is not None and now is not None and then > now:
        raise ArgumentError("cli-known-then-late", first=then, second=now)
    spellings = Path(arguments.spellings) if arguments.spellings else None
    found = roster_named(arguments.roster, lang)
    out = out_file(Path(arguments.out), found, kinds=_KINDS)
    schemes = schemes_asked(arguments, lang)
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=spellings,
        scheme=schemes,
    )
    audit = audit_of(
        Basis(
            roster=roster,
            schemes=schemes,
            months=months,
            assumed=assumed_of_workers(arguments.assume),
            invented_roster=found.bundled,
        ),
        Books(read_payments(arguments.paid, spellings=spellings), roster, months),
        known_then=then,
        known_on=now,
        beyond=beyond_of(arguments.beyond),
    )
    write_result(
        out,
        header_of(lang),
        [*rows_of(audit, lang), *sums_of(audit, lang)],
        sheet=say("cli-audit-sheet", {}, lang),
        json_of=lambda: json_of(audit),
    )
    for line in orphan_lines(roster, lang):
        print(line, file=sys.stderr)
    for line in summary_of(audit, lang, out):
        print(line)
    return 1 if audit.unsettled else 0
