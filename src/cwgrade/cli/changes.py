"""`cwgrade changes`: two months of a roster side by side, with totals that bridge."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cwgrade.cli.options import (
    Parser,
    assumed,
    beyond_of,
    day_of,
    month_of,
    out_file,
    roster_named,
)
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_ONE_DAY: Final = timedelta(days=1)


def declare(lang: Language) -> Parser:
    """Declare the command."""
    from cwgrade.cli.places import schemes_option

    parser = Parser("cwgrade changes", "cli-changes-about", lang=lang, epilog="cli-changes-epilog")
    parser.subject("last", "cli-help-last")
    parser.given.add_argument("this", metavar="THIS", nargs="?", help=parser.told("cli-help-this"))
    schemes_option(parser)
    parser.option("--month", "YYYY-MM", "cli-help-this-month", required=True)
    parser.option("--out", "FILE", "cli-help-out-json", required=True)
    parser.option("--last-month", "YYYY-MM", "cli-help-last-month")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Put the two months side by side, write the table and print the summary.

    Returns:
        0 where both months are decided for everybody, 1 where a row or a month is not, or a row of another sheet
        belongs to nobody.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.basis import Basis, assumed_of_workers
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.cli.places import schemes_asked
    from cwgrade.cli.turned import (
        KINDS,
        changes_of,
        header_of,
        json_of,
        rows_of,
        summary_of,
        sums_of,
    )
    from cwgrade.cli.written import write_result
    from cwgrade.rosterfile import read_roster

    month = month_of(arguments.month)
    eve = date(*month, 1) - _ONE_DAY
    last_month = month_of(arguments.last_month) if arguments.last_month else (eve.year, eve.month)
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    spellings = Path(arguments.spellings) if arguments.spellings else None
    assume = assumed(arguments.assume)
    found = [roster_named(name, lang) for name in (arguments.last, arguments.this) if name]
    out = Path(arguments.out)
    for one in found:
        out_file(out, one, kinds=KINDS)
    schemes = schemes_asked(arguments, lang)
    last, this = (
        read_roster(
            one.path,
            assume=assume,
            spellings=spellings,
            pay_month=each,
            scheme=schemes,
        )
        for one, each in ((found[0], last_month), (found[-1], month))
    )
    changes = changes_of(
        Basis(
            roster=this,
            schemes=schemes,
            months=(last_month, month),
            assumed=assumed_of_workers(arguments.assume),
            invented_roster=any(one.bundled for one in found),
        ),
        last,
        known_on=known_on,
        beyond=beyond_of(arguments.beyond),
    )
    write_result(
        out,
        header_of(changes, lang),
        [*rows_of(changes, lang), *sums_of(changes, lang)],
        sheet=say("cli-changes-sheet", {}, lang),
        json_of=lambda: json_of(changes),
    )
    for roster in (last, this) if len(found) > 1 else (this,):
        for line in orphan_lines(roster, lang):
            print(line, file=sys.stderr)
    for line in summary_of(changes, lang, out):
        print(line)
    return 1 if changes.unsettled else 0
