"""cwgrade: the rule is a scheme file; here stands only which column of the input is which leaf of the scheme.

Tables are made once for a scheme and a day, before anything is timed; how long that takes is measured by itself. Each
timed call checks every code of every column first.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import office, rule
from benchmarks.peers.engine import Answer, Engine
from benchmarks.peers.rule import Columns
from cwgrade.arrays.counts import Counts
from cwgrade.arrays.fusion import fuse, fuse_days
from cwgrade.arrays.people import People, Spells
from cwgrade.arrays.plans import Kernel, Plan
from cwgrade.arrays.service import GOES_ON, Accepted, served_months
from cwgrade.arrays.sums import sums_by_day
from cwgrade.frames import grade_and_pay
from cwgrade.quantities import ServiceLeaf
from cwgrade.regions import is_within
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile import read_scheme
from cwgrade.service import Claim, accept
from cwgrade.tables import SchemeTables, tabulate

SCHEMES: Final = Path(__file__).parents[1] / "schemes"
DAY: Final = rule.DAY.astype(date)
GRADE, FEN = "grade", "fen:pay.gross"
TARGETS: Final = (GRADE, FEN)
COUNTS: Final = tuple(str(number) for number in range(7))
_YOUNGEST: Final = 18
MONTHS: Final = tuple(range(481))
AGES: Final = tuple(str(age) for age in range(_YOUNGEST, rule.RETIRES_AT))
_OPEN: Final = np.datetime64("NaT", "D").astype(np.int64)
_GOES_ON: Final = GOES_ON.astype(np.int64)
LEAVES: Final[Mapping[str, tuple[str, tuple[Any, ...]]]] = {
    "post": ("post", rule.POSTS),
    "service": ("service_months", MONTHS),
    "schooling": ("schooling", rule.SCHOOLING),
    "qualification": ("qualification", rule.QUALIFICATION),
    "excellent": ("excellent_years", COUNTS),
    "failed": ("failed_years", COUNTS),
    "region": ("region", rule.REGIONS),
    "probation": ("on_probation", ("no", "yes")),
    "age": ("age", AGES),
}
"""For each column: the leaf, and the value that each of the column's numbers stands for."""


def scheme(name: str) -> SchemeVersion:
    """Read one of the benchmarks' schemes."""
    return read_scheme(SCHEMES / f"{name}.toml")


def plan_of(tables: SchemeTables) -> Plan:
    """Give the plan that takes the columns as they are, and gives grades and fen."""
    plan = coded(fuse(tables, TARGETS, keep=(GRADE,)), tables)
    return plan.giving({GRADE: _numbers(plan, GRADE, np.int8), FEN: _numbers(plan, FEN, np.int64)})


def coded(plan: Plan, tables: SchemeTables) -> Plan:
    """Give the plan for leaves numbered as the columns are."""
    values = {leaf.name: leaf.values for leaf in tables.leaves}
    return plan.recoded(
        {
            leaf: [values[leaf].index(value) for value in codes]
            for leaf, codes in LEAVES.values()
            if leaf in values
        }
    )


def _numbers(plan: Plan, target: str, kind: type[Any]) -> NDArray[Any]:
    # a combination that cannot occur has no number
    return np.array([one if isinstance(one, int) else -1 for one in plan.values[target]], kind)


def checked(plan: Plan, leaves: Mapping[str, NDArray[Any]]) -> Mapping[str, NDArray[Any]]:
    """Give the columns, none of whose codes is unknown."""
    wrong = plan.outside(leaves)
    if wrong:
        raise ValueError(", ".join(f"{name}: rows {rows[:5]}" for name, rows in wrong.items()))
    return leaves


def as_leaves(columns: Columns) -> dict[str, NDArray[Any]]:
    """Give the columns under the names of the leaves."""
    return {LEAVES[name][0]: column for name, column in columns.items() if name in LEAVES}


@cache
def plan_of_day() -> Plan:
    return plan_of(tabulate(scheme("sample-benchmark"), on=DAY, targets=TARGETS))


def grade(kernel: Kernel, threads: int) -> Callable[[Columns], Answer]:
    def compute(columns: Columns) -> Answer:
        plan = plan_of_day()
        leaves = checked(plan, as_leaves(columns))
        found = plan.run(leaves, len(columns["post"]), kernel=kernel, threads=threads)
        return found[GRADE], found[FEN]

    return compute


@attrs.frozen(kw_only=True, eq=False)
class Places:
    """The schemes of several places, as far as a roster of all of them needs to tell them apart.

    Attributes:
        scheme_of: The scheme of each region.
        accepted: Whether a scheme counts service in a region.
        counts: How service is counted, the same for all.
        plan: The plan, the same for all.
    """

    scheme_of: NDArray[np.int8]
    accepted: NDArray[np.bool_]
    counts: Counts
    plan: Plan


