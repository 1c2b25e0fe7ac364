"""The ids of a dataframe: opaque text, leading zeros kept, each at most once."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cwgrade.errors import ArgumentError
from cwgrade.frames.coded import coded
from cwgrade.frames.filled import made
from cwgrade.rosterfile.cells import PLAIN_ID_HAS, PLAIN_ID_HAS_NOT, read_worker_id, tidy
from cwgrade.rosterfile.columns import Column, Reads
from cwgrade.rosterfile.layout import DataRow, Table
from cwgrade.rosterfile.records import Record
from cwgrade.rosterfile.spellings import Spellings

__all__ = ["Ids", "ids_of"]

Codes = NDArray[Any]

_COLUMN: Final = Column(name="worker_id", reads=Reads.ID)
_WORDS: Final = ("unknown", "absent")


@attrs.frozen(kw_only=True, eq=False)
class Ids(Sequence[str]):
    """The ids of a sheet.

    Attributes:
        texts: The ids as text, null where there is none.
        missing: Rows of which the id is missing or damaged.
        twins: The rows with the same id, for ids that stand in several rows.
    """

    texts: nw.Series[Any]
    missing: Codes
    twins: dict[str, list[int]]

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, row: Any) -> Any:
        return self.raw(int(row))

    def raw(self, row: int) -> str:
        """Give a row's id as it stands; empty where there is none."""
        text = self._listed[row]
        return text if isinstance(text, str) else ""

    @functools.cached_property
    def _listed(self) -> list[Any]:
        # one cell of a dataframe takes as long as a hundred of a list
        return self.texts.to_list()

    @property
    def faulty(self) -> Codes:
        """Tell of each row whether its id is missing, damaged, or stands in another row too."""
        rows = self.missing.copy()
        for twins in self.twins.values():
            rows[twins] = True
        return rows

    def twins_of(self, row: int) -> list[int]:
        """Give the other rows with a row's id."""
        return [other for other in self.twins.get(self.raw(row), ()) if other != row]


def ids_of(series: nw.Series[Any], table: Table, spellings: Spellings) -> Ids:
    """Read the ids of a sheet.

    Args:
        series: The column of ids.
        table: The sheet.
        spellings: Words that say that there is none.
    """
    texts = _as_text(series)
    usual = _usual(texts, spellings)
    if not usual.all():
        cells = [tidy(one) or None if isinstance(one, str) else None for one in texts.to_list()]
        texts = made(texts.name, cells, nw.String, texts.implementation)
        usual = _usual(texts, spellings)
    missing = np.zeros(len(texts), np.bool_)
    others = np.flatnonzero(~usual)
    for row, text in zip(others.tolist(), texts[others].to_list(), strict=True):
        own = {_COLUMN.name: text} if isinstance(text, str) else {}
        record = Record(DataRow(row, own, (), ()), table, spellings)
        record.needed(_COLUMN.name, read_worker_id)
        missing[row] = bool(record.faults)
    twins: dict[str, list[int]] = {}
    empty = int(texts.null_count())
    if texts.n_unique() - bool(empty) < len(texts) - empty:
        doubled = (texts.is_duplicated() & ~texts.is_null()).to_numpy()
        several = np.flatnonzero(doubled)
        for row, text in zip(several.tolist(), texts[several].to_list(), strict=True):
            twins.setdefault(text, []).append(row)
    return Ids(texts=texts, missing=missing, twins=twins)


def _as_text(series: nw.Series[Any]) -> nw.Series[Any]:
    if series.dtype == nw.String:
        return series
    if series.dtype.is_integer():
        return series.cast(nw.String)
    try:
        found = coded(series, _COLUMN)
    except ArgumentError:
        cells = [None if one is None else str(one) for one in series.to_list()]
    else:
        cells = [found.text(row) or None for row in range(len(series))]
    return made(series.name, cells, nw.String, series.implementation)


def _usual(texts: nw.Series[Any], spellings: Spellings) -> Codes:
    """Tell of each id whether it is one as it stands, without reading it."""
    spelled = [key for word in _WORDS for key in spellings.word_spellings(word)]
    if any(sign.isdigit() for key in spelled for sign in key):
        return np.zeros(len(texts), np.bool_)
    filled = texts.fill_null("")
    plain = filled.str.contains(PLAIN_ID_HAS) & ~filled.str.contains(PLAIN_ID_HAS_NOT)
    held: Codes = plain.to_numpy().astype(np.bool_)
    return held
