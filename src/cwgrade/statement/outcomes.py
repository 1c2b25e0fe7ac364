"""Each of the five outcomes in one or two sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar, assert_never

from cwgrade.gaps import Gap
from cwgrade.grading import Placement
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Outcome, Unspecified
from cwgrade.pay import Payslip
from cwgrade.reasons import Reason
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import LegalSource
from cwgrade.statement.gaps import GAP_CODES, gaps_told
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = [
    "outcome_sentences",
    "outcome_text",
    "payslip_sentences",
    "placement_words",
    "span_words",
]

T = TypeVar("T")


def outcome_text(
    outcome: Outcome[T],
    lang: Language = "en",
    *,
    money: bool = False,
    sources: Mapping[str, LegalSource] | None = None,
    version: SchemeVersion | None = None,
) -> str:
    """Say an outcome in a sentence or two.

    Args:
        outcome: The outcome of a grading, a payslip or a question of scope.
        lang: `"en"` or `"zh"`.
        money: Whether its values are fen.
        sources: The scheme's sources by id.
        version: The version that was asked, for printed names.

    Examples:
        >>> outcome_text(Decided(396000), "zh", money=True)
        '3960.00 元。'
        >>> outcome_text(OneOf((396000, 420000), "schooling"), money=True)
        'Not certain: from 3960.00 yuan to 4200.00 yuan. Find out first: schooling.'
    """
    return outcome_sentences(outcome, Words(lang, sources=sources, version=version), money=money)


def outcome_sentences(outcome: Outcome[T], words: Words, *, money: bool) -> str:
    """Say an outcome with words that are already chosen.

    Args:
        outcome: The outcome.
        words: The words to use.
        money: Whether its values are fen.
    """
    match outcome:
        case Decided(value):
            return _decided(value, words, money=money)
        case NotEligible(reason) | NotApplicable(reason):
            return _reason(reason, words)
        case OneOf():
            return _joined(_one_of(outcome, words, money=money), words)
        case Unspecified(gaps, unknown):
            sentences = [_gap(gap, words) for gap in gaps_told(gaps)]
            if unknown:
                facts = words.several(words.question(path) for path in unknown)
                sentences.append(words.say("outcome-beside", facts=facts))
            return _joined(sentences, words)
        case _:
            assert_never(outcome)


def payslip_sentences(payslip: Payslip, words: Words) -> str:
    """Say what a month comes to, with what printed floors and ceilings leave of a sum that is not stated.

    Args:
        payslip: The payslip.
        words: The words to use.
    """
    told = outcome_sentences(payslip.outcome, words, money=True)
    span = span_words(payslip.low_fen, payslip.high_fen, words)
    return _joined([told, words.say("outcome-within", span=span)], words) if span else told


def span_words(low_fen: int | None, high_fen: int | None, words: Words) -> str:
    """Write two bounds of an amount in yuan, or the one that is known; nothing where neither is."""
    low, high = (None if fen is None else yuan_text(fen) for fen in (low_fen, high_fen))
    if low and high:
        return words.say("amount-bounds", low=low, high=high)
    if low:
        return words.say("amount-least", low=low)
    return words.say("amount-most", high=high) if high else ""


def _joined(sentences: list[str], words: Words) -> str:
    return ("" if words.lang == "zh" else " ").join(sentences)


def _decided(value: object, words: Words, *, money: bool) -> str:
    match value:
        case bool():
            return (
                words.say("outcome-in-scope")
                if value
                else words.say("outcome-value", value=words.plain(value))
            )
        case int() if money:
            return words.say("outcome-amount", amount=words.yuan(value))
        case Placement():
            return words.say("outcome-placement", placement=placement_words(value, words))
        case _:
            return words.say("outcome-value", value=value)


def _reason(reason: Reason, words: Words) -> str:
    facts = dict(reason.facts)
    if "fact" in facts and "value" in facts:
        facts["value"] = words.value(facts["fact"], facts["value"])
        facts["fact"] = words.fact(facts["fact"])
    told = words.say(reason.code, **facts)
    if reason.citation is None:
        return told
    return words.say("outcome-cited", text=told, source=words.cite(reason.citation))


def _one_of(outcome: OneOf[T], words: Words, *, money: bool) -> list[str]:
    values = outcome.values
    if not values:
        sentences = [words.say("outcome-no-values")]
    elif money:
        amounts = [value for value in values if isinstance(value, int)]
        low, high = words.yuan(min(amounts)), words.yuan(max(amounts))
        if low == high:
            sentences = [words.say("outcome-one-of", values=low)]
        else:
            sentences = [words.say("outcome-bounds", low=low, high=high)]
    else:
        sentences = [
            words.say(
                "outcome-one-of", values=words.several(_short(value, words) for value in values)
            )
        ]
    if outcome.reasons:
        reasons = _joined([_reason(reason, words) for reason in outcome.reasons], words)
        sentences.append(words.say("outcome-also", reasons=reasons))
    sentences.append(words.say("outcome-settled", fact=words.question(outcome.settled_by)))
    others = [words.question(path) for path in outcome.unknown if path != outcome.settled_by]
    if others:
        sentences.append(words.say("outcome-others", facts=words.several(others)))
    return sentences


def _short(value: object, words: Words) -> str:
    if isinstance(value, Placement):
        return placement_words(value, words)
    return words.term("yes" if value else "no") if isinstance(value, bool) else str(value)


def placement_words(placement: Placement, words: Words) -> str:
    """Say a post and grade, with the step where there is one."""
    code = "placement-short" if placement.step is None else "placement-with-step"
    return words.say(
        f"outcome-{code}",
        post=words.post(placement.post),
        grade=placement.grade,
        **({} if placement.step is None else {"step": placement.step}),
    )


def _gap(gap: Gap, words: Words) -> str:
    """Say a gap with its place; the readings of the engine's own gaps are in their sentences."""
    if gap.readings and not GAP_CODES.get(gap.why):
        readings = words.several(words.option(gap.path, reading) for reading in gap.readings)
        return words.say(
            "outcome-gap-tried",
            place=words.place(gap.path),
            text=words.gap(gap),
            path=gap.path,
            readings=readings,
        )
    if gap.why in GAP_CODES:
        return words.gap(gap)
    return words.say("outcome-gap", place=words.place(gap.path), text=words.gap(gap), path=gap.path)
