"""A scheme: the sections of one place's documents, versioned by day and identified by digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, Literal

import attrs

from cwgrade.canonical import digest, stated
from cwgrade.dates import next_month
from cwgrade.errors import ArgumentError, NotInForce
from cwgrade.law.assessment import Assessment, Tally
from cwgrade.law.checks import RosterCheck
from cwgrade.law.effects import Effect, effect_named
from cwgrade.law.formulas import NamedQuantity
from cwgrade.law.ladder import Credit, Ladder, Stacking, lower_credits, lower_ladder
from cwgrade.law.pay import (
    Accrual,
    Component,
    Probation,
    Proration,
    RoundingRules,
    Split,
    lower_pay,
)
from cwgrade.law.pegs import Base, NamedPeg, NamedSeries, lower_base, lower_peg
from cwgrade.law.post_change import PostChange
from cwgrade.law.posts import ConcurrentPosts, DeclaredFact, Exclusion, Post
from cwgrade.law.recognition import Recognition
from cwgrade.law.service import Absence, Service, lower_service
from cwgrade.law.time_in_post import TimeInPost
from cwgrade.law.transition import EARLIER_VERSION, Transition
from cwgrade.quantities import (
    DAY,
    DayLeaf,
    Definition,
    End,
    FactLeaf,
    NormalForm,
    PostLeaf,
    RatingLeaf,
    ServiceLeaf,
    StatedEffect,
    StatedService,
    TwoPostsLeaf,
    Unit,
    at_end,
    with_orders,
    with_units,
)
from cwgrade.regions import is_within
from cwgrade.sources import Label, LegalSource
from cwgrade.timeline import Published, known_by
from cwgrade.worker import ATTAINED, NATIONAL_FACTS, SIDE_BY_SIDE

__all__ = ["Beyond", "Scheme", "SchemeStatus", "SchemeVersion", "Schemes", "normal_form"]

Beyond = Literal["refuse", "carry_forward"]
"""What to do with a day after the last one for which a source shows that the scheme applied."""


class SchemeStatus(StrEnum):
    """How much of a scheme can be computed."""

    COMPUTABLE = "computable"
    PARTIAL = "partial"
    SAMPLE = "sample"


def _form_of(version: SchemeVersion) -> NormalForm:
    form = normal_form(version)
    if version.end is None:
        return form
    # what is due on a rise of a value is not more because the value is
    once = [f"pay.{one.name}" for one in version.pay if one.accrues_per is Accrual.ONCE]
    return NormalForm(at_end(form.definitions, version.end, apart=once))


def _digest_of(version: SchemeVersion) -> str:
    return digest(stated(version, without=_NOT_DIGESTED))


_NOT_DIGESTED: Final = ("extends", "origin", "normal_form", "digest")


@attrs.frozen(kw_only=True)
class SchemeVersion:
    """One version of one place's scheme: what one file holds.

    Attributes:
        id: The scheme's id.
        title: Its title; an invented scheme says so.
        place: GB/T 2260 code; empty where the place is not known.
        status: How much of it can be computed.
        revision: Counts the changes of the file.
        checked_on: The day somebody last held the file against its sources.
        published_on: When it was made known.
        effective_on: The first day in force, or `None` where it is unknown.
        attested_from: The first day for which a source shows that it applied.
        attested_until: The last such day.
        note: What a reader must know.
        assumed: What an analyst assumed where the file leaves something open, such as `pay.award.yuan.basic=500`.
        extends: The ids of the schemes that it extends, the nearest first; what they say is part of this version.
        sources: Its sources, by id.
        facts: Facts that it declares.
        posts: Posts, highest first.
        concurrent_posts: What holds for two posts at once.
        post_change: What a change of post does.
        excluded: Who is not under it.
        service: The rule for creditable service.
        absences: What absence does.
        effects: When facts take effect.
        ladder: The ladder of grades.
        step: The ladder of steps beside the grade.
        credits: What education, qualification and honours give.
        stacking: How credits are put together.
        assessment: The annual assessment.
        tallies: How many years had one of some ratings.
        time_in_post: How long the present post, or one of some, has been held.
        series: Statistics with the figures that its sources print.
        base: The base amount.
        pegs: More amounts tied to a statistic.
        quantities: Quantities defined directly.
        pay: The components of pay.
        split: What is split among components.
        probation: Probation.
        proration: How part of a month is paid.
        rounding: Where amounts are rounded.
        transition: How people moved here from an earlier scheme.
        recognition: How a grade is recognised that was held in a place with another scheme.
        origin: What it was read from, for the reader of scheme files to read again; no part of what it says.
        checks: What is asked of all workers together.
        end: Which printed bound stands in the place of amounts that are not stated; no file says so, only who asks for
            the least or the most.
        normal_form: The definitions that all sections lower to.
        digest: SHA-256 over the canonical JSON of all of this, however many files it was written in.
    """

    id: str
    title: Label
    place: str
    status: SchemeStatus
    revision: int
    checked_on: date
    published_on: Published
    effective_on: date | None
    attested_from: date
    attested_until: date
    note: Label | None = None
    assumed: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    sources: tuple[tuple[str, LegalSource], ...]
    facts: tuple[DeclaredFact, ...] = ()
    posts: tuple[Post, ...]
    concurrent_posts: ConcurrentPosts = attrs.field(factory=ConcurrentPosts)
    post_change: PostChange = attrs.field(factory=PostChange)
    excluded: tuple[Exclusion, ...] = ()
    service: Service | None = None
    absences: tuple[Absence, ...] = ()
    effects: tuple[Effect, ...] = ()
    ladder: Ladder | None = None
    step: Ladder | None = None
    credits: tuple[Credit, ...] = ()
    stacking: Stacking | None = None
    assessment: Assessment | None = None
    tallies: tuple[Tally, ...] = ()
    time_in_post: tuple[TimeInPost, ...] = ()
    series: tuple[NamedSeries, ...] = ()
    base: Base | None = None
    pegs: tuple[NamedPeg, ...] = ()
    quantities: tuple[NamedQuantity, ...] = ()
    pay: tuple[Component, ...] = ()
    split: tuple[Split, ...] = ()
    probation: Probation | None = None
    proration: Proration = attrs.field(factory=Proration)
    rounding: RoundingRules = attrs.field(factory=RoundingRules)
    transition: Transition | None = None
    recognition: Recognition | None = None
    origin: object = attrs.field(default=None, eq=False, repr=False)
    checks: tuple[RosterCheck, ...] = ()
    end: End | None = None
    normal_form: NormalForm = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(_form_of, takes_self=True),
    )
    digest: str = attrs.field(
        init=False,
        eq=False,
        repr=False,
        default=attrs.Factory(_digest_of, takes_self=True),
    )

    @property
    def ladders(self) -> tuple[Ladder, ...]:
        """The ladder of grades and that of steps, as far as there are any."""
        return tuple(one for one in (self.ladder, self.step) if one is not None)

    @property
    def from_day(self) -> date:
        """The first day in force, as far as it is known."""
        return self.effective_on or self.attested_from

    def post(self, post_id: str) -> Post | None:
        """Give a post by its id."""
        return next((post for post in self.posts if post.id == post_id), None)

    def component(self, name: str) -> Component | None:
        """Give a pay component by its name."""
        return next((component for component in self.pay if component.name == name), None)

    def source(self, source_id: str) -> LegalSource | None:
        """Give a source by its id."""
        return next((source for name, source in self.sources if name == source_id), None)

    def value_label(self, fact: str, value: str) -> Label | None:
        """Give the printed name of a value of a fact that this scheme declares.

        Args:
            fact: The fact.
            value: One of its values.
        """
        declared = next((one for one in self.facts if one.name == fact), None)
        return dict(declared.labels).get(value) if declared is not None else None

    def values_of(self, fact: str) -> tuple[str, ...] | None:
        """Give the closed list of a fact's values, lowest first; `None` for a fact that nobody declares."""
        if fact in NATIONAL_FACTS:
            return NATIONAL_FACTS[fact]
        return next((one.values for one in self.facts if one.name == fact), None)


