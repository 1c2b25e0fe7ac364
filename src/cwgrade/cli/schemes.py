"""`cwgrade schemes`: the schemes that come along."""

from __future__ import annotations

import argparse

from cwgrade.cli.options import Parser
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.wording import Language, say

__all__ = ["declare", "place_text", "run"]


def declare(lang: Language) -> Parser:
    """Declare the command."""
    return Parser("cwgrade schemes", "cli-schemes-about", lang=lang)


def run(_arguments: argparse.Namespace, lang: Language) -> int:
    """Print one line for each bundled scheme, those first of which most can be computed."""
    from cwgrade.catalogue import load_scheme, scheme_ids
    from cwgrade.cli.needs import omissions
    from cwgrade.statement.terminal import table_lines

    # the title comes last: it is the widest, and a narrow window cuts nothing else off
    columns = ("id", "place", "status", "from", "until", "open", "title")
    rows = [[say(f"cli-schemes-{column}", {}, lang) for column in columns]]
    versions = [one for scheme_id in scheme_ids() for one in load_scheme(scheme_id).versions]
    for version in sorted(versions, key=lambda one: [*SchemeStatus].index(one.status)):
        first = version.effective_on or version.attested_from
        mark = "" if version.effective_on else say("cli-schemes-at-latest", {}, lang)
        rows.append(
            [
                version.id,
                place_text(version, lang),
                say(f"cli-schemes-{version.status}", {}, lang),
                f"{first.isoformat()}{mark}",
                version.attested_until.isoformat(),
                str(len(omissions(version))),
                str(getattr(version.title, lang)),
            ]
        )
    print("\n".join(table_lines(rows, right=[5])))
    print()
    print(say("cli-schemes-hint", {}, lang))
    return 0


def place_text(version: SchemeVersion, lang: Language) -> str:
    """Give the code of a scheme's place."""
    return (
        say("cli-schemes-no-place", {}, lang) if version.place in ("", "unknown") else version.place
    )
