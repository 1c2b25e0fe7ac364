"""What `cwgrade pay` prints: notices, rows by status, the total, the most frequent reasons."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cwgrade.cli.alike import alike_lines
from cwgrade.cli.answers import STATUSES
from cwgrade.cli.findings import finding_rows
from cwgrade.cli.needs import facts_read
from cwgrade.cli.orphans import orphan_lines
from cwgrade.cli.reasons import frequent
from cwgrade.cli.result import Result
from cwgrade.errors import CwgradeError, alike
from cwgrade.money import capitals, yuan_text
from cwgrade.outcomes import OneOf, Unspecified
from cwgrade.rosterfile import Notice
from cwgrade.statement.terminal import table_lines
from cwgrade.wording import say, term

__all__ = ["consequence_lines", "notice_lines", "summary_lines"]

_FACT_OF_COLUMN: Final = {"honours": "honour"}
"""Columns that are named otherwise than their fact."""
_COLUMN_OF_FACT: Final = {"honour": "honours"}
_USUAL: Final = {
    "degree": "none",
    "qualification": "none",
    "honours": "none",
    "employment": "full_time",
    "identity": "none",
    "retired": "no",
}
"""What may be true of everybody; schooling and ratings have no usual value to suggest."""
_MOST_SHOWN: Final = 20
_SPELL_DAY: Final = re.compile(r"\b(?:spells|absences)\[\d+\]\.(?:start|end)")


def notice_lines(result: Result) -> Iterator[str]:
    """Say what a reader of the result should know, each thing once."""
    lang = result.lang
    needed = facts_read(result.version)
    for notice in _gathered(result.roster.notices):
        told = _notice(notice, needed, result)
        if told:
            yield say("cli-notice", {"text": _short(told, result)}, lang)
    yield from _turning_on(result)
    yield from _open_days(result)
    if result.roster.unrecognised:
        yield say("cli-notice-passed-through", {"headers": list(result.roster.unrecognised)}, lang)
    yield from (_short(line, result) for line in orphan_lines(result.roster, lang))
    for answer in result.answers:
        if answer.failure is not None and not isinstance(answer.failure, CwgradeError):
            facts = {"row": answer.row.number, "kind": type(answer.failure).__name__}
            yield say("cli-notice-internal", facts, lang)
            break


def _gathered(notices: tuple[Notice, ...]) -> list[Notice]:
    """Put notices that differ in their sheet alone into one."""
    sheets: dict[str, list[object]] = {}
    for notice in notices:
        if [name for name, _ in notice.facts] == ["sheet"]:
            sheets.setdefault(notice.code, []).append(dict(notice.facts)["sheet"])
    gathered = {code: Notice(code, (("sheet", tuple(names)),)) for code, names in sheets.items()}
    found = [gathered.get(notice.code, notice) for notice in notices]
    return list(dict.fromkeys(found))


def _short(text: str, result: Result) -> str:
    """Leave out the folder of a bundled roster, which nobody has chosen."""
    folder = f"{Path(result.roster.file).parent}{os.sep}"
    return text.replace(folder, "") if result.invented_roster else text


def _notice(notice: Notice, needed: tuple[str, ...], result: Result) -> str:
    """Say a notice; a missing column only where the scheme asks for its fact."""
    facts = dict(notice.facts)
    if (
        notice.code == "notice-unrecognised-column"
        and facts["header"] in result.roster.unrecognised
    ):
        # it is passed through; only a likely slip is worth a line of its own
        return notice.text(result.lang) if facts.get("near") else ""
    if notice.code != "notice-missing-column":
        return notice.text(result.lang)
    column = str(facts["column"])
    if _FACT_OF_COLUMN.get(column, column) not in needed:
        return ""
    assume = _USUAL.get(column)
    hint = say("cli-notice-assume", {"assume": f"{column}={assume}"}, result.lang) if assume else ""
    return notice.text(result.lang) + hint


def _turning_on(result: Result) -> Iterator[str]:
    """Say how many rows turn on which facts whose cells were left empty."""
    unknown: Counter[str] = Counter()
    for answer in result.answers:
        outcome = answer.payslip.outcome if answer.payslip else None
        if isinstance(outcome, OneOf | Unspecified):
            unknown.update({_COLUMN_OF_FACT.get(name, name) for name in outcome.unknown})
    missing = {str(dict(one.facts).get("column")) for one in result.roster.notices}
    for column, count in unknown.most_common():
        assume = _USUAL.get(column)
        if assume and column not in missing:
            fact = _FACT_OF_COLUMN.get(column, column)
            facts = {
                "count": count,
                "fact": term(fact, result.lang),
                "assume": f"{column}={assume}",
            }
            yield say("cli-notice-empty-cells", facts, result.lang)


def _open_days(result: Result) -> Iterator[str]:
    """Say how many rows turn on days that are known only to their month."""
    count = 0
    for answer in result.answers:
        outcome = answer.payslip.outcome if answer.payslip else None
        paths: tuple[str, ...] = ()
        if isinstance(outcome, OneOf):
            paths = outcome.unknown
        elif isinstance(outcome, Unspecified):
            paths = tuple(gap.path for gap in outcome.gaps if gap.why == "too-many-possibilities")
        count += any(_SPELL_DAY.search(path) for path in paths)
    if count:
        yield say("cli-notice-open-days", {"count": count}, result.lang)


def consequence_lines(result: Result) -> Iterator[str]:
    """Say what the scheme says follows from ratings, with the first rows of each.

    Args:
        result: The result.
    """
    for what, rows in result.consequences:
        shown = [str(row) for row in rows[:_MOST_SHOWN]]
        more = ["…"] if len(rows) > _MOST_SHOWN else []
        facts = {"what": what, "count": len(rows), "rows": [*shown, *more]}
        yield say("cli-summary-consequence", facts, result.lang)


def summary_lines(result: Result) -> Iterator[str]:
    """Give the lines of the summary.

    Args:
        result: The result.
    """
    lang = result.lang
    facts = {
        "month": result.month,
        "title": getattr(result.version.title, lang),
        "id": result.version.id,
        "revision": result.version.revision,
    }
    yield say("cli-summary-head", facts, lang)
    file = _short(result.roster.file, result)
    yield say("cli-summary-roster", {"file": file, "count": len(result.answers)}, lang)
    yield from result.inventions
    yield ""
    rows = [
        [term(status, lang), str(result.counts[status])]
        for status in STATUSES
        if result.counts[status]
    ]
    yield from (f"  {line}" for line in table_lines(rows, right=[1]))
    yield ""
    total = {
        "count": result.counts["decided"],
        "yuan": yuan_text(result.total_fen),
        "capitals": capitals(result.total_fen),
    }
    yield say("cli-summary-total", total, lang)
    reasons = frequent(result.whys)
    if reasons:
        yield ""
        yield say("cli-summary-reasons", {"count": len(reasons)}, lang)
        yield from (
            f"  {line}"
            for line in table_lines([[str(count), text] for count, text in reasons], right=[0])
        )
    yield from _fault_lines(result)
    if result.consequences:
        yield ""
        yield say("cli-summary-consequences", {}, lang)
        yield from (f"  {told}" for told in consequence_lines(result))
    if result.findings:
        yield ""
        yield say("cli-summary-checks", {}, lang)
        rows = list(finding_rows(result.findings, lang))
        yield from (f"  {line}" for line in table_lines(rows))
    yield ""


def _fault_lines(result: Result) -> Iterator[str]:
    """Say what is wrong with faulty rows, each fault once, the most frequent first."""
    lang = result.lang
    found = alike(fault for answer in result.answers for fault in answer.row.faults)
    if not found:
        return
    yield ""
    yield say("cli-summary-faults", {}, lang)
    # sorting keeps the order of the file among faults that are equally frequent
    found = tuple(sorted(found, key=len, reverse=True))
    for line in alike_lines(found[:_MOST_SHOWN], lang):
        yield "  " + _short(line, result)
    if len(found) > _MOST_SHOWN:
        yield "  " + say("cli-notice-more", {"count": len(found) - _MOST_SHOWN}, lang)
