"""`python -m benchmarks.scaling`: how speed and memory go with the number of rows, and what tables cost to make."""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from benchmarks.peers import rule, with_cwgrade, with_numpy
from benchmarks.peers.engine import rows_off
from cwgrade.arrays.fusion import fuse
from cwgrade.arrays.plans import Kernel
from cwgrade.catalogue import load_scheme, scheme_ids
from cwgrade.tables import TooManyCells, tabulate, targets_of

ROWS: Final = (1_000, 10_000, 100_000, 1_000_000, 5_000_000, 20_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("--most-rows", type=int, default=ROWS[-1])
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    scaling([rows for rows in ROWS if rows <= given.most_rows], given.rounds)
    tables(given.rounds)


def scaling(sizes: list[int], rounds: int) -> None:
    kernels: list[Kernel] = ["numpy"]
    if importlib.util.find_spec("numba"):
        kernels.append("numba")
    ways = [
        (f"{kernel}, {count} thread{'s' * (count > 1)}", kernel, count)
        for kernel in kernels
        for count in (1, 2)
    ]
    print("\n## grade, ns a row\n")
    named = " | ".join(name for name, *_ in ways)
    print(f"| rows | numpy by hand | {named} | off | peak MiB |")
    print("|--:|", "--:|" * (len(ways) + 3), sep="")
    with_cwgrade.plan_of_day()
    for rows in sizes:
        columns = rule.people(rows, "grade")
        computes = [with_cwgrade.grade(kernel, count) for _, kernel, count in ways]
        off = sum(rows_off(compute(columns), rule.exact(columns)) for compute in computes)
        times: list[list[float]] = [[] for _ in (None, *ways)]
        for _ in range(rounds):
            for place, compute in enumerate((with_numpy.plain, *computes)):
                times[place].append(_each(compute, columns) / rows)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cells = " | ".join(f"{statistics.median(one) * 1e9:.1f}" for one in times)
        print(f"| {rows:,} | {cells} | {off} | {peak:,.0f} |", flush=True)
    columns = rule.people(1, "grade")
    given = sum(column.nbytes for column in columns.values())
    answer = sum(column.nbytes for column in with_cwgrade.grade("numpy", 1)(columns))
    print(f"\n{given} bytes a row in, {answer} out.")


def tables(rounds: int) -> None:
    print("\n## Tables of the bundled schemes\n")
    print("| scheme | stages | cells | from nothing ms | the next day ms | fused ms | gathers |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name in scheme_ids():
        versions = load_scheme(name).versions
        version = versions[-1]
        on = version.attested_until
        targets = [one for one in targets_of(version) if one.startswith(("grade", "step", "fen:"))]
        try:
            made, first = _timed(partial(tabulate, version, on=on, targets=targets))
        except TooManyCells as too_many:
            print(f"| {name} | | {too_many.cells:,} in `{too_many.quantity}` | too many | | | |")
            continue
        again = min(
            _timed(partial(tabulate, version, on=on, targets=targets))[1] for _ in range(rounds)
        )
        if not targets:
            continue
        plan, fused = _timed(partial(fuse, made, targets, keep=("grade",)))
        cells = sum(len(stage.codes) for stage in made.stages)
        print(
            f"| {name} | {len(made.stages)} | {cells:,} | {first * 1e3:.0f} | {again * 1e3:.0f} "
            f"| {fused * 1e3:.0f} | {len(plan.gathers)} |",
            flush=True,
        )


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    made = work()
    return made, time.perf_counter() - begun


def _each(compute: Callable[[Any], Any], columns: Any) -> float:
    times: list[float] = []
    while not times or (sum(times) < 0.05 and len(times) < 200):
        times.append(_timed(lambda: compute(columns))[1])
    return statistics.median(times)


if __name__ == "__main__":
    main()
