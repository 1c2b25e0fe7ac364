"""`cwgrade check FILE`: every fault of a file, and a scheme's cases."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cwgrade.cli.alike import alike_lines
from cwgrade.cli.options import Parser, roster_named, scheme_named, with_files
from cwgrade.cli.schemes import place_text
from cwgrade.errors import ArgumentError, FaultGroup, alike
from cwgrade.scheme import Scheme, Schemes, SchemeVersion
from cwgrade.schemefile.layers import Layered
from cwgrade.wording import Language, say

__all__ = ["declare", "run"]

_CLEAN, _FAULTY = 0, 1
_TOML: Final = ".toml"
_SCHEME_KEYS: Final = ("scheme", "posts", "sources", "pay")
_ROSTER_ONLY: Final = ("spellings", "scheme")
_CASE_KEYS: Final = ("case", "ask", "expect")


def declare(lang: Language) -> Parser:
    """Declare the command."""
    parser = Parser("cwgrade check", "cli-check-about", lang=lang, epilog="cli-check-epilog")
    parser.subject("file", "cli-help-check")
    parser.series_option()
    parser.option("--spellings", "FILE", "cli-help-spellings")
    parser.wished.add_argument(
        "--scheme",
        metavar="SCHEME",
        action="append",
        default=[],
        help=parser.told("cli-help-check-schemes"),
    )
    return parser


def run(arguments: argparse.Namespace, lang: Language) -> int:
    """Print every fault of a file.

    Returns:
        0 where it is clean, 1 where there are faults or failed cases.

    Raises:
        CwgradeError: It is no file of a kind that can be checked.
        OSError: It cannot be read.
    """
    path = Path(arguments.file)
    from cwgrade.seriesfile import is_series
    from cwgrade.tomlfile import read_toml

    series = path.is_file() and is_series(path)
    if path.suffix.casefold() != _TOML and not series:
        return _roster(arguments, lang)
    for name in _ROSTER_ONLY:
        if getattr(arguments, name):
            raise ArgumentError("cli-roster-only", name=f"--{name}")
    try:
        if series:
            return _series(path, lang)
        table = read_toml(path).table
        if str(table.get("format", "")).startswith("cwgrade-facts"):
            return _facts(path, lang)
        if any(key in table for key in _CASE_KEYS):
            return _one_case(path, arguments.series, lang)
        if str(table.get("format", "")).startswith("cwgrade-scheme") or any(
            key in table for key in _SCHEME_KEYS
        ):
            return _scheme(path, arguments.series, lang)
        return _worker(path, lang)
    except FaultGroup as group:
        return _faults(path, group, lang)


def _roster(arguments: argparse.Namespace, lang: Language) -> int:
    from cwgrade.rosterfile import read_roster

    found = roster_named(arguments.file, lang)
    spellings = Path(arguments.spellings) if arguments.spellings else None
    named = [scheme_named(name, arguments.series, lang) for name in arguments.scheme]
    schemes = Schemes.of(named) if named else None
    roster = read_roster(found.path, spellings=spellings, scheme=schemes)
    for line in alike_lines(alike(roster.faults), lang):
        print(line)
    for notice in roster.notices:
        print(say("cli-notice", {"text": notice.text(lang)}, lang))
    faulty = sum(bool(row.faults) for row in roster.rows)
    facts = {"file": roster.file, "count": len(roster.rows), "faulty": faulty}
    print(say("cli-check-roster", facts, lang))
    if roster.orphans:
        print(say("cli-check-orphans", {"count": len(roster.orphans)}, lang))
    return _FAULTY if roster.faults else _CLEAN


def _worker(path: Path, lang: Language) -> int:
    from cwgrade.exchange import read_worker

    worker = read_worker(path)
    print(say("cli-check-worker", {"file": str(path), "id": worker.id}, lang))
    return _CLEAN


def _series(path: Path, lang: Language) -> int:
    from cwgrade.catalogue import load_series

    figures = load_series(path).figures
    usable = sum(one.carries_pay for one in figures)
    facts = {"file": str(path), "count": len(figures), "usable": usable}
    print(say("cli-check-series", facts, lang))
    return _CLEAN


def _scheme(path: Path, series: Sequence[str], lang: Language) -> int:
    from cwgrade.catalogue import versions_beside
    from cwgrade.cli.needs import Omission, omissions, unread
    from cwgrade.cli.show import extends_lines, omission_lines
    from cwgrade.factsfile import facts_of

    versions = versions_beside(path)
    told: set[Omission] = set()
    for file, version in versions:
        title = str(getattr(version.title, lang))
        facts = {"file": str(file), "title": title, "id": version.id, "revision": version.revision}
        print(say("cli-check-scheme", facts, lang))
        for line in (
            *_place_line(version, lang),
            *extends_lines(version, lang),
            *omission_lines(omissions(version), told, lang),
        ):
            print(line)
        if paths := unread(version):
            print(say("cli-check-unread", {"paths": list(paths)}, lang))
    faulty = [_facts(facts_of(file), lang) for file, _ in versions if facts_of(file).is_file()]
    scheme = Scheme(tuple(version for _, version in versions))
    return max(_run_cases(path, with_files(scheme, series, lang), lang), *faulty, _CLEAN)


def _place_line(version: SchemeVersion, lang: Language) -> tuple[str, ...]:
    """Say what place was read, where its code is written with zeros at its end."""
    written = version.origin.table["scheme"]["place"] if isinstance(version.origin, Layered) else ""
    if written in ("", version.place):
        return ()
    return (say("cli-check-place", {"value": written, "place": place_text(version, lang)}, lang),)


def _facts(path: Path, lang: Language) -> int:
    """Read a facts file and hold it against its scheme."""
    from cwgrade.factsfile import read_facts

    try:
        facts = read_facts(path)
    except FaultGroup as group:
        return _faults(path, group, lang)
    counts = {"count": len(facts.facts), "wanted": len(facts.wanted)}
    print(say("cli-check-facts", {"file": str(path), **counts}, lang))
    return _CLEAN


def _faults(path: Path, group: FaultGroup, lang: Language) -> int:
    print(group.text(lang))
    print(say("cli-check-faults", {"file": str(path), "count": len(group.exceptions)}, lang))
    return _FAULTY


def _run_cases(path: Path, scheme: Scheme, lang: Language) -> int:
    from cwgrade.cli.cases import case_lines, cases_of

    folder, files = path.with_suffix(".cases"), cases_of(path)
    print()
    if not files:
        print(say("cli-check-no-cases", {"folder": str(folder)}, lang))
        return _CLEAN
    print(say("cli-check-cases", {"folder": str(folder), "count": len(files)}, lang))
    passed = 0
    for file in files:
        success, lines = case_lines(file, scheme, lang)
        passed += success
        print("\n".join(f"  {line}" for line in lines))
    failed = len(files) - passed
    print(say("cli-check-summary", {"passed": passed, "failed": failed}, lang))
    return _FAULTY if failed else _CLEAN


def _one_case(path: Path, series: Sequence[str], lang: Language) -> int:
    """Read a case file, and run it where its scheme lies beside its folder."""
    from cwgrade.casefile import read_case
    from cwgrade.cli.cases import case_lines

    scheme = path.resolve().parent.with_suffix(".toml")
    if path.resolve().parent.suffix != ".cases" or not scheme.is_file():
        read_case(path)
        print(say("cli-check-case-alone", {"file": str(path)}, lang))
        return _CLEAN
    success, lines = case_lines(path, scheme_named(str(scheme), series, lang), lang)
    print("\n".join(lines))
    return _CLEAN if success else _FAULTY
