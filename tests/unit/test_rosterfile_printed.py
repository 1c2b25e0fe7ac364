"""A roster that writes the printed names of what a scheme declares."""

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from cwgrade import Scheme, load_scheme
from cwgrade.law.posts import DeclaredFact
from cwgrade.rosterfile import Roster, read_roster
from cwgrade.sources import Label
from cwgrade.worker import StateFact

Read = Callable[..., Roster]

_FACTS = (
    DeclaredFact(
        name="zone",
        label=Label(zh="工作地区", en="area"),
        values=("plain", "hills"),
        labels=(
            ("plain", Label(zh="平原", en="plain land")),
            ("hills", Label(zh="浅山", en="low hills")),
        ),
        source="main",
    ),
    DeclaredFact(
        name="veteran",
        label=Label(zh="退役军人", en="veteran"),
        values=("no", "yes"),
        source="main",
    ),
)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    found = load_scheme("sample-3x18")
    versions = tuple(attrs.evolve(one, facts=(*one.facts, *_FACTS)) for one in found.versions)
    return attrs.evolve(found, versions=versions)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reads(text: str, scheme: Scheme | None = None) -> Roster:
        path = tmp_path / "roster.csv"
        path.write_text(text, encoding="utf-8")
        return read_roster(path, scheme=scheme, pay_month=(2018, 3))

    return reads


_PRINTED = (
    "工号,职务,入职日期,工作地区,事实:退役军人,补贴：值班补贴\n1,委员,2015-03-01,浅山,是,120\n"
)
_IDS = (
    "工号,职务,入职日期,fact:zone,fact:veteran,supplied:on_call\n1,委员,2015-03-01,hills,yes,120\n"
)


def test_printed_names_are_read_as_the_ids_are(read: Read, scheme: Scheme) -> None:
    printed, ids = read(_PRINTED, scheme), read(_IDS, scheme)
    assert printed.workers == ids.workers
    assert printed.unrecognised == ()
    worker = ids.workers[0]
    assert worker is not None
    assert StateFact(name="zone", value="hills") in worker.facts
    assert StateFact(name="veteran", value="yes") in worker.facts
    assert [(one.component, one.fen) for one in worker.supplied] == [("on_call", 120_00)]


def test_without_the_scheme_a_printed_name_is_no_column(read: Read) -> None:
    assert read(_PRINTED).unrecognised == ("工作地区",)


def test_an_amount_without_its_prefix_is_no_amount_and_the_header_is_suggested(
    read: Read, scheme: Scheme
) -> None:
    roster = read(_PRINTED.replace("补贴：值班补贴", "值班补贴"), scheme)
    assert roster.unrecognised == ("值班补贴",)
    assert "补贴:值班补贴" in [dict(one.facts).get("near") for one in roster.notices]


def test_a_printed_name_that_is_the_id_of_another_fact_means_that_one(
    read: Read, scheme: Scheme
) -> None:
    two = _with(scheme, attrs.evolve(_FACTS[1], name="area", label=Label(zh="区域", en="region")))
    worker = read(_IDS.replace("fact:veteran", "fact:area"), two).workers[0]
    assert worker is not None
    assert StateFact(name="area", value="yes") in worker.facts


def test_a_printed_name_of_two_facts_is_neither(read: Read, scheme: Scheme) -> None:
    two = _with(scheme, attrs.evolve(_FACTS[1], name="other", label=_FACTS[0].label))
    assert read(_PRINTED, two).unrecognised == ("工作地区",)


def _with(scheme: Scheme, fact: DeclaredFact) -> Scheme:
    version = scheme.versions[-1]
    return attrs.evolve(scheme, versions=(attrs.evolve(version, facts=(*version.facts, fact)),))
