"""What a file says of ladders and printed names, seen before it is read: tables in it are written out by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from cwgrade.schemefile.kinds import GRADES
from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.problems import Found
from cwgrade.schemefile.suggest import called
from cwgrade.worker import NATIONAL_FACTS

__all__ = ["foresee"]

_YES_OR_NO: Final = ("yes", "no")


def foresee(table: Mapping[str, Any], found: Found) -> None:
    """Note the ranges of the ladders and the printed names of a file; what is at fault is told when it is read.

    Args:
        table: The whole file.
        found: Takes them.
    """
    found.rungs = _rungs(table)
    found.rungs_of_post = _rungs_of_post(table)
    found.printed = _printed(table)


def _range(section: object, key: str) -> Iterator[tuple[int, int] | None]:
    """Give the range that a section states, `None` where it says that the source leaves it out."""
    if not isinstance(section, Mapping) or key not in section:
        return
    unread = Found()
    stated = section[key]
    rungs = None if is_missing(stated) else GRADES.read(stated, (), unread)
    if not unread.problems:
        yield rungs


def _rungs(table: Mapping[str, Any]) -> dict[str, tuple[int, int] | None]:
    return {
        name: rungs
        for name, section in (("grade", "ladder"), ("step", "step"))
        for rungs in _range(table.get(section), "grades")
    }


def _inner(table: Mapping[str, Any], *names: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Give the named tables of a section, as far as they are tables."""
    section: object = table
    for name in names:
        section = section.get(name) if isinstance(section, Mapping) else None
    if not isinstance(section, Mapping):
        return []
    return [(name, inner) for name, inner in section.items() if isinstance(inner, Mapping)]


def _rungs_of_post(table: Mapping[str, Any]) -> dict[tuple[str, str], tuple[int, int] | None]:
    return {
        (name, post): rungs
        for post, stated in _inner(table, "posts")
        for name in ("grade", "step")
        for rungs in _range(stated, f"{name}s")
    }


def _printed(table: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Give the printed names of posts, ratings and values of facts, which a pasted table has as its headings."""
    printed = {name: called(name, values) for name, values in NATIONAL_FACTS.items()}
    for name, stated in _inner(table, "facts"):
        values = stated.get("values")
        own = [one for one in values if isinstance(one, str)] if isinstance(values, list) else []
        printed[name] = {one: one for one in own}
        if set(own) == set(_YES_OR_NO):
            printed[name] |= called(name, own)
        for value, label in _labels(stated.get("labels")):
            printed[name] |= dict.fromkeys(label, value)
    printed["post"] = {}
    for name, inner in _inner(table, "posts"):
        titles = inner.get("titles")
        printed["post"] |= dict.fromkeys(_told(titles if isinstance(titles, list) else []), name)
    for name, inner in _inner(table, "posts"):
        printed["post"] |= dict.fromkeys((*_told(inner.get("label")), name), name)
    printed[""] = _only_one(printed.values())
    for key, beside in (("last_rating", ("none", "not_out")), ("this_rating", ())):
        printed[key] = called("last_rating", beside)
        for name, inner in _inner(table, "assessment", "ratings"):
            printed[key] |= dict.fromkeys((*_told(inner.get("label")), name), name)
    for key in ("on_probation", "holding_two_posts"):
        printed[key] = called(key, _YES_OR_NO)
    return printed


def _only_one(printed: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Give the printed names that mean one id, whatever they are names of."""
    meant: dict[str, set[str]] = {}
    for names in printed:
        for name, value in names.items():
            meant.setdefault(name, set()).add(value)
    return {name: min(values) for name, values in meant.items() if len(values) == 1}


def _labels(raw: object) -> list[tuple[str, list[str]]]:
    return (
        [(value, _told(label)) for value, label in raw.items()] if isinstance(raw, Mapping) else []
    )


def _told(label: object) -> list[str]:
    """Give the words of a label in every language, as far as it is one."""
    told = list(label.values()) if isinstance(label, Mapping) else label
    told = told if isinstance(told, list) else [told]
    return [one for one in told if isinstance(one, str)]
