"""The kinds of rule met so far, each with a fragment of a scheme file and cases that show what it does.

`tests/coverage/NN-slug/` holds one kind of the number NN of the list:

- `fragment.toml`: sections that are put into `tests/docs/base.toml`. Its first lines tell what it shows:
  `# number:`, `# en:`, `# zh:` (the kind in a few words), `# place:` (one that shows it), and where sections of the
  base have to go, `# replaces:` with their names.
- `*.case.toml`: cases in the format of `docs/reference/case-file.md`, each derived by hand.
- `*.roster.toml`: the same for several workers at once, in the format of `roster_questions`.
- `earlier.toml`, where a rule changes on a day: what the version before had instead.
- `district.toml`, where a district follows a city: a whole file that extends `city.toml`, the scheme with the fragment.
- `otherwise.toml`, where the base alone would show nothing: what is put into the scheme besides, so that the rule
  is gone. Every case must then have another answer, so that none is right by accident.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import attrs

from cwgrade.casefile import Case, read_case
from cwgrade.catalogue import parse_scheme, read_scheme
from cwgrade.errors import CwgradeError
from cwgrade.grading import grade_on
from cwgrade.money import yuan_text
from cwgrade.outcomes import Decided, OneOf, status_of
from cwgrade.pay import pay_for_month
from cwgrade.scheme import Scheme, SchemeVersion
from tests.tools.fragments import BASE, merged
from tests.tools.roster_questions import (
    RosterQuestion,
    found_on_roster,
    read_roster_question,
    roster_expected,
)

__all__ = ["FOLDER", "KINDS", "NUMBERS", "Asked", "Kind", "Number", "answers_of", "expected_of"]

FOLDER: Final = Path(__file__).parents[1] / "coverage"
Asked = Case | RosterQuestion
"""A case about one worker, or about a roster."""
_KEYS: Final = ("number", "en", "zh", "place")


@attrs.frozen(kw_only=True)
class Number:
    """One number of the list of kinds of rule.

    Attributes:
        number: The number.
        en: What it is about.
        zh: The same in Chinese.
        elsewhere: What no fragment can show, and where it is shown or why it is not; Chinese too.
    """

    number: int
    en: str
    zh: str
    elsewhere: tuple[tuple[str, str], ...]


@attrs.frozen(kw_only=True)
class Kind:
    """One kind of rule.

    Attributes:
        name: Its folder.
        number: Its number in the list.
        en: The kind in a few words.
        zh: The same in Chinese.
        place: A place that shows it.
        replaces: Sections and definitions that the base does without.
        fragment: The sections, without the lines that tell about them.
    """

    name: str
    number: int
    en: str
    zh: str
    place: str
    replaces: tuple[str, ...]
    fragment: str

    def __str__(self) -> str:
        return self.name

    @property
    def cases(self) -> dict[str, Asked]:
        """Its cases by name."""
        folder = FOLDER / self.name
        cases: dict[str, Asked] = {
            path.name.removesuffix(".case.toml"): read_case(path)
            for path in sorted(folder.glob("*.case.toml"))
        }
        return cases | {
            path.name.removesuffix(".roster.toml"): read_roster_question(path)
            for path in sorted(folder.glob("*.roster.toml"))
        }

    @property
    def text(self) -> str:
        """The whole scheme with the fragment."""
        return merged(BASE, self.fragment, replaces=self.replaces)

    @property
    def scheme(self) -> Scheme:
        """The scheme with the fragment, and with what lies beside it."""
        if (earlier := self.changed_by("earlier")) is not None:
            return Scheme((_version(earlier), _version(self.text)))
        if (district := self.beside("district")) is not None:
            return Scheme((_version(district, self.text),))
        return Scheme((_version(self.text),))

    @property
    def otherwise(self) -> Scheme:
        """The scheme without the rule: what `otherwise.toml` makes of it, the city alone, or the base alone."""
        if (changed := self.changed_by("otherwise")) is not None:
            return Scheme((_version(changed),))
        return Scheme((_version(BASE if self.beside("district") is None else self.text),))

    def beside(self, name: str) -> str | None:
        """Give the text of a file that lies beside the fragment, `None` where there is none."""
        path = FOLDER / self.name / f"{name}.toml"
        return path.read_text(encoding="utf-8") if path.exists() else None

    def changed_by(self, name: str) -> str | None:
        """Give the whole scheme with what a file beside the fragment puts in, `None` where there is none."""
        path = FOLDER / self.name / f"{name}.toml"
        if not path.exists():
            return None
        facts, text = _told(path)
        return merged(self.text, text, replaces=_names(facts.get("replaces", "")))


@cache
def _version(text: str, city: str = "") -> SchemeVersion:
    """Read a scheme; a district's extends the scheme of its city."""
    if not city:
        return parse_scheme(text)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "district.toml"
        path.write_text(text, encoding="utf-8")
        path.with_name("city.toml").write_text(city, encoding="utf-8")
        return read_scheme(path)


