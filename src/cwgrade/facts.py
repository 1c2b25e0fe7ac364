"""A worker's facts as one version of a scheme sees them, in one possible world: every day and place settled."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar

import attrs

from cwgrade.choices import Choices, Question, QuestionKind
from cwgrade.dates import Day, PartialDate, Takes, add_months, earliest, next_month, possible_days
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Gap, Missing
from cwgrade.law.pay import Accrual, Rhythm
from cwgrade.law.posts import ConcurrentRule
from cwgrade.regions import is_within
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.service import Claim, Leave
from cwgrade.timeline import recorded_by
from cwgrade.worker import (
    UNKNOWN,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    Unknown,
    Worker,
)

__all__ = ["Facts", "Held", "StatedField", "check_arguments", "settle"]

T = TypeVar("T")
_ONE_DAY: Final = timedelta(days=1)


def check_arguments(worker: Worker, scheme: Scheme, *, on: date, known_on: date | None) -> None:
    """Check that the arguments of a question are of the right kinds.

    Args:
        worker: The worker's facts.
        scheme: The scheme.
        on: The day.
        known_on: The day of knowing.

    Raises:
        ArgumentError: One is not.
    """
    if not isinstance(worker, Worker):
        raise ArgumentError("not-a", name="worker", value=worker, kind="Worker")
    if not isinstance(scheme, Scheme):
        raise ArgumentError("not-a", name="scheme", value=scheme, kind="Scheme")
    for name, day in (("on", on), ("known_on", known_on)):
        if type(day) is not date and not (name == "known_on" and day is None):
            raise ArgumentError("not-a-day-object", name=name, value=day)


@attrs.frozen(kw_only=True)
class StatedField:
    """A field of the scheme with the values it may have.

    Attributes:
        path: Where it stands.
        stated: What the scheme says.
        readings: Every admissible value, tried where it is missing.
    """

    path: str
    stated: Any
    readings: tuple[Any, ...]

    @property
    def options(self) -> tuple[Any, ...]:
        """The one stated value, or every reading that the source's words allow."""
        if not isinstance(self.stated, Missing):
            return (self.stated,)
        among = self.stated.among
        if not among:
            return self.readings
        # an event for which this worker has no day is still what the source's words allow
        return tuple(one for one in self.readings if str(one) in among) or among


def settle(
    choices: Choices,
    fields: Sequence[StatedField],
    signature: Callable[[tuple[Any, ...]], Hashable],
) -> tuple[Any, ...]:
    """Settle fields of the scheme together, asking only for those on which something depends.

    Args:
        choices: The run's answers.
        fields: The fields.
        signature: What depends on them: equal signatures need no question.

    Returns:
        One value for each field, in order.
    """
    for field in fields:
        if isinstance(field.stated, Missing):
            break
    else:
        return tuple(field.stated for field in fields)
    options = [field.options for field in fields]
    for place, field in enumerate(fields):
        answered = choices.answered(_question(field)) if len(options[place]) > 1 else None
        if answered is not None:
            options[place] = (field.options[answered],)
    found = {combination: signature(combination) for combination in itertools.product(*options)}
    if len(set(found.values())) == 1:
        return next(iter(found))
    for place, field in enumerate(fields):
        if len(options[place]) == 1:
            continue
        by_rest: dict[tuple[Any, ...], set[Hashable]] = {}
        for combination, told in found.items():
            by_rest.setdefault((*combination[:place], *combination[place + 1 :]), set()).add(told)
        if any(len(told) > 1 for told in by_rest.values()):
            value = choices.ask(_question(field), field.options)
        else:
            value = options[place][0]
        found = {
            combination: told for combination, told in found.items() if combination[place] == value
        }
    return next(iter(found))


def _question(field: StatedField) -> Question:
    missing = field.stated
    return Question(kind=QuestionKind.READING, path=field.path, why=missing.why, zh=missing.zh)


@attrs.frozen
class Held:
    """A post held on a day: the spell that shows it, and the post or why it is not known."""

    spell: ServiceSpell
    post: str | Gap


