"""Careers and back pay of the invented samples, month by month, written from the texts alone.

The month and the day are answered by the oracles of the samples; here the calendar is walked and things come to be
known. From `docs/explanation/effective-and-published.md`:

- As of a day of knowing, a fact recorded later is not on file, a figure or an edition published later is not out.
- A month is paid by the edition in force on its first day; a day is placed by the one in force on it.
- A rating that is not on file of a year with community service is unknown: every rating is tried, and an answer stands
  where all agree. (A year without community service has none.)

From `docs/how-to/follow-a-career.md`: the place asked about a day is the smallest one around the region of the
community spell held on it; a day in two places is not answered; a month has an answer of each place asked on one of
its days.

From `docs/how-to/back-pay.md`: between two days of knowing, what came to be known moves one at a time, day by day, on
one day first facts, then figures, then editions; what has no day comes last. Each move is the difference of two months.
While a month cannot be decided, nothing is told apart.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from tests.oracle import sample_3x18 as three
from tests.oracle import sample_4x24 as four
from tests.oracle import sample_neighbour as reform
from tests.oracle.sample_4x24 import Absence, Spell
from tests.oracle.sample_reform import MOVE

T = TypeVar("T")

NOT_PAID: Final = "not paid"
NOT_IN_FORCE: Final = "not in force"
OPEN: Final = "open"
TOO_MANY: Final = "too many unknown ratings"

FACT: Final = "fact_corrected"
FIGURE: Final = "statistic_published"
SETTLED: Final = "provisional_settled"
EDITION: Final = "scheme_amended"

REST: Final = "rounding.total"
"""What rounding the total brings, and belongs to no component."""

_MOST_TRIED: Final = 25
_RATINGS: Final = {"three": three.RATINGS, "four": four.RATINGS}


# --- what is on file -------------------------------------------------------------------------


@dataclass(frozen=True)
class Paper:
    """A certificate: schooling, degree, qualification or honour; all of its days are one day."""

    field: str
    value: str
    day: date


@dataclass(frozen=True)
class Rated:
    """A year's rating and the day it was announced."""

    year: int
    value: str
    announced: date


@dataclass(frozen=True)
class Supplied:
    """An amount that the office supplies for a month, in fen."""

    year: int
    month: int
    fen: int


Fact = Spell | Absence | Paper | Rated | Supplied


@dataclass(frozen=True)
class Entry:
    """A fact on file, and the day on which it was put there, where that is written."""

    fact: Fact
    recorded_on: date | None = None


@dataclass(frozen=True)
class Constant:
    """What never changes about a worker."""

    employment: str = "full_time"
    identity: str = "none"
    veteran: bool = False
    retired: bool = False
    zone: str = "inner"
    zone_changes: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class Figure:
    """An average wage in yuan, of a year, and the day it came out."""

    series: str
    year: int
    yuan: int
    published: date


@dataclass(frozen=True)
class Edition:
    """An edition of a place's text: from when it holds, when it was published, what it changes."""

    in_force: date
    published: date
    changed: bool = False


@dataclass(frozen=True)
class Snapshot:
    """Everything on file at a moment, and the day of knowing; `None` uses all of it."""

    place: str
    entries: tuple[Entry, ...]
    constant: Constant
    figures: tuple[Figure, ...]
    editions: tuple[Edition, ...]
    known_on: date | None = None

    def knows(self, day: date | None) -> bool:
        """Whether what came out on a day is known."""
        return self.known_on is None or day is None or day <= self.known_on


@dataclass(frozen=True)
class Known:
    """What can be used: facts, figures and editions that are known."""

    place: str
    facts: frozenset[Fact]
    constant: Constant
    figures: frozenset[Figure]
    editions: frozenset[Edition]


def known(snapshot: Snapshot) -> Known:
    """Leave out what is not known yet."""
    return Known(
        snapshot.place,
        frozenset(one.fact for one in snapshot.entries if snapshot.knows(one.recorded_on)),
        snapshot.constant,
        frozenset(one for one in snapshot.figures if snapshot.knows(one.published)),
        frozenset(one for one in snapshot.editions if snapshot.knows(one.published)),
    )


