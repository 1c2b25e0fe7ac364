"""Store answers of this version, to be found again by every later one: `python -m tests.tools.store_results NAME`.

A set that was written is never written again: a later version that gives another answer has to say so under Changed
results, and leaves the old set with its difference named in `tests/stored/changed.toml`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import attrs

from cwgrade import (
    AbsenceSpell,
    Attainment,
    Paid,
    PartialDate,
    Rating,
    ServiceSpell,
    StateFact,
    Worker,
    load_scheme,
)
from cwgrade.casefile import read_case
from cwgrade.catalogue import roster_path, scheme_path
from cwgrade.cli.freeze import rules_name
from cwgrade.errors import CwgradeError
from cwgrade.exchange import BackPayRequest, DayRequest, MonthRequest, ask, freeze, store, thaw
from cwgrade.exchange.stored import Request
from cwgrade.rosterfile import read_roster

STORED = Path(__file__).parents[1] / "stored"
SAMPLES = ("sample-3x18", "sample-4x24")
SCHEMES = (
    *SAMPLES,
    "changsha-furong-2018",
    "harbin-2016",
    "ningxia-2025",
    "wuhan-2020",
    "xiamen-2021",
)
EVERY = 75
MOST_OF_CASES = 1
LONGEST = 20_000

Asked = tuple[Request, Worker]


def of_cases(scheme_id: str) -> Iterator[Asked]:
    """Ask what the cases beside a scheme ask; what rests on assumptions is another scheme."""
    scheme = load_scheme(scheme_id)
    for path in sorted(scheme_path(scheme_id).with_suffix(".cases").glob("*.toml"))[:MOST_OF_CASES]:
        case = read_case(path, scheme=scheme)
        if case.assume:
            continue
        known = {"scheme": scheme_id, "known_on": case.ask.known_on, "beyond": case.ask.beyond}
        if case.ask.on is not None:
            yield DayRequest(on=case.ask.on, **known), case.worker  # type: ignore[arg-type]
        if case.ask.year is not None and case.ask.month is not None:
            year, month = case.ask.year, case.ask.month
            yield MonthRequest(year=year, month=month, **known), case.worker  # type: ignore[arg-type]


def of_roster(scheme_id: str) -> Iterator[Asked]:
    """Ask for the pay, the grade and the entitlement of workers of the invented roster."""
    for row in read_roster(roster_path("sample"), pay_month=(2018, 3)).rows[::EVERY]:
        if row.worker is not None:
            yield MonthRequest(scheme=scheme_id, year=2018, month=3), row.worker
            yield DayRequest(scheme=scheme_id, on=date(2018, 6, 1)), row.worker
            yield DayRequest(what="pay", scheme=scheme_id, on=date(2018, 6, 1)), row.worker


def of_back_pay() -> Iterator[Asked]:
    """Ask for back pay: a title reported late, a figure that came out, a day on which nothing applies."""
    months = ((2018, 1), (2018, 2), (2018, 3))
    first = ServiceSpell(start=date(2015, 3, 1), title="委员")
    right = attrs.evolve(first, title="副主任", recorded_on=date(2018, 4, 10))
    worker = Worker(id="back-pay", spells=(first,))
    for scheme_id in ("changsha-furong-2018",):
        yield (
            BackPayRequest(scheme=scheme_id, months=(*months, (2040, 1)), before=worker),
            attrs.evolve(worker, spells=(right,)),
        )
    yield (
        BackPayRequest(
            scheme="changsha-furong-2018",
            months=months,
            known_before=date(2018, 3, 31),
            known_after=date(2018, 12, 31),
        ),
        worker,
    )


FULL_TIME = (
    StateFact(name="employment", value="full_time"),
    StateFact(name="identity", value="none"),
)
CAREER = Worker(
    id="career",
    spells=(
        # four years elsewhere in the province, a month between, another post later on
        ServiceSpell(start=date(2008, 3, 17), end=date(2012, 2, 1), title="委员", region="9902"),
        ServiceSpell(start=date(2012, 3, 5), end=date(2016, 9, 1), title="委员"),
        ServiceSpell(start=date(2016, 9, 1), title="副主任"),
    ),
    absences=(AbsenceSpell(start=date(2015, 2, 3), end=date(2015, 6, 1), kind="sick"),),
    schooling=(Attainment(value="college", obtained=date(2007, 6, 30)),),
    degrees=(),
    qualifications=(
        Attainment(
            value="social_worker",
            obtained=date(2016, 2, 20),
            registered=date(2016, 3, 10),
            recorded_on=date(2016, 11, 10),
        ),
    ),
    honours=(),
    ratings=tuple(
        Rating(period=str(year), value=value)
        for year, value in (
            *((year, "competent") for year in range(2008, 2013)),
            (2013, "fail"),
            (2014, "excellent"),
            (2015, "excellent"),
            (2016, "competent"),
        )
    ),
    facts=FULL_TIME,
)


def over_time() -> Iterator[Asked]:
    """Ask for careers of people who moved, for facts that nobody knows, back pay, and a move to a new version."""
    sample = {"scheme": "sample-3x18"}
    for year in range(2012, 2019):
        yield DayRequest(on=date(year, 1, 1), **sample), CAREER  # type: ignore[arg-type]
    for year, month in ((2012, 3), (2015, 6), (2016, 9), (2017, 12), (2018, 7)):
        yield MonthRequest(year=year, month=month, **sample), CAREER  # type: ignore[arg-type]
    vague = attrs.evolve(
        CAREER, id="vague", spells=(ServiceSpell(start=PartialDate(2012, 3), title="委员"),)
    )
    yield MonthRequest(year=2016, month=3, **sample), vague  # type: ignore[arg-type]
    unknown = attrs.evolve(
        CAREER, id="unknown", spells=CAREER.spells[1:], ratings=CAREER.ratings[:6]
    )
    yield DayRequest(on=date(2016, 1, 1), **sample), unknown  # type: ignore[arg-type]
    yield MonthRequest(year=2016, month=3, **sample), unknown  # type: ignore[arg-type]
    months = tuple((2016, month) for month in range(1, 13))
    yield (
        BackPayRequest(
            months=months,
            known_before=date(2016, 11, 9),
            known_after=date(2016, 11, 10),
            **sample,  # type: ignore[arg-type]
        ),
        CAREER,
    )
    yield (
        BackPayRequest(
            months=tuple((2018, month) for month in range(5, 9)),
            known_before=date(2018, 5, 1),
            known_after=date(2018, 12, 31),
            paid=(Paid(year=2018, month=7, fen=2000_00),),
            **sample,  # type: ignore[arg-type]
        ),
        CAREER,
    )
    member = Worker(id="member", spells=(ServiceSpell(start=date(2010, 1, 1), title="委员"),))
    yield MonthRequest(scheme="xinbin-2014", year=2013, month=7), member
    yield (
        BackPayRequest(
            scheme="xinbin-2014",
            months=((2013, 6), (2013, 7)),
            known_before=date(2013, 12, 31),
            known_after=date(2014, 12, 31),
        ),
        member,
    )
    for start in (date(2016, 1, 1), date(2018, 1, 1), date(2019, 7, 1), date(2021, 3, 1)):
        moved = Worker(
            id=f"moved {start}",
            spells=(ServiceSpell(start=start, title="委员"),),
            schooling=(),
            degrees=(),
            qualifications=(),
            honours=(),
            facts=FULL_TIME,
        )
        for on in (date(2020, 12, 31), date(2021, 1, 1), date(2022, 7, 1), date(2024, 1, 1)):
            yield DayRequest(scheme="sample-reform", on=on), moved


def chosen() -> Iterator[Asked]:
    """Give every question of the first set once."""
    for scheme_id in SCHEMES:
        yield from of_cases(scheme_id)
    for scheme_id in SAMPLES:
        yield from of_roster(scheme_id)
    yield from of_back_pay()


SETS: dict[str, tuple[Callable[[], Iterator[Asked]], tuple[str, ...]]] = {
    "first": (chosen, SCHEMES),
    "over-time": (over_time, ("sample-3x18", "sample-reform", "xinbin-2014")),
}
"""What is asked, and the schemes that it is asked of, by the last words of a set's name."""


def main(name: str) -> int:
    """Write a new set, named by the version and by what it asks: `0.1.0-first`."""
    folder = STORED / name
    questions, schemes = SETS[name.partition("-")[2]]
    data = freeze([load_scheme(one) for one in schemes])
    rules = thaw(data)
    lines = []
    for request, worker in questions():
        try:
            answer = ask(request, worker, rules)
        except CwgradeError:
            continue
        line = store(request, worker, answer, rules)
        # where reasons are long, the answer is enough
        if len(line) > LONGEST:
            line = store(request, worker, answer, rules, reasons=False)
        lines.append(line + b"\n")
    folder.mkdir()
    (folder / rules_name(rules.digest)).write_bytes(data)
    (folder / "answers.jsonl").write_bytes(b"".join(lines))
    print(f"{len(lines)} answers under {rules.digest}")  # noqa: T201 -- a command prints
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
