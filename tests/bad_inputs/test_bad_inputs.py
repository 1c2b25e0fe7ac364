"""Every bad file gets the messages that stand beside it, in both languages, and each at its line."""

import difflib
import functools
import re
from pathlib import Path

import pytest

from cwgrade.errors import FaultGroup, FileFault, SchemeFileError
from cwgrade.schemefile import parse_scheme, read_scheme
from cwgrade.tomlfile import MOST_BYTES
from cwgrade.wording import files
from cwgrade.wording import schemes as wording
from tests.tools.bad_schemes import BAD_SCHEMES, BASE, FOLDER, SPECIAL
from tests.tools.make_bad_inputs import faults_of, inputs, schemes, told

INPUTS = inputs()
ELSEWHERE = {
    "json-too-deep": "worker_from_json: tests/unit/test_exchange.py",
    "toml-more-faults": "tests/unit/test_tomlfile.py",
    "toml-too-large": "below: the file is made when it is needed",
    "wants-day": "worker_from_json: tests/unit/test_exchange.py",
    "wants-fraction": "worker_from_json: tests/unit/test_exchange.py",
    "wants-items": "worker_from_json: tests/unit/test_exchange.py",
}
"""Codes of files that no bad file shows, and where they are tested."""


@functools.cache
def group_of(path: Path) -> FaultGroup:
    group = faults_of(path)
    assert group is not None, "no fault was found"
    return group


def found_in(path: Path) -> list[FileFault]:
    return [fault for fault in group_of(path).exceptions if isinstance(fault, FileFault)]


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_bad_file_gets_its_messages(path: Path) -> None:
    text = told(group_of(path), path)
    assert text == path.with_suffix(".expected.txt").read_text(encoding="utf-8")
    # every placeholder is filled, and nothing of the inside shows
    assert not re.search(r"\{\w+(![rs])?\}", text)
    assert not re.search(r"Traceback|attrs|<class|object at 0x|Fraction\(", text)


def test_there_is_nothing_but_bad_files_and_their_messages() -> None:
    kept = {path.name for path in (FOLDER / "schemes").iterdir()}
    made = {f"{name}.{end}" for name in schemes() for end in ("toml", "expected.txt")}
    assert kept == made


@pytest.mark.parametrize("name", schemes())
def test_a_scheme_file_is_the_base_with_one_place_changed(name: str) -> None:
    assert (FOLDER / "schemes" / f"{name}.toml").read_bytes() == schemes()[name]


@pytest.mark.parametrize("name", [name for name in schemes() if not name.startswith("several")])
def test_a_scheme_file_shows_the_code_that_it_is_called_by(name: str) -> None:
    codes = {fault.code for fault in found_in(FOLDER / "schemes" / f"{name}.toml")}
    assert any(name == code or name.startswith(f"{code}-") for code in codes)


def test_every_code_of_a_scheme_or_file_has_a_bad_file() -> None:
    shown = {fault.code for path in INPUTS for fault in found_in(path)}
    assert (set(wording.EN) | set(files.EN)) - shown == set(ELSEWHERE)


# --- lines

WIDER = {
    "missing-section": "nothing stands where it would be",
    "missing-section-posts": "nothing stands where it would be",
    "format-missing": "nothing stands where it would be",
    "name-needs-section-grade": "the name stands where it is used",
    "needs-ladder": "each thing without a ladder is told where it stands",
    "ladder-needs-service": "the ladder needs what was taken out",
    "rounding-needed": "each amount that needs it is told where it stands",
    "days-reversed-effective": "the end is told, which lies before the new beginning",
    "several-consequences-once": "a post that is called otherwise is told where it is used",
    "toml-duplicate-key-section": "a section that stands twice has the same keys twice",
    "two-forms-base": "the peg is told, which stands beside the new amount",
    "months-in-group": "the group is told that the credit stands in",
    "table-without-by": "the table is told that lacks the line",
    "key-without-bands": "each key is told that belonged to the line",
    "base-without-amount": "the section is told that the peg belonged to",
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


@pytest.mark.parametrize("name", [name for group in BAD_SCHEMES.values() for name in group])
def test_a_fault_stands_at_the_line_that_was_changed(name: str) -> None:
    lines = {fault.line for fault in found_in(FOLDER / "schemes" / f"{name}.toml")}
    if name in WIDER:
        assert not lines <= changed_lines(name)
    else:
        assert lines <= changed_lines(name), sorted(changed_lines(name))


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


def test_special_files_are_schemes_by_name_only() -> None:
    assert set(SPECIAL) <= set(schemes())
