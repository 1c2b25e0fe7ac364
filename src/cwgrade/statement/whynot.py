"""Why one grade and not another, and what would give the other, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cwgrade.career import Search, Supposed, Way, WhyNot
from cwgrade.outcomes import Decided
from cwgrade.scheme import SchemeVersion
from cwgrade.statement.career import change_sentence
from cwgrade.statement.outcomes import outcome_sentences, placement_words
from cwgrade.statement.terminal import is_invented, table_lines
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["to_reach_text", "why_not_text"]

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
    title = words.say("why-not-title", worker=worker_id, grade=grade, on=days[0])
    lines = [title, *_held(found, words)]
    if _is_held(found):
        return "\n".join([*lines, words.say("why-not-held")])
    looked = _looked(found.search, grade, days, words)
    lines += ["", *_ways(found.search, "why-not-none", "why-not-ways", looked, words)]
    if found.changes:
        lines += ["", words.say("why-not-parts")]
        lines += [f"  {change_sentence(one, words)}" for one in found.changes]
    return "\n".join(lines)


def to_reach_text(
    found: WhyNot,
    lang: Language = "en",
    *,
    worker_id: str,
    grade: int,
    days: tuple[date, date],
    version: SchemeVersion,
) -> str:
    """Write for a terminal what would give a worker a grade, several facts together where one is not enough.

    Args:
        found: What `why_not` gives, whose search is told.
        lang: `"en"` or `"zh"`.
        worker_id: The worker.
        grade: The grade that is to be reached.
        days: The day from which facts are supposed, and the day before which was looked.
        version: The version that was asked, for printed names.
    """
    words = Words(lang, version=version)
    looked = _looked(found.search, grade, days, words)
    lines = [words.say("to-reach-title", worker=worker_id, **looked), *_held(found, words)]
    if _is_held(found):
        return "\n".join([*lines, words.say("why-not-held")])
    # a search that was cut short has not shown that there is nothing
    none = "to-reach-none" if found.search.complete else "to-reach-none-found"
    return "\n".join([*lines, "", *_ways(found.search, none, "to-reach-ways", looked, words)])


def _held(found: WhyNot, words: Words) -> Iterator[str]:
    """Say what holds on the day, and where the scheme is invented."""
    if found.grading is None:
        return
    if is_invented(found.grading.derivation):
        yield words.say("invented-banner")
    yield ""
    yield outcome_sentences(found.grading.outcome, words, money=False)


def _is_held(found: WhyNot) -> bool:
    return bool(found.search.ways and found.branch is None and found.grading is not None)


def _looked(search: Search, grade: int, days: tuple[date, date], words: Words) -> dict[str, object]:
    return {"until": words.days(*days), "tried": search.tried, "grade": grade}


def _ways(
    search: Search, none: str, some: str, looked: Mapping[str, object], words: Words
) -> Iterator[str]:
    """Tell the ways that were found, or that there is none, and whether the search was cut short."""
    if not search.ways:
        yield words.say(none, **looked)
    else:
        yield words.say(some, **looked)
        told = [
            [str(way.reached_on), _facts(way, words), _placed(way, words)] for way in search.ways
        ]
        yield from (f"  {line}" for line in table_lines(told[:_MOST_WAYS]))
        if len(told) > _MOST_WAYS:
            yield "  " + words.say("why-not-more", count=len(told) - _MOST_WAYS)
    if not search.complete:
        yield words.say("why-not-cut-short", **looked)


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
