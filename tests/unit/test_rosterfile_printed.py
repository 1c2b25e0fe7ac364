"""A roster that writes the printed names of what a scheme declares."""

from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from cwgrade import Scheme, Schemes, load_scheme
from cwgrade.casefile import read_case
from cwgrade.cli import main
from cwgrade.law.posts import DeclaredFact
from cwgrade.rosterfile import Roster, read_roster
from cwgrade.schemefile import parse_scheme
from cwgrade.sources import Label
from cwgrade.worker import StateFact
from tests.tools.bad_schemes import FOLDER

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
    def reads(text: str, scheme: Scheme | Schemes | None = None) -> Roster:
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


def test_several_schemes_share_what_means_one_thing(read: Read, scheme: Scheme) -> None:
    elsewhere = attrs.evolve(_FACTS[0], name="area")
    other = load_scheme("sample-4x24")
    versions = tuple(attrs.evolve(one, facts=(*one.facts, elsewhere)) for one in other.versions)
    both = Schemes.of([scheme, attrs.evolve(other, versions=versions)])
    roster = read(_PRINTED, both)
    # the label of two facts is neither; what one of the schemes declares is read
    assert roster.unrecognised == ("工作地区",)
    worker = roster.workers[0]
    assert worker is not None
    assert StateFact(name="veteran", value="yes") in worker.facts
    assert [one.component for one in worker.supplied] == ["on_call"]


_SCHEME = (FOLDER / "base.toml").read_text(encoding="utf-8")
_CASE = (FOLDER / "case.toml").read_text(encoding="utf-8")


def test_a_case_file_takes_printed_names(tmp_path: Path) -> None:
    names = ["退役军人", "是", "值班补贴", "基本工资", "系数"]
    base, cases = Scheme((parse_scheme(_SCHEME),)), []
    for fact, value, component, line, quantity in (
        ["veteran", "yes", "on_call", "basic", "coefficient"],
        names,
    ):
        text = _CASE.replace("basic = ", f'"{line}" = ').replace(
            "[worker]", f'[expect.quantities]\n"{quantity}" = 1.25\n\n[worker]'
        )
        text += f'\n[[worker.facts]]\nname = "{fact}"\nvalue = "{value}"\n'
        text += f'\n[[worker.supplied]]\ncomponent = "{component}"\nyear = 2018\nmonth = 3\nyuan = 120\n'
        (tmp_path / "case.toml").write_text(text, encoding="utf-8")
        cases.append(read_case(tmp_path / "case.toml", base))
    assert cases[0] == cases[1]
    assert [(one.name, one.value) for one in cases[0].worker.facts] == [("veteran", "yes")]


def test_check_of_a_roster_takes_the_printed_names_of_its_scheme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.toml").write_text(_SCHEME, encoding="utf-8")
    roster = tmp_path / "roster.csv"
    roster.write_text("工号,职务,入职日期,退役军人\n1,委员,2021-03-01,是\n", "utf-8")
    assert main(["check", str(roster), "--lang", "zh", "--scheme", str(tmp_path / "s.toml")]) == 0
    assert "退役军人" not in capsys.readouterr().out
    assert main(["check", str(roster), "--lang", "zh"]) == 0
    assert "退役军人" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "s.toml"), "--scheme", str(tmp_path / "s.toml")]) == 2
    assert "--scheme is for rosters" in capsys.readouterr().err
