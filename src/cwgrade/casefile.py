"""Case files: one worker, one question, and the answer that a document prints or a person derived.

They lie beside a scheme (`ID.cases/*.toml`) and are run by `cwgrade check`. The format is described
in `docs/reference/case-file.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import attrs

from cwgrade.errors import SchemeFileError, WorkerFault, WorkerFileError
from cwgrade.exchange.faults import read_strictly, worker_faults
from cwgrade.exchange.strict import Fen
from cwgrade.tomlfile import path_text, read_toml
from cwgrade.worker import Worker

__all__ = ["Ask", "Case", "CaseKind", "Expected", "Status", "read_case"]

CaseKind = Literal["published", "derived"]
"""Whether the answer is printed in a document, or was derived by hand from its rules."""

Status = Literal["decided", "not_eligible", "not_applicable", "one_of", "unspecified"]
"""The kinds of outcome, as `outcomes.status_of` names them."""

_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@attrs.frozen(kw_only=True)
class Ask:
    """What a case asks: the grade on a day, the pay of a month, or both.

    Attributes:
        on: The day for which the grade is asked.
        year: The year of the month for which the pay is asked.
        month: The month 1 to 12.
        known_on: Only what was known by this day.
        beyond: What to do after the last attested day of the scheme.
    """

    on: date | None = None
    year: int | None = None
    month: int | None = None
    known_on: date | None = None
    beyond: Literal["refuse", "carry_forward"] = "refuse"


@attrs.frozen(kw_only=True)
class Expected:
    """The answer of a case; what is `None` or empty is not compared.

    Attributes:
        status: The kind of outcome of everything that is asked.
        grade: The grade.
        step: The step beside it.
        grades: The possible grades, for `one_of`.
        gross_fen: The sum of what is payable in the month, in fen.
        lines: Components and what is payable of each in the month, in fen.
    """

    status: Status = "decided"
    grade: int | None = None
    step: int | None = None
    grades: tuple[int, ...] = ()
    gross_fen: int | None = None
    lines: tuple[tuple[str, int], ...] = ()


@attrs.frozen(kw_only=True)
class Case:
    """A case with its expected answer.

    Attributes:
        worker: The worker's facts.
        kind: Whether the answer is printed in a document or derived by hand.
        source: Where it is printed, or the rules it is derived from.
        clause: The place in that document, where known.
        steps: For a derived case, the steps written out.
        ask: The question.
        expect: The answer.
    """

    worker: Worker
    kind: CaseKind
    source: str = ""
    clause: str = ""
    steps: str = ""
    ask: Ask
    expect: Expected


def read_case(path: Path) -> Case:
    """Read a case file.

    Args:
        path: The file.

    Raises:
        WorkerFileError: It is no case file; every fault that can be found is in it, with its line.
        OSError: The file cannot be opened.
    """
    try:
        read = read_toml(path)
    except SchemeFileError as error:
        raise worker_faults(error) from None
    written = read_strictly(read.table, _Written, file=read.file, line_of=read.line_of)
    faults = [
        WorkerFault(code, file=read.file, path=path_text(at), line=read.line_of(at), **facts)
        for code, at, facts in _disagreements(written)
    ]
    if faults:
        raise WorkerFileError(faults)
    return written.case_read()


# ---------------------------------------------------------------- the file as it is written


@attrs.frozen(kw_only=True)
class _Head:
    kind: CaseKind
    source: str = ""
    clause: str = ""
    steps: str = ""


@attrs.frozen(kw_only=True)
class _Ask:
    on: date | None = None
    month: str | None = None
    known_on: date | None = None
    beyond: Literal["refuse", "carry_forward"] = "refuse"


@attrs.frozen(kw_only=True)
class _Expect:
    status: Status = "decided"
    grade: int | None = None
    step: int | None = None
    grades: tuple[int, ...] = ()
    gross_yuan: Fen | None = None
    lines: dict[str, Fen] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class _Written:
    case: _Head
    ask: _Ask
    expect: _Expect
    worker: Worker

    def case_read(self) -> Case:
        """Give the case, once it is known to agree with itself."""
        month = _MONTH.fullmatch(self.ask.month or "")
        return Case(
            worker=self.worker,
            kind=self.case.kind,
            source=self.case.source,
            clause=self.case.clause,
            steps=self.case.steps,
            ask=Ask(
                on=self.ask.on,
                year=int(month[1]) if month else None,
                month=int(month[2]) if month else None,
                known_on=self.ask.known_on,
                beyond=self.ask.beyond,
            ),
            expect=Expected(
                status=self.expect.status,
                grade=self.expect.grade,
                step=self.expect.step,
                grades=self.expect.grades,
                gross_fen=self.expect.gross_yuan,
                lines=tuple(self.expect.lines.items()),
            ),
        )


_Told = tuple[str, tuple[str, ...], dict[str, Any]]


def _disagreements(written: _Written) -> Iterator[_Told]:
    """Find what is missing from a case, and what in it cannot hold together."""
    head, ask, expect = written.case, written.ask, written.expect
    if head.kind == "published" and not head.source.strip():
        yield "case-no-source", ("case", "source"), {"value": head.source}
    if head.kind == "derived" and not head.steps.strip():
        yield "case-no-steps", ("case", "steps"), {"value": head.steps}
    if ask.on is None and ask.month is None:
        yield "case-asks-nothing", ("ask",), {}
    if ask.month is not None and not _MONTH.fullmatch(ask.month):
        yield "not-a-month", ("ask", "month"), {"value": ask.month}
    given = {
        "grade": expect.grade is not None,
        "step": expect.step is not None,
        "grades": bool(expect.grades),
        "gross_yuan": expect.gross_yuan is not None,
        "lines": bool(expect.lines),
    }
    for name, asked, needed in (
        ("grade", ask.on, "on"),
        ("step", ask.on, "on"),
        ("grades", ask.on, "on"),
        ("gross_yuan", ask.month, "month"),
        ("lines", ask.month, "month"),
    ):
        if given[name] and asked is None:
            yield "case-not-asked", ("expect", name), {"value": name, "needed": needed}
    for name, status in (
        ("grade", "decided"),
        ("step", "decided"),
        ("grades", "one_of"),
        ("gross_yuan", "decided"),
    ):
        if given[name] and expect.status != status:
            facts = {"value": name, "status": expect.status, "needed": status}
            yield "case-contradicts-itself", ("expect", name), facts
    if expect.status == "decided" and not any(given.values()):
        yield "case-expects-nothing", ("expect",), {}
