"""The cells, keys and names of a scheme's tables in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from cwgrade.decimals import decimal_text
from cwgrade.gaps import Cell, Missing, Readings, Reference
from cwgrade.money import yuan_text
from cwgrade.quantities import Unit
from cwgrade.scheme import SchemeVersion
from cwgrade.statement.words import Words
from cwgrade.wording import Language, say, term

__all__ = ["cell_text", "decimals_of", "key_label", "label_of", "number_text"]


def number_text(number: Fraction | date, unit: Unit, *, decimals: int = 0) -> str:
    """Write a number as a document prints it: amounts in yuan, others as decimals where they end, days as days.

    Args:
        number: The number.
        unit: Its unit.
        decimals: How many decimals its neighbours have; 1.5 is then printed as 1.50.

    Examples:
        >>> (
        ...     number_text(Fraction(436100), Unit.FEN),
        ...     number_text(Fraction(3, 2), Unit.TIMES, decimals=2),
        ...     number_text(Fraction(1, 3), Unit.SHARE),
        ... )
        ('4361.00', '1.50', '1/3')
    """
    if isinstance(number, date):
        return number.isoformat()
    if unit is Unit.FEN:
        return yuan_text(number)
    text = decimal_text(number)
    if not decimals or "/" in text:
        return text
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest:0<{decimals}}"


def decimals_of(cells: Iterable[Cell | None]) -> int:
    """Count the decimals of the longest number among cells."""
    texts = (decimal_text(cell) for cell in cells if isinstance(cell, Fraction))
    return max((len(text.partition(".")[2]) for text in texts if "/" not in text), default=0)


def cell_text(
    version: SchemeVersion, cell: Cell | None, unit: Unit, lang: Language, *, decimals: int = 0
) -> str:
    """Write a cell; what the source does not give is shown as such."""
    match cell:
        case None:
            return ""
        case Missing():
            return say("cli-show-not-stated", {}, lang)
        case Readings(options=options):
            values = (
                cell_text(version, one.value, unit, lang, decimals=decimals) for one in options
            )
            return say("cli-show-or", {}, lang).join(values)
        case Reference(quantity=name):
            return f"= {label_of(version, name, lang)}"
        case Fraction():
            return number_text(cell, unit, decimals=decimals)
        case _:
            return Words(lang, version=version).any_value(cell)


def label_of(version: SchemeVersion, name: str, lang: Language) -> str:
    """Give the printed name of a quantity; a national fact has none of its own."""
    definition = version.normal_form.get(name)
    if definition is None or definition.label.zh == name:
        return term(name, lang)
    return str(getattr(definition.label, lang))


def key_label(version: SchemeVersion, name: str, key: str, lang: Language) -> str:
    """Give the printed name of a key of a table: a post's label, or the word for a fact's value."""
    printed = version.value_label(name, key)
    if printed is not None:
        return str(getattr(printed, lang))
    told = term(f"{name}.{key}", lang)
    return told if told != f"{name}.{key}" else Words(lang, version=version).any_value(key)
