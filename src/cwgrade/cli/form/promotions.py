"""`cwgrade form promotions`: the list of those who come to a higher grade or step."""

from __future__ import annotations

import argparse
from datetime import timedelta

from cwgrade.cli.coming import ask_for_changes, coming_of, tell_faulty
from cwgrade.cli.form.shared import (
    form_options,
    form_out,
    put,
    setting_of,
    shown_of,
    versions_of,
)
from cwgrade.cli.options import Parser, roster_named
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade form promotions", "cli-form-promotions", lang=lang, epilog="cli-next-epilog"
    )
    ask_for_changes(parser)
    form_options(parser)
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Make the list of promotions.

    Returns:
        0 where every row is settled, 1 where some are not.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.forms import PromotionRow, promotion_list

    found = roster_named(arguments.roster, lang)
    out = form_out(arguments, found)
    coming = coming_of(arguments, found, lang)
    shown = shown_of(arguments, coming.roster)
    last = coming.horizon - timedelta(days=1)
    sheet = promotion_list(
        (
            PromotionRow(worker_id=row.worker_id, forecast=forecast, shown=shown.of(row))
            for row, forecast in coming.rows
        ),
        versions_of(coming.scheme, coming.after, last),
        start=coming.after,
        last=last,
        known_on=coming.known_on,
        setting=setting_of(arguments, shown, invented=found.bundled),
    )
    whole = put(arguments, out, sheet, lang)
    print(say("cli-form-promoted", {"count": len(sheet.rows)}, lang))
    tell_faulty(coming, lang)
    print(say("cli-form-written", {"file": str(out)}, lang))
    return 1 if coming.is_open or not whole else 0
