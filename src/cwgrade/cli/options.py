"""The arguments that commands share: how they are declared, and what they are read as."""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NoReturn

import attrs

from cwgrade.errors import ArgumentError
from cwgrade.scheme import Beyond, Scheme
from cwgrade.wording import LANGUAGES, Language, say

__all__ = [
    "Parser",
    "Roster",
    "assumed",
    "assumed_fields",
    "beyond_of",
    "day_of",
    "month_of",
    "out_file",
    "rating_of",
    "roster_named",
    "scheme_asked",
    "scheme_named",
    "toml_value",
    "with_files",
]

_SHOWN: Final = 30
"""Paths that a message shows at most."""
_SUFFIXES: Final = (".csv", ".xlsx")
SAMPLE: Final = "sample"
"""The word for the bundled roster."""

_FIELD: Final = re.compile(r"[.\[]")
"""What the path of a field has, and the name of a fact has not."""
_USAGE_FAULTS: Final = (
    (re.compile(r"the following arguments are required: (?P<value>.+)"), "cli-usage-required"),
    (re.compile(r"unrecognized arguments: (?P<value>.+)"), "cli-usage-unrecognized"),
    (
        re.compile(
            r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) "
            r"\(.*?choose from (?P<choices>.+)\)"
        ),
        "cli-usage-choice",
    ),
    (re.compile(r"argument (?P<name>.+?): expected .*argument.*"), "cli-usage-value"),
)
"""What argparse says, and the code that says it in either language."""


