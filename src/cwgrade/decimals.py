"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

__all__ = ["decimal_text"]


def decimal_text(number: int | Fraction) -> str:
    """Write a number exactly: as a decimal where it ends, otherwise as a fraction.

    Args:
        number: The number.

    Examples:
        >>> decimal_text(Fraction(121, 100)), decimal_text(Fraction(1, 3)), decimal_text(84)
        ('1.21', '1/3', '84')
    """
    exact = Fraction(number)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest > 1:
        return str(exact)
    return format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")
