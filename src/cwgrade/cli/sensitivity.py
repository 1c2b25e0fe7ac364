"""`cwgrade sensitivity`: who on a roster is graded differently under another count or timing, and for how long."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cwgrade.cli.options import (
    Parser,
    assumed,
    beyond_of,
    day_of,
    out_file,
    rating_of,
    roster_named,
    scheme_asked,
)
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade sensitivity", "cli-sensitivity-about", lang=lang, epilog="cli-sensitivity-epilog"
    )
    parser.subject("roster", "cli-help-roster")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--on", "DAY", "cli-help-sensitivity-on", required=True)
    parser.option("--out", "FILE", "cli-help-out-json")
    parser.option("--rated", "RATING", "cli-help-rated")
    parser.flag("--json", "cli-help-sensitivity-json")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Read each rule of counting and timing differently, write the table where a file is named, print the summary.

    Returns:
        0 where every grade is certain under the scheme as it is, 1 where a row's is not or a row could not be read.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.basis import Basis, assumed_of_workers
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.cli.read_otherwise import (
        KINDS,
        header_of,
        json_of,
        read_otherwise,
        rows_of,
        summary_of,
        sums_of,
    )
    from cwgrade.cli.written import write_result
    from cwgrade.rosterfile import read_roster

    on = day_of(arguments.on, option="--on")
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    found = roster_named(arguments.roster, lang)
    out = out_file(Path(arguments.out), found, kinds=KINDS) if arguments.out else None
    scheme = scheme_asked(arguments, lang)
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
        scheme=scheme,
    )
    basis = Basis(
        roster=roster,
        schemes=scheme,
        months=(),
        assumed=assumed_of_workers(arguments.assume),
        invented_roster=found.bundled,
    )
    answer = read_otherwise(
        basis,
        scheme,
        on=on,
        rated=rating_of(arguments),
        known_on=known_on,
        beyond=beyond_of(arguments.beyond),
    )
    if out is not None:
        write_result(
            out,
            header_of(lang),
            [*rows_of(answer, lang), *sums_of(answer, lang)],
            sheet=say("cli-sensitivity-sheet", {}, lang),
            json_of=lambda: json_of(answer),
        )
    for line in orphan_lines(roster, lang):
        print(line, file=sys.stderr)
    if arguments.json:
        print(json.dumps(json_of(answer), ensure_ascii=False, indent=2))
    else:
        print("\n".join(summary_of(answer, lang)))
    if out is not None:
        # with --json the output is for a program
        told = say("cli-summary-out", {"file": str(out)}, lang)
        print(told, file=sys.stderr if arguments.json else sys.stdout)
    return 1 if answer.unsettled else 0
