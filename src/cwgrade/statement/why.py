"""The reasons of a grade in sentences, and what is still open about a month's pay."""

from __future__ import annotations

from typing import Final

from cwgrade.gaps import Gap
from cwgrade.grading import Grading
from cwgrade.outcomes import Decided, OneOf, Outcome, Unspecified
from cwgrade.pay import Payslip
from cwgrade.reasons import Derivation, Step
from cwgrade.scheme import SchemeVersion
from cwgrade.statement.outcomes import outcome_sentences
from cwgrade.statement.steps import name_of, result_of
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["grade_reasons", "grade_sentences", "open_points"]

_WITH_FACTS: Final = ("fact", "rating", "probation")


def grade_reasons(
    grading: Grading, lang: Language = "en", *, version: SchemeVersion | None = None
) -> tuple[str, ...]:
    """Say in sentences why a worker has a grade, or why none is certain.

    Args:
        grading: The grading.
        lang: `"en"` or `"zh"`.
        version: The version that was asked, for printed names and sources.
    """
    return tuple(grade_sentences(grading, Words(lang, version=version)))


def grade_sentences(grading: Grading, words: Words) -> list[str]:
    """Say why a worker has a grade: post, start, rises, what was added, the range of the post.

    Args:
        grading: The grading.
        words: The words to use.

    Returns:
        Sentences in the order of the derivation; only the outcome where it is not a single grade.
    """
    root = grading.derivation.root
    ladders = root.parts if root.code == "ladders" else (root,)
    if not isinstance(grading.outcome, Decided) or ladders[0].code != "clamp":
        return [outcome_sentences(grading.outcome, words, money=False)]
    sentences = [_post_sentence(ladders[0].parts[1], words)]
    for ladder in ladders:
        total, _ = ladder.parts
        sentences += [_part_sentence(part, words) for part in total.parts]
        given = dict(ladder.inputs)
        sentences.append(
            words.say(
                "sentence-clamp",
                name=name_of(ladder, words),
                exact=result_of(total, words),
                post=words.post(str(given["post"])),
                low=given["low"],
                high=given["high"],
                result=result_of(ladder, words),
            )
        )
    return sentences


def _cited(sentence: str, step: Step, words: Words) -> str:
    if step.citation is None:
        return sentence
    return words.say("step-cited", text=sentence, source=words.cite(step.citation))


def _post_sentence(step: Step, words: Words) -> str:
    held = dict(step.inputs).get("held") or words.term("none")
    return _cited(words.say("sentence-post", post=result_of(step, words), held=held), step, words)


def _part_sentence(step: Step, words: Words) -> str:
    result, given = result_of(step, words), dict(step.inputs)
    if step.code == "placement":
        return words.say("sentence-placement", result=result, since=given["since"])
    if step.code == "post-change":
        post = words.post(str(given["post"]))
        sentence = words.say(
            "sentence-post-change",
            result=result,
            since=given["since"],
            post=post,
            held=given["held"],
        )
        return _cited(sentence, step, words)
    if step.code == "recognition" and given:
        sentence = words.say(
            "sentence-recognition",
            result=result,
            since=given["since"],
            held=given["held"],
            scheme=given["from"],
        )
        return _cited(sentence, step, words)
    if step.code == "rises":
        sentence = words.say(
            "sentence-rises",
            as_of=given["as_of"],
            months=given["counted_months"],
            by_service=given["by_service"],
            early=given["early"],
            by_rating=given["by_rating"],
        )
        return _cited(sentence, step, words)
    facts: dict[str, None] = {}
    for one in step.walk():
        if one.code in _WITH_FACTS:
            told = words.say("fact-value", fact=name_of(one, words), value=result_of(one, words))
            facts[told] = None
    name = name_of(step, words)
    if facts:
        sentence = words.say(
            "sentence-part-facts", name=name, result=result, facts=words.several(facts)
        )
    else:
        sentence = words.say("sentence-part", name=name, result=result)
    return _cited(sentence, step, words)


def open_points(payslip: Payslip, grading: Grading | None, words: Words) -> list[str]:
    """Say what is provisional, unknown or missing, and what to hand in.

    Args:
        payslip: The payslip.
        grading: The grading of the same worker, where there is one.
        words: The words to use.

    Returns:
        One sentence for each point, none twice; empty where everything is final.
    """
    found: dict[str, None] = {}
    derivations = [payslip.derivation, *([grading.derivation] if grading is not None else [])]
    for derivation in derivations:
        found.update(dict.fromkeys(_provisional(derivation, words)))
    unknown = _unknown(payslip.outcome) + (_unknown(grading.outcome) if grading is not None else ())
    for path in dict.fromkeys(unknown):
        found[words.say("open-unknown", fact=words.question(path), proof=words.proof(path))] = None
    told: set[Gap] = set()
    for line in payslip.lines:
        name = words.label(line.label)
        if line.state == "accrues" and line.accrues_per != "month":
            # what a period comes to matters in the month of payment
            continue
        for gap in line.gaps:
            told.add(gap)
            found[words.say("open-gap", name=name, text=words.gap(gap))] = None
        if line.state == "unscheduled":
            found[words.say("open-line", name=name, state=words.term(line.state))] = None
    others: list[Outcome[int]] = [payslip.outcome]
    for outcome in (*others, *([grading.outcome] if grading is not None else [])):
        if isinstance(outcome, Unspecified):
            left = tuple(gap for gap in outcome.gaps if gap not in told)
            if left:
                found[outcome_sentences(Unspecified(left), words, money=False)] = None
    return list(found)


def _unknown(outcome: object) -> tuple[str, ...]:
    """Give the unknown facts of an outcome, the one that settles most first."""
    match outcome:
        case OneOf(settled_by=first, unknown=unknown):
            return (first, *unknown)
        case Unspecified(unknown=unknown):
            return unknown
        case _:
            return ()


def _provisional(derivation: Derivation, words: Words) -> list[str]:
    found: list[str] = []
    for step in derivation.root.walk():
        given = dict(step.inputs)
        if step.code == "figure.provisional":
            text = words.say(
                "step-figure-provisional",
                result=result_of(step, words),
                year=given["year"],
                wanted=given["wanted_year"],
            )
            found.append(words.say("open-provisional", name=name_of(step, words), text=text))
        elif step.result == "not_out" and "year" in given:
            found.append(words.say("open-rating", year=given["year"]))
    return found
