"""What the pages about the command show on a terminal is what the command prints."""

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from cwgrade.cli import main

DOCS = Path(__file__).parents[2] / "docs"
PAGES = (
    "tutorial/quick-start.md",
    "zh/quick-start.md",
    "how-to/back-pay.md",
    "how-to/cases-over-time.md",
    "zh/back-pay.md",
    "how-to/check-payments.md",
    "how-to/compare-months.md",
    "zh/compare-months.md",
    "zh/check-payments.md",
    "how-to/explain-a-decision.md",
    "how-to/follow-a-career.md",
    "zh/follow-a-career.md",
    "how-to/move-to-a-new-scheme.md",
    "zh/move-to-a-new-scheme.md",
    "how-to/print-forms.md",
    "how-to/write-a-scheme.md",
    "reference/series.md",
    "zh/forms.md",
    "zh/scheme-guide.md",
)
BLOCK = re.compile(
    r"(?:^<!-- file: (?P<file>[^\n]+) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Give each command of a block with what is printed below it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def agrees(expected: str, printed: str) -> bool:
    # a blank line of a terminal is written as it is, not as doctests write it
    return doctest.OutputChecker().check_output(expected, printed, FLAGS)


@pytest.mark.parametrize("page", PAGES)
def test_page_prints_what_it_says(
    page: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status = 0
    shown = 0
    for block in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")):
        if block["file"]:
            file = Path(block["file"])
            file.parent.mkdir(exist_ok=True)
            file.write_text(block["text"], encoding="utf-8")
        if block["kind"] != "console":
            continue
        for command, expected in commands(block["text"]):
            if command == "echo $?":
                assert expected.strip() == str(status)
                continue
            shown += 1
            name, *arguments = shlex.split(command)
            assert name == "cwgrade"
            status = main(arguments)
            captured = capsys.readouterr()
            # notes come before the answer, or after it
            printed = captured.err + captured.out, captured.out + captured.err
            assert any(agrees(expected, text) for text in printed), f"$ {command}\n{printed[0]}"
    assert shown
