"""Invented careers with everything that can come to be known later, for the library and for the oracle.

A career is built once, as what lay on file at two moments; `worker_of` and `scheme_of` give the same to the library.
The second edition of each sample, and days of publication other than the printed ones, are made up here.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

import attrs

from cwgrade.catalogue import load_scheme, parse_scheme, scheme_path
from cwgrade.law.transition import Protection, Stage
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.series import Figure as LibraryFigure
from cwgrade.sources import Citation
from cwgrade.worker import (
    AbsenceSpell,
    Attainment,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)
from tests.oracle import people_4x24 as people
from tests.oracle import sample_3x18 as three
from tests.oracle import sample_4x24 as four
from tests.oracle.over_time import (
    AREAS,
    CHANGED_COEFFICIENTS_3X18,
    CHANGED_COEFFICIENTS_4X24,
    CHANGED_STEP_YUAN,
    REFORMS,
    Constant,
    Edition,
    Entry,
    Fact,
    Figure,
    Paper,
    Rated,
    Snapshot,
    Supplied,
)
from tests.oracle.sample_4x24 import Absence, Spell

__all__ = ["Career", "a_career", "scheme_of", "worker_of"]

_ONE_DAY: Final = timedelta(days=1)
_LAST_YEAR: Final = 2027
_THREE: Final = "sample-3x18"
_PLACES: Final = tuple(place for place in AREAS if place.startswith(("sample-3", "sample-4")))
_MOVES: Final = (
    ("sample-3x18", "sample-4x24"),
    ("sample-4x24-jia", "sample-4x24-yi"),
    ("sample-4x24-jia", "sample-4x24-bing"),
    ("sample-3x18", "sample-4x24-yi", "sample-4x24-bing"),
)
_PUBLISHED: Final = {
    "sample-3x18": date(2011, 12, 20),
    "sample-4x24": date(2015, 5, 20),
    "sample-4x24-jia": date(2015, 6, 10),
    "sample-4x24-yi": date(2015, 12, 1),
    "sample-4x24-bing": date(2015, 12, 15),
}
_IN_FORCE: Final = {
    "sample-3x18": date(2012, 1, 1),
    "sample-4x24": date(2015, 7, 1),
    "sample-4x24-jia": date(2015, 7, 1),
    "sample-4x24-yi": date(2016, 1, 1),
    "sample-4x24-bing": date(2016, 1, 1),
}


@dataclass(frozen=True)
class Career:
    """What lay on file of somebody at two moments, at each place, and what is asked."""

    places: tuple[str, ...]
    earlier: dict[str, Snapshot]
    later: dict[str, Snapshot]
    start: date
    end: date


# --- building -----------------------------------------------------------------------------------


def _later(random: Random, day: date) -> date | None:
    """Give a day of record: in most cases none is written, or one that soon followed."""
    kind = random.random()
    if kind < 0.6:
        return None
    return day + random.randint(0, 60 if kind < 0.8 else 900) * _ONE_DAY


def _region(random: Random, area: str) -> str:
    return area if len(area) == 6 or random.random() < 0.5 else area + random.choice(("01", "02"))


def _spells(random: Random, areas: Sequence[str]) -> list[Spell]:
    """Give a career through some places, one after the other, and what was done beside it."""
    area = areas[0]
    spells = [
        Spell(one.start, one.end, one.kind, one.region, one.title)
        for one in people.career_spells(random, area)
    ]
    if len(areas) > 1:
        spells = [
            replace(one, region=random.choice(areas)) if one.region == area else one
            for one in spells
        ]
        for one in list(spells):
            if one.kind == "community" and one.end is not None and random.random() < 0.7:
                end = one.end + random.randint(200, 2000) * _ONE_DAY
                spells.append(
                    Spell(one.end, end, "community", random.choice(areas), random.choice(_TITLES))
                )
    return spells


_TITLES: Final = ("委员", "网格员", "副书记", "副主任", "书记", "主任")


def _facts(random: Random, places: Sequence[str], start: date, end: date) -> list[Fact]:
    areas = [AREAS[place] for place in places]
    spells = _spells(random, areas)
    if _THREE in places:
        spells = [
            replace(one, title="副主任") if one.title == "站长" else one
            for one in spells
            if one.kind in three.KINDS
        ]
    facts: list[Fact] = [*spells]
    kinds = three.ABSENCES if _THREE in places else (*three.ABSENCES, "seconded")
    for _ in range(random.choice((0, 0, 1, 2))):
        first = start + random.randint(-60, (end - start).days) * _ONE_DAY
        last = first + random.choice((1, 5, 20, 60, 400)) * _ONE_DAY
        facts.append(Absence(first, last if random.random() < 0.95 else None, random.choice(kinds)))
    for name, values in _PAPERS.items():
        facts += [
            Paper(name, random.choice(values), people.a_day(random, 2009, end.year))
            for _ in range(random.choice((0, 1, 1, 2)))
        ]
    if len(places) == 1 and random.random() < 0.5:
        most = 50_000 if places[0] == _THREE else 120_000
        facts.append(Supplied(start.year, start.month, random.randint(0, most)))
    return facts


_PAPERS: Final = {
    "schooling": four.LEVELS,
    "degrees": ("bachelor", "master", "doctor"),
    "qualifications": four.QUALIFICATIONS,
    "honours": tuple(four.HONOUR_STEPS),
}


def _scale(places: Sequence[str]) -> tuple[str, ...]:
    if places == (_THREE,):
        return three.RATINGS
    if _THREE in places:
        return ("excellent", "competent", "basic", "fail")
    return four.RATINGS


def _served_years(facts: Sequence[Fact]) -> set[int]:
    return {
        year
        for fact in facts
        if isinstance(fact, Spell) and fact.kind == "community"
        for year in range(
            fact.start.year, (fact.end - _ONE_DAY if fact.end else date(_LAST_YEAR, 1, 1)).year + 1
        )
    }


def _constant(random: Random) -> Constant:
    days = sorted({people.a_day(random, 2014, 2024) for _ in range(random.choice((0, 0, 2)))})
    odd = random.random()
    return Constant(
        employment="part_time" if odd < 0.02 else "full_time",
        identity="institution" if 0.02 < odd < 0.04 else "none",
        veteran=random.random() < 0.3,
        retired=0.04 < odd < 0.06,
        zone=random.choice(("inner", "outer")),
        zone_changes=tuple((day, random.choice(("inner", "outer"))) for day in days),
    )


def _figures(random: Random, place: str) -> tuple[Figure, ...]:
    """Give the printed figures; some came out later than is printed."""

    def out(day: date, most: int) -> date:
        return day + random.randint(1, most) * _ONE_DAY if random.random() < 0.3 else day

    if place == _THREE:
        return tuple(
            Figure("city_wage", year, yuan, out(date(year + 1, 6, 20), 330))
            for year, yuan in three.WAGES.items()
        )
    return (
        *(Figure("city_wage", year, yuan, day) for year, (yuan, day) in four.WAGES.items()),
        *(
            # of 2013 no day is printed; here it is made up
            Figure("province_wage", year, yuan, out(date(year + 1, 5, 20), 600))
            for year, yuan in four.YEARLY_WAGES.items()
        ),
    )


def _corrected(random: Random, fact: Fact, scale: Sequence[str]) -> Fact | None:
    """Give another version of a fact; `None` where it was no fact at all."""
    if random.random() < 0.15 and not isinstance(fact, Rated):
        return None
    shift = random.choice((-400, -31, -1, 1, 30, 365)) * _ONE_DAY
    match fact:
        case Spell(start=start, end=end):
            moved = start + shift
            return fact if end is not None and moved >= end else replace(fact, start=moved)
        case Absence(end=None):
            return replace(fact, end=fact.start + 30 * _ONE_DAY)
        case Absence(kind=kind):
            return replace(fact, kind="sick" if kind != "sick" else "personal")
        case Paper(day=day):
            return replace(fact, day=day + shift)
        case Rated():
            return replace(fact, value=random.choice(scale))
        case Supplied(fen=fen):
            return replace(fact, fen=fen // 2)


def a_career(random: Random) -> Career:
    """Build somebody's career at one place or several, with what was known of it at two moments."""
    places: tuple[str, ...] = (
        random.choice(_MOVES) if random.random() < 0.3 else (random.choice(_PLACES),)
    )
    first_year = 2013 if _THREE in places else 2016
    last_year = 2018 if _THREE in places else 2021
    start = date(random.randint(first_year, last_year), random.randint(1, 12), 1)
    end = start + random.randint(60, 500) * _ONE_DAY
    scale = _scale(places)
    facts = _facts(random, places, start, end)
    before = start + random.randint(0, (end - start).days + 200) * _ONE_DAY
    after = before + random.randint(1, 700) * _ONE_DAY

    # what is corrected between the two moments, and what is only added then
    weights = random.choice(((1,) * len(scale), (6, 3, *(1,) * (len(scale) - 2))))
    corrected: dict[int, Fact | None] = {}
    for _ in range(random.choice((0, 0, 1, 1, 2))):
        at = random.randrange(len(facts))
        corrected[at] = _corrected(random, facts[at], scale)
    right = [corrected.get(at, fact) for at, fact in enumerate(facts)]
    for year in sorted(_served_years([*facts, *(one for one in right if one is not None)])):
        announced = date(year, 12, 20) + random.choice((0, 15, 40, 150)) * _ONE_DAY
        value = random.choices(scale, weights)[0]
        facts.append(Rated(year, value, announced))
    entries = [
        # no day of record is kept of what is supplied; that of a rating matters and comes below
        Entry(fact, None if isinstance(fact, Rated | Supplied) else _later(random, _natural(fact)))
        for fact in facts
    ]
    rated = [at for at, fact in enumerate(facts) if isinstance(fact, Rated)]
    if rated and random.random() < 0.2:
        at = random.choice(rated)
        entries[at] = replace(entries[at], recorded_on=_late_rating(random, facts[at]))
    if rated and random.random() < 0.2:
        at = random.choice(rated)
        corrected[at] = _corrected(random, facts[at], scale)

    then: list[Entry] = []
    for at, entry in enumerate(entries):
        if at not in corrected:
            then.append(entry)
            continue
        fact = corrected[at]
        if fact is not None:
            when = before + random.randint(1, (after - before).days) * _ONE_DAY
            undated = isinstance(fact, Supplied) or random.random() < 0.15
            then.append(Entry(fact, None if undated else when))
    constant = _constant(random)
    earlier, later = {}, {}
    for place in places:
        figures = _figures(random, place)
        editions = [Edition(_IN_FORCE[place], _PUBLISHED[place])]
        if random.random() < 0.4 and place in _EDITED:
            since = start + random.randint(-100, (end - start).days) * _ONE_DAY
            since = max(since, _IN_FORCE[place] + _ONE_DAY)
            out = max(since + random.randint(-200, 500) * _ONE_DAY, _PUBLISHED[place])
            editions.append(Edition(since, out, changed=True))
        earlier[place] = Snapshot(place, tuple(entries), constant, figures, tuple(editions), before)
        later[place] = replace(
            earlier[place],
            entries=tuple(then),
            figures=_replaced(random, figures, before, after),
            known_on=after if random.random() < 0.8 else None,
        )
    return Career(places, earlier, later, start, end)


