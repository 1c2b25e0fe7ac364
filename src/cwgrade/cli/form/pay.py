"""`cwgrade form pay`: the pay sheet of a month."""

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
from cwgrade.cli.pay import ask_for_pay, pay_of
from cwgrade.staging import versions_on
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade form pay", "cli-form-pay", lang=lang, epilog="cli-pay-epilog")
    ask_for_pay(parser)
    form_options(parser)
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Make the pay sheet and print the summary of the pay.

    Returns:
        0 where every row is decided or properly not eligible, 1 where some are refused.

    Raises:
        CwgradeError: The command or a file is wrong; nothing was written.
    """
    from cwgrade.cli.summary import notice_lines, summary_lines
    from cwgrade.forms import PayrollRow, payroll_sheet

    found = roster_named(arguments.roster, lang)
    out = form_out(arguments, found)
    result = pay_of(arguments, found, out, lang)
    shown = shown_of(arguments, result.roster)
    asked = result.question
    before = versions_on(asked.scheme, result.version, asked.first, known_on=asked.known_on)[1:]
    assumed = assumed_remark(one for one in result.assumed if one not in result.version.assumed)
    sheet = payroll_sheet(
        (
            PayrollRow(
                worker_id=one.row.worker_id,
                payslip=one.payslip,
                grading=one.grading,
                shown=shown.of(one.row),
            )
            for one in result.answers
        ),
        result.version,
        year=asked.year,
        month=asked.month,
        before=before[0] if before else None,
        known_on=asked.known_on,
        setting=setting_of(arguments, shown, remarks=assumed, invented=found.bundled),
    )
    whole = put(arguments, out, sheet, lang)
    for line in notice_lines(result):
        print(line, file=sys.stderr)
    for line in summary_lines(result):
        print(line)
    print(say("cli-form-written", {"file": str(out)}, lang))
    return 1 if result.refused or not whole else 0
