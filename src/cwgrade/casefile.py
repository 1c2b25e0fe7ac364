"""Case files: one worker, one question, and the answer that a document prints or a person derived.

They lie beside a scheme (`ID.cases/*.toml`) and are run by `cwgrade check`. The format is described
in `docs/reference/case-file.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, Literal

import attrs

from cwgrade.dates import FIRST_YEAR
from cwgrade.errors import (
    ArgumentError,
    FileFault,
    NotInForce,
    SchemeFileError,
    WorkerFault,
    WorkerFileError,
)
from cwgrade.exchange.faults import read_strictly, worker_faults
from cwgrade.exchange.strict import Fen
from cwgrade.law.ladder import Ladder
from cwgrade.questions import Standpoint
from cwgrade.rosterfile.printed import with_printed
from cwgrade.rosterfile.spellings import Spellings
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile import assume
from cwgrade.schemefile.problems import typed
from cwgrade.schemefile.suggest import offer
from cwgrade.sources import Label
from cwgrade.tomlfile import TomlFile, path_text, read_toml
from cwgrade.worker import NATIONAL_FACTS, Unknown, Worker

__all__ = ["Ask", "Case", "CaseKind", "Expected", "Status", "read_case", "version_of_case"]

CaseKind = Literal["published", "derived"]
"""Whether the answer is printed in a document, or was derived by hand from its rules."""

Status = Literal["decided", "not_eligible", "not_applicable", "one_of", "unspecified"]
"""The kinds of outcome, as `outcomes.status_of` names them."""

_RUNGS: Final = {"grade": {"en": "grade", "zh": "等级"}, "step": {"en": "step", "zh": "档次"}}
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
        status: The kind of outcome of the grade and the pay, whichever is asked.
        grade: The grade.
        step: The step beside it.
        grades: The possible grades, for `one_of`.
        gross_fen: The sum of what is payable in the month, in fen.
        lines: Components and what is payable of each in the month, in fen.
        quantities: Quantities by name, and the value of each on the day, in the unit a scheme file writes it in.
    """

    status: Status = "decided"
    grade: int | None = None
    step: int | None = None
    grades: tuple[int, ...] = ()
    gross_fen: int | None = None
    lines: tuple[tuple[str, int], ...] = ()
    quantities: tuple[tuple[str, Fraction | str], ...] = ()

    @property
    def of_grade(self) -> bool:
        """Whether something of the grade is expected; quantities alone say nothing of it, as a scheme may have none."""
        graded = self.grade is not None or self.step is not None or bool(self.grades)
        return graded or self.status != "decided" or not self.quantities


@attrs.frozen(kw_only=True)
class Case:
    """A case with its expected answer.

    Attributes:
        worker: The worker's facts.
        kind: Whether the answer is printed in a document or derived by hand.
        source: Where it is printed, or the rules it is derived from.
        clause: The place in that document, where known.
        steps: For a derived case, the steps written out.
        assume: Paths of what the scheme leaves open, and the values assumed there.
        ask: The question.
        expect: The answer.
    """

    worker: Worker
    kind: CaseKind
    source: str = ""
    clause: str = ""
    steps: str = ""
    assume: tuple[tuple[str, Any], ...] = ()
    ask: Ask
    expect: Expected


def read_case(path: Path, scheme: Scheme | None = None) -> Case:
    """Read a case file.

    Args:
        path: The file.
        scheme: The scheme that it is about; what the case names has to be in it.

    Raises:
        WorkerFileError: It is no case file; every fault that can be found is in it, with its line.
        OSError: The file cannot be opened.
    """
    try:
        read = read_toml(path)
    except SchemeFileError as error:
        raise worker_faults(error) from None
    written = read_strictly(read.table, _Written, file=read.file, line_of=read.line_of)
    told = [*_disagreements(written)]
    case = written.case_read()
    if scheme is not None:
        case = _in_ids(case, scheme)
        told += _strangers(case, scheme)
    if told:
        faults = [_fault(read, *one) for one in told]
        raise WorkerFileError(sorted(faults, key=lambda fault: fault.line or 0))
    return case


