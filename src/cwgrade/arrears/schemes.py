"""A scheme and its figures between two states: what came out or was replaced, in which order it was made known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

import attrs

from cwgrade.arrears.results import Change, FigureChange, VersionChange
from cwgrade.dates import earliest, latest
from cwgrade.law.pegs import NamedSeries
from cwgrade.scheme import Scheme, Schemes, SchemeVersion
from cwgrade.series import Figure, SeriesUnit
from cwgrade.timeline import Published, known_by

__all__ = ["SchemeStep", "SchemeWay", "scheme_way"]

_Key = tuple[date, str, str, SeriesUnit]


@attrs.frozen(kw_only=True)
class SchemeStep:
    """A moment at which figures or versions became known.

    Attributes:
        day: The day; `None` where no day is on file.
        changes: What became known.
        scheme: The scheme from then on, or those of all places; `None` where no version was out.
        known_on: The day of knowing to ask it with.
    """

    day: date | None
    changes: tuple[Change, ...]
    scheme: Scheme | Schemes | None
    known_on: date | None


@attrs.frozen(kw_only=True)
class SchemeWay:
    """A scheme, or the schemes of several places, between two states: the same for all workers and months.

    Attributes:
        earlier: The scheme as it stood, with its figures, or those of several places.
        later: The same as it stands.
        known_before: The earlier day of knowing.
        known_after: The later one.
        steps: What became known in between, by day; what has no day comes last.
    """

    earlier: Scheme | Schemes
    later: Scheme | Schemes
    known_before: date | None
    known_after: date | None
    steps: tuple[SchemeStep, ...]


def scheme_way(
    earlier: Scheme | Schemes,
    later: Scheme | Schemes,
    *,
    known_before: date | None,
    known_after: date | None,
) -> SchemeWay:
    """Go from one state of a scheme to a later one, along the days on which figures and versions became known.

    Args:
        earlier: The scheme as it stood, with its figures, or those of several places.
        later: The same as it stands.
        known_before: The earlier day of knowing.
        known_after: The later one.
    """
    before, after = _by_region(earlier), _by_region(later)
    histories = {
        region: _History(
            earlier=before.get(region),
            later=after.get(region),
            known_before=known_before,
            known_after=known_after,
        )
        for region in dict.fromkeys((*after, *before))
    }
    return SchemeWay(
        earlier=earlier,
        later=later,
        known_before=known_before,
        known_after=known_after,
        steps=tuple(_steps(histories, known_before, known_after)),
    )


_ANYWHERE: Final = ""


def _by_region(schemes: Scheme | Schemes) -> dict[str, Scheme]:
    return {_ANYWHERE: schemes} if isinstance(schemes, Scheme) else dict(schemes.by_region)


def _joined(by_region: Mapping[str, Scheme | None]) -> Scheme | Schemes | None:
    if _ANYWHERE in by_region:
        return by_region[_ANYWHERE]
    out = tuple((region, one) for region, one in sorted(by_region.items()) if one is not None)
    return Schemes(out) if out else None


def _steps(
    histories: Mapping[str, _History], known_before: date | None, known_after: date | None
) -> Iterator[SchemeStep]:
    """Go through the days of all places together: the figures of a day first, then its versions."""
    eve = known_before or date.max
    days = {day for history in histories.values() for day in history.days()}
    for day in (*sorted(days), None):
        figures: dict[Change, None] = {}
        versions: dict[Change, None] = {}
        for history in histories.values():
            figures |= dict.fromkeys(history.figures_on(day))
            versions |= dict.fromkeys(history.versions_on(day))
        known_on = known_after if day is None or known_before is None else day
        if figures:
            scheme = _joined(
                {
                    region: history.scheme_at(day, eve, behind=bool(history.versions_on(day)))
                    for region, history in histories.items()
                }
            )
            yield SchemeStep(day=day, changes=tuple(figures), scheme=scheme, known_on=known_on)
        if versions:
            scheme = _joined(
                {region: history.scheme_at(day, day) for region, history in histories.items()}
            )
            yield SchemeStep(day=day, changes=tuple(versions), scheme=scheme, known_on=known_on)
        eve = day or eve


@attrs.frozen(kw_only=True)
class _Slot:
    """One place of the record: a version by its first day, or a figure by its year."""

    name: str
    key: date | int
    old: SchemeVersion | Figure | None
    new: SchemeVersion | Figure | None
    arrives: date | None
    shown_before: bool


class _History:
    """Two states of one place's scheme, put side by side; `None` where the place has none on file."""

    def __init__(
        self,
        *,
        earlier: Scheme | None,
        later: Scheme | None,
        known_before: date | None,
        known_after: date | None,
    ) -> None:
        self.earlier = earlier
        self.later = later
        self.known_before = known_before
        self.known_after = known_after
        self.same = earlier is later or (earlier == later and _figures(earlier) == _figures(later))
        self.figures = dict(self._figure_slots())
        self.versions = tuple(self._version_slots())

    def days(self) -> set[date]:
        return {day for slot in self._all() for day in self._days_of(slot)}

    def figures_on(self, day: date | None) -> tuple[FigureChange, ...]:
        found = dict.fromkeys(
            FigureChange(
                series=slot.name,
                year=slot.key,
                before_fen=before.fen if before is not None else None,
                after_fen=after.fen if after is not None else None,
                published_on=_published(after or before),
            )
            for slots in self.figures.values()
            for slot in slots
            for before, after in (self._step(slot, day),)
            if isinstance(slot.key, int) and before is not after
            if not isinstance(before, SchemeVersion) and not isinstance(after, SchemeVersion)
        )
        return tuple(found)

    def versions_on(self, day: date | None) -> tuple[VersionChange, ...]:
        return tuple(
            VersionChange(
                scheme_id=slot.name,
                from_day=slot.key,
                before=before.digest if before is not None else "",
                after=after.digest if after is not None else "",
                published_on=_published(after or before),
            )
            for slot in self.versions
            for before, after in (self._step(slot, day),)
            if isinstance(slot.key, date) and before is not after
            if not isinstance(before, Figure) and not isinstance(after, Figure)
        )

    def scheme_at(
        self, figures_on: date | None, versions_on: date | None, *, behind: bool = False
    ) -> Scheme | None:
        """Give the scheme of a moment on the way.

        Args:
            figures_on: The figures as of the end of this day; `None` is the last moment.
            versions_on: The versions as of the end of this day.
            behind: Leave out versions that were not out at the end of `versions_on`, because figures are ahead.
        """
        if self.same and not behind:
            return self.later
        versions = []
        for slot in self.versions:
            body = self._at(slot, versions_on)
            if not isinstance(body, SchemeVersion):
                continue
            if behind and known_by(body.published_on, versions_on) is False:
                continue
            versions.append(body if self.same else self._with_figures(body, figures_on))
        return Scheme(tuple(versions)) if versions else None

    # --- slots -------------------------------------------------------------------------------------------------------

    def _all(self) -> Iterator[_Slot]:
        yield from self.versions
        for slots in self.figures.values():
            yield from slots

    def _figure_slots(self) -> Iterator[tuple[_Key, tuple[_Slot, ...]]]:
        """Compare figures where both states have the statistic; others come and go with their version."""
        old, new = _figures(self.earlier), _figures(self.later)
        for key in (key for key in new if key in old):
            name, figures = new[key]
            before, after = (
                {one.year: one for one in old[key][1]},
                {one.year: one for one in figures},
            )
            years = sorted({*before, *after})
            yield (
                key,
                tuple(self._slot(name, year, before.get(year), after.get(year)) for year in years),
            )

    def _version_slots(self) -> Iterator[_Slot]:
        old = {one.from_day: one for one in _versions(self.earlier)}
        new = {one.from_day: one for one in _versions(self.later)}
        for key in sorted({*old, *new}):
            before, after = old.get(key), new.get(key)
            if before is not None and after is not None and _same_body(before, after):
                before = after
            one = after or before
            yield self._slot(one.id if one else "", key, before, after)

    def _slot(
        self,
        name: str,
        key: date | int,
        old: SchemeVersion | Figure | None,
        new: SchemeVersion | Figure | None,
    ) -> _Slot:
        if old == new:
            # nothing was replaced: the day of knowing alone shows or hides it
            return _Slot(name=name, key=key, old=new, new=new, arrives=None, shown_before=True)
        published = _published(new)
        later = self.known_before is not None and known_by(published, self.known_before) is False
        dated = later and published != "unknown"
        return _Slot(
            name=name,
            key=key,
            old=old,
            new=new,
            arrives=latest(published) if dated and published != "unknown" else None,
            shown_before=old is not None or dated,
        )

    def _at(self, slot: _Slot, day: date | None) -> SchemeVersion | Figure | None:
        """Give what stands in a slot at the end of a day, whether or not it was out."""
        if slot.old is slot.new or day is None:
            return slot.new
        if slot.arrives is not None and slot.arrives <= day:
            return slot.new
        if slot.old is not None:
            return slot.old
        return slot.new if slot.shown_before else None

    def _days_of(self, slot: _Slot) -> Iterator[date]:
        if slot.arrives is not None:
            yield slot.arrives
        for item in (slot.old, slot.new):
            published = _published(item)
            if published == "unknown" or self.known_before is None:
                continue
            for day in (earliest(published), latest(published)):
                if self.known_before < day and (
                    self.known_after is None or day <= self.known_after
                ):
                    yield day

    def _step(
        self, slot: _Slot, day: date | None
    ) -> tuple[SchemeVersion | Figure | None, SchemeVersion | Figure | None]:
        """Give what was known of a slot before and at the end of a day, or before and at the last moment."""
        if day is None:
            # up to here every day has been gone through; what was published nobody knows when is not out yet
            known_on = self.known_after
            if known_on is None and self.known_before is not None:
                known_on = date.max
            return _out(self._at(slot, date.max), known_on), _out(slot.new, self.known_after)
        eve = date.fromordinal(day.toordinal() - 1)
        return _out(self._at(slot, eve), eve), _out(self._at(slot, day), day)

    def _with_figures(self, body: SchemeVersion, day: date | None) -> SchemeVersion:
        series = []
        for named in body.series:
            slots = self.figures.get(_key(body, named))
            if slots is None:
                series.append(named)
                continue
            at = (self._at(slot, day) for slot in slots)
            figures = tuple(one for one in at if isinstance(one, Figure))
            statistic = attrs.evolve(named.series, figures=figures)
            series.append(attrs.evolve(named, series=statistic, attached=()))
        return attrs.evolve(body, series=tuple(series))


