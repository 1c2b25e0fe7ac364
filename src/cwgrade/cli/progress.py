"""How far a long command has come: one line on a terminal that goes away, nothing in a pipe or for a short roster."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

__all__ = ["with_progress"]

T = TypeVar("T")

_SHORT: Final = 1000
_WIDTH: Final = 30
_MARKS: Final = 100


def with_progress(items: Iterable[T], count: int) -> Iterator[T]:
    """Give items one by one and show on standard error how many of them are done.

    Args:
        items: The items.
        count: How many they are.
    """
    if count < _SHORT or not sys.stderr.isatty():
        yield from items
        return
    try:
        for done, item in enumerate(items):
            if done * _MARKS // count != (done - 1) * _MARKS // count:
                full = done * _WIDTH // count
                bar = "#" * full + "." * (_WIDTH - full)
                sys.stderr.write(f"\r[{bar}] {done * _MARKS // count:3d}% {done:,}/{count:,}")
                sys.stderr.flush()
            yield item
    finally:
        # the line is wiped, so that messages start on an empty one
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
