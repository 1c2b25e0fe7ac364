"""The ladder on a day: rises by service, early rises and lowerings, walked year by year."""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.choices import Question, QuestionKind
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.ladder import (
    Boundary,
    EarlyRise,
    LadderRule,
    LadderState,
    LadderYear,
    RatingEffect,
    WaitingAfter,
    climb,
    next_state,
    steps_from_service,
    wait_after,
)
from cwgrade.leaves.counted import Counter, ledger_steps, settle_service, start_not_stated
from cwgrade.leaves.rated import off_scale, ratings_of_year, unknown_rating
from cwgrade.leaves.rungs import Climbed, Start
from cwgrade.leaves.steps import found
from cwgrade.quantities import NOT_OUT, Definition, LadderLeaf, gap_of, tidy
from cwgrade.reasons import Step

__all__ = ["Outcome", "Walk", "rises_on", "settled_rule"]


@attrs.frozen(eq=False)
class Walk:
    """One walk up the ladder: the forms of each year, where it began, and the states at its end.

    Walks are made once and shared; one is equal to itself alone.
    """

    forms: tuple[tuple[LadderYear, ...], ...]
    start: LadderState
    states: tuple[LadderState, ...]
    rule: LadderRule
    goes_on: bool
    outcomes: dict[Outcome, LadderState] = attrs.field(init=False)
    """What its ends come to, and a state that shows it, fewest rises first."""

    @outcomes.default
    def _outcomes_of_states(self) -> dict[Outcome, LadderState]:
        return self.outcomes_of(self.states)

    def outcome(self, state: LadderState) -> Outcome:
        """Give what a state at the end comes to."""
        steps, gap = steps_from_service(state, self.rule)
        rises = steps + state.early + state.lowered - self.start.steps - self.start.early
        return rises, gap, state if self.goes_on else None

    def outcomes_of(self, states: Iterable[LadderState]) -> dict[Outcome, LadderState]:
        """Give what some states at the end come to, and one that shows it, fewest rises first."""
        told: dict[Outcome, LadderState] = {}
        for state in states:
            told.setdefault(self.outcome(state), state)
        return dict(sorted(told.items(), key=lambda one: (one[0][0], one[0][1] is not None)))

    def beside(self, other: Walk) -> dict[Outcome, tuple[LadderState, ...]]:
        """Give the states that are possible beside what the same ratings made another ladder come to.

        Args:
            other: The walk up the other ladder.

        Returns:
            The states by what the other ladder comes to.
        """
        mine = {forms[0].year: forms for forms in self.forms}
        others = {forms[0].year: forms for forms in other.forms}
        pairs: dict[tuple[LadderState, LadderState], None] = {(self.start, other.start): None}
        for year in sorted({*mine, *others}):
            pairs = {
                (
                    own if here is None else next_state(own, here, self.rule),
                    far if there is None else next_state(far, there, other.rule),
                ): None
                for own, far in pairs
                for here, there in _alike(mine.get(year, ()), others.get(year, ()))
            }
        by_other: dict[Outcome, dict[LadderState, None]] = {}
        for own, far in pairs:
            by_other.setdefault(other.outcome(far), {})[own] = None
        return {outcome: tuple(states) for outcome, states in by_other.items()}


def _alike(
    here: tuple[LadderYear, ...], there: tuple[LadderYear, ...]
) -> Iterator[tuple[LadderYear | None, LadderYear | None]]:
    """Give the forms of one year on two ladders that go together: a rating is the same on both."""
    if len(here) > 1 and len(there) > 1:
        yield from zip(here, there, strict=True)
    else:
        yield from itertools.product(here or (None,), there or (None,))


Outcome = tuple[int, Gap | None, LadderState | None]
"""Rises, the gap that hides them, and the whole state where the ladder of another post goes on from it."""


