"""One row of the main sheet, with the worker's history, made into a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import attrs

from cwgrade.dates import Day, PartialDate, add_months, day_text, months_between
from cwgrade.errors import ArgumentError
from cwgrade.rosterfile.assumptions import DAYS, Assumption
from cwgrade.rosterfile.cells import (
    is_serial,
    read_exact_day,
    read_fen,
    read_grade,
    read_last_day,
    read_months,
)
from cwgrade.rosterfile.columns import (
    ATTAINED,
    DOCUMENT_PREFIX,
    FACT_PREFIX,
    STATES,
    SUPPLIED_PREFIX,
    AttainedFact,
)
from cwgrade.rosterfile.histories import History
from cwgrade.rosterfile.records import PostHeld, Record
from cwgrade.rosterfile.roster import Notice
from cwgrade.worker import (
    UNKNOWN,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Unknown,
    Worker,
)

__all__ = ["WorkerMaker"]

_SERVICE_COLUMNS: Final = (
    "entry_day",
    "service_months",
    "service_as_of",
    "service_through",
    "recorded_since",
    "recorded_grade",
)
_STEP_COLUMNS: Final = ("recorded_step_since", "step_months_served")
_PLACEMENT_COLUMNS: Final = (
    "recorded_post",
    "recorded_since",
    "recorded_region",
    "months_served",
    "recorded_step",
    *_STEP_COLUMNS,
    "document",
)

_DATED: Final = tuple(
    field.name for field in attrs.fields(Worker) if field.name not in ("id", "placement", "assumed")
)
"""What a worker has of items with days of their own."""


def _exact(item: Any) -> Any:
    """Give an item with the first of the month for each of its days that is known to the month."""
    days = {
        field.name: day.first
        for field in attrs.fields(type(item))
        if isinstance(day := getattr(item, field.name), PartialDate) and day.month is not None
    }
    return attrs.evolve(item, **days) if days else item


class WorkerMaker:
    """Makes the worker of one row.

    Attributes:
        notices: What was concluded for this worker.
        assumed: What was assumed of this worker.
    """

    def __init__(
        self,
        record: Record,
        history: History | None,
        *,
        assumptions: Sequence[Assumption],
        pay_month: tuple[int, int] | None,
    ) -> None:
        """Start with a row that was not read yet."""
        self.notices: list[Notice] = []
        self.assumed: list[str] = []
        self._record = record
        self._history = history or History()
        self._assumptions: Mapping[str, Assumption] = {
            assumption.column.name: assumption for assumption in assumptions
        }
        self._pay_month = pay_month

    def worker(self, worker_id: str) -> Worker | None:
        """Read the row; `None` where something is wrong with it, which its record then holds."""
        record, history = self._record, self._history
        held = record.post_held()
        placement = self._placement(held)
        spells = self._spells(held, placement)
        attained = {known.field: self._attained(known) for known in ATTAINED}
        ratings = self._ratings()
        facts = self._facts()
        supplied = self._supplied()
        if record.faults or history.faults:
            return None
        try:
            worker = Worker(
                id=worker_id,
                spells=spells,
                absences=tuple(history.absences),
                schooling=attained["schooling"],
                degrees=attained["degrees"],
                qualifications=attained["qualifications"],
                honours=attained["honours"],
                ratings=ratings,
                facts=facts,
                placement=placement,
                supplied=supplied,
                assumed=tuple(self.assumed),
            )
            return self._first_of_month(worker) if DAYS.name in self._assumptions else worker
        except ArgumentError as error:
            record.refuse(error)
            return None

    def _first_of_month(self, worker: Worker) -> Worker:
        """Take every day that is known to its month as the first of it, where that is assumed."""
        exact: dict[str, Any] = {
            name: tuple(_exact(item) for item in items)
            for name in _DATED
            if isinstance(items := getattr(worker, name), tuple)
        }
        if all(items == getattr(worker, name) for name, items in exact.items()):
            return worker
        self.assumed.append(str(self._assumptions[DAYS.name]))
        return attrs.evolve(worker, **exact, assumed=tuple(self.assumed))

    # ---------------------------------------------------------------------------------- service

    def _spells(
        self, held: PostHeld, placement: PlacementOnRecord | None
    ) -> tuple[ServiceSpell, ...]:
        record = self._record
        kind = record.value("kind") or "community"
        region: str | Unknown | None = record.region()
        if region is None and record.has_column("region"):
            region = UNKNOWN
        entry = record.day("entry_day")
        counted = self._start_from_months()
        if self._history.spells:
            if entry is not None or counted is not None:
                self._note("notice-spells-used")
            return self._with_post(held)
        if entry is not None and counted is not None:
            self._check_claims(entry, counted)
        start = entry or (counted and counted[0])
        if start is None and placement is not None:
            start = placement.since
            self._note("notice-service-from-placement", since=placement.since)
        elif entry is None and counted is not None:
            self.assumed.append(f"service_from_months={day_text(counted[1])}")
            self._note("notice-service-from-months", as_of=counted[1])
        if start is None:
            if not record.failed(*_SERVICE_COLUMNS) and not self._history.faults:
                record.fault(
                    "row-no-service",
                    accepted=[
                        "entry_day",
                        "service_months + service_as_of",
                        "recorded_grade + recorded_since",
                    ],
                )
            return ()
        return (
            ServiceSpell(start=start, post=held.post, title=held.title, kind=kind, region=region),
        )

    def _with_post(self, held: PostHeld) -> tuple[ServiceSpell, ...]:
        """Give open spells that name no post the row's own: the roster states the present post."""
        spells = []
        for spell in self._history.spells:
            given = spell
            if spell.end is None and spell.post is None and spell.title is None:
                given = attrs.evolve(spell, post=held.post, title=held.title)
            elif spell.end is None and (
                (spell.post and held.post and spell.post != held.post)
                or (spell.title and held.title and spell.title != held.title)
            ):
                self._note("notice-post-differs")
            spells.append(given)
        return tuple(spells)

    def _start_from_months(self) -> tuple[date, date, int] | None:
        """Give the first day of unbroken service, the day it is counted to, and the months."""
        record = self._record
        months = record.read("service_months", read_months)
        as_of = record.read("service_as_of", read_exact_day)
        through = record.read("service_through", read_last_day)
        for name in ("service_as_of", "service_through"):
            record.serials = record.serials or is_serial(record.text(name))
        if as_of is not None and through is not None and as_of != through:
            record.fault(
                "row-two-ends",
                "service_through",
                value=[record.text("service_as_of"), record.text("service_through")],
            )
            return None
        as_of = as_of or through
        if months is None:
            # a day to count to is often filled in for everyone
            return None
        if as_of is None:
            if not record.failed("service_as_of", "service_through"):
                record.fault("row-months-without-day", "service_months", value=months)
            return None
        return add_months(as_of, -months), as_of, months

    def _check_claims(self, entry: Day, counted: tuple[date, date, int]) -> None:
        _, as_of, months = counted
        if not isinstance(entry, date):
            return
        since_entry = months_between(entry, as_of)
        if since_entry != months:
            self._record.fault(
                "row-two-service-claims",
                "service_months",
                value=months,
                entry=entry,
                as_of=as_of,
                since_entry=since_entry,
            )

    def _placement(self, held: PostHeld) -> PlacementOnRecord | None:
        record = self._record
        grade = record.read("recorded_grade", read_grade)
        record.serials = record.serials or is_serial(record.text("recorded_since"))
        since = record.read("recorded_since", read_exact_day)
        region = record.region("recorded_region")
        served = record.read("months_served", read_months)
        document = record.read("document", str)
        step, step_since, step_served = self._step()
        post = record.post_held("recorded_post", "")
        if grade is None:
            if not record.failed("recorded_grade") and not record.is_absent("recorded_grade"):
                lonely = [name for name in _PLACEMENT_COLUMNS if record.text(name)]
                lonely = [name for name in lonely if not record.is_absent(name)]
                if lonely:
                    record.fault(
                        "row-placement-incomplete",
                        lonely[0],
                        value=record.text(lonely[0]),
                        missing="recorded_grade",
                    )
            return None
        if since is None:
            if not record.failed("recorded_since"):
                record.fault(
                    "row-placement-incomplete",
                    "recorded_grade",
                    value=grade,
                    missing="recorded_since",
                )
            return None
        name = post.post or post.title or held.post or held.title
        if name is None:
            record.fault(
                "row-placement-incomplete", "recorded_grade", value=grade, missing="recorded_post"
            )
            return None
        return PlacementOnRecord(
            post=name,
            grade=grade,
            since=since,
            months_served=served or 0,
            step=step,
            step_since=step_since,
            step_months_served=step_served or 0,
            document=document or "",
            region=region,
        )

    def _step(self) -> tuple[int | None, date | None, int | None]:
        """Read the step of a placement on record; its day and months mean nothing without it."""
        record = self._record
        step = record.read("recorded_step", read_grade)
        record.serials = record.serials or is_serial(record.text("recorded_step_since"))
        since = record.read("recorded_step_since", read_exact_day)
        served = record.read("step_months_served", read_months)
        lonely = [name for name in _STEP_COLUMNS if record.text(name)]
        lonely = [name for name in lonely if not record.is_absent(name)]
        if step is None and lonely and not record.failed("recorded_step"):
            value = record.text(lonely[0])
            record.fault(
                "row-placement-incomplete", lonely[0], value=value, missing="recorded_step"
            )
        return step, since, served

    # ------------------------------------------------------------------------------- other facts

    def _attained(self, known: AttainedFact) -> tuple[Attainment, ...] | Unknown:
        record, name = self._record, known.column
        own = record.attainments(name, f"{name}_")
        listed = tuple(self._history.attained.get(name, ()))
        none_said = record.is_absent(name) or name in self._history.none_of
        if none_said and (own or listed):
            record.fault("row-none-and-some", name, value=[each.value for each in (*own, *listed)])
            return UNKNOWN
        if own or listed or none_said:
            # a level without days adds nothing to the same level with its days
            named = {each.value for each in listed}
            own = tuple(
                each
                for each in own
                if each.value not in named or each != Attainment(value=each.value)
            )
            return tuple(dict.fromkeys((*own, *listed)))
        assumption = self._assumptions.get(name)
        if assumption is None:
            return UNKNOWN
        self.assumed.append(str(assumption))
        return () if assumption.value == "none" else (Attainment(value=assumption.value),)

    def _ratings(self) -> tuple[Rating, ...]:
        record = self._record
        ratings = list(self._history.ratings)
        listed = {(rating.period, rating.value) for rating in ratings}
        for column in record.columns.values():
            if column.vocabulary == "rating":
                value = record.value(column.name)
                if value is not None and (column.part, value) not in listed:
                    ratings.append(Rating(period=column.part, value=value))
        rated = {rating.period for rating in ratings}
        for assumption in self._assumptions.values():
            if assumption.column.vocabulary == "rating" and assumption.column.part not in rated:
                ratings.append(Rating(period=assumption.column.part, value=assumption.value))
                self.assumed.append(str(assumption))
        return tuple(dict.fromkeys(ratings))

    def _facts(self) -> tuple[StateFact, ...]:
        record = self._record
        facts = []
        for name in STATES:
            value = record.value(name)
            if value is not None:
                facts.append(StateFact(name=name, value=value))
        for column in record.columns.values():
            if column.name.startswith(FACT_PREFIX):
                value = record.open_value(column.name, column.vocabulary)
                if value is not None:
                    facts.append(StateFact(name=column.part, value=value))
        stated = {fact.name for fact in facts}
        for assumption in self._assumptions.values():
            name = assumption.column.part or assumption.column.name
            is_state = assumption.column.name in STATES or assumption.column.name.startswith(
                FACT_PREFIX
            )
            if is_state and name not in stated and not record.failed(assumption.column.name):
                facts.append(StateFact(name=name, value=assumption.value))
                self.assumed.append(str(assumption))
        return tuple(facts)

    def _supplied(self) -> tuple[SuppliedAmount, ...]:
        record, amounts = self._record, []
        for column in record.columns.values():
            if not column.name.startswith(SUPPLIED_PREFIX):
                continue
            fen = 0 if record.is_absent(column.name) else record.read(column.name, read_fen)
            if fen is None:
                continue
            if self._pay_month is None:
                self._note("notice-supplied-without-month")
                continue
            year, month = self._pay_month
            named = DOCUMENT_PREFIX + column.part
            amounts.append(
                SuppliedAmount(
                    component=column.part,
                    year=year,
                    month=month,
                    fen=fen,
                    document=record.text(named) if record.has_column(named) else "",
                )
            )
        return tuple(amounts)

    def _note(self, code: str, **facts: object) -> None:
        notice = Notice(code, tuple(facts.items()))
        if notice not in self.notices:
            self.notices.append(notice)
