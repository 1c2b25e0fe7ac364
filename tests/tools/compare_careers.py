"""Compare careers and back pay with the oracle, for as many invented careers as there is patience for.

    python -m tests.tools.compare_careers --careers 2000 --seed 1

prints how many months, days and settlements were compared and how many of them differ, and ends with 1 where one does.
"""

from __future__ import annotations

import argparse
import sys
import time

from cwgrade.version import __version__
from tests.oracle.compared import compare

_SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """Compare career by career."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--careers", type=int, default=1000, help="how many careers")
    parser.add_argument("--seed", type=int, default=1, help="each career has its own beneath it")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    tally = compare(asked.careers, asked.seed)
    for one in tally.wrong[:_SHOWN]:
        sys.stdout.write(f"{one}\n")
    sys.stdout.write(
        f"cwgrade {__version__}, seed {asked.seed}: {tally.careers} careers, {tally.months} months and "
        f"{tally.days} days of timelines, {tally.settled} months settled in {tally.parts} parts, "
        f"{tally.skipped} with too many unknown ratings left aside, {len(tally.wrong)} differ, "
        f"{time.monotonic() - began:.0f} s\n"
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
