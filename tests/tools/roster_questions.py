"""Questions about several workers at once: what is noted beside their pay, and what checks on a roster find.

They lie beside a fragment as `*.roster.toml`: `steps`, `month`, `[expect.notes]` with the notes of each worker by id,
`[expect.checks]` with what each check finds, and `[[workers]]` as in a worker file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import attrs

from cwgrade.checks import Finding, check_roster
from cwgrade.exchange.faults import read_strictly
from cwgrade.law.checks import CheckKind
from cwgrade.money import yuan_text
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.scheme import Scheme
from cwgrade.tomlfile import read_toml
from cwgrade.worker import Worker

__all__ = ["RosterQuestion", "found_on_roster", "read_roster_question", "roster_expected"]


@attrs.frozen(kw_only=True)
class _Expected:
    notes: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    checks: dict[str, str] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class RosterQuestion:
    """What is asked of a roster, and the answers derived by hand."""

    steps: str
    month: str
    expect: _Expected
    workers: tuple[Worker, ...]


def read_roster_question(path: Path) -> RosterQuestion:
    """Read a file of this kind."""
    read = read_toml(path)
    return read_strictly(read.table, RosterQuestion, file=read.file, line_of=read.line_of)


def roster_expected(question: RosterQuestion) -> dict[str, str]:
    """Give what is expected, as text by what is asked."""
    notes = {f"notes.{name}": "; ".join(told) for name, told in question.expect.notes.items()}
    return notes | {f"checks.{name}": told for name, told in question.expect.checks.items()}


def found_on_roster(question: RosterQuestion, scheme: Scheme) -> dict[str, str]:
    """Give what a scheme finds, in the form of `roster_expected`; `none` where it has no such check or note."""
    year, month = (int(part) for part in question.month.split("-"))
    slips = [(one, pay_for_month(one, scheme, year=year, month=month)) for one in question.workers]
    told = {f"notes.{one.id}": "; ".join(_notes(slip)) for one, slip in slips}
    told |= {f"checks.{one.check.name}": _found(one) for one in check_roster(scheme, slips)}
    return {name: told.get(name) or "none" for name in roster_expected(question)}


def _found(one: Finding) -> str:
    """Tell a finding: its state, and the average, sum or share that it rests on."""
    if one.found is None:
        return str(one.state)
    if one.check.kind is CheckKind.QUOTA:
        return f"{one.state} {one.found}"
    assert one.found.denominator == 1, "choose amounts that come out whole"
    return f"{one.state} {yuan_text(int(one.found))}"


def _notes(slip: Payslip) -> Iterator[str]:
    for note in slip.derivation.notes:
        facts = dict(note.facts)
        yield f"{facts['en']} {facts['zh']}" if note.code == "consequence" else note.code