def rises_on(
    facts: Facts,
    definition: Definition,
    leaf: LadderLeaf,
    on: date,
    start: Start,
    beside: Climbed | None = None,
) -> Climbed:
    """Walk the ladder to a day.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The ladder.
        on: The day.
        start: Where it starts.
        beside: The walk up another ladder that the same ratings made, where there is one.

    Returns:
        Rises less lowerings, or the gap that hides them, and where the worker stands.
    """
    gaps = tuple(gap for step in start.deemed for gap in step.gaps)
    if gaps:
        return Climbed(found(definition, "rises", gaps, parts=start.deemed))
    from_day_on = start_not_stated(leaf.service)
    if from_day_on is not None:
        return Climbed(found(definition, "rises", (from_day_on,)))
    count_from = leaf.service.count_from
    if start.origin is None and leaf.prior_start is not None and isinstance(count_from, date):
        first = facts.first_community_day
        if first is not None and first < count_from:
            hidden = gap_of(leaf.prior_start, f"{leaf.path}.start_after_prior_service")
            return Climbed(found(definition, "rises", (hidden,)))
    ratings = _ratings(facts, leaf, on, start, beside)
    strange = _off_scale(facts, leaf, ratings)
    if strange:
        return Climbed(found(definition, "rises", strange))
    moves = _moves_not_stated(leaf, ratings, start)
    if moves:
        return Climbed(found(definition, "rises", moves))
    waits = (*_left_open(facts, leaf, ratings), *_unannounced(facts, leaf, ratings))
    left_on = on if start.asked_on else None
    began = (start.post, start.first, start.origin, start.asked_on, start.deemed_months)
    early = _early_rise(facts, leaf, ratings, start)
    alike = ("walks", leaf.name, left_on, tuple(ratings.items()), waits, early, began)
    walks: dict[Hashable, Walk] = facts.shared.setdefault(alike, {})

    def walk(counter: Counter, as_of: date, boundary: Boundary, cap: str) -> Walk:
        key = (counter, as_of, boundary, cap)
        if key not in walks:
            rule = attrs.evolve(settled_rule(leaf, start, boundary, waits), early=early)
            rule = attrs.evolve(rule, most_steps=None) if cap == _AT_END else rule
            walks[key] = _walk(facts, counter, as_of, on, rule, ratings, start)
        return walks[key]

    boundary_field = StatedField(
        path=f"{leaf.path}.boundary", stated=leaf.boundary, readings=tuple(Boundary)
    )

    # where the cap is stated, the leaf has the tops that it applies to, or none
    stated = _EACH_RISE if leaf.open_cap is None else leaf.open_cap
    cap_field = StatedField(path=f"{leaf.path}.cap", stated=stated, readings=(_AT_END, _EACH_RISE))

    def told(counter: Counter, as_of: date) -> Hashable:
        sides = itertools.product(boundary_field.options, cap_field.options)
        return tuple(frozenset(walk(counter, as_of, *one).outcomes) for one in sides)

    counter, as_of = settle_service(facts, leaf.service, leaf.service_effect, on, told)
    boundary, cap = settle(
        facts.choices,
        (boundary_field, cap_field),
        lambda one: frozenset(walk(counter, as_of, *one).outcomes),
    )
    chosen = walk(counter, as_of, boundary, cap)
    outcome, state = _choose(facts, leaf, chosen, start, beside)
    rises, gap, _ = outcome
    step = found(
        definition,
        "rises",
        (gap,) if gap is not None else rises,
        inputs=(
            ("as_of", as_of),
            ("counted_months", tidy(state.counted)),
            ("by_service", state.steps - chosen.start.steps),
            ("early", state.early - chosen.start.early),
            ("by_rating", state.lowered),
        ),
        parts=(
            *start.deemed,
            *_year_steps(facts, definition, chosen),
            *ledger_steps(facts, definition, counter, as_of),
        ),
    )
    return Climbed(step, None if gap is not None else state, as_of, (chosen, outcome), counter)


