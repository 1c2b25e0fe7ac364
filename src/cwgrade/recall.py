"""What earlier runs of one question found, given again to a run that answers alike.

A question with unknown facts is answered by running a rule once for each combination of answers, and most of what a run
does has been done before: an allowance that goes by schooling does not change with a rating. `Recall.kept` therefore
notes what the making of a value read, in order: which questions were asked or looked at, and which other values were
kept. A later run in which the same reads find the same takes the value over; the first read that finds something else
means that it is made anew. The reads are repeated, not skipped, so that a run asks the same questions as if it had made
everything itself; a kept value is read by recalling it in the same way.

A value whose making asked nothing, looked at no answer and rested on no kept value that did is certain: it is the same
in every run, and in every question about the same worker, scheme and day of knowing. `Certain` keeps such values.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from enum import Enum, auto
from typing import Any, Final, Protocol, TypeVar

import attrs

__all__ = ["Certain", "Memory", "Recall"]

T = TypeVar("T")


class _Kind(Enum):
    ASKED = auto()
    LOOKED = auto()
    KEPT = auto()


_Read = tuple[_Kind, Hashable, tuple[Any, ...], bool]
"""What was read: how, of which question or key, with which options, and whether every run asks it."""


_ABSENT: Final = object()


@attrs.define(eq=False)
class _Node:
    """A point in the making of a value: the next read, or what was made at its end."""

    read: _Read | None = None
    found: dict[Hashable, _Node] = attrs.field(factory=dict)
    made: Any = _ABSENT


@attrs.define(eq=False)
class _Notes:
    """What the making of one value has read so far, beside what other values read."""

    reads: list[tuple[_Read, Hashable]] = attrs.field(factory=list)
    settled: set[Hashable] = attrs.field(factory=set)


class Certain:
    """The values that no answer had a part in, by key. Questions that share it differ in nothing but what is asked.

    Attributes:
        values: The values.
    """

    def __init__(self) -> None:
        """Start with nothing."""
        self.values: dict[Hashable, Any] = {}
        self._tokens: dict[Hashable, int] = {}

    def token(self, settled: Hashable) -> int:
        """Give a number that stands for some facts in keys."""
        return self._tokens.setdefault(settled, len(self._tokens))


class Memory:
    """What the runs of one question found, by key. Values stay alive in it, so that identity tells them apart.

    Attributes:
        certain: The values that are the same in every run.
    """

    def __init__(self, certain: Certain | None = None) -> None:
        """Start with nothing but what is certain already.

        Args:
            certain: What other questions found for certain.
        """
        self.certain = Certain() if certain is None else certain
        self._roots: dict[Hashable, _Node] = {}
        self._closed = False
        self._taken = 0
        self._made = 0

    @property
    def pays(self) -> bool:
        """Whether noting has paid so far: as many values were taken over as made."""
        return not self._closed and (self._made <= _TRIAL or self._taken >= self._made)

    def close(self) -> None:
        """Note nothing in later runs."""
        self._closed = True

    def root(self, key: Hashable) -> _Node:
        """Give where the reads of a key's makings begin."""
        return self._roots.setdefault(key, _Node())

    def count(self, *, taken: bool) -> None:
        """Count a value as taken over, or as made."""
        self._taken += taken
        self._made += not taken


_TRIAL = 200
"""Values made before it is asked whether as many were taken over: below that, noting costs more than it saves."""


class Answers(Protocol):
    """The answers of a run, as far as reads are repeated."""

    def place(self, question: Any, options: Any, *, always: bool = False) -> int:
        """Ask, and give the place of the option that the run tries."""

    def answered(self, question: Any) -> int | None:
        """Look whether something was asked, and give the place of the option taken."""


