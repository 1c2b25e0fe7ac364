"""Any two payslips side by side: by how much each component differs, and in which steps."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from cwgrade.arrears.lines import Lines, differences, lines_of, together
from cwgrade.outcomes import Decided, NotEligible, Outcome
from cwgrade.pay import Payslip
from cwgrade.reasons import Step

__all__ = [
    "Comparison",
    "LineDifference",
    "StepDifference",
    "explain_difference",
    "months_compared",
]


@attrs.frozen(kw_only=True)
class StepDifference:
    """One rule that came to something else: the deepest place at which two derivations part.

    Attributes:
        before: The step of the first payslip; `None` where it has no such step.
        after: The step of the second payslip.
    """

    before: Step | None
    after: Step | None


@attrs.frozen(kw_only=True)
class LineDifference:
    """A component that differs.

    Attributes:
        component: The component's name; `WHOLE` or `ON_THE_TOTAL` for what belongs to no single one.
        fen: The second amount less the first, in fen.
        in_total: Whether the component is part of the sum.
        steps: Where the two derivations part; empty where one of them has no such component, or has several answers.
    """

    component: str
    fen: int
    in_total: bool
    steps: tuple[StepDifference, ...]


@attrs.frozen(kw_only=True)
class Comparison:
    """Two payslips side by side.

    Attributes:
        before: The first answer.
        after: The second answer.
        lines: The components that differ, in the order of the second payslip; none where one side cannot be decided.
    """

    before: Outcome[int]
    after: Outcome[int]
    lines: tuple[LineDifference, ...]

    @property
    def decided(self) -> bool:
        """Whether both sides are certain; that nothing is due for a reason is certain too."""
        return all(isinstance(one, Decided | NotEligible) for one in (self.before, self.after))

    @property
    def fen(self) -> int | None:
        """The second sum less the first, in fen; `None` where one side cannot be decided."""
        if not self.decided:
            return None
        return sum(line.fen for line in self.lines if line.in_total)


def explain_difference(before: Payslip, after: Payslip) -> Comparison:
    """Say by how much two payslips differ, component by component, and which steps make the difference.

    The two may be of different months, workers, schemes or days of knowing. Why a month is less than the last one, why
    a neighbour gets more, and what a new scheme changes are one question.

    Args:
        before: The payslip to start from.
        after: The payslip to end at.

    Examples:
        >>> from datetime import date
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.pay import pay_for_month
        >>> from cwgrade.worker import ServiceSpell, Worker
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> deputy, member = (
        ...     pay_for_month(
        ...         Worker(id="7", spells=(ServiceSpell(start=date(2015, 3, 1), title=title),)),
        ...         scheme,
        ...         year=2018,
        ...         month=3,
        ...     )
        ...     for title in ("副主任", "委员")
        ... )
        >>> found = explain_difference(deputy, member)
        >>> found.fen
        -20000
        >>> [(one.before.result, one.after.result) for one in found.lines[0].steps]
        [('deputy', 'staff')]
    """
    return Comparison(
        before=before.outcome, after=after.outcome, lines=months_compared((before,), (after,)) or ()
    )


def months_compared(
    before: Sequence[Payslip], after: Sequence[Payslip]
) -> tuple[LineDifference, ...] | None:
    """Say by how much two months differ, component by component; `None` where one of them cannot be decided.

    Args:
        before: The payslips of the month to start from: one, or those of the place left and of the place entered.
        after: Those of the month to end at.
    """
    one, other = _lines(before), _lines(after)
    if one is None or other is None:
        return None
    return tuple(
        LineDifference(
            component=component,
            fen=line.fen,
            in_total=line.in_total,
            steps=_steps(_root_in(before, component), _root_in(after, component)),
        )
        for component, line in differences(one, other).items()
    )


def _lines(payslips: Sequence[Payslip]) -> Lines | None:
    found = [lines_of(one) for one in payslips]
    known = [one for one in found if one is not None]
    return together(known) if len(known) == len(found) else None


def _root_in(payslips: Sequence[Payslip], component: str) -> Step | None:
    """Give the step of a component that one payslip has; that of an amount from two places is none."""
    roots = [root for one in payslips if (root := _root_of(one, component)) is not None]
    return roots[0] if len(roots) == 1 else None


def _root_of(payslip: Payslip, component: str) -> Step | None:
    """Give the step that a line's amount came from: the steps under the total stand in the order of the lines."""
    root = payslip.derivation.root
    if root.code != "total":
        return None
    return next(
        (
            step
            for line, step in zip(payslip.lines, root.parts, strict=False)
            if line.component == component
        ),
        None,
    )


def _steps(before: Step | None, after: Step | None) -> tuple[StepDifference, ...]:
    if before is None or after is None:
        return ()
    return tuple(dict.fromkeys(_parting(before, after)))


def _parting(before: Step, after: Step) -> Iterator[StepDifference]:
    """Give the deepest steps whose results differ; steps that came to the same are not looked into."""
    pairs = _paired(_parts(before), _parts(after))
    below = [
        found
        for one, other in pairs
        if one is not None and other is not None and one.result != other.result
        for found in _parting(one, other)
    ]
    alone = [
        StepDifference(before=one, after=other)
        for one, other in pairs
        if one is None or other is None
    ]
    if before.code != after.code or not _is_same_rule(before, after) or not (below or alone):
        # another rule was used here, or the same rule on the same parts came to something else
        yield StepDifference(before=before, after=after)
        return
    if after.code in _COUNTS:
        yield StepDifference(before=before, after=after)
    yield from below
    yield from alone


_COUNTS: Final = ("service", "time-in-post", "rises", "tally")
"""Steps that count what a history holds: the count tells more than each day and year of its ledger."""


def _parts(step: Step) -> tuple[Step, ...]:
    if step.code not in _COUNTS:
        return step.parts
    return tuple(
        part
        for part in step.parts
        if part.code not in ("year", "accepted") and not part.code.startswith("rejected.")
    )


def _paired(
    before: tuple[Step, ...], after: tuple[Step, ...]
) -> list[tuple[Step | None, Step | None]]:
    """Put the steps of one rule together, and what is left in its order: one rule in place of another."""
    left = list(after)
    pairs: list[tuple[Step | None, Step | None]] = []
    alone: list[Step] = []
    for one in before:
        other = next((step for step in left if _is_same_rule(one, step)), None)
        if other is None:
            alone.append(one)
        else:
            left.remove(other)
            pairs.append((one, other))
    return [*pairs, *itertools.zip_longest(alone, left)]


def _is_same_rule(one: Step, other: Step) -> bool:
    """Tell whether two steps come from one rule; the path of a table's step names the cell, its label does not."""
    return one.path == other.path or (one.label is not None and one.label == other.label)
