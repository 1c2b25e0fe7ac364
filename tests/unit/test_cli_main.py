"""The command as a whole: help, language, wrong arguments, exit status, terminals."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cwgrade.cli import main
from cwgrade.cli.options import assumed, day_of, month_of
from cwgrade.cli.terminal import language_of
from cwgrade.errors import ArgumentError
from cwgrade.version import __version__
from cwgrade.wording import Language, commands, en, zh

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "pay",
    "arrears",
    "explain",
    "career",
    "next",
    "check",
    "schemes",
    "show",
    "new",
    "fill",
)


def run(
    *arguments: str, encoding: str = "utf-8", folder: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, on a terminal of some encoding."""
    environ = {
        **os.environ,
        "PYTHONIOENCODING": encoding,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
    }
    return subprocess.run(
        [sys.executable, "-m", "cwgrade", *arguments],
        env=environ,
        cwd=folder,
        capture_output=True,
        check=False,
    )


class TestLanguage:
    @pytest.mark.parametrize(
        ("arguments", "environ", "lang"),
        [
            (["--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
            (["--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
            # the last one holds, as in argparse
            (["--lang", "zh", "schemes", "--lang", "en"], {}, "en"),
            ([], {"LANG": "zh_CN.GB18030"}, "zh"),
            ([], {"LANG": "zh_TW.UTF-8", "LC_ALL": "de_DE.UTF-8"}, "en"),
            ([], {"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
            # an empty variable says nothing
            ([], {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
            # what is not a language is told in the language of the system
            (["--lang", "fr"], {"LANG": "zh_CN.UTF-8"}, "zh"),
            (["--lang"], {"LANG": "C"}, "en"),
        ],
    )
    def test_is_found_before_arguments_are_read(
        self, arguments: list[str], environ: dict[str, str], lang: str
    ) -> None:
        assert language_of(arguments, environ) == lang

    def test_is_that_of_the_process_where_the_environment_is_silent(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # as Windows names it
        monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
        assert language_of([], {}) == "zh"
        monkeypatch.setattr("locale.getlocale", lambda: (None, None))
        assert language_of([], {}) == "en"

    def test_words_are_the_same_in_both_languages(self) -> None:
        assert commands.EN.keys() == commands.ZH.keys()


class TestHelp:
    @pytest.mark.parametrize("lang", ["en", "zh"])
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_one_in_both_languages(
        self, command: str, lang: Language, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main([command, "--help", "--lang", lang]) == 0
        words = {"en": en.MESSAGES, "zh": zh.MESSAGES}[lang]
        printed = capsys.readouterr().out
        assert words[f"cli-{command}-about"][:20] in printed
        assert "cli-" not in printed

    @pytest.mark.parametrize("lang", ["en", "zh"])
    def test_lists_the_commands(self, lang: Language, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--lang", lang, "--help"]) == 0
        printed = capsys.readouterr().out
        assert all(f"\n  {command}" in printed for command in COMMANDS)

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--version"]) == 0
        assert capsys.readouterr().out == f"cwgrade {__version__}\n"


class TestWrongCommands:
    @pytest.mark.parametrize(
        ("arguments", "english", "chinese"),
        [
            ([], "No command was given", "没有写命令"),
            (["pya"], "'pya'; did you mean 'pay'", "'pya' 这个命令；是不是 'pay'"),
            (["pay", "x"], "missing: --scheme, --month, --out", "缺少 --scheme, --month, --out"),
            (["schemes", "x"], "not understood: x", "看不懂 x"),
            (["show"], "missing: SCHEME", "缺少 SCHEME"),
            (
                ["show", "sample-3x1"],
                "lists them all. A file of your own ends in .toml; did you mean 'sample-3x18' /",
                "自己的方案文件以 .toml 结尾；是不是 'sample-3x18' /",
            ),
            (["show", "nowhere.toml"], "no file 'nowhere.toml'", "没有文件 'nowhere.toml'"),
            (["schemes", "--lang=zh", "--help=x"], "'x'", "'x'"),
            (["new", "book"], "'book'; choose from", "'book'；可选"),
            (["explain", "r.csv", "--scheme"], "--scheme needs a value", "--scheme 后面要写值"),
            (
                ["form", "pay", "r.csv", "--scheme", "a", "--scheme", "b"],
                "--scheme stands there twice, the second time with b",
                "--scheme 写了两次，第二次写的是 b",
            ),
            (
                ["next", "r.csv", "--beyond", "refuse", "--beyond", "carry-forward"],
                "--beyond stands there twice",
                "--beyond 写了两次",
            ),
            (
                ["explain", "r.csv", "--scheme", "harbin-2016"],
                "either --month",
                "--month（某月薪酬）或 --on",
            ),
        ],
    )
    def test_are_told_in_both_languages_and_end_with_2(
        self,
        arguments: list[str],
        english: str,
        chinese: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        for lang, told in (("en", english), ("zh", chinese)):
            assert main(["--lang", lang, *arguments]) == 2
            captured = capsys.readouterr()
            assert told in captured.err
            assert captured.out == ""

    def test_show_no_traceback(self) -> None:
        answer = run("show", "nowhere.toml", "--lang", "en")
        assert answer.returncode == 2
        assert b"Traceback" not in answer.stderr


class TestMonth:
    @pytest.mark.parametrize(
        "text", ["2018-03", "2018-3", "2018年3月", "２０１８-０３", "2018/03", "201803"]
    )
    def test_is_read_as_people_write_it(self, text: str) -> None:
        assert month_of(text) == (2018, 3)

    # a year, a day, no such month, and October that a spreadsheet shortened
    @pytest.mark.parametrize("text", ["2018", "2018-03-01", "2018-13", "March", "", "2018.1"])
    def test_refuses_anything_else(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=r"is not a month; .* such as 2018-03\.$"):
            month_of(text)


def test_day_must_be_exact() -> None:
    assert day_of("2018年3月1日", option="--on").isoformat() == "2018-03-01"
    with pytest.raises(
        ArgumentError, match=r"--on: '2018-03' is not a day; .* such as 2018-03-01\.$"
    ):
        day_of("2018-03", option="--on")


class TestAssumed:
    def test_takes_the_full_width_equals_sign(self) -> None:
        assert assumed(["荣誉＝无"]) == {"荣誉": "无"}

    @pytest.mark.parametrize("text", ["honours", "honours=", "=none"])
    def test_refuses_half_an_assumption(self, text: str) -> None:
        with pytest.raises(ArgumentError, match=r"not written as fact=value.*honours=none"):
            assumed([text])

    def test_refuses_two_for_one_fact(self) -> None:
        with pytest.raises(ArgumentError, match="'honours': 'none' and 'city'"):
            assumed(["honours=none", "honours=city"])


class TestTerminal:
    @pytest.mark.parametrize("encoding", ["gbk", "ascii", "cp1252"])
    def test_of_any_encoding_is_printed_on(self, encoding: str) -> None:
        answer = run("show", "shaanxi-2012", "--lang", "zh", encoding=encoding)
        assert answer.returncode == 0, answer.stderr
        assert answer.stderr == b""

    def test_in_gbk_reads_chinese(self) -> None:
        answer = run("schemes", "--lang", "zh", encoding="gbk")
        assert "哈尔滨市" in answer.stdout.decode("gbk")

    def test_that_stops_reading_is_no_fault(self) -> None:
        command = (
            f'"{sys.executable}" -m cwgrade show sample-3x18 | true; echo "${{PIPESTATUS[0]}}"'
        )
        answer = subprocess.run(
            ["/usr/bin/env", "bash", "-c", command],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"},
            capture_output=True,
            check=False,
        )
        assert answer.stderr == b""
        assert answer.stdout.strip() in (b"0", b"141")

    def test_interrupted_ends_with_130(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupt(*_: object) -> int:
            raise KeyboardInterrupt

        monkeypatch.setattr("cwgrade.cli.schemes.run", interrupt)
        assert main(["schemes"]) == 130
        assert capsys.readouterr().err == ""

    def test_that_is_gone_ends_with_141(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object) -> int:
            raise BrokenPipeError

        monkeypatch.setattr("cwgrade.cli.schemes.run", broken)
        assert main(["schemes"]) == 141
        assert capsys.readouterr().err == ""
