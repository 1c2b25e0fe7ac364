"""One outcome of the answers of all worlds, and what a bare value asks of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cwgrade.choices import Choices, Explored, Question, QuestionKind, explore
from cwgrade.errors import CannotDecide
from cwgrade.gaps import Gap
from cwgrade.outcomes import (
    Decided,
    NotApplicable,
    NotEligible,
    OneOf,
    Outcome,
    Single,
    Unspecified,
    combine,
    refuse,
    status_of,
)
from cwgrade.reasons import Reason

COIN = Question(kind=QuestionKind.FACT, path="coin")
DIE = Question(kind=QuestionKind.FACT, path="die")
RULE = Question(kind=QuestionKind.READING, path="rule", why="not stated", zh="未载")
OTHER_RULE = Question(kind=QuestionKind.READING, path="other", why="not stated either")
GAP = Gap(path="pay.x", why="not in the source")
REASON = Reason(code="out-of-scope", facts=(("fact", "employment"), ("value", "part_time")))


def of(run: Callable[[Choices], Single[int]]) -> Outcome[int]:
    return combine(explore(run), order=lambda number: (number,))


class TestCombine:
    def test_one_world(self) -> None:
        assert of(lambda _: Decided(5)) == Decided(5)
        assert of(lambda _: Unspecified((GAP,))) == Unspecified((GAP,))
        assert of(lambda _: NotEligible(REASON)) == NotEligible(REASON)

    @pytest.mark.parametrize("question", [COIN, RULE])
    def test_what_changes_nothing_is_not_mentioned(self, question: Question) -> None:
        def run(choices: Choices) -> Single[int]:
            choices.ask(question, (1, 2))
            return Decided(5)

        assert of(run) == Decided(5)

    def test_a_fact_that_matters_gives_the_set_of_answers_in_order(self) -> None:
        outcome = of(lambda choices: Decided(choices.ask(COIN, (3, 1, 3))))
        assert outcome == OneOf((1, 3), "coin", ("coin",))

    def test_a_reading_that_matters_is_named_with_what_was_tried(self) -> None:
        outcome = of(lambda choices: Decided(choices.ask(RULE, (3, 1))))
        assert outcome == Unspecified(
            (Gap(path="rule", why="not stated", zh="未载", readings=("3", "1")),)
        )

    def test_only_readings_that_matter_are_named(self) -> None:
        def run(choices: Choices) -> Single[int]:
            choices.ask(OTHER_RULE, (1, 2))
            return Decided(choices.ask(RULE, (3, 1)))

        outcome = of(run)
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == ["rule"]

    def test_a_reading_that_matters_for_one_value_of_a_fact_only(self) -> None:
        def run(choices: Choices) -> Single[int]:
            if choices.ask(COIN, ("heads", "tails")) == "heads":
                return Decided(1)
            return Decided(choices.ask(RULE, (1, 2)))

        outcome = of(run)
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == ["rule"]

    def test_readings_under_which_other_facts_are_asked_are_all_named(self) -> None:
        def run(choices: Choices) -> Single[int]:
            if choices.ask(RULE, ("strict", "mild")) == "mild":
                return Decided(1)
            return Decided(choices.ask(COIN, (1, 2)))

        outcome = of(run)
        assert isinstance(outcome, Unspecified)
        assert [gap.path for gap in outcome.gaps] == ["rule"]

    def test_a_gap_in_one_world_hides_the_answer(self) -> None:
        def run(choices: Choices) -> Single[int]:
            known = choices.ask(COIN, (True, False))
            return Decided(1) if known else Unspecified((GAP,))

        assert of(run) == Unspecified((GAP,))

    def test_the_same_gap_is_named_once(self) -> None:
        def run(choices: Choices) -> Single[int]:
            choices.ask(COIN, (1, 2))
            return Unspecified((GAP,))

        assert of(run) == Unspecified((GAP,))

    def test_reasons_stand_beside_the_answers(self) -> None:
        def run(choices: Choices) -> Single[int]:
            inside = choices.ask(COIN, (True, False))
            return Decided(7) if inside else NotEligible(REASON)

        assert of(run) == OneOf((7,), "coin", ("coin",), (REASON,))

    def test_all_worlds_refuse_for_two_reasons(self) -> None:
        other = Reason(code="not-in-service")

        def run(choices: Choices) -> Single[int]:
            return NotEligible(choices.ask(COIN, (REASON, other)))

        assert of(run) == OneOf((), "coin", ("coin",), (REASON, other))

    def test_the_fact_whose_worst_answer_leaves_least_settles_most(self) -> None:
        def run(choices: Choices) -> Single[int]:
            coin, die = choices.ask(COIN, (0, 1)), choices.ask(DIE, (0, 1, 2))
            return Decided(coin * 10 + die)

        outcome = of(run)
        # the coin leaves three answers, the die two
        assert outcome == OneOf((0, 1, 2, 10, 11, 12), "die", ("coin", "die"))

    def test_it_is_the_worst_answer_that_is_looked_at_not_the_best(self) -> None:
        def run(choices: Choices) -> Single[int]:
            heads, die = choices.ask(COIN, (True, False)), choices.ask(DIE, (1, 2, 3))
            return Decided(die if heads else 1)

        outcome = of(run)
        # the coin may leave three answers or one, the die two at most
        assert outcome == OneOf((1, 2, 3), "die", ("coin", "die"))

    def test_ties_go_to_the_fact_asked_first(self) -> None:
        def run(choices: Choices) -> Single[int]:
            return Decided(choices.ask(COIN, (0, 1)) + choices.ask(DIE, (0, 1)))

        outcome = of(run)
        assert isinstance(outcome, OneOf)
        assert outcome.settled_by == "coin"

    def test_of_two_that_leave_as_many_the_narrower_span_settles_more(self) -> None:
        def run(choices: Choices) -> Single[int]:
            return Decided(choices.ask(COIN, (0, 1)) + 100 * choices.ask(DIE, (0, 1)))

        outcome = of(run)
        # each leaves two answers: the coin 0 and 100, the die 0 and 1
        assert outcome == OneOf((0, 1, 100, 101), "die", ("coin", "die"))

    def test_a_key_says_what_has_to_agree(self) -> None:
        explored: Explored[Single[int]] = explore(
            lambda choices: Decided(choices.ask(COIN, (1, 3)))
        )
        assert combine(explored, key=lambda number: number % 2) == Decided(1)

    def test_too_many_worlds_are_refused(self) -> None:
        explored: Explored[Single[int]] = explore(
            lambda choices: Decided(choices.ask(COIN, (1, 2, 3))), most=2
        )
        outcome = combine(explored)
        assert outcome == Unspecified((Gap(path="coin", why="too-many-possibilities"),))

    @pytest.mark.parametrize(("count", "refused"), [(256, False), (257, True)])
    def test_at_most_256_combinations_of_readings(self, count: int, refused: bool) -> None:  # noqa: FBT001
        def run(choices: Choices) -> Single[int]:
            choices.ask(RULE, tuple(range(count)))
            return Decided(5)

        assert isinstance(of(run), Unspecified) is refused


class TestRefuse:
    @pytest.mark.parametrize(
        ("outcome", "status", "code", "text"),
        [
            (NotEligible(REASON), "not_eligible", "out-of-scope", r"employment is part_time"),
            (
                NotApplicable(Reason(code="no-grades")),
                "not_applicable",
                "no-grades",
                r"no grades",
            ),
            (OneOf((1, 2), "ratings.2017"), "one_of", "one-of", r"2 possible .* ratings.2017"),
            (Unspecified((GAP,)), "unspecified", "unspecified", r"pay\.x.*not in the source"),
        ],
    )
    def test_raises_what_the_outcome_says(
        self, outcome: Outcome[int], status: str, code: str, text: str
    ) -> None:
        assert status_of(outcome) == status
        with pytest.raises(CannotDecide, match=text) as caught:
            refuse(outcome)
        assert caught.value.code == code

    def test_of_a_certain_answer_is_a_mistake_of_the_caller(self) -> None:
        assert status_of(Decided(5)) == "decided"
        with pytest.raises(CannotDecide):
            refuse(Decided(5))
