"""`cwgrade form grade`: the form by which one worker's grade is approved."""

from __future__ import annotations

import argparse
from datetime import timedelta

from cwgrade.cli.form.shared import Shown, form_options, form_out, put, setting_of, shown_of
from cwgrade.cli.options import Parser, beyond_of, day_of, roster_named, scheme_asked
from cwgrade.cli.subject import RowIsFaulty, faults_of, subject_asked
from cwgrade.errors import NotInForce
from cwgrade.outcomes import OneOf, Unspecified
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade form grade", "cli-form-grade", lang=lang, epilog="cli-form-grade-epilog"
    )
    parser.subject("roster_or_worker", "cli-help-roster-or-worker")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--on", "DAY", "cli-help-form-on", required=True)
    parser.option("--id", "ID", "cli-help-id")
    parser.series_option()
    parser.facts_options()
    form_options(parser)
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Make the form.

    Returns:
        0 where the grade is certain, 1 where it is not, or where the worker's row could not be read and nothing was
        written.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.forms import approval_card
    from cwgrade.grading import grade_on
    from cwgrade.pay import pay_on
    from cwgrade.statement import outcome_text

    found = roster_named(arguments.roster_or_worker, lang)
    out = form_out(arguments, found)
    on = day_of(arguments.on, option="--on")
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    beyond = beyond_of(arguments.beyond)
    scheme = scheme_asked(arguments, lang)
    try:
        asked = subject_asked(arguments, scheme, None, lang)
    except RowIsFaulty as row:
        print("\n".join(faults_of(row, lang)))
        return 1
    worker = asked.worker
    grading = grade_on(worker, scheme, on=on, known_on=known_on, beyond=beyond)
    try:
        day_before = on - timedelta(days=1)
        before = grade_on(worker, scheme, on=day_before, known_on=known_on, beyond=beyond)
    except NotInForce:
        # where the scheme begins on this day, nobody held a grade under it
        before = None
    shown = shown_of(arguments, asked.roster) if asked.roster is not None else Shown(())
    # a post that moves later is graded by the version before the one in force
    digest = grading.derivation.digest
    card = approval_card(
        worker,
        next(
            (one for one in scheme.versions if one.digest == digest),
            scheme.version_on(on, known_on=known_on, beyond=beyond),
        ),
        on=on,
        grading=grading,
        before=before,
        entitlement=pay_on(worker, scheme, on=on, known_on=known_on, beyond=beyond),
        shown=shown.pairs(asked.row) if asked.row is not None else (),
        setting=setting_of(arguments, shown, invented=found.bundled),
        known_on=known_on,
    )
    whole = put(arguments, out, card, lang)
    print(outcome_text(grading.outcome, lang))
    print(say("cli-form-written", {"file": str(out)}, lang))
    return 0 if whole and not isinstance(grading.outcome, OneOf | Unspecified) else 1
