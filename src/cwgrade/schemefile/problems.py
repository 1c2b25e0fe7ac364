"""Faults inside a file, before their file and line are known, and how the faults of one file are gathered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote

from cwgrade.errors import CwgradeError
from cwgrade.tomlfile import near

__all__ = ["Path", "Problem", "Problems", "problems_in"]

Path = tuple[str | int, ...]


class Problem(Exception):  # noqa: N818 -- becomes a SchemeFault once its line is known
    """One fault at a path relative to where it was found."""

    def __init__(self, code: str, path: Path = (), **facts: object) -> None:
        """Keep the code, the path and the facts."""
        super().__init__(code, path, facts)
        self.code = code
        self.path = path
        self.facts = facts

    def under(self, *path: str | int) -> Problem:
        """Give the same fault below a path."""
        return Problem(self.code, (*path, *self.path), **self.facts)


class Problems(Exception):  # noqa: N818 -- a carrier, never shown
    """Several faults of one value."""

    def __init__(self, found: Sequence[Problem]) -> None:
        """Keep the faults."""
        super().__init__(found)
        self.found = tuple(found)


_HIDDEN = frozenset({"formula"})
"""Fields that a file writes without their own key."""


def problems_in(error: BaseException, path: Path, keys_of: Callable[[type], tuple[str, ...]]) -> Iterator[Problem]:
    """Take a cattrs error apart into faults with their paths.

    Args:
        error: What structuring raised.
        path: Where it was raised.
        keys_of: Gives the keys that a file may write for a class.
    """
    if isinstance(error, Problem):
        yield error.under(*path)
    elif isinstance(error, Problems):
        for one in error.found:
            yield one.under(*path)
    elif isinstance(error, ForbiddenExtraKeysError):
        for name in sorted(error.extra_fields):
            accepted = keys_of(error.cl)
            yield Problem("unknown-key", (*path, name), value=name, near=near(name, accepted), accepted=list(accepted))
    elif isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from problems_in(inner, (*path, *_step(inner)), keys_of)
    elif isinstance(error, KeyError):
        yield Problem("missing-key", path[:-1], value=path[-1] if path else str(error))
    elif isinstance(error, CwgradeError):
        yield Problem(error.code, path, **error.facts)
    else:
        yield Problem("bad-value", path, value=str(error))


def _step(error: BaseException) -> Path:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return () if note.name in _HIDDEN else (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