def version_of_case(case: Case, scheme: Scheme) -> SchemeVersion:
    """Give the version that a case is about: the one in force when it asks, and the newest where none is."""
    ask = case.ask
    asked = Standpoint(case.worker, scheme, ask.known_on, ask.beyond)
    try:
        if ask.on is not None:
            return asked.version_on(ask.on)
        first = date(ask.year or FIRST_YEAR, ask.month or 1, 1)
        return asked.version_of_month(first)
    except NotInForce:
        return scheme.versions[-1]


def _fault(read: TomlFile, code: str, at: _At, facts: dict[str, Any]) -> WorkerFault:
    return WorkerFault(code, file=read.file, path=path_text(at), line=read.line_of(at), **facts)


# ---------------------------------------------------------------- the file as it is written


@attrs.frozen(kw_only=True)
class _Head:
    kind: CaseKind
    source: str = ""
    clause: str = ""
    steps: str = ""


def _check_month(_written: object, _field: object, month: str | None) -> None:
    if month is not None and not _MONTH.fullmatch(month):
        raise ArgumentError("not-a-month", value=month)


@attrs.frozen(kw_only=True)
class _Ask:
    on: date | None = None
    month: str | None = attrs.field(default=None, validator=_check_month)
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
    quantities: dict[str, Any] = attrs.field(factory=dict)


@attrs.frozen(kw_only=True)
class _Written:
    case: _Head
    assume: dict[str, Any] = attrs.field(factory=dict)
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
            assume=tuple(self.assume.items()),
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
                quantities=tuple(
                    (name, value if isinstance(value, str) else Fraction(value))
                    for name, value in self.expect.quantities.items()
                    if _is_value(value)
                ),
            ),
        )


_At = tuple[str | int, ...]
_Told = tuple[str, _At, dict[str, Any]]


