"""Write the bad scheme files from `bad_schemes`, and beside each bad file the messages that it gets now.

Run it after a change of a message or of the base file, and read what changed before you keep it:

    python -m tests.tools.make_bad_inputs
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from cwgrade.casefile import Case, read_case
from cwgrade.catalogue import load_series, read_scheme
from cwgrade.errors import FaultGroup
from cwgrade.exchange import read_worker
from cwgrade.factsfile import Facts, read_facts
from cwgrade.rosterfile import read_roster
from cwgrade.scheme import Scheme
from tests.tools.bad_schemes import BAD_SCHEMES, FOLDER, SPECIAL, UPPER, bad_scheme

__all__ = ["READERS", "faults_of", "inputs", "schemes", "told"]


def _facts(path: Path) -> Facts:
    """Read a facts file; the scheme it is held against is the base of the bad schemes."""
    return read_facts(path, scheme=FOLDER / "base.toml")


def _case(path: Path) -> Case:
    """Read a case file; the scheme that it is about is the base of the bad schemes."""
    return read_case(path, Scheme((read_scheme(FOLDER / "base.toml"),)))


READERS: Mapping[str, Callable[[Path], object]] = {
    "schemes": read_scheme,
    "workers": read_worker,
    "cases": _case,
    "facts": _facts,
    "rosters": read_roster,
    "series": load_series,
}
"""What reads the files of each folder."""


def schemes() -> dict[str, bytes]:
    """Give every bad scheme file by name."""
    made = {
        name: bad_scheme(edits).encode()
        for group in BAD_SCHEMES.values()
        for name, edits in group.items()
    }
    upper = {name: text.encode() for name, text in UPPER.items()}
    return made | upper | dict(SPECIAL)


def inputs() -> list[Path]:
    """Give every bad file, in order."""
    return sorted(
        path
        for folder in READERS
        for path in (FOLDER / folder).iterdir()
        if path.suffix in {".toml", ".csv", ".xlsx"}
    )


def faults_of(path: Path) -> FaultGroup | None:
    """Read a file as its folder says, and give its faults; those of a roster's rows too."""
    try:
        read = READERS[path.parent.name](path)
    except FaultGroup as group:
        return group
    faults = getattr(read, "faults", ())
    return FaultGroup(list(faults)) if faults else None


def told(group: FaultGroup, path: Path) -> str:
    """Give what a reader of either language sees, with the folder cut off."""
    texts = "\n\n".join(group.text(lang) for lang in ("en", "zh"))
    return texts.replace(f"{path.parent}/", "") + "\n"


def main() -> None:
    """Write every file."""
    for name, content in schemes().items():
        (FOLDER / "schemes" / f"{name}.toml").write_bytes(content)
    for path in inputs():
        group = faults_of(path)
        text = told(group, path) if group is not None else "NO FAULT\n"
        path.with_suffix(".expected.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
