"""`cwgrade schemes`: the schemes that come along."""

from __future__ import annotations

import argparse

from cwgrade.cli.options import Parser
from cwgrade.scheme import SchemeVersion
from cwgrade.wording import Language, say

__all__ = ["declare", "place_text", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    return Parser("cwgrade schemes", "cli-schemes-about", lang=lang)


def run(_arguments: argparse.Namespace, lang: Language) -> int:
    """Print one line for each bundled scheme."""
    from cwgrade.catalogue import load_scheme, scheme_ids
    from cwgrade.cli.needs import omissions
    from cwgrade.statement.terminal import table_lines

    columns = ("id", "title", "place", "status", "from", "until", "open")
    rows = [[say(f"cli-schemes-{column}", {}, lang) for column in columns]]
    for scheme_id in scheme_ids():
        for version in load_scheme(scheme_id).versions:
            first = version.effective_on or version.attested_from
            mark = "" if version.effective_on else say("cli-schemes-at-latest", {}, lang)
            rows.append(
                [
                    version.id,
                    str(getattr(version.title, lang)),
                    place_text(version, lang),
                    say(f"cli-schemes-{version.status}", {}, lang),
                    f"{first.isoformat()}{mark}",
                    version.attested_until.isoformat(),
                    str(len(omissions(version))),
                ]
            )
    print("\n".join(table_lines(rows, right=[6])))
    print()
    print(say("cli-schemes-hint", {}, lang))
    return 0


def place_text(version: SchemeVersion, lang: Language) -> str:
    """Give the code of a scheme's place."""
    return (
        say("cli-schemes-no-place", {}, lang) if version.place in ("", "unknown") else version.place
    )