# --- the texts, and what another edition of them changes ----------------------------------------

AREAS: Final = {
    "sample-3x18": "9901",
    "sample-4x24": "9902",
    "sample-4x24-jia": "990201",
    "sample-4x24-yi": "990202",
    "sample-4x24-bing": "990203",
    "sample-reform": reform.REFORM,
    "sample-reform-frozen": reform.REFORM,
    "sample-reform-melting": reform.REFORM,
    "sample-reform-staged": reform.REFORM,
    "sample-neighbour": reform.NEIGHBOUR,
}

STAFF_MOVE: Final = date(2021, 10, 1)
"""The day on which staff move in the variant in stages; made up for these tests, as the other variants are."""
REFORMS: Final[dict[str, tuple[str, date]]] = {
    "sample-reform": ("for_good", MOVE),
    "sample-reform-frozen": ("frozen", MOVE),
    "sample-reform-melting": ("melting", MOVE),
    "sample-reform-staged": ("frozen", STAFF_MOVE),
}
"""By place, what is kept of higher pay under the new measure, and the day on which staff move."""
LEADS: Final = ("书记", "主任")

# Made up for these tests: the waiting is shorter, everything is worth more.
CHANGED_RISE_3X18: Final = 24
CHANGED_COEFFICIENTS_3X18: Final = {
    grade: hundredths + 10 for grade, hundredths in three.COEFFICIENTS.items()
}
CHANGED_PROFESSIONAL: Final = {0: 0, 1: 15_000, 2: 25_000, 3: 35_000}
CHANGED_RISE_4X24: Final = {"lead": 12, "principal": 24, "deputy": 24, "staff": 36}
CHANGED_COEFFICIENTS_4X24: Final = tuple(hundredths + 5 for hundredths in four.COEFFICIENTS)
CHANGED_STEP_YUAN: Final = tuple(yuan + 20 for yuan in four.STEP_YUAN)


@dataclass(frozen=True)
class Month:
    """What a month comes to: payable fen by component (`None`: open), the total, or why there is none."""

    total: int | str
    lines: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True)
class Day:
    """Post, grade and step on a day, and what a whole month like it is worth; or why there is none."""

    placed: tuple[str, int, int | None] | str
    worth: int | str


def _joined_months(months: list[Month]) -> Month:
    """What all of some months agree on."""
    totals = {month.total for month in months}
    if len(months) == 1 or len(set(months)) == 1:
        return months[0]
    lines = tuple(
        (name, fen if all(dict(month.lines).get(name) == fen for month in months) else None)
        for name, fen in months[0].lines
    )
    return Month(totals.pop() if len(totals) == 1 else OPEN, lines)


