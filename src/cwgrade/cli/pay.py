"""`cwgrade pay`: every row of a roster answered, or refused with its reason."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cwgrade.cli.options import (
    Parser,
    assumed,
    beyond_of,
    day_of,
    month_of,
    out_file,
    roster_named,
    scheme_asked,
)
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade pay", "cli-pay-about", lang=lang, epilog="cli-pay-epilog")
    parser.subject("roster", "cli-help-roster")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--month", "YYYY-MM", "cli-help-month", required=True)
    parser.option("--out", "FILE", "cli-help-out", required=True)
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Answer every row, write the table and print the summary.

    Returns:
        0 where every row is decided or properly not eligible, 1 where some are refused.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.answers import Question, answers, findings
    from cwgrade.cli.progress import with_progress
    from cwgrade.cli.reasons import with_reasons
    from cwgrade.cli.result import Result
    from cwgrade.cli.summary import notice_lines, summary_lines
    from cwgrade.cli.sums import sum_rows
    from cwgrade.rosterfile import read_roster, write_table
    from cwgrade.rosterfile.writing import require_room

    year, month = month_of(arguments.month)
    assume = assumed(arguments.assume)
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    spellings = Path(arguments.spellings) if arguments.spellings else None
    found = roster_named(arguments.roster, lang)
    out = out_file(Path(arguments.out), found)
    question = Question(
        scheme=scheme_asked(arguments, lang),
        year=year,
        month=month,
        known_on=known_on,
        beyond=beyond_of(arguments.beyond),
    )
    version = question.version
    roster = read_roster(found.path, assume=assume, spellings=spellings, pay_month=(year, month))
    require_room(out, len(roster.rows))
    asked = with_progress(answers(roster, question), len(roster.rows))
    pairs = tuple(with_reasons(asked, version, lang))
    found_answers = tuple(answer for answer, _ in pairs)
    result = Result(
        version=version,
        roster=roster,
        answers=found_answers,
        findings=findings(found_answers, question.scheme),
        whys=tuple(why for _, why in pairs),
        question=question,
        assumed=(*(f"{fact}={value}" for fact, value in assume.items()), *version.assumed),
        invented_roster=found.bundled,
        lang=lang,
    )
    write_table(
        out,
        result.header(),
        [*result.rows(), *sum_rows(result)],
        sheet=say("cli-result-sheet", {}, lang),
    )
    for line in notice_lines(result):
        print(line, file=sys.stderr)
    for line in summary_lines(result, out):
        print(line)
    return 1 if result.refused else 0
