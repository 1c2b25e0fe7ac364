"""`python -m benchmarks.nation`: what every community worker of the country takes, for thirty years of months.

Invented workers under one invented scheme. Processor time, not seconds on a clock, so that other work on the machine
hardly counts; memory is the most that the process ever held, the roster included.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from benchmarks.peers import office, rule
from benchmarks.peers.with_cwgrade import DAY, office_scheme
from cwgrade.frames import grade_and_pay, totals

_MONTHS: Final = 12
_MIB: Final = 1024


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nation", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_700_000)
    parser.add_argument("--months", type=int, default=rule.YEARS * _MONTHS)
    given = parser.parse_args()
    roster, scheme = office.roster(rule.people(given.rows, "frame")), office_scheme()
    months = [
        f"{DAY.year + place // _MONTHS}-{place % _MONTHS + 1:02d}" for place in range(given.months)
    ]
    print("| what | months | processor s | peak MiB |")
    print("|---|--:|--:|--:|")
    for count in dict.fromkeys((1, _MONTHS, given.months)):
        _told("totals", count, partial(totals, roster, scheme, months=months[:count]))
    # one after the other, as somebody would who keeps every row; the last, in which the tables are there already
    for month in (f"{DAY.year}-08", f"{DAY.year}-09"):
        _told("every row", 1, partial(grade_and_pay, roster, scheme, month=month))


def _told(what: str, months: int, work: Callable[[], Any]) -> None:
    begun = time.process_time()
    work()
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MIB
    print(f"| {what} | {months} | {spent:.1f} | {peak:,} |", flush=True)


if __name__ == "__main__":
    main()
