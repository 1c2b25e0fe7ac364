"""A run that takes over what earlier runs found gives every step, pick and answer that it would have made itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cwgrade.choices
from cwgrade.catalogue import load_scheme
from cwgrade.choices import Choices, Question, QuestionKind, explore
from cwgrade.grading import grade_from, grade_on
from cwgrade.pay import full_pay_on, pay_for_month, pay_in_month, pay_on
from cwgrade.questions import Standpoint
from cwgrade.recall import Certain
from cwgrade.worker import Worker
from tests.property.invented import SAMPLE, months, paid_days, sample_workers
from tests.property.varied import STEPPED

T = TypeVar("T")
_MOST = 300


def both_ways(asked: Callable[[], T]) -> tuple[T, T]:
    """Answer with nothing recalled, and with everything recalled that can be."""
    with pytest.MonkeyPatch.context() as patch:
        # thousands of combinations without recall are a matter of minutes, and show no more than hundreds
        defaults = explore.__kwdefaults__
        assert defaults is not None
        assert defaults["most"] == cwgrade.choices.MOST_WORLDS
        patch.setitem(defaults, "most", _MOST)
        patch.setattr(cwgrade.choices, "_FEW", cwgrade.choices.MOST_WORLDS)
        made = asked()
        patch.setattr(cwgrade.choices, "_FEW", 0)
        return made, asked()


SCHEMES = {"sample": SAMPLE, "stepped": STEPPED, "second": load_scheme("sample-4x24")}
unknowns = sample_workers(knowledge="unknowns")


@given(unknowns, months(), st.sampled_from(["sample", "stepped"]))
@settings(max_examples=3)
def test_of_a_month(worker: Worker, month: tuple[int, int], scheme: str) -> None:
    made, recalled = both_ways(
        lambda: pay_for_month(worker, SCHEMES[scheme], year=month[0], month=month[1])
    )
    assert recalled == made


@given(unknowns, st.integers(1, 12))
@settings(max_examples=1)
def test_of_a_month_under_the_second_sample(worker: Worker, month: int) -> None:
    made, recalled = both_ways(
        lambda: pay_for_month(worker, SCHEMES["second"], year=2021, month=month)
    )
    assert recalled == made


@given(unknowns, paid_days(), st.sampled_from(["sample", "stepped"]))
@settings(max_examples=4)
def test_of_a_day(worker: Worker, on: date, scheme: str) -> None:
    made, recalled = both_ways(
        lambda: (grade_on(worker, SCHEMES[scheme], on=on), pay_on(worker, SCHEMES[scheme], on=on))
    )
    assert recalled == made


@given(sample_workers(), st.integers(0, 3), months(), st.sampled_from(["sample", "stepped"]))
@settings(max_examples=6)
def test_of_questions_that_share_what_is_certain(
    worker: Worker, lost: int, month: tuple[int, int], scheme: str
) -> None:
    year, number = month
    # a few things are not known: with all of them unknown five questions take minutes
    worker = attrs.evolve(worker, ratings=worker.ratings[lost:])
    asked = SCHEMES[scheme]
    shared = Standpoint(worker, asked, None, "refuse")
    day = date(year, number, 1)
    assert grade_from(shared, on=day) == grade_on(worker, asked, on=day)
    for one in (number, 6):
        slip = pay_in_month(shared, year=year, month=one)
        assert slip == pay_for_month(worker, asked, year=year, month=one)
    assert full_pay_on(shared, on=day) == pay_on(worker, asked, on=day)


# --- small rules, in which each kind of read decides what may be taken over -------------------------------------------

FIRST = Question(kind=QuestionKind.FACT, path="first")
SECOND_FACT = Question(kind=QuestionKind.FACT, path="second")


def explored(rule: Callable[[Choices], T]) -> list[T]:
    made, recalled = both_ways(lambda: explore(rule))
    assert [one.answer for one in recalled.worlds] == [one.answer for one in made.worlds]
    assert [one.picks for one in recalled.worlds] == [one.picks for one in made.worlds]
    return [one.answer for one in recalled.worlds]


def test_a_value_is_made_once_for_each_answer_that_it_reads() -> None:
    made: list[str] = []

    def rule(choices: Choices) -> tuple[str, str]:
        def make() -> str:
            made.append("x")
            # what is certain is there from the start in later runs, and no read of theirs
            choices.kept("plain", lambda: "plain")
            return choices.ask(FIRST, ("a", "b"))

        other = choices.ask(SECOND_FACT, ("c", "d", "e"))
        return choices.kept("x", make), other

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cwgrade.choices, "_FEW", 0)
        assert len(explore(rule).worlds) == 6
    assert len(made) == 2


def test_what_no_answer_has_a_part_in_is_made_once_for_all_questions() -> None:
    made: list[str] = []

    def rule(choices: Choices) -> str:
        def plain() -> str:
            made.append("plain")
            return "plain"

        def asking() -> str:
            return choices.ask(FIRST, ("a", "b"))

        def resting() -> str:
            # what another asked was kept before: this one asks nothing itself
            return f"{choices.kept('plain', plain)} {choices.kept('asking', asking)}"

        choices.kept("asking", asking)
        return choices.kept("resting", resting)

    certain = Certain()
    for few in (0, cwgrade.choices.MOST_WORLDS):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cwgrade.choices, "_FEW", few)
            answers = [one.answer for one in explore(rule, certain=certain).worlds]
        assert answers == ["plain a", "plain b"]
    assert made == ["plain"]
    assert list(certain.values) == ["plain"]


def test_a_value_that_looks_whether_something_was_asked_is_made_anew_where_it_was() -> None:
    def rule(choices: Choices) -> tuple[object, str]:
        if choices.ask(FIRST, ("asks", "does not")) == "asks":
            choices.ask(SECOND_FACT, ("a", "b"))
        return choices.kept("looks", lambda: choices.answered(SECOND_FACT)), "end"

    assert explored(rule) == [(0, "end"), (1, "end"), (None, "end")]


def test_a_value_that_reads_another_is_made_anew_where_that_one_is_another() -> None:
    def rule(choices: Choices) -> str:
        def inner() -> str:
            return choices.ask(FIRST, ("a", "b"))

        choices.kept("inner", inner)
        # what is kept is read without asking again
        outer = choices.kept("outer", lambda: "outer of " + choices.kept("inner", inner))
        return outer + choices.ask(SECOND_FACT, ("c", "d"))

    assert explored(rule) == ["outer of ac", "outer of ad", "outer of bc", "outer of bd"]


def test_what_was_kept_on_the_way_is_kept_again() -> None:
    def rule(choices: Choices) -> tuple[str, object]:
        def outer() -> str:
            inner = choices.kept("inner", lambda: choices.answered(SECOND_FACT))
            return f"outer of {inner}"

        if choices.ask(FIRST, ("outer", "around it")) == "outer":
            told = choices.kept("outer", outer)
        else:
            told = choices.kept("around", lambda: choices.kept("outer", outer))
        choices.ask(SECOND_FACT, ("c", "d"))
        # made now it would find the answer that was not there when the outer value was made
        return told, choices.kept("inner", lambda: "made too late")

    assert explored(rule) == [("outer of None", None)] * 4


def test_what_no_read_shows_is_made_anew() -> None:
    def rule(choices: Choices) -> list[str]:
        seen: list[str] = []

        def make() -> str:
            choices.take_nothing_over()
            seen.append("made")
            return "value"

        choices.kept("x", make)
        choices.ask(FIRST, ("a", "b"))
        choices.ask(SECOND_FACT, ("c", "d"))
        return seen

    assert explored(rule) == [["made"]] * 4
