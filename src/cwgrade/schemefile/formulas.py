"""Reading the one form in which a definition states its value: numbers, tables, bands, named quantities combined."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

import attrs

from cwgrade.gaps import Cell, Missing, Reading, Readings, Reference, Stated
from cwgrade.ladder import Boundary
from cwgrade.law.formulas import Formula, StatedForm
from cwgrade.quantities import DAY, Add, Highest, Lowest, Number, Product, Steps, Table, Unit
from cwgrade.schemefile.accepts import of_definition
from cwgrade.schemefile.days import read_day
from cwgrade.schemefile.kinds import (
    ROUNDING,
    STAND_IN,
    TEXT,
    Kind,
    only,
    read_missing,
    scalar,
    stated,
    text_of,
    words,
)
from cwgrade.schemefile.missing import is_missing, note_gap_as_text, noted_misspelt_gap
from cwgrade.schemefile.numbers import read_fen, read_number, refuse_number, refuse_several
from cwgrade.schemefile.pasted import is_sheet, spread
from cwgrade.schemefile.problems import Found, Path, Wrong
from cwgrade.sources import Citation

__all__ = ["FORMULA_KEYS", "FORM_KEYS", "KEY_OF_UNIT", "UNREAD", "cell_kind", "read_formula"]

_UNITS: Final[Mapping[str, Unit]] = {
    "yuan": Unit.FEN,
    "times": Unit.TIMES,
    "share": Unit.SHARE,
    "grades": Unit.GRADES,
    "months": Unit.MONTHS,
    "points": Unit.POINTS,
    "value": Unit.VALUE,
}
KEY_OF_UNIT: Final = {unit: key for key, unit in _UNITS.items()}
_COMBINED: Final = ("sum", "product", "highest", "lowest")
_TABLE_KEYS: Final = ("by", "otherwise", "bands_of", "from", "boundary")
FORM_KEYS: Final = (*_UNITS, *_COMBINED)
"""The keys of which a formula has exactly one."""
FORMULA_KEYS: Final = (*_UNITS, *_TABLE_KEYS, *_COMBINED, "rounded")
"""The keys of a file that belong to a formula."""
_MOST_CELLS: Final = 5_000
_MOST_NAMES: Final = 100
_DEEPEST: Final = 4
UNREAD: Final = Formula(unit=None, form=Number(cell=STAND_IN))
"""Stands in for a formula that cannot be read."""
_BOUNDARY: Final = stated(words(Boundary), among=tuple(Boundary))
_ROUNDED: Final = stated(ROUNDING)


def read_formula(raw: Mapping[str, Any], path: Path, found: Found) -> Formula:
    """Read a formula from the keys of a definition.

    Args:
        raw: The definition's keys that are in `FORMULA_KEYS`, one of `FORM_KEYS` among them.
        path: Where the definition stands.
        found: Takes the faults.
    """
    forms = [key for key in FORM_KEYS if key in raw]
    rounded = None
    if "rounded" in raw:
        rounded = _ROUNDED.read(raw["rounded"], (*path, "rounded"), found)
    if len(forms) > 1:
        found.add("two-forms", path, value=forms)
        return UNREAD
    (key,) = forms
    if key in _COMBINED:
        for extra in _TABLE_KEYS:
            if extra in raw:
                found.note("key-without-unit", (*path, extra), value=extra, form=key)
        return Formula(
            unit=None, form=_combine(key, raw[key], (*path, key), found), rounded=rounded
        )
    return Formula(unit=_UNITS[key], form=_stated(raw, key, path, found), rounded=rounded)


def _combine(key: str, raw: object, path: Path, found: Found) -> StatedForm:
    names = _names(raw, path, found)
    match key:
        case "sum":
            return Add(parts=names)
        case "product":
            return Product(factors=names)
        case "highest":
            return Highest(of=names)
        case _:
            return Lowest(of=names)


def _names(raw: object, path: Path, found: Found) -> tuple[str, ...]:
    try:
        for place, one in enumerate(raw if isinstance(raw, list) else []):
            refuse_number(one, place, unit="times" if path[-1] == "product" else "yuan")
    except Wrong as wrong:
        found.add(wrong.code, (*path, *wrong.path), **wrong.facts)
        return ()
    if not isinstance(raw, list) or not raw or not all(isinstance(name, str) for name in raw):
        found.add("not-names", path, value=raw)
        return ()
    if len(raw) > _MOST_NAMES:
        found.add("too-many", path, count=len(raw), most=_MOST_NAMES)
        return ()
    return tuple(raw)


def _stated(raw: Mapping[str, Any], key: str, path: Path, found: Found) -> StatedForm:
    if "bands_of" in raw:
        for extra in ("by", "otherwise"):
            if extra in raw:
                found.note("not-with-bands", (*path, extra), value=extra)
        return _bands(raw, key, path, found)
    extras = [extra for extra in ("from", "boundary") if extra in raw]
    for extra in extras:
        found.note("key-without-bands", (*path, extra), value=extra)
    if extras and isinstance(raw[key], list):
        # the values of bands, which are no table
        found.lose((*path, key))
        return Number(cell=STAND_IN)
    if "by" not in raw:
        if "otherwise" in raw:
            found.note("otherwise-without-by", (*path, "otherwise"), value=raw["otherwise"])
        where = (*path, key)
        one = _is_cell(raw[key], key) if isinstance(raw[key], Mapping) else not is_sheet(raw[key])
        if noted_misspelt_gap(raw[key], where, found):
            return Number(cell=STAND_IN)
        if isinstance(raw[key], list) or not one:
            found.add("table-without-by", where, value=raw[key])
            return Number(cell=STAND_IN)
        return Number(cell=_cell(raw[key], key, where, found))
    return _table(raw, key, path, found)


# --- tables ----------------------------------------------------------------------------------------------------------


def _table(raw: Mapping[str, Any], key: str, path: Path, found: Found) -> Table | Number:
    by, where = raw["by"], (*path, "by")
    names = _names([by] if isinstance(by, str) else by, where, found)
    if len(names) > _DEEPEST or len(set(names)) != len(names):
        found.add("bad-table-keys", where, value=list(names), most=_DEEPEST)
        names = ()
    otherwise = None
    if "otherwise" in raw:
        otherwise = _cell(raw["otherwise"], key, (*path, "otherwise"), found)
    cells: list[tuple[tuple[str, ...], Cell]] = []
    if is_missing(raw[key]):
        # the source says what it goes by and prints no table: nobody's value is known
        gap = _cell(raw[key], key, (*path, key), found)
        return Number(cell=gap, instead_of=Table(by=names, cells=(), otherwise=otherwise))
    if names:
        rows = raw[key]
        if is_sheet(rows):
            rows = spread(rows, names, key, (*path, key), found)
        _rows(rows, key, (*path, key), (), names, cells, found)
    if len(cells) > _MOST_CELLS:
        found.add("too-many", (*path, key), count=len(cells), most=_MOST_CELLS)
        cells = []
    return Table(by=names, cells=tuple(cells), otherwise=otherwise)


def _by_rung(
    raw: list[object], name: str, keys: Mapping[str, str], path: Path, found: Found
) -> Mapping[str, object]:
    """Write out a list by grade or step, lowest first as documents print it, as a table.

    Below a post that states its own range, the list has the rungs of that range.
    """
    own = (name, keys.get("post", ""))
    of_post = own in found.rungs_of_post
    rungs = found.rungs_of_post[own] if of_post else found.rungs.get(name)
    if rungs is None and (of_post or name in found.rungs):
        where = f"posts.{own[1]}.{name}s" if of_post else f"{_SECTION_OF[name]}.grades"
        found.add("list-by-open-range", path, value=where, by=name)
        return {}
    if rungs is None:
        # without a ladder `grade` is no name, and that is told where it stands
        found.lose(path)
        return {}
    low, high = rungs
    if len(raw) != high - low + 1:
        found.add("grades-count", path, value=len(raw), count=high - low + 1, low=low, high=high)
        return {}
    for place in range(len(raw)):
        found.wrote((*path, str(low + place)), (*path, place))
    return {str(low + place): cell for place, cell in enumerate(raw)}


def _rows(
    raw: object,
    unit: str,
    path: Path,
    keys: tuple[str, ...],
    names: tuple[str, ...],
    cells: list[tuple[tuple[str, ...], Cell]],
    found: Found,
) -> None:
    depth = len(keys)
    if isinstance(raw, list) and names[depth:] in (("grade",), ("step",)):
        raw = _by_rung(raw, names[-1], dict(zip(names, keys, strict=False)), path, found)
    if noted_misspelt_gap(raw, path, found):
        return
    if not isinstance(raw, Mapping) or _is_cell(raw, unit):
        try:
            refuse_several(raw)
        except Wrong as wrong:
            found.add(wrong.code, path, **wrong.facts)
        else:
            found.add("not-a-table", path, value=raw, by=list(names[depth:]))
        return
    for key, inner in raw.items():
        if depth + 1 == len(names):
            cells.append(((*keys, key), _cell(inner, unit, (*path, key), found)))
        else:
            _rows(inner, unit, (*path, key), (*keys, key), names, cells, found)


# --- bands -----------------------------------------------------------------------------------------------------------


def _bands(raw: Mapping[str, Any], key: str, path: Path, found: Found) -> Steps | Number:
    """Read bands; where values or bounds are missing, nobody's value is known, and the rest is read all the same."""
    gaps = [
        _cell(raw[where], unit, (*path, where), found)
        for where, unit in ((key, key), ("from", ""))
        if is_missing(raw.get(where))
    ]
    of = TEXT.read(raw["bands_of"], (*path, "bands_of"), found)
    boundary: Stated[Boundary] = Boundary.REACHED
    if of == DAY:
        if "boundary" in raw:
            found.note("boundary-of-days", (*path, "boundary"), value=raw["boundary"])
    elif "boundary" in raw:
        boundary = _BOUNDARY.read(raw["boundary"], (*path, "boundary"), found)
    elif not gaps:
        found.note("bands-without-boundary", path)
    bands = Steps(of=of, starts=(), cells=(), boundary=boundary)
    if key == "value":
        found.add("bands-of-values", (*path, key))
    elif "from" in raw or gaps:
        bands = _listed(bands, raw, key, path, found)
    else:
        found.add("days-without-from" if of == DAY else "bands-without-from", path)
    return Number(cell=gaps[0], instead_of=bands) if gaps else bands


