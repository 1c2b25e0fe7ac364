"""The yardstick: a month of the invented sample as somebody would write it by hand, without reasons or unknowns.

It serves people in the sample's place with one open spell, and knows nothing else of the text. What the library costs
beyond it is the price of exact rules as data, and of the reasons.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from cwgrade.worker import Attainment, Rating, ServiceSpell, StateFact, Worker

POSTS = {"staff": (1, 12), "deputy": (4, 15), "principal": (7, 18)}
EDUCATION = {"college": 0, "bachelor": 1, "master": 2, "doctor": 3}
QUALIFICATION = {"none": 0, "assistant": 1, "social_worker": 2, "senior": 3}
DEEMED = (0, 12, 36, 60)
WAGES = {2014: 4467, 2015: 4893, 2016: 5319, 2017: 5807}
COEFFICIENTS = (80, 84, 88, 93, 98, 103, 109, 115, 121, 128, 135, 142, 150, 158, 166, 175, 184, 193)
FACTORS = {"excellent": 12, "competent": 10, "basic": 8, "fail": 0, "unrated": 10}


@dataclass(frozen=True)
class Plain:
    """What the yardstick knows of somebody."""

    start: date
    post: str
    schooling: str
    degree: str
    qualification: str
    ratings: tuple[str, ...]


def plain_people(count: int, seed: int = 7) -> list[Plain]:
    """Invent people who began between 2003 and 2015, rated every year through 2017."""
    pick = random.Random(seed)  # noqa: S311 -- invented people
    people = []
    for _ in range(count):
        start = date(pick.randint(2003, 2015), pick.randint(1, 12), pick.randint(1, 28))
        people.append(
            Plain(
                start=start,
                post=pick.choice(tuple(POSTS)),
                schooling=pick.choice(("college", "bachelor", "master")),
                degree=pick.choice(("none", "bachelor", "master")),
                qualification=pick.choice(tuple(QUALIFICATION)),
                ratings=tuple(
                    pick.choice(("competent", "competent", "competent", "excellent", "basic"))
                    for _ in range(start.year, 2018)
                ),
            )
        )
    return people


def as_worker(plain: Plain) -> Worker:
    """Give the same person as a worker of the library."""
    return Worker(
        id="1",
        spells=(ServiceSpell(start=plain.start, post=plain.post),),
        schooling=(Attainment(value=plain.schooling, obtained=date(2000, 7, 1)),),
        degrees=()
        if plain.degree == "none"
        else (Attainment(value=plain.degree, obtained=date(2000, 7, 1)),),
        qualifications=()
        if plain.qualification == "none"
        else (Attainment(value=plain.qualification, registered=date(2010, 5, 1)),),
        honours=(),
        ratings=tuple(
            Rating(period=str(plain.start.year + place), value=value)
            for place, value in enumerate(plain.ratings)
        ),
        facts=(
            StateFact(name="employment", value="full_time"),
            StateFact(name="identity", value="none"),
        ),
    )


def served_by(plain: Plain, year: int) -> int:
    """Count the months served before 1 January of a year."""
    months = 12 * (year - plain.start.year) + 1 - plain.start.month
    return max(0, months - (plain.start.day > 1))


def grade(plain: Plain, year: int) -> int:
    """Give the grade in a year."""
    low, high = POSTS[plain.post]
    lower, higher = sorted((EDUCATION[plain.schooling], EDUCATION.get(plain.degree, 0)))
    months = served_by(plain, year) + (DEEMED[higher] if lower == 0 else 0)
    early = row = lowered = 0
    for place, rating in enumerate(plain.ratings):
        rated = plain.start.year + place
        if rating in ("basic", "fail"):
            months -= served_by(plain, rated + 1) - served_by(plain, rated)
        lowered += rating == "fail"
        row = row + 1 if rating == "excellent" else 0
        if row == 2 and early < 2:
            early, row = early + 1, 0
    best = max(lower, QUALIFICATION[plain.qualification])
    return min(high, max(low, low + months // 36 + early - lowered + best))


def gross_of_march_2018(plain: Plain) -> int:
    """Give the sum that is payable in March 2018, in fen."""
    wage = WAGES[2016]
    # 6/10 of the wage by hundredths, half up to the yuan
    post_grade = (wage * 6 * COEFFICIENTS[grade(plain, 2018) - 1] + 500) // 1000
    years = served_by(plain, 2018) // 12
    seniority = 260 if years >= 20 else 120 if years >= 10 else 50 if years >= 5 else 0
    professional = 100 * QUALIFICATION[plain.qualification]
    return post_grade * 70 + (professional + seniority) * 100
