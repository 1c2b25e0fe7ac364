"""What a field of a scheme file accepts, said in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cwgrade.schemefile.accepts import Schema
from cwgrade.schemefile.kinds import ANNUAL_DAY
from cwgrade.schemefile.problems import Path, typed
from cwgrade.schemefile.schema import branches, shape_of
from cwgrade.wording import Language, say

__all__ = ["accepted_text"]

_YUAN: Final = ("yuan", "at_most_yuan", "shift_yuan", "not_below_yuan")


def accepted_text(path: Path, among: tuple[str, ...], lang: Language) -> str:
    """Say what can stand at a place of a scheme file.

    Args:
        path: The place.
        among: The readings that the source's words allow; empty where they allow all.
        lang: The language.

    Examples:
        >>> accepted_text(("proration", "rule"), ("calendar_days", "half_months"), "en")
        'calendar_days, half_months'
    """
    if among:
        return _list(list(among), lang)
    shape = shape_of(path)
    if shape is not None and (words := _readings_of_text(shape)):
        return _list(words, lang)
    told = [_one(one, path, lang) for one in branches(shape)] if shape is not None else []
    return say("cli-fill-or", {}, lang).join(dict.fromkeys(one for one in told if one))


def _readings_of_text(shape: Schema) -> list[str]:
    """Give the words that a free text is tried with where it is missing: those that mean something, such as events."""
    listed = list(branches(shape))
    if any("enum" in one for one in listed) or not any(
        one.get("type") == "string" for one in listed
    ):
        return []
    gaps: list[Mapping[str, Any]] = [one.get("properties", {}) for one in listed]
    among: Mapping[str, Any] = next((keys["among"] for keys in gaps if "among" in keys), {})
    return [str(word) for word in among.get("items", {}).get("enum", ())]


def _one(shape: Schema, path: Path, lang: Language) -> str:
    keys: dict[str, Any] = dict(shape.get("properties", {}))
    if "missing" in keys or "source" in keys:
        # a gap is what is being filled, and the source is asked for afterwards
        return ""
    if "readings" in keys or "quantity" in keys:
        return say(
            "cli-fill-table-of", {"keys": "readings" if "readings" in keys else "quantity"}, lang
        )
    if keys:
        words = {name: "|".join(one.get("enum", ["…"])) for name, one in keys.items()}
        return "{ " + ", ".join(f'{name} = "{word}"' for name, word in words.items()) + " }"
    if "enum" in shape:
        return _list([str(word) for word in shape["enum"]], lang)
    kind = shape.get("type")
    if kind == "integer" and "minimum" in shape:
        facts = {"least": shape["minimum"], "most": shape.get("maximum", "…")}
        return say("cli-fill-whole", facts, lang)
    if kind == "number" and shape.get("maximum") == 1:
        return say("cli-fill-share", {}, lang)
    if kind == "number":
        yuan = any(step in _YUAN for step in path)
        return say("cli-fill-yuan" if yuan else "cli-fill-number", {}, lang)
    if shape.get("format") == "date":
        return say("cli-fill-day", {}, lang)
    if shape.get("pattern") == ANNUAL_DAY.accepts["pattern"]:
        return say("cli-fill-annual-day", {}, lang)
    if kind == "string":
        # the text of a fraction goes without saying
        fraction = "/[1-9]" in str(shape.get("pattern", ""))
        sheet = shape.get("pattern") == "\t"
        return "" if fraction or sheet else say("cli-fill-text", {}, lang)
    if kind == "array":
        return say("cli-fill-array", {"example": _example(shape)}, lang)
    return say(f"cli-fill-{kind}", {}, lang) if kind else ""


def _example(shape: Schema) -> str:
    """Give a list of two items as a file writes it."""
    item = next(branches(shape.get("items", {})), {})
    if "enum" in item:
        return typed(list(item["enum"])[:2])
    if item.get("type") in ("integer", "number"):
        least = item.get("minimum", 1)
        return typed([least, least + 1])
    return typed(["甲", "乙"])


def _list(words: list[str], lang: Language) -> str:
    return ("、" if lang == "zh" else ", ").join(words)
