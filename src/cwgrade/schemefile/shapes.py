"""Where a file is written otherwise than the class it becomes: units in key names, one share or a table of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from cwgrade.gaps import Reference, Stated
from cwgrade.law.ladder import FIRST_OF_POST, Feeds
from cwgrade.schemefile import accepts
from cwgrade.schemefile.accepts import GAP, either
from cwgrade.schemefile.kinds import (
    LABEL,
    ROUNDING,
    STAND_IN,
    STATED_SHARE,
    Kind,
    list_of,
    only,
    read_missing,
    scalar,
    stated,
    text_of,
)
from cwgrade.schemefile.missing import is_missing
from cwgrade.schemefile.numbers import read_number
from cwgrade.schemefile.problems import Found, Path, Wrong
from cwgrade.schemefile.suggest import offer
from cwgrade.series import ReferenceSeries
from cwgrade.sources import Citation, Label

__all__ = [
    "FIRST_GRADE",
    "LABELS",
    "SHARES",
    "SHARE_OR_TABLE",
    "TWELFTH",
    "figures_kind",
    "months",
    "shape_absence",
    "shape_fact",
    "shape_figure",
    "shape_ladder",
    "shape_peg",
    "shape_priced",
    "shape_probation",
    "shape_series",
    "shape_step",
    "thresholds",
]

_MOST_MONTHS: Final = 1200
_YEAR: Final = 12


def _start(raw: object) -> int | str | Reference:
    if raw == FIRST_OF_POST:
        return FIRST_OF_POST
    if isinstance(raw, Mapping):
        only(raw, ("quantity",))
        return Reference(quantity=text_of(raw.get("quantity"), "quantity"))
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise Wrong("not-a-start", value=raw, **offer(raw, [FIRST_OF_POST]))
    return raw


_FIRST: Final = either(
    {"type": "integer"},
    accepts.one_of([FIRST_OF_POST]),
    accepts.small({"quantity": accepts.TEXT}, ("quantity",)),
)
FIRST_GRADE: Final = stated(scalar(_start, 1, _FIRST))
"""The rung a newcomer starts at."""

# --- waiting periods -------------------------------------------------------------------------------------------------


def months(per: int) -> Kind:
    """Make the kind of a waiting period, one for all posts or a table by post.

    Args:
        per: Months in the unit it is written in.
    """
    return _by_post(_months(per))


def _months(per: int) -> Kind:
    def read(raw: object) -> int:
        number = read_number(raw) * per
        if number.denominator != 1 or not 1 <= number <= _MOST_MONTHS:
            raise Wrong("not-whole-months", value=raw, most=_MOST_MONTHS // per)
        return int(number)

    return stated(scalar(read, _YEAR, accepts.EXACT))


def thresholds(per: int) -> Kind:
    """Make the kind of a list of thresholds, one for all posts or a table by post.

    Where a whole list is missing, each of its thresholds is.

    Args:
        per: Months in the unit it is written in.
    """
    listed = list_of(_months(per))
    gap = scalar(read_missing, STAND_IN)  # type: ignore[arg-type]

    def read(raw: object, path: Path, found: Found) -> Any:
        if not is_missing(raw):
            return listed.read(raw, path, found)
        low, high = found.rungs.get("step" if path[0] == "step" else "grade") or (1, 2)
        return (gap.read(raw, path, found),) * (high - low)

    return _by_post(Kind(read, (), missing=True, accepts=either(listed.accepts, GAP)))


class ByPost(tuple[tuple[str, Any], ...]):
    """Values by post, as against one value for all."""

    __slots__ = ()


def _by_post(kind: Kind) -> Kind:
    def read(raw: object, path: Path, found: Found) -> Any:
        if not isinstance(raw, Mapping) or is_missing(raw):
            return kind.read(raw, path, found)
        return ByPost((name, kind.read(one, (*path, name), found)) for name, one in raw.items())

    shape = either(kind.accepts, accepts.by_name(kind.accepts))
    return Kind(read, kind.stand_in, missing=True, accepts=shape)


def shape_ladder(fields: dict[str, Any], path: Path, found: Found) -> dict[str, Any]:
    """Bring waiting periods in years or months, for all posts or by post, into the fields of the ladder."""
    written = []
    for field, stem in (("waiting_months", "waiting"), ("thresholds", "thresholds")):
        given = [name for name in (f"{stem}_years", f"{stem}_months") if name in fields]
        if len(given) > 1:
            found.add("two-forms", (*path, given[1]), value=given)
        read = {name: fields.pop(name) for name in given}
        if given:
            value = read[given[0]]
            by_post = isinstance(value, ByPost)
            fields[f"{field}_by_post" if by_post else field] = tuple(value) if by_post else value
            found.wrote((*path, field), (*path, given[0]))
        written.append(given[0] if given else f"{stem}_months")
    return {**fields, "written": tuple(written)}


def shape_step(fields: dict[str, Any], path: Path, found: Found) -> dict[str, Any]:
    """Let the section `[step]` be a ladder that leads to the step."""
    return {**shape_ladder(fields, path, found), "name": Feeds.STEP}


# --- one share or a table of them ------------------------------------------------------------------------------------


def _shares_by(raw: object, path: Path, found: Found) -> tuple[tuple[str, Stated[Fraction]], ...]:
    """Read a table of shares by component, each of which may be missing."""
    if not isinstance(raw, Mapping):
        found.add("not-shares", path, value=raw)
        return ()
    return tuple((name, STATED_SHARE.read(one, (*path, name), found)) for name, one in raw.items())


def _share_or_table(raw: object, path: Path, found: Found) -> Any:
    if isinstance(raw, Mapping) and not is_missing(raw):
        return _shares_by(raw, path, found)
    return STATED_SHARE.read(raw, path, found)


SHARES: Final = Kind(_shares_by, (), accepts=accepts.by_name(STATED_SHARE.accepts))
"""The shares of a split, each of which may be missing."""
SHARE_OR_TABLE: Final = Kind(
    _share_or_table,
    None,
    missing=True,
    accepts=either(STATED_SHARE.accepts, accepts.by_name(STATED_SHARE.accepts)),
)


def _labels_by(raw: object, path: Path, found: Found) -> tuple[tuple[str, Label], ...]:
    if not isinstance(raw, Mapping):
        found.add("wants-section", path, value=raw)
        return ()
    return tuple((name, LABEL.read(one, (*path, name), found)) for name, one in raw.items())


def shape_fact(fields: dict[str, Any], path: Path, found: Found) -> dict[str, Any]:
    """Refuse a printed name of a value that the fact does not have."""
    for name, _ in fields.get("labels", ()):
        if name not in fields["values"]:
            found.note(
                "not-a-choice", (*path, "labels", name), value=name, **offer(name, fields["values"])
            )
    return fields


LABELS: Final = Kind(_labels_by, (), accepts=accepts.by_name(LABEL.accepts))
"""Printed names by value."""


def _split(fields: dict[str, Any], key: str, by_component: str) -> dict[str, Any]:
    if isinstance(fields.get(key), tuple):
        fields[by_component] = fields.pop(key)
    return fields


def shape_absence(fields: dict[str, Any], _path: Path, _found: Found) -> dict[str, Any]:
    """Let `pay` take one share for all components, or a table by component."""
    return _split(fields, "pay", "pay_by_component")


def shape_probation(fields: dict[str, Any], _path: Path, _found: Found) -> dict[str, Any]:
    """Let `times` take one share for all components, or a table by component."""
    return _split(fields, "times", "times_by_component")


# --- series and amounts ----------------------------------------------------------------------------------------------


def shape_series(fields: dict[str, Any], _path: Path, _found: Found) -> dict[str, Any]:
    """Put the keys of a statistic into the statistic."""
    own = {name: fields.pop(name) for name in ("measure", "region", "unit", "figures")}
    published = own["figures"] == PACKAGED
    if published:
        own["figures"] = ()
    return {**fields, "series": ReferenceSeries(**own), "published": published}


PACKAGED: Final = "published"


def figures_kind(listed: Kind) -> Kind:
    """Make the kind of a series' figures: the file's own, or the word that asks for the packaged ones.

    Args:
        listed: The kind of a list of them.
    """

    def read(raw: object, path: Path, found: Found) -> Any:
        if not isinstance(raw, str):
            return listed.read(raw, path, found)
        if raw != PACKAGED:
            found.add("not-a-choice", path, value=raw, **offer(raw, [PACKAGED]))
            return ()
        return raw

    return Kind(read, (), accepts=either(accepts.one_of([PACKAGED]), listed.accepts))


def _twelfth(raw: object, path: Path, found: Found) -> Any:
    return raw if raw == EXACTLY else ROUNDING.read(raw, path, found)


EXACTLY: Final = "exact"
TWELFTH: Final = Kind(_twelfth, None, accepts=either(accepts.one_of([EXACTLY]), ROUNDING.accepts))
"""How a yearly figure is made a monthly one: exactly, or with a rounding."""


def shape_peg(fields: dict[str, Any], path: Path, found: Found) -> dict[str, Any]:
    """Note where the peg writes the cells that formulas have under the keys of their units."""
    found.wrote((*path, "times"), (*path, "multiplier"))
    found.wrote((*path, "yuan"), (*path, "not_below_yuan"))
    return fields


def shape_figure(fields: dict[str, Any], _path: Path, _found: Found) -> dict[str, Any]:
    """Put source and clause into a citation."""
    citation = Citation(source=fields.pop("source"), clause=fields.pop("clause", ""))
    return {**fields, "citation": citation}


def shape_priced(fields: dict[str, Any], path: Path, found: Found) -> dict[str, Any]:
    """Let a rounding beside a formula be the formula's own, and refuse a formula beside a peg."""
    if fields.get("formula") is not None:
        fields.pop("rounded", None)
        if fields.get("peg") is not None:
            found.add("two-forms", (*path, "peg"), value=["peg", "yuan"])
    return fields
