"""Which scheme is asked about a worker on a day: the one of the place in which the worker serves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import attrs

from cwgrade.dates import earliest, latest
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.questions import Standpoint
from cwgrade.reasons import Reason
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.timeline import recorded_by
from cwgrade.worker import Unknown, Worker

__all__ = ["Places"]

_ONE_DAY: Final = timedelta(days=1)


@attrs.frozen
class _Stay:
    """The days that a community spell may cover, `[first, after)`, and the scheme of its place."""

    first: date
    after: date
    scheme: Scheme | Reason


class Places:
    """The scheme that is asked on each day of a worker's career.

    A single scheme is asked on every day. Of several, the one of the nearest region enclosing the place of the
    community spell held on the day; between spells the one that was left, before the first one that of the first.
    """

    def __init__(
        self,
        worker: Worker,
        schemes: Scheme | Schemes,
        known_on: date | None,
        *,
        told: bool = True,
    ) -> None:
        """Find the scheme of each community spell that is on record.

        Args:
            worker: The worker's facts.
            schemes: One scheme, or schemes by region.
            known_on: The day of knowing.
            told: Whether it is looked for what is told beside an answer; whoever asks for amounts alone does without.

        Raises:
            ArgumentError: It is neither, or a spell of a worker under several schemes names no region.
        """
        if not isinstance(worker, Worker):
            raise ArgumentError("not-a", name="worker", value=worker, kind="Worker")
        if not isinstance(schemes, Scheme | Schemes):
            raise ArgumentError("not-a", name="schemes", value=schemes, kind="Scheme")
        self._worker, self._known_on, self._told = worker, known_on, told
        self._standpoints: dict[tuple[int, bool, Beyond], Standpoint] = {}
        self._only = schemes if isinstance(schemes, Scheme) else None
        self._by_region = None if isinstance(schemes, Scheme) else schemes
        self.schemes: tuple[Scheme, ...] = (
            (schemes,)
            if isinstance(schemes, Scheme)
            else tuple(scheme for _, scheme in schemes.by_region)
        )
        self._stays: tuple[_Stay, ...] = (
            ()
            if isinstance(schemes, Scheme)
            else tuple(
                _Stay(
                    earliest(spell.start),
                    date.max if spell.end is None else latest(spell.end),
                    _scheme_of(index, spell.region, schemes),
                )
                for index, spell in enumerate(worker.spells)
                if spell.kind == "community" and recorded_by(spell.recorded_on, known_on)
            )
        )

    def apart_from(self, scheme: Scheme) -> tuple[str, ...]:
        """Give the regions inside a scheme's own that have another scheme.

        Args:
            scheme: A scheme that is asked.
        """
        return self._by_region.apart_from(scheme) if self._by_region else ()

    def standpoint(self, scheme: Scheme, beyond: Beyond, *, of_month: bool = False) -> Standpoint:
        """Give where all questions about the worker under a scheme are asked from.

        Args:
            scheme: A scheme that is asked.
            beyond: What to do after the last attested day of a scheme.
            of_month: Whether a month's pay is asked for; that of days served in a place apart is left to its scheme.
        """
        apart = self.apart_from(scheme) if of_month else ()
        # most places have nothing apart: then months and days share what is certain
        key = (id(scheme), bool(apart), beyond)
        found = self._standpoints.get(key)
        if found is None:
            asked = (self._worker, scheme, self._known_on, beyond, apart, self._by_region)
            found = Standpoint(*asked, told=self._told)
            self._standpoints[key] = found
        return found

    @property
    def marks(self) -> set[date]:
        """Days on which another scheme may be asked, or another version of it, or none."""
        found = {day for stay in self._stays for day in (stay.first, stay.after)}
        for scheme in self.schemes:
            for version in scheme.versions:
                found |= {version.from_day, version.attested_until + _ONE_DAY}
                found |= {
                    one.effective_on
                    for one in (version.transition.staged if version.transition else ())
                }
        return found

    def on(self, day: date) -> Scheme | Reason:
        """Give the scheme that is asked on a day, or why none can be.

        Args:
            day: The day.
        """
        if self._only is not None:
            return self._only
        if not self._stays:
            return Reason(code="career-no-place")
        held = [stay.scheme for stay in self._stays if stay.first <= day < stay.after]
        if not held:
            left = [stay for stay in self._stays if stay.after <= day]
            if left:
                return max(left, key=lambda stay: (stay.after, stay.first)).scheme
            return min(self._stays, key=lambda stay: stay.first).scheme
        distinct = tuple(dict.fromkeys(held))
        if len(distinct) == 1:
            return distinct[0]
        named = [one.id for one in distinct if isinstance(one, Scheme)]
        return Reason(code="career-two-places", facts=(("schemes", ", ".join(named)),))


def _scheme_of(index: int, region: str | Unknown | None, schemes: Schemes) -> Scheme | Reason:
    if isinstance(region, Unknown):
        return Reason(code="career-region-unknown", facts=(("spell", str(index + 1)),))
    if region is None:
        if len(schemes.by_region) == 1:
            return schemes.by_region[0][1]
        raise ArgumentError("career-region-missing", spell=index + 1)
    try:
        return schemes.at(region)
    except NotInForce as error:
        return Reason(code=error.code, facts=(("region", region),))