def _listed(bands: Steps, raw: Mapping[str, Any], key: str, path: Path, found: Found) -> Steps:
    """Read the values and the bounds of bands, as far as they are printed."""
    printed = [
        (where, raw[where])
        for where in ("from", key)
        if where in raw and not is_missing(raw[where])
    ]
    for where, one in printed:
        if not isinstance(one, list) or not one:
            found.add("not-band-list", (*path, where), value=one)
    lists = {where: one for where, one in printed if isinstance(one, list)}
    if len(lists) < len(printed):
        return bands
    starts, cells = lists.get("from"), lists.get(key)
    if starts and cells and len(starts) != len(cells):
        found.add("bands-do-not-match", (*path, key), value=len(cells), starts=len(starts))
    read = tuple(
        _cell(one, key, (*path, key, place), found) for place, one in enumerate(cells or ())
    )
    start = _START_DAY if bands.of == DAY else _START
    numbers = tuple(
        start.read(one, (*path, "from", place), found) for place, one in enumerate(starts or ())
    )
    printed_ = [place for place, one in enumerate(numbers) if not isinstance(one, Missing)]
    for before, after in itertools.pairwise(printed_):
        if numbers[before] >= numbers[after]:
            facts = {"value": raw["from"][after], "before": raw["from"][before]}
            found.note("bands-not-rising", (*path, "from", after), **facts)
    if starts is not None and cells is not None:
        shared = min(len(numbers), len(read))
        numbers, read = numbers[:shared], read[:shared]
    return attrs.evolve(bands, starts=numbers, cells=read)


