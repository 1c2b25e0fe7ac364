"""Invented rosters as arrays: people of all kinds, drawn from a seed."""

from __future__ import annotations

import numpy as np

from cwgrade.arrays.people import NOT_KNOWN, Attained, People, Spells, State
from cwgrade.arrays.service import GOES_ON
from cwgrade.scheme import SchemeVersion
from cwgrade.worker import EVENTS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

_MOST_SPELLS = 4
_BEGIN = np.datetime64("1996-01-01")
_DAY = np.timedelta64(1, "D")


def people_of(version: SchemeVersion, *, year: int, size: int, seed: int) -> People:
    """Draw a roster for a version of a scheme.

    Args:
        version: The version: its posts, ratings, exclusions and declared facts are drawn from.
        year: The year that is asked about; ratings reach to the year before.
        size: How many workers.
        seed: The seed.
    """
    draw = np.random.default_rng(seed)
    return People(
        ids=np.array([f"w{row}" for row in range(size)]),
        spells=_spells(draw, version, size, year),
        attained={
            fact: _attained(draw, fact, size) for fact in ("schooling", "degree", "qualification")
        }
        | {"honour": _attained(draw, "honour", size, often_none=True)},
        states=_states(draw, version, size),
        ratings=_ratings(draw, version, size, year),
    )


def _spells(draw: np.random.Generator, version: SchemeVersion, size: int, year: int) -> Spells:
    posts = tuple(post.id for post in version.posts)
    columns: dict[str, list[object]] = {
        name: [] for name in ("worker", "start", "end", "post", "region", "kind")
    }
    here = version.place if version.place != "unknown" else "43"
    regions = (None, here, "990909")
    days = (np.datetime64(f"{year}-12-31") - _BEGIN).astype(int)
    for worker in range(size):
        start = _BEGIN + draw.integers(0, days) * _DAY
        post = draw.integers(len(posts))
        for _ in range(draw.choice([1, 1, 1, 2, 3])):
            if draw.random() < 0.3:
                start = start.astype("datetime64[M]").astype("datetime64[D]")
            end = start + draw.integers(20, 3000) * _DAY
            columns["worker"].append(worker)
            columns["start"].append(start)
            columns["end"].append(end)
            columns["post"].append(post)
            columns["region"].append(draw.choice([0, 0, 1, 1, 2], p=[0.4, 0.3, 0.2, 0.05, 0.05]))
            columns["kind"].append(int(draw.random() < 0.05))
            start = end + (0 if draw.random() < 0.5 else draw.integers(-60, 400)) * _DAY
            if draw.random() < 0.4:
                post = draw.integers(len(posts))
        if draw.random() < 0.8:
            columns["end"][-1] = GOES_ON
    whole = {
        name: np.array(columns[name], np.int64) for name in ("worker", "post", "region", "kind")
    }
    return Spells(
        worker=whole["worker"],
        start=np.array(columns["start"], "datetime64[D]"),
        end=np.array(columns["end"], "datetime64[D]"),
        post=whole["post"],
        region=whole["region"],
        kind=whole["kind"],
        posts=posts,
        regions=regions,
        kinds=("community", next(kind for kind in SERVICE_KINDS if kind != "community")),
    )


def _attained(
    draw: np.random.Generator, fact: str, size: int, *, often_none: bool = False
) -> Attained:
    value = draw.integers(0, len(NATIONAL_FACTS[fact]), size)
    if often_none:
        value[draw.random(size) < 0.8] = 0
    value[draw.random(size) < 0.02] = NOT_KNOWN
    days = {event: _BEGIN + draw.integers(0, 12_000, size) * _DAY for event in EVENTS}
    undated = draw.random(size) < 0.2
    for column in days.values():
        column[undated] = np.datetime64("NaT", "D")
    return Attained(value=value, days=days)


def _states(draw: np.random.Generator, version: SchemeVersion, size: int) -> dict[str, State]:
    excluded = {one.fact: one.values for one in version.excluded}
    names = {name: NATIONAL_FACTS[name] for name in ("employment", "identity", "route", "retired")}
    names |= {
        one.name: tuple(one.values) for one in version.facts if one.name not in NATIONAL_FACTS
    }
    states = {}
    for name, values in names.items():
        inside = [
            place for place, value in enumerate(values) if value not in excluded.get(name, ())
        ]
        value = draw.choice(inside, size)
        odd = draw.random(size) < 0.02
        value[odd] = draw.integers(NOT_KNOWN, len(values), odd.sum())
        states[name] = State(value=value, values=values)
    return states


def _ratings(
    draw: np.random.Generator, version: SchemeVersion, size: int, year: int
) -> dict[int, np.ndarray]:
    if version.assessment is None:
        return {}
    scale = [RATINGS.index(one.rating) for one in version.assessment.ratings]
    usual = scale[min(1, len(scale) - 1)]
    ratings = {}
    for one in range(_BEGIN.astype("datetime64[Y]").astype(int) + 1970, year + 1):
        column = np.where(draw.random(size) < 0.75, usual, draw.choice(scale, size))
        column[draw.random(size) < 0.003] = NOT_KNOWN
        ratings[one] = column
    return ratings
