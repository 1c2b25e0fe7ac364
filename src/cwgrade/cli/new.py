"""`cwgrade new`: a commented scheme file, an empty roster workbook for a scheme, or a schema for other tools."""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path
from typing import Final

from cwgrade.cli.options import Parser
from cwgrade.errors import ArgumentError
from cwgrade.law.posts import DeclaredFact
from cwgrade.scheme import SchemeVersion
from cwgrade.wording import Language, say, term

__all__ = ["declare", "run"]

_COLUMNS: Final = ("roster-columns", "spells-columns", "payments-columns")
"""The column contracts, as other tools check tables by them."""


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade new", "cli-new-about", lang=lang)
    parser.given.add_argument(
        "what",
        choices=("scheme", "roster", "schema", *_COLUMNS),
        help=parser.told("cli-help-new"),
    )
    parser.option("--scheme", "SCHEME", "cli-help-new-scheme")
    parser.option("--from", "STARTER", "cli-help-new-from")
    parser.option("--out", "FILE", "cli-help-new-out")
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Write the file, never over one that is there."""
    out = Path(arguments.out) if arguments.out else None
    if out is not None and out.exists():
        raise ArgumentError("cli-out-exists", value=str(out))
    if arguments.what != "scheme" and _starter(arguments):
        raise ArgumentError("cli-new-from-scheme")
    if arguments.what == "scheme":
        return _scheme(arguments, out, lang)
    if arguments.what == "schema":
        return _schema(arguments, "scheme-1.json", "cli-new-schema-made", out, lang)
    if arguments.what in _COLUMNS:
        return _schema(arguments, f"{arguments.what}-1.json", "cli-new-columns-made", out, lang)
    return _roster(arguments, out, lang)


def _scheme(arguments: argparse.Namespace, out: Path | None, lang: Language) -> int:
    if arguments.scheme:
        raise ArgumentError("cli-new-scheme-alone")
    starter = _starter(arguments)
    if starter:
        from cwgrade.catalogue import scheme_path

        text = scheme_path(starter).read_text(encoding="utf-8")
        return _given(text, out, ".toml", "cli-new-scheme-copied", lang, scheme=starter)
    text = resources.files("cwgrade.cli").joinpath("template.toml").read_text(encoding="utf-8")
    return _given(text, out, ".toml", "cli-new-scheme-made", lang)


def _starter(arguments: argparse.Namespace) -> str:
    # `from` is a word of the language and no name of an attribute
    return str(vars(arguments)["from"] or "")


def _schema(
    arguments: argparse.Namespace, name: str, code: str, out: Path | None, lang: Language
) -> int:
    if arguments.scheme:
        raise ArgumentError("cli-new-scheme-alone")
    shipped = resources.files("cwgrade").joinpath("schemas", name)
    return _given(shipped.read_text(encoding="utf-8"), out, ".json", code, lang)


def _given(
    text: str, out: Path | None, ending: str, code: str, lang: Language, **facts: str
) -> int:
    """Print a text, or write it into a file."""
    from cwgrade.rosterfile.writing import written_whole

    if out is None:
        print(text, end="")
        return 0
    if out.suffix.casefold() != ending:
        raise ArgumentError("write-kind-unknown", value=out.name, accepted=[ending])
    with written_whole(out) as target:
        target.write(text.encode())
    print(say(code, {"file": str(out), "name": out.name, **facts}, lang))
    return 0


def _roster(arguments: argparse.Namespace, out: Path | None, lang: Language) -> int:
    from cwgrade.catalogue import load_scheme
    from cwgrade.rosterfile import write_roster_template

    if not arguments.scheme:
        raise ArgumentError("cli-new-roster-needs", name="--scheme")
    if out is None:
        raise ArgumentError("cli-new-roster-needs", name="--out")
    version = load_scheme(arguments.scheme).versions[-1]
    write_roster_template(
        out,
        posts=[(post.id, post.label.zh) for post in version.posts],
        facts={
            **_own_words(version),
            **{one.name: _printed(version, one) for one in version.facts},
        },
        supplied=[one.name for one in version.pay if one.supplied],
        grades=version.ladder.rungs if version.ladder else None,
        lang=lang,
    )
    title = str(getattr(version.title, lang))
    print(
        say(
            "cli-new-roster-made",
            {"file": str(out), "title": title, "scheme": arguments.scheme},
            lang,
        )
    )
    return 0


def _printed(version: SchemeVersion, fact: DeclaredFact) -> list[tuple[str, str]]:
    """Give the values of a fact that the scheme declares, each with its printed name."""
    labels = {value: version.value_label(fact.name, value) for value in fact.values}
    return [(value, label.zh if label else value) for value, label in labels.items()]


def _own_words(version: SchemeVersion) -> dict[str, list[tuple[str, str]]]:
    """Give the ratings in the scheme's own words, with those that are on no scale."""
    if version.assessment is None:
        return {}
    labels = {rule.rating: rule.label.zh for rule in version.assessment.ratings}
    off_scale = [
        (word, term(word, "zh")) for word in ("unrated", "not_assessed") if word not in labels
    ]
    return {"rating": [*labels.items(), *off_scale]}