def _disagreements(written: _Written) -> Iterator[_Told]:
    """Find what is missing from a case, and what in it cannot hold together."""
    head, ask, expect = written.case, written.ask, written.expect
    if head.kind == "published" and not head.source.strip():
        yield "case-no-source", ("case", "source"), {"value": head.source}
    if head.kind == "derived" and not head.steps.strip():
        yield "case-no-steps", ("case", "steps"), {"value": head.steps}
    if ask.on is None and ask.month is None:
        yield "case-asks-nothing", ("ask",), {}
    given = {
        "grade": expect.grade is not None,
        "step": expect.step is not None,
        "grades": bool(expect.grades),
        "gross_yuan": expect.gross_yuan is not None,
        "lines": bool(expect.lines),
        "quantities": bool(expect.quantities),
    }
    for name, value in expect.quantities.items():
        if not _is_value(value):
            yield "case-no-value", ("expect", "quantities", name), {"value": typed(value)}
    for name, asked, needed in (
        ("grade", ask.on, "on"),
        ("step", ask.on, "on"),
        ("grades", ask.on, "on"),
        ("gross_yuan", ask.month, "month"),
        ("lines", ask.month, "month"),
        ("quantities", ask.on, "on"),
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


def _is_value(value: object) -> bool:
    return isinstance(value, str | int | Decimal) and not isinstance(value, bool)


# --- printed names


def _in_ids(case: Case, scheme: Scheme) -> Case:
    """Give a case with ids in the place of the printed names that mean one thing."""
    known, version = with_printed(Spellings(), scheme), version_of_case(case, scheme)
    worker, expect = case.worker, case.expect
    facts = [(one, known.own_name("facts", one.name) or one.name) for one in worker.facts]
    lines = _by_label((one.label, one.name) for one in version.pay)
    quantities = _by_label((one.label, one.name) for one in version.normal_form.definitions)
    return attrs.evolve(
        case,
        worker=attrs.evolve(
            worker,
            facts=tuple(
                attrs.evolve(one, name=name, value=_value_id(known, name, one.value))
                for one, name in facts
            ),
            supplied=tuple(
                attrs.evolve(
                    one, component=known.own_name("supplied", one.component) or one.component
                )
                for one in worker.supplied
            ),
        ),
        expect=attrs.evolve(
            expect,
            lines=tuple((lines.get(name, name), fen) for name, fen in expect.lines),
            quantities=tuple((quantities.get(name, name), one) for name, one in expect.quantities),
        ),
    )


def _value_id(known: Spellings, fact: str, value: str | Unknown) -> str | Unknown:
    if isinstance(value, Unknown):
        return value
    return known.open_value(fact, value) or value


def _by_label(labels: Iterable[tuple[Label | None, str]]) -> dict[str, str]:
    """Give the ids by printed name; ids mean themselves, and a name of two things means neither."""
    listed = list(labels)
    meant: dict[str, set[str]] = {}
    for label, name in listed:
        for word in (label.zh, label.en) if label is not None else ():
            meant.setdefault(word, set()).add(name)
    clear = {word: min(names) for word, names in meant.items() if len(names) == 1}
    return clear | {name: name for _, name in listed}


# --- what the scheme does not have


def _strangers(case: Case, scheme: Scheme) -> Iterator[_Told]:
    """Find what a case names and its scheme does not have."""
    version, expect = version_of_case(case, scheme), case.expect
    yield from _sources(case, scheme)
    yield from _facts(case, scheme)
    for name, _ in expect.lines:
        if version.component(name) is None:
            known = [one.name for one in version.pay]
            yield (
                "case-no-component",
                ("expect", "lines", name),
                {"value": name, **offer(name, known)},
            )
    for name, _ in expect.quantities:
        if version.normal_form.get(name) is None:
            known = [one.name for one in version.normal_form.definitions]
            at = ("expect", "quantities", name)
            yield "case-no-quantity", at, {"value": name, **offer(name, known)}
    yield from _rungs("grade", version.ladder, (expect.grade,))
    yield from _rungs("grade", version.ladder, expect.grades, key="grades")
    yield from _rungs("step", version.step, (expect.step,))
    yield from _assumed(case, scheme)


def _sources(case: Case, scheme: Scheme) -> Iterator[_Told]:
    """Find a published answer whose document the scheme does not know."""
    sources = dict(pair for version in scheme.versions for pair in version.sources)
    titles = [source.instrument for source in sources.values()]
    if case.kind == "published" and case.source.strip() and case.source not in (*sources, *titles):
        facts = {"value": case.source, **offer(case.source, [*sources, *titles])}
        yield "case-no-such-source", ("case", "source"), facts


def _facts(case: Case, scheme: Scheme) -> Iterator[_Told]:
    """Find facts of the worker that no version of the scheme reads."""
    declared = (one.name for version in scheme.versions for one in version.facts)
    known = tuple(dict.fromkeys((*declared, *NATIONAL_FACTS)))
    for place, fact in enumerate(case.worker.facts):
        if fact.name not in known:
            facts = {"value": fact.name, **offer(fact.name, known)}
            yield "case-no-fact", ("worker", "facts", place, "name"), facts


def _rungs(
    name: str, ladder: Ladder | None, expected: tuple[int | None, ...], *, key: str = ""
) -> Iterator[_Told]:
    at = ("expect", key or name)
    told = {"rung": _RUNGS[name]}
    for rung in expected:
        if rung is None:
            continue
        if ladder is None:
            yield "case-no-ladder", at, {"value": rung, **told}
        elif not ladder.rungs[0] <= rung <= ladder.rungs[1]:
            low, high = ladder.rungs
            yield "case-no-such-rung", at, {"value": rung, "low": low, "high": high, **told}


def _assumed(case: Case, scheme: Scheme) -> Iterator[_Told]:
    """Find what cannot be assumed, each path by itself; a key that goes with another is tried with all."""
    values = dict(case.assume)
    while values:
        try:
            assume(scheme, values)
        except ArgumentError as error:
            path = str(error.facts.get("path", error.facts.get("value")))
            told = path in values
            yield error.code, ("assume", *((path,) if told else ())), error.facts
            if told:
                # the others are tried without it
                del values[path]
                continue
        except SchemeFileError as error:
            for one in error.exceptions:
                if isinstance(one, FileFault):
                    yield one.code, ("assume", one.path), one.facts
        return
