"""The ids of a dataframe: opaque text, leading zeros kept, each at most once."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
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

__all__ = ["Ids", "Known", "Part", "ids_of", "ids_of_texts"]

Codes = NDArray[Any]

_COLUMN: Final = Column(name="worker_id", reads=Reads.ID)
_WORDS: Final = ("unknown", "absent")
_HAS: Final = re.compile(PLAIN_ID_HAS)
_HAS_NOT: Final = re.compile(PLAIN_ID_HAS_NOT)


Known = dict[tuple[str, ...], dict[tuple[str, ...], tuple[Any, bool]]]
"""What was read of cells, and whether it is faulty: by the columns, then by their texts."""


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """Which part of a file some rows are; a whole dataframe is one part.

    Attributes:
        first: The number of the first row.
        twins: The rows, in the whole file, of ids that stand in several; `None` where only these rows are looked at.
        known: What was read of cells in other parts.
    """

    first: int = 0
    twins: Mapping[str, list[int]] | None = None
    known: Known = attrs.field(factory=dict)


@attrs.frozen(kw_only=True, eq=False)
class Ids(Sequence[str]):
    """The ids of a sheet.

    Attributes:
        texts: The ids as text, null where there is none: a column or a list.
        missing: Rows of which the id is missing or damaged.
        twins: The numbers of the rows with the same id, for ids that stand in several rows.
        first: The number of the first row.
    """

    texts: Any
    missing: Codes
    twins: Mapping[str, Sequence[int]]
    first: int = 0

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, row: Any) -> Any:
        return self.raw(int(row))

    def raw(self, row: int) -> str:
        """Give a row's id as it stands; empty where there is none."""
        text = self.listed[row]
        return text if isinstance(text, str) else ""

    @functools.cached_property
    def listed(self) -> list[Any]:
        """The ids as a list."""
        # one cell of a dataframe takes as long as a hundred of a list
        found: list[Any] = self.texts if isinstance(self.texts, list) else self.texts.to_list()
        return found

    @property
    def faulty(self) -> Codes:
        """Tell of each row whether its id is missing, damaged, or stands in another row too."""
        rows = self.missing.copy()
        for twins in self.twins.values():
            places = np.array(twins) - self.first
            rows[places[(places >= 0) & (places < len(rows))]] = True
        return rows

    def twins_of(self, row: int) -> list[int]:
        """Give the other rows with a row's id."""
        own = self.first + row
        return [other for other in self.twins.get(self.raw(row), ()) if other != own]


def ids_of(series: nw.Series[Any], table: Table, spellings: Spellings, part: Part) -> Ids:
    """Read the ids of a sheet.

    Args:
        series: The column of ids.
        table: The sheet.
        spellings: Words that say that there is none.
        part: Which part of a file the rows are.
    """
    texts = _as_text(series)
    usual = _usual(texts, spellings)
    if not usual.all():
        cells = [tidy(one) or None if isinstance(one, str) else None for one in texts.to_list()]
        texts = made(texts.name, cells, nw.String, texts.implementation)
        usual = _usual(texts, spellings)
    others = np.flatnonzero(~usual)
    missing = _missing(len(texts), others, texts[others].to_list(), table, spellings)
    twins: dict[str, list[int]] = {}
    empty = int(texts.null_count())
    if part.twins is None and texts.n_unique() - bool(empty) < len(texts) - empty:
        doubled = (texts.is_duplicated() & ~texts.is_null()).to_numpy()
        several = np.flatnonzero(doubled)
        for row, text in zip(several.tolist(), texts[several].to_list(), strict=True):
            twins.setdefault(text, []).append(part.first + row)
    found = Ids(texts=texts, missing=missing, twins=twins, first=part.first)
    return _with_twins(found, part)


def ids_of_texts(
    cells: Sequence[str | None], table: Table, spellings: Spellings, part: Part
) -> Ids:
    """Read ids that are texts in a list; see `ids_of`.

    Args:
        cells: The ids, `None` where there is none.
        table: The sheet.
        spellings: Words that say that there is none.
        part: Which part of a file the rows are.
    """
    texts = [tidy(one) or None if one else None for one in cells]
    usual = _nothing_read(spellings)
    others = np.array(
        [
            row
            for row, text in enumerate(texts)
            if text is None or not usual or not _HAS.search(text) or _HAS_NOT.search(text)
        ],
        np.int64,
    )
    missing = _missing(len(texts), others, [texts[row] for row in others], table, spellings)
    rows: dict[str, list[int]] = {}
    if part.twins is None:
        for row, text in enumerate(texts, part.first):
            if text is not None:
                rows.setdefault(text, []).append(row)
    twins = {text: several for text, several in rows.items() if len(several) > 1}
    return _with_twins(Ids(texts=texts, missing=missing, twins=twins, first=part.first), part)


def _with_twins(ids: Ids, part: Part) -> Ids:
    """Take over which ids stand in several rows of the whole file."""
    if not part.twins:
        return ids
    own = part.twins.keys() & set(ids.listed)
    return attrs.evolve(ids, twins={text: part.twins[text] for text in own})


def _missing(
    size: int, others: Codes, texts: Sequence[Any], table: Table, spellings: Spellings
) -> Codes:
    """Tell of each row whether its id is missing or damaged; those that are plain are not read."""
    missing = np.zeros(size, np.bool_)
    for row, text in zip(others.tolist(), texts, strict=True):
        own = {_COLUMN.name: text} if isinstance(text, str) else {}
        record = Record(DataRow(row, own, (), ()), table, spellings)
        record.needed(_COLUMN.name, read_worker_id)
        missing[row] = bool(record.faults)
    return missing


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
    if not _nothing_read(spellings):
        return np.zeros(len(texts), np.bool_)
    filled = texts.fill_null("")
    plain = filled.str.contains(PLAIN_ID_HAS) & ~filled.str.contains(PLAIN_ID_HAS_NOT)
    held: Codes = plain.to_numpy().astype(np.bool_)
    return held


def _nothing_read(spellings: Spellings) -> bool:
    """Tell whether no word that says that there is nothing could pass for an id."""
    spelled = [key for word in _WORDS for key in spellings.word_spellings(word)]
    return not any(sign.isdigit() for key in spelled for sign in key)
