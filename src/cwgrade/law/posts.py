"""`[posts]`, `[facts]` and `[scope]`: which posts there are, which facts are asked for, and who is under the scheme."""

from __future__ import annotations

from enum import StrEnum

import attrs

from cwgrade.gaps import Stated
from cwgrade.law.effects import NOT_STATED
from cwgrade.sources import Label

__all__ = ["ConcurrentPosts", "ConcurrentRule", "DeclaredFact", "Exclusion", "Post"]


@attrs.frozen(kw_only=True)
class Post:
    """A post category, in the order of the file: the highest first.

    Attributes:
        id: Its id in the file.
        label: Its printed name.
        titles: Titles on rosters that mean this post.
        holds_all: Titles which, held together, make this post (书记、主任一肩挑).
        grades: Lowest and highest grade of the post.
        steps: Lowest and highest step of the post.
        source: Where it is stated.
        clause: Article or item.
    """

    id: str
    label: Label
    titles: tuple[str, ...] = ()
    holds_all: tuple[str, ...] = ()
    grades: Stated[tuple[int, int]] | None = None
    steps: Stated[tuple[int, int]] | None = None
    source: str
    clause: str = ""


class ConcurrentRule(StrEnum):
    """What holds for somebody with two posts at once."""

    HIGHEST = "highest"
    """Paid once, at the highest."""
    LOWEST = "lowest"
    """Paid once, at the lowest."""


@attrs.frozen(kw_only=True)
class ConcurrentPosts:
    """What holds for two posts at once, beside posts that name `holds_all`.

    Attributes:
        paid_at: The post that decides.
        titles: Titles that stand for two posts in one word (一肩挑), where they are no post of their own.
        source: Where it is stated.
        clause: Article or item.
    """

    paid_at: Stated[ConcurrentRule] = NOT_STATED
    titles: tuple[str, ...] = ()
    source: str = ""
    clause: str = ""


@attrs.frozen(kw_only=True)
class DeclaredFact:
    """A fact that this scheme uses beyond the national ones.

    Attributes:
        name: Its name.
        label: Its printed name.
        values: Its closed list, lowest first.
        labels: Values and their printed names, as far as they have any.
        source: Where it is stated.
        clause: Article or item.
    """

    name: str
    label: Label
    values: tuple[str, ...]
    labels: tuple[tuple[str, Label], ...] = ()
    source: str
    clause: str = ""


@attrs.frozen(kw_only=True)
class Exclusion:
    """People who are not paid under the scheme.

    Attributes:
        fact: The fact that tells.
        values: The values that put somebody outside.
        source: Where it is stated.
        clause: Article or item.
    """

    fact: str
    values: tuple[str, ...]
    source: str
    clause: str = ""
