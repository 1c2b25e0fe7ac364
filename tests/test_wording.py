"""The tables of words: equal in both languages, complete for the code, without leftovers."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from cwgrade.checks import CheckState
from cwgrade.dates import Reckoning, Takes
from cwgrade.errors import ArgumentError, NotInForce, SchemeFault
from cwgrade.ladder import Boundary
from cwgrade.law.checks import CheckKind
from cwgrade.law.pay import Accrual, OnUpgrade, Parts, ProrationRule, ReckonedOn, Rhythm
from cwgrade.law.transition import Protection, TransitionRule, WaitingCarried
from cwgrade.money import RoundingMode, RoundTo
from cwgrade.quantities import Unit
from cwgrade.series import AfterPublication
from cwgrade.service import Convention, GapsRule, Within
from cwgrade.sources import Trust
from cwgrade.statement.gaps import GAP_CODES
from cwgrade.timeline import Standing
from cwgrade.wording import (
    backpay,
    careers,
    commands,
    dataframes,
    en,
    files,
    keeping,
    papers,
    plain,
    posts,
    reconciling,
    roster,
    say,
    schemes,
    statements,
    term,
    transitions,
    writing,
    zh,
)
from cwgrade.wording.printed import PRINTED
from cwgrade.worker import ABSENCE_KINDS, EVENTS, NATIONAL_FACTS, RATINGS, SERVICE_KINDS

SOURCE = Path(__file__).parents[1] / "src" / "cwgrade"
MODULES = sorted(path for path in SOURCE.rglob("*.py") if "wording" not in path.parts)
PARTS = (
    backpay,
    careers,
    commands,
    dataframes,
    files,
    keeping,
    papers,
    posts,
    reconciling,
    roster,
    schemes,
    statements,
    transitions,
    writing,
)

CALLS = {
    "ArgumentError": "code",
    "CannotDecide": "code",
    "MissingExtra": "code",
    "NotInForce": "code",
    "Note": "code",
    "Reason": "code",
    "SchemeFault": "code",
    "WorkerFault": "code",
    "Gap": "why",
    "Missing": "why",
    "say": "code",
    "fault": "code",
}
"""Calls that take a code, by the last part of their name, and the keyword it may be given by."""

ELSEWHERE = {
    "did-you-mean": "added by `say`",
    "accepted": "added by `say`",
    "at-line": "added by a file's fault",
    "at-line-of": "added where a message names a place of another file",
    "faults": "the code of a group of faults",
}
"""Templates that no call names."""

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _literals(node: ast.expr | None) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _literals(body)
            yield from _literals(orelse)
        case _:
            return


def _code_of(call: ast.Call) -> ast.expr | None:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            keyword = CALLS.get(name)
        case _:
            keyword = None
    if keyword is None:
        return None
    if call.args:
        return call.args[0]
    return next((one.value for one in call.keywords if one.arg == keyword), None)


def _used() -> Iterator[tuple[str, str]]:
    for name, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                for code in _literals(_code_of(node)):
                    # free text of a scheme's author is no code
                    if CODE.fullmatch(code):
                        yield name, code


def _texts() -> frozenset[str]:
    return frozenset(
        node.value
        for _, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _forms() -> list[re.Pattern[str]]:
    """Give the forms of codes that are put together from parts, such as `step-` and a code."""
    forms: set[str] = set()
    for _, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                    for part in node.values
                ]
                # a form that is all gaps would allow any code
                if re.fullmatch(r"[-.+\\a-z]*[a-z]{3}[-.+\\a-z]*", "".join(parts)):
                    forms.add("".join(parts))
    return [re.compile(form) for form in sorted(forms)]


def _placeholders(template: str) -> set[str]:
    # a fact that carries its own words in both languages has the language's name
    names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    return {"LANG" if name in {"en", "zh"} else name for name in names}


# --- the two tables


def test_every_message_has_both_languages() -> None:
    assert en.MESSAGES.keys() == zh.MESSAGES.keys()


def test_every_word_has_both_languages() -> None:
    assert en.TERMS.keys() == zh.TERMS.keys()


@pytest.mark.parametrize("code", sorted(en.MESSAGES))
def test_placeholders_are_the_same_in_both_languages(code: str) -> None:
    assert _placeholders(en.MESSAGES[code]) == _placeholders(zh.MESSAGES[code])


@pytest.mark.parametrize("table", [en.MESSAGES, zh.MESSAGES, en.TERMS, zh.TERMS])
def test_no_text_is_empty(table: dict[str, str]) -> None:
    assert all(text.strip() for code, text in table.items())


def test_no_code_stands_in_two_parts() -> None:
    codes = [code for part in PARTS for code in part.EN]
    assert len(codes) == len(set(codes))
    own = len(en.MESSAGES) - len(codes)
    assert own == sum(code not in set(codes) for code in en.MESSAGES)


# --- complete, and nothing left over


@pytest.mark.parametrize(("module", "code"), sorted(set(_used())))
def test_a_code_that_the_source_uses_has_a_message(module: str, code: str) -> None:
    assert code in en.MESSAGES, f"{module} uses {code!r}"


def test_no_message_is_left_over() -> None:
    texts, forms = _texts(), _forms()
    left = [
        code
        for code in (*en.MESSAGES, *PRINTED)
        if code not in texts
        and code not in ELSEWHERE
        and not any(form.fullmatch(code) for form in forms)
    ]
    assert left == []


def test_gaps_of_the_engine_are_known_to_statements() -> None:
    found = {
        code
        for _, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"Gap", "Missing", "Question"}
        for keyword in node.keywords
        if keyword.arg == "why"
        for code in _literals(keyword.value)
        if CODE.fullmatch(code)
    }
    assert found == GAP_CODES.keys()


# --- words


HAND_ON = {"_step": 1, "_made": 1, "_combined": 1, "_figure_step": 2}
"""Functions that make a step with a code they are given, and its place among their arguments."""


def _steps() -> Iterator[str]:
    """Codes of steps, made by the class or by a function that hands the code on."""
    for name, tree in _trees():
        if name.startswith(("statement/", "cli/", "exchange/", "rosterfile/", "schemefile/")):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                if called == "Step":
                    yield from _literals(
                        next((k.value for k in node.keywords if k.arg == "code"), None)
                    )
                if called in HAND_ON:
                    yield from _literals(node.args[HAND_ON[called]])


@pytest.mark.parametrize("code", sorted(set(_steps())))
def test_a_step_of_a_derivation_has_a_word(code: str) -> None:
    assert f"step.{code}" in en.TERMS


@pytest.mark.parametrize(
    "why",
    [
        "overlap",
        "absence",
        "outside-region",
        "kind-not-recognised",
        "before-counting-start",
        "not-in-post",
    ],
)
def test_a_rejected_day_has_a_word(why: str) -> None:
    assert f"step.rejected.{why}" in en.TERMS


WORDS: dict[str, list[str]] = {
    "": [
        *(unit for unit in Unit if unit not in {Unit.VALUE, Unit.OPEN}),
        *(unit for unit in RoundTo if unit is not RoundTo.FEN),
        *RoundingMode,
        *Convention,
        *GapsRule,
        *Boundary,
        *Reckoning,
        *AfterPublication,
        *Accrual,
        *(one for one in Rhythm if one is not Rhythm.ONCE),
        *OnUpgrade,
        *ReckonedOn,
        *Parts,
        *CheckKind,
        *Standing,
        *Trust,
        *EVENTS,
        *RATINGS,
        *NATIONAL_FACTS,
        "decided",
        "not_eligible",
        "not_applicable",
        "one_of",
        "unspecified",
        "bad_row",
        "payable",
        "accrues",
        "unscheduled",
        "supplied",
        "unknown",
        "gap",
    ],
    "within": [*Within],
    "check": [*CheckState],
    "takes": [*Takes],
    "proration": [*ProrationRule],
    "transition": [*TransitionRule, *Protection, *WaitingCarried],
    "kind": [*SERVICE_KINDS],
    "absence": [*ABSENCE_KINDS],
    "last_rating": ["none", *RATINGS],
}
WORDS |= {fact: list(values) for fact, values in NATIONAL_FACTS.items()}


@pytest.mark.parametrize(
    ("group", "word"), [(group, str(word)) for group, words in WORDS.items() for word in words]
)
def test_a_fixed_value_has_a_word(group: str, word: str) -> None:
    assert f"{group}.{word}" in zh.TERMS or word in zh.TERMS


def test_a_word_that_is_not_known_is_shown_as_it_is() -> None:
    assert term("自定义", "en") == "自定义"


# --- what `say` makes of a template


def test_a_message_shows_the_value_as_typed_and_what_is_accepted() -> None:
    error = ArgumentError(
        "not-one-of", name="post", value="stuff", near="staff", accepted=["deputy", "staff"]
    )
    assert str(error) == "post cannot be 'stuff'; did you mean 'staff'? (accepted: deputy, staff)"
    assert error.text("zh") == "post 不能是 'stuff'；是不是 'staff'？（可用的值：deputy、staff）"


def test_days_and_fractions_are_shown_for_people() -> None:
    facts = {"scheme": "s", "on": date(2024, 1, 1), "last": date(2023, 12, 31)}
    text = NotInForce("not-attested-after", **facts).text("en")
    assert "shows scheme 's' in force on 2024-01-01; the last day shown is 2023-12-31." in text
    assert say("not-money", {"value": Fraction(1, 3)}, "en").startswith(
        "1/3 is not an amount of yuan."
    )


def test_a_code_without_a_message_is_not_lost() -> None:
    assert say("nobody-wrote-it", {"value": 3}, "zh") == "nobody-wrote-it: {'value': 3}"


def test_a_fact_that_is_missing_shows_its_name() -> None:
    assert (
        say("bad-month", {}, "en")
        == "The month should be a whole number from 1 to 12; '{value}' was given."
    )


def test_a_fault_says_where_it_is() -> None:
    assert SchemeFault("bad-month", line=7, path="pay.paid_in", value=13).text("zh") == (
        "第 7 行: pay.paid_in: 月份应为 1 到 12 的整数，给出的是 13。"
    )


def test_a_long_value_is_cut() -> None:
    assert len(say("not-a-day", {"value": "9" * 10_000}, "en")) < 500


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (None, "无"),
        (["a", None], "a、无"),
        ({"zh": "甲", "en": "A"}, "甲"),
        ({"en": "A"}, "{'en': 'A'}"),
    ],
)
def test_plain_facts(fact: object, shown: str) -> None:
    assert plain(fact, "zh") == shown
