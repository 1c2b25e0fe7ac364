"""Scheme files: the only reader of them. Every fault of a file at once, with its line, path and what would be accepted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from cwgrade.errors import SchemeFault, SchemeFileError
from cwgrade.law.assessment import Assessment
from cwgrade.law.effects import Effect
from cwgrade.law.formulas import NamedQuantity
from cwgrade.law.ladder import Credit, Ladder, Stacking
from cwgrade.law.pay import Component, Probation, Proration, RoundingRules, Split
from cwgrade.law.pegs import Base, NamedSeries
from cwgrade.law.posts import ConcurrentPosts, DeclaredFact, Exclusion, Post
from cwgrade.law.service import Absence, Service
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.checks import check_version
from cwgrade.schemefile.problems import Problem
from cwgrade.schemefile.structure import Header, read_keyed, read_section
from cwgrade.sources import LegalSource
from cwgrade.tomlfile import TomlFile, near, parse_toml, path_text, read_toml

__all__ = ["FORMAT", "parse_scheme", "read_scheme"]

FORMAT: Final = "cwgrade-scheme/1"

_KEYED: Final[Mapping[str, tuple[str, type[Any], str | None]]] = {
    "facts": ("facts", DeclaredFact, "name"),
    "posts": ("posts", Post, "id"),
    "absences": ("absences", Absence, "kind"),
    "effect": ("effects", Effect, "fact"),
    "credits": ("credits", Credit, "name"),
    "series": ("series", NamedSeries, "name"),
    "quantities": ("quantities", NamedQuantity, "name"),
    "pay": ("pay", Component, "name"),
}
_SINGLE: Final[Mapping[str, tuple[str, type[Any]]]] = {
    "concurrent_posts": ("concurrent_posts", ConcurrentPosts),
    "service": ("service", Service),
    "ladder": ("ladder", Ladder),
    "stacking": ("stacking", Stacking),
    "assessment": ("assessment", Assessment),
    "base": ("base", Base),
    "probation": ("probation", Probation),
    "proration": ("proration", Proration),
    "rounding": ("rounding", RoundingRules),
}
_SECTIONS: Final = ("format", "scheme", "sources", "scope", "split", *_KEYED, *_SINGLE)
_MOST_FAULTS: Final = 200


def read_scheme(path: Path) -> SchemeVersion:
    """Read a scheme file.

    Args:
        path: The file.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.
        OSError: It cannot be opened.
    """
    return _version_of(read_toml(path))


def parse_scheme(text: str, *, file: str = "scheme.toml") -> SchemeVersion:
    """Read a scheme from text.

    Args:
        text: What a scheme file holds.
        file: The name to show in messages.

    Raises:
        SchemeFileError: It is faulty; every fault is in it.

    Examples:
        >>> parse_scheme("[sceme]")
        Traceback (most recent call last):
        ...
        cwgrade.errors.SchemeFileError: faults (6 sub-exceptions)
    """
    return _version_of(parse_toml(text, file=file))


def _version_of(file: TomlFile) -> SchemeVersion:
    problems: list[Problem] = []
    fields = _read(file.table, problems)
    version = None
    if not problems:
        version = SchemeVersion(**fields)
        problems.extend(check_version(version))
    if problems or version is None:
        raise SchemeFileError(_located(problems, file))
    return version


def _read(table: Mapping[str, Any], problems: list[Problem]) -> dict[str, Any]:
    for name in table:
        if name not in _SECTIONS:
            problems.append(
                Problem("unknown-section", (name,), value=name, near=near(name, _SECTIONS), accepted=list(_SECTIONS))
            )
    if table.get("format") != FORMAT:
        problems.append(Problem("not-a-scheme-format", ("format",), value=table.get("format"), accepted=[FORMAT]))
    fields: dict[str, Any] = {}
    for name in ("scheme", "sources", "posts", "pay"):
        if name not in table:
            problems.append(Problem("missing-section", (name,), value=name))
    header = read_section(table.get("scheme", {}), Header, ("scheme",), problems) if "scheme" in table else None
    if header is not None:
        fields |= {name: getattr(header, name) for name in Header.__slots__ if not name.startswith("__")}
    fields["sources"] = read_keyed(table.get("sources", {}), LegalSource, None, ("sources",), problems)
    for name, (field, kind, key) in _KEYED.items():
        if name in table:
            shaped = _grade_lists(table[name], table)
            fields[field] = tuple(one for _, one in read_keyed(shaped, kind, key, (name,), problems))
    for name, (field, kind) in _SINGLE.items():
        if name in table:
            one = read_section(_grade_lists(table[name], table), kind, (name,), problems)
            if one is not None:
                fields[field] = one
    fields["excluded"] = _scope(table.get("scope", {}), problems)
    fields["split"] = _splits(table.get("split", []), problems)
    return fields


def _scope(raw: object, problems: list[Problem]) -> tuple[Exclusion, ...]:
    if not isinstance(raw, Mapping):
        problems.append(Problem("not-a-section", ("scope",), value=raw))
        return ()
    for name in raw:
        if name != "excluded":
            near_ = near(name, ["excluded"])
            problems.append(Problem("unknown-key", ("scope", name), value=name, near=near_, accepted=["excluded"]))
    return _list_of(raw.get("excluded", []), Exclusion, ("scope", "excluded"), problems)


def _splits(raw: object, problems: list[Problem]) -> tuple[Split, ...]:
    if isinstance(raw, Mapping):
        one = read_section(raw, Split, ("split",), problems)
        return (one,) if one is not None else ()
    return _list_of(raw, Split, ("split",), problems)


def _list_of(raw: object, kind: type[Any], path: tuple[str, ...], problems: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        problems.append(Problem("not-a-list", path, value=raw))
        return ()
    read = [read_section(one, kind, (*path, place), problems) for place, one in enumerate(raw)]
    return tuple(one for one in read if one is not None)


def _grade_lists(raw: object, table: Mapping[str, Any]) -> object:
    """Write out `by = "grade"` tables that are given as a list, lowest grade first, as documents print them."""
    ladder = table.get("ladder")
    grades = ladder.get("grades") if isinstance(ladder, Mapping) else None
    if not isinstance(raw, Mapping) or not isinstance(grades, list) or not grades or not isinstance(grades[0], int):
        return raw
    shaped = {name: _grade_lists(one, table) for name, one in raw.items()}
    if shaped.get("by") == "grade":
        for unit in ("yuan", "times", "share", "points"):
            cells = shaped.get(unit)
            if isinstance(cells, list):
                shaped[unit] = {str(grades[0] + place): cell for place, cell in enumerate(cells)}
    return shaped


def _located(problems: list[Problem], file: TomlFile) -> list[SchemeFault]:
    faults = [
        SchemeFault(
            problem.code,
            file=file.file,
            path=path_text(problem.path),
            line=file.line_of(problem.path),
            **problem.facts,
        )
        for problem in problems
    ]
    unique = {(fault.code, fault.path, str(fault.facts)): fault for fault in faults}
    ordered = sorted(unique.values(), key=lambda fault: (fault.line or 0, fault.path))
    return ordered[:_MOST_FAULTS]
