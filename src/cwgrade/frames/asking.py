"""Asking schemes about a dataframe: rows go to the scheme of their region, month by month, and come back in order."""

from __future__ import annotations

import operator
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal

import attrs
import narwhals as nw
import numpy as np
from narwhals.exceptions import DuplicateError
from numpy.typing import NDArray

from cwgrade.arrays.answers import BAD_ROW, STATUSES, MonthOfRoster, month_of
from cwgrade.arrays.asked import Kept
from cwgrade.arrays.months import NO_AMOUNT
from cwgrade.dates import PartialDate
from cwgrade.errors import ArgumentError, HeaderWarning, NotInForce, WorkerFault
from cwgrade.frames.reading import FrameRead, read_frame, worker_in
from cwgrade.frames.sheet import FrameSheet, sheet_of
from cwgrade.frames.spelled import Spelled, spelled_of
from cwgrade.rosterfile.assumptions import DAYS, Assumption, assumptions_of
from cwgrade.rosterfile.cells import read_day
from cwgrade.rosterfile.columns import ROSTER, SUPPLIED_PREFIX, sheet_columns
from cwgrade.rosterfile.layout import require_columns
from cwgrade.rosterfile.printed import with_printed
from cwgrade.rosterfile.spellings import load_spellings
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.staging import components_of
from cwgrade.wording import say
from cwgrade.worker import Worker

__all__ = [
    "Asked",
    "BadRows",
    "Month",
    "Opened",
    "Places",
    "frame_of",
    "loaded",
    "months_read",
    "require_regions",
    "warn_of",
]

Codes = NDArray[Any]
BadRows = Literal["stop", "set_aside"]
Places = Scheme | Schemes | Iterable[Scheme]
"""A scheme for all rows, or schemes by region."""


def loaded(schemes: Places) -> Scheme | Schemes:
    """Give schemes as one value that can be looked through more than once.

    Raises:
        ArgumentError: Something is no scheme.
    """
    return schemes if isinstance(schemes, Scheme | Schemes) else Schemes.of(schemes)


_CALLER: Final = 5
"""From a warning up to whoever called: past `warn_of`, `Opened.of`, and two functions of `cwgrade.frames.paying`."""
_NOTHING: Final[Mapping[str, str]] = {}


def months_read(month: str | None, months: Iterable[str] | None) -> tuple[tuple[int, int], ...]:
    """Read which months are asked for.

    Args:
        month: One month, such as `"2024-07"`.
        months: Or several.

    Raises:
        ArgumentError: Neither or both are given, `months` is no list, or one is no month or stands twice.

    Examples:
        >>> months_read(None, ["2024-07", "2024年8月"])
        ((2024, 7), (2024, 8))
    """
    if (month is None) == (months is None):
        raise ArgumentError("frame-month-or-months")
    if months is None:
        return (_month(month),)
    if isinstance(months, str) or not isinstance(months, Iterable):
        raise ArgumentError("frame-months-not-a-list", value=months)
    asked = [_month(text) for text in months]
    if not asked:
        raise ArgumentError("frame-month-or-months")
    for place, (year, number) in enumerate(asked):
        if (year, number) in asked[:place]:
            raise ArgumentError("frame-month-twice", value=f"{year}-{number:02d}")
    return tuple(asked)


def _month(text: object) -> tuple[int, int]:
    try:
        day = read_day(text) if isinstance(text, str) else None
    except ArgumentError as error:
        raise ArgumentError("cli-bad-month", value=text, example="2024-07") from error
    if not isinstance(day, PartialDate) or day.month is None:
        raise ArgumentError("cli-bad-month", value=text, example="2024-07")
    return day.year, day.month


