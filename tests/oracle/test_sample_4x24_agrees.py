"""The library and the second sample's oracle give the same answers for thousands of invented people.

The oracle was written from the sample's text by somebody who had not seen the library. Where the two differ, the text
decides which of them is wrong.
"""

from __future__ import annotations

import os
from datetime import date
from random import Random
from typing import Final

import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.grading import grade_on
from cwgrade.outcomes import Decided, NotEligible
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme
from tests.oracle.people_4x24 import a_month, a_person, worker_of
from tests.oracle.sample_4x24 import SCHEMES, City, Open, Person, Spell

SEED: Final = 20150701
WORKERS: Final = int(os.environ.get("CWGRADE_ORACLE_4X24_WORKERS", "60"))
"""How many people each share of each scheme is asked about."""
_SHARES: Final = 4
_OPEN: Final = "open"
_NOT_PAID: Final = "not paid"

Answer = dict[str, object]


def of_library(person: Person, scheme: Scheme, month: tuple[int, int]) -> Answer:
    """Give the library's answer in plain words and numbers."""
    slip = pay_for_month(worker_of(person), scheme, year=month[0], month=month[1])
    if isinstance(slip.outcome, NotEligible):
        return {"total": _NOT_PAID}
    found: Answer = {
        "total": slip.outcome.value if isinstance(slip.outcome, Decided) else _OPEN,
    }
    for line in slip.lines:
        found[line.component] = _OPEN if line.accrued_fen is None else line.accrued_fen
        if line.component in SCHEMES[scheme.id].occasions:
            found[line.component] = _OPEN if line.payable_fen is None else line.payable_fen
    return found


def of_oracle(rules: City, month: tuple[int, int]) -> Answer:
    """Give the oracle's answer in the same words."""
    slip = rules.month(*month)
    if slip.why is not None:
        return {"total": _NOT_PAID}
    found: Answer = {"total": _OPEN if isinstance(slip.total, Open) else slip.total}
    for name, amount in slip.accrued.items():
        found[name] = _OPEN if isinstance(amount, Open) else amount
    return found


def placed_by_library(person: Person, scheme: Scheme, on: date) -> object:
    """Give the library's post, grade and step."""
    outcome = grade_on(worker_of(person), scheme, on=on).outcome
    if isinstance(outcome, NotEligible):
        return _NOT_PAID
    if not isinstance(outcome, Decided):
        return _OPEN
    return outcome.value.post, outcome.value.grade, outcome.value.step


def placed_by_oracle(rules: City, on: date) -> object:
    """Give the oracle's post, grade and step."""
    if not rules.served(on):
        return _NOT_PAID
    grade, step = rules.grade_on(on), rules.step_on(on)
    if isinstance(grade, Open) or isinstance(step, Open):
        return _OPEN
    return rules.post_on(on), grade, step


def differences(person: Person, name: str, scheme: Scheme, month: tuple[int, int]) -> list[str]:
    """Say where the two differ on a month and on one of its days."""
    found = []
    on = date(*month, 1 + (month[0] * 7 + month[1] * 5) % 28)
    rules = SCHEMES[name](person)
    ours, theirs = placed_by_library(person, scheme, on), placed_by_oracle(rules, on)
    if ours != theirs:
        found.append(f"placed on {on}: library {ours}, oracle {theirs}")
    pay, expected = of_library(person, scheme, month), of_oracle(rules, month)
    found += [
        f"{key}: library {pay.get(key)}, oracle {expected[key]}"
        for key in expected
        if pay.get(key) != expected[key]
    ]
    return found


def compare(name: str, seed: int, workers: int) -> None:
    """Compare for a number of people."""
    scheme = load_scheme(name)
    random = Random(seed)  # noqa: S311 -- people are invented, nothing is secret
    for _ in range(workers):
        month = a_month(random)
        person = a_person(random, SCHEMES[name].area, month)
        if date(*month, 1) < SCHEMES[name].in_force:
            continue
        assert not differences(person, name, scheme, month), (month, person)


@pytest.mark.parametrize("share", range(_SHARES))
@pytest.mark.parametrize("name", SCHEMES)
def test_random_people_agree(name: str, share: int) -> None:
    compare(name, SEED + share, WORKERS)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(_SHARES))
@pytest.mark.parametrize("name", SCHEMES)
def test_many_random_people_agree(name: str, share: int) -> None:
    compare(name, SEED + 100 + share, 10 * WORKERS)


def test_months_carried_over_give_no_rise_on_the_first_day_of_the_new_post() -> None:
    # 8.5: on the first day it is the old post's grade, 5 + 4 = 9; 24 months are carried over and 18 are needed,
    # so the rise comes on the next 1 January (3.2)
    change = date(2016, 5, 10)
    person = Person(
        spells=[
            Spell(date(2008, 1, 1), change, "community", "990201", "副主任"),
            Spell(change, None, "community", "990201", "主任"),
        ],
        ratings={year: ("good", date(year + 1, 1, 5)) for year in range(2008, 2027)},
    )
    placed = placed_by_library(person, load_scheme("sample-4x24-jia"), change)
    assert (
        placed
        == placed_by_oracle(SCHEMES["sample-4x24-jia"](person), change)
        == ("principal", 9, 5)
    )


@pytest.mark.parametrize(("number", "grade"), [(1, 2), (2, 1), (3, 1)])
def test_the_count_that_matters_is_the_one_on_the_last_day_of_the_year(
    number: int, grade: int
) -> None:
    # 3.2: at the start of 31 December 2015 it is 47 months and 30, 29 or 28 days; 30 days are a month
    person = Person(
        spells=[Spell(date(2012, 1, number), None, "community", "9902", "委员")],
        ratings={year: ("good", date(year, 12, 30)) for year in range(2012, 2027)},
    )
    on = date(2016, 5, 1)
    expected = placed_by_oracle(SCHEMES["sample-4x24"](person), on)
    assert expected == ("staff", grade, 3)
    assert placed_by_library(person, load_scheme("sample-4x24"), on) == expected
