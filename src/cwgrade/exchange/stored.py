"""Stored answers: what was asked, of whom, under which rules, and what came out, to be found again years later.

A stored answer names its rules by the digest of the bytes that `freeze` gave. A later version of the library reads
both, asks the same question again and says what has come to differ. It may tell more than was stored, never less.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Final, Literal

import attrs

from cwgrade.arrears import Arrears, Open, Paid, Snapshot, arrears_between
from cwgrade.canonical import canonical_json, digest, plain
from cwgrade.dates import days_of_month
from cwgrade.errors import ArgumentError, CwgradeError, WorkerFault, WorkerFileError
from cwgrade.exchange.faults import read_strictly
from cwgrade.exchange.frozen import Frozen
from cwgrade.exchange.results import (
    derivation_to_json,
    grading_to_json,
    outcome_to_json,
    payslip_to_json,
)
from cwgrade.grading import Grading, grade_on
from cwgrade.pay import Payslip, pay_for_month, pay_on
from cwgrade.reasons import Derivation
from cwgrade.scheme import Beyond
from cwgrade.worker import Worker

__all__ = [
    "FORMAT",
    "Answered",
    "BackPayRequest",
    "DayRequest",
    "Differs",
    "MonthRequest",
    "Recomputed",
    "Request",
    "arrears_to_json",
    "ask",
    "recompute",
    "rules_of",
    "store",
]

FORMAT: Final = "cwgrade-stored/1"

Answered = Payslip | Grading | Arrears
"""What a request is answered with."""


@attrs.frozen(kw_only=True)
class MonthRequest:
    """The pay of a month (`pay_for_month`).

    Attributes:
        scheme: The scheme's id.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
    """

    asks: ClassVar[str] = "pay_for_month"
    scheme: str
    year: int
    month: int
    known_on: date | None = None
    beyond: Beyond = "refuse"

    def __attrs_post_init__(self) -> None:
        days_of_month(self.year, self.month)


@attrs.frozen(kw_only=True)
class DayRequest:
    """The grade on a day (`grade_on`), or the full monthly entitlement on it (`pay_on`).

    Attributes:
        what: `grade` or `pay`.
        scheme: The scheme's id.
        on: The day, asked at its start.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of the scheme.
    """

    asks: ClassVar[str] = "on_day"
    what: Literal["grade", "pay"] = "grade"
    scheme: str
    on: date
    known_on: date | None = None
    beyond: Beyond = "refuse"


@attrs.frozen(kw_only=True)
class BackPayRequest:
    """Back pay between two days of knowing (`arrears_between`).

    Attributes:
        scheme: The scheme's id.
        months: The year and month of each month asked for.
        known_before: The earlier day of knowing; `None` uses everything on file.
        known_after: The later day of knowing.
        before: The worker's facts as they were on file earlier; those of the stored answer where left out.
        paid: What was really paid; `None` compares with what was due.
        beyond: What to do after the last attested day of the scheme.
    """

    asks: ClassVar[str] = "arrears_between"
    scheme: str
    months: tuple[tuple[int, int], ...]
    known_before: date | None = None
    known_after: date | None = None
    before: Worker | None = None
    paid: tuple[Paid, ...] | None = None
    beyond: Beyond = "refuse"


Request = MonthRequest | DayRequest | BackPayRequest
_REQUESTS: Final[Mapping[str, type[Request]]] = {
    one.asks: one for one in (MonthRequest, DayRequest, BackPayRequest)
}


def ask(request: Request, worker: Worker, rules: Frozen) -> Answered:
    """Answer a request by frozen rules.

    Args:
        request: What is asked.
        worker: The worker's facts.
        rules: The rules.

    Raises:
        NotInForce: The scheme does not apply on that day.
        ArgumentError: The rules have no such scheme, or there is no such month.

    Examples:
        >>> from cwgrade import ServiceSpell, load_scheme
        >>> from cwgrade.exchange import freeze, thaw
        >>> rules = thaw(freeze(load_scheme("changsha-furong-2018")))
        >>> worker = Worker(id="7", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
        >>> request = MonthRequest(scheme="changsha-furong-2018", year=2018, month=3)
        >>> ask(request, worker, rules).gross_fen
        396000
    """
    scheme = rules.scheme(request.scheme)
    match request:
        case MonthRequest(year=year, month=month, known_on=known_on, beyond=beyond):
            return pay_for_month(
                worker, scheme, year=year, month=month, known_on=known_on, beyond=beyond
            )
        case DayRequest(on=on, known_on=known_on, beyond=beyond):
            asked = pay_on if request.what == "pay" else grade_on
            return asked(worker, scheme, on=on, known_on=known_on, beyond=beyond)
        case BackPayRequest():
            return arrears_between(
                Snapshot(
                    worker=request.before or worker, scheme=scheme, known_on=request.known_before
                ),
                Snapshot(worker=worker, scheme=scheme, known_on=request.known_after),
                months=request.months,
                paid=request.paid,
                beyond=request.beyond,
            )


def store(
    request: Request, worker: Worker, answer: Answered, rules: Frozen, *, reasons: bool = True
) -> bytes:
    """Write an answer with everything that it takes to find it again, except the rules, which are named by digest.

    Args:
        request: What was asked.
        worker: The worker's facts.
        answer: What came out, such as `ask` gave.
        rules: The rules it rests on.
        reasons: Whether the derivation is written too. It is many times longer than the answer.

    Returns:
        Canonical JSON on one line, UTF-8.
    """
    body: dict[str, Any] = {
        "format": FORMAT,
        "rules": rules.digest,
        "request": {"asks": request.asks, **plain(request)},
        "worker": plain(worker),
        "answer": _answer(answer),
    }
    derivation = _derivation(answer)
    if derivation is not None:
        body["rests_on"] = _rests_on(derivation)
        if reasons:
            body["reasons"] = derivation_to_json(derivation)
    return canonical_json({**body, "digest": digest(body)})


@attrs.frozen(kw_only=True)
class Differs:
    """One thing that is not what was stored.

    Attributes:
        path: Where it stands in the stored answer, such as `answer.outcome.value`.
        stored: What was stored, as JSON.
        found: What comes out now, as JSON.
    """

    path: str
    stored: str
    found: str


@attrs.frozen(kw_only=True)
class Recomputed:
    """A stored answer that was asked for again.

    Attributes:
        digest: The digest of the stored answer.
        worker: The worker's facts.
        request: What is asked.
        found: What comes out now; `None` where nothing does.
        differs: What is not as it was stored; empty where the answer is the same.
        same_reasons: Whether the derivation is the same too; `None` where none was stored. Reasons may be told in other
            steps by a later version.
    """

    digest: str
    worker: Worker
    request: Request
    found: Answered | None
    differs: tuple[Differs, ...]
    same_reasons: bool | None = None


def rules_of(data: bytes, *, file: str = "", line: int | None = None) -> str:
    """Give the digest of the rules that a stored answer rests on.

    Raises:
        WorkerFileError: It is no stored answer, or was changed.
    """
    return str(_checked(data, file, line)["rules"])


def recompute(data: bytes, rules: Frozen, *, file: str = "", line: int | None = None) -> Recomputed:
    """Ask the question of a stored answer again.

    Args:
        data: What `store` gave, in this version of the library or an earlier one.
        rules: The rules it names.
        file: The file's name, for messages.
        line: The line in it.

    Returns:
        What comes out now, and everything stored that is not told again.

    Raises:
        WorkerFileError: It is no stored answer, or was changed; one fault for each thing that is wrong.
        ArgumentError: It rests on other rules.
    """
    read = _checked(data, file, line)
    if read["rules"] != rules.digest:
        raise ArgumentError("stored-other-rules", value=rules.digest, needed=read["rules"])

    def at(_path: object) -> int | None:
        return line

    asked = dict(read["request"])
    kind = _REQUESTS.get(asked.pop("asks", None))
    if kind is None:
        raise _fault("stored-not-an-answer", file, line, accepted=[FORMAT])
    request = read_strictly(asked, kind, file=file, line_of=at, under=("request",))
    worker = read_strictly(read["worker"], Worker, file=file, line_of=at, under=("worker",))
    told: dict[str, Any] = {"answer": read["answer"]}
    found: Answered | None = None
    now: dict[str, Any] = {}
    try:
        found = ask(request, worker, rules)
        now["answer"] = _answer(found)
    except CwgradeError as error:
        now["answer"] = {"refused": error.code}
    derivation = None if found is None else _derivation(found)
    if "rests_on" in read:
        told["rests_on"] = {**read["rests_on"], "digest": rules.now(read["rests_on"]["digest"])}
        now["rests_on"] = {} if derivation is None else _rests_on(derivation)
    same = None
    if "reasons" in read and derivation is not None:
        same = read["reasons"].get("root") == derivation_to_json(derivation)["root"]
    return Recomputed(
        digest=read["digest"],
        worker=worker,
        request=request,
        found=found,
        differs=tuple(_differences(told, now, "")),
        same_reasons=same,
    )


def arrears_to_json(arrears: Arrears) -> dict[str, Any]:
    """Give back pay as plain JSON data; amounts are whole fen."""
    months = [
        {
            **plain(attrs.evolve(one, open=())),
            "fen": one.fen,
            "open": [_open(reason) for reason in one.open],
        }
        for one in arrears.months
    ]
    return {"worker_id": arrears.worker_id, "total_fen": arrears.total_fen, "months": months}


def _open(reason: Open) -> dict[str, Any]:
    error = reason.not_in_force
    return {
        "side": reason.side,
        "outcome": None if reason.outcome is None else outcome_to_json(reason.outcome),
        "not_in_force": None if error is None else error.code,
    }


def _checked(data: bytes, file: str, line: int | None) -> dict[str, Any]:
    """Read a stored answer, and check that it is what was written."""
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise _fault("stored-not-an-answer", file, line, accepted=[FORMAT])
    body = {name: one for name, one in read.items() if name != "digest"}
    if read.get("digest") != digest(body):
        raise _fault("stored-changed", file, line, value=str(read.get("digest")))
    if not all(isinstance(read.get(name), dict) for name in ("request", "worker", "answer")):
        raise _fault("stored-not-an-answer", file, line, accepted=[FORMAT])
    return read


def _fault(code: str, file: str, line: int | None, **facts: Any) -> WorkerFileError:
    return WorkerFileError([WorkerFault(code, file=file, line=line, **facts)])


def _answer(answer: Answered) -> dict[str, Any]:
    if isinstance(answer, Arrears):
        return arrears_to_json(answer)
    told = payslip_to_json(answer) if isinstance(answer, Payslip) else grading_to_json(answer)
    return {name: one for name, one in told.items() if name != "derivation"}


def _derivation(answer: Answered) -> Derivation | None:
    return None if isinstance(answer, Arrears) else answer.derivation


def _rests_on(derivation: Derivation) -> dict[str, Any]:
    """Give what identifies the facts and rules of an answer."""
    return {
        "scheme": derivation.scheme_id,
        "revision": derivation.revision,
        "digest": derivation.digest,
        "facts_digest": derivation.facts_digest,
        "assumed": list(derivation.assumed),
    }


def _differences(told: object, now: object, path: str) -> Iterator[Differs]:
    """Compare what was stored with what comes out; what is told beside it is no difference."""
    match told, now:
        case dict(), dict():
            for name, one in told.items():
                inner = f"{path}.{name}" if path else str(name)
                if name in now:
                    yield from _differences(one, now[name], inner)
                else:
                    yield Differs(path=inner, stored=_shown(one), found="")
        case list(), list() if len(told) == len(now):
            for place, (one, other) in enumerate(zip(told, now, strict=True)):
                yield from _differences(one, other, f"{path}[{place}]")
        case _:
            if told != now or type(told) is not type(now):
                yield Differs(path=path, stored=_shown(told), found=_shown(now))


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
