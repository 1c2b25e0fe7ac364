"""A roster as arrays, and the answers for all of it at once: what is certain is looked up, the rest is asked for.

`people` holds the roster, `answers.month_of` answers a month, `fusion.fuse` makes tables ready for code that has arrays
of its own. Needs the extra `batch` (NumPy).
"""

from __future__ import annotations

from cwgrade.errors import MissingExtra

try:
    import numpy  # noqa: F401, ICN001 -- only whether it is there
except ImportError as error:  # pragma: no cover -- the tests of this package need it
    raise MissingExtra("missing-extra", library=error.name, extra="batch") from error
