"""`cwgrade freeze`: schemes, and the answers to a roster, kept so that they can be found again years later."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cwgrade.cli.options import (
    Parser,
    assumed,
    beyond_of,
    day_of,
    month_of,
    roster_named,
    scheme_asked,
)
from cwgrade.errors import ArgumentError
from cwgrade.wording import Language, say

if TYPE_CHECKING:
    from cwgrade.cli.answers import Answer
    from cwgrade.exchange import Frozen

__all__ = ["declare", "rules_name", "run"]

_MOST_SHOWN: Final = 20
"""Numbers of rows that a line shows."""
_SHOWN_OF_DIGEST: Final = 16


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade freeze", "cli-freeze-about", lang=lang, epilog="cli-freeze-epilog")
    parser.given.add_argument(
        "roster", nargs="?", metavar="ROSTER", help=parser.told("cli-help-freeze-roster")
    )
    parser.given.add_argument(
        "--scheme",
        metavar="SCHEME",
        action="append",
        required=True,
        help=parser.told("cli-help-freeze-scheme"),
    )
    parser.option("--out", "FOLDER", "cli-help-freeze-out", required=True)
    parser.option("--month", "YYYY-MM", "cli-help-freeze-month")
    parser.series_option()
    parser.facts_options()
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Write the rules and, for a roster, every answer.

    Returns:
        0 where everything is kept, 1 where a row of the roster cannot be.

    Raises:
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.exchange import freeze, thaw

    if (arguments.roster is None) != (arguments.month is None) or (
        arguments.roster is not None and len(arguments.scheme) > 1
    ):
        raise ArgumentError("cli-freeze-roster-month")
    folder = Path(arguments.out)
    if folder.exists() and not folder.is_dir():
        raise ArgumentError("cli-out-exists", value=arguments.out)
    several = []
    for name in arguments.scheme:
        one = argparse.Namespace(**{**vars(arguments), "scheme": name})
        several.append(scheme_asked(one, lang))
    data = freeze(several)
    rules = thaw(data)
    lines = list(_answers(arguments, rules, lang)) if arguments.roster is not None else []
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / rules_name(rules.digest)
    _keep(place, data, lang)
    print(say("cli-freeze-rules", {"file": place, "digest": rules.digest}, lang))
    if lines:
        kept = [line for line, _ in lines if line is not None]
        content = b"".join(line + b"\n" for line in kept)
        mark = hashlib.sha256(content).hexdigest()[:_SHOWN_OF_DIGEST]
        place = folder / f"pay-{arguments.month}-{mark}.jsonl"
        _keep(place, content, lang)
        facts = {"file": place, "count": len(kept), "rows": len(lines)}
        print(say("cli-freeze-answers", facts, lang))
        skipped = [answer.row.number for line, answer in lines if line is None]
        if skipped:
            print(say("cli-freeze-skipped", {"rows": skipped[:_MOST_SHOWN]}, lang))
            return 1
    return 0


def rules_name(digest: str) -> str:
    """Name the file of frozen rules by their digest."""
    return f"rules-{digest[:_SHOWN_OF_DIGEST]}.json"


def _answers(
    arguments: argparse.Namespace, rules: Frozen, lang: Language
) -> Iterator[tuple[bytes | None, Answer]]:
    """Give the stored answer to each row; nothing for a row that cannot be read."""
    from cwgrade.cli.answers import Question, answers
    from cwgrade.exchange import MonthRequest, store
    from cwgrade.rosterfile import read_roster

    year, month = month_of(arguments.month)
    known_on = day_of(arguments.known_on, option="--known-on") if arguments.known_on else None
    scheme, beyond = rules.scheme(), beyond_of(arguments.beyond)
    roster = read_roster(
        roster_named(arguments.roster, lang).path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
        pay_month=(year, month),
        scheme=scheme,
    )
    request = MonthRequest(
        scheme=scheme.id, year=year, month=month, known_on=known_on, beyond=beyond
    )
    question = Question(scheme=scheme, year=year, month=month, known_on=known_on, beyond=beyond)
    for answer in answers(roster, question):
        if answer.row.worker is None or answer.payslip is None:
            yield None, answer
        else:
            line = store(request, answer.row.worker, answer.payslip, rules, reasons=False)
            yield line, answer


def _keep(place: Path, data: bytes, lang: Language) -> None:
    """Write a file that is named by what is in it; nothing is ever written over."""
    from cwgrade.rosterfile.writing import written_whole

    if place.exists():
        if place.read_bytes() != data:
            raise ArgumentError("cli-out-exists", value=str(place))
        print(say("cli-freeze-kept-already", {"file": place}, lang))
        return
    with written_whole(place) as target:
        target.write(data)