class Rules:
    """One place's texts for one worker, as far as things are known."""

    def __init__(self, what: Known, others: dict[str, Known] | None = None) -> None:
        """Sort the facts.

        Args:
            what: What is known, of one place.
            others: The same of every place whose text is asked beside it; where there is none, of no other place.
        """
        self.what, self._others = what, others or {}
        self.sample = "three" if what.place == "sample-3x18" else "four"
        if what.place in REFORMS or what.place == "sample-neighbour":
            self.sample = "reform"
        self.area = AREAS[what.place]
        self.spells = sorted(self._of(Spell), key=repr)
        self.ratings = {one.year: one for one in self._of(Rated)}
        self._months: dict[tuple[int, int], Month] = {}
        self._cities: dict[object, four.City] = {}

    def _of(self, kind: type[T]) -> list[T]:
        return [fact for fact in self.what.facts if isinstance(fact, kind)]

    def _papers(self, name: str) -> list[tuple[str, date]]:
        return [(one.value, one.day) for one in self._of(Paper) if one.field == name]

    def edition_on(self, day: date) -> Edition | None:
        """The last edition in force."""
        begun = [one for one in self.what.editions if one.in_force <= day]
        last = max(begun, key=lambda one: one.in_force, default=None)
        if last is not None and self.what.place in REFORMS and day >= MOVE > last.in_force:
            return None  # the old measure is in force until the eve of the move (article 1.1)
        return last

    def worlds(self, before: int) -> list[dict[int, Rated]] | None:
        """Every way in which the years before one may have been rated; `None` if there are too many."""
        if self.sample == "reform":
            return [self.ratings]  # no measure rates anybody
        unknown = [
            year
            for year in range(1990, before)
            if year not in self.ratings
            and any(
                spell.kind == "community"
                and spell.start < date(year + 1, 1, 1)
                and (spell.end is None or spell.end > date(year, 1, 1))
                and (spell.end is None or spell.end > spell.start)
                for spell in self.spells
            )
        ]
        values = _RATINGS[self.sample]
        if len(values) ** len(unknown) > _MOST_TRIED:
            return None
        return [
            self.ratings
            | {
                year: Rated(year, value, date(year, 12, 31))
                for year, value in zip(unknown, chosen, strict=True)
            }
            for chosen in itertools.product(values, repeat=len(unknown))
        ]

    # 3x18

    def _three_edition(self, edition: Edition | None) -> three.Edition:
        wages = {one.year: one.yuan for one in self.what.figures}
        if edition is None:
            return three.Edition(in_force=date.max, wages=wages)
        plain = three.Edition(wages=wages, in_force=edition.in_force)
        if not edition.changed:
            return plain
        return replace(
            plain,
            rise_months=CHANGED_RISE_3X18,
            coefficients=CHANGED_COEFFICIENTS_3X18,
            professional_fen=CHANGED_PROFESSIONAL,
        )

    def _three_person(self, ratings: dict[int, Rated]) -> three.Person:
        return three.Person(
            spells=[
                three.Spell(
                    spell.start,
                    spell.end,
                    None if spell.title is None else _post_3x18(spell.title),
                    spell.kind,
                    spell.region,
                )
                for spell in self.spells
            ],
            absences=[three.Absence(one.start, one.end, one.kind) for one in self._of(Absence)],
            schooling=[three.Schooling(*one) for one in self._papers("schooling")],
            degrees=[three.Degree(*one) for one in self._papers("degrees")],
            qualifications=[three.Qualification(*one) for one in self._papers("qualifications")],
            honours=[three.Honour(*one) for one in self._papers("honours")],
            ratings={year: one.value for year, one in ratings.items()},
            employment=self.what.constant.employment,
            identity=self.what.constant.identity,
            supplied_on_call={(one.year, one.month): one.fen for one in self._of(Supplied)},
        )

    def _three_month(self, person: three.Person, year: int, month: int) -> Month:
        found = three.pay_of_month(
            person, year, month, lambda first: self._three_edition(self.edition_on(first))
        )
        if found == three.NO_WAGE:
            return Month(OPEN)
        if isinstance(found, str):
            return Month(NOT_PAID)
        total = found.pop("gross")
        return Month(total, tuple(sorted({"performance": 0, **found}.items())))

    def _three_day(self, person: three.Person, day: date) -> Day:
        edition = self._three_edition(self.edition_on(day))
        found = three.grade_on(person, day, edition)
        if isinstance(found, str):
            return Day(NOT_PAID, NOT_PAID)
        worth = three.worth_on(person, day, edition)
        return Day((*found, None), OPEN if isinstance(worth, str) else worth)

    # 4x24

    def _four_rules(self, edition: Edition, ratings: dict[int, Rated]) -> four.City:
        key = (edition, frozenset(ratings.values()))
        if key not in self._cities:
            self._cities[key] = self._new_four_rules(edition, ratings)
        return self._cities[key]

    def _new_four_rules(self, edition: Edition, ratings: dict[int, Rated]) -> four.City:
        constant = self.what.constant
        person = four.Person(
            spells=[
                four.Spell(spell.start, spell.end, spell.kind, spell.region, spell.title)
                for spell in self.spells
            ],
            absences=[four.Absence(one.start, one.end, one.kind) for one in self._of(Absence)],
            schooling=self._papers("schooling"),
            degrees=self._papers("degrees"),
            qualifications=self._papers("qualifications"),
            honours=self._papers("honours"),
            ratings={year: (one.value, one.announced) for year, one in ratings.items()},
            zone=constant.zone,
            zone_changes=list(constant.zone_changes),
            veteran=constant.veteran,
            identity=constant.identity,
            retired=constant.retired,
            team={(one.year, one.month): one.fen for one in self._of(Supplied)},
        )
        rules = four.SCHEMES[self.what.place](
            person,
            {
                one.year: (one.yuan, one.published)
                for one in self.what.figures
                if one.series == "city_wage"
            },
            {one.year: one.yuan for one in self.what.figures if one.series == "province_wage"},
        )
        if rules.kept_from != date.max:
            rules.kept_from = edition.in_force  # [8.5, 9.5]: a change under these rules
        if edition.changed:
            rules.rise_months = CHANGED_RISE_4X24
            rules.coefficients = CHANGED_COEFFICIENTS_4X24
            rules.step_yuan = CHANGED_STEP_YUAN
        return rules

    @staticmethod
    def _four_month(rules: four.City, year: int, month: int) -> Month:
        found = rules.month(year, month)
        if found.why is not None:
            return Month(NOT_PAID)
        return Month(
            OPEN if isinstance(found.total, four.Open) else found.total,
            tuple(
                sorted(
                    (name, None if isinstance(fen, four.Open) else fen)
                    for name, fen in found.payable.items()
                )
            ),
        )

    @staticmethod
    def _four_day(rules: four.City, day: date) -> Day:
        if not rules.served(day):
            return Day(NOT_PAID, NOT_PAID)
        grade, step, worth = rules.grade_on(day), rules.step_on(day), rules.worth_on(day)
        return Day(
            OPEN
            if isinstance(grade, four.Open) or isinstance(step, four.Open)
            else (str(rules.post_on(day)), grade or 0, step),
            OPEN if isinstance(worth, four.Open) else worth,
        )

    # the reform and its neighbour

    @functools.cached_property
    def _mover(self) -> reform.Mover:
        places = {**self._others, self.what.place: self.what}
        (place,) = [one for one in places if one in REFORMS] or ["sample-reform"]
        rule, staff_moves = REFORMS[place]
        out = place in places and any(one.in_force == MOVE for one in places[place].editions)
        return reform.Mover(
            tuple(
                reform.Stay(
                    spell.start,
                    spell.end or date.max,
                    "lead" if spell.title in LEADS else "staff",
                    str(spell.region),
                )
                for spell in self.spells
                if spell.kind == "community"
            ),
            rule=rule,
            staff_moves=staff_moves,
            knows_new=out,
            alone=len(places) == 1,
        )

    def _reform_month(self, year: int, month: int) -> Month:
        found = self._mover.month(year, month, self.area)
        if found is None:
            return Month(NOT_PAID)
        known = [fen for fen in found.values() if fen is not None]
        total = sum(known) if len(known) == len(found) else OPEN
        return Month(total, tuple(sorted(found.items())))

    def _reform_day(self, day: date) -> Day:
        mover = self._mover
        post, measure = mover.post(day, self.area), mover.measure(day, self.area)
        if post is None or measure is None:
            return Day(NOT_PAID, NOT_PAID)
        amounts = mover.amounts(day, self.area, measure).values()
        known = [yuan for yuan in amounts if yuan is not None]
        worth = sum(known) * 100 if len(known) == len(amounts) else OPEN
        try:
            return Day((post, mover.standing(day, self.area, measure).grade, None), worth)
        except reform.OpenError:
            return Day(OPEN, worth)

    # all

    def month(self, year: int, month: int) -> Month:
        """What a month comes to."""
        if (year, month) not in self._months:
            self._months[year, month] = self._month(year, month)
        return self._months[year, month]

    def _month(self, year: int, month: int) -> Month:
        edition = self.edition_on(date(year, month, 1))
        if edition is None:
            return Month(NOT_IN_FORCE)
        worlds = self.worlds(year)
        if worlds is None:
            return Month(TOO_MANY)
        if self.sample == "reform":
            return self._reform_month(year, month)
        if self.sample == "three":
            months = [self._three_month(self._three_person(one), year, month) for one in worlds]
        else:
            months = [
                self._four_month(self._four_rules(edition, one), year, month) for one in worlds
            ]
        return _joined_months(months)

    def day(self, day: date) -> Day:
        """Where somebody stands on a day."""
        edition = self.edition_on(day)
        if edition is None:
            return Day(NOT_IN_FORCE, NOT_IN_FORCE)
        worlds = self.worlds(day.year)
        if worlds is None:
            return Day(TOO_MANY, TOO_MANY)
        if self.sample == "reform":
            return self._reform_day(day)
        if self.sample == "three":
            days = [self._three_day(self._three_person(one), day) for one in worlds]
        else:
            days = [self._four_day(self._four_rules(edition, one), day) for one in worlds]
        placed, worth = {one.placed for one in days}, {one.worth for one in days}
        return Day(
            placed.pop() if len(placed) == 1 else OPEN, worth.pop() if len(worth) == 1 else OPEN
        )

    def is_on_the_older_wage(self, year: int, month: int) -> bool:
        """Whether the wage that a month's base follows is not out, as far as is known [4.1; 5.1]."""
        out = {one.year for one in self.what.figures if one.series == "city_wage"}
        return three.wage_year(date(year, month, 1)) not in out


