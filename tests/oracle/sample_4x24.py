"""Independent oracle for the invented pay scheme "sample 4x24" and its three districts.

Written from ``docs/reference/sample-4x24.md`` alone. It walks the calendar one day at a time and
asks, of every day, what the text says about that day. It is slow and plain on purpose. All facts
are taken as fully known. Comments of the form ``[2.3]`` name the article and paragraph that a line
follows.

Where the text leaves a choice, this is what was taken:

- [2.2] "The spell that began earlier": by the spell's own first day, also where that is before 2010.
- [2.2, 2.4] On a day of suspension the community spell has no claim, so that another spell that
  counts may have the day. The same in 8.2.
- [3.3] A year with community service for which the facts hold no rating is pending.
- [5.9] The yearly wage of 2013, whose day of publication is not known, is taken as out.
- [5.1, 5.9, 9.2] Where a wage or the grade is missing, the components made of it have no answer in a
  month with a served day, also where nothing of them would be paid; the other components are still
  computed. But 9.6 and 10.4 do not "matter" where nothing would be paid.
- [5.10] A "paid day" is a served day, days of absence and of districts' unpaid halves included.
- [5.10] "What was reached before" reaches back before the first day in force.
- [5.13] Team money above the limit is cut to the limit; it is paid whole where a day is served.
- [8.3] "The next 1 January, whenever announced" is the 1 January after the year that was rated.
- [8.4, 8.6, 9.4] Article 3 paragraph 2's second and third sentences still hold.
- [8.5] After the change the first rise is on a later 1 January, also where the months are enough at once.
- [8.6] "Every 24 months" is reached at 24; early steps earned after a change of post still count.
- [9.2] Only the grade is open for those with community service before 2012, not the step.
- [9.5] "Unbroken service" looks at spells only, not at absence.
- [10.2] Article 2 is replaced whole, paragraph 4 too: suspension counts.
- [10.2] Days not served since the last day that counted are not yet a break.
- [10.3] "Bachelor's schooling" is schooling itself, not as treated.
- [10.5] This stands in place of article 5 paragraph 11, it is not applied on top of it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar, Final, cast

ONE_DAY: Final = timedelta(days=1)
UNROLL_UNTIL: Final = date(2031, 1, 1)  # open-ended spells are unrolled up to here
LAST_DAY: Final = date(2030, 12, 31)  # [1.1]

NOT_IN_SERVICE: Final = "not_in_service"
OUTSIDE: Final = "outside"

TITLE_POST: Final = {  # [1.3]
    "书记": "principal",
    "主任": "principal",
    "副书记": "deputy",
    "副主任": "deputy",
    "站长": "deputy",
    "委员": "staff",
    "网格员": "staff",
}
HEIGHT: Final = {"staff": 1, "deputy": 2, "principal": 3, "lead": 4}  # [1.3]
GRADES: Final = {
    "lead": (13, 24),
    "principal": (9, 20),
    "deputy": (5, 16),
    "staff": (1, 12),
}  # [3.1]
RISE_MONTHS: Final = {"lead": 24, "principal": 24, "deputy": 36, "staff": 48}  # [3.2]
STEP_YEARS: Final = {  # [4.3]
    "lead": (1, 2, 3, 5, 7, 9, 12, 15),
    "principal": (1, 2, 3, 5, 7, 9, 12, 15),
    "deputy": (1, 2, 4, 6, 8, 11, 14, 17),
    "staff": (1, 2, 4, 6, 8, 11, 14),
}
LEVELS: Final = ("below_senior", "senior", "college", "bachelor", "master", "doctor")  # [4.2]
FIRST_STEP: Final = (1, 1, 2, 3, 4, 5)  # [4.1], by place in LEVELS
RATINGS: Final = ("excellent", "good", "competent", "basic", "fail", "not_assessed")  # [3.3]
QUALIFICATIONS: Final = ("assistant", "social_worker", "senior")
QUALIFICATION_GRADES: Final = {"assistant": 0, "social_worker": 1, "senior": 2}  # [3.5]
HONOUR_STEPS: Final = {"national": 2, "provincial": 1, "city": 1, "county": 0}  # [4.4]
ZONE_FACTOR: Final = {"inner": Fraction(7, 10), "outer": Fraction(6, 10)}  # [5.1]
WAGES: Final = {  # [5.1] year: yuan a month, published
    2013: (3987, date(2014, 7, 22)),
    2014: (4355, date(2015, 8, 18)),
    2015: (4802, date(2016, 6, 28)),
    2016: (5216, date(2017, 9, 5)),
    2017: (5733, date(2018, 8, 20)),
    2018: (6204, date(2019, 7, 15)),
    2019: (6671, date(2020, 10, 12)),
}
COEFFICIENTS: Final = (  # [5.2], hundredths, from grade 1
    *(72, 75, 78, 82, 86, 90, 94, 99, 104, 109, 114, 120),
    *(126, 132, 138, 145, 152, 159, 166, 174, 182, 190, 198, 207),
)
DUTY_YUAN: Final = {"lead": 1000, "principal": 800, "deputy": 500, "staff": 250}  # [5.3]
STEP_YUAN: Final = (100, 140, 190, 240, 300, 360, 430, 500, 580)  # [5.4], from step 1
YEARLY_WAGES: Final = {  # [5.9]
    2013: 52387,
    2014: 54110,
    2015: 55342,
    2016: 50918,
    2017: 56205,
    2018: 58830,
    2019: 61474,
    2020: 63096,
    2021: 66010,
}
CERTIFICATE_YUAN: Final = {"assistant": 1000, "social_worker": 2500, "senior": 4500}  # [5.10]
AWARD_YUAN: Final = {"excellent": 3000, "good": 2000, "competent": 1200}  # [5.10]
JIA_RISES: Final = (  # [8.4]
    *(18, 36, 54, 72, 96, 120, 144, 168, 192, 216, 240, 264),
    *(288, 312, 336, 360, 384, 408, 432, 456, 480, 504, 528),
)

MONTHLY: Final = (  # [6.2]
    "basic",
    "performance",
    "duty",
    "duty_reward",
    "step_pay",
    "seniority",
    "two_posts",
    "talent",
    "merit",
    "transport",
    "living",
    "fund",
    "bonus",
)
OCCASIONAL: Final = ("certificate", "long_service", "seasonal", "award", "team")


@dataclass(frozen=True)
class Spell:
    """A spell of service, from ``start`` up to but not including ``end`` (``None``: open)."""

    start: date
    end: date | None
    kind: str
    region: str
    title: str | None = None


@dataclass(frozen=True)
class Absence:
    """An absence, from ``start`` up to but not including ``end`` (``None``: open)."""

    start: date
    end: date | None
    kind: str


@dataclass
class Person:
    """Everything there is to know about one worker."""

    spells: list[Spell] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    schooling: list[tuple[str, date]] = field(default_factory=list)  # level, reported
    degrees: list[tuple[str, date]] = field(default_factory=list)  # level, approved
    qualifications: list[tuple[str, date]] = field(default_factory=list)  # level, appointed
    honours: list[tuple[str, date]] = field(default_factory=list)  # level, obtained
    ratings: dict[int, tuple[str, date]] = field(default_factory=dict)  # rating, announced
    zone: str = "inner"  # from ever
    zone_changes: list[tuple[date, str]] = field(default_factory=list)
    veteran: bool = False
    identity: str = "none"
    retired: bool = False
    team: dict[tuple[int, int], int] = field(default_factory=dict)  # fen


@dataclass(frozen=True)
class Open:
    """No answer, and the rule that leaves it open; some say that it must matter."""

    rule: str
    must_matter: bool = False


@dataclass
class Month:
    """What one month comes to; amounts in fen."""

    why: str | None  # why not paid, or None
    accrued: dict[str, int | Open] = field(default_factory=dict)
    payable: dict[str, int | Open] = field(default_factory=dict)
    total: int | Open = 0


# --- days and numbers ------------------------------------------------------------------------


def _days(start: date, end: date) -> Iterator[date]:
    """Every day from ``start`` up to but not including ``end``."""
    day = start
    while day < end:
        yield day
        day += ONE_DAY


def _days_of_month(year: int, month: int) -> list[date]:
    """All the days of a calendar month."""
    return [date(year, month, n + 1) for n in range(calendar.monthrange(year, month)[1])]


def _next_month(day: date) -> date:
    """The first day of the month after that of ``day``."""
    return date(day.year + 1, 1, 1) if day.month == 12 else date(day.year, day.month + 1, 1)


def _months_later(first: date, months: int) -> date:
    """The day on which that many months from ``first`` are complete [2.3]."""
    year, month0 = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month0 + 1, min(first.day, calendar.monthrange(year, month0 + 1)[1]))


def _covers(thing: Spell | Absence, day: date) -> bool:
    """Whether a spell or an absence covers ``day``."""
    return thing.start <= day and (thing.end is None or day < thing.end)


def _floor(amount: Fraction) -> int:
    """The whole number at or below."""
    return amount.numerator // amount.denominator


def _ceiling(amount: Fraction) -> int:
    """The whole number at or above."""
    return -((-amount.numerator) // amount.denominator)


def _half_up(amount: Fraction) -> int:
    """The nearest whole number, half up."""
    return _floor(amount + Fraction(1, 2))


def _into(number: int, lowest: int, highest: int) -> int:
    """Bring a number into a range."""
    return max(lowest, min(highest, number))


def _grade_range(grade: int, post: str) -> int:
    """Bring a grade into the range of the post [3.7]."""
    return _into(grade, *GRADES[post])


def _step_range(step: int, post: str) -> int:
    """Bring a step into the range of the post [4.5]."""
    return _into(step, 1, 8 if post == "staff" else 9)


# --- articles 1 to 7: the city ---------------------------------------------------------------


class City:
    """The city's rules, for one worker."""

    area: ClassVar[str] = "9902"
    in_force: ClassVar[date] = date(2015, 7, 1)  # [1.1]
    counts_from: ClassVar[date] = date(2010, 1, 1)  # [2.1]
    # what another edition of the text may say otherwise
    kept_from: date = date.max
    rise_months: Mapping[str, int] = RISE_MONTHS
    coefficients: Sequence[int] = COEFFICIENTS
    step_yuan: Sequence[int] = STEP_YUAN

    def __init__(
        self,
        person: Person,
        wages: Mapping[int, tuple[int, date]] = WAGES,
        yearly_wages: Mapping[int, int] = YEARLY_WAGES,
    ) -> None:
        """Write down what is asked of many days: who holds what, and the days that count."""
        self.person = person
        self.wages, self.yearly_wages = wages, yearly_wages
        self.titles: dict[date, set[str]] = {}  # by day, in the area
        self.community_years: set[int] = set()  # wherever
        for spell in person.spells:
            if spell.kind != "community":
                continue
            end = spell.end or UNROLL_UNTIL
            if spell.start < end:
                self.community_years.update(range(spell.start.year, (end - ONE_DAY).year + 1))
            if spell.region.startswith(self.area):
                for day in _days(spell.start, end):
                    self.titles.setdefault(day, set()).add(str(spell.title))
        self.suspended: set[date] = set()
        for absence in person.absences:
            if absence.kind == "suspended":
                self.suspended.update(_days(absence.start, absence.end or UNROLL_UNTIL))
        years = [spell.start.year for spell in person.spells] + list(person.ratings)
        self.first_year = min(years, default=2015)
        self._count: dict[date, Fraction] = {}
        self._changes: list[tuple[date, str]] | None = None
        self.prepare()

    # article 1

    def post_of(self, titles: set[str]) -> str:
        """The post of somebody with these titles [1.3, 1.4]."""
        if "书记" in titles and "主任" in titles:
            return "lead"
        return min((TITLE_POST[title] for title in titles), key=lambda post: HEIGHT[post])

    def titles_on(self, day: date) -> set[str]:
        """The titles that matter on a day."""
        return self.titles.get(day, set())

    def post_on(self, day: date) -> str | None:
        """The post on a day, or ``None`` [1.4]."""
        titles = self.titles_on(day)
        return self.post_of(titles) if titles else None

    def outside(self) -> bool:
        """Whether the person is not paid under the rules at all [1.2]."""
        return self.person.identity in ("civil_service", "institution") or self.person.retired

    def served(self, day: date) -> bool:
        """Whether a day is served [6.2]."""
        return day in self.titles and not self.outside()

    # article 2

    def counting(self, spell: Spell) -> bool:
        """Whether a spell is of a kind and place that counts [2.1]."""
        if spell.kind == "community":
            return spell.region.startswith("9902")
        if spell.kind == "village_committee":
            return spell.region.startswith("99")
        return spell.kind == "military"

    def prepare(self) -> None:
        """Write down the runs of days that count [2.2, 2.3]."""
        began: dict[Spell, date] = {}
        spells = sorted(
            (spell for spell in self.person.spells if self.counting(spell)),
            key=lambda spell: spell.start,
        )
        for spell in spells:
            began[spell] = spell.start
            for other in spells:  # one kind, one place, touching or overlapping: one spell
                if other is spell or (other.kind, other.region) != (spell.kind, spell.region):
                    continue
                if other.start <= spell.start and (other.end is None or other.end >= spell.start):
                    began[spell] = min(began[spell], began.get(other, other.start))
        # A weaker claim is written first, a stronger one over it.
        claimed: dict[date, str] = {}
        for spell in sorted(
            spells,
            key=lambda spell: (
                spell.kind == "community",
                -began[spell].toordinal(),
                spell.kind == "military",
            ),
        ):
            for day in _days(max(spell.start, self.counts_from), spell.end or UNROLL_UNTIL):
                if spell.kind == "community" and day in self.suspended:  # [2.4]
                    continue
                claimed[day] = spell.kind
        self.runs: list[tuple[date, date]] = []
        for day in sorted(claimed):
            if claimed.get(day - ONE_DAY) == claimed[day]:
                self.runs[-1] = (self.runs[-1][0], day + ONE_DAY)
            else:
                self.runs.append((day, day + ONE_DAY))

    def count(self, day: date) -> Fraction:
        """Months of creditable service at the start of a day."""
        if day not in self._count:
            self._count[day] = self.take_count(day)
        return self._count[day]

    def take_count(self, day: date) -> Fraction:
        """Whole months of every run, and the days left over, 30 to a month [2.3]."""
        months = left_over = 0
        for first, run_end in self.runs:
            if first >= day:
                continue
            end = min(run_end, day)
            whole = 0
            while _months_later(first, whole + 1) <= end:
                whole += 1
            months += whole
            left_over += (end - _months_later(first, whole)).days
        return Fraction(months + left_over // 30)

    def count_for_year(self, year: int) -> Fraction:
        """The count that matters on any day of a year [3.2, 5.5]."""
        return self.count(date(year - 1, 12, 31))

    # article 3

    def effect_of_rating(self, year: int) -> date:
        """From when the rating of a year has effect [3.3]."""
        return max(_next_month(self.person.ratings[year][1]), date(year + 1, 1, 1))

    def rating(self, year: int, day: date) -> str | None:
        """The rating of a year as it stands on a day; ``None``: no community service [3.3, 3.4]."""
        if year not in self.community_years:
            return None
        if year in self.person.ratings and self.effect_of_rating(year) <= day:
            return self.person.ratings[year][0]
        return "pending"

    def growth(self, year: int, day: date) -> Fraction:
        """By how much the count grew in a year, as looked at on a day [3.4]."""
        end = date(year, 12, 31) if year == day.year - 1 else date(year + 1, 1, 1)
        return self.count(end) - self.count(date(year, 1, 1))

    def go_through(self, day: date, post: str) -> tuple[int, int, int, int]:
        """Rises by service, early rises, lowerings, and step rises by service [3.4, 4.3]."""
        waited = counted = Fraction(0)
        rises = early = lowerings = steps = in_a_row = 0
        held = False
        lowest, highest = GRADES[post]
        for year in range(self.first_year, day.year):
            rating = self.rating(year, day)
            if rating not in ("pending", "fail", "not_assessed"):  # counting
                waited += self.growth(year, day)
                counted += self.growth(year, day)
            if rating in ("basic", "fail", "not_assessed"):  # rising
                held = True
            if rating in ("excellent", "good", "competent"):
                held = False
            if not held:
                while waited >= self.rise_months[post] and rises < highest - lowest:
                    rises += 1
                    waited -= self.rise_months[post]
                steps = sum(1 for years in STEP_YEARS[post] if counted > 12 * years)  # [4.3]
            if rating == "fail":  # lowering
                lowerings += 1
            in_a_row = in_a_row + 1 if rating == "excellent" else 0  # early rise
            if in_a_row == 3 and early == 0:
                early = 1
                waited = Fraction(0)
        return rises, early, lowerings, steps

    def qualification(self, day: date) -> str | None:
        """The highest qualification in effect on a day [3.5]."""
        best = None
        for level, appointed in self.person.qualifications:
            effect = date(appointed.year, 9, 1)
            if effect <= appointed:
                effect = date(appointed.year + 1, 9, 1)
            if effect <= day and (
                best is None or QUALIFICATIONS.index(level) > QUALIFICATIONS.index(best)
            ):
                best = level
        return best

    def probation(self, day: date) -> bool:
        """Whether a day is in the first three months of community service, wherever [5.11]."""
        starts = [spell.start for spell in self.person.spells if spell.kind == "community"]
        return bool(starts) and min(starts) <= day < _months_later(min(starts), 3)

    def beside(self, day: date) -> int:
        """What qualification and probation make of the grade [3.5, 3.6]."""
        qualification = self.qualification(day)
        grades = 0 if qualification is None else QUALIFICATION_GRADES[qualification]
        return grades - (1 if self.probation(day) else 0)

    def grade_on(self, day: date) -> int | Open | None:
        """The grade on a day, or ``None`` without a post [3.7]."""
        post = self.post_on(day)
        if post is None:
            return None
        rises, early, lowerings, _ = self.go_through(day, post)
        return _grade_range(GRADES[post][0] + rises + early - lowerings + self.beside(day), post)

    # article 4

    def schooling(self, day: date) -> int:
        """The place in LEVELS of the schooling in effect [4.2]."""
        return max(
            (
                LEVELS.index(level)
                for level, reported in self.person.schooling
                if _next_month(reported) <= day
            ),
            default=0,
        )

    def degree(self, day: date) -> int:
        """The place in LEVELS of what the degree in effect stands for [4.2]."""
        return max(
            (
                LEVELS.index(level)
                for level, approved in self.person.degrees
                if approved.replace(day=1) <= day
            ),
            default=0,
        )

    def schooling_as_treated(self, day: date) -> int:
        """The higher of schooling, raised for veterans, and degree [4.2]."""
        schooling = self.schooling(day)
        if self.person.veteran:
            schooling = min(schooling + 1, len(LEVELS) - 1)
        return max(schooling, self.degree(day))

    def honour(self, day: date) -> int:
        """The steps of the highest honour [4.4]."""
        return max(
            (HONOUR_STEPS[level] for level, obtained in self.person.honours if obtained <= day),
            default=0,
        )

    def step_on(self, day: date) -> int | Open | None:
        """The step on a day, or ``None`` without a post [4.5]."""
        post = self.post_on(day)
        if post is None:
            return None
        _, _, lowerings, steps = self.go_through(day, post)
        first = FIRST_STEP[self.schooling_as_treated(day)]
        return _step_range(first + steps - lowerings + self.honour(day), post)

    # article 5

    def base_yuan(self, day: date) -> int | Open:
        """The base on a day [5.1]."""
        zone = self.person.zone
        for changed, value in sorted(self.person.zone_changes):
            if _next_month(changed) <= day:
                zone = value
        if day >= date(2022, 7, 1):
            return Open("5.1 wage")
        year = (day.year if day.month >= 7 else day.year - 1) - 1
        if year not in self.wages or _next_month(self.wages[year][1]) > day:
            year -= 1
        if year not in self.wages:
            return Open("5.1 wage")
        return max(_floor(self.wages[year][0] * ZONE_FACTOR[zone] / 10) * 10, 2500)

    def duty_fen(self, post: str) -> int | Open:
        """The monthly duty pay [5.3]."""
        return DUTY_YUAN[post] * 100

    def seniority_fen(self, day: date) -> int:
        """The monthly seniority pay [5.5]."""
        months = self.count_for_year(day.year)
        if months > 144:
            return 20000
        if months > 84:
            return 12000
        if months > 36:
            return 6000
        return 0

    def living_fen(self, day: date) -> Fraction | Open:
        """The living allowance [5.9]."""
        before = Fraction(0)
        year = 2015
        while True:
            if year - 2 not in self.yearly_wages:
                return Open("5.9 wage")
            monthly_yuan = _half_up(Fraction(self.yearly_wages[year - 2], 12))
            jiao = _ceiling(monthly_yuan * Fraction(5, 100) * 10)
            before = max(before, Fraction(jiao * 10))
            if day < date(year + 3, 1, 1):
                return before
            year += 3

    def fund_fen(self, day: date) -> Fraction | Open:
        """The fund [5.9]."""
        if day.year - 2 not in self.yearly_wages:
            return Open("5.9 wage")
        return Fraction(self.yearly_wages[day.year - 2], 12) * Fraction(8, 100) * 100

    basic_share: ClassVar[Fraction] = Fraction(6, 10)  # [5.2]
    monthly: ClassVar[Sequence[str]] = MONTHLY

    def further_amounts(self, day: date) -> dict[str, Fraction | Open]:  # noqa: ARG002 - districts
        """What a district pays by the month beside the city's components."""
        return {}

    def monthly_amounts(self, day: date) -> dict[str, Fraction | Open]:  # noqa: PLR0912
        """The monthly amounts, in fen, that hold on one served day, probation included."""
        found: dict[str, Fraction | Open] = {}
        post = self.post_on(day)
        if post is None:
            raise ValueError("no post on this day")
        titles = self.titles_on(day)

        base, grade = self.base_yuan(day), self.grade_on(day)  # [5.2]
        if isinstance(base, int) and isinstance(grade, int):
            post_pay = Fraction(base * self.coefficients[grade - 1])
            found["basic"] = post_pay * self.basic_share
            found["performance"] = post_pay * (1 - self.basic_share)
        else:
            reason = grade if isinstance(grade, Open) else base
            found["basic"] = found["performance"] = cast("Open", reason)

        duty = self.duty_fen(post)  # [5.3]
        if isinstance(duty, int):
            found["duty"] = Fraction(duty) * Fraction(2, 3)
            found["duty_reward"] = Fraction(duty) * Fraction(1, 3)
        else:
            found["duty"] = found["duty_reward"] = duty

        if day >= date(2019, 7, 15):  # [5.8]
            transport = 20000
        elif day >= date(2017, 1, 1):
            transport = 15000
        else:
            transport = 10000
        found["transport"] = Fraction(transport)

        step = self.step_on(day)
        if isinstance(step, int):
            step_pay = Fraction(self.step_yuan[step - 1] * 100)  # [5.4]
            found["step_pay"], found["bonus"] = step_pay, step_pay + transport  # [5.12]
        elif isinstance(step, Open):
            found["step_pay"] = found["bonus"] = step

        found["seniority"] = Fraction(self.seniority_fen(day))  # [5.5]

        held = len(titles) + (1 if "站长" in titles else 0)  # [5.6]
        found["two_posts"] = Fraction(30000 if held >= 2 and post != "lead" else 0)

        level = LEVELS[min(self.schooling(day), self.degree(day))]  # [5.7]
        found["talent"] = Fraction(
            {"bachelor": 10000, "master": 20000, "doctor": 40000}.get(level, 0)
        )

        excellent = sum(  # [5.8]
            1
            for year in (day.year - 1, day.year - 2, day.year - 3)
            if self.rating(year, day) == "excellent"
        )
        found["merit"] = Fraction(3000 * excellent)

        found["living"] = self.living_fen(day)  # [5.9]
        found["fund"] = self.fund_fen(day)
        found |= self.further_amounts(day)

        if self.probation(day):
            for name, amount in found.items():
                if isinstance(amount, Fraction):
                    found[name] = amount * self.probation_share(name)
        return found

    def worth_on(self, day: date) -> int | Open:
        """What a whole month like a served day is worth in all that is paid by the month."""
        rounded = self.rounded(self.monthly_amounts(day))
        total = 0
        for name, amount in rounded.items():
            if name in ("bonus", "fund"):  # [5.9, 5.12]
                continue
            if isinstance(amount, Open):
                return amount
            total += amount
        return -(-total // 100) * 100  # [6.5]

    def probation_share(self, name: str) -> Fraction:
        """What probation leaves of a component [5.11]."""
        return {"basic": Fraction(9, 10), "performance": Fraction(5, 10)}.get(name, Fraction(1))

    # article 6

    def share(self, name: str, day: date) -> Fraction:
        """What absence leaves of a component on a day; nothing if the day is not served [6.1]."""
        if not self.served(day):
            return Fraction(0)
        share = Fraction(1)
        for absence in self.person.absences:
            if not _covers(absence, day):
                continue
            if absence.kind == "sick" and name in ("basic", "performance"):
                share = min(share, Fraction(7, 10))
            if absence.kind == "personal":
                share = Fraction(0)
            if absence.kind == "suspended":
                if name == "basic":
                    share = min(share, Fraction(1, 2))
                if name in ("performance", "duty_reward"):
                    share = Fraction(0)
        return share

    def carriers(self, name: str, year: int, month: int) -> list[tuple[date, Fraction]]:
        """The days that carry pay, and how much of the monthly amount each carries [6.3]."""
        workdays = [day for day in _days_of_month(year, month) if day.weekday() < 5]
        shares = {day: self.share(name, day) for day in workdays}
        paid = sum(shares.values(), Fraction(0))
        if paid == 0:
            return []
        if 1 not in shares.values():
            return [(day, share / len(workdays)) for day, share in shares.items()]
        missing = len(workdays) - paid
        worth = max(Fraction(0), 1 - missing / Fraction(2175, 100))
        return [(day, share * worth / paid) for day, share in shares.items()]

    def exact_months(self, year: int, month: int) -> dict[str, Fraction | Open]:
        """What each component comes to in a month, not rounded."""
        amounts: dict[date, dict[str, Fraction | Open]] = {}
        months: dict[str, Fraction | Open] = {}
        first = next(day for day in _days_of_month(year, month) if self.served(day))
        amounts[first] = self.monthly_amounts(first)
        for name in self.monthly:
            total = Fraction(0)
            missing: Open | None = None
            # what is missing is missing for the whole month, unless it is said that it must matter
            begun = amounts[first][name]
            if isinstance(begun, Open) and not begun.must_matter:
                missing = begun
            for day, part in self.carriers(name, year, month):
                if part == 0:
                    continue
                if day not in amounts:
                    amounts[day] = self.monthly_amounts(day)
                amount = amounts[day][name]
                if isinstance(amount, Open):
                    missing = amount
                else:
                    total += amount * part
            months[name] = total if missing is None else missing
        return months

    together: ClassVar[bool] = True  # basic and performance pay are rounded together

    def rounded(self, exact: dict[str, Fraction | Open]) -> dict[str, int | Open]:
        """Each component's month, rounded once [6.4]."""
        found: dict[str, int | Open] = {}
        for name, amount in exact.items():
            if isinstance(amount, Open):
                found[name] = amount
            elif name in ("duty", "duty_reward"):
                found[name] = _ceiling(amount / 100) * 100
            else:
                found[name] = _half_up(amount / 10) * 10
        if not self.together:
            return found
        basic, performance = exact["basic"], exact["performance"]
        for either in (basic, performance):
            if isinstance(either, Open):
                found["basic"] = found["performance"] = either
        if isinstance(basic, Fraction) and isinstance(performance, Fraction):
            whole = _half_up((basic + performance) / 10)
            jiao = {"basic": _floor(basic / 10), "performance": _floor(performance / 10)}
            remainder = {
                "basic": basic / 10 - jiao["basic"],
                "performance": performance / 10 - jiao["performance"],
            }
            order = ["basic", "performance"]
            if remainder["performance"] > remainder["basic"]:
                order.reverse()
            for name in order:
                if sum(jiao.values()) < whole:
                    jiao[name] += 1
            for name in order:
                found[name] = jiao[name] * 10
        return found

    # article 5, on occasion

    occasions: ClassVar[Sequence[str]] = OCCASIONAL

    def certificate_yuan(self, day: date) -> int:
        """The amount that the qualification in effect stands for [5.10]."""
        qualification = self.qualification(day)
        return 0 if qualification is None else CERTIFICATE_YUAN[qualification]

    def long_service_yuan(self, day: date) -> int:
        """The amount that the service stands for [5.10]."""
        months = self.count_for_year(day.year)
        if months >= 180:
            return 6000
        if months >= 120:
            return 4000
        if months >= 60:
            return 2000
        return 0

    def reached_before(self, year: int, month: int, first_served: date) -> list[date]:
        """The days with which the last served day of a month is compared [5.10]."""
        eve = date(year, month, 1) - ONE_DAY
        days = [eve if self.served(eve) else first_served]
        day = eve
        while day.year >= self.first_year:
            if self.served(day):
                days.append(day)
            day = day.replace(day=1) - ONE_DAY
        return days

    def covered(self, start: date, end: date) -> bool:
        """Whether community service in the area covers every day."""
        return all(day in self.titles for day in _days(start, end))

    def for_period(self, start: date, end: date, fen: int, clause: str) -> int | Open:
        """What a period gives: whole if every day of it was served, nothing if none was; else nothing is said."""
        if self.covered(start, end):
            return fen
        none = not any(day in self.titles for day in _days(start, end))
        return 0 if none else Open(f"{clause} part of the period")

    def occasional(self, year: int, month: int, served: list[date]) -> dict[str, int | Open]:
        """What falls due on occasion in a month with served days [5.10, 5.13]."""
        found: dict[str, int | Open] = dict.fromkeys(self.occasions, 0)
        compared = self.reached_before(year, month, served[0])

        now = self.certificate_yuan(served[-1])
        before = max(self.certificate_yuan(day) for day in compared)
        if now > before:
            found["certificate"] = (now - before) * 100

        now = self.long_service_yuan(served[-1])
        before = max(self.long_service_yuan(day) for day in compared)
        if now > before:
            found["long_service"] = now * 100

        end = _next_month(served[0])
        if month in (6, 12):
            found["seasonal"] = self.for_period(date(year, month - 5, 1), end, 60000, "5.10")
        if month == 6:
            fen = AWARD_YUAN.get(str(self.rating(year - 1, served[-1])), 0) * 100
            last = date(year - 1, 1, 1), date(year, 1, 1)
            found["award"] = self.for_period(*last, fen, "5.10")

        found["team"] = min(self.person.team.get((year, month), 0), 120000)
        return found

    def month(self, year: int, month: int) -> Month:
        """What a month comes to."""
        served = [day for day in _days_of_month(year, month) if self.served(day)]
        if date(year, month, 1) < self.in_force or date(year, month, 1) > LAST_DAY:
            return Month(OUTSIDE)
        if not served:
            covered = any(day in self.titles for day in _days_of_month(year, month))
            return Month(OUTSIDE if covered else NOT_IN_SERVICE)
        found = Month(None)
        found.accrued = self.rounded(self.exact_months(year, month))
        found.accrued.update(self.occasional(year, month, served))
        total = 0
        missing: Open | None = None
        for name, amount in found.accrued.items():
            if name == "bonus":  # [5.12]
                continue
            found.payable[name] = amount
            if name == "fund":  # [5.9]
                continue
            if isinstance(amount, Open):
                missing = missing or amount
            else:
                total += amount
        found.total = -(-total // 100) * 100 if missing is None else missing  # [6.5]
        return found


# --- article 8: district Jia -----------------------------------------------------------------


@dataclass
class _Place:
    """Where somebody stands after a change of post: what held on its first day."""

    day: date | None  # None: no change yet
    post: str
    grade: int = 0
    step: int = 0
    number: int = 0  # Jia: how many numbers of 8.4 stand behind
    waited: Fraction = Fraction(0)  # Jia: months since the last rise


class Jia(City):
    """District Jia."""

    area: ClassVar[str] = "990201"
    kept_from = date(2015, 7, 1)  # [8.5]

    def prepare(self) -> None:
        """Write down the rate of each day that counts [8.2]."""
        rates: dict[date, Fraction] = {}
        for spell in self.person.spells:
            rate = self.rate(spell)
            if rate == 0:
                continue
            for day in _days(spell.start, spell.end or UNROLL_UNTIL):
                if spell.kind == "community" and self.leaves_out(day):
                    continue
                if day not in rates or rates[day] < rate:
                    rates[day] = rate
        self.rates = rates
        self.whole_months: dict[tuple[int, int], Fraction] = {}
        for day, rate in rates.items():
            month = day.year, day.month
            if month not in self.whole_months or self.whole_months[month] < rate:
                self.whole_months[month] = rate
        self.places_done: list[_Place] | None = None

    def leaves_out(self, day: date) -> bool:
        """Whether absence keeps a day from counting [2.4]."""
        return day in self.suspended

    def rate(self, spell: Spell) -> Fraction:
        """At what rate a spell counts [8.2]."""
        if spell.kind == "community" and spell.region.startswith(self.area):
            return Fraction(1)
        if spell.kind == "grid":
            return Fraction(1, 2)
        return Fraction(0)

    def take_count(self, day: date) -> Fraction:
        """Every calendar month with a day that counts, at the highest of its rates [8.2]."""
        total = Fraction(0)
        for (year, month), rate in self.whole_months.items():
            if (year, month) < (day.year, day.month):
                total += rate
        begun = [self.rates.get(counted) for counted in _days(day.replace(day=1), day)]
        return total + max((rate for rate in begun if rate is not None), default=Fraction(0))

    def effect_of_rating(self, year: int) -> date:
        """The next 1 January, whenever announced [8.3]."""
        return date(year + 1, 1, 1)

    def counted(self, day: date, since: date | None = None) -> Fraction:
        """The months counted by a day [8.3]; with ``since``, only growth after that day [9.5]."""
        months = Fraction(0)
        for year in range(self.first_year if since is None else since.year, day.year):
            if self.rating(year, day) in ("pending", "basic", "fail", "not_assessed"):
                continue
            months += self.growth(year, day)
            if since is not None and year == since.year:
                months -= self.count(since) - self.count(date(year, 1, 1))
        return months

    def fails(self, day: date) -> int:
        """How many lowerings there have been by a day [8.3]."""
        years = range(self.first_year, day.year)
        return sum(1 for year in years if self.rating(year, day) == "fail")

    def early_steps(self, day: date) -> int:
        """The steps for two years in a row rated excellent [8.3]."""
        given = in_a_row = 0
        for year in range(self.first_year, day.year):
            in_a_row = in_a_row + 1 if self.rating(year, day) == "excellent" else 0
            if in_a_row == 2 and given < 2:
                given += 1
                in_a_row = 0
        return given

    def changes(self) -> list[tuple[date, str]]:
        """The first post, and each day on which another post than the last one begins [8.5]."""
        if self._changes is None:
            self._changes = []
            for day in sorted(self.titles):
                post = self.post_on(day)
                if post is not None and (not self._changes or self._changes[-1][1] != post):
                    self._changes.append((day, post))
        return self._changes

    def places(self) -> list[_Place]:
        """Where the worker stands at first and after each change that keeps the grade."""
        if self.places_done is not None:
            return self.places_done
        places: list[_Place] = []
        for day, post in self.changes():
            if not places or day < self.kept_from:  # earlier changes: computed again
                places = [_Place(None, post)]
            else:
                places.append(self.next_place(places[-1], day, post))
        self.places_done = places
        return places

    def place_on(self, day: date) -> _Place:
        """The place that holds on a day with a post."""
        found = None
        for place in self.places():
            if place.day is None or place.day <= day:
                found = place
        if found is None or found.post != self.post_on(day):
            found = _Place(None, str(self.post_on(day)))  # a day before the first kept change
        return found

    def next_place(self, old: _Place, day: date, post: str) -> _Place:
        """What a change of post on a day leads to [8.5]."""
        grade = _grade_range(self.grade_at(old, day), post)
        step = _step_range(self.step_at(old, day), post)
        _, waited = self.rises(old, day)
        return _Place(day, post, grade, step, grade - GRADES[post][0], waited)

    def rises(self, place: _Place, day: date) -> tuple[int, Fraction]:
        """The rises by service since a place was taken, and the months waited since [8.4, 8.5]."""
        numbers = (0, *JIA_RISES)
        if place.day is None:
            at, waited = 0, self.counted(day)
        else:
            at = place.number
            waited = place.waited + self.counted(day) - self.counted(place.day)
            if day.year == place.day.year:  # a rise is on a 1 January, and after that day
                return 0, waited
        rises = 0
        while at < len(JIA_RISES) and waited > numbers[at + 1] - numbers[at]:
            waited -= numbers[at + 1] - numbers[at]
            at += 1
            rises += 1
        return rises, waited

    def grade_at(self, place: _Place, day: date) -> int:
        """The grade on a day that a place leads to [8.4, 8.5]."""
        rises, _ = self.rises(place, day)
        if place.day is None:
            grade = GRADES[place.post][0] + rises - self.fails(day) + self.beside(day)
        else:
            grade = place.grade + rises
            grade -= self.fails(day) - self.fails(place.day)
            grade += self.beside(day) - self.beside(place.day)
        return _grade_range(grade, place.post)

    def step_at(self, place: _Place, day: date) -> int:
        """The step on a day that a place leads to [8.6]."""
        step = _floor(self.counted(day) / 24) + self.early_steps(day) + self.honour(day)
        if place.day is None:
            step += 1
        else:
            step -= _floor(self.counted(place.day) / 24)
            step -= self.early_steps(place.day) + self.honour(place.day)
            step += place.step
        return _step_range(step, place.post)

    def grade_on(self, day: date) -> int | Open | None:
        """The grade on a day."""
        if self.post_on(day) is None:
            return None
        return self.grade_at(self.place_on(day), day)

    def step_on(self, day: date) -> int | Open | None:
        """The step on a day."""
        if self.post_on(day) is None:
            return None
        return self.step_at(self.place_on(day), day)

    def base_yuan(self, day: date) -> int | Open:  # noqa: ARG002 - the same every day
        """The base [8.7]."""
        return 3000

    def carriers(self, name: str, year: int, month: int) -> list[tuple[date, Fraction]]:
        """The whole month goes by the 15th [8.7]."""
        day = date(year, month, 15)
        return [(day, self.share(name, day))]


# --- article 9: district Yi ------------------------------------------------------------------


class Yi(Jia):
    """District Yi."""

    area: ClassVar[str] = "990202"
    in_force: ClassVar[date] = date(2016, 1, 1)
    counts_from: ClassVar[date] = date(2012, 1, 1)  # [9.2]
    kept_from = date(2016, 1, 1)  # [9.5]
    basic_share: ClassVar[Fraction] = Fraction(1, 2)  # [9.7]
    together: ClassVar[bool] = False  # [9.7]

    def prepare(self) -> None:
        """Write down the runs, and the day that decides the post of each day."""
        City.prepare(self)
        self.honours_at_new_year = False
        self.places_done = None
        self.deciding: dict[date, date] = {}  # [9.5]
        began = date.min
        for day in sorted(self.titles):
            if day - ONE_DAY not in self.titles:
                began = day
            june = date(day.year if day > date(day.year, 6, 30) else day.year - 1, 6, 30)
            self.deciding[day] = max(june, began)

    def counting(self, spell: Spell) -> bool:
        """Whether a spell is of a kind and place that counts [9.2]."""
        if spell.kind == "community":
            return spell.region.startswith("9902")
        return spell.kind == "military"

    def take_count(self, day: date) -> Fraction:
        """Completed years of every run [9.2]."""
        months = 0
        for first, end in self.runs:
            if first >= day:
                continue
            years = 0
            while _months_later(first, 12 * (years + 1)) <= min(end, day):
                years += 1
            months += 12 * years
        return Fraction(months)

    def titles_on(self, day: date) -> set[str]:
        """The titles that matter on a day [9.5]."""
        return self.titles[self.deciding[day]] if day in self.titles else set()

    def next_place(self, old: _Place, day: date, post: str) -> _Place:
        """What a change of the post that counts leads to [9.5]."""
        grade = _grade_range(self.grade_at(old, day) + 2, post)
        step = _step_range(self.step_at(old, day) + 1, post)
        return _Place(day, post, grade, step)

    def rises(self, place: _Place, day: date) -> tuple[int, Fraction]:
        """The rises by service since a place was taken [9.4, 9.5]."""
        months = self.counted(day, place.day)
        return _floor(months / 18), months % 18

    def grade_at(self, place: _Place, day: date) -> int:
        """The grade on a day that a place leads to [9.4, 9.5]."""
        rises, _ = self.rises(place, day)
        if place.day is None:
            grade = 3 + rises - self.fails(day) + self.beside(day)
        else:
            grade = place.grade + rises
            grade -= self.fails(day) - self.fails(place.day)
            grade += self.beside(day) - self.beside(place.day)
        return _grade_range(grade, place.post)

    def step_at(self, place: _Place, day: date) -> int:
        """The step on a day that a place leads to [9.5]."""
        step = _floor(self.counted(day, place.day) / 24) + self.honour(day)
        if place.day is None:
            step += 1
        else:
            step += place.step - self.honour(place.day)
        return _step_range(step, place.post)

    def honour(self, day: date) -> int:
        """The steps of the highest honour, by either reading [9.6]."""
        steps = 0
        for level, obtained in self.person.honours:
            effect = _next_month(obtained)
            if self.honours_at_new_year:
                effect = date(obtained.year + 1, 1, 1)
            if effect <= day:
                steps = max(steps, HONOUR_STEPS[level])
        return steps

    def grade_on(self, day: date) -> int | Open | None:
        """The grade on a day; not settled for those who served before 2012 [9.2]."""
        if self.post_on(day) is None:
            return None
        if any(
            spell.kind == "community" and spell.start < self.counts_from
            for spell in self.person.spells
        ):
            return Open("9.2 service before 2012")
        return self.grade_at(self.place_on(day), day)

    def step_on(self, day: date) -> int | Open | None:
        """The step on a day, if both readings of 9.6 lead to the same."""
        if self.post_on(day) is None:
            return None
        steps = set()
        for reading in (False, True):
            self.honours_at_new_year = reading
            self.places_done = None
            steps.add(self.step_at(self.place_on(day), day))
        self.honours_at_new_year = False
        self.places_done = None
        return steps.pop() if len(steps) == 1 else Open("9.6 honour", must_matter=True)

    def base_yuan(self, day: date) -> int | Open:
        """The base is the city's."""
        return City.base_yuan(self, day)

    def carriers(self, name: str, year: int, month: int) -> list[tuple[date, Fraction]]:
        """Two halves, by the 1st and by the 16th [9.7]."""
        days = (date(year, month, 1), date(year, month, 16))
        return [(day, self.share(name, day) / 2) for day in days]


# --- article 10: district Bing ---------------------------------------------------------------


class Bing(City):
    """District Bing."""

    area: ClassVar[str] = "990203"
    in_force: ClassVar[date] = date(2016, 1, 1)
    occasions: ClassVar[Sequence[str]] = (*OCCASIONAL, "quarter_money", "heat", "warmth")
    monthly: ClassVar[Sequence[str]] = (*MONTHLY, "post_years", "led")

    def prepare(self) -> None:
        """Write down the rate of each day that counts [10.2]."""
        self.rates: dict[date, Fraction] = {}
        for spell in self.person.spells:
            if spell.kind != "community":
                rate = Fraction(1, 4)
            elif spell.region.startswith("99"):
                rate = Fraction(1)
            else:
                continue
            for day in _days(spell.start, spell.end or UNROLL_UNTIL):
                if day not in self.rates or self.rates[day] < rate:
                    self.rates[day] = rate

    def since_the_break(self, day: date) -> list[date]:
        """The days that count before a day and since the last break, the latest first [10.2]."""
        counted = day - ONE_DAY
        while counted not in self.rates and counted.year >= self.first_year:
            counted -= ONE_DAY  # not served since then: no break yet
        days = []
        while counted in self.rates:
            days.append(counted)
            counted -= ONE_DAY
        return days

    def take_count(self, day: date) -> Fraction:
        """Calendar years since the last break, each at its highest rate [10.2]."""
        years: dict[int, Fraction] = {}
        for counted in self.since_the_break(day):
            year = counted.year
            years[year] = max(self.rates[counted], years.get(year, Fraction(0)))
        return 12 * sum(years.values(), Fraction(0))

    def further_amounts(self, day: date) -> dict[str, Fraction | Open]:
        """Years in the post, and having led [10.11]."""
        in_post = set()
        counted = day - ONE_DAY
        while counted in self.rates and self.post_on(counted) == self.post_on(day):
            in_post.add(counted.year)
            counted -= ONE_DAY
        led = {
            counted.year
            for counted in self.since_the_break(day.replace(day=1))
            if self.post_on(counted) in ("lead", "principal")
        }
        years = len(in_post)
        return {
            "post_years": Fraction(9000 if years >= 6 else 4000 if years >= 3 else 0),
            "led": Fraction(7000 if 12 * len(led) > 24 else 0),
        }

    def effect_of_rating(self, year: int) -> date:
        """The day of announcement, but not before the year is over [10.3]."""
        return max(self.person.ratings[year][1], date(year + 1, 1, 1))

    def full_years(self, day: date) -> int:
        """Full years of creditable service [10.3]."""
        return _floor(self.count_for_year(day.year) / 12)

    def grade_on(self, day: date) -> int | Open | None:
        """The grade by points [10.3]."""
        post = self.post_on(day)
        if post is None:
            return None
        points = 0
        for years, given in ((8, 12), (4, 8), (2, 4), (1, 2)):
            if self.full_years(day) >= years:
                points += given
                break
        points += {"bachelor": 3, "master": 6, "doctor": 6}.get(LEVELS[self.schooling(day)], 0)
        for year in range(self.first_year, day.year):
            if self.rating(year, day) in ("excellent", "good"):
                points += 2
        in_a_row = 0
        year = day.year - 1
        while self.rating(year, day) in ("excellent", "good", "competent", "pending"):
            if self.rating(year, day) != "pending":
                in_a_row += 1
            year -= 1
        if in_a_row >= 3:
            points += 5
        grade = 1
        for least, given in ((4, 4), (8, 8), (12, 12), (18, 16), (24, 20)):
            if points >= least:
                grade = given
        return _grade_range(grade + self.beside(day), post)

    def step_on(self, day: date) -> int | Open | None:
        """The step by full years [10.3]."""
        post = self.post_on(day)
        if post is None:
            return None
        step = 1
        for least, given in ((3, 3), (6, 5), (12, 8)):
            if self.full_years(day) >= least:
                step = given
        return _step_range(step + self.honour(day), post)

    def duty_fen(self, post: str) -> int | Open:
        """The monthly duty pay; two amounts are printed for lead [10.4]."""
        return (
            Open("10.4 duty pay of lead", must_matter=True)
            if post == "lead"
            else DUTY_YUAN[post] * 100
        )

    def probation_share(self, name: str) -> Fraction:  # noqa: ARG002 - the same for all
        """Everything is 90 % [10.5]."""
        return Fraction(9, 10)

    def carriers(self, name: str, year: int, month: int) -> list[tuple[date, Fraction]]:
        """A month goes by its first day [10.5]."""
        day = date(year, month, 1)
        return [(day, self.share(name, day))]

    def occasional(self, year: int, month: int, served: list[date]) -> dict[str, int | Open]:
        """What the district pays on occasion beside the city's [10.7 to 10.10]."""
        found = super().occasional(year, month, served)
        if month % 3 == 0:
            quarter = date(year, month - 2, 1), _next_month(served[0])
            money = 27000 if self.probation(served[-1]) else 30000
            found["quarter_money"] = self.for_period(*quarter, money, "10.7")
        first = date(year, month, 1)
        if 6 <= month <= 9:  # [10.8, 10.5]
            fen = 20000 * self.share("heat", first) * self.left_by_probation(first)
            found["heat"] = _half_up(fen / 10) * 10
        if month == 11:  # [10.9]
            present = [day for day in served if self.share("warmth", day) > 0]
            if present:
                fen = 100000 * self.left_by_probation(present[-1])
                found["warmth"] = _half_up(fen / 10) * 10
        if self.rating(year - 1, served[-1]) == "fail":  # [10.10]
            found["team"] = 0
        return found

    def left_by_probation(self, day: date) -> Fraction:
        """What probation leaves on a day [10.5]."""
        return Fraction(9, 10) if self.probation(day) else Fraction(1)


SCHEMES: Final[dict[str, type[City]]] = {
    "sample-4x24": City,
    "sample-4x24-jia": Jia,
    "sample-4x24-yi": Yi,
    "sample-4x24-bing": Bing,
}
