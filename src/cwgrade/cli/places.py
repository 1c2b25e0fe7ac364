"""The schemes that a command is given: one, or those of several places for people who may have moved."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from cwgrade.career.months import asked_in
from cwgrade.career.places import Places
from cwgrade.cli.options import Parser, assumed, assumed_fields, scheme_asked, scheme_named
from cwgrade.errors import ArgumentError
from cwgrade.scheme import Scheme, Schemes
from cwgrade.wording import Language

__all__ = [
    "component_named",
    "each_scheme",
    "scheme_ids",
    "schemes_asked",
    "schemes_option",
]

_NOT_OPEN: Final = "assume-not-open"


def schemes_option(parser: Parser) -> None:
    """Declare `--scheme`, which may be given once for each place."""
    parser.given.add_argument(
        "--scheme",
        metavar="SCHEME",
        action="append",
        required=True,
        help=parser.told("cli-help-schemes"),
    )


def schemes_asked(arguments: argparse.Namespace, lang: Language) -> Scheme | Schemes:
    """Load the scheme of `--scheme`, or those of several places, with figures and with what is assumed.

    Of several, each takes the assumptions that are open in it.

    Raises:
        CwgradeError: A file is wrong, two schemes are of one place, or what is assumed is open in none of them.
    """
    given: str | Sequence[str] = arguments.scheme
    names = (given,) if isinstance(given, str) else given
    if len(names) == 1:
        return scheme_asked(argparse.Namespace(**{**vars(arguments), "scheme": names[0]}), lang)
    assumed(arguments.assume)
    values = assumed_fields(arguments.assume)
    loaded = [scheme_named(name, arguments.series, lang) for name in dict.fromkeys(names)]
    by_place: dict[str, Scheme] = {}
    for one in _assuming(loaded, values):
        place = one.versions[-1].place
        first = by_place.setdefault(place, one)
        if first is not one:
            raise ArgumentError("cli-two-of-a-place", value=place, schemes=[first.id, one.id])
    return Schemes.of(by_place)


def _assuming(schemes: Sequence[Scheme], values: Mapping[str, object]) -> tuple[Scheme, ...]:
    from cwgrade.schemefile import assume

    found, closed = [], set(values)
    refused: ArgumentError | None = None
    for scheme in schemes:
        left = dict(values)
        while True:
            try:
                found.append(assume(scheme, left))
                break
            except ArgumentError as error:
                if error.code != _NOT_OPEN:
                    raise
                # it names one path at a time
                del left[str(error.facts["value"])]
                refused = error
        closed -= set(left)
    if closed and refused is not None:
        raise ArgumentError(
            _NOT_OPEN, value=min(closed), scheme=", ".join(one.id for one in schemes)
        )
    return tuple(found)


def each_scheme(schemes: Scheme | Schemes) -> tuple[Scheme, ...]:
    """Give the schemes one by one."""
    if isinstance(schemes, Scheme):
        return (schemes,)
    return tuple(one for _, one in schemes.by_region)


def scheme_ids(schemes: Scheme | Schemes) -> str:
    """Name the schemes by their ids."""
    return ", ".join(one.id for one in each_scheme(schemes))


def component_named(name: str, places: Places, month: tuple[int, int]) -> str:
    """Give the component that a printed name means in the scheme of a month; a name that is none stays as it is.

    Args:
        name: The printed name or the id.
        places: The schemes of the worker.
        month: The year and the month.
    """
    for scheme in asked_in(places, date(*month, 1)):
        if isinstance(scheme, Scheme):
            for version in reversed(scheme.versions):
                for component in version.pay:
                    if name in (component.label.zh, component.label.en):
                        return component.name
    return name
