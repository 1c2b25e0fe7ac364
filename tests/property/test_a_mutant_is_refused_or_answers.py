"""Whatever is changed in a scheme file: it is refused with its faults, or it loads and answers without a crash."""

import os
import random
import re
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Final

import pytest

from cwgrade import (
    Attainment,
    NotInForce,
    Rating,
    Scheme,
    SchemeFileError,
    ServiceSpell,
    StateFact,
    Worker,
    grade_on,
    parse_scheme,
    pay_for_month,
)
from cwgrade.scheme import SchemeVersion
from tests.tools.bad_schemes import BASE

MUTANTS: Final = 3000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 240
BATCHES: Final = 8
SCHEMES: Final = [BASE] + [
    path.read_text(encoding="utf-8")
    for path in sorted(
        (resources.files("cwgrade.catalogue") / "schemes").iterdir(), key=lambda path: path.name
    )
    if path.name.endswith(".toml") and not path.name.endswith(".facts.toml")
]
TOKEN: Final = re.compile(r'"[^"\n]*"|[\w.-]+|[\[\]{}=,]')
ODD: Final = (
    *('""', '"x"', "0", "-1", "1.5", "1e9", "999999", "true", "[]", "{}", "[[1]]", "2020-01-01"),
    *('{ missing = "why" }', '{ quantity = "post" }', '"1/3"', "nan", "“x”", "1979-05-27T07:32:00"),
    *("{ readings = [{ yuan = 1 }, { yuan = 2 }] }", '"unknown"', "07:32:00", "'''", "\x00", "\t"),
)


def mutants(seed: int, count: int) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 -- no secret
    for _ in range(count):
        text = chance.choice(SCHEMES)
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            text = mutant(text, chance)
        yield text


def mutant(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    match chance.randrange(8):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines.insert(at, chance.choice(lines))
        case 4:
            return text[: (cut := chance.randrange(len(text)))] + text[cut + 1 :]
        case _:
            tokens = list(TOKEN.finditer(text))
            old = chance.choice(tokens)
            new = chance.choice(ODD) if chance.random() < 0.4 else chance.choice(tokens)[0]
            return text[: old.start()] + new + text[old.end() :]
    return "\n".join(lines)


def worker_for(version: SchemeVersion) -> Worker:
    return Worker(
        id="1",
        spells=(
            ServiceSpell(start=date(2008, 5, 1), end=date(2013, 3, 1), post=version.posts[-1].id),
            ServiceSpell(start=date(2013, 3, 1), post=version.posts[0].id),
        ),
        schooling=(Attainment(value="bachelor", obtained=date(2008, 7, 1)),),
        degrees=(),
        qualifications=(Attainment(value="assistant", registered=date(2011, 2, 3)),),
        honours=(),
        ratings=tuple(Rating(period=str(year), value="competent") for year in range(2008, 2027)),
        facts=tuple(
            StateFact(name=name, value=value)
            for name, value in (
                ("employment", "full_time"),
                ("identity", "none"),
                ("route", "recruited"),
                ("retired", "no"),
                *((fact.name, fact.values[0]) for fact in version.facts),
            )
        ),
    )


@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_mutant_is_refused_or_answers(seed: int) -> None:
    loaded, told = 0, set[str]()
    for text in mutants(seed, MUTANTS // BATCHES):
        try:
            version = parse_scheme(text)
        except SchemeFileError as error:
            told.update((error.text("en"), error.text("zh")))
            continue
        loaded += 1
        answers(version)
    assert loaded
    assert all(told)


def answers(version: SchemeVersion) -> None:
    scheme, worker = Scheme((version,)), worker_for(version)
    on = min(max(version.attested_from, version.from_day), version.attested_until)
    try:
        assert grade_on(worker, scheme, on=on).outcome is not None
        assert pay_for_month(worker, scheme, year=on.year, month=on.month).outcome is not None
    except NotInForce:
        # a month is asked from its first day
        assert version.from_day > on.replace(day=1)
