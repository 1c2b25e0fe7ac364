"""Arguments of a command in tests: some by default, others in their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["with_others"]

_SEVERAL: Final = ("--scheme",)
"""Options that commands about months take several times."""


def with_others(usual: Sequence[str], others: Sequence[str]) -> list[str]:
    """Give arguments, without those usual ones whose option stands among the others.

    Args:
        usual: Options, each with its value.
        others: Further arguments.

    Examples:
        >>> with_others(("--from", "2018-07", "--to", "2018-08"), ("--to", "2018-09"))
        ['--from', '2018-07', '--to', '2018-09']
    """
    taken = set(others).difference(_SEVERAL)
    pairs = zip(usual[::2], usual[1::2], strict=True)
    return [*(text for pair in pairs if pair[0] not in taken for text in pair), *others]
