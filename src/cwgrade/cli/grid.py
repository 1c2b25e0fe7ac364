"""A scheme's tables as documents print them: posts as in the file, grades ascending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from cwgrade.cli.cells import cell_text, decimals_of, key_label, label_of, number_text
from cwgrade.cli.needs import reached
from cwgrade.gaps import Missing
from cwgrade.quantities import DAY, Clamp, Definition, Steps, Table, Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.wording import Language, say, term

__all__ = ["Block", "blocks_of"]

_PLACE: Final = frozenset({"post", "grade"})
_COUNTED: Final = (Unit.FEN, Unit.GRADES, Unit.MONTHS, Unit.YEARS, Unit.POINTS)
"""Units that a heading names; a share or a factor says so in its label."""


@attrs.frozen(kw_only=True)
class Block:
    """One printed table.

    Attributes:
        title: Its heading.
        rows: Its cells, the header first.
        numbers: Whether its columns after the first hold numbers.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    numbers: bool = True


def blocks_of(version: SchemeVersion, lang: Language) -> tuple[Block, ...]:
    """Give the tables and bands of a scheme in the file's order; what goes by post alone is one."""
    blocks: list[Block] = []
    by_post: list[tuple[Definition, Table]] = []
    probation: list[tuple[Definition, Table]] = []
    for definition in reached(version):
        quantity = definition.quantity
        if isinstance(quantity, Steps):
            blocks.append(_bands(version, definition, quantity, lang))
        elif isinstance(quantity, Table) and definition.path == "probation.times":
            probation.append((definition, quantity))
        elif isinstance(quantity, Table) and quantity.by == ("post",):
            by_post.append((definition, quantity))
        elif isinstance(quantity, Table) and _PLACE.issuperset(quantity.by):
            blocks.append(_by_grade(version, definition, quantity, lang))
        elif isinstance(quantity, Table):
            blocks.append(_by_facts(version, definition, quantity, lang))
    if by_post:
        blocks.insert(0, _by_post(version, by_post, lang))
    if probation:
        blocks.append(_on_probation(version, probation, lang))
    return tuple(blocks)


def _title(definition: Definition, lang: Language) -> str:
    clause = f"; {definition.citation}" if definition.citation else ""
    return f"{_with_unit(definition, lang)} [{definition.path}{clause}]"


def _with_unit(definition: Definition, lang: Language) -> str:
    label = str(getattr(definition.label, lang))
    if definition.unit not in _COUNTED:
        return label
    unit = term("yuan" if definition.unit is Unit.FEN else str(definition.unit), lang)
    return say("cli-show-unit", {"label": label, "unit": unit}, lang)


def _by_post(
    version: SchemeVersion, tables: Sequence[tuple[Definition, Table]], lang: Language
) -> Block:
    rows = [(term("post", lang), *(_with_unit(definition, lang) for definition, _ in tables))]
    for post in version.posts:
        cells = (_looked_up(version, one, table, (post.id,), lang) for one, table in tables)
        rows.append((str(getattr(post.label, lang)), *cells))
    return Block(title=say("cli-show-by-post", {}, lang), rows=tuple(rows))


def _on_probation(
    version: SchemeVersion, tables: Sequence[tuple[Definition, Table]], lang: Language
) -> Block:
    """Put the shares that components have during probation into one table."""
    rows = [(say("cli-show-component", {}, lang), term("on_probation", lang))]
    for definition, table in tables:
        name = definition.name.removeprefix("probation.")
        share = cell_text(version, table.cell(("yes",)), definition.unit, lang)
        rows.append((label_of(version, f"pay.{name}", lang), share))
    return Block(title=_title(tables[0][0], lang), rows=tuple(rows))


def _looked_up(
    version: SchemeVersion,
    definition: Definition,
    table: Table,
    keys: tuple[str, ...],
    lang: Language,
) -> str:
    decimals = decimals_of(cell for _, cell in table.cells)
    return cell_text(version, table.cell(keys), definition.unit, lang, decimals=decimals)


