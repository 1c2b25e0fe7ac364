"""What a scheme file says as a whole: names, units, circles, tables without holes, shares, ranges, sources."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from cwgrade.dates import Takes
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Missing
from cwgrade.law.effects import NOT_STATED
from cwgrade.law.pay import Accrual, Component, ProrationRule, Rhythm
from cwgrade.quantities import Add, Definition, Highest, Lowest, Product, Steps, Table, Unit
from cwgrade.regions import SAMPLE_PROVINCE, read_region
from cwgrade.scheme import SchemeStatus, SchemeVersion
from cwgrade.schemefile.domains import domain_of
from cwgrade.schemefile.problems import Path, Problem
from cwgrade.sources import Trust
from cwgrade.tomlfile import near
from cwgrade.worker import ABSENCE_KINDS, ATTAINED, EVENTS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

__all__ = ["check_version"]

_RATING_EVENTS: Final = ("period_end", "announced")
_FIRST_DAY, _LAST_DAY = 1, 31
_TWELVE: Final = 12


def check_version(version: SchemeVersion) -> Iterator[Problem]:
    """Find everything that is wrong with a scheme whose sections are well formed.

    Args:
        version: The scheme.

    Yields:
        Problems with the path of the field at fault.
    """
    yield from _header(version)
    yield from _sources(version)
    yield from _posts(version)
    yield from _facts(version)
    yield from _ladder(version)
    yield from _assessment(version)
    yield from _names(version)
    yield from _pay(version)
    yield from _series(version)


def _unknown(path: Path, name: str, accepted: Iterable[str], code: str = "unknown-name") -> Problem:
    known = list(accepted)
    return Problem(code, path, value=name, near=near(name, known), accepted=known)


# --- header, sources, posts, facts -----------------------------------------------------------------------------------


def _header(version: SchemeVersion) -> Iterator[Problem]:
    if version.attested_from > version.attested_until:
        yield Problem("days-reversed", ("scheme", "attested_until"), first=version.attested_from, value=version.attested_until)
    if version.effective_on is not None and version.effective_on > version.attested_until:
        yield Problem("days-reversed", ("scheme", "attested_until"), first=version.effective_on, value=version.attested_until)
    if version.place != "unknown":
        try:
            read_region(version.place)
        except ArgumentError:
            yield Problem("not-a-region", ("scheme", "place"), value=version.place)
    sample = version.status is SchemeStatus.SAMPLE
    if sample != version.place.startswith(SAMPLE_PROVINCE):
        yield Problem("sample-place", ("scheme", "place"), value=version.place, province=SAMPLE_PROVINCE)
    if sample and not version.id.startswith("sample-"):
        yield Problem("sample-not-said", ("scheme", "id"), value=version.id)
    if sample and ("虚构" not in version.title.zh or "invented" not in version.title.en.lower()):
        yield Problem("sample-not-said", ("scheme", "title"), value=version.title.zh)


def _sources(version: SchemeVersion) -> Iterator[Problem]:
    known = [name for name, _ in version.sources]
    for name, source in version.sources:
        if source.trust is not Trust.INVENTED and not source.url:
            yield Problem("source-without-address", ("sources", name), value=name)
        if (source.trust is Trust.INVENTED) != (version.status is SchemeStatus.SAMPLE):
            yield Problem("invented-source", ("sources", name, "trust"), value=str(source.trust))
    for path, cited in _cited(version):
        if cited not in known:
            yield _unknown((*path, "source"), cited, known, "unknown-source")


def _cited(version: SchemeVersion) -> Iterator[tuple[Path, str]]:
    """Give every place that names a source."""
    for section, named in (
        ("posts", [(one.id, one.source) for one in version.posts]),
        ("facts", [(one.name, one.source) for one in version.facts]),
        ("absences", [(one.kind, one.source) for one in version.absences]),
        ("effect", [(one.fact, one.source) for one in version.effects]),
        ("credits", [(one.name, one.source) for one in version.credits]),
        ("quantities", [(one.name, one.source) for one in version.quantities]),
        ("pay", [(one.name, one.source) for one in version.pay]),
    ):
        yield from (((section, name), source) for name, source in named)
    yield from ((("scope", "excluded", place), one.source) for place, one in enumerate(version.excluded))
    yield from ((("split", place), one.source) for place, one in enumerate(version.split))
    for section, one in (
        ("service", version.service),
        ("ladder", version.ladder),
        ("stacking", version.stacking),
        ("assessment", version.assessment),
        ("base", version.base),
        ("probation", version.probation),
        ("proration", version.proration),
        ("rounding", version.rounding),
        ("concurrent_posts", version.concurrent_posts),
    ):
        if one is not None and one.source:
            yield (section,), one.source
    if version.assessment is not None and version.assessment.early is not None:
        yield ("assessment", "early"), version.assessment.early.source
    for series in version.series:
        for place, figure in enumerate(series.series.figures):
            yield ("series", series.name, "figures", place), figure.citation.source
    for definition in version.normal_form.definitions:
        if isinstance(definition.quantity, Table):
            for keys, cell in definition.quantity.cells:
                for option in getattr(cell, "options", ()):
                    if option.citation is not None:
                        yield (*definition.path.split("."), *keys), option.citation.source


def _posts(version: SchemeVersion) -> Iterator[Problem]:
    if not version.posts:
        yield Problem("no-posts", ("posts",))
    seen: dict[str, str] = {}
    for post in version.posts:
        for place, title in enumerate(post.titles):
            if seen.setdefault(title, post.id) != post.id:
                yield Problem("title-twice", ("posts", post.id, "titles", place), value=title, first=seen[title])
        if post.grades is not None and version.ladder is None:
            yield Problem("grades-without-ladder", ("posts", post.id, "grades"), value=list(post.grades))
        if post.grades is not None and post.grades[0] > post.grades[1]:
            yield Problem("range-reversed", ("posts", post.id, "grades"), value=list(post.grades))
    for post in version.posts:
        for place, title in enumerate(post.holds_all):
            if title not in seen:
                yield _unknown(("posts", post.id, "holds_all", place), title, seen, "unknown-title")


def _facts(version: SchemeVersion) -> Iterator[Problem]:
    for fact in version.facts:
        if fact.name in NATIONAL_FACTS:
            yield Problem("fact-is-national", ("facts", fact.name), value=fact.name)
        if not fact.values or len(set(fact.values)) != len(fact.values):
            yield Problem("values-not-distinct", ("facts", fact.name, "values"), value=list(fact.values))
    known = [*NATIONAL_FACTS, *(one.name for one in version.facts)]
    for place, one in enumerate(version.excluded):
        values = version.values_of(one.fact)
        if values is None:
            yield _unknown(("scope", "excluded", place, "fact"), one.fact, known, "unknown-fact")
            continue
        for index, value in enumerate(one.values):
            if value not in values:
                yield _unknown(("scope", "excluded", place, "values", index), value, values, "unknown-value")
    for effect in version.effects:
        yield from _effect(version, effect.fact, known)
    for kind in version.service.kinds if version.service else ():
        if kind.kind not in SERVICE_KINDS:
            yield _unknown(("service", "kinds", kind.kind), kind.kind, SERVICE_KINDS, "unknown-kind")
        if isinstance(kind.rate, Fraction) and not 0 <= kind.rate <= 1:
            yield Problem("share-out-of-range", ("service", "kinds", kind.kind, "rate"), value=str(kind.rate))
    names = [one.name for one in version.pay if not one.supplied]
    for absence in version.absences:
        if absence.kind not in ABSENCE_KINDS:
            yield _unknown(("absences", absence.kind), absence.kind, ABSENCE_KINDS, "unknown-kind")
        if isinstance(absence.pay, Fraction) and not 0 <= absence.pay <= 1:
            yield Problem("share-out-of-range", ("absences", absence.kind, "pay"), value=str(absence.pay))
        for name, _ in absence.pay_by_component:
            if name not in names:
                yield _unknown(("absences", absence.kind, "pay", name), name, names)


def _effect(version: SchemeVersion, fact: str, known: list[str]) -> Iterator[Problem]:
    accepted = [*known, "service", "rating"]
    effect = next(one for one in version.effects if one.fact == fact)
    path: Path = ("effect", fact)
    if fact not in accepted:
        yield _unknown(path, fact, accepted, "unknown-fact")
        return
    events = _RATING_EVENTS if fact == "rating" else EVENTS if fact in ATTAINED else ()
    if isinstance(effect.event, str) and effect.event not in events:
        if not events:
            yield Problem("no-event-here", (*path, "event"), value=effect.event)
        else:
            yield _unknown((*path, "event"), effect.event, events, "not-accepted")
    if fact != "service" and effect.reckoned_from is not NOT_STATED:
        yield Problem("reckoned-only-service", (*path, "reckoned_from"), value=str(effect.reckoned_from))
    if (effect.takes is Takes.ANNUAL_DAY) != (effect.annual_day is not None) and not isinstance(effect.takes, Missing):
        yield Problem("annual-day-or-not", (*path, "annual_day"), value=str(effect.annual_day))


# --- ladder and assessment -------------------------------------------------------------------------------------------


def _ladder(version: SchemeVersion) -> Iterator[Problem]:
    ladder = version.ladder
    if ladder is None:
        for one in version.credits:
            yield Problem("needs-ladder", ("credits", one.name), value=one.name)
        return
    low, high = ladder.grades
    if low > high or low < 1:
        yield Problem("range-reversed", ("ladder", "grades"), value=[low, high])
    if version.service is None:
        yield Problem("missing-section", ("service",), value="service")
    if (ladder.waiting_months is None) == (not ladder.thresholds):
        yield Problem("one-waiting-rule", ("ladder",))
    if ladder.thresholds and len(ladder.thresholds) != high - low:
        yield Problem("thresholds-count", ("ladder", "thresholds_years"), value=len(ladder.thresholds), rungs=high - low)
    stated = [(place, one) for place, one in enumerate(ladder.thresholds) if isinstance(one, int)]
    for (_, before), (place, after) in itertools.pairwise(stated):
        if after <= before:
            yield Problem("bands-not-rising", ("ladder", "thresholds_years", place), value=after, before=before)
    if isinstance(ladder.start, int) and not low <= ladder.start <= high:
        yield Problem("outside-ladder", ("ladder", "start"), value=ladder.start, low=low, high=high)
    for post in version.posts:
        if post.grades is not None and not (low <= post.grades[0] and post.grades[1] <= high):
            yield Problem("outside-ladder", ("posts", post.id, "grades"), value=list(post.grades), low=low, high=high)
    names = [one.name for one in version.credits]
    grouped: set[str] = set()
    for place, group in enumerate(version.stacking.best_of if version.stacking else ()):
        for index, name in enumerate(group):
            path: Path = ("stacking", "best_of", place, index)
            if name not in names:
                yield _unknown(path, name, names)
            elif name in grouped:
                yield Problem("in-two-groups", path, value=name)
            grouped.add(name)
    for one in version.credits:
        if one.formula.unit not in (Unit.GRADES, Unit.MONTHS):
            yield Problem("credit-unit", ("credits", one.name), value=str(one.formula.unit or "sum/product"))


def _assessment(version: SchemeVersion) -> Iterator[Problem]:
    assessment = version.assessment
    if assessment is None:
        return
    for rating in assessment.scale:
        if rating not in RATINGS:
            yield _unknown(("assessment", "ratings", rating), rating, RATINGS, "unknown-rating")
    if not assessment.ratings:
        yield Problem("no-ratings", ("assessment", "ratings"))
    if assessment.early is not None and assessment.early.rating not in assessment.scale:
        yield _unknown(("assessment", "early", "rating"), assessment.early.rating, assessment.scale, "unknown-rating")
    for place, one in enumerate(assessment.consequences):
        if one.rating not in assessment.scale:
            path: Path = ("assessment", "consequences", place, "rating")
            yield _unknown(path, one.rating, assessment.scale, "unknown-rating")
    until = assessment.until_announced
    if isinstance(until, str) and until not in ("counted", "not_counted"):
        yield _unknown(("assessment", "until_announced"), until, ("counted", "not_counted"), "not-accepted")


# --- names, circles, units, tables -----------------------------------------------------------------------------------


def _names(version: SchemeVersion) -> Iterator[Problem]:
    form = version.normal_form
    seen: dict[str, str] = {}
    for definition in form.definitions:
        if definition.name in seen:
            yield Problem("name-twice", _path(definition), value=definition.name, first=seen[definition.name])
        seen[definition.name] = definition.path
    broken = False
    for definition in form.definitions:
        for name in definition.needs():
            if name not in form.names:
                broken = True
                yield _unknown(_path(definition), name, form.names)
    if broken:
        return
    circle = _circle(version)
    if circle:
        yield Problem("circle", _path(form[circle[0]]), value=" → ".join((*circle, circle[0])))
        return
    for definition in form.definitions:
        yield from _units(version, definition)
        if isinstance(definition.quantity, Table):
            yield from _table(version, definition, definition.quantity)


def _path(definition: Definition) -> Path:
    return tuple(definition.path.split("."))


def _circle(version: SchemeVersion) -> tuple[str, ...]:
    """Give the names of a circle of definitions, empty where there is none."""
    form = version.normal_form
    done: set[str] = set()
    for start in form.names:
        trail: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del trail[depth:]
            if name in trail:
                return tuple(trail[trail.index(name) :])
            if name in done:
                continue
            trail.append(name)
            needed = form[name].needs()
            if not needed:
                done.add(name)
            stack.extend((one, depth + 1) for one in needed)
        done.add(start)
    return ()


def _units(version: SchemeVersion, definition: Definition) -> Iterator[Problem]:
    form = version.normal_form
    quantity = definition.quantity
    units = {name: form[name].unit for name in definition.needs()}
    if isinstance(quantity, Product):
        money = [name for name in quantity.factors if units[name] is Unit.FEN]
        words = [name for name in quantity.factors if units[name] is Unit.VALUE]
        if len(money) > 1:
            yield Problem("two-moneys", _path(definition), value=money)
        if words:
            yield Problem("not-numbers", _path(definition), value=words)
    elif isinstance(quantity, Add | Highest | Lowest) and len(set(units.values())) > 1:
        told = [f"{name} ({unit})" for name, unit in units.items()]
        yield Problem("units-differ", _path(definition), value=told)
    elif isinstance(quantity, Steps) and units[quantity.of] is Unit.VALUE:
        yield Problem("not-numbers", (*_path(definition), "bands_of"), value=[quantity.of])
    if definition.rounding is not None and definition.unit is not Unit.FEN:
        yield Problem("rounding-not-money", (*_path(definition), "rounded"), value=str(definition.unit))


def _table(version: SchemeVersion, definition: Definition, table: Table) -> Iterator[Problem]:
    """Check that a table has a cell for every combination of its keys and for no other."""
    domains: list[tuple[str, ...]] = []
    for name in table.by:
        domain = domain_of(version, name)
        if domain is None:
            yield Problem("not-a-table-key", (*_path(definition), "by"), value=name)
            return
        domains.append(domain)
    listed = {keys for keys, _ in table.cells}
    unit = "yuan" if definition.unit is Unit.FEN else str(definition.unit)
    for keys in listed:
        for place, (key, domain) in enumerate(zip(keys, domains, strict=True)):
            if key not in domain:
                path = (*_path(definition), unit, *keys[: place + 1])
                yield _unknown(path, key, domain, "unknown-table-key")
    if table.otherwise is None:
        absent = [keys for keys in itertools.product(*domains) if keys not in listed]
        if absent:
            told = [" / ".join(keys) for keys in absent[:_SHOWN]]
            yield Problem("cells-missing", (*_path(definition), unit), value=told, count=len(absent), by=list(table.by))
    if definition.unit is Unit.VALUE and definition.path.startswith("quantities."):
        for keys, cell in table.cells:
            if isinstance(cell, str) and not any(cell in domain for domain in _value_lists(version)):
                yield Problem("value-of-no-fact", (*_path(definition), "value", *keys), value=cell)


_SHOWN: Final = 12


def _value_lists(version: SchemeVersion) -> list[tuple[str, ...]]:
    posts = tuple(post.id for post in version.posts)
    return [posts, *NATIONAL_FACTS.values(), *(one.values for one in version.facts)]


# --- pay -------------------------------------------------------------------------------------------------------------


def _pay(version: SchemeVersion) -> Iterator[Problem]:
    shared = {name for split in version.split for name, _ in split.shares}
    computed = [one.name for one in version.pay if not one.supplied]
    if not version.pay:
        yield Problem("no-components", ("pay",))
    for component in version.pay:
        yield from _component(version, component, shared)
    for place, split in enumerate(version.split):
        path: Path = ("split", place) if len(version.split) > 1 else ("split",)
        if sum(share for _, share in split.shares) != 1:
            total = str(sum(share for _, share in split.shares))
            yield Problem("shares-not-whole", (*path, "shares"), value=total)
        for name, _ in split.shares:
            if name not in computed:
                yield _unknown((*path, "shares", name), name, computed)
    if version.probation is not None:
        for name, _ in version.probation.times_by_component:
            if name not in computed:
                yield _unknown(("probation", "times", name), name, computed)
        if isinstance(version.probation.months, int) and version.probation.months < 1:
            yield Problem("not-positive", ("probation", "months"), value=version.probation.months)
    proration = version.proration
    if (proration.rule is ProrationRule.STATE_ON_DAY) != (proration.day is not None):
        yield Problem("day-or-not", ("proration", "day"), value=proration.day)
    if proration.day is not None and not _FIRST_DAY <= proration.day <= _LAST_DAY:
        yield Problem("bad-day-number", ("proration", "day"), value=proration.day)


def _component(version: SchemeVersion, component: Component, shared: set[str]) -> Iterator[Problem]:
    path: Path = ("pay", component.name)
    if component.supplied and (component.formula is not None or component.factors or component.name in shared):
        yield Problem("supplied-and-computed", path, value=component.name)
    if not component.supplied:
        if component.formula is None and component.name not in shared:
            yield Problem("no-amount", path, value=component.name)
        if component.formula is not None and component.name in shared:
            yield Problem("amount-twice", path, value=component.name)
        if component.at_most_fen is not None or component.needs_document:
            yield Problem("only-supplied", path, value=component.name)
        definition = version.normal_form.get(f"pay.{component.name}")
        if definition is not None and definition.unit not in (Unit.FEN, Unit.OPEN):
            yield Problem("pay-not-money", path, value=str(definition.unit))
        if definition is not None and not _whole(version, definition) and version.rounding.component is NOT_STATED and not component.rounded:
            yield Problem("rounding-needed", path, value=component.name)
    if component.paid is Rhythm.MONTHLY and component.paid_in != ():
        yield Problem("paid-in-monthly", (*path, "paid_in"), value=str(component.paid_in))
    if component.paid is Rhythm.MONTHLY and component.accrues_per is not Accrual.MONTH:
        yield Problem("rhythm-too-short", (*path, "paid"), value=str(component.paid), accrues=str(component.accrues_per))
    if component.paid is not Rhythm.MONTHLY and component.paid_in == ():
        yield Problem("paid-in-needed", path, value=str(component.paid))
    if isinstance(component.paid_in, tuple):
        for place, month in enumerate(component.paid_in):
            if not 1 <= month <= _TWELVE:
                yield Problem("bad-month", (*path, "paid_in", place), value=month)


def _whole(version: SchemeVersion, definition: Definition) -> bool:
    """Tell whether an amount is in whole fen whatever the facts are, so that no rounding needs to be stated for it."""
    if definition.rounding is not None:
        return True
    form = version.normal_form
    if isinstance(definition.quantity, Product):
        return False
    return all(
        _whole(version, form[name]) for name in definition.needs() if name in form.names and form[name].unit is Unit.FEN
    )


def _series(version: SchemeVersion) -> Iterator[Problem]:
    names = [one.name for one in version.series]
    peg = version.base.peg if version.base else None
    if version.base is not None and peg is None and version.base.formula is None:
        yield Problem("no-form", ("base",), value=[])
    if peg is not None and peg.series not in names:
        yield _unknown(("base", "peg", "series"), peg.series, names)
    for one in version.series:
        path: Path = ("series", one.name)
        try:
            read_region(one.series.region)
        except ArgumentError:
            yield Problem("not-a-region", (*path, "region"), value=one.series.region)
        seen: dict[int, int] = {}
        for place, figure in enumerate(one.series.figures):
            if figure.fen <= 0:
                yield Problem("not-positive", (*path, "figures", place, "yuan"), value=figure.fen)
            if figure.year in seen:
                yield Problem("figure-twice", (*path, "figures", place), value=figure.year, first=seen[figure.year])
            seen[figure.year] = place
