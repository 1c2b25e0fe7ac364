"""What every question about a worker needs: where it is asked from, the version, one derivation of all worlds."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Final, TypeVar

from cwgrade.choices import Choices, Explored, explore
from cwgrade.facts import Facts, check_arguments
from cwgrade.notes import notes_of, recorded_notes
from cwgrade.outcomes import Single
from cwgrade.reasons import Derivation, Note, Step
from cwgrade.recall import Certain
from cwgrade.scheme import Beyond, Scheme, Schemes, SchemeVersion
from cwgrade.staging import first_day_under, last_stage, left_by
from cwgrade.version import __version__
from cwgrade.worker import Worker

__all__ = ["Standpoint", "derive"]

T = TypeVar("T")
_MOST_SHOWN: Final = 64
"""Worlds whose steps are kept for a derivation of several answers."""


class Standpoint:
    """One worker under one scheme by one day of knowing: the questions asked from there share what is certain.

    Attributes:
        worker: The worker's facts.
        scheme: The scheme.
        known_on: The day of knowing.
        beyond: What to do after the last attested day.
        apart: Places inside the scheme's place that have a scheme of their own.
        schemes: The schemes of other places too, where they are on file.
        told: Whether it is looked for what is told beside an answer; whoever asks for amounts alone does without.
        moves: What was found of moves from an earlier version, by the digest of the later one.
        arrivals: What was found of arrivals from other places, by the digest of the version that is asked.
    """

    def __init__(
        self,
        worker: Worker,
        scheme: Scheme,
        known_on: date | None,
        beyond: Beyond,
        apart: tuple[str, ...] = (),
        schemes: Schemes | None = None,
        *,
        told: bool = True,
    ) -> None:
        """Take what all questions have in common."""
        self.worker = worker
        self.scheme = scheme
        self.known_on = known_on
        self.beyond: Beyond = beyond
        self.apart = apart
        self.schemes = schemes
        self.told = told
        self.moves: dict[str, tuple[tuple[Any, tuple[Any, ...]], ...]] = {}
        self.arrivals: dict[str, Any] = {}
        self._counts: dict[str, dict[Hashable, Any]] = {}
        self._certain = Certain()
        self._first_days: dict[str, date] = {}
        self._recorded: dict[tuple[str, bool], tuple[Note, ...]] = {}

    def check(self, on: date) -> None:
        """Check the arguments of a question.

        Raises:
            ArgumentError: An argument is of the wrong kind.
        """
        check_arguments(self.worker, self.scheme, on=on, known_on=self.known_on)

    def version_on(self, on: date) -> SchemeVersion:
        """Check the arguments of a question and give the version of the scheme that it asks.

        Args:
            on: The day.

        Raises:
            ArgumentError: An argument is of the wrong kind.
            NotInForce: The scheme does not apply on that day.
        """
        self.check(on)
        version = self.scheme.version_on(on, known_on=self.known_on, beyond=self.beyond)
        return self._staged(version, on)

    def version_of_month(self, first: date) -> SchemeVersion:
        """Give the version that a month is paid by.

        Args:
            first: The first day of the month.

        Raises:
            NotInForce: No version applies.
        """
        known_on, beyond = self.known_on, self.beyond
        version = self.scheme.version_of_month(first, known_on=known_on, beyond=beyond)
        return self._staged(version, first)

    def _staged(self, version: SchemeVersion, on: date) -> SchemeVersion:
        """Give the version before for who surely is under it still, in a post that moves later."""
        if on >= last_stage(version):
            return version
        earlier = left_by(self.scheme, version, known_on=self.known_on)
        if earlier is None:
            return version
        if version.digest not in self._first_days:
            explored = self.explore(
                lambda choices: first_day_under(Facts(self.worker, version, self.known_on, choices))
            )
            self._first_days[version.digest] = min(one.answer for one in explored.worlds)
        return earlier if on < self._first_days[version.digest] else version

    def facts(
        self,
        version: SchemeVersion,
        choices: Choices,
        *,
        moves: tuple[tuple[Any, tuple[Any, ...]], ...],
        period: tuple[date, date] | None = None,
    ) -> Facts:
        """Give the worker's facts as a version sees them, in the world of a run.

        Args:
            version: The version.
            choices: The answers of the run.
            moves: What a move from an earlier version may come to.
            period: First day asked about and day after the last.
        """
        counts = self._counts.setdefault(version.digest, {})
        return Facts(
            self.worker,
            version,
            self.known_on,
            choices,
            counts,
            period,
            self.apart,
            moves,
            self.arrivals.get(version.digest),
        )

    def explore(self, run: Callable[[Choices], T]) -> Explored[T]:
        """Run a question once for each combination of answers that it asks for."""
        return explore(run, certain=self._certain)

    def notes(self, version: SchemeVersion, on: date, *, moved: bool) -> tuple[Note, ...]:
        """Give what is told beside an answer.

        Args:
            version: The version that was asked.
            on: The day asked for.
            moved: Whether the rule for those who came from an earlier version was applied.
        """
        if not self.told:
            return ()
        worker, known_on = self.worker, self.known_on
        key = (version.digest, moved)
        if key not in self._recorded:
            self._recorded[key] = recorded_notes(worker, version, known_on, moved=moved)
        return (*self._recorded[key], *notes_of(worker, version, on, known_on, moved=moved))


def derive(
    standpoint: Standpoint,
    version: SchemeVersion,
    explored: Explored[tuple[Single[T], Step]],
    *,
    on: date,
    notes: tuple[Note, ...] = (),
    moved: bool = False,
) -> Derivation:
    """Put the steps of all worlds into one derivation.

    Where all worlds agree the first one's steps stand for all; otherwise each different answer is shown once, with
    what was tried for it.

    Args:
        standpoint: Where the question was asked from.
        version: The version that was asked.
        explored: The answers and root steps by world.
        on: The day asked for.
        notes: Findings beside the answer.
        moved: Whether the rule for those who came from an earlier version was applied.
    """
    worker, known_on = standpoint.worker, standpoint.known_on
    first = explored.worlds[0]
    shown: dict[Single[T], tuple[Step, str]] = {}
    for world in explored.worlds[:_MOST_SHOWN]:
        answer, root = world.answer
        tried = "; ".join(f"{pick.question.path} = {pick.option}" for pick in world.picks)
        shown.setdefault(answer, (root, tried))
    if len(shown) > 1:
        root = Step(
            code="possibilities",
            path="",
            result=len(shown),
            unit="answers",
            parts=tuple(
                Step(code="possibility", path="", result=tried, parts=(step,))
                for step, tried in shown.values()
            ),
        )
    else:
        root = first.answer[1]
    return Derivation(
        scheme_id=version.id,
        scheme_title=version.title,
        revision=version.revision,
        digest=version.digest,
        version=__version__,
        facts_digest=worker.facts_digest,
        on=on,
        known_on=known_on,
        beyond=standpoint.beyond,
        root=root,
        tried=first.picks,
        notes=(*notes, *standpoint.notes(version, on, moved=moved)),
        assumed=(*worker.assumed, *version.assumed),
    )
