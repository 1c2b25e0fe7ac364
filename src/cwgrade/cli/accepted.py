"""What a field of a scheme file accepts, said in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cwgrade.schemefile.accepts import Schema
from cwgrade.schemefile.kinds import ANNUAL_DAY
from cwgrade.schemefile.problems import Path, typed
from cwgrade.schemefile.schema import branches, shape_of
from cwgrade.statement.words import Words
from cwgrade.tomlfile import path_text
from cwgrade.wording import Language, plain, say

__all__ = ["accepted_text"]

_YUAN: Final = ("yuan", "at_most_yuan", "shift_yuan", "not_below_yuan")


def accepted_text(path: Path, among: tuple[str, ...], lang: Language) -> str:
    """Say what can stand at a place of a scheme file.

    Args:
        path: The place.
        among: The readings that the source's words allow; empty where they allow all.
        lang: The language.

    Examples:
        >>> accepted_text(("ladder", "boundary"), ("reached", "exceeded"), "en")
        'reached (from exactly the threshold), exceeded (above the threshold)'
    """
    if among:
        return _list(list(among), path, lang)
    shape = shape_of(path)
    if shape is not None and (words := _readings_of_text(shape)):
        return _list(words, path, lang)
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
        return _table(keys, path, lang)
    if "enum" in shape:
        return _list([str(word) for word in shape["enum"]], path, lang)
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


def _table(keys: Mapping[str, Any], path: Path, lang: Language) -> str:
    """Give a small table as a file writes it, and what its words mean."""
    words = {name: [str(word) for word in one.get("enum", ())] for name, one in keys.items()}
    written = [f'{name} = "{"|".join(listed) or "…"}"' for name, listed in words.items()]
    told = {name: _list(listed, (*path, name), lang) for name, listed in words.items()}
    meant = [told[name] for name, listed in words.items() if told[name] != plain(listed, lang)]
    table = "{ " + ", ".join(written) + " }"
    return say("cli-fill-table-words", {"table": table, "words": meant}, lang) if meant else table


def _list(words: list[str], path: Path, lang: Language) -> str:
    """Give the words of a closed list, each with what it means where that is more than the word."""
    told = []
    for word in words:
        means = Words(lang).option(path_text(path), word)
        bare = means == word.replace("_", " ")
        facts = {"word": word, "means": means}
        told.append(word if bare or means == word else say("cli-fill-word", facts, lang))
    return plain(told, lang)
