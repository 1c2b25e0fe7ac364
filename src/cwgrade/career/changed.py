"""Why two answers about one worker differ: the facts and rules in which their derivations part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import attrs

from cwgrade.career.change import Change, ChangeKind
from cwgrade.career.parting import LEAVES, change_of, partings
from cwgrade.grading import Grading
from cwgrade.outcomes import NotApplicable, NotEligible, OneOf, Outcome, Unspecified
from cwgrade.pay import Payslip
from cwgrade.reasons import Derivation, Reason, Step
from cwgrade.timeline import Standing

__all__ = ["Placed", "changes_between"]


@attrs.frozen(kw_only=True)
class Placed:
    """What holds on a day, as far as two days are compared.

    Attributes:
        grading: The grade, where a scheme could be asked.
        payslip: The full entitlement of the day, where a scheme could be asked.
        silence: Why no scheme could be asked.
        away: Kinds of absence that surely cover the day.
    """

    grading: Grading | None
    payslip: Payslip | None
    silence: Reason | None
    away: tuple[str, ...]


def changes_between(before: Placed, after: Placed) -> tuple[Change, ...]:
    """Find why two answers differ.

    Only what made a difference is named: where two steps have the same result, nothing below them is looked at.

    Args:
        before: What held on the day before.
        after: What holds now.

    Returns:
        At least one reason, none twice; places and versions first, then in the order of the derivation.
    """
    found = dict.fromkeys(_all(before, after)) or dict.fromkeys(_firmness(before, after))
    return tuple(found) or (_open(before, after),)


def _open(before: Placed, after: Placed) -> Change:
    """Name what is not known or not stated now and was before, or the other way round."""
    return Change(
        kind=ChangeKind.OPEN,
        what="possibilities",
        before=_paths(before) or None,
        after=_paths(after) or None,
    )


def _paths(placed: Placed) -> str:
    outcomes: list[Outcome[Any]] = []
    if placed.grading is not None and placed.payslip is not None:
        outcomes = [placed.grading.outcome, placed.payslip.outcome]
    found: dict[str, None] = {}
    for outcome in outcomes:
        match outcome:
            case Unspecified(gaps):
                found |= dict.fromkeys(gap.path for gap in gaps)
            case OneOf(unknown=unknown):
                found |= dict.fromkeys(unknown)
            case _:
                pass
    return ", ".join(found)


def _firmness(before: Placed, after: Placed) -> Iterator[Change]:
    """Tell what makes an amount provisional, or final again, that stays the same."""
    if before.payslip is None or after.payslip is None:
        return
    standings = {before.payslip.standing, after.payslip.standing}
    if standings != {Standing.FINAL, Standing.PROVISIONAL}:
        return
    old, new = (
        [step for step in slip.derivation.root.walk() if step.code in _FIRM]
        for slip in (before.payslip, after.payslip)
    )
    for one, other in _paired_by_path(old, new):
        if one.code != other.code or one.result != other.result:
            yield attrs.evolve(
                change_of(LEAVES[other.code], one, other),
                before=_firm(one),
                after=_firm(other),
                unit="value",
            )


def _paired_by_path(old: Sequence[Step], new: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    places = {step.path: step for step in old}
    for step in new:
        if step.path in places:
            yield places[step.path], step


def _firm(step: Step) -> str:
    if step.code == "rating":
        return str(step.result)
    return "provisional" if step.code == "figure.provisional" else "final"


def _all(before: Placed, after: Placed) -> Iterator[Change]:
    if before.away != after.away:
        yield Change(
            kind=ChangeKind.ABSENCE,
            what="absences",
            before=", ".join(before.away),
            after=", ".join(after.away),
        )
    if before.silence != after.silence:
        silence = after.silence or before.silence
        yield Change(
            kind=ChangeKind.FORCE,
            what=silence.code if silence is not None else "",
            before=before.silence.code if before.silence is not None else "",
            after=after.silence.code if after.silence is not None else "",
        )
    if before.grading is None or after.grading is None:
        return
    one, other = before.grading.derivation, after.grading.derivation
    moved = one.scheme_id != other.scheme_id
    if moved:
        yield Change(
            kind=ChangeKind.PLACE, what="scheme", before=one.scheme_id, after=other.scheme_id
        )
    elif one.digest != other.digest:
        yield Change(
            kind=ChangeKind.VERSION, what="scheme", before=_named(one), after=_named(other)
        )
    yield from _scope(before.grading.outcome, after.grading.outcome)
    if moved:
        # rules of two places are not compared step by step: their paths mean different things
        yield from _recognised(one.root, other.root)
        return
    pairs = [(one, other)]
    if before.payslip is not None and after.payslip is not None:
        pairs.append((before.payslip.derivation, after.payslip.derivation))
    certain: set[Change] = set()
    for earlier, later in pairs:
        for change, step, now in partings(earlier.root, later.root):
            if change.kind is ChangeKind.DATED and one.digest != other.digest:
                # figures of another version are named by the version
                continue
            # what is certain of the grade is not less so because pay rests on something unknown
            told = change if change in certain else _settled(change, (step, earlier), (now, later))
            certain.add(told)
            yield told


def _settled(
    change: Change, old: tuple[Step | None, Derivation], new: tuple[Step | None, Derivation]
) -> Change:
    """Name a fact that nobody knows as such: a derivation shows one of its possible values, which says nothing."""
    before, after = _asked_for(*old), _asked_for(*new)
    if before is None and after is None:
        return change
    return Change(kind=ChangeKind.OPEN, what="possibilities", before=before, after=after)


def _asked_for(step: Step | None, derivation: Derivation) -> str | None:
    """Give the unknown fact that a step rests on, as far as it is one of those that were tried."""
    if step is None:
        return None
    tried = [pick.question.path for pick in derivation.tried]
    match step.code:
        case "fact":
            fact = step.path.removeprefix("effect.")
            found = [path for path in tried if re.split(r"[.\[]", path)[0] == fact]
        case "rating" | "tally" | "rises":
            year = str(dict(step.inputs).get("year", ""))
            found = [path for path in tried if path.startswith("ratings.") and year in path]
        case "post" | "two-posts" | "time-in-post":
            found = [path for path in tried if path.endswith("].post")]
        case _:
            found = []
    return found[0] if found else None


def _recognised(before: Step, after: Step) -> Iterator[Change]:
    """Tell how much service the place left has counted, and how much the receiving one does."""
    old, new = (
        next((step for step in root.walk() if step.code in _COUNTED), None)
        for root in (before, after)
    )
    if old is not None and new is not None:
        yield attrs.evolve(
            change_of(ChangeKind.SERVICE, old, new),
            before=dict(old.inputs).get(_COUNTED[old.code]),
            after=dict(new.inputs).get(_COUNTED[new.code]),
            unit="months",
        )


_COUNTED: Final = {"rises": "counted_months", "service": "months"}
"""Steps that count service, and what they call the count."""


def _named(derivation: Derivation) -> str:
    return f"{derivation.scheme_id} {derivation.digest[:_SHOWN]}"


_SHOWN: Final = 12
"""Characters of a digest that tell two versions apart."""


def _reason_of(outcome: Outcome[Any]) -> Reason | None:
    """Give why a scheme does not pay or grade at all; without the day, which is that of the question."""
    if isinstance(outcome, NotEligible | NotApplicable):
        facts = tuple(pair for pair in outcome.reason.facts if pair[0] != "on")
        return attrs.evolve(outcome.reason, facts=facts)
    return None


def _scope(before: Outcome[Any], after: Outcome[Any]) -> Iterator[Change]:
    old, new = _reason_of(before), _reason_of(after)
    if old == new:
        return
    told = new or old
    yield Change(
        kind=ChangeKind.SCOPE,
        what=dict(told.facts).get("fact", told.code) if told is not None else "",
        before=_told(old),
        after=_told(new),
        citation=told.citation if told is not None else None,
    )


def _told(reason: Reason | None) -> str:
    return "" if reason is None else dict(reason.facts).get("value", reason.code)


_FIRM: Final = ("figure", "figure.kept", "figure.provisional", "rating")
"""Steps that can make an amount provisional: an older figure, or a rating that is not out."""
