"""The answers as the table that `cwgrade pay` writes: one row for each row of the roster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, Literal, cast

import attrs

from cwgrade.checks import Finding
from cwgrade.cli.answers import REFUSED, Answer, Question
from cwgrade.cli.reasons import Why
from cwgrade.law.pay import Component
from cwgrade.outcomes import Decided, OneOf, status_of
from cwgrade.pay import PayLine
from cwgrade.rosterfile import Cell, Roster, Yuan
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.staging import components_of
from cwgrade.wording import Language, say, term

__all__ = ["Result", "status_word"]

_AFTER: Final = ("gross", "low", "high", "standing", "reason", "settled-by", "rests-on")
"""The columns after the components."""


@attrs.frozen(kw_only=True)
class Result:
    """Every answer to a roster, as a table.

    Attributes:
        version: The version of the scheme that answered.
        roster: The roster.
        answers: One for each row, in order.
        question: What was asked.
        assumed: What was assumed of workers where it was unknown, such as `honours=none`, and of the scheme.
        invented_roster: Whether the roster is the invented one that comes along.
        lang: The language of headers and sentences.
        whys: The reason of each row, in order.
        findings: What the scheme's checks on the roster have found.
    """

    version: SchemeVersion
    roster: Roster
    answers: tuple[Answer, ...]
    question: Question
    assumed: tuple[str, ...]
    invented_roster: bool
    lang: Language
    whys: tuple[Why, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def components(self) -> tuple[Component, ...]:
        """The components that have a column: those of the version, and of the one before for posts that move later."""
        asked = self.question
        return components_of(asked.scheme, self.version, asked.first, known_on=asked.known_on)

    @property
    def inventions(self) -> tuple[str, ...]:
        """Say what is invented: the scheme, the roster, both or nothing."""
        scheme = self.version.status is SchemeStatus.SAMPLE
        told = {"cli-invented-scheme": scheme, "cli-invented-roster": self.invented_roster}
        return tuple(self._told(code) for code, holds in told.items() if holds)

    @property
    def counts(self) -> Counter[str]:
        """Rows by status."""
        return Counter(one.status for one in self.answers)

    @property
    def refused(self) -> bool:
        """Whether a row needs somebody's work, or a row of another sheet belongs to nobody."""
        return any(self.counts[status] for status in REFUSED) or bool(self.roster.orphans)

    @property
    def total_fen(self) -> int:
        """The sum over the decided rows, in fen."""
        return sum(one.gross_fen or 0 for one in self.answers)

    @property
    def consequences(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Give what the scheme says follows from ratings, with the rows of those who are paid under it."""
        rows: dict[str, list[int]] = {}
        for answer in self.answers:
            if answer.payslip is not None and answer.status != "not_eligible":
                for note in answer.payslip.derivation.notes:
                    if note.code == "consequence":
                        what = dict(note.facts)[self.lang]
                        rows.setdefault(what, []).append(answer.row.number)
        return tuple((what, tuple(dict.fromkeys(numbers))) for what, numbers in rows.items())

    @property
    def month(self) -> str:
        """The month as `2018-03`."""
        return f"{self.question.year:04d}-{self.question.month:02d}"

    def header(self) -> list[str]:
        """Give the names of the columns: those passed through, then the answer's own."""
        own = self.own_header()
        taken = {name.casefold() for name in own}
        passed = [
            self._told("cli-result-of-roster", header=name) if name.casefold() in taken else name
            for name in self.roster.unrecognised
        ]
        return [*passed, *own]

    def rows(self) -> Iterator[list[Cell]]:
        """Give one row for each row of the roster, in order."""
        for answer, why in zip(self.answers, self.whys, strict=True):
            # a row holds a cell, be it empty, for each column that is not recognised
            passed = (text or None for _, text in answer.row.passed_through)
            yield [*passed, *self._own_row(answer, why)]

    def _told(self, code: str, **facts: object) -> str:
        return say(code, facts, self.lang)

    def own_header(self) -> list[str]:
        """Give the names of the answer's own columns."""
        before = ("row", "worker-id", "status", "post", *self._rungs)
        return [
            *(self._told(f"cli-result-{one}") for one in before),
            *self._amounts(),
            *(self._told(f"cli-result-{one}") for one in _AFTER),
        ]

    def _amounts(self) -> list[str]:
        """Name the components' columns: by their printed names in Chinese, by the file's for programs."""
        labels = Counter(one.label.zh for one in self.components)
        answers = {self._told(f"cli-result-{one}") for one in _AFTER}
        names = []
        for one in self.components:
            code = "cli-result-yuan" if one.summed else "cli-result-yuan-on-top"
            short, full = (
                (one.name, f"pay.{one.name}")
                if self.lang == "en"
                else (one.label.zh, f"{one.label.zh} {one.name}")
            )
            name = self._told(code, name=short)
            alone = name not in answers and (self.lang == "en" or labels[short] == 1)
            names.append(name if alone else self._told(code, name=full))
        return names

    def _own_row(self, answer: Answer, why: Why) -> list[Cell]:
        lines = {line.component: line for line in answer.payslip.lines} if answer.payslip else {}
        gross = answer.gross_fen
        return [
            answer.row.number,
            answer.row.worker_id,
            status_word(answer.status, self.lang),
            self._posts(answer),
            *(self._rung(answer, name) for name in self._rungs),
            *(_amount(lines.get(component.name)) for component in self.components),
            None if gross is None else Yuan(gross),
            *(None if fen is None else Yuan(fen) for fen in answer.bounds_fen),
            self._standing(answer),
            why.text or None,
            why.settled_by or None,
            self._rests_on(answer) or None,
        ]

    def _standing(self, answer: Answer) -> str | None:
        """Say how firm an amount is; who is not paid at all has nothing to be firm about."""
        if answer.payslip is None or answer.status in ("not_eligible", "not_applicable"):
            return None
        return term(str(answer.payslip.standing), self.lang)

    def _posts(self, answer: Answer) -> str | None:
        labels = []
        for post_id in answer.post:
            post = self.version.post(post_id)
            labels.append(
                str(getattr(post.label, self.lang)) if post and self.lang == "zh" else post_id
            )
        return " / ".join(labels) or None

    @property
    def _rungs(self) -> tuple[Literal["grade", "step"], ...]:
        """Name the columns of the grade, and of the step where the scheme has one."""
        return ("grade",) if self.version.step is None else ("grade", "step")

    def _rung(self, answer: Answer, name: Literal["grade", "step"]) -> Cell:
        if answer.grading is None:
            return None
        outcome = answer.grading.outcome
        if isinstance(outcome, Decided):
            return cast("int | None", getattr(outcome.value, name))
        word = status_word(status_of(outcome), self.lang)
        if isinstance(outcome, OneOf) and outcome.values:
            grades = sorted({getattr(one, name) for one in outcome.values})
            # one by one and in no range, so that programs can read them
            told = self._told("list-mark").join(map(str, grades))
            return self._told("cli-result-one-of-grades", status=word, grades=told)
        return word

    def _rests_on(self, answer: Answer) -> str:
        told = []
        if self.inventions:
            told.append(self._told("cli-result-invented"))
        worker = answer.row.worker
        assumed = (*(worker.assumed if worker is not None else ()), *self.version.assumed)
        if assumed:
            told.append(self._told("cli-result-assumed", facts=list(assumed)))
        if self.carried_forward:
            told.append(self._told("cli-result-carried", last=self.version.attested_until))
        if self.question.known_on is not None:
            told.append(self._told("cli-result-known-on", known_on=self.question.known_on))
        return "；".join(told) if self.lang == "zh" else "; ".join(told)

    @property
    def carried_forward(self) -> bool:
        """Whether the month lies after the last day that a source shows."""
        return self.question.first > self.version.attested_until


def status_word(status: str, lang: Language) -> str:
    """Name a status: by its code in English, so that programs can read it, in words in Chinese."""
    return term(status, lang) if lang == "zh" else status


def _amount(line: PayLine | None) -> Cell:
    """Give what is payable; nothing where it is not certain or its month is not stated."""
    if line is None or line.payable_fen is None or line.state == "unscheduled":
        return None
    return Yuan(line.payable_fen)