def _late_rating(random: Random, fact: Fact) -> date | None:
    assert isinstance(fact, Rated)
    return fact.announced + random.randint(0, 500) * _ONE_DAY


def _natural(fact: Fact) -> date:
    """Give the day of which a fact tells."""
    match fact:
        case Spell(start=day) | Absence(start=day) | Paper(day=day) | Rated(announced=day):
            return day
        case Supplied(year=year, month=month):
            return date(year, month, 1)


def _replaced(
    random: Random, figures: tuple[Figure, ...], before: date, after: date
) -> tuple[Figure, ...]:
    """Give the figures with, at times, one that was corrected between the two moments."""
    # 4x24 uses a monthly wage from the month after its day (5.1), and a corrected one has lost its first day
    place_wages = {(year, yuan) for year, (yuan, _) in four.WAGES.items()}
    out = [
        one
        for one in figures
        if one.published <= before and (one.year, one.yuan) not in place_wages
    ]
    if not out or random.random() < 0.85:
        return figures
    wrong = random.choice(out)
    day = before + random.randint(1, (after - before).days) * _ONE_DAY
    right = replace(wrong, yuan=wrong.yuan + random.choice((-97, 210)), published=day)
    return tuple(right if one == wrong else one for one in figures)


# --- for the library ------------------------------------------------------------------------------


