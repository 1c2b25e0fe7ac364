"""Statements as plain text for a terminal: tables aligned by the width of the characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from cwgrade.grading import Grading
from cwgrade.money import capitals, yuan_text
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, Outcome
from cwgrade.pay import PayLine, Payslip
from cwgrade.reasons import Derivation
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import LegalSource
from cwgrade.statement.outcomes import outcome_sentences, payslip_sentences, span_words
from cwgrade.statement.tree import derivation_lines
from cwgrade.statement.words import Words
from cwgrade.timeline import Standing
from cwgrade.wording import Language

__all__ = [
    "amount_of",
    "grading_text",
    "gross_of",
    "is_invented",
    "payslip_text",
    "state_of",
    "table_lines",
    "tells_something",
    "width",
]

T = TypeVar("T")
_WIDE: Final = ("W", "F")
_GAP: Final = "  "


def width(text: str) -> int:
    """Count the columns that a text takes in a terminal; a Chinese character takes two.

    Examples:
        >>> width("工资 1")
        6
    """
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in _WIDE else 1
        for one in text
    )


def table_lines(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Align the columns of a table.

    Args:
        rows: The rows, each as long as the first.
        right: The columns that are set to the right.

    Examples:
        >>> table_lines([("项目", "元"), ("基本工资", "1.00")], right=(1,))
        ['项目        元', '基本工资  1.00']
    """
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines: list[str] = []
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            fill = " " * (widths[place] - width(cell))
            cells.append(fill + cell if place in right else cell + fill)
        lines.append(_GAP.join(cells).rstrip())
    return lines


def is_invented(derivation: Derivation) -> bool:
    """Tell whether a derivation rests on an invented scheme; its title says so.

    Args:
        derivation: The reasons of a result.
    """
    title = derivation.scheme_title
    return "虚构" in title.zh or "invented" in title.en.lower()


def amount_of(line: PayLine, words: Words) -> str:
    """Write what a line pays this month: the amount, its bounds, or that it is not certain."""
    if line.payable_fen is not None:
        return yuan_text(line.payable_fen)
    return span_words(line.low_fen, line.high_fen, words) or words.say("amount-none")


def state_of(line: PayLine, words: Words) -> str:
    """Say the state of a line, with the months it is paid in or the period it is for."""
    state = _state_of(line, words)
    return state if line.in_total else words.say("line-on-top", state=state)


def _state_of(line: PayLine, words: Words) -> str:
    state = words.term(line.state)
    if line.paid_in and line.state == "accrues":
        code = "line-not-due" if line.paid == "monthly" else "line-accrues"
        return words.say(code, months=words.several(str(month) for month in line.paid_in))
    if line.accrues_per == "once":
        return words.say("line-once", state=state)
    if line.accrues_per != "month":
        return words.say("line-per", state=state, period=words.term(line.accrues_per))
    return state


def payslip_text(
    payslip: Payslip,
    worker_id: str,
    lang: Language = "en",
    *,
    sources: Mapping[str, LegalSource] | None = None,
    version: SchemeVersion | None = None,
) -> str:
    """Write a payslip for a terminal: its lines, the sum with capital numerals, and the reasons.

    Args:
        payslip: The payslip.
        worker_id: The worker's id.
        lang: `"en"` or `"zh"`.
        sources: The scheme's sources by id.
        version: The version that was asked, for printed names.
    """
    words = Words(lang, sources=sources, version=version)
    day = payslip.derivation.on
    lines = _head("title-payslip", payslip.derivation, words)
    lines += [
        words.say("worker-month", worker=worker_id, month=words.month(day.year, day.month)),
        "",
    ]
    if any(map(tells_something, payslip.lines)):
        columns = ("column-component", "column-payable", "column-accrued", "column-state")
        rows = [[words.say(code) for code in columns]]
        rows += [
            [
                words.label(line.label),
                amount_of(line, words),
                words.say("amount-none")
                if line.accrued_fen is None
                else yuan_text(line.accrued_fen),
                state_of(line, words),
            ]
            for line in payslip.lines
        ]
        lines += [*table_lines(rows, right=(1, 2)), ""]
    outcome = payslip.outcome
    if isinstance(outcome, Decided):
        lines.append(words.say("named", name=words.say("gross"), text=words.yuan(outcome.value)))
        spelt = capitals(outcome.value)
        lines.append(words.say("named", name=words.say("gross-capitals"), text=spelt))
    else:
        told = payslip_sentences(payslip, words)
        lines.append(words.say("named", name=words.say("gross"), text=gross_of(outcome, words)))
        lines.append(words.say("named", name=words.say("result"), text=told))
    lines += _standing(outcome, payslip.standing, words)
    return _with_reasons(lines, payslip.derivation, words)


def grading_text(
    grading: Grading,
    worker_id: str,
    lang: Language = "en",
    *,
    sources: Mapping[str, LegalSource] | None = None,
    version: SchemeVersion | None = None,
) -> str:
    """Write a grading for a terminal: the post and grade, and the reasons.

    Args:
        grading: The grading.
        worker_id: The worker's id.
        lang: `"en"` or `"zh"`.
        sources: The scheme's sources by id.
        version: The version that was asked, for printed names.
    """
    words = Words(lang, sources=sources, version=version)
    lines = _head("title-grading", grading.derivation, words)
    lines += [words.say("worker-day", worker=worker_id, on=grading.derivation.on), ""]
    outcome = outcome_sentences(grading.outcome, words, money=False)
    lines.append(words.say("named", name=words.say("result"), text=outcome))
    lines += _standing(grading.outcome, grading.standing, words)
    return _with_reasons(lines, grading.derivation, words)


def gross_of(outcome: Outcome[int], words: Words) -> str:
    """Write the sum of a month: yuan, none where nothing is paid, or that it cannot be decided."""
    match outcome:
        case Decided(fen):
            return yuan_text(fen)
        case NotEligible() | NotApplicable():
            return words.term("none")
        case _:
            return words.say("gross-none")


def tells_something(line: PayLine) -> bool:
    """Tell whether anything is known of a line: an amount, its bounds, or why it is not known."""
    return line.accrued_fen is not None or line.low_fen is not None or bool(line.gaps)


def _standing(outcome: Outcome[T], standing: Standing, words: Words) -> list[str]:
    """Say how firm a result is; that nothing is due for a reason is as firm as the reason."""
    if isinstance(outcome, NotEligible | NotApplicable):
        return []
    return [words.say("named", name=words.say("standing"), text=words.term(standing))]


def _head(title: str, derivation: Derivation, words: Words) -> list[str]:
    head = [words.say(title)]
    return [*head, words.say("invented-banner")] if is_invented(derivation) else head


def _with_reasons(lines: list[str], derivation: Derivation, words: Words) -> str:
    return "\n".join([*lines, "", words.say("derivation"), *derivation_lines(derivation, words)])
