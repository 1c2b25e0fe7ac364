"""The calls: grades and pay of a dataframe, the reasons of one of its rows, its totals, its faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cwgrade.errors import ArgumentError, NotInForce, WorkerFault
from cwgrade.frames.asking import (
    Asked,
    BadRows,
    Opened,
    Places,
    loaded,
    months_read,
    require_regions,
)
from cwgrade.frames.files import PaidFile, Run, paid_file
from cwgrade.frames.table import Labels, long_frame, wide_frame
from cwgrade.frames.totalling import totals_frame
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.scheme import Beyond, Scheme, Schemes

__all__ = ["explain_row", "faults_of", "grade_and_pay", "pay_file", "totals"]


def grade_and_pay(
    roster: Any,
    schemes: Places,
    *,
    month: str | None = None,
    months: Iterable[str] | None = None,
    spells: Any | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    assume: Mapping[str, str] | None = None,
    spellings: Path | None = None,
    bad_rows: BadRows = "stop",
    long: bool = False,
    labels: Labels = None,
) -> Any:
    """Find the grade and pay of every row of a roster.

    Args:
        roster: A dataframe of pandas, Polars or PyArrow, one row for each worker, with the columns of a roster file.
        schemes: The scheme of all rows; or schemes by region, of which the nearest enclosing one decides.
        month: The month, such as `"2024-07"`.
        months: Or several months; the answer is long.
        spells: A dataframe of spells of service, joined on `worker_id`.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
        assume: What is assumed where a fact is unknown, such as `{"honours": "none"}`.
        spellings: A file with more spellings of headers and values.
        bad_rows: `"stop"` raises all faults at once; `"set_aside"` gives such rows the status `bad_row`.
        long: One row for each worker, month and component.
        labels: `"zh"` names the new columns in Chinese.

    Returns:
        The same kind of dataframe, every row in its place, with the columns `status`, `reason`, `fault`, `grade`,
        `gross_fen`, `gross_fen_low`, `gross_fen_high`, `deciding_fact` and one `…_fen` for each component. Or, long,
        `worker_id`, `month`, `status`, `reason`, `component`, `amount_fen`.

    Raises:
        RosterFileError: Rows are faulty, or it is no roster at all; all faults at once.
        NotInForce: A scheme does not apply in a month.
        ArgumentError: An argument cannot be what it should be.

    Examples:
        >>> import polars as pl
        >>> from cwgrade.catalogue import load_scheme
        >>> roster = pl.DataFrame(
        ...     {
        ...         "worker_id": ["007", "008"],
        ...         "title": ["副主任", "委员"],
        ...         "entry_day": ["2015-03-01"] * 2,
        ...     }
        ... )
        >>> paid = grade_and_pay(roster, load_scheme("changsha-furong-2018"), month="2018-03")
        >>> paid.select("worker_id", "status", "gross_fen").rows()
        [('007', 'decided', 396000), ('008', 'decided', 376000)]
    """
    asked = _asked(
        roster,
        schemes,
        months_read(month, months),
        spells=spells,
        known_on=known_on,
        beyond=beyond,
        assume=assume,
        spellings=spellings,
        bad_rows=bad_rows,
    )
    found = [*asked.answers()]
    if long or month is None:
        return long_frame(asked, found, _labels(labels))
    return wide_frame(asked, found[0], _labels(labels))


def totals(
    roster: Any,
    schemes: Places,
    *,
    month: str | None = None,
    months: Iterable[str] | None = None,
    spells: Any | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    assume: Mapping[str, str] | None = None,
    spellings: Path | None = None,
    bad_rows: BadRows = "stop",
    labels: Labels = None,
) -> Any:
    """Find what a roster costs: exactly the sums over the rows that `grade_and_pay` gives.

    Workers who are alike in all that the months turn on are asked about once.

    Args:
        roster: As for `grade_and_pay`.
        schemes: As for `grade_and_pay`.
        month: The month.
        months: Or several months.
        spells: A dataframe of spells of service.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
        assume: What is assumed where a fact is unknown.
        spellings: A file with more spellings of headers and values.
        bad_rows: As for `grade_and_pay`.
        labels: `"zh"` names the columns in Chinese.

    Returns:
        The same kind of dataframe, for each month one row for each component and one, without a component, for the
        whole: `headcount` (rows with an amount), `undecided` (rows of which something has to be found out first),
        `cost_fen` over the headcount, and `cost_fen_low` and `cost_fen_high`, which count the least and the most of
        rows of which a fact is unknown too.

    Raises:
        RosterFileError: Rows are faulty, or it is no roster at all; all faults at once.
        NotInForce: A scheme does not apply in a month.
        ArgumentError: An argument cannot be what it should be.

    Examples:
        >>> import polars as pl
        >>> from cwgrade.catalogue import load_scheme
        >>> roster = pl.DataFrame(
        ...     {
        ...         "worker_id": ["007", "008"],
        ...         "title": ["副主任", "委员"],
        ...         "entry_day": ["2015-03-01"] * 2,
        ...     }
        ... )
        >>> cost = totals(
        ...     roster, load_scheme("changsha-furong-2018"), months=["2018-03", "2018-04"]
        ... )
        >>> cost.filter(pl.col("component").is_null())["cost_fen"].to_list()
        [772000, 772000]
    """
    asked = _asked(
        roster,
        schemes,
        months_read(month, months),
        spells=spells,
        known_on=known_on,
        beyond=beyond,
        assume=assume,
        spellings=spellings,
        bad_rows=bad_rows,
    )
    return totals_frame(asked, _labels(labels))


def pay_file(
    source: Path | str,
    target: Path | str,
    schemes: Places,
    *,
    month: str | None = None,
    months: Iterable[str] | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    assume: Mapping[str, str] | None = None,
    spellings: Path | None = None,
    bad_rows: BadRows = "stop",
    long: bool = False,
    labels: Labels = None,
) -> PaidFile:
    r"""Find the grade and pay of every row of a file and write them to another one, part by part.

    The rows are those that `grade_and_pay` gives for the whole, in their order. A part of a file and eight bytes for
    each of its rows are all that is held, so that ids that stand twice are found wherever they stand. CSV needs no
    extra but is faster with `files` (PyArrow), which Parquet and Feather need.

    Args:
        source: A file `.csv` (its first row is the header), `.parquet`, `.feather` or `.arrow`.
        target: The file to write, of any of these kinds; it takes its place only when it is complete.
        schemes: As for `grade_and_pay`. The components of every scheme that is given have columns.
        month: The month, such as `"2024-07"`.
        months: Or several months; the answer is long.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
        assume: What is assumed where a fact is unknown.
        spellings: A file with more spellings of headers and values.
        bad_rows: `"stop"` raises the faults of all rows, counted from 0, a thousand at most, and writes nothing;
            `"set_aside"` gives such rows the status `bad_row`.
        long: One row for each worker, month and component.
        labels: `"zh"` names the new columns in Chinese.

    Returns:
        How many rows there are, and for each month how many have which status and what they come to.

    Raises:
        RosterFileError: Rows are faulty, or it is no roster at all.
        NotInForce: A scheme does not apply in a month.
        ArgumentError: An argument cannot be what it should be, or the file cannot be written.
        MissingExtra: The extra `files` is not installed, and a file is no CSV.

    Examples:
        >>> import tempfile
        >>> from cwgrade.catalogue import load_scheme
        >>> folder = Path(tempfile.mkdtemp())
        >>> rows = ["工号,职务,入职日期", "007,副主任,2015-03-01", "008,委员,2016-07-01"]
        >>> _ = (folder / "in.csv").write_text("\n".join(rows), encoding="utf-8")
        >>> furong = load_scheme("changsha-furong-2018")
        >>> paid = pay_file(folder / "in.csv", folder / "out.csv", furong, month="2018-03")
        >>> paid.rows, paid.months[0].statuses, paid.months[0].whole.cost_fen
        (2, (('decided', 2),), 772000)
    """
    _check(bad_rows, known_on)
    run = Run.of(
        source,
        target,
        schemes,
        month=month,
        months=months,
        known_on=known_on,
        beyond=beyond,
        assume=assume,
        spellings=spellings,
        bad_rows=bad_rows,
        long=long,
        labels=_labels(labels),
    )
    return paid_file(run)


def explain_row(
    roster: Any,
    schemes: Places,
    row: int,
    *,
    month: str,
    spells: Any | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
    assume: Mapping[str, str] | None = None,
    spellings: Path | None = None,
) -> Payslip:
    """Give the payslip of one row with its reasons, from the scalar functions.

    Args:
        roster: As for `grade_and_pay`.
        schemes: As for `grade_and_pay`.
        row: The place of the row, from 0.
        month: The month.
        spells: A dataframe of spells of service.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.
        assume: What is assumed where a fact is unknown.
        spellings: A file with more spellings of headers and values.

    Raises:
        RosterFileError: Something is wrong with the row, or it is no roster at all.
        NotInForce: No scheme applies.
        ArgumentError: An argument cannot be what it should be, or there is no such row.

    Examples:
        >>> import polars as pl
        >>> from cwgrade.catalogue import load_scheme
        >>> roster = pl.DataFrame(
        ...     {"worker_id": ["007"], "title": ["副主任"], "entry_day": ["2015-03-01"]}
        ... )
        >>> slip = explain_row(roster, load_scheme("changsha-furong-2018"), 0, month="2018-03")
        >>> slip.gross_fen, slip.derivation.root.code
        (396000, 'total')
    """
    ((year, number),) = months_read(month, None)
    places = loaded(schemes)
    opened = _opened(roster, places, spells, assume, spellings)
    worker = opened.worker(row, (year, number))
    return pay_for_month(
        worker,
        _scheme_at(places, opened, row),
        year=year,
        month=number,
        known_on=known_on,
        beyond=beyond,
        elsewhere=places if isinstance(places, Schemes) else None,
    )


def faults_of(
    roster: Any,
    *,
    schemes: Places | None = None,
    spells: Any | None = None,
    assume: Mapping[str, str] | None = None,
    spellings: Path | None = None,
) -> tuple[WorkerFault, ...]:
    """Give all that is wrong with the rows of a roster, and the spells that belong to nobody.

    Args:
        roster: As for `grade_and_pay`.
        schemes: The schemes that will be asked, whose printed names it may use.
        spells: A dataframe of spells of service.
        assume: What is assumed where a fact is unknown.
        spellings: A file with more spellings of headers and values.

    Raises:
        RosterFileError: It is no roster at all.
        ArgumentError: An argument cannot be what it should be.

    Examples:
        >>> import polars as pl
        >>> (fault,) = faults_of(pl.DataFrame({"工号": ["007"], "入职日期": ["上个月"]}))
        >>> fault.line, fault.path, fault.code
        (0, '入职日期', 'cell-not-a-day')
    """
    places = None if schemes is None else loaded(schemes)
    opened = _opened(roster, places, spells, assume, spellings)
    read = opened.read([(1, 1)])
    return (
        *(fault for row in sorted(read.faults) for fault in read.faults[row]),
        *read.orphans,
    )


def _asked(
    roster: Any,
    schemes: Places,
    months: tuple[tuple[int, int], ...],
    *,
    spells: Any | None,
    known_on: date | None,
    beyond: Beyond,
    assume: Mapping[str, str] | None,
    spellings: Path | None,
    bad_rows: BadRows,
) -> Asked:
    _check(bad_rows, known_on)
    places = loaded(schemes)
    opened = Opened.of(roster, schemes=places, spells=spells, assume=assume, spellings=spellings)
    asked = Asked(opened, places, months, known_on=known_on, beyond=beyond)
    if bad_rows == "stop":
        asked.refuse()
    return asked


def _check(bad_rows: BadRows, known_on: date | None) -> None:
    if bad_rows not in ("stop", "set_aside"):
        accepted = ["stop", "set_aside"]
        raise ArgumentError("not-one-of", name="bad_rows", value=bad_rows, accepted=accepted)
    day: object = known_on
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        raise ArgumentError("not-a-day-object", name="known_on", value=known_on)


def _opened(
    roster: Any,
    places: Scheme | Schemes | None,
    spells: Any | None,
    assume: Mapping[str, str] | None,
    spellings: Path | None,
) -> Opened:
    # as deep below the caller as `_asked` is: warnings point at the caller's line
    return Opened.of(roster, schemes=places, spells=spells, assume=assume, spellings=spellings)


def _labels(labels: Labels) -> Labels:
    if labels not in (None, "zh"):
        raise ArgumentError("not-one-of", name="labels", value=labels, accepted=[None, "zh"])
    return labels


def _scheme_at(places: Scheme | Schemes, opened: Opened, row: int) -> Scheme:
    if isinstance(places, Scheme):
        return places
    require_regions(opened)
    region = opened.sheet.record(row).region()
    if region is None:
        raise NotInForce("no-scheme-for-region", region="")
    return places.at(region)
