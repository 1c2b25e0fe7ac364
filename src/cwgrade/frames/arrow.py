"""CSV, Parquet and Feather in parts with PyArrow. No other module knows PyArrow."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

import attrs
import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from cwgrade.errors import ArgumentError, MissingExtra
from cwgrade.frames.asking import frame_of
from cwgrade.frames.filled import Filled, Numbers
from cwgrade.frames.ids import Part
from cwgrade.frames.plain import Form, rows_of
from cwgrade.frames.sheet import FrameSheet, sheet_of
from cwgrade.rosterfile.columns import ROSTER
from cwgrade.rosterfile.sheets import FORMULA_STARTS, guarded, refuse
from cwgrade.rosterfile.spellings import Spellings

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv, ipc, parquet
except ImportError as error:  # pragma: no cover -- the tests of this module need it
    raise MissingExtra("missing-extra", library="pyarrow", extra="files") from error

__all__ = ["ArrowPart", "ArrowWriter", "csv_parts", "feather_parts", "parquet_parts"]

Codes = NDArray[Any]

_BLOCK: Final = 1 << 22
"""Bytes of a CSV file that are parsed at a time."""
_LINES: Final = 1 << 14
"""Rows that are made text at a time."""
_FEW: Final = 2
"""Signs that are looked for anywhere before they are looked for at the start of texts."""
_FORMULA: Final = f"^[{''.join(FORMULA_STARTS).replace('-', '')}-]"
_GUARDED: Final = _FORMULA.replace("^", "^'", 1)


@attrs.frozen(kw_only=True, eq=False)
class ArrowPart:
    """Some rows of a file.

    Attributes:
        table: The rows.
    """

    table: Any

    @property
    def size(self) -> int:
        """How many rows there are."""
        found: int = self.table.num_rows
        return found

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers."""
        return tuple(self.table.column_names)

    def sheet(self, spellings: Spellings, part: Part, label: str) -> FrameSheet:
        """Understand the columns; see `cwgrade.frames.sheet.sheet_of`."""
        frame: nw.DataFrame[Any] = frame_of(self.table, label)
        return sheet_of(frame, ROSTER, spellings, label=label, part=part)


