"""A worker's facts: known, known to be absent, or unknown.

A list of facts that is empty says that there is none; `UNKNOWN` says that nobody looked. Ids are opaque text; no
name and no identity number is needed anywhere.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.canonical import digest
from cwgrade.dates import FIRST_YEAR, LAST_YEAR, Day, PartialDate, earliest, latest
from cwgrade.errors import ArgumentError
from cwgrade.regions import read_region

__all__ = [
    "ABSENCE_KINDS",
    "EVENTS",
    "NATIONAL_FACTS",
    "SERVICE_KINDS",
    "UNKNOWN",
    "AbsenceSpell",
    "Attainment",
    "PlacementOnRecord",
    "Rating",
    "ServiceSpell",
    "StateFact",
    "SuppliedAmount",
    "Unknown",
    "Worker",
]


class Unknown(enum.Enum):
    """The one value of a fact that nobody knows; it is not zero and not absent."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN

NATIONAL_FACTS: Final[dict[str, tuple[str, ...]]] = {
    "schooling": ("below_senior", "senior", "college", "bachelor", "master", "doctor"),
    "degree": ("none", "bachelor", "master", "doctor"),
    "qualification": ("none", "assistant", "social_worker", "senior"),
    "honour": ("none", "county", "city", "provincial", "national"),
    "employment": ("part_time", "full_time"),
    "identity": ("none", "public_welfare_job", "institution", "civil_service"),
    "route": ("recruited", "elected"),
    "retired": ("no", "yes"),
}
"""Facts that every scheme may use, with their closed lists of values, lowest first. The first value of the four
that are attained is what
somebody has who has none."""

ATTAINED: Final = ("schooling", "degree", "qualification", "honour")
"""Facts that are attained once and held from then on; the highest one counts."""

SIDE_BY_SIDE: Final = ("honour",)
"""Of these, those that are no steps of one ladder: a higher one does not stand for a lower one."""

SERVICE_KINDS: Final = (
    "community",
    "grid",
    "village_committee",
    "military",
    "institution",
    "enterprise",
    "other",
)
ABSENCE_KINDS: Final = (
    "sick",
    "maternity",
    "personal",
    "suspended",
    "disciplined",
    "seconded",
    "other",
)
EVENTS: Final = ("obtained", "registered", "reported", "approved", "appointed")
"""The days in the life of a certificate that schemes count from."""

RATINGS: Final = ("excellent", "good", "competent", "basic", "fail", "unrated", "not_assessed")
"""Annual results as schemes name them: 优秀, 良好, 合格/称职, 基本合格/基本称职, 不合格/不称职, 不定等次, 未考核."""

_MOST_ITEMS: Final = 500
"""Entries in one list of facts; more is a broken file, not a career."""


def _is_day(_instance: object, attribute: attrs.Attribute[Day], day: object) -> None:
    # a datetime is a date to isinstance, and would compare wrongly with days
    if type(day) is not date and not isinstance(day, PartialDate):
        raise ArgumentError("not-a-day-object", name=attribute.name, value=day)
    if type(day) is date and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ArgumentError("year-out-of-range", value=day.year, first=FIRST_YEAR, last=LAST_YEAR)


def _is_exact_day(_instance: object, attribute: attrs.Attribute[date], day: object) -> None:
    if type(day) is not date:
        raise ArgumentError("not-a-day-object", name=attribute.name, value=day)


_DAY = _is_day
_OPTIONAL_DAY = attrs.validators.optional(_is_day)
_OPTIONAL_EXACT = attrs.validators.optional(_is_exact_day)


def _one_of(*accepted: str) -> Callable[[object, attrs.Attribute[str], str], None]:
    def check(_instance: object, attribute: attrs.Attribute[str], word: str) -> None:
        if word not in accepted:
            raise ArgumentError(
                "not-one-of", name=attribute.name, value=word, accepted=list(accepted)
            )

    return check


def _text(_instance: object, attribute: attrs.Attribute[str], text: object) -> None:
    if not isinstance(text, str) or not text:
        raise ArgumentError("not-text", name=attribute.name, value=text)


