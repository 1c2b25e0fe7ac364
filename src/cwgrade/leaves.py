"""What the leaves of the normal form find in a worker's history on a day: facts, ratings, service, the ladder, the peg."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from cwgrade.choices import Question, QuestionKind
from cwgrade.dates import (
    Reckoning,
    Takes,
    add_months,
    cutoff,
    earliest,
    latest,
    month_start,
)
from cwgrade.facts import Facts, StatedField, settle
from cwgrade.gaps import Gap, Missing
from cwgrade.ladder import (
    Boundary,
    LadderRule,
    LadderState,
    LadderYear,
    RatingEffect,
    climb,
    steps_from_service,
)
from cwgrade.quantities import (
    Definition,
    FactLeaf,
    LadderLeaf,
    PegLeaf,
    ProbationLeaf,
    RatingLeaf,
    ServiceLeaf,
    StatedEffect,
    StatedService,
    Unit,
    gap_of,
    tidy,
)
from cwgrade.reasons import Step, StepValue
from cwgrade.series import AfterPublication, Figure, figure_for, statistic_year
from cwgrade.service import (
    Convention,
    GapsRule,
    KindRule,
    Run,
    ServiceRule,
    Within,
    accept,
    credited_months,
    ledger_of,
    runs_of,
)
from cwgrade.worker import EVENTS, Attainment, PlacementOnRecord, Rating, Unknown

__all__ = ["NONE", "NOT_OUT", "fact_on", "last_rating_on", "peg_on", "probation_on", "rises_on", "service_on"]

_ONE_DAY: Final = timedelta(days=1)
NONE: Final = "none"
"""The last rating of somebody who did not serve in the year before."""
NOT_OUT: Final = "not_out"
"""The last rating while it has not taken effect."""
_NEVER: Final = date.max
_ALWAYS: Final = date.min


def _takes_field(effect: StatedEffect) -> StatedField:
    readings = tuple(one for one in Takes if one is not Takes.ANNUAL_DAY or effect.annual_day is not None)
    return StatedField(path=f"{effect.path}.takes", stated=effect.takes, readings=readings)


def _step(definition: Definition, code: str, result: StepValue, **more: Any) -> Step:
    return Step(
        code=code,
        path=definition.path,
        result=result,
        unit=definition.unit,
        label=definition.label,
        citation=definition.citation,
        **more,
    )


# --- facts -----------------------------------------------------------------------------------------------------------


def fact_on(facts: Facts, definition: Definition, leaf: FactLeaf, on: date) -> Step:
    """Give a fact as of a day, after its effect; an unknown one is asked for.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The fact and its effect.
        on: The day.
    """
    find = _attained if leaf.attained else _state
    value, since = find(facts, leaf, on)
    inputs: tuple[tuple[str, StepValue], ...] = (("since", since),) if since else ()
    return _step(definition, "fact", value, inputs=inputs)


def _ask_value(facts: Facts, leaf: FactLeaf) -> str:
    return facts.choices.ask(Question(kind=QuestionKind.FACT, path=leaf.fact), leaf.values)


def _attained(facts: Facts, leaf: FactLeaf, on: date) -> tuple[str, date | None]:
    items = facts.attained(leaf.fact)
    if isinstance(items, Unknown):
        return _ask_value(facts, leaf), None
    if not items:
        return leaf.values[0], None
    effect = leaf.effect
    given = tuple(event for event in EVENTS if any(item.day_of(event) for _, item in items)) or EVENTS[:1]
    fields = (StatedField(path=f"{effect.path}.event", stated=effect.event, readings=given), _takes_field(effect))

    def held(settled: tuple[Any, ...]) -> tuple[bool | None, ...]:
        event, takes = settled
        last = cutoff(on, takes, effect.annual_day)
        return tuple(_held_by(item, event, last) for _, item in items)

    event, takes = settle(facts.choices, fields, held)
    last = cutoff(on, takes, effect.annual_day)
    best, since = leaf.values[0], None
    ranked = sorted(items, key=lambda one: leaf.values.index(one[1].value), reverse=True)
    for index, item in ranked:
        holds = _held_by(item, event, last)
        if holds is None:
            path = f"{leaf.fact}[{index}].{event}"
            day = item.day_of(event)
            if day is None:
                asked = facts.choices.ask(Question(kind=QuestionKind.FACT, path=path), (_ALWAYS, _NEVER))
            else:
                asked = facts.day(path, day)
            holds = asked <= last
        if holds:
            best = item.value
            day = item.day_of(event)
            since = earliest(day) if day else None
            break
    return best, since


def _held_by(item: Attainment, event: str, last: date) -> bool | None:
    """Tell whether an attainment has taken effect; one without any day holds on every day asked about."""
    if not any(item.day_of(one) for one in EVENTS):
        return True
    day = item.day_of(event)
    if day is None:
        return None
    if latest(day) <= last:
        return True
    return False if earliest(day) > last else None


def _state(facts: Facts, leaf: FactLeaf, on: date) -> tuple[str, date | None]:
    entries = facts.states(leaf.fact)
    if not entries:
        return _ask_value(facts, leaf), None
    effect = leaf.effect
    days = [
        _ALWAYS if entry.start is None else facts.day(f"facts.{leaf.fact}[{place}].start", entry.start)
        for place, entry in enumerate(entries)
    ]

    def holding(settled: tuple[Any, ...]) -> int | None:
        last = cutoff(on, settled[0], effect.annual_day)
        return max((place for place, day in enumerate(days) if day <= last), default=None)

    # entries of one day only (most of them) do not depend on timing, and nothing is asked
    place = holding(settle(facts.choices, (_takes_field(effect),), holding))
    if place is None:
        return _ask_value(facts, leaf), None
    value = entries[place].value
    if isinstance(value, Unknown):
        return _ask_value(facts, leaf), None
    return value, None if days[place] == _ALWAYS else days[place]


# --- ratings ---------------------------------------------------------------------------------------------------------


def last_rating_on(facts: Facts, definition: Definition, leaf: RatingLeaf, on: date) -> Step:
    """Give the rating of the year before: on the scale, `none` where there was no service, `not_out` before it takes effect."""
    year = on.year - 1
    inputs: tuple[tuple[str, StepValue], ...] = (("year", year),)
    if not facts.served_in_year(year):
        return _step(definition, "rating", NONE, inputs=inputs)
    rating = facts.ratings.get(year)
    if rating is None:
        late = any(one.year == year for one in facts.worker.ratings)
        value = NOT_OUT if late else _ask_rating(facts, year, leaf.scale)
        return _step(definition, "rating", value, inputs=inputs)
    out = _rating_is_out(facts, leaf.effect, rating, year, on)
    return _step(definition, "rating", rating.value if out else NOT_OUT, inputs=inputs)


def _ask_rating(facts: Facts, year: int, scale: tuple[str, ...]) -> str:
    return facts.choices.ask(Question(kind=QuestionKind.FACT, path=f"ratings.{year}"), scale)


_RATING_EVENTS: Final = ("period_end", "announced")


def _rating_fields(effect: StatedEffect) -> tuple[StatedField, StatedField]:
    return (
        StatedField(path=f"{effect.path}.event", stated=effect.event, readings=_RATING_EVENTS),
        _takes_field(effect),
    )


def _rating_is_out(facts: Facts, effect: StatedEffect, rating: Rating | None, year: int, on: date) -> bool:
    """Tell whether the rating of a year has taken effect by a day."""

    def out(settled: tuple[Any, ...]) -> bool | None:
        event, takes = settled
        last = cutoff(on, takes, effect.annual_day)
        if event == "period_end":
            return date(year, 12, 31) <= last
        if date(year, 12, 31) > last:
            return False
        announced = rating.announced if rating else None
        if announced is None:
            return None
        if latest(announced) <= last:
            return True
        return False if earliest(announced) > last else None

    told = out(settle(facts.choices, _rating_fields(effect), out))
    if told is None:
        case = on.isoformat()
        question = Question(kind=QuestionKind.FACT, path=f"ratings.{year}.announced", case=case)
        return facts.choices.ask(question, (True, False))
    return told


# --- probation -------------------------------------------------------------------------------------------------------


def probation_on(facts: Facts, definition: Definition, leaf: ProbationLeaf, on: date) -> Step:
    """Tell whether a day lies in the first months of community service: `yes` or `no`."""
    first = facts.first_community_day
    if isinstance(leaf.months, Missing):
        return _step(definition, "probation", (gap_of(leaf.months, leaf.path),))
    on_probation = first is not None and on < add_months(first, leaf.months)
    return _step(
        definition,
        "probation",
        "yes" if on_probation else "no",
        inputs=(("first_day", first), ("months", leaf.months)),
    )


# --- service ---------------------------------------------------------------------------------------------------------

_RATES: Final = (Fraction(0), Fraction(1))


def _service_fields(facts: Facts, stated: StatedService, effect: StatedEffect) -> tuple[StatedField, ...]:
    """Give the fields that this worker's service can depend on, in a fixed order."""
    claimed = {claim.kind for claim in facts.claims}
    taken = {leave.kind for leave in facts.leaves}
    named = {kind.kind for kind in stated.kinds}
    fields = [
        StatedField(path=f"{stated.path}.convention", stated=stated.convention, readings=tuple(Convention)),
        StatedField(path=f"{stated.path}.gaps", stated=stated.gaps, readings=tuple(GapsRule)),
        _takes_field(effect),
        StatedField(path=f"{effect.path}.reckoned_from", stated=effect.reckoned_from, readings=tuple(Reckoning)),
        StatedField(
            path=f"{stated.path}.other_kinds",
            stated=stated.other_kinds if claimed - named else Fraction(0),
            readings=_RATES,
        ),
    ]
    for kind in stated.kinds:
        if kind.kind in claimed:
            fields.append(StatedField(path=f"{kind.path}.rate", stated=kind.rate, readings=_RATES))
            fields.append(StatedField(path=f"{kind.path}.within", stated=kind.within, readings=tuple(Within)))
    for leave, counts in stated.leaves:
        if leave in taken:
            path = f"absences.{leave}.counts_as_service"
            fields.append(StatedField(path=path, stated=counts, readings=(True, False)))
    for leave in sorted(taken - {leave for leave, _ in stated.leaves}):
        missing = Missing(why="not-mentioned", zh="")
        fields.append(StatedField(path=f"absences.{leave}", stated=missing, readings=(True, False)))
    return tuple(fields)


