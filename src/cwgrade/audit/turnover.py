"""Two months of a roster side by side: who came, who left, whose place or pay changed, and how the totals bridge."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from enum import StrEnum

import attrs

from cwgrade.arrears.compared import LineDifference, months_compared
from cwgrade.career.months import CareerMonth, asked_in, month_of
from cwgrade.career.places import Places
from cwgrade.dates import asked_months
from cwgrade.errors import NotInForce
from cwgrade.grading import Grading, Placement, graded_in_month
from cwgrade.outcomes import Decided, NotApplicable, NotEligible
from cwgrade.scheme import Beyond, Scheme, Schemes
from cwgrade.worker import Worker

__all__ = ["Bridge", "Held", "Turn", "Turned", "bridge_of", "held_in", "turned"]


class Turn(StrEnum):
    """What became of somebody from one month to another."""

    CAME = "came"
    """Not paid in the first month, paid in the second."""
    LEFT = "left"
    """Paid in the first month, not paid in the second."""
    CHANGED = "changed"
    """Paid in both, with another post, grade, step or amount."""
    SAME = "same"
    """Paid in both, and nothing is different."""
    SETTLED = "settled"
    """The first month cannot be decided; the second can."""
    OPENED = "opened"
    """The first month is decided; the second cannot be."""
    OPEN = "open"
    """Neither month can be decided."""
    OUTSIDE = "outside"
    """Paid in neither."""


@attrs.frozen(kw_only=True)
class Held:
    """What a worker held and was due in a month.

    Attributes:
        month: The pay; `None` where the facts could not be read.
        grading: The grade by the last scheme that is asked in the month, where one can be.
    """

    month: CareerMonth | None
    grading: Grading | None = None

    @property
    def fen(self) -> int | None:
        """What is due, in fen; `None` where that cannot be decided."""
        return None if self.month is None else self.month.gross_fen

    @property
    def is_outside(self) -> bool:
        """Whether it is certain that no scheme pays the worker in the month."""
        slips = self.month.payslips if self.month is not None else ()
        outside = (isinstance(one.outcome, NotEligible | NotApplicable) for one in slips)
        return self.fen is not None and all(outside)

    @property
    def placement(self) -> Placement | None:
        """The post, grade and step, where they are certain."""
        if self.grading is None or not isinstance(self.grading.outcome, Decided):
            return None
        return self.grading.outcome.value

    @property
    def posts(self) -> tuple[str, ...]:
        """The post held; several where that is not certain."""
        return self.grading.posts if self.grading is not None else ()


def held_in(
    worker: Worker,
    schemes: Scheme | Schemes,
    *,
    months: Iterable[tuple[int, int]],
    known_on: date | None = None,
    beyond: Beyond = "refuse",
) -> tuple[Held, ...]:
    """Find what a worker held and was due in some months.

    Args:
        worker: The worker's facts.
        schemes: The scheme with its figures, or those of several places.
        months: The year and month of each month asked for.
        known_on: The day of knowing.
        beyond: What to do after the last attested day of a scheme.

    Returns:
        One for each month, in the order asked.

    Raises:
        ArgumentError: A spell of a worker under several schemes names no region, or months are no list of a year and a
            month each.
    """
    places, asked = Places(worker, schemes, known_on), [*months]
    asked_months(asked)
    return tuple(_held(places, date(*month, 1), beyond) for month in asked)


def _held(places: Places, first: date, beyond: Beyond) -> Held:
    grading = None
    asked = [one for one in asked_in(places, first) if isinstance(one, Scheme)]
    # where the last one is not in force, the month says so itself
    with suppress(NotInForce):
        for scheme in asked[-1:]:
            grading = graded_in_month(
                places.standpoint(scheme, beyond), year=first.year, month=first.month
            )
    return Held(month=month_of(places, first, beyond=beyond), grading=grading)


@attrs.frozen(kw_only=True)
class Turned:
    """What became of somebody from one month to another.

    Attributes:
        worker_id: The worker.
        before: What was held in the first month; `None` where the worker is not on its roster.
        after: What is held in the second.
        turn: What became of the worker.
        lines: The components that differ, where both months are decided and paid.
    """

    worker_id: str
    before: Held | None
    after: Held | None
    turn: Turn
    lines: tuple[LineDifference, ...] = ()

    @property
    def before_fen(self) -> int:
        """What the first month adds to its total, in fen; what cannot be decided adds nothing."""
        return (self.before.fen or 0) if self.before is not None else 0

    @property
    def after_fen(self) -> int:
        """What the second month adds to its total, in fen."""
        return (self.after.fen or 0) if self.after is not None else 0

    @property
    def fen(self) -> int:
        """What the worker adds to the difference of the two totals, in fen."""
        return self.after_fen - self.before_fen

    @property
    def is_decided(self) -> bool:
        """Whether both months can be decided."""
        return self.turn not in (Turn.SETTLED, Turn.OPENED, Turn.OPEN)

    @property
    def changed(self) -> tuple[str, ...]:
        """What is different: `post`, `grade`, `step`, `pay`."""
        if self.turn not in (Turn.CHANGED, Turn.SAME) or self.before is None or self.after is None:
            return ()
        old, new = self.before.placement, self.after.placement
        return tuple(
            name
            for name, differs in (
                ("post", self.before.posts != self.after.posts),
                ("grade", (old and old.grade) != (new and new.grade)),
                ("step", (old and old.step) != (new and new.step)),
                ("pay", bool(self.lines or self.fen)),
            )
            if differs
        )


def turned(worker_id: str, before: Held | None, after: Held | None) -> Turned:
    """Say what became of somebody from one month to another.

    Args:
        worker_id: The worker.
        before: What was held in the first month; `None` where the worker is not on its roster.
        after: What is held in the second.

    Examples:
        >>> from cwgrade.catalogue import load_scheme
        >>> from cwgrade.worker import ServiceSpell
        >>> scheme = load_scheme("changsha-furong-2018")
        >>> worker = Worker(id="7", spells=(ServiceSpell(start=date(2018, 3, 1), title="副主任"),))
        >>> last, this = held_in(worker, scheme, months=[(2018, 2), (2018, 3)])
        >>> found = turned("7", last, this)
        >>> str(found.turn), found.fen
        ('came', 396000)
    """
    out_before = before is None or before.is_outside
    out_after = after is None or after.is_outside
    open_before = before is not None and before.fen is None
    open_after = after is not None and after.fen is None
    lines: tuple[LineDifference, ...] = ()
    if open_before or open_after:
        turn = Turn.OPEN if open_before and open_after else Turn.SETTLED
        turn = Turn.OPENED if not open_before else turn
    elif out_before or out_after:
        turn = Turn.OUTSIDE if out_before and out_after else Turn.CAME
        turn = Turn.LEFT if not out_before else turn
    else:
        lines = _lines(before, after)
        turn = Turn.SAME
    found = Turned(worker_id=worker_id, before=before, after=after, turn=turn, lines=lines)
    return attrs.evolve(found, turn=Turn.CHANGED) if found.changed else found


def _lines(before: Held | None, after: Held | None) -> tuple[LineDifference, ...]:
    slips = [one.month.payslips if one and one.month else () for one in (before, after)]
    return months_compared(*slips) or ()


@attrs.frozen(kw_only=True)
class Bridge:
    """How the total of one month becomes that of another; amounts in fen.

    `before_fen` + came − left + changed + settled − opened is `after_fen`.

    Attributes:
        before_fen: The total of the first month over everybody whose pay is certain.
        came_fen: What those add who came.
        left_fen: What those had who left.
        changed_fen: By how much the pay of the others changed, signed.
        settled_fen: What those add whose first month could not be decided.
        opened_fen: What those had whose second month cannot be decided.
        after_fen: The total of the second month.
    """

    before_fen: int
    came_fen: int
    left_fen: int
    changed_fen: int
    settled_fen: int
    opened_fen: int
    after_fen: int


def bridge_of(found: Iterable[Turned]) -> Bridge:
    """Bridge the totals of two months.

    Args:
        found: Everybody on either roster.
    """
    everybody = tuple(found)

    def added(*turns: Turn) -> int:
        return sum(one.fen for one in everybody if one.turn in turns)

    return Bridge(
        before_fen=sum(one.before_fen for one in everybody),
        came_fen=added(Turn.CAME),
        left_fen=-added(Turn.LEFT),
        changed_fen=added(Turn.CHANGED),
        settled_fen=added(Turn.SETTLED),
        opened_fen=-added(Turn.OPENED),
        after_fen=sum(one.after_fen for one in everybody),
    )