@cache
def places() -> Places:
    """Read the schemes of the four places; what differs is whose service counts."""
    versions = [scheme("sample-benchmark")]
    versions += [scheme(f"sample-benchmark-990{place}") for place in (2, 3, 4)]
    tables = [tabulate(one, on=DAY, targets=TARGETS) for one in versions]
    # places whose tables are alike are looked up together
    assert all(one.stages == tables[0].stages for one in tables)
    accepted = np.zeros((len(versions), len(rule.REGIONS)), np.bool_)
    counts = [_counts(one) for one in versions]
    for place, of in enumerate(counts):
        (reading,) = of.readings
        for number, region in enumerate(rule.REGIONS):
            claim = Claim(DAY, DAY.replace(year=DAY.year + 1), "community", region, 0, 0)
            (entry,) = accept((claim,), (), reading.rule)
            accepted[place, number] = entry.rate == 1
    return Places(
        scheme_of=np.array(
            [
                next(at for at, one in enumerate(versions) if is_within(region, one.place))
                for region in rule.REGIONS
            ],
            np.int8,
        ),
        accepted=accepted,
        counts=counts[0],
        plan=plan_of(tables[0]),
    )


def _counts(version: SchemeVersion) -> Counts:
    leaf = version.normal_form["service_months"].quantity
    assert isinstance(leaf, ServiceLeaf)
    days = np.array([], "datetime64[D]")
    none = np.array([], np.int64)
    spells = Spells(worker=none, start=days, end=days, post=none, region=none, kind=none, posts=())
    return Counts(People(ids=(), spells=spells), leaf.rule, leaf.effect)


def history(kernel: Kernel, threads: int) -> Callable[[Columns], Answer]:
    def compute(columns: Columns) -> Answer:
        known = places()
        (reading,) = known.counts.readings
        rows = len(columns["post"])
        worker, region = columns["spell_worker"], columns["spell_region"]
        if int(region.view(np.uint8).max(initial=0)) >= len(rule.REGIONS):
            raise ValueError("region")
        home = region[np.cumsum(np.bincount(worker, minlength=rows)) - 1]
        # ends are inclusive here, and an open one is no day
        last = columns["spell_end"].view(np.int64)
        end = np.where(last == _OPEN, _GOES_ON, last + 1).view("datetime64[D]")
        months = served_months(
            worker,
            columns["spell_start"],
            end,
            workers=rows,
            as_of=np.datetime64(reading.as_of(DAY)),
            convention=reading.rule.convention,
            gaps=reading.rule.gaps,
            accepted=Accepted(scheme=known.scheme_of[home], region=region, table=known.accepted),
            threads=threads,
            kernel=kernel,
        )
        given = {**columns, "service": months, "region": home}
        leaves = checked(known.plan, as_leaves(given))
        found = known.plan.run(leaves, rows, kernel=kernel, threads=threads)
        return found[GRADE], found[FEN]

    return compute


@cache
def careers() -> tuple[Plan, Mapping[str, tuple[str, ...]]]:
    """Make the tables of thirty years and fuse them; give also by which facts somebody is paid no more."""
    version = scheme("sample-benchmark-careers")
    days = [DAY.replace(year=DAY.year + year) for year in range(rule.YEARS)]
    tables = [tabulate(version, on=day, targets=TARGETS) for day in days]
    sizes = {leaf.name: len(leaf.values) for leaf in tables[0].leaves}
    excluded = {one.fact: one.values for one in version.excluded}

    def later(leaf: str, each_year: int) -> list[NDArray[Any]]:
        last = sizes[leaf] - 1
        return [
            np.minimum(np.arange(sizes[leaf]) + each_year * year, last)
            for year in range(rule.YEARS)
        ]

    (leaf,) = (one for one in tables[0].leaves if one.name == "on_probation")
    over = np.full(2, leaf.values.index("no"))
    moves = {
        "service_months": later("service_months", 12),
        "age": later("age", 1),
        "on_probation": [np.arange(2), *[over] * (rule.YEARS - 1)],
    }
    plan = fuse_days(tables, (*excluded, FEN), keep=(GRADE,), moves=moves)
    return coded(plan, tables[0]), excluded


def projection(kernel: Kernel, threads: int) -> Callable[[Columns], Answer]:
    def compute(columns: Columns) -> Answer:
        plan, excluded = careers()
        given = {**columns, "age": columns["age"] - np.int8(_YOUNGEST)}
        leaves = checked(plan, as_leaves(given))
        counts = plan.count(leaves, len(columns["post"]), kernel=kernel, threads=threads)
        found = sums_by_day(plan, counts, FEN, excluded)
        return found.heads, 12 * found.sums

    return compute


@cache
def office_scheme() -> Scheme:
    return Scheme(versions=(scheme("sample-benchmark-frames"),))


def frame(given: Any) -> Any:
    """From any dataframe to one of its kind, with every column that tells of an answer."""
    return grade_and_pay(given, office_scheme(), month=f"{DAY:%Y-%m}")


def engines(threads: int) -> tuple[Engine, ...]:
    """Give every way, on so many threads."""
    kernels: list[Kernel] = ["numpy"]
    if importlib.util.find_spec("numba"):
        kernels.append("numba")
    ways = (
        ("grade", grade, plan_of_day),
        ("history", history, places),
        ("projection", projection, careers),
    )
    frames = Engine(
        peer="cwgrade",
        variant="frames",
        workload="frame",
        compute=frame,
        build=office.roster,
        extract=office.answer_of,
        ready=office_scheme,
    )
    return frames, *(
        Engine(
            peer="cwgrade",
            variant=kernel,
            workload=workload,
            compute=way(kernel, threads),
            ready=ready,
            both=True,
        )
        for kernel in kernels
        for workload, way, ready in ways
    )
