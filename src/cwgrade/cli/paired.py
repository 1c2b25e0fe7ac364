"""Two rosters side by side: the rows of one person together."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from cwgrade.rosterfile import Roster, RosterRow

__all__ = ["Pair", "paired"]


@attrs.frozen(kw_only=True)
class Pair:
    """The rows of one person.

    Attributes:
        before: The row of the earlier roster.
        after: The row of the later one.
        row: The one that is told: the later one, where there is one.
    """

    before: RosterRow | None
    after: RosterRow | None
    row: RosterRow


def paired(earlier: Roster, later: Roster) -> Iterator[Pair]:
    """Put the rows of one person together, each row once; a row without an id stands alone.

    Args:
        earlier: The earlier roster.
        later: The later one; its order comes first.
    """
    left: dict[str, list[RosterRow]] = {}
    for row in earlier.rows:
        left.setdefault(row.worker_id, []).append(row)
    nameless = left.pop("", [])
    for row in later.rows:
        rows = left.get(row.worker_id, [])
        yield Pair(before=rows.pop(0) if rows else None, after=row, row=row)
    for row in (*(one for rows in left.values() for one in rows), *nameless):
        yield Pair(before=row, after=None, row=row)