class Facts:
    """The facts of one worker in one world. Built once for each run of a question and shared by every day of it."""

    def __init__(
        self,
        worker: Worker,
        version: SchemeVersion,
        known_on: date | None,
        choices: Choices,
        shared: dict[Hashable, Any] | None = None,
        period: tuple[date, date] | None = None,
        apart: tuple[str, ...] = (),
        moves: tuple[tuple[Any, tuple[Any, ...]], ...] = (),
        arrivals: Any = None,
    ) -> None:
        """Leave out what was not on record yet, and settle the days of spells and absences.

        Args:
            worker: The worker.
            version: The version of the scheme.
            known_on: The day of knowing.
            choices: The answers of this run.
            shared: Counts that every run of one question shares; they depend on nothing but their key.
            period: First day asked about and day after the last. Under a scheme that does not look at history a spell's
                day that surely lies too far outside to matter needs no trying.
            apart: Places inside the scheme's place with a scheme of their own, which pays for service there.
            moves: For each rule of a move from an earlier scheme what it may come to; none where there was no move.
            arrivals: What arrivals from other places may come to, where the scheme recognises grades.
        """
        self.worker = worker
        self.version = version
        self.known_on = known_on
        self.choices = choices
        self._apart = apart
        self.moves = moves
        self.arrivals = arrivals
        self._period_asked = None if period is None else _looked_at(version, *period)
        spells = [
            (index, spell)
            for index, spell in enumerate(worker.spells)
            if recorded_by(spell.recorded_on, known_on)
        ]
        self.spells: tuple[tuple[Claim, ServiceSpell], ...] = tuple(
            (claim, spell)
            for index, spell in spells
            if (claim := self._claim(index, spell)) is not None
        )
        self.claims: tuple[Claim, ...] = tuple(claim for claim, _ in self.spells)
        self.leaves: tuple[Leave, ...] = tuple(
            Leave(start, end, absence.kind)
            for index, absence in enumerate(worker.absences)
            if recorded_by(absence.recorded_on, known_on)
            for start, end in (self._period(f"absences[{index}]", absence.start, absence.end),)
            if start < end
        )
        record = worker.placement
        if record is not None and not recorded_by(record.recorded_on, known_on):
            record = None
        region = None if record is None else record.region
        here = region is None or is_within(region, version.place)
        self.placement: PlacementOnRecord | None = record if here else None
        self.recorded_elsewhere: PlacementOnRecord | None = None if here else record
        self.ratings: dict[int, Rating] = {
            year: rating
            for rating in worker.ratings
            if (year := rating.year) is not None and recorded_by(rating.recorded_on, known_on)
        }
        self._served = tuple(
            (one.start.year, (one.end - _ONE_DAY).year)
            for one in self.claims
            if one.kind == "community"
        )
        self.memo: dict[Hashable, Any] = {}
        self.shared: dict[Hashable, Any] = {} if shared is None else shared
        # nothing is taken over from runs that have settled other days or places of service
        self._settled = choices.token((version.digest, self.claims, self.leaves))
        self._kept = choices.kept

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give what a pure function makes of these facts: made once a run, or taken over from a run that read the same.

        Args:
            key: Everything that makes it, beside these facts, answers and other kept values.
            make: The function.
        """
        return self._kept((self._settled, key), make)

    def _period(self, path: str, start: Day, end: Day | None) -> tuple[date, date]:
        first = self.day(f"{path}.start", start, always=True)
        after = date.max if end is None else self.day(f"{path}.end", end, always=True)
        return first, after

    def day(self, path: str, day: Day, *, always: bool = False) -> date:
        """Settle a day that is known to its month or year: every one of its days is tried.

        Args:
            path: The fact's path.
            day: The day, as far as it is known.
            always: Whether every run settles it.
        """
        if not isinstance(day, PartialDate):
            return day
        if self._period_asked is not None and path.startswith("spells["):
            first, after = self._period_asked
            if day.last <= first or day.first >= after:
                return day.first
        question = Question(kind=QuestionKind.FACT, path=path)
        return self.choices.ask(question, possible_days(day), always=always)

    def _claim(self, index: int, spell: ServiceSpell) -> Claim | None:
        start, end = self._period(f"spells[{index}]", spell.start, spell.end)
        if start >= end:
            return None
        region = spell.region
        if isinstance(region, Unknown):
            place = self.version.place
            areas = tuple(dict.fromkeys((place, place[:4], place[:2], "")))
            region = self.choices.ask(
                Question(kind=QuestionKind.FACT, path=f"spells[{index}].region"), areas
            )
        post = self.post_of(spell)
        posts = self.version.posts
        order = next((place for place, one in enumerate(posts) if one.id == post), len(posts))
        return Claim(start, end, spell.kind, region, order, index)

    def post_of(self, spell: ServiceSpell) -> str | Gap | None:
        """Map a spell to a post of the scheme: a gap where its title is not mapped, `None` where it has neither."""
        named = spell.post if spell.post is not None else spell.title
        return None if named is None else self.post_named(named)

    def post_named(self, named: str) -> str | Gap:
        """Map a post's id, a title or a printed name to a post of the scheme; a gap where it is not mapped."""
        posts = self.version.posts
        for post in posts:
            if named == post.id:
                return post.id
        for post in posts:
            if named in post.titles or named in (post.label.zh, post.label.en):
                return post.id
        accepted = [word for post in posts for word in (post.label.zh, *post.titles)]
        near = difflib.get_close_matches(named, accepted, n=1, cutoff=0.5)
        return Gap(path="posts", why="unmapped-title", readings=(named, *near))

    def serving(self, on: date) -> tuple[ServiceSpell, ...]:
        """Give the community spells in the scheme's place that cover a day."""
        place = self.version.place
        return tuple(
            spell
            for claim, spell in self.spells
            if claim.start <= on < claim.end
            and claim.kind == "community"
            and (claim.region is None or is_within(claim.region, place))
        )

    def post_on(self, on: date) -> str | Gap | None:
        """Give the post held on a day; `None` where the worker does not serve in the scheme's place.

        Where several posts are held, a post that names all their titles holds; otherwise the scheme's rule decides.
        """
        serving = self.serving(on)
        if not serving:
            return None
        titles = {title for spell in serving for title in _titles(spell)}
        for post in self.version.posts:
            if post.holds_all and titles.issuperset(post.holds_all):
                return post.id
        held = [post for spell in serving for post in self._posts_of(spell)]
        gap = next((post for post in held if isinstance(post, Gap)), None)
        if gap is not None:
            return gap
        order = [post.id for post in self.version.posts]
        ranked = sorted({post for post in held if isinstance(post, str)}, key=order.index)
        if len(ranked) == 1:
            return ranked[0]
        field = StatedField(
            path="concurrent_posts.paid_at",
            stated=self.version.concurrent_posts.paid_at,
            readings=tuple(ConcurrentRule),
        )
        (rule,) = settle(self.choices, (field,), lambda one: one[0])
        return ranked[0] if rule is ConcurrentRule.HIGHEST else ranked[-1]

    def positions_on(self, on: date) -> tuple[str, ...]:
        """Give what is held on a day, each title once; a post without a title unless a title of it is held too."""
        titles: dict[str, str | Gap] = {}
        bare: dict[str, None] = {}
        for spell in self.serving(on):
            posts, named = self._posts_of(spell), self._titles_of(spell)
            titles |= {
                title: posts[min(place, len(posts) - 1)] for place, title in enumerate(named)
            }
            if not named:
                bare |= dict.fromkeys(post for post in posts if isinstance(post, str))
        return (*titles, *(post for post in bare if post not in titles.values()))

    def _posts_of(self, spell: ServiceSpell) -> tuple[str | Gap, ...]:
        """Give the posts of a spell: one, or those of the parts of a title such as 书记、主任."""
        titles = self._titles_of(spell)
        if spell.post is None and len(titles) > 1:
            return tuple(self.post_named(title) for title in titles)
        return (self._post_or_asked(spell),)

    def _titles_of(self, spell: ServiceSpell) -> tuple[str, ...]:
        """Give the titles of a spell; one is taken apart where the scheme maps its parts and not the whole."""
        if spell.title is None:
            return ()
        parts = tuple(dict.fromkeys(_titles(spell)[1:]))
        whole = isinstance(self.post_named(spell.title), str)
        mapped = all(isinstance(self.post_named(part), str) for part in parts)
        return parts if mapped and not whole else (spell.title,)

    def _post_or_asked(self, spell: ServiceSpell) -> str | Gap:
        post = self.post_of(spell)
        if post is not None:
            return post
        index = next(claim.index for claim, one in self.spells if one is spell)
        question = Question(kind=QuestionKind.FACT, path=f"spells[{index}].post")
        return self.choices.ask(question, tuple(one.id for one in self.version.posts))

    def attained(self, fact: str) -> tuple[tuple[int, Attainment], ...] | Unknown:
        """Give the items of an attained fact that were on record, with their places in the worker's list."""
        items = self.worker.attained(fact)
        if isinstance(items, Unknown):
            return UNKNOWN
        return tuple(
            (index, item)
            for index, item in enumerate(items)
            if recorded_by(item.recorded_on, self.known_on)
        )

    def states(self, fact: str) -> tuple[StateFact, ...]:
        """Give the entries of a fact that holds for a time, earliest first."""
        entries = [
            entry
            for entry in self.worker.facts
            if entry.name == fact and recorded_by(entry.recorded_on, self.known_on)
        ]
        return tuple(
            sorted(entries, key=lambda one: earliest(one.start) if one.start else date.min)
        )

    def is_here(self, claim: Claim) -> bool:
        """Tell whether a spell was served in the scheme's place, and not in one with a scheme of its own."""
        region = claim.region
        if region is None:
            return True
        inside = is_within(region, self.version.place)
        return inside and not any(is_within(region, place) for place in self._apart)

    def paid_on(self, on: date) -> bool:
        """Tell whether a community spell that covers a day is paid under this scheme, as far as the place decides."""
        return any(
            claim.kind == "community" and claim.start <= on < claim.end and self.is_here(claim)
            for claim, _ in self.spells
        )

    def serves_throughout(self, start: date, end: date) -> bool:
        """Tell whether community spells here, one after another, cover a whole period.

        Args:
            start: Its first day.
            end: The day after its last.
        """
        for claim in sorted(self.claims, key=lambda one: one.start):
            if (
                claim.kind == "community"
                and self.is_here(claim)
                and claim.start <= start < claim.end
            ):
                start = claim.end
        return start >= end

    def served_in_year(self, year: int) -> bool:
        """Tell whether a community spell, anywhere, touches a calendar year."""
        return any(first <= year <= last for first, last in self._served)

    @property
    def first_community_day(self) -> date | None:
        """The first day of the first community spell, anywhere."""
        return min((one.start for one in self.claims if one.kind == "community"), default=None)

    def marks(self, start: date, end: date) -> set[date]:
        """Give the days in `(start, end)` on which a spell or an absence begins or ends."""
        days = [day for claim in self.claims for day in (claim.start, claim.end)]
        days += [day for leave in self.leaves for day in (leave.start, leave.end)]
        return {day for day in days if start < day < end}


