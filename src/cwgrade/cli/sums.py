"""What stands below the rows of a result, after a blank row: totals, counts, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from cwgrade.cli.answers import STATUSES
from cwgrade.cli.cells import label_of
from cwgrade.cli.findings import finding_rows
from cwgrade.cli.result import Result, status_word
from cwgrade.cli.summary import consequence_lines
from cwgrade.money import capitals
from cwgrade.rosterfile import Cell, Yuan
from cwgrade.wording import say

__all__ = ["sum_rows"]


def sum_rows(result: Result) -> Iterator[list[Cell]]:
    """Give a blank row, the totals under their columns, and the remarks, each with its label.

    Args:
        result: The result.
    """
    size = len(result.header())
    yield [None] * size
    yield _totals(result, size)
    for label, value in _remarks(result):
        yield [label, value, *[None] * (size - 2)]


def _totals(result: Result, size: int) -> list[Cell]:
    """Sum each amount over the decided rows only."""
    row: list[Cell] = [None] * size
    row[0] = say("cli-sum-total", {"count": result.counts["decided"]}, result.lang)
    gross = result.header().index(say("cli-result-gross", {}, result.lang))
    first = gross - len(result.components)
    sums = dict.fromkeys((one.name for one in result.components), 0)
    for answer in result.answers:
        if answer.payslip is not None and answer.status == "decided":
            for line in answer.payslip.lines:
                sums[line.component] += line.payable_fen or 0
    row[first:gross] = [Yuan(fen) for fen in sums.values()]
    row[gross] = Yuan(result.total_fen)
    return row


def _remarks(result: Result) -> Iterator[tuple[str, Cell]]:
    lang, version = result.lang, result.version
    yield say("cli-sum-capitals", {}, lang), capitals(result.total_fen)
    yield say("cli-sum-rows", {}, lang), len(result.answers)
    for status in STATUSES:
        if result.counts[status]:
            word = status_word(status, lang)
            yield say("cli-sum-status", {"status": word}, lang), result.counts[status]
    if result.roster.orphans:
        yield say("cli-sum-orphans", {}, lang), len(result.roster.orphans)
    unscheduled = [
        label_of(version, f"pay.{one.name}", lang) for one in version.pay if one.unscheduled
    ]
    if unscheduled:
        told = say("cli-sum-unscheduled-names", {"names": unscheduled}, lang)
        yield say("cli-sum-unscheduled", {}, lang), told
    for row in finding_rows(result.findings, lang):
        told = say("cli-sum-list", {"names": [cell for cell in row if cell]}, lang)
        yield say("cli-sum-check", {}, lang), told
    for told in consequence_lines(result):
        yield say("cli-sum-consequence", {}, lang), told
    yield say("cli-sum-month", {}, lang), result.month
    yield say("cli-sum-scheme", {}, lang), str(getattr(version.title, lang))
    yield say("cli-sum-id", {}, lang), version.id
    yield say("cli-sum-revision", {}, lang), version.revision
    yield say("cli-sum-digest", {}, lang), version.digest
    if result.assumed:
        told = say("cli-sum-list", {"names": list(result.assumed)}, lang)
        yield say("cli-sum-assumed", {}, lang), told
    if result.question.known_on is not None:
        yield say("cli-sum-known-on", {}, lang), result.question.known_on.isoformat()
    if result.carried_forward:
        told = say("cli-result-carried", {"last": version.attested_until}, lang)
        yield say("cli-sum-beyond", {}, lang), told
    for told in result.inventions:
        yield say("cli-sum-invented", {}, lang), told
