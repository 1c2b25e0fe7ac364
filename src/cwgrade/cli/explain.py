"""`cwgrade explain`: one worker's grade or pay, with the derivation."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Final

from cwgrade.cli.options import (
    Parser,
    assumed,
    beyond_of,
    day_of,
    month_of,
    roster_named,
    scheme_asked,
)
from cwgrade.errors import ArgumentError, FileFault
from cwgrade.outcomes import OneOf, Unspecified
from cwgrade.wording import Language, say
from cwgrade.worker import Worker

__all__ = ["declare", "run"]

_ROSTER_ONLY: Final = ("assume", "spellings")
_SETTLED, _OPEN = 0, 1


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade explain", "cli-explain-about", lang=lang, epilog="cli-explain-epilog")
    parser.subject("roster_or_worker", "cli-help-roster-or-worker")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--month", "YYYY-MM", "cli-help-explain-month")
    parser.option("--on", "DAY", "cli-help-on")
    parser.option("--id", "ID", "cli-help-id")
    parser.option("--html", "FILE", "cli-help-html")
    parser.flag("--json", "cli-help-json")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print the answer and the derivation.

    Returns:
        0 where the answer is certain, 1 where the facts or the source do not settle it.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    if bool(arguments.month) == bool(arguments.on):
        raise ArgumentError("cli-month-or-day")
    if arguments.html and not arguments.month:
        raise ArgumentError("cli-html-needs-month")
    month = month_of(arguments.month) if arguments.month else None
    try:
        worker = _worker(arguments, month, lang)
    except _RowIsFaulty as row:
        print(say("cli-row-faulty", {"row": row.number, "value": row.worker_id}, lang))
        for fault in row.faults:
            print(f"  {fault.text(lang)}")
        return _OPEN
    return _pay(worker, month, arguments, lang) if month else _grade(worker, arguments, lang)


class _RowIsFaulty(Exception):  # noqa: N818 -- a finding, caught beside
    def __init__(self, number: int, worker_id: str, faults: tuple[FileFault, ...]) -> None:
        super().__init__(number)
        self.number = number
        self.worker_id = worker_id
        self.faults = faults


def _worker(arguments: argparse.Namespace, month: tuple[int, int] | None, lang: Language) -> Worker:
    from cwgrade.exchange import read_worker

    path = Path(arguments.roster_or_worker)
    if path.suffix.casefold() == ".toml":
        for name in _ROSTER_ONLY:
            given = getattr(arguments, name)
            if name == "assume":
                given = assumed(given)
            if given:
                raise ArgumentError("cli-roster-only", name=f"--{name}")
        worker = read_worker(path)
        if arguments.id not in (None, worker.id):
            raise ArgumentError("cli-id-other", file=str(path), found=worker.id, value=arguments.id)
        return worker
    from cwgrade.rosterfile import read_roster

    found = roster_named(arguments.roster_or_worker, lang)
    if arguments.id is None:
        raise ArgumentError("cli-id-needed", file=str(found.path))
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
        pay_month=month,
    )
    row = next((row for row in roster.rows if row.worker_id == arguments.id), None)
    if row is None:
        from cwgrade.tomlfile import near

        ids = [row.worker_id for row in roster.rows]
        raise ArgumentError(
            "cli-id-unknown", file=str(found.path), value=arguments.id, near=near(arguments.id, ids)
        )
    if row.worker is None:
        raise _RowIsFaulty(row.number, row.worker_id, row.faults)
    return row.worker


def _pay(
    worker: Worker, month: tuple[int, int], arguments: argparse.Namespace, lang: Language
) -> int:
    from cwgrade.exchange import payslip_to_json
    from cwgrade.grading import grade_in_month
    from cwgrade.pay import pay_for_month
    from cwgrade.rosterfile.writing import written_whole
    from cwgrade.statement import payslip_html, payslip_text

    year, number = month
    scheme = scheme_asked(arguments, lang)
    known_on, beyond = _known_on(arguments), beyond_of(arguments.beyond)
    version = scheme.version_of_month(date(year, number, 1), known_on=known_on, beyond=beyond)
    payslip = pay_for_month(
        worker, scheme, year=year, month=number, known_on=known_on, beyond=beyond
    )
    if arguments.html:
        grading = grade_in_month(
            worker, scheme, year=year, month=number, known_on=known_on, beyond=beyond
        )
        page = payslip_html(
            payslip, grading, worker.id, lang, year=year, month=number, version=version
        )
        with written_whole(Path(arguments.html)) as target:
            target.write(page.encode())
    if arguments.json:
        print(json.dumps(payslip_to_json(payslip), ensure_ascii=False, indent=2))
    else:
        print(payslip_text(payslip, worker.id, lang, version=version))
    if arguments.html:
        print(say("cli-explain-html", {"file": arguments.html}, lang), file=sys.stderr)
    return _status(payslip.outcome)


def _grade(worker: Worker, arguments: argparse.Namespace, lang: Language) -> int:
    from cwgrade.exchange import grading_to_json
    from cwgrade.grading import grade_on
    from cwgrade.statement import grading_text

    scheme, on = scheme_asked(arguments, lang), day_of(arguments.on, option="--on")
    known_on, beyond = _known_on(arguments), beyond_of(arguments.beyond)
    version = scheme.version_on(on, known_on=known_on, beyond=beyond)
    grading = grade_on(worker, scheme, on=on, known_on=known_on, beyond=beyond)
    if arguments.json:
        print(json.dumps(grading_to_json(grading), ensure_ascii=False, indent=2))
    else:
        print(grading_text(grading, worker.id, lang, version=version))
    return _status(grading.outcome)


def _known_on(arguments: argparse.Namespace) -> date | None:
    return day_of(arguments.known_on, option="--known-on") if arguments.known_on else None


def _status(outcome: object) -> int:
    return _OPEN if isinstance(outcome, OneOf | Unspecified) else _SETTLED
