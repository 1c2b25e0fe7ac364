"""Files of rosters, part by part: never more than one part and eight bytes a row are held, and sums run along."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from cwgrade.arrays.answers import STATUSES
from cwgrade.arrays.asked import Kept
from cwgrade.errors import ArgumentError, MissingExtra, NotInForce, RosterFileError, WorkerFault
from cwgrade.frames.asking import (
    Asked,
    BadRows,
    Month,
    Opened,
    Places,
    loaded,
    months_read,
    warn_of,
)
from cwgrade.frames.ids import Known, Part
from cwgrade.frames.plain import PlainWriter, form_of, parts_of
from cwgrade.frames.sheet import FrameSheet
from cwgrade.frames.table import Labels, id_column, long_columns, refuse_taken, wide_columns
from cwgrade.frames.totalling import Sums, row_sums
from cwgrade.rosterfile.assumptions import Assumption, assumptions_of
from cwgrade.rosterfile.printed import with_printed
from cwgrade.rosterfile.reading import files_beside
from cwgrade.rosterfile.spellings import Spellings, load_spellings
from cwgrade.rosterfile.writing import written_whole
from cwgrade.scheme import Beyond, Scheme, Schemes, SchemeVersion
from cwgrade.staging import components_in, versions_on

__all__ = ["ARROW", "MonthOfFile", "PaidFile", "Run", "paid_file"]

Codes = NDArray[Any]

TEXT: Final = (".csv",)
ARROW: Final = (".parquet", ".feather", ".arrow")
"""Kinds of files that PyArrow reads and writes."""
_MOST_FAULTS: Final = 1000
"""Faults that are kept before reading stops: a file of a million faulty rows must not fill the memory."""
_PART: Final = 1 << 18
"""Rows of a part."""


@attrs.frozen(kw_only=True)
class MonthOfFile:
    """What a file comes to in a month.

    Attributes:
        month: The month, such as `"2024-07"`.
        statuses: How many rows have each status; those that do not occur are left out.
        whole: What all rows come to.
        components: What each component comes to.
    """

    month: str
    statuses: tuple[tuple[str, int], ...]
    whole: Sums
    components: tuple[tuple[str, Sums], ...]


@attrs.frozen(kw_only=True)
class PaidFile:
    """What became of a file.

    Attributes:
        path: The file that was written.
        rows: How many rows were read; each of them is in it.
        months: What each month comes to.
    """

    path: Path
    rows: int
    months: tuple[MonthOfFile, ...]


@attrs.frozen(kw_only=True, eq=False)
class Run:
    """What is asked of every part of a file.

    Attributes:
        source: The file.
        target: The file that is written.
        schemes: The scheme of all rows, or schemes by region.
        months: Year and month of each month.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
        spellings: How headers and cells are spelled.
        assumptions: What is assumed where it is unknown.
        bad_rows: What is done with faulty rows.
        long: Whether there is one row for each worker, month and component.
        labels: How the new columns are named.
        part_rows: How many rows a part has at most.
        known: What was read of cells in earlier parts.
        kept: What the scalar functions answered about rows of earlier parts.
    """

    source: Path
    target: Path
    schemes: Scheme | Schemes
    months: tuple[tuple[int, int], ...]
    known_on: date | None
    beyond: Beyond
    spellings: Spellings
    assumptions: tuple[Assumption, ...]
    bad_rows: BadRows
    long: bool
    labels: Labels
    part_rows: int = _PART
    known: Known = attrs.field(factory=dict)
    kept: Kept = attrs.field(factory=Kept)

    @classmethod
    def of(
        cls,
        source: Path | str,
        target: Path | str,
        schemes: Places,
        *,
        month: str | None,
        months: Iterable[str] | None,
        known_on: date | None,
        beyond: Beyond,
        assume: Mapping[str, str] | None,
        spellings: Path | None,
        bad_rows: BadRows,
        long: bool,
        labels: Labels,
    ) -> Run:
        """Understand what is asked.

        Raises:
            ArgumentError: A file cannot be read or written part by part, both are one, or long files stand beside it.
        """
        source, target = Path(source), Path(target)
        for path in (source, target):
            if path.suffix.casefold() not in (*TEXT, *ARROW):
                accepted = [*TEXT, *ARROW]
                raise ArgumentError("frame-file-kind", value=path.name, accepted=accepted)
        if target.exists() and source.exists() and target.samefile(source):
            raise ArgumentError("frame-file-is-target", value=str(target))
        places = loaded(schemes)
        known = with_printed(load_spellings(spellings), places)
        beside = [str(path) for _, path in files_beside(source, known)]
        if beside:
            raise ArgumentError("frame-files-beside", value=str(source), files=beside)
        return cls(
            source=source,
            target=target,
            schemes=places,
            months=months_read(month, months),
            known_on=known_on,
            beyond=beyond,
            spellings=known,
            assumptions=assumptions_of(assume or {}, known),
            bad_rows=bad_rows,
            long=long or month is None,
            labels=labels,
        )

    # ------------------------------------------------------------------------------------------ files

    def parts(self) -> Iterator[Any]:
        """Read the file part by part.

        Raises:
            MissingExtra: It is no CSV, and PyArrow is not installed.
            RosterFileError: It cannot be read to its end.
        """
        suffix = self.source.suffix.casefold()
        if suffix in TEXT:
            form = form_of(self.source, self.spellings)
            if not self.by_arrow:
                return parts_of(form, self.part_rows)
            from cwgrade.frames.arrow import csv_parts  # noqa: PLC0415 -- an extra

            return csv_parts(form, self.part_rows)
        from cwgrade.frames.arrow import feather_parts, parquet_parts  # noqa: PLC0415 -- an extra

        read = parquet_parts if suffix == ".parquet" else feather_parts
        return read(self.source, self.part_rows)

    def writer(self, target: BinaryIO) -> Any:
        """Start the file that is written."""
        if not self.by_arrow:
            return PlainWriter(target)
        from cwgrade.frames.arrow import ArrowWriter  # noqa: PLC0415 -- an extra

        return ArrowWriter(target, self.target.suffix.casefold())

    @property
    def by_arrow(self) -> bool:
        """Whether PyArrow reads and writes: wherever it is installed, and for all files but CSV."""
        if importlib.util.find_spec("pyarrow") is not None:
            return True
        if {path.suffix.casefold() for path in (self.source, self.target)} <= {*TEXT}:
            return False
        raise MissingExtra("missing-extra", library="pyarrow", extra="files")

    def sheet(self, part: Any, first: int, twins: Mapping[str, list[int]]) -> FrameSheet:
        """Understand a part."""
        place = Part(first=first, twins=twins, known=self.known)
        found: FrameSheet = part.sheet(self.spellings, place, str(self.source))
        return found

    def asked(self, sheet: FrameSheet) -> Asked:
        """Read the rows of a part, and give them to their schemes."""
        opened = Opened(frame=None, sheet=sheet, spelled=None, assumptions=self.assumptions)
        return Asked(
            opened,
            self.schemes,
            self.months,
            known_on=self.known_on,
            beyond=self.beyond,
            kept=self.kept,
        )

    # ------------------------------------------------------------------------------------------ columns

    def components(self) -> dict[str, str]:
        """Give the components of all schemes, each with its printed Chinese name: every part has the same columns."""
        return {one.name: one.label.zh for one in components_in(self._versions())}

    @property
    def has_step(self) -> bool:
        """Whether a scheme has steps."""
        return any(version.step is not None for version in self._versions())

    def _versions(self) -> list[SchemeVersion]:
        """Give the versions that somebody may be under in the months."""
        if isinstance(self.schemes, Scheme):
            schemes = [self.schemes]
        else:
            schemes = [scheme for _, scheme in self.schemes.by_region]
        found: list[SchemeVersion] = []
        for year, month in self.months:
            first = date(year, month, 1)
            for scheme in schemes:
                try:
                    version = scheme.version_of_month(
                        first, known_on=self.known_on, beyond=self.beyond
                    )
                except NotInForce:
                    # it matters only if somebody is there, and is told then
                    continue
                found += versions_on(scheme, version, first, known_on=self.known_on)
        return found


def paid_file(run: Run) -> PaidFile:
    """Pay a file part by part; where an id turns out to stand in several rows, once more.

    Args:
        run: What is asked.

    Raises:
        RosterFileError: Rows are faulty, or it is no roster at all.
        NotInForce: A scheme does not apply in a month.
        ArgumentError: The answers would take the place of columns, or the file cannot be written.
    """
    with written_whole(run.target) as target:
        passing = _Passing(run, target)
        passing.go()
        suspects = passing.suspects()
        if len(suspects):
            target.seek(0)
            target.truncate()
            passing = _Passing(run, target, _twins(run, suspects))
            passing.go()
        passing.refuse()
    return passing.paid()


def _twins(run: Run, suspects: Codes) -> dict[str, list[int]]:
    """Find the rows of ids that stand in several, among those whose hash occurs twice."""
    rows: dict[str, list[int]] = {}
    first = 0
    for part in run.parts():
        ids = run.sheet(part, first, {}).ids.listed
        for place in np.flatnonzero(np.isin(_hashes(ids), suspects)).tolist():
            if ids[place] is not None:
                rows.setdefault(ids[place], []).append(first + place)
        first += part.size
    return {text: several for text, several in rows.items() if len(several) > 1}


def _hashes(ids: Sequence[Any]) -> Codes:
    return np.fromiter(map(hash, ids), np.int64, len(ids))


class _Passing:
    """One passing through a file."""

    def __init__(
        self, run: Run, target: BinaryIO, twins: Mapping[str, list[int]] | None = None
    ) -> None:
        self._run, self._twins = run, twins
        self._writer = run.writer(target)
        self._components, self._step = run.components(), run.has_step
        self._hashes: list[Codes] = []
        self._faults: list[WorkerFault] = []
        self._rows = 0
        self._statuses: list[Counter[int]] = [Counter() for _ in run.months]
        self._sums: list[dict[str | None, Sums]] = [{} for _ in run.months]

    def go(self) -> None:
        """Read, answer and write every part."""
        try:
            for part in self._run.parts():
                self._take(part)
        finally:
            # before the file itself is closed, whatever happened
            self._writer.close()

    def _take(self, part: Any) -> None:
        # ids that stand twice are found by their hashes, in all parts together
        sheet = self._run.sheet(part, self._rows, self._twins or {})
        if not self._rows:
            warn_of(sheet)
        asked = self._run.asked(sheet)
        self._hashes.append(_hashes(sheet.ids.listed)[~sheet.ids.missing])
        if self._run.bad_rows == "stop":
            self._keep(asked)
        if not self._faults:
            self._answer(part, asked)
        self._rows += part.size

    def _keep(self, asked: Asked) -> None:
        for row in sorted(asked.faults):
            self._faults += asked.faults[row]
            if len(self._faults) >= _MOST_FAULTS:
                last = self._faults[-1]
                self._faults.append(
                    WorkerFault(
                        "frame-many-faults",
                        file=last.file,
                        line=last.line,
                        value=len(self._faults),
                    )
                )
                self.refuse()

    def _answer(self, part: Any, asked: Asked) -> None:
        run = self._run
        months: list[Month] = []
        for place, (year, month) in enumerate(run.months):
            answers = asked.of_schemes(year, month)
            found = asked.together(year, month, answers)
            counts = np.bincount(found.status, minlength=len(STATUSES))
            self._statuses[place].update(dict(enumerate(counts.tolist())))
            sums = self._sums[place]
            for name, more in row_sums(asked, answers).items():
                sums[name] = sums.get(name, Sums()) + more
            months.append(found)
        if run.long:
            rows, columns = long_columns(months, run.labels, [*self._components])
            self._writer.long(part, asked.opened.sheet, rows, id_column(run.labels), columns)
            return
        columns = wide_columns(asked, months[0], run.labels, self._components, step=self._step)
        refuse_taken(columns, part.headers)
        self._writer.wide(part, columns)

    def suspects(self) -> Codes:
        """Give the hashes that occur twice, in another part or in the same; nothing where twins are known."""
        if self._twins is not None:
            return np.zeros(0, np.int64)
        hashes = np.sort(np.concatenate(self._hashes))
        return np.unique(hashes[1:][hashes[1:] == hashes[:-1]])

    def refuse(self) -> None:
        """Raise all that is wrong with rows.

        Raises:
            RosterFileError: Something is.
        """
        if self._faults:
            raise RosterFileError(self._faults)

    def paid(self) -> PaidFile:
        """Give what became of the file."""
        run = self._run
        months = [
            MonthOfFile(
                month=f"{year}-{month:02d}",
                statuses=tuple(
                    (status, self._statuses[place][code])
                    for code, status in enumerate(STATUSES)
                    if self._statuses[place][code]
                ),
                whole=self._sums[place].get(None, Sums()),
                components=tuple(
                    (name, self._sums[place][name])
                    for name in self._components
                    if name in self._sums[place]
                ),
            )
            for place, (year, month) in enumerate(run.months)
        ]
        return PaidFile(path=run.target, rows=self._rows, months=tuple(months))