class _Once(argparse.Action):
    """Keeps the one value of an option: a second one would silently take the place of the first."""

    def __init__(self, option_strings: Sequence[str], dest: str, **more: Any) -> None:
        super().__init__(option_strings, dest, **more)
        self._given = False

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep the value.

        Raises:
            ArgumentError: The option stands there twice.
        """
        if self._given and option_string is not None:
            raise ArgumentError(
                "cli-usage-twice", name=option_string, value=values, command=parser.prog
            )
        self._given = True
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the user's language and raises what the command can print."""

    def __init__(self, prog: str, about: str, *, lang: Language, epilog: str = "") -> None:
        """Make a parser.

        Args:
            prog: The command as it is typed.
            about: The code of its description.
            lang: The language.
            epilog: The code of the text after the options.
        """
        super().__init__(
            prog=prog,
            description=say(about, {}, lang),
            epilog=say(epilog, {}, lang) if epilog else None,
            formatter_class=_Chinese if lang == "zh" else argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.lang = lang
        self.register("action", None, _Once)
        self.given = self.add_argument_group(say("cli-help-given", {}, lang))
        self.wished = self.add_argument_group(say("cli-help-options", {}, lang))
        self.wished.add_argument(
            "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=self.told("cli-help-lang")
        )
        self.wished.add_argument("-h", "--help", action="help", help=self.told("cli-help-help"))

    def told(self, code: str) -> str:
        """Give a help text."""
        return say(code, {}, self.lang).replace("%", "%%")

    def subject(self, name: str, code: str) -> None:
        """Declare what the command is about."""
        shown = name.replace("_", "|").upper()
        self.given.add_argument(name, metavar=shown, help=self.told(code))

    def option(self, name: str, metavar: str, code: str, *, required: bool = False) -> None:
        """Declare an option with a text."""
        group = self.given if required else self.wished
        group.add_argument(name, metavar=metavar, required=required, help=self.told(code))

    def flag(self, name: str, code: str) -> None:
        """Declare an option without a text."""
        self.wished.add_argument(name, action="store_true", help=self.told(code))

    def series_option(self) -> None:
        """Declare what schemes with pegs may be given."""
        self.wished.add_argument(
            "--series",
            metavar="FILE",
            action="append",
            default=[],
            help=self.told("cli-help-series"),
        )

    def facts_options(self, *, known_on: bool = True) -> None:
        """Declare what rosters and their questions have in common.

        Args:
            known_on: Whether there is one day of knowing; a command that compares two has options of its own.
        """
        self.wished.add_argument(
            "--assume",
            metavar="FACT=VALUE",
            action="append",
            default=[],
            help=self.told("cli-help-assume"),
        )
        self.option("--spellings", "FILE", "cli-help-spellings")
        if known_on:
            self.option("--known-on", "DAY", "cli-help-known-on")
        self.wished.add_argument(
            "--beyond",
            choices=("refuse", "carry-forward"),
            default="refuse",
            help=self.told("cli-help-beyond"),
        )

    def error(self, message: str) -> NoReturn:
        """Raise what argparse refuses, worded in the language.

        Raises:
            ArgumentError: Always.
        """
        for pattern, code in _USAGE_FAULTS:
            match = pattern.fullmatch(message)
            if match is not None:
                raise ArgumentError(code, **match.groupdict(), command=self.prog)
        raise ArgumentError("cli-usage-other", value=message, command=self.prog)


class _Chinese(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: object, groups: object, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix=prefix or "用法：")  # type: ignore[arg-type]


def scheme_named(name: str, series: Sequence[str], lang: Language) -> Scheme:
    """Load a scheme and attach the figures of series files to it.

    A file none of whose figures the scheme can use is told on standard error.

    Args:
        name: The id or the file of the scheme.
        series: The series files.
        lang: The language of the notice.

    Raises:
        CwgradeError: A file is wrong, or a figure contradicts another.
    """
    from cwgrade.catalogue import load_scheme

    try:
        return with_files(load_scheme(name), series, lang)
    except ArgumentError as error:
        if error.code == "no-such-scheme" and (files := _files_of(name)):
            raise ArgumentError("cli-scheme-is-file", value=name, files=files) from None
        raise


def _files_of(name: str) -> list[str]:
    """Give the scheme files of this folder that are called so, or whose id is so."""
    found = []
    for path in sorted(Path().glob("*.toml")):
        try:
            head = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("scheme")
        except (OSError, ValueError):
            continue
        if isinstance(head, dict) and name in (head.get("id"), path.stem):
            found.append(path.name)
    return found


def with_files(scheme: Scheme, series: Sequence[str], lang: Language) -> Scheme:
    """Attach the figures of series files to a scheme; see `scheme_named`."""
    if not series:
        return scheme
    from cwgrade.catalogue import load_series
    from cwgrade.figures import with_series

    wanted = {
        (one.series.region, one.series.measure, one.series.unit)
        for version in scheme.versions
        for one in version.series
    }
    for file in series:
        added = load_series(file)
        scheme = with_series(scheme, added)
        if not wanted.intersection((one.region, one.measure, one.unit) for one in added.figures):
            facts = {"file": file, "scheme": scheme.id}
            print(say("cli-notice-series-unused", facts, lang), file=sys.stderr)
    return scheme


def month_of(text: str) -> tuple[int, int]:
    """Read a month as year and number.

    Raises:
        ArgumentError: It is no month.

    Examples:
        >>> month_of("2018-03"), month_of("2018年3月")
        ((2018, 3), (2018, 3))
    """
    from cwgrade.dates import PartialDate
    from cwgrade.rosterfile.cells import read_day

    try:
        day = read_day(text)
    except ArgumentError as error:
        raise ArgumentError("cli-bad-month", value=text, example="2018-03") from error
    if not isinstance(day, PartialDate) or day.month is None:
        raise ArgumentError("cli-bad-month", value=text, example="2018-03")
    return day.year, day.month


def day_of(text: str, *, option: str) -> date:
    """Read a day that must be exact.

    Raises:
        ArgumentError: It is no such day.
    """
    from cwgrade.rosterfile.cells import read_exact_day

    try:
        return read_exact_day(text)
    except ArgumentError as error:
        raise ArgumentError(
            "cli-bad-day", value=text, option=option, example="2018-03-01"
        ) from error


def assumed(texts: Sequence[str]) -> dict[str, str]:
    """Read what is assumed of workers, each given as `fact=value`.

    Raises:
        ArgumentError: One has no equals sign, or a fact is given twice.

    Examples:
        >>> assumed(["honours=none", "学历=本科", "proration.rule=calendar_days"])
        {'honours': 'none', '学历': '本科'}
    """
    return {name: word for name, word in _pairs(texts).items() if not _FIELD.search(name)}


def assumed_fields(texts: Sequence[str]) -> dict[str, object]:
    """Read what is assumed of a scheme, each given as `path=value`; the value is one that a scheme file can hold.

    Raises:
        ArgumentError: One has no equals sign, or a path is given twice.

    Examples:
        >>> assumed_fields(
        ...     ["honours=none", "pay.award.yuan.basic=500", "proration.rule=calendar_days"]
        ... )
        {'pay.award.yuan.basic': 500, 'proration.rule': 'calendar_days'}
    """
    return {path: toml_value(word) for path, word in _pairs(texts).items() if _FIELD.search(path)}


def toml_value(text: str) -> object:
    """Read a value as TOML; what is none is a word without its quotation marks."""
    try:
        return tomllib.loads(f"x = {text}", parse_float=Decimal)["x"]
    except ValueError:
        return text


def scheme_asked(arguments: argparse.Namespace, lang: Language) -> Scheme:
    """Load the scheme of `--scheme` with the figures of `--series` and with what is assumed of it.

    Raises:
        CwgradeError: A file is wrong, or what is assumed is a whole section of the scheme, or is not open in it.
    """
    from cwgrade.schemefile import assume

    scheme = scheme_named(arguments.scheme, arguments.series, lang)
    facts = assumed(arguments.assume)
    _refuse_sections(facts, scheme)
    if not arguments.spellings:
        _refuse_strangers(facts, scheme)
    return assume(scheme, assumed_fields(arguments.assume))


def _refuse_sections(facts: Iterable[str], scheme: Scheme) -> None:
    """Refuse a section of the scheme where a fact should be named: what is open in it is offered."""
    from cwgrade.schemefile import open_paths

    paths = open_paths(scheme)
    for fact in facts:
        meant = [one for one in paths if one.startswith((f"{fact}.", f"{fact}["))]
        if meant:
            raise ArgumentError("cli-assume-section", value=fact, accepted=meant)


def _refuse_strangers(facts: Mapping[str, str], scheme: Scheme) -> None:
    """Refuse what is no fact, and name beside the facts the fields that are open in the scheme."""
    from cwgrade.rosterfile.assumptions import assumptions_of
    from cwgrade.rosterfile.spellings import shipped_spellings
    from cwgrade.schemefile import open_paths

    try:
        assumptions_of(facts, shipped_spellings())
    except ArgumentError as error:
        if error.code == "assume-not-a-fact":
            paths = list(open_paths(scheme))
            shown = [*paths[:_SHOWN], "…"] if len(paths) > _SHOWN else paths
            known: Any = error.facts["accepted"]
            told = {**error.facts, "accepted": [*known, *shown]}
            raise ArgumentError(error.code, **told) from None
        raise


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        # a Chinese input method types the full-width sign
        fact, equals, word = text.replace("＝", "=").partition("=")
        fact, word = fact.strip(), word.strip()
        if not (equals and fact and word):
            raise ArgumentError("cli-bad-assume", value=text, accepted=["honours=none"])
        if found.setdefault(fact, word) != word:
            raise ArgumentError(
                "contradiction", name="--assume", key=fact, first=found[fact], second=word
            )
    return found


def beyond_of(text: str) -> Beyond:
    """Read `--beyond`."""
    return "carry_forward" if text == "carry-forward" else "refuse"


@attrs.frozen
class Roster:
    """Where a roster is.

    Attributes:
        path: The file.
        bundled: Whether it is the invented one that comes along.
    """

    path: Path
    bundled: bool = False


def roster_named(name: str, lang: Language) -> Roster:
    """Find a roster; the word `sample` is the bundled one unless a file of that name is here.

    A file that takes the bundled roster's place is told on standard error, before it is read.
    """
    if name != SAMPLE:
        return Roster(Path(name))
    if Path(name).is_file():
        print(say("cli-notice-shadowed", {"file": name}, lang), file=sys.stderr)
        return Roster(Path(name))
    from cwgrade.catalogue import roster_path

    return Roster(roster_path(SAMPLE), bundled=True)


def out_file(out: Path, roster: Roster, *, kinds: Sequence[str] = _SUFFIXES) -> Path:
    """Refuse a place for the result before anything is computed."""
    from cwgrade.rosterfile.writing import require_writer

    if out.suffix.casefold() not in kinds:
        raise ArgumentError("write-kind-unknown", value=out.name, accepted=list(kinds))
    if out.suffix.casefold() == ".xlsx":
        require_writer()
    if out.exists() and roster.path.exists() and out.samefile(roster.path):
        raise ArgumentError("cli-out-is-roster", value=str(out))
    if not out.resolve().parent.is_dir():
        raise ArgumentError("write-folder-missing", value=str(out.parent))
    return out


def rating_of(arguments: argparse.Namespace) -> str | None:
    """Read the rating that is assumed, in any spelling that rosters may have."""
    if arguments.rated is None:
        return None
    from cwgrade.rosterfile.spellings import load_spellings

    spellings = load_spellings(Path(arguments.spellings) if arguments.spellings else None)
    return spellings.value("rating", arguments.rated)
