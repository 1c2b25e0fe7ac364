"""`cwgrade career`: one worker's grade and entitlement over time, with why each changed."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Final

from cwgrade.cli.options import Parser, beyond_of, day_of
from cwgrade.cli.places import each_scheme, schemes_asked, schemes_option
from cwgrade.cli.subject import RowIsFaulty, faults_of, worker_asked
from cwgrade.timeline import Standing
from cwgrade.wording import Language

__all__ = ["declare", "run"]

_SETTLED, _OPEN = 0, 1
_ONE_DAY: Final = timedelta(days=1)


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade career", "cli-career-about", lang=lang, epilog="cli-career-epilog")
    parser.subject("roster_or_worker", "cli-help-roster-or-worker")
    schemes_option(parser)
    parser.option("--from", "DAY", "cli-help-first-day", required=True)
    parser.option("--to", "DAY", "cli-help-last-day", required=True)
    parser.option("--id", "ID", "cli-help-id")
    parser.flag("--months", "cli-help-months")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print the timeline.

    Returns:
        0 where every day is settled, 1 where the facts or the source leave some open.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.career import career_of
    from cwgrade.statement import career_text

    # offices name the last day; inside, periods end on the day after it
    start = day_of(getattr(arguments, "from"), option="--from")
    end = day_of(arguments.to, option="--to") + _ONE_DAY
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    schemes = schemes_asked(arguments, lang)
    try:
        worker = worker_asked(arguments, schemes, None, lang)
    except RowIsFaulty as row:
        print("\n".join(faults_of(row, lang)))
        return _OPEN
    career = career_of(
        worker,
        schemes,
        start=start,
        end=end,
        known_on=known_on,
        beyond=beyond_of(arguments.beyond),
    )
    print(career_text(career, lang, schemes=each_scheme(schemes), months=arguments.months))
    is_open = any(
        one.payslip is None or one.payslip.standing is Standing.BLOCKED for one in career.entries
    )
    return _OPEN if is_open else _SETTLED