def _looked_at(version: SchemeVersion, first: date, after: date) -> tuple[date, date] | None:
    """Give the time whose spells a period's answer depends on; `None` where a scheme asks for the whole history."""
    if _looks_at_history(version):
        return None
    if version.post_change.takes is Takes.SAME_DAY or len(version.posts) == 1:
        return first, after
    # a new post counts a year after the change at the latest, and from the first of its month at the soonest
    return add_months(first, -_MONTHS_OF_A_YEAR), next_month(after)


_MONTHS_OF_A_YEAR: Final = 12


def _looks_at_history(version: SchemeVersion) -> bool:
    """Tell whether a scheme asks for more than what holds about the period itself."""
    if version.ladder is not None:
        return True
    periods = any(
        one.accrues_per is not Accrual.MONTH or one.paid is not Rhythm.MONTHLY
        for one in version.pay
    )
    return periods or not (
        version.service is None and version.probation is None and version.assessment is None
    )


def _titles(spell: ServiceSpell) -> tuple[str, ...]:
    """Split a title such as 书记、主任 into its parts; both the whole and the parts count as held."""
    if spell.title is None:
        return ()
    parts = [spell.title]
    for mark in "、/／兼，,":
        parts = [piece for part in parts for piece in part.split(mark)]
    return (spell.title, *(part.strip() for part in parts if part.strip()))
