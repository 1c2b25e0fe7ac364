"""Every table of a scheme, looked up, gives what the reasoner gives for the same facts."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from cwgrade.arrays.fusion import fuse
from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.facts import Facts
from cwgrade.reasoner import Instant
from cwgrade.scheme import SchemeVersion
from cwgrade.tables import OPEN, Asked, Closed, TooManyCells, tabulate
from tests.arrays.rosters import people_of

IDS = scheme_ids()


def days_of(version: SchemeVersion) -> tuple[date, ...]:
    first = max(version.from_day, date(2000, 1, 1))
    return tuple(dict.fromkeys((first, min(version.attested_until, date(2024, 12, 31)))))


@pytest.mark.parametrize("name", IDS)
def test_looking_up_gives_what_the_reasoner_gives(name: str) -> None:
    for version in load_scheme(name).versions:
        for on in days_of(version):
            try:
                tables = tabulate(version, on=on)
            except TooManyCells:
                continue
            people = people_of(version, year=on.year, size=25, seed=on.toordinal())
            for row in range(people.size):
                # an earlier post may have left its mark on the grade, which no table can tell
                if len({spell.title for spell in people.worker(row).spells}) > 1:
                    continue
                instant = Instant(Facts(people.worker(row), version, None, Closed()), on)
                if not instant.facts.serving(on):
                    continue
                try:
                    facts = {leaf.name: instant.step(leaf.name).result for leaf in tables.leaves}
                except Asked:
                    continue
                if any(facts[leaf.name] not in leaf.values for leaf in tables.leaves):
                    continue
                for target, value in tables.look_up(facts).items():
                    if value is OPEN or target.startswith("fen:") or "#" in target:
                        continue
                    assert instant.step(target).result == value, (name, on, target)


@pytest.mark.parametrize(
    "name", ["sample-3x18", "sample-4x24", "sample-4x24-jia", "sample-4x24-bing"]
)
def test_fused_tables_give_what_the_tables_give(name: str) -> None:
    version = load_scheme(name).versions[-1]
    tables = tabulate(version, on=date(2018, 3, 1))
    plan = fuse(tables, tables.targets, keep=())
    draw = np.random.default_rng(1)
    size = 2000
    leaves = {leaf.name: draw.integers(0, len(leaf.values), size) for leaf in tables.leaves}
    found = plan.run(leaves, size)
    for row in range(size):
        facts = {leaf.name: leaf.values[leaves[leaf.name][row]] for leaf in tables.leaves}
        looked = tables.look_up(facts)
        for target in tables.targets:
            assert plan.values[target][found[target][row]] == looked[target], (target, facts)
