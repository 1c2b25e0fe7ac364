"""Two payslips side by side in words: by how much each component differs, and what made the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cwgrade.arrears import ON_THE_TOTAL, WHOLE, Comparison, LineDifference, StepDifference
from cwgrade.money import yuan_text
from cwgrade.pay import Payslip
from cwgrade.reasons import Step
from cwgrade.scheme import SchemeVersion
from cwgrade.statement.outcomes import outcome_sentences
from cwgrade.statement.steps import name_of, step_text
from cwgrade.statement.terminal import is_invented, table_lines
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["component_text", "difference_sentences", "difference_text"]

_INDENT: Final = "    "


def difference_text(
    compared: Comparison,
    payslips: tuple[Payslip, Payslip],
    lang: Language = "en",
    *,
    titles: tuple[str, str],
    worker_id: str,
    versions: tuple[SchemeVersion, SchemeVersion],
) -> str:
    """Write for a terminal why one payslip is more or less than another.

    Args:
        compared: What `explain_difference` gives.
        payslips: The two payslips, in the same order.
        lang: `"en"` or `"zh"`.
        titles: What each is called, such as its month.
        worker_id: The worker.
        versions: The version of the scheme that each was paid by, for printed names.
    """
    before, after = (Words(lang, version=one) for one in versions)
    head = {"worker": worker_id, "before": titles[0], "after": titles[1]}
    lines = [after.say("difference-title", **head)]
    if any(is_invented(one.derivation) for one in payslips):
        lines.append(after.say("invented-banner"))
    lines.append("")
    rows = [
        [title, outcome_sentences(outcome, words, money=True)]
        for title, outcome, words in zip(
            titles, (compared.before, compared.after), (before, after), strict=True
        )
    ]
    lines += table_lines(rows)
    if compared.fen is None:
        return "\n".join([*lines, "", after.say("difference-open")])
    code = "difference-same" if not compared.fen else "difference-more"
    if compared.fen < 0:
        code = "difference-less"
    lines += ["", after.say(code, **head, fen=after.yuan(abs(compared.fen)))]
    told = [[component_text(line, (after, before)), _signed(line.fen)] for line in compared.lines]
    for line, row in zip(compared.lines, table_lines(told, right=(1,)), strict=True):
        lines.append(row)
        lines += [_INDENT + text for text in difference_sentences(line, before, after)]
    return "\n".join(lines)


def _signed(fen: int) -> str:
    return yuan_text(fen) if fen < 0 else f"+{yuan_text(fen)}"


def component_text(line: LineDifference, words: Sequence[Words]) -> str:
    """Name a component, and say where it is no part of the sum.

    Args:
        line: The component's difference.
        words: The words of the schemes that may have it, the first that does is asked.
    """
    if line.component in (WHOLE, ON_THE_TOTAL):
        return words[0].term(f"arrears.{line.component}")
    named = (one.component(line.component) for one in words)
    name = next((one for one in named if one), line.component)
    return name if line.in_total else words[0].say("cli-arrears-on-top", name=name)


def difference_sentences(line: LineDifference, before: Words, after: Words) -> Iterator[str]:
    """Say what made a component differ, each reason once.

    Args:
        line: The component's difference.
        before: The words of the scheme of the first payslip.
        after: Those of the second.
    """
    yield from dict.fromkeys(_sentence(one, before, after) for one in line.steps)


def _sentence(parted: StepDifference, before: Words, after: Words) -> str:
    old = None if parted.before is None else _told(parted.before, before)
    new = None if parted.after is None else _told(parted.after, after)
    if old is None and new is not None:
        return after.say("difference-new", **new)
    if new is None and old is not None:
        return after.say("difference-gone", **old)
    facts: Mapping[str, str] = {**(new or {}), "was": (old or {}).get("text", "")}
    return after.say("difference-step", **facts)


def _told(step: Step, words: Words) -> dict[str, str]:
    return {"name": name_of(step, words), "text": step_text(step, words)}
