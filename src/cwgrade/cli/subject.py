"""One worker of a command: of a roster by id, or of a worker file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import attrs

from cwgrade.cli.options import assumed, roster_named
from cwgrade.errors import ArgumentError, FileFault
from cwgrade.rosterfile import Roster as RosterRead
from cwgrade.rosterfile import RosterRow
from cwgrade.scheme import Scheme, Schemes
from cwgrade.wording import Language, say
from cwgrade.worker import Worker

__all__ = ["RowIsFaulty", "Subject", "faults_of", "subject_asked", "worker_asked"]

_ROSTER_ONLY: Final = ("assume", "spellings")


class RowIsFaulty(Exception):  # noqa: N818 -- a finding, told by the command
    """The row of the worker is faulty."""

    def __init__(self, number: int, worker_id: str, faults: tuple[FileFault, ...]) -> None:
        super().__init__(number)
        self.number = number
        self.worker_id = worker_id
        self.faults = faults


@attrs.frozen
class Subject:
    """One worker, and where a roster has it.

    Attributes:
        worker: The worker.
        roster: The roster; `None` where the worker has a file of its own.
        row: Its row in the roster.
    """

    worker: Worker
    roster: RosterRead | None = None
    row: RosterRow | None = None


def worker_asked(
    arguments: argparse.Namespace,
    schemes: Scheme | Schemes | None,
    month: tuple[int, int] | None,
    lang: Language,
) -> Worker:
    """Read the worker that a command is about; see `subject_asked`."""
    return subject_asked(arguments, schemes, month, lang).worker


def subject_asked(
    arguments: argparse.Namespace,
    schemes: Scheme | Schemes | None,
    month: tuple[int, int] | None,
    lang: Language,
) -> Subject:
    """Read the worker that a command is about, with its row.

    Args:
        arguments: What was given: `roster_or_worker`, `id`, `assume`, `spellings`.
        schemes: The schemes that are asked, whose printed names a roster may use.
        month: The month whose pay is asked for, where it is one.
        lang: The language of notices.

    Raises:
        RowIsFaulty: The row of the roster could not be read.
        CwgradeError: The command or a file is wrong.
    """
    from cwgrade.exchange import read_worker

    path = Path(arguments.roster_or_worker)
    if path.suffix.casefold() == ".toml":
        for name in _ROSTER_ONLY:
            given = getattr(arguments, name)
            if name == "assume":
                given = assumed(given)
            if given:
                raise ArgumentError("cli-roster-only", name=f"--{name}")
        worker = read_worker(path)
        if arguments.id not in (None, worker.id):
            raise ArgumentError("cli-id-other", file=str(path), found=worker.id, value=arguments.id)
        return Subject(worker)
    from cwgrade.rosterfile import read_roster

    found = roster_named(arguments.roster_or_worker, lang)
    if arguments.id is None:
        raise ArgumentError("cli-id-needed", file=str(found.path))
    roster = read_roster(
        found.path,
        assume=assumed(arguments.assume),
        spellings=Path(arguments.spellings) if arguments.spellings else None,
        pay_month=month,
        scheme=schemes,
    )
    row = next((row for row in roster.rows if row.worker_id == arguments.id), None)
    if row is None:
        meant = _near_id(arguments.id, [row.worker_id for row in roster.rows])
        raise ArgumentError("cli-id-unknown", file=str(found.path), value=arguments.id, near=meant)
    if row.worker is None:
        raise RowIsFaulty(row.number, row.worker_id, row.faults)
    return Subject(row.worker, roster, row)


def _near_id(typed: str, ids: list[str]) -> str | None:
    """Give the id that may be meant: one that differs by leading zeros, which are easily lost, before any other."""
    from cwgrade.tomlfile import near

    bare = typed.lstrip("0")
    without = (one for one in ids if bare and one.lstrip("0") == bare)
    return next(without, None) or near(typed, ids)


def faults_of(row: RowIsFaulty, lang: Language) -> list[str]:
    """Say what is wrong with a row, one line for each fault."""
    head = say("cli-row-faulty", {"row": row.number, "value": row.worker_id}, lang)
    return [head, *(f"  {fault.text(lang)}" for fault in row.faults)]
