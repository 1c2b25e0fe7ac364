"""Whether a month can come out differently on two days of knowing: if not, it has to be worked out once only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Final

from cwgrade.dates import next_month
from cwgrade.gaps import Missing
from cwgrade.law.pegs import Peg, pegs_in
from cwgrade.scheme import Scheme, Schemes, SchemeVersion
from cwgrade.series import rebasing_year
from cwgrade.timeline import known_by, recorded_by
from cwgrade.worker import ATTAINED, Unknown, Worker

__all__ = ["may_differ"]

_ONE_DAY: Final = timedelta(days=1)


def may_differ(
    worker: Worker,
    schemes: Scheme | Schemes,
    first: date,
    *,
    known_before: date | None,
    known_after: date | None,
) -> bool:
    """Tell whether anything that a month rests on was known on one day and not, or not surely, on another.

    A figure of a year after the one that a peg wants cannot matter to the month.

    Args:
        worker: The worker's facts.
        schemes: The scheme with its figures, or those of several places.
        first: The first day of the month.
        known_before: One day of knowing.
        known_after: The other.
    """
    if known_before == known_after:
        return False
    if any(
        recorded_by(day, known_before) is not recorded_by(day, known_after)
        for day in _days_of_record(worker)
    ):
        return True
    last = next_month(first) - _ONE_DAY
    several = (
        (schemes,) if isinstance(schemes, Scheme) else tuple(one for _, one in schemes.by_region)
    )
    published = (
        day
        for scheme in several
        for version in scheme.versions
        for day in (version.published_on, *_figures(version, last))
    )
    return any(
        known_by(day, known_before) is not known_by(day, known_after) for day in set(published)
    )


def _days_of_record(worker: Worker) -> Iterator[date | None]:
    """Give the days on which the facts of a worker came on record."""
    attained = (worker.attained(fact) for fact in ATTAINED)
    fields: tuple[Iterable[Any] | Unknown, ...] = (
        worker.spells,
        worker.absences,
        worker.ratings,
        worker.facts,
        *attained,
        (worker.placement,) if worker.placement else (),
    )
    for items in fields:
        if not isinstance(items, Unknown):
            yield from (item.recorded_on for item in items)


def _figures(version: SchemeVersion, last: date) -> Iterator[Any]:
    """Give the days on which the figures came out that a month until `last` may rest on."""
    pegs = pegs_in(version.base, version.pegs)
    for named in version.series:
        wanted = [_wanted(peg, last) for _, _, peg in pegs if peg.series == named.name]
        if wanted:
            for figure in named.on_file.figures:
                if figure.year <= max(wanted):
                    yield figure.published_on


def _wanted(peg: Peg, last: date) -> int:
    """Give the last year whose figure a peg may want; where the source does not say, no year is left out."""
    rebased, every, first, lag = peg.rebased, peg.every_years, peg.first_year, peg.lag_years
    if (
        isinstance(rebased, Missing)
        or isinstance(every, Missing)
        or isinstance(first, Missing)
        or isinstance(lag, Missing)
    ):
        return last.year
    return rebasing_year(last, rebased=rebased, every_years=every, first_year=first) - lag
