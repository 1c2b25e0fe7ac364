"""The exceptions of cwgrade: codes and facts; the words stand in `cwgrade.wording`.

Two families. The scheme is wrong: its author mends it (`SchemeFileError` holds one `SchemeFault` for each fault).
This case cannot be decided: `CannotDecide`, raised only when a bare value is asked of an outcome that has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Self, TypeVar

from cwgrade import wording

__all__ = [
    "ArgumentError",
    "CannotDecide",
    "CwgradeError",
    "FaultGroup",
    "FiguresDiffer",
    "FileFault",
    "HeaderWarning",
    "MissingExtra",
    "NotInForce",
    "RosterFileError",
    "SchemeFault",
    "SchemeFileError",
    "SeriesFileError",
    "WorkerFault",
    "WorkerFileError",
    "alike",
    "told_once",
]

_LINES_SHOWN: Final = 10


class CwgradeError(Exception):
    """The base of every error that cwgrade raises on purpose.

    Attributes:
        code: A stable name of the kind of error, such as `"not-in-force"`.
        facts: What the message is built from; every value is shown as it was given.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and the facts; the text is made when it is asked for."""
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def text(self, lang: wording.Language = "en") -> str:
        """Say the error in a language.

        Args:
            lang: `"en"` or `"zh"`.

        Examples:
            >>> ArgumentError("bad-month", value=13).text("zh")
            '月份应为 1 到 12 的整数，给出的是 13。'
        """
        return wording.say(self.code, self.facts, lang)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.facts))


def _rebuild(kind: type[CwgradeError], code: str, facts: dict[str, object]) -> CwgradeError:
    return kind(code, **facts)


class ArgumentError(CwgradeError, ValueError):
    """A value was passed that cannot be what the function asks for."""


class NotInForce(CwgradeError, LookupError):  # noqa: N818 -- a state of the law, named as offices name it
    """No version of the scheme is known to apply on the day asked for."""


class CannotDecide(CwgradeError):  # noqa: N818 -- says what happened
    """A bare value was asked of an outcome that has none."""


class MissingExtra(CwgradeError, ImportError):  # noqa: N818 -- says what happened
    """An optional library is not installed; the message names the extra."""


class FiguresDiffer(CwgradeError, ValueError):  # noqa: N818 -- says what happened
    """Two sources print different figures of one statistic; the message shows both."""


class FileFault(CwgradeError):  # noqa: N818 -- one fault of many
    """One fault in a file that people write: where it is, what stands there, how to mend it.

    Attributes:
        file: The file's name as it was given.
        path: The place inside it, such as `pay.post_pay.yuan.deputy` or a column's name.
        line: The line, counted from 1, where known.
    """

    def __init__(
        self, code: str, *, file: str = "", path: str = "", line: int | None = None, **facts: object
    ) -> None:
        """Keep where the fault is beside what it is."""
        super().__init__(code, **facts)
        self.file = file
        self.path = path
        self.line = line

    def text(self, lang: wording.Language = "en") -> str:
        """Say where the fault is and what it is."""
        where = self.file
        if self.line is not None:
            where = (
                f"{where}:{self.line}"
                if where
                else wording.say("at-line", {"line": self.line}, lang)
            )
        parts = [part for part in (where, self.path) if part]
        told = wording.say(self.code, self.facts, lang)
        return ": ".join([*parts, told]) if parts else told

    def located(self, *, file: str, line: int | None) -> Self:
        """Give the same fault with its file and line."""
        return type(self)(self.code, file=file, path=self.path, line=line, **self.facts)

    def __reduce__(self) -> tuple[object, ...]:
        return (
            _rebuild_fault,
            (type(self), self.code, self.file, self.path, self.line, self.facts),
        )


def _rebuild_fault(
    kind: type[FileFault],
    code: str,
    file: str,
    path: str,
    line: int | None,
    facts: dict[str, object],
) -> FileFault:
    return kind(code, file=file, path=path, line=line, **facts)


class SchemeFault(FileFault):
    """One fault of a scheme file."""


class WorkerFault(FileFault):
    """One fault of a worker, roster or case file."""


class HeaderWarning(UserWarning):
    """The header of a dataframe looks like a slip of a known one; its column passes through unread."""


class FaultGroup(CwgradeError, ExceptionGroup[FileFault]):  # noqa: N818 -- a group of them
    """All faults of one file at once."""

    def __new__(cls, faults: Sequence[FileFault]) -> Self:
        """Make the group; an empty one is refused by `ExceptionGroup`."""
        return super().__new__(cls, "faults", list(faults))

    def __init__(self, faults: Sequence[FileFault]) -> None:
        """Keep the faults in file order."""
        self.code = "faults"
        self.facts = {"count": len(faults)}

    def derive(self, excs: Sequence[Exception], /) -> Self:  # type: ignore[override]
        """Make a group of the same kind from some of the faults."""
        return type(self)([fault for fault in excs if isinstance(fault, FileFault)])

    def text(self, lang: wording.Language = "en") -> str:
        """Say every fault, one a line; what stands alike in many rows is said once, with the first of them."""
        faults = (fault for fault in self.exceptions if isinstance(fault, FileFault))
        return "\n".join(told_once(same, lang) for same in alike(faults))

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (list(self.exceptions),))


class SchemeFileError(FaultGroup):
    """A scheme file, or the facts file beside it, is faulty; `exceptions` holds one `SchemeFault` for each fault."""


class SeriesFileError(FaultGroup):
    """A series file is faulty, or contradicts a figure that is on file."""


class WorkerFileError(FaultGroup):
    """A worker or case file is faulty."""


class RosterFileError(FaultGroup):
    """A roster cannot be read as a roster at all: no header, unknown file kind, past the limits."""


_Fault = TypeVar("_Fault", bound=FileFault)


def alike(faults: Iterable[_Fault]) -> tuple[tuple[_Fault, ...], ...]:
    """Put faults together that differ in their line alone, in the order of the first of each.

    Args:
        faults: The faults, in file order.

    Examples:
        >>> found = [
        ...     WorkerFault("cell-not-yuan", path="工资", line=n, value=v)
        ...     for n, v in [(2, "a"), (3, "b"), (4, "a")]
        ... ]
        >>> [[one.line for one in same] for same in alike(found)]
        [[2, 4], [3]]
    """
    found: dict[tuple[str, ...], list[_Fault]] = {}
    for fault in faults:
        key = (fault.code, fault.file, fault.path, repr(fault.facts))
        found.setdefault(key, []).append(fault)
    return tuple(map(tuple, found.values()))


def told_once(same: Sequence[FileFault], lang: wording.Language = "en") -> str:
    """Say a fault that stands in several lines: once, with how often and the first of them.

    Args:
        same: One of the groups that `alike` gives.
        lang: `"en"` or `"zh"`.
    """
    text = same[0].text(lang)
    lines = [fault.line for fault in same if fault.line is not None]
    if len(same) == 1 or not lines:
        return text
    more = ["…"] if len(lines) > _LINES_SHOWN else []
    facts = {"text": text, "count": len(same), "rows": [*lines[:_LINES_SHOWN], *more]}
    return wording.say("faults-alike", facts, lang)