def normal_form(version: SchemeVersion) -> NormalForm:
    """Lower every section to named quantities; the reasoner reads these only.

    Args:
        version: The sections.

    Returns:
        Leaves first, then what the sections define, in the order of a file.
    """
    post = PostLeaf(values=tuple(one.id for one in version.posts))
    two = TwoPostsLeaf(titles=version.concurrent_posts.titles)
    definitions: list[Definition] = [
        _leaf("post", "posts", post, "岗位", "post"),
        _leaf("holding_two_posts", "concurrent_posts", two, "兼任两岗", "holding two posts"),
        attrs.evolve(_leaf(DAY, DAY, DayLeaf(), "日期", "day"), unit=Unit.DAY),
    ]
    for fact, values in (
        *NATIONAL_FACTS.items(),
        *((one.name, one.values) for one in version.facts),
    ):
        declared = next((one for one in version.facts if one.name == fact), None)
        effect = effect_named(version.effects, fact)
        leaf = FactLeaf(
            fact=fact,
            values=values,
            attained=fact in ATTAINED,
            several=fact in SIDE_BY_SIDE,
            effect=effect,
        )
        label = declared.label if declared else Label(zh=fact, en=fact)
        definitions.append(_leaf(fact, effect.path, leaf, label.zh, label.en))
    if version.assessment is not None:
        scale, rating = version.assessment.scale, effect_named(version.effects, "rating")
        last = RatingLeaf(scale=scale, effect=rating)
        this = RatingLeaf(scale=scale, effect=None)
        definitions += [
            _leaf("last_rating", rating.path, last, "上年度考核结果", "last year's rating"),
            _leaf("this_rating", "assessment", this, "本年度考核结果", "this year's rating"),
        ]
        definitions += [one.lower(scale, rating) for one in version.tallies]
    rule: StatedService | None = None
    if version.service is not None:
        rule = lower_service(version.service, version.absences, version.place)
        effect = effect_named(version.effects, "service")
        definitions += _service_leaves(rule, effect)
        definitions += [
            one.lower(rule, effect_named(version.effects, one.name)) for one in version.time_in_post
        ]
    if version.ladders:
        definitions += lower_credits(version.credits)
    for ladder in version.ladders:
        definitions += lower_ladder(
            ladder,
            credits_=version.credits,
            stacking=version.stacking,
            posts=version.posts,
            assessment=version.assessment,
            effects=version.effects,
            service=rule,
        )
    if version.base is not None:
        definitions += lower_base(version.base, version.series, version.from_day)
    for peg in version.pegs:
        definitions += lower_peg(peg, version.series, version.from_day)
    definitions += [quantity.lower() for quantity in version.quantities]
    definitions += lower_pay(version.pay, splits=version.split, probation=version.probation)
    return NormalForm(with_orders(with_units(definitions)))


