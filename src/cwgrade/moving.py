"""Who came from elsewhere: from an earlier version of the scheme (套改), or from a place with another one (互认).

Where they stood on the last day there, and the place they take.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, TypeVar

import attrs

from cwgrade.accrual import amounts_on
from cwgrade.accrual.compared import lines_before
from cwgrade.choices import Choices, Explored, explore
from cwgrade.errors import NotInForce
from cwgrade.facts import Facts
from cwgrade.gaps import Gap, Missing
from cwgrade.law.recognition import RULES, Recognition
from cwgrade.law.transition import Transition, TransitionRule, WaitingCarried
from cwgrade.leaves import Arrivals, Moved
from cwgrade.leaves.rungs import share_served
from cwgrade.outcomes import Decided, Unspecified
from cwgrade.placing import Placement, grade_in_world
from cwgrade.questions import Standpoint
from cwgrade.reasoner import Instant
from cwgrade.reasons import Step
from cwgrade.regions import is_within
from cwgrade.scheme import Beyond, Scheme, Schemes, SchemeVersion
from cwgrade.service import Claim
from cwgrade.staging import first_day_under, left_by
from cwgrade.taking import range_of, taken
from cwgrade.worker import Worker

__all__ = ["Moves", "moves_from", "moves_of"]

T = TypeVar("T")
Moves = tuple[tuple[TransitionRule, tuple[Moved | None, ...]], ...]
"""For each rule of a move from an earlier version, the places that a worker may have taken."""
_MOST: Final = 64
_NOT_ON_FILE: Final = Gap(path="recognition", why="grade-elsewhere-not-on-file")
_ONE_DAY: Final = timedelta(days=1)


def moves_of(
    worker: Worker, scheme: Scheme, version: SchemeVersion, *, known_on: date | None
) -> Moves:
    """Give, for each rule that the source allows, the places that a worker may have taken.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        version: The version that is asked.
        known_on: The day of knowing.

    Returns:
        Nothing where no move is computed.
    """
    return _Search(worker, known_on, "refuse", None).moves(scheme, version)


def moves_from(standpoint: Standpoint, version: SchemeVersion) -> Moves:
    """Give the places that a worker may have taken, found once for all questions from one standpoint.

    What became of arrivals from other places is found with them, and is part of the standpoint's facts from then on.

    Args:
        standpoint: Where the questions are asked from.
        version: The version that is asked.
    """
    found = standpoint.moves.get(version.digest)
    if found is None:
        search = _Search(
            standpoint.worker, standpoint.known_on, standpoint.beyond, standpoint.schemes
        )
        found = search.moves(standpoint.scheme, version)
        standpoint.moves[version.digest] = found
        standpoint.arrivals[version.digest] = search.arrivals(standpoint.scheme, version)
    return found


class _Search:
    """Looks for where a worker came from; each version is looked at once for each day before which that was."""

    def __init__(
        self, worker: Worker, known_on: date | None, beyond: Beyond, schemes: Schemes | None
    ) -> None:
        self._worker, self._known_on, self._beyond = worker, known_on, beyond
        self._schemes = schemes
        self._found: dict[Hashable, Any] = {}
        self._counts: dict[str, dict[Hashable, Any]] = {}

    def _once(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._found:
            self._found[key] = make()
        found: T = self._found[key]
        return found

    # --- from an earlier version -------------------------------------------------------------------------------------

    def moves(self, scheme: Scheme, version: SchemeVersion, before: date = date.max) -> Moves:
        """Give the places taken at the move from the version before, for each rule that the source allows.

        Args:
            scheme: The scheme.
            version: Its version that is asked.
            before: Arrivals from this day on are not looked at.
        """
        earlier, transition = left_by(scheme, version, known_on=self._known_on), version.transition
        if earlier is None or transition is None:
            return ()
        key = ("moves", scheme.id, version.digest, before)
        return self._once(key, lambda: self._moves(scheme, earlier, version, transition, before))

    def _moves(
        self,
        scheme: Scheme,
        earlier: SchemeVersion,
        version: SchemeVersion,
        transition: Transition,
        before: date,
    ) -> Moves:
        held = self._held(scheme, earlier, version, transition, before)
        return tuple(
            (
                rule,
                tuple(dict.fromkeys(self._taken(version, transition, rule, one) for one in held)),
            )
            for rule in _rules(transition, tuple(TransitionRule))
        )

    def _taken(
        self,
        version: SchemeVersion,
        law: Transition | Recognition,
        rule: TransitionRule,
        held: Moved | None,
    ) -> Moved | None:
        return taken(self._worker, version, self._known_on, law, rule, held)

    def _held(
        self,
        scheme: Scheme,
        earlier: SchemeVersion,
        version: SchemeVersion,
        transition: Transition,
        before: date,
    ) -> tuple[Moved | None, ...]:
        """Give every standing that is possible on the last day of the earlier version."""
        worker, known_on = self._worker, self._known_on
        left = f"{earlier.id}, revision {earlier.revision}"
        moves = self.moves(scheme, earlier, before)
        arrivals = self.arrivals(scheme, earlier, before)
        shared: dict[Hashable, object] = {}
        cited = _Cited(earlier)

        def run(choices: Choices) -> Moved | None:
            since = first_day_under(Facts(worker, version, known_on, choices))
            facts = Facts(
                worker, earlier, known_on, choices, shared, moves=moves, arrivals=arrivals
            )
            standing = _standing(facts, since - _ONE_DAY, since, left, transition.waiting, cited)
            if standing is None:
                return None
            month, paid = amounts_on(Instant(facts, since - _ONE_DAY))
            return attrs.evolve(
                standing,
                old_fen=month.gross.value if isinstance(month.gross, Decided) else None,
                lines=lines_before(month, version),
                pay_gaps=month.gross.gaps if isinstance(month.gross, Unspecified) else (),
                paid=cited.of(paid),
            )

        explored = explore(run)
        found = _few(explored)
        if found is not None:
            return found
        open_ = _open(version.from_day, left, Gap(path="transition", why="too-many-standings"))
        # of combinations not all tried, it is not even certain that somebody was under the earlier version
        none = not explored.complete or None in (world.answer for world in explored.worlds)
        return (open_, None) if none else (open_,)

    # --- from another place ------------------------------------------------------------------------------------------

    def arrivals(
        self, scheme: Scheme, version: SchemeVersion, before: date = date.max
    ) -> Arrivals | None:
        """Give the places taken at arrivals from places with another scheme, for each rule that the source allows.

        Args:
            scheme: The scheme.
            version: Its version that is asked.
            before: Arrivals from this day on are not looked at.
        """
        law = version.recognition
        if law is None or version.ladder is None:
            return None
        key = ("arrivals", scheme.id, version.digest, before)
        return self._once(key, lambda: self._arrivals(scheme, version, law, before))

    def _arrivals(
        self, scheme: Scheme, version: SchemeVersion, law: Recognition, before: date
    ) -> Arrivals | None:
        def run(choices: Choices) -> tuple[tuple[Claim, ...], tuple[Moved, ...]]:
            facts = Facts(self._worker, version, self._known_on, choices)
            return facts.claims, tuple(
                self._left(facts, scheme, law, claim, since, choices)
                for claim, since in self._came(facts, scheme)
                if since < before
            )

        explored = explore(run)
        found: dict[tuple[Claim, ...], dict[tuple[Moved, ...], None]] = {}
        for world in explored.worlds:
            claims, arrivals = world.answer
            found.setdefault(claims, {})[arrivals] = None
        if not any(arrivals for options in found.values() for arrivals in options):
            return None
        for claims, options in found.items():
            if not explored.complete or len(options) > _MOST:
                left = {one.since: one.place for arrivals in options for one in arrivals}
                found[claims] = {tuple(map(_unknown, left.items())): None}
        return Arrivals(
            {
                rule: {
                    claims: tuple(self._recognised(version, law, rule, one) for one in options)
                    for claims, options in found.items()
                }
                for rule in _rules(law, RULES)
            }
        )

    def _recognised(
        self,
        version: SchemeVersion,
        law: Recognition,
        rule: TransitionRule,
        arrivals: tuple[Moved, ...],
    ) -> tuple[Moved, ...]:
        places = (self._taken(version, law, rule, one) for one in arrivals)
        return tuple(one for one in places if one is not None)

    def _came(self, facts: Facts, scheme: Scheme) -> Iterator[tuple[Claim, date]]:
        """Give each arrival: the spell in a place with another scheme that was left, and the first day here."""
        spells = sorted(
            (one for one in facts.claims if one.kind == "community"),
            key=lambda one: (one.start, one.end),
        )
        for place, here in enumerate(spells):
            earlier = [one for one in spells[:place] if one.start < here.start]
            if not earlier or self._scheme_of(here, facts, scheme) is not scheme:
                continue
            left = max(earlier, key=lambda one: (one.end, one.start))
            if self._scheme_of(left, facts, scheme) is not scheme:
                yield left, here.start

    def _scheme_of(self, claim: Claim, facts: Facts, scheme: Scheme) -> Scheme | None:
        """Give the scheme of the place of a spell; `None` where that is another one, and not on file."""
        if claim.region is None:
            return scheme
        if self._schemes is None:
            return scheme if is_within(claim.region, facts.version.place) else None
        try:
            return self._schemes.at(claim.region)
        except NotInForce:
            return None

    def _left(
        self,
        facts: Facts,
        scheme: Scheme,
        law: Recognition,
        claim: Claim,
        since: date,
        choices: Choices,
    ) -> Moved:
        """Give the standing on the last day in another place: computed by its scheme, or as it is on record."""
        other, place = self._scheme_of(claim, facts, scheme), claim.region or ""
        eve = min(claim.end, since) - _ONE_DAY
        if other is not None:
            found = self._computed(other, law, eve, since, choices)
            if found is not None:
                return attrs.evolve(found, law="recognition", place=place)
        record = facts.recorded_elsewhere
        if other is None and record is not None and record.since <= since:
            told = Step(
                code="placement",
                path="placement",
                result=record.grade,
                inputs=(
                    ("since", record.since),
                    ("months_served", record.months_served),
                    ("document", record.document),
                ),
            )
            return Moved(
                since=since,
                rule=TransitionRule.RECOMPUTED,
                scheme="",
                law="recognition",
                place=place,
                old_grade=record.grade,
                old_step=record.step,
                old_fen=None,
                record=record,
                held=told,
                paid=told,
            )
        return _open(since, "", _NOT_ON_FILE, place)

    def _computed(
        self, other: Scheme, law: Recognition, eve: date, since: date, choices: Choices
    ) -> Moved | None:
        """Give the standing under another place's scheme; `None` where nobody can say."""
        worker, known_on = self._worker, self._known_on
        asked = Standpoint(worker, other, known_on, self._beyond, schemes=self._schemes)
        try:
            version = asked.version_on(eve)
        except NotInForce as error:
            if error.code != "not-yet-in-force":
                return None
            return attrs.evolve(_open(since, other.id, _NOT_ON_FILE), recognised=False)
        moves = self.moves(other, version, since)
        arrivals = self.arrivals(other, version, since)
        counts = self._counts.setdefault(version.digest, {})
        facts = Facts(worker, version, known_on, choices, counts, moves=moves, arrivals=arrivals)
        left = f"{version.id}, revision {version.revision}"
        cited = _Cited(version)
        found = _standing(facts, eve, since, left, law.waiting, cited)
        if found is None:
            return None
        if isinstance(law.rule, Missing) or law.rule is TransitionRule.EQUAL_PAY:
            month, paid = amounts_on(Instant(facts, eve))
            return attrs.evolve(
                found,
                old_fen=month.gross.value if isinstance(month.gross, Decided) else None,
                pay_gaps=month.gross.gaps if isinstance(month.gross, Unspecified) else (),
                paid=cited.of(paid),
            )
        return found