def _service_rule(facts: Facts, stated: StatedService, settled: tuple[Any, ...]) -> ServiceRule:
    """Build the rule of one combination of readings; the order is that of `_service_fields`."""
    convention, gaps, _takes, _reckoned, other, *rest = settled
    claimed = {claim.kind for claim in facts.claims}
    taken = {leave.kind for leave in facts.leaves}
    named = {kind.kind for kind in stated.kinds}
    values = iter(rest)
    kinds = [
        KindRule(kind=kind.kind, rate=next(values), within=next(values))
        for kind in stated.kinds
        if kind.kind in claimed
    ]
    kinds += [KindRule(kind=kind, rate=other, within=Within.ANYWHERE) for kind in sorted(claimed - named)]
    leaves = [leave for leave, _ in stated.leaves if leave in taken]
    leaves += sorted(taken - {leave for leave, _ in stated.leaves})
    not_counted = tuple(leave for leave in leaves if not next(values))
    return ServiceRule(
        place=stated.place,
        kinds=tuple(kinds),
        leaves_not_counted=not_counted,
        count_from=stated.count_from,
        gaps=gaps,
        convention=convention,
    )


def _runs(facts: Facts, rule: ServiceRule) -> tuple[Run, ...]:
    key = ("runs", rule)
    if key not in facts.memo:
        facts.memo[key] = runs_of(accept(facts.claims, facts.leaves, rule))
    runs: tuple[Run, ...] = facts.memo[key]
    return runs


