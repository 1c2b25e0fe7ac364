"""Posts: whether two of them are held at once."""

from __future__ import annotations

from datetime import date

from cwgrade.facts import Facts
from cwgrade.gaps import Gap
from cwgrade.leaves.steps import found
from cwgrade.quantities import Definition, TwoPostsLeaf
from cwgrade.reasons import Step

__all__ = ["two_posts_on"]


def two_posts_on(facts: Facts, definition: Definition, leaf: TwoPostsLeaf, on: date) -> Step:
    """Tell whether two posts are held on a day: `yes` or `no`.

    Two titles are two posts, also where both belong to one post of the scheme (书记 and 主任). One that stands for
    two in one word counts as two, and so does a post that is made of two titles.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The titles that stand for two posts.
        on: The day.
    """
    decides = facts.post_on(on)
    if isinstance(decides, Gap):
        return found(definition, "two-posts", (decides,))
    held, post = facts.positions_on(on), facts.version.post(decides or "")
    two = (
        len(held) > 1
        or any(title in leaf.titles for title in held)
        or (post is not None and len(post.holds_all) > 1)
    )
    inputs = (("held", ", ".join(held)),)
    return found(definition, "two-posts", "yes" if two else "no", inputs=inputs)