def _rules(
    law: Transition | Recognition, readings: tuple[TransitionRule, ...]
) -> tuple[TransitionRule, ...]:
    return readings if isinstance(law.rule, Missing) else (law.rule,)


def _few(explored: Explored[T]) -> tuple[T, ...] | None:
    """Give the different answers; `None` where they are too many, or not all were tried."""
    found = tuple(dict.fromkeys(world.answer for world in explored.worlds))
    return found if explored.complete and len(found) <= _MOST else None


def _open(since: date, left: str, gap: Gap, place: str = "") -> Moved:
    """Give a move of which nobody can say where it came from."""
    law, gaps = gap.path, (gap,)
    step = Step(code="scope", path=law, result=gaps)
    return Moved(
        since=since,
        rule=TransitionRule.RECOMPUTED,
        scheme=left,
        law=law,
        place=place,
        old_grade=None,
        old_step=None,
        old_fen=None,
        gaps=gaps,
        pay_gaps=gaps,
        held=step,
        paid=step,
    )


def _unknown(arrival: tuple[date, str]) -> Moved:
    """Give an arrival of which too much is not known."""
    since, place = arrival
    return _open(since, "", Gap(path="recognition", why="too-many-standings"), place)


def _standing(
    facts: Facts,
    eve: date,
    since: date,
    left: str,
    waiting: WaitingCarried | Missing,
    cited: _Cited,
) -> Moved | None:
    """Give the grade on the last day under a version, and where its ladders were left; `None` for who did not serve."""
    version, instant = facts.version, Instant(facts, eve)
    answer, step = grade_in_world(instant)
    if not facts.serving(eve):
        return None
    place = answer.value if isinstance(answer, Decided) else None
    ladders = tuple(str(one.name) for one in version.ladders) if place else ()
    climbs = tuple((name, one) for name in ladders if (one := instant.climbed(name)) is not None)
    converts = isinstance(waiting, Missing) or waiting is WaitingCarried.CONVERTED
    shown = cited.of(step)
    return Moved(
        since=since,
        rule=TransitionRule.RECOMPUTED,
        scheme=left,
        old_grade=place.grade if place else None,
        old_step=place.step if place else None,
        old_fen=None,
        climbed=climbs,
        shares=tuple(
            (name, share_served(one, since) if _may_rise(version, name, place) else Fraction(0))
            for name, one in climbs
            if converts and place is not None
        ),
        gaps=answer.gaps if isinstance(answer, Unspecified) else (),
        held=shown,
        paid=shown,
    )


def _may_rise(version: SchemeVersion, ladder: str, place: Placement) -> bool:
    """Tell whether there is a rung above the one held: at the top nothing is being waited for."""
    rung = place.grade if ladder == "grade" else place.step
    return rung is None or rung < max(range_of(version, ladder, place.post), default=rung + 1)


class _Cited:
    """Names the sources of the earlier version by their titles: the ids of two files may be the same words."""

    def __init__(self, version: SchemeVersion) -> None:
        self._titles = {name: source.instrument for name, source in version.sources}
        self._made: dict[int, tuple[Step, Step]] = {}

    def of(self, step: Step) -> Step:
        """Give the same step; one that stands in several places stays one."""
        made = self._made.get(id(step))
        if made is None:
            citation = step.citation
            if citation is not None:
                title = self._titles.get(citation.source, citation.source)
                citation = attrs.evolve(citation, source=title)
            parts = tuple(self.of(part) for part in step.parts)
            # the step is kept beside, so that its identity stays its own
            made = (step, attrs.evolve(step, citation=citation, parts=parts))
            self._made[id(step)] = made
        return made[1]
