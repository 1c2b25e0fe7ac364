"""A column of a dataframe as codes into its distinct cells, each cell as the text that a file would hold.

Cells are read one by one in `rosterfile`; here every distinct one is made once, so that a million rows cost as much as
their distinct cells. What a file cannot hold and a dataframe can (floats for money, times of day) is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cwgrade.errors import ArgumentError
from cwgrade.money import yuan_text
from cwgrade.rosterfile.cells import cell_text, tidy
from cwgrade.rosterfile.columns import VOCABULARIES, Column, Reads
from cwgrade.rosterfile.sheets import LONGEST_CELL

__all__ = ["EMPTY", "FEN", "Coded", "coded", "coded_texts"]

Codes = NDArray[Any]
Cells = dict[int, ArgumentError]

EMPTY: Final = -1
"""The code of an empty cell."""
FEN: Final = "_fen"
"""The end of the header of a column of amounts in fen."""
_NARROW: Final = 1 << 22
"""Whole numbers that lie so close together are told apart by a table, others by sorting."""


@attrs.frozen(kw_only=True, eq=False)
class Coded:
    """A column as codes.

    Attributes:
        codes: For each row the place of its cell in `texts`, `EMPTY` where it has none.
        texts: The distinct cells, as a file would hold them.
        refused: What no file could hold, by place.
    """

    codes: Codes
    texts: Sequence[str]
    refused: Cells = attrs.field(factory=dict)

    @property
    def filled(self) -> Codes:
        """Tell of each row whether its cell is filled."""
        held: Codes = self.codes != EMPTY
        return held

    def text(self, row: int) -> str:
        """Give the text of a row's cell; empty where there is none."""
        code = self.codes[row]
        return "" if code == EMPTY else self.texts[code]

    def refusal(self, row: int) -> ArgumentError | None:
        """Give what is wrong with a row's cell before it is even read."""
        return self.refused.get(int(self.codes[row])) if self.refused else None


def coded(series: nw.Series[Any], column: Column, *, in_fen: bool = False) -> Coded:
    """Give a column as codes.

    Args:
        series: The column.
        column: What it means.
        in_fen: Its amounts are whole numbers of fen.

    Raises:
        ArgumentError: The column holds something that is not read at all, such as floats for money.

    Examples:
        >>> import polars as pl
        >>> months = nw.from_native(pl.Series([63, None, 63]), series_only=True)
        >>> found = coded(months, Column(name="service_months", reads=Reads.MONTHS))
        >>> found.codes.tolist(), found.texts
        ([0, -1, 0], ('63',))
    """
    dtype, size = series.dtype, len(series)
    if series.null_count() == size:
        return _nothing(size)
    if in_fen and not dtype.is_integer():
        raise ArgumentError("frame-fen-not-whole", value=str(dtype))
    if dtype.is_integer():
        return _whole(series, yuan_text if in_fen else str)
    if dtype.is_float():
        return _floats(series, column)
    if isinstance(dtype, nw.Datetime) and dtype.time_zone is not None:
        raise ArgumentError("frame-time-zone", value=str(dtype))
    if isinstance(dtype, nw.Date | nw.Datetime):
        return _days(series)
    if isinstance(dtype, nw.String | nw.Categorical | nw.Enum):
        return _texts(series)
    if isinstance(dtype, nw.Boolean):
        return _yes_no(series, column)
    if isinstance(dtype, nw.Decimal | nw.Object):
        return _objects(series, column)
    raise ArgumentError("frame-dtype", value=str(dtype))


def _nothing(size: int) -> Coded:
    return Coded(codes=np.full(size, EMPTY, np.int32), texts=())


def _whole(series: nw.Series[Any], told: Callable[[int], str]) -> Coded:
    empty = series.is_null().to_numpy()
    numbers = series.fill_null(0).to_numpy() if empty.any() else series.to_numpy()
    distinct, codes = _distinct(_padded(numbers.astype(np.int64), empty))
    return _made(codes, empty, [told(int(one)) for one in distinct])


def _padded(numbers: Codes, empty: Codes) -> Codes:
    """Put a number that occurs where there is none, so that no further one does."""
    return np.where(empty, numbers[np.argmin(empty)], numbers) if empty.any() else numbers


def _distinct(numbers: NDArray[np.int64]) -> tuple[Codes, Codes]:
    """Give the distinct numbers and the place of each row's."""
    low, high = int(numbers.min()), int(numbers.max())
    if high - low >= _NARROW:
        found, codes = np.unique(numbers, return_inverse=True)
        return found, codes
    shifted = numbers - low
    held = np.zeros(high - low + 1, np.bool_)
    held[shifted] = True
    distinct = np.flatnonzero(held)
    places = np.zeros(len(held), np.int32)
    places[distinct] = np.arange(len(distinct))
    return distinct + low, places[shifted]


def _floats(series: nw.Series[Any], column: Column) -> Coded:
    numbers = series.to_numpy().astype(np.float64)
    empty = np.isnan(numbers)
    if empty.all():
        return _nothing(len(numbers))
    if column.reads is Reads.YUAN:
        raise ArgumentError("frame-float-money", value=float(numbers[~empty][0]))
    distinct, codes = np.unique(_padded(numbers, empty), return_inverse=True)
    finite = np.isfinite(distinct)
    texts = [
        cell_text(float(one)) if fits else str(one)
        for one, fits in zip(distinct, finite, strict=True)
    ]
    return _made(codes, empty, texts)


