"""From the tables of a scheme file to the classes of `cwgrade.law`: strict, and every fault at once."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, Union, get_args, get_origin

import attrs
import cattrs
import cattrs.gen

from cwgrade.dates import AnnualDay, PartialDate, Reckoning, Takes, day_from_text
from cwgrade.gaps import Missing
from cwgrade.law.assessment import Assessment, Consequence, Early, RatingRule
from cwgrade.law.effects import Effect
from cwgrade.law.formulas import Formula, NamedQuantity
from cwgrade.ladder import Boundary, WaitingAfter
from cwgrade.law.ladder import Cap, Credit, Ladder, Stacking
from cwgrade.law.pay import Accrual, Component, Probation, Proration, ProrationRule, Rhythm, RoundingRules, Split
from cwgrade.law.pegs import Base, NamedSeries, Peg
from cwgrade.law.posts import ConcurrentPosts, ConcurrentRule, DeclaredFact, Exclusion, Post
from cwgrade.law.service import Absence, KindOfService, Service
from cwgrade.money import Rounding, fen_from_yuan
from cwgrade.scheme import SchemeStatus
from cwgrade.schemefile.formulas import FORMULA_KEYS, read_formula, read_missing, read_number, read_rounding
from cwgrade.schemefile.problems import Path, Problem, Problems, problems_in
from cwgrade.series import AfterPublication, Figure, ReferenceSeries, SeriesUnit
from cwgrade.service import Convention, GapsRule, Within
from cwgrade.sources import Label, LegalSource, Trust
from cwgrade.timeline import Published
from cwgrade.tomlfile import near

__all__ = ["Header", "keys_of", "read_keyed", "read_section"]

_MONTHS: Final = 12


@attrs.frozen(kw_only=True)
class Header:
    """`[scheme]`: what identifies a version and when it applies."""

    id: str
    title: Label
    place: str
    status: SchemeStatus
    revision: int = attrs.field(validator=attrs.validators.ge(1))
    checked_on: date
    published_on: Published
    effective_on: date | None
    attested_from: date
    attested_until: date
    note: Label | None = None


def read_section(raw: object, kind: type[Any], path: Path, problems: list[Problem]) -> Any:
    """Read one section; what is wrong with it is added to `problems`.

    Args:
        raw: The table of the section.
        kind: The class it becomes.
        path: Where it stands.
        problems: Takes the faults.

    Returns:
        The object, or `None` where the section is faulty.
    """
    try:
        return _CONVERTER.structure(raw, kind)
    except Exception as error:  # noqa: BLE001 -- whatever a converter meets is a fault of the file, told with its place
        problems.extend(problems_in(error, path, keys_of))
        return None


def read_keyed(
    raw: object, kind: type[Any], key: str | None, path: Path, problems: list[Problem]
) -> tuple[tuple[str, Any], ...]:
    """Read a section of named tables, such as `[posts.deputy]`.

    Args:
        raw: The table of tables.
        kind: The class that each becomes.
        key: The field that takes the name, `None` where the class has none.
        path: Where the section stands.
        problems: Takes the faults.

    Returns:
        Names and objects, in the order of the file; faulty ones are left out.
    """
    if not isinstance(raw, Mapping):
        problems.append(Problem("not-a-section", path, value=raw))
        return ()
    read: list[tuple[str, Any]] = []
    for name, table in raw.items():
        if not isinstance(table, Mapping):
            problems.append(Problem("not-a-section", (*path, name), value=table))
            continue
        if key is not None and key in table:
            problems.append(Problem("unknown-key", (*path, name, key), value=key))
            continue
        filled = {**table, key: name} if key is not None else table
        one = read_section(filled, kind, (*path, name), problems)
        if one is not None:
            read.append((name, one))
    return tuple(read)


def keys_of(kind: type[Any]) -> tuple[str, ...]:
    """Give the keys that a file may write for a class."""
    names = [field.name for field in attrs.fields(kind)]
    renamed = _RENAMED.get(kind, {})
    names = [new for name in names for new in renamed.get(name, (name,))]
    if "formula" in names:
        names = [name for name in names if name != "formula"] + list(FORMULA_KEYS)
    return tuple(names)


# --- shapes: where a file is written otherwise than the class --------------------------------------------------------

_RENAMED: Final[Mapping[type[Any], Mapping[str, tuple[str, ...]]]] = {
    Post: {"id": ()},
    DeclaredFact: {"name": ()},
    Effect: {"fact": ()},
    Absence: {"kind": (), "pay_by_component": ()},
    KindOfService: {"kind": ()},
    RatingRule: {"rating": ()},
    Credit: {"name": ()},
    NamedQuantity: {"name": ()},
    NamedSeries: {"name": (), "series": ("measure", "region", "unit", "figures")},
    Component: {"name": (), "at_most_fen": ("at_most_yuan",)},
    Probation: {"times_by_component": ()},
    Ladder: {
        "waiting_months": ("waiting_months", "waiting_years"),
        "thresholds": ("thresholds_months", "thresholds_years"),
    },
    Figure: {"fen": ("yuan",), "citation": ("source", "clause")},
}


def _with_formula(raw: dict[str, Any], *, optional: bool) -> dict[str, Any]:
    formula = {key: raw.pop(key) for key in FORMULA_KEYS if key in raw}
    if formula or not optional:
        raw["formula"] = formula
    return raw


def _shape_component(raw: dict[str, Any]) -> dict[str, Any]:
    if "at_most_yuan" in raw:
        raw["at_most_fen"] = _whole_fen(raw.pop("at_most_yuan"), ("at_most_yuan",))
    return _with_formula(raw, optional=True)


def _shape_base(raw: dict[str, Any]) -> dict[str, Any]:
    if "peg" in raw:
        return raw
    return _with_formula(raw, optional=False)


def _shape_ladder(raw: dict[str, Any]) -> dict[str, Any]:
    for field in ("waiting", "thresholds"):
        given = [f"{field}_{unit}" for unit in ("months", "years") if f"{field}_{unit}" in raw]
        if len(given) > 1:
            raise Problem("two-forms", (given[1],), value=given)
        if given:
            (key,) = given
            per = _MONTHS if key.endswith("years") else 1
            stated = raw.pop(key)
            read = (
                [_months(one, per, (key, place)) for place, one in enumerate(stated)]
                if field == "thresholds" and isinstance(stated, list)
                else _months(stated, per, (key,))
            )
            raw["waiting_months" if field == "waiting" else "thresholds"] = read
    return raw


def _months(stated: object, per: int, path: Path) -> object:
    if isinstance(stated, Mapping):
        return stated
    months = read_number(stated, path) * per
    if months.denominator != 1 or months <= 0:
        raise Problem("not-whole-months", path, value=stated)
    return months.numerator


def _shape_absence(raw: dict[str, Any]) -> dict[str, Any]:
    return _split_pay(raw, "pay", "pay_by_component")


def _shape_probation(raw: dict[str, Any]) -> dict[str, Any]:
    return _split_pay(raw, "times", "times_by_component")


def _split_pay(raw: dict[str, Any], key: str, by_component: str) -> dict[str, Any]:
    """Let one key take either one share for all components or a table by component."""
    stated = raw.get(key)
    if isinstance(stated, Mapping) and "missing" not in stated:
        del raw[key]
        raw[by_component] = stated
    return raw


def _shape_series(raw: dict[str, Any]) -> dict[str, Any]:
    inner = {key: raw.pop(key) for key in ("measure", "region", "unit", "figures") if key in raw}
    raw["series"] = inner
    return raw


def _shape_figure(raw: dict[str, Any]) -> dict[str, Any]:
    if "yuan" in raw:
        raw["fen"] = _whole_fen(raw.pop("yuan"), ("yuan",))
    citation = {key: raw.pop(key) for key in ("source", "clause") if key in raw}
    if citation:
        raw["citation"] = citation
    return raw


def _whole_fen(raw: object, path: Path) -> int:
    if isinstance(raw, str) or isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise Problem("not-money", path, value=raw)
    fen = fen_from_yuan(raw)
    if fen.denominator != 1:
        raise Problem("not-whole-fen", path, value=raw)
    return fen.numerator


_SHAPES: Final[Mapping[type[Any], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    Component: _shape_component,
    Base: _shape_base,
    Credit: lambda raw: _with_formula(raw, optional=False),
    NamedQuantity: lambda raw: _with_formula(raw, optional=False),
    Ladder: _shape_ladder,
    Absence: _shape_absence,
    Probation: _shape_probation,
    NamedSeries: _shape_series,
    Figure: _shape_figure,
}


# --- the converter ---------------------------------------------------------------------------------------------------


def _strict(kind: type[Any], code: str) -> Callable[[object, object], Any]:
    def read(raw: object, _kind: object) -> Any:
        if not isinstance(raw, kind) or (isinstance(raw, bool) and kind is not bool):
            raise Problem(code, value=raw)
        return raw

    return read


def _read_text(raw: object, _kind: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Problem("not-text", value=raw, name="text")
    return raw


def _read_day(raw: object, _kind: object) -> date:
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise Problem("not-a-toml-day", value=raw)
    return raw


def _read_label(raw: object, _kind: object) -> Label:
    if isinstance(raw, str) and raw.strip():
        return Label(zh=raw, en=raw)
    if not isinstance(raw, Mapping) or not all(isinstance(raw.get(lang), str) for lang in ("zh", "en")):
        raise Problem("not-a-label", value=raw)
    for key in raw:
        if key not in ("zh", "en"):
            raise Problem("unknown-key", (key,), value=key, accepted=["zh", "en"])
    return Label(zh=raw["zh"], en=raw["en"])


def _read_annual(raw: object, _kind: object) -> AnnualDay:
    if not isinstance(raw, str):
        raise Problem("not-annual-day", value=raw)
    return AnnualDay.from_text(raw)


def _read_enum(raw: object, kind: type[Enum]) -> Enum:
    accepted = [one.value for one in kind]
    if raw not in accepted:
        raise Problem("not-accepted", value=raw, near=near(str(raw), accepted), accepted=accepted)
    return kind(raw)


def _read_published(raw: object) -> date | PartialDate | str:
    if raw == "unknown":
        return "unknown"
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str):
        return day_from_text(raw)
    raise Problem("not-a-publication", value=raw)


def _is_union(kind: object) -> bool:
    return get_origin(kind) in (Union, types.UnionType)


def _read_union(raw: object, kind: object) -> Any:
    """Read a field that may be missing, left out, or one of several kinds."""
    args = get_args(kind)
    if PartialDate in args:
        return _read_published(raw)
    if type(None) in args and date in args and raw == "unknown":
        return None
    if Missing in args and isinstance(raw, Mapping) and "missing" in raw:
        return read_missing(raw)
    rest = [one for one in args if one not in (Missing, type(None))]
    if int in rest and str in rest:
        if raw == "first_of_post":
            return raw
        return _CONVERTER.structure(raw, int)
    if not rest:
        raise Problem("not-missing", value=raw)
    return _CONVERTER.structure(raw, rest[0])


def _read_shares(raw: object, _kind: object) -> tuple[tuple[str, Fraction], ...]:
    if not isinstance(raw, Mapping):
        raise Problem("not-a-section", value=raw)
    shares = tuple((name, read_number(share, (name,))) for name, share in raw.items())
    for name, share in shares:
        if not 0 <= share <= 1:
            raise Problem("share-out-of-range", (name,), value=str(share))
    return shares


def _read_keyed_tuple(kind: type[Any], key: str) -> Callable[[object, object], tuple[Any, ...]]:
    def read(raw: object, _kind: object) -> tuple[Any, ...]:
        problems: list[Problem] = []
        found = read_keyed(raw, kind, key, (), problems)
        if problems:
            raise Problems(problems)
        return tuple(one for _, one in found)

    return read


_CLASSES: Final = (
    Header,
    LegalSource,
    DeclaredFact,
    Post,
    ConcurrentPosts,
    Exclusion,
    Service,
    KindOfService,
    Absence,
    Effect,
    Ladder,
    Credit,
    Stacking,
    Assessment,
    RatingRule,
    Early,
    Consequence,
    NamedSeries,
    ReferenceSeries,
    Figure,
    Base,
    Peg,
    NamedQuantity,
    Component,
    Split,
    Probation,
    Proration,
    RoundingRules,
)


_WORDS: Final = (
    Accrual,
    AfterPublication,
    Boundary,
    Cap,
    ConcurrentRule,
    Convention,
    GapsRule,
    ProrationRule,
    Reckoning,
    Rhythm,
    SchemeStatus,
    SeriesUnit,
    Takes,
    Trust,
    WaitingAfter,
    Within,
)
"""Closed lists of words; each needs a hook of its own, because they are text too."""


def _class_hook(converter: cattrs.Converter, kind: type[Any]) -> Callable[[object, object], Any]:
    made = cattrs.gen.make_dict_structure_fn(
        kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )
    shape = _SHAPES.get(kind)

    def read(raw: object, _kind: object) -> Any:
        if not isinstance(raw, Mapping):
            raise Problem("not-a-section", value=raw)
        return made(shape(dict(raw)) if shape else raw, kind)

    return read


def _make_converter() -> cattrs.Converter:
    converter = cattrs.Converter(detailed_validation=True)
    converter.register_structure_hook_func(_is_union, _read_union)
    for words in _WORDS:
        converter.register_structure_hook(words, _read_enum)
    converter.register_structure_hook(bool, _strict(bool, "not-yes-or-no"))
    converter.register_structure_hook(int, _strict(int, "not-whole"))
    converter.register_structure_hook(str, _read_text)
    converter.register_structure_hook(date, _read_day)
    converter.register_structure_hook(Fraction, lambda raw, _: read_number(raw))
    converter.register_structure_hook(Label, _read_label)
    converter.register_structure_hook(AnnualDay, _read_annual)
    converter.register_structure_hook(Rounding, lambda raw, _: read_rounding(raw))
    converter.register_structure_hook(Formula, lambda raw, _: read_formula(raw))
    for kind, key in ((KindOfService, "kind"), (RatingRule, "rating")):
        converter.register_structure_hook_func(
            lambda asked, kind=kind: asked == tuple[kind, ...], _read_keyed_tuple(kind, key)
        )
    converter.register_structure_hook_func(lambda kind: kind == tuple[tuple[str, Fraction], ...], _read_shares)
    for kind in _CLASSES:
        attrs.resolve_types(kind)
    for kind in reversed(_CLASSES):
        converter.register_structure_hook(kind, _class_hook(converter, kind))
    return converter


_CONVERTER: Final = _make_converter()