def _key(version: SchemeVersion, named: NamedSeries) -> _Key:
    return version.from_day, named.series.region, named.series.measure, named.series.unit


def _versions(scheme: Scheme | None) -> tuple[SchemeVersion, ...]:
    return () if scheme is None else scheme.versions


def _figures(scheme: Scheme | None) -> dict[_Key, tuple[str, tuple[Figure, ...]]]:
    """Give the figures on file by version and statistic."""
    return {
        _key(version, named): (named.name, named.on_file.figures)
        for version in _versions(scheme)
        for named in version.series
    }


def _same_body(one: SchemeVersion, other: SchemeVersion) -> bool:
    """Tell whether two versions say the same but for the figures that they print."""
    if one.digest == other.digest:
        return True
    names = [(named.name, _key(one, named)) for named in one.series]
    if names != [(named.name, _key(other, named)) for named in other.series]:
        return False
    return attrs.evolve(one, series=other.series).digest == other.digest


def _published(item: SchemeVersion | Figure | None) -> Published:
    return "unknown" if item is None else item.published_on


def _out(
    item: SchemeVersion | Figure | None, known_on: date | None
) -> SchemeVersion | Figure | None:
    """Give an item where it was certainly out by a day."""
    return item if item is not None and known_by(item.published_on, known_on) else None
