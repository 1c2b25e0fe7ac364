"""Reading the one form in which a definition states its value: numbers, tables, bands, named quantities combined."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from cwgrade.errors import ArgumentError
from cwgrade.gaps import Cell, Missing, Reading, Readings, Reference
from cwgrade.ladder import Boundary
from cwgrade.law.formulas import Formula, StatedForm
from cwgrade.money import FEN_PER_YUAN, Rounding, RoundingMode, RoundTo, fen_from_yuan
from cwgrade.quantities import Add, Highest, Lowest, Number, Product, Steps, Table, Unit
from cwgrade.schemefile.problems import Path, Problem, Problems
from cwgrade.sources import Citation
from cwgrade.tomlfile import near

__all__ = ["FORMULA_KEYS", "read_formula", "read_missing", "read_number", "read_rounding"]

_UNITS: Final[Mapping[str, Unit]] = {
    "yuan": Unit.FEN,
    "times": Unit.TIMES,
    "share": Unit.SHARE,
    "grades": Unit.GRADES,
    "months": Unit.MONTHS,
    "points": Unit.POINTS,
    "value": Unit.VALUE,
}
_COMBINED: Final = ("sum", "product", "highest", "lowest")
FORMULA_KEYS: Final = (*_UNITS, "by", "otherwise", "bands_of", "from", "boundary", *_COMBINED, "rounded")
"""The keys of a file that belong to a formula."""
_MOST_CELLS: Final = 5_000
_DEEPEST: Final = 4


def read_number(raw: object, path: Path = ()) -> Fraction:
    """Read an exact number: a whole one, a decimal, or the text of a fraction such as `"1/3"`."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise Problem("not-a-number", path, value=raw)
    try:
        return Fraction(raw)
    except (ValueError, ZeroDivisionError):
        raise Problem("not-a-number", path, value=raw) from None


def read_missing(raw: Mapping[str, Any], path: Path = ()) -> Missing:
    """Read `{ missing = "why", zh = "为什么", among = ["whole_months", "pooled_days"] }`."""
    _only(raw, ("missing", "zh", "among"), path)
    why, zh, among = raw["missing"], raw.get("zh", ""), raw.get("among", [])
    if not isinstance(among, list) or not all(isinstance(one, str) for one in among):
        raise Problem("not-names", (*path, "among"), value=among)
    if not isinstance(why, str) or not why.strip() or not isinstance(zh, str):
        raise Problem("missing-without-why", path, value=why)
    return Missing(why=why, zh=zh, among=tuple(among))


def read_rounding(raw: object, path: Path = ()) -> Rounding:
    """Read `{ to = "yuan", mode = "half_up" }`."""
    if not isinstance(raw, Mapping):
        raise Problem("not-a-rounding", path, value=raw)
    _only(raw, ("to", "mode"), path)
    for key in ("to", "mode"):
        if key not in raw:
            raise Problem("missing-key", path, value=key)
    return Rounding(
        to=RoundTo(_word(raw["to"], [one.value for one in RoundTo], (*path, "to"))),
        mode=RoundingMode(_word(raw["mode"], [one.value for one in RoundingMode], (*path, "mode"))),
    )


def read_formula(raw: Mapping[str, Any]) -> Formula:
    """Read a formula from the keys of a definition.

    Args:
        raw: The definition's keys that are in `FORMULA_KEYS`.

    Raises:
        Problems: Everything that is wrong with it.
    """
    units = [key for key in _UNITS if key in raw]
    combined = [key for key in _COMBINED if key in raw]
    if len(units) + len(combined) != 1:
        code = "no-form" if not units and not combined else "two-forms"
        raise Problem(code, value=[*units, *combined], accepted=[*_UNITS, *_COMBINED])
    problems: list[Problem] = []
    rounded = None
    if "rounded" in raw:
        try:
            rounded = read_rounding(raw["rounded"], ("rounded",))
        except Problem as problem:
            problems.append(problem)
    form: StatedForm
    if combined:
        (key,) = combined
        problems += [Problem("key-without-unit", (extra,), value=extra) for extra in _TABLE_KEYS if extra in raw]
        names = _names(raw[key], key, problems)
        form = _combine(key, names)
        unit = None
    else:
        (key,) = units
        unit = _UNITS[key]
        form = _stated(raw, key, problems)
    if problems:
        raise Problems(problems)
    return Formula(unit=unit, form=form, rounded=rounded)


_TABLE_KEYS: Final = ("by", "otherwise", "bands_of", "from", "boundary")


def _combine(key: str, names: tuple[str, ...]) -> StatedForm:
    match key:
        case "sum":
            return Add(parts=names)
        case "product":
            return Product(factors=names)
        case "highest":
            return Highest(of=names)
        case _:
            return Lowest(of=names)


def _names(raw: object, key: str, problems: list[Problem]) -> tuple[str, ...]:
    if not isinstance(raw, list) or not raw or not all(isinstance(name, str) for name in raw):
        problems.append(Problem("not-names", (key,), value=raw))
        return ()
    return tuple(raw)


