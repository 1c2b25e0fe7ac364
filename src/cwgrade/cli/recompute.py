"""`cwgrade recompute`: stored answers found again, and what has come to differ."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from cwgrade.cli.freeze import rules_name
from cwgrade.cli.options import Parser
from cwgrade.errors import ArgumentError
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser(
        "cwgrade recompute", "cli-recompute-about", lang=lang, epilog="cli-recompute-epilog"
    )
    parser.subject("stored", "cli-help-recompute")
    parser.option("--rules", "FILE", "cli-help-rules")
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Ask every stored question again, and print what differs.

    Returns:
        0 where all answers are the same, 1 where some differ.

    Raises:
        CwgradeError: A file is wrong.
    """
    from cwgrade.exchange import recompute, rules_of, thaw

    file = str(arguments.stored)
    same = different = other_steps = 0
    for number, line in _lines(Path(file)):
        place = (
            Path(arguments.rules)
            if arguments.rules
            else Path(file).parent / rules_name(rules_of(line, file=file, line=number))
        )
        found = recompute(line, thaw(place.read_bytes()), file=file, line=number)
        for one in found.differs:
            facts = {
                "line": number,
                "worker": found.worker.id,
                "path": one.path,
                "stored": one.stored,
                "found": one.found,
            }
            print(say("cli-recompute-differs", facts, lang))
        if found.differs:
            different += 1
        else:
            same += 1
            other_steps += found.same_reasons is False
    if not same + different:
        raise ArgumentError("cli-recompute-empty", file=file)
    facts = {"count": same + different, "same": same, "different": different}
    print(say("cli-recompute-sum", facts, lang))
    if other_steps:
        print(say("cli-recompute-reasons", {"count": other_steps}, lang))
    return 1 if different else 0


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield number, line
