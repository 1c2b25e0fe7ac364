"""The printed names of what schemes declare, as the files of their places write them."""

from __future__ import annotations

from collections.abc import Iterator

from cwgrade.law.posts import DeclaredFact
from cwgrade.rosterfile.cells import key_of
from cwgrade.rosterfile.spellings import Entry, Spellings
from cwgrade.scheme import Scheme, Schemes
from cwgrade.wording.called import CALLED

__all__ = ["with_printed"]


def with_printed(known: Spellings, schemes: Scheme | Schemes | None) -> Spellings:
    """Add the printed names of what schemes declare: their own facts, the values of these, and supplied amounts.

    A name that would mean two things is not added: the header or cell then has to hold the id.

    Args:
        known: How headers and values are spelled so far.
        schemes: The scheme, or those of several places; every version of each counts. Without one nothing is added.

    Examples:
        >>> from cwgrade import load_scheme
        >>> from cwgrade.rosterfile.columns import ROSTER
        >>> from cwgrade.rosterfile.spellings import shipped_spellings
        >>> known = with_printed(shipped_spellings(), load_scheme("sample-3x18"))
        >>> known.header(ROSTER, "补贴：值班补贴").name
        'supplied:on_call'
    """
    if schemes is None:
        return known
    several = (schemes,) if isinstance(schemes, Scheme) else [one for _, one in schemes.by_region]
    entries = tuple(dict.fromkeys(entry for one in several for entry in _entries(one)))
    ids = {(section, key_of(name)): name for section, name, spelling in entries if spelling == name}
    meant: dict[tuple[str, str], set[str]] = {}
    for section, name, spelling in entries:
        meant.setdefault((section, key_of(spelling)), set()).add(name)
    clear = (
        (section, name, spelling)
        for section, name, spelling in entries
        if ids.get((section, key_of(spelling)), name) == name
        and (spelling == name or len(meant[section, key_of(spelling)]) == 1)
    )
    return known.extended(clear)[0]


def _entries(scheme: Scheme) -> Iterator[Entry]:
    for version in scheme.versions:
        for fact in version.facts:
            for name in (fact.name, fact.label.zh, fact.label.en):
                yield "facts", fact.name, name
            yield from _values(fact)
        for component in version.pay:
            if component.supplied:
                for name in (component.name, component.label.zh, component.label.en):
                    yield "supplied", component.name, name


def _values(fact: DeclaredFact) -> Iterator[Entry]:
    section, labels = f"values.{fact.name}", dict(fact.labels)
    for value in fact.values:
        yield section, value, value
        if label := labels.get(value):
            yield section, value, label.zh
            yield section, value, label.en
        if set(fact.values) == {"yes", "no"}:
            # what offices write of a fact that holds or does not
            yield from ((section, value, word) for word in CALLED[value])
