"""The reasoner: what each quantity of a scheme is for one worker on one day, with its reasons."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, TypeVar

from cwgrade.choices import Choices
from cwgrade.facts import Facts
from cwgrade.gaps import Cell, Gap, Missing, Readings, Reference
from cwgrade.law.post_change import ChangeRule
from cwgrade.leaves import (
    Climbed,
    Moved,
    Origin,
    Stretch,
    alone_on,
    band_of,
    climbed_on,
    fact_on,
    moved_by,
    origin_on,
    post_day,
    reading_of,
    stretches,
    sum_on,
)
from cwgrade.money import round_fen
from cwgrade.outcomes import NotEligible, Unspecified
from cwgrade.quantities import (
    DAY,
    Add,
    Clamp,
    DayLeaf,
    Definition,
    Exact,
    FactLeaf,
    Highest,
    LadderLeaf,
    LadderSum,
    Lowest,
    Number,
    PostLeaf,
    Product,
    Steps,
    Table,
    as_number,
    clamp,
    combine_values,
    gap_of,
    tidy,
)
from cwgrade.reasons import Reason, Step, StepValue
from cwgrade.scheme import SchemeVersion
from cwgrade.sources import Citation
from cwgrade.staging import hidden_by_stage
from cwgrade.timeline import known_by
from cwgrade.worker import PlacementOnRecord

__all__ = ["Instant", "refusal_on"]

T = TypeVar("T")
_ONE_DAY: Final = timedelta(days=1)


class Instant:
    """One worker on one day in one world. Each quantity is found once and kept."""

    def __init__(
        self,
        facts: Facts,
        on: date,
        *,
        use_placement: bool = True,
        leaving: str | Gap | None = None,
        asked_on: date | None = None,
        rungs: tuple[tuple[str, Step], ...] = (),
    ) -> None:
        """Take the facts and the day.

        Args:
            facts: The worker's facts in this world.
            on: The day, asked at its start.
            use_placement: Whether the ladder starts from a placement on record.
            leaving: The post held until that day, where the day is that of a change and the old post is asked for.
            asked_on: The later day for which that is asked.
            rungs: By name the steps of a grade, and of a step beside it, that are taken to be held on the day.
        """
        self.facts = facts
        self.on = on
        self.asked_on = asked_on
        self._leaving = leaving
        self._given: dict[str, Step] | None = None
        self._use_placement = use_placement
        self._rungs = dict(rungs)
        self._moment = (on, use_placement, leaving, asked_on, *(one.result for _, one in rungs))

    @property
    def version(self) -> SchemeVersion:
        """The version of the scheme that is asked."""
        return self.facts.version

    @property
    def choices(self) -> Choices:
        """The run's answers."""
        return self.facts.choices

    def step(self, name: str) -> Step:
        """Find a quantity by name.

        Args:
            name: A name of the normal form; the loader has checked that it exists.
        """
        if name in self._rungs:
            return self._rungs[name]
        if self._given is None:
            return self.kept(name, lambda: self._new_step(name))
        if name not in self._given:
            self._given[name] = self._new_step(name)
        return self._given[name]

    def _new_step(self, name: str) -> Step:
        definition = self.version.normal_form[name]
        return self._rounded(definition, self._find(definition))

    def step_given(self, definition: Definition, given: Mapping[str, Step]) -> Step:
        """Find one quantity from a step for each name that it reads, whatever the worker's facts are."""
        self._given = dict(given)
        try:
            return self._rounded(definition, self._find(definition))
        finally:
            self._given = None

    @property
    def placement(self) -> PlacementOnRecord | None:
        """The placement on record that the ladder starts from on this day."""
        placement = self.facts.placement
        return (
            placement if placement and self._use_placement and placement.since <= self.on else None
        )

    @property
    def moved(self) -> Moved | None:
        """The move from an earlier scheme, or from another place, that the ladder starts from on this day."""
        return moved_by(self.facts, self.on) if self._use_placement else None

    def origin(self, ladder: str) -> Origin | None:
        """Give the rung held earlier from which a ladder goes on, `None` where it starts at its first.

        Args:
            ladder: `grade` or `step`.
        """
        definition = self.version.normal_form[ladder]
        return self.kept(("origin", ladder), lambda: origin_on(self, definition, ladder))

    def before(self, since: date) -> Instant:
        """Give the same worker on an earlier day, as if no placement were on record.

        Args:
            since: The day.
        """
        return self._other(("before", since), since, use_placement=False)

    def placed(self, rungs: tuple[tuple[str, Step], ...]) -> Instant:
        """Give the same worker on the same day, as if these steps of a grade, and of a step beside it, were held."""
        key = ("placed", self.on, *(step.result for _, step in rungs))
        return self._other(key, self.on, rungs=rungs)

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what is made of this worker on this day: once a run, or taken over from another."""
        return self.facts.kept((self._moment, key), make)

    @property
    def held(self) -> tuple[Stretch, ...]:
        """The times in one post up to the one held on the day; none where no change of post can matter."""
        if self.version.post_change.rule is ChangeRule.RECOMPUTED:
            return ()
        return tuple(
            one
            for one in stretches(self.facts)
            if one.start < self.on or (one.start == self.on and self._leaving is None)
        )

    def leaving(self, changed_on: date, post: str | Gap) -> Instant:
        """Give the same worker on the day of a change, still in the post before.

        Args:
            changed_on: The day on which the new post begins to count.
            post: The post before.
        """
        asked_on = self.asked_on or self.on
        key = ("leaving", changed_on, asked_on, self._use_placement)
        return self._other(
            key,
            changed_on,
            use_placement=self._use_placement,
            leaving=post,
            asked_on=asked_on,
        )

    def climbed(self, ladder: str) -> Climbed | None:
        """Give the walk up a ladder; `None` where another quantity gives the grade.

        Args:
            ladder: `grade` or `step`.
        """
        name = "rises" if ladder == "grade" else f"{ladder}_rises"
        definition = self.version.normal_form.get(name)
        if definition is None or not isinstance(definition.quantity, LadderLeaf):
            return None
        return self._climb(definition, definition.quantity)

    def _climb(self, definition: Definition, leaf: LadderLeaf) -> Climbed:
        return self.kept(("climb", leaf.name), lambda: climbed_on(self, definition, leaf))

    def _other(self, key: tuple[object, ...], on: date, **given: Any) -> Instant:
        if key not in self.facts.memo:
            self.facts.memo[key] = Instant(self.facts, on, **given)
        other: Instant = self.facts.memo[key]
        return other

    def _rounded(self, definition: Definition, step: Step) -> Step:
        if definition.rounding is None or step.gaps:
            return step
        exact, path = as_number(step.result), f"{definition.path}.rounded"
        if isinstance(definition.rounding, Missing):
            gap, whole = gap_of(definition.rounding, path), exact.denominator == 1
            return step if whole else self._made(definition, "round", (gap,), (step,))
        rounded = round_fen(exact, definition.rounding)
        return Step(
            code="round",
            path=path,
            result=rounded.fen,
            unit=definition.unit,
            inputs=(
                ("exact", step.result),
                ("to", str(definition.rounding.to)),
                ("mode", str(definition.rounding.mode)),
            ),
            label=definition.label,
            citation=definition.citation,
            residue=rounded.residue,
            parts=(step,),
        )

    def _find(self, definition: Definition) -> Step:  # noqa: C901, PLR0912 -- one branch for each kind
        quantity = definition.quantity
        match quantity:
            # those that are met most often come first
            case FactLeaf():
                return fact_on(self.facts, definition, quantity, self.on)
            case PostLeaf():
                return self._post(definition)
            case Number(cell=cell):
                return self._cell(definition, cell, definition.path, "number")
            case Table():
                return self._table(definition, quantity)
            case Steps():
                return self._bands(definition, quantity)
            case Add(parts=names):
                return self._combined(definition, "add", names)
            case Product(factors=names):
                return self._combined(definition, "product", names)
            case Highest() | Lowest() if quantity.order:
                return self._ranked(definition, quantity)
            case Highest(of=names):
                return self._combined(definition, "highest", names)
            case Lowest(of=names):
                return self._combined(definition, "lowest", names)
            case Clamp():
                return self._clamp(definition, quantity)
            case DayLeaf():
                return self._made(definition, "day", self.on, ())
            case LadderLeaf():
                return self._climb(definition, quantity).step
            case LadderSum():
                return sum_on(self, definition, quantity)
            case _:
                return alone_on(self.facts, definition, quantity, self.on)

    def _made(
        self,
        definition: Definition,
        code: str,
        result: StepValue,
        parts: tuple[Step, ...],
        *,
        inputs: tuple[tuple[str, StepValue], ...] = (),
        citation: Citation | None = None,
    ) -> Step:
        return Step(
            code=code,
            path=definition.path,
            result=result,
            unit=definition.unit,
            inputs=inputs,
            label=definition.label,
            citation=citation or definition.citation,
            parts=parts,
        )

    def _cell(
        self,
        definition: Definition,
        cell: Cell,
        path: str,
        code: str,
        *,
        inputs: tuple[tuple[str, StepValue], ...] = (),
        parts: tuple[Step, ...] = (),
    ) -> Step:
        """Give what a cell holds: a number, a value, a gap, one of several readings, or another quantity."""
        citation = definition.citation
        result: StepValue
        match cell:
            case Missing():
                result = (gap_of(cell, path),)
            case Readings(options=options):
                reading = reading_of(self.choices, options, path, definition.unit)
                citation = options[reading].citation or citation
                value = options[reading].value
                result = tidy(value) if isinstance(value, Fraction) else value
            case Reference(quantity=name):
                step = self.step(name)
                result, parts = step.result, (*parts, step)
            case Fraction():
                result = tidy(cell)
            case str():
                result = cell
        return Step(
            code=code,
            path=path,
            result=result,
            unit=definition.unit,
            inputs=inputs,
            label=definition.label,
            citation=citation,
            parts=parts,
        )

    def _table(self, definition: Definition, table: Table) -> Step:
        parts = tuple(self._key(table, name) for name in table.by)
        gaps = tuple(dict.fromkeys(gap for step in parts for gap in step.gaps))
        if gaps:
            return self._made(definition, "table", gaps, parts)
        keys = [str(step.result) for step in parts]
        inputs = tuple((name, step.result) for name, step in zip(table.by, parts, strict=True))
        cell = table.cell(tuple(keys))
        path = ".".join((definition.path, *keys))
        if cell is None:
            gap = Gap(path=path, why="no-cell")
            return self._made(definition, "table", (gap,), parts, inputs=inputs)
        return self._cell(definition, cell, path, "table", inputs=inputs, parts=parts)

    def _key(self, table: Table, name: str) -> Step:
        """Find a key of a table: of several honours the one that gives most in it, beside the other keys."""
        definition = self.version.normal_form[name]
        leaf = definition.quantity
        if self._given is not None or not (isinstance(leaf, FactLeaf) and leaf.several):
            return self.step(name)
        others = {one: str(self.step(one).result) for one in table.by if one != name}
        cells = {
            value: table.cell(tuple({**others, name: value}[one] for one in table.by))
            for value in leaf.values
        }
        given = {value: cell for value, cell in cells.items() if isinstance(cell, Fraction)}
        if len(given) < len(cells):
            # what is not stated, or is no number, cannot be compared
            return self.step(name)
        ranking = sorted(leaf.values, key=lambda value: given[value])
        return fact_on(self.facts, definition, leaf, self.on, ranking)

    def _bands(self, definition: Definition, bands: Steps) -> Step:
        of = self.step(bands.of)
        if of.gaps:
            return self._made(definition, "bands", of.gaps, (of,))
        at = of.result if isinstance(of.result, date) else as_number(of.result)
        place = band_of(self.facts, definition, bands, at)
        inputs: tuple[tuple[str, StepValue], ...] = ((bands.of, of.result),)
        if isinstance(place, tuple):
            return self._made(definition, "bands", place, (of,), inputs=inputs)
        if place < 0:
            # of years below the first band it is known that they give nothing; of earlier days nothing is known
            first = (str(bands.starts[0]),)
            gap = Gap(path=definition.path, why="before-first-day", readings=first)
            result = (gap,) if bands.of == DAY else 0
            return self._made(definition, "bands", result, (of,), inputs=inputs)
        cell, path = bands.cells[place], f"{definition.path}[{place}]"
        start = bands.starts[place]
        if not isinstance(start, Missing):
            inputs = (*inputs, ("from", start if isinstance(start, date) else tidy(start)))
        return self._cell(definition, cell, path, "bands", inputs=inputs, parts=(of,))

    def _combined(self, definition: Definition, code: str, names: tuple[str, ...]) -> Step:
        parts = tuple(self.step(name) for name in names)
        result = combine_values(parts, _COMBINE[code])
        known = zip(names, parts, strict=True) if code != "add" else ()
        inputs = tuple((name, step.result) for name, step in known if not step.gaps)
        return self._made(definition, code, result, parts, inputs=inputs)

    def _ranked(self, definition: Definition, quantity: Highest | Lowest) -> Step:
        """Give the highest or lowest of values of one fact, by the order of its list."""
        parts = tuple(self.step(name) for name in quantity.of)
        code = "highest" if isinstance(quantity, Highest) else "lowest"
        gaps = tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
        if gaps:
            return self._made(definition, code, gaps, parts)
        places = [quantity.order.index(str(part.result)) for part in parts]
        place = max(places) if code == "highest" else min(places)
        inputs = tuple((name, part.result) for name, part in zip(quantity.of, parts, strict=True))
        return self._made(definition, code, quantity.order[place], parts, inputs=inputs)

    def _clamp(self, definition: Definition, quantity: Clamp) -> Step:
        of, post = self.step(quantity.of), self.step("post")
        hidden = quantity.not_stated(str(post.result))
        gaps = (*post.gaps, hidden) if hidden is not None else (*post.gaps, *of.gaps)
        if gaps:
            return self._made(definition, "clamp", gaps, (of, post))
        low, high = next((low, high) for name, low, high in quantity.ranges if name == post.result)
        result = tidy(clamp(as_number(of.result), low, high))
        inputs = (("post", post.result), ("low", low), ("high", high))
        return self._made(definition, "clamp", result, (of, post), inputs=inputs)

    def _post(self, definition: Definition) -> Step:
        day = post_day(self.facts, self.on) if self._leaving is None else self.on - _ONE_DAY
        post = self._leaving or self.facts.post_on(day)
        if isinstance(post, Gap):
            return self._made(definition, "post", (post,), ())
        titles = [spell.title or spell.post or "" for spell in self.facts.serving(day)]
        found = self.version.post(post) if post else None
        citation = Citation(source=found.source, clause=found.clause) if found else None
        return self._made(
            definition, "post", post, (), inputs=(("held", ", ".join(titles)),), citation=citation
        )


_COMBINE: Final[Mapping[str, Callable[[list[Exact]], Exact]]] = {
    "add": sum,
    "product": math.prod,
    "highest": max,
    "lowest": min,
}


def refusal_on(instant: Instant) -> NotEligible | Unspecified | None:
    """Tell why the scheme does not pay a worker on a day, or which gap hides it; `None` where it does.

    Args:
        instant: The worker on the day.
    """
    if known_by(instant.version.published_on, instant.facts.known_on) is None:
        # without this version there would be another answer, or none: it stands on nothing that is known
        return Unspecified((Gap(path="scheme.published_on", why="undecided-publication"),))
    if staged := hidden_by_stage(instant.facts, instant.on):
        return Unspecified(staged)
    if not instant.facts.serving(instant.on):
        return NotEligible(Reason(code="not-in-service", facts=(("on", instant.on.isoformat()),)))
    if not instant.facts.paid_on(instant.on):
        facts = (("on", instant.on.isoformat()),)
        return NotEligible(Reason(code="under-another-scheme", facts=facts))
    gaps: tuple[Gap, ...] = ()
    for exclusion in instant.version.excluded:
        step = instant.step(exclusion.fact)
        gaps += step.gaps
        if step.result in exclusion.values:
            reason = Reason(
                code="out-of-scope",
                facts=(("fact", exclusion.fact), ("value", str(step.result))),
                citation=Citation(source=exclusion.source, clause=exclusion.clause),
            )
            return NotEligible(reason)
    gaps = tuple(dict.fromkeys((*gaps, *instant.step("post").gaps)))
    return Unspecified(gaps) if gaps else None
