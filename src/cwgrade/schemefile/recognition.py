"""`[recognition]`: its keys, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cwgrade.gaps import Missing
from cwgrade.law.recognition import RULES, Recognition
from cwgrade.law.transition import TransitionRule, WaitingCarried
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.kinds import TEXT, stated, words
from cwgrade.schemefile.problems import Path, Problem, problem
from cwgrade.schemefile.sections import Section, key, needed
from cwgrade.schemefile.transition import GRADES_TO_GRADES, check_grades
from cwgrade.service import Within

__all__ = ["RECOGNITION", "check_recognition"]

_PATH: Final[Path] = ("recognition",)
_RULE: Final[Path] = ("recognition", "rule")
_TABLE: Final[Path] = ("recognition", "table")

RECOGNITION: Final = Section(
    make=Recognition,
    keys={
        "rule": key(stated(words(TransitionRule), among=RULES)),
        "table": key(stated(GRADES_TO_GRADES)),
        "within": key(stated(words(Within), among=tuple(Within))),
        "waiting": key(stated(words(WaitingCarried), among=tuple(WaitingCarried))),
        "source": needed(TEXT),
        "clause": key(TEXT),
    },
)


def check_recognition(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[recognition]`."""
    one = version.recognition
    if one is None:
        return
    if version.ladder is None:
        yield problem("needs-ladder", _PATH, ("ladder",), value="recognition")
        return
    if one.rule is TransitionRule.SHIFT:
        yield problem("recognition-shift", _RULE, accepted=[str(rule) for rule in RULES])
    by_table = one.rule is TransitionRule.TABLE
    if by_table and not one.table:
        facts = {"value": "table", "rule": str(one.rule)}
        yield problem("transition-needs", _PATH, _RULE, _TABLE, **facts)
    if one.table and not by_table and not isinstance(one.rule, Missing):
        facts = {"value": "table", "rule": str(TransitionRule.TABLE)}
        yield problem("transition-unused", _TABLE, _RULE, **facts)
    yield from check_grades(version, one.table, _TABLE)
