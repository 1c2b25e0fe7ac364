"""What every form is asked with, what it shows of the roster's own columns, and how it is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from cwgrade.cli.options import Parser, Roster, out_file
from cwgrade.errors import ArgumentError
from cwgrade.rosterfile import Roster as RosterRead
from cwgrade.rosterfile import RosterRow
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.staging import last_stage
from cwgrade.wording import Language, say
from cwgrade.wording.printed import printed

if TYPE_CHECKING:
    from cwgrade.forms import Card, Setting, Sheet

__all__ = [
    "Shown",
    "assumed_remark",
    "form_options",
    "form_out",
    "put",
    "setting_of",
    "shown_of",
    "versions_of",
]

_NAMES: Final = ("姓名", "name")
"""A column of this name is shown wherever a roster has it: people sign by their names."""


def form_options(parser: Parser) -> None:
    """Declare what every form has in common."""
    parser.option("--out", "FILE", "cli-help-form-out", required=True)
    parser.option("--template", "FILE", "cli-help-template")
    parser.option("--office", "TEXT", "cli-help-office")
    parser.option("--title", "TEXT", "cli-help-title")
    parser.wished.add_argument(
        "--show", metavar="HEADER", action="append", default=[], help=parser.told("cli-help-show")
    )
    parser.wished.add_argument(
        "--paper", choices=("A4", "A3"), default="A4", help=parser.told("cli-help-paper")
    )


def form_out(arguments: argparse.Namespace, found: Roster) -> Path:
    """Refuse a place for the form before anything is computed."""
    out = Path(arguments.out)
    if out.suffix.casefold() != ".xlsx":
        raise ArgumentError("write-kind-unknown", value=out.name, accepted=[".xlsx"])
    out = out_file(out, found)
    if arguments.template:
        from cwgrade.forms.template import require_templates

        require_templates()
        template = Path(arguments.template)
        if out.exists() and template.exists() and out.samefile(template):
            raise ArgumentError("template-is-out", value=str(out))
    return out


def put(arguments: argparse.Namespace, out: Path, form: Sheet | Card, lang: Language) -> bool:
    """Write a form as it is, or into the office's own workbook; labels left over are told on standard error.

    Args:
        arguments: What `form_options` declares.
        out: The file.
        form: The form.
        lang: The language of notices.

    Returns:
        Whether everything has its place; a value may have none in the office's workbook.
    """
    from cwgrade.forms import fill_template, write_form

    if not arguments.template:
        write_form(out, form)
        return True
    filled = fill_template(arguments.template, out, form)
    for code, cells in (
        ("cli-form-unknown-labels", filled.unknown),
        ("cli-form-taken", filled.taken),
    ):
        if cells:
            told = [say("cli-form-cell", {"label": one, "cell": at}, lang) for one, at in cells]
            print(say(code, {"cells": told}, lang), file=sys.stderr)
    if filled.homeless:
        print(say("cli-form-homeless", {"labels": list(filled.homeless)}, lang), file=sys.stderr)
    return not filled.homeless


@attrs.frozen
class Shown:
    """Columns of the roster that a form shows as they are.

    Attributes:
        headers: Their headers.
    """

    headers: tuple[str, ...]

    def pairs(self, row: RosterRow) -> tuple[tuple[str, str], ...]:
        """Give header and text of each in a row."""
        return tuple(zip(self.headers, self.of(row), strict=True))

    def of(self, row: RosterRow) -> tuple[str, ...]:
        """Give their texts in a row."""
        texts = dict(row.passed_through)
        return tuple(texts.get(header, "") for header in self.headers)


def versions_of(scheme: Scheme, start: date, last: date) -> tuple[SchemeVersion, ...]:
    """Give the versions of a scheme that somebody may be under on these days, or the first where nobody is.

    A version is over with the first day of the next, or of the posts that move to that one later.
    """
    begun = [one for one in scheme.versions if one.from_day <= last]
    over = [*(last_stage(one) for one in begun[1:]), date.max]
    found = tuple(one for one, end in zip(begun, over, strict=False) if end > start)
    return found or scheme.versions[:1]


def shown_of(arguments: argparse.Namespace, roster: RosterRead) -> Shown:
    """Find the columns that a form shows: the name, and those that are asked for.

    Raises:
        ArgumentError: The roster has no such column among those that it passes through.
    """
    own = roster.unrecognised
    for header in arguments.show:
        if header not in own:
            raise ArgumentError("cli-no-such-header", value=header, accepted=list(own))
    names = [one for one in own if "".join(one.split()).casefold() in _NAMES]
    return Shown(tuple(dict.fromkeys((*names, *arguments.show))))


def setting_of(
    arguments: argparse.Namespace,
    shown: Shown,
    *,
    remarks: Iterable[str] = (),
    invented: bool = False,
) -> Setting:
    """Say what the office says about the form.

    Args:
        arguments: What `form_options` declares.
        shown: The columns of the roster that the form shows.
        remarks: Further remarks.
        invented: Whether the roster is the invented one that comes along.
    """
    from cwgrade.forms import Setting

    return Setting(
        office=arguments.office,
        title=arguments.title,
        shown=shown.headers,
        remarks=tuple(remarks),
        banner=(say("cli-invented-roster", {}, "zh"),) if invented else (),
        paper=arguments.paper,
    )


def assumed_remark(assumed: Iterable[str]) -> list[str]:
    """Say what was assumed of workers, if anything."""
    facts = printed("list").join(assumed)
    return [printed("assumed", facts=facts)] if facts else []
