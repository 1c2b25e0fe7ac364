"""The grade and the step in one possible world."""

from __future__ import annotations

import attrs

from cwgrade.outcomes import Decided, NotApplicable, Single, Unspecified
from cwgrade.quantities import combine_values
from cwgrade.reasoner import Instant, refusal_on
from cwgrade.reasons import Reason, Step, StepValue

__all__ = ["Placement", "grade_in_world", "rank_of"]


@attrs.frozen(kw_only=True, order=True)
class Placement:
    """A post, a grade and, where the scheme has steps, a step on a day.

    Attributes:
        grade: The grade.
        post: The scheme's id of the post.
        step: The step beside the grade; `None` in a scheme without steps.
    """

    grade: int
    post: str
    step: int | None = None


def grade_in_world(instant: Instant) -> tuple[Single[Placement], Step]:
    """Find the grade in one world.

    Args:
        instant: The worker on the day.

    Returns:
        The answer and its root step.
    """
    refusal = refusal_on(instant)
    if refusal is not None:
        hidden: StepValue = refusal.gaps if isinstance(refusal, Unspecified) else False
        return refusal, Step(code="scope", path="scope", result=hidden)
    if instant.version.ladder is None:
        return NotApplicable(Reason(code="no-grades")), instant.step("post")
    steps = [instant.step(str(ladder.name)) for ladder in instant.version.ladders]
    root = steps[0]
    if len(steps) > 1:
        root = Step(
            code="ladders",
            path="",
            result=combine_values(steps, lambda rungs: rungs[0]),
            unit=root.unit,
            parts=tuple(steps),
        )
    if root.gaps:
        return Unspecified(root.gaps), root
    grade, *beside = (_whole(one.result) for one in steps)
    post = str(instant.step("post").result)
    return Decided(Placement(grade=grade, post=post, step=beside[0] if beside else None)), root


def _whole(rung: StepValue) -> int:
    if not isinstance(rung, int) or isinstance(rung, bool):
        # a rate of service can leave a fraction only below the rung: rises are whole
        msg = f"grade or step is not whole: {rung!r}"
        raise TypeError(msg)
    return rung


def rank_of(placement: Placement) -> tuple[int, int]:
    """Give the order in which possible placements are listed."""
    return placement.grade, placement.step or 0
