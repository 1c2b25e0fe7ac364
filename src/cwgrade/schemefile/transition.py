"""`[transition]`: its keys, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cwgrade.gaps import Missing
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.pay import Component, Rhythm
from cwgrade.law.transition import (
    EARLIER_VERSION,
    Protection,
    Stage,
    Transition,
    TransitionRule,
    WaitingCarried,
)
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile import accepts
from cwgrade.schemefile.kinds import DAY, FEN, TEXT, TEXTS, Kind, list_of, stated, whole, words
from cwgrade.schemefile.problems import At, Found, Path, Problem, names_in, problem
from cwgrade.schemefile.sections import Section, key, needed, tables_of
from cwgrade.schemefile.suggest import offer

__all__ = ["GRADES_TO_GRADES", "TRANSITION", "check_grades", "check_transition"]

_PATH: Final[Path] = ("transition",)
_GRADE: Final = whole(1, 100)
_NEEDS: Final[Mapping[TransitionRule, str]] = {
    TransitionRule.TABLE: "table",
    TransitionRule.SHIFT: "shift_yuan",
}
"""Rules that need a key of their own."""
_COMPARING: Final = (TransitionRule.EQUAL_PAY, NOT_STATED)


def _table(raw: object, path: Path, found: Found) -> tuple[tuple[int, int], ...]:
    """Read old and new grades, such as `{ "1" = 2, "2" = 3 }`."""
    if not isinstance(raw, Mapping):
        found.add("transition-table", path, value=raw)
        return ()
    rows = []
    for old, new in raw.items():
        where = (*path, old)
        grade = _GRADE.read(int(old) if old.isascii() and old.isdecimal() else old, where, found)
        rows.append((grade, _GRADE.read(new, where, found)))
    return tuple(rows)


GRADES_TO_GRADES: Final = Kind(_table, (), accepts=accepts.by_name(_GRADE.accepts))
"""The kind of a table of old and new grades."""
_CITED: Final = {"source": needed(TEXT), "clause": key(TEXT)}
_STAGE: Final = Section(
    make=Stage,
    keys={
        "posts": needed(TEXTS),
        "effective_on": needed(DAY),
        "source": key(TEXT),
        "clause": key(TEXT),
    },
)
TRANSITION: Final = Section(
    make=Transition,
    keys={
        "from": needed(TEXT, "earlier"),
        "rule": key(stated(words(TransitionRule), among=tuple(TransitionRule))),
        "table": key(stated(GRADES_TO_GRADES)),
        "shift_yuan": key(stated(FEN), "shift_fen"),
        "protection": key(stated(words(Protection), among=tuple(Protection))),
        "waiting": key(stated(words(WaitingCarried), among=tuple(WaitingCarried))),
        "compared": key(stated(list_of(TEXT))),
        "staged": key(tables_of(_STAGE)),
        **_CITED,
    },
)


def check_transition(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[transition]`."""
    one = version.transition
    if one is None:
        return
    if one.earlier == version.id:
        facts = {"value": one.earlier, "instead": EARLIER_VERSION}
        yield problem("transition-from-itself", (*_PATH, "from"), ("scheme", "id"), **facts)
    if not isinstance(one.rule, Missing):
        yield from _rule(one, one.rule)
    yield from check_grades(version, one.table, (*_PATH, "table"))
    yield from _components(version, one)
    yield from _stages(version, one)


def _rule(one: Transition, rule: TransitionRule) -> Iterator[Problem]:
    rests_on: Path = (*_PATH, "rule")
    given: dict[str, Any] = {"table": one.table or None, "shift_yuan": one.shift_fen}
    for needing, name in _NEEDS.items():
        if needing is rule and given[name] is None:
            facts = {"value": name, "rule": str(rule)}
            yield problem("transition-needs", _PATH, rests_on, (*_PATH, name), **facts)
        if needing is not rule and given[name] is not None:
            facts = {"value": name, "rule": str(needing)}
            yield problem("transition-unused", (*_PATH, name), rests_on, **facts)


def check_grades(version: SchemeVersion, table: object, where: Path) -> Iterator[Problem]:
    """Check that the new grades of a table are on the ladder.

    Args:
        version: The version.
        table: Old and new grades; anything else has been told already.
        where: The table's path.
    """
    if not table or not isinstance(table, tuple):
        return
    if version.ladder is None:
        yield problem("needs-ladder", where, ("ladder",), value="table")
        return
    low, high = version.ladder.rungs
    facts = {"low": low, "high": high, "section": "ladder"}
    for old, new in table:
        if not low <= new <= high:
            path = (*where, str(old))
            yield problem("outside-ladder", path, ("ladder", "grades"), value=new, **facts)


def _components(version: SchemeVersion, one: Transition) -> Iterator[Problem]:
    """Check that what is compared is computed here month by month, and that something is compared at all."""
    where: Path = (*_PATH, "compared")
    if one.compared and one.protection is Protection.NONE and one.rule not in _COMPARING:
        yield problem("nothing-compared", where, (*_PATH, "protection"), (*_PATH, "rule"))
    if isinstance(one.compared, Missing):
        return
    pay = {component.name: component for component in version.pay}
    for place, name in enumerate(one.compared):
        path: Path = (*where, place)
        if name not in pay:
            yield problem(
                "unknown-component-here", path, names_in("pay"), value=name, **offer(name, pay)
            )
        elif not _by_the_month(pay[name]):
            yield problem("compared-not-monthly", path, ("pay", name), value=name)


def _by_the_month(component: Component) -> bool:
    """Tell whether a component is computed, and is or may be paid in every month."""
    monthly = Rhythm.MONTHLY in component.rhythms and component.due_in == ()
    return component.is_quantity and monthly


def _stages(version: SchemeVersion, one: Transition) -> Iterator[Problem]:
    posts = [post.id for post in version.posts]
    seen: dict[str, Path] = {}
    for place, stage in enumerate(one.staged):
        where: Path = (*_PATH, "staged", place)
        if not stage.posts:
            yield problem("no-values", (*where, "posts"))
        for index, name in enumerate(stage.posts):
            path: Path = (*where, "posts", index)
            if name not in posts:
                facts = {"value": name, **offer(name, posts)}
                yield problem("unknown-post", path, names_in("posts"), **facts)
            elif name in seen:
                yield problem("in-two-stages", path, value=name, first=At(seen[name]))
            seen.setdefault(name, path)
        if stage.effective_on < version.from_day:
            day: Path = (*where, "effective_on")
            facts = {"value": stage.effective_on, "first": version.from_day}
            rests_on: tuple[Path, ...] = (("scheme", "effective_on"), ("scheme", "attested_from"))
            yield problem("stage-too-early", day, *rests_on, **facts)
