"""What the scheme's checks on a roster have found, in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from cwgrade.checks import CheckState, Finding
from cwgrade.decimals import decimal_text
from cwgrade.law.checks import CheckKind
from cwgrade.money import yuan_text
from cwgrade.statement.gaps import gap_text
from cwgrade.statement.words import Words
from cwgrade.wording import Language, say, term

__all__ = ["finding_rows"]

_PERCENT: Final = 100
_PLACES: Final = 100
"""Percentages are shown to the hundredth; what is compared is exact."""


def finding_rows(findings: tuple[Finding, ...], lang: Language) -> Iterator[list[str]]:
    """Give a row for each finding: the state, the period, the check, what was found, the bound, of how many.

    Args:
        findings: The findings.
        lang: The language.
    """
    for one in findings:
        yield [
            term(f"check.{one.state}", lang),
            one.period,
            str(getattr(one.check.label, lang)),
            _found(one, lang),
            _bound(one, lang),
            _of(one, lang),
        ]


def _found(one: Finding, lang: Language) -> str:
    if one.found is None:
        return ""
    facts = {"amount": _amount(one.found, one.check.kind), "rating": ""}
    if one.check.kind is CheckKind.QUOTA:
        facts["rating"] = Words(lang).value("last_rating", one.check.rating)
    return say(f"cli-check-{one.check.kind}", facts, lang)


def _bound(one: Finding, lang: Language) -> str:
    kind = one.check.kind
    told = [
        say(code, {"amount": _amount(bound, kind)}, lang)
        for code, bound in (("cli-check-least", one.at_least), ("cli-check-most", one.at_most))
        if bound is not None
    ]
    told += [gap_text(gap, lang) for gap in one.gaps]
    return say("cli-sum-list", {"names": told}, lang)


def _of(one: Finding, lang: Language) -> str:
    if one.state in (CheckState.NEEDS_YEAR, CheckState.NOBODY):
        return ""
    code = "cli-check-people-open" if one.open else "cli-check-people"
    return say(code, {"people": one.people, "open": one.open}, lang)


def _amount(number: Fraction, kind: CheckKind) -> str:
    """Write an amount or a share; one that does not end is shown near, with a mark."""
    if kind is CheckKind.QUOTA:
        percent = number * _PERCENT
        near = Fraction(round(percent * _PLACES), _PLACES)
        text = f"{decimal_text(near)}%"
        return text if near == percent else f"≈{text}"
    near_fen = round(number)
    return yuan_text(near_fen) if near_fen == number else f"≈{yuan_text(near_fen)}"
