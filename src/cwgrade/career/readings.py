"""Fields of a scheme read otherwise: how service is counted, and when facts take effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from cwgrade.dates import Reckoning, Takes
from cwgrade.law.effects import Effect
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.service import Convention, GapsRule

__all__ = ["alternatives", "reading_as", "supposed"]

_MARK: Final = "+assumed"


def alternatives(version: SchemeVersion) -> Iterator[tuple[str, Any, Any]]:
    """Give each field of counting and timing that may be read differently, what it says, and another value.

    Args:
        version: The version.
    """
    fields: list[tuple[str, Any, tuple[Any, ...]]] = []
    if version.service is not None:
        fields += [
            ("service.convention", version.service.convention, tuple(Convention)),
            ("service.gaps", version.service.gaps, tuple(GapsRule)),
        ]
    for effect in version.effects:
        fields.append((f"effect.{effect.fact}.takes", effect.takes, _timings(effect)))
        if effect.fact in ("service", *(one.name for one in version.time_in_post)):
            path = f"effect.{effect.fact}.reckoned_from"
            fields.append((path, effect.reckoned_from, tuple(Reckoning)))
    for path, stated, values in fields:
        yield from ((path, stated, value) for value in values if value is not stated)


def _timings(effect: Effect) -> tuple[Takes, ...]:
    """Give the timings that a fact can have; a yearly day only where the scheme names one."""
    return tuple(
        one for one in Takes if one is not Takes.ANNUAL_DAY or effect.annual_day is not None
    )


def reading_as(scheme: Scheme, path: str, value: Any) -> Scheme:
    """Put another value into every version that has the field; the scheme says so in its id, as after `assume`.

    Args:
        scheme: The scheme.
        path: The field, as `alternatives` gives it.
        value: The value.
    """
    return Scheme(tuple(_replaced(version, path, value) for version in scheme.versions))


def _replaced(version: SchemeVersion, path: str, value: Any) -> SchemeVersion:
    section, *inner = path.split(".")
    changed: dict[str, Any] = {}
    if section == "service" and version.service is not None:
        changed["service"] = attrs.evolve(version.service, **{inner[0]: value})
    elif section == "effect":
        fact, field = inner
        changed["effects"] = tuple(
            attrs.evolve(one, **{field: value}) if one.fact == fact else one
            for one in version.effects
        )
    return supposed(version, f"{path}={value}", **changed)


def supposed(version: SchemeVersion, told: str, **changed: Any) -> SchemeVersion:
    """Give a version with other sections, which says so in its id and in what it assumes.

    Args:
        version: The version.
        told: What is supposed, such as `service.convention=whole_months`.
        **changed: The sections.
    """
    return attrs.evolve(
        version,
        id=version.id.removesuffix(_MARK) + _MARK,
        assumed=(*version.assumed, told),
        **changed,
    )
