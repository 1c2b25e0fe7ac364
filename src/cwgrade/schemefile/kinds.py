"""The kinds of values that a scheme file holds, and how each is read: strictly, and every fault at its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import attrs

from cwgrade.dates import AnnualDay, earliest, latest
from cwgrade.errors import ArgumentError
from cwgrade.gaps import Bounds, Missing
from cwgrade.money import Rounding, RoundingMode, RoundTo
from cwgrade.numerals import rungs_in
from cwgrade.regions import AREAS, read_area, read_region
from cwgrade.schemefile import accepts
from cwgrade.schemefile.accepts import ANYTHING, BOUNDED_GAP, GAP, Schema, either
from cwgrade.schemefile.days import (
    attested,
    read_annual_day,
    read_day,
    read_day_or_unknown,
    read_published,
)
from cwgrade.schemefile.missing import is_missing, note_gap_as_text, noted_misspelt_gap
from cwgrade.schemefile.numbers import number_meant, read_fen, read_number, refuse_number
from cwgrade.schemefile.problems import Found, Path, Wrong, typed
from cwgrade.schemefile.suggest import offer
from cwgrade.sources import Label

__all__ = [
    "ADDRESS",
    "ANNUAL_DAY",
    "AREA",
    "ATTESTED_FROM",
    "ATTESTED_UNTIL",
    "DAY",
    "DAY_OR_UNKNOWN",
    "FACTORS",
    "FEN",
    "GRADES",
    "LABEL",
    "NAME",
    "NUMBER",
    "ONLY_A_GAP",
    "PLACE",
    "PUBLISHED",
    "REGION",
    "ROUNDING",
    "SHARE",
    "STAND_IN",
    "STATED_SHARE",
    "TEXT",
    "TEXTS",
    "YES_OR_NO",
    "Kind",
    "Read",
    "is_name",
    "list_of",
    "only",
    "read_missing",
    "scalar",
    "stated",
    "text_of",
    "whole",
    "words",
]

Read = Callable[[object, Path, Found], Any]
"""Takes what the file holds, where, and the faults so far; gives the value, or what stands in for it."""

STAND_IN: Final = Missing(why="at fault")
"""Stands where a value cannot be read."""

_MOST_GRADES: Final = 100
_YEAR: Final = 12
_NAME: Final = re.compile(r"[\w-]+")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")


@attrs.frozen
class Kind:
    """One kind of value.

    Attributes:
        read: Reads it.
        stand_in: What stands in for it where it is missing or cannot be read.
        missing: Whether `{ missing = "why" }` is accepted in its place.
        accepts: What its shape is, for editors.
    """

    read: Read
    stand_in: Any = None
    missing: bool = False
    accepts: Schema = ANYTHING


def scalar(read_one: Callable[[object], Any], stand_in: object, shape: Schema = ANYTHING) -> Kind:
    """Make a kind of a function that gives the value or says what is wrong.

    Args:
        read_one: The function; it raises `Wrong` or `ArgumentError`.
        stand_in: What stands in for a value that cannot be read.
        shape: What it accepts, for editors.
    """

    def read(raw: object, path: Path, found: Found) -> Any:
        if noted_misspelt_gap(raw, path, found):
            return stand_in
        try:
            return read_one(raw)
        except Wrong as wrong:
            found.add(wrong.code, (*path, *wrong.path), **wrong.facts)
        except ArgumentError as error:
            found.add(error.code, path, **error.facts)
        return stand_in

    return Kind(read, stand_in, accepts=shape)


# --- texts and words -------------------------------------------------------------------------------------------------


def text_of(raw: object, *path: str | int) -> str:
    """Read a text that says something.

    Args:
        raw: What the file says.
        path: Where it stands, below the value that is being read.

    Raises:
        Wrong: It is no text, or a blank one.
    """
    if not isinstance(raw, str):
        raise Wrong("wants-text", path, value=raw)
    if not raw.strip():
        raise Wrong("empty-text", path)
    return raw


def _factor(raw: object) -> str:
    refuse_number(raw, unit="times")
    return text_of(raw)


def is_name(text: str) -> bool:
    """Tell whether a text can be a name in a file: letters, Chinese characters, digits, hyphens and low lines."""
    return _NAME.fullmatch(text) is not None


def _name(raw: object) -> str:
    if not is_name(text_of(raw)):
        raise Wrong("bad-name", value=raw)
    return str(raw)


def _label(raw: object) -> Label:
    if isinstance(raw, str):
        return Label(zh=text_of(raw), en=raw)
    if not isinstance(raw, Mapping):
        raise Wrong("not-a-label", value=raw)
    only(raw, ("zh", "en"))
    for lang in ("zh", "en"):
        if lang not in raw:
            raise Wrong("missing-key", value=lang)
        text_of(raw[lang], lang)
    return Label(zh=raw["zh"], en=raw["en"])


def _address(raw: object) -> str:
    if not _ADDRESS.fullmatch(text_of(raw)):
        raise Wrong("not-an-address", value=raw)
    return str(raw)


def _yes_or_no(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise Wrong("wants-truth", value=raw)
    return raw


def only(raw: Mapping[str, Any], keys: tuple[str, ...]) -> None:
    """Refuse a key that a small table does not have."""
    for key in raw:
        if key not in keys:
            raise Wrong("unknown-key", (key,), value=key, **offer(key, keys))


def words(choice: type[Enum] | tuple[str, ...]) -> Kind:
    """Make the kind of a closed list of words."""
    accepted: dict[str, Any] = (
        {one: one for one in choice}
        if isinstance(choice, tuple)
        else {str(one.value): one for one in choice}
    )

    def read(raw: object) -> Any:
        if not isinstance(raw, str) or raw not in accepted:
            raise Wrong("not-a-choice", value=raw, **offer(raw, accepted))
        return accepted[raw]

    return scalar(read, next(iter(accepted.values())), accepts.one_of(accepted))


# --- numbers ---------------------------------------------------------------------------------------------------------


def whole(least: int, most: int, *, stand_in: int | None = None) -> Kind:
    """Make the kind of whole numbers in a range."""

    def read(raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise Wrong("wants-whole-number", value=raw, **number_meant(raw))
        if not least <= raw <= most:
            raise Wrong("out-of-range", value=raw, least=least, most=most)
        return raw

    shape = {"type": "integer", "minimum": least, "maximum": most}
    return scalar(read, least if stand_in is None else stand_in, shape)


def _share(raw: object) -> Fraction:
    share = read_number(raw)
    if not 0 <= share <= 1:
        raise Wrong("share-out-of-range", value=raw)
    return share


def _whole_fen(raw: object) -> int:
    fen = read_fen(raw)
    if fen.denominator != 1 or fen < 0:
        raise Wrong("part-of-a-fen" if fen >= 0 else "below-zero", value=raw)
    return fen.numerator


def _rounding(raw: object) -> Rounding:
    if not isinstance(raw, Mapping):
        raise Wrong("not-a-rounding", value=raw)
    only(raw, ("to", "mode"))
    read: dict[str, Any] = {}
    for key, choice in (("to", RoundTo), ("mode", RoundingMode)):
        if key not in raw:
            raise Wrong("missing-key", value=key)
        accepted = [one.value for one in choice]
        if raw[key] not in accepted:
            raise Wrong("not-a-choice", (key,), value=raw[key], **offer(raw[key], accepted))
        read[key] = choice(raw[key])
    return Rounding(**read)


# --- places -----------------------------------------------------------------------------------------------------------


def _region(raw: object) -> str:
    return read_region(text_of(raw))


def _area(raw: object) -> str:
    return read_area(text_of(raw))


def _place(raw: object) -> str:
    return "unknown" if raw == "unknown" else _region(raw)


# --- kinds made of kinds ---------------------------------------------------------------------------------------------


def read_missing(raw: Mapping[str, Any], among: tuple[str, ...] = (), *, unit: str = "") -> Missing:
    """Read `{ missing = "why", zh = "为什么", among = ["whole_months", "pooled_days"] }`.

    Args:
        raw: The table.
        among: The field's closed list of readings; empty where it has none to choose from.
        unit: The key of the number that is missing, of which a floor or ceiling may be printed.
    """
    only(raw, ("missing", "zh", *(("at_least", "at_most") if unit else ("among",))))
    why, zh, listed = raw["missing"], raw.get("zh", ""), raw.get("among", [])
    if not isinstance(why, str) or not why.strip():
        raise Wrong("missing-without-why", value=why)
    if not isinstance(zh, str):
        raise Wrong("wants-text", ("zh",), value=zh)
    if "among" in raw and not among:
        raise Wrong("no-readings-here", ("among",), value=listed)
    if not isinstance(listed, list) or ("among" in raw and not listed):
        raise Wrong("not-names", ("among",), value=listed)
    for place, word in enumerate(listed):
        if word not in among:
            raise Wrong("not-a-choice", ("among", place), value=word, **offer(word, among))
    return Missing(why=why, zh=zh, among=tuple(listed), bounds=_bounds(raw, unit))


def _bounds(raw: Mapping[str, Any], unit: str) -> Bounds | None:
    ends: dict[str, Fraction] = {}
    for name in ("at_least", "at_most"):
        if name in raw:
            try:
                ends[name] = read_number(raw[name])
            except Wrong as wrong:
                raise Wrong(wrong.code, (name,), **wrong.facts) from None
    if len(ends) > 1 and ends["at_least"] > ends["at_most"]:
        facts = {"value": raw["at_least"], "most": raw["at_most"]}
        raise Wrong("bounds-crossed", ("at_least",), **facts)
    return Bounds(unit=unit, **ends) if ends else None


def stated(
    kind: Kind, *, among: tuple[str, ...] = (), settled: bool = False, unit: str = ""
) -> Kind:
    """Make the kind of a field that may be missing from the source.

    Args:
        kind: What it is where it is stated.
        among: The readings that may be singled out.
        settled: Whether a file that leaves the key out says that there is no such rule.
        unit: The unit of a number of which a floor or ceiling may be printed.
    """
    gap = scalar(lambda raw: read_missing(raw, among, unit=unit), STAND_IN)  # type: ignore[arg-type]

    def read(raw: object, path: Path, found: Found) -> Any:
        before = len(found.problems)
        value = gap.read(raw, path, found) if is_missing(raw) else kind.read(raw, path, found)
        note_gap_as_text(raw, path, found, before)
        return value if len(found.problems) == before else STAND_IN

    gap_shape = accepts.SETTLED_GAP if settled else BOUNDED_GAP if unit else GAP
    if among:
        gap_shape = accepts.gap_among(among, settled=settled)
    return Kind(read, STAND_IN, missing=True, accepts=either(kind.accepts, gap_shape))


def _no_gap(raw: object) -> Missing:
    raise Wrong("only-a-gap", value=raw)


def list_of(kind: Kind) -> Kind:
    """Make the kind of a list."""

    def read(raw: object, path: Path, found: Found) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            if not noted_misspelt_gap(raw, path, found):
                found.add("wants-list", path, value=raw)
            return ()
        return tuple(kind.read(one, (*path, place), found) for place, one in enumerate(raw))

    return Kind(read, (), accepts=accepts.listed(kind.accepts))


def _due_months(raw: object, path: Path, found: Found) -> tuple[int, ...]:
    before = len(found.problems)
    months: tuple[int, ...] = list_of(whole(1, _YEAR)).read(raw, path, found)
    rising = all(one < other for one, other in itertools.pairwise(months))
    if len(found.problems) == before and not (rising and 0 < len(months) < _YEAR):
        found.add("not-due-months", path, value=raw)
    return months


def _grades(raw: object) -> tuple[int, int]:
    two = 2
    if not isinstance(raw, list) or len(raw) != two:
        raise Wrong("not-a-range", value=raw, mend=_range_to_write(raw))
    for place, one in enumerate(raw):
        if isinstance(one, bool) or not isinstance(one, int):
            raise Wrong("wants-whole-number", (place,), value=one)
        if not 1 <= one <= _MOST_GRADES:
            raise Wrong("out-of-range", (place,), value=one, least=1, most=_MOST_GRADES)
    if raw[0] > raw[1]:
        raise Wrong("range-reversed", value=raw)
    return raw[0], raw[1]


def _range_to_write(raw: object) -> str:
    """Give the range that a text or a list of every grade means as a file writes it, or an example of one."""
    match raw:
        case str() | [str()]:
            meant = rungs_in(raw if isinstance(raw, str) else raw[0])
        case [int() as low, *_, int() as high] if raw == list(range(low, high + 1)):
            meant = low, high
        case _:
            meant = None
    return typed(list(meant or (1, 18)))


_UNKNOWN: Final = accepts.one_of(["unknown"])
_REGION: Final[Schema] = {"type": "string", "pattern": r"^[0-9]{2}([0-9]{2}){0,2}$"}
_ROUNDING: Final = accepts.small(
    {
        "to": accepts.told(accepts.one_of(one.value for one in RoundTo), "The unit."),
        "mode": accepts.told(
            accepts.one_of(one.value for one in RoundingMode), "The way: 四舍五入 is half_up."
        ),
    },
    ("to", "mode"),
)
_GRADE: Final[Schema] = {"type": "integer", "minimum": 1, "maximum": _MOST_GRADES}

TEXT: Final = scalar(text_of, "?", accepts.TEXT)
NAME: Final = scalar(_name, "?", accepts.TEXT)
TEXTS: Final = list_of(TEXT)
FACTORS: Final = list_of(scalar(_factor, "?", accepts.TEXT))
"""Names of what an amount is multiplied by."""
LABEL: Final = scalar(
    _label,
    Label(zh="?", en="?"),
    either(
        accepts.TEXT,
        accepts.small({"zh": accepts.TEXT, "en": accepts.TEXT}, ("zh", "en")),
    ),
)
ADDRESS: Final = scalar(
    _address, "https://?", {"type": "string", "pattern": _ADDRESS.pattern.join("^$")}
)
YES_OR_NO: Final = scalar(_yes_or_no, stand_in=False, shape={"type": "boolean"})
NUMBER: Final = scalar(read_number, Fraction(1), accepts.EXACT)
SHARE: Final = scalar(_share, Fraction(0), accepts.SHARE)
STATED_SHARE: Final = stated(SHARE)
FEN: Final = scalar(_whole_fen, 0, accepts.EXACT)
ROUNDING: Final = scalar(_rounding, Rounding(to=RoundTo.FEN, mode=RoundingMode.HALF_UP), _ROUNDING)
DUE_MONTHS: Final = Kind(
    _due_months,
    (),
    accepts={
        **accepts.listed({"type": "integer", "minimum": 1, "maximum": _YEAR}),
        "minItems": 1,
        "maxItems": _YEAR - 1,
        "uniqueItems": True,
    },
)
"""Some months of the year, each once, lowest first."""
GRADES: Final = scalar(_grades, (1, 1), {**accepts.listed(_GRADE), "minItems": 2, "maxItems": 2})
DAY: Final = scalar(read_day, date(2000, 1, 1), accepts.DAY)
_ATTESTED: Final = either(accepts.DAY, {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2})?$"})
ATTESTED_FROM: Final = scalar(attested(latest), date(2000, 1, 1), _ATTESTED)
"""`"2019"` is the last day of 2019: a source of that year proves nothing of the days before it."""
ATTESTED_UNTIL: Final = scalar(attested(earliest), date(2000, 1, 1), _ATTESTED)
DAY_OR_UNKNOWN: Final = scalar(read_day_or_unknown, None, either(accepts.DAY, _UNKNOWN))
PUBLISHED: Final = scalar(
    read_published,
    "unknown",
    either(accepts.DAY, {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"}, _UNKNOWN),
)
ANNUAL_DAY: Final = scalar(
    read_annual_day, AnnualDay(1, 1), {"type": "string", "pattern": r"^[0-9]{2}-[0-9]{2}$"}
)
REGION: Final = scalar(_region, "99", _REGION)
AREA: Final = scalar(_area, "99", either(_REGION, accepts.one_of(sorted(AREAS))))
ONLY_A_GAP: Final = Kind(
    stated(scalar(_no_gap, STAND_IN)).read, STAND_IN, missing=True, accepts=GAP
)
"""A field that a file writes only to say what its source leaves open."""
PLACE: Final = scalar(_place, "unknown", either(_REGION, _UNKNOWN))
