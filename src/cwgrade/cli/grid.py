"""A scheme's tables as documents print them: posts in the order of the file, grades ascending, gaps shown as gaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.cli.needs import reached
from cwgrade.gaps import Cell, Missing, Readings, Reference
from cwgrade.money import yuan_text
from cwgrade.quantities import Clamp, Definition, Steps, Table, Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.statement.words import decimal_text
from cwgrade.wording import Language, say, term

__all__ = ["Block", "blocks_of", "cell_text", "label_of", "number_text"]

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
    """Give the tables and bands of a scheme, in the order of its file; all amounts by post alone in one table."""
    blocks: list[Block] = []
    by_post: list[Definition] = []
    probation: list[tuple[Definition, Table]] = []
    for definition in reached(version):
        quantity = definition.quantity
        if isinstance(quantity, Steps):
            blocks.append(_bands(version, definition, quantity, lang))
        elif isinstance(quantity, Table) and quantity.by == ("on_probation",):
            probation.append((definition, quantity))
        elif isinstance(quantity, Table) and quantity.by == ("post",):
            by_post.append(definition)
        elif isinstance(quantity, Table) and _PLACE.issuperset(quantity.by):
            blocks.append(_by_grade(version, definition, quantity, lang))
        elif isinstance(quantity, Table):
            blocks.append(_by_facts(version, definition, quantity, lang))
    if by_post:
        blocks.insert(0, _by_post(version, by_post, lang))
    if probation:
        blocks.append(_on_probation(version, probation, lang))
    return tuple(blocks)


def number_text(number: Fraction, unit: Unit, *, decimals: int = 0) -> str:
    """Write a number as a document prints it: amounts in yuan, others as decimals where they end.

    Args:
        number: The number.
        unit: Its unit.
        decimals: How many decimals its neighbours have; 1.5 is then printed as 1.50.

    Examples:
        >>> number_text(Fraction(436100), Unit.FEN), number_text(Fraction(3, 2), Unit.TIMES, decimals=2), number_text(Fraction(1, 3), Unit.SHARE)
        ('4361.00', '1.50', '1/3')
    """
    if unit is Unit.FEN:
        return yuan_text(number)
    text = decimal_text(number)
    if not decimals or "/" in text:
        return text
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest:0<{decimals}}"


def _decimals(cells: Iterable[Cell | None]) -> int:
    texts = (decimal_text(cell) for cell in cells if isinstance(cell, Fraction))
    return max((len(text.partition(".")[2]) for text in texts if "/" not in text), default=0)


def cell_text(version: SchemeVersion, cell: Cell | None, unit: Unit, lang: Language, *, decimals: int = 0) -> str:
    """Write a cell; what the source does not give is shown as such."""
    match cell:
        case None:
            return ""
        case Missing():
            return say("cli-show-not-stated", {}, lang)
        case Readings(options=options):
            values = (cell_text(version, one.value, unit, lang, decimals=decimals) for one in options)
            return say("cli-show-or", {}, lang).join(values)
        case Reference(quantity=name):
            return f"= {label_of(version, name, lang)}"
        case Fraction():
            return number_text(cell, unit, decimals=decimals)
        case _:
            return cell


def label_of(version: SchemeVersion, name: str, lang: Language) -> str:
    """Give the printed name of a quantity; a national fact has none of its own."""
    definition = version.normal_form.get(name)
    if definition is None or definition.label.zh == name:
        return term(name, lang)
    return str(getattr(definition.label, lang))


def key_label(version: SchemeVersion, name: str, key: str, lang: Language) -> str:
    """Give the printed name of a key of a table: a post's label, or the word for a fact's value."""
    post = version.post(key) if name == "post" else None
    if post is not None:
        return str(getattr(post.label, lang))
    for word in (f"{name}.{key}", key):
        told = term(word, lang)
        if told != word:
            return told
    return key


def _title(definition: Definition, lang: Language) -> str:
    clause = f"; {definition.citation}" if definition.citation else ""
    return f"{_with_unit(definition, lang)} [{definition.path}{clause}]"


def _with_unit(definition: Definition, lang: Language) -> str:
    label = str(getattr(definition.label, lang))
    if definition.unit not in _COUNTED:
        return label
    unit = term("yuan" if definition.unit is Unit.FEN else str(definition.unit), lang)
    return say("cli-show-unit", {"label": label, "unit": unit}, lang)


def _by_post(version: SchemeVersion, definitions: Sequence[Definition], lang: Language) -> Block:
    rows = [(term("post", lang), *(_with_unit(definition, lang) for definition in definitions))]
    for post in version.posts:
        cells = (_looked_up(version, definition, (post.id,), lang) for definition in definitions)
        rows.append((str(getattr(post.label, lang)), *cells))
    return Block(title=say("cli-show-by-post", {}, lang), rows=tuple(rows))


def _on_probation(version: SchemeVersion, tables: Sequence[tuple[Definition, Table]], lang: Language) -> Block:
    """Put the shares that components have during probation into one table."""
    rows = [(say("cli-show-component", {}, lang), term("on_probation", lang))]
    for definition, table in tables:
        name = definition.name.removeprefix("probation.")
        share = cell_text(version, table.cell(("yes",)), definition.unit, lang)
        rows.append((label_of(version, f"pay.{name}", lang), share))
    return Block(title=_title(tables[0][0], lang), rows=tuple(rows))


def _looked_up(version: SchemeVersion, definition: Definition, keys: tuple[str, ...], lang: Language) -> str:
    quantity = definition.quantity
    if not isinstance(quantity, Table):
        return ""
    decimals = _decimals(cell for _, cell in quantity.cells)
    return cell_text(version, quantity.cell(keys), definition.unit, lang, decimals=decimals)


def _by_grade(version: SchemeVersion, definition: Definition, table: Table, lang: Language) -> Block:
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
            cells.append(_looked_up(version, definition, keys, lang) if low <= grade <= high else "")
        rows.append((str(grade), *cells))
    return Block(title=_title(definition, lang), rows=tuple(rows))


def _ranges(version: SchemeVersion) -> dict[str, tuple[int, int]]:
    grade = version.normal_form.get("grade")
    if grade is None or not isinstance(grade.quantity, Clamp):
        return {}
    return {post: (low, high) for post, low, high in grade.quantity.ranges}


def _keys(version: SchemeVersion, name: str, listed: Iterable[str]) -> list[str]:
    """Give the keys of one dimension: posts as in the file, values of a fact as declared, others as they are listed."""
    posts = [post.id for post in version.posts] if name == "post" else []
    order = [*posts, *(version.values_of(name) or ())]
    seen = list(dict.fromkeys(listed))
    if name == "grade":
        return sorted(seen, key=lambda key: (len(key), key))
    return [key for key in order if key in seen] + [key for key in seen if key not in order]


def _by_facts(version: SchemeVersion, definition: Definition, table: Table, lang: Language) -> Block:
    """Set the first key down and, where there are two, the second across; more keys are written out row by row."""
    names = table.by
    listed = [_keys(version, name, (keys[place] for keys, _ in table.cells)) for place, name in enumerate(names)]
    title = _title(definition, lang)
    rows: list[tuple[str, ...]]
    if len(names) == 2:  # noqa: PLR2004 -- down and across
        down, across = listed
        corner = f"{label_of(version, names[0], lang)} \\ {label_of(version, names[1], lang)}"
        rows = [(corner, *(key_label(version, names[1], key, lang) for key in across))]
        for key in down:
            cells = (_looked_up(version, definition, (key, other), lang) for other in across)
            rows.append((key_label(version, names[0], key, lang), *cells))
    else:
        rows = [(*(label_of(version, name, lang) for name in names), say("cli-show-value", {}, lang))]
        for keys, cell in sorted(
            table.cells, key=lambda pair: [order.index(key) for order, key in zip(listed, pair[0], strict=True)]
        ):
            labels = (key_label(version, name, key, lang) for name, key in zip(names, keys, strict=True))
            rows.append((*labels, cell_text(version, cell, definition.unit, lang)))
    if table.otherwise is not None:
        rest = [""] * (len(rows[0]) - 2)
        rows.append(
            (say("cli-show-otherwise", {}, lang), *rest, cell_text(version, table.otherwise, definition.unit, lang))
        )
    return Block(title=title, rows=tuple(rows))


def _bands(version: SchemeVersion, definition: Definition, bands: Steps, lang: Language) -> Block:
    of = label_of(version, bands.of, lang)
    edge = term(str(bands.boundary), lang)
    rows = [(f"{of} ({edge})", say("cli-show-value", {}, lang))]
    inner = version.normal_form.get(bands.of)
    unit = inner.unit if inner is not None else Unit.VALUE
    for start, cell in zip(bands.starts, bands.cells, strict=True):
        begins = say("cli-show-from", {"start": number_text(start, unit)}, lang)
        rows.append((begins, cell_text(version, cell, definition.unit, lang)))
    return Block(title=_title(definition, lang), rows=tuple(rows))