def _text_or_unknown(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if value is not UNKNOWN:
        _text(instance, attribute, value)


def _tuple_of(kind: type, *, or_unknown: bool = False) -> Callable[[object, Any, Any], None]:
    def check(_instance: object, attribute: attrs.Attribute[object], items: object) -> None:
        if or_unknown and items is UNKNOWN:
            return
        if not isinstance(items, tuple) or not all(isinstance(item, kind) for item in items):
            raise ArgumentError("not-a-tuple", name=attribute.name, value=items, kind=kind.__name__)
        if len(items) > _MOST_ITEMS:
            raise ArgumentError(
                "too-many-items", name=attribute.name, count=len(items), most=_MOST_ITEMS
            )

    return check


@attrs.frozen(kw_only=True)
class ServiceSpell:
    """One unbroken period in one post and place, `[start, end)`.

    Attributes:
        start: First day of service.
        end: The day after the last day of service; `None` while it goes on.
        post: The scheme's id of the post held; `None` where only a title is given.
        title: The title as rosters print it (书记, 委员); the scheme maps it to a post.
        region: GB/T 2260 code of the place; `None` is the place whose scheme is asked, `UNKNOWN` is not known.
        kind: Kind of service, one of `SERVICE_KINDS`.
        recorded_on: The day it came on record.

    Raises:
        ArgumentError: A value is of the wrong kind, or the spell ends before it starts.
    """

    start: Day = attrs.field(validator=_DAY)
    end: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    post: str | None = attrs.field(default=None, validator=attrs.validators.optional(_text))
    title: str | None = attrs.field(default=None, validator=attrs.validators.optional(_text))
    region: str | Unknown | None = None
    kind: str = attrs.field(default="community", validator=_one_of(*SERVICE_KINDS))
    recorded_on: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty spell, and write the region in its short form."""
        if self.end is not None and latest(self.end) <= earliest(self.start):
            raise ArgumentError("empty-spell", start=self.start, end=self.end)
        if self.region is not None and not isinstance(self.region, str | Unknown):
            raise ArgumentError("not-a-region", value=self.region)
        if isinstance(self.region, str):
            object.__setattr__(self, "region", read_region(self.region))


@attrs.frozen(kw_only=True)
class AbsenceSpell:
    """One period of leave, suspension or secondment, `[start, end)`.

    Attributes:
        start: First day of absence.
        end: The day after the last day of absence; `None` while it goes on.
        kind: Kind of absence, one of `ABSENCE_KINDS`.
        recorded_on: The day it came on record.
    """

    start: Day = attrs.field(validator=_DAY)
    end: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    kind: str = attrs.field(validator=_one_of(*ABSENCE_KINDS))
    recorded_on: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty absence."""
        if self.end is not None and latest(self.end) <= earliest(self.start):
            raise ArgumentError("empty-spell", start=self.start, end=self.end)


@attrs.frozen(kw_only=True)
class Attainment:
    """Schooling, a degree, a qualification or an honour, with the days of its life.

    Which of the days counts is the scheme's rule; a day left out is not known.

    Attributes:
        value: The level, one of the fact's closed list.
        obtained: The day on the certificate.
        registered: The day of registration.
        reported: The day it was handed in at the office.
        approved: The day the office approved it.
        appointed: The day of appointment to a post that asks for it.
        recorded_on: The day it came on record.
    """

    value: str = attrs.field(validator=_text)
    obtained: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    registered: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    reported: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    approved: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    appointed: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    recorded_on: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)

    def day_of(self, event: str) -> Day | None:
        """Give the day of an event, `None` where it is not known."""
        day: Day | None = getattr(self, event)
        return day


@attrs.frozen(kw_only=True)
class StateFact:
    """A fact that holds for a time: employment, identity, or one that a scheme declares.

    Attributes:
        name: The fact's name.
        value: Its value, or `UNKNOWN`.
        start: The day it holds from; `None` for ever.
        recorded_on: The day it came on record.
    """

    name: str = attrs.field(validator=_text)
    value: str | Unknown = attrs.field(validator=_text_or_unknown)
    start: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    recorded_on: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)


_DIGITS_OF_A_YEAR: Final = 4
_PERIOD: Final = re.compile(r"(\d{4})(?:-(?:0[1-9]|1[0-2])|H[12]|Q[1-4])?", re.ASCII)