def _leaf(
    name: str,
    path: str,
    quantity: DayLeaf | PostLeaf | TwoPostsLeaf | FactLeaf | RatingLeaf,
    zh: str,
    en: str,
) -> Definition:
    return Definition(
        name=name, path=path, unit=Unit.VALUE, quantity=quantity, label=Label(zh=zh, en=en)
    )


def _service_leaves(rule: StatedService, effect: StatedEffect) -> list[Definition]:
    return [
        Definition(
            name=f"service_{unit}",
            path="service",
            unit=unit,
            quantity=ServiceLeaf(rule=rule, effect=effect, unit=unit),
            label=label,
        )
        for unit, label in (
            (Unit.MONTHS, Label(zh="社区工作年限（月）", en="creditable service in months")),
            (Unit.YEARS, Label(zh="社区工作满年数", en="full years of creditable service")),
        )
    ]


@attrs.frozen
class Scheme:
    """The timeline of one place's versions, even of one.

    Attributes:
        versions: By first day in force.
    """

    versions: tuple[SchemeVersion, ...] = attrs.field()

    @versions.validator
    def _check_versions(self, _attribute: object, versions: tuple[SchemeVersion, ...]) -> None:
        if not versions:
            raise ArgumentError("no-versions")
        days = [version.from_day for version in versions]
        if days != sorted(set(days)):
            raise ArgumentError("versions-out-of-order", days=[day.isoformat() for day in days])
        ids = {version.id for version in versions}
        if len(ids) > 1:
            raise ArgumentError("versions-of-two-schemes", ids=sorted(ids))

    @property
    def id(self) -> str:
        """The scheme's id."""
        return self.versions[0].id

    def version_on(
        self, on: date, *, known_on: date | None = None, beyond: Beyond = "refuse"
    ) -> SchemeVersion:
        """Give the version that applies on a day.

        Args:
            on: The day.
            known_on: Leave out versions published later.
            beyond: `"carry_forward"` applies the last version after its last attested day.

        Raises:
            NotInForce: No version applies on that day, or no source shows that one does.
        """
        if beyond not in ("refuse", "carry_forward"):
            raise ArgumentError(
                "not-one-of", name="beyond", value=beyond, accepted=["refuse", "carry_forward"]
            )
        known = [one for one in self.versions if known_by(one.published_on, known_on) is not False]
        in_force = [one for one in known if one.from_day <= on]
        if not in_force:
            earliest = self.versions[0]
            # of a scheme whose effective day is unknown nobody can say that it was not in force before
            code = "not-attested-before" if earliest.effective_on is None else "not-yet-in-force"
            raise NotInForce(code, scheme=self.id, on=on, first=earliest.from_day)
        version = in_force[-1]
        if on > version.attested_until and beyond == "refuse":
            following = known.index(version) + 1 < len(known)
            raise NotInForce(
                "not-attested-between" if following else "not-attested-after",
                scheme=self.id,
                on=on,
                last=version.attested_until,
            )
        return version

    def earlier_of(
        self, version: SchemeVersion, *, known_on: date | None = None
    ) -> SchemeVersion | None:
        """Give the version that people came from under a version's `[transition]`.

        Args:
            version: One of these versions.
            known_on: Leave out versions published later.

        Returns:
            `None` without a transition, where it is from another scheme, or where no source shows what held on the day
            before.
        """
        if version.transition is None or version.transition.earlier != EARLIER_VERSION:
            return None
        before = [
            one
            for one in self.versions
            if one.from_day < version.from_day and known_by(one.published_on, known_on) is not False
        ]
        eve = date.fromordinal(version.from_day.toordinal() - 1)
        return before[-1] if before and before[-1].attested_until >= eve else None

    def version_of_month(
        self, first: date, *, known_on: date | None = None, beyond: Beyond = "refuse"
    ) -> SchemeVersion:
        """Give the version that a whole month is paid by: the one that applies on its first day.

        Where none does, and a version whose effective day is unknown is attested from a later day of the month, that
        one is taken to hold for the whole of it.

        Args:
            first: The month's first day.
            known_on: Leave out versions published later.
            beyond: `"carry_forward"` applies the last version after its last attested day.

        Raises:
            NotInForce: No version applies on that day, or no source shows that one does, and none is attested later in
                the month.
        """
        try:
            return self.version_on(first, known_on=known_on, beyond=beyond)
        except NotInForce:
            for one in self.versions:
                if (
                    one.effective_on is None
                    and first < one.attested_from < next_month(first)
                    and known_by(one.published_on, known_on) is not False
                ):
                    return one
            raise