def _stated(raw: Mapping[str, Any], key: str, problems: list[Problem]) -> StatedForm:
    if "bands_of" in raw:
        return _bands(raw, key, problems)
    problems += [Problem("key-without-bands", (extra,), value=extra) for extra in ("from", "boundary") if extra in raw]
    if "by" not in raw:
        if "otherwise" in raw:
            problems.append(Problem("otherwise-without-by", ("otherwise",), value=raw["otherwise"]))
        return Number(cell=_cell(raw[key], key, (key,), problems))
    by = raw["by"]
    names = (by,) if isinstance(by, str) else tuple(by) if isinstance(by, list) else ()
    if not names or not all(isinstance(name, str) for name in names) or len(names) > _DEEPEST:
        problems.append(Problem("not-names", ("by",), value=by))
        return Table(by=(), cells=())
    cells: list[tuple[tuple[str, ...], Cell]] = []
    _rows(raw[key], key, (key,), (), len(names), cells, problems)
    if len(cells) > _MOST_CELLS:
        problems.append(Problem("too-many-cells", (key,), count=len(cells), most=_MOST_CELLS))
    otherwise = _cell(raw["otherwise"], key, ("otherwise",), problems) if "otherwise" in raw else None
    return Table(by=names, cells=tuple(cells), otherwise=otherwise)


def _rows(
    raw: object,
    unit: str,
    path: Path,
    keys: tuple[str, ...],
    depth: int,
    cells: list[tuple[tuple[str, ...], Cell]],
    problems: list[Problem],
) -> None:
    if not isinstance(raw, Mapping) or "missing" in raw or "quantity" in raw or "readings" in raw:
        problems.append(Problem("not-a-table", path, value=raw, depth=depth))
        return
    for key, inner in raw.items():
        if depth == 1:
            cells.append(((*keys, key), _cell(inner, unit, (*path, key), problems)))
        else:
            _rows(inner, unit, (*path, key), (*keys, key), depth - 1, cells, problems)


def _bands(raw: Mapping[str, Any], key: str, problems: list[Problem]) -> StatedForm:
    of, starts, cells = raw["bands_of"], raw.get("from"), raw[key]
    if not isinstance(of, str):
        problems.append(Problem("not-names", ("bands_of",), value=of))
    if not isinstance(starts, list) or not isinstance(cells, list) or len(starts) != len(cells) or not cells:
        problems.append(Problem("bands-do-not-match", (key,), value=cells, starts=starts))
        return Steps(of=str(of), starts=(), cells=(), boundary=Boundary.REACHED)
    numbers: list[Fraction] = []
    for place, start in enumerate(starts):
        try:
            numbers.append(read_number(start, ("from", place)))
        except Problem as problem:
            problems.append(problem)
    problems += [
        Problem("bands-not-rising", ("from", place + 1), value=starts[place + 1], before=starts[place])
        for place, (one, other) in enumerate(zip(numbers, numbers[1:], strict=False))
        if one >= other
    ]
    boundary = Boundary.REACHED
    if "boundary" not in raw:
        problems.append(Problem("missing-key", (), value="boundary"))
    else:
        try:
            boundary = Boundary(_word(raw["boundary"], [one.value for one in Boundary], ("boundary",)))
        except Problem as problem:
            problems.append(problem)
    read = tuple(_cell(cell, key, (key, place), problems) for place, cell in enumerate(cells))
    return Steps(of=str(of), starts=tuple(numbers), cells=read, boundary=boundary)


def _cell(raw: object, unit: str, path: Path, problems: list[Problem]) -> Cell:
    try:
        return _read_cell(raw, unit, path)
    except Problem as problem:
        problems.append(problem)
    except ArgumentError as error:
        problems.append(Problem(error.code, path, **error.facts))
    return Fraction(0)


def _read_cell(raw: object, unit: str, path: Path) -> Cell:
    if isinstance(raw, Mapping):
        if "missing" in raw:
            return read_missing(raw, path)
        if "quantity" in raw:
            _only(raw, ("quantity",), path)
            return Reference(quantity=str(raw["quantity"]))
        if "readings" in raw:
            return _readings(raw, unit, path)
        raise Problem("not-a-cell", path, value=dict(raw))
    return _value(raw, unit, path)


def _value(raw: object, unit: str, path: Path) -> Fraction | str:
    if unit == "value":
        if not isinstance(raw, str):
            raise Problem("not-a-word", path, value=raw)
        return raw
    number = read_number(raw, path)
    if unit == "yuan":
        if isinstance(raw, str):
            return number * FEN_PER_YUAN
        return fen_from_yuan(raw)  # type: ignore[arg-type]
    if unit == "share" and not 0 <= number <= 1:
        raise Problem("share-out-of-range", path, value=raw)
    return number


def _readings(raw: Mapping[str, Any], unit: str, path: Path) -> Readings:
    _only(raw, ("readings",), path)
    listed = raw["readings"]
    if not isinstance(listed, list) or len(listed) < 2:  # noqa: PLR2004 -- one reading is no reading
        raise Problem("not-readings", path, value=listed)
    options: list[Reading] = []
    for place, one in enumerate(listed):
        where = (*path, "readings", place)
        if not isinstance(one, Mapping) or unit not in one:
            raise Problem("not-a-reading", where, value=one, unit=unit)
        _only(one, (unit, "source", "clause"), where)
        source = one.get("source")
        citation = Citation(source=str(source), clause=str(one.get("clause", ""))) if source else None
        options.append(Reading(value=_value(one[unit], unit, (*where, unit)), citation=citation))
    return Readings(options=tuple(options))


def _word(raw: object, accepted: list[str], path: Path) -> str:
    if raw not in accepted:
        raise Problem("not-accepted", path, value=raw, accepted=accepted, near=near(str(raw), accepted))
    return str(raw)


def _only(raw: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
    for key in raw:
        if key not in keys:
            raise Problem("unknown-key", (*path, key), value=key, near=near(key, keys), accepted=list(keys))
