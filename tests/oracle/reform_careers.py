"""Invented careers through a reform, and between the reformed place and its neighbour.

The variants of the reform (what is kept, and when staff move) and the days of publication are made up here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from tests.oracle.careers import Career
from tests.oracle.over_time import REFORMS, Constant, Edition, Entry, Fact, Snapshot
from tests.oracle.sample_4x24 import Spell
from tests.oracle.sample_neighbour import FAR, FIRST, NEIGHBOUR, REFORM
from tests.oracle.sample_reform import MOVE

__all__ = ["a_reform_career"]

_ONE_DAY: Final = timedelta(days=1)
_NEIGHBOUR: Final = "sample-neighbour"
_TITLES: Final = ("书记", "主任", "委员", "委员")
_REGIONS: Final = {
    "alone": (REFORM, REFORM, REFORM, REFORM, FAR, NEIGHBOUR),
    _NEIGHBOUR: (NEIGHBOUR, NEIGHBOUR, NEIGHBOUR, FAR, REFORM),
    "both": (REFORM, REFORM, NEIGHBOUR, NEIGHBOUR, FAR),
}


def _a_day(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange((last - first).days))


def _spells(random: Random, regions: tuple[str, ...]) -> list[Fact]:
    """Give stays one after another, some with a while between; and at times work that does not count."""
    days = sorted(
        {_a_day(random, date(2009, 1, 1), date(2020, 6, 1)) for _ in range(random.randint(1, 3))}
        | {_a_day(random, date(2018, 1, 1), date(2024, 1, 1)) for _ in range(random.randint(0, 3))}
    )
    facts: list[Fact] = []
    for start, following in zip(days, [*days[1:], None], strict=True):
        end = following
        if following is not None and random.random() < 0.2:
            end = start + timedelta(days=max(1, (following - start).days * 2 // 3))
        if following is None and random.random() < 0.2:
            end = start + timedelta(days=random.randint(30, 2000))
        region = random.choice(regions)
        facts.append(Spell(start, end, "community", region, random.choice(_TITLES)))
    if random.random() < 0.3:
        start = _a_day(random, date(2009, 1, 1), date(2020, 1, 1))
        facts.append(Spell(start, start + 900 * _ONE_DAY, "grid", random.choice(regions), "网格员"))
    return facts


def _corrected(random: Random, fact: Fact, regions: tuple[str, ...]) -> Fact | None:
    """Give another version of a spell that overlaps no other; `None` where there was none."""
    assert isinstance(fact, Spell)
    kind = random.randrange(4)
    if kind == 0:
        later = fact.start + random.choice((1, 20, 31, 365)) * _ONE_DAY
        return replace(fact, start=later) if fact.end is None or later < fact.end else fact
    if kind == 1:
        return replace(fact, title=random.choice(_TITLES))
    if kind == 2:
        return replace(fact, region=random.choice(regions))
    return None


def a_reform_career(random: Random) -> Career:
    """Build somebody's career in the reformed place, its neighbour or both, as it was known at two moments."""
    variant = random.choice(tuple(REFORMS))
    places = random.choice(((variant,), (variant,), (_NEIGHBOUR,), (variant, _NEIGHBOUR)))
    regions = _REGIONS[
        "both" if len(places) > 1 else _NEIGHBOUR if _NEIGHBOUR in places else "alone"
    ]
    start = _a_day(random, date(2018, 1, 1), date(2023, 6, 1)).replace(day=1)
    end = start + random.randint(60, 900) * _ONE_DAY
    before = start + random.randint(0, (end - start).days + 200) * _ONE_DAY
    after = before + random.randint(1, 700) * _ONE_DAY
    facts = _spells(random, regions)
    entries = []
    for fact in facts:
        assert isinstance(fact, Spell)
        on_record = fact.start + random.randint(0, 400) * _ONE_DAY
        entries.append(Entry(fact, on_record if random.random() < 0.3 else None))
    then = list(entries)
    if random.random() < 0.6:
        at = random.randrange(len(facts))
        corrected = _corrected(random, facts[at], regions)
        when = before + random.randint(1, (after - before).days) * _ONE_DAY
        day = when if random.random() < 0.85 else None
        then[at : at + 1] = [] if corrected is None else [Entry(corrected, day)]
    out = date(2020, 12, 1) + random.choice((0, 0, 20, 90, 400)) * _ONE_DAY
    editions = {
        place: (Edition(FIRST, date(2015, 12, 1)), Edition(MOVE, out, changed=True))
        if place in REFORMS
        else (Edition(FIRST, date(2015, 12, 1)),)
        for place in places
    }
    earlier = {
        place: Snapshot(place, tuple(entries), Constant(), (), editions[place], before)
        for place in places
    }
    later = {
        place: replace(one, entries=tuple(then), known_on=after if random.random() < 0.8 else None)
        for place, one in earlier.items()
    }
    return Career(places, earlier, later, start, end)
