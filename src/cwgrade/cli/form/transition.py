"""`cwgrade form transition`: the list of a move to a new version."""

from __future__ import annotations

import argparse
import sys

from cwgrade.cli.form.shared import (
    assumed_remark,
    form_options,
    form_out,
    put,
    setting_of,
    shown_of,
)
from cwgrade.cli.options import Parser, roster_named
from cwgrade.cli.transition import ask_for_moves, moves_asked, summary_of
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade form transition", "cli-form-transition", lang=lang, epilog="cli-transition-epilog"
    )
    ask_for_moves(parser)
    form_options(parser)
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Make the list of the move and print its summary.

    Returns:
        0 where every row is settled, 1 where some are not.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.orphans import orphan_lines
    from cwgrade.forms import TransitionRow, transition_list

    found = roster_named(arguments.roster, lang)
    out = form_out(arguments, found)
    moves = moves_asked(arguments, found, lang)
    shown = shown_of(arguments, moves.roster)
    assumed = dict.fromkeys(text for one in moves.roster.workers for text in one.assumed)
    sheet = transition_list(
        (
            TransitionRow(worker_id=one.row.worker_id, move=one.move, shown=shown.of(one.row))
            for one in moves.rows
        ),
        moves.version,
        known_on=moves.known_on,
        setting=setting_of(
            arguments, shown, remarks=assumed_remark(assumed), invented=found.bundled
        ),
    )
    whole = put(arguments, out, sheet, lang)
    for line in orphan_lines(moves.roster, lang):
        print(line, file=sys.stderr)
    for line in summary_of(moves, lang):
        print(line)
    print(say("cli-form-written", {"file": str(out)}, lang))
    return 1 if moves.unsettled or not whole else 0