@attrs.frozen
class Schemes:
    """Schemes by region; the nearest enclosing region decides.

    Attributes:
        by_region: Region code and scheme.
    """

    by_region: tuple[tuple[str, Scheme], ...]

    @classmethod
    def of(cls, schemes: Iterable[Scheme] | Mapping[str, Scheme]) -> Schemes:
        """Make the map from schemes by the place of their last version, or from a mapping.

        Raises:
            ArgumentError: Something is no scheme, such as the id of one.
        """
        several: object = schemes
        if isinstance(several, str) or not isinstance(several, Iterable):
            raise ArgumentError("not-a-loaded-scheme", name="schemes", value=schemes)
        by_place = isinstance(schemes, Mapping)
        given = [*schemes.values()] if isinstance(schemes, Mapping) else [*schemes]
        for one in given:
            if not isinstance(one, Scheme):
                raise ArgumentError("not-a-loaded-scheme", name="schemes", value=one)
        places = [*schemes] if by_place else [one.versions[-1].place for one in given]
        pairs = zip(places, given, strict=True)
        return cls(tuple(sorted(pairs, key=lambda pair: pair[0])))

    def at(self, region: str) -> Scheme:
        """Give the scheme of the nearest enclosing region.

        Raises:
            NotInForce: No scheme covers the region.
        """
        for length in (6, 4, 2):
            for place, scheme in self.by_region:
                if place and place == region[:length]:
                    return scheme
        raise NotInForce("no-scheme-for-region", region=region)

    def apart_from(self, scheme: Scheme) -> tuple[str, ...]:
        """Give the regions inside a scheme's own that have another scheme: it does not pay for service there.

        Args:
            scheme: One of these schemes.
        """
        own = [region for region, one in self.by_region if one is scheme]
        return tuple(
            region
            for region, one in self.by_region
            if one is not scheme and any(is_within(region, place) for place in own)
        )
