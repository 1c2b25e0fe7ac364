"""`[checks]`: its keys, which of them each kind of check has, and the names that they use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cwgrade.law.checks import TOTAL, Bound, CheckedOver, CheckKind, RosterCheck
from cwgrade.quantities import Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.schemefile.domains import printed_values
from cwgrade.schemefile.formulas import KEY_OF_UNIT
from cwgrade.schemefile.kinds import FEN, LABEL, NUMBER, SHARE, TEXT, TEXTS, stated, words
from cwgrade.schemefile.problems import Path, Problem, names_in, problem
from cwgrade.schemefile.sections import Section, key, needed, section_kind
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.uses import places_below

__all__ = ["CHECK", "check_roster_checks"]

_BOUND: Final = stated(
    section_kind(Section(make=Bound, keys={"quantity": needed(TEXT), "times": key(stated(NUMBER))}))
)
CHECK: Final = Section(
    make=RosterCheck,
    keys={
        "label": needed(LABEL),
        "source": needed(TEXT),
        "clause": key(TEXT),
        "kind": needed(words(CheckKind)),
        "posts": key(TEXTS),
        "per": key(words(CheckedOver)),
        "of": key(TEXT),
        "at_least": key(_BOUND),
        "at_most": key(_BOUND),
        "rating": key(TEXT),
        "at_most_share": key(stated(SHARE)),
        "component": key(TEXT),
        "yuan_per_head": key(stated(FEN), "fen_per_head"),
    },
)

_OWN: Final[Mapping[CheckKind, tuple[str, ...]]] = {
    CheckKind.AVERAGE: ("of", "at_least", "at_most"),
    CheckKind.QUOTA: ("rating", "at_most_share"),
    CheckKind.POOL: ("component", "yuan_per_head"),
}
"""The keys that only one kind of check has."""
_MAY_LACK: Final = ("of", "at_least", "at_most")


def check_roster_checks(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[checks]`."""
    for check in version.checks:
        yield from _keys(check)
        yield from _names(version, check)


def _given(check: RosterCheck) -> dict[str, Any]:
    return {
        "of": "" if check.of == TOTAL else check.of,
        "at_least": check.at_least,
        "at_most": check.at_most,
        "rating": check.rating,
        "at_most_share": check.at_most_share,
        "component": check.component,
        "yuan_per_head": check.fen_per_head,
    }


def _keys(check: RosterCheck) -> Iterator[Problem]:
    path: Path = ("checks", check.name)
    given = {name for name, value in _given(check).items() if value not in (None, "")}
    own = _OWN[check.kind]
    for name in sorted(given - set(own)):
        facts = {"value": name, "kind": str(check.kind), "accepted": list(own)}
        yield problem("check-key-unused", (*path, name), (*path, "kind"), **facts)
    missing = [name for name in own if name not in given and name not in _MAY_LACK]
    if check.kind is CheckKind.AVERAGE and not given & {"at_least", "at_most"}:
        missing = ["at_least"]
    for name in missing:
        facts = {"value": name, "kind": str(check.kind)}
        yield problem("check-key-needed", path, (*path, "kind"), (*path, name), **facts)


def _names(version: SchemeVersion, check: RosterCheck) -> Iterator[Problem]:
    path: Path = ("checks", check.name)
    posts = [post.id for post in version.posts]
    for place, post in enumerate(check.posts):
        if post not in posts:
            facts = {"value": post, **offer(post, posts, printed_values(version, "post"))}
            yield problem("unknown-post-here", (*path, "posts", place), names_in("posts"), **facts)
    components = [one.name for one in version.pay]
    for name, used in (("of", check.of), ("component", check.component)):
        if used not in ("", TOTAL, *components):
            facts = {"value": used, **offer(used, components)}
            yield problem("unknown-component-here", (*path, name), names_in("pay"), **facts)
    for name, bound in (("at_least", check.at_least), ("at_most", check.at_most)):
        definition = version.normal_form.get(bound.quantity) if isinstance(bound, Bound) else None
        if definition is not None and definition.unit not in (Unit.FEN, Unit.OPEN, Unit.VALUE):
            word = KEY_OF_UNIT.get(definition.unit, str(definition.unit))
            below = tuple(places_below(version, definition.name))
            facts = {"value": definition.name, "unit": word}
            yield problem("bound-not-money", (*path, name, "quantity"), *below, **facts)
    scale = version.assessment.scale if version.assessment else ()
    if check.rating and check.rating not in scale:
        facts = {"value": check.rating, **offer(check.rating, scale)}
        ratings: Path = ("assessment", "ratings")
        yield problem("rating-not-listed", (*path, "rating"), ratings, **facts)
