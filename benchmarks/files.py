"""`python -m benchmarks.files`: a roster paid from file to file, beside Polars reading and writing the same columns.

Every run is a process of its own, so that its peak memory is its own. Polars computes nothing: it reads the roster, and
writes the columns that cwgrade wrote, which it read before the clock started.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import polars as pl

from benchmarks.peers import office, rule
from benchmarks.peers.engine import rows_off

ROWS: Final = 1_700_000
KINDS: Final = (".csv", ".parquet")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.files", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--step", nargs=4, metavar=("STEP", "FROM", "TO", "ROWS"))
    given = parser.parse_args()
    if given.step:
        step, source, target, rows = given.step
        print(json.dumps(STEPS[step](Path(source), Path(target), int(rows))))
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), given.rows, given.rounds)


def compare(folder: Path, rows: int, rounds: int) -> None:
    print(f"\n## {rows:,} rows from file to file\n")
    print("| files | engine | s | of one core s | rows/s | peak MiB | off |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for kind in KINDS:
        source, target = folder / f"in{kind}", folder / f"out{kind}"
        run("make", source, target, rows)
        ways: dict[str, list[dict[str, float]]] = {"cwgrade": [], "polars": []}
        for _ in range(rounds):
            for way, found in ways.items():
                found.append(run(way, source, target, rows))
        off = run("check", source, target, rows)["off"]
        for way, found in ways.items():
            wall, cpu = (statistics.median(one[name] for one in found) for name in ("s", "cpu"))
            peak = max(one["peak"] for one in found)
            told = f"{off:.0f}" if way == "cwgrade" else ""
            print(
                f"| {kind} | {way} | {wall:.2f} | {cpu:.2f} | {rows / wall:,.0f} | {peak:,.0f} | {told} |"
            )
        pairs = sorted(one["s"] / two["s"] for one, two in zip(*ways.values(), strict=True))
        middle = statistics.median(pairs)
        print(f"| {kind} | ratio | {middle:.2f} ({pairs[0]:.2f}..{pairs[-1]:.2f}) | | | | |")


def run(step: str, source: Path, target: Path, rows: int) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.files", "--step", step]
    done = subprocess.run(
        [*command, str(source), str(target), str(rows)], capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


# ------------------------------------------------------------------------------------------------ in a process


def make(source: Path, _: Path, rows: int) -> dict[str, float]:
    _write(office.roster(rule.people(rows, "frame")), source)
    return {}


def by_cwgrade(source: Path, target: Path, rows: int) -> dict[str, float]:
    from benchmarks.peers.with_cwgrade import DAY, office_scheme  # noqa: PLC0415
    from cwgrade.frames import pay_file  # noqa: PLC0415

    scheme = office_scheme()
    begun = _clock()
    paid = pay_file(source, target, scheme, month=f"{DAY:%Y-%m}")
    found = _since(begun)
    if paid.rows != rows:
        raise RuntimeError(paid)
    return found


def by_polars(source: Path, target: Path, _: int) -> dict[str, float]:
    columns = _read(target)
    begun = _clock()
    _read(source)
    _write(columns, target.with_name(f"copy{target.suffix}"))
    return _since(begun)


def check(_: Path, target: Path, rows: int) -> dict[str, float]:
    frame = _read(target).select(pl.col("grade", "gross_fen").cast(pl.Int64))
    found = office.answer_of(frame)
    return {"off": rows_off(found, rule.exact(rule.people(rows, "frame")))}


STEPS: Final = {"make": make, "cwgrade": by_cwgrade, "polars": by_polars, "check": check}


def _read(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, infer_schema=False) if path.suffix == ".csv" else pl.read_parquet(path)


def _write(frame: pl.DataFrame, path: Path) -> None:
    if path.suffix == ".csv":
        frame.write_csv(path)
    else:
        frame.write_parquet(path)


def _clock() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(begun: tuple[float, float]) -> dict[str, Any]:
    now = _clock()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"s": now[0] - begun[0], "cpu": now[1] - begun[1], "peak": peak}


if __name__ == "__main__":
    main()
