"""Which of several printed values holds."""

from __future__ import annotations

from fractions import Fraction

from cwgrade.choices import Choices
from cwgrade.facts import StatedField, settle
from cwgrade.gaps import Missing, Reading
from cwgrade.money import yuan_text
from cwgrade.quantities import Unit

__all__ = ["reading_of"]


def reading_of(choices: Choices, options: tuple[Reading, ...], path: str, unit: Unit) -> int:
    """Give the place of the printed value that this run tries.

    Args:
        choices: The run's answers.
        options: What is printed.
        path: The field of the scheme.
        unit: What the values count.
    """
    printed = tuple(_Printed(place, one, unit) for place, one in enumerate(options))
    field = StatedField(path=path, stated=Missing(why="several-readings"), readings=printed)
    (chosen,) = settle(choices, (field,), lambda one: options[one[0].place].value)
    place: int = chosen.place
    return place


class _Printed:
    """One of several printed values, shown as a reader of the source knows it: money in yuan."""

    def __init__(self, place: int, reading: Reading, unit: Unit) -> None:
        self.place = place
        value = reading.value
        self._text = (
            yuan_text(value) if unit is Unit.FEN and isinstance(value, Fraction) else str(value)
        )

    def __str__(self) -> str:
        return self._text