@attrs.frozen(kw_only=True)
class Rating:
    """The result of one assessment period.

    Attributes:
        period: `2018` a year, `2018H1` a half-year, `2018Q3` a quarter, `2018-07` a month.
        value: The result, one of `RATINGS`; a period without a rating is unknown.
        announced: The day it was announced.
        recorded_on: The day it came on record.
    """

    period: str = attrs.field()
    value: str = attrs.field(validator=_one_of(*RATINGS))
    announced: Day | None = attrs.field(default=None, validator=_OPTIONAL_DAY)
    recorded_on: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)

    @period.validator
    def _check_period(self, _attribute: object, period: object) -> None:
        if not isinstance(period, str) or not _PERIOD.fullmatch(period):
            raise ArgumentError("not-a-period", value=period)

    @property
    def year(self) -> int | None:
        """The year, where the period is a whole year."""
        return int(self.period) if len(self.period) == _DIGITS_OF_A_YEAR else None


@attrs.frozen(kw_only=True)
class PlacementOnRecord:
    """A grade that an office approved; the ladder starts there and counts later facts only.

    Attributes:
        post: The post it was approved in.
        grade: The approved grade.
        since: The day it holds from; service from this day counts toward the next grade.
        months_served: Months already served toward the next grade on that day.
        step: The approved step, in a scheme that has steps beside grades.
        step_since: The day it holds from; `None` is the day of the grade.
        step_months_served: Months already served toward the next step on that day.
        document: The approving document.
        region: GB/T 2260 code of the place that approved it; `None` is the place whose scheme is asked.
        recorded_on: The day it came on record.
    """

    post: str = attrs.field(validator=_text)
    grade: int = attrs.field(validator=[attrs.validators.instance_of(int), attrs.validators.ge(1)])
    since: date = attrs.field(validator=_is_exact_day)
    months_served: int = attrs.field(
        default=0, validator=[attrs.validators.instance_of(int), attrs.validators.ge(0)]
    )
    step: int | None = attrs.field(
        default=None,
        validator=attrs.validators.optional(
            [attrs.validators.instance_of(int), attrs.validators.ge(1)]
        ),
    )
    step_since: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)
    step_months_served: int = attrs.field(
        default=0, validator=[attrs.validators.instance_of(int), attrs.validators.ge(0)]
    )
    document: str = ""
    region: str | None = None
    recorded_on: date | None = attrs.field(default=None, validator=_OPTIONAL_EXACT)

    def __attrs_post_init__(self) -> None:
        """Write the region in its short form."""
        if self.region is not None and not isinstance(self.region, str):
            raise ArgumentError("not-a-region", value=self.region)
        if isinstance(self.region, str):
            object.__setattr__(self, "region", read_region(self.region))


@attrs.frozen(kw_only=True)
class SuppliedAmount:
    """An amount that the office supplies for a worker and month: checked and totalled, never computed.

    Attributes:
        component: The scheme's name of the pay component.
        year: The year.
        month: The month 1 to 12.
        fen: The amount, in whole fen.
        document: What it rests on.
    """

    component: str = attrs.field(validator=_text)
    year: int = attrs.field(validator=attrs.validators.instance_of(int))
    month: int = attrs.field(
        validator=[
            attrs.validators.instance_of(int),
            attrs.validators.ge(1),
            attrs.validators.le(12),
        ]
    )
    fen: int = attrs.field(validator=attrs.validators.instance_of(int))
    document: str = ""


