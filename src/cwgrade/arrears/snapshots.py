"""What was on file at two moments, and the way from one to the other along the order of knowing."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from datetime import date

import attrs

from cwgrade.arrears.facts import fact_changes, worker_at
from cwgrade.arrears.results import Change
from cwgrade.arrears.schemes import SchemeWay, scheme_way
from cwgrade.career.places import Places
from cwgrade.errors import ArgumentError
from cwgrade.figures import with_series
from cwgrade.published import PublishedSeries
from cwgrade.scheme import Scheme, Schemes
from cwgrade.worker import Worker

__all__ = ["Moment", "Snapshot", "way_between"]


@attrs.frozen(kw_only=True)
class Snapshot:
    """What was on file at a moment: all that an amount rests on.

    Attributes:
        worker: The worker's facts.
        scheme: The scheme with the versions on file, or schemes by region for somebody who may have moved.
        series: Published figures beside those of the scheme.
        known_on: The day of knowing; `None` uses everything on file.
    """

    worker: Worker = attrs.field()
    scheme: Scheme | Schemes = attrs.field()
    series: PublishedSeries | None = None
    known_on: date | None = attrs.field(default=None)

    @worker.validator
    def _check_worker(self, _attribute: object, worker: object) -> None:
        if not isinstance(worker, Worker):
            raise ArgumentError("not-a", name="worker", value=worker, kind="Worker")

    @scheme.validator
    def _check_scheme(self, _attribute: object, scheme: object) -> None:
        if not isinstance(scheme, Scheme | Schemes):
            raise ArgumentError("not-a", name="scheme", value=scheme, kind="Scheme")

    @known_on.validator
    def _check_known_on(self, _attribute: object, day: object) -> None:
        if day is not None and type(day) is not date:
            raise ArgumentError("not-a-day-object", name="known_on", value=day)

    @property
    def scheme_with_figures(self) -> Scheme | Schemes:
        """The scheme with the figures attached, or the schemes by region."""
        if self.series is None:
            return self.scheme
        if isinstance(self.scheme, Scheme):
            return with_series(self.scheme, self.series)
        pairs = self.scheme.by_region
        return Schemes(tuple((region, with_series(one, self.series)) for region, one in pairs))


@attrs.frozen(kw_only=True)
class Moment:
    """A moment on the way: what a month's pay is asked of, and what was new in it.

    Attributes:
        worker: The worker's facts at that moment.
        scheme: The scheme at that moment, or those of all places; `None` where none was out.
        known_on: The day of knowing.
        day: The day on which something became known; `None` where no day is on file, and at the start.
        changes: What became known.
    """

    worker: Worker
    scheme: Scheme | Schemes | None
    known_on: date | None
    day: date | None = None
    changes: tuple[Change, ...] = ()

    @functools.cached_property
    def places(self) -> Places | None:
        """The scheme of each of the worker's days, shared by all months; `None` where none was out."""
        if self.scheme is None:
            return None
        return Places(self.worker, self.scheme, self.known_on, told=False)


def way_between(
    earlier: Snapshot, later: Snapshot, of_scheme: SchemeWay | None = None
) -> tuple[Moment, ...]:
    """Go from one snapshot to a later one, one ingredient at a time.

    Day by day: first the facts that came on record, then the figures that came out, then the versions of the scheme.
    What has no day comes last, in the same order.

    Args:
        earlier: The snapshot to start from.
        later: The snapshot to end at.
        of_scheme: The way of the scheme between the two, where it was found already; it is the same for all workers.

    Returns:
        The start, each moment at which something was new, and the end.

    Raises:
        ArgumentError: The snapshots are of two workers or two schemes, or the later one is earlier.
    """
    _check(earlier, later)
    if of_scheme is None:
        of_scheme = scheme_way(
            earlier.scheme_with_figures,
            later.scheme_with_figures,
            known_before=earlier.known_on,
            known_after=later.known_on,
        )
    start = Moment(worker=earlier.worker, scheme=of_scheme.earlier, known_on=earlier.known_on)
    end = Moment(worker=later.worker, scheme=of_scheme.later, known_on=later.known_on)
    if start == end:
        return (start,)
    moments = list(_moments(earlier.worker, later.worker, of_scheme))
    # the end is asked of the snapshot itself, not of what was put together on the way
    last = moments.pop() if moments else end
    return start, *moments, attrs.evolve(end, day=last.day, changes=last.changes)


def _check(earlier: Snapshot, later: Snapshot) -> None:
    for name, one, other in (
        ("worker", earlier.worker.id, later.worker.id),
        ("scheme", _named(earlier.scheme), _named(later.scheme)),
    ):
        if one != other:
            raise ArgumentError("snapshots-of-two", name=name, first=one, second=other)
    first, second = earlier.known_on, later.known_on
    if second is not None and (first is None or first > second):
        raise ArgumentError("snapshot-not-later", first=first, second=second)


def _named(scheme: Scheme | Schemes) -> str:
    """Name what must be the same on both sides: one scheme, or that it goes by places, which may change theirs."""
    return scheme.id if isinstance(scheme, Scheme) else "Schemes"


def _moments(before: Worker, after: Worker, of_scheme: SchemeWay) -> Iterator[Moment]:
    known_before = of_scheme.known_before
    changes = fact_changes(
        before, after, known_before=known_before, known_after=of_scheme.known_after
    )
    days = {one.became_known for one in (*changes,)} | {one.day for one in of_scheme.steps}
    # what comes on record on the way is a change on its day, and nothing that a later day of knowing brings along
    worker = worker_at(before, after, (), known_before)
    scheme: Scheme | Schemes | None = of_scheme.earlier
    for day in sorted(days, key=lambda one: one or date.max):
        new = tuple(one for one in changes if one.became_known == day)
        if new:
            come = changes[: changes.index(new[-1]) + 1]
            worker = worker_at(before, after, come, known_before)
            known_on = _eve(day, of_scheme)
            yield Moment(worker=worker, scheme=scheme, known_on=known_on, day=day, changes=new)
        for step in of_scheme.steps:
            if step.day == day:
                scheme = step.scheme
                yield Moment(
                    worker=worker,
                    scheme=scheme,
                    known_on=step.known_on,
                    day=day,
                    changes=step.changes,
                )


def _eve(day: date | None, of_scheme: SchemeWay) -> date | None:
    """Give the day of knowing for a day's facts: the figures and versions of that day come after them."""
    if of_scheme.known_before is None:
        return None
    if day is None:
        return of_scheme.known_after or date.max
    return date.fromordinal(day.toordinal() - 1)
