"""The pay of a month for a whole roster: leaves found on arrays, everything above them looked up.

A row of which something changes inside the month, of which something is not known, or that the scheme leaves open, is
asked of the scalar function; so is every row that the arrays do not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.accrual import is_monthly
from cwgrade.dates import next_month
from cwgrade.facts import Facts
from cwgrade.frames.climbs import Climbs, start_at
from cwgrade.frames.counts import Counts
from cwgrade.frames.fusion import fuse
from cwgrade.frames.kinds import kinds_of
from cwgrade.frames.people import NOT_KNOWN, People
from cwgrade.frames.service import GOES_ON
from cwgrade.law.pay import Accrual, Component
from cwgrade.law.post_change import ChangeRule
from cwgrade.money import round_fen
from cwgrade.outcomes import Decided, OneOf, status_of
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.quantities import (
    Definition,
    FactLeaf,
    LadderLeaf,
    PostLeaf,
    ProbationLeaf,
    RatingLeaf,
    ServiceLeaf,
    TallyLeaf,
    TwoPostsLeaf,
    Unit,
)
from cwgrade.reasoner import Instant
from cwgrade.regions import is_within
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.tables import Asked, Closed, Leaf, SchemeTables, TooManyCells, tabulate

__all__ = ["NO_AMOUNT", "STATUSES", "MonthOfRoster", "month_of"]

Codes = NDArray[Any]

NO_AMOUNT: Final = -(1 << 62)
"""Stands where a row has no amount."""
STATUSES: Final = ("decided", "not_eligible", "not_applicable", "one_of", "unspecified")
_ONE_DAY: Final = timedelta(days=1)
_MOST_PROFILES: Final = 20_000


@attrs.frozen(kw_only=True, eq=False)
class MonthOfRoster:
    """What a month is worth for every row.

    Attributes:
        year: The year.
        month: The month.
        status: The place of each row's status in `STATUSES`.
        gross_fen: The sum of what is payable, in fen; `NO_AMOUNT` where there is none.
        low_fen: The least it can be where an unknown fact matters, otherwise the sum.
        high_fen: The most it can be.
        grade: The grade; 0 where there is none.
        payable_fen: For each component, what is payable; `NO_AMOUNT` where it is not certain.
        asked: Rows that were asked of the scalar function.
    """

    year: int
    month: int
    status: Codes
    gross_fen: Codes
    low_fen: Codes
    high_fen: Codes
    payable_fen: dict[str, Codes]
    asked: Codes


def month_of(
    people: People, scheme: Scheme, *, year: int, month: int, known_on: date | None = None
) -> MonthOfRoster:
    """Find the pay of a month for every row.

    Args:
        people: The roster.
        scheme: The scheme of all of them.
        year: The year.
        month: The month, 1 to 12.
        known_on: Only facts and values known by this day.

    Raises:
        NotInForce: The scheme does not apply on the first day of the month.
    """
    version = scheme.version_on(date(year, month, 1), known_on=known_on)
    found = _Month(people, version, year, month, known_on).found()
    for row in np.flatnonzero(found.asked):
        slip = pay_for_month(
            people.worker(int(row)), scheme, year=year, month=month, known_on=known_on
        )
        _take_over(found, int(row), slip)
    return found


def _take_over(found: MonthOfRoster, row: int, slip: Payslip) -> None:
    outcome = slip.outcome
    found.status[row] = STATUSES.index(status_of(outcome))
    gross = outcome.value if isinstance(outcome, Decided) else NO_AMOUNT
    values = outcome.values if isinstance(outcome, OneOf) else ()
    found.gross_fen[row] = gross
    found.low_fen[row] = min(values, default=gross)
    found.high_fen[row] = max(values, default=gross)
    amounts = {line.component: line.payable_fen for line in slip.lines}
    for name, column in found.payable_fen.items():
        amount = amounts.get(name)
        column[row] = NO_AMOUNT if amount is None else amount


class _Month:
    """One month of one roster under one version."""

    def __init__(
        self, people: People, version: SchemeVersion, year: int, month: int, known_on: date | None
    ) -> None:
        self.people = people
        self.version = version
        self.year, self.month = year, month
        self.known_on = known_on
        self.first = date(year, month, 1)
        self.last = next_month(self.first) - _ONE_DAY
        self.asked = np.zeros(people.size, np.bool_)
        if people.unusual is not None:
            self.asked |= people.unusual
        self.counts: dict[str, Counts] = {}

    def found(self) -> MonthOfRoster:
        size = self.people.size
        payable = {one.name: np.full(size, NO_AMOUNT, np.int64) for one in self.version.pay}
        away = self._mark_service()
        try:
            tables = self._tables()
        except TooManyCells:
            tables = None
        if tables is None or any(not self._can_be_looked_up(one) for one in self.version.pay):
            self.asked[:] = True
        else:
            self._look_up(tables, payable)
        in_total = [payable[one.name] for one in self.version.pay if one.in_total]
        known = np.logical_and.reduce([column != NO_AMOUNT for column in in_total])
        gross = np.where(known, sum(in_total), NO_AMOUNT)
        rounding = self.version.rounding.total
        if rounding is not None:
            gross = _by_value(gross, lambda fen: fen if fen == NO_AMOUNT else round_fen(fen, rounding).fen)
        status = np.where(known, STATUSES.index("decided"), STATUSES.index("unspecified"))
        return MonthOfRoster(
            year=self.year,
            month=self.month,
            status=status.astype(np.int8),
            gross_fen=gross,
            low_fen=gross.copy(),
            high_fen=gross.copy(),
            payable_fen=payable,
            asked=self.asked | away,
        )

    def _tables(self) -> SchemeTables | None:
        """Make the tables of the month, `None` where a figure or the law's text changes inside it."""
        first, last = (
            tabulate(self.version, on=day, known_on=self.known_on) for day in (self.first, self.last)
        )
        return first if first.leaves == last.leaves and first.stages == last.stages else None

    def _can_be_looked_up(self, component: Component) -> bool:
        if component.supplied or is_monthly(component):
            return True
        if component.accrues_per is Accrual.ONCE:
            return False
        return not (isinstance(component.paid_in, tuple) and self.month in component.paid_in)

    def _mark_service(self) -> Codes:
        """Mark rows whose service here begins, ends or overlaps in the month; rows without any are asked too."""
        spells, size = self.people.spells, self.people.size
        here = np.array(
            [region is None or is_within(region, self.version.place) for region in spells.regions]
        )[spells.region]
        serving = self.people.is_community & here
        after = np.datetime64(self.last + _ONE_DAY)
        inside = serving & (spells.start < after) & (spells.end > np.datetime64(self.first))
        whole = inside & (spells.start <= np.datetime64(self.first)) & (spells.end >= after)
        held = np.bincount(spells.worker[inside], minlength=size)
        held_whole = np.bincount(spells.worker[whole], minlength=size)
        self.asked |= (held != 1) | (held_whole != 1)
        if self.version.post_change.rule is not ChangeRule.RECOMPUTED:
            self.asked |= np.bincount(spells.worker[serving], minlength=size) > 1
        self.post = np.zeros(size, np.int64)
        self.post[spells.worker[whole]] = spells.post[whole]
        return self.asked

    # ------------------------------------------------------------------------------------------ leaves

    def _look_up(self, tables: SchemeTables, payable: dict[str, Codes]) -> None:
        codes: dict[str, Codes] = {}
        form = self.version.normal_form
        ladders = [one for one in tables.leaves if isinstance(form[one.name].quantity, LadderLeaf)]
        for leaf in tables.leaves:
            if leaf not in ladders:
                codes[leaf.name] = self._leaf(leaf)
        for leaf in ladders:
            codes[leaf.name] = self._climbed(leaf, codes, tables)
        for exclusion in self.version.excluded:
            leaf = next(one for one in tables.leaves if one.name == exclusion.fact)
            outside = np.array([value in exclusion.values for value in leaf.values])
            self.asked |= outside[codes[leaf.name]]
        names = {
            f"fen:pay.{one.name}": one.name
            for one in self.version.pay
            if f"fen:pay.{one.name}" in tables.targets
        }
        keep = [name for name in ("grade", "step") if name in tables.targets]
        plan = fuse(tables, list(names), keep=keep)
        out = plan.run(codes, self.people.size)
        monthly = {one.name: is_monthly(one) for one in self.version.pay}
        for target, name in names.items():
            values = plan.values[target]
            fen = np.array([value if isinstance(value, int) else NO_AMOUNT for value in values])
            amounts = fen[out[target]]
            # what is not certain is asked, so that it is told in the same words
            self.asked |= amounts == NO_AMOUNT
            payable[name][:] = amounts if monthly[name] else 0
        for component in self.version.pay:
            if component.supplied:
                payable[component.name][:] = 0

    def _leaf(self, leaf: Leaf) -> Codes:
        definition = self.version.normal_form[leaf.name]
        quantity = definition.quantity
        match quantity:
            case _ if len(leaf.values) == 1:
                return np.zeros(self.people.size, np.uint8)
            case ServiceLeaf(rule=rule, effect=effect, unit=unit):
                per = 12 if unit is Unit.YEARS else 1
                return self._served(self._counts(rule, effect), per, leaf)
            case PostLeaf() | TwoPostsLeaf():
                return self._by_profile(leaf, definition, [self.post])
            case FactLeaf():
                return self._by_profile(leaf, definition, self._fact_profile(quantity))
            case RatingLeaf() | TallyLeaf():
                return self._by_profile(leaf, definition, self._rating_profile(quantity))
            case ProbationLeaf():
                return self._by_profile(leaf, definition, [self._first_day()])
            case _:
                self.asked[:] = True
                return np.zeros(self.people.size, np.uint8)

    def _by_profile(self, leaf: Leaf, definition: Definition, profile: Sequence[Codes]) -> Codes:
        """Ask the reasoner for one row of each kind; where it asks back, or the value changes, the row is asked."""
        rows, inverse = kinds_of(profile, self.asked)
        if len(rows) > _MOST_PROFILES:
            self.asked[:] = True
            return np.zeros(self.people.size, np.uint8)
        places = {value: place for place, value in enumerate(leaf.values)}
        found = np.full(len(rows), -1, np.int64)
        for place, row in enumerate(rows):
            worker = self.people.worker(int(row))
            try:
                values = {
                    Instant(Facts(worker, self.version, self.known_on, Closed()), day)
                    .step(definition.name)
                    .result
                    for day in (self.first, self.last)
                }
            except Asked:
                continue
            if len(values) == 1:
                found[place] = places.get(values.pop(), -1)
        codes = found[inverse]
        self.asked |= codes < 0
        return np.maximum(codes, 0).astype(np.uint8 if len(leaf.values) < 256 else np.int32)

    def _fact_profile(self, leaf: FactLeaf) -> list[Codes]:
        attained = self.people.attained.get(leaf.fact)
        if attained is not None:
            return [attained.value, *(self._bucketed(days) for days in attained.days.values())]
        state = self.people.states.get(leaf.fact)
        return [np.zeros(self.people.size, np.int8) if state is None else state.value]

    def _bucketed(self, days: Codes) -> Codes:
        """Put days together that are long past, or still to come, on the last day of the month."""
        low = np.datetime64(date(self.first.year - 2, 1, 1))
        high = np.datetime64(date(self.last.year + 1, 12, 31))
        return np.clip(days, low, high).astype(np.int64)

    def _rating_profile(self, leaf: RatingLeaf | TallyLeaf) -> list[Codes]:
        last = self.first.year
        match leaf:
            case RatingLeaf(effect=effect):
                first = last if effect is None else last - 1
            case TallyLeaf(last_years=None):
                starts = self.people.spells.start.astype("datetime64[Y]").astype(np.int64) + 1970
                first = int(starts.min(initial=last))
            case TallyLeaf(last_years=years):
                first = last - years
        return [
            column
            for year in range(first, last + 1)
            for column in (self.people.served_in(year), self.people.rated_in(year))
        ]

    def _first_day(self) -> Codes:
        spells, community = self.people.spells, self.people.is_community
        first = np.full(self.people.size, np.iinfo(np.int64).max)
        np.minimum.at(first, spells.worker[community], spells.start[community].astype(np.int64))
        return np.maximum(first, np.datetime64(date(self.first.year - 11, 1, 1)).astype(np.int64))

    def _counts(self, rule: Any, effect: Any) -> Counts:
        key = repr((rule, effect))
        if key not in self.counts:
            self.counts[key] = Counts(self.people, rule, effect)
        return self.counts[key]

    def _served(self, counts: Counts, per: int, leaf: Leaf) -> Codes:
        found: Codes | None = None
        for reading in counts.readings:
            for day in {reading.as_of(self.first), reading.as_of(self.last)}:
                value = counts.months(reading, day) // per
                if found is None:
                    found = value
                self.asked |= value != found
        self.asked |= counts.hard
        if found is None:
            return np.zeros(self.people.size, np.uint8)
        self.asked |= found >= len(leaf.values)
        return np.minimum(found, len(leaf.values) - 1).astype(np.int16)

    def _climbed(self, leaf: Leaf, codes: dict[str, Codes], tables: SchemeTables) -> Codes:
        ladder = self.version.normal_form[leaf.name].quantity
        assert isinstance(ladder, LadderLeaf)
        given = [ladder.start, *([ladder.deemed] if ladder.deemed else [])]
        plan = fuse(tables, given, keep=given)
        out = plan.run(codes, self.people.size)
        posts = next(one for one in tables.leaves if one.name == "post").values
        rows, kinds = kinds_of((codes["post"], *out.values()), self.asked)
        starts = []
        for place, row in enumerate(rows):
            first, *deemed = (plan.values[name][out[name][row]] for name in given)
            same = np.flatnonzero((kinds == place) & ~self.asked)
            if not all(isinstance(one, int) for one in (first, *deemed)):
                self.asked[same] = True
                continue
            post = str(posts[codes["post"][row]])
            starts.append((start_at(post, first, sum(deemed)), same))
        counts = self._counts(ladder.service, ladder.service_effect)
        if ladder.prior_start is not None and ladder.service.count_from is not None:
            spells = self.people.spells
            early = spells.start < np.datetime64(ladder.service.count_from)
            self.asked[spells.worker[early]] = True
        climbs = Climbs(self.people, self.version, self.known_on, ladder, counts)
        rises = climbs.rises((self.first, self.last), starts)
        self.asked |= climbs.hard
        low, high = leaf.values[0], leaf.values[-1]
        self.asked |= (rises < low) | (rises > high)
        return np.clip(rises - low, 0, len(leaf.values) - 1).astype(np.int16)


def _by_value(numbers: Codes, change: Callable[[int], int]) -> Codes:
    """Change numbers one by one, each distinct one once."""
    distinct, inverse = np.unique(numbers, return_inverse=True)
    return np.array([change(int(one)) for one in distinct], np.int64)[inverse]