def _months(facts: Facts, rule: ServiceRule, on: date) -> Fraction:
    key = ("months", rule, on)
    if key not in facts.memo:
        facts.memo[key] = credited_months(_runs(facts, rule), rule, on)
    months: Fraction = facts.memo[key]
    return months


def _as_of(on: date, takes: Takes, reckoned: Reckoning, effect: StatedEffect) -> date:
    """Give the day at whose start service is counted: what is met on it has taken effect by `on`."""
    last = cutoff(on, takes, effect.annual_day)
    return last + _ONE_DAY if reckoned is Reckoning.LAST_DAY_SERVED else last


def _settle_service(
    facts: Facts,
    stated: StatedService,
    effect: StatedEffect,
    on: date,
    signature: Callable[[ServiceRule, date], Any],
) -> tuple[ServiceRule, date]:
    def told(settled: tuple[Any, ...]) -> Any:
        rule = _service_rule(facts, stated, settled)
        return signature(rule, _as_of(on, settled[2], settled[3], effect))

    settled = settle(facts.choices, _service_fields(facts, stated, effect), told)
    return _service_rule(facts, stated, settled), _as_of(on, settled[2], settled[3], effect)


def _ledger_step(facts: Facts, definition: Definition, rule: ServiceRule, as_of: date) -> tuple[Step, ...]:
    """Show the ledger: claimed days by spell, accepted or rejected with the reason."""
    ledger = ledger_of(accept(facts.claims, facts.leaves, rule), as_of)
    return tuple(
        Step(
            code=f"rejected.{entry.rejected}" if entry.rejected else "accepted",
            path=definition.path,
            result=entry.days,
            unit="days",
            inputs=(
                ("spell", entry.spell),
                ("start", entry.start),
                ("end", entry.end),
                ("kind", entry.kind),
                ("rate", tidy(entry.rate)),
            ),
            citation=definition.citation,
        )
        for entry in ledger.entries
    )


