"""One answer for all workers with equal facts."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

import attrs

from cwgrade.worker import Worker

__all__ = ["Once", "facts_of"]

T = TypeVar("T")


def facts_of(worker: Worker) -> Hashable:
    """Give everything that is known of a worker but the id: an answer turns on nothing else."""
    # the first field is the id
    return attrs.astuple(worker, recurse=False)[1:]


class Once(Generic[T]):
    """Answers to one question: of workers who differ in nothing but the id the first is asked for all."""

    def __init__(self, ask: Callable[..., T]) -> None:
        """Take the question.

        Args:
            ask: Gives the answer for a worker and what it turns on beside. Where it raises, each worker is asked again.
        """
        self._ask = ask
        self._known: dict[Hashable, T] = {}

    def of(self, worker: Worker, *more: Hashable) -> T:
        """Give the answer for a worker; whatever in it names the worker may name another with the same facts.

        Args:
            worker: The worker.
            *more: What the answer turns on beside the facts; another worker, such as the same one as on file before,
                stands for its facts too.
        """
        asked = (worker, *more)
        key = tuple(facts_of(one) if isinstance(one, Worker) else one for one in asked)
        if key not in self._known:
            self._known[key] = self._ask(*asked)
        return self._known[key]
