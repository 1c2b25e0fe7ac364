"""Why one grade and not another, and what would give the other, in words."""

from __future__ import annotations

from datetime import date
from typing import Final

from cwgrade.career import Supposed, Way, WhyNot
from cwgrade.outcomes import Decided
from cwgrade.scheme import SchemeVersion
from cwgrade.statement.career import change_sentence
from cwgrade.statement.outcomes import outcome_sentences, placement_words
from cwgrade.statement.terminal import is_invented, table_lines
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["why_not_text"]

_MOST_WAYS: Final = 12


def why_not_text(
    found: WhyNot,
    lang: Language = "en",
    *,
    worker_id: str,
    grade: int,
    days: tuple[date, date],
    version: SchemeVersion,
) -> str:
    """Write for a terminal why a worker does not have a grade, and what would give it.

    Args:
        found: What `why_not` gives.
        lang: `"en"` or `"zh"`.
        worker_id: The worker.
        grade: The grade that was asked about.
        days: The day asked about, and the day before which was looked.
        version: The version that was asked, for printed names.
    """
    words = Words(lang, version=version)
    on, horizon = days
    lines = [words.say("why-not-title", worker=worker_id, grade=grade, on=on)]
    grading = found.grading
    if grading is not None:
        if is_invented(grading.derivation):
            lines.append(words.say("invented-banner"))
        lines += ["", outcome_sentences(grading.outcome, words, money=False)]
    search = found.search
    if search.ways and found.branch is None and grading is not None:
        return "\n".join([*lines, words.say("why-not-held")])
    lines.append("")
    looked = {"until": words.days(on, horizon), "tried": search.tried, "grade": grade}
    if not search.ways:
        lines.append(words.say("why-not-none", **looked))
    else:
        lines.append(words.say("why-not-ways", **looked))
        told = [
            [str(way.reached_on), _facts(way, words), _placed(way, words)] for way in search.ways
        ]
        lines += [f"  {line}" for line in table_lines(told[:_MOST_WAYS])]
        if len(told) > _MOST_WAYS:
            lines.append("  " + words.say("why-not-more", count=len(told) - _MOST_WAYS))
    if not search.complete:
        lines.append(words.say("why-not-cut-short", **looked))
    if found.changes:
        lines += ["", words.say("why-not-parts")]
        lines += [f"  {change_sentence(one, words)}" for one in found.changes]
    return "\n".join(lines)


def _facts(way: Way, words: Words) -> str:
    return words.several(_supposed(one, words) for one in way.facts) or words.say("why-not-time")


def _supposed(one: Supposed, words: Words) -> str:
    if one.fact == "post":
        return words.say("fact-value", fact=words.term("post"), value=words.post(one.value))
    name = words.question(one.fact)
    kind = "last_rating" if one.fact.startswith("ratings.") else one.fact
    return words.say("fact-value", fact=name, value=words.value(kind, one.value))


def _placed(way: Way, words: Words) -> str:
    grading = way.entry.grading
    if grading is None or not isinstance(grading.outcome, Decided):
        return ""
    return placement_words(grading.outcome.value, words)
