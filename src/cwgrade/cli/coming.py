"""`cwgrade next`: the coming changes of grade on a roster, and who leaves, if nothing else happens."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from cwgrade.cli.options import (
    Parser,
    assumed,
    beyond_of,
    day_of,
    roster_named,
    scheme_asked,
)
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_ONE_DAY: Final = timedelta(days=1)


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade next", "cli-next-about", lang=lang, epilog="cli-next-epilog")
    parser.subject("roster", "cli-help-roster")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--from", "DAY", "cli-help-next-from", required=True)
    parser.option("--until", "DAY", "cli-help-until", required=True)
    parser.option("--rated", "RATING", "cli-help-rated")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print the coming changes by day, and the rows of which nothing can be said.

    Returns:
        0 where every row is settled, 1 where some are not, or a row of another sheet belongs to nobody.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.career import Forecast, coming_changes
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.rosterfile import read_roster
    from cwgrade.statement import forecast_text

    after = day_of(getattr(arguments, "from"), option="--from")
    # offices name the last day; inside, periods end on the day after it
    horizon = day_of(arguments.until, option="--until") + _ONE_DAY
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    found = roster_named(arguments.roster, lang)
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
    )
    scheme = scheme_asked(arguments, lang)
    rated = _rating(arguments)

    def forecasts() -> Iterator[Forecast]:
        for row in roster.rows:
            if row.worker is not None:
                yield coming_changes(
                    row.worker,
                    scheme,
                    after=after,
                    horizon=horizon,
                    rated=rated,
                    known_on=known_on,
                    beyond=beyond_of(arguments.beyond),
                )

    told = tuple(forecasts())
    print(forecast_text(told, lang, schemes=(scheme,), days=(after, horizon)))
    faulty = [row.number for row in roster.rows if row.worker is None]
    if faulty:
        print(say("cli-next-faulty", {"count": len(faulty), "rows": faulty[:_MOST_SHOWN]}, lang))
    for line in orphan_lines(roster, lang):
        print(line, file=sys.stderr)
    return 1 if faulty or roster.orphans or any(one.is_open for one in told) else 0


_MOST_SHOWN: Final = 20
"""Numbers of rows that a line shows."""


def _rating(arguments: argparse.Namespace) -> str | None:
    """Read the rating that is assumed, in any spelling that rosters may have."""
    if arguments.rated is None:
        return None
    from cwgrade.rosterfile.spellings import load_spellings

    spellings = load_spellings(Path(arguments.spellings) if arguments.spellings else None)
    return spellings.value("rating", arguments.rated)
