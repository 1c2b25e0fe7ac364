"""What a source does not give, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from cwgrade import wording
from cwgrade.decimals import decimal_text
from cwgrade.gaps import Bounds, Gap
from cwgrade.money import yuan_text
from cwgrade.wording import Language

__all__ = ["GAP_CODES", "bounds_text", "gap_text", "gaps_told"]

GAP_CODES: Final[dict[str, tuple[str, ...]]] = {
    "unmapped-title": ("value", "near"),
    "post-changed-since-placement": (),
    "waiting-served-unknown": (),
    "equal-pay-open": (),
    "no-grade-before-move": (),
    "too-many-standings": (),
    "earlier-version-not-on-file": (),
    "protection-after-a-break": (),
    "post-moves-later": (),
    "grade-elsewhere-not-on-file": (),
    "no-cell": (),
    "several-readings": (),
    "no-figure": ("value",),
    "figure-not-published": ("value", "published"),
    "figure-of-low-trust": ("value", "yuan", "trust", "url"),
    "figure-disputed": ("value", "printed"),
    "figure-of-other-measure": ("value", "printed"),
    "before-first-day": ("value",),
    "rating-not-on-scale": ("value", "period"),
    "not-mentioned": (),
    "value-not-on-list": ("value", "accepted"),
    "undecided-publication": (),
    "too-many-possibilities": (),
    "supplied-over-limit": ("value", "most"),
    "supplied-negative": ("value",),
    "supplied-without-document": (),
    "unknown-component": (),
    "nothing-supplied": (),
    "nothing-in-total": (),
    "part-of-period": ("start", "end"),
    "period-before-scheme": ("value",),
    "bound-not-certain": (),
}
"""Gaps that the engine finds by itself, and what their readings are called in the sentence. Any
other `why` is its author's text."""

_IN_FEN: Final = ("supplied-over-limit", "supplied-negative")
_STOPS: Final = (".", "。", "?", "？", "!", "！")


def gap_text(gap: Gap, lang: Language = "en") -> str:
    """Say a gap: the sentence of its code, or what the scheme's author wrote about it.

    Args:
        gap: The gap.
        lang: `"en"` or `"zh"`; an author's text that has no Chinese is shown as it is.

    Examples:
        >>> gap_text(Gap(path="series.wage", why="no-figure", readings=("2019",)), "zh")
        '基数所挂钩的 2019 年统计数据尚未收录（series.wage），公布后请补充。'
        >>> gap_text(
        ...     Gap(path="rounding.component", why="the notice is silent", zh="通知没有写明"), "zh"
        ... )
        '通知没有写明。'
    """
    names = GAP_CODES.get(gap.why)
    if names is None:
        text = (gap.zh if lang == "zh" and gap.zh else gap.why) or wording.say(
            "gap-unnamed", {}, lang
        )
    else:
        readings = (
            [yuan_text(int(fen)) for fen in gap.readings]
            if gap.why in _IN_FEN
            else list(gap.readings)
        )
        if gap.why == "rating-not-on-scale":
            readings[0] = wording.term(readings[0], lang)
        if gap.why in ("figure-not-published", "figure-of-low-trust"):
            readings = [wording.term(reading, lang) for reading in readings]
        if gap.why == "part-of-period":
            readings[1] = (date.fromisoformat(readings[1]) - timedelta(days=1)).isoformat()
        facts: dict[str, object] = {"path": gap.path, **dict(zip(names, readings, strict=False))}
        if gap.why == "value-not-on-list":
            facts["accepted"] = readings[1:]
        text = wording.say(gap.why, facts, lang)
    text = text if text.endswith(_STOPS) else text + ("。" if lang == "zh" else ".")
    if gap.bounds is None:
        return text
    return text + ("" if lang == "zh" else " ") + bounds_text(gap.bounds, lang)


def gaps_told(gaps: Sequence[Gap]) -> list[Gap]:
    """Give the gaps that are told: months in a row of a period, none of them paid by the scheme, are told as one.

    Args:
        gaps: The gaps of an answer.

    Examples:
        >>> months = [
        ...     Gap(path="pay.award", why="period-before-scheme", readings=(month,))
        ...     for month in ("2017-12", "2018-01", "2018-03")
        ... ]
        >>> [gap.readings for gap in gaps_told(months)]
        [('2017-12 – 2018-01',), ('2018-03',)]
    """
    told: list[Gap] = []
    last = -1
    for gap in gaps:
        month = _month(gap.readings[0]) if gap.why == "period-before-scheme" else -1
        if month > 0 and month == last + 1 and told[-1].path == gap.path:
            first = told[-1].readings[0].partition(_TO)[0]
            told[-1] = attrs.evolve(gap, readings=(f"{first}{_TO}{gap.readings[0]}",))
        else:
            told.append(gap)
        last = month
    return told


_TO: Final = " – "


def _month(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month)


def bounds_text(bounds: Bounds, lang: Language = "en") -> str:
    """Say what a source prints in place of an exact number.

    Args:
        bounds: The floor, the ceiling, or both.
        lang: `"en"` or `"zh"`.

    Examples:
        >>> from fractions import Fraction
        >>> bounds_text(Bounds(unit="yuan", at_least=Fraction(100)))
        'The source prints only: at least 100 yuan.'
    """
    least, most = (
        None if end is None else decimal_text(end) for end in (bounds.at_least, bounds.at_most)
    )
    code = "gap-least-most" if least and most else "gap-least" if least else "gap-most"
    facts = {"least": least, "most": most, "unit": wording.term(bounds.unit, lang)}
    return wording.say(code, facts, lang)