def _by_grade(
    version: SchemeVersion, definition: Definition, table: Table, lang: Language
) -> Block:
    """Set grades down and posts across; a post has no cell beyond its range."""
    ranges = _ranges(version)
    lowest = min((low for low, _ in ranges.values()), default=1)
    highest = max((high for _, high in ranges.values()), default=0)
    header = (term("grade", lang), *(str(getattr(post.label, lang)) for post in version.posts))
    rows = [header]
    for grade in range(lowest, highest + 1):
        cells = []
        for post in version.posts:
            low, high = ranges.get(post.id, (lowest, highest))
            named = {"grade": str(grade), "post": post.id}
            keys = tuple(named[name] for name in table.by)
            cells.append(
                _looked_up(version, definition, table, keys, lang) if low <= grade <= high else ""
            )
        rows.append((str(grade), *cells))
    return Block(title=_title(definition, lang), rows=tuple(rows))


def _ranges(version: SchemeVersion) -> dict[str, tuple[int, int]]:
    grade = version.normal_form.get("grade")
    if grade is None or not isinstance(grade.quantity, Clamp):
        return {}
    return {post: (low, high) for post, low, high in grade.quantity.ranges}


def _keys(version: SchemeVersion, name: str, listed: Iterable[str]) -> list[str]:
    """Give the keys of one dimension: posts as in the file, values of a fact as declared."""
    posts = [post.id for post in version.posts] if name == "post" else []
    order = [*posts, *(version.values_of(name) or ())]
    seen = list(dict.fromkeys(listed))
    if name in ("grade", "step"):
        return sorted(seen, key=lambda key: (len(key), key))
    return [key for key in order if key in seen] + [key for key in seen if key not in order]


def _by_facts(
    version: SchemeVersion, definition: Definition, table: Table, lang: Language
) -> Block:
    """Set the first key down and, of two, the second across; more are written out row by row."""
    names = table.by
    listed = [
        _keys(version, name, (keys[place] for keys, _ in table.cells))
        for place, name in enumerate(names)
    ]
    title = _title(definition, lang)
    rows: list[tuple[str, ...]]
    if len(names) == 2:  # noqa: PLR2004 -- down and across
        down, across = listed
        corner = f"{label_of(version, names[0], lang)} \\ {label_of(version, names[1], lang)}"
        rows = [(corner, *(key_label(version, names[1], key, lang) for key in across))]
        for key in down:
            cells = (_looked_up(version, definition, table, (key, other), lang) for other in across)
            rows.append((key_label(version, names[0], key, lang), *cells))
    else:
        rows = [
            (*(label_of(version, name, lang) for name in names), say("cli-show-value", {}, lang))
        ]
        for keys, cell in sorted(
            table.cells,
            key=lambda pair: [order.index(key) for order, key in zip(listed, pair[0], strict=True)],
        ):
            labels = (
                key_label(version, name, key, lang) for name, key in zip(names, keys, strict=True)
            )
            rows.append((*labels, cell_text(version, cell, definition.unit, lang)))
    if table.otherwise is not None:
        rest = [""] * (len(rows[0]) - 2)
        rows.append(
            (
                say("cli-show-otherwise", {}, lang),
                *rest,
                cell_text(version, table.otherwise, definition.unit, lang),
            )
        )
    return Block(title=title, rows=tuple(rows))


def _boundary(bands: Steps, lang: Language) -> str:
    if isinstance(bands.boundary, Missing):
        return say("cli-show-not-stated", {}, lang)
    return term(str(bands.boundary), lang)


def _bands(version: SchemeVersion, definition: Definition, bands: Steps, lang: Language) -> Block:
    of = label_of(version, bands.of, lang)
    edge = "" if bands.of == DAY else f" ({_boundary(bands, lang)})"
    rows = [(f"{of}{edge}", say("cli-show-value", {}, lang))]
    inner = version.normal_form.get(bands.of)
    unit = inner.unit if inner is not None else Unit.VALUE
    for start, cell in zip(bands.starts, bands.cells, strict=True):
        told = (
            say("cli-show-not-stated", {}, lang)
            if isinstance(start, Missing)
            else number_text(start, unit)
        )
        begins = say("cli-show-from", {"start": told}, lang)
        rows.append((begins, cell_text(version, cell, definition.unit, lang)))
    return Block(title=_title(definition, lang), rows=tuple(rows))