_SECTION_OF: Final = {"grade": "ladder", "step": "step"}
_CITED: Final = ("source", "clause")
"""What a single value may say of where it is printed."""
_START: Final = stated(scalar(read_number, None))
_START_DAY: Final = stated(scalar(read_day, None))


# --- cells -----------------------------------------------------------------------------------------------------------


def _is_cell(raw: object, unit: str) -> bool:
    """Tell whether a table is one cell, and no table of cells."""
    if not isinstance(raw, Mapping):
        return False
    if any(key in raw for key in ("missing", "quantity", "readings")):
        return True
    return unit in raw and set(raw) <= {unit, *_CITED}


def cell_kind(key: str) -> Kind:
    """Make the kind of a field that holds one cell: a value, a gap, readings, or another quantity.

    Args:
        key: The key of its unit, such as `times`.
    """
    return Kind(
        lambda raw, path, found: _cell(raw, key, path, found),
        STAND_IN,
        missing=True,
        accepts=of_definition(f"cell_{key}"),
    )


def _cell(raw: object, unit: str, path: Path, found: Found) -> Cell:
    before = len(found.problems)
    cell: Cell = scalar(lambda one: _read_cell(one, unit), STAND_IN).read(raw, path, found)
    note_gap_as_text(raw, path, found, before)
    return cell