def worker_of(snapshot: Snapshot) -> Worker:
    """Give everything on file as a worker of the library."""
    three_only = snapshot.place == _THREE
    facts = [(one.fact, one.recorded_on) for one in snapshot.entries]

    def papers(name: str) -> tuple[Attainment, ...]:
        return tuple(
            Attainment(
                value=fact.value,
                obtained=fact.day,
                registered=fact.day,
                reported=fact.day,
                approved=fact.day,
                appointed=fact.day,
                recorded_on=day,
            )
            for fact, day in facts
            if isinstance(fact, Paper) and fact.field == name
        )

    constant = snapshot.constant
    return Worker(
        id="0001",
        spells=tuple(
            ServiceSpell(
                start=fact.start,
                end=fact.end,
                kind=fact.kind,
                region=fact.region,
                title=fact.title,
                recorded_on=day,
            )
            for fact, day in facts
            if isinstance(fact, Spell)
        ),
        absences=tuple(
            AbsenceSpell(start=fact.start, end=fact.end, kind=fact.kind, recorded_on=day)
            for fact, day in facts
            if isinstance(fact, Absence)
        ),
        schooling=papers("schooling"),
        degrees=papers("degrees"),
        qualifications=papers("qualifications"),
        honours=papers("honours"),
        ratings=tuple(
            Rating(
                period=str(fact.year), value=fact.value, announced=fact.announced, recorded_on=day
            )
            for fact, day in facts
            if isinstance(fact, Rated)
        ),
        facts=(
            StateFact(name="employment", value=constant.employment),
            StateFact(name="identity", value=constant.identity),
            StateFact(name="zone", value=constant.zone),
            *(
                StateFact(name="zone", value=value, start=day)
                for day, value in constant.zone_changes
            ),
            StateFact(name="veteran", value="yes" if constant.veteran else "no"),
            StateFact(name="retired", value="yes" if constant.retired else "no"),
        ),
        supplied=tuple(
            SuppliedAmount(
                component="on_call" if three_only else "team",
                year=fact.year,
                month=fact.month,
                fen=fact.fen,
                document="（虚构）",
            )
            for fact, _ in facts
            if isinstance(fact, Supplied)
        ),
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"{number / 100:.2f}" for number in numbers)


