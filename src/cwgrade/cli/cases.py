"""Running the cases beside a scheme: what each expects, and what the scheme answers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import attrs

from cwgrade.casefile import Case, read_case, version_of_case
from cwgrade.cli.cells import label_of
from cwgrade.errors import CwgradeError, FaultGroup
from cwgrade.grading import Grading, grade_on, quantity_on
from cwgrade.money import FEN_PER_YUAN, yuan_text
from cwgrade.outcomes import Decided, OneOf, status_of
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.quantities import Unit, as_number
from cwgrade.scheme import Scheme, SchemeVersion
from cwgrade.schemefile import assume
from cwgrade.statement import outcome_text
from cwgrade.wording import Language, say, term

__all__ = ["Difference", "case_lines", "cases_of", "differences"]


_COMPARED: Final = frozenset({"status", "grade", "step", "grades", "gross"})


@attrs.frozen
class Difference:
    """Where an answer is not the expected one.

    Attributes:
        what: What was compared: `status`, `grade`, `grades`, `gross`, or the name of a component or quantity.
        expected: What the case expects.
        got: What the scheme answers.
    """

    what: str
    expected: str
    got: str


def cases_of(scheme: Path) -> tuple[Path, ...]:
    """Give the case files beside a scheme file, `NAME.cases/*.toml`, by name."""
    return tuple(sorted(scheme.with_suffix(".cases").glob("*.toml")))


def case_lines(path: Path, scheme: Scheme, lang: Language) -> tuple[bool, list[str]]:
    """Run one case file.

    Args:
        path: The case file.
        scheme: The scheme it is about.
        lang: The language of the lines.

    Returns:
        Whether it passed, and what to print.
    """
    try:
        case = read_case(path, scheme)
        found = tuple(differences(case, scheme, lang))
    except FaultGroup as group:
        texts = [f"      {line}" for line in group.text(lang).splitlines()]
        return False, [say("cli-check-fail", {"name": path.name}, lang), *texts]
    if not found:
        return True, [say("cli-check-pass", {"name": path.name}, lang)]
    lines = [say("cli-check-fail", {"name": path.name}, lang)]
    for one in found:
        name = _name(one.what, version_of_case(case, scheme), lang)
        facts = {"what": name, "expected": one.expected, "got": one.got}
        lines.append(say("cli-check-expected", facts, lang))
    return False, lines


def _name(what: str, version: SchemeVersion, lang: Language) -> str:
    component = version.component(what)
    if component is not None:
        return str(getattr(component.label, lang))
    return say(f"cli-case-{what}", {}, lang) if what in _COMPARED else label_of(version, what, lang)


def differences(case: Case, scheme: Scheme, lang: Language) -> Iterator[Difference]:
    """Compare a case's answers with the expected ones.

    Args:
        case: The case.
        scheme: The scheme it is about.
        lang: The language of the words that are shown.
    """
    version, ask = version_of_case(case, scheme), case.ask
    try:
        scheme = assume(scheme, dict(case.assume))
        if ask.on is not None:
            if case.expect.of_grade:
                grading = grade_on(
                    case.worker, scheme, on=ask.on, known_on=ask.known_on, beyond=ask.beyond
                )
                yield from _grade(case, grading, version, lang)
            yield from _quantities(case, scheme, lang)
        if ask.year is not None and ask.month is not None:
            payslip = pay_for_month(
                case.worker,
                scheme,
                year=ask.year,
                month=ask.month,
                known_on=ask.known_on,
                beyond=ask.beyond,
            )
            yield from _pay(case, payslip, version, lang)
    except CwgradeError as error:
        yield Difference("status", term(case.expect.status, lang), error.text(lang))


def _status(case: Case, got: str, told: str, lang: Language) -> Iterator[Difference]:
    expected = case.expect.status
    if got != expected:
        yield Difference("status", term(expected, lang), told)


def _grade(
    case: Case, grading: Grading, version: SchemeVersion, lang: Language
) -> Iterator[Difference]:
    outcome, expect = grading.outcome, case.expect
    yield from _status(case, status_of(outcome), outcome_text(outcome, lang, version=version), lang)
    match outcome:
        case Decided(value):
            for name, expected in (("grade", expect.grade), ("step", expect.step)):
                got = getattr(value, name)
                if expected not in (None, got):
                    yield Difference(name, str(expected), str(got))
        case OneOf(values) if expect.grades:
            grades = sorted({one.grade for one in values})
            if grades != sorted(set(expect.grades)):
                yield Difference("grades", _listed(sorted(expect.grades)), _listed(grades))
        case _:
            pass


def _quantities(case: Case, scheme: Scheme, lang: Language) -> Iterator[Difference]:
    ask = case.ask
    if ask.on is None:
        return
    for name, expected in case.expect.quantities:
        found = quantity_on(
            case.worker, scheme, name, on=ask.on, known_on=ask.known_on, beyond=ask.beyond
        )
        if not isinstance(found.outcome, Decided):
            version = version_of_case(case, scheme)
            yield Difference(
                name, str(expected), outcome_text(found.outcome, lang, version=version)
            )
            continue
        got = found.outcome.value
        if found.unit is Unit.FEN:
            # a case writes yuan, as a scheme file does
            got = Fraction(as_number(got)) / FEN_PER_YUAN
        if got != expected:
            yield Difference(name, str(expected), str(got))


def _listed(grades: list[int]) -> str:
    return ", ".join(str(grade) for grade in grades)


def _pay(
    case: Case, payslip: Payslip, version: SchemeVersion, lang: Language
) -> Iterator[Difference]:
    outcome, expect = payslip.outcome, case.expect
    told = outcome_text(outcome, lang, money=True, version=version)
    yield from _status(case, status_of(outcome), told, lang)
    if isinstance(outcome, Decided) and expect.gross_fen not in (None, outcome.value):
        yield Difference("gross", yuan_text(expect.gross_fen or 0), yuan_text(outcome.value))
    payable = {line.component: line.payable_fen for line in payslip.lines}
    for component, fen in expect.lines:
        got = payable.get(component)
        if got != fen:
            shown = yuan_text(got) if got is not None else say("cli-case-no-amount", {}, lang)
            yield Difference(component, yuan_text(fen), shown)
