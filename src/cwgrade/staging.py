"""From which day somebody is under a version: its first day, or a later one for posts that move later (分批套改)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cwgrade.facts import Facts
from cwgrade.gaps import Gap
from cwgrade.law.pay import Component
from cwgrade.law.transition import EARLIER_VERSION, Protection
from cwgrade.leaves import post_day
from cwgrade.scheme import Scheme, SchemeVersion

__all__ = [
    "components_in",
    "components_of",
    "first_day_under",
    "hidden_by_stage",
    "is_computed",
    "last_stage",
    "left_by",
    "versions_on",
]


def is_computed(version: SchemeVersion) -> bool:
    """Tell whether the move to a version is one that is computed, where the version before it is on file.

    Not computed are moves from another scheme, and protected pay that is no component of pay: such a move is told
    beside the answer.

    Args:
        version: The version.
    """
    transition = version.transition
    return (
        transition is not None
        and transition.earlier == EARLIER_VERSION
        and (transition.protection is Protection.NONE or any(one.protects for one in version.pay))
    )


def left_by(
    scheme: Scheme, version: SchemeVersion, *, known_on: date | None
) -> SchemeVersion | None:
    """Give the version that people left for this one, where the move is computed.

    Args:
        scheme: The scheme.
        version: One of its versions.
        known_on: The day of knowing.
    """
    return scheme.earlier_of(version, known_on=known_on) if is_computed(version) else None


def last_stage(version: SchemeVersion) -> date:
    """Give the day from which the posts that move later are under a version too; its first day without such posts."""
    staged = version.transition.staged if version.transition is not None else ()
    return max((one.effective_on for one in staged), default=version.from_day)


def first_day_under(facts: Facts) -> date:
    """Give the first day on which somebody is under a version, by the post held; who came under it stays.

    Args:
        facts: The worker's facts as the version sees them.
    """
    version, last = facts.version, last_stage(facts.version)
    if version.transition is None or last == version.from_day:
        return version.from_day
    later = {post: one.effective_on for one in version.transition.staged for post in one.posts}
    days = {version.from_day, *later.values()}
    days |= {one.start for one in facts.claims if version.from_day < one.start < last}
    for day in sorted(days):
        post = facts.post_on(post_day(facts, day)) if facts.serving(day) else None
        if post is not None and later.get(str(post), version.from_day) <= day:
            return day
    # who does not serve on any of these days was under the earlier version, if at all
    return last


def hidden_by_stage(facts: Facts, on: date) -> tuple[Gap, ...]:
    """Tell that somebody is under the earlier version still; this one is asked where that depends on what is not known.

    Args:
        facts: The worker's facts as the version sees them.
        on: The day.
    """
    if not facts.moves or on >= last_stage(facts.version) or on >= first_day_under(facts):
        return ()
    return (Gap(path="transition.staged", why="post-moves-later"),)


def versions_on(
    scheme: Scheme, version: SchemeVersion, on: date, *, known_on: date | None
) -> tuple[SchemeVersion, ...]:
    """Give the versions that somebody may be under on a day: the one in force, and that of posts that move later.

    Args:
        scheme: The scheme.
        version: The version in force on the day.
        on: The day.
        known_on: The day of knowing.
    """
    earlier = left_by(scheme, version, known_on=known_on) if on < last_stage(version) else None
    return (version,) if earlier is None else (version, earlier)


def components_of(
    scheme: Scheme, version: SchemeVersion, on: date, *, known_on: date | None
) -> tuple[Component, ...]:
    """Give the components that may be paid to anybody on a day, under any of `versions_on`.

    Args:
        scheme: The scheme.
        version: The version in force on the day.
        on: The day.
        known_on: The day of knowing.
    """
    return components_in(versions_on(scheme, version, on, known_on=known_on))


def components_in(versions: Iterable[SchemeVersion]) -> tuple[Component, ...]:
    """Give the components that may be paid under some versions, each once, as the first that has it states it.

    Args:
        versions: The versions.
    """
    found: dict[str, Component] = {}
    for version in versions:
        for one in version.pay:
            found.setdefault(one.name, one)
    return tuple(found.values())
