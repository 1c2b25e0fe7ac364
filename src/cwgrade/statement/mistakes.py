"""A common mistake in a few words: what kind it is, of what, and what was taken for what."""

from __future__ import annotations

from cwgrade.audit import Mistake, MistakeKind
from cwgrade.scheme import Scheme, Schemes
from cwgrade.statement.places import place_text
from cwgrade.statement.words import Words
from cwgrade.wording import Language, say, term

__all__ = ["mistake_text"]

_OF_DAYS = (
    MistakeKind.CERTIFICATE_EARLY,
    MistakeKind.CERTIFICATE_LATE,
    MistakeKind.CERTIFICATE_IGNORED,
)
_OF_FIELDS = (
    MistakeKind.OLDER_STATISTIC,
    MistakeKind.NEWER_STATISTIC,
    MistakeKind.OTHER_COUNTING,
    MistakeKind.OTHER_TIMING,
    MistakeKind.OTHER_ROUNDING,
)
_ROUNDED = ("rounding.component", "rounding.total", "base.rounded")
"""What is rounded, where the name of the field alone does not say it."""


def mistake_text(mistake: Mistake, lang: Language = "en", *, scheme: Scheme | Schemes) -> str:
    """Say a mistake in a few words.

    Args:
        mistake: The mistake.
        lang: `"en"` or `"zh"`.
        scheme: The scheme that was asked, or those of several places, for printed names.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> rounded = Mistake(
        ...     kind=MistakeKind.OTHER_ROUNDING,
        ...     what="rounding.total",
        ...     stated="yuan half_up",
        ...     taken="fen half_up",
        ... )
        >>> mistake_text(rounded, scheme=load_scheme("sample-3x18"))
        'another rounding (the total: yuan, half up → fen, half up)'
    """
    kind = term(f"mistake.{mistake.kind}", lang)
    if mistake.region:
        kind = say("mistake-of-place", {"kind": kind, "region": mistake.region}, lang)
    stated, taken = _value(mistake, mistake.stated, lang), _value(mistake, mistake.taken, lang)
    if mistake.kind is MistakeKind.OTHER_ROUNDING:
        stated = stated or term("none", lang)
    values = _joined("mistake-taken", lang, stated=stated, taken=taken)
    detail = _joined("mistake-named", lang, name=_name(mistake, lang, scheme), values=values)
    return say("mistake-detail", {"kind": kind, "detail": detail}, lang) if detail else kind


def _joined(code: str, lang: Language, **texts: str) -> str:
    """Put two texts together, or give the one that there is."""
    given = [text for text in texts.values() if text]
    return say(code, texts, lang) if len(given) > 1 else "".join(given)


def _name(mistake: Mistake, lang: Language, scheme: Scheme | Schemes) -> str:
    fact, _, value = mistake.what.partition(".")
    if mistake.kind in _OF_DAYS:
        return term(mistake.what, lang)
    if fact == "ratings":
        return value
    if mistake.kind not in _OF_FIELDS:
        return ""
    if mistake.what in _ROUNDED:
        return term(f"mistake.{mistake.what}", lang)
    one = scheme if isinstance(scheme, Scheme) else scheme.at(mistake.region)
    return place_text(mistake.what, lang, version=one.versions[-1])


def _value(mistake: Mistake, value: str, lang: Language) -> str:
    if mistake.kind is MistakeKind.OTHER_ROUNDING:
        unit, _, mode = value.partition(" ")
        parts = [term(unit, lang), term(mode, lang)] if mode else []
        return say("cli-sum-list", {"names": parts}, lang) if parts else ""
    if mistake.kind is MistakeKind.OTHER_TIMING and value:
        return Words(lang).option(mistake.what, value)
    return term(value, lang)