def service_on(facts: Facts, definition: Definition, leaf: ServiceLeaf, on: date) -> Step:
    """Count creditable service that has taken effect by a day, with its ledger."""
    per = 12 if leaf.unit is Unit.YEARS else 1

    def counted(rule: ServiceRule, as_of: date) -> Fraction:
        return Fraction(_months(facts, rule, as_of) // per)

    rule, as_of = _settle_service(facts, leaf.rule, leaf.effect, on, counted)
    months = _months(facts, rule, as_of)
    result = tidy(Fraction(months // per)) if per > 1 else tidy(months)
    return _step(
        definition,
        "service",
        result,
        inputs=(("as_of", as_of), ("convention", str(rule.convention)), ("months", tidy(months))),
        parts=_ledger_step(facts, definition, rule, as_of),
    )


# --- the ladder ------------------------------------------------------------------------------------------------------


def rises_on(
    facts: Facts,
    definition: Definition,
    leaf: LadderLeaf,
    on: date,
    *,
    post: str,
    deemed: tuple[Step, ...],
    placement: PlacementOnRecord | None,
    first_grade: int | None,
) -> Step:
    """Walk the ladder to a day: rises by service, early rises, lowerings.

    Args:
        facts: The worker's facts.
        definition: The leaf's definition.
        leaf: The ladder.
        on: The day.
        post: The post held.
        deemed: The step that found deemed months, if the scheme has any; their growth since a placement.
        placement: The placement on record that the ladder starts from, if any.
        first_grade: The grade the ladder starts from without a placement.
    """
    gaps = tuple(gap for step in deemed for gap in step.gaps)
    if gaps:
        return _step(definition, "rises", gaps, parts=deemed)
    deemed_months = sum((Fraction(step.result) for step in deemed if isinstance(step.result, int | Fraction)), Fraction(0))

    def marks(rule: ServiceRule, as_of: date) -> tuple[Any, ...]:
        ends = [end for end, _ in _year_ends(facts, rule, as_of, on, placement)]
        return (as_of.year, *(_months(facts, rule, end) for end in ends))

    rule, as_of = _settle_service(facts, leaf.service, leaf.service_effect, on, marks)
    if placement is None and leaf.prior_start is not None and _served_before_counting(facts, rule):
        return _step(definition, "rises", (gap_of(leaf.prior_start, "ladder.start_after_prior_service"),))
    ladder = _ladder_rule(facts, leaf, post, rule)
    start = LadderState(counted=deemed_months)
    if placement is not None:
        start = _from_placement(placement, ladder, first_grade, deemed_months, _months(facts, rule, placement.since))
    forms, ladder = _year_forms(facts, leaf, ladder, rule, as_of, on, placement)
    found: dict[tuple[int, Gap | None], LadderState] = {}
    for state in climb(forms, ladder, start):
        steps, gap = steps_from_service(state, ladder)
        found.setdefault((steps - start.steps + state.early + state.lowered, gap), state)
    options = sorted(found.items(), key=lambda one: (one[0][0], one[0][1] is not None))
    unknown = _unknown_years(forms)
    if len(options) > 1:
        path = "ratings." + "+".join(str(year) for year in unknown)
        question = Question(kind=QuestionKind.FACT, path=path, case=f"{on.isoformat()} {post}")
        place = facts.choices.ask(question, tuple(_Told(index, key[0]) for index, (key, _) in enumerate(options))).index
    else:
        place = 0
    (rises, gap), state = options[place]
    return _step(
        definition,
        "rises",
        (gap,) if gap is not None else rises,
        inputs=(
            ("as_of", as_of),
            ("counted_months", tidy(state.counted)),
            ("by_service", state.steps - start.steps),
            ("early", state.early),
            ("by_rating", state.lowered),
        ),
        parts=(*deemed, *_year_steps(definition, forms), *_ledger_step(facts, definition, rule, as_of)),
    )


class _Told:
    """An option that is shown as a number of rises."""

    def __init__(self, index: int, rises: int) -> None:
        self.index = index
        self._rises = rises

    def __str__(self) -> str:
        return f"{self._rises:+d}"


def _served_before_counting(facts: Facts, rule: ServiceRule) -> bool:
    return rule.count_from is not None and any(
        claim.kind == "community" and claim.start < rule.count_from for claim in facts.claims
    )


def _ladder_rule(facts: Facts, leaf: LadderLeaf, post: str, rule: ServiceRule) -> LadderRule:
    thresholds: tuple[int | Gap, ...] = tuple(
        gap_of(one, f"{leaf.path}.thresholds[{place}]") if isinstance(one, Missing) else one
        for place, one in enumerate(leaf.thresholds)
    )
    waiting = leaf.waiting_months
    if isinstance(waiting, Missing):
        thresholds, waiting = (gap_of(waiting, f"{leaf.path}.waiting_months"),), None
    field = StatedField(path=f"{leaf.path}.boundary", stated=leaf.boundary, readings=tuple(Boundary))
    numbers = [one for one in thresholds if isinstance(one, int)]

    def touches(settled: tuple[Any, ...]) -> Any:
        # which side of a threshold counts matters only to whoever stands exactly on one
        return settled[0] if numbers else None

    (boundary,) = settle(facts.choices, (field,), touches)
    return LadderRule(
        waiting_months=waiting,
        thresholds=thresholds,
        boundary=boundary,
        effects=leaf.effects,
        early=leaf.early,
        most_steps=dict(leaf.steps_of_post).get(post),
    )


def _from_placement(
    placement: PlacementOnRecord,
    ladder: LadderRule,
    first_grade: int | None,
    deemed: Fraction,
    months: Fraction,
) -> LadderState:
    """Start from a placement on record: its grade's rung, and the months already served toward the next."""
    rung = placement.grade - first_grade if first_grade is not None else 0
    rung = max(0, min(rung, len(ladder.thresholds))) if ladder.waiting_months is None else 0
    reached = ladder.thresholds[rung - 1] if rung else 0
    waited_from = Fraction(reached) if isinstance(reached, int) else Fraction(0)
    return LadderState(
        months=months,
        counted=waited_from + placement.months_served + deemed,
        waited_from=waited_from,
        steps=rung,
    )


def _year_ends(
    facts: Facts, rule: ServiceRule, as_of: date, on: date, placement: PlacementOnRecord | None
) -> list[tuple[date, int]]:
    """Give the day on which each year's count is taken, from the first year of service or of the placement."""
    runs = _runs(facts, rule)
    first = placement.since.year if placement else min((run.start.year for run in runs), default=on.year)
    return [(min(date(year + 1, 1, 1), as_of), year) for year in range(first, on.year + 1)]


def _year_forms(
    facts: Facts,
    leaf: LadderLeaf,
    ladder: LadderRule,
    rule: ServiceRule,
    as_of: date,
    on: date,
    placement: PlacementOnRecord | None,
) -> tuple[list[tuple[LadderYear, ...]], LadderRule]:
    """Give the possible forms of each year, and the ladder with what an unannounced rating does."""
    forms: list[tuple[LadderYear, ...]] = []
    scale = tuple(name for name, _ in leaf.effects)
    for end, year in _year_ends(facts, rule, as_of, on, placement):
        months = _months(facts, rule, max(end, placement.since) if placement else end)
        ratings = _ratings_of(facts, leaf, year, on, scale)
        forms.append(tuple(LadderYear(year=year, months=months, rating=rating) for rating in ratings))
    if any(form.rating == NOT_OUT for year in forms for form in year):
        field = StatedField(
            path="assessment.until_announced", stated=leaf.until_announced, readings=("counted", "not_counted")
        )
        (until,) = settle(facts.choices, (field,), lambda one: one[0])
        waits = (NOT_OUT, RatingEffect(counted=until == "counted"))
        ladder = _with_effect(ladder, waits)
    return forms, ladder


def _with_effect(ladder: LadderRule, effect: tuple[str, RatingEffect]) -> LadderRule:
    return LadderRule(
        waiting_months=ladder.waiting_months,
        thresholds=ladder.thresholds,
        boundary=ladder.boundary,
        effects=(*ladder.effects, effect),
        early=ladder.early,
        most_steps=ladder.most_steps,
    )


def _ratings_of(
    facts: Facts, leaf: LadderLeaf, year: int, on: date, scale: tuple[str, ...]
) -> tuple[str | None, ...]:
    """Give the possible ratings of a year: none before it is over, all of the scale where nobody knows."""
    effect = leaf.rating_effect
    if effect is None or year >= on.year or not facts.served_in_year(year):
        return (None,)
    rating = facts.ratings.get(year)
    if rating is None and any(one.year == year for one in facts.worker.ratings):
        return (NOT_OUT,)
    if not _rating_is_out(facts, effect, rating, year, on):
        return (NOT_OUT,)
    if rating is not None:
        return (rating.value,)
    question = Question(kind=QuestionKind.FACT, path=f"ratings.{year}")
    answered = facts.choices.answered(question)
    return scale if answered is None else (scale[answered],)


def _unknown_years(forms: list[tuple[LadderYear, ...]]) -> list[int]:
    return [year[0].year for year in forms if len(year) > 1]


def _year_steps(definition: Definition, forms: list[tuple[LadderYear, ...]]) -> tuple[Step, ...]:
    """Show the years whose rating was looked at."""
    return tuple(
        Step(
            code="year",
            path="assessment",
            result=form[0].rating if len(form) == 1 else "unknown",
            inputs=(("year", form[0].year), ("months", tidy(form[0].months))),
            citation=definition.citation,
        )
        for form in forms
        if form[0].rating is not None
    )


# --- the peg ---------------------------------------------------------------------------------------------------------


def peg_on(facts: Facts, definition: Definition, leaf: PegLeaf, on: date) -> Step:
    """Give the figure of the statistic that applies on a day, provisional where the right one is not out."""
    year = statistic_year(on, rebased=leaf.rebased, lag_years=leaf.lag_years)
    field = StatedField(
        path=f"{leaf.path}.after_publication", stated=leaf.after_publication, readings=tuple(AfterPublication)
    )

    def usable(settled: tuple[Any, ...]) -> tuple[Figure | None, bool | None]:
        by = month_start(on) if settled[0] is AfterPublication.FROM_PUBLICATION else None
        return figure_for(leaf.series, year, known_on=facts.known_on, published_by=by)

    figure, known = usable(settle(facts.choices, (field,), usable))
    if known is None:
        path = f"series.{leaf.name}.{year}.published_on"
        known = facts.choices.ask(Question(kind=QuestionKind.READING, path=path, why="undecided-publication"), (True, False))
    if figure is not None and known:
        return _figure_step(definition, figure, "figure", year)
    older = leaf.series.of_year(year - 1)
    wanted = Gap(path=f"series.{leaf.name}", why="no-figure", readings=(str(year),))
    if isinstance(leaf.until_published, Missing):
        return _step(definition, "figure", (wanted, gap_of(leaf.until_published, f"{leaf.path}.until_published")))
    if not leaf.until_published or older is None:
        return _step(definition, "figure", (wanted,))
    return _figure_step(definition, older, "figure.provisional", year)


def _figure_step(definition: Definition, figure: Figure, code: str, wanted: int) -> Step:
    published = figure.published_on
    return Step(
        code=code,
        path=definition.path,
        result=figure.fen,
        unit=definition.unit,
        inputs=(("wanted_year", wanted), ("year", figure.year), ("published_on", str(published))),
        label=definition.label,
        citation=figure.citation,
    )
