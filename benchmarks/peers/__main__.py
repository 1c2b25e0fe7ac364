"""`python -m benchmarks.peers`: cwgrade and other engines on the same work, each pair of runs back to back.

The yardstick is NumPy written by hand, on one thread. A ratio is its time through the other's, from two runs made one
right after the other; the table shows the median of all pairs, and the smallest and largest. Above 1 is faster.
"""

from __future__ import annotations

import argparse
import importlib
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from benchmarks.peers.engine import Answer, Engine

PEERS: Final = ("cwgrade", "numpy", "numba", "pandas", "polars", "duckdb", "openfisca")
_THREADS: Final = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    *("NUMBA_NUM_THREADS", "POLARS_MAX_THREADS"),
)
_BURST: Final = 0.2
_SAMPLE: Final = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5, help="pairs of each engine")
    parser.add_argument("--threads", type=int, default=1, help="for those that can use several")
    parser.add_argument("--workloads", default="grade,history,projection,frame")
    parser.add_argument("--peers", default=",".join(PEERS))
    given = parser.parse_args()
    for name in _THREADS:
        # libraries read them as they are imported
        os.environ[name] = str(given.threads)
    engines = list(_engines(given.peers.split(","), given.threads))
    for workload in given.workloads.split(","):
        _measure(
            workload, [one for one in engines if one.workload == workload], given.rows, given.rounds
        )


def _engines(peers: list[str], threads: int) -> Iterator[Engine]:
    for peer in dict.fromkeys(("numpy", *peers)):
        try:
            module = importlib.import_module(f"benchmarks.peers.with_{peer}")
        except ModuleNotFoundError as error:
            print(f"{peer} is left out: {error}", file=sys.stderr)
            continue
        found = module.engines(threads) if hasattr(module, "engines") else module.ENGINES
        yield from (one for one in found if peer in peers or one.variant == "plain")


def _measure(workload: str, engines: list[Engine], rows: int, rounds: int) -> None:
    from benchmarks.peers import rule
    from benchmarks.peers.engine import rows_off

    columns = rule.people(rows, workload)
    plain = next(one for one in engines if one.name == "numpy/plain")
    right = _right(workload, columns, plain)
    print(f"\n## {workload}: {rows:,} workers\n")
    print("| engine | made ready s | first call s | rows/s | ratio | whole | off by ≥ 1 fen |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    lines = []
    for one in engines:
        ready = _timed(one.ready)[1] if one.ready else 0.0
        native = one.build(columns)
        result, first = _timed(partial(one.compute, native))
        off = rows_off(one.extract(result), right)
        del result
        ratios, wholes, speeds = [], [], []
        for _ in range(rounds):
            yardstick = _burst(plain.compute, plain.build(columns))
            native, build = _timed(partial(one.build, columns))
            spent = _burst(one.compute, native)
            result = one.compute(native)
            extract = _timed(partial(one.extract, result))[1]
            ratios.append(yardstick / spent)
            wholes.append(yardstick / (build + spent + extract))
            speeds.append(rows / spent)
        del native, result
        made = f"{ready:.2f}" if one.ready else ""
        line = (
            f"| {one.name} | {made} | {first:.2f} | {_short(statistics.median(speeds))} "
            f"| {_spread(ratios)} | {statistics.median(wholes):.2f} | {off:,} |"
        )
        lines.append((statistics.median(ratios), line))
        print(one.name, _spread(ratios), file=sys.stderr)
    for _, line in sorted(lines, reverse=True):
        print(line)


def _right(workload: str, columns: Any, plain: Engine) -> Answer:
    """Give the exact answer, found another way than by any engine."""
    import numpy as np

    from benchmarks.peers import rule
    from benchmarks.peers.engine import rows_off

    if workload in ("grade", "frame"):
        return rule.exact(columns)
    if workload == "projection":
        return rule.exact_projection(columns)
    # day by day is slow: the yardstick is checked on some, and stands for all
    some = rule.people(_SAMPLE, workload)
    grades, fen = rule.exact_history(some)
    if rows_off(plain.compute(some), (np.array(grades), np.array(fen))):
        raise SystemExit("the yardstick is wrong")
    return plain.compute(columns)  # type: ignore[no-any-return]


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def _burst(compute: Callable[[Any], Any], native: Any) -> float:
    """Give the median time of some calls in a row."""
    times: list[float] = []
    while not times or (sum(times) < _BURST and len(times) < 100):
        times.append(_timed(lambda: compute(native))[1])
    return statistics.median(times)


def _spread(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}..{max(ratios):.2f})"


def _short(number: float) -> str:
    return f"{number / 1e6:,.1f} M" if number >= 1e6 else f"{number / 1e3:,.0f} k"


if __name__ == "__main__":
    main()
