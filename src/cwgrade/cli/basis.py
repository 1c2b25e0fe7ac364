"""What a table about months of a roster rests on: schemes, months, assumptions, and what is invented in it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.cli.options import assumed, month_of
from cwgrade.cli.places import each_scheme, scheme_ids
from cwgrade.errors import ArgumentError, CwgradeError
from cwgrade.rosterfile import Cell, Roster, RosterRow
from cwgrade.scheme import Scheme, Schemes, SchemeStatus
from cwgrade.wording import Language, say

__all__ = [
    "Basis",
    "assumed_of_workers",
    "failure_text",
    "fault_text",
    "month_text",
    "months_asked",
]

_MOST_MONTHS: Final = 600


@attrs.frozen(kw_only=True)
class Basis:
    """What the rows of a table rest on.

    Attributes:
        roster: The roster.
        schemes: The scheme with its figures, or those of several places.
        months: The months asked for, in order; none where a day is asked for.
        assumed: What was assumed of workers, such as `honours=none`.
        invented_roster: Whether the roster is the invented one that comes along.
    """

    roster: Roster
    schemes: Scheme | Schemes
    months: tuple[tuple[int, int], ...]
    assumed: tuple[str, ...] = ()
    invented_roster: bool = False

    @property
    def ids(self) -> str:
        """The ids of the schemes."""
        return scheme_ids(self.schemes)

    @property
    def span(self) -> str:
        """The first and the last month."""
        first, last = month_text(*self.months[0]), month_text(*self.months[-1])
        return first if first == last else f"{first} – {last}"

    @property
    def all_assumed(self) -> tuple[str, ...]:
        """What was assumed of workers and in the schemes, each once."""
        versions = (version for one in each_scheme(self.schemes) for version in one.versions)
        told = (*self.assumed, *(text for version in versions for text in version.assumed))
        return tuple(dict.fromkeys(told))

    def as_json(self) -> dict[str, Any]:
        """Give it as plain JSON data, for the head of a result."""
        schemes = each_scheme(self.schemes)
        versions = [version for one in schemes for version in one.versions]
        months = [month_text(*one) for one in self.months]
        return {
            "schemes": [{"id": one.id, "digest": one.digest} for one in versions],
            **({"months": months} if months else {}),
            "assumed": list(self.all_assumed),
            "invented": {
                "scheme": any(one.status is SchemeStatus.SAMPLE for one in versions),
                "roster": self.invented_roster,
            },
        }

    def inventions(self, lang: Language) -> Iterator[str]:
        """Say what is invented: a scheme, the roster, both or nothing."""
        versions = (version for one in each_scheme(self.schemes) for version in one.versions)
        if any(version.status is SchemeStatus.SAMPLE for version in versions):
            yield say("cli-invented-scheme", {}, lang)
        if self.invented_roster:
            yield say("cli-invented-roster", {}, lang)

    def remarks(self, lang: Language) -> Iterator[tuple[str, Cell]]:
        """Give what stands below a table, each with its label."""
        for scheme in each_scheme(self.schemes):
            yield say("cli-sum-id", {}, lang), scheme.id
            for version in scheme.versions:
                yield say("cli-sum-digest", {}, lang), version.digest
        if self.roster.orphans:
            yield say("cli-sum-orphans", {}, lang), len(self.roster.orphans)
        if self.all_assumed:
            names = {"names": list(self.all_assumed)}
            yield say("cli-sum-assumed", {}, lang), say("cli-sum-list", names, lang)
        for text in self.inventions(lang):
            yield say("cli-sum-invented", {}, lang), text


def month_text(year: int, month: int) -> str:
    """Write a month as `2018-03`."""
    return f"{year:04d}-{month:02d}"


def months_asked(arguments: argparse.Namespace) -> tuple[tuple[int, int], ...]:
    """Give the months from `--from` to `--to`, both included.

    Raises:
        ArgumentError: They are no months, out of order, or too many.
    """
    first, last = str(vars(arguments)["from"]), str(arguments.to)
    start, end = month_of(first), month_of(last)
    months = tuple(_each(date(*start, 1), date(*end, 1)))
    if not months:
        raise ArgumentError("cli-months-backwards", first=first, second=last)
    if len(months) > _MOST_MONTHS:
        raise ArgumentError("cli-too-many-months", value=len(months), most=_MOST_MONTHS)
    return months


def _each(start: date, end: date) -> Iterator[tuple[int, int]]:
    from cwgrade.dates import next_month

    while start <= end:
        yield start.year, start.month
        start = next_month(start)


def assumed_of_workers(texts: Sequence[str]) -> tuple[str, ...]:
    """Give what is assumed of workers as it is told in results."""
    return tuple(f"{fact}={value}" for fact, value in assumed(texts).items())


def fault_text(row: RosterRow, lang: Language) -> str:
    """Say every fault of a row that could not be read."""
    return "; ".join(fault.text(lang) for fault in row.faults)


def failure_text(failure: Exception, lang: Language) -> str:
    """Say what was raised in the middle of a row."""
    if isinstance(failure, CwgradeError):
        return failure.text(lang)
    facts = {"kind": type(failure).__name__, "value": str(failure)}
    return say("cli-internal-error", facts, lang)
