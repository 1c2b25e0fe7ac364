"""Compare rosters looked up with the scalar functions, for as many invented workers as there is patience for.

    python -m tests.tools.compare_rosters --rows 1000000 --seed 1

prints how many rows were looked up and how many of them differ, and ends with 1 where one does.
"""

from __future__ import annotations

import argparse
import sys
import time

from cwgrade.version import __version__
from tests.arrays.compared import MONTHS, differences

_PART = 5000
_SHOWN = 5


def main(arguments: list[str] | None = None) -> int:
    """Compare part by part, month by month."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="about how many rows")
    parser.add_argument("--seed", type=int, default=1, help="the first seed; each part has its own")
    asked = parser.parse_args(arguments)
    began, rows, looked_up, wrong = time.monotonic(), 0, 0, 0
    for part in range(max(1, -(-asked.rows // _PART))):
        name, year, month = MONTHS[part % len(MONTHS)]
        size = min(_PART, asked.rows)
        found, looked = differences(name, year, month, size=size, seed=asked.seed + part)
        rows, looked_up, wrong = rows + size, looked_up + looked, wrong + len(found)
        for worker, what in found[:_SHOWN]:
            sys.stdout.write(
                f"{name} {year}-{month:02d} seed {asked.seed + part}: {what}\n  {worker}\n"
            )
    sys.stdout.write(
        f"cwgrade {__version__}, seed {asked.seed}: {rows} rows, {looked_up} looked up, {wrong} differ, "
        f"{time.monotonic() - began:.0f} s\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
