"""Invented people for the comparison with the oracle, built once and turned into workers of the library.

A person is built from small whole numbers only. `random.Random` gives them in the plain loop, Hypothesis in the
version that shrinks; the simplest choice is always number 0.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)
from tests.oracle.sample_3x18 import (
    Absence,
    Degree,
    Honour,
    Person,
    Qualification,
    Schooling,
    Spell,
)

__all__ = ["FIRST_MONTH", "LAST_MONTH", "Pick", "a_day", "a_month", "a_person", "worker_of"]

Pick = Callable[[int], int]
"""Gives a whole number from 0 to less than the argument."""

T = TypeVar("T")

FIRST_MONTH: Final = (2012, 1)
LAST_MONTH: Final = (2019, 6)
_FIRST_YEAR: Final = 2003
_LAST_YEAR: Final = 2019
_ONE_DAY: Final = timedelta(days=1)

_POSTS: Final = ("staff", "deputy", "principal")
_HOME: Final = ("9901", "990101", "990102")
_AWAY: Final = ("9902", "990201", "99", "110101", "430102")
_OTHER_KINDS: Final = ("grid", "military", "village_committee", "enterprise")
_ABSENCES: Final = ("sick", "personal", "suspended", "maternity")
_RATINGS: Final = ("competent", "excellent", "basic", "fail", "unrated")
_SCHOOLING: Final = ("college", "bachelor", "master", "doctor", "senior", "below_senior")
_DEGREES: Final = ("bachelor", "master", "doctor")
_QUALIFICATIONS: Final = ("assistant", "social_worker", "senior")
_HONOURS: Final = ("county", "city", "provincial", "national")
_IDENTITIES: Final = ("institution", "civil_service", "public_welfare_job")


def _one(pick: Pick, options: Sequence[T]) -> T:
    return options[pick(len(options))]


def _often(pick: Pick, parts: int) -> bool:
    """Be false in one of some cases; what is false is the rarer thing."""
    return pick(parts) < parts - 1


def a_day(pick: Pick, first_year: int = _FIRST_YEAR, last_year: int = _LAST_YEAR) -> date:
    """Give a day, in most cases one on which a rule turns or one beside it."""
    year = first_year + pick(last_year - first_year + 1)
    month = 1 + pick(12)
    length = calendar.monthrange(year, month)[1]
    kind = pick(8)
    if kind == 0:
        return date(year, 1, 1)
    if kind == 1:
        return date(year, 7, 1) - pick(2) * _ONE_DAY
    if kind == 2:
        return date(year, 2, calendar.monthrange(year, 2)[1])
    if kind == 3:
        return date(year, 12, 31)
    number = (1, length, 1 + pick(length), max(1, length - pick(3)))[kind - 4]
    return date(year, month, number)


def a_month(pick: Pick) -> tuple[int, int]:
    """Give a month in which the sample pays; June and December, with performance pay, come more often."""
    months = (LAST_MONTH[0] - FIRST_MONTH[0]) * 12 + LAST_MONTH[1] - FIRST_MONTH[1] + 1
    index = pick(months)
    year, month = FIRST_MONTH[0] + index // 12, index % 12 + 1
    return (year, month) if _often(pick, 6) or year == LAST_MONTH[0] else (year, 6 + 6 * pick(2))


def _an_end(pick: Pick, start: date, open_in: int) -> date | None:
    """Give an end after a start: open, some months and a day more or less, or any later day."""
    if not _often(pick, open_in):
        return None
    if pick(2):
        months = 1 + pick(84)
        year, month = start.year + (start.month + months - 1) // 12, (start.month + months - 1) % 12
        number = min(start.day, calendar.monthrange(year, month + 1)[1])
        end = date(year, month + 1, number) + (pick(3) - 1) * _ONE_DAY
    else:
        end = a_day(pick)
    return end if end > start else start + (1 + pick(400)) * _ONE_DAY


def _a_spell(pick: Pick, earlier: Sequence[Spell]) -> Spell:
    # touching the end of another spell is a boundary of its own
    ends = [spell.end for spell in earlier if spell.end is not None]
    start = _one(pick, ends) if ends and pick(2) else a_day(pick)
    end = _an_end(pick, start, 2)
    if _often(pick, 4):
        region = _one(pick, _HOME) if _often(pick, 5) else _one(pick, _AWAY)
        return Spell(start, end, _one(pick, _POSTS), "community", region)
    region = _one(pick, (*_HOME, *_AWAY))
    post = _one(pick, _POSTS) if pick(2) else None
    return Spell(start, end, post, _one(pick, _OTHER_KINDS), region)


def _some(pick: Pick, most: int) -> range:
    return range(pick(most + 1))


def a_person(pick: Pick) -> Person:
    """Build a person of whom everything is known."""
    spells: list[Spell] = []
    if _often(pick, 8):
        # most careers hold a spell at home that reaches the months asked about
        start = a_day(pick, _FIRST_YEAR, 2014)
        end = _an_end(pick, start, 2)
        spells.append(Spell(start, end, _one(pick, _POSTS), "community", _one(pick, _HOME)))
    for _ in range(pick(4)):
        spells.append(_a_spell(pick, spells))
    absences = []
    for _ in _some(pick, 3):
        start = a_day(pick, 2008)
        end = _an_end(pick, start, 6) if pick(2) else start + (1 + pick(60)) * _ONE_DAY
        absences.append(Absence(start, end, _one(pick, _ABSENCES)))
    community = [spell for spell in spells if spell.kind == "community"]
    served = sorted(
        {
            year
            for spell in community
            for year in range(
                spell.start.year,
                (spell.end - _ONE_DAY if spell.end else date(_LAST_YEAR, 12, 31)).year + 1,
            )
        }
    )
    outside = not _often(pick, 16)
    return Person(
        spells=spells,
        absences=absences,
        schooling=[Schooling(_one(pick, _SCHOOLING), a_day(pick)) for _ in _some(pick, 2)],
        degrees=[Degree(_one(pick, _DEGREES), a_day(pick)) for _ in _some(pick, 2)],
        qualifications=[
            Qualification(_one(pick, _QUALIFICATIONS), a_day(pick)) for _ in _some(pick, 2)
        ],
        honours=[Honour(_one(pick, _HONOURS), a_day(pick)) for _ in _some(pick, 2)],
        ratings={year: _one(pick, _RATINGS) for year in served},
        employment="part_time" if outside and pick(2) else "full_time",
        identity=_one(pick, _IDENTITIES) if outside else "none",
        supplied_on_call={a_month(pick): pick(50_001) for _ in _some(pick, 3)},
    )


def worker_of(person: Person) -> Worker:
    """Give the same person as a worker of the library: every fact known, every day exact."""
    return Worker(
        id="0001",
        spells=tuple(
            ServiceSpell(
                start=spell.start,
                end=spell.end,
                post=spell.post,
                kind=spell.kind,
                region=spell.region,
            )
            for spell in person.spells
        ),
        absences=tuple(
            AbsenceSpell(start=absence.start, end=absence.end, kind=absence.kind)
            for absence in person.absences
        ),
        schooling=tuple(
            Attainment(value=paper.level, obtained=paper.obtained) for paper in person.schooling
        ),
        degrees=tuple(
            Attainment(value=paper.level, obtained=paper.obtained) for paper in person.degrees
        ),
        qualifications=tuple(
            Attainment(value=paper.level, registered=paper.registered)
            for paper in person.qualifications
        ),
        honours=tuple(
            Attainment(value=honour.kind, obtained=honour.day) for honour in person.honours
        ),
        ratings=tuple(
            Rating(period=str(year), value=rating) for year, rating in person.ratings.items()
        ),
        facts=(
            StateFact(name="employment", value=person.employment),
            StateFact(name="identity", value=person.identity),
        ),
        supplied=tuple(
            SuppliedAmount(
                component="on_call", year=year, month=month, fen=fen, document="值班表（虚构）"
            )
            for (year, month), fen in person.supplied_on_call.items()
        ),
    )