def _told(path: Path) -> tuple[dict[str, str], str]:
    """Split a file into what its first lines tell and the rest."""
    text = path.read_text(encoding="utf-8")
    start = re.search(r"^\[", text, re.MULTILINE)
    head, rest = (text, "") if start is None else (text[: start.start()], text[start.start() :])
    return dict(re.findall(r"^# (\w+): (.+)$", head, re.MULTILINE)), rest


def _names(told: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w.]+", told))


def _kinds() -> Iterator[Kind]:
    for path in sorted(FOLDER.glob("*/fragment.toml")):
        facts, text = _told(path)
        missing = [key for key in _KEYS if key not in facts]
        assert not missing, f"{path.parent.name}: its first lines do not tell {missing}"
        yield Kind(
            name=path.parent.name,
            number=int(facts["number"]),
            en=facts["en"],
            zh=facts["zh"],
            place=facts["place"],
            replaces=_names(facts.get("replaces", "")),
            fragment=text,
        )


KINDS: Final = tuple(_kinds())


def _numbers() -> Iterator[Number]:
    listed = tomllib.loads((FOLDER / "numbers.toml").read_text(encoding="utf-8"))["numbers"]
    for one in listed:
        yield Number(
            number=one["number"],
            en=one["en"],
            zh=one["zh"],
            elsewhere=tuple((each["en"], each["zh"]) for each in one.get("elsewhere", ())),
        )


NUMBERS: Final = tuple(_numbers())


def expected_of(case: Asked) -> dict[str, str]:
    """Give what a case expects, as text by what is asked."""
    if isinstance(case, RosterQuestion):
        return roster_expected(case)
    expect = case.expect
    if expect.status != "decided" and not expect.grades:
        return {"status": expect.status}
    told: dict[str, str] = {}
    if expect.grade is not None:
        told["grade"] = str(expect.grade)
    if expect.grades:
        told["grade"] = " or ".join(str(grade) for grade in sorted(expect.grades))
    if expect.gross_fen is not None:
        told["gross"] = yuan_text(expect.gross_fen)
    return told | {name: yuan_text(fen) for name, fen in expect.lines}


def answers_of(case: Asked, scheme: Scheme) -> dict[str, str]:
    """Give what a scheme answers to what a case asks, in the form of `expected_of`."""
    if isinstance(case, RosterQuestion):
        return found_on_roster(case, scheme)
    expected = expected_of(case)
    try:
        told = dict(_answers(case, scheme))
    except CwgradeError as error:
        return dict.fromkeys(expected, type(error).__name__)
    if "status" in expected:
        # one status for all that is asked; where they differ, all are told
        return {"status": ", ".join(sorted(set(told["status"].split())))}
    return {name: told.get(name, "none") for name in expected}


def _answers(case: Case, scheme: Scheme) -> Iterator[tuple[str, str]]:
    ask, worker, statuses = case.ask, case.worker, []
    if ask.on is not None:
        outcome = grade_on(
            worker, scheme, on=ask.on, known_on=ask.known_on, beyond=ask.beyond
        ).outcome
        statuses.append(status_of(outcome))
        match outcome:
            case Decided(value):
                yield "grade", str(value.grade)
            case OneOf(values):
                yield "grade", " or ".join(map(str, sorted({one.grade for one in values})))
            case _:
                yield "grade", statuses[-1]
    if ask.year is not None and ask.month is not None:
        slip = pay_for_month(
            worker,
            scheme,
            year=ask.year,
            month=ask.month,
            known_on=ask.known_on,
            beyond=ask.beyond,
        )
        statuses.append(status_of(slip.outcome))
        total = slip.outcome
        yield "gross", yuan_text(total.value) if isinstance(total, Decided) else statuses[-1]
        for line in slip.lines:
            fen = line.payable_fen
            yield line.component, yuan_text(fen) if fen is not None else line.state
    yield "status", " ".join(statuses)
