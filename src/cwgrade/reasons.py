"""Derivations: the ordered tree of steps by which an answer was found, built as a value on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

import attrs

from cwgrade.choices import Picked
from cwgrade.gaps import Gap
from cwgrade.sources import Citation, Label

__all__ = ["FORMAT", "Derivation", "Note", "Reason", "Step", "StepValue"]

FORMAT: Final = "cwgrade-derivation/1"

StepValue = int | Fraction | str | date | bool | None | tuple[Gap, ...]
"""What a step found. A tuple of gaps means: not to be found in the scheme, for these reasons."""


@attrs.frozen
class Step:
    """One step of a derivation.

    Attributes:
        code: What was done, a stable name such as `table` or `round`.
        path: Where the rule stands in the scheme file.
        result: What came out.
        unit: The unit of the result: `fen`, `months`, `grades`, `times`, `share`, `value` …
        inputs: What went in, by name, in order.
        label: The rule's printed name.
        citation: The rule's source and clause.
        residue: What rounding added or dropped, in fen.
        parts: The steps whose results went in.
    """

    code: str
    path: str
    result: StepValue
    unit: str = "value"
    inputs: tuple[tuple[str, StepValue], ...] = ()
    label: Label | None = None
    citation: Citation | None = None
    residue: Fraction | None = None
    parts: tuple[Step, ...] = ()

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps, where the result could not be found."""
        return self.result if isinstance(self.result, tuple) else ()

    def walk(self) -> Iterator[Step]:
        """Give this step and every step under it, depth first."""
        waiting = [self]
        while waiting:
            step = waiting.pop()
            yield step
            waiting.extend(reversed(step.parts))

    def nearest(self, code: str) -> Step | None:
        """Give the step of a code that is nearest to this one and has a text for a result; `None` where none does."""
        level: tuple[Step, ...] = (self,)
        while level:
            for step in level:
                if step.code == code and isinstance(step.result, str):
                    return step
            level = tuple(part for step in level for part in step.parts)
        return None


@attrs.frozen(kw_only=True)
class Reason:
    """Why there is no amount or grade: a code and its facts, worded in `cwgrade.wording`.

    Attributes:
        code: A stable code.
        facts: The values the sentence shows, by name.
        citation: The rule it rests on, where there is one.
    """

    code: str
    facts: tuple[tuple[str, str], ...] = ()
    citation: Citation | None = None


@attrs.frozen(kw_only=True)
class Note:
    """A finding beside the answer, such as a recorded grade that differs from the computed one."""

    code: str
    facts: tuple[tuple[str, str], ...] = ()


@attrs.frozen(kw_only=True)
class Derivation:
    """An answer's reasons, with everything that identifies what they rest on.

    Attributes:
        scheme_id: The scheme's id.
        scheme_title: Its title; an invented scheme says so here.
        revision: The revision of its file.
        digest: SHA-256 over the canonical JSON of the version used.
        version: The version of cwgrade.
        facts_digest: SHA-256 over the canonical JSON of the worker's facts.
        on: The day asked for, or the first day of the month.
        known_on: The day of knowing, or `None`.
        beyond: How a day past the attested time was treated: `refuse` or `carry_forward`.
        root: The tree of steps.
        tried: Questions and options under which the root was found.
        notes: Findings beside the answer.
        assumed: Facts that a caller assumed, such as `honours=none`.
    """

    scheme_id: str
    scheme_title: Label
    revision: int
    digest: str
    version: str
    facts_digest: str
    on: date
    known_on: date | None
    beyond: str
    root: Step
    tried: tuple[Picked, ...] = ()
    notes: tuple[Note, ...] = ()
    assumed: tuple[str, ...] = ()
    format: str = FORMAT