def _ratings(
    facts: Facts, leaf: LadderLeaf, on: date, start: Start, beside: Climbed | None
) -> dict[int, tuple[str | None, ...]]:
    """Give the possible ratings of every year that the walk may pass."""
    first = min((claim.start.year for claim in facts.claims), default=on.year)
    first = first if start.first_year is None else start.first_year
    years = range(first, on.year + 1)
    nothing = all(effect == RatingEffect() for _, effect in leaf.effects)
    if leaf.early is None and not leaf.open_effects and nothing:
        # no rating does anything to this ladder: nothing has to be known of any
        return dict.fromkeys(years, (None,))
    scale = tuple(name for name, _ in leaf.effects)
    known_on = start.asked_on or on
    by_year = {
        year: ratings_of_year(facts, leaf.rating_effect, year, known_on, scale) for year in years
    }
    unknown = [year for year, forms in by_year.items() if len(forms) > 1]
    if len(unknown) > _ASKED_ONE_BY_ONE:
        # the last years of a ladder that is left are looked at by the next one too
        shared = on.year - 1 if start.asked_on else known_on.year
        unknown = [year for year in unknown if year >= min(shared, _asked_from(facts, known_on))]
    other = beside.walk[0].forms if beside and beside.walk else ()
    as_sets = {forms[0].year for forms in other if len(forms) > 1}
    asked = [year for year in unknown if year not in as_sets]
    values = facts.choices.ask_all([unknown_rating(year) for year in asked], scale)
    return by_year | {year: (value,) for year, value in zip(asked, values, strict=True)}


def _asked_from(facts: Facts, on: date) -> int:
    """Give the first year whose rating something else of the scheme looks at: both must try the same one."""
    tallied = (one.last_years for one in facts.version.tallies)
    return min(
        (on.year - years if isinstance(years, int) else date.min.year for years in tallied),
        default=on.year,
    )


def _off_scale(
    facts: Facts, leaf: LadderLeaf, ratings: dict[int, tuple[str | None, ...]]
) -> tuple[Gap, ...]:
    """Give a gap for each rating that is looked at and that the scheme's scale does not have."""
    scale = {name for name, _ in leaf.effects}
    return tuple(
        off_scale(facts.ratings[year])
        for year, forms in ratings.items()
        if len(forms) == 1 and forms[0] not in (None, NOT_OUT) and forms[0] not in scale
    )


def _moves_not_stated(
    leaf: LadderLeaf, ratings: dict[int, tuple[str | None, ...]], start: Start
) -> tuple[Gap, ...]:
    """Give a gap for each rating that somebody may have and that moves them by a number the source leaves out."""
    since = date.min if start.origin is None else start.origin.since
    seen = {rating for year, forms in ratings.items() if year >= since.year for rating in forms}
    return tuple(
        gap_of(stated, f"assessment.ratings.{rating}.{name}")
        for rating, name, stated in leaf.open_effects
        if rating in seen and name not in _YES_OR_NO
    )


def _left_open(
    facts: Facts, leaf: LadderLeaf, ratings: dict[int, tuple[str | None, ...]]
) -> tuple[tuple[str, RatingEffect], ...]:
    """Settle what a rating does that the source leaves open, where somebody may have that rating."""
    seen = {rating for forms in ratings.values() for rating in forms}
    asked = [one for one in leaf.open_effects if one[0] in seen and one[1] in _YES_OR_NO]
    fields = [
        StatedField(path=f"assessment.ratings.{rating}.{name}", stated=gap, readings=(True, False))
        for rating, name, gap in asked
    ]
    effects = dict(leaf.effects)
    for (rating, name, _), value in zip(
        asked, settle(facts.choices, fields, lambda told: told), strict=True
    ):
        effects[rating] = attrs.evolve(effects[rating], **{name: value})
    return tuple((rating, effects[rating]) for rating in dict.fromkeys(one[0] for one in asked))