def _post_3x18(title: str) -> str:
    """The post of a title [1.3]."""
    return {
        "书记": "principal",
        "主任": "principal",
        "副书记": "deputy",
        "副主任": "deputy",
    }.get(title, "staff")


# --- a career ------------------------------------------------------------------------------------


def places_on(snapshots: dict[str, Snapshot], day: date) -> set[str | None]:
    """The places that a day is spent in, each the smallest around the region of a community spell held on it.

    `None` is a place that has no scheme.
    """
    any_snapshot = next(iter(snapshots.values()))
    regions = {
        fact.region
        for fact in known(any_snapshot).facts
        if isinstance(fact, Spell)
        and fact.kind == "community"
        and fact.start <= day
        and (fact.end is None or day < fact.end)
    }
    found: set[str | None] = set()
    for region in regions:
        around = [place for place in snapshots if region.startswith(AREAS[place])]
        found.add(max(around, key=lambda place: len(AREAS[place]), default=None))
    return found


# --- back pay --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A part of what is due later for a month: its cause, the day it became known, the component."""

    cause: str
    became_known: date | None
    component: str
    fen: int


@dataclass(frozen=True)
class BackPay:
    """What is due later for a month; `None` on a side that cannot be decided."""

    before: int | None
    after: int | None
    parts: tuple[Part, ...] = field(default=())