def _changed_3x18(text: str) -> str:
    for old, new in (
        (
            _listed(tuple(three.COEFFICIENTS.values())),
            _listed(tuple(CHANGED_COEFFICIENTS_3X18.values())),
        ),
        ("waiting_years = 3\n", "waiting_years = 2\n"),
        (
            "assistant = 100, social_worker = 200, senior = 300",
            "assistant = 150, social_worker = 250, senior = 350",
        ),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def _changed_4x24(text: str) -> str:
    old, new = four.COEFFICIENTS, CHANGED_COEFFICIENTS_4X24
    for before, after in (
        (_listed(old[:12]), _listed(new[:12])),
        (_listed(old[12:]), _listed(new[12:])),
        (
            "waiting_years = { lead = 2, principal = 2, deputy = 3, staff = 4 }",
            "waiting_years = { lead = 1, principal = 2, deputy = 2, staff = 3 }",
        ),
        (str(list(four.STEP_YUAN)), str(list(CHANGED_STEP_YUAN))),
    ):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


_EDITED: Final[dict[str, Callable[[str], str]]] = {
    "sample-3x18": _changed_3x18,
    "sample-4x24": _changed_4x24,
}


@functools.cache
def _version(place: str, *, changed: bool) -> SchemeVersion:
    if place in REFORMS:
        return _reformed(place, changed=changed)
    if not changed:
        return load_scheme(place).versions[0]
    return parse_scheme(_EDITED[place](scheme_path(place).read_text(encoding="utf-8")))


def _reformed(place: str, *, changed: bool) -> SchemeVersion:
    """Give a measure of the reformed place, by the variant's own id."""
    rule, staff_moves = REFORMS[place]
    version = attrs.evolve(load_scheme("sample-reform").versions[changed], id=place)
    if version.transition is None:
        return version
    later = Stage(posts=("staff",), effective_on=staff_moves)
    staged = (later,) if staff_moves > version.from_day else ()
    transition = attrs.evolve(version.transition, protection=Protection(rule), staged=staged)
    return attrs.evolve(version, transition=transition)


def scheme_of(snapshot: Snapshot) -> Scheme:
    """Give the place's editions and figures as a scheme of the library."""
    versions = []
    for edition in snapshot.editions:
        version = _version(snapshot.place, changed=edition.changed)
        series = tuple(
            attrs.evolve(
                one,
                series=attrs.evolve(
                    one.series,
                    figures=tuple(
                        LibraryFigure(
                            year=figure.year,
                            fen=figure.yuan * 100,
                            published_on=figure.published,
                            citation=Citation(source="text"),
                        )
                        for figure in snapshot.figures
                        if figure.series == one.name
                    ),
                ),
            )
            for one in version.series
        )
        unknown = version.effective_on is None and not edition.changed
        versions.append(
            attrs.evolve(
                version,
                series=series,
                published_on=edition.published,
                effective_on=None if unknown else edition.in_force,
                attested_from=edition.in_force,
            )
        )
    return Scheme(tuple(versions))
