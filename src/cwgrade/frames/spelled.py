"""The second dataframe: spells of service, joined to the roster by the worker's id."""

from __future__ import annotations

from typing import Any, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.days import NO_DAY, exact_day
from cwgrade.arrays.people import Spells
from cwgrade.arrays.service import GOES_ON
from cwgrade.errors import WorkerFault
from cwgrade.frames.filled import made
from cwgrade.frames.ids import Ids
from cwgrade.frames.sheet import FrameSheet, Read
from cwgrade.rosterfile.histories import HistoriesRead, histories_of
from cwgrade.rosterfile.reading import orphans_of
from cwgrade.rosterfile.records import Ending, PostHeld, Record

__all__ = ["Spelled", "spelled_of"]

Codes = NDArray[Any]

_NOBODY: Final = -1
_MANY: Final = 100
"""Spells of one worker; somebody with more is read like a row of a file."""
_ENDS: Final = ("end", "end_month", "until")


@attrs.frozen(kw_only=True, eq=False)
class Spelled:
    """The spells of a roster.

    Attributes:
        sheet: Their sheet.
        worker: The row of each spell's worker in the roster, -1 where there is none.
        held: Which rows of the roster have spells here.
        unusual: Which rows of the roster have spells that arrays do not hold.
        spells: The spells of the others, without posts for those that take the row's own.
        takes_own: Which of these take the row's own post.
    """

    sheet: FrameSheet
    worker: Codes
    held: Codes
    unusual: Codes
    spells: Spells
    takes_own: Codes

    def histories(self, rows: Codes) -> HistoriesRead:
        """Read the spells of some rows of the roster as a file's are read."""
        return self._histories(np.isin(self.worker, rows))

    def orphans(self) -> tuple[WorkerFault, ...]:
        """Give the faults of spells that belong to nobody."""
        return orphans_of(self._histories(self.worker == _NOBODY), ())

    def _histories(self, which: Codes) -> HistoriesRead:
        rows = np.flatnonzero(which).tolist()
        table = attrs.evolve(self.sheet.table, rows=tuple(self.sheet.row(row) for row in rows))
        refused = {row: tuple(self.sheet.refusals(row)) for row in rows}
        return histories_of(
            [table], self.sheet.spellings, {row: told for row, told in refused.items() if told}
        )

    def beside(self, own: Spells, posts: Read[PostHeld], plain: Codes) -> Spells:
        """Give these spells together with those that the roster's own rows tell.

        Args:
            own: Spells of rows without any here.
            posts: The post of each row of the roster; its values are the first posts of `own`.
            plain: Rows that arrays hold.
        """
        here = self.spells
        kept = plain[here.worker]
        post = here.post + len(own.posts)
        row_posts = posts.places % len(posts.values)
        post[self.takes_own] = row_posts[here.worker[self.takes_own]]
        columns = {
            "worker": here.worker,
            "start": here.start,
            "end": here.end,
            "post": post,
            "region": here.region + len(own.regions),
            "kind": here.kind + len(own.kinds),
        }
        return Spells(
            posts=(*own.posts, *here.posts),
            post_ids=(*own.post_ids, *here.post_ids),
            regions=(*own.regions, *here.regions),
            kinds=(*own.kinds, *here.kinds),
            **{
                name: np.concatenate([getattr(own, name), column[kept]])
                for name, column in columns.items()
            },
        )


def spelled_of(sheet: FrameSheet, roster: Ids, *, first_of_month: bool) -> Spelled:
    """Read a dataframe of spells.

    Args:
        sheet: The spells.
        roster: The ids of the roster.
        first_of_month: Whether a day that is known to its month is taken as the first of it.
    """
    worker = _joined(sheet.ids.texts, roster.texts)
    worker[sheet.ids.missing] = _NOBODY
    found = worker != _NOBODY
    held = np.zeros(len(roster), np.bool_)
    held[worker[found]] = True
    hard = sheet.refused() | sheet.filled("recorded_on")

    starts = sheet.read(["start"], lambda record: record.needed_day("start"))
    start = _days([exact_day(one, first_of_month=first_of_month) for one in starts.values], starts)
    ends = sheet.read(_ENDS, Record.ending)
    end = _days([_end(one, first_of_month=first_of_month) for one in ends.values], ends)
    stated = ends.told(lambda one: one is not None and one.stated, np.bool_)
    posts = sheet.read(["post", "title"], Record.post_held)
    regions = sheet.read(["region"], Record.region)
    kinds = sheet.read(["kind"], lambda record: record.value("kind"))
    for read in (starts, ends, posts, regions, kinds):
        hard |= read.bad
    hard |= np.isnat(start) | np.isnat(end) | (start >= end)
    if sheet.has("region"):
        hard |= regions.told(lambda code: code is None, np.bool_)
    latest = np.full(len(roster), np.iinfo(np.int64).min)
    np.maximum.at(latest, worker[found], start[found].astype(np.int64))
    hard |= found & (end == GOES_ON) & ~stated & (start.astype(np.int64) < latest[worker])

    unusual = np.zeros(len(roster), np.bool_)
    unusual[worker[found & hard]] = True
    unusual |= np.bincount(worker[found], minlength=len(roster)) > _MANY
    kept = found & ~unusual[worker]
    nameless = posts.told(lambda one: one == PostHeld(None, None), np.bool_)
    return Spelled(
        sheet=sheet,
        worker=worker,
        held=held,
        unusual=unusual,
        takes_own=((end == GOES_ON) & nameless)[kept],
        spells=Spells(
            worker=worker[kept],
            start=start[kept],
            end=end[kept],
            post=posts.places[kept].astype(np.int64) % len(posts.values),
            region=regions.places[kept].astype(np.int64) % len(regions.values),
            kind=kinds.places[kept].astype(np.int64) % len(kinds.values),
            posts=tuple(one.title if one else None for one in posts.values),
            post_ids=tuple(one.post if one else None for one in posts.values),
            regions=tuple(regions.values),
            kinds=tuple(value or "community" for value in kinds.values),
        ),
    )


def _days(days: list[np.datetime64 | None], read: Read[Any]) -> Codes:
    """Give one day for each row; `NO_DAY` where arrays do not hold it."""
    found: Codes = np.array([NO_DAY if day is None else day for day in days], "datetime64[D]")[
        read.places
    ]
    return found


def _end(ending: Ending | None, *, first_of_month: bool) -> np.datetime64 | None:
    if ending is None:
        return None
    if ending.day is None:
        return GOES_ON
    return exact_day(ending.day, first_of_month=first_of_month)


def _joined(spells: nw.Series[Any], roster: nw.Series[Any]) -> Codes:
    """Give the row of the roster that has each id, -1 where none has."""
    same = spells.implementation == roster.implementation
    ids = spells if same else made("id", spells.to_list(), nw.String, roster.implementation)
    left = ids.alias("id").to_frame()
    right = roster.alias("id").to_frame().with_row_index("row")
    right = right.filter(~nw.col("id").is_null()).unique("id", keep="first", maintain_order=True)
    order = left.with_row_index("place").join(right, on="id", how="left").sort("place")
    rows = order["row"].fill_null(len(roster)).to_numpy().astype(np.int64)
    return np.where(rows == len(roster), _NOBODY, rows)
