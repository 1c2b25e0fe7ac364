"""`cwgrade freeze` and `cwgrade recompute`: answers kept, found again, and refused where they were changed."""

from pathlib import Path

import pytest

from cwgrade.cli import main

HEADER = "工号,姓名,职务,入职日期"
ROWS = ("0001,甲,书记,2016-01-01", "0002,乙,副主任,2016-07-01", "0003,丙,委员,2016.13")
ASKED = ("--scheme", "changsha-furong-2018", "--month", "2018-03", "--out", "kept")


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.csv").write_text("\n".join((HEADER, *ROWS)) + "\n", encoding="utf-8")


def kept(pattern: str) -> Path:
    (found,) = Path("kept").glob(pattern)
    return found


def test_answers_are_kept_by_digest_and_found_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["freeze", "r.csv", *ASKED]) == 1
    told = capsys.readouterr().out
    # the row that cannot be read is named, and not kept
    assert "Rows 4 cannot be read" in told
    assert len(kept("pay-2018-03-*.jsonl").read_bytes().splitlines()) == 2
    assert main(["recompute", str(kept("pay-*.jsonl"))]) == 0
    assert "2" in capsys.readouterr().out


def test_a_second_time_nothing_is_written_over() -> None:
    assert main(["freeze", "r.csv", *ASKED]) == 1
    before = {path: path.stat().st_mtime_ns for path in Path("kept").iterdir()}
    assert main(["freeze", "r.csv", *ASKED]) == 1
    assert {path: path.stat().st_mtime_ns for path in Path("kept").iterdir()} == before


def test_rules_alone_need_no_roster() -> None:
    assert main(["freeze", "--scheme", "changsha-furong-2018", "--out", "kept"]) == 0
    assert [path.name for path in Path("kept").iterdir()] == [kept("rules-*.json").name]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("pattern", "content"),
    [
        ("rules-*.json", b'{"format":"x"}'),
        ("rules-*.json", None),
        ("pay-*.jsonl", b"{}\n"),
        ("pay-*.jsonl", b"\xff\n"),
        ("pay-*.jsonl", b""),
        ("pay-*.jsonl", None),
    ],
    ids=["other-rules", "no-rules", "no-answer", "no-text", "empty", "no-file"],
)
def test_what_was_changed_or_lost_is_refused_in_words(
    pattern: str, content: bytes | None, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["freeze", "r.csv", *ASKED]) == 1
    answers = kept("pay-*.jsonl")
    if content is None:
        kept(pattern).unlink()
    else:
        kept(pattern).write_bytes(content)
    capsys.readouterr()
    assert main(["recompute", str(answers), "--lang", lang]) == 2
    told = capsys.readouterr().err
    assert told.strip()
    assert "Traceback" not in told


def test_an_answer_that_was_changed_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["freeze", "r.csv", *ASKED]) == 1
    answers = kept("pay-*.jsonl")
    text = answers.read_text(encoding="utf-8")
    assert "436100" in text
    answers.write_text(text.replace("436100", "436101"), encoding="utf-8")
    assert main(["recompute", str(answers)]) == 2
    assert "was changed after it was written" in capsys.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["freeze", "--scheme", "changsha-furong-2018", "--out", "r.csv", "--lang", "en"]
    assert main(asked) == 2
    assert "'r.csv' exists already" in capsys.readouterr().err


def test_a_roster_without_a_month_is_refused() -> None:
    assert main(["freeze", "r.csv", "--scheme", "changsha-furong-2018", "--out", "kept"]) == 2
