"""Every combination that is really asked for is tried once, and nothing else."""

from __future__ import annotations

import itertools

import pytest

from cwgrade.choices import MOST_WORLDS, Choices, Question, QuestionKind, explore


def fact(path: str, case: str = "") -> Question:
    return Question(kind=QuestionKind.FACT, path=path, case=case)


COIN, DIE = fact("coin"), fact("die")


class TestExplore:
    def test_a_function_that_asks_nothing_runs_once(self) -> None:
        explored = explore(lambda _choices: 5)
        assert [world.answer for world in explored.worlds] == [5]
        assert explored.worlds[0].picks == ()
        assert explored.complete

    def test_every_combination_once_in_order(self) -> None:
        explored = explore(lambda choices: (choices.ask(COIN, "hz"), choices.ask(DIE, (1, 2, 3))))
        assert [world.answer for world in explored.worlds] == list(
            itertools.product("hz", (1, 2, 3))
        )

    def test_a_question_that_depends_on_an_answer_is_asked_only_there(self) -> None:
        def run(choices: Choices) -> str:
            side = choices.ask(COIN, ("heads", "tails"))
            return side if side == "tails" else f"{side} {choices.ask(DIE, (1, 2))}"

        explored = explore(run)
        assert [world.answer for world in explored.worlds] == ["heads 1", "heads 2", "tails"]
        assert [len(world.picks) for world in explored.worlds] == [2, 2, 1]

    def test_too_many_runs_that_are_sure_to_come_are_not_waited_for(self) -> None:
        days = tuple(range(100))

        def run(choices: Choices) -> int:
            choices.ask(COIN, days, always=True)
            choices.ask(DIE, days, always=True)
            return choices.at_least

        explored = explore(run)
        assert not explored.complete
        assert [world.answer for world in explored.worlds] == [10_000]

    def test_the_same_question_has_the_same_answer_in_a_run(self) -> None:
        explored = explore(lambda choices: (choices.ask(COIN, "hz"), choices.ask(COIN, "hz")))
        assert [world.answer for world in explored.worlds] == [("h", "h"), ("z", "z")]

    def test_two_cases_of_one_path_are_two_questions(self) -> None:
        explored = explore(
            lambda choices: (
                choices.ask(fact("coin", "1"), "hz"),
                choices.ask(fact("coin", "2"), "hz"),
            )
        )
        assert len(explored.worlds) == 4

    def test_what_is_said_of_a_question_does_not_make_it_another(self) -> None:
        one = Question(kind=QuestionKind.READING, path="p", why="a", zh="甲")
        other = Question(kind=QuestionKind.READING, path="p", why="b", zh="乙")
        assert one == other
        assert one != Question(kind=QuestionKind.FACT, path="p")

    @pytest.mark.parametrize(("most", "complete"), [(5, False), (6, True), (7, True)])
    def test_stops_at_the_most(self, most: int, complete: bool) -> None:  # noqa: FBT001
        explored = explore(
            lambda choices: (choices.ask(COIN, "hz"), choices.ask(DIE, (1, 2, 3))), most=most
        )
        assert len(explored.worlds) == min(most, 6)
        assert explored.complete is complete

    def test_there_is_a_bound(self) -> None:
        many = tuple(range(MOST_WORLDS + 1))
        assert not explore(lambda choices: choices.ask(DIE, many)).complete

    def test_picks_are_shown_as_text(self) -> None:
        explored = explore(lambda choices: choices.ask(DIE, (1, 2)))
        assert [[pick.option for pick in world.picks] for world in explored.worlds] == [
            ["1"],
            ["2"],
        ]

    def test_map_keeps_what_was_tried(self) -> None:
        explored = explore(lambda choices: choices.ask(DIE, (1, 2)))
        doubled = explored.map(lambda number: number * 2)
        assert [world.answer for world in doubled.worlds] == [2, 4]
        assert [world.picks for world in doubled.worlds] == [
            world.picks for world in explored.worlds
        ]


class TestChoices:
    def test_tells_what_was_answered(self) -> None:
        choices = Choices([1])
        assert choices.answered(COIN) is None
        assert choices.ask(COIN, "hz") == "z"
        assert choices.answered(COIN) == 1
        assert choices.following() is None

    def test_the_last_question_turns_first(self) -> None:
        choices = Choices()
        choices.ask(COIN, "hz")
        choices.ask(DIE, (1, 2))
        assert choices.following() == [0, 1]

    def test_questions_that_are_asked_together_are_counted_together(self) -> None:
        dice = [fact("die", str(number)) for number in range(6)]

        def run(choices: Choices) -> tuple[int, ...]:
            choices.ask(COIN, "hz")
            return choices.ask_all(dice, (1, 2, 3, 4, 5, 6))

        explored = explore(run)
        assert not explored.complete
        assert [world.answer for world in explored.worlds] == [(1,) * 6]
        assert len(explore(lambda choices: choices.ask_all(dice[:2], (1, 2))).worlds) == 4
