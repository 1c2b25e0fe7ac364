"""`cwgrade pay`: every row of a roster answered, or refused with its reason."""

from __future__ import annotations

import argparse
import sys
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
from cwgrade.cli.streamed import is_streamed, run_streamed
from cwgrade.wording import Language, say

if TYPE_CHECKING:
    from cwgrade.cli.result import Result

__all__ = ["ask_for_pay", "declare", "pay_of", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade pay", "cli-pay-about", lang=lang, epilog="cli-pay-epilog")
    ask_for_pay(parser, roster="cli-help-pay-roster")
    parser.option("--out", "FILE", "cli-help-pay-out", required=True)
    parser.flag("--amounts", "cli-help-pay-amounts")
    parser.flag("--long", "cli-help-pay-long")
    return parser


def ask_for_pay(parser: Parser, *, roster: str = "cli-help-roster") -> None:
    """Declare what the pay of a roster is asked with.

    Args:
        parser: The command.
        roster: The code of what it says of the roster.
    """
    parser.subject("roster", roster)
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--month", "YYYY-MM", "cli-help-month", required=True)
    parser.series_option()
    parser.facts_options()


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Answer every row, write the table and print the summary.

    Returns:
        0 where every row is decided or properly not eligible, 1 where some are refused.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.summary import notice_lines, summary_lines
    from cwgrade.cli.sums import sum_rows
    from cwgrade.rosterfile import write_table

    if is_streamed(arguments):
        return run_streamed(arguments, lang)
    found = roster_named(arguments.roster, lang)
    out = out_file(Path(arguments.out), found)
    result = pay_of(arguments, found, out, lang)
    write_table(
        out,
        result.header(),
        [*result.rows(), *sum_rows(result)],
        sheet=say("cli-result-sheet", {}, lang),
    )
    for line in notice_lines(result):
        print(line, file=sys.stderr)
    for line in summary_lines(result):
        print(line)
    print(say("cli-summary-out", {"file": str(out)}, lang))
    return 1 if result.refused else 0


def pay_of(arguments: argparse.Namespace, found: Roster, out: Path, lang: Language) -> Result:
    """Answer every row of a roster.

    Args:
        arguments: What `ask_for_pay` declares.
        found: The roster.
        out: Where the answer will be written; a workbook must have room for it.
        lang: The language of reasons and notices.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.cli.answers import Question, answers, findings
    from cwgrade.cli.progress import with_progress
    from cwgrade.cli.reasons import with_reasons
    from cwgrade.cli.result import Result
    from cwgrade.rosterfile import read_roster
    from cwgrade.rosterfile.writing import require_room

    year, month = month_of(arguments.month)
    assume = assumed(arguments.assume)
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    spellings = Path(arguments.spellings) if arguments.spellings else None
    question = Question(
        scheme=scheme_asked(arguments, lang),
        year=year,
        month=month,
        known_on=known_on,
        beyond=beyond_of(arguments.beyond),
    )
    version = question.version
    roster = read_roster(
        found.path,
        assume=assume,
        spellings=spellings,
        pay_month=(year, month),
        scheme=question.scheme,
    )
    require_room(out, len(roster.rows))
    asked = with_progress(answers(roster, question), len(roster.rows))
    pairs = tuple(with_reasons(asked, version, lang))
    found_answers = tuple(answer for answer, _ in pairs)
    return Result(
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
