"""Trying every admissible reading and every possible fact, by running a pure function once for each.

A rule is written for known values only. Where it meets a field that the source does not state, or a fact that
nobody knows, it asks `Choices` and goes on with the answer. `explore` runs the rule again until every combination
that was really asked for has been tried. What is never asked for is never tried: a gap matters only where the
answer depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import StrEnum
from typing import Final, Generic, TypeVar

import attrs

from cwgrade.recall import Certain, Memory, Recall

__all__ = [
    "MOST_WORLDS",
    "Choices",
    "Explored",
    "Picked",
    "Question",
    "QuestionKind",
    "World",
    "explore",
]

MOST_WORLDS: Final = 4096
"""Combinations tried for one question; past it the answer is refused and says so."""
_FEW: Final = 8
"""Runs that are made in full before what a run finds is noted for the next: noting costs about as much as finding."""

T = TypeVar("T")
Answer = TypeVar("Answer")


class QuestionKind(StrEnum):
    """Who could settle a question."""

    READING = "reading"
    """The source: a field is missing or can be read in several ways."""
    FACT = "fact"
    """The worker's file: a fact is unknown."""


@attrs.frozen(kw_only=True)
class Question:
    """Something that is not known for certain.

    Attributes:
        kind: Whether the source or the worker's file could settle it.
        path: The field of the scheme, or the fact.
        case: What tells apart two questions about one path, such as the day asked for.
        why: What the scheme says about the missing field.
        zh: The same in Chinese.
    """

    kind: QuestionKind
    path: str
    case: str = ""
    why: str = attrs.field(default="", eq=False)
    zh: str = attrs.field(default="", eq=False)


@attrs.frozen(kw_only=True)
class Picked:
    """One question and the option tried for it.

    Attributes:
        question: The question.
        option: The option, as text.
    """

    question: Question
    option: str


class Choices:
    """The answers given during one run. Made by `explore`; a rule only calls `ask`.

    Attributes:
        at_least: How many runs there are at least, because every run asks some of the questions, or every run that
            answers alike so far does.
    """

    def __init__(
        self, script: Sequence[int] = (), memory: Memory | None = None, *, noting: bool = False
    ) -> None:
        """Start a run that repeats the given answers first.

        Args:
            script: The answers that are repeated, as places among the options.
            memory: What the runs of one question share.
            noting: Whether what this run finds is noted there, and what earlier ones noted is taken over.
        """
        self._script = script
        self._counts: list[int] = []
        self._indexes: list[int] = []
        self._asked: dict[Question, int] = {}
        self._picks: list[Picked] = []
        self.at_least = 1
        self._memory = Memory() if memory is None else memory
        self._recall = Recall(self, self._memory, noting=noting)
        self.kept = self._recall.kept

    def ask(self, question: Question, options: Sequence[T], *, always: bool = False) -> T:
        """Give the option that this run tries; the same question has the same answer throughout a run.

        Args:
            question: What is not known.
            options: At least one; their number and order must not depend on anything but earlier answers.
            always: Whether every run asks this with as many options, so that there are at least so many runs.
        """
        return options[self.place(question, options, always=always)]

    def place(self, question: Question, options: Sequence[object], *, always: bool = False) -> int:
        """Give the place of the option that this run tries; see `ask`."""
        index = self._asked.get(question)
        if index is None:
            place = len(self._indexes)
            index = self._script[place] if place < len(self._script) else 0
            self._asked[question] = index
            self._counts.append(len(options))
            self.at_least *= len(options) if always else 1
            self._indexes.append(index)
            self._picks.append(Picked(question=question, option=str(options[index])))
        self._recall.hear(question, tuple(options), index, always=always)
        return index

    def ask_all(self, questions: Sequence[Question], options: Sequence[T]) -> tuple[T, ...]:
        """Ask several questions with the same options, each of which is asked whatever the others are answered.

        Args:
            questions: The questions.
            options: At least one.
        """
        new = sum(one not in self._asked for one in questions)
        self.at_least = max(self.at_least, len(options) ** new)
        return tuple(self.ask(one, options) for one in questions)

    def answered(self, question: Question) -> int | None:
        """Give the place of the option already taken in this run, or `None`."""
        index = self._asked.get(question)
        self._recall.hear(question, None, index)
        return index

    def token(self, settled: Hashable) -> int:
        """Give a number that stands for some facts in the keys of `kept`."""
        return self._memory.certain.token(settled)

    def take_nothing_over(self) -> None:
        """Make everything anew from here on: something is kept during a run that no read shows."""
        self._memory.close()
        self._recall.stop()

    @property
    def picks(self) -> tuple[Picked, ...]:
        """What was asked and tried, in order."""
        return tuple(self._picks)

    def following(self) -> list[int] | None:
        """Give the answers of the next run, or `None` after the last."""
        indexes, counts = list(self._indexes), self._counts
        while indexes and indexes[-1] + 1 == counts[len(indexes) - 1]:
            indexes.pop()
        if not indexes:
            return None
        indexes[-1] += 1
        return indexes


@attrs.frozen(kw_only=True)
class World(Generic[Answer]):
    """One combination of readings and facts, and the answer in it."""

    picks: tuple[Picked, ...]
    answer: Answer


@attrs.frozen(kw_only=True)
class Explored(Generic[Answer]):
    """Every combination that was tried.

    Attributes:
        worlds: In a fixed order; the first takes every first option.
        complete: False where there were more combinations than `MOST_WORLDS`.
    """

    worlds: tuple[World[Answer], ...]
    complete: bool

    def map(self, change: Callable[[Answer], T]) -> Explored[T]:
        """Give the same worlds with other answers."""
        return Explored(
            worlds=tuple(
                World(picks=world.picks, answer=change(world.answer)) for world in self.worlds
            ),
            complete=self.complete,
        )


def explore(
    run: Callable[[Choices], Answer], *, most: int = MOST_WORLDS, certain: Certain | None = None
) -> Explored[Answer]:
    """Run a pure function once for each combination of answers that it asks for.

    Args:
        run: The function; it must ask the same questions when given the same answers.
        most: How many combinations to try at most.
        certain: What other questions found for certain; what this one finds is added.

    Examples:
        >>> coin = Question(kind=QuestionKind.FACT, path="coin")
        >>> [
        ...     world.answer
        ...     for world in explore(lambda choices: choices.ask(coin, ("heads", "tails"))).worlds
        ... ]
        ['heads', 'tails']
    """
    worlds: list[World[Answer]] = []
    memory = Memory(certain)
    script: list[int] | None = []
    while script is not None:
        if len(worlds) == most:
            return Explored(worlds=tuple(worlds), complete=False)
        choices = Choices(script, memory, noting=len(worlds) >= _FEW and memory.pays)
        answer = run(choices)
        worlds.append(World(picks=choices.picks, answer=answer))
        if choices.at_least > most:
            # nobody waits for thousands of runs to be told that there are too many
            return Explored(worlds=tuple(worlds), complete=False)
        script = choices.following()
    return Explored(worlds=tuple(worlds), complete=True)
