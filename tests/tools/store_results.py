"""Store answers of this version, to be found again by every later one: `python -m tests.tools.store_results NAME`.

A set that was written is never written again: a later version that gives another answer has to say so under Changed
results, and leaves the old set with its difference named in `tests/stored/changed.toml`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import attrs

from cwgrade import ServiceSpell, Worker, load_scheme
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


def chosen() -> Iterator[Asked]:
    """Give every question once."""
    for scheme_id in SCHEMES:
        yield from of_cases(scheme_id)
    for scheme_id in SAMPLES:
        yield from of_roster(scheme_id)
    yield from of_back_pay()


def main(name: str) -> int:
    """Write a new set."""
    folder = STORED / name
    data = freeze([load_scheme(one) for one in SCHEMES])
    rules = thaw(data)
    lines = []
    for request, worker in chosen():
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
