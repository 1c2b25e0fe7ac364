"""On which line of a TOML text each key, header and array item stands."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

__all__ = ["LineIndex", "Path"]

Path = tuple[str | int, ...]
"""Keys, and places in arrays counted from 0."""


class LineIndex:
    """The lines of paths; it is filled while a text is walked over and only read afterwards.

    Attributes:
        entries: How many keys, headers and items were entered.
    """

    def __init__(self, text: str) -> None:
        """Note where each line of the text starts."""
        self.entries = 0
        self._starts = (0, *(match.end() for match in re.finditer("\n", text)))
        self._lines: dict[Path, int] = {}
        self._given: dict[Path, int] = {}
        self._arrays: dict[Path, int] = {}

    def line_at(self, place: int) -> int:
        """Give the line of a place in the text, counted from 1."""
        return bisect.bisect_right(self._starts, place)

    def start_of(self, line: int) -> int:
        """Give the place where a line starts; past the last line, the last one's."""
        return self._starts[min(line, len(self._starts)) - 1]

    def line_of(self, path: Sequence[str | int]) -> int | None:
        """Give the line of the nearest key or header that encloses a path."""
        for count in range(len(path), 0, -1):
            line = self._lines.get(tuple(path[:count]))
            if line is not None:
                return line
        return None

    def enter(self, path: Path, place: int, *, header: bool) -> None:
        """Note the line of a path, and of those above it that have none yet.

        Args:
            path: The path.
            place: Where it stands.
            header: Whether it is a section's own header, which is its line whatever came before.
        """
        self.entries += 1
        line = self.line_at(place)
        for count in range(1, len(path)):
            self._lines.setdefault(path[:count], line)
        if header:
            self._lines[path] = line
        self._lines.setdefault(path, line)

    def give(self, path: Path, place: int) -> int:
        """Note that a key is given a value, and give the place where that happened first."""
        return self._given.setdefault(path, place)

    def resolve(self, parts: tuple[str, ...], *, new_item: bool) -> Path:
        """Find a header's table: inside an array of tables it is the latest item.

        Args:
            parts: The header's key.
            new_item: Whether it is a double bracket, which begins an item of its own.
        """
        path: Path = ()
        for part in parts[:-1]:
            path = self._latest((*path, part))
        path = (*path, parts[-1])
        if not new_item:
            return self._latest(path)
        self._arrays[path] = self._arrays.get(path, -1) + 1
        return (*path, self._arrays[path])

    def _latest(self, path: Path) -> Path:
        return (*path, self._arrays[path]) if path in self._arrays else path
