"""`cwgrade form arrears`: the sheet of back pay."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cwgrade.cli.arrears import ask_for_arrears, settled_of
from cwgrade.cli.form.shared import (
    assumed_remark,
    form_options,
    form_out,
    put,
    setting_of,
    shown_of,
    versions_of,
)
from cwgrade.cli.options import Parser, roster_named
from cwgrade.cli.places import each_scheme
from cwgrade.wording import Language, say
from cwgrade.wording.printed import printed

if TYPE_CHECKING:
    from cwgrade.cli.settled import Settlement

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade form arrears", "cli-form-arrears", lang=lang, epilog="cli-arrears-epilog"
    )
    ask_for_arrears(parser)
    form_options(parser)
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Make the sheet of back pay and print its summary.

    Returns:
        0 where every month is settled, 1 where something is not.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.cli.settled import summary_of
    from cwgrade.forms import BackPayRow, back_pay_sheet

    found = roster_named(arguments.roster, lang)
    out = form_out(arguments, found)
    settled = settled_of(arguments, found, lang)
    months = settled.basis.months
    first, last = (date(*one, 1) for one in (months[0], months[-1]))
    shown = shown_of(arguments, settled.basis.roster)
    sheet = back_pay_sheet(
        (
            BackPayRow(
                worker_id=one.row.worker_id,
                arrears=one.arrears,
                shown=shown.of(one.row),
                is_open=one.status == "open",
            )
            for one in settled.rows
        ),
        [
            version
            for scheme in each_scheme(settled.basis.schemes)
            for version in versions_of(scheme, first, last)
        ],
        months=months,
        known_before=settled.known_before,
        known_after=settled.known_after,
        setting=setting_of(
            arguments, shown, remarks=_remarks(settled), invented=settled.basis.invented_roster
        ),
    )
    whole = put(arguments, out, sheet, lang)
    for line in orphan_lines(settled.basis.roster, lang):
        print(line, file=sys.stderr)
    for line in summary_of(settled, lang):
        print(line)
    print(say("cli-form-written", {"file": str(out)}, lang))
    return 1 if settled.unsettled or not whole else 0


def _remarks(settled: Settlement) -> Iterator[str]:
    from cwgrade.arrears import FactChange
    from cwgrade.cli.became_known import change_text
    from cwgrade.forms.basis import ids_text

    changes = dict.fromkeys(
        change_text(one, settled.basis.schemes, "zh")
        for part in settled.parts
        for one in (*part.together, *part.changes)
        if not isinstance(one, FactChange)
    )
    if changes:
        yield printed("known-now", changes=printed("list").join(changes))
    if settled.strangers:
        count = len(settled.strangers)
        yield printed("strangers-remark", count=count, ids=ids_text(settled.strangers))
    yield from assumed_remark(settled.basis.all_assumed)