def _read_cell(raw: object, unit: str) -> Cell:
    if not isinstance(raw, Mapping):
        return _value(raw, unit)
    if is_missing(raw):
        return read_missing(raw, unit=unit if unit != "value" else "")
    if "quantity" in raw:
        only(raw, ("quantity",))
        return Reference(quantity=text_of(raw["quantity"], "quantity"))
    if "readings" in raw:
        return _readings(raw, unit)
    if _is_cell(raw, unit):
        return Readings(options=(_option(raw, unit, ()),))
    raise Wrong("not-a-cell", value=raw)


def _value(raw: object, unit: str) -> Fraction | str:
    if isinstance(raw, list):
        raise Wrong("not-a-cell", value=raw)
    if unit == "value":
        if not isinstance(raw, str) or not raw.strip():
            raise Wrong(
                "not-a-word" if raw or not isinstance(raw, str) else "empty-word", value=raw
            )
        return raw
    if unit == "yuan":
        return read_fen(raw)
    number = read_number(raw)
    if unit == "share" and not 0 <= number <= 1:
        raise Wrong("share-out-of-range", value=raw)
    if unit == "grades" and number.denominator != 1:
        raise Wrong("wants-whole-number", value=raw)
    return number


def _readings(raw: Mapping[str, Any], unit: str) -> Readings:
    only(raw, ("readings",))
    listed = raw["readings"]
    if not isinstance(listed, list) or len(listed) < 2:  # noqa: PLR2004 -- one reading is no reading
        raise Wrong("not-readings", ("readings",), value=listed, unit=unit)
    options: list[Reading] = []
    for place, one in enumerate(listed):
        where: Path = ("readings", place)
        if not isinstance(one, Mapping) or unit not in one:
            raise Wrong("not-a-reading", where, value=one, unit=unit)
        options.append(_option(one, unit, where))
    return Readings(options=tuple(options))


def _option(one: Mapping[str, Any], unit: str, where: Path) -> Reading:
    """Read a value with a source of its own."""
    try:
        only(one, (unit, "source", "clause"))
        value = _value(one[unit], unit)
    except Wrong as wrong:
        raise Wrong(wrong.code, (*where, *wrong.path), **wrong.facts) from None
    for key in _CITED:
        if key in one:
            text_of(one[key], *where, key)
    if "source" not in one and ("clause" in one or not where):
        raise Wrong("missing-key", where, value="source")
    source = one.get("source")
    citation = Citation(source=source, clause=one.get("clause", "")) if source else None
    return Reading(value=value, citation=citation)
