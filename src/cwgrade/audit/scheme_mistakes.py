"""Rules of a scheme taken otherwise: another year's figure, another count, another timing, another rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any, Final

import attrs

from cwgrade.audit.results import Mistake, MistakeKind
from cwgrade.career.readings import alternatives, reading_as, supposed
from cwgrade.gaps import Missing
from cwgrade.law.pay import Component
from cwgrade.law.pegs import Base, NamedPeg
from cwgrade.money import Rounding, RoundingMode, RoundTo
from cwgrade.scheme import Scheme, Schemes, SchemeVersion
from cwgrade.service import Within

__all__ = ["SchemeMistake", "scheme_mistakes"]

_COUNTING: Final = ("service.convention", "service.gaps")
_TIMED: Final = ("service", "rating")
"""Facts whose timing is tried: days of certificates are moved in the worker's file instead."""
_RULES: Final = tuple(Rounding(to=to, mode=mode) for to in RoundTo for mode in RoundingMode)
_BY_LINE: Final = 2
"""Each line is rounded by the rule and by the one taken: together they move it by less than two units."""


@attrs.frozen(kw_only=True)
class SchemeMistake:
    """A scheme in which one thing is taken otherwise.

    Attributes:
        mistake: What.
        scheme: The scheme as taken, or those of all places of which one is taken otherwise.
        unit_fen: The mistake moves each line by less than twice this, in fen; `None` where nothing bounds it.
    """

    mistake: Mistake
    scheme: Scheme | Schemes
    unit_fen: int | None = None

    def can_make(self, fen: int, lines: int) -> bool:
        """Tell whether the mistake can make a difference at all as large as one.

        Args:
            fen: The difference, in fen.
            lines: How many lines a payslip of the scheme has at most, the total included.
        """
        return self.unit_fen is None or abs(fen) < _BY_LINE * self.unit_fen * lines


def scheme_mistakes(scheme: Scheme | Schemes) -> tuple[SchemeMistake, ...]:
    """Give each rule of a scheme that may have been taken otherwise; the same for all workers and months.

    Args:
        scheme: The scheme, with its figures; of those of several places one at a time is taken otherwise.
    """
    if isinstance(scheme, Scheme):
        return tuple(_mistakes(scheme))
    regions: dict[int, list[str]] = {}
    for region, one in scheme.by_region:
        # one scheme may stand for several places: what is taken otherwise is so in all of them
        regions.setdefault(id(one), []).append(region)
    by_region = dict(scheme.by_region)
    return tuple(
        SchemeMistake(
            mistake=attrs.evolve(found.mistake, region=places[0]),
            scheme=Schemes.of(by_region | dict.fromkeys(places, found.scheme)),
            unit_fen=found.unit_fen,
        )
        for places in regions.values()
        for found in _mistakes(by_region[places[0]])
        if isinstance(found.scheme, Scheme)
    )


def _mistakes(scheme: Scheme) -> Iterator[SchemeMistake]:
    yield from _figures(scheme)
    yield from _failed_years(scheme)
    yield from _service(scheme)
    yield from _counts_and_timings(scheme)
    yield from _roundings(scheme)


def _each(
    scheme: Scheme, told: str, change: Callable[[SchemeVersion], dict[str, Any]]
) -> Scheme | None:
    """Change a section in every version that has it; nothing where none has."""
    changed = [change(version) for version in scheme.versions]
    if not any(changed):
        return None
    pairs = zip(scheme.versions, changed, strict=True)
    return Scheme(tuple(supposed(one, told, **sections) for one, sections in pairs))


def _found(
    mistake: Mistake, scheme: Scheme | None, unit: RoundTo | None = None
) -> Iterator[SchemeMistake]:
    if scheme is not None:
        yield SchemeMistake(
            mistake=mistake, scheme=scheme, unit_fen=None if unit is None else unit.fen
        )


# --- figures ---------------------------------------------------------------------------------------------------------