def _days(series: nw.Series[Any]) -> Coded:
    empty = series.is_null().to_numpy()
    exact = series.to_numpy().astype("datetime64[us]")
    days = exact.astype("datetime64[D]")
    late = (exact != days) & ~empty
    if not late.any():
        distinct, codes = _distinct(_padded(days.astype(np.int64), empty))
        return _made(codes, empty, [str(one) for one in distinct.astype("datetime64[D]")])
    moments, codes = np.unique(_padded(exact.astype(np.int64), empty), return_inverse=True)
    told = [
        str(one).replace("T", " ")
        for one in moments.astype("datetime64[us]").astype("datetime64[s]")
    ]
    timed = np.unique(codes[late])
    refused = {int(one): ArgumentError("frame-time-of-day", value=told[one]) for one in timed}
    return _made(codes, empty, [text.removesuffix(" 00:00:00") for text in told], refused)


def _texts(series: nw.Series[Any]) -> Coded:
    words = series.cast(nw.String)
    if words.implementation.is_pyarrow():
        native: Any = words.to_native().combine_chunks().dictionary_encode()
        codes = native.indices.fill_null(EMPTY).to_numpy(zero_copy_only=False)
        return _tidied(codes, native.dictionary.to_pylist())
    known = [one for one in words.unique().to_list() if isinstance(one, str) and one]
    places = np.arange(-1, len(known), dtype=np.int32)
    codes = (
        words.fill_null("")
        .replace_strict(["", *known], places.tolist(), return_dtype=nw.Int32)
        .to_numpy()
    )
    return _tidied(codes, known)


def coded_texts(cells: Sequence[str | None]) -> Coded:
    """Give texts in a list as codes.

    Args:
        cells: The texts; `None` where there is none.

    Examples:
        >>> found = coded_texts(["委员", None, "书记 ", "委员"])
        >>> found.codes.tolist(), found.texts
        ([0, -1, 1, 0], ['委员', '书记'])
    """
    places: dict[str | None, int] = {None: EMPTY}
    codes = [places.setdefault(one, len(places) - 1) for one in cells]
    return _tidied(np.array(codes, np.int32), [one for one in places if one is not None])


def _tidied(codes: Codes, known: Sequence[str]) -> Coded:
    """Trim texts, and take the blank ones for empty cells."""
    texts = [tidy(one) for one in known]
    blank = [place for place, text in enumerate(texts) if not text]
    if blank:
        codes = np.where(np.isin(codes, blank), EMPTY, codes)
    refused = {
        place: ArgumentError("roster-cell-too-long", value=len(text), most=LONGEST_CELL)
        for place, text in enumerate(texts)
        if len(text) > LONGEST_CELL
    }
    return Coded(codes=codes, texts=texts, refused=refused)


def _yes_no(series: nw.Series[Any], column: Column) -> Coded:
    empty = series.is_null().to_numpy()
    codes = series.fill_null(value=False).to_numpy().astype(np.int32)
    asks = column.vocabulary and "yes" in VOCABULARIES.get(column.vocabulary, ("yes",))
    return _made(codes, empty, ["no", "yes"] if asks else [str(one) for one in (False, True)])


def _objects(series: nw.Series[Any], column: Column) -> Coded:
    """Give a column of Python objects, as pandas has where kinds are mixed."""
    places: dict[tuple[type, object], int] = {}
    texts: list[str] = []
    refused: Cells = {}
    codes = np.full(len(series), EMPTY, np.int32)
    empty = series.is_null().to_numpy()
    for row, cell in enumerate(series.to_list()):
        if empty[row] or cell is None or cell != cell:  # noqa: PLR0124 -- NaN
            continue
        try:
            place = places.get((type(cell), cell))
        except TypeError:
            place = None
        if place is None:
            place = len(texts)
            text, error = _object(cell, column)
            texts.append(text)
            if error is not None:
                refused[place] = error
            else:
                places[type(cell), cell] = place
        codes[row] = place if texts[place] else EMPTY
    return Coded(codes=codes, texts=texts, refused=refused)


def _object(cell: object, column: Column) -> tuple[str, ArgumentError | None]:
    match cell:
        case str():
            return tidy(cell), None
        case bool():
            return cell_text(cell), None
        case float() | np.floating() if column.reads is Reads.YUAN:
            return str(cell), ArgumentError("frame-float-money", value=float(cell))
        case Decimal():
            return format(cell, "f"), None
        case datetime() if cell.tzinfo is not None:
            return str(cell), ArgumentError("frame-time-zone", value=str(cell))
        case datetime() if (cell.hour, cell.minute, cell.second, cell.microsecond) != (0, 0, 0, 0):
            return str(cell), ArgumentError("frame-time-of-day", value=str(cell))
        case int() | float() | date() | np.integer() | np.floating():
            plain = cell.item() if isinstance(cell, np.generic) else cell
            return cell_text(plain), None
        case _:
            kind = type(cell).__name__
            return kind, ArgumentError("frame-dtype", value=kind)


def _made(codes: Codes, empty: Codes, texts: Sequence[str], refused: Cells | None = None) -> Coded:
    marked = np.where(empty, EMPTY, codes).astype(np.int32) if empty.any() else codes
    return Coded(codes=marked, texts=tuple(texts), refused=refused or {})
