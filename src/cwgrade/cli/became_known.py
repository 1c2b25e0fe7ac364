"""What became known between two moments, in a few words: a fact, a figure, a version of a scheme."""

from __future__ import annotations

from cwgrade.arrears import Change, FactChange, FigureChange
from cwgrade.cli.places import each_scheme
from cwgrade.money import yuan_text
from cwgrade.scheme import Scheme, Schemes
from cwgrade.wording import Language, say, term
from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Unknown,
)

__all__ = ["change_text"]

_FACTS = {"degrees": "degree", "qualifications": "qualification", "honours": "honour"}
"""The fact whose values a field holds, where it is named otherwise."""


def change_text(change: Change, schemes: Scheme | Schemes, lang: Language) -> str:
    """Say in a few words what became known.

    Args:
        change: What became known.
        schemes: The scheme, or those of several places, for printed names.
        lang: The language.
    """
    if isinstance(change, FactChange):
        if isinstance(change.before, Unknown):
            return say("cli-arrears-looked", {"name": term(f"arrears.{change.field}", lang)}, lang)
        before, after = (
            _fact_text(change.field, one, lang) for one in (change.before, change.after)
        )
        name = term(f"arrears.{change.field}", lang)
    elif isinstance(change, FigureChange):
        before = yuan_text(change.before_fen) if change.before_fen is not None else ""
        after = yuan_text(change.after_fen) if change.after_fen is not None else ""
        label = next(
            one.label
            for scheme in each_scheme(schemes)
            for version in scheme.versions
            for one in version.series
            if one.name == change.series
        )
        facts = {"name": str(getattr(label, lang)), "year": change.year}
        name = say("cli-arrears-figure", facts, lang)
    else:
        before, after = "", _version_text(change.scheme_id, change.published_on, lang)
        name = say("cli-arrears-version", {"from_day": change.from_day}, lang)
    if before and after:
        return say("cli-arrears-replaced", {"name": name, "before": before, "after": after}, lang)
    code = "cli-arrears-new" if after else "cli-arrears-gone"
    return say(code, {"name": name, "what": after or before}, lang)


def _version_text(scheme_id: str, published_on: object, lang: Language) -> str:
    published = term("unknown", lang) if published_on == "unknown" else str(published_on)
    return say("cli-arrears-published", {"id": scheme_id, "day": published}, lang)


def _fact_text(field: str, fact: object, lang: Language) -> str:
    match fact:
        case Unknown():
            return term("unknown", lang)
        case ServiceSpell():
            return f"{fact.title or fact.post or ''} {fact.start} – {fact.end or ''}".strip()
        case AbsenceSpell():
            return f"{term(fact.kind, lang)} {fact.start} – {fact.end or ''}".strip()
        case Rating():
            return f"{fact.period} {term(fact.value, lang)}"
        case StateFact():
            return f"{term(fact.name, lang)} = {term(f'{fact.name}.{fact.value}', lang)}"
        case PlacementOnRecord():
            return f"{fact.post} {fact.grade} ({fact.since})"
        case SuppliedAmount():
            return f"{fact.component} {yuan_text(fact.fen)}"
        case Attainment():
            return term(f"{_FACTS.get(field, field)}.{fact.value}", lang)
        case _:
            return ""
