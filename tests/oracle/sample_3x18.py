"""Independent oracle for the invented pay scheme "sample 3x18".

Written from ``docs/reference/sample-3x18.md`` alone. It walks the calendar one day at a time and
asks, of every day, what the text says about that day. It is slow and plain on purpose: sets of
days, loops over days, exact fractions, no interval arithmetic. All facts are taken as fully known.

Comments of the form ``[2.3]`` name the article and paragraph that a line follows.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final

ONE_DAY: Final = timedelta(days=1)

IN_FORCE_FIRST: Final = date(2012, 1, 1)  # [1.1]
IN_FORCE_LAST: Final = date(2030, 12, 31)  # [1.1]
PLACE: Final = "9901"
PROVINCE: Final = "99"

# Open-ended spells are unrolled up to this day (or up to the day asked about, if later).
UNROLL_UNTIL: Final = date(2032, 1, 1)

NOT_IN_SERVICE: Final = "not_in_service"
OUT_OF_SCOPE: Final = "out_of_scope"
NO_WAGE: Final = "no_wage"

POST_RANK: Final = {"staff": 1, "deputy": 2, "principal": 3}  # [1.3]
POST_GRADES: Final = {"staff": (1, 12), "deputy": (4, 15), "principal": (7, 18)}  # [3.1]

KINDS: Final = ("community", "grid", "military", "village_committee", "enterprise")
ABSENCES: Final = ("sick", "personal", "suspended", "maternity")
RATINGS: Final = ("excellent", "competent", "basic", "fail", "unrated")
HONOURS: Final = ("county", "city", "provincial", "national")
EMPLOYMENTS: Final = ("full_time", "part_time")
IDENTITIES: Final = ("none", "civil_service", "institution", "public_welfare_job")

# College and below give nothing; the number is also the number of grades. [3.4]
SCHOOLING_STEP: Final = {
    "below_senior": 0,
    "senior": 0,
    "college": 0,
    "bachelor": 1,
    "master": 2,
    "doctor": 3,
}
DEGREE_STEP: Final = {"bachelor": 1, "master": 2, "doctor": 3}
DEEMED: Final = {0: 0, 1: 12, 2: 36, 3: 60}  # [3.4]
QUALIFICATION_STEP: Final = {"assistant": 1, "social_worker": 2, "senior": 3}  # [3.5]

WAGES: Final = {  # [4.1], yuan a month
    2010: 3011,
    2011: 3346,
    2012: 3718,
    2013: 4102,
    2014: 4467,
    2015: 4893,
    2016: 5319,
    2017: 5807,
}
COEFFICIENTS: Final = {  # [4.2], hundredths
    1: 80,
    2: 84,
    3: 88,
    4: 93,
    5: 98,
    6: 103,
    7: 109,
    8: 115,
    9: 121,
    10: 128,
    11: 135,
    12: 142,
    13: 150,
    14: 158,
    15: 166,
    16: 175,
    17: 184,
    18: 193,
}
RATING_FACTOR: Final = {  # [4.4]
    "excellent": Fraction(12, 10),
    "competent": Fraction(1),
    "basic": Fraction(8, 10),
    "fail": Fraction(0),
    "unrated": Fraction(1),
}
PROFESSIONAL_FEN: Final = {0: 0, 1: 10_000, 2: 20_000, 3: 30_000}  # [4.5]
ON_CALL_MOST_FEN: Final = 50_000  # [4.7]


@dataclass(frozen=True)
class Edition:
    """What another edition of the text may say otherwise, and which wages are out."""

    in_force: date = IN_FORCE_FIRST
    rise_months: int = 36  # [3.2]
    coefficients: Mapping[int, int] = field(default_factory=lambda: COEFFICIENTS)
    professional_fen: Mapping[int, int] = field(default_factory=lambda: PROFESSIONAL_FEN)
    wages: Mapping[int, int] = field(default_factory=lambda: WAGES)


AS_PRINTED: Final = Edition()


def _known(word: str, words: object, what: str) -> None:
    """Refuse a word that the text does not have, so that a typing slip cannot pass silently."""
    if word not in words:  # type: ignore[operator]
        raise ValueError(f"unknown {what}: {word!r}")


@dataclass(frozen=True)
class Spell:
    """A spell of service, from ``start`` up to but not including ``end`` (``None``: open)."""

    start: date
    end: date | None
    post: str | None
    kind: str
    region: str

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.kind, KINDS, "kind of service")
        if self.post is not None or self.kind == "community":
            _known(str(self.post), POST_RANK, "post")


@dataclass(frozen=True)
class Absence:
    """An absence, from ``start`` up to but not including ``end`` (``None``: open)."""

    start: date
    end: date | None
    kind: str

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.kind, ABSENCES, "kind of absence")


@dataclass(frozen=True)
class Schooling:
    """A certificate of schooling."""

    level: str
    obtained: date

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.level, SCHOOLING_STEP, "schooling")


@dataclass(frozen=True)
class Degree:
    """A degree."""

    level: str
    obtained: date

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.level, DEGREE_STEP, "degree")


@dataclass(frozen=True)
class Qualification:
    """A professional qualification."""

    level: str
    registered: date

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.level, QUALIFICATION_STEP, "qualification")


@dataclass(frozen=True)
class Honour:
    """An honour."""

    kind: str
    day: date

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.kind, HONOURS, "honour")


@dataclass
class Person:
    """Everything there is to know about one worker."""

    spells: list[Spell] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    schooling: list[Schooling] = field(default_factory=list)
    degrees: list[Degree] = field(default_factory=list)
    qualifications: list[Qualification] = field(default_factory=list)
    honours: list[Honour] = field(default_factory=list)
    ratings: dict[int, str] = field(default_factory=dict)
    employment: str = "full_time"
    identity: str = "none"
    supplied_on_call: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the words used."""
        _known(self.employment, EMPLOYMENTS, "employment")
        _known(self.identity, IDENTITIES, "identity")
        for rating in self.ratings.values():
            _known(rating, RATINGS, "rating")


