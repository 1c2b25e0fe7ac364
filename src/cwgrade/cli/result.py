"""The table that `cwgrade pay` writes: one row for each row of the roster, then sums after a blank row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs

from cwgrade.cli.answers import REFUSED, STATUSES, Answer, Question
from cwgrade.cli.grid import label_of
from cwgrade.cli.reasons import Why, reason_of, settled_by
from cwgrade.money import capitals
from cwgrade.outcomes import Decided, OneOf, status_of
from cwgrade.pay import PayLine
from cwgrade.rosterfile import Cell, Roster, Yuan
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.wording import Language, say, term

__all__ = ["Result", "status_word"]


@attrs.frozen(kw_only=True)
class Result:
    """Every answer to a roster, as a table.

    Attributes:
        version: The version of the scheme that answered.
        roster: The roster.
        answers: One for each row, in order.
        question: What was asked.
        assumed: What was assumed of workers where it was unknown, such as `honours=none`.
        invented_roster: Whether the roster is the invented one that comes along.
        lang: The language of headers and sentences.
    """

    version: SchemeVersion
    roster: Roster
    answers: tuple[Answer, ...]
    question: Question
    assumed: tuple[str, ...]
    invented_roster: bool
    lang: Language
    whys: tuple[Why, ...] = attrs.field(
        init=False,
        repr=False,
        default=attrs.Factory(
            lambda self: tuple(reason_of(one, self.version, self.lang) for one in self.answers), takes_self=True
        ),
    )

    @property
    def invented(self) -> bool:
        """Whether the scheme or the roster is invented."""
        return self.invented_roster or self.version.status is SchemeStatus.SAMPLE

    @property
    def counts(self) -> Counter[str]:
        """Rows by status."""
        return Counter(one.status for one in self.answers)

    @property
    def refused(self) -> bool:
        """Whether somebody has to do something about a row, or a row of another sheet belongs to nobody."""
        return any(self.counts[status] for status in REFUSED) or bool(self.roster.orphans)

    @property
    def total_fen(self) -> int:
        """The sum over the decided rows, in fen."""
        return sum(one.gross_fen or 0 for one in self.answers)

    @property
    def month(self) -> str:
        """The month as `2018-03`."""
        return f"{self.question.year:04d}-{self.question.month:02d}"

    def header(self) -> list[str]:
        """Give the names of the columns: those passed through, then the answer's own."""
        own = self._own_header()
        taken = {name.casefold() for name in own}
        passed = [self._told("cli-result-of-roster", header=name) if name.casefold() in taken else name for name in self._passed]
        return [*passed, *own]

    def rows(self) -> Iterator[list[Cell]]:
        """Give one row for each row of the roster, a blank one, and the sums."""
        for answer, why in zip(self.answers, self.whys, strict=True):
            given: dict[str, str] = {}
            for name, text in answer.row.passed_through:
                given.setdefault(name, text)
            yield [*(given.get(name) for name in self._passed), *self._own_row(answer, why)]
        size = len(self.header())
        yield [None] * size
        yield self._sums()
        for label, value in self._remarks():
            yield [label, value, *[None] * (size - 2)]

    def _told(self, code: str, **facts: object) -> str:
        return say(code, facts, self.lang)

    @property
    def _passed(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in self.roster.rows for name, _ in row.passed_through))

    def _own_header(self) -> list[str]:
        zh = self.lang == "zh"
        labels = Counter(one.label.zh for one in self.version.pay)
        amounts = []
        for component in self.version.pay:
            name = component.name
            if zh:
                name = component.label.zh if labels[component.label.zh] == 1 else f"{component.label.zh} {component.name}"
            amounts.append(self._told("cli-result-yuan", name=name))
        before = [self._told(f"cli-result-{one}") for one in ("row", "worker-id", "status", "post", "grade")]
        after = ("gross", "low", "high", "standing", "reason", "settled-by", "rests-on")
        return [*before, *amounts, *(self._told(f"cli-result-{one}") for one in after)]

    def _own_row(self, answer: Answer, why: Why) -> list[Cell]:
        bounds = answer.bounds_fen
        lines = {line.component: line for line in answer.payslip.lines} if answer.payslip else {}
        gross = answer.gross_fen
        return [
            answer.row.number,
            answer.row.worker_id,
            status_word(answer.status, self.lang),
            self._posts(answer),
            self._grade(answer),
            *(_amount(lines.get(component.name)) for component in self.version.pay),
            None if gross is None else Yuan(gross),
            Yuan(bounds[0]) if bounds else None,
            Yuan(bounds[1]) if bounds else None,
            term(str(answer.payslip.standing), self.lang) if answer.payslip else None,
            why.text or None,
            settled_by(answer, self.version, self.lang) or None,
            self._rests_on(answer) or None,
        ]

    def _posts(self, answer: Answer) -> str | None:
        labels = []
        for post_id in answer.post:
            post = self.version.post(post_id)
            labels.append(str(getattr(post.label, self.lang)) if post and self.lang == "zh" else post_id)
        return " / ".join(labels) or None

    def _grade(self, answer: Answer) -> Cell:
        if answer.grading is None:
            return None
        outcome = answer.grading.outcome
        if isinstance(outcome, Decided):
            return outcome.value.grade
        word = status_word(status_of(outcome), self.lang)
        if isinstance(outcome, OneOf) and outcome.values:
            grades = sorted({one.grade for one in outcome.values})
            return self._told("cli-result-one-of-grades", status=word, grades=grades)
        return word

    def _rests_on(self, answer: Answer) -> str:
        told = []
        if self.invented:
            told.append(self._told("cli-result-invented"))
        if answer.row.worker is not None and answer.row.worker.assumed:
            told.append(self._told("cli-result-assumed", facts=list(answer.row.worker.assumed)))
        if self.carried_forward:
            told.append(self._told("cli-result-carried", last=self.version.attested_until))
        if self.question.known_on is not None:
            told.append(self._told("cli-result-known-on", known_on=self.question.known_on))
        return "；".join(told) if self.lang == "zh" else "; ".join(told)

    @property
    def carried_forward(self) -> bool:
        """Whether the month lies after the last day that a source shows."""
        return self.question.first > self.version.attested_until

    def _sums(self) -> list[Cell]:
        """Give the row of totals: each amount under its own column, over the decided rows only."""
        header = self.header()
        row: list[Cell] = [None] * len(header)
        row[0] = self._told("cli-sum-total", count=self.counts["decided"])
        first = len(header) - len(self._own_header()) + 5
        decided = [one for one in self.answers if one.status == "decided" and one.payslip]
        for place, component in enumerate(self.version.pay):
            found = (line for one in decided if one.payslip for line in one.payslip.lines)
            row[first + place] = Yuan(sum(line.payable_fen or 0 for line in found if line.component == component.name))
        row[first + len(self.version.pay)] = Yuan(self.total_fen)
        return row

    def _remarks(self) -> Iterator[tuple[str, Cell]]:
        """Give what stands below the totals, each with its label."""
        yield self._told("cli-sum-capitals"), capitals(self.total_fen)
        yield self._told("cli-sum-rows"), len(self.answers)
        for status in STATUSES:
            if self.counts[status]:
                yield self._told("cli-sum-status", status=status_word(status, self.lang)), self.counts[status]
        unscheduled = [one for one in self.version.pay if one.unscheduled]
        if unscheduled:
            labels = [label_of(self.version, f"pay.{one.name}", self.lang) for one in unscheduled]
            yield self._told("cli-sum-unscheduled"), self._told("cli-sum-unscheduled-names", names=labels)
        yield self._told("cli-sum-month"), self.month
        yield self._told("cli-sum-scheme"), str(getattr(self.version.title, self.lang))
        yield self._told("cli-sum-id"), self.version.id
        yield self._told("cli-sum-revision"), self.version.revision
        yield self._told("cli-sum-digest"), self.version.digest
        if self.assumed:
            yield self._told("cli-sum-assumed"), self._told("cli-sum-list", names=list(self.assumed))
        if self.question.known_on is not None:
            yield self._told("cli-sum-known-on"), self.question.known_on.isoformat()
        if self.carried_forward:
            yield self._told("cli-sum-beyond"), self._told("cli-result-carried", last=self.version.attested_until)
        if self.invented:
            yield self._told("cli-sum-invented"), self._told("cli-sum-invented-why")


def status_word(status: str, lang: Language) -> str:
    """Name a status: the code itself in English, so that programs can read it; the word in Chinese."""
    return term(status, lang) if lang == "zh" else status


def _amount(line: PayLine | None) -> Cell:
    """Give what is payable; nothing where it is not certain or the source states no month for it."""
    if line is None or line.payable_fen is None or line.state == "unscheduled":
        return None
    return Yuan(line.payable_fen)

