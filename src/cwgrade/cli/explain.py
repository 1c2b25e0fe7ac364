"""`cwgrade explain`: one worker's grade or pay, with the derivation."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from cwgrade.cli.options import Parser, beyond_of, day_of, month_of, rating_of, scheme_asked
from cwgrade.cli.subject import RowIsFaulty, faults_of, worker_asked
from cwgrade.errors import ArgumentError
from cwgrade.outcomes import OneOf, Unspecified
from cwgrade.scheme import Scheme
from cwgrade.wording import Language, say
from cwgrade.worker import Worker

__all__ = ["declare", "run"]

_SETTLED, _OPEN = 0, 1
_MOST_FACTS: Final = 3
"""Facts that are supposed together at most."""


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade explain", "cli-explain-about", lang=lang, epilog="cli-explain-epilog")
    parser.subject("roster_or_worker", "cli-help-roster-or-worker")
    parser.option("--scheme", "SCHEME", "cli-help-scheme", required=True)
    parser.option("--month", "YYYY-MM", "cli-help-explain-month")
    parser.option("--than", "YYYY-MM", "cli-help-than")
    parser.option("--on", "DAY", "cli-help-on")
    parser.option("--why-not", "GRADE", "cli-help-why-not")
    parser.option("--to-reach", "GRADE", "cli-help-to-reach")
    parser.option("--until", "DAY", "cli-help-until")
    parser.option("--rated", "RATING", "cli-help-rated")
    parser.option("--id", "ID", "cli-help-id")
    parser.option("--html", "FILE", "cli-help-html")
    parser.flag("--json", "cli-help-json")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print the answer and the derivation.

    Returns:
        0 where the answer is certain, 1 where the facts or the source do not settle it or a search was cut short.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    if bool(arguments.month) == bool(arguments.on):
        raise ArgumentError("cli-month-or-day")
    if arguments.html and not arguments.month:
        raise ArgumentError("cli-html-needs-month")
    if arguments.than and (not arguments.month or arguments.html or arguments.json):
        raise ArgumentError("cli-than-alone")
    if arguments.why_not and arguments.to_reach:
        raise ArgumentError("cli-why-not-or-to-reach")
    if (arguments.why_not or arguments.to_reach) and not (
        arguments.on and arguments.until and not arguments.json
    ):
        option = "--why-not" if arguments.why_not else "--to-reach"
        raise ArgumentError("cli-why-not-needs", option=option)
    month = month_of(arguments.month) if arguments.month else None
    scheme = scheme_asked(arguments, lang)
    try:
        worker = worker_asked(arguments, scheme, month, lang)
    except RowIsFaulty as row:
        print("\n".join(faults_of(row, lang)))
        return _OPEN
    if arguments.why_not or arguments.to_reach:
        return _other_grade(worker, scheme, arguments, lang)
    if month is None:
        return _grade(worker, scheme, arguments, lang)
    if arguments.than:
        return _than(worker, scheme, month, arguments, lang)
    return _pay(worker, scheme, month, arguments, lang)


def _pay(
    worker: Worker,
    scheme: Scheme,
    month: tuple[int, int],
    arguments: argparse.Namespace,
    lang: Language,
) -> int:
    from cwgrade.exchange import payslip_to_json
    from cwgrade.grading import grade_in_month
    from cwgrade.pay import pay_for_month
    from cwgrade.questions import Standpoint
    from cwgrade.rosterfile.writing import written_whole
    from cwgrade.statement import payslip_html, payslip_text

    year, number = month
    known_on, beyond = _known_on(arguments), beyond_of(arguments.beyond)
    asked = Standpoint(worker, scheme, known_on, beyond)
    version = asked.version_of_month(date(year, number, 1))
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


def _than(
    worker: Worker,
    scheme: Scheme,
    month: tuple[int, int],
    arguments: argparse.Namespace,
    lang: Language,
) -> int:
    """Say why a month is more or less than another one."""
    from cwgrade.arrears import explain_difference
    from cwgrade.pay import pay_for_month
    from cwgrade.statement import difference_text

    known_on, beyond = _known_on(arguments), beyond_of(arguments.beyond)
    other = month_of(arguments.than)
    before, after = (
        pay_for_month(worker, scheme, year=year, month=number, known_on=known_on, beyond=beyond)
        for year, number in (other, month)
    )
    old, new = (
        scheme.version_of_month(date(*each, 1), known_on=known_on, beyond=beyond)
        for each in (other, month)
    )
    compared = explain_difference(before, after)
    told = difference_text(
        compared,
        (before, after),
        lang,
        titles=(f"{other[0]:04d}-{other[1]:02d}", f"{month[0]:04d}-{month[1]:02d}"),
        worker_id=worker.id,
        versions=(old, new),
    )
    print(told)
    return _OPEN if compared.fen is None else _SETTLED


def _other_grade(
    worker: Worker, scheme: Scheme, arguments: argparse.Namespace, lang: Language
) -> int:
    """Say why a grade is not held, or what would give it: one fact for the one, several for the other."""
    from cwgrade.career import why_not
    from cwgrade.statement import to_reach_text, why_not_text

    on, horizon = day_of(arguments.on, option="--on"), _after(arguments.until)
    known_on, beyond = _known_on(arguments), beyond_of(arguments.beyond)
    asks_why = bool(arguments.why_not)
    asked = arguments.why_not if asks_why else arguments.to_reach
    if not asked.isdecimal():
        option = "--why-not" if asks_why else "--to-reach"
        raise ArgumentError("cli-bad-grade", option=option, value=asked)
    grade = int(asked)
    found = why_not(
        worker,
        scheme,
        on=on,
        grade=grade,
        horizon=horizon,
        at_most=1 if asks_why else _MOST_FACTS,
        rated=rating_of(arguments),
        known_on=known_on,
        beyond=beyond,
    )
    version = scheme.version_on(on, known_on=known_on, beyond=beyond)
    text = why_not_text if asks_why else to_reach_text
    print(text(found, lang, worker_id=worker.id, grade=grade, days=(on, horizon), version=version))
    if found.grading is None or not found.search.complete:
        return _OPEN
    return _status(found.grading.outcome)


def _after(until: str) -> date:
    """Give the day after the last one that is looked at."""
    return day_of(until, option="--until") + timedelta(days=1)


def _grade(worker: Worker, scheme: Scheme, arguments: argparse.Namespace, lang: Language) -> int:
    from cwgrade.exchange import grading_to_json
    from cwgrade.grading import grade_on
    from cwgrade.questions import Standpoint
    from cwgrade.statement import grading_text

    on = day_of(arguments.on, option="--on")
    known_on, beyond = _known_on(arguments), beyond_of(arguments.beyond)
    version = Standpoint(worker, scheme, known_on, beyond).version_on(on)
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
