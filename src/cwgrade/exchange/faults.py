"""From what went wrong while data was read to faults with their path and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

import attrs
import cattrs

from cwgrade.errors import CwgradeError, FaultGroup, FileFault, WorkerFault, WorkerFileError
from cwgrade.exchange.strict import STRICT
from cwgrade.schemefile.suggest import offer
from cwgrade.tomlfile import near, path_text
from cwgrade.tomlfile.slips import day_meant

__all__ = ["LineOf", "Path", "no_line", "read_strictly", "worker_faults"]

_DAYS: Final = ("not-a-day", "not-a-month")
Path = tuple[str | int, ...]
LineOf = Callable[[Sequence[str | int]], int | None]
T = TypeVar("T")


def no_line(_path: Sequence[str | int]) -> int | None:
    """Give no line: the data is no file."""
    return None


def read_strictly(
    plain: object, kind: type[T], *, file: str = "", line_of: LineOf = no_line, under: Path = ()
) -> T:
    """Make a value of plain data, or raise all faults at once.

    Args:
        plain: What was read from JSON or TOML.
        kind: The class to make.
        file: The file's name, for messages.
        line_of: Gives the line of a path.
        under: The path of the data inside its file.

    Raises:
        WorkerFileError: It is no such data; one fault for each thing that is wrong.
    """
    try:
        return STRICT.structure(plain, kind)
    except (cattrs.BaseValidationError, CwgradeError) as error:
        faults = [
            WorkerFault(code, file=file, path=path_text(path), line=line_of(path), **facts)
            for code, path, facts in _leaves(error, under, None)
        ]
        raise WorkerFileError(sorted(faults, key=lambda fault: fault.line or 0)) from None


def worker_faults(group: FaultGroup) -> WorkerFileError:
    """Give the faults of a TOML text as faults of a worker or case file."""
    return WorkerFileError(
        [
            WorkerFault(
                fault.code, file=fault.file, path=fault.path, line=fault.line, **fault.facts
            )
            for fault in group.exceptions
            if isinstance(fault, FileFault)
        ]
    )


_Leaf = tuple[str, Path, dict[str, Any]]


def _leaves(error: Exception, path: Path, kind: type | None) -> Iterator[_Leaf]:
    """Walk down to what is really wrong, and collect the path on the way."""
    match error:
        case cattrs.ClassValidationError() | cattrs.IterableValidationError():
            inner = error.cl if isinstance(error, cattrs.ClassValidationError) else None
            for one in error.exceptions:
                yield from _leaves(one, (*path, *_step(one)), inner)
        case cattrs.ForbiddenExtraKeysError():
            accepted = [field.name for field in attrs.fields(error.cl) if field.init]
            for key in sorted(error.extra_fields, key=str):
                facts = {"value": key, "near": near(str(key), accepted), "accepted": accepted}
                yield "unknown-key", (*path, str(key)), facts
        case KeyError():
            yield "missing-key", path[:-1], {"value": str(error.args[0])}
        case CwgradeError():
            yield error.code, (*path, *_named(error, kind)), _with_near(error.code, error.facts)
        case _:
            raise error


def _step(error: Exception) -> Path:
    """Give the key or place that was noted on a fault."""
    notes = getattr(error, "__notes__", ())
    names = [note.name for note in notes if isinstance(note, cattrs.AttributeValidationNote)]
    places = [note.index for note in notes if isinstance(note, cattrs.IterableValidationNote)]
    return tuple((names or places)[:1])


def _named(error: CwgradeError, kind: type | None) -> Path:
    """Give the field that a fault of a whole object is about."""
    name = error.facts.get("name")
    if kind is None or _step(error) or not isinstance(name, str):
        return ()
    return (name,) if name in {field.name for field in attrs.fields(kind)} else ()


def _with_near(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Add what a value is likely to mean: the word that people call so, or the day as it is written here."""
    value, accepted = facts.get("value"), facts.get("accepted")
    if isinstance(value, str) and isinstance(accepted, list):
        # a short list is shown whole beside the word that is meant
        return {**facts, **offer(value, accepted)}
    if code in _DAYS and isinstance(value, str) and (day := day_meant(value)) not in (None, value):
        return {**facts, "near": day}
    return facts
