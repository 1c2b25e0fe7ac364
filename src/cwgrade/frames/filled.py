"""Columns made of arrays, of the same kind as a dataframe's own: whole numbers with gaps, and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

__all__ = ["Filled", "Numbers", "Words", "made", "numbers", "series_of", "words"]

Codes = NDArray[Any]


@attrs.frozen(kw_only=True, eq=False)
class Numbers:
    """A column of whole numbers, before it is of any kind.

    Attributes:
        name: Its name.
        amounts: The numbers.
        held: Which rows have one.
    """

    name: str
    amounts: Codes
    held: Codes


@attrs.frozen(kw_only=True, eq=False)
class Words:
    """A column of words, before it is of any kind.

    Attributes:
        name: Its name.
        codes: The place of each row's word.
        texts: The words; `None` is null.
    """

    name: str
    codes: Codes
    texts: Sequence[str | None]


Filled = Numbers | Words


def series_of(column: Filled, like: nw.Implementation) -> nw.Series[Any]:
    """Make a column of a dataframe.

    Args:
        column: What it holds.
        like: The kind of dataframe.
    """
    if isinstance(column, Numbers):
        return numbers(column.name, column.amounts, column.held, like)
    return words(column.name, column.codes, column.texts, like)


def made(name: str, cells: Any, kind: Any, like: nw.Implementation) -> nw.Series[Any]:
    """Make a column.

    Args:
        name: Its name.
        cells: Its cells.
        kind: Their type.
        like: The kind of dataframe.
    """
    backend: Any = like
    column: nw.Series[Any] = nw.new_series(name, cells, kind, backend=backend)
    return column


def numbers(name: str, amounts: Codes, held: Codes, like: nw.Implementation) -> nw.Series[Any]:
    """Make a column of whole numbers, null where nothing is held.

    Args:
        name: Its name.
        amounts: The numbers.
        held: Which rows have one.
        like: The kind of dataframe.
    """
    exact = np.where(held, amounts, 0).astype(np.int64)
    if like.is_pandas():
        # a plain column of pandas would turn whole numbers with gaps into floats
        pandas: Any = like.to_native_namespace()
        masked = pandas.Series(pandas.arrays.IntegerArray(exact, ~held), name=name)
        column: nw.Series[Any] = nw.from_native(masked, series_only=True)
        return column
    column = made(name, exact, nw.Int64, like)
    if held.all():
        return column
    mask = made("held", held, nw.Boolean, like)
    frame = column.to_frame().with_columns(mask)
    return frame.select(nw.when(nw.col("held")).then(nw.col(name)).alias(name))[name]


def words(
    name: str, codes: Codes, texts: Sequence[str | None], like: nw.Implementation
) -> nw.Series[Any]:
    """Make a column of words.

    Args:
        name: Its name.
        codes: The place of each row's word.
        texts: The words; `None` is null.
        like: The kind of dataframe.
    """
    distinct = made(name, list(texts), nw.String, like)
    column: nw.Series[Any] = distinct[codes.astype(np.int64)]
    if like.is_pandas():
        native: Any = column.to_native()
        column = nw.from_native(native.reset_index(drop=True), series_only=True)
    return column
