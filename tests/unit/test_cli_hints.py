"""What the commands say to somebody who names a scheme or an assumption in another way than they are named."""

from pathlib import Path

import pytest

from cwgrade.catalogue import scheme_path
from cwgrade.cli import main


@pytest.mark.parametrize("name", ["beijing", "harbin-2016x"])
def test_a_scheme_named_without_its_ending(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = scheme_path("harbin-2016").read_text(encoding="utf-8")
    text = text.replace('id = "harbin-2016"', 'id = "harbin-2016x"')
    (tmp_path / "beijing.toml").write_text(text, encoding="utf-8")
    (tmp_path / "broken.toml").write_text("= 1", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["pay", "sample", "--scheme", name, "--month", "2016-01", "--out", "x.csv"]) == 2
    assert "--scheme beijing.toml" in capsys.readouterr().err


def test_an_assumption_of_nothing_known_gets_the_open_fields_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "x.csv")
    command = ["pay", "sample", "--scheme", "harbin-2016", "--month", "2016-01", "--out", out]
    assert main([*command, "--assume", "foo=1", "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "nothing can be assumed for 'foo'" in told
    assert "schooling" in told
    assert "proration.rule" in told


@pytest.mark.parametrize(("lang", "month"), [("en", "2018-03"), ("zh", "2018年3月")])
def test_a_statement_writes_its_month_in_full(
    lang: str, month: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["explain", "sample", "--id", "X0005", "--scheme", "sample-3x18"]
    main([*command, "--month", "2018-03", "--lang", lang])
    assert f" {month}\n" in capsys.readouterr().out