def _figures(scheme: Scheme) -> Iterator[SchemeMistake]:
    """Take the figure one year older, or one year newer, by moving the lag."""
    paths = dict.fromkeys(path for version in scheme.versions for path in _pegs(version))
    for path in paths:
        lags = [lag for version in scheme.versions if (lag := _pegs(version).get(path)) is not None]
        for kind, by in ((MistakeKind.OLDER_STATISTIC, 1), (MistakeKind.NEWER_STATISTIC, -1)):
            stated, taken = str(lags[-1]), str(lags[-1] + by)
            mistake = Mistake(kind=kind, what=f"{path}.lag_years", stated=stated, taken=taken)

            def change(version: SchemeVersion, path: str = path, by: int = by) -> dict[str, Any]:
                return _lagging(version, path, by)

            yield from _found(mistake, _each(scheme, f"{path}.lag_years={taken}", change))


def _pegs(version: SchemeVersion) -> dict[str, int]:
    """Give the lag of each peg by its path; one that the source does not state cannot be mistaken."""
    pegs = {}
    if version.base is not None and version.base.peg is not None:
        pegs["base.peg"] = version.base.peg
    pegs |= {f"pegs.{one.name}": one.peg for one in version.pegs}
    return {path: one.lag_years for path, one in pegs.items() if isinstance(one.lag_years, int)}


def _lagging(version: SchemeVersion, path: str, by: int) -> dict[str, Any]:
    lag = _pegs(version).get(path)
    if lag is None or lag + by < 0:
        return {}

    def moved(one: Any) -> Any:
        return attrs.evolve(one, peg=attrs.evolve(one.peg, lag_years=lag + by))

    return _with_pegs(version, path, moved)


def _with_pegs(
    version: SchemeVersion, path: str, change: Callable[[Any], Base | NamedPeg]
) -> dict[str, Any]:
    if path.startswith("base"):
        return {"base": change(version.base)}
    name = path.split(".")[1]
    return {"pegs": tuple(change(one) if one.name == name else one for one in version.pegs)}


# --- years and service -----------------------------------------------------------------------------------------------


def _failed_years(scheme: Scheme) -> Iterator[SchemeMistake]:
    """Let every year count toward rises, and leave what a rating does to pay as it is."""
    mistake = Mistake(kind=MistakeKind.FAILED_YEAR_COUNTED, what="assessment")

    def change(version: SchemeVersion) -> dict[str, Any]:
        if version.assessment is None:
            return {}
        ratings = tuple(
            attrs.evolve(one, counted=True, rises=True, grades=0 if one.lowers else one.grades)
            for one in version.assessment.ratings
        )
        if ratings == version.assessment.ratings:
            return {}
        return {"assessment": attrs.evolve(version.assessment, ratings=ratings)}

    yield from _found(mistake, _each(scheme, "assessment.counted=true", change))


def _service(scheme: Scheme) -> Iterator[SchemeMistake]:
    mistake = Mistake(kind=MistakeKind.OUTSIDE_COUNTED, what="service.kinds")

    def change(version: SchemeVersion) -> dict[str, Any]:
        if version.service is None:
            return {}
        kinds = tuple(
            attrs.evolve(one, rate=Fraction(1), within=Within.ANYWHERE)
            for one in version.service.kinds
        )
        service = attrs.evolve(version.service, kinds=kinds, other_kinds=Fraction(1))
        return {} if service == version.service else {"service": service}

    yield from _found(mistake, _each(scheme, "service.other_kinds=1", change))


def _counts_and_timings(scheme: Scheme) -> Iterator[SchemeMistake]:
    tried = dict.fromkeys(found for version in scheme.versions for found in alternatives(version))
    for path, stated, value in tried:
        if path in _COUNTING:
            kind = MistakeKind.OTHER_COUNTING
        elif path.split(".")[1] in _TIMED:
            kind = MistakeKind.OTHER_TIMING
        else:
            continue
        mistake = Mistake(kind=kind, what=path, stated=_told(stated), taken=str(value))
        yield from _found(mistake, reading_as(scheme, path, value))


# --- rounding --------------------------------------------------------------------------------------------------------


def _roundings(scheme: Scheme) -> Iterator[SchemeMistake]:
    """Round every component, one with a rule of its own, the total, or a pegged amount by every other rule."""
    yield from _rounded_everywhere(scheme)
    yield from _rounded_alone(scheme)
    yield from _rounded_pegs(scheme)


