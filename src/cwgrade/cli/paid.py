"""What was paid, beside the rows of a roster: whose it is, for which month, and for which component."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from cwgrade.arrears import Paid
from cwgrade.career.places import Places
from cwgrade.cli.places import component_named
from cwgrade.rosterfile import Payments, Roster, RosterRow
from cwgrade.scheme import Scheme, Schemes

__all__ = ["Books"]


class Books:
    """The payments of some months, by worker."""

    def __init__(
        self, payments: Payments, roster: Roster, months: Sequence[tuple[int, int]]
    ) -> None:
        """Sort the payments.

        Args:
            payments: The file of what was paid.
            roster: The roster.
            months: The months asked for.
        """
        known = {row.worker_id for row in roster.rows}
        asked = set(months)
        self._by_id: dict[str, list[Paid]] = {}
        self.elsewhere = 0
        """How many payments are for other months."""
        for worker_id, paid in payments.rows:
            if (paid.year, paid.month) in asked:
                self._by_id.setdefault(worker_id, []).append(paid)
            else:
                self.elsewhere += 1
        self.strangers = tuple(one for one in self._by_id if one not in known)
        """Whoever was paid for one of the months and is not on the roster."""

    def of(self, worker_id: str) -> tuple[Paid, ...]:
        """Give the payments of a worker as the file names them."""
        return tuple(self._by_id.get(worker_id, ()))

    def of_row(self, row: RosterRow, schemes: Scheme | Schemes) -> tuple[Paid, ...]:
        """Give the payments of a row; printed names of components are replaced by their ids.

        Args:
            row: A row that could be read.
            schemes: The scheme, or those of several places.

        Raises:
            ArgumentError: A spell under several schemes names no region.
        """
        if row.worker is None:
            return self.of(row.worker_id)
        places = Places(row.worker, schemes, None)
        return tuple(
            one
            if one.component is None
            else attrs.evolve(
                one, component=component_named(one.component, places, (one.year, one.month))
            )
            for one in self.of(row.worker_id)
        )

    def sums(self, worker_id: str) -> Iterator[tuple[tuple[int, int], int]]:
        """Give what was paid to somebody for each month, in fen."""
        found: dict[tuple[int, int], int] = {}
        for one in self.of(worker_id):
            month = one.year, one.month
            found[month] = found.get(month, 0) + one.fen
        yield from sorted(found.items())
