"""What comes next for a worker if nothing else happens: projected, never decided."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Literal

import attrs

from cwgrade.career.entries import CareerEntry, entries_of, same_answer
from cwgrade.career.span import checked
from cwgrade.outcomes import OneOf, Unspecified
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.worker import Rating, Worker

__all__ = ["Forecast", "coming_changes", "next_change", "with_ratings"]


@attrs.frozen(kw_only=True)
class Forecast:
    """What changes after a day if nothing else happens.

    Attributes:
        worker_id: The worker's id.
        after: The day that is looked out from.
        horizon: The day before which is looked.
        now: What holds on `after`.
        changes: What changes later, each with its reasons; empty where nothing does before the horizon.
        assumed: What is assumed of the worker beside the facts on file, such as `rating_2019=competent`.
        projected: Always true: no office has decided any of it.
    """

    worker_id: str
    after: date
    horizon: date
    now: CareerEntry
    changes: tuple[CareerEntry, ...]
    assumed: tuple[str, ...]
    projected: Literal[True] = True

    @property
    def is_open(self) -> bool:
        """Whether a grade is not certain, or no scheme can be asked, on some of the days."""
        return any(
            one.grading is None or isinstance(one.grading.outcome, OneOf | Unspecified)
            for one in (self.now, *self.changes)
        )


def next_change(
    worker: Worker,
    schemes: Scheme | Schemes,
    *,
    after: date,
    horizon: date,
    rated: str | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> Forecast:
    """Find the next change of grade, step, post or entitlement if nothing else happens.

    Service goes on, spells end where they are known to end, certificates and figures on file take effect. A rating that
    nobody has given stays unknown, unless `rated` says what to assume.

    Args:
        worker: The worker's facts.
        schemes: One scheme, or schemes by region.
        after: The day that is looked out from.
        horizon: The day before which is looked.
        rated: The rating to assume for each year from that of `after` on that has none; written into the result.
        known_on: Only facts and values known by this day.
        beyond: What to do after the last attested day of a scheme.

    Returns:
        What holds on the day, and at most one change.

    Raises:
        ArgumentError: See `career_of`.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> worker = Worker(
        ...     id="1",
        ...     spells=(
        ...         ServiceSpell(start=date(2017, 2, 1), end=date(2018, 9, 1), title="副主任"),
        ...     ),
        ... )
        >>> found = next_change(
        ...     worker,
        ...     load_scheme("changsha-furong-2018"),
        ...     after=date(2018, 7, 15),
        ...     horizon=date(2018, 12, 1),
        ... )
        >>> [(str(one.start), str(one.changes[0].kind)) for one in found.changes]
        [('2018-09-01', 'scope')]
    """
    worker = with_ratings(worker, rated, after, horizon)
    places = checked(worker, schemes, start=after, end=horizon, known_on=known_on)
    entries = entries_of(worker, places, start=after, end=horizon, known_on=known_on, beyond=beyond)
    now = next(entries)
    return _forecast(worker, now, tuple(itertools.islice(entries, 1)), after, horizon)


def coming_changes(
    worker: Worker,
    schemes: Scheme | Schemes,
    *,
    after: date,
    horizon: date,
    rated: str | None = None,
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> Forecast:
    """Find every coming change of post, grade or step, and of being paid at all, if nothing else happens.

    Changes of amounts alone are left out: `career_of` gives them too. The arguments are those of `next_change`.

    Raises:
        ArgumentError: See `career_of`.
    """
    worker = with_ratings(worker, rated, after, horizon)
    places = checked(worker, schemes, start=after, end=horizon, known_on=known_on)
    now, *later = entries_of(
        worker, places, start=after, end=horizon, known_on=known_on, beyond=beyond
    )
    pairs = itertools.pairwise((now, *later))
    changes = tuple(entry for before, entry in pairs if not _placed_alike(before, entry))
    return _forecast(worker, now, changes, after, horizon)


def _forecast(
    worker: Worker, now: CareerEntry, changes: tuple[CareerEntry, ...], after: date, horizon: date
) -> Forecast:
    return Forecast(
        worker_id=worker.id,
        after=after,
        horizon=horizon,
        now=now,
        changes=changes,
        assumed=worker.assumed,
    )


def _placed_alike(before: CareerEntry, after: CareerEntry) -> bool:
    if before.grading is None or after.grading is None:
        return before.silence == after.silence
    if before.scheme_id != after.scheme_id or before.posts != after.posts:
        return False
    return same_answer(before.grading.outcome, after.grading.outcome)


def with_ratings(worker: Worker, rated: str | None, after: date, horizon: date) -> Worker:
    """Give years without a rating the assumed one, and say so.

    Args:
        worker: The worker's facts.
        rated: The rating, or `None` to assume nothing.
        after: A day in the first year that may be given it.
        horizon: A day in the last.
    """
    if rated is None or not isinstance(worker, Worker):
        return worker
    known = {rating.year for rating in worker.ratings}
    years = [year for year in range(after.year, horizon.year + 1) if year not in known]
    return attrs.evolve(
        worker,
        ratings=(*worker.ratings, *(Rating(period=str(year), value=rated) for year in years)),
        assumed=(*worker.assumed, *(f"rating_{year}={rated}" for year in years)),
    )
