"""What one run found and a later one takes over."""

from __future__ import annotations

import gc
import weakref

from cwgrade.recall import Memory, Recall


class Given:
    """Answers as they stand: nothing is asked anew."""

    def __init__(self) -> None:
        self.given: int | None = None

    def place(self, question: object, options: object, *, always: bool = False) -> int:
        raise AssertionError(question, options, always)

    def answered(self, _question: object) -> int | None:
        return self.given


class Value:
    """Something that is told apart by identity."""


def test_a_value_that_others_have_read_stays_alive_when_it_is_made_again() -> None:
    """Its place in memory would else be given to another value, which would then pass for it."""
    answers, memory = Given(), Memory()

    def run(before: int | None, after: int) -> Value:
        recall = Recall(answers, memory, noting=True)

        def part() -> Value:
            recall.hear("coin", None, answers.given)
            return Value()

        def whole() -> Value:
            answers.given = after  # what asks the coin is noted elsewhere
            return recall.kept("part", part)

        answers.given = before
        return recall.kept("whole", whole)

    first = weakref.ref(run(1, 1))
    # here the whole is looked for before the coin is thrown: its part is not found again, and made once more
    second = run(None, 1)
    gc.collect()
    assert first() is second