@attrs.frozen(kw_only=True)
class Worker:
    """Everything that is known of one worker.

    Absences are recorded by exception: a worker without any had none. Every other list that is left out is unknown.

    Attributes:
        id: Opaque text; leading zeros are kept.
        spells: Periods of service, in any order; they may overlap.
        absences: Periods of leave, suspension and the like.
        schooling: 学历, each with its days.
        degrees: 学位, each with its days.
        qualifications: Professional qualifications, each with its days.
        honours: Honours, each with its days.
        ratings: Assessment results; a period without one is unknown.
        facts: Scope facts and facts that a scheme declares.
        placement: A placement on record.
        supplied: Amounts that the office supplies.
        assumed: What a caller assumed of this worker, such as `honours=none`; written into every result.

    Examples:
        >>> worker = Worker(
        ...     id="007", spells=(ServiceSpell(start=date(2015, 3, 1), post="staff"),), honours=()
        ... )
        >>> worker.honours, worker.schooling
        ((), UNKNOWN)
    """

    id: str = attrs.field(validator=_text)
    spells: tuple[ServiceSpell, ...] = attrs.field(default=(), validator=_tuple_of(ServiceSpell))
    absences: tuple[AbsenceSpell, ...] = attrs.field(default=(), validator=_tuple_of(AbsenceSpell))
    schooling: tuple[Attainment, ...] | Unknown = attrs.field(default=UNKNOWN)
    degrees: tuple[Attainment, ...] | Unknown = attrs.field(default=UNKNOWN)
    qualifications: tuple[Attainment, ...] | Unknown = attrs.field(default=UNKNOWN)
    honours: tuple[Attainment, ...] | Unknown = attrs.field(default=UNKNOWN)
    ratings: tuple[Rating, ...] = attrs.field(default=(), validator=_tuple_of(Rating))
    facts: tuple[StateFact, ...] = attrs.field(default=(), validator=_tuple_of(StateFact))
    placement: PlacementOnRecord | None = attrs.field(
        default=None,
        validator=attrs.validators.optional(attrs.validators.instance_of(PlacementOnRecord)),
    )
    supplied: tuple[SuppliedAmount, ...] = attrs.field(
        default=(), validator=_tuple_of(SuppliedAmount)
    )
    assumed: tuple[str, ...] = ()

    @schooling.validator
    def _check_schooling(self, attribute: attrs.Attribute[object], items: object) -> None:
        _check_attained(attribute, items, "schooling")

    @degrees.validator
    def _check_degrees(self, attribute: attrs.Attribute[object], items: object) -> None:
        _check_attained(attribute, items, "degree")

    @qualifications.validator
    def _check_qualifications(self, attribute: attrs.Attribute[object], items: object) -> None:
        _check_attained(attribute, items, "qualification")

    @honours.validator
    def _check_honours(self, attribute: attrs.Attribute[object], items: object) -> None:
        _check_attained(attribute, items, "honour")

    def __attrs_post_init__(self) -> None:
        """Refuse two different ratings of one period, and two values of one fact from one day."""
        _refuse_contradictions(
            "ratings", ((rating.period, rating.value) for rating in self.ratings)
        )
        _refuse_contradictions(
            "facts",
            ((f"{fact.name} {fact.start or ''}".strip(), fact.value) for fact in self.facts),
        )

    @functools.cached_property
    def facts_digest(self) -> str:
        """The digest of these facts, as 64 hexadecimal digits; every derivation names it."""
        return digest(self)

    def attained(self, fact: str) -> tuple[Attainment, ...] | Unknown:
        """Give the items of an attained fact: `schooling`, `degree`, `qualification` or `honour`."""
        match fact:
            case "schooling":
                return self.schooling
            case "degree":
                return self.degrees
            case "qualification":
                return self.qualifications
            case _:
                return self.honours

    def with_attained(self, fact: str, items: tuple[Attainment, ...] | Unknown) -> Worker:
        """Give the same worker with other items of an attained fact; see `attained`."""
        match fact:
            case "schooling":
                return attrs.evolve(self, schooling=items)
            case "degree":
                return attrs.evolve(self, degrees=items)
            case "qualification":
                return attrs.evolve(self, qualifications=items)
            case _:
                return attrs.evolve(self, honours=items)


def _check_attained(attribute: attrs.Attribute[object], items: object, fact: str) -> None:
    _tuple_of(Attainment, or_unknown=True)(None, attribute, items)
    if items is UNKNOWN:
        return
    accepted = NATIONAL_FACTS[fact]
    for item in items:  # type: ignore[attr-defined]
        if item.value not in accepted:
            raise ArgumentError("not-one-of", name=fact, value=item.value, accepted=list(accepted))


def _refuse_contradictions(name: str, pairs: Iterable[tuple[str, object]]) -> None:
    seen: dict[str, object] = {}
    for key, value in pairs:
        if seen.setdefault(key, value) != value:
            raise ArgumentError("contradiction", name=name, key=key, first=seen[key], second=value)