def _early_rise(
    facts: Facts, leaf: LadderLeaf, ratings: dict[int, tuple[str | None, ...]], start: Start
) -> EarlyRise | None:
    """Settle what the source leaves open of the early rise, as far as the years of somebody can tell readings apart."""
    early = leaf.early
    if early is None or not leaf.open_early:
        return early
    years = sum(early.rating in forms for forms in ratings.values())
    before = LadderState() if start.origin is None else start.origin.career
    names = [name for name, _ in leaf.open_early]
    readings: dict[str, tuple[int | WaitingAfter, ...]] = {
        "consecutive": _YEARS_IN_A_ROW,
        "at_most": _YEARS_IN_A_ROW,
        "waiting": tuple(WaitingAfter),
    }
    fields = [
        StatedField(path=f"assessment.early.{name}", stated=gap, readings=readings[name])
        for name, gap in leaf.open_early
    ]

    def told(values: tuple[Any, ...]) -> Hashable:
        settled = attrs.evolve(early, **dict(zip(names, values, strict=True)))
        if settled.consecutive > years + before.row:
            # so long a row nobody comes to
            return None
        return attrs.evolve(settled, at_most=min(settled.at_most, years + before.early))

    values = settle(facts.choices, fields, told)
    return attrs.evolve(early, **dict(zip(names, values, strict=True)))


def _unannounced(
    facts: Facts, leaf: LadderLeaf, ratings: dict[int, tuple[str | None, ...]]
) -> tuple[tuple[str, RatingEffect], ...]:
    """Settle how a year counts whose rating is not out, where there is such a year."""
    if not any(NOT_OUT in forms for forms in ratings.values()):
        return ()
    stated = leaf.until_announced
    field = StatedField(
        path="assessment.until_announced",
        stated=Missing(why="not-mentioned") if stated is None else stated,
        readings=("counted", "not_counted"),
    )
    (until,) = settle(facts.choices, (field,), lambda one: one[0])
    counted = until == "counted"
    return ((NOT_OUT, RatingEffect(counted=counted, rises=True if counted else None)),)


def settled_rule(
    leaf: LadderLeaf, start: Start, boundary: Boundary, waits: tuple[tuple[str, RatingEffect], ...]
) -> LadderRule:
    """Settle a ladder for the post and the rung that a worker starts from.

    Args:
        leaf: The ladder as far as it is stated.
        start: Where the worker starts.
        boundary: Which side of a threshold counts.
        waits: What a year does whose rating is not out.
    """
    wait = dict(leaf.waits)[start.post]
    thresholds: tuple[int | Gap, ...] = tuple(
        gap_of(one, f"{leaf.path}.{wait.path}[{place}]") if isinstance(one, Missing) else one
        for place, one in enumerate(wait.thresholds)
    )
    months = wait.months
    if isinstance(months, Missing):
        thresholds, months = (gap_of(months, f"{leaf.path}.{wait.path}"),), None
    rule = LadderRule(
        waiting_months=months,
        thresholds=thresholds,
        boundary=boundary,
        effects=(*waits, *leaf.effects),
        early=leaf.early,
    )
    top = dict(leaf.tops).get(start.post)
    if top is None or start.rung is None:
        return rule
    return attrs.evolve(rule, most_steps=_rungs_before(start, rule) + top - start.rung)


def _walk(
    facts: Facts,
    counter: Counter,
    as_of: date,
    on: date,
    rule: LadderRule,
    ratings: dict[int, tuple[str | None, ...]],
    start: Start,
) -> Walk:
    """Take the count at the end of each year, and fold the years into states."""
    origin = start.origin
    since = date.min if origin is None else origin.since
    forms = []
    for year, options in ratings.items():
        ends = min(date(year + 1, 1, 1), as_of)
        months = counter.months(ends if origin is None or origin.left else max(ends, since))
        closes = year >= since.year and (start.asked_on is None or year < on.year)
        # months carried over are enough on the rung's first day at the soonest; that takes effect like any other
        rises = ends >= since
        forms.append(
            tuple(
                LadderYear(year=year, months=months, rating=one, closes=closes, rises=rises)
                for one in options
            )
        )
    state = _first_state(start, rule, counter)
    goes_on = start.asked_on is not None
    # days that count alike make one walk
    key = ("walk", tuple(forms), state, rule, goes_on)
    if key not in facts.shared:
        facts.shared[key] = Walk(tuple(forms), state, climb(forms, rule, state), rule, goes_on)
    made: Walk = facts.shared[key]
    return made


