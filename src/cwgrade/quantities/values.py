"""What the primitives mean: pure functions of exact numbers and gaps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

from cwgrade.gaps import Gap, Missing
from cwgrade.ladder import Boundary
from cwgrade.reasons import Step, StepValue

__all__ = ["Exact", "as_number", "bands_at", "clamp", "combine_values", "gap_of", "tidy"]


Exact = int | Fraction
"""An exact number; whole ones are ints."""


def combine_values(parts: Sequence[Step], how: Callable[[list[Exact]], Exact]) -> StepValue:
    """Combine the results of steps, or give their gaps: a sum over a gap is not a sum.

    A gap times a known zero is still a gap: whether the source would have said so is not known.

    Args:
        parts: Steps with numbers.
        how: What to do with the numbers.
    """
    if any(isinstance(part.result, tuple) for part in parts):
        return tuple(dict.fromkeys(gap for part in parts for gap in part.gaps))
    return tidy(how([as_number(part.result) for part in parts]))


def as_number(value: StepValue) -> Exact:
    """Give a step's result as a number; the loader has checked that it is one."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        msg = f"not a number: {value!r}"
        raise TypeError(msg)
    return value


def tidy(number: Exact) -> Exact:
    """Give a whole number as an int."""
    return number.numerator if number.denominator == 1 else number


def bands_at(
    at: Exact | date, starts: Sequence[Exact | date | Missing], boundary: Boundary
) -> tuple[int, ...]:
    """Give the places of the bands that a number or a day may fall into; -1 below the first.

    It is one band, unless the source leaves out where the next ones begin.

    Examples:
        >>> bands_at(Fraction(10), (Fraction(5), Fraction(10)), Boundary.REACHED)
        (1,)
        >>> bands_at(Fraction(10), (Fraction(5), Fraction(10)), Boundary.EXCEEDED)
        (0,)
        >>> bands_at(date(2012, 6, 30), (date(2011, 7, 1), date(2012, 7, 1)), Boundary.REACHED)
        (0,)
        >>> bands_at(Fraction(7), (Fraction(5), Missing(why="illegible")), Boundary.REACHED)
        (0, 1)
    """
    number, least = _ordinal(at), -1
    for place, one in enumerate(starts):
        if isinstance(one, Missing):
            continue
        start = _ordinal(one)
        if number == start:
            # bounds rise, so that it lies above each bound before this one and below each after it
            return (place if boundary is Boundary.REACHED else place - 1,)
        if number < start:
            break
        least = place
    after = least + 1
    while after < len(starts) and isinstance(starts[after], Missing):
        after += 1
    return tuple(range(least, after))


def _ordinal(at: Exact | date) -> Exact:
    return at.toordinal() if isinstance(at, date) else at


def clamp(number: Exact, low: int, high: int) -> Exact:
    """Bring a number into a range; what is above the top is not carried over.

    Examples:
        >>> clamp(14, 1, 12)
        12
    """
    return max(low, min(high, number))


def gap_of(cell: Missing, path: str) -> Gap:
    """Give a missing cell as a gap with its path."""
    return Gap(path=path, why=cell.why, zh=cell.zh, bounds=cell.bounds)