class Recall:
    """The values that one run keeps."""

    def __init__(self, answers: Answers, memory: Memory, *, noting: bool) -> None:
        """Start a run.

        Args:
            answers: The run's answers.
            memory: What earlier runs found.
            noting: Whether reads are noted and repeated; what is certain is taken over in any case.
        """
        self._answers = answers
        self._memory = memory if noting else None
        self._certain = memory.certain.values
        self._reads = 0
        self._kept: dict[Hashable, Any] = {}
        self._missed: set[Hashable] = set()
        self._notes: list[_Notes] = []
        self._recalling = 0

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """Give the value of a key: made once a run, or taken over from an earlier run that read the same.

        Args:
            key: What the value is of. Everything that makes it, beside answers and kept values, is in the key.
            make: A pure function that gives it.
        """
        value = self._certain.get(key, _ABSENT)
        if value is not _ABSENT:
            return value  # type: ignore[no-any-return]
        value = self._kept.get(key, _ABSENT)
        if value is _ABSENT:
            before = self._reads
            value = make() if self._memory is None else self._found(self._memory, key, make)
            if self._reads == before:
                # no run reads it: it is there from the start
                self._certain[key] = value
                return value
            self._kept[key] = value
        else:
            self._reads += 1
        if self._notes:
            self._note((_Kind.KEPT, key, (), False), id(value), key)
        return value  # type: ignore[no-any-return]

    def _found(self, memory: Memory, key: Hashable, make: Callable[[], Any]) -> Any:
        """Take a value over from an earlier run that read the same, or make it and note what it reads."""
        value = self._recalled(memory, key)
        if not self._notes:
            memory.count(taken=value is not _ABSENT)
        return self._made(memory.root(key), make) if value is _ABSENT else value

    def stop(self) -> None:
        """Take nothing over from here on; what is being made is not certain."""
        self._memory = None
        self._reads += 1

    def _recalled(self, memory: Memory, key: Hashable) -> Any:
        """Repeat the reads of an earlier run, and give what it kept if they all find the same."""
        if key in self._missed:
            return _ABSENT
        self._recalling += 1
        node: _Node | None = memory.root(key)
        while node is not None and node.made is _ABSENT:
            node = None if node.read is None else node.found.get(self._repeated(memory, node.read))
        self._recalling -= 1
        if node is None:
            self._missed.add(key)
            return _ABSENT
        self._kept[key] = node.made
        return node.made

    def _repeated(self, memory: Memory, read: _Read) -> Hashable:
        """Read again, and give what is found now."""
        self._reads += 1
        kind, subject, options, always = read
        if kind is _Kind.ASKED:
            return self._answers.place(subject, options, always=always)
        if kind is _Kind.LOOKED:
            return self._answers.answered(subject)
        value = self._kept.get(subject, _ABSENT)
        return id(self._recalled(memory, subject) if value is _ABSENT else value)

    def _made(self, node: _Node, make: Callable[[], Any]) -> Any:
        """Make a value, and note what its making read."""
        notes = _Notes()
        self._notes.append(notes)
        try:
            value = make()
        finally:
            self._notes.pop()
        for read, found in notes.reads:
            node.read = read
            node = node.found.setdefault(found, _Node())
        if node.made is _ABSENT:
            node.made = value
        # what was made here before stays: others have noted that they read it, and know it by identity alone
        return node.made

    def hear(
        self,
        question: Hashable,
        options: tuple[Any, ...] | None,
        place: int | None,
        *,
        always: bool = False,
    ) -> None:
        """Take note of what the run asks (with the options) or only looks at (without), and the place of the answer."""
        self._reads += 1
        if not self._notes or self._recalling:
            return
        kind = _Kind.LOOKED if options is None else _Kind.ASKED
        settles = None if place is None else question
        self._note((kind, question, options or (), always), place, settles)

    def _note(self, read: _Read, found: Hashable, settles: Hashable | None) -> None:
        """Note a read for what is being made, unless its making has settled already what it finds."""
        notes = self._notes[-1]
        if read[1] in notes.settled:
            return
        notes.reads.append((read, found))
        if settles is not None:
            notes.settled.add(settles)