# --- days ------------------------------------------------------------------------------------


def _days(start: date, end: date) -> Iterator[date]:
    """Every day from ``start`` up to but not including ``end``."""
    day = start
    while day < end:
        yield day
        day += ONE_DAY


def _last_number(day: date) -> int:
    """How many days the month of ``day`` has."""
    return _length_of_month(day.year, day.month)


@lru_cache(maxsize=1024)
def _length_of_month(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _days_of_month(year: int, month: int) -> list[date]:
    """All the days of a calendar month."""
    return [date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]


def _covers(thing: Spell | Absence, day: date) -> bool:
    """Whether a spell or an absence covers ``day``."""
    return thing.start <= day and (thing.end is None or day < thing.end)


def _completes_a_month(first: date, day: date) -> bool:
    """Whether a month reckoned from ``first`` is complete on the later day ``day`` [2.2]."""
    if day.day == first.day:
        return True
    return day.day < first.day and day.day == _last_number(day)


def _first_of_month(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def _first_of_next_month(day: date) -> date:
    """The first day of the month after that of ``day``: walk on until a day numbered 1."""
    day += ONE_DAY
    while day.day != 1:
        day += ONE_DAY
    return day


# --- article 2: creditable service -----------------------------------------------------------


def _rate(spell: Spell) -> Fraction:
    """At what rate the days of a spell count [2.1]."""
    if spell.kind == "community" and spell.region[:2] == PROVINCE:
        return Fraction(1)
    if spell.kind == "military":
        return Fraction(1)
    if spell.kind == "grid":
        return Fraction(1, 2)
    return Fraction(0)


def _accepted_days(
    spells: tuple[Spell, ...], absences: tuple[Absence, ...], until: date
) -> dict[tuple[str, Fraction], set[date]]:
    """The days before ``until`` that count, in a set for each kind and rate; each day once."""
    not_served: set[date] = set()
    for absence in absences:
        if absence.kind in ("personal", "suspended"):  # [2.4]
            not_served.update(_days(absence.start, absence.end or until))

    def strength(number: int) -> tuple[Fraction, int, int, int]:
        """Higher rate, then higher post, then earlier start; last resort: order of entry [2.3]."""
        spell = spells[number]
        rank = POST_RANK[spell.post] if spell.post is not None else 0
        return _rate(spell), rank, -spell.start.toordinal(), -number

    # The weakest claims are entered first; a stronger claim to the same day overwrites them.
    claimed_by: dict[date, int] = {}
    for number in sorted(range(len(spells)), key=strength):
        spell = spells[number]
        if _rate(spell) == 0:
            continue
        for day in _days(spell.start, min(spell.end or until, until)):
            if spell.kind == "community" and day in not_served:
                continue  # here the day does not count, so this spell has no claim to it
            claimed_by[day] = number

    accepted: dict[tuple[str, Fraction], set[date]] = {}
    sets = [accepted.setdefault((spell.kind, _rate(spell)), set()) for spell in spells]
    for day, number in claimed_by.items():
        sets[number].add(day)
    return accepted


def _months_completed(days: set[date]) -> list[date]:
    """The last served day of each whole month of each run in a set of days [2.2].

    A month of service is complete once the day before its day of completion has been served. A
    run begins at a day whose eve is not in the set.
    """
    completed = []
    first = date.min
    for day in sorted(days):
        if day - ONE_DAY not in days:
            first = day
        if _completes_a_month(first, day + ONE_DAY):
            completed.append(day)
    return completed


@lru_cache(maxsize=512)
def _all_months(
    spells: tuple[Spell, ...], absences: tuple[Absence, ...], until: date
) -> list[tuple[Fraction, list[date]]]:
    """For each kind and rate of service: the rate, and the last served days of its months."""
    accepted = _accepted_days(spells, absences, until)
    return [(rate, _months_completed(days)) for (_, rate), days in accepted.items()]


@lru_cache(maxsize=8192)
def _creditable(spells: tuple[Spell, ...], absences: tuple[Absence, ...], on: date) -> Fraction:
    """The count of creditable service of all days before ``on``."""
    total = Fraction(0)
    for rate, last_days in _all_months(spells, absences, max(UNROLL_UNTIL, on)):
        total += rate * sum(1 for day in last_days if day < on)
    return total


def creditable_months(person: Person, on: date) -> Fraction:
    """Months of creditable service on the days before ``on``, without any effect timing."""
    return _creditable(tuple(person.spells), tuple(person.absences), on)


# --- article 3: grades -----------------------------------------------------------------------


def _post_on(person: Person, day: date) -> str | None:
    """The highest post held in a community of the place on a day, or ``None`` [1.3]."""
    held = [
        spell.post
        for spell in person.spells
        if spell.kind == "community" and spell.region.startswith(PLACE) and _covers(spell, day)
        if spell.post is not None
    ]
    return max(held, key=lambda post: POST_RANK[post]) if held else None


def _in_scope(person: Person, day: date, edition: Edition) -> bool:
    """Whether the scheme applies to this person on this day at all [1.1, 1.2]."""
    return (
        edition.in_force <= day <= IN_FORCE_LAST
        and person.employment == "full_time"
        and person.identity == "none"
    )


def _ratings(person: Person) -> dict[int, str]:
    """The ratings of years with a day of community service; other years have none [3.3]."""
    served = _community_years(tuple(person.spells))
    return {year: rating for year, rating in person.ratings.items() if year in served}


def _months_left_out(person: Person, year: int) -> Fraction:
    """The growth of the count in the years before ``year`` that are not counted [3.3]."""
    left_out = Fraction(0)
    for rated, rating in _ratings(person).items():
        if rated < year and rating in ("basic", "fail"):
            left_out += creditable_months(person, date(rated + 1, 1, 1))
            left_out -= creditable_months(person, date(rated, 1, 1))
    return left_out


def _early_rises(person: Person, year: int) -> int:
    """How many early rises the ratings of the years before ``year`` have given [3.3]."""
    given = 0
    in_a_row = 0
    ratings = _ratings(person)
    for rated in range(min(ratings, default=year), year):
        if ratings.get(rated) == "excellent":
            in_a_row += 1
        else:
            in_a_row = 0
        if in_a_row == 2:
            given += 1
            in_a_row = 0
    return min(given, 2)


def _lowerings(person: Person, year: int) -> int:
    """How many years before ``year`` were rated fail [3.3]."""
    return sum(1 for rated, rating in _ratings(person).items() if rated < year and rating == "fail")


def _education(person: Person, day: date) -> tuple[int, int]:
    """The grades and the deemed months that education gives on a day [3.4]."""
    schooling = 0
    for school in person.schooling:
        if _first_of_month(school.obtained) <= day:
            schooling = max(schooling, SCHOOLING_STEP[school.level])
    degree = 0
    for paper in person.degrees:
        if _first_of_month(paper.obtained) <= day:
            degree = max(degree, DEGREE_STEP[paper.level])
    lower, higher = sorted((schooling, degree))
    return lower, (DEEMED[higher] if lower == 0 else 0)


def _qualification(person: Person, day: date) -> int:
    """The step of the highest qualification that has taken effect by a day [3.5]."""
    step = 0
    for paper in person.qualifications:
        if _first_of_next_month(paper.registered) <= day:
            step = max(step, QUALIFICATION_STEP[paper.level])
    return step


def _honour(person: Person, year: int) -> int:
    """The one grade for honours, in effect from the year after the first that counts [3.7]."""
    for honour in person.honours:
        if honour.kind in ("city", "provincial") and honour.day.year < year:
            return 1
    return 0


def grade_on(person: Person, on: date, edition: Edition = AS_PRINTED) -> tuple[str, int] | str:
    """The post and the grade on a day, or the reason why there is none [3.8]."""
    post = _post_on(person, on)
    if post is None:
        return NOT_IN_SERVICE
    if not _in_scope(person, on, edition):
        return OUT_OF_SCOPE
    year = on.year
    lowest, highest = POST_GRADES[post]
    education, deemed = _education(person, on)
    service = creditable_months(person, date(year, 1, 1)) - _months_left_out(person, year)
    grade = lowest
    grade += int((service + deemed) // edition.rise_months)
    grade += _early_rises(person, year)
    grade -= _lowerings(person, year)
    grade += max(education, _qualification(person, on))
    grade += _honour(person, year)
    while grade < lowest:
        grade += 1
    while grade > highest:
        grade -= 1
    return post, grade


# --- article 4: pay --------------------------------------------------------------------------


def _half_up(amount: Fraction) -> int:
    """Round a non-negative amount to a whole number, half up."""
    whole = amount.numerator // amount.denominator
    return whole + 1 if amount - whole >= Fraction(1, 2) else whole


def wage_year(day: date) -> int:
    """The year whose average wage the base of a day follows [4.1]."""
    return (day.year if day.month >= 7 else day.year - 1) - 1


def _wage_for(day: date, edition: Edition) -> int | None:
    """The average wage behind the base of a day, or the one before while it is not out [4.1]."""
    year = wage_year(day)
    return edition.wages.get(year, edition.wages.get(year - 1))


@lru_cache(maxsize=512)
def _probation_days(spells: tuple[Spell, ...]) -> set[date]:
    """The days of the first six months from the first day of community service [4.8]."""
    starts = [spell.start for spell in spells if spell.kind == "community"]
    days: set[date] = set()
    if not starts:
        return days
    first = day = min(starts)
    complete = 0
    while complete < 6:
        days.add(day)
        day += ONE_DAY
        if _completes_a_month(first, day):
            complete += 1
    return days


@lru_cache(maxsize=512)
def _community_years(spells: tuple[Spell, ...]) -> set[int]:
    """The calendar years in which there was a day of a community spell, wherever [4.4]."""
    return {
        day.year
        for spell in spells
        if spell.kind == "community"
        for day in _days(spell.start, spell.end or UNROLL_UNTIL)
    }


def _rating_factor(person: Person, year: int) -> Fraction:
    """What last year's rating makes of the performance pay of ``year`` [4.4]."""
    if year - 1 not in _community_years(tuple(person.spells)):
        return Fraction(1)
    return RATING_FACTOR[person.ratings.get(year - 1, "unrated")]


def _seniority_fen(months: Fraction) -> int:
    """The monthly seniority allowance for a count of creditable service [4.6]."""
    years = months // 12
    if years >= 20:
        return 26_000
    if years >= 10:
        return 12_000
    if years >= 5:
        return 5_000
    return 0


def _whole_amounts(person: Person, day: date, grade: int, edition: Edition) -> dict[str, Fraction]:
    """The monthly amounts, in fen, that hold on one served day, absence left aside."""
    wage = _wage_for(day, edition)
    if wage is None:
        raise ValueError(f"no wage for {day}")
    post_grade_yuan = _half_up(Fraction(6, 10) * wage * Fraction(edition.coefficients[grade], 100))
    basic = Fraction(post_grade_yuan * 70)  # [4.3] 70 fen of each yuan
    performance = Fraction(post_grade_yuan * 30) * _rating_factor(person, day.year)
    professional = Fraction(edition.professional_fen[_qualification(person, day)])
    seniority = Fraction(_seniority_fen(creditable_months(person, date(day.year, 1, 1))))

    if day in _probation_days(tuple(person.spells)):  # [4.8]
        basic *= Fraction(8, 10)
        performance = Fraction(0)
    return {
        "basic": basic,
        "performance": performance,
        "professional": professional,
        "seniority": seniority,
    }


def _monthly_amounts(
    person: Person, day: date, grade: int, edition: Edition
) -> dict[str, Fraction]:
    """The monthly amounts, in fen, that hold on one served day."""
    amounts = _whole_amounts(person, day, grade, edition)
    away = {absence.kind for absence in person.absences if _covers(absence, day)}  # [4.9]
    if "personal" in away or "suspended" in away:
        return dict.fromkeys(amounts, Fraction(0))
    if "sick" in away:
        amounts["basic"] *= Fraction(6, 10)
        amounts["performance"] *= Fraction(6, 10)
    return amounts


def worth_on(person: Person, day: date, edition: Edition = AS_PRINTED) -> int | str:
    """What a whole month like a day is worth in all that is paid by the month [4.2 to 4.8]."""
    found = grade_on(person, day, edition)
    if isinstance(found, str):
        return found
    if _wage_for(day, edition) is None:
        return NO_WAGE
    amounts = _whole_amounts(person, day, found[1], edition)
    return sum(_half_up(amounts[name]) for name in ("basic", "professional", "seniority"))


def _accrued(person: Person, year: int, month: int, edition: Edition) -> dict[str, int]:
    """What accrues in a month, each component rounded to the fen once [4.10]."""
    days = _days_of_month(year, month)
    sums = {name: Fraction(0) for name in ("basic", "performance", "professional", "seniority")}
    for day in days:
        found = grade_on(person, day, edition)
        if isinstance(found, str):
            continue
        for name, amount in _monthly_amounts(person, day, found[1], edition).items():
            sums[name] += amount
    return {name: _half_up(total / len(days)) for name, total in sums.items()}


def pay_of_month(
    person: Person,
    year: int,
    month: int,
    edition_of: Callable[[date], Edition] = lambda _first: AS_PRINTED,
) -> dict[str, int] | str:
    """What is payable for a month, in fen for each component and in total, or the reason why not.

    The edition of a month is the one that holds on its first day.

    ``performance`` is a key only in June and December, where it is the sum of the six months'
    accruals. The other keys are always there.
    """
    first = date(year, month, 1)
    edition = edition_of(first)
    answers = [grade_on(person, day, edition) for day in _days_of_month(year, month)]
    if all(answer == NOT_IN_SERVICE for answer in answers):
        return NOT_IN_SERVICE
    if all(isinstance(answer, str) for answer in answers):
        return OUT_OF_SCOPE
    if _wage_for(first, edition) is None:
        return NO_WAGE

    pay = _accrued(person, year, month, edition)
    del pay["performance"]
    if month in (6, 12):  # [4.4]
        pay["performance"] = sum(
            _accrued(person, year, earlier, edition_of(date(year, earlier, 1)))["performance"]
            for earlier in range(month - 5, month + 1)
        )
    pay["on_call"] = min(person.supplied_on_call.get((year, month), 0), ON_CALL_MOST_FEN)  # [4.7]
    pay["gross"] = sum(pay.values())
    return pay