def _rounded_everywhere(scheme: Scheme) -> Iterator[SchemeMistake]:
    last = scheme.versions[-1]
    for field in ("component", "total"):
        stated = getattr(last.rounding, field)
        for rule in (one for one in _RULES if one != stated):

            def change(
                version: SchemeVersion, field: str = field, rule: Rounding = rule
            ) -> dict[str, Any]:
                changed: dict[str, Any] = {field: rule}
                return {"rounding": attrs.evolve(version.rounding, **changed)}

            path = f"rounding.{field}"
            told = f"{path}={_told(rule)}"
            unit = max(rule.to, *_units(stated), key=lambda one: one.fen)
            yield from _found(_rounding(path, stated, rule), _each(scheme, told, change), unit)


def _rounded_alone(scheme: Scheme) -> Iterator[SchemeMistake]:
    for name, own in ((one.name, _own_rounding(one)) for one in scheme.versions[-1].pay):
        if own is None:
            continue
        for rule in (one for one in _RULES if one != own):

            def change_own(
                version: SchemeVersion, name: str = name, rule: Rounding = rule
            ) -> dict[str, Any]:
                pay = tuple(
                    _rounded_by(one, rule) if one.name == name else one for one in version.pay
                )
                if pay == version.pay:
                    return {}
                # an office that rounds otherwise does so wherever the source is silent, too
                silent = isinstance(version.rounding.component, Missing)
                rounding = attrs.evolve(version.rounding, component=rule)
                return {"pay": pay, **({"rounding": rounding} if silent else {})}

            path = f"pay.{name}.rounded"
            unit = max(rule.to, own.to, key=lambda one: one.fen)
            taken = _each(scheme, f"{path}={_told(rule)}", change_own)
            yield from _found(_rounding(path, own, rule), taken, unit)


def _rounded_pegs(scheme: Scheme) -> Iterator[SchemeMistake]:
    last = scheme.versions[-1]
    for path in _pegs(last):
        stated = _pegged_rounding(last, path)
        if isinstance(stated, Missing):
            continue
        for other in (one for one in (None, *_RULES) if one != stated):

            def change_peg(
                version: SchemeVersion, path: str = path, rule: Rounding | None = other
            ) -> dict[str, Any]:
                if path not in _pegs(version):
                    return {}
                return _with_pegs(version, path, partial(attrs.evolve, rounded=rule))

            where = f"{path.removesuffix('.peg')}.rounded"
            scheme_as_taken = _each(scheme, f"{where}={_told(other)}", change_peg)
            yield from _found(_rounding(where, stated, other), scheme_as_taken)


def _own_rounding(component: Component) -> Rounding | None:
    """Give the rounding that a component states for itself: of its amount, or of the value it is found by."""
    formula = component.formula
    own = component.rounded or (formula.rounded if formula is not None else None)
    return own if isinstance(own, Rounding) else None


def _rounded_by(component: Component, rule: Rounding) -> Component:
    if component.rounded is not None:
        return attrs.evolve(component, rounded=rule)
    if component.formula is None or component.formula.rounded is None:
        return component
    return attrs.evolve(component, formula=attrs.evolve(component.formula, rounded=rule))


def _units(stated: Any) -> tuple[RoundTo, ...]:
    return (stated.to,) if isinstance(stated, Rounding) else (RoundTo.FEN,)


def _pegged_rounding(version: SchemeVersion, path: str) -> Rounding | Missing | None:
    if path == "base.peg":
        return version.base.rounded if version.base is not None else None
    return next(one.rounded for one in version.pegs if f"pegs.{one.name}" == path)


def _rounding(path: str, stated: object, taken: object) -> Mistake:
    return Mistake(
        kind=MistakeKind.OTHER_ROUNDING, what=path, stated=_told(stated), taken=_told(taken)
    )


def _told(value: object) -> str:
    """Name a rule; nothing where the scheme says nothing."""
    if value is None or isinstance(value, Missing):
        return ""
    return f"{value.to} {value.mode}" if isinstance(value, Rounding) else str(value)
