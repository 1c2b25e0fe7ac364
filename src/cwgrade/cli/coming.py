"""`cwgrade next`: the coming changes of grade on a roster, and who leaves, if nothing else happens."""

from __future__ import annotations

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import attrs

from cwgrade.career import Forecast
from cwgrade.cli.options import (
    Parser,
    Roster,
    assumed,
    beyond_of,
    day_of,
    rating_of,
    roster_named,
    scheme_asked,
)
from cwgrade.rosterfile import Roster as RosterRead
from cwgrade.rosterfile import RosterRow
from cwgrade.scheme import Scheme
from cwgrade.wording import Language, say

__all__ = ["Coming", "ask_for_changes", "coming_of", "declare", "run", "tell_faulty"]

_ONE_DAY: Final = timedelta(days=1)


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade next", "cli-next-about", lang=lang, epilog="cli-next-epilog")
    ask_for_changes(parser)
    return parser


def ask_for_changes(parser: Parser) -> None:
    """Declare what the coming changes of a roster are asked with."""
    parser.subject("roster", "cli-help-roster")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--from", "DAY", "cli-help-next-from", required=True)
    parser.option("--until", "DAY", "cli-help-until", required=True)
    parser.option("--rated", "RATING", "cli-help-rated")
    parser.series_option()
    parser.facts_options()


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print the coming changes by day, and the rows of which nothing can be said.

    Returns:
        0 where every row is settled, 1 where some are not, or a row of another sheet belongs to nobody.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.statement import forecast_text

    coming = coming_of(arguments, roster_named(arguments.roster, lang), lang)
    days = (coming.after, coming.horizon)
    print(forecast_text(coming.told, lang, schemes=(coming.scheme,), days=days))
    tell_faulty(coming, lang)
    return 1 if coming.is_open else 0


@attrs.frozen(kw_only=True)
class Coming:
    """What changes on a roster after a day.

    Attributes:
        roster: The roster.
        scheme: The scheme.
        after: The day that is looked out from.
        horizon: The day before which is looked.
        known_on: Only what was known by this day.
        rows: Each row with what changes; `None` where it could not be read.
    """

    roster: RosterRead
    scheme: Scheme
    after: date
    horizon: date
    known_on: date | None
    rows: tuple[tuple[RosterRow, Forecast | None], ...]

    @property
    def told(self) -> tuple[Forecast, ...]:
        """What changes for whoever could be read."""
        return tuple(one for _, one in self.rows if one is not None)

    @property
    def faulty(self) -> tuple[int, ...]:
        """The rows that could not be read."""
        return tuple(row.number for row, one in self.rows if one is None)

    @property
    def is_open(self) -> bool:
        """Whether anything needs somebody's work."""
        still_open = any(one.is_open for one in self.told)
        return bool(self.faulty or self.roster.orphans or still_open)


def coming_of(arguments: argparse.Namespace, found: Roster, lang: Language) -> Coming:
    """Find what changes on a roster.

    Args:
        arguments: What `ask_for_changes` declares.
        found: The roster.
        lang: The language of notices.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.career import coming_changes
    from cwgrade.rosterfile import read_roster

    after = day_of(getattr(arguments, "from"), option="--from")
    # offices name the last day; inside, periods end on the day after it
    horizon = day_of(arguments.until, option="--until") + _ONE_DAY
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    scheme = scheme_asked(arguments, lang)
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
        scheme=scheme,
    )
    rated = rating_of(arguments)

    def forecast(row: RosterRow) -> Forecast | None:
        if row.worker is None:
            return None
        return coming_changes(
            row.worker,
            scheme,
            after=after,
            horizon=horizon,
            rated=rated,
            known_on=known_on,
            beyond=beyond_of(arguments.beyond),
        )

    return Coming(
        roster=roster,
        scheme=scheme,
        after=after,
        horizon=horizon,
        known_on=known_on,
        rows=tuple((row, forecast(row)) for row in roster.rows),
    )


def tell_faulty(coming: Coming, lang: Language) -> None:
    """Print the rows that could not be read, and those of other sheets that belong to nobody."""
    from cwgrade.cli.orphans import orphan_lines

    if coming.faulty:
        facts = {"count": len(coming.faulty), "rows": list(coming.faulty[:_MOST_SHOWN])}
        print(say("cli-next-faulty", facts, lang))
    for line in orphan_lines(coming.roster, lang):
        print(line, file=sys.stderr)


_MOST_SHOWN: Final = 20
"""Numbers of rows that a line shows."""