@attrs.frozen(kw_only=True, eq=False)
class Opened:
    """A dataframe and the spells beside it, understood and not read yet.

    Attributes:
        frame: The roster; `None` where its columns come from elsewhere.
        sheet: It as a sheet.
        spelled: The spells, `None` where there are none.
        assumptions: What is assumed where it is unknown.
    """

    frame: Any
    sheet: FrameSheet
    spelled: Spelled | None
    assumptions: tuple[Assumption, ...]

    @classmethod
    def of(
        cls,
        roster: Any,
        *,
        schemes: Scheme | Schemes | None = None,
        spells: Any | None = None,
        assume: Mapping[str, str] | None = None,
        spellings: Path | None = None,
    ) -> Opened:
        """Understand dataframes.

        Args:
            roster: An eager dataframe, one row for each worker.
            schemes: The schemes that are asked, whose printed names it may use.
            spells: An eager dataframe of spells of service.
            assume: What is assumed where a fact is unknown.
            spellings: A file with more spellings of headers and values.

        Raises:
            ArgumentError: It is no eager dataframe, or what is assumed is no fact or no value of it.
            RosterFileError: A column is missing, stands twice, or holds what is not read at all.
        """
        known = with_printed(load_spellings(spellings), schemes)
        assumptions = assumptions_of(assume or _NOTHING, known)
        frame = frame_of(roster, "roster")
        sheet = sheet_of(frame, ROSTER, known, label="roster")
        spelled, beside = None, None
        if spells is not None:
            beside = sheet_of(
                frame_of(spells, "spells"), sheet_columns("spells"), known, label="spells"
            )
            first = any(one.column is DAYS for one in assumptions)
            spelled = spelled_of(beside, sheet.ids, first_of_month=first)
        for one in (sheet, beside):
            if one is not None:
                warn_of(one)
        return cls(frame=frame, sheet=sheet, spelled=spelled, assumptions=assumptions)

    def read(self, months: Sequence[tuple[int, int]]) -> FrameRead:
        """Read every row.

        Raises:
            ArgumentError: Amounts are supplied, and several months are asked for.
        """
        return read_frame(
            self.sheet,
            self.spelled,
            assumptions=self.assumptions,
            pay_month=self._pay_month(months),
        )

    def worker(self, row: int, month: tuple[int, int]) -> Worker:
        """Read one row.

        Raises:
            ArgumentError: There is no such row, or it is no whole number.
            RosterFileError: Something is wrong with it.
        """
        try:
            row = operator.index(row)
        except TypeError:
            raise ArgumentError("frame-row-not-whole", value=row) from None
        if not 0 <= row < self.sheet.size:
            raise ArgumentError("frame-no-such-row", value=row, count=self.sheet.size)
        return worker_in(
            self.sheet, self.spelled, row, assumptions=self.assumptions, pay_month=month
        )

    def _pay_month(self, months: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        if len(months) == 1:
            return months[0]
        supplied = [name for name in self.sheet.cells if name.startswith(SUPPLIED_PREFIX)]
        if self.sheet.filled(*supplied).any():
            headers = [self.sheet.table.headers[name] for name in supplied]
            raise ArgumentError("frame-supplied-for-several-months", columns=headers)
        return None


def warn_of(sheet: FrameSheet) -> None:
    """Warn of headers that look like a slip: their cells are not read, and the fact would pass for unknown."""
    for header in sheet.table.unrecognised:
        near = sheet.spellings.near_header(sheet.table.kind, header, sheet.table.columns)
        if near is not None:
            facts = {"sheet": sheet.table.label, "header": header, "near": near}
            warnings.warn(say("frame-column-not-read", facts), HeaderWarning, stacklevel=_CALLER)


def frame_of(given: Any, name: str) -> nw.DataFrame[Any]:
    """Wrap a dataframe of any kind.

    Args:
        given: The dataframe.
        name: The argument that it is.

    Raises:
        ArgumentError: It is no eager dataframe, or columns of it have the same name.
    """
    try:
        frame: nw.DataFrame[Any] = nw.from_native(given, eager_only=True)
    except TypeError:
        kind = f"{type(given).__module__}.{type(given).__qualname__}"
        raise ArgumentError("frame-not-eager", name=name, value=kind) from None
    except DuplicateError:
        # pandas and PyArrow allow what nothing can be joined by
        headers = [str(one) for one in getattr(given, "column_names", None) or given.columns]
        twice = [one for one, count in Counter(headers).items() if count > 1]
        raise ArgumentError("frame-column-twice", name=name, columns=twice) from None
    return frame


@attrs.frozen(kw_only=True, eq=False)
class Month:
    """The answer to a month for every row of a dataframe.

    Attributes:
        year: The year.
        month: The month.
        status: The place of each row's status in `STATUSES`.
        reason: The place of each row's reason in `reasons`.
        reasons: The reasons; the first one is empty.
        deciding: The place of the unknown fact that settles most in `facts`.
        facts: The facts; the first one is empty.
        grade: The grade; 0 where there is none.
        step: The step; 0 where there is none.
        gross_fen: The sum of what is payable; `NO_AMOUNT` where there is no single one.
        low_fen: The least it can be.
        high_fen: The most it can be.
        payable_fen: For each component, what is payable; `NO_AMOUNT` where it is not certain or is no part of the
            row's scheme.
        place: The place of each row's scheme in `Asked.schemes`; -1 where it has none.
        components: The components of each of these schemes.
    """

    year: int
    month: int
    status: Codes
    reason: Codes
    reasons: tuple[str, ...]
    deciding: Codes
    facts: tuple[str, ...]
    grade: Codes
    step: Codes
    gross_fen: Codes
    low_fen: Codes
    high_fen: Codes
    payable_fen: dict[str, Codes]
    place: Codes
    components: tuple[tuple[str, ...], ...]


class Asked:
    """A dataframe whose rows were given to their schemes.

    Attributes:
        opened: The dataframe.
        read: What was read of it.
        faults: All that is wrong with a row, by row.
        schemes: The schemes that have rows.
        elsewhere: The schemes of all places, where they are several.
        place: The place of each row's scheme among them; -1 where it has none.
        groups: For each scheme its rows, and the people in them.
        months: Year and month of each month that is asked about.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
    """

    def __init__(
        self,
        opened: Opened,
        places: Scheme | Schemes,
        months: Sequence[tuple[int, int]],
        *,
        known_on: date | None,
        beyond: Beyond,
        kept: Kept | None = None,
    ) -> None:
        """Read the dataframe and find the scheme of every row.

        Args:
            opened: The dataframe.
            places: The scheme of all rows, or schemes by region.
            months: Year and month of each.
            known_on: Only facts and values known by this day.
            beyond: What to do after the last attested day of a scheme.
            kept: What the scalar functions answered about other parts of the roster.
        """
        self.opened = opened
        self.read = opened.read(months)
        self.faults = dict(self.read.faults)
        self.months, self.known_on, self.beyond = tuple(months), known_on, beyond
        self._kept = Kept() if kept is None else kept
        self.elsewhere = places if isinstance(places, Schemes) else None
        self.schemes, self.place = self._placed(places)
        self.groups = [self._group(place) for place in range(len(self.schemes))]

    def _group(self, place: int) -> tuple[Codes, Any]:
        rows = np.flatnonzero(self.place == place)
        people = self.read.people
        return rows, people if len(rows) == people.size else people.take(rows)

    def _placed(self, places: Scheme | Schemes) -> tuple[tuple[Scheme, ...], Codes]:
        bad = self.read.bad
        if isinstance(places, Scheme):
            return (places,), np.where(bad, -1, 0)
        require_regions(self.opened)
        schemes: dict[int, int] = {}
        found: list[Scheme] = []
        codes: list[int] = []
        errors: dict[int, NotInForce | None] = {}
        for place, region in enumerate(self.read.region_names):
            try:
                scheme = places.at(region) if region is not None else None
            except NotInForce as error:
                scheme, errors[place] = None, error
            if scheme is None:
                codes.append(-1)
                errors.setdefault(place, None)
                continue
            if id(scheme) not in schemes:
                schemes[id(scheme)] = len(found)
                found.append(scheme)
            codes.append(schemes[id(scheme)])
        own = self.read.regions % len(codes)
        placed = np.where(bad, -1, np.array(codes, np.int64)[own])
        for row in np.flatnonzero((placed < 0) & ~bad).tolist():
            self.faults[row] = (self._nowhere(row, errors[int(own[row])]),)
        return tuple(found), placed

    def _nowhere(self, row: int, error: NotInForce | None) -> WorkerFault:
        header = self.opened.sheet.table.headers.get("region", "region")
        facts: dict[str, Any] = {"value": "", "column": "region"} if error is None else error.facts
        code = "cell-empty" if error is None else error.code
        sheet = self.opened.sheet
        return WorkerFault(
            code, file=sheet.table.label, path=header, line=sheet.first + row, **facts
        )

    def refuse(self) -> None:
        """Raise what is wrong with any row, all of it at once.

        Raises:
            RosterFileError: Something is.
        """
        attrs.evolve(self.read, faults=self.faults).refuse()

    def components(self) -> dict[str, str]:
        """Give the components of the schemes in force in the months, in order, each with its printed Chinese name."""
        found: dict[str, str] = {}
        for year, month in self.months:
            for scheme in self.schemes:
                version = scheme.version_of_month(
                    date(year, month, 1), known_on=self.known_on, beyond=self.beyond
                )
                on = date(year, month, 1)
                for one in components_of(scheme, version, on, known_on=self.known_on):
                    found.setdefault(one.name, one.label.zh)
        return found

    def answers(self) -> Iterator[Month]:
        """Ask every month, one after the other.

        Raises:
            NotInForce: A scheme does not apply in a month.
        """
        for year, month in self.months:
            yield self.together(year, month, self.of_schemes(year, month))

    def of_schemes(self, year: int, month: int) -> list[MonthOfRoster]:
        """Ask each of `schemes` about the people of `groups`.

        Raises:
            NotInForce: A scheme does not apply in the month.
        """
        return [
            month_of(
                people,
                scheme,
                year=year,
                month=month,
                known_on=self.known_on,
                beyond=self.beyond,
                kept=self._kept,
                elsewhere=self.elsewhere,
            )
            for (_, people), scheme in zip(self.groups, self.schemes, strict=True)
        ]

    def together(self, year: int, month: int, parts: Sequence[MonthOfRoster]) -> Month:
        """Put the answers of all schemes to a month together, in the order of the rows.

        Args:
            year: The year.
            month: The month.
            parts: The answer of each of `schemes`.
        """
        size = self.read.people.size
        bad = STATUSES.index(BAD_ROW)
        reasons, facts = {"": 0}, {"": 0}
        made = Month(
            year=year,
            month=month,
            status=np.full(size, bad, np.int8),
            reason=np.zeros(size, np.int32),
            reasons=(),
            deciding=np.zeros(size, np.int32),
            facts=(),
            grade=np.zeros(size, np.int64),
            step=np.zeros(size, np.int64),
            gross_fen=np.full(size, NO_AMOUNT, np.int64),
            low_fen=np.full(size, NO_AMOUNT, np.int64),
            high_fen=np.full(size, NO_AMOUNT, np.int64),
            payable_fen={},
            place=self.place,
            components=(),
        )
        components: list[tuple[str, ...]] = []
        for (rows, _), found in zip(self.groups, parts, strict=True):
            components.append(found.components)
            for name in ("status", "grade", "step", "gross_fen", "low_fen", "high_fen"):
                getattr(made, name)[rows] = getattr(found, name)
            made.reason[rows] = _renumbered(found.reason, found.reasons, reasons)
            made.deciding[rows] = _renumbered(found.deciding, found.facts, facts)
            for name, fen in found.payable_fen.items():
                if name not in made.payable_fen:
                    made.payable_fen[name] = np.full(size, NO_AMOUNT, np.int64)
                made.payable_fen[name][rows] = fen
        for row, faults in self.faults.items():
            codes = "; ".join(dict.fromkeys(fault.code for fault in faults))
            made.reason[row] = reasons.setdefault(codes, len(reasons))
        return attrs.evolve(
            made, reasons=tuple(reasons), facts=tuple(facts), components=tuple(components)
        )


def require_regions(opened: Opened) -> None:
    """Refuse a dataframe that does not say of its rows where they are.

    Raises:
        RosterFileError: It has no column for the region.
    """
    if opened.sheet.size:
        require_columns(opened.sheet.table, ("region",), opened.sheet.spellings)


def _renumbered(codes: Codes, words: Sequence[str], known: dict[str, int]) -> Codes:
    places = [known.setdefault(word, len(known)) for word in words]
    return np.array(places, np.int32)[codes]
