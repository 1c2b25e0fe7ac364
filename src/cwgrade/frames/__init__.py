"""Rosters at speed: any eager dataframe in, exact grades and pay out, row by row what `pay_for_month` gives.

The columns are those of a roster file (`cwgrade.rosterfile`), and every cell is read by the same reader. Needs the
extra `batch` (NumPy and Narwhals).
"""

from __future__ import annotations

from cwgrade.errors import MissingExtra

try:
    import narwhals  # noqa: F401 -- only whether it is there
    import numpy  # noqa: F401, ICN001
except ImportError as error:  # pragma: no cover -- the tests of this package need both
    raise MissingExtra("missing-extra", library=error.name, extra="batch") from error

from cwgrade.frames.paying import explain_row, faults_of, grade_and_pay, pay_file, totals
from cwgrade.frames.table import in_yuan

__all__ = ["explain_row", "faults_of", "grade_and_pay", "in_yuan", "pay_file", "totals"]
