"""Why a row has the status it has, in one sentence, and what would settle it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.cli.answers import BAD_ROW, Answer
from cwgrade.cli.basis import failure_text
from cwgrade.errors import CwgradeError
from cwgrade.gaps import Gap
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Unspecified
from cwgrade.pay import Payslip
from cwgrade.reasons import Step
from cwgrade.rosterfile import Notice
from cwgrade.scheme import SchemeVersion
from cwgrade.statement import outcome_text
from cwgrade.statement.gaps import gaps_told
from cwgrade.statement.steps import name_of, result_of, step_text
from cwgrade.statement.tree import note_text
from cwgrade.statement.why import open_points
from cwgrade.statement.words import Words
from cwgrade.wording import Language, say

__all__ = ["Why", "frequent", "reason_of", "with_reasons"]

_MOST_FREQUENT: Final = 10
_FACT: Final = re.compile(r"[.\[]")
_STOP: Final = {"zh": "。", "en": "."}


@attrs.frozen
class Why:
    """A reason in words.

    Attributes:
        text: The sentence, with what was found beside the answer.
        causes: What rows with the same reason have in common, and its sentence without what only this row has; there
            may be several, or none where there is nothing to tell or the row itself is faulty.
        settled_by: What would settle it: a fact to find out, or the fields the source leaves open.
    """

    text: str
    causes: tuple[tuple[tuple[str, ...], str], ...] = ()
    settled_by: str = ""


def with_reasons(
    found: Iterable[Answer], version: SchemeVersion, lang: Language
) -> Iterator[tuple[Answer, Why]]:
    """Give each answer with its reason; one that cannot be put into words becomes a bad row.

    Args:
        found: The answers.
        version: The version of the scheme that gave them.
        lang: The language of the reasons.
    """
    known: dict[tuple[int, tuple[Notice, ...]], tuple[Payslip, Why]] = {}
    for answer in found:
        # equal facts have one payslip between them; it is kept beside its reason, so that its identity stays its own
        key = (id(answer.payslip), answer.row.notices)
        if key in known:
            yield answer, known[key][1]
            continue
        try:
            why = reason_of(answer, version, lang)
            if answer.payslip is not None:
                known[key] = (answer.payslip, why)
            yield answer, why
        except Exception as failure:  # noqa: BLE001 -- one row must not take all the others with it
            bad = Answer(row=answer.row, status=BAD_ROW, failure=failure)
            yield bad, _failed(failure, lang)


def reason_of(answer: Answer, version: SchemeVersion, lang: Language) -> Why:
    """Say how a row's amount was found, or why it has none, and what was found beside it."""
    if answer.failure is not None:
        return _failed(answer.failure, lang)
    if answer.payslip is None:
        return _faulty(answer, lang)
    words = Words(lang, version=version)
    outcome = answer.payslip.outcome
    why = Why("")
    match outcome:
        case Decided():
            points = open_points(answer.payslip, None, words)
            how = _how(answer.payslip.derivation.root, words)
            why = Why(joined([*how, *points], lang))
        case NotEligible(reason) | NotApplicable(reason):
            kind = (reason.code, *(value for name, value in reason.facts if name != "on"))
            told = outcome_text(outcome, lang, version=version)
            why = Why(told, ((kind, told),))
        case OneOf(settled_by=fact):
            question = words.question(fact)
            # the bounds have columns of their own
            told = outcome_text(attrs.evolve(outcome, values=()), lang, version=version)
            core = words.say("outcome-settled", fact=question)
            why = Why(told, ((("one-of", _FACT.split(fact)[0]), core),), question)
        case Unspecified((Gap(why="too-many-possibilities") as gap,)):
            open_facts = _open_facts(gap, words)
            told = words.gap(attrs.evolve(gap, path=open_facts))
            why = Why(told, ((("unspecified", gap.why), told),), open_facts)
        case Unspecified(gaps):
            fields = {gap.path: words.place(gap.path) for gap in gaps}
            causes = {
                ("unspecified", gap.path, gap.why): words.say(
                    "named", name=fields[gap.path], text=words.gap(gap)
                )
                for gap in reversed(gaps_told(gaps))
            }
            told = outcome_text(outcome, lang, version=version)
            why = Why(told, tuple(reversed(causes.items())), _fields(fields, words))
    notes = [note_text(note, words) for note in answer.payslip.derivation.notes]
    notes += [notice.text(lang) for notice in answer.row.notices]
    return attrs.evolve(why, text=joined([why.text, *notes], lang))


def _open_facts(gap: Gap, words: Words) -> str:
    """Name the facts and fields that are open at once, each of them once."""
    told: dict[str, None] = {}
    for path in gap.path.split(", "):
        question = words.question(path)
        told[words.place(path) if question == path else question] = None
    return words.several(told)


def _fields(places: Mapping[str, str], words: Words) -> str:
    """Name fields of the scheme file by what they are about and by their paths."""
    told = []
    for path, place in places.items():
        facts = {"place": place, "path": path}
        told.append(place if place == path else say("cli-result-place", facts, words.lang))
    return words.say("clause-mark").join(told)


def _how(root: Step, words: Words) -> Iterator[str]:
    """Say for each component that pays something what it was made of, and what rounding did."""
    for part in root.parts:
        if not part.result or part.label is None:
            continue
        step, told = part, []
        while step.code == "round" and step.parts:
            if step.residue:
                told.append(step_text(step, words))
            step = step.parts[0]
        if isinstance(step.result, Fraction) and "/" in yuan_text(step.result):
            # a third of a fen helps nobody; the exact amount stands in the derivation
            told = []
            how = f"{words.term(f'step.{step.code}')} → {result_of(part, words)}"
        else:
            how = step_text(step, words)
        text = words.say("clause-mark").join([how, *reversed(told)])
        yield words.say("named", name=name_of(part, words), text=f"{text}{_STOP[words.lang]}")


def _failed(failure: Exception, lang: Language) -> Why:
    text = failure_text(failure, lang)
    code = failure.code if isinstance(failure, CwgradeError) else "cli-internal-error"
    return Why(text, (((code, type(failure).__name__), text),))


def _faulty(answer: Answer, lang: Language) -> Why:
    """Say every fault of a row, each with its column; the row stands beside it already."""
    texts = []
    for fault in answer.row.faults:
        told = say(fault.code, fault.facts, lang)
        texts.append(f"{fault.path}: {told}" if fault.path else told)
    # the summary tells faults by column and value, with their rows
    return Why(joined(texts, lang))


def frequent(whys: Iterable[Why], *, most: int = _MOST_FREQUENT) -> tuple[tuple[int, str], ...]:
    """Count the reasons of rows without an amount, the most frequent first; a row may have several."""
    counts: Counter[tuple[str, ...]] = Counter()
    shown: dict[tuple[str, ...], str] = {}
    for why in whys:
        for kind, text in why.causes:
            counts[kind] += 1
            shown.setdefault(kind, text)
    return tuple((count, shown[kind]) for kind, count in counts.most_common(most))


def joined(sentences: Sequence[str], lang: Language) -> str:
    """Put sentences after each other, with a mark between two where none ends the first."""
    text = ""
    for sentence in filter(None, sentences):
        if not text:
            text = sentence
        elif text.endswith(("。", ".", "；", ";")):
            text += sentence if lang == "zh" else f" {sentence}"
        else:
            text += ("；" if lang == "zh" else "; ") + sentence
    return text
