"""What a scheme is and where it comes from: its place and days, its sources, its posts and the facts it declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cwgrade.gaps import Missing
from cwgrade.law.post_change import PostChange
from cwgrade.regions import SAMPLE_PROVINCE
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.schemefile.assumed import ASSUMED
from cwgrade.schemefile.domains import OWN_NAMES
from cwgrade.schemefile.layers import Layered
from cwgrade.schemefile.problems import At, Path, Problem, names_in, problem
from cwgrade.schemefile.suggest import offer
from cwgrade.schemefile.uses import cells_of, citations_in, formulas_of
from cwgrade.sources import Trust
from cwgrade.worker import NATIONAL_FACTS

__all__ = ["check_header"]

_SAMPLE_ID, _SAMPLE_ZH, _SAMPLE_EN = "sample-", "虚构", "invented"
_STATUS: Path = ("scheme", "status")


def check_header(version: SchemeVersion) -> Iterator[Problem]:
    """Check `[scheme]`, `[sources]`, `[posts]`, `[facts]` and `[scope]`."""
    yield from _days(version)
    yield from _sample(version)
    yield from _sources(version)
    yield from _posts(version)
    yield from _facts(version)
    yield from _scope(version)


def _days(version: SchemeVersion) -> Iterator[Problem]:
    until: Path = ("scheme", "attested_until")
    vague = _vague(version)
    for name, first in (
        ("attested_from", version.attested_from),
        ("effective_on", version.effective_on),
    ):
        if first is not None and first > version.attested_until:
            place = At(("scheme", name))
            read_as = vague & {name, "attested_until"}
            yield problem(
                "days-reversed-as-read" if read_as else "days-reversed",
                until,
                ("scheme", name),
                value=version.attested_until,
                first=first,
                place=place,
            )
            return


def _vague(version: SchemeVersion) -> set[str]:
    """Give the keys of the attested days that are written as a month or year alone."""
    table = version.origin.table if isinstance(version.origin, Layered) else {}
    header = table.get("scheme", {})
    return {one for one in ("attested_from", "attested_until") if isinstance(header.get(one), str)}


def _sample(version: SchemeVersion) -> Iterator[Problem]:
    sample = version.status is SchemeStatus.SAMPLE
    place = version.place
    if sample and not place.startswith(SAMPLE_PROVINCE):
        yield problem("sample-place", ("scheme", "place"), _STATUS, value=place)
    if not sample and place.startswith(SAMPLE_PROVINCE):
        yield problem("place-invented", ("scheme", "place"), _STATUS, value=place)
    said_by_id = version.id.startswith(_SAMPLE_ID)
    title = version.title
    said_by_title = _SAMPLE_ZH in title.zh and _SAMPLE_EN in title.en.lower()
    if sample and not said_by_id:
        yield problem("sample-id", ("scheme", "id"), _STATUS, value=version.id)
    if sample and not said_by_title:
        yield problem("sample-title", ("scheme", "title"), _STATUS, value=title.zh)
    if not sample and said_by_id:
        yield problem("id-of-sample", ("scheme", "id"), _STATUS, value=version.id)


# --- sources ---------------------------------------------------------------------------------------------------------


def _sources(version: SchemeVersion) -> Iterator[Problem]:
    sample = version.status is SchemeStatus.SAMPLE
    for name, source in version.sources:
        path: Path = ("sources", name)
        trust: Path = (*path, "trust")
        invented = source.trust is Trust.INVENTED
        if name == ASSUMED and version.assumed:
            continue
        if not invented and not source.url:
            yield problem("source-without-address", path, trust, (*path, "url"), value=name)
        if invented and not sample:
            yield problem("source-invented", trust, _STATUS, value=name)
        if sample and not invented:
            yield problem("source-real", trust, _STATUS, value=str(source.trust))
    known = [name for name, _ in version.sources]
    if not known:
        yield Problem("no-sources", ("sources",), spoils=True)
        return
    for path, cited in _cited(version):
        if cited not in known:
            yield problem(
                "unknown-source", path, names_in("sources"), value=cited, **offer(cited, known)
            )
    for section, stated in (
        ("concurrent_posts", version.concurrent_posts.paid_at),
        ("post_change", _stated_of(version.post_change)),
        ("proration", version.proration.rule),
        ("rounding", version.rounding.component),
        ("rounding", version.rounding.total),
    ):
        one = getattr(version, section)
        if stated is not None and not isinstance(stated, Missing) and not one.source:
            yield problem("missing-key", (section,), (section, "source"), value="source")


def _stated_of(change: PostChange) -> object:
    """Give what a change of post does, or, where that is missing, when the new post counts."""
    return change.takes if isinstance(change.rule, Missing) else change.rule


def _cited(version: SchemeVersion) -> Iterator[tuple[Path, str]]:
    """Give every place that names a source."""
    for path, one in _citing(version):
        if one.source:
            yield (*path, "source"), one.source
    for series in version.series:
        for place, figure in enumerate(series.series.figures):
            yield ("series", series.name, "figures", place, "source"), figure.citation.source
    for stated in formulas_of(version):
        for where, cell in cells_of(stated.path, stated.formula):
            yield from (((*where, *inside), cited) for inside, cited in citations_in(cell))


def _citing(version: SchemeVersion) -> Iterator[tuple[Path, Any]]:
    yield from ((("posts", one.id), one) for one in version.posts)
    yield from ((("facts", one.name), one) for one in version.facts)
    yield from ((("absences", one.kind), one) for one in version.absences)
    yield from ((("effect", one.fact), one) for one in version.effects)
    yield from ((("credits", one.name), one) for one in version.credits)
    yield from ((("pegs", one.name), one) for one in version.pegs)
    yield from ((("quantities", one.name), one) for one in version.quantities)
    yield from ((("tallies", one.name), one) for one in version.tallies)
    yield from ((("time_in_post", one.name), one) for one in version.time_in_post)
    yield from ((("pay", one.name), one) for one in version.pay)
    yield from ((("checks", one.name), one) for one in version.checks)
    yield from ((("scope", "excluded", place), one) for place, one in enumerate(version.excluded))
    yield from ((("split", place), one) for place, one in enumerate(version.split))
    for section in (
        "concurrent_posts",
        "post_change",
        "service",
        "ladder",
        "step",
        "stacking",
        "assessment",
        "base",
        "probation",
        "proration",
        "rounding",
        "transition",
        "recognition",
    ):
        one = getattr(version, section)
        if one is not None:
            yield (section,), one
    for place, stage in enumerate(version.transition.staged if version.transition else ()):
        yield ("transition", "staged", place), stage
    assessment = version.assessment
    if assessment is not None:
        if assessment.early is not None:
            yield ("assessment", "early"), assessment.early
        for place, consequence in enumerate(assessment.consequences):
            yield ("assessment", "consequences", place), consequence


# --- posts and facts -------------------------------------------------------------------------------------------------


def _posts(version: SchemeVersion) -> Iterator[Problem]:
    if not version.posts:
        yield Problem("no-posts", ("posts",), spoils=True)
    seen: dict[str, Path] = {}
    for post in version.posts:
        for place, title in enumerate(post.titles):
            path: Path = ("posts", post.id, "titles", place)
            first = seen.setdefault(title, path)
            if first[:2] != path[:2]:
                yield problem(
                    "title-twice", path, value=title, first=At(first, f"posts.{first[1]}")
                )
    for post in version.posts:
        for place, title in enumerate(post.holds_all):
            if title not in seen:
                path = ("posts", post.id, "holds_all", place)
                titles = [("posts", one.id, "titles") for one in version.posts]
                yield problem("unknown-title", path, *titles, value=title, **offer(title, seen))


def _facts(version: SchemeVersion) -> Iterator[Problem]:
    named = [("quantities", one.name) for one in version.quantities]
    named += [("pegs", one.name) for one in version.pegs]
    named += [("tallies", one.name) for one in version.tallies]
    named += [("time_in_post", one.name) for one in version.time_in_post]
    first: dict[str, Path] = {}
    for fact in version.facts:
        path: Path = ("facts", fact.name)
        if fact.name in NATIONAL_FACTS:
            yield Problem("fact-is-national", path, {"value": fact.name}, spoils=True)
        elif fact.name in OWN_NAMES:
            yield Problem("name-taken", path, {"value": fact.name}, spoils=True)
        elif fact.name in [name for _, name in named]:
            other = next(one for one in named if one[1] == fact.name)
            facts = {"value": fact.name, "first": At(other)}
            yield Problem("name-twice", path, facts, spoils=True)
        if not fact.values:
            yield Problem("no-values", (*path, "values"), spoils=True)
        for place, value in enumerate(fact.values):
            if value in fact.values[:place]:
                yield Problem(
                    "value-twice", (*path, "values", place), {"value": value}, spoils=True
                )
    for section, name in named:
        if name in OWN_NAMES or name in NATIONAL_FACTS:
            yield Problem("name-taken", (section, name), {"value": name}, spoils=True)
        elif first.setdefault(name, (section, name)) != (section, name):
            yield Problem(
                "name-twice",
                (section, name),
                {"value": name, "first": At(first[name])},
                spoils=True,
            )


def _scope(version: SchemeVersion) -> Iterator[Problem]:
    known = [*NATIONAL_FACTS, *(one.name for one in version.facts)]
    for place, one in enumerate(version.excluded):
        path: Path = ("scope", "excluded", place)
        values = version.values_of(one.fact)
        if values is None:
            facts = offer(one.fact, known)
            yield problem(
                "unknown-fact", (*path, "fact"), names_in("facts"), value=one.fact, **facts
            )
            continue
        if not one.values:
            yield problem("no-values", (*path, "values"))
        for index, value in enumerate(one.values):
            if value not in values:
                rests_on = ("facts", one.fact)
                where = (*path, "values", index)
                facts = {"value": value, "fact": one.fact, **offer(value, values)}
                yield problem("unknown-value", where, rests_on, **facts)
