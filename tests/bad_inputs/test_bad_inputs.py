"""Every bad file gets the messages that stand beside it, in both languages, and each at its line."""

import difflib
import re
from pathlib import Path

import pytest

from cwgrade.errors import FileFault, SchemeFileError
from cwgrade.schemefile import parse_scheme, read_scheme
from cwgrade.tomlfile import MOST_BYTES
from cwgrade.wording import files
from cwgrade.wording import schemes as wording
from tests.tools.bad_schemes import BAD_SCHEMES, BASE, FOLDER
from tests.tools.make_bad_inputs import faults_of, inputs, schemes, told

INPUTS = inputs()
ELSEWHERE = {
    "extends-too-deep": "a chain of files: tests/unit/test_layers.py",
    "json-too-deep": "worker_from_json: tests/unit/test_exchange.py",
    "table-file-needs-folder": "tests/unit/test_pasted_tables.py",
    "table-file-not-text": "tests/unit/test_pasted_tables.py",
    "table-file-too-large": "tests/unit/test_pasted_tables.py",
    "toml-more-faults": "tests/unit/test_tomlfile.py",
    "toml-too-large": "below: the file is made when it is needed",
    "version-of-another-scheme": "two files: tests/unit/test_layers.py",
    "version-on-same-day": "two files: tests/unit/test_layers.py",
    "wants-day": "worker_from_json: tests/unit/test_exchange.py",
    "wants-fraction": "worker_from_json: tests/unit/test_exchange.py",
    "wants-items": "worker_from_json: tests/unit/test_exchange.py",
}
"""Codes of files that no bad file shows, and where they are tested."""


EDITED = {name for group in BAD_SCHEMES.values() for name in group}


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_bad_file_gets_its_messages(path: Path) -> None:
    group = faults_of(path)
    assert group is not None, "no fault was found"
    text = told(group, path)
    assert text == path.with_suffix(".expected.txt").read_text(encoding="utf-8")
    # every placeholder is filled, and nothing of the inside shows
    assert not re.search(r"\{\w+(![rs])?\}", text)
    assert not re.search(r"Traceback|attrs|<class|object at 0x|Fraction\(", text)
    faults = [fault for fault in group.exceptions if isinstance(fault, FileFault)]
    if path.parent.name != "rosters" and not path.stem.startswith("several"):
        assert _is_called_by(path.stem, faults)
    if path.parent.name == "schemes":
        lines = {fault.line for fault in faults if fault.line is not None}
        if path.stem in EDITED and path.stem not in WIDER:
            assert lines <= changed_lines(path.stem), changed_lines(path.stem)


def _is_called_by(name: str, faults: list[FileFault]) -> bool:
    return any(name == fault.code or name.startswith(f"{fault.code}-") for fault in faults)


def test_scheme_files_are_the_base_with_one_place_changed() -> None:
    folder, made = FOLDER / "schemes", schemes()
    kept = {path.stem: path.read_bytes() for path in folder.glob("*.toml")}
    assert kept == made
    assert {path.name for path in folder.glob("*.txt")} == {f"{one}.expected.txt" for one in made}


def test_every_code_of_a_scheme_or_file_has_a_bad_file() -> None:
    names = [path.stem for path in INPUTS]
    codes = set(wording.EN) | set(files.EN)
    shown = {one for one in codes for name in names if name == one or name.startswith(f"{one}-")}
    assert codes - shown == set(ELSEWHERE)


# --- lines

WIDER = {
    "beside-graded-by": "what belongs to waiting is told beside the key that replaces it",
    "cell-unit-graded-by": "ratings that move a grade are told beside the key",
    "rungs-not-whole": "ratings that move a grade are told beside the key",
    "unknown-name-graded-by": "ratings that move a grade are told beside the key",
    "group-feeds-two": "the group is told that the credit stands in",
    "missing-section": "nothing stands where it would be",
    "missing-section-posts": "nothing stands where it would be",
    "format-missing": "nothing stands where it would be",
    "list-by-open-range": "the list stands where the range that is left out is used",
    "name-needs-section-grade": "the name stands where it is used",
    "needs-ladder": "each thing without a ladder is told where it stands",
    "ladder-needs-service": "the ladder needs what was taken out",
    "time-needs-service": "the ladder needs what was taken out as well",
    "rounding-needed": "each amount that needs it is told where it stands",
    "days-reversed-with-a-vague-beginning": "the end is told, which lies before the new beginning",
    "days-reversed-effective": "the end is told, which lies before the new beginning",
    "several-consequences-once": "a post that is called otherwise is told where it is used",
    "toml-duplicate-key-section": "a section that stands twice has the same keys twice",
    "two-forms-base": "the peg is told, which stands beside the new amount",
    "months-in-group": "the group is told that the credit stands in",
    "table-without-by": "the table is told that lacks the line",
    "key-without-bands": "each key is told that belonged to the line",
    "circle-of-multiplier": "the base is told, which the circle goes through",
}
"""Files whose fault does not stand at the line that was changed."""


def changed_lines(name: str) -> set[int]:
    """Give the lines of a bad file that differ from the base, and the headers of what was taken away from."""
    new = (FOLDER / "schemes" / f"{name}.toml").read_text(encoding="utf-8").splitlines()
    lines: set[int] = set()
    matcher = difflib.SequenceMatcher(None, BASE.splitlines(), new, autojunk=False)
    for kind, _, _, start, end in matcher.get_opcodes():
        if kind != "equal":
            lines.update(range(start + 1, end + 1))
            header = max((at for at in range(start) if new[at].startswith("[")), default=0)
            lines.add(header + 1)
    return lines


# --- files that need no messages beside them


def test_the_base_has_no_fault() -> None:
    assert parse_scheme(BASE).id == "sample-base"


def test_the_mark_that_notepad_puts_first_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "bom.toml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    assert read_scheme(path) == parse_scheme(BASE)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_text(BASE + "#" * MOST_BYTES, encoding="utf-8")
    with pytest.raises(SchemeFileError) as caught:
        read_scheme(path)
    assert "more than 1048576 bytes" in str(caught.value.exceptions[0])


def test_faults_past_the_first_two_hundred_are_counted() -> None:
    rows = "".join(f"k{place} = 1\n" for place in range(250))
    with pytest.raises(SchemeFileError) as caught:
        parse_scheme(BASE.replace("[proration]\n", f"[proration]\n{rows}"))
    assert len(caught.value.exceptions) == 201
    assert "50 more faults" in str(caught.value.exceptions[-1])
