"""Write the bad scheme files from `bad_schemes`, and beside each the messages that it gets now.

Run it after a change of a message or of the base file, and read what changed before you keep it:

    python -m tests.tools.make_bad_inputs
"""

from __future__ import annotations

from pathlib import Path

from cwgrade.errors import FaultGroup
from cwgrade.schemefile import read_scheme
from tests.tools.bad_schemes import BAD_SCHEMES, FOLDER, bad_scheme

__all__ = ["SCHEMES", "messages", "names"]

SCHEMES = FOLDER / "schemes"


def names() -> list[str]:
    """Give the names of all bad scheme files that are made."""
    return [name for group in BAD_SCHEMES.values() for name in group]


def messages(group: FaultGroup, folder: Path) -> str:
    """Give what a reader of either language sees, with the folder cut off."""
    told = "\n\n".join(group.text(lang) for lang in ("en", "zh"))
    return told.replace(f"{folder}/", "") + "\n"


def main() -> None:
    """Write every file."""
    SCHEMES.mkdir(exist_ok=True)
    for name, edits in (pair for group in BAD_SCHEMES.values() for pair in group.items()):
        path = SCHEMES / f"{name}.toml"
        path.write_text(bad_scheme(edits), encoding="utf-8")
        expected = path.with_suffix(".expected.txt")
        try:
            read_scheme(path)
        except FaultGroup as group:
            expected.write_text(messages(group, SCHEMES), encoding="utf-8")
        else:
            print(f"{name}: no fault")


if __name__ == "__main__":
    main()