def _day_of(entry: Entry | Figure | Edition) -> date | None:
    return entry.recorded_on if isinstance(entry, Entry) else entry.published


def _things(snapshot: Snapshot, rank: int) -> Sequence[Entry | Figure | Edition]:
    """Facts, figures or editions, in the order in which they move on one day."""
    return (snapshot.entries, snapshot.figures, snapshot.editions)[rank]


def steps_between(earlier: Snapshot, later: Snapshot) -> Iterator[tuple[str, date | None, Rules]]:
    """What came to be known between two snapshots, one at a time: kind, day, and what is known with it."""
    state = known(earlier)
    goal = known(later)
    since = earlier.known_on
    entered: dict[tuple[date, int], list[Entry | Figure | Edition]] = {}
    for rank in range(3):
        already = {one for one in _things(earlier, rank) if earlier.knows(_day_of(one))}
        for thing in _things(later, rank):
            day = _day_of(thing)
            if thing in already or not later.knows(day) or day is None:
                continue
            if since is not None and day > since:
                entered.setdefault((day, rank), []).append(thing)
    replaces = _replacements(earlier, later)
    for (came, rank), things in sorted(entered.items(), key=lambda item: item[0]):
        facts = {one.fact for one in things if isinstance(one, Entry)}
        figures = {one for one in things if isinstance(one, Figure)}
        superseded = {
            old
            for old in state.figures
            if any((old.series, old.year) == (new.series, new.year) for new in figures)
        }
        editions = {one for one in things if isinstance(one, Edition)}
        state = replace(
            state,
            facts=(state.facts - {replaces[one] for one in facts & replaces.keys()}) | facts,
            figures=(state.figures - superseded) | figures,
            editions=state.editions | editions,
        )
        yield (FACT, FIGURE, EDITION)[rank], came, Rules(state)
    if state.facts != goal.facts:
        state = replace(state, facts=goal.facts)
        yield FACT, None, Rules(state)
    if state.figures != goal.figures:
        state = replace(state, figures=goal.figures)
        yield FIGURE, None, Rules(state)
    if state.editions != goal.editions:
        yield EDITION, None, Rules(replace(state, editions=goal.editions))