def _rungs_before(start: Start, rule: LadderRule) -> int:
    """Give how many thresholds lie at or below the rung that the ladder starts from."""
    if rule.waiting_months is not None or start.origin is None or start.first is None:
        return 0
    return max(0, min(start.origin.rung - start.first, len(rule.thresholds)))


def _first_state(start: Start, rule: LadderRule, counter: Counter) -> LadderState:
    """Start from the beginning, or from the rung held and the months already served toward the next."""
    origin = start.origin
    if origin is None:
        return LadderState(counted=start.deemed_months)
    rungs = _rungs_before(start, rule)
    reached = rule.thresholds[rungs - 1] if rungs else 0
    waited_from = reached if isinstance(reached, int) else 0
    served = origin.months_served
    if origin.share is not None:
        served = origin.share * (wait_after(rule, rungs) or 0)
    return attrs.evolve(
        origin.career,
        months=counter.months(origin.left.as_of if origin.left else origin.since),
        counted=waited_from + served + start.deemed_months,
        waited_from=waited_from,
        steps=rungs,
        lowered=0,
    )


class _Told:
    """An option that is shown as a number of rises."""

    def __init__(self, place: int, rises: int) -> None:
        self.place = place
        self._rises = rises

    def __str__(self) -> str:
        return f"{self._rises:+d}"


def _choose(
    facts: Facts,
    leaf: LadderLeaf,
    walk: Walk,
    start: Start,
    beside: Climbed | None,
) -> tuple[Outcome, LadderState]:
    """Ask for one of the possible ends, where unknown ratings leave more than one."""
    states = walk.outcomes
    case = start.post
    if len(states) > 1 and beside is not None and beside.walk is not None:
        other, chosen = beside.walk
        key = ("beside", walk, other)
        if key not in facts.shared:
            facts.shared[key] = walk.beside(other)
        states = walk.outcomes_of(facts.shared[key][chosen])
        case = f"{start.post} {leaf.name} beside {chosen}"
    options = list(states.items())
    if len(options) == 1:
        return options[0]
    unknown = [str(forms[0].year) for forms in walk.forms if len(forms) > 1]
    question = Question(
        kind=QuestionKind.FACT,
        path="ratings." + "+".join(unknown),
        case=f"{case} {[told for told, _ in options]}",
    )
    told = tuple(_Told(index, rises) for index, ((rises, _, _), _) in enumerate(options))
    return options[facts.choices.ask(question, told).place]


_YES_OR_NO: Final = ("counted", "rises")
"""Effects of a rating of which both readings are tried; numbers of rungs nobody can enumerate."""
_AT_END, _EACH_RISE = "at_end", "each_rise"
_YEARS_IN_A_ROW: Final = tuple(range(1, 51))
_ASKED_ONE_BY_ONE: Final = 2
"""So few unknown ratings are tried one by one, and every day tries the same; more travel as states of the ladder."""
_UNKNOWN: Final = "unknown"


def _year_steps(facts: Facts, definition: Definition, walk: Walk) -> tuple[Step, ...]:
    """Show the years whose rating was looked at."""
    key = ("years", definition.name, walk)
    if key not in facts.shared:
        facts.shared[key] = _shown_years(definition, walk)
    found: tuple[Step, ...] = facts.shared[key]
    return found


def _shown_years(definition: Definition, walk: Walk) -> tuple[Step, ...]:
    return tuple(
        Step(
            code="year",
            path="assessment",
            result=forms[0].rating if len(forms) == 1 else _UNKNOWN,
            inputs=(("year", forms[0].year), ("months", tidy(forms[0].months))),
            citation=definition.citation,
        )
        for forms in walk.forms
        if forms[0].rating is not None
    )
