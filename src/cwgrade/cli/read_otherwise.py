"""A roster's grades under other readings of counting and timing: as a value, a table, JSON and a summary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.career.forecast import with_ratings
from cwgrade.career.sensitivity import Difference, Reading, differences_of, readings_of
from cwgrade.cli.basis import Basis, failure_text, fault_text
from cwgrade.cli.once import Once
from cwgrade.cli.progress import with_progress
from cwgrade.dates import add_months
from cwgrade.grading import Placement
from cwgrade.outcomes import Decided, OneOf, Outcome, Unspecified, status_of
from cwgrade.rosterfile import Cell, RosterRow
from cwgrade.scheme import Beyond, Scheme, SchemeVersion
from cwgrade.statement.outcomes import outcome_sentences, placement_words
from cwgrade.statement.terminal import table_lines
from cwgrade.statement.words import Words
from cwgrade.wording import Language, say, term
from cwgrade.worker import Worker

__all__ = [
    "KINDS",
    "ReadOtherwise",
    "header_of",
    "json_of",
    "read_otherwise",
    "rows_of",
    "summary_of",
    "sums_of",
]

KINDS: Final = (".csv", ".xlsx", ".json")
"""Endings of the result."""
_COLUMNS: Final = (
    "row",
    "worker-id",
    "status",
    "field",
    "stated",
    "read",
    "as-stated",
    "otherwise",
    "months",
)
_LOOKED_AHEAD: Final = 120
"""Months after the day for which a rating may be assumed: as far as two readings are compared."""
_MOST_SHOWN: Final = 20


@attrs.frozen(kw_only=True)
class AskedRow:
    """A row and under which readings it is graded differently.

    Attributes:
        row: The row.
        as_stated: The answer under the scheme as it is; `None` where the row could not be asked.
        differences: One for each reading, `None` where there is none.
        failure: What was raised in the middle of the row.
    """

    row: RosterRow
    as_stated: Outcome[Placement] | None = None
    differences: tuple[Difference | None, ...] = ()
    failure: Exception | None = None

    @property
    def status(self) -> str:
        """`bad_row`, `different` or `same`."""
        if self.as_stated is None:
            return "bad_row"
        return "different" if any(self.differences) else "same"


@attrs.frozen(kw_only=True)
class ReadOtherwise:
    """Every row of a roster under every reading.

    Attributes:
        basis: What it rests on.
        version: The version that is read otherwise.
        on: The day.
        readings: The readings, in the order of the scheme file.
        rows: Every row.
    """

    basis: Basis
    version: SchemeVersion
    on: date
    readings: tuple[Reading, ...]
    rows: tuple[AskedRow, ...]

    @property
    def unsettled(self) -> bool:
        """Whether a row could not be asked, or its grade is not certain under the scheme as it is."""
        is_open = (
            one.as_stated is None or isinstance(one.as_stated, OneOf | Unspecified)
            for one in self.rows
        )
        return bool(self.basis.roster.orphans) or any(is_open)

    def concerned(self, place: int) -> tuple[str, ...]:
        """Give the ids of those who are graded differently under a reading."""
        return tuple(
            one.row.worker_id for one in self.rows if one.differences and one.differences[place]
        )


def read_otherwise(
    basis: Basis,
    scheme: Scheme,
    *,
    on: date,
    rated: str | None,
    known_on: date | None,
    beyond: Beyond,
) -> ReadOtherwise:
    """Ask every row of a roster under every reading of a scheme.

    Args:
        basis: The roster, and what was assumed of it.
        scheme: The scheme.
        on: The day.
        rated: The rating to assume for years that have none, from that of the day on.
        known_on: Only what was known by this day.
        beyond: What to do after the last attested day of the scheme.

    Raises:
        NotInForce: The scheme does not apply on that day.
    """
    readings = readings_of(scheme, on=on, known_on=known_on, beyond=beyond)
    horizon = add_months(on, _LOOKED_AHEAD)

    def ask(worker: Worker) -> tuple[Outcome[Placement], tuple[Difference | None, ...]]:
        known = with_ratings(worker, rated, on, horizon)
        return differences_of(known, scheme, readings, on=on, known_on=known_on, beyond=beyond)

    once = Once(ask)

    def asked(row: RosterRow) -> AskedRow:
        if row.worker is None:
            return AskedRow(row=row)
        try:
            as_stated, differences = once.of(row.worker)
        except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
            return AskedRow(row=row, failure=failure)
        own = (
            None if one is None else attrs.evolve(one, worker_id=row.worker.id)
            for one in differences
        )
        return AskedRow(row=row, as_stated=as_stated, differences=tuple(own))

    rows = (asked(row) for row in basis.roster.rows)
    return ReadOtherwise(
        basis=basis,
        version=scheme.version_on(on, known_on=known_on, beyond=beyond),
        on=on,
        readings=readings,
        rows=tuple(with_progress(rows, len(basis.roster.rows))),
    )


# --- the table -------------------------------------------------------------------------------------------------------


def header_of(lang: Language) -> list[str]:
    """Give the names of the columns."""
    return [say(f"cli-sensitivity-{one}", {}, lang) for one in _COLUMNS]


def rows_of(answer: ReadOtherwise, lang: Language) -> Iterator[list[Cell]]:
    """Give a row for each reading under which a row is graded differently; each row of the roster at least one.

    Args:
        answer: What was found.
        lang: The language.
    """
    words = Words(lang, version=answer.version)
    for one in answer.rows:
        head: list[Cell] = [
            one.row.number,
            one.row.worker_id,
            term(f"sensitivity.{one.status}", lang),
        ]
        if one.status != "different":
            yield [*head, None, None, None, _trouble(one, words), None, None]
        for reading, difference in zip(answer.readings, one.differences, strict=False):
            if difference is not None:
                yield [
                    *head,
                    words.place(reading.path),
                    _value(reading.path, reading.stated, words),
                    _value(reading.path, reading.value, words),
                    _grade(difference.as_stated, words),
                    _grade(difference.otherwise, words),
                    difference.months,
                ]


def _trouble(one: AskedRow, words: Words) -> str | None:
    """Say the grade, or why there is none."""
    if one.as_stated is not None:
        return _grade(one.as_stated, words)
    if one.failure is not None:
        return failure_text(one.failure, words.lang)
    return fault_text(one.row, words.lang)


def _value(path: str, value: str, words: Words) -> str:
    return words.option(path, value) if value else words.say("cli-show-not-stated")


def _grade(outcome: Outcome[Placement], words: Words) -> str:
    if isinstance(outcome, Decided):
        return placement_words(outcome.value, words)
    return outcome_sentences(outcome, words, money=False)


def sums_of(answer: ReadOtherwise, lang: Language) -> Iterator[list[Cell]]:
    """Give a blank row, how many are graded differently by reading, and what the table rests on.

    Args:
        answer: What was found.
        lang: The language.
    """
    size = len(_COLUMNS)
    yield [None] * size
    words = Words(lang, version=answer.version)
    for place, reading in enumerate(answer.readings):
        if count := len(answer.concerned(place)):
            yield [_reading(reading, words), count, *[None] * (size - 2)]
    yield [say("cli-sensitivity-day", {}, lang), answer.on, *[None] * (size - 2)]
    for label, value in answer.basis.remarks(lang):
        yield [label, value, *[None] * (size - 2)]


def _reading(reading: Reading, words: Words) -> str:
    stated, taken = (_value(reading.path, one, words) for one in (reading.stated, reading.value))
    values = words.say("mistake-taken", stated=stated, taken=taken)
    return words.say("mistake-named", name=words.place(reading.path), values=values)


# --- JSON ------------------------------------------------------------------------------------------------------------


def json_of(answer: ReadOtherwise) -> dict[str, Any]:
    """Give everything as plain JSON data; words are codes.

    Args:
        answer: What was found.
    """
    return {
        **answer.basis.as_json(),
        "on": answer.on.isoformat(),
        "readings": [
            {
                "path": reading.path,
                "stated": reading.stated or None,
                "value": reading.value,
                "workers": list(answer.concerned(place)),
            }
            for place, reading in enumerate(answer.readings)
        ],
        "rows": [_json_row(one, answer) for one in answer.rows],
    }


def _json_row(one: AskedRow, answer: ReadOtherwise) -> dict[str, Any]:
    told: dict[str, Any] = {
        "row": one.row.number,
        "worker_id": one.row.worker_id,
        "status": one.status,
    }
    if one.as_stated is None:
        return {**told, "why": _trouble(one, Words("en", version=answer.version))}
    return {
        **told,
        "as_stated": _json_grade(one.as_stated),
        "differences": [
            {
                "path": reading.path,
                "value": reading.value,
                "otherwise": _json_grade(difference.otherwise),
                "months": difference.months,
            }
            for reading, difference in zip(answer.readings, one.differences, strict=True)
            if difference is not None
        ],
    }


def _json_grade(outcome: Outcome[Placement]) -> dict[str, Any]:
    placed = attrs.asdict(outcome.value) if isinstance(outcome, Decided) else {}
    return {"status": status_of(outcome), **placed}


# --- the summary -----------------------------------------------------------------------------------------------------


def summary_of(answer: ReadOtherwise, lang: Language) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        answer: What was found.
        lang: The language.
    """
    words = Words(lang, version=answer.version)
    yield say("cli-sensitivity-head", {"id": answer.basis.ids, "on": answer.on}, lang)
    yield from answer.basis.inventions(lang)
    yield ""
    statuses = [one.status for one in answer.rows]
    rows = [
        [term(f"sensitivity.{one}", lang), str(statuses.count(one))]
        for one in ("different", "same", "bad_row")
        if one in statuses
    ]
    yield from (f"  {line}" for line in table_lines(rows, right=[1]))
    yield ""
    told = [
        [str(len(ids)), _reading(reading, words), _ids(ids, words)]
        for place, reading in enumerate(answer.readings)
        if (ids := answer.concerned(place))
    ]
    if told:
        yield say("cli-sensitivity-by-reading", {}, lang)
        yield from (f"  {line}" for line in table_lines(told, right=[0]))
    else:
        yield say("cli-sensitivity-nobody", {"count": len(answer.readings)}, lang)


def _ids(ids: tuple[str, ...], words: Words) -> str:
    more = ("…",) if len(ids) > _MOST_SHOWN else ()
    return words.several((*ids[:_MOST_SHOWN], *more))
