"""Invented people for the second sample's comparison, and the same people as workers of the library."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)
from tests.oracle.sample_4x24 import Absence, Person, Spell

__all__ = ["a_day", "a_month", "a_person", "career_spells", "worker_of"]

_ONE_DAY: Final = timedelta(days=1)
_LAST: Final = 2026

_TITLES: Final = ("委员", "网格员", "副书记", "副主任", "站长", "书记", "主任")
_KINDS: Final = (
    "military",
    "village_committee",
    "grid",
    "institution",
    "enterprise",
    "other",
)
_ABSENCES: Final = ("sick", "maternity", "personal", "seconded", "suspended")
_RATINGS: Final = ("excellent", "good", "competent", "basic", "fail", "not_assessed")
_REGIONS: Final = ("9902", "990201", "990202", "990203", "99", "9901", "990101", "11", "430102")


def a_day(random: Random, first_year: int, last_year: int) -> date:
    """Give a day, in many cases one on which a rule turns or one beside it."""
    year = random.randint(first_year, last_year)
    month = random.randint(1, 12)
    last = calendar.monthrange(year, month)[1]
    return random.choice(
        (
            date(year, 1, random.randint(1, 3)),
            date(year, 12, 31),
            date(year, random.choice((7, 9)), 1) - random.randint(0, 1) * _ONE_DAY,
            date(year, 2, calendar.monthrange(year, 2)[1]),
            date(year, month, 1),
            date(year, month, last),
            date(year, month, random.randint(14, 17)),
            date(year, month, random.randint(1, last)),
            date(year, month, random.randint(1, last)),
        )
    )


def _an_end(random: Random, start: date, open_in: float) -> date | None:
    if random.random() < open_in:
        return None
    last = max(start.year, min(_LAST, start.year + random.randint(0, 8)))
    end = a_day(random, start.year, last)
    return end if end > start else start + random.randint(1, 500) * _ONE_DAY


def career_spells(random: Random, area: str) -> list[Spell]:
    spells: list[Spell] = []
    # a career in the area: titles one after the other, in most cases without a gap
    day = a_day(random, random.choice((2003, 2011, 2013)), 2019)
    for number in range(random.choice((1, 1, 2, 3, 4)) + 1):
        region = area if random.random() < 0.85 else random.choice(_REGIONS)
        end = _an_end(random, day, 0.15 + 0.2 * number)
        spells.append(Spell(day, end, "community", region, random.choice(_TITLES)))
        if end is None or end.year >= _LAST:
            break
        day = end if random.random() < 0.8 else end + random.randint(1, 300) * _ONE_DAY
    for _ in range(random.choice((0, 0, 1, 2))):  # a second title at the same time
        start = a_day(random, spells[0].start.year, 2024)
        region = area if random.random() < 0.8 else random.choice(_REGIONS)
        end = _an_end(random, start, 0.3)
        spells.append(Spell(start, end, "community", region, random.choice(_TITLES)))
    for _ in range(random.choice((0, 0, 0, 1, 2))):  # other work
        ends = [spell.end or spell.start for spell in spells]
        start = random.choice(ends) if random.random() < 0.3 else a_day(random, 2001, 2022)
        kind = random.choice(_KINDS[:3] if random.random() < 0.75 else _KINDS)
        spells.append(Spell(start, _an_end(random, start, 0.1), kind, random.choice(_REGIONS)))
    if random.random() < 0.1:
        random.shuffle(spells)
    return spells


def _some(random: Random, levels: Sequence[str], first: int, most: int) -> list[tuple[str, date]]:
    return [
        (random.choice(levels), a_day(random, first, 2024))
        for _ in range(random.choice((0, *range(most + 1))))
    ]


def _ratings(random: Random, spells: list[Spell]) -> dict[int, tuple[str, date]]:
    years = {
        year
        for spell in spells
        if spell.kind == "community"
        for year in range(
            spell.start.year, (spell.end - _ONE_DAY if spell.end else date(_LAST, 1, 1)).year + 1
        )
    }
    weights = random.choice(((1, 1, 1, 1, 1, 1), (5, 2, 4, 1, 1, 1), (8, 1, 1, 0, 0, 0)))
    ratings = {}
    for year in sorted(years):
        announced = a_day(random, year + 1, year + 1)
        if random.random() < 0.15:
            announced = date(year, 12, random.randint(1, 31))
        elif random.random() < 0.1:
            announced = a_day(random, year + 1, year + 2)
        ratings[year] = (random.choices(_RATINGS, weights)[0], announced)
    return ratings


def a_person(random: Random, area: str, month: tuple[int, int]) -> Person:
    """Build a person of whom everything is known, for a month of whose pay is asked."""
    spells = career_spells(random, area)
    absences = []
    for _ in range(random.choice((0, 0, 1, 2, 3))):
        start = date(*month, 1) + random.randint(-20, 30) * _ONE_DAY
        if random.random() < 0.5:
            start = a_day(random, 2010, 2024)
        end = start + random.choice((1, 5, 20, 60, 400)) * _ONE_DAY
        absences.append(
            Absence(start, end if random.random() < 0.95 else None, random.choice(_ABSENCES))
        )
    return Person(
        spells=spells,
        absences=absences,
        schooling=_some(
            random, ("below_senior", "senior", "college", "bachelor", "master", "doctor"), 2008, 2
        ),
        degrees=_some(random, ("bachelor", "master", "doctor"), 2008, 2),
        qualifications=_some(random, ("assistant", "social_worker", "senior"), 2010, 3),
        honours=_some(random, ("county", "city", "provincial", "national"), 2010, 2),
        ratings=_ratings(random, spells),
        zone=random.choice(("inner", "outer")),
        zone_changes=[
            (day, random.choice(("inner", "outer")))
            for day in sorted({a_day(random, 2014, 2024) for _ in range(random.choice((0, 0, 2)))})
        ],
        veteran=random.random() < 0.3,
        identity=random.choice(("none",) * 15 + ("public_welfare_job", "institution")),
        retired=random.random() < 0.03,
        team={month: random.choice((0, 1, 12345, 80000, 120000))},
    )


def a_month(random: Random) -> tuple[int, int]:
    """Give a month in which the sample may pay; those after which figures are missing are rarer."""
    last = 2022 if random.random() < 0.9 else 2025
    return random.randint(2015, last), random.choice((*range(1, 13), 1, 6, 7, 9, 12))


def worker_of(person: Person) -> Worker:
    """Give the same person as a worker of the library: every fact known, every day exact."""
    return Worker(
        id="0001",
        spells=tuple(
            ServiceSpell(
                start=spell.start,
                end=spell.end,
                kind=spell.kind,
                region=spell.region,
                title=spell.title,
            )
            for spell in person.spells
        ),
        absences=tuple(
            AbsenceSpell(start=absence.start, end=absence.end, kind=absence.kind)
            for absence in person.absences
        ),
        schooling=tuple(Attainment(value=level, reported=day) for level, day in person.schooling),
        degrees=tuple(Attainment(value=level, approved=day) for level, day in person.degrees),
        qualifications=tuple(
            Attainment(value=level, appointed=day) for level, day in person.qualifications
        ),
        honours=tuple(Attainment(value=level, obtained=day) for level, day in person.honours),
        ratings=tuple(
            Rating(period=str(year), value=rating, announced=announced)
            for year, (rating, announced) in person.ratings.items()
        ),
        facts=(
            StateFact(name="zone", value=person.zone),
            *(StateFact(name="zone", value=value, start=day) for day, value in person.zone_changes),
            StateFact(name="veteran", value="yes" if person.veteran else "no"),
            StateFact(name="identity", value=person.identity),
            StateFact(name="retired", value="yes" if person.retired else "no"),
        ),
        supplied=tuple(
            SuppliedAmount(component="team", year=year, month=month, fen=fen, document="（虚构）")
            for (year, month), fen in person.team.items()
        ),
    )
