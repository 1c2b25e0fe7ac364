"""A career as plain text for a terminal: what held from when to when, and why it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from cwgrade.career import (
    Career,
    CareerEntry,
    CareerMonth,
    Change,
    ChangeKind,
    Forecast,
)
from cwgrade.grading import Placement
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided, NotApplicable
from cwgrade.reasons import Derivation, Reason, Step
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.statement.outcomes import outcome_sentences, payslip_sentences, placement_words
from cwgrade.statement.steps import name_of, result_of
from cwgrade.statement.terminal import gross_of, is_invented, table_lines
from cwgrade.statement.words import Words
from cwgrade.wording import Language

__all__ = ["career_text", "change_lines", "change_sentence", "forecast_text"]

_CODES = {
    ChangeKind.FACT: "fact",
    ChangeKind.RATING: "rating",
    ChangeKind.POST: "post",
    ChangeKind.RECORD: "placement",
}
"""Steps by whose code a change is worded."""
_INDENT = "    "


def career_text(
    career: Career,
    lang: Language = "en",
    *,
    schemes: Sequence[Scheme] = (),
    months: bool = False,
) -> str:
    """Write a career for a terminal: its entries, and below each why it differs from the one before.

    Args:
        career: The career.
        lang: `"en"` or `"zh"`.
        schemes: The schemes that were asked, for printed names and sources.
        months: Whether the pay of each month is listed too.
    """
    words = _words_by_digest(schemes, lang)
    plain = Words(lang)
    derivations = _derivations(career.entries)
    lines = [plain.say("title-career")]
    if any(is_invented(one) for one in derivations):
        lines.append(plain.say("invented-banner"))
    known_on = plain.say("head-known-always") if career.known_on is None else career.known_on
    days = plain.days(career.start, career.end)
    span = plain.say("career-span", worker=career.worker_id, days=days, known_on=known_on)
    lines += [span, *(_scheme_line(one, plain) for one in derivations)]
    assumed = dict.fromkeys(text for one in derivations for text in one.assumed)
    if assumed:
        told = plain.several(plain.assumption(text) for text in assumed)
        lines.append(plain.say("head-assumed", assumed=told))
    columns = ("career-days", "career-placement", "career-monthly", "career-standing")
    rows = [[plain.say(code) for code in columns]]
    rows += [_row(entry, _words_of(entry, words, plain)) for entry in career.entries]
    head, *told_rows = table_lines(rows, right=(2,))
    lines += ["", head]
    for entry, row in zip(career.entries, told_rows, strict=True):
        lines.append(row)
        lines += [_INDENT + text for text in _reasons(entry, _words_of(entry, words, plain))]
    if months:
        lines += ["", plain.say("career-months"), *_month_lines(career.months, plain)]
    return "\n".join(lines)


def forecast_text(
    forecasts: Sequence[Forecast],
    lang: Language = "en",
    *,
    days: tuple[date, date],
    schemes: Sequence[Scheme] = (),
) -> str:
    """Write the coming changes of several workers for a terminal, by day; below each, why it comes.

    Args:
        forecasts: What is projected for each worker.
        lang: `"en"` or `"zh"`.
        days: The day that is looked out from, and the day before which is looked.
        schemes: The schemes that were asked, for printed names and sources.
    """
    words = _words_by_digest(schemes, lang)
    plain = Words(lang)
    coming = sorted(
        (
            (entry.start, place, one, entry)
            for place, one in enumerate(forecasts)
            for entry in one.changes
        ),
        key=lambda each: each[:2],
    )
    lines = [plain.say("title-next")]
    entries = [entry for one in forecasts for entry in (one.now, *one.changes)]
    derivations = _derivations(entries)
    if any(is_invented(one) for one in derivations):
        lines.append(plain.say("invented-banner"))
    lines += [
        plain.say("next-projected", days=plain.days(*days)),
        *(_scheme_line(one, plain) for one in derivations),
    ]
    assumed = dict.fromkeys(text for one in forecasts for text in one.assumed)
    if assumed:
        told = plain.several(plain.assumption(text) for text in assumed)
        lines.append(plain.say("head-assumed", assumed=told))
    lines.append("")
    if coming:
        columns = ("next-day", "next-worker", "career-placement")
        rows = [[plain.say(code) for code in columns]]
        rows += [
            [str(day), one.worker_id, _placed(entry, _words_of(entry, words, plain))]
            for day, _, one, entry in coming
        ]
        head, *told_rows = table_lines(rows)
        lines.append(head)
        for (_, _, _, entry), row in zip(coming, told_rows, strict=True):
            lines.append(row)
            chosen = _words_of(entry, words, plain)
            lines += [_INDENT + text for text in _reasons(entry, chosen, money=False)]
    else:
        lines.append(plain.say("next-none"))
    still_open = [one.worker_id for one in forecasts if one.is_open]
    if still_open:
        shown = plain.several(still_open[:_MOST_SHOWN])
        lines += ["", plain.say("next-open", count=len(still_open), workers=shown)]
    return "\n".join(lines)


def change_lines(
    entry: CareerEntry, lang: Language = "en", *, version: SchemeVersion | None = None
) -> tuple[str, ...]:
    """Say why an entry of a career differs from the one before, without amounts.

    Args:
        entry: The entry.
        lang: `"en"` or `"zh"`.
        version: The version that was asked, for printed names and sources.
    """
    return tuple(_reasons(entry, Words(lang, version=version), money=False))


_MOST_SHOWN: Final = 20
"""Workers that one line names."""


def _words_by_digest(schemes: Sequence[Scheme], lang: Language) -> dict[str, Words]:
    versions = {one.digest: one for scheme in schemes for one in scheme.versions}
    return {digest: Words(lang, version=version) for digest, version in versions.items()}


def _derivations(entries: Sequence[CareerEntry]) -> list[Derivation]:
    """Give one derivation for each version of a scheme that was asked."""
    found: dict[str, Derivation] = {}
    for entry in entries:
        if entry.grading is not None:
            found.setdefault(entry.grading.derivation.digest, entry.grading.derivation)
    return list(found.values())


def _words_of(entry: CareerEntry, words: dict[str, Words], plain: Words) -> Words:
    return words.get(entry.grading.derivation.digest, plain) if entry.grading else plain


def _scheme_line(derivation: Derivation, words: Words) -> str:
    return words.say(
        "career-scheme",
        title=words.label(derivation.scheme_title),
        id=derivation.scheme_id,
        revision=derivation.revision,
        digest=derivation.digest[:12],
    )


def _row(entry: CareerEntry, words: Words) -> list[str]:
    nothing = words.say("career-nothing")
    days = words.days(entry.start, entry.end)
    if entry.payslip is None:
        return [days, nothing, nothing, nothing]
    standing = words.term(str(entry.payslip.standing))
    return [days, _placed(entry, words), gross_of(entry.payslip.outcome, words), standing]


def _placed(entry: CareerEntry, words: Words) -> str:
    placement: Placement | None = entry.placement
    if placement is not None:
        return placement_words(placement, words)
    return words.several(words.post(post) for post in entry.posts) or words.say("career-nothing")


def _reasons(entry: CareerEntry, words: Words, *, money: bool = True) -> Iterator[str]:
    """Say why an entry differs from the one before, and what keeps it from being certain."""
    for change in entry.changes:
        if change.kind is ChangeKind.FORCE and entry.silence is None:
            yield words.say("change-asked")
        elif change.kind is ChangeKind.SCOPE and not change.after:
            yield words.say("change-in-scope")
        elif change.kind not in (ChangeKind.FORCE, ChangeKind.SCOPE):
            yield change_sentence(change, words)
    if entry.silence is not None:
        yield words.say(entry.silence.code, **_facts(entry.silence))
    elif entry.grading is not None and entry.payslip is not None:
        told: dict[str, None] = {}
        if not isinstance(entry.grading.outcome, Decided | NotApplicable):
            told[outcome_sentences(entry.grading.outcome, words, money=False)] = None
        if money and not isinstance(entry.payslip.outcome, Decided):
            told[payslip_sentences(entry.payslip, words)] = None
        yield from told


def _facts(reason: Reason) -> dict[str, object]:
    """Give the facts of a reason; a day is shown as a day, not as a text in quotation marks."""
    days = ("on", "first", "last")
    return {
        name: date.fromisoformat(value) if name in days else value for name, value in reason.facts
    }


def change_sentence(change: Change, words: Words) -> str:
    """Say one reason for which an answer is different from the one before."""
    step = Step(
        code=_CODES.get(change.kind, "number"),
        path=change.what,
        result=change.after,
        unit=change.unit,
        label=change.label,
    )
    old = Step(code=step.code, path=step.path, result=change.before, unit=step.unit)
    text = words.say(
        f"change-{change.kind}",
        name=name_of(step, words),
        before=_value(change.kind, old, words),
        after=_value(change.kind, step, words),
    )
    if change.citation is None:
        return text
    return words.say("step-cited", text=text, source=words.cite(change.citation))


def _value(kind: ChangeKind, step: Step, words: Words) -> str:
    if step.result in ("", None):
        return words.term("none")
    if kind is ChangeKind.OPEN:
        return words.several(words.question(path) for path in str(step.result).split(", "))
    return result_of(step, words)


def _month_lines(months: Sequence[CareerMonth], words: Words) -> list[str]:
    rows = [[words.say("career-month"), words.say("career-payable")]]
    rows += [
        [
            words.month(one.year, one.month),
            words.say("career-nothing") if one.gross_fen is None else yuan_text(one.gross_fen),
        ]
        for one in months
    ]
    return table_lines(rows, right=(1,))
