"""What a peer gives for each workload, so that all are measured alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.rule import Columns

Answer = tuple[NDArray[Any], NDArray[Any]]
WORKLOADS: Final = ("grade", "history", "projection", "frame")


def _as_it_is(result: Any) -> Any:
    return result


@dataclass(frozen=True)
class Engine:
    """One way to do one workload.

    Attributes:
        peer: Whose it is.
        variant: Which one, where a peer has several.
        workload: The workload.
        compute: The peer's own container in, its own finished result out: this is timed.
        build: Columns in, the peer's own container out.
        extract: The peer's result in; out come grade and fen of each row, or heads and fen of each year.
        most_rows: Where a peer is so slow that fewer rows have to do.
        ready: What is made once, before anything can be computed: timed by itself.
        both: Whether it uses every core that it is given.
    """

    peer: str
    variant: str
    workload: str
    compute: Callable[[Any], Any]
    build: Callable[[Columns], Any] = _as_it_is
    extract: Callable[[Any], Answer] = _as_it_is
    most_rows: int | None = None
    ready: Callable[[], Any] | None = None
    both: bool = False

    @property
    def name(self) -> str:
        """Its name in tables."""
        return f"{self.peer}/{self.variant}"


def rows_off(answer: Answer, right: Answer) -> int:
    """Count the rows, or years, that are off by a grade, a head or a fen."""
    wrong = [
        np.asarray(one).astype(np.int64) != np.asarray(other).astype(np.int64)
        for one, other in zip(answer, right, strict=True)
    ]
    return int((wrong[0] | wrong[1]).sum())