def csv_parts(form: Form, size: int) -> Iterator[ArrowPart]:
    """Read a CSV file part by part, every cell as text.

    Args:
        form: The file and how it is written.
        size: How many rows a part has at most.

    Yields:
        The parts; one without rows where the file has none.

    Raises:
        RosterFileError: A row has another number of cells, a quotation mark is not closed, or it is no text.
    """
    encoding = "utf8" if form.encoding == "utf-8-sig" else form.encoding
    headers = list(form.headers)
    try:
        reader = csv.open_csv(
            form.path,
            read_options=csv.ReadOptions(
                block_size=_BLOCK, column_names=headers, skip_rows_after_names=1, encoding=encoding
            ),
            parse_options=csv.ParseOptions(delimiter=form.delimiter, newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(headers, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        empty = pa.table([pa.array([], pa.string()) for _ in headers], names=headers)
        tables = (
            pa.table([_unguarded(column) for column in batch.columns], names=headers)
            for batch in reader
        )
        yield from _cut(tables, size, empty)
    except (pa.ArrowException, UnicodeError) as error:
        # the other reader knows in which row it is
        for _ in rows_of(form):
            pass
        raise refuse("frame-broken-file", str(form.path), why=str(error)) from None


def parquet_parts(path: Path, size: int) -> Iterator[ArrowPart]:
    """Read a Parquet file part by part; see `csv_parts`."""

    def tables() -> Iterator[Any]:
        with parquet.ParquetFile(path) as file:
            yield file.schema_arrow.empty_table()
            for batch in file.iter_batches(batch_size=size):
                yield pa.Table.from_batches([batch])

    return _parts(path, size, tables())


def feather_parts(path: Path, size: int) -> Iterator[ArrowPart]:
    """Read a Feather file, also known as an Arrow file, part by part; see `csv_parts`."""

    def tables() -> Iterator[Any]:
        with pa.memory_map(str(path)) as source, ipc.open_file(source) as file:
            yield file.schema.empty_table()
            for place in range(file.num_record_batches):
                yield pa.Table.from_batches([file.get_batch(place)])

    return _parts(path, size, tables())


def _parts(path: Path, size: int, tables: Iterator[Any]) -> Iterator[ArrowPart]:
    """Read tables, the first of which is an empty one."""
    file = str(path)
    try:
        plain = map(_without_views, tables)
        yield from _cut(plain, size, next(plain))
    except pa.ArrowException as error:
        raise refuse("frame-broken-file", file, why=str(error)) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise refuse("roster-not-readable", file, value=file, why=why) from None


def _without_views(table: Any) -> Any:
    """Give texts that are kept as views as they usually are: hardly anything can be done with views."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string_view(field.type):
            column = table.column(place).cast(pa.large_string())
            table = table.set_column(place, field.name, column)
    return table


def _cut(tables: Iterator[Any], size: int, empty: Any) -> Iterator[ArrowPart]:
    """Put small tables together and cut large ones, so that parts are as large as they may be, or nearly."""
    held: list[Any] = []
    none_yet = True
    for table in tables:
        if held and sum(one.num_rows for one in held) + table.num_rows > size:
            yield ArrowPart(table=pa.concat_tables(held))
            held, none_yet = [], False
        for first in range(0, table.num_rows, size):
            held.append(table.slice(first, size))
            if held[-1].num_rows == size:
                yield ArrowPart(table=held.pop())
                none_yet = False
    if held or none_yet:
        yield ArrowPart(table=pa.concat_tables(held) if held else empty)


def _unguarded(column: Any) -> Any:
    """Take off what protects cells from a spreadsheet, as the reader of other rosters does."""
    if not _may_start(column, "'="):
        return column
    held = pc.match_substring_regex(column, _GUARDED)
    column = pc.if_else(held, pc.utf8_slice_codeunits(column, 1), column)
    held = pc.match_substring_regex(column, r'(?s)^=".*"$')
    held = pc.and_(held, pc.greater(pc.utf8_length(column), len('=""')))
    return pc.if_else(held, pc.utf8_slice_codeunits(column, 2, -1), column)


def _may_start(column: Any, signs: str) -> bool:
    """Tell whether a text may start with one of some signs, by its first byte: a search for each row takes longer."""
    marks = np.zeros(256, np.bool_)
    marks[[sign.encode()[0] for sign in signs]] = True
    for chunk in column.chunks if isinstance(column, pa.ChunkedArray) else (column,):
        _, places, texts = chunk.buffers()
        if texts is None or not texts.size:
            continue
        held: Codes = np.frombuffer(texts, np.uint8)
        if len(signs) <= _FEW and not any((held == ord(sign)).any() for sign in signs):
            continue
        width = np.int64 if pa.types.is_large_string(chunk.type) else np.int32
        all_places: Codes = np.frombuffer(places, width)
        starts, ends = (
            all_places[first : first + len(chunk)] for first in (chunk.offset, chunk.offset + 1)
        )
        if marks[held[starts[starts < ends]]].any():
            return True
    return False


class ArrowWriter:
    """Writes columns as CSV, Parquet or Feather."""

    def __init__(self, target: BinaryIO, suffix: str) -> None:
        """Start a file that is open.

        Args:
            target: The file.
            suffix: Tells its form.
        """
        self._target = target
        self._is_text = suffix == ".csv"
        self._suffix = suffix
        self._writer: Any = None

    def wide(self, part: ArrowPart, columns: Sequence[Filled]) -> None:
        """Write a part with columns beside its own."""
        names = [*part.table.column_names, *(one.name for one in columns)]
        self._write([*part.table.columns, *map(_told, columns)], names)

    def long(
        self,
        part: ArrowPart,
        sheet: FrameSheet,
        rows: Codes,
        header: str,
        columns: Sequence[Filled],
    ) -> None:
        """Write rows of columns, each after the id of its row in a part."""
        del part
        ids: Any = sheet.ids.texts
        own = ids.to_native().take(pa.array(rows)).cast(pa.string())
        self._write([own, *map(_told, columns)], [header, *(one.name for one in columns)])

    def close(self) -> None:
        """End the file."""
        if self._writer is not None:
            self._writer.close()

    def _write(self, columns: Sequence[Any], names: Sequence[str]) -> None:
        if self._is_text:
            names = [guarded(name) for name in names]
            columns = [_guarded(column) for column in columns]
        table = pa.table(list(columns), names=list(names))
        try:
            if self._writer is None:
                self._writer = self._started(table.schema)
            self._writer.write_table(table)
        except pa.ArrowException as error:
            why = str(error)
            raise ArgumentError("write-refused", value=f"*{self._suffix}", why=why) from None

    def _started(self, schema: Any) -> Any:
        if self._is_text:
            self._target.write(codecs.BOM_UTF8)
            return csv.CSVWriter(
                self._target, schema, write_options=csv.WriteOptions(batch_size=_LINES)
            )
        if self._suffix == ".parquet":
            return parquet.ParquetWriter(self._target, schema)
        return ipc.new_file(self._target, schema, options=ipc.IpcWriteOptions(compression="lz4"))


def _guarded(column: Any) -> Any:
    """Protect texts from being taken for a formula."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    if not _may_start(column, "".join(FORMULA_STARTS)):
        return column
    held = pc.match_substring_regex(column, _FORMULA)
    mark, nothing = (pa.scalar(text, column.type) for text in ("'", ""))
    return pc.if_else(held, pc.binary_join_element_wise(mark, column, nothing), column)


def _told(column: Filled) -> Any:
    if isinstance(column, Numbers):
        return pa.array(column.amounts, pa.int64(), mask=~column.held)
    texts = pa.array(column.texts, pa.string())
    return texts.take(pa.array(column.codes))