def _replacements(earlier: Snapshot, later: Snapshot) -> dict[Fact, Fact]:
    """Which fact that came replaces which that was taken off: the surest sign first."""
    before, after = known(earlier).facts, known(later).facts
    gone = [one.fact for one in earlier.entries if one.fact in before - after]
    come = [one.fact for one in later.entries if one.fact in after - before]
    found: dict[Fact, Fact] = {}
    for sign in range(3):
        for old in tuple(gone):
            for new in come:
                if new not in found and type(old) is type(new) and _same_thing(old, new, sign):
                    found[new] = old
                    gone.remove(old)
                    break
    return found


def _same_thing(old: Fact, new: Fact, sign: int) -> bool:
    """Whether two facts of one kind tell of the same thing, by the first, second or third sign."""
    if isinstance(old, Spell | Absence) and isinstance(new, Spell | Absence):
        old_end, new_end = old.end or date.max, new.end or date.max
        overlap = old.start < new_end and new.start < old_end
        return (old.start == new.start, old_end == new_end, overlap)[sign]
    if isinstance(old, Paper) and isinstance(new, Paper):
        return old.field == new.field and (old.value == new.value, old.day == new.day, False)[sign]
    if isinstance(old, Rated) and isinstance(new, Rated):
        return old.year == new.year
    if isinstance(old, Supplied) and isinstance(new, Supplied):
        return (old.year, old.month) == (new.year, new.month)
    return False


def _due(month: Month) -> int | None:
    if month.total == NOT_PAID:
        return 0
    return month.total if isinstance(month.total, int) else None


def _differences(before: Month, after: Month) -> dict[str, int]:
    """By how much each component's payable amount differs; what rounding the total brings is apart."""
    one, other = dict(before.lines), dict(after.lines)
    found = {name: (other.get(name) or 0) - (one.get(name) or 0) for name in sorted({*one, *other})}
    summed = sum(fen for name, fen in found.items() if name != "fund")
    found[REST] = (_due(after) or 0) - (_due(before) or 0) - summed
    return {name: fen for name, fen in found.items() if fen}


def back_pay(
    earlier: Snapshot, later: Snapshot, months: list[tuple[int, int]]
) -> dict[tuple[int, int], BackPay]:
    """What is due later for each month, split by cause and component."""
    first = Rules(known(earlier))
    steps = list(steps_between(earlier, later))
    last = Rules(known(later))
    found = {}
    for year, month in months:
        was, now = first.month(year, month), last.month(year, month)
        if _due(was) is None or _due(now) is None:
            found[year, month] = BackPay(_due(was), _due(now))
            continue
        parts: list[Part] = []
        current, current_rules = was, first
        for kind, day, rules in steps:
            after = rules.month(year, month)
            if _due(after) is None:
                continue  # cannot be told apart from what decides it
            cause = kind
            if (
                kind == FIGURE
                and current_rules.is_on_the_older_wage(year, month)
                and not rules.is_on_the_older_wage(year, month)
            ):
                cause = SETTLED
            parts += [
                Part(cause, day, name, fen) for name, fen in _differences(current, after).items()
            ]
            current, current_rules = after, rules
        found[year, month] = BackPay(_due(was), _due(now), tuple(parts))
    return found
